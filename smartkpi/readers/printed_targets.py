"""Targets and attainments that files print beside their values, compared with the plan and with what is computed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import isnan, nan
from typing import NamedTuple

import numpy as np

from smartkpi.analysis import grouping
from smartkpi.errors import Fault
from smartkpi.model import Indicator
from smartkpi.model.arrays import Flags, Ints, categorical, pairs_of
from smartkpi.model.observations import Observations
from smartkpi.model.reading import ReadingOptions
from smartkpi.quantities import QuantityError, units
from smartkpi.quantities.cell_reader import CellReader
from smartkpi.quantities.cells import CellError, CellForms
from smartkpi.quantities.periods import Forms, read_period
from smartkpi.readers.conversion import ConversionError, PrintedValue, known_behind, value_of
from smartkpi.readers.raw import AttainmentBeside, Beside, RawColumns, TargetBeside

TOLERANCE = 1e-9
"""Of a number by which two that are printed may differ."""
_NONE: Ints = np.zeros(0, dtype=np.int64)
_MOST = 10
"""Remarks of a kind on one table that are told one by one."""


def differing(raw: RawColumns, observations: Observations, options: ReadingOptions) -> list[Fault]:
    """Return remarks on targets that differ from the plan's, and on attainments that differ from what is computed.

    Parameters
    ----------
    raw
        A table with what it prints beside its values.
    observations
        The same rows, checked.
    options
        How it is to be understood.
    """
    if not len(raw.targets.row):
        return []
    forms = raw.forms.with_words(options.missing, options.zero, options.accounting)
    comparison = _Comparison(raw, observations, forms, Forms(options.calendar, options.fiscal_year, options.period))
    return comparison.of_targets() + comparison.of_attainments()


class _Target(NamedTuple):
    """What a printed target says of an indicator."""

    value: float | None
    """In the indicator's unit; NaN where it cannot be read, None where there is none."""
    year: int
    """From its header; 0 if that names none."""


