"""Raw columns -> observations: each check of a row, once for all that is read; each text is looked at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple, TypeVar

import numpy as np

from smartkpi.errors import Fault, place_of
from smartkpi.messages import label
from smartkpi.model import FIRST_YEAR, LAST_YEAR, Dimension, Indicator, Plan
from smartkpi.model.arrays import Categorical, Flags, Floats, Ints, categorical, flagged, looked_up, pairs_of, spans
from smartkpi.model.codes import BOUNDS, NOT_OBSERVED, OBS_STATUS
from smartkpi.model.observations import BOUND_CODES, Observations, Texts
from smartkpi.model.places import Cell
from smartkpi.model.reading import ReadingOptions
from smartkpi.quantities import Quantity, QuantityError, units
from smartkpi.quantities.cell_reader import CellReader
from smartkpi.quantities.cells import CellError, CellValue, is_dash
from smartkpi.quantities.periods import PARTS, Forms, Period, read_period, settle
from smartkpi.quantities.reasons import reason_of
from smartkpi.quantities.statuses import STRONGEST_FIRST, Said, read_status
from smartkpi.quantities.years import Year, YearError, one_calendar
from smartkpi.readers.conversion import (
    ConversionError,
    Converted,
    PrintedValue,
    check_dimension,
    known_behind,
    unit_of,
    value_of,
)
from smartkpi.readers.layouts.names import Names
from smartkpi.readers.raw import RawColumns
from smartkpi.readers.row_errors import RowErrors

_UNKNOWN = -1
T = TypeVar("T")
_SHOWN = 3
"""Places that a remark names."""
_MOST_MARKS = 8


# Which of two statuses counts: that the value is no observation, a mark, another code, and at last that it is normal.
_RANKS = np.array(
    [
        0
        if code in NOT_OBSERVED
        else STRONGEST_FIRST.index(code) + 1
        if code in STRONGEST_FIRST
        else 50 + (code == "A")
        for code in OBS_STATUS
    ]
)


class Checked(NamedTuple):
    """All rows of some raw columns, and their errors; what a row with an error has is not meant to be used."""

    observations: Observations
    errors: RowErrors
    remarks: list[Fault]
    """What was read as no data, or not read, once for each kind."""


class _Refusal(NamedTuple):
    """Why a distinct text cannot be read."""

    key: str
    details: Mapping[str, Any] | Callable[[], Mapping[str, Any]]
    """What the message puts in, or what gives it once it is told."""


_NOT_READ = _Refusal("value", {})
"""Of a text that is first in a row below more errors than are told."""
_Read = CellValue | _Refusal | None
"""What a distinct value says: None that there is no value."""


class _Conversion(NamedTuple):
    source: units.Unit
    target: units.Unit

    @property
    def ratio(self) -> Decimal:
        return self.source.scale / self.target.scale


def check(
    raw: RawColumns,
    plan: Plan,
    names: Names,
    options: ReadingOptions = ReadingOptions(),  # noqa: B008 - it cannot change
    units_from_plan: bool = False,
    most_errors: int | None = None,
) -> Checked:
    """Check raw columns and convert them to the units of their indicators.

    Parameters
    ----------
    raw
        The rows of one file or frame.
    plan
        Whose indicators, units, bounds and dimensions they must fit.
    names
        What the plan's indicators are called.
    options
        How years and values are to be understood, where the user says it.
    units_from_plan
        Whether values without a unit are in that of their indicator.
    most_errors
        How many are told, row by row: what is below so many is not looked at. None for all.
    """
    errors, remarks = RowErrors(most_errors), list[Fault]()
    indicator = _indicators(raw, plan, names, errors)
    year, in_column = _periods(raw.year, Forms(options.calendar, options.fiscal_year, options.period), errors)
    said = _said(raw, errors, remarks)
    cells = _cells(raw, options, units.units_of(plan.units), errors)
    value, precision = _values(raw, cells, indicator, plan, errors, units_from_plan)
    _check_bounds(value, indicator, plan, errors)
    bound = _bounds(raw.bound, errors)
    dimensions = tuple(
        _dimension(dimension, axis, errors) for dimension, axis in zip(plan.axes, raw.dimensions, strict=True)
    )
    _check_applicable(raw, said, value, errors)
    status = _looked_up([OBS_STATUS.index(each.code or "A") for each in said], OBS_STATUS.index("A"), raw.obs_status)
    part = in_column
    if cells:
        has_status = raw.obs_status.codes >= 0
        status, bound, part = _with_cells(raw.printed.codes, cells, status, has_status, bound, in_column)
        remarks += _no_data(raw, cells, indicator, value, plan)
    _note_parts(raw, part, in_column > 0, indicator, plan, errors)
    observations = Observations(
        plan=plan,
        indicator=indicator,
        dimensions=dimensions,
        year=year,
        part=part,
        value=value,
        obs_status=status.astype(np.int8, copy=False),
        bound=bound.astype(np.int8, copy=False),
        precision=precision,
        assumed=np.zeros(len(raw), dtype=np.bool_),
        texts=_texts(raw, cells, said),
        file=Categorical(np.zeros(len(raw), dtype=np.int8), (raw.file,)),
        line=raw.line,
        column=raw.column,
    )
    return Checked(observations, errors, remarks)


def _with_cells(
    codes: Ints, cells: Sequence[_Read], status: Ints, has_status: Flags, bound: Ints, part: Ints
) -> tuple[Ints, Ints, Ints]:
    """Return status, bound and part of the year with what the printed values say of them."""
    read = [each if isinstance(each, CellValue) else None for each in cells]
    beside = _said_by(codes, [OBS_STATUS.index(each.obs_status) if each else OBS_STATUS.index("A") for each in read])
    bounds = _said_by(codes, [BOUND_CODES.index(each.quantity.bound) if each else 0 for each in read])
    parts = _said_by(codes, [PARTS.index(each.part) if each else 0 for each in read])
    # The words of a cell give way to a status beside it; its letters do not.
    are_letters = np.array([*(bool(each and each.marks) for each in read), False])[codes]
    beside = np.where((codes < 0) | (has_status & ~are_letters), OBS_STATUS.index("A"), beside)
    return (
        np.where(_RANKS[beside] < _RANKS[status], beside, status),
        np.where(bounds > 0, bounds, bound),
        np.where(part > 0, part, parts).astype(np.int8),
    )


def _said_by(codes: Ints, table: Sequence[int]) -> Ints:
    return np.array([*table, 0], dtype=np.int64)[codes]


def _looked_up(table: Sequence[int], none: int, column: Categorical) -> Ints:
    """Return for each row what its value has in a table, `none` where the cell is empty."""
    if not table:
        return np.full(len(column), none, dtype=np.min_scalar_type(-max(1, none) - 1))
    small = np.array([*table, none], dtype=np.min_scalar_type(-max([1, *table]) - 1))
    return looked_up(small, column.codes)


def _each_read(values: Sequence[T], codes: Ints, read: Callable[[T], Any], errors: RowErrors) -> list[Any]:
    """Read distinct values in the order of their first rows, no further than errors are told.

    Parameters
    ----------
    values
        To read.
    codes
        Of each row, a position in `values`, or -1.
    read
        Returns a refusal where a value cannot be read.
    errors
        Says how many are told.
    """
    most = errors.most
    if most is None or len(values) <= most:
        return list(map(read, values))
    found: list[Any] = [_NOT_READ] * len(values)
    # The last write of a place counts: backwards, that is the first row.
    first = np.full(len(values) + 1, len(codes))
    first[codes[::-1]] = np.arange(len(codes))[::-1]
    for place in np.argsort(first[:-1], kind="stable").tolist():
        found[place] = read(values[place])
        most -= isinstance(found[place], _Refusal)
        if not most:
            break
    return found


def _note_refusals(found: Sequence[Any], codes: Ints, errors: RowErrors, rows: Ints | None = None) -> None:
    """Note an error for the rows of each code whose entry is a refusal, one kind for each key."""
    refused = {code: each for code, each in enumerate(found) if isinstance(each, _Refusal)}
    for key in dict.fromkeys(each.key for each in refused.values()):
        own = np.zeros(len(found) + 1, dtype=np.bool_)
        own[[code for code, each in refused.items() if each.key == key]] = True
        places = np.flatnonzero(own[codes])
        positions = places if rows is None else rows[places]
        groups = codes[places]
        errors.note(key, positions, groups, _details_of(refused, positions, groups))


def _details_of(refused: Mapping[int, _Refusal], rows: Ints, codes: Ints) -> Callable[[int], Mapping[str, Any]]:
    def details(row: int) -> Mapping[str, Any]:
        known = refused[int(codes[np.searchsorted(rows, row)])].details
        return known() if callable(known) else known

    return details


def _indicators(raw: RawColumns, plan: Plan, names: Names, errors: RowErrors) -> Ints:
    """Return the position in the plan of each row's indicator, `_UNKNOWN` where it is not known."""
    positions = {name: position for position, name in enumerate(plan.indicators)}
    column = raw.indicator
    found = _each_read(column.values, column.codes, lambda each: _indicator(each[0], each[1], names), errors)
    if (column.codes < 0).any():
        column = Categorical(np.where(column.codes < 0, len(found), column.codes), column.values)
        found.append(_indicator("", "", names))
    _note_refusals(found, column.codes, errors)
    table = [_UNKNOWN if isinstance(each, _Refusal) else positions[each] for each in found]
    if table == list(range(len(table))):
        return column.codes
    return _looked_up(table, _UNKNOWN, column)


