"""smartkpi project."""

from __future__ import annotations

from smartkpi.cli.looks import MessageOptions, OutputOptions
from smartkpi.cli.option_groups import spread
from smartkpi.cli.options import InputOptions, SelectionOptions, SeriesOptions, WhatIfOptions
from smartkpi.cli.settings import AsOf, Interval, ProjectYear


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
    """Where each KPI lands: scenarios, and from three observations on a central figure with its interval."""
    from smartkpi.cli import view as show
    from smartkpi.cli.arguments import year_of
    from smartkpi.cli.progress import watched
    from smartkpi.readers.dataset import load
    from smartkpi.render.summary import project_summary
    from smartkpi.tables import selection as arranging
    from smartkpi.tables.projecting import project_table

    view, arrangement = show.view(look, talk), show.arrangement(series)
    asked, seen = year_of(year), year_of(as_of, "--as-of")
    with watched(talk.quiet, view.lang) as told:
        loaded = load(show.inputs(inputs, what_if.assume), told)
        table = project_table(loaded, asked, seen, interval, selection.level, selection.indicator)
    (table,), remarks = arranging.chosen([table], arrangement)
    show.write(arranging.arranged(table, arrangement), view, look)
    show.remarks(loaded, talk, view.lang, [project_summary(table, view.lang)], remarks)