class _Comparison:
    def __init__(self, raw: RawColumns, observations: Observations, forms: CellForms, periods: Forms) -> None:
        self._raw, self._observations, self._periods = raw, observations, periods
        self._indicators = list(observations.plan.indicators.values())
        self._known = units.units_of(observations.plan.units)
        behind = known_behind(self._known)
        self._targets = {is_number: CellReader(own, behind) for is_number, own in _by_kind(forms)}
        self._rates = {is_number: CellReader(own) for is_number, own in _by_kind(forms)}
        # The same figure is beside many values.
        self._value = lru_cache(maxsize=None)(self._read_value)
        self._percent = lru_cache(maxsize=None)(self._read_percent)

    def of_targets(self) -> list[Fault]:
        """Return a remark for each target that differs, in the first row that has it; what cannot be read is one too.

        A target whose header names no year is the plan's; of a table in which it changes with the years, the year's.
        """
        rows, column, _ = self._raw.targets
        codes, pairs = self._pairs(rows, column.codes, column.values)
        targets = [self._target(column.values[code], place) for code, place in pairs]
        suspect = np.array([self._differs(each, place) for each, (_, place) in zip(targets, pairs, strict=True)])
        places = np.flatnonzero(suspect[codes]) if len(suspect) else _NONE
        if not len(places):
            return []
        texts = [column.values[code].printed.text for code, _ in pairs]
        # The same target may be printed in several ways.
        alike = categorical(
            text if each.value is None or isnan(each.value) else each.value
            for each, text in zip(targets, texts, strict=True)
        )
        is_annual, years = self._change(rows, alike.codes[codes]), self._observations.year[rows]
        _, first = np.unique(np.stack([codes, years, is_annual])[:, places], axis=1, return_index=True)
        found: dict[tuple[int, int], int] = {}
        for place in places[np.sort(first)].tolist():
            code = int(codes[place])
            year = self._year_of(targets[code], pairs[code][1], int(years[place]), bool(is_annual[place]))
            if year:
                found.setdefault((code, year), place)
        told = [
            self._target_fault(place, column.values[pairs[code][0]].printed, self._indicators[pairs[code][1]], year)
            for (code, year), place in list(found.items())[:_MOST]
        ]
        return told + self._more("more_targets_differ", len(found))

    def of_attainments(self) -> list[Fault]:
        """Return a remark for each attainment that differs from actual by target by more than its rounding.

        Where less is better, target by actual is right as well.
        """
        rows, column, _ = self._raw.attainments
        codes, pairs = self._pairs(rows, column.codes, column.values)
        if not pairs:
            return []
        wrong = np.flatnonzero(self._are_wrong(rows, codes, [(column.values[code], place) for code, place in pairs]))
        told = []
        for place in wrong[:_MOST].tolist():
            row, (code, own) = int(rows[place]), pairs[codes[place]]
            target = self._value(column.values[code].target, own)
            share = 100 * self._observations.value[row] / (target or nan)
            details = {"name": column.values[code].name, "found": column.values[code].printed.text}
            figures = {"actual": self._text(row), "target": column.values[code].target.text, "share": f"{share:.4g}"}
            file, line = self._place(self._raw.attainments, place)
            names = {"indicator": self._indicators[own].id}
            told.append(Fault("attainment_differs", file, line, **details, **names, **figures))
        return told + self._more("more_attainments_differ", len(wrong))

    def _pairs(self, rows: Ints, codes: Ints, values: Sequence[object]) -> tuple[Ints, list[tuple[int, int]]]:
        return pairs_of(codes, self._observations.indicator[rows], len(values), len(self._indicators))

    def _more(self, key: str, number: int) -> list[Fault]:
        return [Fault(key, self._raw.file, number=number - _MOST)] if number > _MOST else []

    def _text(self, row: int) -> str:
        """Return a value as its file has it."""
        code = self._raw.printed.codes[row]
        return str(self._raw.printed.values[code].text) if code >= 0 else self._raw.text_of(row)

    def _target(self, beside: TargetBeside, place: int) -> _Target:
        year = read_period(beside.year, self._periods).year if beside.year else 0
        return _Target(self._value(beside.printed, place), year)

    def _read_value(self, printed: PrintedValue, place: int) -> float | None:
        """Return a printed figure in an indicator's unit, NaN if it cannot be read, None where there is none."""
        if place < 0:
            return None
        try:
            cell = self._targets[printed.has_point].read(printed.text)
            converted = cell and value_of(printed, cell, self._indicators[place], self._known, units_from_plan=True)
        except (QuantityError, CellError, ConversionError):
            return nan
        return converted.value if converted else None

    def _differs(self, target: _Target, place: int) -> bool:
        """Whether a target differs from the plan's, as far as its header says of which year it is."""
        if place < 0 or target.value is None:
            return False
        indicator = self._indicators[place]
        if target.year:
            return not _is_expected(target.value, _expected(indicator, target.year))
        return not _is_one_of(target.value, _expected(indicator, indicator.target_year))

    def _year_of(self, target: _Target, place: int, year: int, is_annual: bool) -> int:
        """Return of which year a target is that differs from the plan's, 0 if it is right for the year of its row."""
        indicator = self._indicators[place]
        if target.year:
            return target.year
        expected = _expected(indicator, year)
        if is_annual:
            return 0 if _is_expected(target.value, expected) else year
        return 0 if _is_one_of(target.value, expected) else indicator.target_year

    def _change(self, rows: Ints, codes: Ints) -> Flags:
        """Return for each target whether there are others, by their codes, in the rows of its series."""
        every = self._observations
        series = grouping.slots(every.indicator, every.dimensions, np.zeros(len(every), np.int8))[rows]
        _, place = np.unique(series, return_inverse=True)
        least = np.full(place.max(initial=0) + 1, np.iinfo(np.int64).max)
        np.minimum.at(least, place, codes)
        changes = np.zeros(len(least), np.bool_)
        np.logical_or.at(changes, place, codes != least[place])
        return np.asarray(changes[place])

    def _place(self, beside: Beside, number: int) -> tuple[str, int]:
        """Return where something is printed beside a value."""
        file, line = self._observations.place(int(beside.row[number]))
        return file, beside.place[number] if beside.place else line

    def _target_fault(self, number: int, printed: PrintedValue, indicator: Indicator, year: int) -> Fault:
        expected = _expected(indicator, year)
        # Where the plan has nothing for that year, its target is named.
        named, plan_year = (expected[0], year) if expected else (indicator.target, indicator.target_year)
        plan = {"plan": with_unit(named, indicator), "plan_year": plan_year}
        file, line = self._place(self._raw.targets, number)
        return Fault("target_differs", file, line, indicator=indicator.id, found=printed.as_given, year=year, **plan)

    def _are_wrong(self, rows: Ints, codes: Ints, pairs: Sequence[tuple[AttainmentBeside, int]]) -> Flags:
        """Return which attainments are neither of what their values make."""
        target = np.array([self._value(each.target, place) or nan for each, place in pairs])[codes]
        is_decreasing = [place >= 0 and self._indicators[place].direction == "decrease" for _, place in pairs]
        rates = [self._percent(each.printed) for each, _ in pairs]
        value = self._observations.value[rows]
        with np.errstate(all="ignore"):  # a share that overflows differs from all that is printed
            shares = [100 * value / target, np.where(np.array(is_decreasing)[codes], 100 * target / value, nan)]
            right = np.zeros(len(rows), np.bool_)
            for number in range(2):
                rate, half = np.array([each[number] for each in rates]).T[:, codes]
                right |= np.any([abs(share - rate) <= half + TOLERANCE * abs(share) for share in shares], axis=0)
        is_read = np.array([not isnan(each[0][0]) for each in rates])[codes]
        return np.asarray(is_read & ~right & np.isfinite(value / target) & (value != 0))

    def _read_percent(self, printed: PrintedValue) -> tuple[tuple[float, float], tuple[float, float]]:
        """Return what an attainment may be in percent, each with half a unit of its last digit; NaN where it is not.

        Without a sign, 0.98 may be 98 %.
        """
        try:
            cell = self._rates[printed.has_point].read(printed.text)
        except (QuantityError, CellError):
            return (nan, nan), (nan, nan)
        if cell is None or cell.quantity.unit not in ("", *units.PERCENT_UNITS):
            return (nan, nan), (nan, nan)
        number = float(cell.quantity.number)
        half = float(cell.quantity.step) / 2 if printed.decimals is None else 0.5 * 10.0**-printed.decimals
        return (number, half), ((nan, nan) if cell.quantity.unit else (100 * number, 100 * half))


