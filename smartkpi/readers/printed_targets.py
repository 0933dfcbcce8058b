"""Targets that a file prints beside its values, compared with those of the plan."""

from __future__ import annotations

from smartkpi.errors import Fault
from smartkpi.model import Indicator
from smartkpi.quantities import QuantityError, units
from smartkpi.quantities.cells import CellError, CellForms, read_cell
from smartkpi.quantities.periods import read_period
from smartkpi.readers.conversion import ConversionError, PrintedValue, value_of
from smartkpi.readers.layouts import Context, PrintedTarget, Record

_TOLERANCE = 1e-9


def compare(record: Record, context: Context) -> None:
    """Remark on a printed target that differs from the plan's of that year; what cannot be read is remarked on too."""
    ids = context.names.indicators(record.cells["indicator"] or record.cells.get("title", ""))
    if len(ids) != 1:
        return
    indicator = context.plan.indicators[ids[0]]
    for target in record.targets:
        value, year = _value(record, target, indicator), _year(target, indicator, context)
        expected = indicator.target if year == indicator.target_year else indicator.milestones.get(year)
        if value is not None and expected is None:
            continue  # a target of a year of which the plan says nothing
        if value is None or expected is None or abs(value - expected) > _TOLERANCE * abs(expected):
            shown = f"{target.text} {target.unit}".strip()
            plan = f"{indicator.target:.15g} {indicator.unit}"
            details = {"indicator": indicator.id, "found": shown, "year": year, "plan": plan}
            context.remarks.append(
                Fault("target_differs", record.file, record.line, **details, plan_year=indicator.target_year)
            )


def _value(record: Record, target: PrintedTarget, indicator: Indicator) -> float | None:
    try:
        cell = read_cell(target.text, CellForms(), units.known)
        if cell is None:
            return None
        unit = record.cells.get("unit", "") or ("" if cell.quantity.unit else indicator.unit)
        printed = PrintedValue(target.text, "" if target.unit else unit, target.unit, record.power)
        return value_of(printed, cell, indicator)
    except (QuantityError, CellError, ConversionError):
        return None


def _year(target: PrintedTarget, indicator: Indicator, context: Context) -> int:
    return read_period(target.year, context.forms).year if target.year else indicator.target_year
