"""Cells as text: exact for machines, with the plan's decimals for people."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal, getcontext
from typing import Any

import numpy as np

from smartkpi.model.arrays import Categorical, Column
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


def column_text(column: Column, kind: ColumnKind, write: Callable[[Any], str], missing: str = "") -> list[str]:
    """Return the cells of a column as text: numbers one by one, of all else each distinct value once.

    Parameters
    ----------
    column
        Of a table.
    kind
        Of the column.
    write
        Returns the text of a value of a category.
    missing
        Text of a cell that is missing.

    Examples
    --------
    >>> from smartkpi.model.arrays import categorical
    >>> column_text(np.array([80.0, np.nan]), "number", str), column_text(categorical(["a", None]), "text", str.upper)
    (['80', ''], ['A', ''])
    """
    if isinstance(column, Categorical):
        texts = [missing if value is None else write(value) for value in column.values]
        return list(map(texts.__getitem__, column.codes.tolist()))
    if kind == "number":
        return [missing if value != value else number(value) for value in column.tolist()]  # noqa: PLR0124 - NaN
    years = np.nan_to_num(column).astype(np.int64).tolist()
    texts_by_year = {year: str(year) if year else missing for year in set(years)}
    return list(map(texts_by_year.__getitem__, years))


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
    >>> rounded(15974.0, 0), rounded(2.24, 2), rounded(0.166666, None), rounded(-0.0001, 1), rounded(62.5, 0)
    ('15,974', '2.24', '0.1667', '0.0', '63')
    """
    if decimals is None:
        return significant(value)
    text = _fixed(value, decimals)
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
    text = _fixed(value, min(places, 15))
    return text.rstrip("0").rstrip(".") if "." in text else text


def _fixed(value: float, decimals: int) -> str:
    """Return a number with so many decimals, a half rounded away from zero as people do: 62.5 is 63."""
    exact = Decimal(repr(float(value)))
    if not exact.is_finite() or exact.adjusted() + decimals >= getcontext().prec - 1:
        return f"{value:,.{decimals}f}"
    return f"{exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP):,f}"
