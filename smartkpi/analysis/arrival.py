"""The year in which a series reaches its target."""

from __future__ import annotations

import numpy as np

from smartkpi.analysis import forecast
from smartkpi.analysis.outlook import ProjectionInput
from smartkpi.analysis.progress import TOLERANCE, met
from smartkpi.analysis.series import Panel, take
from smartkpi.model.arrays import Flags, Floats

FURTHEST = 50
"""Years ahead within which a target is looked for."""


def reached_in(panel: Panel, outlook: ProjectionInput) -> Floats:
    """Return the year in which each series reaches its target.

    Parameters
    ----------
    panel, outlook
        Series, and what their observations say.

    Returns
    -------
    float array
        Where the latest observation meets the target, the year of the first one of the unbroken run that met it.
        Else the first whole year after the latest observation, at most 50 ahead, in which the central figure, or with
        two observations the observed change, meets it. NaN where that is never.
    """
    return np.where(outlook.is_met, _first_met(panel, outlook), outlook.year + _years_to_go(outlook))


def _first_met(panel: Panel, outlook: ProjectionInput) -> Floats:
    """Year of the first observation of the unbroken run that met the target."""
    of = panel.series
    is_met = met(panel.value, outlook.goal.target[of], outlook.goal.sign[of])
    none = len(is_met)
    places = np.where(is_met, np.arange(none), none)
    first = np.append(np.minimum.accumulate(places[::-1])[::-1], none)[outlook.seen.unbroken]
    return take(panel.year, np.where(outlook.is_met, first, -1))


def _years_to_go(outlook: ProjectionInput) -> Floats:
    """First year ahead that meets the target: a line is followed to it, and the years around it are tried.

    The line says where to look and the figure itself decides, so that this column and `projected` never disagree.
    """
    guess = _years_on_the_line(outlook)
    years = np.full(guess.shape, np.nan)
    for offset in (1, 0, -1):
        tried = np.clip(guess + offset, 1, FURTHEST)
        years = np.where(_meets_after(outlook, tried), tried, years)
    return years


def _years_on_the_line(outlook: ProjectionInput) -> Floats:
    goal, fitted = outlook.goal, outlook.fitted
    just_met = goal.target - goal.sign * TOLERANCE * np.abs(goal.target)
    by_change, drifting = fitted.n == 2, fitted.method == forecast.Method.DRIFT
    start = np.where(by_change, outlook.actual, fitted.last_value)
    end = np.where(by_change, just_met, outlook.scale.of(just_met))
    step = np.where(by_change, outlook.change, np.where(drifting, forecast.DRIFT_SHARE * fitted.mean_change, np.nan))
    return np.asarray(np.ceil((end - start) / step))


def _meets_after(outlook: ProjectionInput, years: Floats) -> Flags:
    by_change = met(outlook.actual + years * outlook.change, outlook.goal.target, outlook.goal.sign)
    return np.where(outlook.fitted.n == 2, by_change, outlook.meets(outlook.central(years)))
