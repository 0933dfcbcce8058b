"""Comma- and tab-separated values for scripts, and for Excel with --add-bom."""

from __future__ import annotations

from typing import Any

from smartkpi.model.table import Table
from smartkpi.render.celltext import column_text, machine
from smartkpi.render.view import Format, View
from smartkpi.text import guarded

_BOM = "\ufeff"


def render(table: Table, view: View) -> str:
    """Return header and rows, lines ended by a line feed."""
    names = view.names(table)
    delimiter = "\t" if view.format == Format.tsv else ","
    columns = [_column(table, name, view.add_bom, delimiter) for name in names]
    if len(columns) == 1:
        # A line with nothing on it would be no row.
        columns = [[text or '""' for text in columns[0]]]
    lines = [delimiter.join(_quoted(name, delimiter) for name in names)]
    lines += map(delimiter.join, zip(*columns, strict=True))
    return (_BOM if view.add_bom else "") + "\n".join(lines) + "\n"


def _column(table: Table, name: str, for_excel: bool, delimiter: str) -> list[str]:
    """Return the cells of a column as they stand in the file; csv.writer would go through each once more, slowly."""
    kind = table.kinds[name]

    def cell(value: Any) -> str:
        text = machine(value, kind)
        return _quoted(guarded(text) if for_excel and kind == "text" else text, delimiter)

    return column_text(table.columns[name], kind, cell)


def _quoted(text: str, delimiter: str) -> str:
    if delimiter in text or '"' in text or "\n" in text or "\r" in text:
        return '"' + text.replace('"', '""') + '"'
    return text
