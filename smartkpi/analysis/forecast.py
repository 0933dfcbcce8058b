"""Projection of short annual series: random walk with or without drift, and Student-t intervals.

Pure formulas on columns. Series lie one after the other in flat columns `year` and `value`, sorted by year, and
`start` and `stop` say which part of them each series is. What a figure needs and a series does not have is NaN.

References
----------
Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd edition, sections 5.2 and 5.5 (naive and drift
method, their prediction intervals), as computed by R's fable, file R/lagwalk.R. Student's t in place of the normal
distribution, and half of the drift, are for series of 3 to 8 points; docs/methods.md has the simulation and the
back-test behind both.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from smartkpi.analysis import student_t
from smartkpi.analysis.progress import finite, met

Floats = NDArray[np.float64]
Ints = NDArray[np.integer[Any]]

DRIFT_FROM = 5
"""Observations from which on a series is given a drift; with fewer, its last value stays."""
DRIFT_SHARE = 0.5
"""Share of the mean annual change that carries on."""

_ROUNDING = 16 * np.finfo(np.float64).eps
"""Relative; 0.1, 0.2, 0.3 rise by amounts that differ by this little, and are a straight line all the same."""


class Method(IntEnum):
    """How a series is projected, by its number of observations."""

    NONE = 0
    RANDOM_WALK = 1
    DRIFT = 2


class Fit(NamedTuple):
    """What the observations of each series say, one entry per series."""

    n: Ints
    """Observations."""
    last_year: Floats
    last_value: Floats
    span: Floats
    """Years from the first observation to the last."""
    mean_change: Floats
    """Per year, from the first observation to the last; NaN below two."""
    scale: Floats
    """Standard deviation of a year's change, about 0 or about the mean change by `method`; NaN below three."""
    df: Ints
    """Degrees of freedom of `scale`, 0 where there is none."""
    method: NDArray[np.int8]
    """Codes of `Method`."""


class Forecast(NamedTuple):
    """Where each series is expected, one entry per series; NaN where it is not projected."""

    central: Floats
    low: Floats
    high: Floats
    se: Floats
    """Standard error of the outcome about `central`; 0 for a series without scatter."""
    df: Ints


def fit(year: NDArray[np.number], value: Floats, start: Ints, stop: Ints, drift_from: int = DRIFT_FROM) -> Fit:
    """Estimate mean change and scatter of the changes of each series.

    Parameters
    ----------
    year, value : arrays of length N
        Observations, series after series, in order of years.
    start, stop : int arrays of length S
        Series i is ``value[start[i]:stop[i]]``; observations outside all series are allowed.
    drift_from : int
        Observations from which on a series is a random walk with drift; without drift from 3.

    Returns
    -------
    Fit
        With g the years between neighbours, m the mean change and n observations, the square of `scale` is
        sum(change^2 / g) / (n - 1) without drift and sum((change - g m)^2 / g) / (n - 2) with it. A value of
        infinity, a bound on the logit scale, leaves its series without `scale`.

    Examples
    --------
    >>> year, value = np.arange(2019, 2024), np.array([53.9, 54.2, 55.6, 57.0, 57.9])
    >>> result = fit(year, value, np.array([0]), np.array([5]))
    >>> result.mean_change.round(4).tolist(), result.scale.round(4).tolist(), result.df.tolist()
    ([1.0], [0.5228], [3])
    """
    n = stop - start
    first_year, first_value = _pick(year, start, n > 0), _pick(value, start, n > 0)
    last_year, last_value = _pick(year, stop - 1, n > 0), _pick(value, stop - 1, n > 0)
    span = last_year - first_year
    method = np.select([n < 3, n < drift_from], [Method.NONE, Method.RANDOM_WALK], Method.DRIFT).astype(np.int8)
    df = np.choose(method, [np.zeros_like(n), n - 1, n - 2])
    with np.errstate(invalid="ignore", over="ignore"):
        mean_change = np.divide(last_value - first_value, span, out=np.full(len(n), np.nan), where=n > 1)
        scale = _scale(year, value, start, n, np.where(method == Method.DRIFT, mean_change, 0.0), df)
    return Fit(n, last_year, last_value, span, mean_change, scale, df, method)


