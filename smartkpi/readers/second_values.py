"""Two values for one year of a series: counted once, the later one, both, or an error that names both places."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from smartkpi.analysis import grouping
from smartkpi.errors import MOST_FAULTS, Fault
from smartkpi.model.arrays import Ints, categorical
from smartkpi.model.codes import STATUS_CODES
from smartkpi.model.observations import TEXT_COLUMNS, Observations
from smartkpi.readers.row_errors import RowErrors
from smartkpi.text import pattern

_PROVISIONAL = frozenset("PE")
_OF_A_BREAK = frozenset("BD")
_MAY_SETTLE = [STATUS_CODES.index(code) for code in sorted(_PROVISIONAL | _OF_A_BREAK)]
_SAME = (*TEXT_COLUMNS, "published")
"""Texts that two rows must have alike to count once."""
_DATE = pattern(r"\d{4}(?:[-/.]\d{2}){0,2}", re.ASCII)
_MOST_PAIRS = 1 << 31
"""That can be told apart beside as many others."""
_MOST_REMARKS = 20
_MOST_PLACES = 5
_MOST_ALIKE = 3
"""Errors of rows that differ in the same column that are told one by one."""


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
    observations: Observations,
    errors: RowErrors,
    place: Callable[[int], str],
    all_count: bool = False,
    difference: Callable[[int, int], Mapping[str, Any] | None] = lambda _, __: None,
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
    difference
        From two rows to what a message says of the columns in which they differ, None where none is known.
    """
    columns = observations.indicator, observations.dimensions, observations.year
    if grouping.are_in_order(*columns):
        return Settled(None, slice(None))
    slot = grouping.slots(*columns)
    order, is_distinct = grouping.ordered(slot)
    if is_distinct:
        return Settled(None, order)
    ordered = slot[order]
    again = np.flatnonzero(ordered[1:] == ordered[:-1]) + 1
    if not len(again):
        return Settled(None, order)
    kept = np.ones(len(observations), dtype=np.bool_)
    is_among_several = np.zeros(len(order), dtype=np.bool_)
    is_among_several[again] = is_among_several[again - 1] = True
    places = np.flatnonzero(is_among_several)
    same = np.zeros(0, dtype=np.int64) if all_count else _same(observations, order[places], ordered[places])
    kept[same] = False
    case = _Case(observations, place, all_count, same)
    differ = places[kept[order[places]]]
    heads = np.flatnonzero(np.append(True, ordered[differ[1:]] != ordered[differ[:-1]]))
    for start, own in zip(differ[heads].tolist(), np.split(order[differ], heads[1:]), strict=True):
        if len(own) < 2:
            continue
        rows = own.tolist()
        counting = case.counting(rows)
        stop = start + int(np.searchsorted(ordered[start:], ordered[start], "right"))
        kept[[row for row in rows if row not in counting]] = False
        # The old value of a break comes before the new one.
        others = order[start:stop][~np.isin(order[start:stop], counting)]
        order[start:stop] = [*counting, *others.tolist()]
    case.note(errors, difference)
    if kept.all():
        return Settled(None, order, case.repeats)
    position = np.cumsum(kept) - 1
    return Settled(np.flatnonzero(kept), position[order[kept[order]]], case.repeats)


def _same(every: Observations, rows: Ints, slots: Ints) -> Ints:
    """Return the rows that say the same as an earlier one of their slot, in their order."""
    value = every.value[rows]
    contents = [slots, np.where(np.isnan(value), np.inf, value), every.obs_status[rows], every.bound[rows]]
    for name in _SAME:
        if (column := every.texts.get(name)) is not None:
            texts = categorical(["" if each is None else str(each) for each in (*column.values, "")])
            contents.append(texts.codes[column.codes[rows]])
    number: Ints = np.zeros(len(rows), dtype=np.int64)
    for each in contents:
        if (each != each[0]).any():
            distinct, codes = np.unique(each, return_inverse=True)
            number = number * len(distinct) + codes
            if number.max() >= _MOST_PAIRS:
                number = np.unique(number, return_inverse=True)[1]
    again = np.ones(len(rows), dtype=np.bool_)
    again[np.unique(number, return_index=True)[1] if number.any() else 0] = False
    return rows[again]


class _Case:
    """Decides which rows of one series and year count that differ.

    Parameters
    ----------
    observations, place, all_count
        As `settle` takes them.
    same
        Rows that are the same as others.
    """

    def __init__(self, observations: Observations, place: Callable[[int], str], all_count: bool, same: Ints) -> None:
        self._every, self._place, self._all_count, self._same = observations, place, all_count, same
        self._first: dict[int, int] = {}
        """Of rows that are errors: the row that was there before."""
        self._replaced: list[Fault] = []
        published = observations.texts.get("published")
        self._may_settle = np.isin(observations.obs_status, _MAY_SETTLE)
        """Where something may say which of two values counts."""
        if published is not None and not all_count:
            self._may_settle |= published.flags(bool)

    @property
    def repeats(self) -> Repeats:
        """Return the rows that do not count."""
        same, file = self._same, self._every.file
        first = file.values[file.codes[same[0]]] or None if len(same) else None
        return Repeats(len(same), list(map(self._place, same[:_MOST_PLACES].tolist())), first, self._replaced)

    def note(self, errors: RowErrors, difference: Callable[[int, int], Mapping[str, Any] | None]) -> None:
        """Note the rows that are second values as errors, with the columns in which they differ from the first."""
        every, rows = self._every, sorted(self._first)
        names = list(every.plan.indicators)
        found = {row: difference(self._first[row], row) for row in rows[:MOST_FAULTS]}

        def details(row: int) -> dict[str, Any]:
            said = {"indicator": names[every.indicator[row]], "year": int(every.year[row])}
            return {**said, "first": self._place(self._first[row]), **(found.get(row) or {})}

        alike: dict[tuple[int, str], list[int]] = {}
        for row in rows[:MOST_FAULTS]:
            alike.setdefault((int(every.file.codes[row]), (found[row] or {}).get("column", "")), []).append(row)
        others = np.array(rows[MOST_FAULTS:], dtype=np.int64)
        files = every.file.codes[others]
        for code in np.unique(files).tolist():
            alike.setdefault((code, ""), []).extend(others[files == code].tolist())
        for (_, column), same in alike.items():
            told = np.array(same[:_MOST_ALIKE] if column else same, dtype=np.int64)
            errors.note("duplicate_differs" if column else "duplicate", told, told, details)
            if rest := len(same) - len(told):
                further = partial(_with_number, rest, column)
                errors.note("more_duplicates", np.array(same[_MOST_ALIKE : _MOST_ALIKE + 1]), None, further)

    def counting(self, rows: Sequence[int]) -> list[int]:
        """Return the rows that count, in order."""
        current = rows[0]
        if not self._may_settle[rows].any():
            self._first |= dict.fromkeys(rows[1:], current)
            return [current]
        if pair := self._old_and_new(rows):
            return pair
        for row in rows[1:]:
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


def _with_number(number: int, column: str, _: int) -> Mapping[str, Any]:
    """Return what a message says of errors that are counted."""
    return {"number": number, "column": column}
