"""Tables of any shape -> records. A new shape is a function from a sheet to records, and a line below."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from smartkpi.model.arrays import categorical
from smartkpi.readers.csv import Sheet
from smartkpi.readers.layouts import (
    across,
    conditions,
    eurostat,
    period_columns,
    row_kinds,
    sdmx,
    statcan,
    tidy,
    unsd,
    wide,
)
from smartkpi.readers.layouts.names import Names
from smartkpi.readers.layouts.record import Cells, Context, PrintedTarget, Record, Run, Understanding

__all__ = ["Context", "Names", "PrintedTarget", "Record", "Run", "Understanding", "records"]


def records(sheet: Sheet, context: Context) -> Iterator[Record] | Iterator[Run]:
    """Return the records of a table, whatever its shape; the header decides.

    Parameters
    ----------
    sheet
        Header and rows, as text.
    context
        Faults and remarks are added to it.
    """
    table = context.table
    if eurostat.is_eurostat(sheet):
        table.layout = "eurostat"
        sheet = eurostat.with_keys_apart(sheet, context)
    sheet = row_kinds.without_targets(conditions.meeting(sheet, context), context)
    if context.keeps_cells:
        table.cells = _cells(sheet)
    sheet = period_columns.with_whole_periods(sheet, context)
    table.rows = len(sheet.rows)
    sheet = _with_plain_words(sheet, context)
    if sdmx.is_sdmx(sheet):
        table.layout = "sdmx"
        return sdmx.records(sheet, context)
    if not context.indicator and across.is_across(sheet, context):
        table.layout = "across"
        return across.records(sheet, context)
    if not tidy.is_tidy(sheet, context):
        headings = wide.headings_of(sheet, context)
        if any(heading.year for heading in headings):
            table.layout = table.layout or "wide"
            return wide.records(sheet, headings, context)
    table.layout = table.layout or "tidy"
    return tidy.records(sheet, context)


def _cells(sheet: Sheet) -> Cells:
    names, width = [name.strip() for name in sheet.header.cells], len(sheet.header.cells)
    rows = [row for row in sheet.rows if len(row.cells) == width]
    columns = {name: categorical(row.cells[place].strip() for row in rows) for place, name in enumerate(names)}
    return Cells(np.array([int(row.line) for row in rows], dtype=np.int64), columns)


def _with_plain_words(sheet: Sheet, context: Context) -> Sheet:
    """Return a table of an office that has words of its own with those of every table."""
    if unsd.is_unsd(sheet):
        context.table.layout = "unsd"
        return unsd.with_plain_names(sheet, context)
    return statcan.with_plain_statuses(sheet) if statcan.is_statcan(sheet) else sheet
