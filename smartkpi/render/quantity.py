"""Values with their units, for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from smartkpi.messages import label
from smartkpi.model import RelativeTarget
from smartkpi.model.table import Table
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


def target_of(table: Table, row: Row, view: View) -> str:
    """Return the target with its unit: a number, the ends of a range, or the relative target that has no number."""
    if row.get("target_low") is not None:
        low, high = number_of(table, row, "target_low"), quantity_of(table, row, "target_high")
        return label("range", view.lang).format(low=low, high=high)
    if row["target"] is None:
        relative = table.plan.indicators[row["indicator"]].relative
        return "" if relative is None else relative_text(relative, view.lang)
    return quantity_of(table, row, "target")


def relative_text(relative: RelativeTarget, lang: str) -> str:
    """Return a relative target in words, where its number is not known."""
    key = "target_times" if relative.kind == "times" else "target_change"
    return label(key, lang).format(text=printable(relative.text), year=relative.from_year)


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
