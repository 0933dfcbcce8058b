"""Plan x observations -> where each series lands: scenarios, a central figure with its interval, and the target."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from smartkpi.analysis import forecast, reasons
from smartkpi.analysis.bounds import Bounds, bounds_of
from smartkpi.analysis.forecast import Fit, Forecast
from smartkpi.analysis.formulas import TOLERANCE, Leg, finite
from smartkpi.analysis.series import Panel, Trend, take
from smartkpi.analysis.targets import Targets, resolve
from smartkpi.analysis.trajectory import Trajectory
from smartkpi.errors import Fault, UsageError
from smartkpi.model import Plan
from smartkpi.model.arrays import Categorical, Column, Flags, Floats, Ints, first_that_holds
from smartkpi.model.codes import ProjectionMethod

FURTHEST = 50
"""Years ahead within which a target is looked for."""

_METHODS = tuple(ProjectionMethod)
_CODE = {method: code for code, method in enumerate(_METHODS)}


class ProjectionInput(NamedTuple):
    """What is known of each series, one entry per series."""

    run: Trend
    goal: Targets
    year: Floats
    """Of the latest observation."""
    actual: Floats
    observed: Leg
    """From base to actual."""
    bounds: Bounds
    gap: Flags
    """Where a running total lacks a year."""
    fitted: Fit

    @property
    def base(self) -> Floats:
        """Where the observed change begins."""
        return self.observed.start

    @property
    def change(self) -> Floats:
        """Observed, per year."""
        return self.observed.change

    @property
    def growth(self) -> Floats:
        """Observed, in percent a year."""
        return self.observed.growth


class Scenarios(NamedTuple):
    """What the observed change and the observed growth would lead to, cut at the bounds."""

    at_change: Floats
    at_growth: Floats
    was_cut: Flags


class Landing(NamedTuple):
    """The central figure and its interval, cut at the bounds."""

    projected: Floats
    low: Floats
    high: Floats
    uncut: Forecast
    was_cut: Flags


@np.errstate(all="ignore")  # what divides by zero or overflows is left empty, with its reason
def project(
    panel: Panel, plan: Plan, year: int | None = None, as_of: int | None = None, interval: float = 80.0
) -> dict[str, Column]:
    """Project each series from its unbroken run of observations.

    Parameters
    ----------
    panel
        Series with their observations.
    plan
        Their targets, directions, base years and bounds.
    year
        To project to; None for the target year of each series.
    as_of
        Only observations up to this year count; None for all.
    interval
        Probability of the interval, in percent.

    Returns
    -------
    dict
        The columns of the project table that are computed, one entry per series. An empty figure has a reason.

    Raises
    ------
    UsageError
        If `interval` is not between 0 and 100.

    References
    ----------
    docs/methods.md, section Projection.
    """
    if not 0 < interval < 100:
        raise UsageError(Fault("not_an_interval", found=f"{interval:g}"))
    goal, run = resolve(panel, plan, as_of)
    known = _input(panel, run, goal, bounds_of(panel, plan, run, goal))
    project_year = known.goal.target_year if year is None else np.full(len(panel), float(year))
    horizon = np.where((project_year > known.year) & ~known.gap, project_year - known.year, np.nan)
    held = np.where(horizon > 0, known.actual, np.nan)
    scenarios = _scenarios(known, horizon)
    landing = _landing(known, horizon, interval)
    probability = _probability(known.goal, landing.uncut)
    return {
        "year": known.year,
        "actual": known.actual,
        "project_year": project_year,
        "held": held,
        "at_observed_change": scenarios.at_change,
        "at_observed_growth": scenarios.at_growth,
        "projected": landing.projected,
        "low": landing.low,
        "high": landing.high,
        "method": Categorical(_method(held, scenarios, landing), _METHODS),
        "target_year": known.goal.target_year,
        "target": known.goal.target,
        "meets_target": _meets_target(known, landing.projected),
        "probability": probability,
        "reached_in": _reached_in(panel, known),
        "change_reached_in": _change_reached_in(known),
        "reason": reasons.join(_reasons(panel, known, project_year, scenarios, landing, probability)),
        "target_low": known.goal.low,
        "target_high": known.goal.high,
    }


class Arrival(NamedTuple):
    """Where each series is in its target year; NaN where that year is over, or where there is no such figure."""

    n: Ints
    """Observations."""
    at_change: Floats
    """At the observed change."""
    projected: Floats
    low: Floats
    """Of the interval of 80 %."""
    high: Floats


@np.errstate(all="ignore")
def arrival(panel: Panel, run: Trend, goal: Targets, bounds: Bounds, at: Trajectory) -> Arrival:
    """Return where each series is in its target year."""
    known = _input(panel, run, goal, bounds, at)
    is_ahead = (goal.target_year > known.year) & ~known.gap
    horizon = np.where(is_ahead, goal.target_year - known.year, np.nan)
    ahead = forecast.forecast(known.fitted, horizon, 80.0)
    figures = (_at_change(known, horizon), ahead.central, ahead.low, ahead.high)
    return Arrival(known.fitted.n, *map(bounds.inside, figures))


def _input(panel: Panel, run: Trend, goal: Targets, bounds: Bounds, at: Trajectory | None = None) -> ProjectionInput:
    """Return what is known of each series, some of it from the trajectories where those are known already."""
    year, actual = (at.year, at.actual) if at else (take(panel.year, run.latest), take(panel.value, run.latest))
    if at and not (goal.is_base_printed & ~goal.total).any():
        observed = at.so_far
    else:
        # A total begins at 0 in the year before; a base that the plan prints is not projected from.
        base = np.where(goal.total, goal.base, take(panel.value, run.base))
        observed = Leg(base, actual, year - np.where(goal.total, goal.base_year, take(panel.year, run.base)))
    return ProjectionInput(
        run=run,
        goal=goal,
        year=year,
        actual=actual,
        observed=observed,
        bounds=bounds,
        gap=panel.gap_at(run.latest) > 0,
        fitted=forecast.fit(panel.year, panel.value, run.start, run.latest + 1),
    )


def _scenarios(known: ProjectionInput, horizon: Floats) -> Scenarios:
    """Continue the observed change and the observed growth."""
    at_change, change_cut = known.bounds.cut(_at_change(known, horizon))
    at_growth = finite(known.actual * (1 + known.growth / 100) ** horizon)
    at_growth = np.where(np.isnan(horizon), np.nan, at_growth)  # 1 to the power of NaN is 1
    at_growth, growth_cut = known.bounds.cut(at_growth)
    return Scenarios(at_change, at_growth, change_cut | growth_cut)


def _at_change(known: ProjectionInput, horizon: Floats) -> Floats:
    """Continue the observed change."""
    return finite(known.actual + horizon * known.change)


def _landing(known: ProjectionInput, horizon: Floats, interval: float) -> Landing:
    ahead = forecast.forecast(known.fitted, horizon, interval)
    projected, central_cut = known.bounds.cut(ahead.central)
    low, low_cut = known.bounds.cut(ahead.low)
    high, high_cut = known.bounds.cut(ahead.high)
    return Landing(projected, low, high, ahead, central_cut | low_cut | high_cut)


def _probability(goal: Targets, ahead: Forecast) -> Floats:
    """Return the probability of meeting the target; one on a bound keeps it: `ahead` is not cut."""
    probability = forecast.probability(ahead, goal.target, goal.sign)
    if goal.is_range.any():
        up = np.ones(len(probability))
        inside = forecast.probability(ahead, goal.low, up) + forecast.probability(ahead, goal.high, -up) - 1
        probability = np.where(goal.is_range, np.maximum(inside, 0.0), probability)
    return probability


def _meets_target(known: ProjectionInput, projected: Floats) -> Categorical:
    meets = known.goal.met(projected).astype(np.int64)
    return Categorical(np.where(np.isnan(projected) | np.isnan(known.goal.target), 2, meets), (False, True, None))


def _method(held: Floats, scenarios: Scenarios, landing: Landing) -> Ints:
    has_scenario = ~np.isnan(scenarios.at_change) | ~np.isnan(scenarios.at_growth)
    decisions = (
        (~np.isnan(landing.projected), _CODE[ProjectionMethod.half_drift]),
        (has_scenario, _CODE[ProjectionMethod.scenarios]),
        (~np.isnan(held), _CODE[ProjectionMethod.held]),
    )
    return first_that_holds(decisions, _CODE[ProjectionMethod.none])


def _reached_in(panel: Panel, known: ProjectionInput) -> Floats:
    """Return the year in which each series reaches its target.

    Where the latest observation meets it, the year of the first one of the unbroken run that did; else the first whole
    year after the latest observation, at most 50 ahead, in which the central figure meets it.
    """
    is_met = known.goal.met(known.actual)
    return np.where(is_met, _first_met(panel, known), known.year + _years_to_go(known))


def _change_reached_in(known: ProjectionInput) -> Floats:
    """Return the year in which the observed change alone reaches an open target, at most 50 years ahead."""
    goal = known.goal
    just_met = goal.target - goal.sign * TOLERANCE * np.abs(goal.target)
    inside = known.bounds.inside(just_met)
    years = np.maximum(np.ceil((just_met - known.actual) / known.change), 1)
    arrives = (years <= FURTHEST) & (goal.sign * known.change > 0) & (inside == just_met)
    return np.where(arrives & ~goal.met(known.actual), known.year + years, np.nan)


def _first_met(panel: Panel, known: ProjectionInput) -> Floats:
    """Year of the first observation of the unbroken run that met the target."""
    is_met = known.goal.met(panel.value, panel.series)
    none = len(is_met)
    places = np.where(is_met, np.arange(none), none)
    first = np.append(np.minimum.accumulate(places[::-1])[::-1], none)[known.run.unbroken]
    return take(panel.year, np.where((known.run.latest >= 0) & (first <= known.run.latest), first, -1))


def _years_to_go(known: ProjectionInput) -> Floats:
    """First year ahead that meets the target: the line is followed to it, and the years around it are tried.

    The line says where to look and the figure itself decides, so that this column and `projected` never disagree.
    """
    goal, fitted = known.goal, known.fitted
    just_met = goal.target - goal.sign * TOLERANCE * np.abs(goal.target)
    guess = np.ceil((just_met - fitted.last_value) / (forecast.DRIFT_SHARE * fitted.mean_change))
    years = np.full(guess.shape, np.nan)
    for offset in (1, 0, -1):
        tried = np.clip(guess + offset, 1, FURTHEST)
        inside = known.bounds.inside(forecast.central(fitted, tried))
        years = np.where(goal.met(inside), tried, years)
    return years


def _reasons(
    panel: Panel,
    known: ProjectionInput,
    project_year: Floats,
    scenarios: Scenarios,
    landing: Landing,
    probability: Floats,
) -> Mapping[str, Flags]:
    """Where each reason holds."""
    run, n = known.run, known.fitted.n
    observed = run.latest >= 0
    ahead = project_year > known.year
    missing_growth = ~np.isnan(known.base) & np.isnan(known.growth)
    crossing = missing_growth & (known.base != 0) & ~known.observed.has_growth
    too_large = _too_large(known, ahead & ~known.gap, scenarios, landing, probability)
    return {
        "no_observation": ~observed,
        "no_target_value": observed & np.isnan(known.goal.target),
        "gap_in_total": known.gap,
        "one_observation": n == 1,
        "no_base_observation": observed & run.base_missing & ~known.goal.total,
        "too_few_points": n == 2,
        "zero_denominator": missing_growth & ~crossing | too_large,
        "sign_change": crossing,
        "not_ahead": observed & ~ahead,
        "no_scatter": known.fitted.constant,
        "at_bound": landing.was_cut,
        "at_scenario_bound": scenarios.was_cut,
        "assumed": reasons.assumed(panel, run),
    }


def _too_large(
    known: ProjectionInput, ahead: Flags, scenarios: Scenarios, landing: Landing, probability: Floats
) -> Flags:
    """Where a double does not hold a figure, which counts as a division by something too small."""
    no_change = ~np.isnan(known.base) & np.isnan(scenarios.at_change)
    no_growth = ~np.isnan(known.growth) & np.isnan(scenarios.at_growth)
    enough = known.fitted.n >= forecast.LEAST_OBSERVATIONS
    no_interval = np.isnan(landing.low) | np.isnan(landing.high)
    no_interval |= np.isnan(probability) & ~np.isnan(known.goal.target)
    no_figure = enough & (np.isnan(landing.projected) | no_interval & ~known.fitted.constant)
    return np.asarray(ahead & (no_change | no_growth | no_figure))
