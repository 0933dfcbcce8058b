"""Cells of the summary per indicator."""

from __future__ import annotations

from smartkpi.model.codes import Status
from smartkpi.model.table import Table
from smartkpi.render.celltext import number, rounded
from smartkpi.render.quantity import Cell, Row
from smartkpi.render.view import View
from smartkpi.text import printable


def _count(name: str) -> Cell:
    def cell(table: Table, row: Row, view: View) -> str:
        return number(row[name])

    return cell


def _as_it_is(name: str) -> Cell:
    def cell(table: Table, row: Row, view: View) -> str:
        return "" if row[name] is None else printable(row[name])

    return cell


def _pace(table: Table, row: Row, view: View) -> str:
    return "" if row["median_pace"] is None else rounded(row["median_pace"], 2)


worst = _as_it_is("worst")
FIGURES: tuple[tuple[str, Cell], ...] = (
    ("heading_series", _count("series")),
    *((status.value, _count(status)) for status in Status),
    ("heading_median_pace", _pace),
)
