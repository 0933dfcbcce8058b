"""Which rows of a finished table: of which indicators and series, and in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from smartkpi.analysis.series import Panel
from smartkpi.errors import Fault, UsageError
from smartkpi.model import Indicator, Plan
from smartkpi.model.arrays import Categorical, Floats, Ints
from smartkpi.model.codes import Level, Status
from smartkpi.model.reading import ReadingOptions, before
from smartkpi.model.table import Table
from smartkpi.readers import actuals
from smartkpi.readers.dataset import Dataset
from smartkpi.readers.layouts.conditions import by_column
from smartkpi.readers.layouts.names import Names, folded
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


def indicator_positions(plan: Plan, level: str, indicators: Sequence[str]) -> list[int]:
    """Return the positions in the plan of the indicators named, else of those of the level.

    Raises
    ------
    UsageError
        If the plan has no such indicator, or there is no such level.
    """
    if level not in tuple(Level):
        raise UsageError(Fault("unknown_level", found=level, choices=", ".join(Level)))
    named = {indicator_id(plan, name) for name in indicators}
    return [
        position
        for position, (name, indicator) in enumerate(plan.indicators.items())
        if (name in named if indicators else level in (Level.all, indicator.level))
    ]


def indicator_id(plan: Plan, text: str) -> str:
    """Return the id of the indicator that a text means: its id, a title of it, or a part that fits no other.

    Raises
    ------
    UsageError
        If it means none, or several, which are named.
    """
    if text in plan.indicators:
        return text
    found = Names(plan).indicators(text) or _with_part(plan, folded(text))
    if not found:
        raise UsageError(Fault("unknown_indicator_asked", found=text, near=actuals.nearest_indicator(text, plan)))
    if len(found) > 1:
        raise UsageError(Fault("several_indicators_asked", found=text, ids=", ".join(found)))
    return found[0]


def _with_part(plan: Plan, part: str) -> list[str]:
    return [
        each.id
        for each in plan.indicators.values()
        if part and any(part in folded(name) for name in (each.id, *each.title.values()))
    ]


def with_owner(plan: Plan, level: str, indicators: Sequence[str], owner: str) -> list[str]:
    """Return the ids of those of the indicators that an agency is in charge of.

    Raises
    ------
    UsageError
        If it is in charge of none.
    """
    every = select_indicators(plan, level, indicators)
    found = [each.id for each in every if folded(owner) in map(folded, each.owner_names)]
    if not found:
        names = list(dict.fromkeys(name for each in every for name in each.owner_names))
        near = nearest(owner, names) or ", ".join(names[:5]) or "-"
        raise UsageError(Fault("unknown_owner", found=owner, near=near))
    return found


def select_indicators(plan: Plan, level: str, indicators: Sequence[str]) -> list[Indicator]:
    """Return the indicators named, else those of the level, in the order of the plan."""
    every = list(plan.indicators.values())
    return [every[position] for position in indicator_positions(plan, level, indicators)]


def series_positions(panel: Panel, plan: Plan, level: str, indicators: Sequence[str]) -> Ints:
    """Return the series of the indicators named, else of the level."""
    return np.flatnonzero(np.isin(panel.indicator, indicator_positions(plan, level, indicators)))


def conditions(plan: Plan, where: Sequence[str]) -> Mapping[str, list[str]]:
    """Return the values asked for, by dimension; those of one dimension are alternatives.

    Parameters
    ----------
    plan
        Whose dimensions they are; its own conditions count where `where` has none on their column.
    where
        Conditions ``column=value``. Those on other columns than dimensions have filtered rows while reading.
    """
    names = {name: axis.name for axis in plan.axes for name in (axis.column, axis.name) if name}
    values: dict[str, list[str]] = {}
    for name, alternatives in by_column(before(ReadingOptions(where=tuple(where)), plan.reading).where).items():
        if name in names:
            values.setdefault(names[name], []).extend(alternatives)
    return values


def require_dimension(plan: Plan, name: str) -> None:
    """Refuse what is not a dimension of the plan."""
    if name not in plan.dimensions:
        choices = ", ".join(plan.dimensions)
        key = "unknown_dimension" if choices else "no_dimensions"
        raise UsageError(Fault(key, found=name, choices=choices))


def filter_series(
    values: Mapping[str, Sequence[str]], dimensions: Mapping[str, Categorical], series: int
) -> tuple[Ints, list[Fault]]:
    """Return which of so many series meet all conditions, and a remark for each value that none of them has.

    Parameters
    ----------
    values
        As `conditions` gives them.
    dimensions
        Of each dimension with a condition, the value of each series.
    series
        How many there are.
    """
    meets = np.ones(series, dtype=np.bool_)
    remarks: list[Fault] = []
    for name, alternatives in values.items():
        column = dimensions[name]
        meets &= column.flags(lambda value, alternatives=alternatives: value is not None and str(value) in alternatives)  # type: ignore[misc]
        codes = np.unique(column.codes) if series else ()
        known = [str(column.values[code]) for code in codes if column.values[code] is not None]
        if series:
            remarks += [
                Fault("no_such_series", name=name, found=value, near=_nearest(value, known))
                for value in alternatives
                if value not in known
            ]
    return np.flatnonzero(meets), remarks


def _nearest(value: str, known: Sequence[str]) -> str:
    return nearest(value, known) or ", ".join(known[:5])


def select_observations(dataset: Dataset, where: Sequence[str]) -> tuple[Dataset, Sequence[Fault]]:
    """Return the dataset with only the observations of series that meet the conditions, and remarks."""
    plan, observations = dataset.plan, dataset.observations
    values = conditions(plan, where)
    if not values:
        return dataset, []
    axes = dict(zip(plan.dimensions, observations.dimensions, strict=True))
    rows, remarks = filter_series(values, {name: axes[name] for name in values}, len(observations))
    return replace(dataset, observations=observations.take(rows), order=None), remarks


def select_series(tables: Sequence[Table], selection: Selection) -> tuple[list[Table], list[Fault]]:
    """Return the tables with only the series that meet the conditions.

    Parameters
    ----------
    tables
        Of one plan, with its dimensions as columns.
    selection
        Its `where` is used.

    Returns
    -------
    list of Table, list of Fault
        The second says which values no series has.
    """
    values = conditions(tables[0].plan, selection.where)
    if not values:
        return list(tables), []
    remarks: list[Fault] = []
    selected = []
    for table in tables:
        rows, remarks = filter_series(values, {name: table.texts(name) for name in values}, len(table))
        selected.append(table.take(rows))
    return selected, remarks


def arrange(table: Table, selection: Selection) -> Table:
    """Return the table with its rows in the order asked for, and no more than asked for.

    Raises
    ------
    UsageError
        If a dimension or column asked for is not there.
    """
    rows: Ints = np.arange(len(table))
    for name in reversed(selection.by):
        require_dimension(table.plan, name)
        rows = rows[np.argsort(_first_occurrence(table.texts(name).codes)[rows], kind="stable")]
    if selection.sort:
        rows = _sort(table, rows, selection.sort)
    order = [name for name in table.kinds if name not in selection.by]
    order[1:1] = selection.by
    if selection.by or selection.sort or selection.top is not None:
        table = table.take(rows[: selection.top])
    return replace(
        table,
        kinds={name: table.kinds[name] for name in order},
        columns={name: table.columns[name] for name in order},
    )


def _first_occurrence(codes: Ints) -> Ints:
    """Return for each row where its code occurs first."""
    _, first, inverse = np.unique(codes, return_index=True, return_inverse=True)
    return np.asarray(first[inverse])


def _sort(table: Table, rows: Ints, sort: str) -> Ints:
    """Return the rows sorted by a column, those without a value last in both directions."""
    name = sort.removeprefix("-")
    if name not in table.columns:
        raise UsageError(Fault("unknown_field", found=name, choices=", ".join(table.columns)))
    column = table.columns[name]
    keys = _ranks(column, name) if isinstance(column, Categorical) else column
    keys = (-keys if sort.startswith("-") else keys)[rows]
    # NaN sorts last.
    return np.asarray(rows[np.argsort(keys, kind="stable")])


def _ranks(column: Categorical, name: str) -> Floats:
    present = [value for value in column.values if value is not None]
    order = sorted(present, key=_STATUS_ORDER.__getitem__) if name == "status" else sorted(present)
    rank = {value: float(place) for place, value in enumerate(order)}
    return np.array([*(rank.get(value, np.nan) for value in column.values), np.nan])[column.codes]
