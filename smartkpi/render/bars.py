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
    share: str
    """Covered, as a share of the target where there is no base."""
    way_left: str
    share_left: str
    mark: str
    """Where the path stands."""
    under: str
    """In place of the first cell: below the base."""
    over: str
    """In place of the last cell: beyond the target."""


PENS = BarMarks("█", "▒", "░", "·", "│", "◂", "▸")
ASCII_PENS = BarMarks("#", "=", ".", ".", "|", "<", ">")


def way(progress: float, expected: float | None, ascii_only: bool) -> str:
    """Return the way from base to target as a bar with its number, and a mark where the path stands.

    Parameters
    ----------
    progress
        Percent of the way that is covered; what is below 0 or above 100 shows as an arrow at that end.
    expected
        Percent of the way at which the path stands; None for no mark.
    ascii_only
        Whether to draw with ASCII.

    Examples
    --------
    >>> way(60.0, 25.0, False), way(-20.0, 25.0, True)
    ('███│███░░░░    60%', '[<..|.......]   -20%')
    """
    pens = _pens(ascii_only)
    cells = _cells(progress, pens.way, pens.way_left, pens)
    if expected is None:
        return _framed(cells, progress, ascii_only)
    at = _position(expected)
    return _framed(cells[:at] + pens.mark + cells[at:], progress, ascii_only)


def share(attainment: float, ascii_only: bool) -> str:
    """Return the attainment as a bar with its number: other shades, no mark, for there is no base and no path.

    Examples
    --------
    >>> share(79.5, False), share(113.4, True)
    ('▒▒▒▒▒▒▒▒··     80%', '[=========>]    113%')
    """
    pens = _pens(ascii_only)
    return _framed(_cells(attainment, pens.share, pens.share_left, pens), attainment, ascii_only)


def _pens(ascii_only: bool) -> BarMarks:
    return ASCII_PENS if ascii_only else PENS


def _cells(percent: float, covered: str, left: str, pens: BarMarks) -> str:
    """Return the cells of a bar: full only at 100 percent, without a covered cell only at 0."""
    number = _position(percent)
    if 0 < percent < _WHOLE:
        number = min(max(number, 1), CELLS - 1)
    cells = covered * number + left * (CELLS - number)
    if percent < 0:
        return pens.under + cells[1:]
    return cells[:-1] + pens.over if percent > _WHOLE else cells


def _position(percent: float) -> int:
    return int(min(max(percent, 0), _WHOLE) / _WHOLE * CELLS + 0.5)


def _framed(bar: str, percent: float, ascii_only: bool) -> str:
    shown = f"{rounded(percent, 0)}%" if abs(percent) < 10 * _WHOLE else (">999%" if percent > 0 else "<-999%")
    blank = " " * (CELLS + 1 - len(bar))
    return (f"[{bar}]" if ascii_only else bar) + f"{blank}{shown:>7}"
