"""What `export --to` writes, and which options go with it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from smartkpi.commands import streams
from smartkpi.errors import Fault, UsageError
from smartkpi.render.view import ExportFormat

if TYPE_CHECKING:
    from smartkpi.loading import Loaded

_WITHOUT_TO = {"format": "--format", "fields": "--fields", "add_bom": "--add-bom"}
_WITH_TO = {"path": "PATH", "year": "--year", "rule": "--rule", "force": "--force"}
_OF_RESULTS = {"year": "--year", "rule": "--rule"}


class Asked(NamedTuple):
    """What an export is of."""

    loaded: Loaded
    year: int | None
    rule: str | None
    level: str
    indicators: Sequence[str]
    lang: str


class Made(NamedTuple):
    """An export, and what is to be said of it."""

    content: bytes
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
    from smartkpi.exporting import export_tables
    from smartkpi.render import workbook

    tables = export_tables(asked.loaded, asked.year, asked.rule, asked.level, asked.indicators)
    return Made(workbook.render(tables, asked.lang))


def _sdmx_csv(asked: Asked) -> Made:
    from smartkpi.render import sdmxcsv
    from smartkpi.render.view import View
    from smartkpi.tidy import observation_table

    text = sdmxcsv.render(observation_table(asked.loaded, asked.level, asked.indicators), View())
    return Made(text.encode(), sdmxcsv.remarks(asked.loaded.plan))


def put(made: Made, output: str) -> None:
    """Write an export, whole or not at all."""
    streams.write_bytes(made.content, output)
