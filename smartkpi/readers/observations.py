"""Raw columns -> observations: each check of a row, once for all that is read; each text is looked at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from smartkpi.model import FIRST_YEAR, LAST_YEAR, Dimension, Indicator, Plan
from smartkpi.model.arrays import Categorical, Flags, Floats, Ints, categorical
from smartkpi.model.codes import BOUNDS, OBS_STATUS
from smartkpi.model.observations import BOUND_CODES, Observations, Texts
from smartkpi.model.reading import Calendar
from smartkpi.quantities import Quantity, QuantityError, read_quantity, units
from smartkpi.quantities.reasons import reason_of
from smartkpi.quantities.years import Year, YearError, one_calendar, read_year
from smartkpi.readers.conversion import ConversionError, PrintedValue, check_dimension, unit_of, value_of
from smartkpi.readers.layouts.names import Names
from smartkpi.readers.raw import RawColumns
from smartkpi.readers.row_errors import RowErrors

_STATUS_WORDS = {
    "預估": "E", "預估值": "E", "推估": "E", "推估值": "E", "估計": "E", "估計值": "E",
    "estimated": "E", "estimate": "E",
    "初步": "P", "初步值": "P", "初步統計": "P", "暫定": "P", "暫定值": "P", "provisional": "P", "preliminary": "P",
    "預測": "F", "預測值": "F", "forecast": "F", "正常": "A", "確定": "A", "normal": "A", "actual": "A",
    "缺值": "M", "缺漏": "M", "missing": "M",
}  # fmt: skip
_BOUND_WORDS = {"lower": "lower bound", "upper": "upper bound", "approx": "approximate"}
_LARGEST_TABLE = 1 << 22
"""Pairs of values of two columns up to which each has a place in a table of its own."""
_UNKNOWN = -1


class Checked(NamedTuple):
    """All rows of some raw columns, and their errors; what a row with an error has is not meant to be used."""

    observations: Observations
    errors: RowErrors


class _Refusal(NamedTuple):
    """Why a distinct text cannot be read."""

    key: str
    details: Mapping[str, Any]


class _Conversion(NamedTuple):
    source: units.Unit
    target: units.Unit

    @property
    def ratio(self) -> Decimal:
        return self.source.scale / self.target.scale


def check(raw: RawColumns, plan: Plan, names: Names, calendar: Calendar | None = None) -> Checked:
    """Check raw columns and convert them to the units of their indicators.

    Parameters
    ----------
    raw
        The rows of one file or frame.
    plan
        Whose indicators, units, bounds and dimensions they must fit.
    names
        What the plan's indicators are called.
    calendar
        Of years in figures, where the user says it.
    """
    errors = RowErrors()
    indicator = _indicators(raw, plan, names, errors)
    year = _years(raw.year, calendar, errors)
    status = _statuses(raw.obs_status, errors)
    quantities = _quantities(raw.printed, errors)
    value = _values(raw, quantities, indicator, plan, errors)
    _check_bounds(value, indicator, plan, errors)
    bound = _bounds(raw.bound, errors)
    dimensions = tuple(
        _dimension(dimension, axis, errors) for dimension, axis in zip(plan.axes, raw.dimensions, strict=True)
    )
    printed_status = [OBS_STATUS.index(_printed_status(each)) for each in quantities]
    printed_bound = [BOUND_CODES.index(each.bound) if isinstance(each, Quantity) else 0 for each in quantities]
    normal = OBS_STATUS.index("A")
    if quantities:
        status = np.where(status < 0, np.array([*printed_status, normal])[raw.printed.codes], status)
        beside = np.array([*printed_bound, 0])[raw.printed.codes]
        bound = np.where(beside > 0, beside, bound)
    else:
        status = np.where(status < 0, normal, status)
    observations = Observations(
        plan=plan,
        indicator=indicator,
        dimensions=dimensions,
        year=year,
        value=value,
        obs_status=status.astype(np.int8),
        bound=bound.astype(np.int8),
        assumed=np.zeros(len(raw), dtype=np.bool_),
        texts=_texts(raw, quantities),
        file=Categorical(np.zeros(len(raw), dtype=np.int8), (raw.file,)),
        line=raw.line,
    )
    return Checked(observations, errors)


def _looked_up(table: Sequence[int], none: int, column: Categorical) -> Ints:
    """Return for each row what its value has in a table, `none` where the cell is empty."""
    small = np.array([*table, none], dtype=np.min_scalar_type(-max([1, *table]) - 1))
    return np.asarray(small[column.codes])


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
    return lambda row: refused[int(codes[np.searchsorted(rows, row)])].details


def _indicators(raw: RawColumns, plan: Plan, names: Names, errors: RowErrors) -> Ints:
    """Return the position in the plan of each row's indicator, `_UNKNOWN` where it is not known."""
    positions = {name: position for position, name in enumerate(plan.indicators)}
    found = [_indicator(text, title, names) for text, title in raw.indicator.values]
    column = raw.indicator
    if (column.codes < 0).any():
        column = Categorical(np.where(column.codes < 0, len(found), column.codes), column.values)
        found.append(_indicator("", "", names))
    _note_refusals(found, column.codes, errors)
    table = [_UNKNOWN if isinstance(each, _Refusal) else positions[each] for each in found]
    return _looked_up(table, _UNKNOWN, column)


