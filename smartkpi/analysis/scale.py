"""The scale that a series is projected on: its own, or the logit between its bounds."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from smartkpi.analysis.progress import TOLERANCE, same
from smartkpi.model.arrays import Flags, Floats


class Scale(NamedTuple):
    """Bounds of each series; NaN where it has none and is projected as it stands."""

    low: Floats
    high: Floats

    @property
    def bounded(self) -> Flags:
        """Which series have bounds."""
        return ~np.isnan(self.low)

    def of(self, value: Floats) -> Floats:
        """Return the values on the scale; a bound, within the tolerance of `same`, becomes an infinity."""
        if not self.bounded.any():
            return value
        logit = to_logit(value, self.low, self.high)
        at_high, at_low = same(value, self.high), same(value, self.low)
        return np.where(self.bounded, np.select([at_high, at_low], [np.inf, -np.inf], logit), value)

    def back(self, z: Floats) -> Floats:
        """Return what stands on the scale as values, never outside the bounds."""
        return np.where(self.bounded, from_logit(z, self.low, self.high), z) if self.bounded.any() else z

    def cut(self, value: Floats) -> tuple[Floats, Flags]:
        """Return the values cut at the bounds, and which of them lay outside by more than rounding."""
        inside = np.where(np.isnan(value), np.nan, np.fmax(np.fmin(value, self.high), self.low))
        return inside, np.abs(inside - value) > TOLERANCE * (self.high - self.low)

    def repeated(self, series: NDArray[np.integer[Any]]) -> Scale:
        """Return the scale with one entry per observation, given the series of each."""
        return Scale(self.low[series], self.high[series])


def to_logit(value: Floats, low: Floats, high: Floats) -> Floats:
    """Map values between two bounds to the whole line; a bound itself becomes an infinity, beyond it NaN.

    Parameters
    ----------
    value, low, high
        In one unit.

    References
    ----------
    Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd edition, section 13.3 (scaled logit): the ends
    of an interval are mapped back as they are and keep their probability.

    Examples
    --------
    >>> to_logit(np.array([0.0, 50.0, 100.0]), np.array(0.0), np.array(100.0)).tolist()
    [-inf, 0.0, inf]
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.log(value - low) - np.log(high - value))


def from_logit(z: Floats, low: Floats, high: Floats) -> Floats:
    """Map the whole line back between two bounds, never outside them.

    Examples
    --------
    >>> from_logit(np.array([-800.0, 0.0, np.inf]), np.array(0.0), np.array(100.0)).tolist()
    [0.0, 50.0, 100.0]
    """
    with np.errstate(under="ignore"):
        odds = np.exp(-np.abs(z))
        inside: Floats = (high - low) * (odds / (1 + odds))
    return np.where(z < 0, low + inside, high - inside)
