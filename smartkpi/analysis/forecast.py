"""The one formula of projection: half of the mean change goes on, with a Student-t interval of the changes about zero.

Pure formulas on columns. Series lie one after the other in flat columns `year` and `value`, sorted by year, and
`start` and `stop` say which part of them each series is. What a figure needs and a series does not have is NaN.

References
----------
Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd edition, sections 5.2 and 5.5 (naive and drift
method, their prediction intervals). Half of the drift: Hyndman & Billah, Unmasking the Theta method, International
Journal of Forecasting 19 (2003). docs/methods.md has the coverage, simulated and of published series.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from smartkpi.analysis import student_t
from smartkpi.analysis.formulas import finite
from smartkpi.analysis.series import by_step
from smartkpi.model.arrays import Flags, Floats

Ints = NDArray[np.integer[Any]]

LEAST_OBSERVATIONS = 3
"""Fewer have no central figure."""
DRIFT_SHARE = 0.5
"""Share of the mean annual change that goes on."""

_TOGETHER = 1 << 11
"""Series of which all changes are worked out at a time."""
_LEAST_SQUARED, _MOST_SQUARED = 1e-100, 1e100
"""Changes between which a sum of squares is exact enough."""
_ROUNDING = 16 * np.finfo(np.float64).eps
"""Relative; values that differ by this little are the same."""


class Fit(NamedTuple):
    """What the observations of each series say, one entry per series."""

    n: Ints
    """Observations."""
    last_value: Floats
    mean_change: Floats
    """Per year, from the first observation to the last; NaN below three observations."""
    scatter: Floats
    """Standard deviation of a year's change about zero, 0 where all values are equal; NaN below three observations."""

    @property
    def df(self) -> Ints:
        """Degrees of freedom of `scatter`."""
        return np.maximum(self.n - 1, 0)

    @property
    def constant(self) -> Flags:
        """Where all values are equal, so that nothing says how far off a projection may be."""
        return np.asarray(self.scatter == 0)


class Forecast(NamedTuple):
    """Where each series is expected, one entry per series; NaN where it is not projected."""

    central: Floats
    low: Floats
    high: Floats
    se: Floats
    """Standard error of the outcome about `central`."""
    df: Ints


def fit(year: NDArray[np.number], value: Floats, start: Ints, stop: Ints) -> Fit:
    """Estimate mean change and scatter of the changes of each series.

    Parameters
    ----------
    year, value : arrays of length N
        Observations, series after series, in order of years.
    start, stop : int arrays of length S
        Series i is ``value[start[i]:stop[i]]``; observations outside all series are allowed.

    Returns
    -------
    Fit
        With d the changes between neighbours and g the years between them, the square of `scatter` is
        sum(d^2 / g) / (n - 1): about zero and not about the mean change, since the drift itself is uncertain.

    Examples
    --------
    >>> year, value = np.arange(2018, 2023), np.array([53.9, 54.2, 55.6, 57.0, 57.9])
    >>> result = fit(year, value, np.array([0]), np.array([5]))
    >>> result.mean_change.round(4).tolist(), result.scatter.round(4).tolist(), result.df.tolist()
    ([1.0], [1.0977], [4])
    """
    n = stop - start
    enough = n >= LEAST_OBSERVATIONS
    last = _pick(value, stop - 1, n > 0)
    with np.errstate(all="ignore"):
        rise = last - _pick(value, start, enough)
        mean_change = rise / (_pick(year, stop - 1, enough) - _pick(year, start, enough))
        scatter = np.where(enough, _scatter(year, value, start, n), np.nan)
    return Fit(n, last, mean_change, scatter)


def forecast(fitted: Fit, horizon: ArrayLike, interval: float = 80.0) -> Forecast:
    """Project each series and give the interval that holds the outcome with the probability asked for.

    Parameters
    ----------
    fitted : Fit
        Of S series.
    horizon : number or array of length S
        Years ahead of the last observation; not projected where it is not more than 0.
    interval : float
        Probability of the interval, in percent, between 0 and 100.

    Returns
    -------
    Forecast
        The last value and half of the mean change a year, with se = scatter sqrt(h) and Student's t on n - 1 degrees.
        No interval where all values are equal.

    Raises
    ------
    ValueError
        If `interval` is not between 0 and 100.

    Examples
    --------
    >>> year, value = np.arange(2018, 2023), np.array([53.9, 54.2, 55.6, 57.0, 57.9])
    >>> ahead = forecast(fit(year, value, np.array([0]), np.array([5])), 3)
    >>> [float(each[0].round(2)) for each in (ahead.central, ahead.low, ahead.high)]
    [59.4, 56.48, 62.32]
    """
    if not 0 < interval < 100:
        raise ValueError(f"an interval between 0 and 100 % is needed, not {interval}")
    years = np.broadcast_to(np.asarray(horizon, dtype=np.float64), fitted.n.shape)
    middle = central(fitted, years)
    with np.errstate(all="ignore"):
        scatter = np.where(np.isnan(middle) | fitted.constant, np.nan, fitted.scatter)
        se = finite(scatter * np.sqrt(years))
        margin = -student_t.quantile((100 - interval) / 200, fitted.df) * se
        return Forecast(middle, finite(middle - margin), finite(middle + margin), se, fitted.df)


