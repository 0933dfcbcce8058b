"""Targets of a plan file: numbers, changes since a year, ranges, milestones, and those of single series or years."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from smartkpi.model import LAST_YEAR, RelativeTarget, SeriesTarget, plan_keys
from smartkpi.quantities import QuantityError, read_quantity, units
from smartkpi.readers.toml import TomlTable, as_written
from smartkpi.text import pattern

Bounds = tuple[float, float] | None

_CHANGE = pattern(r"\s*([+＋-]|\N{MINUS SIGN}|\N{FULLWIDTH HYPHEN-MINUS})\s*(\S.*)", re.DOTALL)
_LONGEST_CHANGE = 200


class Scale(NamedTuple):
    """What the numbers of an indicator are measured in."""

    unit: units.Unit | None
    """None where the plan has none that is known."""
    bounds: Bounds
    is_range: bool = False
    """Whether its direction is ``within``."""
    known: units.Units = units.units_of(())
    """All units that there are in the plan."""


class TargetValue(NamedTuple):
    """What a key `target` says; the number is NaN where it is a range or relative."""

    target: float
    relative: RelativeTarget | None = None
    target_range: tuple[float, float] | None = None


def read_target(table: TomlTable, scale: Scale) -> TargetValue:
    """Return the target of a table; each error is noted."""
    value = table.content.get("target")
    if isinstance(value, list):
        return _range(table, value, scale)
    if scale.is_range and value is not None:
        table.fault("range_needed", "target", found=as_written(value))
    elif isinstance(value, dict):
        return TargetValue(float("nan"), _relative(table.inner("target", value), scale))
    return TargetValue(read_quantity_of(table, "target", scale))


def _range(table: TomlTable, values: list[Any], scale: Scale) -> TargetValue:
    if not scale.is_range:
        table.fault("range_without_within", "target")
        return TargetValue(0.0)
    ends = [read_quantity_of(table.replace("target", value), "target", scale) for value in values]
    if len(ends) == 2 and ends[0] < ends[1]:
        return TargetValue(float("nan"), target_range=(ends[0], ends[1]))
    table.fault("not_a_range", "target", found=", ".join(map(as_written, values)))
    return TargetValue(0.0)


def _relative(table: TomlTable, scale: Scale) -> RelativeTarget | None:
    values = table.values(plan_keys.TABLES["target"])
    change, times, year = values["change"], values["times"], values["from"]
    if ("change" in table.content) == ("times" in table.content):
        table.fault("change_or_times")
    elif "times" in table.content:
        if times is not None and times <= 0:
            table.fault("times_not_positive", "times", found=as_written(times))
        return RelativeTarget("times", times or 1.0, year or 0, f"{times or 1.0:.15g}")
    elif found := _change(change, scale):
        return RelativeTarget(*found, year or 0, change)
    else:
        unit = scale.unit.text if scale.unit else "件"
        table.fault("not_a_change", "change", found=as_written(change), unit=unit)
    return None


def _change(written: Any, scale: Scale) -> tuple[Any, float] | None:
    """Return kind and size of a change; None where it is not one."""
    text = written if isinstance(written, str) and len(written) <= _LONGEST_CHANGE else ""
    parts = _CHANGE.fullmatch(text)
    if parts is None or scale.unit is None:
        return None
    try:
        quantity = read_quantity(parts[2], known_unit=scale.known.named)
    except QuantityError:
        return None
    number = quantity.number if parts[1] in "+＋" else -quantity.number
    if not quantity.unit or quantity.bound:
        return None
    if units.normalised(quantity.unit) in units.PERCENT_UNITS:
        return "percent", float(number)
    if not scale.known.known(quantity.unit):
        # A unit of changes only: percentage points.
        return ("amount", units.convert(number, units.parse("%"), scale.unit)) if scale.unit.is_share else None
    unit = scale.known.parse(quantity.unit)
    return ("amount", units.convert(number, unit, scale.unit)) if unit.dimension == scale.unit.dimension else None


def read_quantity_of(table: TomlTable, key: str, scale: Scale) -> float:
    """Return the number or quantity under a key, in the indicator's unit and within its bounds; 0 where it is wrong."""
    value = table.content.get(key)
    number = _with_unit(table, key, value, scale) if isinstance(value, str) else table.number(key)
    if number is not None and scale.bounds and not scale.bounds[0] <= number <= scale.bounds[1]:
        low, high = scale.bounds
        table.fault("outside_bounds", key, found=f"{number:g}", low=f"{low:g}", high=f"{high:g}")
    return 0.0 if number is None else number


