"""Tables of any shape -> records. A new shape is a function from a sheet to records, and a line below."""

from __future__ import annotations

from collections.abc import Iterator

from smartkpi.readers.csv import Sheet
from smartkpi.readers.layouts import across, conditions, eurostat, sdmx, tidy, unsd, wide
from smartkpi.readers.layouts.names import Names
from smartkpi.readers.layouts.record import Context, PrintedTarget, Record

__all__ = ["Context", "Names", "PrintedTarget", "Record", "records"]


def records(sheet: Sheet, context: Context) -> Iterator[Record]:
    """Return the records of a table, whatever its shape; the header decides.

    Parameters
    ----------
    sheet
        Header and rows, as text.
    context
        Faults and remarks are added to it.
    """
    sheet = conditions.meeting(
        eurostat.with_keys_apart(sheet, context) if eurostat.is_eurostat(sheet) else sheet, context
    )
    if unsd.is_unsd(sheet):
        sheet = unsd.with_plain_names(sheet, context)
    if sdmx.is_sdmx(sheet):
        return sdmx.records(sheet, context)
    if not context.indicator and across.is_across(sheet, context):
        return across.records(sheet, context)
    if tidy.is_tidy(sheet, context):
        return tidy.records(sheet, context)
    headings = wide.headings_of(sheet, context)
    if any(heading.year for heading in headings):
        return wide.records(sheet, headings, context)
    return tidy.records(sheet, context)