def _indicator(text: str, title: str, names: Names) -> str | _Refusal:
    ids = names.indicators(text or title)
    if not ids:
        # The nearest name takes long to find, and is wanted of the errors that are told only.
        return _Refusal("unknown_indicator", lambda: {"found": text or title, "near": names.nearest(text or title)})
    if len(ids) > 1:
        return _Refusal("ambiguous_indicator", {"found": text or title, "ids": ", ".join(ids)})
    if title and ids[0] not in (titled := names.indicators(title) or ids):
        return _Refusal("title_of_another", {"indicator": ids[0], "title": title, "other": ", ".join(titled)})
    return ids[0]


def _periods(column: Categorical | Ints, forms: Forms, errors: RowErrors) -> tuple[Ints, Ints]:
    """Return the years of the Common Era, 0 where a cell is none, and the parts of them; a file has one calendar."""
    if not isinstance(column, Categorical):
        return _whole_years(column, errors), np.zeros(len(column), dtype=np.int8)
    forms = settle((text for text, _ in column.values), forms)

    def read(each: tuple[str, Any]) -> Period | _Refusal:
        return _period(each[0], forms._replace(calendar=each[1] or forms.calendar))

    found = _each_read(column.values, column.codes, read, errors)
    codes = column.codes
    if (codes < 0).any():
        codes = np.where(codes < 0, len(found), codes)
        found.append(_period("", forms))
    calendars = dict.fromkeys(each.calendar for each in found if isinstance(each, Period))
    if len(calendars) > 1:
        codes, found = _with_second_calendar([*column.values, ("", None)], codes, found)
    _note_refusals(found, codes, errors)
    years = np.array([each.year if isinstance(each, Period) else 0 for each in found], dtype=np.int16)
    parts = np.array([each.code if isinstance(each, Period) else 0 for each in found], dtype=np.int8)
    return looked_up(years, codes), looked_up(parts, codes) if parts.any() else np.zeros(len(codes), dtype=np.int8)


