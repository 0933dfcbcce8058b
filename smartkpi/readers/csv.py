"""Separated text -> header and rows, each with the line it starts on."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from smartkpi.errors import Fault
from smartkpi.model.places import Cell
from smartkpi.readers.files import line_of
from smartkpi.text import pattern, unguarded

LONGEST_CELL = 100_000
"""Characters; what is longer is no value that a person typed."""
LONGEST_LINE = 1_000_000
"""Characters; a line is split as a whole, and one of commas alone needs sixty times its size in memory."""
MOST_COLUMNS = 16_384
"""As many as a sheet of Excel has."""


SEPARATORS = ",;\t|"
_EUROSTAT = pattern(r"\\TIME(?:_PERIOD)? ?\t", re.IGNORECASE)
"""The keys before it are cut by commas, in one cell of a table that is cut by tabs."""
_SEPARATOR_LINE = pattern(r"sep=.\n", re.IGNORECASE)


class Doubt(NamedTuple):
    """Why a number of a workbook is not read as a value: it is shown as another one, or its cell is merged."""

    key: str
    """Of the message."""
    details: tuple[tuple[str, str], ...]
    """What the message puts in."""


class Facts(NamedTuple):
    """What a file says of a cell beside its text."""

    is_number: bool = False
    """The file holds it as a number, as workbooks do, and may show it as a percentage."""
    doubt: Doubt | None = None
    """Why it is not read, where a workbook leaves it open."""
    decimals: int | None = None
    """Digits after the point that a workbook shows of it; None for a text."""
    has_point: bool = False
    """The file holds it as a number, which has a point whatever mark its texts have."""
    has_digits: bool = True
    """Its last digit says how exact it is, as it does in a text and in a fixed number format."""


OF_TEXT = Facts()


class Row(NamedTuple):
    """A row of a file."""

    line: int
    cells: list[str]
    numbers: frozenset[int] = frozenset()
    """Positions of cells that the file holds as numbers, and that may be shown as percentages."""
    doubts: Mapping[int, Doubt] = MappingProxyType({})
    """By position, why a cell is not read as a value."""
    decimals: Mapping[int, int] = MappingProxyType({})
    """By position, digits after the point of cells with a fixed number format."""
    columns: Sequence[int] = ()
    """By position, where a cell is in the file, if columns were left out."""

    without_digits: frozenset[int] = frozenset()
    """Positions of numbers whose last digit says nothing, because the file shows them in no fixed format."""
    pointed: frozenset[int] = frozenset()
    """Positions of cells that the file holds as numbers: they come with a point, whatever mark its texts have."""

    def at(self, position: int) -> int:
        """Return the place of a cell: of text the line, of a workbook the cell."""
        column = self.columns[position] if self.columns else position
        return Cell(self.line, column) if isinstance(self.line, Cell) else self.line

    def facts(self, position: int) -> Facts:
        """Return what the file says of a cell beside its text."""
        if position not in self.pointed:
            return OF_TEXT
        return Facts(
            position in self.numbers,
            self.doubts.get(position),
            self.decimals.get(position),
            has_digits=position not in self.without_digits,
            has_point=True,
        )

    def with_cells(self, cells: list[str], sources: Sequence[int]) -> Row:
        """Return the row with other cells.

        Parameters
        ----------
        cells
            Of the new row.
        sources
            Of each of them, the position where it was.
        """

        def moved(positions: frozenset[int]) -> frozenset[int]:
            return frozenset(place for place, source in enumerate(sources) if source in positions)

        return Row(
            self.line,
            cells,
            moved(self.numbers),
            {place: self.doubts[source] for place, source in enumerate(sources) if source in self.doubts},
            {place: self.decimals[source] for place, source in enumerate(sources) if source in self.decimals},
            sources,
            moved(self.without_digits),
            moved(self.pointed),
        )


class Under(NamedTuple):
    """What two header rows say of a column."""

    year: str
    word: str
    """What the values of that year are: ``目標``, ``Actual``."""


class Sheet(NamedTuple):
    """A table as a file holds it."""

    file: str
    header: Row
    """Both rows, where the table has two."""
    rows: list[Row]
    under: Mapping[int, Under] = MappingProxyType({})
    """Of columns with a year and a word in two header rows: both, by position."""
    delimiter: str = ""
    """Between the cells of a text; empty where the file is none."""
    unit: str = ""
    """Of values that have none of their own, as a title or a note says it."""


def read(text: str, file: str, faults: list[Fault], skip_lines: int = 0, delimiter: str | None = None) -> Sheet | None:
    """Split text into a header and rows.

    Parameters
    ----------
    text
        Any line endings; the separator (one of `SEPARATORS`) is the commonest in the first line that is read.
    file
        Its name in messages.
    faults
        NUL bytes, unclosed quotes and cells beyond all measure are added here.
    skip_lines
        Lines before the header.
    delimiter
        Instead of the commonest one.

    Returns
    -------
    Sheet or None
        None where there is no header or the text cannot be split. Rows of empty cells are left out.
    """
    if "\0" in text:
        faults.append(Fault("nul_byte", file, line_of(text, text.index("\0"))))
        return None
    lines = io.StringIO(text, newline=None)
    for _ in range(skip_lines):
        if not lines.readline():
            break
    skipped = skip_lines + _skip_lines_before_header(lines)
    delimiter = delimiter or _delimiter(lines)
    found = sheet(file, list(_rows(lines, delimiter, file, faults, skipped)), faults)
    return found._replace(delimiter=delimiter) if found else None


def sheet(file: str, rows: list[Row], faults: list[Fault]) -> Sheet | None:
    """Take the first row as the header; no rows and nothing else to complain of is a fault."""
    if rows and len(rows[0].cells) > MOST_COLUMNS:
        faults.append(Fault("too_many_columns", file, rows[0].line, found=len(rows[0].cells), most=MOST_COLUMNS))
    elif rows:
        header = rows[0]._replace(cells=[unguarded(cell) for cell in rows[0].cells])
        return Sheet(file, header, rows[1:])
    if not any(fault.file == file for fault in faults):
        faults.append(Fault("empty_file", file))
    return None


def separator(first_line: str) -> str:
    """Return the separator that a header line uses, quoted parts aside.

    Examples
    --------
    >>> separator('"a,b";year;value')
    ';'
    """
    bare = "".join(first_line.split('"')[::2])
    if _EUROSTAT.search(bare):
        return "\t"
    return max(SEPARATORS, key=bare.count)


def _skip_lines_before_header(lines: io.StringIO) -> int:
    # `sep=;` is for Excel alone: the header shows the separator too.
    skipped, start = 0, lines.tell()
    while (text := lines.readline(LONGEST_LINE)) and (text.isspace() or _SEPARATOR_LINE.fullmatch(text)):
        skipped, start = skipped + 1, lines.tell()
    lines.seek(start)
    return skipped


def _delimiter(lines: io.StringIO) -> str:
    start = lines.tell()
    found = separator(lines.readline(LONGEST_LINE))
    lines.seek(start)
    return found


def _rows(lines: io.StringIO, delimiter: str, file: str, faults: list[Fault], skipped: int) -> Iterator[Row]:
    line = skipped + 1
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(_bounded(lines), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            if any(cell and not cell.isspace() for cell in cells):
                yield Row(line, cells)
            line = skipped + reader.line_num + 1
    except _LineTooLongError:
        faults.append(Fault("line_too_long", file, skipped + reader.line_num + 1, most=f"{LONGEST_LINE:,}"))
    except csv.Error as error:
        # A cell that is too long and goes over lines has begun with a quote that nothing closes.
        is_open = "end of data" in str(error) or skipped + reader.line_num > line
        key = "unclosed_quote" if is_open else "not_separated_text"
        faults.append(Fault(key, file, line, problem=str(error)))


class _LineTooLongError(Exception):
    """A line is longer than `LONGEST_LINE`."""


def _bounded(lines: io.StringIO) -> Iterator[str]:
    while line := lines.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            raise _LineTooLongError
        yield line


def check_widths(sheet: Sheet, faults: list[Fault]) -> list[Row]:
    """Return the rows that are as long as the header; each other one is a fault."""
    width = len(sheet.header.cells)
    faults += (
        Fault("row_width", sheet.file, row.line, found=len(row.cells), expected=width)
        for row in sheet.rows
        if len(row.cells) != width
    )
    return [row for row in sheet.rows if len(row.cells) == width]
