"""smartkpi report."""

from __future__ import annotations

from pathlib import PurePath

from smartkpi.cli.option_groups import parse_year, spread
from smartkpi.cli.options import InputOptions, MessageOptions, Output, Rule, SelectionOptions, Year
from smartkpi.cli.output import STANDARD_OUTPUT, write
from smartkpi.cli.view import language, make_inputs, remarks
from smartkpi.errors import Fault, UsageError


@spread
def report(
    inputs: InputOptions,
    selection: SelectionOptions,
    talk: MessageOptions,
    output: Output = "-",
    year: Year = None,
    rule: Rule = None,
) -> None:
    """Write a page to look at (-o report.html), or the chart of one KPI (-k ID -o chart.svg)."""
    from smartkpi.analysis import rules
    from smartkpi.cli.progress import progress_bar
    from smartkpi.readers.dataset import load
    from smartkpi.render.report import render
    from smartkpi.render.summary import summary
    from smartkpi.tables import report
    from smartkpi.tables.selection import select_observations

    lang = language(talk)
    suffix = _suffix(output, selection.indicator)
    with progress_bar(talk.quiet, lang) as progress:
        dataset, notes = select_observations(load(make_inputs(inputs), progress), inputs.where)
        content = report.report(dataset, parse_year(year), rule, selection.level, selection.indicator)
        text = render(content, suffix, lang)
    write(text, output)
    remarks(dataset, talk, lang, [summary(content.table, lang)], [*rules.remarks(rule), *notes])


def _suffix(output: str, indicators: list[str]) -> str:
    """Return the kind of file to write."""
    suffix = ".html" if output == STANDARD_OUTPUT else PurePath(output).suffix.lower()
    if suffix not in (".html", ".svg"):
        raise UsageError(Fault("not_a_report", found=output))
    if suffix == ".svg" and len(set(indicators)) != 1:
        raise UsageError(Fault("one_indicator_a_picture", found=len(set(indicators))))
    return suffix
