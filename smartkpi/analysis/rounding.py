"""Computed figures without the dust of binary arithmetic: 2.88, not 2.879999999999999."""

from __future__ import annotations

import numpy as np

from smartkpi.model.arrays import Floats

DIGITS = 15
"""Significant digits that every double holds."""
_POWERS: Floats = 10.0 ** np.arange(23, dtype=np.float64)
"""The powers of ten that are doubles without error."""
_FROM, _BELOW = 1e-8, 1e15
"""Sizes that one of these powers makes a whole number of 15 digits."""
_SMALLEST = 1e-300
"""For logarithms; that of 0 takes numpy ten times as long."""
_WHOLE = DIGITS - 1e-14
"""Less the logarithm of a size, cut to a whole number: the decimals that it has in 15 digits."""
_SPLIT = float(2**27 + 1)


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
    if np.isnan(values[:1]).all() and np.isnan(values).all():
        return values
    with np.errstate(all="ignore"):
        power = _power(np.abs(values))
        scaled = values * power
        rounded = np.rint(scaled)
        # A product is the double that is nearest to the exact one, and below 2 ** 52 those include all halves: only at
        # a half the exact one may lie on either side of it.
        doubtful = np.flatnonzero(np.abs(scaled - rounded) == 0.5)
        if len(doubtful):
            rounded[doubtful] = _nearest_whole(values[doubtful], power[doubtful])
        rounded /= power
        # The largest and the least values have no power here, and those just below a power of ten that of the next.
        size = np.abs(scaled, out=scaled)
        others = np.flatnonzero((size >= _BELOW) | ((size < 10.0 ** (DIGITS - 1)) & (size > 0)))
    for row in others.tolist():
        near = float(f"{values[row]:.{DIGITS}g}")
        # Of the largest doubles, those that would be rounded up beyond all doubles stay.
        rounded[row] = near if np.isfinite(near) else values[row]
    return rounded


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
        size = np.abs(end)
        np.maximum(size, np.abs(start), out=size)
        has_power = (size >= _FROM) & (size < _BELOW)
        power = _power(size)
        # Just below a power of ten it may be that of the power, which leaves a digit out.
        size *= power
        too_small = (size < _BELOW / 10) & has_power
        if too_small.any():
            power[too_small] *= 10
        cleaned = found * power
        np.rint(cleaned, out=cleaned)
        cleaned /= power
        return cleaned if has_power.all() else np.where(has_power, cleaned, found)


def _power(size: Floats) -> Floats:
    """Return for each size the power of ten that makes it a whole number of 15 digits; any where there is none."""
    places = np.maximum(size, _SMALLEST)  # the logarithm of 0 takes ten times as long
    np.log10(places, out=places)
    np.subtract(_WHOLE, places, out=places)
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
    """Return the whole number nearest to a product that is a half, an even one where it is exactly that."""
    scaled = values * power
    error = _product_error(values, power, scaled)
    return np.where(error == 0, np.rint(scaled), np.floor(scaled) + (error > 0))
