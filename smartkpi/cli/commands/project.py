"""smartkpi project."""

from __future__ import annotations

from smartkpi.cli.option_groups import parse_year, spread
from smartkpi.cli.options import (
    AsOf,
    InputOptions,
    Interval,
    MessageOptions,
    OutputOptions,
    ProjectYear,
    SelectionOptions,
    SeriesOptions,
    WhatIfOptions,
)
from smartkpi.cli.view import file_language, indicators_of, make_inputs, make_selection, make_view, remarks, write


@spread
def project(
    inputs: InputOptions,
    selection: SelectionOptions,
    series: SeriesOptions,
    look: OutputOptions,
    talk: MessageOptions,
    what_if: WhatIfOptions,
    year: ProjectYear = None,
    as_of: AsOf = None,
    interval: Interval = 80.0,
) -> None:
    """Where each KPI lands: scenarios, or a projection and its interval.

    The projection takes three observations; with one or two there are only scenarios.
    """
    from smartkpi.cli.by_parts import Results, compute
    from smartkpi.cli.progress import progress_bar
    from smartkpi.readers.dataset import Dataset
    from smartkpi.render.projected import coverage
    from smartkpi.render.summary import PROJECT_SUMMARISED, project_summary
    from smartkpi.tables.projection import project_table
    from smartkpi.tables.selection import arrange, select_series

    view, rows = make_view(look, talk), make_selection(inputs, series)
    years = parse_year(year), parse_year(as_of, "--as-of")
    every = make_inputs(inputs, what_if.assume)

    def compute_table(dataset: Dataset) -> Results:
        which = selection.level, indicators_of(dataset.plan, selection)
        found = project_table(dataset, *years, interval, *which, compare=view.for_people)
        (table,), notes = select_series([found], rows)
        return Results(table, [table], notes, found)

    with progress_bar(talk.quiet, view.lang) as progress:
        lang = file_language(talk)
        dataset, results = compute(every, compute_table, PROJECT_SUMMARISED, rows, view, look, lang, progress)
    if results.table is not None:
        write(arrange(results.table, rows), view, look, file_language(talk))
    (table,) = results.selected
    remarks(dataset, talk, view.lang, [*coverage(table, view.lang), project_summary(table, view.lang)], results.remarks)
