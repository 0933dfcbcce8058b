"""smartkpi status."""

from __future__ import annotations

from smartkpi.cli.option_groups import oldest_year, parse_years, spread
from smartkpi.cli.options import (
    Group,
    InputOptions,
    MaxAge,
    MessageOptions,
    OutputOptions,
    Rule,
    SelectionOptions,
    SeriesOptions,
    Summarise,
    WhatIfOptions,
    Years,
)
from smartkpi.cli.view import file_language, indicators_of, make_inputs, make_selection, make_view, remarks, write
from smartkpi.errors import Fault, UsageError


@spread
def status(
    inputs: InputOptions,
    selection: SelectionOptions,
    series: SeriesOptions,
    look: OutputOptions,
    talk: MessageOptions,
    what_if: WhatIfOptions,
    year: Years = None,
    rule: Rule = None,
    max_age: MaxAge = None,
    summarise: Summarise = False,
    group: Group = None,
) -> None:
    """Attainment, required annual growth and on-track flag of each KPI."""
    from smartkpi.analysis import rules
    from smartkpi.cli.by_parts import Results, compute
    from smartkpi.cli.progress import progress_bar
    from smartkpi.readers.dataset import Dataset
    from smartkpi.render.summary import SUMMARISED, summary
    from smartkpi.render.view import Format
    from smartkpi.tables.groups import summarise_groups
    from smartkpi.tables.history import status_history
    from smartkpi.tables.selection import arrange, select_series
    from smartkpi.tables.status import BESIDE, ON_TRACK_AGREE, status_table
    from smartkpi.tables.summary import summarise_series

    view, rows = make_view(look, talk), make_selection(inputs, series)
    years = parse_years(year)
    if summarise and isinstance(years, range):
        raise UsageError(Fault("summary_of_years"))
    if group and not summarise:
        raise UsageError(Fault("group_without_summary"))
    every = make_inputs(inputs, what_if.assume)
    needed = rows._replace(by=("all",)) if summarise else rows
    is_for_people = view.format in (Format.table, Format.markdown)
    beside = BESIDE if is_for_people else () if talk.quiet else (ON_TRACK_AGREE,)

    def assess(dataset: Dataset) -> Results:
        each_year = years if isinstance(years, range) else [years]
        which = selection.level, indicators_of(dataset.plan, selection)
        found = [status_table(dataset, each, rule, *which, oldest_year(max_age, each), beside) for each in each_year]
        tables, notes = select_series(found, rows)
        return Results(status_history(tables) if isinstance(years, range) else tables[0], tables, notes, found[0])

    with progress_bar(talk.quiet, view.lang) as progress:
        dataset, results = compute(every, assess, SUMMARISED, needed, view, look, file_language(talk), progress)
    table, notes = results.table, results.remarks
    if table is not None:
        if group:
            table, more = summarise_groups(table, group)
            notes = [*notes, *more]
        elif summarise:
            table = summarise_series(table, series.by)
        write(arrange(table, rows), view, look, file_language(talk))
    lines = [] if talk.quiet else [summary(each, view.lang) for each in results.selected]
    remarks(dataset, talk, view.lang, lines, [*rules.remarks(rule), *notes])
