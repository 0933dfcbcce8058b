"""A share of the way as a bar of characters."""

from __future__ import annotations

from typing import NamedTuple

from smartkpi.render.celltext import rounded

CELLS = 10
_WHOLE = 100.0


class BarMarks(NamedTuple):
    """What a bar is drawn with."""

    way: str
    """Covered, of the way from base to target."""
    left: str
    mark: str
    """Where the path is."""
    under: str
    """In place of the first cell: below the base."""
    over: str
    """In place of the last cell: beyond the target."""


PENS = BarMarks("█", "░", "│", "◂", "▸")
ASCII_PENS = BarMarks("#", ".", "|", "<", ">")


def way(progress: float, expected: float | None, ascii_only: bool) -> str:
    """Return the way from base to target as a bar with its number, and a mark where the path is.

    Parameters
    ----------
    progress
        Percent of the way that is covered; what is below 0 or above 100 shows as an arrow at that end.
    expected
        Percent of the way at which the path is; None for no mark.
    ascii_only
        Whether to draw with ASCII.

    Examples
    --------
    >>> way(60.0, 25.0, False), way(-20.0, 25.0, True)
    ('███│███░░░░    60%', '[<..|.......]   -20%')
    """
    pens = ASCII_PENS if ascii_only else PENS
    cells = _cells(progress, pens)
    if expected is not None:
        at = _position(expected)
        cells = cells[:at] + pens.mark + cells[at:]
    return _framed(cells, progress, ascii_only)


def _cells(percent: float, pens: BarMarks) -> str:
    """Return the cells of a bar: full only at 100 percent, without a covered cell only at 0."""
    number = _position(percent)
    if 0 < percent < _WHOLE:
        number = min(max(number, 1), CELLS - 1)
    cells = pens.way * number + pens.left * (CELLS - number)
    if percent < 0:
        return pens.under + cells[1:]
    return cells[:-1] + pens.over if percent > _WHOLE else cells


def _position(percent: float) -> int:
    return int(min(max(percent, 0), _WHOLE) / _WHOLE * CELLS + 0.5)


def _framed(bar: str, percent: float, ascii_only: bool) -> str:
    shown = f"{rounded(percent, 0)}%" if abs(percent) < 10 * _WHOLE else (">999%" if percent > 0 else "<-999%")
    blank = " " * (CELLS + 1 - len(bar))
    return (f"[{bar}]" if ascii_only else bar) + f"{blank}{shown:>7}"
