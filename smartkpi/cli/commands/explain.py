"""smartkpi explain."""

from __future__ import annotations

from smartkpi.cli.looks import ExplainOutputOptions, MessageOptions, OutputOptions
from smartkpi.cli.option_groups import spread
from smartkpi.cli.options import InputOptions, WhatIfOptions, WhereOptions
from smartkpi.cli.settings import IndicatorId, RuleOption, Year


@spread
def explain(
    indicator: IndicatorId,
    inputs: InputOptions,
    series: WhereOptions,
    look: ExplainOutputOptions,
    talk: MessageOptions,
    what_if: WhatIfOptions,
    year: Year = None,
    rule: RuleOption = None,
) -> None:
    """Every figure of one KPI: formula, numbers put in, result, sources, and what each rule says of it."""
    from smartkpi.analysis import rules
    from smartkpi.cli import view as show
    from smartkpi.cli.arguments import year_of
    from smartkpi.readers.dataset import load
    from smartkpi.render.explain import render
    from smartkpi.tables import explaining

    view = show.view(OutputOptions(output=look.output, ascii=look.ascii), talk)._replace(format=look.format)
    loaded = load(show.inputs(inputs, what_if.assume))
    explanation, remarks = explaining.explain(loaded, indicator, year_of(year), rule, series.where)
    show.write_text(render(explanation, view), look)
    show.remarks(loaded, talk, view.lang, further=[*rules.remarks(rule), *remarks])
