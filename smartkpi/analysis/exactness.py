"""Whether a judgement depends on how exactly a value is printed: as a bound, or with so many digits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from smartkpi.analysis.series import take
from smartkpi.model.arrays import Flags, Floats, Ints
from smartkpi.model.observations import BOUND_CODES

if TYPE_CHECKING:
    from smartkpi.analysis.assessment import Judgement, Situation
    from smartkpi.analysis.rules import Rule

    Statuses = Callable[[Situation, Rule], Ints]
    """The statuses of a situation by a rule, each value taken as printed."""

_FAR = (1e6, 1e-6, 1e-4, 1e-3, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 100.0, 1e4)
"""Where values beyond a bound are tried, beside the target and the indicator's own bounds; the first one changes most.

So many times the largest of value, target and other end away from it.
"""
_NEAR = (-1.0, -0.75, -0.5, -0.25, 0.25, 0.5, 0.75, 1.0)
"""Where values near one that is printed as approximate are tried: shares of half a unit of its last digit but 0."""
_HALF_OF_15_DIGITS = 5e-15
"""Of a value; half a unit of the last one is less."""
_TOGETHER = 10_000
"""Series that are worked on at a time, one for each value that is tried."""
_FEW_LEFT = 0.6
"""Share of the series without a change so far up to which the others are left out from then on."""
_FEW = 0.25
"""Share of the series up to which only they are worked on; copies of more take longer than the others."""
_LOWER, _APPROXIMATE = (BOUND_CODES.index(each) for each in ("lower", "approx"))


def undecided_by_bounds(now: Situation, judgement: Judgement, statuses_of: Statuses) -> Flags:
    """Return where a value that a printed bound allows would give another status; one value at a time.

    Those are base and actual, and all values of a target that is to be kept. Bounds are inclusive, since offices round.
    Values are tried up to the indicator's own bounds.
    """
    undecided = np.zeros(len(now.panel), dtype=np.bool_)
    if not now.panel.bound.any():
        return undecided
    bound = np.append(now.panel.bound, 0)
    for end in (*judgement.ends, *_of_kept(now, judgement)):
        is_near = bound[end] == _APPROXIMATE
        # Other values are tried for these than for those beyond a bound, and none more often than needed.
        for rows in map(np.flatnonzero, (is_near, (bound[end] > 0) & ~is_near)):
            if len(rows):
                one = _OneEnd(now, judgement, rows, end)
                undecided[rows] |= one.changes(_allowed(one), statuses_of)
    return undecided


def decided_by_rounding(now: Situation, judgement: Judgement, statuses_of: Statuses) -> Flags:
    """Return where half a unit of the last digit of base or actual would change the status; one at a time.

    A value of 15 digits and more is a double written out whole, and not rounded.
    """
    decided = np.zeros(len(now.panel), dtype=np.bool_)
    if not now.panel.precision.any():
        return decided
    eligible = ~judgement.bound_undecided & ~judgement.trajectory.total & ~np.isnan(now.goal.target)
    half_unit = np.where(np.append(now.panel.bound, 0) > 0, 0.0, np.append(now.panel.precision, 0.0))
    for end in judgement.ends:
        is_rounded = half_unit[end] > _HALF_OF_15_DIGITS * np.abs(take(now.panel.value, end))
        rows = np.flatnonzero(is_rounded & eligible)
        if len(rows):
            value, half = now.panel.value[end[rows]], half_unit[end[rows]]
            decided[rows] |= _OneEnd(now, judgement, rows, end).changes([value - half, value + half], statuses_of)
    return decided


def _of_kept(now: Situation, judgement: Judgement) -> Iterator[Ints]:
    """Return the observations before the latest one of the series whose target is to be kept, one of each at a time."""
    run, keep = now.trend, judgement.trajectory.keep
    before = np.where(keep, run.latest - run.unbroken, 0)
    for back in range(1, int(before.max(initial=0)) + 1):
        yield np.where(back <= before, run.latest - back, -1)


class _OneEnd:
    """The base or the actual of some series, to be replaced by other values."""

    def __init__(self, now: Situation, judgement: Judgement, rows: Ints, end: Ints) -> None:
        self.now, self.rows, self.place = now, rows, end[rows]
        if len(rows) <= _FEW * len(now.panel):
            self.now, self.rows = now.take(rows), np.arange(len(rows))
            self.place = self.now.panel.start + (end - now.panel.start)[rows]
        self.rule, self.status = judgement.rule, judgement.status[rows]
        self.value: Floats = self.now.panel.value[self.place]
        self.bound = self.now.panel.bound[self.place]
        self.precision = self.now.panel.precision[self.place]
        self.bounds = self.now.bounds.take(self.rows)
        others = [take(now.panel.value, each[rows]) for each in judgement.ends]
        self.scale = np.fmax.reduce([np.abs(each) for each in (self.value, now.goal.target[rows], *others)])

    def changes(self, values: Sequence[Floats], statuses_of: Any) -> Flags:
        """Return where one of the values gives another status."""
        number = len(self.value)
        together = max(1, min(len(values), _TOGETHER // number))
        changed = np.zeros(number, dtype=np.bool_)
        copied = np.repeat(np.arange(number), together)  # beside each other: a panel is sorted
        copies, place = (self.now, self.place) if together == 1 else self._copies(copied)
        copies = copies._replace(panel=replace(copies.panel, value=copies.panel.value.copy()))
        bounds = self.bounds.take(copied)
        of_series = self.rows if together == 1 else np.arange(len(copied))
        for first in range(0, len(values), together):
            last = min(first, len(values) - together)
            tried = np.stack(values[last : last + together], axis=1)
            copies.panel.value[place] = bounds.inside(tried.ravel())
            statuses = statuses_of(copies, self.rule)[of_series].reshape(tried.shape)
            changed |= (statuses != self.status[:, np.newaxis]).any(axis=1)
            left, rest = np.flatnonzero(~changed), values[last + together :]
            if rest and len(left) <= _FEW_LEFT * number:
                if len(left):
                    changed[left] = self._among(left).changes([each[left] for each in rest], statuses_of)
                break
        return changed

    def _copies(self, copied: Ints) -> tuple[Situation, Ints]:
        """Return some of the series, by position, and the places of their ends."""
        now = self.now.take(self.rows[copied])
        return now, now.panel.start + (self.place - self.now.panel.start[self.rows])[copied]

    def _among(self, left: Ints) -> _OneEnd:
        """Return the ends of some of the series alone."""
        other = copy(self)
        other.now, other.place = self._copies(left)
        other.rows, other.status, other.value = np.arange(len(left)), self.status[left], self.value[left]
        other.bounds = self.bounds.take(left)
        return other


def _allowed(one: _OneEnd) -> list[Floats]:
    """Return values that the printed bounds allow, which are tried one after the other; all are near ones, or none."""
    if one.bound[0] == _APPROXIMATE:
        near = np.fmax(one.precision, _half_last_digit(one.value))
        values = [one.value + share * near for share in _NEAR]
    else:
        away = np.where(one.bound == _LOWER, 1.0, -1.0)
        goal = one.now.goal
        marked = (*(each[one.rows] for each in (goal.target, goal.low, goal.high)), *one.bounds)
        values = [one.value + away * share * one.scale for share in _FAR]
        values += [np.where(away * (each - one.value) > 0, each, one.value) for each in marked]
    # Many are the same in the end: what is beyond an indicator's own bounds is cut there.
    distinct = {each.tobytes(): each for each in map(one.bounds.inside, values)}
    return [each for each in distinct.values() if (each != one.value).any()]


def _half_last_digit(values: Floats) -> Floats:
    """Return half a unit of the last digit that is not 0: 500 for 3,000, as "about" means it."""
    distinct, places = np.unique(values, return_inverse=True)
    exponents = [Decimal(f"{value:.15g}").normalize().as_tuple().exponent for value in distinct.tolist()]
    return np.array([5 * 10.0 ** (each - 1) if isinstance(each, int) else 0.0 for each in exponents])[places]
