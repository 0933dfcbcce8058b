"""Workbooks, .xlsx, .xls and .ods -> a table. The only module that knows calamine."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Sequence
from typing import Any

from smartkpi.errors import Fault
from smartkpi.model.columns import OBSERVATIONS
from smartkpi.readers import odscells, xlsxcells
from smartkpi.readers.csv import Row, Sheet
from smartkpi.readers.csv import sheet as sheet_of

MOST_CELLS = 5_000_000
"""From A1 to the farthest cell of a sheet; each takes about 100 bytes in memory, empty or not."""
LARGEST_UNPACKED = 200_000_000
"""Bytes of all parts of a workbook together."""
_ZIP = b"PK\x03\x04"


def read(
    content: bytes, file: str, faults: list[Fault], remarks: list[Fault], sheet: str | None = None, skip_lines: int = 0
) -> Sheet | None:
    """Read one sheet of a workbook; its rows are the lines that messages name.

    Parameters
    ----------
    content
        Bytes of the file.
    file
        Its name in messages.
    faults, remarks
        What cannot be read, and which of several sheets was taken, is added here.
    sheet
        Name or number from 1; None for the one called ``observations``, else the first.
    skip_lines
        Rows before the header.

    Returns
    -------
    Sheet or None
        Cells as text: numbers in the shortest form, dates as ISO has them. None with a fault.
    """
    try:
        import python_calamine
    except ImportError:
        faults.append(Fault("no_calamine", file))
        return None
    before = len(faults)
    try:
        _check_archive(content, file, faults)
        cells = [] if len(faults) > before else _cells(python_calamine, content, file, faults, remarks, sheet)
    except BaseException as error:  # a damaged file can make calamine panic, and that is no Exception
        if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        faults.append(Fault("not_a_workbook", file, problem=str(error).partition("\n")[0]))
        return None
    return sheet_of(file, [row for row in cells if row.line > skip_lines and any(row.cells)], faults)


def _check_archive(content: bytes, file: str, faults: list[Fault]) -> None:
    """Refuse what would need too much memory already when it is opened."""
    if not content.startswith(_ZIP):
        return
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        unpacked = sum(part.file_size for part in parts.infolist())
        if unpacked > LARGEST_UNPACKED:
            faults.append(Fault("workbook_unpacked", file, size=f"{unpacked:,}", largest=f"{LARGEST_UNPACKED:,}"))
        else:
            _check_extent(*odscells.extent(parts), file, faults)


def _check_extent(rows: int, columns: int, file: str, faults: list[Fault]) -> None:
    if rows * columns > MOST_CELLS:
        faults.append(Fault("workbook_too_large", file, rows=rows, columns=columns, largest=f"{MOST_CELLS:,}"))


def _cells(
    calamine: Any, content: bytes, file: str, faults: list[Fault], remarks: list[Fault], sheet: str | None
) -> list[Row]:
    """Return the rows of the sheet asked for; none with a fault."""
    before = len(faults)
    book = calamine.load_workbook(io.BytesIO(content))
    name = _chosen(book.sheet_names, file, faults, remarks, sheet)
    found = xlsxcells.NONE
    if content.startswith(_ZIP):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            found = xlsxcells.scan(parts, name)
        _check_extent(found.rows, found.columns, file, faults)
    if len(faults) > before:
        return []
    cells: list[list[Any]] = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    for (row, column), error in found.errors.items():
        if row < len(cells) and column < len(cells[row]):
            cells[row][column] = error
    return [_row(line, row, found.plain.get(line - 1, 0)) for line, row in enumerate(cells, 1)]


def _chosen(names: Sequence[str], file: str, faults: list[Fault], remarks: list[Fault], wanted: str | None) -> str:
    """Return the name of the sheet asked for, else of the one to read; empty with a fault if there is none."""
    listed = ", ".join(names)
    if wanted is None and OBSERVATIONS in names:
        return OBSERVATIONS
    if wanted is None:
        if len(names) > 1:
            remarks.append(Fault("first_sheet", file, name=names[0], names=listed))
        return names[0]
    if wanted in names:
        return wanted
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted[:9]) <= len(names):
        return names[int(wanted) - 1]
    faults.append(Fault("no_such_sheet", file, found=wanted, names=listed))
    return ""


def _row(line: int, cells: list[Any], plain: int) -> Row:
    """Return a row; `plain` has a bit for each cell that is shown as the number that it holds."""
    numbers = frozenset(position for position, cell in enumerate(cells) if type(cell) in (int, float))
    maybe_shares = frozenset(position for position in numbers if not plain >> position & 1)
    return Row(line, [_text(cell) for cell in cells], maybe_shares, numbers)


def _text(cell: Any) -> str:
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, (datetime.date, datetime.time)):
        return cell.isoformat()
    return str(cell)
