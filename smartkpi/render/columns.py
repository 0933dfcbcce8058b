"""Which columns people see, under which heading and in which words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from smartkpi.model import Table
from smartkpi.render import projected
from smartkpi.render.cells import Cell, Column, Row, actual, is_share, right, target, titled
from smartkpi.render.celltext import machine, rounded, significant
from smartkpi.render.symbols import SYMBOLS
from smartkpi.render.view import View
from smartkpi.safetext import printable
from smartkpi.words import label


def columns(table: Table, view: View) -> list[Column]:
    """Return the columns asked for as scripts see them, else those chosen for people."""
    if view.fields:
        return [_plain(table, name) for name in view.names(table)]
    rows = [dict(zip(table.columns, cells, strict=True)) for cells in zip(*table.columns.values(), strict=True)]
    dimensions = [name for name in table.plan.dimensions if name in table.columns]
    return [
        Column(label("heading_indicator", view.lang), [titled(table, row, view) for row in rows]),
        *(Column(name, [printable(row[name] or "") for row in rows]) for name in dimensions),
        *_CHOSEN[table.name](table, rows, view),
    ]


def _status_columns(table: Table, rows: Sequence[Row], view: View) -> list[Column]:
    return [
        *(right(label(heading, view.lang), cell, table, rows, view) for heading, cell in _STATUS_CELLS),
        Column(
            label("heading_status", view.lang),
            [_status(row, view) for row in rows],
            styles=[SYMBOLS[row["status"]].style for row in rows],
        ),
    ]


def _plain(table: Table, name: str) -> Column:
    kind = table.kinds[name]
    return Column(name, [machine(value, kind) for value in table.columns[name]], right=kind in ("number", "year"))


def _percent(name: str) -> Cell:
    def cell(table: Table, row: Row, view: View) -> str:
        return "" if row[name] is None else f"{rounded(row[name], 1)}%"

    return cell


def _growth(table: Table, row: Row, view: View) -> str:
    value = row["required_growth_pct"]
    return "" if value is None else label("per_year", view.lang).format(number=f"{_signed(value, 2)}%")


def _change(table: Table, row: Row, view: View) -> str:
    if row["required_change"] is None:
        return ""
    unit = label("percentage_points", view.lang) if is_share(row) else printable(row["unit"])
    return label("per_year", view.lang).format(number=f"{_signed(row['required_change'], None)} {unit}")


def _pace(table: Table, row: Row, view: View) -> str:
    return "" if row["pace"] is None else rounded(row["pace"], 2)


def _signed(value: float, decimals: int | None) -> str:
    text = significant(value, 3) if decimals is None else rounded(value, decimals)
    return text if value <= 0 else f"+{text}"


def _status(row: Row, view: View) -> str:
    symbol = SYMBOLS[row["status"]]
    shape = symbol.ascii_shape if view.ascii else symbol.shape
    weak = (
        f" {label('low_evidence', view.lang)}" if row["evidence"] == "low" and row["status"] != "undetermined" else ""
    )
    return f"{shape} {label(row['status'], view.lang)}{weak}"


_STATUS_CELLS: Sequence[tuple[str, Cell]] = (
    ("heading_actual", actual),
    ("heading_target", target),
    ("heading_attainment", _percent("attainment_pct")),
    ("heading_required_growth", _growth),
    ("heading_required_change", _change),
    ("heading_pace", _pace),
)

_CHOSEN: Mapping[str, Callable[[Table, Sequence[Row], View], list[Column]]] = {
    "status": _status_columns,
    "project": projected.columns,
}