def _indicator(text: str, title: str, names: Names) -> str | _Refusal:
    ids = names.indicators(text or title)
    if not ids:
        return _Refusal("unknown_indicator", {"found": text or title, "near": names.nearest(text or title)})
    if len(ids) > 1:
        return _Refusal("ambiguous_indicator", {"found": text or title, "ids": ", ".join(ids)})
    if title and ids[0] not in (titled := names.indicators(title) or ids):
        return _Refusal("title_of_another", {"indicator": ids[0], "title": title, "other": ", ".join(titled)})
    return ids[0]


def _years(column: Categorical | Ints, calendar: Calendar | None, errors: RowErrors) -> Ints:
    """Return the years of the Common Era, 0 where a cell is none; those of one file must be of one calendar."""
    if not isinstance(column, Categorical):
        return _whole_years(column, errors)
    found = [_year(text, said or calendar) for text, said in column.values]
    codes = column.codes
    if (codes < 0).any():
        codes = np.where(codes < 0, len(found), codes)
        found.append(_year("", calendar))
    calendars = dict.fromkeys(each.calendar for each in found if isinstance(each, Year))
    if len(calendars) > 1:
        return _years_of_two_calendars([*column.values, ("", None)], codes, found, errors)
    _note_refusals(found, codes, errors)
    return np.array([each.value if isinstance(each, Year) else 0 for each in found], dtype=np.int16)[codes]


def _years_of_two_calendars(
    texts: Sequence[tuple[str, Any]], codes: Ints, found: Sequence[Year | _Refusal], errors: RowErrors
) -> Ints:
    """Note the first row of the second calendar, and only that one, beside what is not a year."""
    each_calendar = np.array([each.calendar if isinstance(each, Year) else "" for each in found])[codes]
    first = {name: int(np.flatnonzero(each_calendar == name)[0]) for name in set(each_calendar.tolist()) - {""}}
    wrong, codes, every = max(first.values()), codes.copy(), list(found)
    try:
        one_calendar(found[codes[row]] for row in sorted(first.values()))
    except YearError as error:
        text = texts[codes[wrong]][0]
        every.append(_Refusal("years", {"found": text, **reason_of("year", error, text)}))
        codes[wrong] = len(found)
    _note_refusals(every, codes, errors)
    return np.array([each.value if isinstance(each, Year) else 0 for each in every], dtype=np.int16)[codes]


def _year(text: str, calendar: Calendar | None) -> Year | _Refusal:
    try:
        return read_year(text, calendar)
    except YearError as error:
        return _Refusal("year", {"found": text, **reason_of("year", error, text)})


def _whole_years(years: Ints, errors: RowErrors) -> Ints:
    if years.dtype.itemsize == 1:
        years = years.astype(np.int16)  # a byte holds no bound of a year
    if years.min(initial=FIRST_YEAR) >= FIRST_YEAR and years.max(initial=FIRST_YEAR) <= LAST_YEAR:
        return years.astype(np.int16)
    wrong = (years < FIRST_YEAR) | (years > LAST_YEAR)
    distinct, codes = np.unique(years[wrong], return_inverse=True)
    found = [_year(str(each), None) for each in distinct.tolist()]
    # 111 is a year of the Republic where it is a text; as a number it may be anything.
    out = YearError("out_of_range", "")
    every = [
        each if isinstance(each, _Refusal) else _Refusal("year", {"found": str(year), **reason_of("year", out, "")})
        for each, year in zip(found, distinct.tolist(), strict=True)
    ]
    _note_refusals(every, codes, errors, np.flatnonzero(wrong))
    return np.where(wrong, 0, years).astype(np.int16)


