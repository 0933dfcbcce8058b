"""smartkpi report."""

from __future__ import annotations

from pathlib import PurePath

from smartkpi.cli.looks import MessageOptions, Output
from smartkpi.cli.option_groups import spread
from smartkpi.cli.options import InputOptions, SelectionOptions
from smartkpi.cli.settings import RuleOption, Year
from smartkpi.errors import Fault, UsageError


@spread
def report(
    inputs: InputOptions,
    selection: SelectionOptions,
    talk: MessageOptions,
    output: Output = "-",
    year: Year = None,
    rule: RuleOption = None,
) -> None:
    """Write a page to look at (-o report.html), or the chart of one KPI (-k ID -o chart.svg)."""
    from smartkpi.analysis import rules
    from smartkpi.cli import output as streams
    from smartkpi.cli import view
    from smartkpi.cli.arguments import year_of
    from smartkpi.cli.progress import watched
    from smartkpi.readers.dataset import load
    from smartkpi.render.report import render
    from smartkpi.render.summary import summary
    from smartkpi.tables import report

    lang = view.language(talk)
    suffix = _suffix(output, selection.indicator)
    with watched(talk.quiet, lang) as told:
        loaded = load(view.inputs(inputs), told)
        found = report.report(loaded, year_of(year), rule, selection.level, selection.indicator)
        text = render(found, suffix, lang)
    streams.write(text, output)
    view.remarks(loaded, talk, lang, [summary(found.table, lang)], rules.remarks(rule))


def _suffix(output: str, indicators: list[str]) -> str:
    """Return the kind of file asked for."""
    suffix = ".html" if output == "-" else PurePath(output).suffix.lower()
    if suffix not in (".html", ".svg"):
        raise UsageError(Fault("not_a_report", found=output))
    if suffix == ".svg" and len(set(indicators)) != 1:
        raise UsageError(Fault("one_indicator_a_picture", found=len(set(indicators))))
    return suffix
