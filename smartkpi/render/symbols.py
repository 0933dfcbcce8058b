"""A shape and a colour for each status: a reader who sees no colour still sees the shape and the word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from smartkpi.model.codes import Status


class Symbol(NamedTuple):
    """How a status is marked."""

    shape: str
    ascii_shape: str
    style: str
    """Rich style on a terminal."""


SYMBOLS: Mapping[str, Symbol] = {
    Status.achieved: Symbol("★", "*", "bold green"),
    Status.on_track: Symbol("▲", "+", "green"),
    Status.lagging: Symbol("◆", "~", "yellow"),
    Status.off_track: Symbol("▼", "-", "red"),
    Status.reversing: Symbol("◀", "<", "bold red"),
    Status.missed: Symbol("✖", "x", "bold red"),
    Status.undetermined: Symbol("○", "?", "dim"),
}
