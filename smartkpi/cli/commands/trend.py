"""smartkpi trend."""

from __future__ import annotations

from smartkpi.cli.option_groups import parse_year, spread
from smartkpi.cli.options import IndicatorId, InputOptions, MessageOptions, OutputOptions, Rule, Year
from smartkpi.cli.view import file_language, make_inputs, make_selection, make_view, remarks, write


@spread
def trend(
    indicator: IndicatorId,
    inputs: InputOptions,
    look: OutputOptions,
    talk: MessageOptions,
    year: Year = None,
    rule: Rule = None,
) -> None:
    """One KPI year by year, with the path to its target.

    The second path is the one required from now on.
    """
    from smartkpi.analysis import rules
    from smartkpi.cli.progress import progress_bar
    from smartkpi.readers.dataset import load
    from smartkpi.tables.selection import select_series
    from smartkpi.tables.trend import trend_table

    view = make_view(look, talk)
    with progress_bar(talk.quiet, view.lang) as progress:
        dataset = load(make_inputs(inputs), progress)
        table = trend_table(dataset, indicator, parse_year(year), rule)
    (table,), notes = select_series([table], make_selection(inputs))
    write(table, view, look, file_language(talk))
    remarks(dataset, talk, view.lang, more=[*rules.remarks(rule), *notes])
