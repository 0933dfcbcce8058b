"""A plan as tables: a row for each indicator, and one for each target."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isnan
from typing import Any

from smartkpi.model import Indicator, Plan, RelativeTarget, SeriesTarget, machine_title
from smartkpi.model.codes import Level
from smartkpi.model.columns import INDICATOR_COLUMNS, LIST_COLUMNS, TARGET_COLUMNS
from smartkpi.model.table import Table
from smartkpi.tables.panel import with_dimensions
from smartkpi.tables.selection import select_indicators

OWNERS_JOINED_BY = "; "
"""Between the agencies in one cell."""


def indicator_table(plan: Plan, level: str = Level.all, indicators: Sequence[str] = ()) -> Table:
    """Return what a plan says of its indicators.

    Parameters
    ----------
    plan
        Whose indicators.
    level, indicators
        Which: those named, else those of the level.
    """
    rows = [_described(each, plan) for each in select_indicators(plan, level, indicators)]
    columns = {name: [row[name] for row in rows] for name in INDICATOR_COLUMNS}
    return Table.from_cells("indicators", INDICATOR_COLUMNS, columns, plan)


def target_table(plan: Plan, level: str = Level.all, indicators: Sequence[str] = ()) -> Table:
    """Return every target of a plan: milestones, the indicator's own, and those of single series.

    Parameters
    ----------
    plan
        Whose targets; each of its dimensions is a column, empty where a target is for any of its values.
    level, indicators
        Of which indicators: those named, else those of the level.
    """
    rows = [row for each in select_indicators(plan, level, indicators) for row in _targets(each)]
    kinds = with_dimensions(TARGET_COLUMNS, plan)
    return Table.from_cells("targets", kinds, {name: [row.get(name) for row in rows] for name in kinds}, plan)


def _described(indicator: Indicator, plan: Plan) -> dict[str, Any]:
    low, high = indicator.bounds or (None, None)
    low_end, high_end = indicator.target_range or (None, None)
    return {
        "indicator": indicator.id,
        "title_en": indicator.title.get("en"),
        "title_zh_tw": indicator.title.get("zh-TW"),
        "pillar": indicator.pillar,
        "pillar_title": plan.pillars[indicator.pillar].name,
        "level": str(indicator.level),
        "unit": indicator.unit,
        "direction": indicator.direction,
        "base_year": indicator.base_year,
        "target_year": indicator.target_year,
        "target": _number(indicator.target),
        "lower_bound": low,
        "upper_bound": high,
        "decimals": indicator.decimals,
        "source": indicator.source,
        "locator": machine_title(indicator.locator) or None,
        "definition": machine_title(indicator.definition) or None,
        "note": machine_title(indicator.note) or None,
        "target_low": low_end,
        "target_high": high_end,
        "target_text": target_text(indicator.relative),
        "base": indicator.base,
        "keep": indicator.keep or None,
        "total_since": indicator.total_since,
        "owner": OWNERS_JOINED_BY.join(indicator.owners()) or None,
        "weight": indicator.weight,
    }


def list_table(plan: Plan, level: str = Level.all, indicators: Sequence[str] = ()) -> Table:
    """Return what there is in a plan: a row for each indicator with its unit, target and agency.

    Parameters
    ----------
    plan
        Whose indicators.
    level, indicators
        Which: those named, else those of the level.
    """
    every = [{**_described(each, plan), "title": each.name} for each in select_indicators(plan, level, indicators)]
    columns = {name: [row[name] for row in every] for name in LIST_COLUMNS}
    return Table.from_cells("list", LIST_COLUMNS, columns, plan)


def target_text(relative: RelativeTarget | None) -> str | None:
    """Return a relative target in a cell, such as ``-55 % (1990)`` or ``x 2 (2015)``; None for others."""
    if relative is None:
        return None
    return f"{'x ' if relative.kind == 'times' else ''}{relative.text} ({relative.from_year})"


def _targets(indicator: Indicator) -> Iterator[dict[str, Any]]:
    fixed = {"indicator": indicator.id, "unit": indicator.unit}
    for year, value in indicator.milestones.items():
        yield {**fixed, "target_year": year, "target": value, "target_kind": "milestone"}
    yield {**fixed, **_value(indicator), "target_year": indicator.target_year, "target_kind": "target"}
    for own in indicator.targets:
        year = own.target_year or indicator.target_year
        cells = {**own.where, **fixed, "since": own.since}
        for step, value in (own.milestones or {}).items():
            yield {**cells, "target_year": step, "target": value, "target_kind": "milestone"}
        yield {**cells, **_value(own), "target_year": year, "target_kind": "series" if own.where else "since"}


def _value(own: Indicator | SeriesTarget) -> dict[str, Any]:
    low, high = own.target_range or (None, None)
    number = {"target": _number(own.target), "target_low": low, "target_high": high}
    return {**number, "target_text": target_text(own.relative)}


def _number(target: float) -> float | None:
    return None if isnan(target) else target
