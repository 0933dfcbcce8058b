"""The axes of a chart made of characters: round numbers upwards, years across."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from smartkpi.render.celltext import rounded
from smartkpi.render.steps import decimals_of, round_step

_WIDEST_YEAR, _YEAR_LABEL, _WIDEST_NUMBER = 12, 6, 12
"""Cells between two years at the most, of a year with its blanks, and of a number at the most."""
# Beyond this range a difference overflows or vanishes, and round steps with it.
_SMALLEST, _LARGEST = 1e-290, 1e290
_SAME = 1e-9
"""Relative; values closer than this are drawn as one."""
_ROWS_PER_LABEL = 3


@dataclass(frozen=True)
class Upwards:
    """The axis of values; row 0 is on top."""

    low: float
    high: float
    rows: int
    labels: Sequence[str]
    """Label of each row, empty where it has none."""

    def row(self, value: float) -> int:
        """Return the row of a value."""
        # Halved: the difference of two doubles may be more than a double holds.
        share = (value / 2 - self.low / 2) / (self.high / 2 - self.low / 2)
        return round((self.rows - 1) * (1 - min(max(share, 0.0), 1.0)))


def upwards(values: Sequence[float], most_rows: int) -> Upwards:
    """Return an axis that holds the values, with round labels that fall on rows.

    Examples
    --------
    >>> axis = upwards([5.7, 6.5], 9)
    >>> axis.low, axis.high, list(axis.labels), axis.row(6.0)
    (5.5, 6.5, ['6.5', '', '', '', '6.0', '', '', '', '5.5'], 4)
    """
    low, high = min(values), max(values)
    largest = max(abs(low), abs(high))
    if largest > _LARGEST:
        low, high = min(low, 0.0), max(high, 0.0)
        return Upwards(low, high, most_rows, [_text(high, 0), *[""] * (most_rows - 2), _text(low, 0)])
    if high - low <= _SAME * largest or high - low < _SMALLEST:
        room = max(largest / 10, _SMALLEST)
        low, high = low - room, high + room
    step = round_step((high - low) / max((most_rows - 1) // _ROWS_PER_LABEL, 1))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    apart = max((most_rows - 1) // (last - first), 1)
    decimals = decimals_of(f"{step:.6g}")
    numbers = [_text(count * step, decimals) for count in range(last, first - 1, -1)]
    labels = [label for number in numbers for label in (number, *[""] * (apart - 1))]
    rows = apart * (last - first) + 1
    return Upwards(first * step, last * step, rows, labels[:rows])


def _text(value: float, decimals: int) -> str:
    text = rounded(value, min(decimals, 15))
    return text if len(text) <= _WIDEST_NUMBER else f"{value:.4g}"


@dataclass(frozen=True)
class Across:
    """The axis of years."""

    first: int
    last: int
    width: int

    def column(self, year: float) -> int:
        """Return the column of a year."""
        if self.last == self.first:
            return self.width // 2
        return round((year - self.first) * (self.width - 1) / (self.last - self.first))

    @property
    def labelled(self) -> Sequence[int]:
        """The last year and those before it at equal distances, as many as there is room for."""
        apart = math.ceil(_YEAR_LABEL * (self.last - self.first) / self.width)
        return range(self.last, self.first - 1, -max(apart, 1))


def across(first: int, last: int, most_columns: int) -> Across:
    """Return an axis from year to year, with whole cells per year where there is room."""
    cells = min((most_columns - 1) // max(last - first, 1), _WIDEST_YEAR)
    return Across(first, last, (last - first) * cells + 1 if cells and last > first else most_columns)
