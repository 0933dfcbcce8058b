"""How far the cells of an .ods reach, before memory is taken for them: a few bytes can ask for a million rows.

References
----------
OpenDocument 1.3, Part 3: 19.675 table:number-columns-repeated, 19.679 table:number-rows-repeated.
"""

from __future__ import annotations

import re
import zipfile

_CONTENT = "content.xml"
_TAG = re.compile(rb"<table:(?P<kind>table|table-row|table-cell|covered-table-cell)(?P<attributes>[\s/][^>]*)?>")
_REPEATED = re.compile(rb'table:number-(?:rows|columns)-repeated="(?P<times>\d{1,9})"')
_HAS_VALUE = re.compile(rb"(?:office|calcext):value-type=")


def extent(parts: zipfile.ZipFile) -> tuple[int, int]:
    """Return rows and columns up to the last cell with a value, of all sheets together.

    Parameters
    ----------
    parts
        Of a workbook; without the one that an .ods has, both are 0.
    """
    text = parts.read(_CONTENT) if _CONTENT in parts.namelist() else b""
    earlier, rows, columns, before, here, width = 0, 0, 0, 0, 0, 0
    for tag in _TAG.finditer(text):
        attributes = tag["attributes"] or b""
        repeated = _REPEATED.search(attributes)
        times = int(repeated["times"]) if repeated else 1
        if tag["kind"] == b"table":
            # The empty rows that end a sheet, of which LibreOffice writes a million, are not read.
            earlier, rows, before, here = earlier + rows, 0, 0, 0
        elif tag["kind"] == b"table-row":
            before, here, width = before + here, times, 0
        else:
            width += times
            if _HAS_VALUE.search(attributes):
                rows, columns = before + here, max(columns, width)
    return earlier + rows, columns
