"""smartkpi status."""

from __future__ import annotations

from collections.abc import Sequence

from smartkpi.cli.looks import MessageOptions, OutputOptions
from smartkpi.cli.option_groups import spread
from smartkpi.cli.options import InputOptions, SelectionOptions, SeriesOptions, WhatIfOptions
from smartkpi.cli.settings import RuleOption, Summarise, Years
from smartkpi.errors import Fault, UsageError
from smartkpi.model import Table


@spread
def status(
    inputs: InputOptions,
    selection: SelectionOptions,
    series: SeriesOptions,
    look: OutputOptions,
    talk: MessageOptions,
    what_if: WhatIfOptions,
    year: Years = None,
    rule: RuleOption = None,
    summarise: Summarise = False,
) -> None:
    """Attainment, required annual growth and on-track flag of each KPI."""
    from smartkpi.cli import view as show
    from smartkpi.cli.arguments import years_of
    from smartkpi.cli.progress import watched
    from smartkpi.readers.dataset import load
    from smartkpi.render.summary import summary
    from smartkpi.render.terminal import legend
    from smartkpi.tables import selection as arranging
    from smartkpi.tables.history import status_history
    from smartkpi.tables.tabulation import status_table

    view, arrangement = show.view(look, talk), show.arrangement(series)
    years = years_of(year)
    if summarise and isinstance(years, range):
        raise UsageError(Fault("summary_of_years"))
    each_year = years if isinstance(years, range) else [years]
    choice = rule, selection.level, selection.indicator
    with watched(talk.quiet, view.lang) as told:
        loaded = load(show.inputs(inputs, what_if.assume), told)
        tables = [status_table(loaded, each, *choice) for each in each_year]
    tables, remarks = arranging.chosen(tables, arrangement)
    table = status_history(tables) if isinstance(years, range) else tables[0]
    shown = arranging.arranged(_summary(table, series.by) if summarise else table, arrangement)
    show.write(shown, view, look)
    lines = [*legend(shown, view), *(summary(each, view.lang) for each in tables)]
    show.remarks(loaded, talk, view.lang, lines, remarks)


def _summary(table: Table, by: Sequence[str]) -> Table:
    from smartkpi.tables.summarising import summarised

    return summarised(table, by)
