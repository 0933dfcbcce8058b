"""Units as SDMX writes them: a measure, and a power of ten beside it.

References
----------
Code lists of the SDMX Global Registry: CL_UNIT_MULT (powers of ten), CL_UNIT_MEASURE; Eurostat, code list UNIT; UN
Statistics Division, code list CL_UNIT_MEASURE of the SDG indicators. What none of them has a code for goes by its name
in unit_table.py. Codes of constant prices and of national currencies are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal
from typing import NamedTuple

from smartkpi.quantities import units

_READ = {
    code: unit
    for unit, codes in {
        "%": "PT PC PCT PERCENT",
        "person": "PS PER PERS HAB",
        "thousand persons": "THS_PER THS_PERS THS_HAB",
        "million persons": "MIO_PER MIO_PERS",
        "count": "NUMBER NR NUM UNIT",
        "thousands": "THS",
        "household": "HH",
        "TWD": "NTD",
        "USD": "CU_USD CUR_USD",
        "million EUR": "MEUR CP_MEUR",
        "EUR per person": "EUR_HAB CP_EUR_HAB",
        "thousand t": "THS_T",
        "million t": "MIO_T",
        "t": "TONNES",
        "kg per person": "KG_HAB",
        "GWh": "GWH",
        "ktoe": "KTOE",
        "ha": "HA",
        "km2": "KM2 SQKM",
        "m3": "M3",
        "million m3": "MIO_M3",
        "year": "YR YEARS",
        "hour": "HR HOURS",
        "day": "DAY DAYS",
        "index": "IX INX INDEX",
        "score": "SCORE",
        "per 1,000": "P_THAB PER_1000_POP",
        "per 100,000": "P_HTHAB 10P5HB PER_100000_POP",
        "per million": "P_MHAB PER_1000000_POP",
        "per 1,000 live births": "PER_1000_LIVE_BIRTHS",
        "per 100,000 live births": "PER_100000_LIVE_BIRTHS",
    }.items()
    for code in codes.split()
}
_PATTERNS = (
    (r"(?:PC|PT)_(?!PT|CH)[A-Z0-9_]+", "%"),
    (r"THS_(?P<rest>[A-Z]{3})", "thousand {rest}"),
    (r"MIO_(?P<rest>[A-Z]{3})", "million {rest}"),
    (r"I(?P<rest>[0-9]{2})", "20{rest}=100"),
)
"""Percentages of something, multiples of a currency, and indices of a year of this century."""
_WRITTEN = {"share": "PT", "person": "PS", "count": "NUMBER", "household": "HH", "data rate": "bps"}


class Measure(NamedTuple):
    """A unit in two parts."""

    code: str
    """UNIT_MEASURE."""
    power: int
    """UNIT_MULT: the value is in this power of ten of the measure."""


def unit_of(code: str, own: Collection[str] = ()) -> str:
    """Return our name of a measure; what is not a code, or one of the plan's `own` units, is as people write it."""
    plain = code.upper()
    if code in own or units.known(code):
        return code if plain not in _READ or code in own else _READ[plain]
    if plain in _READ:
        return _READ[plain]
    found = ((re.fullmatch(pattern, plain, re.ASCII), unit) for pattern, unit in _PATTERNS)
    return next((unit.format(**match.groupdict()) for match, unit in found if match), code)


def measure_of(unit: units.Unit) -> Measure:
    """Return a unit as a measure that `unit_of` reads back: a currency by its code, what has none by its text.

    Examples
    --------
    >>> measure_of(units.parse("兆元")), measure_of(units.parse("％")), measure_of(units.parse("件/萬人"))
    (Measure(code='TWD', power=12), Measure(code='PT', power=0), Measure(code='件/萬人', power=0))
    """
    power = unit.scale.adjusted()
    code = unit.dimension[-3:] if unit.dimension.startswith("money,") and " per " not in unit.dimension else ""
    code = code or _WRITTEN.get(unit.dimension, "")
    if not code or unit.scale != Decimal(1).scaleb(power):
        return Measure(unit.text, 0)
    return Measure(code, power)
