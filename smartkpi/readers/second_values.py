"""Two values for one year of a series: counted once, the later one, both, or an error that names both places."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from smartkpi.analysis import grouping
from smartkpi.errors import Fault
from smartkpi.model.arrays import Ints
from smartkpi.model.codes import STATUS_CODES
from smartkpi.model.observations import TEXT_COLUMNS, Observations
from smartkpi.readers.row_errors import RowErrors
from smartkpi.text import pattern

_PROVISIONAL = frozenset("PE")
_OF_A_BREAK = frozenset("BD")
_SAME = (*TEXT_COLUMNS, "published")
_DATE = pattern(r"\d{4}(?:[-/.]\d{2}){0,2}", re.ASCII)
_MOST_REMARKS = 20
_MOST_PLACES = 5


class Repeats(NamedTuple):
    """Rows that do not count because others do."""

    number: int = 0
    """Of rows that are the same as others."""
    places: Sequence[str] = ()
    """Of the first of these."""
    file: str | None = None
    """In which the first of these is."""
    replaced: Sequence[Fault] = ()
    """A remark for each of the first rows with a newer value."""

    def with_more(self, others: Repeats) -> Repeats:
        """Return all of both, those of this first."""
        return Repeats(
            self.number + others.number,
            [*self.places, *others.places][:_MOST_PLACES],
            self.file if self.number else others.file,
            [*self.replaced, *others.replaced][:_MOST_REMARKS],
        )

    @property
    def remarks(self) -> list[Fault]:
        """Return what is to be said of them."""
        if not self.number:
            return list(self.replaced)
        places = ", ".join(self.places) + (" …" if self.number > _MOST_PLACES else "")
        return [Fault("rows_twice", self.file, number=self.number, places=places), *self.replaced]


class Settled(NamedTuple):
    """Observations of which none is there twice."""

    rows: Ints | None
    """Of those that count, ascending; None for all."""
    order: Ints | slice
    """Of the rows that count, by series and year."""
    repeats: Repeats = Repeats()


def settle(
    observations: Observations, errors: RowErrors, place: Callable[[int], str], all_count: bool = False
) -> Settled:
    """Settle which values count where a series has several for one year.

    Identical rows count once. A provisional value gives way to a final one of a later file, or one published later;
    of two final or two provisional ones the one published later counts. In the year of a break the old and the new
    value both count. All else is an error.

    Parameters
    ----------
    observations
        Without errors so far, in the order in which they were read.
    errors
        Errors are added here, by row of the observations.
    place
        From a row to where it is.
    all_count
        Whether no row may be left out, as in a frame: then only both values of a break are no error.
    """
    slot = grouping.slots(observations.indicator, observations.dimensions, observations.year)
    order = grouping.ordered(slot)
    if isinstance(order, slice):
        return Settled(None, order)
    ordered = slot[order]
    again = np.flatnonzero(ordered[1:] == ordered[:-1]) + 1
    if not len(again):
        return Settled(None, order)
    is_first = np.append(True, ordered[1:] != ordered[:-1])
    starts = np.unique(np.maximum.accumulate(np.where(is_first, np.arange(len(order)), 0))[again])
    stops = np.searchsorted(ordered, ordered[starts], "right")
    kept = np.ones(len(observations), dtype=np.bool_)
    case = _Case(observations, place, all_count)
    for start, stop in zip(starts.tolist(), stops.tolist(), strict=True):
        rows = sorted(order[start:stop].tolist())
        counting = case.counting(rows)
        kept[[row for row in rows if row not in counting]] = False
        # The old value of a break comes before the new one.
        order[start : start + len(counting)] = counting
        order[start + len(counting) : stop] = [row for row in rows if row not in counting]
    case.note(errors)
    if kept.all():
        return Settled(None, order, case.repeats)
    position = np.cumsum(kept) - 1
    return Settled(np.flatnonzero(kept), position[order[kept[order]]], case.repeats)


class _Case:
    """Decides which rows of one series and year count."""

    def __init__(self, observations: Observations, place: Callable[[int], str], all_count: bool) -> None:
        self._every, self._place, self._all_count = observations, place, all_count
        self._first: dict[int, int] = {}
        """Of rows that are errors: the row that was there before."""
        self._same: list[int] = []
        self._replaced: list[Fault] = []

    @property
    def repeats(self) -> Repeats:
        """Return the rows that do not count."""
        same, file = self._same, self._every.file
        first = file.values[file.codes[same[0]]] or None if same else None
        return Repeats(len(same), list(map(self._place, same[:_MOST_PLACES])), first, self._replaced)

    def note(self, errors: RowErrors) -> None:
        """Note the rows that are second values as errors."""
        rows = np.array(sorted(self._first), dtype=np.int64)
        names = list(self._every.plan.indicators)
        errors.note(
            "duplicate",
            rows,
            rows,
            lambda row: {
                "indicator": names[self._every.indicator[row]],
                "year": int(self._every.year[row]),
                "first": self._place(self._first[row]),
            },
        )

    def counting(self, rows: Sequence[int]) -> list[int]:
        """Return the rows that count, in order."""
        distinct: dict[object, int] = {}
        for row in rows:
            if distinct.setdefault(row if self._all_count else self._content(row), row) != row:
                self._same.append(row)
        left = list(distinct.values())
        if pair := self._old_and_new(left):
            return pair
        current = left[0]
        for row in left[1:]:
            winner = None if self._all_count else self._winner(current, row)
            if winner is None:
                self._first[row] = current
            else:
                self._note_replaced(current if winner == row else row, winner)
                current = winner
        return [current]

    def _text(self, name: str, row: int) -> str:
        column = self._every.texts.get(name)
        code = -1 if column is None else int(column.codes[row])
        return "" if column is None or code < 0 else str(column.values[code])

    def _content(self, row: int) -> tuple[object, ...]:
        """Return all that two rows must have alike to count once."""
        every = self._every
        value = float(every.value[row])
        texts = (self._text(name, row) for name in _SAME)
        return None if np.isnan(value) else value, int(every.obs_status[row]), int(every.bound[row]), *texts

    def _status(self, row: int) -> str:
        return str(STATUS_CODES[self._every.obs_status[row]])

    def _old_and_new(self, rows: Sequence[int]) -> list[int]:
        """Return both values of the year of a break, the old one first; none if there is no break, or more of it."""
        new = [row for row in rows if self._status(row) in _OF_A_BREAK]
        return [row for row in rows if row not in new] + new if len(rows) == 2 and len(new) == 1 else []

    def _winner(self, earlier: int, later: int) -> int | None:
        """Return which of two rows counts, None where nothing decides."""
        provisional = [self._status(row) in _PROVISIONAL for row in (earlier, later)]
        dates = [self._text("published", row) for row in (earlier, later)]
        if all(_DATE.fullmatch(date) for date in dates) and len(dates[0]) == len(dates[1]) and dates[0] != dates[1]:
            newer = (earlier, later)[dates[1] > dates[0]]
            is_taken_back = provisional[newer == later] and not provisional[newer == earlier]
            return None if is_taken_back else newer
        is_later_file = self._every.file.codes[earlier] != self._every.file.codes[later]
        return later if provisional == [True, False] and is_later_file else None

    def _note_replaced(self, old: int, new: int) -> None:
        every = self._every
        if len(self._replaced) >= _MOST_REMARKS:
            return
        file = every.file.values[every.file.codes[old]] or None
        details = {
            "indicator": list(every.plan.indicators)[every.indicator[old]],
            "year": int(every.year[old]),
            "old": f"{every.value[old]:.15g}",
            "new": f"{every.value[new]:.15g}",
            "place": self._place(new),
        }
        self._replaced.append(Fault("value_replaced", file, int(every.line[old]) or None, **details))
