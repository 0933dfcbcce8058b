"""The plan file, targets.toml -> Plan."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from smartkpi.analysis import rules
from smartkpi.errors import Fault, UsageError
from smartkpi.messages import LANGUAGES
from smartkpi.model import Dimension, Indicator, License, Pillar, Plan, RuleChoice, SeriesTarget, Source, plan_keys
from smartkpi.model.codes import Level, RuleName
from smartkpi.model.columns import OUTPUT_COLUMNS, RESERVED_COLUMNS
from smartkpi.model.plan_keys import MOST_DIMENSIONS
from smartkpi.model.reading import ReadingOptions
from smartkpi.quantities import QuantityError, read_quantity, units
from smartkpi.readers import files, toml
from smartkpi.readers.toml import Lines, TomlTable, as_written
from smartkpi.text import printable

Bounds = tuple[float, float] | None


def read(path: Path, file: str, faults: list[Fault]) -> Plan | None:
    """Read a plan.

    Parameters
    ----------
    path
        The TOML file; a UTF-8 BOM is accepted.
    file
        Its name in messages.
    faults
        Each error found is added here.

    Returns
    -------
    Plan or None
        With what could be read of it; None if the file is not TOML.
    """
    content = toml.read_content(path, file, faults)
    text = toml.decode(content, file, faults)
    parsed = toml.parse(text, file, faults)
    if parsed is None:
        return None
    top = TomlTable(parsed, "", file, Lines(text), faults)
    return _plan(top, file)._replace(content=content)


def _plan(top: TomlTable, file: str) -> Plan:
    values = top.values(plan_keys.TABLES[""])
    for key in ("sources", "pillars", "indicators"):
        _check_ids(top, key, values[key])
    head = values["plan"].values(plan_keys.TABLES["plan"])
    _check_name(values["plan"], "id", head["id"])
    dimensions = _dimensions(values["plan"], head["dimensions"])
    sources = {name: _source(name, table) for name, table in values["sources"].items()}
    pillars = {name: _pillar(name, table) for name, table in values["pillars"].items()}
    ids: dict[str, Collection[str]] = {"pillars": pillars, "sources": sources}
    indicators = {name: _indicator(name, table, ids, tuple(dimensions)) for name, table in values["indicators"].items()}
    return Plan(
        id=head["id"],
        title=_title(values["plan"], head["title"]),
        sources=sources,
        pillars=pillars,
        indicators=indicators,
        dimensions=tuple(dimensions),
        columns=dimensions,
        rule=_rule(values["rule"]) if "rule" in top.content else None,
        file=file,
        reading=_reading(values["reading"]),
        license=_license(head["license"]) if "license" in values["plan"].content else None,
    )


def _check_ids(top: TomlTable, key: str, tables: Mapping[str, TomlTable]) -> None:
    """Note a table of the file that has no entries, and ids that are empty or hold control characters."""
    if top.content.get(key) == {}:
        top.fault("empty_table", key)
    for name in tables:
        if not name:
            top.table(key).fault("empty_id")
        _check_name(top.table(key), name, name)


def _check_name(table: TomlTable, key: str, name: str) -> None:
    """Note a name with control characters, which would reach terminals, headers and ids of other formats."""
    if printable(name) != name:
        table.fault("control_character", key, found=name)


def _license(table: TomlTable) -> License:
    return License(**table.values(plan_keys.TABLES["plan.license"]))


def _dimensions(plan: TomlTable, entries: list[Any]) -> Mapping[str, Dimension]:
    """Return the dimensions by name; an entry is a name, or a table that says more."""
    if len(entries) > MOST_DIMENSIONS:
        plan.fault("too_many_dimensions", "dimensions", found=len(entries), most=MOST_DIMENSIONS)
        return {}
    found: dict[str, Dimension] = {}
    for entry in entries:
        own = {"name": entry, "column": "", "total": ()}
        if isinstance(entry, dict):
            own = plan.inner("dimensions", entry).values(plan_keys.TABLES["plan.dimensions"])
        name = own["name"]
        if not isinstance(name, str) or not name or name in RESERVED_COLUMNS or name in found:
            plan.fault("not_a_dimension", "dimensions", found=as_written(name), reserved=", ".join(RESERVED_COLUMNS))
        elif name in OUTPUT_COLUMNS:
            plan.fault("dimension_of_results", "dimensions", found=name)
        else:
            _check_name(plan, "dimensions", name)
        if isinstance(name, str):
            found[name] = Dimension(name, own["column"], own["total"])
    return found


def _source(name: str, table: TomlTable) -> Source:
    return Source(name, **table.values(plan_keys.TABLES["sources.*"]))


def _pillar(name: str, table: TomlTable) -> Pillar:
    values = table.values(plan_keys.TABLES["pillars.*"])
    return Pillar(name, _title(table, values["title"]))


def _rule(table: TomlTable) -> RuleChoice:
    written = table.content.get("name")
    if isinstance(written, str):
        table = table.replace("name", _rule_name(table, written))
    values = table.values(plan_keys.TABLES["rule"])
    name = RuleName(values["name"] or rules.DEFAULT)
    return RuleChoice(**{**values, "name": name}, line=table.line(), written=str(written or ""))


def _reading(table: TomlTable) -> ReadingOptions:
    values = table.values(plan_keys.TABLES["reading"])
    try:
        files.check_encoding(values["encoding"] or None)
    except UsageError:
        table.fault("unknown_encoding", "encoding", found=values["encoding"])
    for condition in values["where"]:
        if "=" not in condition:
            table.fault("not_a_condition", "where", found=condition)
    said: dict[str, Any] = {name: None if value == "" else value for name, value in values.items()}
    return ReadingOptions(**said)


def _rule_name(table: TomlTable, written: str) -> str:
    """Return the name of a rule in this release; one that was removed is an error."""
    try:
        return rules.name_of(written)
    except UsageError as error:
        if error.faults[0].key != "rule_removed":
            return written
        table.fault("rule_removed", "name", found=written)
        return rules.DEFAULT


def _indicator(
    name: str, table: TomlTable, ids: Mapping[str, Collection[str]], dimensions: tuple[str, ...]
) -> Indicator:
    values = table.values(plan_keys.TABLES["indicators.*"], ids)
    unit = _unit(table, values["unit"])
    bounds = _bounds(table, values["bounds"], unit)
    base_year, target_year = values["base_year"], values["target_year"]
    milestones = _milestones(values["milestones"], unit, bounds)
    if base_year and target_year and base_year > target_year:
        table.fault("base_after_target", "base_year", base_year=base_year, target_year=target_year)
    if target_year and any(year >= target_year for year in milestones):
        table.fault("milestone_after_target", "milestones", target_year=target_year)
    return Indicator(
        **{
            **values,
            "title": _title(table, values["title"]),
            "level": Level(values["level"] or Level.headline),
            "direction": values["direction"] or "increase",
            "target": _quantity(table, "target", unit, bounds),
            "target_year": target_year or 0,
            "bounds": bounds,
            "natural_minimum": 0.0 if unit and unit.is_amount and "bounds" not in table.content else None,
            "whole": (units.share_bounds(unit) or (0.0, None))[1] if unit else None,
            "milestones": milestones,
            "targets": _series_targets(values["targets"], unit, bounds, dimensions),
        },
        id=name,
        line=table.line("target"),
    )


def _unit(table: TomlTable, text: str) -> units.Unit | None:
    if not text:
        return None
    try:
        return units.parse(text)
    except units.UnitError as error:
        table.fault(f"plan_{error.key}", "unit", unit=text, near=units.nearest(text))
    return None


def _bounds(table: TomlTable, values: list[Any], unit: units.Unit | None) -> Bounds:
    if "bounds" not in table.content:
        return units.share_bounds(unit) if unit else None
    ends = [table.finite(value, "bounds") for value in values]
    if not ends:
        return None
    if len(ends) == 2 and ends[0] is not None and ends[1] is not None and ends[0] < ends[1]:
        return ends[0], ends[1]
    table.fault("bounds_not_a_pair", "bounds", found=", ".join("?" if end is None else f"{end:g}" for end in ends))
    return None


def _quantity(table: TomlTable, key: str, unit: units.Unit | None, bounds: Bounds) -> float:
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


def _milestones(table: TomlTable, unit: units.Unit | None, bounds: Bounds) -> Mapping[int, float]:
    years = {}
    for key in table.content:
        if key.isascii() and key.isdigit() and len(key) == 4:
            years[int(key)] = _quantity(table, key, unit, bounds)
        else:
            table.fault("milestone_not_a_year", key)
    return dict(sorted(years.items()))


def _series_targets(
    entries: Sequence[TomlTable], unit: units.Unit | None, bounds: Bounds, dimensions: tuple[str, ...]
) -> tuple[SeriesTarget, ...]:
    targets: list[SeriesTarget] = []
    keys: set[tuple[tuple[str, str], ...]] = set()
    for position, own in enumerate(entries):
        entry = own.values(plan_keys.TABLES["indicators.*.targets"])
        where = entry["where"]
        where.only(dimensions)
        values = {name: where.text(name) for name in where.content}
        key = tuple(sorted(values.items()))
        if key in keys:
            own.fault("repeated_series_target", "where", number=position + 1)
        keys.add(key)
        targets.append(SeriesTarget(values, _quantity(own, "target", unit, bounds), entry["target_year"]))
    return tuple(targets)


def _title(owner: TomlTable, table: TomlTable) -> Mapping[str, str]:
    """Return the title by language; the name of the table that has it where it is missing."""
    table.only(LANGUAGES)
    titles = {lang: table.text(lang) for lang in table.content if lang in LANGUAGES}
    if not any(titles.values()) and isinstance(owner.content.get("title"), dict):
        owner.fault("empty_title", "title")
    return {lang: text for lang, text in titles.items() if text} or {"en": owner.path.rpartition(".")[2]}
