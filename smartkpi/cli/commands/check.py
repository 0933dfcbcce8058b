"""smartkpi check."""

from __future__ import annotations

import typer

from smartkpi.cli.looks import CheckOutputOptions, MessageOptions
from smartkpi.cli.option_groups import spread
from smartkpi.cli.options import InputOptions, SelectionOptions, WhatIfOptions, WhereOptions
from smartkpi.cli.settings import FailOn, MinEvidence, RuleOption, Year
from smartkpi.model.codes import Evidence


@spread
def check(
    inputs: InputOptions,
    selection: SelectionOptions,
    series: WhereOptions,
    look: CheckOutputOptions,
    talk: MessageOptions,
    what_if: WhatIfOptions,
    year: Year = None,
    rule: RuleOption = None,
    fail_on: FailOn = "off_track,reversing,missed",
    min_evidence: MinEvidence = Evidence.low,
) -> None:
    """Fail (exit 4) if a KPI has a status that it must not have, with a line for each that has."""
    from smartkpi.cli import view as show
    from smartkpi.cli.arguments import year_of
    from smartkpi.readers.dataset import load
    from smartkpi.render.summary import check_summary
    from smartkpi.tables import check
    from smartkpi.tables import selection as arranging
    from smartkpi.tables.tabulation import status_table

    view = show.view(look, talk)
    statuses = check.statuses_of(fail_on)
    loaded = load(show.inputs(inputs, what_if.assume))
    table = status_table(loaded, year_of(year), rule, selection.level, selection.indicator)
    (table,), remarks = arranging.chosen([table], show.arrangement(series))
    outcome = check.check(table, statuses, min_evidence)
    show.write(outcome.failing, view, look)
    show.remarks(loaded, talk, view.lang, check_summary(table, outcome, view.lang), remarks)
    raise typer.Exit(outcome.code)
