"""Columns of numpy arrays of any length: figures, and texts of few distinct values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.integer[Any]]
Flags = NDArray[np.bool_]

_SPAN = 1 << 16
"""Rows of which some columns of eight bytes fit a processor's cache."""
_SHORTEST_RUN = 4
"""Mean length of runs of equal codes from which it is worth while to find them first."""
_MOST_IN_A_BYTE = np.iinfo(np.int8).max
_LARGEST_TABLE = 1 << 22
"""Pairs of values of two columns up to which each has a place in a table of its own."""


def spans(rows: int) -> Iterator[slice]:
    """Return so many rows in parts: what is worked out of one stays in the cache until it is used."""
    return (slice(first, min(first + _SPAN, rows)) for first in range(0, rows, _SPAN))


def flagged(rows: int, flags_of: Callable[[slice], Flags]) -> Ints:
    """Return the positions of the rows that `flags_of` flags, asked for one span after the other."""
    found = [np.flatnonzero(flags_of(span)) + span.start for span in spans(rows)]
    return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)


def occurring(codes: Ints, size: int) -> Ints:
    """Return which codes below a size occur, ascending.

    Examples
    --------
    >>> occurring(np.array([3, 3, 3, 3, 3, 3, 0, 0, 0]), 5).tolist(), occurring(np.array([4, 1, 4]), 5).tolist()
    ([0, 3], [1, 4])
    """
    present = np.zeros(size, dtype=np.bool_)
    for span in spans(len(codes)):
        # Where all between the least and the largest are found soon, as years mostly are, there can be no others.
        if span.start == _SPAN and present[max(int(codes.min()), 0) : int(codes.max()) + 1].all():
            break
        part = codes[span]
        changes = part[1:] != part[:-1]
        # One code of each run is enough, where there are runs.
        if np.count_nonzero(changes) * _SHORTEST_RUN < len(part):
            part = np.append(part[:1], part[1:][changes])
        present[part] = True
    return np.flatnonzero(present)


def looked_up(table: NDArray[Any], codes: Ints) -> NDArray[Any]:
    """Return what a table has for each code: its last entry for the code -1.

    Examples
    --------
    >>> looked_up(np.array([7, 8, 0]), np.array([1, -1, 0])).tolist()
    [8, 0, 7]
    """
    found = np.empty(len(codes), dtype=table.dtype)
    for span in spans(len(codes)):
        found[span] = table.take(codes[span])
    return found


@dataclass(frozen=True, eq=False)
class Categorical:
    """A column of few distinct values: a position in `values` for each row."""

    codes: Ints
    values: Sequence[Any]
    """The distinct values; None is a missing one."""

    def __len__(self) -> int:
        return len(self.codes)

    def cells(self) -> list[Any]:
        """Return the values row by row."""
        return list(map(self.values.__getitem__, self.codes.tolist()))

    def take(self, rows: Ints | Flags | slice) -> Categorical:
        """Return the column with only these rows, in this order."""
        return Categorical(self.codes[rows], self.values)

    def with_values(self, values: Sequence[Any]) -> Categorical:
        """Return the column with other values in the place of its own."""
        return Categorical(self.codes, values)

    def compact(self) -> Categorical:
        """Return the column with those of its values that it has, in the same order; no code may be negative."""
        used = occurring(self.codes, len(self.values))
        if len(used) == len(self.values):
            return self
        rank = np.zeros(len(self.values), dtype=np.int32)
        rank[used] = np.arange(len(used))
        return Categorical(rank[self.codes], list(map(self.values.__getitem__, used.tolist())))

    def counts(self) -> dict[Any, int]:
        """Return how often each value occurs that does."""
        number = np.bincount(self.codes, minlength=len(self.values)).tolist()
        return {value: each for value, each in zip(self.values, number, strict=True) if each}

    def flags(self, holds: Callable[[Any], bool]) -> Flags:
        """Return in which rows a condition holds; each distinct value is asked once."""
        return np.array([*map(holds, self.values), False], dtype=np.bool_)[self.codes]


def categorical(cells: Iterable[Any]) -> Categorical:
    """Return cells as a column, the distinct values in the order in which they first occur.

    Examples
    --------
    >>> column = categorical(["b", None, "b"])
    >>> column.codes.tolist(), column.values
    ([0, 1, 0], ('b', None))
    """
    places: dict[Any, int] = {}
    codes = np.array([places.setdefault(cell, len(places)) for cell in cells], dtype=np.int64)
    return Categorical(codes, tuple(places))


def first_that_holds(decisions: Sequence[tuple[Flags, int]], otherwise: Ints | int) -> Ints:
    """Return for each row the code of the first condition that holds, each below 128; as `numpy.select` does.

    Examples
    --------
    >>> first_that_holds([(np.array([True, False]), 7), (np.array([True, True]), 8)], 9).tolist()
    [7, 8]
    """
    codes = np.full(len(decisions[0][0]), otherwise, dtype=np.int8)
    for holds, code in reversed(decisions):
        if holds.any():
            # Where conditions hold in some rows and not in others, arithmetic is faster than to choose.
            step = np.int8(code) - codes
            step *= holds.view(np.int8)
            codes += step
    return codes


