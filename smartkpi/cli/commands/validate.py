"""smartkpi validate."""

from __future__ import annotations

from smartkpi.cli.option_groups import spread
from smartkpi.cli.options import InputOptions, MessageOptions, Output, ValidateForm
from smartkpi.cli.output import write
from smartkpi.cli.output_format import output_format
from smartkpi.cli.view import language, make_inputs, remarks, understanding
from smartkpi.render.view import ValidateFormat


@spread
def validate(
    inputs: InputOptions,
    talk: MessageOptions,
    format: ValidateForm = None,  # noqa: A002 - the option's name
    output: Output = "-",
) -> None:
    """Check plan and actuals: each problem of each file, with its line.

    Where there is no error, it says how each file was understood.
    """
    from smartkpi.cli.progress import progress_bar
    from smartkpi.render.validation import render
    from smartkpi.tables.validation import validate as validate_files

    lang, form = language(talk), output_format(format, output, tuple(ValidateFormat), ValidateFormat.text)
    with progress_bar(talk.quiet, lang) as progress:
        found = validate_files(make_inputs(inputs), progress)
    if found.error is None or form != ValidateFormat.text:
        write(render(found, form, lang, talk.verbose), output)
    if found.error is not None:
        understanding(found.tables, talk, lang)
        raise found.error
    if found.dataset is not None:
        remarks(found.dataset, talk, lang, understood=form != ValidateFormat.text)
