"""Workbooks, .xlsx, .xls and .ods -> tables of cells.

All is read in Python: a parser that counts what it reads, and no native code that could end the process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Protocol

from smartkpi.errors import Fault
from smartkpi.model.columns import OBSERVATIONS
from smartkpi.model.places import Cell
from smartkpi.readers.csv import Doubt, Facts, Row, Sheet
from smartkpi.readers.csv import sheet as sheet_of
from smartkpi.readers.workbook import formats
from smartkpi.readers.workbook.cells import (
    Budget,
    Grid,
    Number,
    Range,
    SheetName,
    WorkbookError,
    column_name,
    damaged,
    number_text,
    percent_text,
)
from smartkpi.text import shortened

EVERY = "*"
"""Instead of the name of a sheet: all that are not hidden."""
_ZIP = b"PK\x03\x04"
_LONGEST_NAME = 40
_MOST_NAMED = 20


class _Book(Protocol):
    sheets: list[SheetName]

    def grid(self, position: int) -> Grid: ...


def read(
    content: bytes,
    file: str,
    faults: list[Fault],
    remarks: list[Fault],
    wanted: Sequence[str] = (),
    skip_lines: int = 0,
    is_table: Callable[[Sheet], bool] = lambda _: True,
) -> list[Sheet]:
    """Read the sheets of a workbook that are asked for, else the one that holds the table.

    Parameters
    ----------
    content
        Bytes of the file.
    file
        Its name in messages.
    faults, remarks
        What cannot be read, and which of several sheets was taken, is added here.
    wanted
        Names or numbers from 1, or `EVERY`; none for the one called ``observations``, else the only one with a table.
    skip_lines
        Rows before the header.
    is_table
        Whether a sheet holds a table of observations.

    Returns
    -------
    list of Sheet
        Cells as text: numbers in the shortest form, percentages with their sign, dates as ISO has them. None with an
        error.
    """
    before = len(faults)
    try:
        budget = Budget(len(content))
        reader = _Reader(_book(content, budget), file, budget, skip_lines)
        found = reader.wanted(wanted, faults, is_table) if wanted else reader.table(faults, remarks, is_table)
        remarks += [reader.hidden[each.file] for each in found if each.file in reader.hidden]
        found = [each for each in found if sheet_of(each.file, [each.header, *each.rows], faults)]
    except WorkbookError as error:
        faults.append(Fault(error.key, file, **error.details))
    return [] if len(faults) > before else found


def _book(content: bytes, budget: Budget) -> _Book:
    """Open a workbook; what it holds says of which kind it is."""
    if not content.startswith(_ZIP):
        from smartkpi.readers.workbook import xls

        return xls.Book(content, budget)
    from smartkpi.readers.workbook.archive import Archive

    archive = Archive(content, budget)
    if "content.xml" in archive:
        from smartkpi.readers.workbook import ods

        return ods.Book(archive, budget)
    if "xl/workbook.bin" in archive:
        raise WorkbookError("workbook_xlsb")
    if "_rels/.rels" not in archive and "xl/workbook.xml" not in archive:
        raise damaged("the archive holds no workbook")
    from smartkpi.readers.workbook import xlsx

    return xlsx.Book(archive, budget)


class _Reader:
    """Reads sheets of a workbook.

    Parameters
    ----------
    book
        The workbook.
    file
        Its name in messages.
    budget
        How much may be read.
    skip_lines
        Rows before the header.
    """

    def __init__(self, book: _Book, file: str, budget: Budget, skip_lines: int) -> None:
        self._book = book
        self._file = file
        self._budget = budget
        self._skip_lines = skip_lines
        self.hidden: dict[str, Fault] = {}
        """By sheet, the remark on rows and columns that are not shown."""
        self._visible = [position for position, sheet in enumerate(book.sheets) if not sheet.is_hidden]
        if not book.sheets:
            raise damaged("it has no sheets")

    def wanted(self, names: Sequence[str], faults: list[Fault], is_table: Callable[[Sheet], bool]) -> list[Sheet]:
        """Return the sheets of these names; of all, those with a table."""
        positions: dict[int, None] = {}
        for name in names:
            if name == EVERY:
                positions |= dict.fromkeys(self._visible)
            elif (position := self._position(name)) is not None:
                positions[position] = None
            else:
                faults.append(Fault("no_such_sheet", self._file, found=name, names=self._names(self._all())))
        found = [sheet for position in positions if (sheet := self._sheet(position)) is not None]
        if EVERY in names and len(found) > 1:
            found = [sheet for sheet in found if is_table(sheet)] or found[:1]
        if not found and not faults:
            faults.append(Fault("empty_file", self._file))
        return found

    def table(self, faults: list[Fault], remarks: list[Fault], is_table: Callable[[Sheet], bool]) -> list[Sheet]:
        """Return the sheet to read where none is asked for."""
        named = [position for position in self._visible if self._book.sheets[position].name == OBSERVATIONS]
        positions = named[:1] or self._visible or self._all()
        sheets = {position: sheet for position in positions if (sheet := self._sheet(position)) is not None}
        if not sheets:
            faults.append(Fault("empty_file", self._file))
            return []
        found = [position for position, sheet in sheets.items() if len(sheets) == 1 or is_table(sheet)]
        if len(found) > 1:
            faults.append(Fault("several_sheets", self._file, names=self._names(found)))
            return []
        position = found[0] if found else next(iter(sheets))
        if len(positions) > 1:
            name = self._book.sheets[position].name
            remarks.append(Fault("only_sheet", self._file, name=name, names=self._names(self._all())))
        return [sheets[position]]

    def _all(self) -> list[int]:
        return list(range(len(self._book.sheets)))

    def _names(self, positions: Sequence[int]) -> str:
        names = [shortened(self._book.sheets[position].name, _LONGEST_NAME) for position in positions]
        return ", ".join([*names[:_MOST_NAMED], *(["…"] if len(names) > _MOST_NAMED else [])])

    def _position(self, wanted: str) -> int | None:
        names = [sheet.name for sheet in self._book.sheets]
        if wanted in names:
            return names.index(wanted)
        if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted[:9]) <= len(names):
            return int(wanted) - 1
        return None

    def _sheet(self, position: int) -> Sheet | None:
        """Return a sheet; None if it is empty."""
        self._budget.sheet()
        grid = self._book.grid(position)
        self._budget.check_extent(grid)
        rows = [row for row in _rows(grid, self._budget) if row.line > self._skip_lines]
        file = f"{self._file}[{shortened(self._book.sheets[position].name, _LONGEST_NAME)}]"
        hidden_rows, hidden_columns = grid.hidden
        if shown := [str(each + 1) for each in hidden_rows] + [column_name(each) for each in hidden_columns]:
            names = ", ".join([*shown[:_MOST_NAMED], *(["…"] if len(shown) > _MOST_NAMED else [])])
            self.hidden[file] = Fault("hidden_cells", file, number=len(shown), names=names)
        return Sheet(file, rows[0], rows[1:]) if rows else None


def _rows(grid: Grid, budget: Budget) -> Iterator[Row]:
    """Return the rows that have a cell, each as wide as the sheet."""
    ranges = _fill_merged(grid, budget)
    width = max((max(row) + 1 for row in grid.rows.values()), default=0)
    before, facts = formats.GENERAL, _facts(formats.GENERAL)
    for number in sorted(grid.rows):
        cells, numbers = [""] * width, dict[int, Facts]()
        for column, cell in grid.rows[number].items():
            if isinstance(cell, str):
                cells[column] = cell
                continue
            own = cell.format
            text = percent_text(cell.value) if own.percent_signs == 1 else number_text(cell.value)
            cells[column] = text + own.multiple
            if own is not before:  # most cells are like the one beside them
                before, facts = own, _facts(own)
            numbers[column] = facts
            if own.thousands or own.percent_signs > 1:
                shown = formats.shown(cell.value, own)
                doubt = Doubt("scaled_cell", (("found", number_text(cell.value)), ("shown", shown)))
                numbers[column] = facts._replace(doubt=doubt)
            elif ranges and (merged := ranges.get((number, column))):
                doubt = Doubt("merged_number", (("found", cells[column]), ("range", str(merged))))
                numbers[column] = facts._replace(doubt=doubt)
        yield Row(Cell(number + 1), cells, numbers)


@lru_cache(maxsize=1 << 10)
def _facts(own: formats.Format) -> Facts:
    """Return what a format says of the numbers that it shows."""
    return Facts(
        is_number=not own.percent_signs and not own.is_plain,
        decimals=own.decimals,
        has_point=True,
        has_digits=own.decimals is not None,
    )


def _fill_merged(grid: Grid, budget: Budget) -> dict[tuple[int, int], Range]:
    """Let merged cells fill their range, and return the range of each of them that holds a number.

    A title or heading over the whole width of a table, which has nothing beside it, stays in its first cell.
    """
    numbers: dict[tuple[int, int], Range] = {}
    if not grid.merged:
        return numbers
    last_row = max(grid.rows, default=-1)
    left = min((min(row) for row in grid.rows.values()), default=0)
    ends = {number: max(row) for number, row in grid.rows.items()}
    right = max(ends.values(), default=-1)
    own: set[int] = set()
    for merged in grid.merged:
        cell = grid.rows.get(merged.top, {}).get(merged.left)
        is_heading = merged.left == left and merged.right > merged.left and ends.get(merged.top, -1) <= merged.right
        if cell is None or is_heading:
            continue
        last = min(merged.right, right)
        for number in range(merged.top, min(merged.bottom, last_row) + 1):
            budget.cell(cell, last - merged.left + 1)
            if number not in own:
                # Repeated rows of an .ods share their cells.
                grid.rows[number] = {**grid.rows.get(number, {})}
                own.add(number)
            ends[number] = max(ends.get(number, -1), last)
            for column in range(merged.left, last + 1):
                grid.rows[number][column] = cell
                if isinstance(cell, Number):
                    numbers[number, column] = merged
    return numbers
