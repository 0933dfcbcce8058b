"""A finished table, column by column: renderers turn its arrays into text and do no arithmetic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

import numpy as np

from smartkpi.model import Plan
from smartkpi.model.arrays import Categorical, Column, Flags, Floats, Ints, categorical, take
from smartkpi.model.columns import ColumnKind
from smartkpi.model.observations import join_categoricals

Row = Mapping[str, Any]
"""Cells by column name; None is missing."""


@dataclass(frozen=True)
class Table:
    """A finished table."""

    name: str
    """Which table: ``status``, ``project``, ..."""
    kinds: Mapping[str, ColumnKind]
    columns: Mapping[str, Column]
    """By name; numbers and years as floats with NaN where missing, texts and flags as categories with None."""
    plan: Plan
    rule: str = ""
    year: int | None = None
    """Year of assessment, or the one asked for to project to."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """What else was asked for and shapes the figures, by option."""
    aside: Mapping[str, Column] = field(default_factory=dict)
    """Figures beside the columns, row by row, which pictures need and no file has."""

    @classmethod
    def from_cells(
        cls, name: str, kinds: Mapping[str, ColumnKind], cells: Mapping[str, Sequence[Any]], plan: Plan, **more: Any
    ) -> Table:
        """Return a small table made of lists of cells by column, None where missing."""
        return cls(name, kinds, {each: column_of(cells[each], kinds[each]) for each in cells}, plan, **more)

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))

    def cells(self, name: str) -> list[Any]:
        """Return the cells of a column, None where missing, years as whole numbers."""
        return cells_of(self._column(name), self.kinds.get(name, "number"))

    def rows(self) -> list[Row]:
        """Return the rows, with the figures beside the columns."""
        names = [*self.columns, *self.aside]
        return [dict(zip(names, cells, strict=True)) for cells in zip(*map(self.cells, names), strict=True)]

    def select(self, names: Sequence[str]) -> Table:
        """Return the table with only these columns, in this order."""
        columns = {name: self.columns[name] for name in names}
        return replace(self, columns=columns, kinds={name: self.kinds[name] for name in names})

    def take(self, rows: Ints | Flags) -> Table:
        """Return the table with only these rows, in this order."""
        columns, aside = (
            {name: take(column, rows) for name, column in part.items()} for part in (self.columns, self.aside)
        )
        return replace(self, columns=columns, aside=aside)

    def texts(self, name: str) -> Categorical:
        """Return a column of text or flags."""
        return cast(Categorical, self._column(name))

    def numbers(self, name: str) -> Floats:
        """Return a column of numbers or years."""
        return cast(Floats, self._column(name))

    def _column(self, name: str) -> Column:
        return self.columns[name] if name in self.columns else self.aside[name]


def concatenate(tables: Sequence[Table]) -> Table:
    """Return all rows of tables with the same columns, one table after the other."""
    columns = {name: _joined([each.columns[name] for each in tables]) for name in tables[0].columns}
    aside = {name: _joined([each.aside[name] for each in tables]) for name in tables[0].aside}
    return replace(tables[0], columns=columns, aside=aside)


def _joined(parts: Sequence[Column]) -> Column:
    texts = [each for each in parts if isinstance(each, Categorical)]
    return (
        join_categoricals(texts) if texts else np.concatenate([each for each in parts if isinstance(each, np.ndarray)])
    )


def column_of(cells: Sequence[Any], kind: ColumnKind) -> Column:
    """Return cells as a column of a table."""
    if kind in ("number", "year"):
        return np.array([np.nan if cell is None else cell for cell in cells], dtype=np.float64)
    return categorical(cells)


def cells_of(column: Column, kind: ColumnKind = "number") -> list[Any]:
    """Return the cells of a column, None where missing, years as whole numbers."""
    if isinstance(column, Categorical):
        return column.cells()
    missing = np.isnan(column)
    cells = np.where(missing, 0, column).astype(np.int64).astype(object) if kind == "year" else column.astype(object)
    cells[missing] = None
    return cast(list[Any], cells.tolist())
