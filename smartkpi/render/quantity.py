"""Values with their units, for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from smartkpi.model import Table
from smartkpi.quantities.units import PERCENT_UNITS
from smartkpi.render.celltext import rounded
from smartkpi.render.view import View
from smartkpi.text import printable

Row = Mapping[str, Any]
Cell = Callable[[Table, Row, View], str]


def quantity_of(table: Table, row: Row, name: str) -> str:
    """Return a value with its unit, a share without a space before its sign; empty if missing."""
    if row[name] is None:
        return ""
    text = number_of(table, row, name)
    return f"{text}%" if row["unit"] in PERCENT_UNITS else f"{text} {printable(row['unit'])}"


def number_of(table: Table, row: Row, name: str) -> str:
    """Return a value with the decimals of its indicator, without unit; empty if missing."""
    return "" if row[name] is None else rounded(row[name], table.plan.indicators[row["indicator"]].decimals)


def value_cell(name: str) -> Cell:
    """Return what shows the value of a column with its unit."""

    def cell(table: Table, row: Row, view: View) -> str:
        return quantity_of(table, row, name)

    return cell


def year_cell(name: str) -> Cell:
    """Return what shows the year of a column."""

    def cell(table: Table, row: Row, view: View) -> str:
        return "" if row[name] is None else f"{row[name]:.0f}"

    return cell
