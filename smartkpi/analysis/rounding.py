"""Computed figures without the dust of binary arithmetic: 2.88, not 2.879999999999999."""

from __future__ import annotations

import numpy as np

from smartkpi.model.arrays import Floats

DIGITS = 15
"""Significant digits that every double holds."""
_POWERS: Floats = 10.0 ** np.arange(23, dtype=np.float64)
"""The powers of ten that are doubles without error."""
_SPLIT = float(2**27 + 1)
_ERROR = 1.2e-16
"""A little more than a product may be off, relatively: only so close to a half it can be rounded the wrong way."""


def significant(values: Floats) -> Floats:
    """Return values rounded to 15 significant digits.

    Parameters
    ----------
    values
        Any length; NaN and infinities stay.

    Returns
    -------
    array
        Same length: the double that is nearest to the decimal number with 15 digits, as ``float(f"{value:.15g}")``; a
        value that this would make infinite stays.

    References
    ----------
    T. J. Dekker, "A floating-point technique for extending the available precision", Numerische Mathematik 18 (1971):
    the error of a product, which decides where a scaled value lies close to a half.

    Examples
    --------
    >>> significant(np.array([2.879999999999999, 0.09999999999999994, -1e300 / 3])).tolist()
    [2.88, 0.0999999999999999, -3.33333333333333e+299]
    """
    if np.isnan(values).all():
        return values
    with np.errstate(all="ignore"):
        power = _power(_places(np.abs(values)))
        scaled = values * power
        rounded = np.rint(scaled)
        off = np.abs(scaled - rounded)
        size = np.abs(scaled, out=scaled)
        # The logarithm of a value just below a power of ten may be that of the power; others have no power here.
        simple = (size >= 10.0 ** (DIGITS - 1)) & (size < 10.0**DIGITS)
        size *= -_ERROR
        size += 0.5
        doubtful = np.flatnonzero(off >= size)
        if len(doubtful):
            rounded[doubtful] = _nearest_whole(values[doubtful], power[doubtful])
        rounded /= power
    if simple.all():
        return rounded
    result = np.where(simple, rounded, values)
    for row in np.flatnonzero(~simple & np.isfinite(values) & (values != 0)).tolist():
        near = float(f"{values[row]:.{DIGITS}g}")
        # Of the largest doubles, those that would be rounded up beyond all doubles stay.
        result[row] = near if np.isfinite(near) else values[row]
    return result


def difference(end: Floats, start: Floats) -> Floats:
    """Return `end` less `start`, in 15 digits of the larger one, so that 6.5 - 6.2 is 0.3 and not 0.2999999999999998.

    Parameters
    ----------
    end, start
        Of one shape.

    Examples
    --------
    >>> difference(np.array([6.5, 80.0, 1e300]), np.array([6.2, 74.1, -1e300])).tolist()
    [0.3, 5.9, 2e+300]
    """
    with np.errstate(all="ignore"):
        found: Floats = np.asarray(end - start)
        places = _places(np.maximum(np.abs(end), np.abs(start)))
        power = _power(places)
        return np.where((places >= 0) & (places < len(_POWERS)), np.rint(found * power) / power, found)


def _places(size: Floats) -> Floats:
    """Return how many decimals sizes have in 15 digits."""
    return np.asarray(DIGITS - 1 - np.floor(np.log10(size)))


def _power(places: Floats) -> Floats:
    """Return the powers of ten; any where there is none."""
    return _POWERS.take(places.astype(np.intp), mode="clip")


def _product_error(left: Floats, right: Floats, product: Floats) -> Floats:
    """Return what the rounded product of two columns lacks of the exact one."""
    left_high, left_low = _halves(left)
    right_high, right_low = _halves(right)
    return ((left_high * right_high - product) + left_high * right_low + left_low * right_high) + left_low * right_low


def _halves(values: Floats) -> tuple[Floats, Floats]:
    high = values * _SPLIT
    high = high - (high - values)
    return high, values - high


def _nearest_whole(values: Floats, power: Floats) -> Floats:
    """Return the whole number nearest to a product, an even one at a half, as decimal rounding of Python does."""
    scaled = values * power
    low = np.floor(scaled)
    fraction = (scaled - low) - 0.5
    exact = fraction + _product_error(values, power, scaled)
    nearest: Floats = low + (exact > 0)
    halves = np.flatnonzero(exact == 0)
    nearest[halves] += np.mod(low[halves], 2)
    return nearest
