"""A table on a sheet: cells with their formats, a header that does not scroll, columns and rows of readable size."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

from smartkpi.errors import Fault, OutputError
from smartkpi.model.codes import Status
from smartkpi.model.table import Table
from smartkpi.render.celltext import significant
from smartkpi.render.report.colours import PALETTE, STATUS_PALETTE
from smartkpi.render.width import width
from smartkpi.text import printable

MOST_ROWS, LONGEST_TEXT = 1_048_576, 32_767
"""Of a sheet, and characters of a cell."""
_NARROWEST, _WIDEST = 8, 60
"""Width of columns, in digits."""
_LINE, _HIGHEST = 15, 405
"""Height of a line and of a row, in points."""
_A4 = 9
_RATIOS = ("pace", "probability")
_MOST_DECIMALS = 30
"""Of a number format in Excel."""
_LONG = 1e15
"""Beyond it Excel shows zeros for digits."""


class Shown(NamedTuple):
    """How a number is shown."""

    code: str
    """Of the number format."""
    width: int
    """Characters; Excel fills a column that is too narrow with #."""


_YEAR = Shown("0", 4)


class SheetWriter:
    """Writes a table on an empty sheet.

    Parameters
    ----------
    sheet
        Of xlsxwriter.
    looks
        The formats of its workbook.
    """

    def __init__(self, sheet: Any, looks: Looks) -> None:
        self._sheet = sheet
        self._looks = looks
        self._lines: dict[int, int] = {}
        """Of the rows that have more than one; not every program makes room for them by itself."""

    def write(self, table: Table) -> None:
        """Write the table.

        Raises
        ------
        OutputError
            If the sheet cannot hold it.
        """
        rows = len(table)
        if rows >= MOST_ROWS:
            raise OutputError(Fault("excel_rows", sheet=self._sheet.name, found=f"{rows:,}", most=f"{MOST_ROWS - 1:,}"))
        for position, name in enumerate(table.columns):
            self._column(position, name, table)
            if name.partition("_")[0] == "status" and name not in table.plan.dimensions:
                self._colour(position, rows)
        for row, lines in self._lines.items():
            self._sheet.set_row(row, min(lines * _LINE, _HIGHEST))
        self._sheet.freeze_panes(1, 1)
        self._sheet.autofilter(0, 0, rows, len(table.columns) - 1)
        self._set_paper()

    def _column(self, position: int, name: str, table: Table) -> None:
        looks, is_text = self._looks, table.kinds[name] == "text"
        header = looks.header_of_text if is_text else looks.header_of_numbers
        self.write_text(0, position, printable(name), header)
        breadth = self._texts(position, name, table.cells(name)) if is_text else self._figures(position, name, table)
        self._sheet.set_column(position, position, breadth)

    def _texts(self, position: int, name: str, cells: Sequence[str | None]) -> int:
        """Write cells of text and return how wide the column is to be."""
        texts = {row: printable(cell) for row, cell in enumerate(cells, 1) if cell is not None}
        breadth = _breadth(name, texts.values())
        for row, text in texts.items():
            self._check_length(text, row, name)
            lines = math.ceil(width(text) / (breadth - 2))
            self.write_text(row, position, text, self._looks.long_text if lines > 1 else self._looks.text)
            if lines > 1:
                self._lines[row] = max(lines, self._lines.get(row, 1))
        return breadth

    def write_text(self, row: int, position: int, text: str, look: Any) -> None:
        """Write a cell of text, whatever is in it."""
        if text.startswith("<r>") and text.endswith("</r>"):
            # xlsxwriter takes such a text for XML of its own, unless it is written in pieces; in these it would escape
            # what looks like an escape twice.
            first, *others = re.split("(?<=<)|(?<=_)(?=x)", text)
            pieces = [part for piece in others for part in (self._looks.plain, piece)]
            self._sheet.write_rich_string(row, position, first, *pieces, look)
        else:
            self._sheet.write_string(row, position, text, look)

    def _figures(self, position: int, name: str, table: Table) -> int:
        """Write numbers and flags and return how wide the column is to be."""
        kind, breadth = table.kinds[name], _breadth(name)
        indicators = table.cells("indicator") if "indicator" in table.columns else []
        decimals = [table.plan.indicators[each].decimals for each in indicators] or [None] * len(table)
        if name == "value" and "precision" in table.aside:
            # As many as were printed: a reader takes the last one shown for the last one known.
            printed = map(_printed_decimals, table.cells("precision"))
            decimals = [own if known is None else known for own, known in zip(decimals, printed, strict=True)]
        for row, value in enumerate(table.cells(name), 1):
            if value is not None and kind == "flag":
                self._sheet.write_boolean(row, position, value, self._looks.flag)
            elif value is not None:
                look = _YEAR if kind == "year" else shown(name, value, decimals[row - 1])
                self._sheet.write_number(row, position, Exact(value), self._looks.number(look.code))
                breadth = max(breadth, look.width + 2)
        return breadth

    def _check_length(self, text: str, row: int, name: str) -> None:
        length = len(text.encode("utf-16-le")) // 2  # as Excel counts
        if length > LONGEST_TEXT:
            found, most = f"{length:,}", f"{LONGEST_TEXT:,}"
            raise OutputError(
                Fault("excel_cell", sheet=self._sheet.name, row=row + 1, name=name, found=found, most=most)
            )

    def _colour(self, position: int, rows: int) -> None:
        for status in Status:
            rule = {"type": "cell", "criteria": "==", "value": f'"{status}"', "format": self._looks.status[status]}
            self._sheet.conditional_format(1, position, max(rows, 1), position, rule)

    def _set_paper(self) -> None:
        self._sheet.set_landscape()
        self._sheet.set_paper(_A4)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.repeat_rows(0)


