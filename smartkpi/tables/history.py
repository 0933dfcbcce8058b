"""Status tables of several years -> one table with the changes of status."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from smartkpi.model.arrays import Categorical, Column, interleave
from smartkpi.model.codes import Status
from smartkpi.model.columns import HISTORY_COLUMNS
from smartkpi.model.table import Table

_STATUSES = tuple(Status)


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
    columns: dict[str, Column] = {
        name: interleave([table.columns[name] for table in tables]) for name in tables[0].columns
    }
    years = [np.nan if table.year is None else float(table.year) for table in tables]
    columns["as_of"] = np.tile(years, len(tables[0]))
    columns["status_change"] = _changes(tables)
    aside = {name: interleave([table.aside[name] for table in tables]) for name in tables[0].aside}
    return replace(tables[-1], kinds={**tables[0].kinds, **HISTORY_COLUMNS}, columns=columns, aside=aside)


def _changes(tables: Sequence[Table]) -> Categorical:
    """Return the change of status in each row."""
    statuses = [table.texts("status") for table in tables]
    codes = [np.array([_STATUSES.index(value) for value in each.values])[each.codes] for each in statuses]
    before, after = np.stack([codes[0], *codes[:-1]], axis=1).ravel(), np.stack(codes, axis=1).ravel()
    size = len(_STATUSES)
    values = [None if one == other else f"{one}>{other}" for one in _STATUSES for other in _STATUSES]
    return Categorical(before * size + after, values)
