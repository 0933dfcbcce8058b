"""Plan x observations -> where each series comes from, stands, and is to go."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from smartkpi.analysis import progress
from smartkpi.analysis.rules import Trajectory
from smartkpi.analysis.series import Panel, Trend, series_of, take, targets
from smartkpi.model import Indicator, Plan
from smartkpi.model.arrays import Floats

_MOST_RECENT = 5
_LEAST_RECENT = 3


def course_of(panel: Panel, plan: Plan, seen: Trend) -> Trajectory:
    """Return where each series comes from, stands and is to go."""
    goal = targets(panel, plan)
    base_year, base = take(panel.year, seen.base), take(panel.value, seen.base)
    year = take(panel.year, seen.latest)
    return Trajectory(
        base_year=base_year,
        base=base,
        year=year,
        actual=take(panel.value, seen.latest),
        target_year=goal.target_year,
        target=goal.target,
        sign=goal.sign,
        expected=expected_value(panel, plan, base_year, base, year, goal.target_year, goal.target),
        recent_change=_recent_change(panel, seen),
    )


def expected_value(
    panel: Panel,
    plan: Plan,
    base_year: Floats,
    base: Floats,
    year: Floats,
    target_year: Floats,
    target: Floats,
) -> Floats:
    """Return the value that the path from base to target, through the milestones, has in `year`."""
    expected = np.full(len(panel), np.nan)
    for position, indicator in enumerate(plan.indicators.values()):
        of = series_of(panel, position)
        ends = base_year[of], base[of], target_year[of], target[of]
        expected[of] = path_value(indicator.milestones, year[of], *ends)
    return expected


def path_value(
    milestones: Mapping[int, float], year: Floats, base_year: Floats, base: Floats, target_year: Floats, target: Floats
) -> Floats:
    """Return the value in `year` of the path from base to target, through the milestones between them."""
    start_year, start, end_year, end = base_year.copy(), base.copy(), target_year.copy(), target.copy()
    for step, value in milestones.items():
        passed = (base_year < step) & (step <= year) & (step < target_year)
        start_year[passed], start[passed] = step, value
    for step, value in reversed(list(milestones.items())):
        ahead = (base_year < step) & (step > year) & (step < target_year)
        end_year[ahead], end[ahead] = step, value
    return progress.on_path(year, start_year, start, end_year, end)


def corners(
    indicator: Indicator, base_year: float, base: float, target_year: float, target: float
) -> tuple[Floats, Floats]:
    """Return years and values of the corners of the path: base, milestones between, target."""
    steps = {year: value for year, value in indicator.milestones.items() if base_year < year < target_year}
    return np.array([base_year, *steps, target_year]), np.array([base, *steps.values(), target])


def _recent_change(panel: Panel, seen: Trend) -> Floats:
    """Mean of the last annual changes, over consecutive years of the unbroken run."""
    run = np.zeros(len(panel), dtype=np.int64)
    years, values = np.append(panel.year, 0), np.append(panel.value, np.nan)
    for back in range(1, _MOST_RECENT + 1):
        position = np.maximum(seen.latest - back, -1)
        follows = (run == back - 1) & (seen.latest >= 0) & (position >= seen.unbroken)
        follows &= years[position] == years[seen.latest] - back
        run[follows] = back
    enough = run >= _LEAST_RECENT
    change = progress.change(values[seen.latest - run], values[seen.latest], run.astype(np.float64))
    return np.where(enough, change, np.nan)
