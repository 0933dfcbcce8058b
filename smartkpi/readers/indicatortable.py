"""A table of the plan file -> an indicator with its targets, in its unit."""

from __future__ import annotations

from collections.abc import Mapping

from smartkpi.messages import LANGUAGES
from smartkpi.model import Indicator, Pillar, SeriesTarget, Source
from smartkpi.model.codes import Level
from smartkpi.quantities import QuantityError, read_quantity, units
from smartkpi.readers.tomltable import TomlTable

MOST_DECIMALS = 15

INDICATOR_REQUIRED = ("title", "pillar", "level", "unit", "direction", "target", "target_year", "source")
INDICATOR_KEYS = (
    *INDICATOR_REQUIRED,
    "base_year",
    "bounds",
    "milestones",
    "targets",
    "decimals",
    "locator",
    "definition",
    "note",
)


def indicator(
    name: str,
    table: TomlTable,
    pillars: Mapping[str, Pillar],
    sources: Mapping[str, Source],
    dimensions: tuple[str, ...],
) -> Indicator:
    """Return the indicator that a table describes; what is wrong with it is added to the table's faults."""
    table.only(INDICATOR_KEYS)
    table.require(INDICATOR_REQUIRED)
    unit = _unit(table)
    bounds = _bounds(table, unit)
    base_year, target_year, milestones = _course(table, unit, bounds)
    return Indicator(
        id=name,
        title=titles(table),
        pillar=table.text("pillar", choices=pillars),
        level=Level(table.text("level", choices=(Level.headline, Level.sector)) or Level.headline),
        unit=table.text("unit"),
        direction="decrease" if table.text("direction", choices=("increase", "decrease")) == "decrease" else "increase",
        target=_quantity(table, "target", unit, bounds),
        target_year=target_year,
        source=table.text("source", choices=sources),
        base_year=base_year,
        bounds=bounds,
        natural_minimum=0.0 if unit and unit.is_amount and "bounds" not in table.content else None,
        whole=(units.share_bounds(unit) or (0.0, None))[1] if unit else None,
        milestones=milestones,
        targets=_series_targets(table, unit, bounds, dimensions),
        decimals=table.whole("decimals", 0, MOST_DECIMALS),
        locator=table.text("locator"),
        definition=table.text("definition"),
        note=table.text("note"),
        line=table.line("target"),
    )


def _course(
    table: TomlTable, unit: units.Unit | None, bounds: tuple[float, float] | None
) -> tuple[int | None, int, Mapping[int, float]]:
    """Return base year, target year and milestones, which must follow each other."""
    target_year = table.year("target_year")
    base_year = table.year("base_year")
    if base_year and target_year and base_year > target_year:
        table.fault("base_after_target", "base_year", base_year=base_year, target_year=target_year)
    milestones = _milestones(table, unit, bounds)
    if target_year and any(year >= target_year for year in milestones):
        table.fault("milestone_after_target", "milestones", target_year=target_year)
    return base_year, target_year or 0, milestones


def _unit(table: TomlTable) -> units.Unit | None:
    text = table.text("unit")
    if not text:
        return None
    try:
        return units.parse(text)
    except units.UnitError as error:
        table.fault(f"plan_{error.key}", "unit", unit=text, near=units.nearest(text))
    return None


def _bounds(table: TomlTable, unit: units.Unit | None) -> tuple[float, float] | None:
    if "bounds" not in table.content:
        return units.share_bounds(unit) if unit else None
    ends = [table.finite(value, "bounds") for value in table.listed("bounds")]
    if not ends:
        return None
    if len(ends) == 2 and ends[0] is not None and ends[1] is not None and ends[0] < ends[1]:
        return ends[0], ends[1]
    table.fault("bounds_not_a_pair", "bounds", found=" ".join("?" if end is None else f"{end:g}" for end in ends))
    return None


def _quantity(table: TomlTable, key: str, unit: units.Unit | None, bounds: tuple[float, float] | None) -> float:
    value = table.content.get(key)
    number = _with_unit(table, key, value, unit) if isinstance(value, str) else table.number(key)
    if number is not None and bounds and not bounds[0] <= number <= bounds[1]:
        table.fault("outside_bounds", key, found=f"{number:g}", low=f"{bounds[0]:g}", high=f"{bounds[1]:g}")
    return 0.0 if number is None else number


def _with_unit(table: TomlTable, key: str, text: str, unit: units.Unit | None) -> float | None:
    if unit is None:
        return None
    try:
        quantity = read_quantity(text, known_unit=units.known)
        source = units.parse(quantity.unit) if quantity.unit and not quantity.bound else None
    except (QuantityError, units.UnitError):
        source = None
    if source is None:
        table.fault("target_not_a_quantity", key, found=text, unit=unit.text)
        return None
    if source.dimension != unit.dimension:
        table.fault("target_dimension", key, found=source.text, dimension=source.dimension, unit=unit.text)
        return None
    return units.convert(quantity.number, source, unit)


def _milestones(table: TomlTable, unit: units.Unit | None, bounds: tuple[float, float] | None) -> Mapping[int, float]:
    inner = table.table("milestones")
    years = {}
    for key in inner.content:
        if key.isascii() and key.isdigit() and len(key) == 4:
            years[int(key)] = _quantity(inner, key, unit, bounds)
        else:
            inner.fault("milestone_not_a_year", key)
    return dict(sorted(years.items()))


def _series_targets(
    table: TomlTable, unit: units.Unit | None, bounds: tuple[float, float] | None, dimensions: tuple[str, ...]
) -> tuple[SeriesTarget, ...]:
    targets: list[SeriesTarget] = []
    seen: set[tuple[tuple[str, str], ...]] = set()
    for position, content in enumerate(table.listed("targets")):
        if not table.is_table("targets", content):
            continue
        own = table.inner("targets", content)
        own.only(("where", "target", "target_year"))
        own.require(("where", "target"))
        where = own.table("where")
        where.only(dimensions)
        values = {name: where.text(name) for name in where.content}
        key = tuple(sorted(values.items()))
        if key in seen:
            own.fault("repeated_series_target", "where", number=position + 1)
        seen.add(key)
        targets.append(SeriesTarget(values, _quantity(own, "target", unit, bounds), own.year("target_year")))
    return tuple(targets)


def titles(owner: TomlTable) -> Mapping[str, str]:
    """Return the title by language; the table's own name where it has none."""
    if "title" not in owner.content:
        return {"en": owner.path.rpartition(".")[2]}
    table = owner.table("title")
    table.only(LANGUAGES)
    titles = {lang: table.text(lang) for lang in table.content if lang in LANGUAGES}
    if not any(titles.values()) and isinstance(owner.content["title"], dict):
        owner.fault("empty_title", "title")
    return {lang: text for lang, text in titles.items() if text} or {"en": owner.path.rpartition(".")[2]}
