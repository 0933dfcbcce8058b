"""What the observations of each series say of its future: changes, scale, fit, scenarios."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from smartkpi.analysis import forecast, progress
from smartkpi.analysis.forecast import Fit
from smartkpi.analysis.progress import finite, met
from smartkpi.analysis.scale import Scale
from smartkpi.analysis.series import Panel, Targets, Trend, take, targets, trend
from smartkpi.model import Plan
from smartkpi.model.arrays import Flags, Floats


class ProjectionInput(NamedTuple):
    """What is known of each series, one entry per series."""

    seen: Trend
    goal: Targets
    year: Floats
    """Of the latest observation."""
    actual: Floats
    base: Floats
    change: Floats
    """Observed, per year, from base to actual."""
    growth: Floats
    """Observed, in percent a year, from base to actual."""
    scale: Scale
    fitted: Fit
    """Of the observations on their scale."""
    aim: Floats
    """Target on the scale; an infinity where it is a bound."""

    @property
    def is_met(self) -> Flags:
        """Where the latest observation meets the target."""
        return met(self.actual, self.goal.target, self.goal.sign)

    @property
    def out_of_reach(self) -> Flags:
        """Where the target is the bound ahead, which nothing on the logit scale arrives at."""
        return np.isinf(self.aim) & (self.goal.sign * self.aim > 0)

    @property
    def on_a_bound(self) -> Flags:
        """Where a value on a bound leaves the series without a central figure."""
        return self.scale.bounded & (self.fitted.n >= 3) & ~np.isfinite(self.fitted.scale)

    def central(self, horizon: Floats) -> Floats:
        """Return the central figure so many years ahead."""
        return self.value_of(forecast.central(self.fitted, horizon))

    def value_of(self, z: Floats) -> Floats:
        """Return a central figure as a value; a series without drift stays exactly where it is."""
        stays = (self.fitted.method == forecast.Method.RANDOM_WALK) & ~np.isnan(z)
        return np.where(stays, self.actual, self.scale.back(z))

    def meets(self, central: Floats) -> Flags:
        """Return where a central figure meets the target."""
        return met(central, self.goal.target, self.goal.sign) & ~self.out_of_reach


class Scenarios(NamedTuple):
    """What the observed change and the observed growth would lead to, cut at the bounds."""

    at_change: Floats
    at_growth: Floats
    was_cut: Flags


def outlook_of(panel: Panel, plan: Plan, as_of: int | None = None) -> ProjectionInput:
    """Return what the observations up to a year say of each series."""
    goal = targets(panel, plan)
    seen = trend(panel, goal.base_year, as_of)
    bounds = [each.bounds or (np.nan, np.nan) for each in plan.indicators.values()]
    low, high = np.array(bounds, dtype=np.float64).reshape(-1, 2)[panel.indicator].T
    scale = Scale(low, high)
    on_scale = scale.repeated(panel.series).of(panel.value)
    year, actual = take(panel.year, seen.latest), take(panel.value, seen.latest)
    base, years = take(panel.value, seen.base), year - take(panel.year, seen.base)
    return ProjectionInput(
        seen=seen,
        goal=goal,
        year=year,
        actual=actual,
        base=base,
        change=progress.change(base, actual, years),
        growth=progress.growth(base, actual, years),
        scale=scale,
        fitted=forecast.fit(panel.year, on_scale, seen.start, seen.latest + 1),
        aim=scale.of(goal.target),
    )


def scenarios_of(outlook: ProjectionInput, horizon: Floats) -> Scenarios:
    """Return where the latest value goes at the observed change and at the observed growth.

    References
    ----------
    Both are straight continuations of `progress.change` and `progress.growth`; docs/methods.md says why neither is
    the central figure.
    """
    at_change = finite(outlook.actual + horizon * outlook.change)
    at_growth = finite(outlook.actual * (1 + outlook.growth / 100) ** horizon)
    at_growth = np.where(np.isnan(horizon), np.nan, at_growth)  # 1 to the power of NaN is 1
    at_change, change_cut = outlook.scale.cut(at_change)
    at_growth, growth_cut = outlook.scale.cut(at_growth)
    return Scenarios(at_change, at_growth, change_cut | growth_cut)
