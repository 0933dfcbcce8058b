"""A chart of one series as SVG: plain shapes with classes, the same bytes for the same data."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape  # xml.sax.saxutils would load all of urllib

from smartkpi.render.report.captions import ends, line_labels, values
from smartkpi.render.report.labels import Box, Places, fitted
from smartkpi.render.report.scales import clipped, tick_labels, ticks, year_ticks
from smartkpi.render.report.sketch import (
    HEIGHT,
    TOP,
    WIDTH,
    ChartData,
    Frame,
    Line,
    Mark,
    Points,
    end_labels,
    frame_of,
    value_range,
)

_MOST_LARGE = 12
"""Marks up to which each is drawn large."""


def draw(data: ChartData) -> str:
    """Return the chart as an ``svg`` element of a page, without style."""
    head = (
        f'<svg class="chart" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" role="img" '
        f'aria-labelledby="{escape(data.name)}-t {escape(data.name)}-d">'
    )
    return "\n".join([head + names(data), *shapes(data), "</svg>"])


def names(data: ChartData) -> str:
    """Return the title and description that a screen reader says."""
    return (
        f'<title id="{escape(data.name)}-t">{escape(data.title)}</title>'
        f'<desc id="{escape(data.name)}-d">{escape(data.description)}</desc>'
    )


def shapes(data: ChartData) -> list[str]:
    """Return the shapes and words of the chart, those on top last."""
    years = [int(mark.year) for mark in data.marks] + [int(year) for line in data.lines for year, _ in line.points]
    first, last = min(years), max(years)
    labels, span = end_labels(data), value_range(data)
    frame = frame_of(labels, ticks(*span), (min(first, last - 1), last), span)
    drawn = [_drawn(line, frame) for line in data.lines]
    places = _taken(data, frame, drawn)
    return [
        *_axes(data, frame),
        *_band(data, frame),
        *_target_line(data, frame),
        *(
            f'<polyline class="{line.kind}" points="{joined(points)}"/>'
            for line, points in zip(data.lines, drawn, strict=True)
            if len(points) > 1
        ),
        *(_mark(mark, frame, small=len(data.marks) > _MOST_LARGE) for mark in data.marks),
        *values(data, frame, places),
        *line_labels(data, drawn, places),
        *ends(labels, frame),
    ]


def _taken(data: ChartData, frame: Frame, drawn: Sequence[Points]) -> Places:
    """Return the places that lines and points leave for words."""
    places = Places(Box(frame.left + 2, TOP - 6, frame.right, frame.bottom - 2))
    for points in drawn:
        places.take_line(points)
    target = frame.y(data.target)
    places.take_line([(frame.left, target), (frame.right, target)], 12.0)
    for mark in data.marks:
        places.take_point(frame.x(mark.year), frame.y(mark.value), 5.0)
    return places


def _axes(data: ChartData, frame: Frame) -> list[str]:
    levels = ticks(frame.y.low, frame.y.high)
    years = year_ticks(int(frame.x.low), int(frame.x.high), 5 if frame.right - frame.left < 280 else 7)
    rows = "".join(f"M{frame.left:.1f} {frame.y(value):.1f}H{frame.right:.1f}" for value in levels)
    feet = "".join(f"M{frame.x(year):.1f} {frame.bottom:.1f}v4" for year in years)
    return [
        f'<text class="unit" x="0" y="11">{escape(fitted(data.unit, WIDTH / 2))}</text>',
        f'<path class="grid" d="{rows}"/>',
        *(
            f'<text class="y" x="{frame.left - 5:.1f}" y="{frame.y(value) + 4:.1f}">{text}</text>'
            for value, text in zip(levels, tick_labels(levels), strict=True)
        ),
        *(f'<text class="x" x="{frame.x(year):.1f}" y="{HEIGHT - 6:g}">{year}</text>' for year in years),
        f'<path class="axis" d="{feet}M{frame.left:.1f} {frame.bottom:.1f}H{frame.right:.1f}"/>',
    ]


def _band(data: ChartData, frame: Frame) -> list[str]:
    if not data.band:
        return []
    low, high = frame.y.low, frame.y.high
    top = [(year, min(max(each, low), high)) for year, _, each in data.band]
    under = [(year, min(max(each, low), high)) for year, each, _ in reversed(data.band)]
    return [f'<polygon class="band" points="{joined(frame.place([*top, *under]))}"/>']


def _target_line(data: ChartData, frame: Frame) -> list[str]:
    y = frame.y(data.target)
    return [f'<path class="target" d="M{frame.left:.1f} {y:.1f}H{frame.right:.1f}"/>']


def _drawn(line: Line, frame: Frame) -> Points:
    return frame.place(clipped(line.points, frame.y.low, frame.y.high))


def joined(points: Points) -> str:
    """Return places as an attribute ``points``."""
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _mark(mark: Mark, frame: Frame, *, small: bool) -> str:
    x, y = frame.x(mark.year), frame.y(mark.value)
    if mark.kind == "step":
        return f'<path class="step" d="M{x:.1f} {y - 5:.1f}l5 5-5 5-5-5z"/>'
    radius = 5.0 if mark.kind == "goal" else 3.0 if small else 4.0
    return f'<circle class="{mark.kind}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}"/>'
