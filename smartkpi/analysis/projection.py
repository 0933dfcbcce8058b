"""Plan x observations -> where each series lands: scenarios, a central figure with its interval, and the target."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from smartkpi.analysis import forecast, progress, reasons
from smartkpi.analysis.arrival import reached_in
from smartkpi.analysis.outlook import ProjectionInput, Scenarios, outlook_of, scenarios_of
from smartkpi.analysis.series import Panel
from smartkpi.errors import Fault, UsageError
from smartkpi.model import Plan
from smartkpi.model.arrays import Categorical, Column, Flags, Floats
from smartkpi.model.codes import ProjectionMethod

_METHODS = tuple(ProjectionMethod)
_CODE = {method: np.int64(code) for code, method in enumerate(_METHODS)}
_FLAGS = (False, True, None)


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
        Only observations up to this year are seen; None for all.
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
    return _columns(panel, outlook_of(panel, plan, as_of), year, interval)


def _columns(panel: Panel, outlook: ProjectionInput, year: int | None, interval: float) -> dict[str, Column]:
    project_year = outlook.goal.target_year if year is None else np.full(len(panel), float(year))
    horizon = np.where(project_year > outlook.year, project_year - outlook.year, np.nan)
    held = np.where(horizon > 0, outlook.actual, np.nan)
    scenarios = scenarios_of(outlook, horizon)
    ahead = _forecast(outlook, horizon, interval)
    return {
        "year": outlook.year,
        "actual": outlook.actual,
        "project_year": project_year,
        "held": held,
        "at_observed_change": scenarios.at_change,
        "at_observed_growth": scenarios.at_growth,
        **ahead,
        "method": Categorical(_method(outlook, held, scenarios, ahead["projected"]), _METHODS),
        "target_year": outlook.goal.target_year,
        "target": outlook.goal.target,
        "meets_target": _meets_target(outlook, ahead["projected"]),
        "reached_in": reached_in(panel, outlook),
        "reason": reasons.joined(_marks(panel, outlook, horizon, scenarios, ahead)),
    }


def _forecast(outlook: ProjectionInput, horizon: Floats, interval: float) -> dict[str, Floats]:
    ahead = forecast.forecast(outlook.fitted, horizon, interval)
    projected = outlook.value_of(ahead.central)
    certain = ahead.se == 0
    chance = forecast.probability(ahead, outlook.aim, outlook.goal.sign)
    return {
        "projected": projected,
        "low": np.where(certain, projected, outlook.scale.back(ahead.low)),
        "high": np.where(certain, projected, outlook.scale.back(ahead.high)),
        "probability": np.where(certain, outlook.meets(projected), chance),
    }


def _meets_target(outlook: ProjectionInput, projected: Floats) -> Categorical:
    return Categorical(np.where(np.isnan(projected), 2, outlook.meets(projected).astype(np.int64)), _FLAGS)


def _method(outlook: ProjectionInput, held: Floats, scenarios: Scenarios, projected: Floats) -> NDArray[np.int64]:
    central, drifting = ~np.isnan(projected), outlook.fitted.method == forecast.Method.DRIFT
    bounded = outlook.scale.bounded
    chosen = np.select(
        [
            central & drifting & bounded,
            central & drifting,
            central & bounded,
            central,
            ~np.isnan(scenarios.at_change) | ~np.isnan(scenarios.at_growth),
            ~np.isnan(held),
        ],
        [
            _CODE[ProjectionMethod.half_drift_logit],
            _CODE[ProjectionMethod.half_drift],
            _CODE[ProjectionMethod.last_value_logit],
            _CODE[ProjectionMethod.last_value],
            _CODE[ProjectionMethod.scenarios],
            _CODE[ProjectionMethod.held],
        ],
        _CODE[ProjectionMethod.none],
    )
    return np.asarray(chosen)


def _marks(
    panel: Panel, outlook: ProjectionInput, horizon: Floats, scenarios: Scenarios, ahead: Mapping[str, Floats]
) -> Mapping[str, Flags]:
    """Where each reason holds."""
    seen, n = outlook.seen, outlook.fitted.n
    observed = seen.latest >= 0
    crossing, zero = _undefined_growth(outlook)
    return {
        "no_observation": ~observed,
        "one_observation": n == 1,
        "no_base_observation": observed & seen.base_missing,
        "too_few_points": n == 2,
        "zero_denominator": zero | _too_large(outlook, horizon, scenarios, ahead),
        "sign_change": crossing,
        "not_ahead": observed & np.isnan(horizon),
        "at_bound": outlook.on_a_bound,
        "at_scenario_bound": scenarios.was_cut,
        "assumed": reasons.assumed(panel, seen),
    }


def _undefined_growth(outlook: ProjectionInput) -> tuple[Flags, Flags]:
    """Where the signs leave no observed growth, and where a zero does."""
    missing = (outlook.seen.base >= 0) & np.isnan(outlook.growth)
    crossing = missing & (outlook.base != 0) & ~progress.compound_defined(outlook.base, outlook.actual)
    return crossing, missing & ~crossing


def _too_large(outlook: ProjectionInput, horizon: Floats, scenarios: Scenarios, ahead: Mapping[str, Floats]) -> Flags:
    """Where a double does not hold a figure, which counts as a division by something too small."""
    is_ahead = ~np.isnan(horizon)
    no_change = ~np.isnan(outlook.base) & np.isnan(scenarios.at_change)
    no_growth = ~np.isnan(outlook.growth) & np.isnan(scenarios.at_growth)
    figures = np.stack([ahead["projected"], ahead["low"], ahead["high"]])
    no_figure = (outlook.fitted.n >= 3) & ~outlook.on_a_bound & np.isnan(figures).any(axis=0)
    return np.asarray(is_ahead & (no_change | no_growth | no_figure))
