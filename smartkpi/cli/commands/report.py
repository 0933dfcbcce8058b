"""smartkpi report."""

from __future__ import annotations

from smartkpi.cli.option_groups import parse_year, spread
from smartkpi.cli.options import InputOptions, MessageOptions, Output, Rule, SelectionOptions, Year
from smartkpi.cli.output import write_bytes
from smartkpi.cli.output_format import output_format
from smartkpi.cli.view import indicators_of, language, make_inputs, remarks


@spread
def report(
    inputs: InputOptions,
    selection: SelectionOptions,
    talk: MessageOptions,
    output: Output = "-",
    year: Year = None,
    rule: Rule = None,
) -> None:
    """Write a page, a PDF, text, or a chart of all KPIs or of one.

    The suffix of -o says which: .html, .pdf, .md, .svg, .png; -k ID makes a chart one of that KPI.
    """
    from smartkpi.analysis import rules
    from smartkpi.cli.progress import progress_bar
    from smartkpi.readers.dataset import load
    from smartkpi.render.report import FORMATS, render
    from smartkpi.render.summary import summary
    from smartkpi.tables import report
    from smartkpi.tables.selection import select_observations

    lang = language(talk)
    form = output_format(None, output, FORMATS, "html")
    with progress_bar(talk.quiet, lang) as progress:
        dataset, notes = select_observations(load(make_inputs(inputs), progress), inputs.where)
        which = selection.level, indicators_of(dataset.plan, selection)
        content = report.report(dataset, parse_year(year), rule, *which)
        written = render(content, form, lang)
    write_bytes(written, output)
    remarks(dataset, talk, lang, [summary(content.table, lang)], [*rules.remarks(rule), *notes])