def forecast(fitted: Fit, horizon: ArrayLike, interval: float = 80.0, share: float = DRIFT_SHARE) -> Forecast:
    """Project each series and give the interval that holds the outcome with the probability asked for.

    Parameters
    ----------
    fitted : Fit
        Of S series.
    horizon : number or array of length S
        Years ahead of the last observation; not projected where it is not more than 0.
    interval : float
        Probability of the interval, in percent, between 0 and 100.
    share : float
        Of the mean change that carries on; 1 is the full drift.

    Returns
    -------
    Forecast
        The last value with se = s sqrt(h), or with drift last + share h m with se = s sqrt(h (1 + h/L)).

    Raises
    ------
    ValueError
        If `interval` is not between 0 and 100.

    Examples
    --------
    >>> year, value = np.arange(2019, 2024), np.array([53.9, 54.2, 55.6, 57.0, 57.9])
    >>> ahead = forecast(fit(year, value, np.array([0]), np.array([5])), 3)
    >>> [float(each[0].round(2)) for each in (ahead.central, ahead.low, ahead.high)]
    [59.4, 57.44, 61.36]
    """
    if not 0 < interval < 100:
        raise ValueError(f"an interval between 0 and 100 % is needed, not {interval}")
    years = np.broadcast_to(np.asarray(horizon, dtype=np.float64), fitted.n.shape)
    middle = central(fitted, years, share)
    with np.errstate(all="ignore"):
        spread = years * (1 + np.where(fitted.method == Method.DRIFT, years / fitted.span, 0.0))
        se = finite(np.where(np.isnan(middle), np.nan, fitted.scale * np.sqrt(spread)))
        margin = -student_t.quantile((100 - interval) / 200, fitted.df) * se
        return Forecast(middle, finite(middle - margin), finite(middle + margin), se, fitted.df)


def central(fitted: Fit, horizon: ArrayLike, share: float = DRIFT_SHARE) -> Floats:
    """Give the value each series is expected to have, without its interval.

    Parameters
    ----------
    fitted, horizon, share
        As of `forecast`.

    Returns
    -------
    array of length S
        NaN where the series is not projected.
    """
    years = np.broadcast_to(np.asarray(horizon, dtype=np.float64), fitted.n.shape)
    with np.errstate(all="ignore"):
        rise = np.where(fitted.method == Method.DRIFT, share * years * fitted.mean_change, 0.0)
        projected = (years > 0) & np.isfinite(fitted.scale)
        return finite(np.where(projected, _sum_without_noise(fitted.last_value, rise), np.nan))


def probability(ahead: Forecast, target: Floats, sign: Floats) -> Floats:
    """Give the probability of meeting the target, from the distribution that the interval comes from.

    Parameters
    ----------
    ahead : Forecast
        Of S series.
    target : array of length S
        On the scale of the forecast.
    sign : array of length S
        +1 where more is better, -1 where less is.

    Returns
    -------
    array of length S
        From 0 to 1; without scatter either of them, by whether the central figure meets the target.
    """
    distance = sign * (ahead.central - target)
    with np.errstate(over="ignore"):
        t = np.divide(distance, ahead.se, out=np.full(distance.shape, np.nan), where=ahead.se > 0)
    # No finite figure meets an infinite target, a bound on the logit scale, whatever the tolerance of `met`.
    certain = np.where(np.isinf(target), distance > 0, met(ahead.central, target, sign))
    return np.where(np.isnan(distance), np.nan, np.where(ahead.se == 0, certain, student_t.cdf(t, ahead.df)))


def _pick(column: NDArray[np.number], place: Ints, there: NDArray[np.bool_]) -> Floats:
    picked = np.full(len(place), np.nan)
    picked[there] = column[place[there]]
    return picked


def _scale(year: NDArray[np.number], value: Floats, start: Ints, n: Ints, mean_change: Floats, df: Ints) -> Floats:
    """Take the root of the mean square of what the changes differ by from `mean_change` a year, per year of gap."""
    steps = np.maximum(n - 1, 0)
    series = np.repeat(np.arange(len(n)), steps)
    before = np.arange(len(series)) + np.repeat(start - (np.cumsum(steps) - steps), steps)
    gap = (year[before + 1] - year[before]).astype(np.float64)
    residual = value[before + 1] - value[before] - gap * mean_change[series]
    size = np.maximum(np.abs(value[before]), np.abs(value[before + 1]))
    largest, largest_value = _largest(np.abs(residual), series, len(n)), _largest(size, series, len(n))
    # Squares of residuals in units of the largest one neither overflow nor vanish.
    unit = np.where(largest > 0, largest, 1.0)
    squares = np.bincount(series, (residual / unit[series]) ** 2 / gap, len(n))
    scale = unit * np.sqrt(np.divide(squares, df, out=np.full(len(n), np.nan), where=df > 0))
    straight = (largest <= _ROUNDING * largest_value) & np.isfinite(largest_value) & (df > 0)
    return np.where(straight, 0.0, scale)


def _largest(size: Floats, series: Ints, count: int) -> Floats:
    found = np.zeros(count)
    np.maximum.at(found, series, size)
    return found


def _sum_without_noise(last: Floats, rise: Floats) -> Floats:
    """Add; a sum that cancels but for rounding is 0, so that a straight line down to 0 arrives there."""
    total = last + rise
    noise = np.abs(total) <= _ROUNDING * (np.abs(last) + np.abs(rise))
    return np.where(noise, 0.0, total)
