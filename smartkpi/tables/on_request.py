"""Columns for whoever asks for them: how the figures of a table came about, and titles in Chinese."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from smartkpi._version import __version__
from smartkpi.messages import title
from smartkpi.model.arrays import Categorical, Column, categorical
from smartkpi.model.columns import ON_REQUEST, ON_REQUEST_COLUMNS
from smartkpi.model.table import Table


def with_columns(table: Table, names: Sequence[str]) -> Table:
    """Return a table with those of the columns named that it lacks and that can be had.

    Parameters
    ----------
    table
        Of results.
    names
        Columns that are asked for: ``rule``, ``as_of`` (the year of assessment; of a projection the last year whose
        observations were seen), ``smartkpi_version``, ``title`` and ``title_zh``; others are left alone.
    """
    missing = [name for name in names if name in ON_REQUEST.get(table.name, ()) and name not in table.columns]
    if not missing:
        return table
    return replace(
        table,
        kinds={**table.kinds, **{name: ON_REQUEST_COLUMNS[name] for name in missing}},
        columns={**table.columns, **{name: _MADE[name](table) for name in missing}},
    )


def _year(table: Table) -> Column:
    year = table.settings.get("as_of", table.year)
    return np.full(len(table), np.nan if year is None else float(year))


def _titles(table: Table, lang: str) -> Column:
    titles = {name: title(each.title, lang) for name, each in table.plan.indicators.items()}
    return categorical([titles[name] for name in table.cells("indicator")])


def _same(value: str | None, table: Table) -> Categorical:
    return Categorical(np.zeros(len(table), dtype=np.int8), (value,))


_MADE: Mapping[str, Callable[[Table], Column]] = {
    "rule": lambda table: _same(table.rule or None, table),
    "as_of": _year,
    "smartkpi_version": lambda table: _same(__version__, table),
    "title": lambda table: _titles(table, "en"),
    "title_zh": lambda table: _titles(table, "zh-TW"),
}
