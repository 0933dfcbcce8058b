"""Least and greatest possible values: those of the plan, and 0 for amounts and counts."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from smartkpi.analysis.formulas import TOLERANCE
from smartkpi.analysis.series import Panel, Trend, extremes, take
from smartkpi.analysis.targets import Targets
from smartkpi.model import Plan
from smartkpi.model.arrays import Flags, Floats, Ints


class Bounds(NamedTuple):
    """Least and greatest possible value of each series; NaN where there is none."""

    low: Floats
    high: Floats

    def inside(self, value: Floats) -> Floats:
        """Return the values cut at the bounds."""
        below = np.where(value > self.high, self.high, value)
        return np.where(below < self.low, self.low, below)

    def cut(self, value: Floats) -> tuple[Floats, Flags]:
        """Return the values cut at the bounds, and which of them lay outside by more than rounding."""
        inside = self.inside(value)
        span = np.where(np.isnan(self.high - self.low), np.abs(value), self.high - self.low)
        return inside, np.abs(inside - value) > TOLERANCE * span

    def take(self, series: Ints) -> Bounds:
        """Return the bounds of these series."""
        return Bounds(self.low[series], self.high[series])


def bounds_of(panel: Panel, plan: Plan, run: Trend, goal: Targets) -> Bounds:
    """Return the bounds of each series: the plan's, or the natural minimum of its unit where no value lies below it.

    A running total does not fall below the latest one.
    """
    indicators = plan.indicators.values()
    pairs = [each.bounds or (np.nan, np.nan) for each in indicators]
    low, high = (panel.of_indicators([pair[end] for pair in pairs]) for end in (0, 1))
    natural = panel.of_indicators(
        [np.nan if each.natural_minimum is None else each.natural_minimum for each in indicators]
    )
    if goal.total.any():
        low = np.where(goal.total, np.fmax(low, take(panel.value, run.latest)), low)
    if np.isnan(natural).all():
        return Bounds(low, high)
    some_below = extremes(np.minimum, panel.value, panel.start, run.latest + 1) < natural
    usable = ~some_below & ~(goal.target < natural)
    return Bounds(np.where(usable & np.isnan(low), natural, low), high)
