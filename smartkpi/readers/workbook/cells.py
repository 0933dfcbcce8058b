"""What the kinds of workbooks have in common: cells, sheets, and how much may be read."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from smartkpi.model.places import Cell
from smartkpi.readers.workbook.formats import Format
from smartkpi.text import pattern

MOST_CELLS = 5_000_000
"""From A1 to the farthest cell of a sheet."""
LARGEST_UNPACKED = 200_000_000
"""Bytes of the parts that are read."""
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
"""Of a sheet."""
_SMALL = 1_000_000
"""Bytes of a file up to which it is read within two seconds, whatever it claims."""
_LONGEST_TEXT = 100_000
"""Characters of a cell; Excel allows 32,767."""
_MARKS_OF_A_FORMAT = 20
_MARKS_OF_A_SHEET = 300
_REFERENCE = pattern(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_ESCAPE = pattern(r"_x([0-9A-Fa-f]{4})_")
_DAY = 86_400


class WorkbookError(Exception):
    """A workbook cannot be read.

    Parameters
    ----------
    key
        Entry of the catalogue of messages.
    details
        What the message puts in.
    """

    def __init__(self, key: str, **details: Any) -> None:
        super().__init__(key)
        self.key = key
        self.details = details


def damaged(problem: str) -> WorkbookError:
    """Return the error of a workbook that is not what its kind should be."""
    return WorkbookError("not_a_workbook", problem=problem)


class Number(NamedTuple):
    """A cell that holds a number."""

    value: float
    format: Format


class Range(NamedTuple):
    """Merged cells; rows and columns from 0, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        return f"{reference(self.top, self.left)}:{reference(self.bottom, self.right)}"


@dataclass
class Grid:
    """The cells of a sheet."""

    rows: dict[int, dict[int, str | Number]] = field(default_factory=dict)
    """By row and column, both from 0; cells that are empty are left out."""
    merged: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[range] = field(default_factory=list)

    @property
    def hidden(self) -> tuple[list[int], list[int]]:
        """Rows and columns that are not shown though they have cells, both from 0."""
        rows = sorted(self.hidden_rows & self.rows.keys())
        hidden, end = set[int](), 0
        for each in sorted(self.hidden_columns, key=lambda each: each.start):
            hidden.update(range(max(each.start, end), min(each.stop, MOST_COLUMNS)))
            end = max(end, each.stop)
        return rows, sorted(hidden.intersection(*[set().union(*self.rows.values())] if hidden else []))


class SheetName(NamedTuple):
    """A sheet of a workbook."""

    name: str
    is_hidden: bool = False


class Budget:
    """How much of a workbook may be read. It grows with the file: a small one that claims to be huge is made so.

    Parameters
    ----------
    size
        Bytes of the file.
    """

    def __init__(self, size: int) -> None:
        beyond = max(0, size - _SMALL)
        self.most_cells = min(MOST_CELLS, 200_000 + 2 * beyond)
        self.most_bytes = min(LARGEST_UNPACKED, 20_000_000 + 30 * size)
        self._bytes = 0
        self._nodes = min(12 * MOST_CELLS, 1_200_000 + size + 8 * beyond)
        self._cells = self.most_cells
        self._characters = 5_000_000 + 8 * size

    def unpack(self, size: int) -> None:
        """Count bytes."""
        self._bytes += size
        if self._bytes > self.most_bytes:
            raise WorkbookError("workbook_unpacked", size=f"{self._bytes:,}", largest=f"{self.most_bytes:,}")

    def node(self, number: int) -> None:
        """Count marks of XML, or records."""
        self._nodes -= number
        if self._nodes < 0:
            raise self.too_large()

    def format(self, code: str) -> None:
        """Count a number format, which takes as long as some marks to understand."""
        self.node(_MARKS_OF_A_FORMAT + len(code))

    def sheet(self) -> None:
        """Count a sheet, which takes as long as some hundred marks to begin with: many may be one and the same part."""
        self.node(_MARKS_OF_A_SHEET)

    def cell(self, cell: str | Number, times: int = 1) -> None:
        """Count cells that are alike, and the characters of their texts."""
        self._cells -= times
        if isinstance(cell, str):
            self._characters -= len(cell) * times
            check_length(cell)
        if self._cells < 0 or self._characters < 0:
            raise self.too_large()

    def too_large(self) -> WorkbookError:
        """Return the error of a workbook for what it holds."""
        return WorkbookError("workbook_too_full", largest=f"{self.most_cells:,}")

    def check_extent(self, grid: Grid) -> None:
        """Refuse a sheet whose cells, empty ones between them included, need too much memory."""
        columns = max((max(row) + 1 for row in grid.rows.values()), default=0)
        if len(grid.rows) * columns > self.most_cells:
            rows = max(grid.rows) + 1
            raise WorkbookError("workbook_too_large", rows=rows, columns=columns, largest=f"{self.most_cells:,}")


