"""What `export --to` writes, and which options go with it."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from smartkpi.cli import output as streams
from smartkpi.errors import Fault, OutputError, UsageError
from smartkpi.render.view import ExportFormat

if TYPE_CHECKING:
    from smartkpi.readers.dataset import Dataset

_WITHOUT_TO = {"format": "--format", "fields": "--fields", "add_bom": "--add-bom"}
_WITH_TO = {"path": "PATH", "year": "--year", "rule": "--rule", "force": "--force"}
_OF_RESULTS = {"year": "--year", "rule": "--rule"}


class Asked(NamedTuple):
    """What an export is of."""

    loaded: Dataset
    year: int | None
    rule: str | None
    level: str
    indicators: Sequence[str]
    lang: str


class Made(NamedTuple):
    """An export, and what is to be said of it."""

    content: bytes | Mapping[str, bytes]
    """Of a file, or of the files of a folder by path."""
    remarks: Sequence[Fault] = ()


def place(context: typer.Context, to: ExportFormat | None, path: str | None) -> str:
    """Return where to write; empty without `to`.

    Raises
    ------
    UsageError
        If options were given that do not go together, or the place is not named, or twice.
    """
    given = [name for name in context.params if _is_given(context, name)]
    if to is None:
        _refuse("needs_to", given, _WITH_TO, choices=", ".join(ExportFormat))
        return ""
    _refuse("not_with_to", given, _WITHOUT_TO, to=str(to))
    if to == ExportFormat.sdmx_csv:
        _refuse("not_with_to", given, _OF_RESULTS, to=str(to))
    if path is not None and "output" in given:
        raise UsageError(Fault("two_places", first=path, second=str(context.params["output"])))
    output = path if path is not None else context.params["output"] if "output" in given else ""
    if not output:
        raise UsageError(Fault("no_place", to=str(to)))
    if to == ExportFormat.datapackage and output == streams.STANDARD_OUTPUT:
        raise UsageError(Fault("folder_to_stdout"))
    if to == ExportFormat.xlsx and output == streams.STANDARD_OUTPUT and streams.is_terminal(sys.stdout):
        raise UsageError(Fault("binary_on_terminal"))
    return str(output)


def _is_given(context: typer.Context, name: str) -> bool:
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


def _refuse(key: str, given: list[str], refused: dict[str, str], **details: Any) -> None:
    for name in given:
        if name in refused:
            raise UsageError(Fault(key, option=refused[name], **details))


def make(to: ExportFormat, asked: Asked) -> Made:
    """Return what an export holds."""
    if to == ExportFormat.sdmx_csv:
        return _sdmx_csv(asked)
    from smartkpi.render import data_package, xlsx
    from smartkpi.tables.export import export_tables

    tables = export_tables(asked.loaded, asked.year, asked.rule, asked.level, asked.indicators)
    return Made((xlsx if to == ExportFormat.xlsx else data_package).render(tables, asked.lang))


def _sdmx_csv(asked: Asked) -> Made:
    from smartkpi.render import sdmx
    from smartkpi.render.view import View
    from smartkpi.tables.observations import observation_table

    text = sdmx.render(observation_table(asked.loaded, asked.level, asked.indicators), View())
    return Made(text.encode(), sdmx.remarks(asked.loaded.plan))


def put(made: Made, output: str, *, force: bool = False) -> None:
    """Write an export, whole or not at all.

    Parameters
    ----------
    made
        A file or a folder.
    output
        Where; ``-`` is standard output.
    force
        Whether a folder may hold anything; other actuals than those of the export it may not.
    """
    from smartkpi.cli.folders import fill

    if isinstance(made.content, bytes):
        streams.write_bytes(made.content, output)
        return
    if force:
        _check_actuals(output, made.content)
    fill(output, made.content, force=force, in_use="folder_in_use")


def _check_actuals(folder: str, files: Mapping[str, bytes]) -> None:
    """Refuse a folder whose own actuals would be read with those of the export."""
    from smartkpi.readers import data_folder

    others = [each.name for each in data_folder.actuals_in(Path(folder)) if f"actuals/{each.name}" not in files]
    if others:
        raise OutputError(Fault("folder_has_actuals", folder, names=", ".join(others)))
