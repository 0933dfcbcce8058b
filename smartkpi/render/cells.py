"""Cells that the tables for people share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from smartkpi.model import Table
from smartkpi.render.celltext import rounded
from smartkpi.render.view import View
from smartkpi.safetext import printable
from smartkpi.words import title

Row = Mapping[str, Any]
Cell = Callable[[Table, Row, View], str]


@dataclass(frozen=True)
class Column:
    """A column as people see it."""

    heading: str
    cells: Sequence[str]
    right: bool = False
    """Whether numbers stand in it."""
    styles: Sequence[str] = ()
    """Rich style of each cell, if it has any."""
    wraps: bool = False
    """Whether its cells may take several lines where the terminal is narrow."""


def right(heading: str, cell: Cell, table: Table, rows: Sequence[Row], view: View) -> Column:
    """Return a column of numbers."""
    return Column(heading, [cell(table, row, view) for row in rows], right=True)


def titled(table: Table, row: Row, view: View) -> str:
    """Return the indicator's title in the reader's language."""
    return printable(title(table.plan.indicators[row["indicator"]].title, view.lang))


def quantity(name: str) -> Cell:
    """Return the cell for a value with its unit, a share without a space before its sign."""

    def cell(table: Table, row: Row, view: View) -> str:
        if row[name] is None:
            return ""
        text = bare(table, row, name)
        return f"{text}%" if is_share(row) else f"{text} {printable(row['unit'])}"

    return cell


def bare(table: Table, row: Row, name: str) -> str:
    """Return a value with the decimals of its indicator, without unit; empty if missing."""
    return "" if row[name] is None else rounded(row[name], table.plan.indicators[row["indicator"]].decimals)


def is_share(row: Row) -> bool:
    """Return whether the row is in percent."""
    return row["unit"] in ("%", "％")


def year(name: str) -> Cell:
    """Return the cell for a year."""

    def cell(table: Table, row: Row, view: View) -> str:
        return "" if row[name] is None else f"{row[name]:.0f}"

    return cell


def actual(table: Table, row: Row, view: View) -> str:
    """Return the latest value with its year, marked where it is no normal one."""
    when = f" ({row['year']:.0f})" if row["year"] is not None else ""
    status = row.get("obs_status")
    mark = f" {status}" if status not in (None, "", "A") else ""
    return quantity("actual")(table, row, view) + mark + when


def target(table: Table, row: Row, view: View) -> str:
    """Return the target with its year."""
    return f"{quantity('target')(table, row, view)} ({row['target_year']:.0f})"