def without_repeats(codes: Ints, values: Sequence[Any]) -> Categorical:
    """Return a column whose values may be there twice with each of them once.

    Examples
    --------
    >>> column = without_repeats(np.array([2, 1, 0]), ["%", "people", "%"])
    >>> column.codes.tolist(), column.values
    ([0, 1, 0], ('%', 'people'))
    """
    distinct = categorical(values)
    return Categorical(distinct.codes.astype(np.min_scalar_type(-len(values) - 1))[codes], distinct.values)


def pairs_of(first: Ints, second: Ints, firsts: int, seconds: int) -> tuple[Ints, list[tuple[int, int]]]:
    """Return for each row a number of its pair of codes, -1 among them, and the pair of each number.

    Parameters
    ----------
    first, second
        Codes of each row.
    firsts, seconds
        How many different ones there are of either, without -1.

    Examples
    --------
    >>> codes, pairs = pairs_of(np.array([1, -1, 1]), np.array([0, 2, 0]), 2, 3)
    >>> codes.tolist(), pairs
    ([1, 0, 1], [(-1, 2), (1, 0)])
    """
    width = seconds + 1
    size = (firsts + 1) * width
    is_small = size <= _LARGEST_TABLE
    pair: Ints = np.empty(len(first), dtype=np.min_scalar_type(-size) if is_small else np.int64)
    for span in spans(len(pair)):
        part = first[span].astype(pair.dtype)
        part += 1
        part *= width
        part += second[span]
        part += 1
        pair[span] = part
    if is_small:
        distinct = occurring(pair, size)
        numbers = np.zeros(size, dtype=pair.dtype)
        numbers[distinct] = np.arange(len(distinct))
        codes = looked_up(numbers, pair)
    else:
        # Millions of texts and thousands of indicators would make a table that no memory holds.
        distinct, codes = np.unique(pair, return_inverse=True)
    return codes, [(each // width - 1, each % width - 1) for each in distinct.tolist()]


Column = Floats | Categorical
"""What a table is made of; a missing figure is NaN, a missing text the value None."""


class ColumnsBuilder:
    """Columns that are put together from parts, each as soon as it is worked out, while it is in the cache.

    Parameters
    ----------
    rows
        Of all parts together.
    """

    def __init__(self, rows: int) -> None:
        self._rows = rows
        self._figures: dict[str, Floats] = {}
        self._codes: dict[str, Ints] = {}
        self._places: dict[str, dict[Any, int]] = {}

    def put(self, span: slice, parts: Mapping[str, Column]) -> None:
        """Put parts of columns, by name, into their rows; all have the same columns, each of one kind."""
        if not (self._figures or self._codes):
            self._make(parts)
        for name, part in parts.items():
            if isinstance(part, Categorical):
                known = self._places[name]
                places = [known.setdefault(value, len(known)) for value in part.values]
                if len(known) > _MOST_IN_A_BYTE and self._codes[name].dtype == np.int8:
                    self._codes[name] = self._codes[name].astype(np.int32)
                is_same = places == list(range(len(places))) and part.codes.min(initial=0) >= 0
                table = np.array(places, dtype=self._codes[name].dtype)
                self._codes[name][span] = part.codes if is_same else table[part.codes]
            else:
                self._figures[name][span] = part

    def _make(self, parts: Mapping[str, Column]) -> None:
        """Make the columns; one large array of all is filled faster than many."""
        texts = [name for name, part in parts.items() if isinstance(part, Categorical)]
        figures = [name for name in parts if name not in texts]
        self._places = {name: {} for name in texts}
        self._codes = dict(zip(texts, np.empty((len(texts), self._rows), dtype=np.int8), strict=True))
        self._figures = dict(zip(figures, np.empty((len(figures), self._rows)), strict=True))

    def columns(self) -> dict[str, Column]:
        """Return the columns, which are whole once every row has been put."""
        texts = {name: Categorical(codes, tuple(self._places[name])) for name, codes in self._codes.items()}
        return {**self._figures, **texts}


def take(column: Column, rows: Ints | Flags | slice) -> Column:
    """Return a column with only these rows, in this order."""
    return column.take(rows) if isinstance(column, Categorical) else column[rows]


def interleave(columns: Sequence[Column]) -> Column:
    """Return columns of equal length as one: the first rows of all, then the second rows, and so on.

    Examples
    --------
    >>> interleave([np.array([1.0, 2.0]), np.array([3.0, 4.0])]).tolist()
    [1.0, 3.0, 2.0, 4.0]
    """
    texts = [each for each in columns if isinstance(each, Categorical)]
    if not texts:
        return np.stack([each for each in columns if not isinstance(each, Categorical)], axis=1).ravel()
    values = tuple(dict.fromkeys(chain.from_iterable(each.values for each in texts)))
    places = {value: place for place, value in enumerate(values)}
    codes = [np.array([places[value] for value in each.values], dtype=np.int64)[each.codes] for each in texts]
    return Categorical(np.stack(codes, axis=1).ravel(), values)
