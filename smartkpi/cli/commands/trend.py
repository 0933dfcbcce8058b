"""smartkpi trend."""

from __future__ import annotations

from smartkpi.cli.looks import MessageOptions, OutputOptions
from smartkpi.cli.option_groups import spread
from smartkpi.cli.options import InputOptions, WhereOptions
from smartkpi.cli.settings import IndicatorId, RuleOption, Year


@spread
def trend(
    indicator: IndicatorId,
    inputs: InputOptions,
    series: WhereOptions,
    look: OutputOptions,
    talk: MessageOptions,
    year: Year = None,
    rule: RuleOption = None,
) -> None:
    """One KPI year by year: observations, the path to the target, and the path required from now."""
    from smartkpi.cli import view as show
    from smartkpi.cli.arguments import year_of
    from smartkpi.cli.progress import watched
    from smartkpi.readers.dataset import load
    from smartkpi.tables import selection
    from smartkpi.tables.trend import trend_table

    view = show.view(look, talk)
    with watched(talk.quiet, view.lang) as told:
        loaded = load(show.inputs(inputs), told)
        table = trend_table(loaded, indicator, year_of(year), rule)
    (table,), remarks = selection.chosen([table], show.arrangement(series))
    show.write(table, view, look)
    show.remarks(loaded, talk, view.lang, further=remarks)
