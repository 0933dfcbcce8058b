"""Workbooks of Excel 97 to 2003, .xls: records (BIFF8) in a compound file.

References
----------
[MS-CFB] Compound File Binary File Format; [MS-XLS] Excel Binary File Format, 2.3 and 2.4 records, 2.5.240 SST.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator
from typing import NamedTuple

from smartkpi.readers.workbook import formats
from smartkpi.readers.workbook.cells import (
    Budget,
    Grid,
    Number,
    Range,
    SheetName,
    WorkbookError,
    cell_of,
    check_length,
    damaged,
    reference,
)

_CONTINUED = b"\x3c\x00"
_BOF, _EOF = 0x809, 0x0A
_SST, _FORMAT, _XF, _SHEET, _FILEPASS, _DATE_MODE = 0xFC, 0x41E, 0xE0, 0x85, 0x2F, 0x22
_NUMBER, _RK, _MULRK, _LABELSST, _LABEL, _RSTRING = 0x203, 0x27E, 0xBD, 0xFD, 0x204, 0xD6
_BOOLERR, _FORMULA, _STRING, _MERGED = 0x205, 0x06, 0x207, 0xE5
_ROW, _COLUMNS = 0x208, 0x7D
_BIFF8 = 0x600
_MOST_COLUMNS = 256
_MARKS_OF_A_RECORD = 4
"""As long as so many marks of XML does a record take."""
_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
_LAST_SECTOR = 0xFFFFFFFA
"""From here on numbers of sectors mean something else."""


class _Record(NamedTuple):
    kind: int
    parts: list[bytes]
    """Its own bytes, and those of the records that continue it."""


class Book:
    """A workbook of Excel 97 to 2003.

    Parameters
    ----------
    content
        Bytes of the file.
    budget
        How much may be read.
    """

    def __init__(self, content: bytes, budget: Budget) -> None:
        streams = _streams(content)
        if "encryptedpackage" in streams:
            raise WorkbookError("workbook_encrypted")
        if "workbook" not in streams:
            raise damaged("it is of Excel 95 or older" if "book" in streams else "it holds no sheets")
        self._stream = streams["workbook"]
        self._budget = budget
        self._codes: dict[int, str] = {}
        self._styles: list[int] = []
        self._strings: list[str] = []
        self._positions: list[int] = []
        self._is_1904 = False
        self.sheets: list[SheetName] = []
        try:
            self._read_globals()
        except (struct.error, IndexError):
            raise damaged("a record is too short") from None

    def grid(self, position: int) -> Grid:
        """Return the cells of a sheet."""
        try:
            return self._grid(self._positions[position])
        except (struct.error, IndexError):
            raise damaged("a record is too short") from None

    def _read_globals(self) -> None:
        for kind, parts in _records(self._stream, 0, self._budget):
            if kind == _FILEPASS:
                raise WorkbookError("workbook_encrypted")
            if kind == _SST:
                self._strings = _shared_strings(parts)
            elif kind == _FORMAT:
                code = _Text(parts, 2).read()
                self._budget.format(code)
                self._codes[_short(parts[0], 0)] = code
            elif kind == _XF:
                self._styles.append(_short(parts[0], 2))
            elif kind == _DATE_MODE:
                self._is_1904 = _short(parts[0], 0) == 1
            elif kind == _SHEET and parts[0][5] == 0:
                (position,) = struct.unpack_from("<I", parts[0])
                name = _Text(parts, 6).read(is_short=True)
                self._positions.append(position)
                self.sheets.append(SheetName(name, bool(parts[0][4] & 3)))

    def _grid(self, position: int) -> Grid:
        grid = Grid()
        waiting: tuple[int, int] | None = None
        """A cell with a formula, whose text comes next."""
        for kind, parts in _records(self._stream, position, self._budget):
            own = parts[0]
            if kind == _STRING and waiting is not None:
                self._set(grid, *waiting, _Text(parts, 0).read())
                waiting = None
            elif kind == _MULRK:
                row, column = struct.unpack_from("<HH", own)
                for number, place in enumerate(range(4, len(own) - 2, 6)):
                    style, stored = struct.unpack_from("<HI", own, place)
                    self._set(grid, row, column + number, self._shown(_rk(stored), style))
            elif kind == _MERGED:
                grid.merged += _merged(own)
            elif kind in (_ROW, _COLUMNS):
                _note_hidden(kind, own, grid)
            elif kind in (_NUMBER, _RK, _LABELSST, _LABEL, _RSTRING, _BOOLERR, _FORMULA):
                _check_text(waiting)
                row, column, style = struct.unpack_from("<3H", own)
                cell = self._cell(kind, parts, style)
                waiting = (row, column) if cell is None else None
                self._set(grid, row, column, cell or "")
        _check_text(waiting)
        return grid

    def _cell(self, kind: int, parts: list[bytes], style: int) -> str | Number | None:
        """Return what a cell holds; None where it is a text that comes next."""
        own = parts[0]
        if kind in (_NUMBER, _RK) or (kind == _FORMULA and own[12:14] != b"\xff\xff"):
            value = _rk(struct.unpack_from("<I", own, 6)[0]) if kind == _RK else struct.unpack_from("<d", own, 6)[0]
            return self._shown(value, style)
        if kind == _FORMULA:
            return {0: None, 3: ""}[own[6]] if own[6] in (0, 3) else _boolean_or_error(own[6] == 2, own[8])
        if kind == _LABELSST:
            return str(self._strings[struct.unpack_from("<I", own, 6)[0]])
        return _boolean_or_error(own[7] == 1, own[6]) if kind == _BOOLERR else _Text(parts, 6).read()

    def _shown(self, value: float, style: int) -> str | Number:
        if value - value != 0:  # neither is a number: infinite, and none
            return "#NUM!"
        number = self._styles[style] if style < len(self._styles) else 0
        code = self._codes[number] if number in self._codes else formats.built_in(number)
        return cell_of(value, formats.format_of(code, value), self._is_1904)

    def _set(self, grid: Grid, row: int, column: int, cell: str | Number) -> None:
        if column >= _MOST_COLUMNS:
            raise damaged(f"an .xls has no column {column + 1}")
        if cell == "":
            return
        self._budget.cell(cell)
        cells = grid.rows.setdefault(row, {})
        if cells.setdefault(column, cell) is not cell:
            raise damaged(f"it has two cells {reference(row, column)}")


def _check_text(waiting: tuple[int, int] | None) -> None:
    """Refuse a formula whose text does not come."""
    if waiting is not None:
        raise damaged(f"the text of the formula in {reference(*waiting)} is missing")


def _merged(own: bytes) -> Iterator[Range]:
    for number in range(_short(own, 0)):
        top, bottom, left, right = struct.unpack_from("<4H", own, 2 + 8 * number)
        yield Range(top, left, bottom, right)


def _note_hidden(kind: int, own: bytes, grid: Grid) -> None:
    """Note a row or columns that are not shown."""
    if kind == _ROW and own[12] & 0x20:
        grid.hidden_rows.add(_short(own, 0))
    if kind == _COLUMNS and own[8] & 1:
        grid.hidden_columns.append(range(_short(own, 0), _short(own, 2) + 1))


def _boolean_or_error(is_error: bool, value: int) -> str:
    return _ERRORS.get(value, "#VALUE!") if is_error else "TRUE" if value else "FALSE"


def _short(content: bytes, place: int) -> int:
    return int(struct.unpack_from("<H", content, place)[0])


def _rk(stored: int) -> float:
    """Return a number that is stored in four bytes."""
    if stored & 2:
        value = float((stored >> 2) - (1 << 30 if stored & 0x80000000 else 0))
    else:
        (value,) = struct.unpack("<d", struct.pack("<Q", (stored & 0xFFFFFFFC) << 32))
    return float(value / 100 if stored & 1 else value)


def _records(stream: bytes, position: int, budget: Budget) -> Iterator[_Record]:
    """Return the records of a substream, without those of the charts in it."""
    depth = 0
    for record in _all_records(stream, position, budget):
        if record.kind == _BOF:
            depth += 1
            if _short(record.parts[0], 0) != _BIFF8:
                raise damaged("it is of Excel 95 or older")
        elif not depth:
            raise damaged("a sheet does not begin where it should")
        elif record.kind == _EOF:
            depth -= 1
            if not depth:
                return
        elif depth == 1:
            yield record
    raise damaged("it ends in the middle of a sheet")


def _all_records(stream: bytes, position: int, budget: Budget) -> Iterator[_Record]:
    """Return the records from a position on, each with those that continue it."""
    while position + 4 <= len(stream):
        record = _Record(struct.unpack_from("<H", stream, position)[0], [])
        while not record.parts or stream[position : position + 2] == _CONTINUED:
            (size,) = struct.unpack_from("<H", stream, position + 2)
            record.parts.append(stream[position + 4 : position + 4 + size])
            position += 4 + size
            budget.node(_MARKS_OF_A_RECORD)
        yield record


class _Text:
    """Reads texts that may go on in the records that continue one.

    Parameters
    ----------
    parts
        The bytes of the record, and of each that continues it.
    place
        Where the text begins in the first.
    """

    def __init__(self, parts: list[bytes], place: int) -> None:
        self._parts = parts
        self._part = 0
        self._place = place

    def read(self, is_short: bool = False) -> str:
        """Return the next text."""
        count = self._take(1)[0] if is_short else _short(self._take(2), 0)
        flags = self._take(1)[0]
        runs = _short(self._take(2), 0) if flags & 8 else 0
        extra = struct.unpack("<I", self._take(4))[0] if flags & 4 else 0
        pieces = []
        while count:
            if self._place >= len(self._parts[self._part]):
                # Each record begins with how wide its characters are.
                self._next()
                flags = self._take(1)[0]
            wide = 2 if flags & 1 else 1
            here = min(count, (len(self._parts[self._part]) - self._place) // wide)
            if not here:
                raise damaged("a text ends in the middle of a character")
            piece = self._take(here * wide)
            pieces.append(piece.decode("utf-16-le" if wide == 2 else "latin-1", "replace"))
            count -= here
        self._skip(4 * runs + extra)
        text = "".join(pieces).strip()
        check_length(text)
        return text

    def _next(self) -> None:
        self._part, self._place = self._part + 1, 0
        if self._part >= len(self._parts):
            raise damaged("a text has no end")

    def _take(self, size: int) -> bytes:
        if self._place >= len(self._parts[self._part]):
            self._next()
        piece = self._parts[self._part][self._place : self._place + size]
        self._place += size
        return piece

    def _skip(self, size: int) -> None:
        while size:
            left = len(self._parts[self._part]) - self._place
            if left > 0:
                self._place += min(size, left)
                size -= min(size, left)
            if size:
                self._next()


def _shared_strings(parts: list[bytes]) -> list[str]:
    (number,) = struct.unpack_from("<I", parts[0], 4)
    reader = _Text(parts, 8)
    if number > sum(map(len, parts)):
        raise damaged("it has fewer texts than it says")
    return [reader.read() for _ in range(number)]


def _streams(content: bytes) -> dict[str, bytes]:
    """Return the streams of a compound file that matter here, by name in small letters."""
    try:
        return _Compound(content).streams()
    except (struct.error, IndexError):
        raise damaged("it is cut off, or not a compound file") from None


class _Compound:
    """A compound file: sectors of one size, chained by a table.

    Parameters
    ----------
    content
        Bytes of the file.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        shift, self._mini_shift = struct.unpack_from("<HH", content, 30)
        if shift not in (9, 12) or self._mini_shift != 6:
            raise damaged("it is not a compound file")
        self._shift = int(shift)
        self._first, self._cutoff = struct.unpack_from("<I", content, 48)[0], struct.unpack_from("<I", content, 56)[0]
        (mini, _, extension) = struct.unpack_from("<III", content, 60)
        tables = [each for each in struct.unpack_from("<109I", content, 76) if each < _LAST_SECTOR]
        for _ in range(self._sectors()):
            if extension >= _LAST_SECTOR:
                break
            more = _numbers(self._sector(extension))
            tables += [each for each in more[:-1] if each < _LAST_SECTOR]
            extension = more[-1]
        if len(tables) > self._sectors():
            raise damaged("its sectors go in a circle")
        self._next = _numbers(b"".join(map(self._sector, tables)))
        self._mini_next = _numbers(self._chain(mini)) if mini < _LAST_SECTOR else array("I")

    def streams(self) -> dict[str, bytes]:
        """Return the streams that matter here."""
        directory = self._chain(self._first)
        found: dict[str, tuple[int, int]] = {}
        root = b""
        for place in range(0, len(directory) - 127, 128):
            length, kind = struct.unpack_from("<HB", directory, place + 64)
            start, size = struct.unpack_from("<II", directory, place + 116)
            name = directory[place : place + min(max(length - 2, 0), 62)].decode("utf-16-le", "replace").casefold()
            if kind == 5 and start < _LAST_SECTOR:
                root = self._chain(start)
            elif kind == 2 and name in ("workbook", "book", "encryptedpackage"):
                found.setdefault(name, (start, size))
        wanted = {"workbook": found["workbook"]} if "workbook" in found else {}
        return dict.fromkeys(found, b"") | {
            name: (self._mini_chain(start, root) if size < self._cutoff else self._chain(start))[:size]
            for name, (start, size) in wanted.items()
        }

    def _sectors(self) -> int:
        return len(self._content) >> self._shift

    def _sector(self, number: int) -> bytes:
        start = (number + 1) << self._shift
        piece = self._content[start : start + (1 << self._shift)]
        if not piece:
            raise damaged("it is cut off")
        return piece

    def _chain(self, start: int) -> bytes:
        pieces = []
        while start < _LAST_SECTOR:
            pieces.append(self._sector(start))
            if len(pieces) > self._sectors():
                raise damaged("its sectors go in a circle")
            start = self._next[start]
        return b"".join(pieces)

    def _mini_chain(self, start: int, root: bytes) -> bytes:
        pieces = []
        while start < _LAST_SECTOR:
            pieces.append(root[start << self._mini_shift : (start + 1) << self._mini_shift])
            if len(pieces) > len(self._mini_next):
                raise damaged("its sectors go in a circle")
            start = self._mini_next[start]
        return b"".join(pieces)


def _numbers(content: bytes) -> array[int]:
    found = array("I", content[: len(content) // 4 * 4])
    if struct.pack("=I", 1) != struct.pack("<I", 1):
        found.byteswap()
    return found