def _statuses(column: Categorical, errors: RowErrors) -> Ints:
    """Return the position in `OBS_STATUS` of each row's status, -1 where it is empty or not known."""
    found = [_status(text) for text in column.values]
    _note_refusals(found, column.codes, errors)
    return _looked_up([-1 if isinstance(each, _Refusal) else OBS_STATUS.index(each) for each in found], -1, column)


def _status(text: str) -> str | _Refusal:
    code = _STATUS_WORDS.get(text.casefold(), text)
    if len(code) == 1 and code in OBS_STATUS:
        return code
    return _Refusal("obs_status", {"found": text, "codes": " ".join(OBS_STATUS)})


def _printed_status(quantity: Quantity | _Refusal) -> str:
    if isinstance(quantity, Quantity) and quantity.estimated:
        return "E"
    return "P" if isinstance(quantity, Quantity) and quantity.provisional else "A"


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


def _quantities(printed: Categorical, errors: RowErrors) -> list[Quantity | _Refusal]:
    """Return what each distinct printed value says."""
    found = [_quantity(each.text) for each in printed.values]
    _note_refusals(found, printed.codes, errors)
    return found


def _quantity(text: str) -> Quantity | _Refusal:
    try:
        return read_quantity(text, known_unit=units.named)
    except QuantityError as error:
        return _Refusal("value", {"found": text, **reason_of("quantity", error, text)})


def _values(
    raw: RawColumns, quantities: Sequence[Quantity | _Refusal], indicator: Ints, plan: Plan, errors: RowErrors
) -> Floats:
    """Return all values in the units of their indicators, NaN where there is none."""
    value = raw.number
    infinite = np.flatnonzero(np.isinf(value))
    errors.note("value_not_finite", infinite, None, lambda row: {"found": raw.text_of(row)})
    every = list(plan.indicators.values())
    value = _converted_numbers(raw, indicator, every, errors)
    if quantities:
        value = value.copy() if value is raw.number else value
        rows = np.flatnonzero(raw.printed.codes >= 0)
        value[rows] = _printed_values(raw, quantities, indicator, every, rows, errors)
    return value


def _printed_values(
    raw: RawColumns,
    quantities: Sequence[Quantity | _Refusal],
    indicator: Ints,
    every: Sequence[Indicator],
    rows: Ints,
    errors: RowErrors,
) -> Floats:
    """Return the values of these rows, which are printed; each pair with an indicator is looked at once."""
    printed = raw.printed
    codes, pairs = _pairs(printed.codes[rows], indicator[rows], len(printed.values), len(every))
    found = [
        _printed_value(printed.values[code], quantities[code], every[place], raw.units_from_plan)
        if place >= 0
        else None
        for code, place in pairs
    ]
    _note_refusals(found, codes, errors, rows)
    return np.array([each if isinstance(each, float) else np.nan for each in found])[codes]


def _printed_value(
    printed: PrintedValue, quantity: Quantity | _Refusal, indicator: Indicator, units_from_plan: bool
) -> float | _Refusal | None:
    if isinstance(quantity, _Refusal):
        return None
    try:
        return value_of(printed, quantity, indicator, units_from_plan)
    except ConversionError as error:
        return _Refusal(error.key, error.details)


def _converted_numbers(raw: RawColumns, indicator: Ints, every: Sequence[Indicator], errors: RowErrors) -> Floats:
    """Return the plain numbers in the units of their indicators; each pair of unit and indicator is looked at once."""
    given = ~np.isnan(raw.number)
    if not given.any():
        return raw.number
    rows = None if given.all() else np.flatnonzero(given)
    unit, own = (raw.unit.codes, indicator) if rows is None else (raw.unit.codes[rows], indicator[rows])
    codes, pairs = _pairs(unit, own, len(raw.unit.values), len(every))
    found = [_conversion("" if code < 0 else raw.unit.values[code], raw, place, every) for code, place in pairs]
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
    value = raw.number.copy() if ratios else raw.number
    for ratio in ratios:
        same = [each for each in conversions if each and each.ratio == ratio]
        places = np.flatnonzero(np.array([each in same for each in conversions])[codes])
        positions = places if rows is None else rows[places]
        value[positions] = raw.convert(positions, same[0].source, same[0].target)
    return value