def _with_second_calendar(
    texts: Sequence[tuple[str, Any]], codes: Ints, found: Sequence[Period | _Refusal]
) -> tuple[Ints, list[Period | _Refusal]]:
    """Return what was found with the first row of the second calendar as an error, and only that one."""
    each_calendar = np.array([each.calendar if isinstance(each, Period) else "" for each in found])[codes]
    first = {name: int(np.flatnonzero(each_calendar == name)[0]) for name in set(each_calendar.tolist()) - {""}}
    wrong, codes, every = max(first.values()), codes.copy(), list(found)
    both = (every[codes[row]] for row in sorted(first.values()))
    try:
        one_calendar(Year(each.year, each.calendar) for each in both if isinstance(each, Period))
    except YearError as error:
        text = texts[codes[wrong]][0]
        every.append(_Refusal("years", {"found": text, **reason_of("year", error, text)}))
        codes[wrong] = len(found)
    return codes, every


def _period(text: str, forms: Forms) -> Period | _Refusal:
    try:
        return read_period(text, forms)
    except YearError as error:
        if text.startswith("="):
            return _Refusal("formula", {"found": text})
        key = error.key if error.key in ("fiscal_year", "month_or_fiscal") else "year"
        return _Refusal(key, {"found": text, **reason_of("year", error, text)})


