"""Student's t distribution for whole degrees of freedom: probabilities, tails and quantiles, without scipy.

Everything is built on the density f and on two expansions with positive terms only, so that neither the middle nor
the far tail loses digits. With y = t^2 / (df + t^2):

    area from 0 to t = t f(t) 2F1(1, (df + 1)/2; 3/2; y)                     near the middle
    area beyond t    = (t/df + 1/t) f(t) / (1 + u1 v/(1 + u2 v/(1 + ...)))   in the tail, v = df / t^2

The finite sums of Abramowitz & Stegun 26.7.3 and 26.7.4 give the same areas, but only as a difference from 1 in the
tail and with df/2 terms; the tests hold this module against them. Against 60-digit arithmetic the relative error is
below 1e-13 for probabilities down to 1e-30 and below 1e-12 down to 1e-300, for 1 to 1e9 degrees of freedom.

References
----------
NIST Digital Library of Mathematical Functions, https://dlmf.nist.gov: 8.17.E8 (first expansion), 15.7 (Gauss's
continued fraction, second expansion), 5.11.E14 (ratio of two gamma functions).
Abramowitz & Stegun, Handbook of Mathematical Functions, 1970, page 948.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

_GAMMA_RATIOS: Floats = np.array([math.gamma(k / 2 + 0.5) / math.gamma(k / 2) for k in range(1, 301)])
_LEAST_PROBABILITY = 1e-301
_MOST_TERMS = 80  # 55 suffice where the series is used
_LEVELS = ((1, 10, 40), (11, math.inf, 100))  # from df, to df: levels of the continued fraction that suffice
_NEWTON_STEPS = 100  # never reached: about 20 for a probability of 1e-300
_STEP_OF_ROUNDING = 4 * np.finfo(np.float64).eps


def cdf(t: ArrayLike, df: ArrayLike) -> Floats:
    """Give P(T <= t), with all its digits in the lower tail; infinities are allowed, and NaN is given for df < 1.

    Examples
    --------
    >>> cdf([0, 1], 1).tolist()
    [0.5, 0.75]
    """
    return survival(np.negative(t), df)


def survival(t: ArrayLike, df: ArrayLike) -> Floats:
    """Give P(T > t), with all its digits in the upper tail; infinities are allowed, and NaN is given for df < 1.

    Examples
    --------
    >>> f"{float(survival(1e9, 2)):.6g}"  # 1/(2 t^2) far out
    '5e-19'
    """
    values, degrees = np.broadcast_arrays(np.asarray(t, dtype=float), np.asarray(df, dtype=float))
    with np.errstate(under="ignore"):
        beyond = np.exp(_log_tail(np.abs(values), degrees))
    return np.where(values < 0, 1 - beyond, beyond)


def quantile(p: float, df: ArrayLike) -> Floats:
    """Give the value that T stays below with probability p, for each df, and NaN for df < 1.

    Examples
    --------
    >>> quantile(0.9, [1, 2, 3]).round(3).tolist()
    [3.078, 1.886, 1.638]
    """
    if not _LEAST_PROBABILITY < p < 1:
        raise ValueError(f"a probability between {_LEAST_PROBABILITY} and 1 is needed, not {p}")
    degrees = np.asarray(df)
    if degrees.size and (degrees == degrees.flat[0]).all():  # no need to sort them
        distinct, place = degrees.ravel()[:1], np.zeros(degrees.size, dtype=np.intp)
    else:
        distinct, place = np.unique(degrees, return_inverse=True)
    upper = _upper_quantile(min(p, 1 - p), tuple(np.maximum(distinct, 1).tolist()))
    upper = np.where(distinct < 1, np.nan, upper)
    return np.copysign(upper, p - 0.5)[place].reshape(degrees.shape)


@lru_cache(maxsize=100)  # each year and each rule asks for the same ones again
def _upper_quantile(q: float, degrees: tuple[float, ...]) -> Floats:
    """Find the t > 0 with probability q beyond it, by Newton's method on log q against log t.

    The slope there, -t f(t)/q, falls as t grows: t f(t)/q is the inverse of the integral over w > 1 of
    ((df + t^2)/(df + t^2 w^2))^((df + 1)/2), which shrinks with t. From the right the steps therefore shrink towards
    the root and never pass it, and df = 1 (Cauchy), whose quantile is known, lies to the right of every other df.
    """
    df = np.array(degrees, dtype=float)
    if q == 0.5:
        return np.zeros(df.shape)
    t = np.full(df.shape, 1 / math.tan(math.pi * q))
    going = np.full(df.shape, True)
    for _ in range(_NEWTON_STEPS):
        log_tail = _log_tail(t, df)
        step = (log_tail - math.log(q)) / np.exp(np.log(t) + _log_density(t, df) - log_tail)
        t = np.where(going, t * np.exp(step), t)
        going &= step < -_STEP_OF_ROUNDING
        if not going.any():
            break
    return t


def _log_tail(t: Floats, df: Floats) -> Floats:
    """Give log P(T > t) for t >= 0 and df broadcast to one shape."""
    known = df >= 1
    result = np.where(known & np.isinf(t), -np.inf, np.nan)
    with np.errstate(over="ignore"):
        middle = t * t < 4 * df / (df + 3)  # t < 1 for df = 1, t < 2 for a great df
    near = known & middle
    result[near] = np.log(0.5 - _area_from_middle(t[near], df[near]))
    for least, most, levels in _LEVELS:  # by df and not by the largest df around, so that no series changes another's
        far = (df >= least) & (df <= most) & ~middle & np.isfinite(t)
        if far.any():
            result[far] = _log_area_beyond(t[far], df[far], levels)
    return result


def _area_from_middle(t: Floats, df: Floats) -> Floats:
    """Sum the series for P(0 < T < t)."""
    y = t * t / (df + t * t)
    term = np.ones(t.shape)
    total = np.ones(t.shape)
    for k in range(_MOST_TERMS):
        term = term * y * ((df + 1) / 2 + k) / (1.5 + k)
        total += term
        if np.all(term <= total * np.finfo(float).eps / 4):
            break
    return t * np.exp(_log_density(t, df)) * total


def _log_area_beyond(t: Floats, df: Floats, levels: int) -> Floats:
    """Evaluate the continued fraction for log P(T > t), from its far end."""
    a = df / 2
    v = df / t / t
    fraction: Floats = np.ones(t.shape)
    for n in range(levels // 2, 0, -1):
        fraction = 1 + (n + 0.5) * (a + n) / ((a + 2 * n) * (a + 2 * n + 1)) * v / fraction
        fraction = 1 + n * (a - 0.5 + n) / ((a + 2 * n - 1) * (a + 2 * n)) * v / fraction
    fraction = 1 + v / (df + 2) / fraction
    return _log_density(t, df) + np.log(t / df + 1 / t) - np.log(fraction)


def _log_density(t: Floats, df: Floats) -> Floats:
    """Give the logarithm of the density of Student's t."""
    with np.errstate(divide="ignore"):
        log_square = 2 * np.log(t / np.sqrt(df))  # t^2 / df would overflow far out
    log_density: Floats = np.log(_gamma_ratio(df) / np.sqrt(np.pi * df)) - (df + 1) / 2 * np.logaddexp(0, log_square)
    return log_density


def _gamma_ratio(df: Floats) -> Floats:
    """Give gamma((df + 1)/2) / gamma(df/2); beyond the table by DLMF 5.11.E14, whose next term is 1e-16 there."""
    last = len(_GAMMA_RATIOS)
    w = df / 2 - 0.25
    expansion = np.sqrt(w) * (1 + 1 / (64 * w**2) - 19 / (8192 * w**4))
    ratio: Floats = np.where(df <= last, _GAMMA_RATIOS[np.minimum(df, last).astype(np.int64) - 1], expansion)
    return ratio
