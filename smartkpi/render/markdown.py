"""A Markdown table, for documents and issue texts."""

from __future__ import annotations

from collections.abc import Iterable

from smartkpi.model.table import Table
from smartkpi.render import outlook
from smartkpi.render.columns import columns
from smartkpi.render.table_layout import one_line
from smartkpi.render.view import View
from smartkpi.text import pattern

_SPECIAL = pattern(r"([\\`*_{}\[\]<>#|~&!$]|:(?=//)|(?<=\bwww)\.)")
# GitHub takes these for emoji, people and issues after it has read the Markdown; only something between stops it.
_REFERENCES = pattern(r":(?=[\w+-]+:)|@(?=\w)|\\#(?=\d)")
_NOTHING = "<!-- -->"


def render(table: Table, view: View) -> str:
    """Return a table in GitHub's Markdown; nothing in a cell is markup."""
    shown = columns(table, view)
    rows = zip(*(column.cells for column in shown), strict=True)
    lines = [
        _line(escaped(one_line(column.heading)) for column in shown),
        _line("---:" if column.right else "---" for column in shown),
        *(_line(map(escaped, row)) for row in rows),
    ]
    if sentences := outlook.sentences(table, view.lang):
        lines += ["", *(f"- {escaped(each)}" for each in sentences)]
    return "".join(f"{line}\n" for line in lines)


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def escaped(cell: str) -> str:
    """Return text in which nothing is markup."""
    return _REFERENCES.sub(rf"\g<0>{_NOTHING}", _SPECIAL.sub(r"\\\1", cell))