def _conversion(unit: str, raw: RawColumns, place: int, every: Sequence[Indicator]) -> _Conversion | _Refusal | None:
    """Return a unit and the one to convert to; None where all was said of the indicator."""
    try:
        own = every[place].unit if raw.units_from_plan and place >= 0 and not unit else ""
        source = unit_of(PrintedValue("", unit, raw.header_unit or own), Quantity(Decimal(1)))
        if place < 0 or not units.known(every[place].unit):
            return None  # the error of the indicator, or of the plan, says so
        target = units.parse(every[place].unit)
        check_dimension(source, target, every[place])
    except ConversionError as error:
        return _Refusal(error.key, error.details) if place >= 0 else None
    return _Conversion(source, target)


def _pairs(first: Ints, second: Ints, firsts: int, seconds: int) -> tuple[Ints, list[tuple[int, int]]]:
    """Return for each row a number of its pair of codes, -1 among them, and the pair of each number."""
    width = seconds + 1
    pair = (first.astype(np.int64) + 1) * width + (second + 1)
    size = (firsts + 1) * width
    if size <= _LARGEST_TABLE:
        present = np.bincount(pair, minlength=size) > 0
        distinct = np.flatnonzero(present)
        codes = np.zeros(size, dtype=np.int32)
        codes[distinct] = np.arange(len(distinct))
        numbers: Ints = codes[pair]
    else:
        # Millions of texts and thousands of indicators would make a table that no memory holds.
        distinct, numbers = np.unique(pair, return_inverse=True)
    return numbers, [(each // width - 1, each % width - 1) for each in distinct.tolist()]


def _check_bounds(value: Floats, indicator: Ints, plan: Plan, errors: RowErrors) -> None:
    every = list(plan.indicators.values())
    if all(each.bounds is None for each in every):
        return
    bounds = np.array([each.bounds or (-np.inf, np.inf) for each in every] + [(-np.inf, np.inf)])
    outside = np.flatnonzero(_outside(value, indicator, bounds))

    def details(row: int) -> dict[str, str]:
        low, high = bounds[indicator[row]]
        unit = units.parse(every[indicator[row]].unit).text
        return {"found": f"{value[row]:.15g}", "unit": unit, "low": f"{low:g}", "high": f"{high:g}"}

    errors.note("actual_outside_bounds", outside, outside, details)


def _outside(value: Floats, indicator: Ints, bounds: Floats) -> Flags:
    lowest, highest = bounds.T
    return np.asarray(np.isfinite(value) & ((value < lowest[indicator]) | (value > highest[indicator])))


def _texts(raw: RawColumns, quantities: Sequence[Quantity | _Refusal]) -> Texts:
    """Return the texts of all rows; where a printed value says that it is a bound, the note says so too."""
    names = dict.fromkeys(raw.texts)
    if any(isinstance(each, Quantity) and each.bound for each in quantities):
        names["note"] = None
    return Texts({name: partial(_text, raw, quantities, name) for name in names})


def _text(raw: RawColumns, quantities: Sequence[Quantity | _Refusal], name: str) -> Categorical:
    none = Categorical(np.full(len(raw), -1, dtype=np.int8), ())
    column = raw.texts.get(name, none)
    filled = Categorical(np.where(column.codes < 0, len(column.values), column.codes), (*column.values, ""))
    said = [
        f"{_BOUND_WORDS[quantity.bound]} (printed: {printed.text})"
        if isinstance(quantity, Quantity) and quantity.bound
        else ""
        for quantity, printed in zip(quantities, raw.printed.values, strict=True)
    ]
    if name != "note" or not any(said):
        return filled
    words = (said[code] if code >= 0 else "" for code in raw.printed.codes.tolist())
    return categorical("; ".join(filter(None, each)) for each in zip(filled.cells(), words, strict=True))
