"""Published on-track rules. Each is a scale for the pace and three thresholds, with its reference."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from smartkpi.analysis import progress
from smartkpi.model import RuleChoice
from smartkpi.model.arrays import Flags, Floats
from smartkpi.model.codes import RuleName, Status


class Trajectory(NamedTuple):
    """Where each series comes from, stands and is to go; columns of equal length, NaN where there is none."""

    base_year: Floats
    base: Floats
    year: Floats
    actual: Floats
    target_year: Floats
    target: Floats
    sign: Floats
    """+1 where more is better, -1 where less is."""
    expected: Floats
    """The path's value in `year`, straight from base to target or through the milestones."""
    recent_change: Floats
    """Mean of the last three to five annual changes, NaN with fewer."""

    @property
    def years(self) -> Floats:
        """Years from base to actual."""
        return self.year - self.base_year

    @property
    def years_in_all(self) -> Floats:
        """Years from base to target."""
        return self.target_year - self.base_year

    @property
    def years_left(self) -> Floats:
        """Years from actual to target."""
        return self.target_year - self.year


Pace = Callable[[Trajectory], Floats]


class Rule(NamedTuple):
    """A rule: the pace, and from which pace on each status holds; 1 is just enough, below 0 the wrong way."""

    name: RuleName
    pace: Pace
    on_track: float
    lagging: float | None
    """None where the rule has no such class."""
    off_track: float
    reference: str

    @property
    def thresholds(self) -> Mapping[Status, float]:
        """Least pace of each status, from the best down."""
        steps = {Status.on_track: self.on_track, Status.lagging: self.lagging, Status.off_track: self.off_track}
        return {status: least for status, least in steps.items() if least is not None}


def uses_linear_pace(course: Trajectory) -> Flags:
    """Return where compound growth is not defined, so that compound rules fall back on the linear pace.

    Defined where base and target are not 0 and of one sign, and the actual is 0 or has that sign.
    """
    one_sign = np.sign(course.base) * np.sign(course.target) > 0
    return ~(one_sign & progress.compound_defined(course.base, course.actual))


@np.errstate(all="ignore")
def linear_pace(course: Trajectory) -> Floats:
    """Return the annual change so far by the annual change needed from base to target."""
    so_far = progress.change(course.base, course.actual, course.years)
    needed = progress.change(course.base, course.target, course.years_in_all)
    return _ratio(course.sign * so_far, np.abs(needed))


@np.errstate(all="ignore")
def eurostat_pace(course: Trajectory) -> Floats:
    """Return the growth rate so far by the growth rate needed from base to target."""
    so_far = progress.growth(course.base, course.actual, course.years)
    needed = progress.growth(course.base, course.target, course.years_in_all)
    compound = _ratio(course.sign * np.sign(course.base) * so_far, np.abs(needed))
    return np.where(uses_linear_pace(course), linear_pace(course), compound)


@np.errstate(all="ignore")
def unsd_pace(course: Trajectory) -> Floats:
    """Return the part of the way from base to target that is covered by the target year at the growth so far."""
    rate = progress.growth(course.base, course.actual, course.years) / 100
    # A value of 0 stays 0 however long it shrinks by 100 %.
    extrapolated = np.where(course.actual == 0, 0.0, course.actual * (1 + rate) ** course.years_left)
    compound = _ratio(course.sign * (extrapolated - course.base), np.abs(course.target - course.base))
    return np.where(uses_linear_pace(course), linear_pace(course), np.where(np.isnan(rate), np.nan, compound))


@np.errstate(all="ignore")
def germany_pace(course: Trajectory) -> Floats:
    """Return the mean of the last annual changes by the annual change required from now."""
    needed = progress.required_change(course.actual, course.target, course.years_left, course.sign)
    return _ratio(course.recent_change, needed)


@np.errstate(all="ignore")
def trajectory_pace(course: Trajectory) -> Floats:
    """Return the way covered from the base by the way that the path asks for by now."""
    return _ratio(course.sign * (course.actual - course.base), np.abs(course.expected - course.base))


RULES: Mapping[RuleName, Rule] = {
    rule.name: rule
    for rule in (
        Rule(
            RuleName.eurostat,
            eurostat_pace,
            on_track=0.95,
            lagging=0.60,
            off_track=0.0,
            reference="Eurostat, Sustainable development in the European Union, indicators with a quantitative target; "
            "signs as in Statistics Canada, Canadian Indicator Framework, measuring progress",
        ),
        Rule(
            RuleName.linear,
            linear_pace,
            on_track=0.95,
            lagging=0.60,
            off_track=0.0,
            reference="Eurostat's thresholds on annual changes instead of growth rates",
        ),
        Rule(
            RuleName.sdsn,
            linear_pace,
            on_track=1.00,
            lagging=0.50,
            off_track=0.0,
            reference="SDSN, Sustainable Development Report, trend arrows",
        ),
        Rule(
            RuleName.unsd,
            unsd_pace,
            on_track=0.95,
            lagging=0.10,
            off_track=0.0,
            reference="United Nations Statistics Division, SDG Progress Chart 2023, technical note",
        ),
        Rule(
            RuleName.germany,
            germany_pace,
            on_track=0.80,
            lagging=None,
            off_track=0.0,
            reference="German Sustainable Development Strategy, status of the indicators, weather symbols",
        ),
        Rule(
            RuleName.trajectory,
            trajectory_pace,
            on_track=1.00,
            lagging=0.90,
            off_track=0.0,
            reference="Decision (EU) 2022/2481, Digital Decade: observed value against the trajectory's value of the "
            "year; the 0.90 is ours",
        ),
    )
}


def chosen(name: RuleName, own: RuleChoice | None = None) -> Rule:
    """Return a rule, with the plan's own thresholds where the plan names that rule."""
    rule = RULES[name]
    if own is None or own.name != name:
        return rule
    return rule._replace(
        on_track=rule.on_track if own.on_track is None else own.on_track,
        lagging=rule.lagging if own.lagging is None else own.lagging,
        off_track=rule.off_track if own.off_track is None else own.off_track,
    )


def judged(pace: Floats, rule: Rule) -> NDArray[np.int64]:
    """Return the status that a pace has under a rule, as its position in `Status`.

    Thresholds are compared with a tolerance of 1e-9, so that 0.95 is 0.95.
    """
    order = list(Status)
    steps = rule.thresholds
    return np.select(
        [pace >= least - progress.TOLERANCE for least in steps.values()],
        [np.int64(order.index(status)) for status in steps],
        np.int64(order.index(Status.reversing)),
    )


def _ratio(happened: Floats, needed: Floats) -> Floats:
    return progress.finite(np.where((needed == 0) | np.isinf(needed), np.nan, happened / needed))
