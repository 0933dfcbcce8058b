"""Columns in a temporary file, of which any rows are read again: numbers as in memory, texts by distinct value."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from io import BufferedReader, BufferedWriter
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from smartkpi.model.arrays import Categorical, spans
from smartkpi.model.observations import join_categoricals

_CODES = np.int32
"""Of texts."""


class Rows(NamedTuple):
    """Rows of a table in a file that follow each other."""

    table: int
    first: int
    stop: int

    @property
    def number(self) -> int:
        """How many there are."""
        return self.stop - self.first


class _Place(NamedTuple):
    """Where a column of a table is in the file."""

    offset: int
    first: int
    """The bits of the first entry, as a number."""
    step: int | None
    """What each entry has more than the one before it; None where they differ and are in the file."""
    values: slice
    """Of a column of texts: where the distinct ones are."""


class RowFile:
    """Tables in a file.

    Parameters
    ----------
    path
        Of the file; whoever names it deletes it.
    kinds
        Of the columns of numbers, by name; the others are of texts.
    """

    def __init__(self, path: Path, kinds: Mapping[str, type[np.generic]]) -> None:
        path.touch()  # there may be no table
        self._path, self._kinds = path, kinds
        self._columns: list[Mapping[str, _Place]] = []
        """Of each table."""
        self._sizes: list[int] = []

    def tables(self) -> list[Rows]:
        """Return all rows of each table."""
        return [Rows(table, 0, size) for table, size in enumerate(self._sizes)]

    def append(self, columns: Mapping[str, NDArray[Any] | Categorical]) -> Rows:
        """Write a table, and return its rows."""
        with self._path.open("ab") as file:
            self._columns.append({name: self._write(file, name, column) for name, column in columns.items()})
        self._sizes.append(len(next(iter(columns.values()))))
        return Rows(len(self._sizes) - 1, 0, self._sizes[-1])

    def _write(self, file: BufferedWriter, name: str, column: NDArray[Any] | Categorical) -> _Place:
        values, offset = slice(0), file.tell()
        if isinstance(column, Categorical):
            values = slice(offset, offset + file.write(json.dumps(list(column.values)).encode()))
            column, offset = column.codes, values.stop
        column = np.ascontiguousarray(column, dtype=self._kinds.get(name, _CODES))
        step = _step(column)
        if step is None:
            file.write(column.data)
        return _Place(offset, int(_bits(column[:1]).sum()), step, values)

    def numbers(self, names: Iterable[str], rows: Sequence[Rows]) -> dict[str, NDArray[Any]]:
        """Return columns, the rows one after the other."""
        with self._path.open("rb") as file:
            return {name: self._read(file, name, rows) for name in names}

    def texts(self, name: str, rows: Sequence[Rows]) -> Categorical:
        """Return a column of texts."""
        found = []
        with self._path.open("rb") as file:
            for each in rows:
                values = self._columns[each.table][name].values
                file.seek(values.start)
                content = file.read(values.stop - values.start)
                found.append(Categorical(self._read(file, name, [each]), json.loads(content)))
        return join_categoricals(found)

    def _read(self, file: BufferedReader, name: str, rows: Sequence[Rows]) -> NDArray[Any]:
        column = np.empty(sum(each.number for each in rows), self._kinds.get(name, _CODES))
        end = 0
        for table, first, stop in rows:
            begin, end = end, end + stop - first
            place, part = self._columns[table][name], column[begin:end]
            if place.step is None:
                file.seek(place.offset + first * part.itemsize)
                if file.readinto(part.data) < part.nbytes:
                    raise OSError(errno.EIO, os.strerror(errno.EIO))
            else:
                _bits(part)[:] = np.arange(first, stop) + place.first if place.step else place.first
        return column


def _bits(column: NDArray[Any]) -> NDArray[Any]:
    """Return a column as whole numbers of the same bits."""
    return column.view(f"i{column.itemsize}")


def _step(column: NDArray[Any]) -> int | None:
    """Return what each entry has more than the one before it, if that is always 0 or always 1; None otherwise.

    Examples
    --------
    >>> _step(np.array([7, 8, 9])), _step(np.array([0.5, 0.5])), _step(np.array([7, 9, 9]))
    (1, 0, None)
    """
    bits = _bits(column)
    rise = int(bits[-1]) - int(bits[0]) if len(bits) else 0
    step = int(rise > 0)
    if rise != step * (len(bits) - 1):
        return None
    each = (bits[span.start : span.stop + 1] for span in spans(len(bits) - 1))
    return step if all((np.diff(part) == step).all() for part in each) else None
