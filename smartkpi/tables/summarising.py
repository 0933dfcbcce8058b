"""Many series -> one row per indicator: how many have each status, how they fare, which are the worst."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from heapq import nsmallest
from statistics import median
from typing import Any

from smartkpi.model import Table
from smartkpi.model.codes import Status
from smartkpi.model.columns import DESCRIBED, SUMMARY_COLUMNS, ColumnKind
from smartkpi.tables.selection import require_dimension

_WORST = 5


def summarised(table: Table, by: Sequence[str] = ()) -> Table:
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
        ``series`` counts the series, a column of each status those that have it; ``median_pace`` is over the series
        with a pace; ``worst`` names the five with the lowest pace that have not achieved the target, worst first.

    Raises
    ------
    UsageError
        If the plan has no such dimension.
    """
    for name in by:
        require_dimension(table.plan, name)
    groups: dict[tuple[Any, ...], list[int]] = {}
    for row, key in enumerate(zip(*(table.columns[name] for name in ("indicator", *by)), strict=True)):
        groups.setdefault(key, []).append(row)
    rows = [{**_row(table, each), **dict(zip(by, key[1:], strict=True))} for key, each in groups.items()]
    kinds: dict[str, ColumnKind] = {"indicator": "text", **dict.fromkeys(by, "text"), **SUMMARY_COLUMNS}
    columns = {name: [row[name] for row in rows] for name in kinds}
    return replace(table, name="summary", kinds=kinds, columns=columns, aside={})


def _row(table: Table, rows: Sequence[int]) -> dict[str, Any]:
    statuses = Counter(table.columns["status"][row] for row in rows)
    paces = [pace for row in rows if (pace := table.columns["pace"][row]) is not None]
    return {
        **{name: table.columns[name][rows[0]] for name in DESCRIBED},
        "series": len(rows),
        **{status: statuses[status] for status in Status},
        "median_pace": median(paces) if paces else None,
        "worst": ";".join(_worst(table, rows)) or None,
    }


def _worst(table: Table, rows: Iterable[int]) -> list[str]:
    """Return the names of the series that fare worst: the values of their dimensions, joined by a slash."""
    dimensions = [table.columns[name] for name in table.plan.dimensions]
    paces, statuses = table.columns["pace"], table.columns["status"]
    behind = [row for row in rows if paces[row] is not None and statuses[row] != Status.achieved]
    return [
        "/".join(str(cells[row]) for cells in dimensions) for row in nsmallest(_WORST, behind, key=paces.__getitem__)
    ]
