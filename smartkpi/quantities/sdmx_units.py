"""Units as SDMX writes them: a measure, and a power of ten beside it.

References
----------
Code lists of the SDMX Global Registry: CL_UNIT_MULT (powers of ten), CL_UNIT_MEASURE. What the latter has no code for
goes by its name in units.txt.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from smartkpi.quantities import units

_READ = {
    "PT": "%", "PC": "%", "PCT": "%", "PERCENT": "%", "PS": "person", "PERS": "person", "NUMBER": "count",
    "NR": "count", "NUM": "count", "UNIT": "count", "HH": "household", "NTD": "TWD", "TWD": "TWD", "USD": "USD",
}  # fmt: skip
_WRITTEN = {"share": "PT", "person": "PS", "count": "NUMBER", "household": "HH"}
_ROOTS = {
    "share": "percent",
    "money, TWD": "TWD",
    "money, USD": "USD",
    "data rate": "bps",
    "information": "bit",
    "time": "second",
}
"""Unit of size 1 by what it measures, where it does not go by the same name."""


class Measure(NamedTuple):
    """A unit in two parts."""

    code: str
    """UNIT_MEASURE."""
    power: int
    """UNIT_MULT: the value is in this power of ten of the measure."""


def unit_of(code: str) -> str:
    """Return our name of a measure; what is no code is a unit as people write it."""
    return _READ.get(code.upper(), code)


def measure_of(text: str) -> Measure:
    """Return a unit as a measure that `unit_of` reads back.

    Examples
    --------
    >>> measure_of("兆元"), measure_of("％"), measure_of("件/萬人")
    (Measure(code='TWD', power=12), Measure(code='PT', power=0), Measure(code='count/person', power=-4))
    """
    unit = units.parse(text)
    power = unit.scale.adjusted()
    if unit.scale != Decimal(1).scaleb(power):
        return Measure(unit.text, 0)
    names = [_ROOTS.get(name, name) for name in unit.dimension.split(" per ")]
    return Measure(_WRITTEN.get(unit.dimension) or "/".join(names), power)
