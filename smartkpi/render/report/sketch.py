"""What a chart of one series shows, and where its values and years lie on the drawing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from smartkpi.render.report.labels import SIZE, width
from smartkpi.render.report.scales import Scale, domain, tick_labels

WIDTH, HEIGHT = 400.0, 262.0
TOP, BOTTOM = 26.0, 24.0
END_GAP = 8.0
"""Between the chart and the words at its right edge."""
MOST_END = 150.0
"""Width of those words."""

Points = Sequence[tuple[float, float]]


class Line(NamedTuple):
    """A line of the chart."""

    kind: str
    """Class: ``seen``, ``before``, ``path``, ``need``, ``ahead`` or ``if`` (a scenario)."""
    points: Points
    label: str = ""
    """Words along the line; for scenarios and the projection at its end."""


class Mark(NamedTuple):
    """A point of the chart."""

    kind: str
    """Class: ``dot``, ``soft`` (not firm), ``step`` (milestone) or ``goal``."""
    year: float
    value: float
    label: str = ""


class ChartData(NamedTuple):
    """What a chart shows, in words and values; the drawing adds places and nothing else."""

    name: str
    """Unique on its page."""
    title: str
    description: str
    unit: str
    lines: Sequence[Line]
    marks: Sequence[Mark]
    target: float
    target_label: str
    band: Sequence[tuple[float, float, float]] = ()
    """Year, low and high."""
    bounds: tuple[float, float] | None = None


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


def value_range(data: ChartData) -> tuple[float, float]:
    """Return the values to draw: all known and asked for, and as much of what is ahead as leaves that legible."""
    known = [mark.value for mark in data.marks] + [data.target]
    known += [value for line in data.lines if line.kind != "if" for _, value in line.points]
    low, high = min(known), max(known)
    room = 2.0 * (high - low) or abs(high) or 1.0
    supposed = [value for line in data.lines if line.kind == "if" for _, value in line.points]
    supposed += [value for _, *ends in data.band for value in ends]
    return domain([*known, *(min(max(value, low - room), high + room) for value in supposed)], data.bounds)


def end_labels(data: ChartData) -> list[tuple[float, str, str]]:
    """Return the words at the right edge: value, class and text of each."""
    ends = [(line.points[-1][1], line.kind, line.label) for line in data.lines if line.kind in ("if", "ahead")]
    return sorted([(data.target, "goal", data.target_label), *ends], key=lambda each: -each[0])


def frame_of(
    labels: Sequence[tuple[float, str, str]],
    values: Sequence[float],
    years: tuple[int, int],
    span: tuple[float, float],
) -> Frame:
    """Return the frame that leaves room for the figures at both edges."""
    left = max(width(text, 0.92 * SIZE) for text in tick_labels(values)) + 10
    right = WIDTH - min(max(width(text) for _, _, text in labels), MOST_END) - END_GAP - 4
    bottom = HEIGHT - BOTTOM
    inset = 6.0
    return Frame(Scale(*years, left + inset, right - 4), Scale(*span, bottom, TOP), left, right, bottom)