def central(fitted: Fit, horizon: ArrayLike) -> Floats:
    """Return the value each series is expected to have so many years ahead; NaN where it is not projected."""
    years = np.broadcast_to(np.asarray(horizon, dtype=np.float64), fitted.n.shape)
    with np.errstate(all="ignore"):
        # Where all values are equal the mean change is that of their last digits.
        rise = np.where(fitted.constant, 0.0, DRIFT_SHARE * years * fitted.mean_change)
        projected = (years > 0) & np.isfinite(fitted.scatter)
        return finite(np.where(projected, _sum_without_noise(fitted.last_value, rise), np.nan))


def probability(ahead: Forecast, target: Floats, sign: Floats) -> Floats:
    """Return the probability of meeting the target, from the distribution that the interval comes from.

    Parameters
    ----------
    ahead : Forecast
        Of S series.
    target : array of length S
    sign : array of length S
        +1 where more is better, -1 where less is.
    """
    with np.errstate(all="ignore"):
        return student_t.cdf(sign * (ahead.central - target) / ahead.se, ahead.df)


def _pick(column: NDArray[np.number], place: Ints, there: Flags) -> Floats:
    if there.all():
        return column[place].astype(np.float64, copy=False)
    picked = np.full(len(place), np.nan)
    picked[there] = column[place[there]]
    return picked


def _scatter(year: NDArray[np.number], value: Floats, start: Ints, n: Ints) -> Floats:
    """Take the root of the mean square of the changes, per year of gap."""
    years, values = (by_step(each, start, start + n) for each in (year, value))
    if years is not None and values is not None and len(values) > 1:
        return _even_scatter(years, values)
    largest, largest_value, squares = np.zeros((3, len(n)))
    steps: list[tuple[Ints | slice, Floats, Floats]] = []
    # From the first to the second observation of all series, then from the second to the third, and so on.
    rows: Ints | slice = np.flatnonzero(n > 1)
    place = start[rows]
    before, year_before = value[place], year[place]
    largest_value[rows] = np.abs(before)
    for step in range(1, int(n.max(initial=0))):
        going_on = n[rows] > step
        if not going_on.all():
            rows = np.flatnonzero(n > step)
            place, before, year_before = place[going_on], before[going_on], year_before[going_on]
        elif len(place) == len(n):
            rows = slice(None)
        place = place + 1
        after, year_after = value[place], year[place]
        change = after - before
        largest[rows] = np.maximum(largest[rows], np.abs(change))
        largest_value[rows] = np.maximum(largest_value[rows], np.abs(after))
        steps.append((rows, change, (year_after - year_before).astype(np.float64)))
        before, year_before = after, year_after
    unit = _unit(largest)
    for rows, change, gap in steps:
        squares[rows] += (change / unit[rows]) ** 2 / gap
    return _root(largest, largest_value, unit, squares / (n - 1))


def _even_scatter(year: NDArray[np.number], value: Floats) -> Floats:
    """Take the same of series of one length, in rows: all first values, all second values, and so on."""
    rows, series = value.shape
    has_gaps = (year[-1] - year[0] != rows - 1).any()  # no two are of one year
    largest, unit, squares = np.empty((3, series))
    largest_value = np.zeros(series)
    # In parts that fit the processor's first cache.
    for first in range(0, series, _TOGETHER):
        part = slice(first, first + _TOGETHER)
        each = np.ascontiguousarray(value[:, part])
        change = each[1:] - each[:-1]
        largest[part] = np.abs(change).max(axis=0)
        # No value is farther from the first one than all changes together: mostly that is enough to know.
        if (largest[part] <= 2 * _ROUNDING * (np.abs(each[0]) + rows * largest[part])).any():
            largest_value[part] = np.abs(each).max(axis=0)
        unit[part] = _unit(largest[part])
        if (unit[part] != 1).any():
            change /= unit[part]
        change *= change
        if has_gaps:
            change /= (year[1:, part] - year[:-1, part]).astype(np.float64)
        squares[part] = change[0]
        for following in change[1:]:  # not sum(), which adds in another order where there is one series alone
            squares[part] += following
    return _root(largest, largest_value, unit, squares / (rows - 1))


def _unit(largest: Floats) -> Floats:
    """Return the unit of changes: squares of them in it neither overflow nor vanish."""
    as_they_are = (largest == 0) | (largest >= _LEAST_SQUARED) & (largest <= _MOST_SQUARED)
    return np.where(as_they_are, 1.0, largest)


def _root(largest: Floats, largest_value: Floats, unit: Floats, mean: Floats) -> Floats:
    """Return the root of a mean square, 0 where no change is more than rounding."""
    return np.where(largest <= _ROUNDING * largest_value, 0.0, unit * np.sqrt(mean))


def _sum_without_noise(last: Floats, rise: Floats) -> Floats:
    """Add; a sum that cancels but for rounding is 0, so that a straight line down to 0 arrives there."""
    total = last + rise
    noise = np.abs(total) <= _ROUNDING * (np.abs(last) + np.abs(rise))
    return np.where(noise, 0.0, total)
