"""Status tables of several years -> one table with the changes of status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from smartkpi.model import Table
from smartkpi.model.columns import HISTORY_COLUMNS


def status_history(tables: Sequence[Table]) -> Table:
    """Put the status tables of several years together, series by series.

    Parameters
    ----------
    tables
        Of one plan, rule and selection, in order of years.

    Returns
    -------
    Table
        One row per series and year, the years of a series one after the other. Two columns come last: ``as_of``, the
        year of assessment, and ``status_change``, such as ``undetermined>on_track``; empty where the status is that
        of the year before, and in the first year.
    """
    # Series without observations up to a year are in its table too: all tables have the same rows.
    columns = _woven([table.columns for table in tables])
    rows = range(len(tables[0]))
    columns["as_of"] = [table.year for _ in rows for table in tables]
    columns["status_change"] = [
        change for row in rows for change in _changes([table.columns["status"][row] for table in tables])
    ]
    kinds = {**tables[0].kinds, **HISTORY_COLUMNS}
    return replace(tables[-1], kinds=kinds, columns=columns, aside=_woven([table.aside for table in tables]))


def _woven(columns: Sequence[Mapping[str, Sequence[Any]]]) -> dict[str, list[Any]]:
    """Put the cells of a row in one table next to those of the same row in the others."""
    return {
        name: [cell for cells in zip(*(each[name] for each in columns), strict=True) for cell in cells]
        for name in columns[0]
    }


def _changes(statuses: Sequence[str]) -> list[str | None]:
    return [None, *(None if before == now else f"{before}>{now}" for before, now in pairwise(statuses))]
