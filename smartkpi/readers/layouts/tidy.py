"""The tidy table: one row per indicator and year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from smartkpi.errors import Fault
from smartkpi.model.columns import REQUIRED_COLUMNS
from smartkpi.readers import csv
from smartkpi.readers.csv import Sheet
from smartkpi.readers.layouts.columns import (
    TO_SETTLE,
    attainment_of,
    cells_of,
    has_tracker,
    marks_among,
    note_missing,
    note_uses,
    notes_of,
    of_one_indicator,
    positions,
    printed_targets,
    settle_units,
    with_mark,
)
from smartkpi.readers.layouts.headers import Heading, read_heading, read_year_heading, split_unit
from smartkpi.readers.layouts.record import Context, Record
from smartkpi.text import pattern

_PLAIN_NUMBER = pattern(r"[\d.,+\-eE\s]+", re.ASCII)


def is_tidy(sheet: Sheet, context: Context) -> bool:
    """Whether a table has a column of years, and not just that word in the corner of a wide one."""
    headings = [read_heading(name.strip(), context) for name in sheet.header.cells]
    years = [place for place, heading in enumerate(headings) if heading.meaning == "year"]
    return bool(years) and not (years == [0] and _is_corner(sheet, headings, context))


def _is_corner(sheet: Sheet, headings: Sequence[Heading], context: Context) -> bool:
    """Whether the columns beside the first one are years, and what is in it indicators."""
    others = [read_year_heading(heading.text, context.aside(), ("", 0)) for heading in headings[1:]]
    names = {split_unit(row.cells[0].strip(), context)[0] for row in sheet.rows}
    has_years = any(heading.year and heading.meaning == "value" for heading in others)
    return has_years and any(map(context.names.indicators, names))


def records(sheet: Sheet, context: Context) -> Iterator[Record]:
    """Return a record for each row; none where the header has faults."""
    headings = [read_heading(name.strip(), context) for name in sheet.header.cells]
    before = len(context.faults)
    found = positions(sheet, headings, context)
    if context.indicator:
        found = of_one_indicator(sheet, found, context)
    note_uses(headings, found, context)
    value = headings[found["value"]] if "value" in found else None
    note_missing(sheet, _missing(sheet, found, value.unit if value else "", context), context)
    calendar = headings[found["year"]].calendar if "year" in found else None
    if calendar and context.calendar and calendar != context.calendar:
        name = headings[found["year"]].text
        context.faults.append(Fault("calendar_of_header", sheet.file, sheet.header.line, name=name))
    if len(context.faults) > before or value is None:
        return
    targets = [position for position, heading in enumerate(headings) if heading.meaning == "target"]
    rates = [position for position, heading in enumerate(headings) if heading.meaning == "rate"]
    is_tracker = has_tracker(headings, found)
    marks = marks_among(notes_of(sheet, found.get("note")))
    may_differ = not found.keys().isdisjoint(TO_SETTLE)
    for row in csv.check_widths(sheet, context.faults):
        cells = with_mark(cells_of(row, found, context), marks)
        power = settle_units(sheet, row, found, cells, context) if may_differ else 0
        if power is not None:
            yield Record(
                file=sheet.file,
                line=row.at(found["value"]),
                cells=cells,
                calendar=calendar,
                header_unit=value.unit,
                table_unit=sheet.unit,
                targets=printed_targets(row, headings, targets) if targets else (),
                attainment=attainment_of(row, headings, rates, targets) if rates else None,
                power=power,
                facts=row.facts(found["value"]),
                is_tracker=is_tracker,
            )


def _missing(sheet: Sheet, found: Mapping[str, int], header_unit: str, context: Context) -> list[str]:
    """Return required columns that are not there; the unit may stand in the header or in each value instead."""
    found_elsewhere = {
        "unit": header_unit or sheet.unit or context.units_from_plan or _units_in_cells(sheet, found, context),
        "indicator": context.indicator,
    }
    return [
        name
        for name in (*REQUIRED_COLUMNS, *context.plan.dimensions)
        if name not in found and not found_elsewhere.get(name)
    ]


def _units_in_cells(sheet: Sheet, found: Mapping[str, int], context: Context) -> bool:
    """Whether units are in the values, or behind the names of indicators."""
    if "value" not in found:
        return False
    name = found.get("indicator", -1)
    names = {row.cells[name].strip() for row in sheet.rows if 0 <= name < len(row.cells)}
    if any(split_unit(each, context)[1] for each in names):
        return True
    cells = [row.cells[found["value"]].strip() for row in sheet.rows if found["value"] < len(row.cells)]
    figures = [cell for cell in cells if any(map(str.isdigit, cell))]
    return bool(figures) and not any(map(_PLAIN_NUMBER.fullmatch, figures))
