"""smartkpi check."""

from __future__ import annotations

import typer

from smartkpi.cli.option_groups import is_year, oldest_year, parse_year, spread
from smartkpi.cli.options import (
    Against,
    CheckOutputOptions,
    FailOn,
    InputOptions,
    MaxAge,
    MessageOptions,
    MinEvidence,
    NeedExplanation,
    Rule,
    SelectionOptions,
    WhatIfOptions,
    Year,
)
from smartkpi.cli.view import (
    file_language,
    indicators_of,
    make_inputs,
    make_selection,
    make_view,
    remarks,
    write,
    write_text,
)
from smartkpi.errors import DataError
from smartkpi.model.codes import Evidence
from smartkpi.render.view import FOR_CI


@spread
def check(
    inputs: InputOptions,
    selection: SelectionOptions,
    look: CheckOutputOptions,
    talk: MessageOptions,
    what_if: WhatIfOptions,
    year: Year = None,
    rule: Rule = None,
    fail_on: FailOn = None,
    against: Against = None,
    max_age: MaxAge = None,
    min_evidence: MinEvidence = Evidence.low,
    need_explanation: NeedExplanation = False,
) -> None:
    """Fail (exit 4) if a KPI has a status that it must not have.

    Each that has one gets a line, which says what it needs.
    """
    from smartkpi.analysis import rules
    from smartkpi.readers.dataset import load
    from smartkpi.render import check as rendering
    from smartkpi.render import findings
    from smartkpi.render.summary import check_summary
    from smartkpi.tables import check
    from smartkpi.tables.selection import select_series
    from smartkpi.tables.status import status_table

    view = make_view(look, talk)
    for_ci = view.format in FOR_CI
    codes = check.fail_on_of(fail_on, stale=max_age is not None)
    try:
        dataset = load(make_inputs(inputs, what_if.assume))
        since = int(against) if against is not None and is_year(against) else against
        before = check.earlier(dataset, since, rule)
    except DataError as error:
        if for_ci:
            problems = findings.input_findings(error.faults, (), (), view.lang)
            write_text(findings.render(problems, str(view.format)), view, look.output)
        raise
    of_year = parse_year(year)
    which = selection.level, indicators_of(dataset.plan, selection)
    table = status_table(dataset, of_year, rule, *which, oldest_year(max_age, of_year))
    (table,), notes = select_series([table], make_selection(inputs))
    table = check.with_explanations(table, dataset.observations)
    outcome = check.check(table, codes, min_evidence, before, need_explanation=need_explanation)
    if for_ci:
        write_text(findings.render(rendering.findings(outcome, view), str(view.format)), view, look.output)
    else:
        write(outcome.failing, view, look, file_language(talk))
    remarks(dataset, talk, view.lang, check_summary(table, outcome, view.lang), [*rules.remarks(rule), *notes])
    raise typer.Exit(outcome.code)
