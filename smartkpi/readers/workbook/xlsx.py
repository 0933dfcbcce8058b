"""Workbooks of Excel since 2007, .xlsx and .xlsm.

References
----------
ECMA-376, Part 1: 18.2.19 sheet, 18.3.1.4 c (attributes r, the place, s, the style, and t, the type), 18.3.1.55
mergeCell, 18.8.10 cellXfs (a cell's style is a position in it). Part 2: names of parts are the same in any case.
"""

from __future__ import annotations

import math
import posixpath
from collections.abc import Callable, Mapping
from typing import TypeVar

from smartkpi.readers.workbook import formats
from smartkpi.readers.workbook.archive import Archive, Attributes
from smartkpi.readers.workbook.cells import (
    MOST_COLUMNS,
    MOST_ROWS,
    Budget,
    Grid,
    Number,
    Range,
    SheetName,
    cell_of,
    check_length,
    damaged,
    place_of,
    reference,
    unescaped,
)

_MAIN = ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")
_RELATION = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TRUE = ("1", "true", "on")
T = TypeVar("T")
_IDS = [f"{space}}}id" for space in _RELATION]


def _tags(*names: str, value: T) -> dict[str, T]:
    """Return a value by each of the names that an element has in XML."""
    return {f"{space}}}{name}": value for space in _MAIN for name in names}


_SHEET, _PROPERTIES = _tags("sheet", value=True), _tags("workbookPr", value=True)
_CALCULATION = _tags("calcPr", value=True)
_FORMAT, _CELL_STYLES, _STYLE = (_tags(name, value=True) for name in ("numFmt", "cellXfs", "xf"))


