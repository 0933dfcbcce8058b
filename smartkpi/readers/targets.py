"""targets.toml -> Plan."""

from __future__ import annotations

from pathlib import Path

from smartkpi.analysis import rules
from smartkpi.errors import Fault, UsageError
from smartkpi.model import PLAN_SCHEMA, License, Pillar, Plan, RuleChoice, Source
from smartkpi.model.codes import RuleName
from smartkpi.model.columns import OUTPUT_COLUMNS, RESERVED_COLUMNS
from smartkpi.readers import planfile
from smartkpi.readers.indicatortable import indicator, titles
from smartkpi.readers.tomltable import Lines, TomlTable, as_written

MOST_DIMENSIONS = 50
"""Dimensions of a plan; SDMX data sets have about ten."""

_PLAN_TABLES = ("schema", "plan", "rule", "sources", "pillars", "indicators")
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
    content = planfile.content(path, file, faults)
    text = planfile.text(content, file, faults)
    parsed = planfile.parsed(text, file, faults)
    if parsed is None:
        return None
    top = TomlTable(parsed, "", file, Lines(text), faults)
    top.only(_PLAN_TABLES)
    top.require(("schema", "plan", "sources", "pillars", "indicators"))
    top.text("schema", choices=(PLAN_SCHEMA,))
    return _plan(top, file)._replace(content=content)


def _plan(top: TomlTable, file: str) -> Plan:
    plan = top.table("plan")
    plan.only(("id", "title", "dimensions", "license"))
    plan.require(("id", "title"))
    dimensions = _dimensions(plan)
    sources = {name: _source(name, table) for name, table in top.tables("sources").items()}
    pillars = {name: _pillar(name, table) for name, table in top.tables("pillars").items()}
    indicators = {
        name: indicator(name, table, pillars, sources, dimensions) for name, table in top.tables("indicators").items()
    }
    return Plan(
        id=plan.text("id"),
        title=titles(plan),
        sources=sources,
        pillars=pillars,
        indicators=indicators,
        dimensions=dimensions,
        rule=_rule(top.table("rule")) if "rule" in top.content else None,
        file=file,
        license=_license(plan.table("license")) if "license" in plan.content else None,
    )


def _license(table: TomlTable) -> License:
    table.only(("name", "title", "url"))
    table.require(("name",))
    return License(table.text("name"), table.text("title"), table.text("url"))


def _dimensions(plan: TomlTable) -> tuple[str, ...]:
    names = plan.listed("dimensions")
    if len(names) > MOST_DIMENSIONS:
        plan.fault("too_many_dimensions", "dimensions", found=len(names), most=MOST_DIMENSIONS)
        return ()
    for position, name in enumerate(names):
        if not isinstance(name, str) or not name or name in RESERVED_COLUMNS or name in names[:position]:
            plan.fault("not_a_dimension", "dimensions", found=as_written(name), reserved=", ".join(RESERVED_COLUMNS))
        elif name in OUTPUT_COLUMNS:
            plan.fault("dimension_of_results", "dimensions", found=name)
    return tuple(name for name in names if isinstance(name, str))


def _source(name: str, table: TomlTable) -> Source:
    table.only(("title", "publisher", "published", "url"))
    table.require(("title", "publisher"))
    title = table.text("title")
    return Source(name, title, table.text("publisher"), table.day("published"), table.text("url"))


def _pillar(name: str, table: TomlTable) -> Pillar:
    table.only(("title",))
    table.require(("title",))
    return Pillar(name, titles(table))


def _rule(table: TomlTable) -> RuleChoice:
    table.only(("name", *THRESHOLDS))
    table.require(("name",))
    written = table.text("name") or RuleName.compound
    thresholds = {key: table.number(key) for key in THRESHOLDS}
    try:
        name = rules.name_of(written)
    except UsageError as error:
        if error.faults[0].key == "rule_removed":
            table.fault("rule_removed", "name", found=written)
        else:
            table.text("name", choices=tuple(RuleName))
        name = rules.DEFAULT
    return RuleChoice(name, **thresholds, line=table.line(), written=written)
