"""Small charts of the series of one indicator, all in the same frame, so that they can be held against each other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape  # xml.sax.saxutils would load all of urllib

from smartkpi.render.report.chart import joined, names
from smartkpi.render.report.labels import width
from smartkpi.render.report.scales import Scale, clipped, domain, tick_labels, ticks
from smartkpi.render.report.sketch import ChartData, Frame, Mark

_WIDTH, _HEIGHT = 168.0, 100.0
_TOP, _FOOT, _EDGE = 8.0, 20.0, 6.0
_SIZE = 12.0
_MOST_DOTS = 12
"""Observations up to which each has a dot; beyond, the latest alone."""


def shared_frame(charts: Sequence[ChartData]) -> Frame | None:
    """Return the frame in which all charts are drawn; None where their values are too far apart to draw."""
    values = [value for data in charts for value in _values(data)]
    if not values or not math.isfinite(4 * (max(values) - min(values))):
        return None
    years = [int(year) for data in charts for year in _years(data)]
    span = domain(values, charts[0].bounds)
    left = max(width(text, _SIZE) for text in tick_labels(_levels(*span))) + _EDGE
    right, bottom = _WIDTH - 1, _HEIGHT - _FOOT
    across = Scale(min(*years, max(years) - 1), max(years), left + _EDGE, right - _EDGE)
    return Frame(across, Scale(*span, bottom, _TOP), left, right, bottom)


def draw_small(data: ChartData, frame: Frame) -> str:
    """Return one of the charts as an ``svg`` element of a page, without style."""
    head = (
        f'<svg class="chart small" viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" role="img" '
        f'aria-labelledby="{escape(f"{data.name}-t {data.name}-d")}">'
    )
    target = frame.y(min(max(data.target, frame.y.low), frame.y.high))
    lines = [
        f'<polyline class="{line.kind}" points="{joined(points)}"/>'
        for line in data.lines
        if len(points := frame.place(clipped(line.points, frame.y.low, frame.y.high))) > 1
    ]
    return "\n".join(
        [
            head + names(data),
            *_axes(frame),
            f'<path class="target" d="M{frame.left:.1f} {target:.1f}H{frame.right:.1f}"/>',
            *lines,
            *(_mark(mark, frame) for mark in _marks(data)),
            "</svg>",
        ]
    )


def _values(data: ChartData) -> list[float]:
    return [
        data.target,
        *(mark.value for mark in data.marks),
        *(value for line in data.lines for _, value in line.points),
    ]


def _years(data: ChartData) -> list[float]:
    return [*(mark.year for mark in data.marks), *(year for line in data.lines for year, _ in line.points)]


def _levels(low: float, high: float) -> list[float]:
    return ticks(low, high, 3)


def _marks(data: ChartData) -> list[Mark]:
    dots = [mark for mark in data.marks if mark.kind in ("dot", "soft")]
    others = [mark for mark in data.marks if mark.kind not in ("dot", "soft")]
    return [*others, *(dots if len(dots) <= _MOST_DOTS else dots[-1:])]


def _axes(frame: Frame) -> list[str]:
    levels = _levels(frame.y.low, frame.y.high)
    rows = "".join(f"M{frame.left:.1f} {frame.y(value):.1f}H{frame.right:.1f}" for value in levels)
    foot = f'y="{_HEIGHT - 5:g}"'
    return [
        f'<path class="grid" d="{rows}"/>',
        *(
            f'<text class="y" x="{frame.left - 4:.1f}" y="{frame.y(value) + 4:.1f}">{text}</text>'
            for value, text in zip(levels, tick_labels(levels), strict=True)
        ),
        f'<path class="axis" d="M{frame.left:.1f} {frame.bottom:.1f}H{frame.right:.1f}"/>',
        f'<text class="first" x="{frame.left:.1f}" {foot}>{frame.x.low:g}</text>',
        f'<text class="last" x="{frame.right:.1f}" {foot}>{frame.x.high:g}</text>',
    ]


def _mark(mark: Mark, frame: Frame) -> str:
    x, y = frame.x(mark.year), frame.y(mark.value)
    if mark.kind == "step":
        return f'<path class="step" d="M{x:.1f} {y - 3:.1f}l3 3-3 3-3-3z"/>'
    radius = 3.5 if mark.kind == "goal" else 2.4
    return f'<circle class="{mark.kind}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}"/>'
