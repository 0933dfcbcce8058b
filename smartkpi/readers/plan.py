"""The plan file, targets.toml -> Plan."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from smartkpi.analysis import rules
from smartkpi.errors import Fault, UsageError
from smartkpi.messages import LANGUAGES
from smartkpi.model import Dimension, Indicator, License, Pillar, Plan, RuleChoice, Source, machine_title, plan_keys
from smartkpi.model.codes import Level, RuleName
from smartkpi.model.columns import OUTPUT_COLUMNS, RESERVED_COLUMNS
from smartkpi.model.plan_keys import MOST_DIMENSIONS
from smartkpi.model.reading import ReadingOptions
from smartkpi.quantities import units
from smartkpi.readers import files, toml
from smartkpi.readers.plan_targets import (
    Bounds,
    Scale,
    check_kinds,
    check_milestones,
    read_milestones,
    read_other_targets,
    read_quantity_of,
    read_target,
)
from smartkpi.readers.plan_units import own_units, units_of_pint
from smartkpi.readers.toml import Lines, TomlTable, as_written
from smartkpi.text import printable


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
    own = own_units(values["units"])
    own += units_of_pint(values["indicators"].values(), units.units_of(own))
    known = units.units_of(own)
    sources = {name: _source(name, table) for name, table in values["sources"].items()}
    pillars = {name: _pillar(name, table) for name, table in values["pillars"].items()}
    ids: dict[str, Collection[str]] = {"pillars": pillars, "sources": sources}
    indicators = {
        name: _indicator(name, table, ids, tuple(dimensions), known) for name, table in values["indicators"].items()
    }
    return Plan(
        id=head["id"],
        title=_title(values["plan"], head["title"]),
        sources=sources,
        pillars=pillars,
        indicators=indicators,
        dimensions=tuple(dimensions),
        columns=dimensions,
        units=own,
        rule=_rule(values["rule"]) if "rule" in top.content else None,
        file=file,
        reading=_reading(values["reading"], head["fiscal_year"] or None),
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
    values = table.values(plan_keys.TABLES["sources.*"])
    titles = values["title"]
    if not titles and isinstance(table.content.get("title"), dict):
        table.fault("empty_title", "title")
    return Source(name, **{**values, "title": machine_title(titles)}, titles=titles)


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


def _reading(table: TomlTable, fiscal_year: str | None) -> ReadingOptions:
    """Return what the plan says of the files, its kind of fiscal year included."""
    values = table.values(plan_keys.TABLES["reading"])
    try:
        files.check_encoding(values["encoding"] or None)
    except UsageError:
        table.fault("unknown_encoding", "encoding", found=values["encoding"])
    for condition in values["where"]:
        if "=" not in condition:
            table.fault("not_a_condition", "where", found=condition)
    said: dict[str, Any] = {name: None if value == "" else value for name, value in values.items()}
    return ReadingOptions(**{**said, "fiscal_year": said["fiscal_year"] or fiscal_year})


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
    name: str, table: TomlTable, ids: Mapping[str, Collection[str]], dimensions: tuple[str, ...], known: units.Units
) -> Indicator:
    values = table.values(plan_keys.TABLES["indicators.*"], ids)
    unit = _unit(table, values["unit"], known)
    bounds = _bounds(table, values["bounds"], unit)
    scale = Scale(unit, bounds, values["direction"] == "within", known)
    base_year, target_year = values["base_year"], values["target_year"]
    milestones = read_milestones(values["milestones"], scale)
    target = read_target(table, scale)
    if base_year and target_year and base_year > target_year:
        table.fault("base_after_target", "base_year", base_year=base_year, target_year=target_year)
    check_milestones(table, milestones, target_year)
    check_kinds(table, values, target, scale.is_range)
    if values["weight"] is not None and values["weight"] < 0:
        table.fault("negative_weight", "weight", found=as_written(values["weight"]))
    return Indicator(
        **{
            **values,
            **target._asdict(),
            "title": _title(table, values["title"]),
            "level": Level(values["level"] or Level.headline),
            "direction": values["direction"] or "increase",
            "target_year": target_year or 0,
            "base": read_quantity_of(table, "base", scale) if "base" in table.content else None,
            "bounds": bounds,
            "natural_minimum": 0.0 if unit and unit.is_amount and "bounds" not in table.content else None,
            "whole": (units.share_bounds(unit) or (0.0, None))[1] if unit else None,
            "milestones": milestones,
            "targets": read_other_targets(values["targets"], scale, dimensions, target_year),
        },
        id=name,
        line=table.line("target"),
    )


def _unit(table: TomlTable, text: str, known: units.Units) -> units.Unit | None:
    if not text:
        return None
    try:
        return known.parse(text)
    except units.UnitError as error:
        table.fault(f"plan_{error.key}", "unit", unit=text, **known.suggestions(text))
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


def _title(owner: TomlTable, table: TomlTable) -> Mapping[str, str]:
    """Return the title by language; the name of the table that has it where it is missing."""
    table.only(LANGUAGES)
    titles = {lang: table.text(lang) for lang in table.content if lang in LANGUAGES}
    if not any(titles.values()) and isinstance(owner.content.get("title"), dict):
        owner.fault("empty_title", "title")
    return {lang: text for lang, text in titles.items() if text} or {"en": owner.path.rpartition(".")[2]}
