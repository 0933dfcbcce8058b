"""A printed quantity, with the unit cell and the header beside it -> a value in an indicator's unit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Context, Decimal
from typing import Any, NamedTuple

from smartkpi.model import Indicator
from smartkpi.quantities import Quantity, QuantityError, units
from smartkpi.quantities.cells import CellError, CellForms, CellValue, read_cell
from smartkpi.readers.csv import Doubt

_LETTERS = {"k": 3, "K": 3, "m": 6, "M": 6, "tn": 12}
"""Multiples behind numbers of money and things; elsewhere they are units themselves, or none."""
_EXACT, _TWO = Context(prec=100), Decimal(2)


class PrintedValue(NamedTuple):
    """What a file says of a value: the cell, and all that decides its unit."""

    text: str
    unit: str = ""
    """Of the unit cell."""
    header_unit: str = ""
    table_unit: str = ""
    """From a title or a note, where there is no other."""
    power: int = 0
    """The value is in this power of ten of its unit."""
    is_number: bool = False
    """The file holds the value as a number, as workbooks do, and may show it as a percentage."""
    doubt: Doubt | None = None
    """Why the value is not read, where a workbook leaves it open."""
    decimals: int | None = None
    """Digits after the point that a workbook shows of a number; None for a text, whose last digit counts."""
    has_point: bool = False
    """The file holds the value as a number, which has a point whatever mark its texts have."""
    has_digits: bool = True
    """Whether the last digit says how exact the value is, as it does in a text and in a fixed number format."""

    @property
    def as_given(self) -> str:
        """Value and unit as the file has them; a unit that is in the cell too is there once."""
        power = f"x 10^{self.power}" if self.power else ""
        unit = "" if _has_unit(self.text) else self.unit or self.header_unit or self.table_unit
        return " ".join(filter(None, [self.text, power, unit]))

    @property
    def has_unit(self) -> bool:
        """Whether the file says its unit anywhere."""
        return bool(self.unit or self.header_unit or self.table_unit) or _has_unit(self.text)


def _has_unit(text: str) -> bool:
    """Whether a cell of values has a unit behind its number; a multiple or a mark alone is none."""
    if text[-1:].isdecimal():
        return False
    try:
        cell = read_cell(text, CellForms())
    except (QuantityError, CellError):
        return text.endswith(("%", "％"))
    return bool(cell and cell.quantity.unit)


class ConversionError(ValueError):
    """A value has no unit, or none that fits its indicator.

    Parameters
    ----------
    key
        Entry of the catalogue of messages.
    details
        What the message puts in, or what gives it once it is told.
    """

    def __init__(self, key: str, details: Mapping[str, Any] | Callable[[], Mapping[str, Any]]) -> None:
        super().__init__(key)
        self.key = key
        self.details = details


class Converted(NamedTuple):
    """A value in the unit of its indicator."""

    value: float
    precision: float
    """Half a unit of the last printed digit; 0 where there are no digits."""


def known_behind(known: units.Units) -> Callable[[str], bool]:
    """Return what says whether a text can be behind a number: a unit, or a letter for a multiple of another one."""
    return lambda text: text in _LETTERS or known.named(text)


def value_of(
    printed: PrintedValue, cell: CellValue, indicator: Indicator, known: units.Units, units_from_plan: bool = False
) -> Converted | None:
    """Return what a cell of values says in an indicator's unit, None where that is not a known one.

    Raises
    ------
    ConversionError
        If it has no unit, more than one, or one that does not fit.
    """
    if printed.doubt:
        raise ConversionError(printed.doubt.key, dict(printed.doubt.details))
    quantity = cell.quantity
    unit = unit_of(printed, quantity, known, printed.table_unit or (indicator.unit if units_from_plan else ""))
    if not known.known(indicator.unit):
        return None  # the error of the plan says so
    own = known.parse(indicator.unit)
    if cell.is_bare and _is_unit_too(cell.marks, own, known):
        raise ConversionError(
            "mark_or_unit", {"found": printed.text, "mark": cell.marks, "number": str(quantity.number)}
        )
    check_dimension(unit, own, indicator)
    # Excel shows 85 % and stores 0.85, in cells of a percent format and in others that were typed so.
    if printed.is_number and unit.is_share and unit.scale == 1 and 0 < abs(quantity.number) <= 1:
        raise ConversionError("percent_cell", {"found": str(quantity.number)})
    number, half_step = quantity.number, _half_step(printed, quantity)
    if printed.power:
        number, half_step = (_EXACT.scaleb(each, Decimal(printed.power)) for each in (number, half_step))
    return Converted(units.convert(number, unit, own), units.convert(half_step, unit, own))


def _half_step(printed: PrintedValue, quantity: Quantity) -> Decimal:
    """Return half a unit of the last digit that is shown, in the unit of the number; 0 where none says anything."""
    if not printed.has_digits:
        return Decimal(0)
    return _EXACT.divide(quantity.step, _TWO) if printed.decimals is None else Decimal(5).scaleb(-printed.decimals - 1)


def _is_unit_too(letter: str, own: units.Unit, known: units.Units) -> bool:
    """Whether a mark may be a unit or multiple of what is measured: billions, days, seconds, bits."""
    if letter == "b" and own.is_amount:
        return True
    if letter in "ds" and own.dimension == "time":
        return True
    return known.known(letter) and known.parse(letter).dimension == own.dimension


def check_dimension(unit: units.Unit, own: units.Unit, indicator: Indicator) -> None:
    """Refuse a unit that measures something else than the indicator's own.

    Raises
    ------
    ConversionError
        If it does.
    """
    if unit.dimension != own.dimension:
        details = {
            "unit": unit.text,
            "dimension": unit.dimension,
            "indicator": indicator.id,
            "expected": own.text,
            "expected_dimension": own.dimension,
        }
        raise ConversionError("unit_dimension", details)


def unit_of(printed: PrintedValue, quantity: Quantity, known: units.Units, otherwise: str = "") -> units.Unit:
    """Return the unit of the number: from the value cell, the unit cell, the header, or more where they agree.

    Parameters
    ----------
    printed
        The cells.
    quantity
        What the value cell says.
    known
        All units that there are.
    otherwise
        The unit where there is none; empty if there must be one.

    Raises
    ------
    ConversionError
        If there is none, or they do not agree.
    """
    value, cell = printed.text, _unit_cell(printed, known)
    if not cell and (not quantity.unit or quantity.unit in _LETTERS):
        cell = otherwise
    if cell and quantity.unit in _LETTERS and (scaled := _times_letter(_parsed(cell, known), quantity.unit, known)):
        if printed.power or _parsed(cell, known).multiple:
            raise ConversionError("two_multipliers", {"value": value, "unit": cell})
        return scaled
    if not cell and not quantity.unit:
        raise ConversionError("no_unit", {"found": value})
    unit = _parsed(cell or quantity.unit, known)
    if printed.power and (quantity.multiplier or quantity.unit or unit.multiple):
        raise ConversionError("unit_mult_twice", {"value": value, "unit": unit.text, "power": printed.power})
    if cell and quantity.unit:
        return _unit_beside(quantity, unit, value, known)
    if quantity.multiplier and unit.multiple:
        raise ConversionError("two_multipliers", {"value": value, "unit": cell or quantity.unit})
    return unit


def _times_letter(unit: units.Unit, letter: str, known: units.Units) -> units.Unit | None:
    """Return a multiple of money or things by the letter behind their number; None if it is no multiple of the unit."""
    if not unit.is_amount or (known.known(letter) and known.parse(letter).dimension == unit.dimension):
        return None
    power = _LETTERS[letter]
    return unit._replace(scale=unit.scale.scaleb(power), multiple=power)


def _unit_cell(printed: PrintedValue, known: units.Units) -> str:
    """Return the unit cell, else the unit of the header; they must not differ."""
    cell, header = printed.unit, printed.header_unit
    if cell and header and _size(_parsed(cell, known)) != _size(_parsed(header, known)):
        raise ConversionError("unit_of_header", {"unit": cell, "header": header})
    return cell or header


def _unit_beside(quantity: Quantity, cell: units.Unit, value: str, known: units.Units) -> units.Unit:
    """Return the unit beside the number, which with its multiplier must be that of the unit cell.

    `2億6,900萬元` is a number of 元, and not a multiple of 萬元: its cell may say either.
    """
    inner = _parsed(quantity.unit, known)
    same = [quantity.multiplier + inner.text, *([inner.text] if quantity.compound else [])]
    if any(known.known(text) and _size(known.parse(text)) == _size(cell) for text in same):
        return inner
    raise ConversionError("two_units", {"value": value, "unit": cell.text})


def _parsed(text: str, known: units.Units) -> units.Unit:
    try:
        return known.parse(text)
    except units.UnitError as error:
        # The nearest unit takes long to find, and is wanted of the errors that are told only.
        raise ConversionError(error.key, lambda: {"unit": text, **known.suggestions(text)}) from error


def _size(unit: units.Unit) -> tuple[str, Decimal]:
    return unit.dimension, unit.scale
