"""smartkpi list."""

from __future__ import annotations

from smartkpi.cli.option_groups import spread
from smartkpi.cli.options import InputOptions, MessageOptions, OutputOptions, WholePlanOptions
from smartkpi.cli.view import file_language, indicators_of, make_inputs, make_view, remarks, write


@spread
def list(  # noqa: A001 - the name of the command
    inputs: InputOptions, selection: WholePlanOptions, look: OutputOptions, talk: MessageOptions
) -> None:
    """List the KPIs: id, title, unit, target, agency in charge."""
    from smartkpi.readers.dataset import load_plan
    from smartkpi.tables.plan import list_table

    view = make_view(look, talk)
    dataset = load_plan(make_inputs(inputs))
    table = list_table(dataset.plan, selection.level, indicators_of(dataset.plan, selection))
    write(table, view, look, file_language(talk))
    remarks(dataset, talk, view.lang)
