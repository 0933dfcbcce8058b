"""Every figure of a panel of any size, block by block."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from smartkpi.analysis import assessment, rules
from smartkpi.analysis.series import Panel
from smartkpi.model import Plan
from smartkpi.model.arrays import Categorical, Column, ColumnBuilder
from smartkpi.model.codes import RULES_ALL, RuleName
from smartkpi.model.columns import SIDE_BY_SIDE_COLUMNS, STATUS_COLUMNS, ColumnKind

_EXPECTED = "expected_progress_pct"
_BLOCK = 1 << 15
"""Series that are worked on at a time."""


class Figures(NamedTuple):
    """The columns of a table before rows are chosen and shown, one entry per series."""

    panel: Panel
    kinds: Mapping[str, ColumnKind]
    columns: Mapping[str, Column]
    aside: Mapping[str, Column] = MappingProxyType({})
    """Figures beside the columns, which pictures need."""
    rule: str = ""
    year: int | None = None


def status_figures(panel: Panel, plan: Plan, year: int | None = None, rule: str | None = None) -> Figures:
    """Assess each series of a panel, block by block."""
    chosen = rule_of(plan, rule)
    year = assessment.latest_year(panel) if year is None else year
    beside = [rules.rule_for(name, plan.rule) for name in RuleName] if rule == RULES_ALL else []

    def assess(block: Panel) -> Mapping[str, Column]:
        assessed = assessment.assess(block, plan, chosen, year)
        more = assessment.side_by_side(assessed, beside) if beside else {}
        return {**assessed.figures, **more, _EXPECTED: assessed.expected_progress}

    kinds: dict[str, ColumnKind] = with_dimensions(STATUS_COLUMNS, plan)
    if beside:
        kinds |= SIDE_BY_SIDE_COLUMNS
    figures = {**described(panel, plan), **by_blocks(panel, assess)}
    aside = {_EXPECTED: figures.pop(_EXPECTED)}
    return Figures(panel, kinds, figures, aside, RULES_ALL if beside else chosen.name, year)


def by_blocks(panel: Panel, figures_of: Callable[[Panel], Mapping[str, Column]]) -> dict[str, Column]:
    """Return the columns of a panel that `figures_of` gives for each block of it."""
    joint: dict[str, ColumnBuilder] = {}
    first = 0
    for block in panel.blocks(_BLOCK):
        of = slice(first, first + len(block))
        for name, part in figures_of(block).items():
            joint.setdefault(name, ColumnBuilder(len(panel))).put(of, part)
        first = of.stop
    return {name: each.column() for name, each in joint.items()}


def rule_of(plan: Plan, rule: str | None) -> rules.Rule:
    """Return the rule asked for, else the plan's own, else compound.

    Raises
    ------
    UsageError
        If there is no such rule.
    """
    if rule is None:
        name = plan.rule.name if plan.rule else rules.DEFAULT
    elif rule == RULES_ALL:
        name = rules.DEFAULT
    else:
        name = rules.name_of(rule)
    return rules.rule_for(name, plan.rule)


def described(panel: Panel, plan: Plan) -> dict[str, Column]:
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
    described = {name: Categorical(panel.indicator, values) for name, values in named.items()}
    return {**described, **dict(zip(plan.dimensions, panel.dimensions, strict=True))}


def with_dimensions(kinds: Any, plan: Plan) -> dict[str, ColumnKind]:
    """Return the columns with the plan's dimensions put behind the indicator."""
    names = ["indicator", *plan.dimensions, *(name for name in kinds if name != "indicator")]
    return {name: kinds.get(name, "text") for name in names}
