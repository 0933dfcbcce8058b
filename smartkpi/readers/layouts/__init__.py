"""Tables of any shape -> records. A new shape is a function from a sheet to records, and a line below."""

from __future__ import annotations

from collections.abc import Iterator

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
from smartkpi.readers.layouts.record import Context, PrintedTarget, Record, Understanding

__all__ = ["Context", "Names", "PrintedTarget", "Record", "Understanding", "records"]


def records(sheet: Sheet, context: Context) -> Iterator[Record]:
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
    sheet = period_columns.with_whole_periods(sheet, context)
    table.rows = len(sheet.rows)
    if unsd.is_unsd(sheet):
        table.layout = "unsd"
        sheet = unsd.with_plain_names(sheet, context)
    if statcan.is_statcan(sheet):
        sheet = statcan.with_plain_statuses(sheet)
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
