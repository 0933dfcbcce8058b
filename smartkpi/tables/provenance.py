"""Columns that say how the figures of a table were obtained: rule, year and version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from smartkpi._version import __version__
from smartkpi.model.arrays import Categorical, Column
from smartkpi.model.columns import ON_REQUEST, ON_REQUEST_COLUMNS
from smartkpi.model.table import Table


def with_provenance(table: Table, names: Sequence[str]) -> Table:
    """Return a table with those of the columns named that it lacks and that are the same in every row.

    Parameters
    ----------
    table
        Of results.
    names
        Columns that are asked for: ``rule``, ``as_of`` (the year of assessment; of a projection the last year whose
        observations were seen) and ``smartkpi_version``; others are left alone.
    """
    missing = [name for name in names if name in ON_REQUEST.get(table.name, ()) and name not in table.columns]
    if not missing:
        return table
    year = table.settings.get("as_of", table.year)
    found: dict[str, Column] = {
        "rule": _same(table.rule or None, table),
        "as_of": np.full(len(table), np.nan if year is None else float(year)),
        "smartkpi_version": _same(__version__, table),
    }
    return replace(
        table,
        kinds={**table.kinds, **{name: ON_REQUEST_COLUMNS[name] for name in missing}},
        columns={**table.columns, **{name: found[name] for name in missing}},
    )


def _same(value: str | None, table: Table) -> Categorical:
    return Categorical(np.zeros(len(table), dtype=np.int8), (value,))
