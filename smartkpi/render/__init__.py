"""One module per output, one signature: a finished table in, text out; nothing here prints."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from smartkpi.render.view import View

if TYPE_CHECKING:
    from smartkpi.model.table import Table

# Formats that another module writes than the one of their name.
_MODULES = {"table": "terminal", "tsv": "csv", "jsonl": "json"}
# Tables with a form of their own for people who look at them.
_OWN = {("check", "table"): "check", ("trend", "table"): "terminal_chart"}


class Renderer(Protocol):
    """What each module of this package offers."""

    def render(self, table: Table, view: View) -> str:
        """Return the table as text."""


def render(table: Table, view: View) -> str:
    """Return the table as text in the format that the view asks for."""
    own = None if view.fields else _OWN.get((table.name, view.format))
    name = own or _MODULES.get(view.format, view.format)
    module = cast(Renderer, import_module(f"smartkpi.render.{name}"))
    return module.render(table, view)
