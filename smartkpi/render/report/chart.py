"""A chart of one series as SVG, large or small: plain shapes with classes, the same bytes for the same data."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from html import escape  # xml.sax.saxutils would load all of urllib
from itertools import pairwise
from typing import NamedTuple

from smartkpi.quantities.units import PERCENT_UNITS
from smartkpi.render.report.chart_data import ChartData, Line, Mark, end_labels, value_range
from smartkpi.render.report.chart_layout import (
    END_GAP,
    HEIGHT,
    MOST_END,
    SIZE,
    TOP,
    WIDTH,
    Box,
    Frame,
    Places,
    Points,
    Scale,
    clip,
    domain,
    fit,
    frame_of,
    spread,
    tick_labels,
    ticks,
    width,
    year_ticks,
)


class MarkSize(NamedTuple):
    """How large the marks of a chart are: half a diamond, and the radius of circles."""

    step: float
    goal: float
    dot: float


_LARGE, _MEDIUM, _SMALL = MarkSize(5, 5, 4), MarkSize(5, 5, 3), MarkSize(3, 3.5, 2.4)
_MOST_LARGE = 12
"""Marks up to which each is drawn large."""
_MOST_VALUES = 7
"""Observations up to which each has its value beside it; beyond, the first and the last."""
_BESIDE_POINT = ((0, -13), (0, 14), (-1, -8), (1, 9), (1, -8), (-1, 9), (-0.6, -16), (0.6, 18))
_BESIDE_LINE = tuple(
    (side, lift * away) for lift in (12, 16, 24) for side, away in ((0, -1), (0, 1), (-1, -1), (1, 1), (-1, 1), (1, -1))
)
"""Where words may be beside a point, and beside a point of a line: to which side, and how far below."""

_SMALL_WIDTH, _SMALL_HEIGHT = 168.0, 100.0
_SMALL_TOP, _SMALL_FOOT, _SMALL_EDGE = 8.0, 20.0, 6.0
_SMALL_SIZE = 12.0
_MOST_SMALL_DOTS = 12
"""Observations up to which each has a dot in a small chart; beyond, the latest alone."""


def draw(data: ChartData) -> str:
    """Return the chart as an ``svg`` element of a page, without style."""
    return _svg(data, "chart", (WIDTH, HEIGHT), shapes(data))


def draw_small(data: ChartData, frame: Frame) -> str:
    """Return a small chart as an ``svg`` element of a page, without style; its frame is that of `shared_frame`."""
    dots = [mark for mark in data.marks if mark.kind in ("dot", "soft")]
    others = [mark for mark in data.marks if mark.kind not in ("dot", "soft")]
    parts = [
        *_small_axes(frame),
        *(_target_line(min(max(each, frame.y.low), frame.y.high), frame) for each in data.targets),
        *_polylines(data.lines, [_points(line, frame) for line in data.lines]),
        *(_mark(mark, frame, _SMALL) for mark in (*others, *(dots if len(dots) <= _MOST_SMALL_DOTS else dots[-1:]))),
    ]
    return _svg(data, "chart small", (_SMALL_WIDTH, _SMALL_HEIGHT), parts)


def shared_frame(charts: Sequence[ChartData]) -> Frame | None:
    """Return the frame in which all small charts of an indicator are drawn, so that they can be compared.

    None where their values are too far apart to draw.
    """
    values = [value for data in charts for _, value in _all_points(data)]
    if not values or not math.isfinite(4 * (max(values) - min(values))):
        return None
    years = [int(year) for data in charts for year, _ in _all_points(data)]
    span = domain(values, charts[0].bounds)
    left = max(width(text, _SMALL_SIZE) for text in tick_labels(_small_ticks(*span))) + _SMALL_EDGE
    right, bottom = _SMALL_WIDTH - 1, _SMALL_HEIGHT - _SMALL_FOOT
    across = Scale(min(*years, max(years) - 1), max(years), left + _SMALL_EDGE, right - _SMALL_EDGE)
    return Frame(across, Scale(*span, bottom, _SMALL_TOP), left, right, bottom)


def names(name: str, title: str, description: str) -> str:
    """Return the title and description that a screen reader says."""
    return (
        f'<title id="{escape(name)}-t">{escape(title)}</title><desc id="{escape(name)}-d">{escape(description)}</desc>'
    )


def svg_element(
    name: str, classes: str, size: tuple[float, float], title: str, description: str, parts: Iterable[str]
) -> str:
    """Return an ``svg`` element of a page, without style; its name is unique on the page."""
    box, labels = f"0 0 {size[0]:g} {size[1]:g}", f"{escape(name)}-t {escape(name)}-d"
    head = f'<svg class="{classes}" viewBox="{box}" role="img" aria-labelledby="{labels}">'
    return "\n".join([head + names(name, title, description), *parts, "</svg>"])


def shapes(data: ChartData) -> list[str]:
    """Return the shapes and words of the chart, those on top last."""
    years = [int(year) for year, _ in _all_points(data)]
    first, last = min(years), max(years)
    if sum(mark.kind in ("dot", "soft") for mark in data.marks) == 1:
        first -= 1  # so that the only point is not on the axis
    labels, span = end_labels(data), value_range(data)
    frame = frame_of(labels, ticks(*span), (min(first, last - 1), last), span, _sign(data))
    lines = [_points(line, frame) for line in data.lines]
    places = _free_places(data, frame, lines)
    size = _LARGE if len(data.marks) <= _MOST_LARGE else _MEDIUM
    return [
        *_axes(data, frame),
        *_band(data, frame),
        *(_target_line(each, frame) for each in data.targets),
        *_polylines(data.lines, lines),
        *(_mark(mark, frame, size) for mark in data.marks),
        *_value_texts(data, frame, places),
        *_line_texts(data, lines, places),
        *_end_texts(labels, frame),
    ]


def _svg(data: ChartData, classes: str, size: tuple[float, float], parts: Iterable[str]) -> str:
    return svg_element(data.name, classes, size, data.title, data.description, parts)


def _all_points(data: ChartData) -> list[tuple[float, float]]:
    """Return year and value of every mark and of every point of a line."""
    return [*((mark.year, mark.value) for mark in data.marks), *(point for line in data.lines for point in line.points)]


def _free_places(data: ChartData, frame: Frame, lines: Sequence[Points]) -> Places:
    """Return the places that lines and points leave for words."""
    places = Places(Box(frame.left + 2, TOP - 6, frame.right, frame.bottom - 2))
    for points in lines:
        places.take_line(points)
    for target in data.targets:
        places.take_line([(frame.left, frame.y(target)), (frame.right, frame.y(target))], 12.0)
    for mark in data.marks:
        places.take_point(frame.x(mark.year), frame.y(mark.value), 5.0)
    return places


def _axes(data: ChartData, frame: Frame) -> list[str]:
    years = year_ticks(int(frame.x.low), int(frame.x.high), 5 if frame.right - frame.left < 280 else 7)
    feet = "".join(f"M{frame.x(year):.1f} {frame.bottom:.1f}v4" for year in years)
    return [
        *([] if _sign(data) else [f'<text class="unit" x="0" y="14">{escape(fit(data.unit, WIDTH / 2))}</text>']),
        *_levels(ticks(frame.y.low, frame.y.high), frame, 5, _sign(data)),
        *(f'<text class="x" x="{frame.x(year):.1f}" y="{HEIGHT - 6:g}">{year}</text>' for year in years),
        f'<path class="axis" d="{feet}M{frame.left:.1f} {frame.bottom:.1f}H{frame.right:.1f}"/>',
    ]


def _small_axes(frame: Frame) -> list[str]:
    foot = f'y="{_SMALL_HEIGHT - 5:g}"'
    return [
        *_levels(_small_ticks(frame.y.low, frame.y.high), frame, 4),
        f'<path class="axis" d="M{frame.left:.1f} {frame.bottom:.1f}H{frame.right:.1f}"/>',
        f'<text class="first" x="{frame.left:.1f}" {foot}>{frame.x.low:g}</text>',
        f'<text class="last" x="{frame.right:.1f}" {foot}>{frame.x.high:g}</text>',
    ]


def _small_ticks(low: float, high: float) -> list[float]:
    return ticks(low, high, 3)


def _sign(data: ChartData) -> str:
    """Return what follows each number at the axis of a share."""
    return "%" if data.unit in PERCENT_UNITS else ""


def _levels(values: Sequence[float], frame: Frame, gap: float, sign: str = "") -> list[str]:
    """Draw the lines at round values, and the values on their left."""
    rows = "".join(f"M{frame.left:.1f} {frame.y(value):.1f}H{frame.right:.1f}" for value in values)
    return [
        f'<path class="grid" d="{rows}"/>',
        *(
            f'<text class="y" x="{frame.left - gap:.1f}" y="{frame.y(value) + 4:.1f}">{text}{sign}</text>'
            for value, text in zip(values, tick_labels(values), strict=True)
        ),
    ]


def _band(data: ChartData, frame: Frame) -> list[str]:
    if not data.band:
        return []
    low, high = frame.y.low, frame.y.high
    top = [(year, min(max(each, low), high)) for year, _, each in data.band]
    under = [(year, min(max(each, low), high)) for year, each, _ in reversed(data.band)]
    return [f'<polygon class="band" points="{_attribute(frame.place([*top, *under]))}"/>']


def _target_line(value: float, frame: Frame) -> str:
    return f'<path class="target" d="M{frame.left:.1f} {frame.y(value):.1f}H{frame.right:.1f}"/>'


def _points(line: Line, frame: Frame) -> Points:
    """Return the places of a line's points, as far as the frame holds them."""
    return frame.place(clip(line.points, frame.y.low, frame.y.high))


