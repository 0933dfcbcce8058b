"""Indicators as columns: years as rows, and a column for each indicator, called by its id or title."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from smartkpi.errors import Fault
from smartkpi.model.observations import TEXT_COLUMNS
from smartkpi.readers import csv
from smartkpi.readers.csv import Sheet
from smartkpi.readers.layouts.columns import (
    has_figures,
    indicator_of_header,
    note_left_out,
    note_missing,
    note_nameless,
    note_uses,
)
from smartkpi.readers.layouts.headers import Heading, read_heading
from smartkpi.readers.layouts.record import ColumnUse, Context, Record
from smartkpi.text import unguarded

_BESIDE = (*TEXT_COLUMNS, "published")
"""Columns that are of all values of a row."""


class _Column(NamedTuple):
    position: int
    indicator: str
    unit: str


def is_across(sheet: Sheet, context: Context) -> bool:
    """Whether a table has a column of years, none of values, and columns that are called after indicators."""
    headings = _headings(sheet, context)
    meanings = {heading.meaning for heading in headings}
    return "year" in meanings and "value" not in meanings and bool(_columns(headings, context))


def records(sheet: Sheet, context: Context) -> Iterator[Record]:
    """Return a record for each cell with a value below an indicator; none where the header has errors."""
    headings = _headings(sheet, context)
    before = len(context.faults)
    columns = _columns(headings, context)
    found = _positions(headings, context)
    _note_twice(sheet, columns, context)
    used = {*found.values(), *(column.position for column in columns)}
    left_out = [position for position in range(len(headings)) if position not in used]
    for position in left_out:
        note_nameless(sheet, position, context)
    note_missing(sheet, [name for name in context.plan.dimensions if name not in found], context)
    named = [position for position in left_out if headings[position].text]
    figures = [headings[position].text for position in named if has_figures(sheet, position)]
    others = [headings[position].text for position in named if not has_figures(sheet, position)]
    note_left_out("columns_left_out", others, sheet, context)
    note_left_out("figures_left_out", figures, sheet, context)
    note_uses(headings, found, context)
    context.table.columns += [ColumnUse(headings[each.position].text, "value", each.indicator) for each in columns]
    if len(context.faults) > before:
        return
    calendar = headings[found["year"]].calendar
    for row in csv.check_widths(sheet, context.faults):
        beside = {name: unguarded(row.cells[position].strip()) for name, position in found.items()}
        for column in columns:
            if value := unguarded(row.cells[column.position].strip()):
                yield Record(
                    file=sheet.file,
                    line=row.at(column.position),
                    cells={**beside, "indicator": column.indicator, "value": value},
                    calendar=calendar,
                    header_unit=column.unit,
                    table_unit=sheet.unit,
                    facts=row.facts(column.position),
                )


def _headings(sheet: Sheet, context: Context) -> list[Heading]:
    return [read_heading(name.strip(), context) for name in sheet.header.cells]


def _columns(headings: Sequence[Heading], context: Context) -> list[_Column]:
    return [
        _Column(position, *named)
        for position, heading in enumerate(headings)
        if (named := indicator_of_header(heading.text, context))[0] and not _is_axis(heading, context)
    ]


def _is_axis(heading: Heading, context: Context) -> bool:
    return heading.meaning == "year" or heading.meaning in context.plan.dimensions


def _positions(headings: Sequence[Heading], context: Context) -> Mapping[str, int]:
    wanted = {"year", *_BESIDE, *context.plan.dimensions}
    found: dict[str, int] = {}
    for position, heading in enumerate(headings):
        if heading.meaning in wanted:
            found.setdefault(heading.meaning, position)
    return found


def _note_twice(sheet: Sheet, columns: Sequence[_Column], context: Context) -> None:
    first: dict[str, _Column] = {}
    for column in columns:
        if (other := first.setdefault(column.indicator, column)) is not column:
            names = [sheet.header.cells[each.position].strip() for each in (other, column)]
            details = {"first": names[0], "second": names[1], "meaning": column.indicator}
            context.faults.append(Fault("same_meaning", sheet.file, sheet.header.line, **details))
