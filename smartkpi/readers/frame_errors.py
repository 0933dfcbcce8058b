"""What is wrong in a frame, said by the labels of its rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from smartkpi.errors import Fault
from smartkpi.model.arrays import Flags, Ints

PlaceOf = Callable[[int], str]
MOST_OF_A_KIND = 20
"""Faults of one kind that are told; of the others only the number."""
_LABELS = 3


class FrameFaults:
    """Faults of a frame, each with the labels of the rows that have it.

    Parameters
    ----------
    labels
        The frame's index: anything that has a label for a position.
    place_of
        From a position to file and line, where the frame comes from files; labels are not used then.
    """

    def __init__(self, labels: Any, place_of: PlaceOf | None = None) -> None:
        self.labels = labels
        self.place_of = place_of
        self.found: list[Fault] = []
        self.rows: list[Ints] = []

    def each_value(self, key: str, wrong: Flags, values: Any, details: Callable[[str], Mapping[str, Any]]) -> None:
        """Note one fault for each distinct value of the wrong rows.

        Parameters
        ----------
        key
            Entry of the catalogue of faults.
        wrong
            Which rows.
        values
            A pandas array with a value for each row of the frame.
        details
            From the value as text to what the message puts in.
        """
        import pandas as pd

        rows = np.flatnonzero(wrong)
        codes, distinct = pd.Series(values[rows]).factorize(use_na_sentinel=False)
        for code, value in enumerate(distinct[:MOST_OF_A_KIND]):
            self.note(key, rows[codes == code], **details("" if pd.isna(value) else str(value)))
        self._and_more(rows[codes >= MOST_OF_A_KIND])

    def each_row(self, key: str, rows: Ints, details: Callable[[int], Mapping[str, Any]]) -> None:
        """Note one fault for each row; `details` is asked by the number of the row among them."""
        for number in range(min(len(rows), MOST_OF_A_KIND)):
            self.note(key, rows[number : number + 1], **details(number))
        self._and_more(rows[MOST_OF_A_KIND:])

    def note(self, key: str, rows: Ints, **details: Any) -> None:
        """Note one fault that these rows have."""
        if len(rows):
            self.found.append(Fault(key, self.place(rows.tolist()), **details))
            self.rows.append(rows)

    def place(self, rows: Sequence[int]) -> str:
        """Return the labels of some rows, the first three and the number of the others."""
        place_of = self.place_of or (lambda row: str(self.labels[row]))
        labels = ", ".join(place_of(row) for row in rows[:_LABELS])
        others = f" and {len(rows) - _LABELS:,} more" if len(rows) > _LABELS else ""
        head = "" if self.place_of else "row " if len(rows) == 1 else "rows "
        return f"{head}{labels}{others}"

    def _and_more(self, rows: Ints) -> None:
        if len(rows):
            self.note("more_of_a_kind", rows, number=MOST_OF_A_KIND)

    def without(self, size: int) -> Flags:
        """Return which of all rows have no fault."""
        good = np.ones(size, dtype=np.bool_)
        for rows in self.rows:
            good[rows] = False
        return good