class Book:
    """A workbook of Excel.

    Parameters
    ----------
    archive
        Its parts.
    budget
        How much may be read.
    """

    def __init__(self, archive: Archive, budget: Budget) -> None:
        self._archive = archive
        self._budget = budget
        self._main = _of_kind(self._relations(""), "/officeDocument") or "xl/workbook.xml"
        self._is_1904 = False
        self._is_to_calculate = False
        """Whoever wrote it leaves its formulas to the program that opens it, and their values at 0."""
        self._sheets: list[tuple[SheetName, str]] = []
        archive.parse(self._main, self._note_sheet)
        self.sheets = [sheet for sheet, _ in self._sheets]
        self._parts = self._relations(self._main)
        self._strings: list[str] | None = None
        self._codes: list[str] | None = None

    def grid(self, position: int) -> Grid:
        """Return the cells of a sheet."""
        part = self._parts.get(self._sheets[position][1], ("", ""))[1]
        if not part:
            raise damaged(f"no part belongs to the sheet {self.sheets[position].name[:40]}")
        if self._strings is None or self._codes is None:
            self._strings, self._codes = self._shared_strings(), self._formats()
        reader = _SheetReader(self._strings, self._codes, self._is_1904, self._budget, self._is_to_calculate)
        self._archive.parse(part, reader.start, reader.end, reader.text)
        return reader.grid

    def _note_sheet(self, element: str, attributes: Attributes) -> None:
        if element in _PROPERTIES:
            self._is_1904 = attributes.get("date1904") in _TRUE
        elif element in _CALCULATION:
            self._is_to_calculate = attributes.get("fullCalcOnLoad") in _TRUE
        elif element in _SHEET:
            relation = next((attributes[name] for name in _IDS if name in attributes), "")
            is_hidden = attributes.get("state", "visible") != "visible"
            self._sheets.append((SheetName(attributes.get("name", ""), is_hidden), relation))

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Return the type and the part of each relation of a part, by its id."""
        folder, name = posixpath.split(part)
        found: dict[str, tuple[str, str]] = {}

        def note(element: str, attributes: Attributes) -> None:
            if element == _PACKAGE and attributes.get("TargetMode") != "External":
                target = posixpath.join("/", folder, attributes.get("Target", "").replace("\\", "/"))
                target = posixpath.normpath(target)
                if found.setdefault(attributes.get("Id", ""), each := (attributes.get("Type", ""), target)) != each:
                    raise damaged(f"{path} has two relations {attributes.get('Id', '')[:40]}")

        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if path in self._archive:
            self._archive.parse(path, note)
        return found

    def _shared_strings(self) -> list[str]:
        found: list[str] = []
        if part := _of_kind(self._parts, "/sharedStrings"):
            reader = _StringReader(found.append)
            self._archive.parse(part, reader.start, reader.end, reader.text)
        return found

    def _formats(self) -> list[str]:
        """Return the code of the number format of each style of a cell."""
        own: dict[int, str] = {}
        styles: list[int] = []
        in_cells = False

        def start(element: str, attributes: Attributes) -> None:
            nonlocal in_cells
            if element in _FORMAT:
                code = attributes.get("formatCode", "")
                self._budget.format(code)
                own[_whole(attributes.get("numFmtId"))] = code
            elif element in _CELL_STYLES:
                in_cells = True
            elif element in _STYLE and in_cells:
                styles.append(_whole(attributes.get("numFmtId")))

        def end(element: str) -> None:
            nonlocal in_cells
            if element in _CELL_STYLES:
                in_cells = False

        if part := _of_kind(self._parts, "/styles"):
            self._archive.parse(part, start, end)
        return [own[number] if number in own else formats.built_in(number) for number in styles]


def _of_kind(relations: Mapping[str, tuple[str, str]], kind: str) -> str:
    """Return the part of the first relation of a kind; empty without one."""
    return next((target for each, target in relations.values() if each.endswith(kind)), "")


class _StringReader:
    """Collects the texts of ``si`` and ``is``: those of its runs, without how they are pronounced."""

    def __init__(self, add: Callable[[str], None]) -> None:
        self._add = add
        self._runs: list[str] | None = None
        self._phonetic = 0
        self.pieces: list[str] | None = None
        """Of the text that is read, None outside of one."""
        self.starts: dict[str, Callable[[Attributes], None]] = {
            **_tags("si", "is", value=self._begin),
            **_tags("t", value=self._begin_text),
            **_tags("rPh", value=self._begin_phonetic),
        }
        self.ends: dict[str, Callable[[], None]] = {
            **_tags("si", "is", value=self._end),
            **_tags("t", value=self._end_text),
            **_tags("rPh", value=self._end_phonetic),
        }

    def start(self, element: str, attributes: Attributes) -> None:
        """Take what begins."""
        if begin := self.starts.get(element):
            begin(attributes)

    def end(self, element: str) -> None:
        """Take what ends."""
        if end := self.ends.get(element):
            end()

    def text(self, text: str) -> None:
        """Take a piece of text."""
        if self.pieces is not None:
            self.pieces.append(text)

    def _begin(self, _: Attributes) -> None:
        self._runs = []

    def _end(self) -> None:
        if self._runs is not None:
            text, self._runs = "".join(self._runs).strip(), None
            check_length(text)
            self._add(text)

    def _begin_text(self, _: Attributes) -> None:
        self.pieces = None if self._phonetic or self._runs is None else []

    def _end_text(self) -> None:
        if self.pieces is not None and self._runs is not None:
            self._runs.append(unescaped("".join(self.pieces)))
        self.pieces = None

    def _begin_phonetic(self, _: Attributes) -> None:
        self._phonetic += 1

    def _end_phonetic(self) -> None:
        self._phonetic -= 1


class _SheetReader(_StringReader):
    """Collects the cells of a sheet, as the parser comes across them."""

    def __init__(
        self, strings: list[str], codes: list[str], is_1904: bool, budget: Budget, is_to_calculate: bool
    ) -> None:
        super().__init__(self._set_value)
        self.grid = Grid()
        self._strings = strings
        self._codes = codes
        self._formats: dict[str, tuple[str, formats.Format | None]] = {}
        """By style, as written."""
        self._columns: dict[str, int] = {}
        """By letters."""
        self._is_1904 = is_1904
        self._budget = budget
        self._is_to_calculate = is_to_calculate
        self._formulas: dict[str, str] = {}
        """Of the cells that share one, by its number."""
        self._in_data = self._in_cell = False
        self._row = self._column = -1
        self._row_name = ""
        self._cells: dict[int, str | Number] = {}
        """Of the row."""
        self._kind = self._style = self._shared = ""
        self._value: str | None = None
        self._formula: str | None = None
        self.starts |= {
            **_tags("c", value=self._begin_cell),
            **_tags("v", value=self._begin_value),
            **_tags("f", value=self._begin_formula),
            **_tags("row", value=self._begin_row),
            **_tags("sheetData", value=self._begin_data),
            **_tags("mergeCell", value=self._merge),
            **_tags("col", value=self._note_columns),
        }
        self.ends |= {
            **_tags("c", value=self._end_cell),
            **_tags("v", value=self._end_value),
            **_tags("f", value=self._end_formula),
            **_tags("sheetData", value=self._end_data),
        }

    def _begin_data(self, _: Attributes) -> None:
        self._in_data = True

    def _end_data(self) -> None:
        self._in_data = False

    def _merge(self, attributes: Attributes) -> None:
        first, _, last = attributes.get("ref", "").partition(":")
        self.grid.merged.append(Range(*place_of(first), *place_of(last or first)))

    def _note_columns(self, attributes: Attributes) -> None:
        if attributes.get("hidden") in _TRUE:
            first, last = _whole(attributes.get("min")), _whole(attributes.get("max"))
            self.grid.hidden_columns.append(range(first - 1, last))

    def _begin_value(self, _: Attributes) -> None:
        self.pieces = [] if self._in_cell else None

    def _end_value(self) -> None:
        if self.pieces is not None:
            self._value, self.pieces = "".join(self.pieces), None

    def _begin_formula(self, attributes: Attributes) -> None:
        self.pieces = [] if self._in_cell else None
        self._shared = attributes.get("si", "") if attributes.get("t") == "shared" else ""

    def _end_formula(self) -> None:
        if self.pieces is None:
            return
        text, self.pieces = "".join(self.pieces)[:200], None
        if self._shared:
            text = text or self._formulas.get(self._shared, "")
            self._formulas.setdefault(self._shared, text)
        self._formula = text

    def _set_value(self, text: str) -> None:
        self._value = text

    def _begin_row(self, attributes: Attributes) -> None:
        if not self._in_data:
            return
        self._row = _whole(attributes["r"]) - 1 if "r" in attributes else self._row + 1
        self._column = -1
        if not 0 <= self._row < MOST_ROWS:
            raise damaged(f"no sheet has a row {attributes.get('r', self._row + 1)!s:.20}")
        self._row_name = str(self._row + 1)
        self._cells = self.grid.rows.get(self._row, {})
        if attributes.get("hidden") in _TRUE:
            self.grid.hidden_rows.add(self._row)

    def _begin_cell(self, attributes: Attributes) -> None:
        if not self._in_data:
            return
        if (place := attributes.get("r")) is not None:
            # Most references are letters that came before, and the number of their row.
            column = self._columns.get(place.removesuffix(self._row_name))
            self._column = self._column_of(place) if column is None else column
        else:
            self._column += 1
            if self._column >= MOST_COLUMNS:
                raise damaged(f"row {self._row + 1} has more than {MOST_COLUMNS:,} columns")
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "0")
        self._in_cell = True
        self._value = self._formula = None

    def _column_of(self, place: str) -> int:
        row, column = place_of(place)
        if row != self._row:
            raise damaged(f"the cell {place} is in row {self._row + 1}")
        if (letters := place.removesuffix(self._row_name)).isalpha():
            self._columns[letters] = column
        return column

    def _end_cell(self) -> None:
        if not self._in_cell:
            return
        self._in_cell = False
        cell = self._cell()
        if cell == "":
            return
        self._budget.cell(cell)
        if self._column in self._cells:
            raise damaged(f"it has two cells {reference(self._row, self._column)}")
        if not self._cells:
            self.grid.rows[self._row] = self._cells
        self._cells[self._column] = cell

    def _cell(self) -> str | Number:
        """Return what the cell holds; empty if it is empty."""
        text = (self._value or "").strip()
        if self._is_to_calculate and self._formula and text == "0" and self._kind == "n":
            return f"={self._formula}"
        if not text:
            # Programs write formulas that nobody has calculated yet; that of a text may have no more than this.
            return f"={self._formula}" if self._formula is not None and self._kind != "str" else ""
        if self._kind == "n":
            return self._number(text)
        if self._kind == "s":
            return self._string(_whole(text))
        if self._kind == "b":
            return "TRUE" if text in ("1", "true") else "FALSE"
        return unescaped(text).strip() if self._kind == "str" else text

    def _string(self, position: int) -> str:
        if position >= len(self._strings):
            raise damaged(f"it has no text {position}")
        return self._strings[position]

    def _number(self, text: str) -> str | Number:
        try:
            value = float(text)
        except ValueError:
            return text
        if not math.isfinite(value) or "_" in text:
            return text
        if (own := self._formats.get(self._style)) is None:
            own = self._formats[self._style] = self._format(_whole(self._style))
        code, part = own
        return Number(value, part) if part else cell_of(value, formats.format_of(code, value), self._is_1904)

    def _format(self, style: int) -> tuple[str, formats.Format | None]:
        """Return the code of a style's format, and the format if it is the same for all numbers, which are no dates."""
        code = self._codes[style] if style < len(self._codes) else "General"
        (condition, part), *others = formats.sections(code)
        return code, None if others or condition or part.is_date or part.is_duration else part


def _whole(text: str | None) -> int:
    """Return a whole number of at most nine digits."""
    if text and text.isascii() and text.isdigit() and len(text) <= 9:
        return int(text)
    raise damaged(f"{(text or '')[:20]!r} is not a whole number")
