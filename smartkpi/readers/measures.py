"""A printed quantity, with the unit cell and the header beside it -> a value in an indicator's unit."""

from __future__ import annotations

from decimal import Decimal, localcontext

from smartkpi.errors import Fault
from smartkpi.model import Indicator
from smartkpi.quantities import Quantity, units
from smartkpi.readers.layouts import Record


class _Refusal(Exception):  # noqa: N818 - carries a fault to its place, and no further
    def __init__(self, key: str, record: Record, **details: object) -> None:
        self.fault = Fault(key, record.file, record.line, **details)
        super().__init__(self.fault)


def value_of(record: Record, quantity: Quantity, indicator: Indicator, faults: list[Fault]) -> float | None:
    """Return the value in the indicator's unit, None with a fault if it has none.

    Parameters
    ----------
    record
        Where the quantity stands.
    quantity
        What the value cell says.
    indicator
        Whose unit and bounds it must fit.
    faults
        A fault is added here.
    """
    try:
        unit = _unit(record, quantity)
        # Where the plan's own unit is unknown the plan's fault says so.
        return _converted(record, quantity, unit, indicator) if units.known(indicator.unit) else None
    except _Refusal as refusal:
        faults.append(refusal.fault)
        return None


def _converted(record: Record, quantity: Quantity, unit: units.Unit, indicator: Indicator) -> float:
    own = units.parse(indicator.unit)
    if unit.dimension != own.dimension:
        raise _Refusal(
            "unit_dimension",
            record,
            unit=unit.text,
            dimension=unit.dimension,
            indicator=indicator.id,
            expected=own.text,
            expected_dimension=own.dimension,
        )
    # Excel shows 85 % and stores 0.85, in cells of a percent format and in others that were typed so.
    if record.is_number and unit.is_share and unit.scale == 1 and 0 < abs(quantity.number) <= 1:
        raise _Refusal("percent_cell", record, found=str(quantity.number))
    with localcontext() as context:
        context.prec = 100
        number = quantity.number.scaleb(record.power)
    value = units.convert(number, unit, own)
    if indicator.bounds and not indicator.bounds[0] <= value <= indicator.bounds[1]:
        low, high = (f"{bound:g}" for bound in indicator.bounds)
        raise _Refusal("actual_outside_bounds", record, found=f"{value:.15g}", unit=own.text, low=low, high=high)
    return value


def _unit(record: Record, quantity: Quantity) -> units.Unit:
    """Return the unit of the number: from the value cell, the unit cell, the header, or more where they agree."""
    value, cell = record.cells["value"], _unit_cell(record)
    if not cell and not quantity.unit:
        raise _Refusal("no_unit", record, found=value)
    unit = _parsed(cell or quantity.unit, record)
    has_multiple = unit.scale != 1 and not unit.is_share
    if record.power and (quantity.multiplier or quantity.unit or has_multiple):
        raise _Refusal("unit_mult_twice", record, value=value, unit=unit.text, power=record.power)
    if cell and quantity.unit:
        return _unit_beside(quantity, unit, record)
    if cell and quantity.multiplier and unit.scale != 1:
        raise _Refusal("two_multipliers", record, value=value, unit=cell)
    return unit


def _unit_cell(record: Record) -> str:
    """Return the unit cell, else the unit of the header; they must not differ."""
    cell, header = record.cells.get("unit", ""), record.header_unit
    if cell and header and _size(_parsed(cell, record)) != _size(_parsed(header, record)):
        raise _Refusal("unit_of_header", record, unit=cell, header=header)
    return cell or header


def _unit_beside(quantity: Quantity, cell: units.Unit, record: Record) -> units.Unit:
    """Return the unit beside the number, which with its multiplier must be that of the unit cell.

    `2億6,900萬元` is a number of 元, and no multiple of 萬元: its cell may say either.
    """
    inner = _parsed(quantity.unit, record)
    same = [quantity.multiplier + inner.text, *([inner.text] if quantity.compound else [])]
    if any(units.known(text) and _size(units.parse(text)) == _size(cell) for text in same):
        return inner
    raise _Refusal("two_units", record, value=record.cells["value"], unit=cell.text)


def _parsed(text: str, record: Record) -> units.Unit:
    try:
        return units.parse(text)
    except units.UnitError as error:
        raise _Refusal(error.key, record, unit=text, near=units.nearest(text)) from error


def _size(unit: units.Unit) -> tuple[str, Decimal]:
    return unit.dimension, unit.scale