def _polylines(lines: Sequence[Line], places: Sequence[Points]) -> list[str]:
    return [
        f'<polyline class="{line.kind}" points="{_attribute(points)}"/>'
        for line, points in zip(lines, places, strict=True)
        if len(points) > 1
    ]


def _attribute(points: Points) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _mark(mark: Mark, frame: Frame, size: MarkSize) -> str:
    x, y = frame.x(mark.year), frame.y(mark.value)
    if mark.kind == "step":
        half = f"{size.step:g}"
        return f'<path class="step" d="M{x:.1f} {y - size.step:.1f}l{half} {half}-{half} {half}-{half}-{half}z"/>'
    radius = size.goal if mark.kind == "goal" else size.dot
    return f'<circle class="{mark.kind}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}"/>'


def _value_texts(data: ChartData, frame: Frame, places: Places) -> list[str]:
    """Write the value beside observations and milestones where there is a free place, beside the latest in any case."""
    dots = [mark for mark in data.marks if mark.kind in ("dot", "soft")]
    marks = [dots[-1], *(reversed(dots[:-1]) if len(dots) <= _MOST_VALUES else dots[:1])]
    marks += [mark for mark in data.marks if mark.kind == "step"]
    parts = []
    for mark in marks:
        x, y = frame.x(mark.year), frame.y(mark.value)
        half = width(mark.label) / 2
        beside = [(x + side * (half + 8), y + below) for side, below in _BESIDE_POINT]
        place = places.find(mark.label, beside)
        if place is None and mark is dots[-1]:
            farther = [(x + side * (half + 8), y + 2 * below) for side, below in _BESIDE_POINT]
            place = places.least_occupied(mark.label, farther)
        if place:
            parts.append(_text("path" if mark.kind == "step" else "value", place, mark.label))
    return parts