def _by_kind(forms: CellForms) -> list[tuple[bool, CellForms]]:
    """Return the forms of texts, and of cells that the file holds as numbers."""
    return [(False, forms), (True, forms.of_numbers)]


def _is_one_of(value: float | None, expected: Sequence[float]) -> bool:
    return value is not None and any(abs(value - each) <= TOLERANCE * abs(each) for each in expected)


def _is_expected(value: float | None, expected: Sequence[float]) -> bool:
    """Whether a target is one of those that the plan has of its year, or the plan has none."""
    return _is_one_of(value, expected) or (not expected and value is not None and not isnan(value))


def _expected(indicator: Indicator, year: int) -> list[float]:
    """Return what the plan asks for in a year: its target or a milestone, before a change of plan or after."""
    numbers = [indicator.target] if year == indicator.target_year else []
    numbers += [indicator.milestones[year]] if year in indicator.milestones else []
    for other in indicator.targets:
        if not other.where:
            numbers += [other.target] if year == (other.target_year or indicator.target_year) else []
            numbers += [value for step, value in (other.milestones or {}).items() if step == year]
    return [each for each in numbers if not isnan(each)]


def with_unit(number: float, indicator: Indicator) -> str:
    """Return a target of the plan with its unit; the plan's own words where it has no number."""
    if not isnan(number):
        return f"{number:.15g} {indicator.unit}"
    if indicator.target_range:
        return f"{indicator.target_range[0]:.15g}-{indicator.target_range[1]:.15g} {indicator.unit}"
    return f"{indicator.relative.text} ({indicator.relative.from_year})" if indicator.relative else "?"
