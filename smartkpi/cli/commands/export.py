"""smartkpi export."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from smartkpi.cli.option_groups import parse_year, spread
from smartkpi.cli.options import (
    DataOutputOptions,
    Force,
    InputOptions,
    MessageOptions,
    Rule,
    To,
    WholePlanOptions,
    Year,
)
from smartkpi.cli.output import STANDARD_OUTPUT, is_terminal, write_bytes
from smartkpi.cli.output_format import output_format
from smartkpi.cli.view import file_language, indicators_of, make_inputs, make_view, remarks, write
from smartkpi.errors import Fault, UsageError
from smartkpi.render.view import ExportFormat

_WITHOUT_TO = {"format": "--format", "fields": "--fields", "add_bom": "--add-bom"}
_WITH_TO = {"path": "PATH", "year": "--year", "rule": "--rule", "force": "--force"}
_OF_RESULTS = {"year": "--year", "rule": "--rule"}


@spread
def export(
    context: typer.Context,
    inputs: InputOptions,
    selection: WholePlanOptions,
    look: DataOutputOptions,
    talk: MessageOptions,
    path: Annotated[
        str | None, typer.Argument(metavar="[PATH]", help="Where --to writes; - is stdout.", show_default=False)
    ] = None,
    to: To = None,
    year: Year = None,
    rule: Rule = None,
    force: Force = False,
) -> None:
    """Write the observations as one tidy table, with units and sources.

    What it writes reads back to the same figures. With --to it is for other tools: sdmx-csv has the observations,
    datapackage is a folder and xlsx a workbook of results, observations and plan.
    """
    from smartkpi.analysis import rules
    from smartkpi.cli.progress import progress_bar
    from smartkpi.readers.dataset import load
    from smartkpi.render import export as exports
    from smartkpi.tables.observations import observation_table, with_notes_in
    from smartkpi.tables.selection import select_observations

    view = make_view(look, talk)
    place, results = _place(context, to, path), (parse_year(year), rule)
    notes: Sequence[Fault] = ()
    with progress_bar(talk.quiet, view.lang) as progress:
        dataset, selected = select_observations(load(make_inputs(inputs), progress), inputs.where)
        indicators = selection.level, indicators_of(dataset.plan, selection)
        if to:
            content, notes = exports.render(to, dataset, *results, *indicators, file_language(talk))
    if to and isinstance(content, bytes):
        write_bytes(content, place)
    elif to and not isinstance(content, bytes):
        exports.write_folder(content, place, force=force)
    else:
        table = observation_table(dataset, *indicators)
        write(with_notes_in(table, view.lang) if view.for_people else table, view, look, file_language(talk))
    remarks(dataset, talk, view.lang, more=[*rules.remarks(rule), *selected, *notes])


def _place(context: typer.Context, to: ExportFormat | None, path: str | None) -> str:
    """Return where to write; empty without `to`.

    Raises
    ------
    UsageError
        If the line has options that do not go together, or names no place, or two.
    """
    from smartkpi.render.export import FILES

    present = [name for name in context.params if _is_present(context, name)]
    if to is None:
        _refuse("needs_to", present, _WITH_TO, choices=", ".join(ExportFormat))
        return ""
    _refuse("not_with_to", present, _WITHOUT_TO, to=str(to))
    if to == ExportFormat.sdmx_csv:
        _refuse("not_with_to", present, _OF_RESULTS, to=str(to))
    if path is not None and "output" in present:
        raise UsageError(Fault("two_places", first=path, second=str(context.params["output"])))
    place = path if path is not None else context.params["output"] if "output" in present else ""
    if not place:
        raise UsageError(Fault("no_place", to=str(to)))
    if to == ExportFormat.datapackage and place == STANDARD_OUTPUT:
        raise UsageError(Fault("folder_to_stdout"))
    if to == ExportFormat.xlsx and place == STANDARD_OUTPUT and is_terminal(sys.stdout):
        raise UsageError(Fault("binary_on_terminal"))
    if form := FILES.get(to):
        output_format(None, str(place), (form,), form)
    return str(place)


def _is_present(context: typer.Context, name: str) -> bool:
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


def _refuse(key: str, present: Sequence[str], refused: Mapping[str, str], **details: Any) -> None:
    for name in present:
        if name in refused:
            raise UsageError(Fault(key, option=refused[name], **details))
