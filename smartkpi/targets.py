"""targets.toml -> Plan."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from smartkpi import units
from smartkpi.codes import Level, RuleName
from smartkpi.contract import RESERVED_COLUMNS
from smartkpi.errors import Fault
from smartkpi.model import PLAN_SCHEMA, Indicator, Pillar, Plan, RuleChoice, SeriesTarget, Source
from smartkpi.quantities import QuantityError, read_quantity
from smartkpi.tomltable import Lines, TomlTable, as_written
from smartkpi.words import LANGUAGES

LARGEST_PLAN = 20_000_000
"""Bytes; a plan of ten thousand indicators has about half of that."""

MOST_DIMENSIONS = 50
"""Dimensions of a plan; SDMX data sets have about ten."""

MOST_DECIMALS = 15

_PLAN_TABLES = ("schema", "plan", "rule", "sources", "pillars", "indicators")
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
THRESHOLDS = ("on_track", "lagging", "off_track")


def read(path: Path, file: str, faults: list[Fault]) -> Plan | None:
    """Read a plan.

    Parameters
    ----------
    path
        The TOML file; a UTF-8 BOM is accepted.
    file
        Its name in messages.
    faults
        Each fault found is added here.

    Returns
    -------
    Plan or None
        With what could be read of it; None if the file is no TOML.
    """
    text = _text(path, file, faults)
    content = _parsed(text, file, faults)
    if content is None:
        return None
    top = TomlTable(content, "", file, Lines(text), faults)
    top.only(_PLAN_TABLES)
    top.require(("schema", "plan", "sources", "pillars", "indicators"))
    top.text("schema", choices=(PLAN_SCHEMA,))
    return _plan(top, file)


def ids(path: Path | str) -> list[str]:
    """Return the ids of a plan's indicators without checking it, for completion; none if it cannot be read."""
    faults: list[Fault] = []
    content = _parsed(_text(Path(path), "", faults), "", faults) or {}
    indicators = content.get("indicators")
    return list(indicators) if isinstance(indicators, dict) else []


def _text(path: Path, file: str, faults: list[Fault]) -> str:
    from smartkpi.textfile import read_bytes

    content = read_bytes(path, file, faults, largest=LARGEST_PLAN)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        faults.append(Fault("plan_not_utf8", file, line, byte=content[error.start]))
        return ""


def _parsed(text: str, file: str, faults: list[Fault]) -> Mapping[str, Any] | None:
    import tomli

    if faults and not text:
        return None
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        faults.append(Fault("toml_syntax", file, error.lineno, column=error.colno, problem=error.msg))
    except (RecursionError, ValueError) as error:
        faults.append(Fault("toml_limits", file, problem=str(error).partition(";")[0]))
    return None


def _plan(top: TomlTable, file: str) -> Plan:
    plan = top.table("plan")
    plan.only(("id", "title", "dimensions"))
    plan.require(("id", "title"))
    dimensions = _dimensions(plan)
    sources = {name: _source(name, table) for name, table in top.tables("sources").items()}
    pillars = {name: _pillar(name, table) for name, table in top.tables("pillars").items()}
    indicators = {
        name: _indicator(name, table, pillars, sources, dimensions) for name, table in top.tables("indicators").items()
    }
    return Plan(
        id=plan.text("id"),
        title=_titles(plan),
        sources=sources,
        pillars=pillars,
        indicators=indicators,
        dimensions=dimensions,
        rule=_rule(top.table("rule")) if "rule" in top.content else None,
        file=file,
    )


def _dimensions(plan: TomlTable) -> tuple[str, ...]:
    names = plan.listed("dimensions")
    if len(names) > MOST_DIMENSIONS:
        plan.fault("too_many_dimensions", "dimensions", found=len(names), most=MOST_DIMENSIONS)
        return ()
    for position, name in enumerate(names):
        if not isinstance(name, str) or not name or name in RESERVED_COLUMNS or name in names[:position]:
            plan.fault("not_a_dimension", "dimensions", found=as_written(name), reserved=", ".join(RESERVED_COLUMNS))
    return tuple(name for name in names if isinstance(name, str))


def _source(name: str, table: TomlTable) -> Source:
    table.only(("title", "publisher", "published", "url"))
    table.require(("title", "publisher"))
    title = table.text("title")
    return Source(name, title, table.text("publisher"), table.day("published"), table.text("url"))


def _pillar(name: str, table: TomlTable) -> Pillar:
    table.only(("title",))
    table.require(("title",))
    return Pillar(name, _titles(table))


def _titles(owner: TomlTable) -> Mapping[str, str]:
    if "title" not in owner.content:
        return {"en": owner.path.rpartition(".")[2]}
    table = owner.table("title")
    table.only(LANGUAGES)
    titles = {lang: table.text(lang) for lang in table.content if lang in LANGUAGES}
    if not any(titles.values()) and isinstance(owner.content["title"], dict):
        owner.fault("empty_title", "title")
    return {lang: text for lang, text in titles.items() if text} or {"en": owner.path.rpartition(".")[2]}


def _rule(table: TomlTable) -> RuleChoice:
    table.only(("name", *THRESHOLDS))
    table.require(("name",))
    name = table.text("name", choices=tuple(RuleName)) or RuleName.eurostat
    thresholds = {key: table.number(key) for key in THRESHOLDS}
    return RuleChoice(RuleName(name), **thresholds)


def _indicator(
    name: str,
    table: TomlTable,
    pillars: Mapping[str, Pillar],
    sources: Mapping[str, Source],
    dimensions: tuple[str, ...],
) -> Indicator:
    table.only(INDICATOR_KEYS)
    table.require(INDICATOR_REQUIRED)
    unit = _unit(table)
    bounds = _bounds(table, unit)
    target_year = table.year("target_year")
    base_year = table.year("base_year")
    if base_year and target_year and base_year > target_year:
        table.fault("base_after_target", "base_year", base_year=base_year, target_year=target_year)
    milestones = _milestones(table, unit, bounds)
    if target_year and any(year >= target_year for year in milestones):
        table.fault("milestone_after_target", "milestones", target_year=target_year)
    return Indicator(
        id=name,
        title=_titles(table),
        pillar=table.text("pillar", choices=pillars),
        level=Level(table.text("level", choices=(Level.headline, Level.sector)) or Level.headline),
        unit=table.text("unit"),
        direction="decrease" if table.text("direction", choices=("increase", "decrease")) == "decrease" else "increase",
        target=_quantity(table, "target", unit, bounds),
        target_year=target_year or 0,
        source=table.text("source", choices=sources),
        base_year=base_year,
        bounds=bounds,
        milestones=milestones,
        targets=_series_targets(table, unit, bounds, dimensions),
        decimals=table.whole("decimals", 0, MOST_DECIMALS),
        locator=table.text("locator"),
        definition=table.text("definition"),
        note=table.text("note"),
        line=table.line("target"),
    )


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
        if not quantity.unit or quantity.bound:
            raise QuantityError("ambiguous", text)
        source = units.parse(quantity.unit)
    except (QuantityError, units.UnitError):
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
