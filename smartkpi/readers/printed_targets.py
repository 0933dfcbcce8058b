"""What files print beside their values, and the values themselves, compared with what the plan prints."""

from __future__ import annotations

from collections.abc import Iterable
from math import isnan

import numpy as np

from smartkpi.errors import Fault
from smartkpi.model import Indicator, Plan
from smartkpi.model.arrays import Ints
from smartkpi.model.observations import Observations
from smartkpi.quantities import QuantityError, units
from smartkpi.quantities.cells import CellError, CellForms, read_cell
from smartkpi.quantities.periods import read_period
from smartkpi.readers.conversion import ConversionError, PrintedValue, known_behind, value_of
from smartkpi.readers.layouts import Context, PrintedTarget, Record
from smartkpi.readers.layouts.record import PrintedAttainment

_TOLERANCE = 1e-9


def compare(record: Record, forms: CellForms, context: Context) -> None:
    """Remark on a printed target that differs from the plan's of that year; what cannot be read is remarked on too.

    Parameters
    ----------
    record
        With targets.
    forms
        How the cells of its file are to be understood.
    context
        The remarks are added to it.
    """
    ids = context.names.indicators(record.cells["indicator"] or record.cells.get("title", ""))
    if len(ids) != 1:
        return
    indicator, known = context.plan.indicators[ids[0]], units.units_of(context.plan.units)
    for target in record.targets:
        value, year = _value(record, target, forms, indicator, known), _year(target, indicator, context)
        expected = _expected(indicator, year)
        if value is not None and not expected:
            continue  # a target of a year of which the plan says nothing
        if value is None or not any(abs(value - each) <= _TOLERANCE * abs(each) for each in expected):
            shown = f"{target.text} {target.unit}".strip()
            # Where the plan has nothing for that year, its target is named.
            named, plan_year = (expected[0], year) if expected else (indicator.target, indicator.target_year)
            details = {"indicator": indicator.id, "found": shown, "year": year, "plan": _as_text(named, indicator)}
            context.remarks.append(Fault("target_differs", record.file, target.place, **details, plan_year=plan_year))


def compare_attainment(record: Record, printed: PrintedAttainment, forms: CellForms, context: Context) -> None:
    """Remark on a printed attainment that differs from actual by target by more than its rounding.

    Where less is better, target by actual is right as well.
    """
    ids = context.names.indicators(record.cells["indicator"] or record.cells.get("title", ""))
    if len(ids) != 1:
        return
    indicator, known = context.plan.indicators[ids[0]], units.units_of(context.plan.units)
    own = PrintedTarget(record.cells["value"], record.line, record.header_unit, has_point=record.has_point)
    actual, target = (_value(record, each, forms, indicator, known) for each in (own, printed.target))
    rate = _percent(printed, forms)
    if not actual or not target or rate is None:
        return
    shares = [100 * actual / target, *([100 * target / actual] if indicator.direction == "decrease" else [])]
    if not any(abs(share - each) <= half + _TOLERANCE * abs(share) for share in shares for each, half in rate):
        details = {"name": printed.name, "found": printed.text, "indicator": indicator.id}
        figures = {"actual": own.text, "target": printed.target.text, "share": f"{shares[0]:.4g}"}
        context.remarks.append(Fault("attainment_differs", record.file, printed.place, **details, **figures))


def _percent(printed: PrintedAttainment, forms: CellForms) -> list[tuple[float, float]] | None:
    """Return what an attainment may be in percent, each with half a unit of its last digit; None if it is no number.

    Without a sign, 0.98 may be 98 %.
    """
    try:
        own = forms._replace(decimal=".", doubtful="") if printed.has_point else forms
        cell = read_cell(printed.text, own)
    except (QuantityError, CellError):
        return None
    if cell is None or cell.quantity.unit not in ("", *units.PERCENT_UNITS):
        return None
    number = float(cell.quantity.number)
    half = float(cell.quantity.step) / 2 if printed.decimals is None else 0.5 * 10.0**-printed.decimals
    return [(number, half), *([(100 * number, 100 * half)] if not cell.quantity.unit else [])]


