"""The wide table: years as columns. So are the tables of yearly reports, with headings of pillars and a target."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from smartkpi.errors import Fault
from smartkpi.quantities.periods import Period, read_period, settle
from smartkpi.quantities.reasons import reason_of
from smartkpi.quantities.years import Year, YearError, one_calendar
from smartkpi.readers.csv import Row, Sheet
from smartkpi.readers.layouts.columns import (
    NAMES_OF_INDICATORS,
    attainment_of,
    cells_of,
    has_tracker,
    is_tracker,
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
from smartkpi.readers.layouts.headers import (
    COMPUTED,
    FIGURES,
    TEXTS,
    Heading,
    is_unit,
    meaning_of,
    read_two_rows,
    read_year_heading,
    split_unit,
)
from smartkpi.readers.layouts.names import folded
from smartkpi.readers.layouts.record import Context, Record
from smartkpi.text import pattern, shortened, unguarded

_MOST_NAMED = 4
_LONGEST_NAME = 60
_MEASURES = frozenset(
    [
        "rank",
        "ranking",
        "share",
        "ratio",
        "rate",
        "proportion",
        "percentage",
        "index",
        "amount",
        "count",
        "score",
        "level",
        "排名",
        "名次",
        "排序",
        "比率",
        "比例",
        "占比",
        "百分比",
        "結構比",
        "指數",
        "金額",
        "數量",
        "人數",
        "家數",
        "件數",
        "次數",
    ]
)
"""Words below a year for how something is measured."""


_LEAST_YEARS = 3
"""Figures that follow each other in a row of years."""
_FRACTION = pattern(r"[-+]?[0-9]+\.[0-9]+")
"""No year has one."""
_OF_LATEST = ("explanation", "measures")
"""Of a column beside several years, which is of the latest one that a row has a value of."""


class _Layout(NamedTuple):
    headings: Sequence[Heading]
    found: Mapping[str, int]
    """Position of each column that is no year's."""
    values: Mapping[int, Mapping[str, str]]
    """By position of each column of values, what its header says of them."""
    periods: Mapping[int, Period]
    """By position of each column of values, or of texts, of a year."""
    texts: Mapping[Period, Sequence[int]]
    """Positions of the columns of texts that are of one year, by that year."""
    may_track: bool
    """A column of statuses may have others than those of observations."""
    marks: frozenset[str]
    """Notes on one year that are statuses of its value."""
    targets: Sequence[int]
    targets_of: Mapping[tuple[str, str], Sequence[int]]
    """Positions of the columns of targets, by the year and the part that their headings say."""
    rates_of: Mapping[tuple[str, str], Sequence[int]]
    """Positions of the columns of attainment, likewise."""


def headings_of(sheet: Sheet, context: Context) -> list[Heading]:
    """Read the header; a year that could be two is a fault."""
    place = sheet.file, sheet.header.line
    forms = settle(sheet.header.cells, context.forms)
    return [
        read_two_rows(name.strip(), sheet.under[position], context, place)
        if position in sheet.under
        else read_year_heading(name.strip(), context, place, forms)
        for position, name in enumerate(sheet.header.cells)
    ]


def records(sheet: Sheet, headings: Sequence[Heading], context: Context) -> Iterator[Record]:
    """Return a record for each cell with a value; none where the header has faults."""
    layout = _layout(sheet, headings, context)
    if layout is None:
        return
    unmatched: list[tuple[Row, str]] = []
    for row in _full_rows(sheet, context):
        cells = cells_of(row, layout.found, context)
        if context.names.indicators(cells["indicator"]):
            power = settle_units(sheet, row, layout.found, cells, context)
            if power is not None:
                yield from _values(sheet, row, cells, layout, power)
        elif _is_header(row, cells["indicator"], layout, context):
            context.faults.append(Fault("second_header", sheet.file, row.line, found=_shown(row)))
            return
        else:
            unmatched.append((row, cells["indicator"]))
    _note_unmatched(sheet, unmatched, layout, context)


def _is_header(row: Row, name: str, layout: _Layout, context: Context) -> bool:
    """Whether a row that matches no indicator names years for the columns of values, as a second header does."""
    cells = [text for position in layout.values if (text := row.cells[position].strip())]
    is_named = name and meaning_of(name) not in NAMES_OF_INDICATORS
    if (is_named and len(cells) < _LEAST_YEARS) or any(map(_FRACTION.fullmatch, cells[:_LEAST_YEARS])):
        return False
    aside = context.aside()
    years = list(takewhile(bool, (read_year_heading(text, aside, ("", 0)).year for text in cells)))
    if not years or len(years) < len(cells):
        return False
    # Of other rows, figures that follow each other are taken for years.
    return not is_named or all(one.isdecimal() and other == str(int(one) + 1) for one, other in pairwise(years))


def _shown(row: Row) -> str:
    return ", ".join(filter(None, map(str.strip, row.cells)))


