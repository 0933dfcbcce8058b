"""From values to places on a drawing: straight scales and ticks at round numbers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from smartkpi.render.steps import decimals_of, round_step


class Scale(NamedTuple):
    """Maps a range of values to a range of places on the drawing."""

    low: float
    high: float
    start: float
    """Place of `low`."""
    stop: float
    """Place of `high`."""

    def __call__(self, value: float) -> float:
        """Return the place of a value."""
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.stop - self.start)


def domain(values: Iterable[float], bounds: tuple[float, float] | None = None) -> tuple[float, float]:
    """Return the range of values to draw: all of them with some room, from 0 where that is not far.

    Examples
    --------
    >>> domain([20.0, 80.0], (0.0, 100.0)), domain([5.0, 5.0])
    ((0.0, 84.2), (4.5, 5.5))
    """
    every = list(values)
    low, high = min(every), max(every)
    span = high - low or abs(high) or 1.0
    room = 0.07 * span if high > low else 0.1 * span
    if 0 <= low < 0.4 * high:
        low, high = 0.0, high + room
    else:
        low, high = low - room, high + room
    if bounds:
        low, high = max(low, bounds[0] - 0.02 * span), min(high, bounds[1] + 0.02 * span)
    return low, high


def ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Return round numbers between two values, at most so many.

    Examples
    --------
    >>> ticks(5.6, 6.6), ticks(0, 100), ticks(-3, 3, 4)
    ([5.6, 5.8, 6.0, 6.2, 6.4, 6.6], [0.0, 20.0, 40.0, 60.0, 80.0, 100.0], [-2.0, 0.0, 2.0])
    """
    step = round_step((high - low) / most)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [float(f"{count * step:.12g}") for count in range(first, last + 1)]


def year_ticks(first: int, last: int, most: int = 6) -> list[int]:
    """Return whole years, equally far apart and with the last one among them.

    Examples
    --------
    >>> year_ticks(2016, 2025), year_ticks(2021, 2025)
    ([2017, 2019, 2021, 2023, 2025], [2021, 2022, 2023, 2024, 2025])
    """
    step = next(size for size in (1, 2, 5, 10, 20, 50, 100) if (last - first) // size < most)
    return list(range(last - (last - first) // step * step, last + 1, step))


def tick_labels(values: Sequence[float]) -> list[str]:
    """Return ticks as text, all with the decimals that they need; very large and small ones with an exponent.

    Examples
    --------
    >>> tick_labels([5.5, 6.0]), tick_labels([0.0, 25000.0]), tick_labels([0.0, 1e15])
    (['5.5', '6.0'], ['0', '25,000'], ['0', '1e+15'])
    """
    largest = max(map(abs, values), default=0.0)
    decimals = max((decimals_of(repr(value)) for value in values), default=0)
    if largest >= 1e7 or decimals > 5:
        return [f"{value:.6g}" if value else "0" for value in values]
    return [f"{value:,.{decimals}f}" for value in values]


def clipped(points: Sequence[tuple[float, float]], low: float, high: float) -> list[tuple[float, float]]:
    """Return a line from its start, which lies between two values, up to where it leaves them.

    Examples
    --------
    >>> clipped([(2020, 1.0), (2022, 5.0)], 0.0, 3.0)
    [(2020, 1.0), (2021.0, 3.0)]
    """
    kept: list[tuple[float, float]] = []
    for x, y in points:
        if low <= y <= high:
            kept.append((x, y))
            continue
        if kept:
            x0, y0 = kept[-1]
            edge = high if y > high else low
            kept.append((x0 + (x - x0) * (edge - y0) / (y - y0), edge))
        break
    return kept
