"""The definitions of project written out plainly for one series: no arrays, no numpy, nothing of the package.

Student's t is integrated here, slowly, and not taken from the package either.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

TOLERANCE = 1e-9
Figures = dict[str, float | bool | None]


class Case(NamedTuple):
    """One series with its target."""

    sign: int
    target: float
    bounds: tuple[float, float] | None
    base_year: int | None
    observations: tuple[tuple[int, float, str], ...]
    """Year, value, status."""
    amount: bool = False
    """Whether it is a count, which is 0 or more unless something in it lies below."""

    @property
    def low(self) -> float:
        return self.bounds[0] if self.bounds else -math.inf

    @property
    def high(self) -> float:
        return self.bounds[1] if self.bounds else math.inf


class Point(NamedTuple):
    """An observation of the unbroken run."""

    year: int
    value: float


def meets(value: float, case: Case) -> bool:
    return case.sign * (value - case.target) >= -TOLERANCE * max(abs(value), abs(case.target))


def t_cdf(t: float, df: int) -> float:
    """The finite sums of Abramowitz & Stegun 26.7.3 and 26.7.4."""
    theta = math.atan(t / math.sqrt(df))
    odd = df % 2
    terms = [math.cos(theta) if odd else 1.0]
    for k in range(2 + odd, df - 1, 2):
        terms.append(terms[-1] * math.cos(theta) ** 2 * (k - 1) / k)
    if not odd:
        return 0.5 + math.sin(theta) * math.fsum(terms) / 2
    return 0.5 + (theta + (math.sin(theta) * math.fsum(terms) if df > 1 else 0.0)) / math.pi


@cache
def t_quantile(p: float, df: int) -> float:
    """Found by halving."""
    low, high = -1e6, 1e6
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if t_cdf(middle, df) < p else (low, middle)
    return low


def cut(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)


def central(run: Sequence[Point], h: int) -> float:
    """Half of the mean change goes on."""
    first, last = run[0], run[-1]
    return last.value + h * (last.value - first.value) / (last.year - first.year) / 2


def scatter(run: Sequence[Point]) -> float:
    squares = [(end.value - start.value) ** 2 / (end.year - start.year) for start, end in pairwise(run)]
    return math.sqrt(math.fsum(squares) / (len(run) - 1))


def project(case: Case, year: int, as_of: int | None = None, interval: float = 80.0) -> Figures:
    """Everything that the project table computes of a series, without words."""
    known = sorted(each for each in case.observations if as_of is None or each[0] <= as_of)
    figures: Figures = dict.fromkeys(
        ("held", "at_observed_change", "at_observed_growth", "projected", "low", "high", "probability",
         "meets_target", "reached_in")
    )  # fmt: skip
    if not known:
        return figures
    unbroken: list[Point] = []
    before = ""
    for when, value, status in known:
        anew = status == "B" or (status == "D") != (before == "D")
        unbroken = [Point(when, value)] if anew else [*unbroken, Point(when, value)]
        before = status
    now = unbroken[-1]
    run = [each for each in unbroken if case.base_year is None or each.year >= case.base_year]
    low, high = case.low, case.high
    if case.amount and not case.bounds and case.target >= 0 and min(value for _, value, _ in known) >= 0:
        low = 0.0
    if year > now.year:
        figures |= _ahead(case, run, now, year - now.year, (low, high), interval)
    if meets(now.value, case):
        figures["reached_in"] = next(each.year for each in unbroken if meets(each.value, case))
    elif len(run) >= 3:
        arrivals = (h for h in range(1, 51) if meets(cut(central(run, h), low, high), case))
        first = next(arrivals, None)
        figures["reached_in"] = None if first is None else now.year + first
    return figures


def _ahead(
    case: Case, run: Sequence[Point], now: Point, h: int, bounds: tuple[float, float], interval: float
) -> Figures:
    figures: Figures = {"held": now.value}
    base = run[0] if run and run[0] != now and case.base_year in (None, run[0].year) else None
    if base:
        years = now.year - base.year
        figures["at_observed_change"] = cut(now.value + h * (now.value - base.value) / years, *bounds)
        if base.value != 0 and base.value * now.value >= 0:
            figures["at_observed_growth"] = cut(now.value * (now.value / base.value) ** (h / years), *bounds)
    if len(run) >= 3:
        middle, se, df = central(run, h), scatter(run) * math.sqrt(h), len(run) - 1
        figures["projected"] = cut(middle, *bounds)
        figures["meets_target"] = meets(cut(middle, *bounds), case)
        if se > 0:
            margin = t_quantile(0.5 + interval / 200, df) * se
            figures["low"], figures["high"] = cut(middle - margin, *bounds), cut(middle + margin, *bounds)
            figures["probability"] = t_cdf(case.sign * (middle - case.target) / se, df)
    return figures
