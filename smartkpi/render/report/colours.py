"""The report's colours, each for light and for dark; text on its ground has a contrast of 4.5 or more (WCAG AA)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from smartkpi.model.codes import Status

PALETTE: Mapping[str, tuple[str, str]] = {
    "ground": ("#f4f6f8", "#11151a"),
    "paper": ("#ffffff", "#1a2028"),
    "ink": ("#18202a", "#e7ecf2"),
    "soft": ("#55616f", "#a6b3c1"),
    "edge": ("#d8dee5", "#343f4b"),
    "link": ("#0b57a4", "#82bbf7"),
    "grid": ("#e5e9ee", "#2b343f"),
    "seen": ("#0b57a4", "#78b6f7"),
    "path": ("#5f6b78", "#9aa8b7"),
    "need": ("#a34700", "#f2a763"),
    "ahead": ("#6a3fb5", "#bda4f3"),
    "target": ("#18713a", "#67cc8a"),
}

STATUS_PALETTE: Mapping[str, tuple[tuple[str, str], tuple[str, str]]] = {
    # text and ground, light; text and ground, dark
    Status.achieved: (("#0a5a3c", "#d8f2e6"), ("#7ce0b3", "#11382b")),
    Status.on_track: (("#1d661d", "#e1f4dc"), ("#98de8d", "#1c3a1b")),
    Status.lagging: (("#744600", "#fdefcf"), ("#f4c96f", "#3d2f10")),
    Status.off_track: (("#a3271d", "#fde6e2"), ("#ffa396", "#48201b")),
    Status.reversing: (("#8a1550", "#fbe3ee"), ("#ff9bc8", "#471b33")),
    Status.missed: (("#6e1f1f", "#f2dddd"), ("#ecacac", "#402323")),
    Status.undetermined: (("#465160", "#e8ecf1"), ("#b9c5d1", "#2c353f")),
}


def variables(*, dark: bool) -> str:
    """Return the colours as CSS custom properties."""
    plain = [f"--{name}:{pair[dark]}" for name, pair in PALETTE.items()]
    marks = [f"--{status}:{pair[dark][0]};--{status}-ground:{pair[dark][1]}" for status, pair in STATUS_PALETTE.items()]
    return ";".join([*plain, *marks])


def with_light_colours(css: str) -> str:
    """Return CSS with the light colours in place of custom properties, for programs that know none."""
    return re.sub(r"var\(--(\w+)\)", lambda found: PALETTE.get(found[1], ("inherit",))[0], css)
