"""Where things are on a chart: scales, ticks, the frame, and free places for words."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from smartkpi.render.steps import decimals_of, round_step
from smartkpi.text import printable

WIDTH, HEIGHT = 400.0, 262.0
TOP, BOTTOM = 26.0, 24.0
END_GAP = 8.0
"""Between the chart and the words at its right edge."""
MOST_END = 150.0
"""Width of those words."""
SIZE = 13.5
"""Height in which words are planned; they are drawn a little smaller on large screens."""
LINE = 1.25 * SIZE
_WIDE, _NARROW, BOLD = 1.0, 0.58, 1.14
_OPENING, _CLOSING = "[（「『《]", "[）」』》，、。；：！？]"
"""Marks that no line ends with, and that none begins with."""
_BROAD, _BROADEST = "MWm@%", 1.08

Points = Sequence[tuple[float, float]]


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


def clip(points: Sequence[tuple[float, float]], low: float, high: float) -> list[tuple[float, float]]:
    """Return a line from its start, which lies between two values, up to where it leaves them.

    Examples
    --------
    >>> clip([(2020, 1.0), (2022, 5.0)], 0.0, 3.0)
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


class Frame(NamedTuple):
    """Where values and years lie on the drawing."""

    x: Scale
    y: Scale
    left: float
    right: float
    bottom: float

    def place(self, points: Points) -> list[tuple[float, float]]:
        """Return the places of a line's points."""
        return [(self.x(year), self.y(value)) for year, value in points]


def frame_of(
    labels: Sequence[tuple[float, str, str]],
    values: Sequence[float],
    years: tuple[int, int],
    span: tuple[float, float],
    sign: str = "",
) -> Frame:
    """Return the frame that leaves room for the figures at both edges, those of the values with a sign behind."""
    left = max(width(text + sign, 0.92 * SIZE) for text in tick_labels(values)) + 10
    right = (
        WIDTH - min(max(width(text) * MOST_END / most_end(kind) for _, kind, text in labels), MOST_END) - END_GAP - 4
    )
    bottom = HEIGHT - BOTTOM
    inset = 6.0
    return Frame(Scale(*years, left + inset, right - 4), Scale(*span, bottom, TOP), left, right, bottom)


class Box(NamedTuple):
    """A rectangle: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether two rectangles overlap."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def width(text: str, size: float = SIZE) -> float:
    """Return about how wide a text is drawn; Chinese characters are square."""
    broad = sum(char in _BROAD for char in text)
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return size * (_BROADEST * broad + _WIDE * wide + _NARROW * (len(text) - broad - wide))


def fit(text: str, most: float, size: float = SIZE) -> str:
    """Return the text made printable and cut to a width, with the cut marked."""
    text = printable(text[:400])
    if width(text, size) <= most:
        return text
    kept, used = "", width("…", size)
    for char in text:
        used += width(char, size)
        if used > most:
            break
        kept += char
    return kept.rstrip() + "…"


def wrap(text: str, most: float, lines: int, size: float = SIZE) -> list[str]:
    """Return the text in lines of a width, broken between words and Chinese characters; the last is cut if need be."""
    # A number and its unit stay together, and so do a word and its marks.
    pieces = re.findall(
        rf"{_OPENING}*(?:[\d.,]+ [\u4e00-\u9fff]{{1,4}}|[\u2e80-\uffef]|[^\s\u2e80-\uffef]+){_CLOSING}*\s*|\s+",
        printable(text[:400]),
    )
    rows = [""]
    for place, piece in enumerate(pieces):
        if width((rows[-1] + piece).rstrip(), size) <= most or not rows[-1]:
            rows[-1] += piece
        elif len(rows) < lines:
            rows.append(piece)
        else:
            rows[-1] += "".join(pieces[place:])
            break
    return [fit(row.rstrip(), most, size) for row in rows]


def most_end(kind: str) -> float:
    """Return the width in which words at the right edge are planned; the target's are bold."""
    return MOST_END / (BOLD if kind == "goal" else 1.0)


def spread(wanted: Sequence[float], top: float, bottom: float, apart: float = LINE) -> list[float]:
    """Return places near those wanted, none nearer to another than `apart`, between top and bottom if they fit.

    Examples
    --------
    >>> spread([10.0, 12.0, 50.0], 0.0, 60.0, 10.0)
    [6.0, 16.0, 50.0]
    """
    order = sorted(range(len(wanted)), key=lambda each: wanted[each])
    groups: list[tuple[float, int]] = []  # middle and number of the labels that touch
    for each in order:
        middle, number = wanted[each], 1
        while groups and groups[-1][0] + apart * groups[-1][1] / 2 > middle - apart * number / 2:
            before, count = groups.pop()
            middle = (before * count + middle * number) / (count + number)
            number += count
        half = apart * (number - 1) / 2
        groups.append((max(min(middle, bottom - half), top + half), number))
    places = [middle + apart * (step - (number - 1) / 2) for middle, number in groups for step in range(number)]
    found = dict(zip(order, places, strict=True))
    return [found[each] for each in range(len(wanted))]


@dataclass
class Places:
    """The places of a drawing that are still free for words."""

    frame: Box
    occupied: list[Box] = field(default_factory=list)

    def take_line(self, points: Sequence[tuple[float, float]], step: float = 9.0, margin: float = 2.0) -> None:
        """Take the places along a line."""
        for (x0, y0), (x1, y1) in pairwise(points):
            count = int(max(abs(x1 - x0), abs(y1 - y0)) / step) + 1
            for number in range(count + 1):
                x, y = x0 + (x1 - x0) * number / count, y0 + (y1 - y0) * number / count
                self.take_point(x, y, margin)

    def take_point(self, x: float, y: float, margin: float) -> None:
        """Take the place around a point."""
        self.occupied.append(Box(x - margin, y - margin, x + margin, y + margin))

    def least_occupied(self, text: str, middles: Iterable[tuple[float, float]]) -> tuple[float, float]:
        """Return the place inside the frame that is nearest to free, and take it."""
        half, tall = width(text) / 2, SIZE / 2
        inside = [
            (
                min(max(x, self.frame.left + half), self.frame.right - half),
                min(max(y, self.frame.top + tall), self.frame.bottom - tall),
            )
            for x, y in middles
        ]
        boxes = [Box(x - half, y - tall, x + half, y + tall) for x, y in inside]
        best = min(range(len(boxes)), key=lambda each: sum(boxes[each].meets(other) for other in self.occupied))
        self.occupied.append(boxes[best])
        return inside[best]

    def find(self, text: str, middles: Iterable[tuple[float, float]]) -> tuple[float, float] | None:
        """Return the first of the places, each the middle of the text, that is free, and take it."""
        half, tall = width(text) / 2, SIZE / 2
        for x, y in middles:
            box = Box(x - half, y - tall, x + half, y + tall)
            inside = self.frame.left <= box.left and box.right <= self.frame.right
            inside = inside and self.frame.top <= box.top and box.bottom <= self.frame.bottom
            if inside and not any(box.meets(other) for other in self.occupied):
                self.occupied.append(box)
                return x, y
        return None
