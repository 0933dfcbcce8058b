"""Formulas on arrays, and the text of each: attainment, growth, required change, the path to the target.

All functions take columns of equal shape and return a column of that shape, empty (NaN) where the figure is not
defined; no stand-in values. Years are whole numbers kept as floats, so that a missing one is NaN. ``sign`` is +1 where
more is better and -1 where less is.

Symbols of the texts: b base, c actual, T target, in the years t0, t and tT; d +1 where more is better and -1 where less
is; p the path's value in the year t; m the mean annual change of the last observations. `^` is a power.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from smartkpi.analysis.rounding import difference
from smartkpi.model.arrays import Flags, Floats
from smartkpi.text import pattern

if TYPE_CHECKING:
    from smartkpi.analysis.trajectory import Trajectory

_no_warnings = np.errstate(all="ignore")
"""A division by zero or an overflow gives a figure that is left empty, not a warning."""

TOLERANCE = 1e-9
"""Relative; two values closer than this are the same value written by different programs."""


@_no_warnings
def met(value: Floats, target: Floats, sign: Floats) -> Flags:
    """Return whether the value reaches the target, with a relative tolerance of 1e-9.

    Examples
    --------
    >>> met(np.array([85.0, 84.9]), np.array([85.0, 85.0]), np.array([1.0, 1.0])).tolist()
    [True, False]
    """
    return np.asarray(sign * (value - target) >= -TOLERANCE * np.maximum(np.abs(value), np.abs(target)))


@_no_warnings
def same(one: Floats, other: Floats) -> Flags:
    """Return whether two values are the same, with a relative tolerance of 1e-9."""
    return np.asarray(np.abs(one - other) <= TOLERANCE * np.maximum(np.abs(one), np.abs(other)))


@_no_warnings
def attainment(actual: Floats, target: Floats, sign: Floats) -> Floats:
    """Return the actual as a share of the target, in percent; 100 or more means that the target is met.

    Parameters
    ----------
    actual, target
        In one unit; defined for values of 0 and more, the target and the denominator not 0.
    sign
        Where less is better the share is turned over: target by actual.

    References
    ----------
    The 達成率 of the plan's own progress report: 64 of 80 positions is printed as 80 %.

    Examples
    --------
    >>> attainment(np.array([64.0, 5.0]), np.array([80.0, 4.0]), np.array([1.0, -1.0])).tolist()
    [80.0, 80.0]
    """
    above, below = np.where(sign > 0, actual, target), np.where(sign > 0, target, actual)
    defined = (actual >= 0) & (target > 0) & (below != 0)
    return finite(np.where(defined, _percent(above, below), np.nan))


@_no_warnings
def progress(base: Floats, actual: Floats, target: Floats, sign: Floats) -> Floats:
    """Return how much of the way from base to target is covered, in percent: 0 at the base, 100 at the target.

    Examples
    --------
    >>> progress(np.array([20.0]), np.array([50.0]), np.array([80.0]), np.array([1.0])).tolist()
    [50.0]
    """
    return _progress(difference(actual, base), difference(target, base), met(base, target, sign))


@_no_warnings
def _progress(covered: Floats, whole: Floats, base_is_met: Flags) -> Floats:
    return finite(np.where(base_is_met, np.nan, _percent(covered, whole)))


@_no_warnings
def growth(start: Floats, end: Floats, years: Floats) -> Floats:
    """Return the compound annual growth rate from start to end, in percent.

    Parameters
    ----------
    start, end
        In one unit; defined where `start` is not 0 and `end` is 0 or has its sign. Growth to 0 is -100 %.
    years
        Years between, more than 0.

    References
    ----------
    Eurostat, Sustainable development in the European Union, method annex: compound annual growth rate.

    Examples
    --------
    >>> growth(np.array([100.0]), np.array([121.0]), np.array([2.0])).round(9).tolist()
    [10.0]
    """
    return Leg(start, end, years).growth


def compound_defined(start: Floats, end: Floats) -> Flags:
    """Return whether compound growth from start to end is defined: one sign, start not 0."""
    return np.asarray((start > 0) & (end >= 0) | (start < 0) & (end <= 0))


@_no_warnings
def change(start: Floats, end: Floats, years: Floats) -> Floats:
    """Return the mean annual change from start to end, in the unit per year (percentage points for percent).

    Examples
    --------
    >>> change(np.array([25.8]), np.array([74.1]), np.array([6.0])).round(9).tolist()
    [8.05]
    """
    return Leg(start, end, years).change


class Leg:
    """The way from one value to another; what several figures need of it is worked out once.

    Parameters
    ----------
    start, end
        In one unit.
    years
        Between them.
    """

    def __init__(self, start: Floats, end: Floats, years: Floats) -> None:
        self.start, self.end, self.years = start, end, years

    @cached_property
    def rise(self) -> Floats:
        """From start to end, without the dust of binary arithmetic."""
        return difference(self.end, self.start)

    @cached_property
    @_no_warnings
    def change(self) -> Floats:
        """As the function `change`."""
        return finite(np.where(self.years > 0, self.rise / self.years, np.nan))

    @cached_property
    @_no_warnings
    def growth(self) -> Floats:
        """As the function `growth`."""
        relative = self.rise / self.start
        # log1p and expm1 keep the digits of small rates that (end / start) ** (1 / years) - 1 loses.
        log_ratio = np.log1p(relative)
        large = np.flatnonzero(~(np.abs(relative) < 0.5))
        log_ratio[large] = np.log(np.abs(self.end[large] / self.start[large]))
        rate = 100 * np.expm1(log_ratio / self.years)
        return finite(np.where(self.has_growth & (self.years > 0), rate, np.nan))

    @cached_property
    def has_growth(self) -> Flags:
        """As the function `compound_defined`."""
        return compound_defined(self.start, self.end)


def required_growth(actual: Floats, target: Floats, years: Floats, sign: Floats) -> Floats:
    """Return the annual growth that leads from the actual to the target, in percent; 0 once it is met.

    Examples
    --------
    >>> required_growth(np.array([58.6]), np.array([90.0]), np.array([3.0]), np.array([1.0])).round(2).tolist()
    [15.38]
    """
    return np.where(met(actual, target, sign), 0.0, growth(actual, target, years))


def required_change(actual: Floats, target: Floats, years: Floats, sign: Floats) -> Floats:
    """Return the annual change that leads from the actual to the target, in the unit per year; 0 once it is met.

    Examples
    --------
    >>> required_change(np.array([74.1]), np.array([80.0]), np.array([3.0]), np.array([1.0])).round(3).tolist()
    [1.967]
    """
    return np.where(met(actual, target, sign), 0.0, change(actual, target, years))


@_no_warnings
def on_path(year: Floats, from_year: Floats, start: Floats, to_year: Floats, end: Floats) -> Floats:
    """Return the value in `year` of the straight path between two points; beyond the end it stays there.

    Examples
    --------
    >>> on_path(*(np.array([each]) for each in (2022.0, 2020.0, 10.0, 2025.0, 20.0))).tolist()
    [14.0]
    """
    share = np.minimum((year - from_year) / (to_year - from_year), 1.0)
    return finite(np.where(share >= 1, end, start + share * difference(end, start)))


def finite(values: Floats) -> Floats:
    """Return the values with those that overflowed left empty."""
    is_finite = np.isfinite(values)
    return values if is_finite.all() else np.where(is_finite, values, np.nan)


@_no_warnings
def ratio(happened: Floats, needed: Floats) -> Floats:
    """Return what happened by what was needed; empty where nothing was needed."""
    return finite(np.where((needed == 0) | np.isinf(needed), np.nan, happened / needed))


@_no_warnings
def _gap(at: Trajectory) -> Floats:
    # Inside a range nothing is lacking, however far its nearer bound is.
    return np.where(at.is_range & at.is_met, 0.0, finite(at.ahead.rise))


def _attainment(at: Trajectory) -> Floats:
    return np.where(at.is_range, np.nan, attainment(at.actual, at.target, at.sign))


def _percent(above: Floats, below: Floats) -> Floats:
    # 100 * above / above can miss 100 by the last digit.
    return np.where(above == below, 100.0, 100 * above / below)


class Formula(NamedTuple):
    """A figure of a series: the formula as `explain` prints it, and the same on arrays."""

    text: str
    compute: Callable[[Trajectory], Floats]


FIGURES: Mapping[str, Formula] = {
    "gap": Formula("T - c", _gap),
    "attainment_pct": Formula("100 * c / T", _attainment),
    "progress_pct": Formula(
        "100 * (c - b) / (T - b)", lambda at: _progress(at.so_far.rise, at.whole_way.rise, at.base_reaches)
    ),
    "observed_growth_pct": Formula("100 * ((c / b)^(1 / (t - t0)) - 1)", lambda at: at.so_far.growth),
    "observed_change": Formula("(c - b) / (t - t0)", lambda at: at.so_far.change),
    "required_growth_pct": Formula(
        "100 * ((T / c)^(1 / (tT - t)) - 1)", lambda at: np.where(at.actual_reaches, 0.0, at.ahead.growth)
    ),
    "required_change": Formula("(T - c) / (tT - t)", lambda at: np.where(at.actual_reaches, 0.0, at.ahead.change)),
}
"""By column of the status table."""
ATTAINMENT_WHERE_LESS_IS_BETTER = "100 * T / c"
"""Text of `attainment` where `sign` is -1."""

_SYMBOLS = pattern(r"\b(?:t0|tT|t|b|c|T|d|p|m)\b")


def with_numbers(formula: str, numbers: Mapping[str, str]) -> str:
    """Return the formula with a number in the place of each symbol, negative ones in brackets.

    Examples
    --------
    >>> with_numbers("100 * (c - b) / (T - b)", {"b": "-5", "c": "2", "T": "10"})
    '100 * (2 - (-5)) / (10 - (-5))'
    """

    def number(symbol: re.Match[str]) -> str:
        text = numbers[symbol[0]]
        return f"({text})" if text.startswith("-") else text

    return _SYMBOLS.sub(number, formula)
