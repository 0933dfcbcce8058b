"""What calamine does not tell of an .xlsx: how far its cells reach, before memory is taken for them, errors, formats.

Formulas that nobody has calculated are errors too: calamine takes them for empty cells.
Its parts are XML, which is not parsed here but searched for the few attributes that matter: nothing is expanded.

References
----------
ECMA-376, Part 1: 18.2.19 sheet, 18.3.1.4 c (attributes r, the place, s, the style, and t, the type; ``e`` is an error).
"""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

from smartkpi.readers import xlsxformats

_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
_CELL = re.compile(
    rb"<(?:\w+:)?c\s(?P<attributes>[^>]*)>(?:(?:<(?:\w+:)?f[^>]*>(?P<formula>[^<]*)</(?:\w+:)?f>)?"
    rb"(?:<(?:\w+:)?v>(?P<value>#[^<]{1,20})<|(?:<(?:\w+:)?v(?: ?/>|></(?:\w+:)?v>))?(?P<no_value></(?:\w+:)?c>)))?"
)
_STYLE = re.compile(rb'\bs="(\d{1,6})"')
_PLACE = re.compile(rb'\br="(?P<column>[A-Z]{1,3})(?P<row>\d{1,7})"')


@dataclass(frozen=True)
class Cells:
    """What is known of the cells of a sheet."""

    rows: int
    columns: int
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """Errors such as ``#N/A``, and formulas without a result, by row and column, both from 0."""
    plain: Mapping[int, int] = field(default_factory=dict)
    """Cells whose format shows a number as it is: by row, both from 0, a number with a bit for each column."""


NONE = Cells(0, 0)
"""Of another kind of workbook."""


def scan(parts: zipfile.ZipFile, name: str) -> Cells:
    """Look at the cells of a sheet without building them.

    Parameters
    ----------
    parts
        Of an .xlsx; in another kind of workbook no cells are found.
    name
        Of the sheet.
    """
    text = _read(parts, _part(parts, name))
    formats = xlsxformats.plain(_read(parts, "xl/styles.xml"))
    rows, columns = 0, 0
    errors: dict[tuple[int, int], str] = {}
    plain: dict[int, int] = {}
    for cell in _CELL.finditer(text):
        if place := _PLACE.search(cell["attributes"]):
            row, column = int(place["row"]), _column(place["column"])
            rows, columns = max(rows, row), max(columns, column)
            if error := _error(cell):
                errors[row - 1, column - 1] = error
            if formats and (style := _STYLE.search(cell["attributes"])) and int(style[1]) in formats:
                plain[row - 1] = plain.get(row - 1, 0) | 1 << column - 1
    return Cells(rows, columns, errors, plain)


def _read(parts: zipfile.ZipFile, part: str) -> bytes:
    return parts.read(part) if part in parts.namelist() else b""


def _error(cell: re.Match[bytes]) -> str:
    """Return what stands in a cell that has no result, empty for other cells; programs leave formulas uncalculated."""
    error = cell["value"] if b't="e"' in cell["attributes"] else None
    if error is None and cell["formula"] and cell["no_value"] and b't="str"' not in cell["attributes"]:
        error = b"=" + cell["formula"]
    return html.unescape(error.decode("utf-8", "replace")) if error else ""


def _part(parts: zipfile.ZipFile, name: str) -> str:
    """Return the part of the archive that holds the sheet of this name, empty if it is not found."""
    book = _read(parts, "xl/workbook.xml").decode("utf-8", "replace")
    relations = _read(parts, "xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    targets = {_attribute(each, "Id"): _attribute(each, "Target") for each in _RELATION.findall(relations)}
    wanted = (_attribute(each, "id") for each in _SHEET.findall(book) if _attribute(each, "name") == name)
    target = targets.get(next(wanted, ""), "")
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _attribute(element: str, name: str) -> str:
    found = re.search(rf'[\s:]{name}="([^"]*)"', element)
    return html.unescape(found[1]) if found else ""


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
