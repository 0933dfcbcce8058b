"""The words of a chart: values beside the points, names along the lines, figures at the right edge."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape  # xml.sax.saxutils would load all of urllib
from itertools import pairwise

from smartkpi.render.report.labels import SIZE, Places, fitted, spread, width
from smartkpi.render.report.sketch import END_GAP, MOST_END, TOP, ChartData, Frame, Points

_MOST_VALUES = 7
"""Observations up to which each has its value beside it; beyond, the first and the last."""
_BESIDE = tuple(
    (side, lift * away) for lift in (12, 16, 24) for side, away in ((0, -1), (0, 1), (-1, -1), (1, 1), (-1, 1), (1, -1))
)
"""Where words may stand beside a point of a line: to which side, and how far below."""


def values(data: ChartData, frame: Frame, places: Places) -> list[str]:
    """Write the value beside observations and milestones where there is a free place, beside the latest in any case."""
    dots = [mark for mark in data.marks if mark.kind in ("dot", "soft")]
    shown = [dots[-1], *(reversed(dots[:-1]) if len(dots) <= _MOST_VALUES else dots[:1])]
    shown += [mark for mark in data.marks if mark.kind == "step"]
    parts = []
    for mark in shown:
        x, y = frame.x(mark.year), frame.y(mark.value)
        half = width(mark.label) / 2
        beside = [
            (x + side * (half + 8), y + below)
            for side, below in ((0, -13), (0, 14), (-1, -8), (1, 9), (1, -8), (-1, 9), (-0.6, -16), (0.6, 18))
        ]
        place = places.find(mark.label, beside)
        if place is None and mark is dots[-1]:
            place = beside[3]
        if place:
            parts.append(_text("path" if mark.kind == "step" else "value", place, mark.label))
    return parts


def line_labels(data: ChartData, drawn: Sequence[Points], places: Places) -> list[str]:
    """Name the paths along them, where there is a free place."""
    parts = []
    for line, points in zip(data.lines, drawn, strict=True):
        if line.kind not in ("path", "need") or len(points) < 2:
            continue
        half = width(line.label) / 2
        middles = [
            (x + side * half * 0.9, y + lift)
            for x, y in (_along(points, share) for share in (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8))
            for side, lift in _BESIDE
        ]
        if place := places.find(line.label, middles):
            parts.append(_text(line.kind, place, line.label))
    return parts


def _along(points: Points, share: float) -> tuple[float, float]:
    """Return the point of a line that lies at a share of the way across."""
    x = points[0][0] + share * (points[-1][0] - points[0][0])
    (x0, y0), (x1, y1) = next(pair for pair in pairwise(points) if x <= pair[1][0])
    return x, y0 + (y1 - y0) * (x - x0) / (x1 - x0)


def ends(labels: Sequence[tuple[float, str, str]], frame: Frame) -> list[str]:
    """Write the figures at the right edge, each beside the end of its line and none over another."""
    inside = [min(max(value, frame.y.low), frame.y.high) for value, _, _ in labels]
    rows = spread([frame.y(value) for value in inside], TOP, frame.bottom - SIZE / 2)
    return [
        f'<text class="{kind}" x="{frame.right + END_GAP:.1f}" y="{row + SIZE / 3:.1f}">'
        f"{escape(fitted(text, MOST_END))}</text>"
        for row, (_, kind, text) in zip(rows, labels, strict=True)
    ]


def _text(kind: str, place: tuple[float, float], text: str) -> str:
    x, y = place
    return f'<text class="{kind}" x="{x:.1f}" y="{y + SIZE / 3:.1f}">{escape(text)}</text>'