def _note_parts(raw: RawColumns, part: Ints, in_column: Flags, indicator: Ints, plan: Plan, errors: RowErrors) -> None:
    """Note parts of years of indicators of which nothing says how they make a year."""
    if not part.any():
        return
    without = np.array([*(not each.aggregate for each in plan.indicators.values()), False])
    rows = np.flatnonzero((part > 0) & without[indicator])
    every = list(plan.indicators)

    def details(row: int) -> Mapping[str, Any]:
        if in_column[row] and isinstance(raw.year, Categorical):
            text = raw.year.values[raw.year.codes[row]][0]
        else:
            text = raw.printed.values[raw.printed.codes[row]].text
        return {"found": text, "indicator": every[indicator[row]]}

    errors.note("part_of_year", rows, rows, details)


def _whole_years(years: Ints, errors: RowErrors) -> Ints:
    if years.dtype.itemsize == 1:
        years = years.astype(np.int16)  # a byte holds no bound of a year
    found = np.empty(len(years), dtype=np.int16)
    for span in spans(len(years)):
        if years[span].min() < FIRST_YEAR or years[span].max() > LAST_YEAR:
            break
        found[span] = years[span]
    else:
        return found
    wrong = (years < FIRST_YEAR) | (years > LAST_YEAR)
    distinct, codes = np.unique(years[wrong], return_inverse=True)
    periods = [_period(str(each), Forms()) for each in distinct.tolist()]
    # 111 is a year of the Republic where it is a text; as a number it may be anything.
    out = YearError("out_of_range", "")
    every = [
        each if isinstance(each, _Refusal) else _Refusal("year", {"found": str(year), **reason_of("year", out, "")})
        for each, year in zip(periods, distinct.tolist(), strict=True)
    ]
    _note_refusals(every, codes, errors, np.flatnonzero(wrong))
    return np.where(wrong, 0, years).astype(np.int16)


def _said(raw: RawColumns, errors: RowErrors, remarks: list[Fault]) -> list[Said]:
    """Return what each distinct cell of the column of statuses says; one that is not known is an error, or a remark."""
    column = raw.obs_status
    found = [read_status(text) for text in column.values]
    unknown = [code for code, each in enumerate(found) if each is None]
    if unknown and raw.is_tracker:
        remarks.append(_words_of_tracker(raw, unknown))
    elif unknown:
        codes = " ".join(OBS_STATUS)
        refused = [
            each or _Refusal("obs_status", {"found": text, "codes": codes})
            for each, text in zip(found, column.values, strict=True)
        ]
        _note_refusals(refused, column.codes, errors)
    return [each or Said("A") for each in found]


def _words_of_tracker(raw: RawColumns, unknown: Sequence[int]) -> Fault:
    counted = np.bincount(raw.obs_status.codes[raw.obs_status.codes >= 0], minlength=len(raw.obs_status.values))
    words = _counted({raw.obs_status.values[code]: int(counted[code]) for code in unknown})
    return Fault("status_words", raw.file, int(raw.line[np.isin(raw.obs_status.codes, unknown)][0]), words=words)


def _check_applicable(raw: RawColumns, said: Sequence[Said], value: Floats, errors: RowErrors) -> None:
    """Refuse values beside which it says that there can be none."""
    if all(each.code for each in said):
        return
    none = np.array([*(not each.code for each in said), False])[raw.obs_status.codes]
    rows = np.flatnonzero(none & ~np.isnan(value))
    errors.note(
        "mark_not_applicable", rows, None, lambda row: {"found": raw.obs_status.values[raw.obs_status.codes[row]]}
    )