def _expected(indicator: Indicator, year: int) -> list[float]:
    """Return what the plan asks for in a year: its target or a milestone, before a change of plan or after."""
    numbers = [indicator.target] if year == indicator.target_year else []
    numbers += [indicator.milestones[year]] if year in indicator.milestones else []
    for other in indicator.targets:
        if not other.where:
            numbers += [other.target] if year == (other.target_year or indicator.target_year) else []
            numbers += [value for step, value in (other.milestones or {}).items() if step == year]
    return [each for each in numbers if not isnan(each)]


def _as_text(number: float, indicator: Indicator) -> str:
    """Return a target of the plan with its unit; the plan's own words where it has no number."""
    if not isnan(number):
        return f"{number:.15g} {indicator.unit}"
    if indicator.target_range:
        return f"{indicator.target_range[0]:.15g}-{indicator.target_range[1]:.15g} {indicator.unit}"
    return f"{indicator.relative.text} ({indicator.relative.from_year})" if indicator.relative else "?"


def remarks(observations: Observations) -> list[Fault]:
    """Return what the observations say otherwise than the plan: a printed base, and years before a total begins."""
    found: list[Fault] = []
    for place, indicator in enumerate(observations.plan.indicators.values()):
        if indicator.base is None and indicator.total_since is None:
            continue
        rows = np.flatnonzero((observations.indicator == place) & observations.counts)
        found += _base_remarks(observations, indicator, rows) + _total_remarks(observations, indicator, rows)
    return found


def joined(remarks: Iterable[Fault], plan: Plan) -> list[Fault]:
    """Return the remarks on parts of some observations as those on all of them."""
    found = sorted(remarks, key=lambda each: (list(plan.indicators).index(each.details["indicator"]), each.line or 0))
    early: dict[str, list[Fault]] = {}
    for each in found:
        if each.key == "before_total":
            early.setdefault(each.details["indicator"], []).append(each)
    for same in early.values():
        years = sorted({int(year) for each in same for year in each.details["years"].split(", ")})
        same[0].details["years"] = ", ".join(map(str, years))
    return [each for each in found if each.key != "before_total" or each is early[each.details["indicator"]][0]]


def _base_remarks(observations: Observations, indicator: Indicator, rows: Ints) -> list[Fault]:
    base = indicator.base
    if base is None:
        return []
    of_year = [observations.row(row) for row in rows[observations.year[rows] == indicator.base_year].tolist()]
    return [
        Fault(
            "base_differs",
            each.file,
            each.line,
            indicator=indicator.id,
            found=_as_text(each.value or 0.0, indicator),
            year=each.year,
            plan=_as_text(base, indicator),
        )
        for each in of_year
        if not any(each.dimensions) and abs((each.value or 0.0) - base) > _TOLERANCE * abs(base)
    ]


def _total_remarks(observations: Observations, indicator: Indicator, rows: Ints) -> list[Fault]:
    early = [] if not indicator.total_since else rows[observations.year[rows] < indicator.total_since].tolist()
    if not early:
        return []
    first, years = observations.row(early[0]), sorted({int(observations.year[row]) for row in early})
    details = {"indicator": indicator.id, "year": indicator.total_since, "years": ", ".join(map(str, years))}
    return [Fault("before_total", first.file, first.line, **details)]


def _value(
    record: Record, target: PrintedTarget, forms: CellForms, indicator: Indicator, known: units.Units
) -> float | None:
    try:
        own = forms._replace(decimal=".", doubtful="") if target.has_point else forms
        cell = read_cell(target.text, own, known_behind(known))
        if cell is None:
            return None
        unit = record.cells.get("unit", "") or ("" if cell.quantity.unit else record.table_unit or indicator.unit)
        printed = PrintedValue(target.text, "" if target.unit else unit, target.unit, record.table_unit, record.power)
        converted = value_of(printed, cell, indicator, known)
        return converted.value if converted else None
    except (QuantityError, CellError, ConversionError):
        return None


def _year(target: PrintedTarget, indicator: Indicator, context: Context) -> int:
    return read_period(target.year, context.forms).year if target.year else indicator.target_year
