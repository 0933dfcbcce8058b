"""Workbooks of LibreOffice and others, .ods.

References
----------
OpenDocument 1.3, Part 3: 9.1 the structure of tables, 16.29 number styles, 19.387 office:value-type,
19.676 table:number-columns-repeated, 19.679 table:number-rows-repeated, 19.348 number:display-factor.
"""

from __future__ import annotations

import math
import operator
from bisect import bisect_right

from smartkpi.readers.workbook.archive import Archive, Attributes
from smartkpi.readers.workbook.cells import (
    MOST_COLUMNS,
    MOST_ROWS,
    Budget,
    Grid,
    Number,
    Range,
    SheetName,
    WorkbookError,
    check_length,
    damaged,
)
from smartkpi.readers.workbook.formats import GENERAL, Format, multiple
from smartkpi.text import pattern

_NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
_OFFICE, _TABLE, _STYLE = f"{_NAMES}office:1.0}}", f"{_NAMES}table:1.0}}", f"{_NAMES}style:1.0}}"
_TEXT, _NUMBER, _MANIFEST = f"{_NAMES}text:1.0}}", f"{_NAMES}datastyle:1.0}}", f"{_NAMES}manifest:1.0}}"
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_STYLES_OF_NUMBERS = {f"{_NUMBER}{kind}-style" for kind in ("number", "currency", "percentage")}
_GROUPS = {
    f"{_TABLE}{name}"
    for name in (
        *("table-header-rows", "table-rows", "table-row-group"),
        *("table-header-columns", "table-columns", "table-column-group"),
    )
}
_CELLS = _CELL, _COVERED = f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"
_ROW, _PARAGRAPH, _SPREADSHEET = f"{_TABLE}table-row", f"{_TEXT}p", f"{_OFFICE}spreadsheet"
_KIND, _VALUE, _CALC_KIND = f"{_OFFICE}value-type", f"{_OFFICE}value", f"{_CALC}value-type"
_STRING = f"{_OFFICE}string-value"
_COLUMNS_REPEATED, _CELL_STYLE = f"{_TABLE}number-columns-repeated", f"{_TABLE}style-name"
_COLUMNS_SPANNED, _ROWS_SPANNED = f"{_TABLE}number-columns-spanned", f"{_TABLE}number-rows-spanned"
_NUMBERS = frozenset({"float", "percentage", "currency"})
_ERRORS = ("#N/A", "#DIV/0!", "Err:")
_SHOWN = (f"{_NUMBER}text", f"{_NUMBER}currency-symbol")
_CONDITION = pattern(r"value\(\) ?(?P<sign><=|>=|!=|<|>|=) ?(?P<limit>-?[0-9.]{1,40})")
_HOLDS = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "!=": operator.ne,
}  # fmt: skip
_LONGEST_WORDS = 255
"""Characters of the words behind a number."""
_MOST_MAPS = 20
"""Conditions of a number style, each asked of each number; programs write three."""
_NOT_VISIBLE = ("collapse", "filter")
_SPACES = {f"{_TEXT}s": " ", f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_NOT_SHOWN = {f"{_TEXT}{name}" for name in ("note", "ruby-text", "tracked-changes")}
_MOST_SPACES = 100
"""That one element stands for; they are of no account in a cell."""


class Book:
    """A workbook in OpenDocument's format; its sheets are in one part, and read together.

    Parameters
    ----------
    archive
        Its parts.
    budget
        How much may be read.
    """

    def __init__(self, archive: Archive, budget: Budget) -> None:
        if "META-INF/manifest.xml" in archive:
            archive.parse("META-INF/manifest.xml", _refuse_encryption)
        styles = _Styles()
        if "styles.xml" in archive:
            archive.parse("styles.xml", styles.start, styles.end, styles.text)
        reader = _Reader(styles, budget)
        archive.parse("content.xml", reader.start, reader.end, reader.text)
        self._grids = reader.grids
        self.sheets = reader.sheets

    def grid(self, position: int) -> Grid:
        """Return the cells of a sheet."""
        return self._grids[position]


def _refuse_encryption(element: str, attributes: Attributes) -> None:
    if element == f"{_MANIFEST}encryption-data":
        raise WorkbookError("workbook_encrypted")


class _Styles:
    """How cells show numbers, and which sheets are hidden."""

    def __init__(self) -> None:
        self._formats: dict[str, Format] = {}
        self._data_styles: dict[str, str] = {}
        self._parents: dict[str, str] = {}
        self._hidden: set[str] = set()
        self._maps: dict[str, list[tuple[str, float, str]]] = {}
        """By number style, others that count instead under a condition: sign, limit and name."""
        self._words: dict[str, str] = {}
        """By number style, what it shows behind the number."""
        self._number = self._style = self._inside = ""
        self._number_styles: dict[str, str] = {}
        """By style of a cell; found so far."""

    def start(self, element: str, attributes: Attributes) -> None:
        """Note what an element says."""
        name = attributes.get(f"{_STYLE}name", "")
        self._inside = element
        if element in _STYLES_OF_NUMBERS:
            self._number = name
            self._formats[name] = Format(percent_signs=int(element.endswith("percentage-style")))
            self._words[name] = ""
        elif element == f"{_NUMBER}number" and self._number in self._formats:
            self._note_number(self._formats[self._number], attributes)
            self._words[self._number] = ""
        elif element == f"{_STYLE}map" and self._number in self._formats:
            self._note_map(attributes)
        elif element == f"{_STYLE}style":
            self._style = name
            self._data_styles[name] = attributes.get(f"{_STYLE}data-style-name", "")
            self._parents[name] = attributes.get(f"{_STYLE}parent-style-name", "")
        elif element == f"{_STYLE}table-properties" and attributes.get(f"{_TABLE}display") == "false":
            self._hidden.add(self._style)

    def end(self, element: str) -> None:
        """Note what a number style shows behind the number."""
        self._inside = ""
        if element in _STYLES_OF_NUMBERS and (own := self._formats.get(self._number)):
            words = self._words[self._number]
            self._formats[self._number] = own._replace(
                multiple=multiple(words), is_plain=own.is_plain and not set("%％") & set(words)
            )
            self._number = ""

    def text(self, text: str) -> None:
        """Take a piece of text."""
        if self._number in self._words and self._inside in _SHOWN:
            words = self._words[self._number]
            self._words[self._number] = words + text[: _LONGEST_WORDS - len(words)]

    def _note_map(self, attributes: Attributes) -> None:
        found = _CONDITION.fullmatch(attributes.get(f"{_STYLE}condition", ""))
        if found and (limit := _float(found["limit"])) == limit:
            other = attributes.get(f"{_STYLE}apply-style-name", "")
            maps = self._maps.setdefault(self._number, [])
            if len(maps) == _MOST_MAPS:
                raise damaged(f"a number style has more than {_MOST_MAPS} conditions")
            maps.append((found["sign"], limit, other))

    def _note_number(self, own: Format, attributes: Attributes) -> None:
        places, factor = (
            attributes.get(f"{_NUMBER}decimal-places", ""),
            _float(attributes.get(f"{_NUMBER}display-factor", "1")),
        )
        if not math.isfinite(factor):
            raise damaged(f"a number style divides by {attributes[f'{_NUMBER}display-factor'][:20]!r}")
        least = attributes.get(f"{_NUMBER}min-decimal-places", places)
        thousands = 0 if factor in (0, 1) else max(1, round(math.log10(abs(factor)) / 3))
        self._formats[self._number] = own._replace(
            thousands=thousands,
            decimals=int(places)
            if places.isascii() and places.isdigit() and len(places) < 3 and least == places
            else None,
            is_plain=not own.percent_signs and not thousands and bool(places),
        )

    def is_hidden(self, style: str) -> bool:
        """Whether a sheet of this style is."""
        return style in self._hidden

    def format_of(self, style: str, number: float) -> Format:
        """Return how a cell of this style shows a number."""
        if (name := self._number_styles.get(style)) is None:
            name = self._number_styles[style] = self._find_number_style(style)
        if maps := self._maps.get(name):
            name = next((other for sign, limit, other in maps if _HOLDS[sign](number, limit)), name)
        return self._formats.get(name, GENERAL)

    def _find_number_style(self, style: str) -> str:
        for _ in range(10):  # styles have parents, and a file may say that one is its own
            if name := self._data_styles.get(style, ""):
                return name
            style = self._parents.get(style, "")
        return ""


class _Reader:
    """Collects the cells of all sheets, as the parser comes across them."""

    def __init__(self, styles: _Styles, budget: Budget) -> None:
        self.sheets: list[SheetName] = []
        self.grids: list[Grid] = []
        self._styles = styles
        self._budget = budget
        self._path: list[str] = []
        self._skipped = 0
        """How deep the parser is in something that is no part of a table, such as a chart or a comment."""
        self._ends: list[int] = []
        self._column_styles: list[str] = []
        self._styles_of_columns: dict[int, str] = {}
        """Those that were asked for."""
        self._row = self._column = 0
        self._row_times = self._times = 1
        self._row_style = ""
        self._is_row_hidden = False
        self._cells: dict[int, str | Number] = {}
        self._cell: Attributes = {}
        self._pieces: list[str] = []
        """Of the text of the cell."""
        self._starts = {
            f"{_TABLE}table-column": self._note_column,
            _ROW: self._begin_row,
            **dict.fromkeys(_CELLS, self._begin_cell),
        }

    def start(self, element: str, attributes: Attributes) -> None:
        """Take what begins."""
        path = self._path
        inside = path[-1] if path else ""
        path.append(element)
        if self._skipped:
            self._skipped += 1
        # Most are these; rows and cells outside of sheets are skipped.
        elif inside == _ROW and element == _CELL:
            self._begin_cell(attributes)
        elif inside == _CELL and element == _PARAGRAPH:
            if self._pieces:
                self._pieces.append("\n")
        elif not self._begin(element, inside, attributes):
            self._skipped += 1

    def end(self, element: str) -> None:
        """Take what ends."""
        self._path.pop()
        if not self.sheets:  # styles come before them
            self._styles.end(element)
        if self._skipped:
            self._skipped -= 1
        elif element == _PARAGRAPH:
            return
        elif element == _CELL:
            self._end_cell()
        elif element == _COVERED:
            self._column += self._times  # what it holds is not shown
        elif element == _ROW:
            self._end_row()

    def text(self, text: str) -> None:
        """Take a piece of text."""
        if not self.sheets:
            self._styles.text(text)
        elif not self._skipped and ((inside := self._path[-1]) == _PARAGRAPH or inside.startswith(_TEXT)):
            self._pieces.append(text)

    def _begin(self, element: str, inside: str, attributes: Attributes) -> bool:
        """Take an element; False where neither it nor what it holds is of account."""
        if not self.sheets or inside == _SPREADSHEET:
            return self._begin_outside(element, inside, attributes)
        if begin := self._starts.get(element):
            begin(attributes)
            return inside not in _CELLS
        if element.startswith(_TEXT) and inside.startswith(_TEXT) and element not in _NOT_SHOWN:
            if space := _SPACES.get(element):
                self._pieces.append(space * min(_whole(attributes.get(f"{_TEXT}c", "1")), _MOST_SPACES))
            return True
        return element in _GROUPS

    def _begin_outside(self, element: str, inside: str, attributes: Attributes) -> bool:
        """Take an element that is in no sheet."""
        if element == f"{_TABLE}table" and inside == _SPREADSHEET:
            self._begin_table(attributes)
            return True
        self._styles.start(element, attributes)
        return not element.startswith(_TABLE)

    def _begin_table(self, attributes: Attributes) -> None:
        is_hidden = self._styles.is_hidden(attributes.get(f"{_TABLE}style-name", ""))
        self.sheets.append(SheetName(attributes.get(f"{_TABLE}name", ""), is_hidden))
        self.grids.append(Grid())
        self._row, self._ends, self._column_styles, self._styles_of_columns = 0, [], [], {}

    def _note_column(self, attributes: Attributes) -> None:
        times = _whole(attributes.get(_COLUMNS_REPEATED, "1"))
        first = self._ends[-1] if self._ends else 0
        self._ends.append(first + times)
        if attributes.get(f"{_TABLE}visibility", "") in _NOT_VISIBLE:
            self.grids[-1].hidden_columns.append(range(first, first + times))
        self._styles_of_columns.clear()
        self._column_styles.append(attributes.get(f"{_TABLE}default-cell-style-name", ""))

    def _begin_row(self, attributes: Attributes) -> None:
        self._row_times, self._row_style, self._is_row_hidden = 1, "", False
        if attributes:
            self._row_times = _whole(attributes.get(f"{_TABLE}number-rows-repeated", "1"))
            self._row_style = attributes.get(f"{_TABLE}default-cell-style-name", "")
            self._is_row_hidden = attributes.get(f"{_TABLE}visibility", "") in _NOT_VISIBLE
        self._column, self._cells = 0, {}

    def _begin_cell(self, attributes: Attributes) -> None:
        self._cell, self._pieces = attributes, []
        self._times = _whole(attributes[_COLUMNS_REPEATED]) if _COLUMNS_REPEATED in attributes else 1

    def _end_cell(self) -> None:
        cell = self._value()
        if cell != "":
            if self._column + self._times > MOST_COLUMNS:
                self._refuse(self._row + 1, self._column + self._times)
            self._budget.cell(cell, self._times)
            if self._times == 1:
                self._cells[self._column] = cell
            else:
                self._cells.update(dict.fromkeys(range(self._column, self._column + self._times), cell))
            if _COLUMNS_SPANNED in self._cell or _ROWS_SPANNED in self._cell:
                self._note_merged()
        self._column += self._times

    def _end_row(self) -> None:
        if self._cells:
            if self._row + self._row_times > MOST_ROWS:
                self._refuse(self._row + self._row_times, max(self._cells) + 1)
            if self._row_times > 1:
                for cell in self._cells.values():
                    self._budget.cell(cell, self._row_times - 1)
            grid = self.grids[-1]
            if self._row_times == 1:
                grid.rows[self._row] = self._cells
            else:
                grid.rows.update(dict.fromkeys(range(self._row, self._row + self._row_times), self._cells))
            if self._is_row_hidden:
                grid.hidden_rows.update(range(self._row, self._row + self._row_times))
        self._row += self._row_times

    def _refuse(self, rows: int, columns: int) -> None:
        raise WorkbookError("workbook_too_large", rows=rows, columns=columns, largest=f"{self._budget.most_cells:,}")

    def _note_merged(self) -> None:
        columns = _whole(self._cell.get(_COLUMNS_SPANNED, "1"))
        rows = _whole(self._cell.get(_ROWS_SPANNED, "1"))
        if columns > 1 or rows > 1:
            self.grids[-1].merged.append(
                Range(self._row, self._column, self._row + max(rows, 1) - 1, self._column + max(columns, 1) - 1)
            )

    def _value(self) -> str | Number:
        cell = self._cell
        text = "".join(self._pieces).strip()
        check_length(text)
        kind = cell.get(_KIND, "")
        if cell.get(_CALC_KIND) == "error" or text.startswith(_ERRORS):
            return text or "#VALUE!"
        if kind in _NUMBERS:
            return self._number(kind, cell.get(_VALUE, ""))
        if kind == "string":
            return cell[_STRING].strip() if cell.get(_STRING) else text
        if not kind and not text and f"{_TABLE}formula" in cell:
            return f"={cell[f'{_TABLE}formula'].partition('=')[2][:200]}"
        own = cell.get(f"{_OFFICE}{kind}-value", "") or text
        return own.partition("T00:00:00")[0] if kind == "date" else own.upper() if kind == "boolean" else own.strip()

    def _number(self, kind: str, text: str) -> str | Number:
        value = _float(text)
        if not math.isfinite(value):
            return text or "#VALUE!"
        style = self._cell.get(_CELL_STYLE) or self._row_style or self._styles_of_columns.get(self._column)
        if style is None:
            style = self._column_style()
        own = self._styles.format_of(style, value)
        if kind == "percentage" and not own.percent_signs:
            own = Format(percent_signs=1)
        return Number(value, own)

    def _column_style(self) -> str:
        position = bisect_right(self._ends, self._column)
        style = self._column_styles[position] if position < len(self._column_styles) else ""
        self._styles_of_columns[self._column] = style
        return style


def _float(text: str) -> float:
    """Return a number, NaN where a text is none."""
    try:
        return float(text) if "_" not in text else math.nan
    except ValueError:
        return math.nan


def _whole(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) <= 12:
        return int(text)
    raise damaged(f"{text[:20]!r} is not a whole number")