def _breadth(name: str, texts: Iterable[str] = ()) -> int:
    """Return the width of a column that shows its name, with the button of the filter, and most of its texts."""
    return min(max([_NARROWEST, width(name) + 4, *(width(text[:_WIDEST]) + 3 for text in texts)]), _WIDEST)


class Exact(float):
    """A number that formats as the shortest text that reads back to it; the 16 digits of xlsxwriter may not.

    Since 3.2.2 xlsxwriter asks a number to format itself.
    """

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        return repr(float(self))


def shown(name: str, value: float, decimals: int | None = None) -> Shown:
    """Return how to show a number: with the decimals that people see, and thousands apart.

    Never in a percent format, which would show 58.6 as 5860%, and never in General, in which 0.37 may be what Excel
    made of 37%.

    Parameters
    ----------
    name
        Of the column.
    value
        The number.
    decimals
        Of the row's indicator; None for as many as the number has.

    Examples
    --------
    >>> shown("pace", 1.4251), shown("attainment_pct", 1095.38)
    (Shown(code='#,##0.00', width=4), Shown(code='#,##0.0', width=7))
    """
    if abs(value) >= _LONG:
        return Shown("0.00E+00", 9)
    places = _decimals(name, value, decimals)
    return Shown("#,##0" + ("." + "0" * places if places else ""), len(f"{value:,.{places}f}"))


def _printed_decimals(precision: float | None) -> int | None:
    """Return the decimals of a number of which this is half a unit of the last digit; None where it is not known."""
    return min(max(round(-math.log10(2 * precision)), 0), _MOST_DECIMALS) if precision else None


def _decimals(name: str, value: float, decimals: int | None) -> int:
    if name in _RATIOS:
        return 2
    if name.endswith("_pct"):
        return 1
    if decimals is None or name.endswith("_change") or name == "decimals":
        return len(significant(value).partition(".")[2])
    return decimals


class Looks:
    """The formats of a workbook, each made once.

    Parameters
    ----------
    book
        Of xlsxwriter.
    """

    def __init__(self, book: Any) -> None:
        ink, ground = PALETTE["ink"][0], PALETTE["edge"][0]
        header = {"bold": True, "font_color": ink, "bg_color": ground, "bottom": 1}
        # Text keeps away from the number on its left.
        text, number = {"valign": "top", "align": "left", "indent": 1}, {"valign": "top", "align": "right"}
        self.header_of_text = book.add_format({**header, **text})
        self.header_of_numbers = book.add_format({**header, **number})
        self.plain, self.bold = book.add_format(), book.add_format({"bold": True})
        self.title = book.add_format({"bold": True, "font_size": 16})
        self.right = book.add_format(number)
        self.text = book.add_format(text)
        self.long_text = book.add_format({**text, "text_wrap": True})
        self.flag = book.add_format({**number, "num_format": '"TRUE";"TRUE";"FALSE"'})  # LibreOffice would show 1
        self.number = cache(lambda code: book.add_format({**number, "num_format": code}))
        """By the code of the number format."""
        self.status = {
            str(status): book.add_format({"font_color": colour, "bg_color": paper})
            for status, ((colour, paper), _) in STATUS_PALETTE.items()
        }
        """By the word: those of the report, which keep apart on paper and in grey."""
