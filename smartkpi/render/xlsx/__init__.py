"""A workbook of finished tables, a sheet for each and one that says what their columns are.

The same tables give the same bytes on every day: no time is written, and xlsxwriter dates the parts of the archive
1980. It is known here only.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping
from typing import Any

from smartkpi import messages
from smartkpi.model.table import Table
from smartkpi.render.xlsx.front import MOST_ROWS, write_front
from smartkpi.render.xlsx.sheet import Looks, SheetWriter
from smartkpi.schema import table_fields
from smartkpi.text import printable

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_CREATED = datetime.datetime(1980, 1, 1)  # noqa: DTZ001 - a date for all, in no zone


_COLUMNS = {
    "column_sheet": "sheet",
    "column_name": "name",
    "column_type": "type",
    "column_unit": "unit",
    "column_meaning": "description",
}
"""Label of each column, and what stands in it."""
_UNITS = {"{unit}": "unit_of_row", "{unit}/year": "unit_of_row_per_year"}


def render(tables: Mapping[str, Table], lang: str = "en", *, front: bool = False) -> bytes:
    """Return tables as the content of an .xlsx file.

    Parameters
    ----------
    tables
        By the name of the sheet.
    lang
        Language of the first sheet and of the one that documents the columns; all others have the names of machine
        formats.
    front
        Whether the first sheet is the table ``status`` in words, to be handed to people.

    Raises
    ------
    OutputError
        If Excel cannot hold all of it.
    """
    import xlsxwriter

    content = io.BytesIO()
    book: Any = xlsxwriter.Workbook(content, _OPTIONS)
    plan = next(iter(tables.values())).plan
    book.set_properties({"title": printable(messages.title(plan.title, lang))[:255], "created": _CREATED})
    looks = Looks(book)
    if front and len(tables["status"]) <= MOST_ROWS:
        write_front(book.add_worksheet(messages.label("sheet_front", lang)), looks, tables["status"], lang)
    for name, table in (*tables.items(), (messages.label("sheet_columns", lang), documentation(tables, lang))):
        SheetWriter(book.add_worksheet(name), looks).write(table)
    book.close()
    return content.getvalue()


def documentation(tables: Mapping[str, Table], lang: str) -> Table:
    """Return a row for each column of the tables: sheet, name, type, unit and meaning."""
    rows = [
        {"sheet": name, **field, "unit": _unit(field.get("unit"), lang)}
        for name, table in tables.items()
        for field in table_fields(name, table.kinds, lang, table.plan.dimensions)
    ]
    cells = {messages.label(key, lang): [row[name] for row in rows] for key, name in _COLUMNS.items()}
    return Table.from_cells("columns", dict.fromkeys(cells, "text"), cells, next(iter(tables.values())).plan)


def _unit(unit: str | None, lang: str) -> str | None:
    return messages.label(_UNITS[unit], lang) if unit in _UNITS else unit