def _line_texts(data: ChartData, lines: Sequence[Points], places: Places) -> list[str]:
    """Name the paths along them, where there is a free place."""
    parts = []
    for line, points in zip(data.lines, lines, strict=True):
        if line.kind not in ("path", "need") or len(points) < 2:
            continue
        half = width(line.label) / 2
        middles = [
            (x + side * half * 0.9, y + lift)
            for x, y in (_along(points, share) for share in (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8))
            for side, lift in _BESIDE_LINE
        ]
        if place := places.find(line.label, middles):
            parts.append(_text(line.kind, place, line.label))
    return parts


def _along(points: Points, share: float) -> tuple[float, float]:
    """Return the point of a line that lies at a share of the way across."""
    x = points[0][0] + share * (points[-1][0] - points[0][0])
    (x0, y0), (x1, y1) = next(pair for pair in pairwise(points) if x <= pair[1][0])
    return x, y0 + (y1 - y0) * (x - x0) / (x1 - x0)


def _end_texts(labels: Sequence[tuple[float, str, str]], frame: Frame) -> list[str]:
    """Write the figures at the right edge, each beside the end of its line and none over another."""
    inside = [min(max(value, frame.y.low), frame.y.high) for value, _, _ in labels]
    rows = spread([frame.y(value) for value in inside], TOP, frame.bottom - SIZE / 2)
    return [
        _text(kind, (frame.right + END_GAP, row), fit(text, MOST_END))
        for row, (_, kind, text) in zip(rows, labels, strict=True)
    ]


def _text(kind: str, place: tuple[float, float], text: str) -> str:
    x, y = place
    return f'<text class="{kind}" x="{x:.1f}" y="{y + SIZE / 3:.1f}">{escape(text)}</text>'
