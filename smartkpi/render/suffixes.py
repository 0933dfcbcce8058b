"""The format of a file that is written, by the suffix of its name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from smartkpi.errors import Fault, UsageError
from smartkpi.render.view import SUFFIXES


def format_by_suffix(place: str, formats: Sequence[str], default: str) -> str:
    """Return the format that the suffix of a file says.

    Parameters
    ----------
    place
        Where to write.
    formats
        Those that can be written there.
    default
        For a suffix that says nothing.

    Raises
    ------
    UsageError
        If it is the suffix of another format.
    """
    suffix = PurePath(place).suffix.lower()
    meant = SUFFIXES.get(suffix, default)
    if meant not in formats:
        suffixes = [name for name, each in SUFFIXES.items() if each in formats]
        raise UsageError(Fault("suffix_without_format", suffix=suffix, choices=" ".join(suffixes)))
    return meant