def _no_data(raw: RawColumns, cells: Sequence[_Read], indicator: Ints, value: Floats, plan: Plan) -> list[Fault]:
    """Return remarks on the cells that say that there is no value, and on dashes that may mean 0."""
    none = np.array([*(each is None for each in cells), False])[raw.printed.codes]
    if not none.any():
        return []
    rows = np.flatnonzero(none)
    texts = [raw.printed.values[code].text for code in raw.printed.codes[rows].tolist()]
    number = len(rows)
    marks = _counted(dict(Counter(texts)))
    remarks = [
        Fault("no_data_cell" if number == 1 else "no_data_cells", raw.file, number=number, marks=marks,
              places=_places(raw, rows))
    ]  # fmt: skip
    known = units.units_of(plan.units)
    counts = [known.known(each.unit) and known.parse(each.unit).is_amount for each in plan.indicators.values()]
    negative = set(indicator[value < 0].tolist())
    maybe = [
        row
        for row, text in zip(rows.tolist(), texts, strict=True)
        if is_dash(text) and indicator[row] >= 0 and counts[indicator[row]] and int(indicator[row]) not in negative
    ]
    if maybe:
        text = raw.printed.values[raw.printed.codes[maybe[0]]].text
        places = _places(raw, np.array(maybe))
        remarks.append(Fault("dash_in_counts", raw.file, number=len(maybe), found=text, places=places))
    return remarks


def _counted(counts: Mapping[str, int]) -> str:
    """Return texts with how often they occur, the commonest first."""
    ranked = sorted(counts.items(), key=lambda each: -each[1])
    shown = ", ".join(f"'{text}' {count}" for text, count in ranked[:_MOST_MARKS])
    return shown + (", …" if len(ranked) > _MOST_MARKS else "")


def _places(raw: RawColumns, rows: Ints) -> str:
    columns = raw.column
    every = rows[:_SHOWN].tolist()
    lines = [
        int(raw.line[row]) if columns is None or not columns[row] else Cell(int(raw.line[row]), int(columns[row]) - 1)
        for row in every
    ]
    return ", ".join(dict.fromkeys(place_of(raw.file, line) for line in lines))


def _dimension(dimension: Dimension, axis: Categorical, errors: RowErrors) -> Categorical:
    """Return a dimension of all rows, the whole as an empty text; without totals an empty cell is an error.

    The whole is the first value, so that its series is the first one.
    """
    if not dimension.total:
        errors.note("missing_dimension", np.flatnonzero(axis.codes < 0), None, lambda _: {"name": dimension.name})
        return axis
    values = dict.fromkeys(["", *(value for value in axis.values if value not in dimension.total)])
    places = {value: place for place, value in enumerate(values)}
    table = np.array([*(places.get(value, 0) for value in axis.values), 0], dtype=np.int32)
    return Categorical(table[axis.codes], tuple(values))


def _bounds(column: Categorical, errors: RowErrors) -> Ints:
    """Return the position in `BOUND_CODES` of each row's bound."""
    choices = ", ".join(BOUNDS)
    found = [
        text if text in BOUNDS else _Refusal("bound", {"found": text, "choices": choices}) for text in column.values
    ]
    _note_refusals(found, column.codes, errors)
    return _looked_up([BOUND_CODES.index(each) if isinstance(each, str) else 0 for each in found], 0, column)


def _cells(raw: RawColumns, options: ReadingOptions, known: units.Units, errors: RowErrors) -> list[_Read]:
    """Return what each distinct printed value says, None where it says that there is no value."""
    forms = raw.forms.with_words(options.missing, options.zero, options.accounting)
    behind = known_behind(known)
    texts, numbers = CellReader(forms, behind), CellReader(forms.of_numbers, behind)

    def read(each: PrintedValue) -> _Read:
        return _cell(each.text, numbers if each.has_point else texts)

    found = _each_read(raw.printed.values, raw.printed.codes, read, errors)
    _note_refusals(found, raw.printed.codes, errors)
    return found


def _cell(text: str, reader: CellReader) -> _Read:
    try:
        return reader.read(text)
    except CellError as error:
        return _Refusal(error.key, error.details)
    except QuantityError as error:
        if text.startswith("="):
            return _Refusal("formula", {"found": text})
        key = "value_separators" if error.key == "ambiguous_separator" else "value"
        return _Refusal(key, {"found": text, **reason_of("quantity", error, text)})


