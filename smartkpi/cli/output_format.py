"""The format of what is written: the one asked for, else the one that the name of the file says."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from pathlib import Path, PurePath

from smartkpi.cli.output import STANDARD_OUTPUT
from smartkpi.errors import Fault, UsageError
from smartkpi.render.suffixes import format_by_suffix
from smartkpi.render.view import SUFFIXES

BINARY = ("xlsx", "parquet")
"""Formats of tables that only the name of a file asks for."""


def output_format(asked: str | None, place: str, formats: Sequence[str], default: str) -> str:
    """Return the format to write.

    Parameters
    ----------
    asked
        By ``--format``; None where it is not given.
    place
        Where to write.
    formats
        Those that the command has.
    default
        For a terminal, a pipe, a device, and a name whose suffix says nothing.

    Raises
    ------
    UsageError
        If the suffix is that of another format than the one asked for, or of one that the command does not have.
    """
    if not _is_file(place):
        return asked or default
    if asked is None:
        return format_by_suffix(place, formats, default)
    suffix = PurePath(place).suffix.lower()
    if SUFFIXES.get(suffix, asked) != asked:
        raise UsageError(Fault("format_and_suffix", format=asked, suffix=suffix))
    return asked


def _is_file(place: str) -> bool:
    """Whether a place is a file or will be one; a device or pipe may have any name."""
    if place == STANDARD_OUTPUT:
        return False
    try:
        return stat.S_ISREG(Path(place).stat().st_mode)
    except (OSError, ValueError):
        return True
