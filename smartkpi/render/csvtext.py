"""Comma- and tab-separated values for scripts, and for Excel with --add-bom."""

from __future__ import annotations

import csv
import io

from smartkpi.model import Table
from smartkpi.render.celltext import machine
from smartkpi.render.view import Format, View
from smartkpi.safetext import guarded

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
    # Numbers stay numbers, also with a minus.
    kind = table.kinds[name]
    cells = [machine(value, kind) for value in table.columns[name]]
    return list(map(guarded, cells)) if for_excel and kind == "text" else cells