def _values(
    raw: RawColumns,
    cells: Sequence[_Read],
    indicator: Ints,
    plan: Plan,
    errors: RowErrors,
    units_from_plan: bool,
) -> tuple[Floats, Floats]:
    """Return all values in the units of their indicators, NaN where there is none, and their precision."""
    value = raw.number
    rows = None
    if not all(np.isfinite(value[span]).all() for span in spans(len(value))):
        infinite = np.flatnonzero(np.isinf(value))
        errors.note("value_not_finite", infinite, None, lambda row: {"found": raw.text_of(row)})
        rows = np.flatnonzero(~np.isnan(value))
    value, precision = _converted_numbers(raw, rows, indicator, plan, errors, units_from_plan)
    if cells:
        value = value.copy() if value is raw.number else value
        precision = precision.copy()
        others = np.flatnonzero(raw.printed.codes >= 0)
        converted = _printed_values(raw.printed, cells, indicator, plan, others, errors, units_from_plan)
        value[others], precision[others] = converted.T
    return value, precision


def _printed_values(
    printed: Categorical,
    cells: Sequence[_Read],
    indicator: Ints,
    plan: Plan,
    rows: Ints,
    errors: RowErrors,
    units_from_plan: bool,
) -> Floats:
    """Return value and precision of these rows, which are printed; each pair with an indicator is looked at once."""
    every, known = list(plan.indicators.values()), units.units_of(plan.units)
    codes, pairs = pairs_of(printed.codes[rows], indicator[rows], len(printed.values), len(every))

    def read(pair: tuple[int, int]) -> Converted | _Refusal | None:
        code, place = pair
        if place < 0:
            return None
        return _printed_value(printed.values[code], cells[code], every[place], known, units_from_plan)

    found = _each_read(pairs, codes, read, errors)
    _note_refusals(found, codes, errors, rows)
    return np.array([each if isinstance(each, Converted) else (np.nan, 0.0) for each in found]).reshape(-1, 2)[codes]


def _printed_value(
    printed: PrintedValue, cell: _Read, indicator: Indicator, known: units.Units, units_from_plan: bool
) -> Converted | _Refusal | None:
    if not isinstance(cell, CellValue):
        return None
    try:
        return value_of(printed, cell, indicator, known, units_from_plan)
    except ConversionError as error:
        return _Refusal(error.key, error.details)


def _converted_numbers(
    raw: RawColumns, rows: Ints | None, indicator: Ints, plan: Plan, errors: RowErrors, units_from_plan: bool
) -> tuple[Floats, Floats]:
    """Return plain numbers and precision in the units of their indicators; each pair with one is looked at once.

    Only these rows have one; None for all.
    """
    precision = np.broadcast_to(0.0, len(raw)) if raw.precision is None else raw.precision
    if not len(raw if rows is None else rows):
        return raw.number, precision
    unit, own = (raw.unit.codes, indicator) if rows is None else (raw.unit.codes[rows], indicator[rows])
    codes, pairs = pairs_of(unit, own, len(raw.unit.values), len(plan.indicators))

    def read(pair: tuple[int, int]) -> _Conversion | _Refusal | None:
        code, place = pair
        return _conversion("" if code < 0 else raw.unit.values[code], raw.header_unit, place, plan, units_from_plan)

    found = _each_read(pairs, codes, read, errors)
    without = [number for number, each in enumerate(found) if isinstance(each, _Refusal) and each.key == "no_unit"]
    if without:
        # The message shows the number, which differs from row to row.
        places = np.flatnonzero(np.isin(codes, without))
        positions = places if rows is None else rows[places]
        errors.note("no_unit", positions, positions, lambda row: {"found": raw.text_of(row)})
        found = [None if number in without else each for number, each in enumerate(found)]
    _note_refusals(found, codes, errors, rows)
    conversions = [each if isinstance(each, _Conversion) and each.ratio != 1 else None for each in found]
    ratios = dict.fromkeys(each.ratio for each in conversions if each)
    refused = [not isinstance(each, _Conversion) for each in found]
    value = raw.number.copy() if ratios or any(refused) else raw.number
    if any(refused):
        places = np.flatnonzero(np.array(refused)[codes])
        value[places if rows is None else rows[places]] = np.nan
    if ratios and raw.precision is not None:
        precision = precision.copy()
    for ratio in ratios:
        same = [each for each in conversions if each and each.ratio == ratio]
        places = np.flatnonzero(np.array([each in same for each in conversions])[codes])
        positions = places if rows is None else rows[places]
        value[positions] = raw.convert(positions, same[0].source, same[0].target)
        if raw.precision is not None:
            precision[positions] = units.convert_array(precision[positions], same[0].source, same[0].target)
    return value, precision


