"""Tables of any shape -> records. A new shape is a function from a sheet to records, and a line below."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from smartkpi.readers.csv import Row, Sheet
from smartkpi.readers.layouts import sdmx, tidy, wide
from smartkpi.readers.layouts.headers import read_year_heading
from smartkpi.readers.layouts.names import Names
from smartkpi.readers.layouts.record import Context, PrintedTarget, Record

__all__ = ["Context", "Names", "PrintedTarget", "Record", "has_table", "records"]

_MOST_ABOVE = 30
"""Rows in which a header is looked for."""


def records(sheet: Sheet, context: Context) -> Iterator[Record]:
    """Return the records of a table, whatever its shape; the header decides.

    Parameters
    ----------
    sheet
        Header and rows, as text.
    context
        Faults and remarks are added to it.
    """
    if sdmx.is_sdmx(sheet):
        return sdmx.records(sheet, context)
    if tidy.is_tidy(sheet, context):
        return tidy.records(sheet, context)
    headings = wide.headings_of(sheet, context)
    if any(heading.year for heading in headings):
        return wide.records(sheet, headings, context)
    return tidy.records(sheet, context)


def has_table(sheet: Sheet, context: Context) -> bool:
    """Whether one of the first rows is a header: it names at least two known columns, or one and a year."""
    return any(_is_header(row, context) for row in (sheet.header, *sheet.rows[: _MOST_ABOVE - 1]))


def _is_header(row: Row, context: Context) -> bool:
    aside = replace(context, faults=[], remarks=[])
    headings = [read_year_heading(name.strip(), aside, ("", 0)) for name in row.cells if name.strip()]
    known = {heading.meaning for heading in headings if heading.meaning and not heading.year}
    return len(known) > 1 or (bool(known) and any(heading.year for heading in headings))
