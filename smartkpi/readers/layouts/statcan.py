"""The tables of Statistics Canada as CSV: letters in STATUS are of quality, and only SYMBOL says what is provisional.

References
----------
Statistics Canada, Standard table symbols, https://www.statcan.gc.ca/en/concepts/definitions/guide-symbol; user guide of
the full table download: columns REF_DATE, UOM, SCALAR_FACTOR, VECTOR, COORDINATE, VALUE, STATUS and SYMBOL.
"""

from __future__ import annotations

from smartkpi.readers.csv import Row, Sheet

_MARKS = frozenset(("REF_DATE", "VECTOR", "COORDINATE", "VALUE", "STATUS"))
_QUALITY = {"A": "", "B": "", "C": "", "D": "", "E": "U"}
"""From excellent to acceptable, and to be used with caution."""


def is_statcan(sheet: Sheet) -> bool:
    """Whether a header is one of Statistics Canada."""
    return {cell.strip() for cell in sheet.header.cells} >= _MARKS


def with_plain_statuses(sheet: Sheet) -> Sheet:
    """Return the sheet with statuses of observations in STATUS, and none in SYMBOL."""
    names = [cell.strip() for cell in sheet.header.cells]
    symbol = names.index("SYMBOL") if "SYMBOL" in names else None
    rows = [_plain(row, names.index("STATUS"), symbol) if len(row.cells) == len(names) else row for row in sheet.rows]
    return sheet._replace(rows=rows)


def _plain(row: Row, status: int, symbol: int | None) -> Row:
    cells = list(row.cells)
    said = cells[status].strip()
    cells[status] = _QUALITY.get(said, said)
    if symbol is not None and cells[symbol].strip():
        cells[status], cells[symbol] = "; ".join(filter(None, (cells[status], cells[symbol].strip()))), ""
    return row._replace(cells=cells)
