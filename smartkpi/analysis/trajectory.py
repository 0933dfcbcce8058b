"""Where each series comes from, is now, and is to go; and from which observation a rule reckons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, partial
from typing import NamedTuple

import numpy as np

from smartkpi.analysis import formulas
from smartkpi.analysis.formulas import Leg
from smartkpi.analysis.series import Panel, Trend, take
from smartkpi.analysis.targets import Targets, reaches, rows_by_value
from smartkpi.model import Plan
from smartkpi.model.arrays import Flags, Floats, Ints

_MOST_RECENT, _LEAST_RECENT = 6, 4
"""Observations from which the recent change is taken."""


@dataclass(frozen=True, eq=False)
class Trajectory:
    """Where each series comes from, is now, and is to go; columns of equal length, NaN where there is none."""

    base_year: Floats
    base: Floats
    year: Floats
    actual: Floats
    target_year: Floats
    target: Floats
    sign: Floats
    """+1 where more is better, -1 where less is."""
    whole: Floats
    """What 100 % is where values are shares, else NaN."""
    low: Floats = field(default_factory=lambda: np.array(np.nan))
    """Least value that meets a range, else NaN."""
    high: Floats = field(default_factory=lambda: np.array(np.nan))
    keep: Flags = field(default_factory=lambda: np.array(False))
    """Whether the target is to be held every year until the target year."""
    total: Flags = field(default_factory=lambda: np.array(False))
    """Whether the values are running totals."""
    find_expected: Callable[[], Floats] = lambda: np.array(np.nan)
    """Gives `expected`, and the next one `recent_change`: few rules ask for them."""
    find_recent_change: Callable[[], Floats] = lambda: np.array(np.nan)

    @property
    def expected(self) -> Floats:
        """The path's value in the latest observation's year, from the plan's base to the target or by milestones."""
        return self.find_expected()

    @property
    def recent_change(self) -> Floats:
        """Mean annual change over the last four to six observations, NaN with fewer."""
        return self.find_recent_change()

    @cached_property
    def is_range(self) -> Flags:
        """Where the target is a range."""
        return ~np.isnan(self.low)

    def met(self, value: Floats, series: Ints | slice = slice(None)) -> Flags:
        """Return whether values meet the targets of their series."""
        if not self.is_range.any():
            return formulas.met(value, self.target[series], self.sign[series])
        return reaches(value, self.target[series], self.sign[series], self.low[series], self.high[series])

    @cached_property
    def is_met(self) -> Flags:
        """Where the actual meets the target."""
        return self.met(self.actual) if self.is_range.any() else self.actual_reaches

    @cached_property
    def actual_reaches(self) -> Flags:
        """Where the actual is on the right side of `target`, which of a range is the nearer bound."""
        return formulas.met(self.actual, self.target, self.sign)

    @cached_property
    def base_reaches(self) -> Flags:
        """Where the base is on the right side of `target`."""
        return formulas.met(self.base, self.target, self.sign)

    @cached_property
    def base_is_target(self) -> Flags:
        """Where nothing lies between base and target."""
        return formulas.same(self.base, self.target)

    @cached_property
    def so_far(self) -> Leg:
        """From base to actual."""
        return Leg(self.base, self.actual, self.years)

    @cached_property
    def whole_way(self) -> Leg:
        """From base to target."""
        return Leg(self.base, self.target, self.years_in_all)

    @cached_property
    def ahead(self) -> Leg:
        """From actual to target."""
        return Leg(self.actual, self.target, self.years_left)

    @cached_property
    def years(self) -> Floats:
        """Years from base to actual."""
        return self.year - self.base_year

    @cached_property
    def years_in_all(self) -> Floats:
        """Years from base to target."""
        return self.target_year - self.base_year

    @cached_property
    def years_left(self) -> Floats:
        """Years from actual to target."""
        return self.target_year - self.year


class Ends(NamedTuple):
    """The two observations of each series between which a rule measures; positions in the panel, -1 for none."""

    base: Ints
    latest: Ints


BaseChoice = Callable[[Panel, Trend, Floats], Ends]
"""Chooses the ends, given the target years."""


def first_or_base_year(panel: Panel, trend: Trend, target_year: Floats) -> Ends:
    """Return the first observation of the unbroken run, or that of the plan's base year, and the latest one."""
    return Ends(trend.base, trend.latest)


def years_before(years: int, within: int) -> BaseChoice:
    """Return the choice of the observation nearest to so many years before the latest one, of two the later."""

    def choose(panel: Panel, trend: Trend, target_year: Floats) -> Ends:
        wanted = take(panel.year, trend.latest) - years
        base = _nearest(panel, trend.unbroken, trend.latest, wanted)
        return Ends(np.where(np.abs(take(panel.year, base) - wanted) <= within, base, -1), trend.latest)

    return choose


def nearest_to(year: int) -> BaseChoice:
    """Return the choice of the observation nearest to a year, and of the latest one up to the target year."""

    def choose(panel: Panel, trend: Trend, target_year: Floats) -> Ends:
        latest = _at_or_before(panel, trend.latest, target_year)
        latest = np.where(latest >= trend.unbroken, latest, -1)
        return Ends(_nearest(panel, trend.unbroken, latest, np.full(len(panel), float(year))), latest)

    return choose