def check_length(text: str) -> None:
    """Refuse a text that nobody can have typed into a cell."""
    if len(text) > _LONGEST_TEXT:
        raise damaged(f"a cell has {len(text):,} characters")


def place_of(text: str) -> tuple[int, int]:
    """Return row and column, from 0, of a reference such as ``B7``.

    Examples
    --------
    >>> place_of("B7"), place_of("xfd1")
    ((6, 1), (0, 16383))
    """
    found = _REFERENCE.fullmatch(text)
    row, column = (int(found[2]), _column(found[1])) if found else (0, 0)
    if not (1 <= row <= MOST_ROWS and column < MOST_COLUMNS):
        raise damaged(f"no sheet has a cell {text[:20]}")
    return row - 1, column


@lru_cache(maxsize=MOST_COLUMNS)
def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def reference(row: int, column: int) -> str:
    """Return the reference of a cell, given its row and column from 0.

    Examples
    --------
    >>> reference(0, 25), reference(6, 16383)
    ('Z1', 'XFD7')
    """
    return str(Cell(row + 1, column))


def column_name(column: int) -> str:
    """Return the letters of a column, given its number from 0."""
    return reference(0, column).removesuffix("1")


def unescaped(text: str) -> str:
    """Return a text without the escapes of characters that XML does not allow: ``_x0009_`` is a tab."""
    return _ESCAPE.sub(_character, text) if "_x" in text else text


def _character(escape: re.Match[str]) -> str:
    code = int(escape[1], 16)
    return "\ufffd" if code == 0 or 0xD800 <= code < 0xE000 else chr(code)


def number_text(value: float) -> str:
    """Return a number in the shortest form that reads back to it."""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def percent_text(value: float) -> str:
    """Return a share of 1 as a percentage.

    Examples
    --------
    >>> percent_text(0.741), percent_text(1.0)
    ('74.1%', '100%')
    """
    return f"{Decimal(repr(value)).scaleb(2).normalize():f}%"


def cell_of(value: float, part: Format, is_1904: bool = False) -> str | Number:
    """Return a number as a cell holds it: as text where it is a date."""
    if not (part.is_date or part.is_duration):
        return Number(value, part)
    try:
        text = _duration(value) if part.is_duration else _date(value, is_1904)
        return text[:4] if part.is_year and value >= 1 else text
    except (OverflowError, ValueError):
        return Number(value, part)


def _duration(value: float) -> str:
    return str(datetime.timedelta(milliseconds=round(value * _DAY * 1000)))


def _date(value: float, is_1904: bool) -> str:
    """Return a date as ISO 8601 has it, given the days since 1900 (whose February has 29 days in Excel) or 1904."""
    if value < 0:
        raise ValueError
    days = value + 1462 if is_1904 else value if value >= 60 else value + 1
    moment = datetime.datetime(1899, 12, 30) + datetime.timedelta(milliseconds=round(days * _DAY * 1000))  # noqa: DTZ001 - no zone
    if value < 1:
        return moment.time().isoformat()
    return (moment.date() if moment.time() == datetime.time() else moment).isoformat()
