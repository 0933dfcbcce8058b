"""smartkpi explain."""

from __future__ import annotations

from smartkpi.cli.option_groups import parse_year, spread
from smartkpi.cli.options import (
    ExplainOutputOptions,
    IndicatorId,
    InputOptions,
    MessageOptions,
    OutputOptions,
    Rule,
    WhatIfOptions,
    Year,
)
from smartkpi.cli.output_format import output_format
from smartkpi.cli.view import make_inputs, make_view, remarks, write_text
from smartkpi.render.view import ExplainFormat, Format


@spread
def explain(
    indicator: IndicatorId,
    inputs: InputOptions,
    look: ExplainOutputOptions,
    talk: MessageOptions,
    what_if: WhatIfOptions,
    year: Year = None,
    rule: Rule = None,
) -> None:
    """Every figure of one KPI: formula, numbers, sources, each rule."""
    from smartkpi.analysis import rules
    from smartkpi.readers.dataset import load
    from smartkpi.render.explanation import render
    from smartkpi.tables.explanation import explain as explain_series

    form = output_format(look.format, look.output, tuple(ExplainFormat), ExplainFormat.table)
    view = make_view(OutputOptions(Format(form), output=look.output, ascii=look.ascii), talk)
    dataset = load(make_inputs(inputs, what_if.assume))
    explanation, notes = explain_series(dataset, indicator, parse_year(year), rule, inputs.where)
    write_text(render(explanation, view), view, look.output)
    remarks(dataset, talk, view.lang, more=[*rules.remarks(rule), *notes])