def _layout(sheet: Sheet, headings: Sequence[Heading], context: Context) -> _Layout | None:
    before = len(context.faults)
    headings = headings if context.indicator else _first_is_indicator(headings)
    found = positions(sheet, headings, context)
    headings = _with_parts(sheet, headings, found, context)
    if context.indicator:
        found = of_one_indicator(sheet, found, context)
    note_uses(headings, found, context)
    parts = {axis.name for axis in context.plan.axes if any(heading.part for heading in headings)}
    wanted = {*(() if context.indicator else ("indicator",)), *context.plan.dimensions} - set(found) - parts
    note_missing(sheet, [name for name in ("indicator", *context.plan.dimensions) if name in wanted], context)
    _check_years(sheet, headings, context)
    if len(context.faults) > before:
        return None
    values = {
        position: _said(heading, context.plan.dimensions)
        for position, heading in enumerate(headings)
        if heading.year and heading.meaning == "value"
    }
    targets = [position for position, heading in enumerate(headings) if heading.meaning == "target"]
    _note_years(headings, context)
    rates = [position for position, heading in enumerate(headings) if heading.meaning == "rate"]
    forms = settle((each.year for each in headings), context.forms)
    texts = [position for position, heading in enumerate(headings) if heading.year and heading.meaning in TEXTS]
    periods = {position: read_period(headings[position].year, forms) for position in (*values, *texts)}
    has_years = len({periods[position] for position in values}) > 1
    of_latest = [headings[found[name]].text for name in _OF_LATEST if name in found]
    if of_latest and has_years:
        names = ", ".join(of_latest)
        context.remarks.append(Fault("texts_of_latest", sheet.file, sheet.header.line, names=names))
    if not has_years and "note" in found:
        texts.append(found["note"])
        periods[found["note"]] = next(iter(periods.values()))
        found = {name: position for name, position in found.items() if name != "note"}
    notes = [position for position in texts if headings[position].meaning == "note"]
    marks = marks_among(set().union(*(notes_of(sheet, position) for position in notes)))
    beside = _by_year(targets, headings), _by_year(rates, headings)
    of_period: dict[Period, list[int]] = {}
    for position in texts:
        of_period.setdefault(periods[position], []).append(position)
    may_track = has_tracker(headings, found) or any(is_tracker(headings[position]) for position in texts)
    return _Layout(headings, found, values, periods, of_period, may_track, marks, targets, *beside)


def _by_year(positions: Sequence[int], headings: Sequence[Heading]) -> dict[tuple[str, str], list[int]]:
    found: dict[tuple[str, str], list[int]] = {}
    for position in positions:
        found.setdefault((headings[position].year, headings[position].part), []).append(position)
    return found


def _beside(positions: Mapping[tuple[str, str], Sequence[int]], heading: Heading) -> list[int]:
    """Return the columns of the year of a value, and of its part or of all parts."""
    keys = dict.fromkeys([(heading.year, heading.part), (heading.year, "")])
    return [position for key in keys for position in positions.get(key, ())]


def _first_is_indicator(headings: Sequence[Heading]) -> Sequence[Heading]:
    """Take the first column for the names where no header says which one has them."""
    named = any(each.meaning in NAMES_OF_INDICATORS for each in headings)
    if named or headings[0].year:
        return headings
    return [Heading(headings[0].text, "indicator"), *headings[1:]]


def _with_parts(
    sheet: Sheet, headings: Sequence[Heading], found: Mapping[str, int], context: Context
) -> Sequence[Heading]:
    """Take other words below a year for values of the one dimension that has no column; refuse them without one."""
    unknown = [position for position in sheet.under if not headings[position].meaning]
    free = [name for name in context.plan.dimensions if name not in found]
    measures = [position for position in unknown if _is_measure(sheet.under[position].word, context)]
    if len(context.plan.dimensions) == 1 and free and not measures:
        return [
            heading._replace(meaning="value", part=sheet.under[position].word) if position in unknown else heading
            for position, heading in enumerate(headings)
        ]
    if unknown:
        words = ", ".join(dict.fromkeys(sheet.under[position].word for position in measures or unknown))
        year = sheet.under[unknown[0]].year
        context.faults.append(Fault("words_under_year", sheet.file, sheet.header.line, words=words, year=year))
    return headings


def _is_measure(word: str, context: Context) -> bool:
    """Whether a word below a year says how something is measured, so that it is no value of a dimension."""
    outside = split_unit(word, context)[0]
    return is_unit(word, context) or folded(outside) in _MEASURES


def _check_years(sheet: Sheet, headings: Sequence[Heading], context: Context) -> None:
    place = sheet.file, sheet.header.line
    try:
        forms = settle((each.year for each in headings), context.forms)
        dated = [(each, read_period(each.year, forms)) for each in headings if each.year]
        one_calendar(Year(period.year, period.calendar) for _, period in dated)
    except YearError as error:
        context.faults.append(Fault("years", *place, **reason_of("year", error, "")))
        return
    first: dict[tuple[str, str, int, int], Heading] = {}
    for heading, period in dated:
        if heading.meaning in COMPUTED:
            continue
        earlier = first.setdefault((heading.meaning, heading.part, period.year, period.code), heading)
        if earlier is not heading:
            context.faults.append(
                Fault("same_meaning", *place, first=earlier.text, second=heading.text, meaning=str(period.year))
            )


