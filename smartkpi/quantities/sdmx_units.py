"""Units as SDMX writes them: a measure, and a power of ten beside it.

References
----------
Code lists of the SDMX Global Registry: CL_UNIT_MULT (powers of ten), CL_UNIT_MEASURE. What the latter has no code for
goes by its name in unit_table.py.
"""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import NamedTuple

from smartkpi.quantities import units

_READ = {
    "PT": "%", "PC": "%", "PCT": "%", "PERCENT": "%", "PS": "person", "PERS": "person", "NUMBER": "count",
    "NR": "count", "NUM": "count", "UNIT": "count", "HH": "household", "NTD": "TWD",
}  # fmt: skip
_WRITTEN = {"share": "PT", "person": "PS", "count": "NUMBER", "household": "HH", "data rate": "bps"}


class Measure(NamedTuple):
    """A unit in two parts."""

    code: str
    """UNIT_MEASURE."""
    power: int
    """UNIT_MULT: the value is in this power of ten of the measure."""


def unit_of(code: str, own: Collection[str] = ()) -> str:
    """Return our name of a measure; what is not a code, or one of the plan's `own` units, is as people write it."""
    return code if code in own else _READ.get(code.upper(), code)


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
