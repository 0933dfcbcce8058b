r"""Eurostat's TSV: the keys in one cell, cut by commas, and years as columns: `freq,unit,geo\TIME_PERIOD`.

References
----------
Eurostat, Data browser, API for bulk download: file format TSV, https://ec.europa.eu/eurostat/web/user-guides
"""

from __future__ import annotations

from smartkpi.quantities.sdmx_units import unit_of
from smartkpi.readers.csv import Row, Sheet
from smartkpi.readers.layouts.record import Context

_TIMES = ("\\TIME_PERIOD", "\\TIME")
"""The second one until 2022."""


def is_eurostat(sheet: Sheet) -> bool:
    """Whether the first cell of a header is Eurostat's."""
    return sheet.header.cells[0].strip().upper().endswith(_TIMES)


def with_keys_apart(sheet: Sheet, context: Context) -> Sheet:
    """Return the sheet with a column for each key, and the column of indicators called so.

    The column of indicators is the one that has nothing but indicators of the plan; units are written as people do.
    """
    keys = [name.strip() for name in sheet.header.cells[0].rpartition("\\")[0].split(",")]
    rows = [_split(row, len(keys)) for row in sheet.rows]
    columns = {name: [row.cells[place] for row in rows] for place, name in enumerate(keys)}
    fitting = [name for name in keys if context.names.any_indicator(columns[name])]
    names = ["indicator" if fitting == [name] and not context.indicator else name for name in keys]
    if "indicator" in names:
        context.table.renamed["indicator"] = keys[names.index("indicator")]
    if "unit" in keys:
        place, own = keys.index("unit"), {each.name for each in context.plan.units}
        for row in rows:
            row.cells[place] = unit_of(row.cells[place], own)
    header = sheet.header._replace(cells=[*names, *(cell.strip() for cell in sheet.header.cells[1:])])
    return sheet._replace(header=header, rows=rows)


def _split(row: Row, width: int) -> Row:
    keys = [key.strip() for key in row.cells[0].split(",")]
    cells = [*keys, *[""] * (width - len(keys)), *(cell.strip() for cell in row.cells[1:])]
    sources = [*(0 for _ in range(max(width, len(keys)))), *range(1, len(row.cells))]
    return row.with_cells(cells, sources)
