"""Places for the words on a chart: how wide they are, and where none covers another or a line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from smartkpi.text import printable

SIZE = 13.5
"""Height in which words are planned; they are drawn a little smaller on large screens."""
LINE = 1.25 * SIZE
_WIDE, _NARROW = 1.0, 0.58


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
    return size * sum(_WIDE if unicodedata.east_asian_width(char) in "WF" else _NARROW for char in text)


def fitted(text: str, most: float, size: float = SIZE) -> str:
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


def wrapped(text: str, most: float, lines: int, size: float = SIZE) -> list[str]:
    """Return the text in lines of a width, broken between words and Chinese characters; the last is cut if need be."""
    pieces = re.findall(r"[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*|\s+", printable(text[:400]))
    rows = [""]
    for place, piece in enumerate(pieces):
        if width((rows[-1] + piece).rstrip(), size) <= most or not rows[-1]:
            rows[-1] += piece
        elif len(rows) < lines:
            rows.append(piece)
        else:
            rows[-1] += "".join(pieces[place:])
            break
    return [fitted(row.rstrip(), most, size) for row in rows]


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
    """What is taken on a drawing, and what is still free."""

    frame: Box
    taken: list[Box] = field(default_factory=list)

    def take_line(self, points: Sequence[tuple[float, float]], step: float = 9.0, margin: float = 2.0) -> None:
        """Take the places along a line."""
        for (x0, y0), (x1, y1) in pairwise(points):
            count = int(max(abs(x1 - x0), abs(y1 - y0)) / step) + 1
            for number in range(count + 1):
                x, y = x0 + (x1 - x0) * number / count, y0 + (y1 - y0) * number / count
                self.take_point(x, y, margin)

    def take_point(self, x: float, y: float, margin: float) -> None:
        """Take the place around a point."""
        self.taken.append(Box(x - margin, y - margin, x + margin, y + margin))

    def find(self, text: str, middles: Iterable[tuple[float, float]]) -> tuple[float, float] | None:
        """Return the first of the places, each the middle of the text, that is free, and take it."""
        half, tall = width(text) / 2, SIZE / 2
        for x, y in middles:
            box = Box(x - half, y - tall, x + half, y + tall)
            inside = self.frame.left <= box.left and box.right <= self.frame.right
            inside = inside and self.frame.top <= box.top and box.bottom <= self.frame.bottom
            if inside and not any(box.meets(other) for other in self.taken):
                self.taken.append(box)
                return x, y
        return None
