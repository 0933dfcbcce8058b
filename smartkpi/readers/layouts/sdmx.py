"""SDMX-CSV, versions 1.0 and 2.x: one row per observation, with its multiplier and status.

References
----------
SDMX-CSV field guide, https://github.com/sdmx-twg/sdmx-csv: columns STRUCTURE, STRUCTURE_ID and ACTION of 2.x, DATAFLOW
of 1.0. Code list CL_OBS_STATUS of the SDMX Global Registry; `smartkpi.quantities.sdmx_units` has those of units.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from smartkpi.errors import Fault
from smartkpi.quantities.multipliers import read_multiplier
from smartkpi.quantities.sdmx_units import unit_of
from smartkpi.readers import csv
from smartkpi.readers.csv import Row, Sheet
from smartkpi.readers.layouts.columns import note_left_out, note_missing, note_uses
from smartkpi.readers.layouts.headers import Heading
from smartkpi.readers.layouts.record import Context, Record
from smartkpi.text import unguarded

_INDICATOR = ("INDICATOR", "SERIES")
_YEAR, _VALUE, _ACTION, _MULTIPLIER = "TIME_PERIOD", "OBS_VALUE", "ACTION", "UNIT_MULT"
_COLUMNS = {
    _YEAR: "year",
    _VALUE: "value",
    "UNIT_MEASURE": "unit",
    "UNIT": "unit",
    "OBS_STATUS": "obs_status",
    "OBS_FLAG": "obs_status",
    "SOURCE": "source",
    "DATA_SOURCE": "source",
    "COMMENT_OBS": "note",
    "OBS_COMMENT": "note",
    "COMMENT": "note",
    "LOCATOR": "locator",
    "EXPLANATION": "explanation",
    "MEASURES": "measures",
    "COMMENT_OBS_ZH": "note_zh",
    "BOUND": "bound",
}
# They describe the message or repeat what is read, and are passed over without a remark.
_OF_THE_MESSAGE = frozenset(
    (_ACTION, _MULTIPLIER, "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "DATAFLOW", "FREQ", "DECIMALS", "TIME_FORMAT")
)
_DELETE = {"D", "DELETE"}


def is_sdmx(sheet: Sheet) -> bool:
    """Whether a header is one of SDMX-CSV."""
    return {_YEAR, _VALUE} <= set(_names(sheet))


def records(sheet: Sheet, context: Context) -> Iterator[Record]:
    """Return a record for each row; none where the header has faults."""
    before = len(context.faults)
    names = _names(sheet)
    found = _columns(sheet, names, context)
    rows = csv.check_widths(sheet, context.faults)
    indicator = _indicator_column(sheet, rows, names, set(found.values()), context)
    if (indicator is None and not context.indicator) or any(
        fault.line == sheet.header.line for fault in context.faults[before:]
    ):
        return
    place = {name: position for position, name in enumerate(names)}
    uses = {**({} if indicator is None else {"indicator": indicator}), **found}
    uses |= {"multiplier": place[_MULTIPLIER]} if _MULTIPLIER in place else {}
    note_uses([Heading(cell.strip()) for cell in sheet.header.cells], uses, context)
    own = {each.name for each in context.plan.units}
    for row in rows:
        codes = [_code(cell, sheet.header.cells[position]) for position, cell in enumerate(row.cells)]
        cells = {meaning: codes[position] for meaning, position in found.items()}
        cells = {
            **cells,
            "indicator": context.indicator or codes[indicator or 0],
            "unit": unit_of(cells.get("unit", ""), own),
        }
        if cells["value"] == "NaN":
            cells["value"] = ""
        power = _power(sheet, row, codes[place[_MULTIPLIER]] if _MULTIPLIER in place else "", context)
        if _ACTION in place and codes[place[_ACTION]].upper() in _DELETE:
            context.faults.append(Fault("sdmx_delete", sheet.file, row.line))
        elif power is not None:
            yield Record(
                file=sheet.file,
                line=row.at(found["value"]),
                cells=cells,
                power=power,
                facts=row.facts(found["value"]),
            )


def _names(sheet: Sheet) -> list[str]:
    # With labels the header is `CODE: Name`, in 2.x with a separator of several values: `CODE[;]`.
    written = [cell.partition(":")[0].partition("[")[0].strip() for cell in sheet.header.cells]
    # Names differ by case: `MEASURE` has codes, and `Measure` beside it their labels, which repeat what is read.
    every = set(written)
    return ["" if name != name.upper() and name.upper() in every else name.upper() for name in written]


def _code(cell: str, header: str) -> str:
    return unguarded((cell.partition(":")[0] if ":" in header else cell).strip())


def _columns(sheet: Sheet, names: Sequence[str], context: Context) -> dict[str, int]:
    """Return where each column of the tidy format and each dimension stands."""
    place = sheet.file, sheet.header.line
    dimensions = {name.upper(): axis.name for axis in context.plan.axes for name in (axis.column, axis.name) if name}
    found: dict[str, int] = {}
    for position, name in enumerate(names):
        meaning = dimensions.get(name) or _COLUMNS.get(name)
        if meaning in found:
            first = sheet.header.cells[found[meaning]]
            if name != names[found[meaning]]:
                context.faults.append(Fault("same_meaning", *place, first=first, second=name, meaning=meaning))
        elif meaning:
            found[meaning] = position
    repeated = sorted(name for name, count in Counter(names).items() if name and count > 1)
    context.faults += [Fault("repeated_column", *place, name=name) for name in repeated]
    note_missing(sheet, [name for name in context.plan.dimensions if name not in found], context)
    return found


def _indicator_column(
    sheet: Sheet, rows: Sequence[Row], names: Sequence[str], taken: set[int], context: Context
) -> int | None:
    """Return the column INDICATOR or SERIES, else the one that has nothing but indicators of the plan."""
    if context.indicator:
        return None
    place = sheet.file, sheet.header.line
    free = {
        position: name
        for position, name in enumerate(names)
        if name and position not in taken and name not in _OF_THE_MESSAGE
    }
    named = [position for wanted in _INDICATOR for position, name in free.items() if name == wanted]
    fitting = [
        position
        for position in free
        if context.names.any_indicator(_code(row.cells[position], sheet.header.cells[position]) for row in rows)
    ]
    candidates = named[:1] or fitting
    if len(candidates) != 1:
        key = "sdmx_indicators" if candidates else "sdmx_no_indicator"
        names_shown = ", ".join(names[position] for position in candidates) or ", ".join(free.values())
        context.faults.append(Fault(key, *place, names=names_shown))
        return None
    unread = [sheet.header.cells[position].strip() for position in free if position != candidates[0]]
    note_left_out("columns_left_out", unread, sheet, context)
    return candidates[0]


def _power(sheet: Sheet, row: Row, text: str, context: Context) -> int | None:
    if (power := read_multiplier(text)) is not None:
        return power
    context.faults.append(Fault("unit_mult", sheet.file, row.line, found=text))
    return None
