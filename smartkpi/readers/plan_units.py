"""The units that a plan declares: ``[units.NAME]``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from smartkpi.messages import LANGUAGES
from smartkpi.model import OwnUnit, plan_keys
from smartkpi.quantities import QuantityError, read_quantity, units
from smartkpi.quantities.pint_units import look_up
from smartkpi.quantities.unit_reader import LONGEST, as_looked_up
from smartkpi.readers.toml import TomlTable
from smartkpi.text import printable

_NEVER_OWN = ("%", "pp", "fraction")
"""Units that a plan cannot have a meaning of its own for."""


def own_units(tables: Mapping[str, TomlTable]) -> tuple[OwnUnit, ...]:
    """Return the units of a plan, by name; each error is noted."""
    names: set[str] = set()
    declared = []
    for name, table in tables.items():
        key = as_looked_up(name).lower()
        if not key or len(name) > LONGEST or printable(name) != name or key in names or key.isdigit():
            table.fault("unit_name", found=name)
        elif units.named(name) and (key in _NEVER_OWN or _is_share(name)):
            table.fault("unit_not_own", found=name, never=", ".join(_NEVER_OWN))
        else:
            declared.append(_own_unit(name, table))
        names.add(key)
    return tuple(declared)


def units_of_pint(indicators: Iterable[TomlTable], known: units.Units) -> tuple[OwnUnit, ...]:
    """Return the units of indicators that are not known but to pint, as the plan could have declared them."""
    texts = dict.fromkeys(each.content.get("unit") for each in indicators)
    unknown = [text for text in texts if isinstance(text, str) and text and not known.named(text)]
    return tuple(unit for text in unknown if (unit := look_up(units.normalised(text))))


def _is_share(name: str) -> bool:
    return not units.known(name) or units.parse(name).is_share


def _own_unit(name: str, table: TomlTable) -> OwnUnit:
    values = table.values(plan_keys.TABLES["units.*"])
    titles = values["title"]
    titles.only(LANGUAGES)
    title = tuple((lang, text) for lang in titles.content if lang in LANGUAGES and (text := titles.text(lang)))
    size = values["size"]
    if size is not None and not size > 0:
        table.fault("unit_size", "size", found=f"{size:g}")
    if values["equals"] and (values["measures"] or size is not None):
        table.fault("unit_equals_and_more", "equals")
    for key in ("measures", "equals"):
        if table.content.get(key) == "":
            table.fault("empty_text", key)
    number = Decimal(1) if size is None or not size > 0 else Decimal(repr(size))
    if values["equals"]:
        return _equal(name, title, values["equals"], table)
    return OwnUnit(name, title, values["measures"], number)


def _equal(name: str, title: tuple[tuple[str, str], ...], text: str, table: TomlTable) -> OwnUnit:
    """Return a unit that is so many of a known one."""
    try:
        quantity = read_quantity(text, known_unit=units.known)
    except QuantityError:
        quantity = None
    if quantity is None or not quantity.unit or quantity.bound or quantity.number <= 0:
        table.fault("unit_equals", "equals", found=text)
        return OwnUnit(name, title)
    return OwnUnit(name, title, size=quantity.number, equals=quantity.unit)