def _with_unit(table: TomlTable, key: str, text: str, scale: Scale) -> float | None:
    unit, known = scale.unit, scale.known
    if unit is None:
        return None
    try:
        quantity = read_quantity(text, known_unit=known.known)
        source = known.parse(quantity.unit) if quantity.unit and not quantity.bound else None
    except (QuantityError, units.UnitError):
        source = None
    if source is None:
        table.fault("target_not_a_quantity", key, found=text, unit=unit.text)
        return None
    if source.dimension != unit.dimension:
        table.fault("target_dimension", key, found=source.text, dimension=source.dimension, unit=unit.text)
        return None
    return units.convert(Decimal(quantity.number), source, unit)


def read_milestones(table: TomlTable, scale: Scale) -> Mapping[int, float]:
    """Return the targets on the way, by year."""
    years = {}
    for key in table.content:
        if key.isascii() and key.isdigit() and len(key) == 4:
            years[int(key)] = read_quantity_of(table, key, scale)
        else:
            table.fault("milestone_not_a_year", key)
    return dict(sorted(years.items()))


def check_milestones(table: TomlTable, milestones: Mapping[int, float], target_year: int | None) -> None:
    """Note milestones that are not before the target year."""
    if target_year and any(year >= target_year for year in milestones):
        table.fault("milestone_after_target", "milestones", target_year=target_year)


def read_other_targets(
    entries: Sequence[TomlTable], scale: Scale, dimensions: tuple[str, ...], target_year: int | None
) -> tuple[SeriesTarget, ...]:
    """Return the targets of single series, and those that count since a year."""
    targets: list[SeriesTarget] = []
    keys: set[tuple[Any, ...]] = set()
    for position, own in enumerate(entries):
        entry = own.values(plan_keys.TABLES["indicators.*.targets"])
        where = entry["where"]
        where.only(dimensions)
        values = {name: where.text(name) for name in where.content}
        if "where" not in own.content and entry["since"] is None:
            own.fault("where_or_since", number=position + 1)
        key = entry["since"], *sorted(values.items())
        if key in keys:
            own.fault("repeated_series_target", "where", number=position + 1)
        keys.add(key)
        milestones = read_milestones(entry["milestones"], scale) if "milestones" in own.content else None
        check_milestones(own, milestones or {}, entry["target_year"] or target_year)
        if scale.is_range and milestones:
            own.fault("not_with_range", "milestones")
        targets.append(
            SeriesTarget(
                where=values,
                since=entry["since"],
                target_year=entry["target_year"],
                milestones=milestones,
                line=own.line("target"),
                **read_target(own, scale)._asdict(),
            )
        )
    return tuple(targets)


def check_kinds(table: TomlTable, values: Mapping[str, Any], target: TargetValue, is_range: bool) -> None:
    """Note what contradicts itself: keys of one kind of target beside another kind."""
    target_year, first = values["target_year"] or LAST_YEAR, values["total_since"]
    if "base" in table.content and "base_year" not in table.content:
        table.fault("base_without_year", "base")
    _note_keys(table, "not_with_range", ("milestones", "total_since") if is_range else ())
    _note_keys(table, "not_with_total", ("base", "base_year") if first else ())
    if first and target.relative:
        table.fault("not_with_total", "target")
    if first and first > target_year:
        table.fault("total_after_target", "total_since", found=first, target_year=target_year)
    if target.relative and target.relative.from_year >= target_year:
        table.fault("from_after_target", "target", found=target.relative.from_year, target_year=target_year)


def _note_keys(table: TomlTable, fault: str, keys: Sequence[str]) -> None:
    for key in keys:
        if key in table.content:
            table.fault(fault, key)
