"""Which next observation would put a series on track: found by asking the engine, not by a second set of formulas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from smartkpi.analysis import assessment
from smartkpi.analysis.assessment import Assessment, Situation
from smartkpi.analysis.rules import Rule
from smartkpi.analysis.series import Panel, extremes
from smartkpi.model import Plan
from smartkpi.model.arrays import Flags, Floats, Ints
from smartkpi.model.codes import STATUS_CODES, Status

_STEPS, _ROUNDS = 1000, 5
"""Each round narrows the range a thousandfold, five of them to the last digit of a double."""
_DIGITS = 8
"""Of the value found; the engine's tolerance of 1e-9 blurs what follows."""
_TOGETHER = 1 << 14
"""Observations that are worked on at a time."""
_TRIED = 1000
"""Values tried at a time of few series; of more series one each."""
_IS_DECIDED = np.array([status is not Status.undetermined for status in Status])


@np.errstate(all="ignore")
def least_on_track(assessed: Assessment, plan: Plan, every: Sequence[Rule], year: Floats) -> list[Floats]:
    """Return the value, nearest to no effort, that makes a rule say on track if it were observed in a later year.

    Parameters
    ----------
    assessed
        As things stand.
    plan
        With the targets of the series.
    every
        The rules asked.
    year
        Of each series: after that of the latest observation, and not after that of the target, in which only the target
        itself will do; NaN for a series that is not asked for.

    Returns
    -------
    list of array
        Of each rule a value for each series, in the indicator's unit and rounded towards the target; NaN where the rule
        judges no value of that year.
    """
    at, run, panel = assessed.trajectory, assessed.trend, assessed.panel
    away = np.abs(panel.value - at.target[panel.series])
    worst = at.target - at.sign * 2 * extremes(np.maximum, away, run.unbroken, run.latest + 1)
    asked = np.isfinite(at.target - worst) & ~np.isnan(year)
    least = [np.full(len(panel), np.nan) for _ in every]
    for one_year in np.unique(year[asked]).tolist():
        for rows in _parts(np.flatnonzero(asked & (year == one_year)), run.latest - run.unbroken + 2):
            now = assessment.situation(_with_next(assessed, rows, int(one_year)), plan, int(one_year))
            for rule, column in zip(every, least, strict=True):
                column[rows] = _least(now, rule, worst[rows], at.target[rows])
    sign = at.sign.tolist()
    for column in least:
        for each in np.flatnonzero(~np.isnan(column)).tolist():
            column[each] = rounded_towards(float(column[each]), sign[each], _DIGITS)
    return least


def _parts(rows: Ints, sizes: Ints) -> Iterator[Ints]:
    """Return series in parts of about as many observations as are worked on at a time."""
    part = np.cumsum(sizes[rows]) // _TOGETHER
    return iter(np.split(rows, np.flatnonzero(np.diff(part)) + 1)) if len(rows) else iter(())


def rounded_towards(value: float, sign: float, digits: int) -> float:
    """Return a value rounded to significant digits, up where `sign` is +1 and down where it is -1.

    Examples
    --------
    >>> rounded_towards(67.1541, 1.0, 4), rounded_towards(67.1599, -1.0, 4), rounded_towards(123456.7, 1.0, 4)
    (67.16, 67.15, 123457.0)
    >>> rounded_towards(1.25e30, 1.0, 2)
    1.25e+30
    """
    exact = Decimal(repr(value))
    places = max(digits - exact.adjusted() - 1, 0)
    if int(exact.as_tuple().exponent) >= -places:
        return value
    rounding = ROUND_CEILING if sign > 0 else ROUND_FLOOR
    return float(exact.quantize(Decimal(1).scaleb(-places), rounding=rounding))


def _with_next(assessed: Assessment, rows: Ints, year: int) -> Panel:
    """Return the unbroken runs of some series with one more observation each, whose value is open."""
    run, panel = assessed.trend, assessed.panel
    number = run.latest[rows] - run.unbroken[rows] + 1
    stop = np.cumsum(number + 1)
    start = stop - number - 1
    known = np.arange(int(number.sum())) + np.repeat(run.unbroken[rows] - (start - np.arange(len(rows))), number)

    def with_new(column: NDArray[Any], new: Any) -> NDArray[Any]:
        return np.insert(column[known], np.cumsum(number), new)

    return Panel(
        indicator=panel.indicator[rows],
        dimensions=tuple(axis.take(rows) for axis in panel.dimensions),
        start=start,
        stop=stop,
        year=with_new(panel.year, year),
        value=with_new(panel.value, np.nan),
        obs_status=with_new(panel.obs_status, STATUS_CODES.index("A")),
        bound=with_new(panel.bound, 0),
        precision=np.zeros(len(known) + len(rows)),
        firm=with_new(panel.firm, True),
        assumed=with_new(panel.assumed, False),
        row=with_new(panel.row, -1),
        gap=with_new(panel.gap, panel.gap[run.latest[rows]]),
    )


