"""smartkpi brief."""

from __future__ import annotations

from smartkpi.cli.option_groups import parse_year, spread
from smartkpi.cli.options import BriefForm, InputOptions, MessageOptions, Output, Rule, SelectionOptions, Year
from smartkpi.cli.output_format import output_format
from smartkpi.cli.view import indicators_of, language, make_inputs, remarks, write_text
from smartkpi.render.view import BriefFormat, Format, View


@spread
def brief(
    inputs: InputOptions,
    selection: SelectionOptions,
    talk: MessageOptions,
    form: BriefForm = None,
    output: Output = "-",
    year: Year = None,
    rule: Rule = None,
) -> None:
    """Each KPI in three sentences, ready to paste.

    They say where it is, what the verdict rests on, what is not known, and the source.
    """
    from smartkpi.analysis import rules
    from smartkpi.readers.dataset import load
    from smartkpi.render import brief as sentences
    from smartkpi.tables.report import report

    lang = language(talk)
    chosen = output_format(form, output, tuple(BriefFormat), BriefFormat.text)
    dataset = load(make_inputs(inputs))
    content = report(dataset, parse_year(year), rule, selection.level, indicators_of(dataset.plan, selection))
    write = sentences.markdown if chosen == BriefFormat.markdown else sentences.text
    write_text(write(content, lang), View(format=Format.markdown, lang=lang), output)
    remarks(dataset, talk, lang, more=rules.remarks(rule))