def _note_years(headings: Sequence[Heading], context: Context) -> None:
    """Note which columns of years are read."""
    forms = settle((each.year for each in headings), context.forms)
    for heading in headings:
        if heading.year and heading.meaning in FIGURES | TEXTS:
            period = read_period(heading.year, forms)
            said = heading.year if period.code else str(period.year)
            context.table.use(heading.text, heading.meaning, " ".join(filter(None, (said, heading.part))))


def _full_rows(sheet: Sheet, context: Context) -> Iterator[Row]:
    """Return rows as long as the header; a row of one cell is a heading whose separators got lost in pasting."""
    width = len(sheet.header.cells)
    for row in sheet.rows:
        if len(row.cells) == 1:
            yield row._replace(cells=row.cells + [""] * (width - 1))
        elif len(row.cells) == width:
            yield row
        else:
            context.faults.append(Fault("row_width", sheet.file, row.line, found=len(row.cells), expected=width))


def _said(heading: Heading, dimensions: Sequence[str]) -> dict[str, str]:
    """Return what the header says of a value."""
    status = {"obs_status": heading.obs_status} if heading.obs_status else {}
    return {"year": heading.year, **status, **(dict.fromkeys(dimensions, heading.part) if heading.part else {})}


def _values(sheet: Sheet, row: Row, cells: Mapping[str, str], layout: _Layout, power: int) -> Iterator[Record]:
    targets = printed_targets(row, layout.headings, layout.targets)
    values = {position: text for position in layout.values if (text := row.cells[position].strip())}
    earlier = {name: text for name, text in cells.items() if name not in _OF_LATEST}
    latest = max((_order(layout.periods[position]) for position in values), default=None) if earlier != cells else None
    for position, value in values.items():
        heading, period = layout.headings[position], layout.periods[position]
        beside = earlier if latest and _order(period) != latest else cells
        texts = _texts(row, cells, layout, period) if layout.texts else {}
        attainment = None
        if layout.rates_of:
            columns = _beside(layout.rates_of, heading), _beside(layout.targets_of, heading)
            attainment = attainment_of(row, layout.headings, *columns, heading.year, heading.part)
        # By position, as there is one for each cell of a table: names take twice as long.
        yield Record(
            sheet.file,
            row.at(position),
            {**beside, **layout.values[position], **texts, "value": value},
            None,
            sheet.unit,
            heading.unit,
            targets,
            attainment,
            power,
            row.facts(position),
            layout.may_track,
        )
        targets = []


def _order(period: Period) -> tuple[int, int]:
    return period.year, period.part


def _texts(row: Row, cells: Mapping[str, str], layout: _Layout, period: Period) -> dict[str, str]:
    """Return what columns of a year say of its value; a note beside one of all years is added to it."""
    columns = layout.texts.get(period)
    if not columns:
        return {}
    found = {
        layout.headings[position].meaning: text
        for position in columns
        if (text := unguarded(row.cells[position].strip()))
    }
    found = with_mark(found, layout.marks)
    if general := cells.get("note"):
        found["note"] = "; ".join(filter(None, (general, found.get("note", ""))))
    return found


def _note_unmatched(sheet: Sheet, rows: Sequence[tuple[Row, str]], layout: _Layout, context: Context) -> None:
    """Count and name the rows that match no indicator: faults if the user is strict, else remarks."""
    left_out: list[tuple[int, str]] = []
    headings: list[tuple[int, str]] = []
    for row, name in rows:
        if any(row.cells[position].strip() for position in layout.values):
            left_out.append((row.line, name))
        elif not context.names.is_pillar(name):
            headings.append((row.line, name))
    for reason, each in (("no_indicator", left_out), ("no_values", headings)):
        context.table.leave_out(reason, len(each), each[0][0] if each else 0)
    if left_out and len(rows) == context.table.rows:
        said = context.faults if context.strict else context.remarks
        said.append(context.names.none_matches(sheet.file, left_out[0][0], [name for _, name in left_out]))
    elif context.strict:
        context.faults += (Fault("row_left_out", sheet.file, line, found=name) for line, name in left_out)
    else:
        _note_names("rows_left_out", sheet, left_out, context)
    _note_names("headings_left_out", sheet, headings, context)


def _note_names(key: str, sheet: Sheet, rows: Sequence[tuple[int, str]], context: Context) -> None:
    """Remark on rows, if there are any, with the names of the first ones."""
    if rows:
        names = ", ".join(f"'{shortened(name, _LONGEST_NAME)}' ({line})" for line, name in rows[:_MOST_NAMED])
        more = " …" if len(rows) > _MOST_NAMED else ""
        context.remarks.append(Fault(key, sheet.file, rows[0][0], number=len(rows), names=names + more))
