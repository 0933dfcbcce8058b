"""Cells as text: exact for machines, with the plan's decimals for people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from smartkpi.model.columns import ColumnKind
from smartkpi.text import printable

# Up to here a double is written in full; beyond, zeros would pretend to digits that it does not have.
_LARGEST_IN_FULL, _SMALLEST_IN_FULL = 1e21, 1e-12


def number(value: float) -> str:
    """Return the shortest text that reads back to the same double, without exponent for ordinary sizes.

    Examples
    --------
    >>> number(6.5e12), number(80.0), number(-0.0), number(0.1), number(1e-7)
    ('6500000000000', '80', '0', '0.1', '0.0000001')
    """
    if value == 0:
        return "0"
    text = repr(float(value))
    if "e" in text and _SMALLEST_IN_FULL <= abs(value) < _LARGEST_IN_FULL:
        text = format(Decimal(text), "f")
    return text.removesuffix(".0")


def machine(value: Any, kind: ColumnKind) -> str:
    """Return a cell for scripts: empty if missing, ``true`` or ``false``, exact numbers."""
    if value is None:
        return ""
    if kind == "flag":
        return "true" if value else "false"
    return printable(str(value)) if kind == "text" else number(value)


def written(cells: Sequence[Any], kind: ColumnKind, write: Callable[[Any], str], missing: str = "") -> list[str]:
    """Return the cells of a column as text: figures one by one, of all else each distinct value once.

    Parameters
    ----------
    cells
        One per row, None where missing.
    kind
        Of the column; of text, years and flags few are distinct.
    write
        Returns the text of a cell that is no number.
    missing
        Text of a cell that is missing.

    Examples
    --------
    >>> written([80.0, None], "number", str), written(["a", None, "a"], "text", str.upper)
    (['80', ''], ['A', '', 'A'])
    """
    if kind == "number":
        return [missing if cell is None else number(cell) for cell in cells]
    write = number if kind == "year" else write
    texts = {None: missing, **{value: write(value) for value in set(cells) - {None}}}
    return list(map(texts.__getitem__, cells))


def rounded(value: float, decimals: int | None) -> str:
    """Return a number for people, with thousands separators.

    Parameters
    ----------
    value
        Any finite number.
    decimals
        Decimals to show; None for up to four significant digits, and all digits before the point.

    Examples
    --------
    >>> rounded(15974.0, 0), rounded(2.24, 2), rounded(0.166666, None), rounded(-0.0001, 1)
    ('15,974', '2.24', '0.1667', '0.0')
    """
    if decimals is None:
        return significant(value)
    text = f"{value:,.{decimals}f}"
    return text.removeprefix("-") if not text.strip("-0.,") else text


def significant(value: float, digits: int = 4) -> str:
    """Return a number with at least so many significant digits, and all digits before the point.

    Examples
    --------
    >>> significant(1.5882), significant(12345.6), significant(10.0)
    ('1.588', '12,346', '10')
    """
    if value == 0:
        return "0"
    places = max(digits - Decimal(repr(float(value))).adjusted() - 1, 0)
    text = f"{value:,.{min(places, 15)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
