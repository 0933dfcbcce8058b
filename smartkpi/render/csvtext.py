"""Comma- and tab-separated values for scripts, and for Excel with --add-bom."""

from __future__ import annotations

import csv
import io

from smartkpi.model import ColumnKind, Table
from smartkpi.render.celltext import machine
from smartkpi.render.view import Format, View

# What a spreadsheet takes for the start of a formula (OWASP, CSV injection).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_BOM = "\ufeff"


def render(table: Table, view: View) -> str:
    """Return header and rows, lines ended by a line feed."""
    names = view.names(table)
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t" if view.format == Format.tsv else ",", lineterminator="\n")
    writer.writerow(names)
    columns = [_column(table, name, view.add_bom) for name in names]
    writer.writerows(zip(*columns, strict=True))
    return (_BOM if view.add_bom else "") + out.getvalue()


def _column(table: Table, name: str, for_excel: bool) -> list[str]:
    kind = table.kinds[name]
    cells = [machine(value, kind) for value in table.columns[name]]
    return [_harmless(cell, kind) for cell in cells] if for_excel else cells


def _harmless(cell: str, kind: ColumnKind) -> str:
    """Put an apostrophe before text that Excel would run; numbers stay numbers."""
    return "'" + cell if kind == "text" and cell.startswith(_FORMULA_STARTS) else cell
