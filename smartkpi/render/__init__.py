"""One module per output, one signature: a finished table in, text out; nothing here prints."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from smartkpi.model import Table
from smartkpi.render.view import Format, View

_MODULES = {
    "table": "terminal",
    "csv": "csvtext",
    "tsv": "csvtext",
    "json": "jsontext",
    "jsonl": "jsontext",
    "markdown": "markdown",
}
# What is a picture rather than rows, when people look at it.
_PICTURES = {"trend": "chart"}


class Renderer(Protocol):
    """What each module of this package offers."""

    def render(self, table: Table, view: View) -> str:
        """Return the table as text."""


def render(table: Table, view: View) -> str:
    """Return the table as text in the format that the view asks for."""
    drawn = view.format == Format.table and not view.fields and table.name in _PICTURES
    name = _PICTURES[table.name] if drawn else _MODULES[view.format]
    module = cast(Renderer, import_module(f"smartkpi.render.{name}"))
    return module.render(table, view)
