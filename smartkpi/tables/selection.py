"""Rows of a finished table: which of them, and in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from smartkpi.errors import Fault, UsageError
from smartkpi.model import Plan, Table
from smartkpi.model.codes import Status
from smartkpi.text import nearest

_STATUS_ORDER = {status: place for place, status in enumerate(Status)}


class Selection(NamedTuple):
    """Which rows of a table, and in which order."""

    by: Sequence[str] = ()
    """Dimensions that come first and by which rows are put together."""
    where: Sequence[str] = ()
    """Conditions ``dimension=value``; those on one dimension are alternatives."""
    sort: str = ""
    """Column to sort by, with a minus before it for the greatest first."""
    top: int | None = None
    """Rows at the most."""


def chosen(tables: Sequence[Table], arrangement: Selection) -> tuple[list[Table], list[Fault]]:
    """Return the tables with only the series that meet the conditions.

    Parameters
    ----------
    tables
        Of one plan, with its dimensions as columns.
    arrangement
        Its `where` is used.

    Returns
    -------
    list of Table, list of Fault
        The second says which values no series has.

    Raises
    ------
    UsageError
        If a condition is none, or its dimension is not the plan's.
    """
    wanted = conditions(tables[0].plan, arrangement.where)
    texts = [{name: _texts(table, name) for name in wanted} for table in tables]
    if wanted:
        rows = [meeting(wanted, each, len(table)) for table, each in zip(tables, texts, strict=True)]
        tables = [_taken(table, kept) for table, kept in zip(tables, rows, strict=True)]
    return list(tables), unmet(wanted, texts[-1])


def meeting(wanted: Mapping[str, Sequence[str]], texts: Mapping[str, Sequence[str | None]], series: int) -> list[int]:
    """Return which of so many series meet all conditions.

    Parameters
    ----------
    wanted
        As `conditions` gives it.
    texts
        By dimension, the value of each series.
    series
        How many there are.
    """
    return [each for each in range(series) if all(texts[name][each] in values for name, values in wanted.items())]


def unmet(wanted: Mapping[str, Sequence[str]], texts: Mapping[str, Sequence[str | None]]) -> list[Fault]:
    """Return a remark for each value asked for that no series has.

    Parameters
    ----------
    wanted, texts
        As for `meeting`.
    """
    return [
        Fault("no_such_series", name=name, found=value, near=_nearest(value, texts[name]))
        for name, values in wanted.items()
        if texts[name]
        for value in values
        if value not in texts[name]
    ]


def _texts(table: Table, name: str) -> list[str | None]:
    return [None if cell is None else str(cell) for cell in table.columns[name]]


def arranged(table: Table, arrangement: Selection) -> Table:
    """Return the table with its rows in the order asked for, and no more than asked for.

    Raises
    ------
    UsageError
        If a dimension or column asked for is not there.
    """
    rows = list(range(len(table)))
    for name in reversed(arrangement.by):
        require_dimension(table.plan, name)
        first = {value: place for place, value in reversed(list(enumerate(table.columns[name])))}
        rows.sort(key=lambda row, name=name, first=first: first[table.columns[name][row]])  # type: ignore[misc]
    if arrangement.sort:
        rows = _sorted(table, rows, arrangement.sort)
    order = [name for name in table.kinds if name not in arrangement.by]
    order[1:1] = arrangement.by
    table = _taken(table, rows[: arrangement.top])
    return replace(
        table,
        kinds={name: table.kinds[name] for name in order},
        columns={name: table.columns[name] for name in order},
    )


def _sorted(table: Table, rows: Sequence[int], sort: str) -> list[int]:
    """Return the rows sorted by a column; those without a value last, whichever way."""
    name = sort.removeprefix("-")
    if name not in table.columns:
        raise UsageError(Fault("unknown_field", found=name, choices=", ".join(table.columns)))
    cells = table.columns[name]
    present = [row for row in rows if cells[row] is not None]
    keys: Sequence[Any] = [_STATUS_ORDER.get(cell) for cell in cells] if name == "status" else cells
    present.sort(key=lambda row: keys[row], reverse=sort.startswith("-"))
    return present + [row for row in rows if cells[row] is None]


def conditions(plan: Plan, where: Sequence[str]) -> Mapping[str, list[str]]:
    """Return the values asked for, by dimension; those of one dimension are alternatives.

    Parameters
    ----------
    plan
        Whose dimensions they are.
    where
        Conditions ``dimension=value``.

    Raises
    ------
    UsageError
        If a condition is none, or its dimension is not the plan's.
    """
    wanted: dict[str, list[str]] = {}
    for condition in where:
        name, equals, value = condition.partition("=")
        if not equals:
            raise UsageError(Fault("not_in_words", option="--where", found=condition, example="area=花蓮縣"))
        require_dimension(plan, name.strip())
        wanted.setdefault(name.strip(), []).append(value.strip())
    return wanted


def require_dimension(plan: Plan, name: str) -> None:
    """Refuse what is no dimension of the plan."""
    if name not in plan.dimensions:
        choices = ", ".join(plan.dimensions)
        key = "unknown_dimension" if choices else "no_dimensions"
        raise UsageError(Fault(key, found=name, choices=choices))


def _nearest(value: str, texts: Sequence[str | None]) -> str:
    known = list(dict.fromkeys(text for text in texts if text is not None))
    return nearest(value, known) or ", ".join(known[:5])


def _taken(table: Table, rows: Sequence[int]) -> Table:
    def taken(columns: Mapping[str, Sequence[Any]]) -> dict[str, Sequence[Any]]:
        return {name: [cells[row] for row in rows] for name, cells in columns.items()}

    return replace(table, columns=taken(table.columns), aside=taken(table.aside))
