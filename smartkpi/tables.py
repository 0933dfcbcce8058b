"""Separated text -> header and rows, each with the line it starts on."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from smartkpi.errors import Fault

LONGEST_CELL = 100_000
"""Characters; what is longer is no value that a person typed."""


@dataclass(frozen=True)
class Row:
    """A row of a file."""

    line: int
    cells: list[str]


@dataclass(frozen=True)
class Sheet:
    """A table as a file holds it."""

    file: str
    header: Row
    rows: list[Row]


def read(text: str, file: str, faults: list[Fault], skip_lines: int = 0) -> Sheet | None:
    """Split text into a header and rows.

    Parameters
    ----------
    text
        Any line endings; the separator (comma, semicolon or tab) is the commonest in the first line that is read.
    file
        Its name in messages.
    faults
        NUL bytes, unclosed quotes and cells beyond all measure are added here.
    skip_lines
        Lines before the header.

    Returns
    -------
    Sheet or None
        None where there is no header or the text cannot be split. Rows of empty cells are left out.
    """
    if "\0" in text:
        faults.append(Fault("nul_byte", file, text.count("\n", 0, text.index("\0")) + 1))
        return None
    lines = io.StringIO(text, newline=None)
    for _ in range(skip_lines):
        lines.readline()
    rows = list(_rows(lines, file, faults, skip_lines))
    if not rows:
        if not any(fault.file == file for fault in faults):
            faults.append(Fault("empty_file", file))
        return None
    return Sheet(file, rows[0], rows[1:])


def separator(first_line: str) -> str:
    """Return the separator that a header line uses, quoted parts aside.

    Examples
    --------
    >>> separator('"a,b";year;value')
    ';'
    """
    bare = "".join(first_line.split('"')[::2])
    return max(",;\t", key=bare.count)


def _rows(lines: io.StringIO, file: str, faults: list[Fault], skipped: int) -> Iterator[Row]:
    start = lines.tell()
    delimiter = separator(lines.readline())
    lines.seek(start)
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    line = skipped + 1
    try:
        for cells in reader:
            if any(cell and not cell.isspace() for cell in cells):
                yield Row(line, cells)
            line = skipped + reader.line_num + 1
    except csv.Error as error:
        key = "unclosed_quote" if "end of data" in str(error) else "not_separated_text"
        faults.append(Fault(key, file, line, problem=str(error)))


def check_widths(sheet: Sheet, faults: list[Fault]) -> list[Row]:
    """Return the rows that are as long as the header; each other one is a fault."""
    width = len(sheet.header.cells)
    faults += [
        Fault("row_width", sheet.file, row.line, found=len(row.cells), expected=width)
        for row in sheet.rows
        if len(row.cells) != width
    ]
    return [row for row in sheet.rows if len(row.cells) == width]
