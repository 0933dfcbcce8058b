"""Errors of rows, found column by column: told one by one with file and line, or grouped by the labels of a frame."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from smartkpi.errors import Fault
from smartkpi.model.arrays import Flags, Ints

MOST_OF_A_KIND = 20
"""Errors of one kind that are told of a frame; of the others only the number."""
_LABELS = 3
Details = Callable[[int], Mapping[str, Any]]
"""From the position of a row to what the message puts in."""


class _Kind(NamedTuple):
    key: str
    rows: Ints
    groups: Ints
    """Of each of the rows: those of one number have the same details."""
    details: Details


class RowErrors:
    """Errors of rows by kind, in the order in which they are checked.

    Parameters
    ----------
    most
        How many are told, row by row; None for all.
    """

    def __init__(self, most: int | None = None) -> None:
        self.most = most
        self._kinds: list[_Kind] = []

    def __bool__(self) -> bool:
        return bool(self._kinds)

    def note(self, key: str, rows: Ints, groups: Ints | None, details: Details) -> None:
        """Note an error of one kind.

        Parameters
        ----------
        key
            Entry of the catalogue of messages.
        rows
            Positions of the rows that have it, ascending.
        groups
            Of each of them, a number that is the same where the details are; None if they are all the same.
        details
            Asked only for what is told.
        """
        if len(rows):
            self._kinds.append(_Kind(key, rows, np.zeros(len(rows), np.int8) if groups is None else groups, details))

    def without(self, size: int) -> Flags:
        """Return which of all rows have no error."""
        good = np.ones(size, dtype=np.bool_)
        for kind in self._kinds:
            good[kind.rows] = False
        return good

    def by_row(self, place: Callable[[int], tuple[str, int]]) -> Iterator[Fault]:
        """Return the errors row by row, those of one row in the order of the checks.

        Parameters
        ----------
        place
            From the position of a row to file and line.
        """
        if not self._kinds:
            return
        rows = np.concatenate([kind.rows for kind in self._kinds])
        kinds = np.repeat(np.arange(len(self._kinds)), [len(kind.rows) for kind in self._kinds])
        for number in np.argsort(rows, kind="stable"):
            kind, row = self._kinds[kinds[number]], int(rows[number])
            yield Fault(kind.key, *place(row), **kind.details(row))

    def by_label(self, labels: Any) -> list[Fault]:
        """Return the errors kind by kind, each with the labels of the first rows that have it.

        Parameters
        ----------
        labels
            The frame's index: anything that has a label for a position.
        """
        return [fault for kind in self._kinds for fault in _grouped(kind, labels)]


def _grouped(kind: _Kind, labels: Any) -> Iterator[Fault]:
    _, first, place = np.unique(kind.groups, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first, kind="stable")] = np.arange(len(first))
    number = rank[place]
    for each in range(min(len(first), MOST_OF_A_KIND)):
        rows = kind.rows[number == each]
        yield Fault(kind.key, place_of(labels, rows.tolist()), **kind.details(int(rows[0])))
    if len(rest := kind.rows[number >= MOST_OF_A_KIND]):
        yield Fault("more_of_a_kind", place_of(labels, rest.tolist()), number=MOST_OF_A_KIND)


def place_of(labels: Any, rows: Sequence[int]) -> str:
    """Return the labels of some rows of a frame: the first three and the number of the others."""
    named = ", ".join(str(labels[row]) for row in rows[:_LABELS])
    others = f" and {len(rows) - _LABELS:,} more" if len(rows) > _LABELS else ""
    return f"{'row' if len(rows) == 1 else 'rows'} {named}{others}"
