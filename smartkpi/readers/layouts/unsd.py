"""The table of the UN's SDG database: goal, target and indicator are numbers of the goals, the series has a code.

References
----------
UN Statistics Division, SDG Global Database, https://unstats.un.org/sdgs/dataportal: columns of its CSV and XLSX files.
"""

from __future__ import annotations

from collections.abc import Sequence

from smartkpi.quantities.sdmx_units import unit_of
from smartkpi.readers.csv import Row, Sheet
from smartkpi.readers.layouts.columns import note_left_out
from smartkpi.readers.layouts.record import Context

_MARKS = frozenset(("SeriesCode", "GeoAreaCode", "TimePeriod", "Value"))
_NAMES = {
    "SeriesCode": "code",
    "TimePeriod": "year",
    "Value": "value",
    "[Units]": "unit",
    "Units": "unit",
    "Source": "source",
    "FootNote": "note",
    "[Observation Status]": "obs_status",
    "Observation Status": "obs_status",
}


def is_unsd(sheet: Sheet) -> bool:
    """Whether a header is one of the UN's."""
    return {cell.strip() for cell in sheet.header.cells} >= _MARKS


def with_plain_names(sheet: Sheet, context: Context) -> Sheet:
    """Return the sheet with the columns that are read called as everywhere, and the series as the indicator.

    Where the plan names the indicators of the goals, such as 1.1.1, and no series, those are the indicators.
    """
    names = [cell.strip() for cell in sheet.header.cells]
    codes = {row.cells[names.index("SeriesCode")].strip() for row in sheet.rows if len(row.cells) == len(names)}
    wanted = dict(_NAMES)
    if "Indicator" in names and not any(map(context.names.indicators, codes)):
        wanted["Indicator"] = wanted.pop("SeriesCode")
    known = {name for axis in context.plan.axes for name in (axis.name, axis.column)}
    kept = [place for place, name in enumerate(names) if name in wanted or name in known]
    unread = [name for place, name in enumerate(names) if place not in kept]
    note_left_out("columns_left_out", unread, sheet, context)
    context.table.renamed |= {meaning: name for name, meaning in wanted.items() if name in names}
    header = sheet.header._replace(cells=[wanted.get(names[place], names[place]) for place in kept])
    rows = [_with(row, kept, len(names)) for row in sheet.rows]
    if "unit" in header.cells:
        place = header.cells.index("unit")
        own = {each.name for each in context.plan.units}
        for row in rows:
            row.cells[place : place + 1] = (unit_of(cell, own) for cell in row.cells[place : place + 1])
    return sheet._replace(header=header, rows=rows)


def _with(row: Row, kept: Sequence[int], width: int) -> Row:
    """Return a row with only some cells; one that is not as long as the header is left to its error."""
    if len(row.cells) != width:
        return row
    return row.with_cells([row.cells[position] for position in kept], kept)
