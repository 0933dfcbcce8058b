"""Units that are not in the table, as pint knows them. The only module that knows pint.

pint's tokenizer is never given a text: `parse_unit_name` only compares names and prefixes.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from smartkpi.model import OwnUnit

_EVERYDAY = frozenset(
    ("bag", "bags", "barn", "barns", "chain", "chains", "cup", "cups", "dot", "dpi", "dots", "drop", "drops", "fifth",
     "hand", "hands", "jar", "jars", "league", "leagues", "line", "lines", "link", "links", "mil", "mils", "nail",
     "nails", "pace", "peak_sun_hour", "perch", "pica", "point", "points", "pole", "poles", "rod", "rods",
     "shake", "shakes", "slug", "slugs", "stick", "span", "turn", "turns", "table", "count", "counts", "piece",
     "pieces", "gallon", "gallons", "quart", "quarts", "pint", "pints", "gill", "gills", "hundredweight", "ton",
     "tons", "pound", "pounds", "lbs")
)  # fmt: skip
"""Names that mean something else in a plan far more often than what pint has under them, or one of several things."""
_SHORT_NAMES = frozenset(("lx", "lm", "cd", "Sv", "Gy", "Bq", "kN", "MN", "Wb"))
"""Names of one or two letters that are read; pint has a meaning for nearly every letter, c for the speed of light."""
_LONGEST = 40
_ROOTS = {
    "kg": "kilogram",
    "m": "meter",
    "m2": "meter ** 2",
    "m3": "meter ** 3",
    "s": "second",
    "J": "joule",
    "W": "watt",
    "Pa": "pascal",
    "V": "volt",
}
"""Names of pint, by units of the table: one of each dimension that both have."""
_PREFIXES = frozenset(("", "kilo", "mega", "giga", "tera", "milli", "micro", "centi"))
"""Others make a unit of what is none: dpi would be a tenth of a pint."""


def look_up(name: str) -> OwnUnit | None:
    """Return the unit that pint has under a name, as a plan would declare it.

    Parameters
    ----------
    name
        One name, with a prefix or without: ``furlong``, ``kVA``, ``nautical mile``.

    Returns
    -------
    OwnUnit or None
        None if pint has none, or one that is not an amount of something, such as ``dB``.

    References
    ----------
    pint, default_en.txt, which takes SI from the BIPM's brochure and the others from NIST Special Publication 811.

    Examples
    --------
    >>> look_up("nautical mile"), look_up("jobs")
    (OwnUnit(name='nautical mile', title=(), measures='', size=Decimal('1852'), equals='m'), None)
    """
    unit = _unit(name.replace(" ", "_"))
    if unit is None or unit.dimensionless or not _is_amount(unit):
        return None
    size = Decimal(_registry().get_root_units(unit)[0])
    if (known := _known_dimensions().get(_kind(unit))) is None:
        return OwnUnit(name, measures=_kind(unit), size=size.normalize())
    return OwnUnit(name, equals=known[0], size=(size / known[1]).normalize())


def _unit(name: str) -> Any:
    """Return a unit of pint; None where the name is none, or more often means something else."""
    if not name.isidentifier() or not name.isascii() or len(name) > _LONGEST or name.lower() in _EVERYDAY:
        return None
    if len(name) < 3 and name not in _SHORT_NAMES:
        return None
    prefix, base, _ = next(iter(_registry().parse_unit_name(name)), ("", "", ""))
    if not base or prefix not in _PREFIXES or name.removeprefix(prefix).lower() in _EVERYDAY:
        return None
    try:
        unit = _registry().Unit(_registry().UnitsContainer({prefix + base: 1}))
        # Mares are no milliares: a prefix and its unit are both names or both symbols.
        return unit if name.startswith(prefix) or name == f"{unit:~}" else None
    except KeyError:
        return None


def _is_amount(unit: Any) -> bool:
    # Degrees Celsius and decibels are not: twice of them is not twice as much.
    return bool(_registry().Quantity(1, unit)._is_multiplicative)  # noqa: SLF001 - there is no public name for it


@lru_cache(maxsize=1)
def _registry() -> Any:
    import pint  # slow to load

    return pint.UnitRegistry(non_int_type=Decimal)


@lru_cache(maxsize=1)
def _known_dimensions() -> Mapping[str, tuple[str, Decimal]]:
    """Return the unit of the table, and its size in pint's root units, by dimension of pint."""
    registry = _registry()
    units = {symbol: registry.Unit(name) for symbol, name in _ROOTS.items()}  # names of our own
    return {_kind(unit): (symbol, Decimal(registry.get_root_units(unit)[0])) for symbol, unit in units.items()}


def _kind(unit: Any) -> str:
    """Return what a unit measures, in one order: pint has a power as mass and length, or as length and mass."""
    powers = sorted(unit.dimensionality.items())
    return " ".join(name.strip("[]") + ("" if power == 1 else f"^{power}") for name, power in powers)