def _conversion(unit: str, header: str, place: int, plan: Plan, units_from_plan: bool) -> _Conversion | _Refusal | None:
    """Return a unit and the one to convert to; None where all was said of the indicator."""
    known, indicator = units.units_of(plan.units), list(plan.indicators.values())[place]
    own = indicator.unit if units_from_plan and place >= 0 else ""
    try:
        source = unit_of(PrintedValue("", unit, header), Quantity(Decimal(1)), known, own)
        if place < 0 or not known.known(indicator.unit):
            return None  # the error of the indicator, or of the plan, says so
        target = known.parse(indicator.unit)
        check_dimension(source, target, indicator)
    except ConversionError as error:
        return _Refusal(error.key, error.details) if place >= 0 else None
    return _Conversion(source, target)


def _check_bounds(value: Floats, indicator: Ints, plan: Plan, errors: RowErrors) -> None:
    every = list(plan.indicators.values())
    if all(each.bounds is None for each in every):
        return
    bounds = np.array([each.bounds or (-np.inf, np.inf) for each in every] + [(-np.inf, np.inf)])
    outside = flagged(len(value), lambda rows: _outside(value[rows], indicator[rows], bounds))

    def details(row: int) -> dict[str, str]:
        low, high = bounds[indicator[row]]
        unit = units.normalised(every[indicator[row]].unit)
        return {"found": f"{value[row]:.15g}", "unit": unit, "low": f"{low:g}", "high": f"{high:g}"}

    errors.note("actual_outside_bounds", outside, outside, details)


def _outside(value: Floats, indicator: Ints, bounds: Floats) -> Flags:
    lowest, highest = bounds.T
    if np.fmin.reduce(value) >= lowest.max() and np.fmax.reduce(value) <= highest.min():
        return np.zeros(len(value), dtype=np.bool_)
    return np.asarray(np.isfinite(value) & ((value < lowest[indicator]) | (value > highest[indicator])))


def _texts(raw: RawColumns, cells: Sequence[_Read], said: Sequence[Said]) -> Texts:
    """Return the texts of all rows; the notes say too what a cell says of its value that no column is for."""
    readers = {name: partial(_text, raw, name) for name in raw.texts}
    if any(isinstance(each, CellValue) and _is_remarkable(each) for each in cells) or any(
        each.is_confidential for each in said
    ):
        readers |= {name: partial(_note, raw, name, cells, said) for name in _NOTES}
    return Texts(readers)


_NOTES = {"note": "en", "note_zh": "zh-TW"}
"""Language of each column of notes."""


def _is_remarkable(cell: CellValue) -> bool:
    return bool(cell.quantity.bound or cell.is_confidential or cell.interval)


def _words(cell: CellValue, text: str, lang: str) -> str:
    bound = cell.quantity.bound
    words = [
        label(f"cell_{bound}", lang).format(text=text) if bound else "",
        label("cell_confidential", lang) if cell.is_confidential else "",
        label("cell_interval", lang).format(interval=cell.interval) if cell.interval else "",
    ]
    return label("sentence_separator", lang).join(filter(None, words))


def _text(raw: RawColumns, name: str) -> Categorical:
    none = Categorical(np.full(len(raw), -1, dtype=np.int8), ())
    column = raw.texts.get(name, none)
    return Categorical(np.where(column.codes < 0, len(column.values), column.codes), (*column.values, ""))


def _note(raw: RawColumns, name: str, cells: Sequence[_Read], said: Sequence[Said]) -> Categorical:
    """Return the notes in a language with what the cells say; an empty one begins with that of the other column."""
    lang = _NOTES[name]
    texts = raw.printed.values
    in_cells = ["" if not isinstance(each, CellValue) else _words(each, texts[code].text, lang)
                for code, each in enumerate(cells)]  # fmt: skip
    beside = [label("cell_confidential", lang) if each.is_confidential else "" for each in said]
    own, other = (_text(raw, each).cells() for each in (name, "note"))
    rows = zip(
        own,
        other,
        Categorical(raw.printed.codes, (*in_cells, "")).cells(),
        Categorical(raw.obs_status.codes, (*beside, "")).cells(),
        strict=True,
    )
    between = label("sentence_separator", lang)
    return categorical(
        between.join(dict.fromkeys(filter(None, [note or (general if any(words) else ""), *words])))
        for note, general, *words in rows
    )
