"""Assessed series -> finished tables."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from smartkpi import actuals, assessment, projection, rules, series
from smartkpi.errors import Fault, UsageError
from smartkpi.loading import Loaded
from smartkpi.model import PROJECT_COLUMNS, RULES_ALL, STATUS_COLUMNS, ColumnKind, Level, Plan, RuleName, Table


def status_table(
    loaded: Loaded,
    year: int | None = None,
    rule: str | None = None,
    level: str = Level.headline,
    indicators: Sequence[str] = (),
) -> Table:
    """Assess a plan.

    Parameters
    ----------
    loaded
        Plan and observations.
    year
        Things as they stood at the end of this year; None for the latest year in the data.
    rule
        Name of a rule or ``all``; None for the plan's own rule, else ``eurostat``.
    level, indicators
        Which indicators: those named, else those of the level.
    """
    plan = loaded.plan
    chosen = rule_of(plan, rule)
    panel = series.panel(series.columns(loaded.observations, plan), plan)
    assessed = assessment.assess(panel, plan, chosen, year)
    figures = {**described(panel, plan), **assessed.figures}
    kinds: dict[str, ColumnKind] = with_dimensions(STATUS_COLUMNS, plan)
    if rule == RULES_ALL:
        beside = assessment.side_by_side(assessed, [rules.chosen(name, plan.rule) for name in RuleName])
        figures |= beside
        kinds |= {name: "flag" if name == "agreement" else "text" for name in beside}
    kept = selection(panel, plan, level, indicators)
    columns = {name: cells(figures[name], kept) for name in kinds}
    aside = {"expected_progress_pct": cells(assessed.expected_progress, kept)}
    name = RULES_ALL if rule == RULES_ALL else chosen.name
    return Table("status", kinds, columns, plan, name, assessed.year, aside=aside)


def project_table(
    loaded: Loaded,
    year: int | None = None,
    as_of: int | None = None,
    interval: float = 80.0,
    level: str = Level.headline,
    indicators: Sequence[str] = (),
) -> Table:
    """Project a plan.

    Parameters
    ----------
    loaded
        Plan and observations.
    year
        To project to; None for each target year.
    as_of
        Only observations up to this year are seen; None for all.
    interval
        Probability of the interval, in percent.
    level, indicators
        Which indicators: those named, else those of the level.
    """
    plan = loaded.plan
    panel = series.panel(series.columns(loaded.observations, plan), plan)
    figures = {**described(panel, plan), **projection.project(panel, plan, year, as_of, interval)}
    kinds = with_dimensions(PROJECT_COLUMNS, plan)
    kept = selection(panel, plan, level, indicators)
    columns = {name: cells(figures[name], kept) for name in kinds}
    return Table("project", kinds, columns, plan, year=year, settings={"as_of": as_of, "interval": interval})


def rule_of(plan: Plan, rule: str | None) -> rules.Rule:
    """Return the rule asked for, else the plan's own, else eurostat.

    Raises
    ------
    UsageError
        If there is no such rule.
    """
    if rule is None:
        name = plan.rule.name if plan.rule else RuleName.eurostat
    elif rule == RULES_ALL:
        name = RuleName.eurostat
    elif rule in tuple(RuleName):
        name = RuleName(rule)
    else:
        raise UsageError(Fault("unknown_rule", found=rule, choices=", ".join((*RuleName, RULES_ALL))))
    return rules.chosen(name, plan.rule)


def selection(panel: series.Panel, plan: Plan, level: str, indicators: Sequence[str]) -> list[int]:
    """Return the series of the indicators named, else of the level."""
    wanted = set(selected(plan, level, indicators))
    return [each for each, position in enumerate(panel.indicator.tolist()) if position in wanted]


def selected(plan: Plan, level: str, indicators: Sequence[str]) -> list[int]:
    """Return the positions in the plan of the indicators named, else of those of the level.

    Raises
    ------
    UsageError
        If the plan has no such indicator, or there is no such level.
    """
    if level not in tuple(Level):
        raise UsageError(Fault("unknown_level", found=level, choices=", ".join(Level)))
    for name in indicators:
        if name not in plan.indicators:
            near = actuals.nearest_indicator(name, plan)
            raise UsageError(Fault("unknown_indicator_asked", found=name, near=near))
    return [
        position
        for position, (name, indicator) in enumerate(plan.indicators.items())
        if (name in indicators if indicators else level in (Level.all, indicator.level))
    ]


def described(panel: series.Panel, plan: Plan) -> dict[str, assessment.Column]:
    """Return the columns that say which series a row is of."""
    every = list(plan.indicators.values())
    named: dict[str, list[str]] = {
        "indicator": [each.id for each in every],
        "title": [each.name for each in every],
        "pillar": [each.pillar for each in every],
        "level": [str(each.level) for each in every],
        "unit": [each.unit for each in every],
        "direction": [each.direction for each in every],
    }
    columns: dict[str, assessment.Column] = {
        name: series.Coded(panel.indicator, values) for name, values in named.items()
    }
    return {**columns, **dict(zip(plan.dimensions, panel.dimensions, strict=True))}


def with_dimensions(kinds: Any, plan: Plan) -> dict[str, ColumnKind]:
    """Return the columns with the plan's dimensions put behind the indicator."""
    names = ["indicator", *plan.dimensions, *(name for name in kinds if name != "indicator")]
    return {name: kinds.get(name, "text") for name in names}


def cells(column: assessment.Column, kept: Sequence[int]) -> list[Any]:
    """Return the cells of the rows kept, None where a figure is missing."""
    if isinstance(column, series.Coded):
        codes = column.codes[kept].tolist()
        return [column.values[code] for code in codes]
    return [None if math.isnan(value) else value for value in column[kept].tolist()]
