"""The shape of each status as a path in a square of 16, for pages and pictures: no font needs to have it."""

from __future__ import annotations

from collections.abc import Mapping

from smartkpi.model.codes import Status

SHAPES: Mapping[str, str] = {
    Status.achieved: "M8 .8l2.2 4.7 5.1.6-3.8 3.5 1 5.1L8 12.2l-4.5 2.5 1-5.1L.7 6.1l5.1-.6z",
    Status.on_track: "M8 2l7 12H1z",
    Status.lagging: "M8 1l7 7-7 7-7-7z",
    Status.off_track: "M8 14l7-12H1z",
    Status.reversing: "M1 8l13-7v14z",
    Status.missed: "M3 1l5 5 5-5 2 2-5 5 5 5-2 2-5-5-5 5-2-2 5-5-5-5z",
    Status.undetermined: "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm0 2.4a4.6 4.6 0 1 1 0 9.2 4.6 4.6 0 0 1 0-9.2z",
}


def shape(status: str, x: float, y: float, size: float) -> str:
    """Return a status's shape as an SVG element with its middle at a place."""
    scale = size / 16
    place = f"translate({x - size / 2:.1f} {y - size / 2:.1f}) scale({scale:.3g})"
    return f'<path class="mark {status}" d="{SHAPES[status]}" transform="{place}"/>'