def _least(now: Situation, rule: Rule, worst: Floats, best: Floats) -> Floats:
    """Return the first value on the way from the worst to the best with which each series is on track."""
    least = np.full(len(worst), np.nan)
    rows, before = np.arange(len(worst)), -1
    for _ in range(_ROUNDS):
        values = _Values(worst, best)
        first, is_decided = _first_on_track(now, rule, values, before)
        # Where the rule judges nothing but that the target is met, it asks for nothing in particular.
        found = np.flatnonzero((first > 0) & (first <= _STEPS) & is_decided)
        worst, best = (values.at(each)[found] for each in (first - 1, first))
        rows, now, before = rows[found], now.take(found), 0
        if not len(rows):
            break
    least[rows] = best
    return least


class _Values(NamedTuple):
    """Values at equal distances from the worst to the best of each series."""

    worst: Floats
    best: Floats

    def at(self, place: Ints) -> Floats:
        """Return the values at places from 0 to `_STEPS`, as `numpy.linspace` has them."""
        way = self.best - self.worst
        step = way / _STEPS
        value = np.where(step == 0, place / _STEPS * way, place * step) + self.worst
        return np.where(place == _STEPS, self.best, value)

    def ends(self, limit: Floats) -> list[Ints]:
        """Return the last places before a limit and on it, where one of the series passes it."""
        way = np.sign(self.best - self.worst)
        inside = (way * (limit - self.worst) >= 0) & (way * (self.best - limit) > 0)
        if not inside.any():
            return []
        ends = []
        for is_behind in (np.greater_equal, np.greater):
            low, high = np.full(len(limit), -1), np.where(inside, _STEPS + 1, 0)
            while (high - low > 1).any():
                middle = (low + high) // 2
                behind = is_behind(way * (self.at(middle) - limit), 0)
                low, high = np.where(behind, low, middle), np.where(behind, middle, high)
            ends.append(low)
        return ends


def _first_on_track(now: Situation, rule: Rule, values: _Values, before: int) -> tuple[Ints, Flags]:
    """Return the first place after `before` that is on track, and whether the rule judges the one before it.

    The place is one behind the last where there is none. Not all places are tried: towards the target a value gets no
    worse as long as it does not change its sign, or enter or leave a range. The least possible value of a unit is 0.
    """
    number, goal = len(now.panel), now.goal
    ends = [end for limit in (np.zeros(number), goal.low, goal.high) for end in values.ends(limit)]
    spaced = max(1, min(_STEPS, _TRIED // number))
    copies = now.take(np.repeat(np.arange(number), spaced + len(ends)))
    copied = _Values(*(np.repeat(each, spaced + len(ends)) for each in values))
    series, low, high = np.arange(number), np.full(number, before), np.full(number, _STEPS + (before < 0))
    is_decided = np.full(number, before >= 0)
    while (high - low > 1).any():
        apart = (high - low)[:, np.newaxis] * np.arange(1, spaced + 1) // (spaced + 1)
        place = np.sort(np.column_stack([low[:, np.newaxis] + apart, *ends]), axis=1)
        inside = (low[:, np.newaxis] < place) & (place < high[:, np.newaxis])
        copies.panel.value[copies.panel.stop - 1] = copied.at(np.where(inside, place, _STEPS).ravel())
        status = assessment.statuses(copies, rule).reshape(place.shape)
        on_track = assessment.IS_ON_TRACK[status] & inside
        high = np.where(on_track.any(axis=1), place[series, on_track.argmax(axis=1)], high)
        inside &= place < high[:, np.newaxis]
        last = place.shape[1] - 1 - inside[:, ::-1].argmax(axis=1)
        low = np.where(inside.any(axis=1), place[series, last], low)
        is_decided = np.where(inside.any(axis=1), _IS_DECIDED[status[series, last]], is_decided)
    return high, is_decided
