"""Columns of numpy arrays of any length: figures, and texts of few distinct values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.integer[Any]]
Flags = NDArray[np.bool_]

_SPAN = 1 << 16
"""Rows of which some columns of eight bytes fit a processor's cache."""


def spans(rows: int) -> Iterator[slice]:
    """Return so many rows in parts: what is worked out of one stays in the cache until it is used."""
    return (slice(first, min(first + _SPAN, rows)) for first in range(0, rows, _SPAN))


def flagged(rows: int, flags_of: Callable[[slice], Flags]) -> Ints:
    """Return the positions of the rows that `flags_of` flags, asked for one span after the other."""
    found = [np.flatnonzero(flags_of(of)) + of.start for of in spans(rows)]
    return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)


class Categorical(NamedTuple):
    """A column of few distinct values: a position in `values` for each row."""

    codes: Ints
    values: Sequence[Any]

    @classmethod
    def of(cls, cells: Iterable[Any]) -> Categorical:
        """Return cells as a column, its values in the order in which they first occur."""
        places: dict[Any, int] = {}
        codes = np.array([places.setdefault(cell, len(places)) for cell in cells], dtype=np.int64)
        return cls(codes, tuple(places))

    def take(self, rows: Ints | Flags | slice) -> Categorical:
        """Return these rows."""
        return Categorical(self.codes[rows], self.values)

    def cells(self) -> list[Any]:
        """Return the values row by row."""
        return list(map(self.values.__getitem__, self.codes.tolist()))


Column = Floats | Categorical
"""What a table is made of before it is shown; a missing figure is NaN, a missing text the value None."""


class ColumnBuilder:
    """A column that is put together from parts, each as soon as it is worked out, while it is in the cache.

    Parameters
    ----------
    rows
        Of all parts together.
    """

    def __init__(self, rows: int) -> None:
        self._rows = rows
        self._figures: Floats | None = None
        self._codes: Ints | None = None
        self._places: dict[Any, int] = {}

    def put(self, of: slice, part: Column) -> None:
        """Put a part into its rows; all parts are of one kind."""
        if isinstance(part, Categorical):
            if self._codes is None:
                self._codes = np.empty(self._rows, dtype=np.int32)
            places = [self._places.setdefault(value, len(self._places)) for value in part.values]
            self._codes[of] = np.array(places, dtype=np.int32)[part.codes]
        else:
            if self._figures is None:
                self._figures = np.empty(self._rows)
            self._figures[of] = part

    def column(self) -> Column:
        """Return the column, which is whole once every row has been put."""
        if self._codes is not None:
            return Categorical(self._codes, tuple(self._places))
        return np.empty(0) if self._figures is None else self._figures