def first_recent(panel: Panel, trend: Trend, target_year: Floats) -> Ends:
    """Return the first of the last observations from which the recent change is taken, and the latest one."""
    first = np.maximum(trend.unbroken, trend.latest - (_MOST_RECENT - 1))
    enough = (trend.latest >= 0) & (trend.latest - first >= _LEAST_RECENT - 1)
    return Ends(np.where(enough, first, -1), trend.latest)


def trajectory_of(panel: Panel, plan: Plan, trend: Trend, goal: Targets) -> Trajectory:
    """Return where each series comes from, is now, and is to go."""
    base_year, base = base_of(panel, trend, goal)
    year = take(panel.year, trend.latest)

    @cache
    def expected() -> Floats:
        return np.where(goal.is_range, np.nan, expected_value(goal, base_year, base, year))

    return Trajectory(
        base_year=base_year,
        base=base,
        year=year,
        actual=take(panel.value, trend.latest),
        target_year=goal.target_year,
        target=goal.target,
        sign=goal.sign,
        whole=panel.of_indicators([each.whole or np.nan for each in plan.indicators.values()]),
        low=goal.low,
        high=goal.high,
        keep=goal.keep,
        total=goal.total,
        find_expected=expected,
        find_recent_change=cache(partial(_recent_change, panel, trend)),
    )


def base_of(panel: Panel, trend: Trend, goal: Targets) -> tuple[Floats, Floats]:
    """Return year and value of the base: the observation, or what the plan prints where there is none."""
    year, value = take(panel.year, trend.base), take(panel.value, trend.base)
    if not goal.is_base_printed.any():
        return year, value
    printed = (trend.latest >= 0) & goal.is_base_printed
    return np.where(printed, goal.base_year, year), np.where(printed, goal.base, value)


def between(trajectory: Trajectory, panel: Panel, ends: Ends) -> Trajectory:
    """Return the trajectory measured between other observations; the path stays the one from the plan's base."""
    return replace(
        trajectory,
        base_year=take(panel.year, ends.base),
        base=take(panel.value, ends.base),
        year=take(panel.year, ends.latest),
        actual=take(panel.value, ends.latest),
    )


def expected_value(goal: Targets, base_year: Floats, base: Floats, year: Floats) -> Floats:
    """Return the value that the path from base to target, through the milestones, has in `year`."""
    expected = np.full(len(year), np.nan)
    for milestones, rows in rows_by_value(goal.milestones):
        ends = base_year[rows], base[rows], goal.target_year[rows], goal.target[rows]
        expected[rows] = path_value(milestones, year[rows], *ends)
    return expected


def path_value(
    milestones: Sequence[tuple[int, float]],
    year: Floats,
    base_year: Floats,
    base: Floats,
    target_year: Floats,
    target: Floats,
) -> Floats:
    """Return the value in `year` of the path from base to target, through the milestones between them."""
    start_year, start, end_year, end = base_year.copy(), base.copy(), target_year.copy(), target.copy()
    for step, value in milestones:
        passed = (base_year < step) & (step <= year) & (step < target_year)
        start_year[passed], start[passed] = step, value
    for step, value in reversed(milestones):
        ahead = (base_year < step) & (step > year) & (step < target_year)
        end_year[ahead], end[ahead] = step, value
    return formulas.on_path(year, start_year, start, end_year, end)


def corners(
    milestones: Sequence[tuple[int, float]], base_year: float, base: float, target_year: float, target: float
) -> tuple[Floats, Floats]:
    """Return years and values of the corners of the path: base, milestones between, target."""
    steps = {year: value for year, value in milestones if base_year < year < target_year}
    return np.array([base_year, *steps, target_year]), np.array([base, *steps.values(), target])


def _recent_change(panel: Panel, trend: Trend) -> Floats:
    """Mean annual change over the last observations of the unbroken run, gaps between years or not."""
    first, latest = first_recent(panel, trend, np.array(np.nan))
    years = take(panel.year, latest) - take(panel.year, first)
    return formulas.change(take(panel.value, first), take(panel.value, latest), years)


def _nearest(panel: Panel, first: Ints, end: Ints, wanted: Floats) -> Ints:
    """Return the observation from `first` on and before `end` whose year is nearest, of two the later; -1 for none."""
    there = (end > first) & (end >= 0)
    last = np.where(there, end - 1, 0)
    earlier = np.maximum(_at_or_before(panel, np.where(there, end, -1), wanted), first)
    earlier = np.minimum(earlier, last)
    later = np.minimum(earlier + 1, last)
    later_year, earlier_year = take(panel.year, later), take(panel.year, earlier)
    nearest = np.where(np.abs(later_year - wanted) <= np.abs(earlier_year - wanted), later, earlier)
    return np.where(there, nearest, -1)


def _at_or_before(panel: Panel, latest: Ints, year: Floats) -> Ints:
    """Return the last observation of each series up to `latest` that is not after a year; -1 for none."""
    if not len(panel.year):
        return latest
    span = int(panel.year.max()) + 2
    keys = panel.series * span + panel.year
    wanted = np.arange(len(panel)) * span + np.clip(np.nan_to_num(year, nan=0.0), 0, span - 1).astype(np.int64)
    position = np.minimum(np.searchsorted(keys, wanted, side="right") - 1, latest)
    return np.where(position >= panel.start, position, -1)
