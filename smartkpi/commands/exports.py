"""What `export --to` writes, and which options go with it."""

from __future__ import annotations

from typing import Any

import typer

from smartkpi.commands import streams
from smartkpi.errors import Fault, UsageError
from smartkpi.model import Table
from smartkpi.render.view import ExportFormat

_WITHOUT_TO = {"format": "--format", "fields": "--fields", "add_bom": "--add-bom"}
_WITH_TO = {"path": "PATH", "year": "--year", "rule": "--rule", "force": "--force"}
_OF_RESULTS = {"year": "--year", "rule": "--rule"}


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
    return str(output)


def _is_given(context: typer.Context, name: str) -> bool:
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


def _refuse(key: str, given: list[str], refused: dict[str, str], **details: Any) -> None:
    for name in given:
        if name in refused:
            raise UsageError(Fault(key, option=refused[name], **details))


def write(to: ExportFormat, observations: Table, output: str) -> list[Fault]:
    """Write an export, whole or not at all, and return what is to be said of it.

    Parameters
    ----------
    to
        Which.
    observations
        The tidy table.
    output
        Path; ``-`` is standard output.
    """
    from smartkpi.render import sdmxcsv
    from smartkpi.render.view import View

    streams.write(sdmxcsv.render(observations, View()), output)
    return sdmxcsv.remarks(observations.plan)
