"""Many series -> one row per indicator: how many have each status, their median pace, and which are the worst."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from smartkpi.analysis.rounding import significant
from smartkpi.model.arrays import Categorical, Column, Flags, Floats, Ints, categorical
from smartkpi.model.codes import Status
from smartkpi.model.columns import DESCRIBED, SUMMARY_COLUMNS, ColumnKind
from smartkpi.model.table import Table
from smartkpi.tables.selection import require_dimension

_WORST = 5


def summarise_series(table: Table, by: Sequence[str] = ()) -> Table:
    """Return one row per indicator of a status table, or per indicator and value of some dimensions.

    Parameters
    ----------
    table
        Series by series, in any order.
    by
        Dimensions of the plan.

    Returns
    -------
    Table
        ``series`` counts the series without the whole, a column of each status those that have it; ``median_pace`` is
        over the series
        with a pace; ``worst`` names the five with the lowest pace that have not achieved the target, worst first.

    Raises
    ------
    UsageError
        If the plan has no such dimension.
    """
    for name in by:
        require_dimension(table.plan, name)
    group, first = _groups([table.texts(name) for name in ("indicator", *by)], len(table))
    columns: dict[str, Column] = {name: table.texts(name).take(first) for name in (*DESCRIBED, *by)}
    parts = ~_whole(table)
    group, series = group[parts], table.take(parts)
    statuses, pace = series.texts("status"), series.numbers("pace")
    columns["series"] = _count(group, np.ones(len(series), dtype=np.bool_), len(first))
    for status in Status:
        columns[status] = _count(group, statuses.flags(lambda value, status=status: value == status), len(first))  # type: ignore[misc]
    columns["median_pace"] = significant(_medians(group, pace, len(first)))
    open_targets = statuses.flags(lambda value: value != Status.achieved)
    columns["worst"] = _worst(series, group, pace, open_targets, len(first))
    kinds: dict[str, ColumnKind] = {"indicator": "text", **dict.fromkeys(by, "text"), **SUMMARY_COLUMNS}
    return replace(table, name="summary", kinds=kinds, columns={name: columns[name] for name in kinds}, aside={})


def _whole(table: Table) -> Flags:
    """Return which series are the whole: those that are it in every dimension, where the plan says what it is."""
    totals = [axis.name for axis in table.plan.axes if axis.total]
    whole = np.full(len(table), bool(totals) and len(totals) == len(table.plan.dimensions))
    for name in totals:
        whole &= table.texts(name).flags(lambda value: value == "")
    return whole


def _groups(keys: Sequence[Categorical], rows: int) -> tuple[Ints, Ints]:
    """Return the group of each row, numbered in the order in which groups begin, and the first row of each."""
    folded = np.zeros(rows, dtype=np.int64)
    for key in keys:
        folded = np.unique(folded * (len(key.values) + 1) + key.codes, return_inverse=True)[1]
    _, first, group = np.unique(folded, return_index=True, return_inverse=True)
    order = np.argsort(first)
    return np.argsort(order)[group], first[order]


def _count(group: Ints, flags: Flags, groups: int) -> Floats:
    return np.bincount(group[flags], minlength=groups).astype(np.float64)


def _medians(group: Ints, pace: Floats, groups: int) -> Floats:
    """Return the median pace of each group, NaN where no series has a pace."""
    group, pace, start, number = _sorted(group, pace, ~np.isnan(pace), groups)
    if not len(pace):
        return np.full(groups, np.nan)
    low, high = start + np.maximum(number - 1, 0) // 2, start + number // 2
    last = len(pace) - 1
    # Halved before they are added, so that two paces near the largest double have a median too.
    medians = pace[np.minimum(low, last)] / 2 + pace[np.minimum(high, last)] / 2
    return np.where(number > 0, medians, np.nan)


def _sorted(group: Ints, pace: Floats, rows: Flags, groups: int) -> tuple[Ints, Floats, Ints, Ints]:
    """Return groups and paces of the rows sorted by group and pace, with the start and the size of each group."""
    group, pace = group[rows], pace[rows]
    order = np.lexsort((pace, group))
    number = np.bincount(group, minlength=groups)
    return group[order], pace[order], np.cumsum(number) - number, number


def _worst(table: Table, group: Ints, pace: Floats, open_targets: Flags, groups: int) -> Categorical:
    """Return the names of the series with the lowest pace: the values of their dimensions, joined by a slash."""
    rows = np.flatnonzero(open_targets & ~np.isnan(pace))
    order = rows[np.lexsort((pace[rows], group[rows]))]
    number = np.bincount(group[rows], minlength=groups)
    start = np.cumsum(number) - number
    dimensions = [table.texts(name) for name in table.plan.dimensions]

    def name(row: int) -> str:
        return "/".join(str(each.values[each.codes[row]]) for each in dimensions)

    return categorical(
        ";".join(map(name, order[first : first + min(size, _WORST)].tolist())) or None
        for first, size in zip(start.tolist(), number.tolist(), strict=True)
    )
