"""Attainment, growth, pace and status of every series: the table of `status`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from smartkpi.analysis import assessment, rules
from smartkpi.analysis.series import Panel
from smartkpi.model import Plan
from smartkpi.model.arrays import Column
from smartkpi.model.codes import RULES_ALL, Level, RuleName
from smartkpi.model.columns import SIDE_BY_SIDE_COLUMNS, STATUS_COLUMNS, ColumnKind
from smartkpi.model.table import Table
from smartkpi.readers.dataset import Dataset
from smartkpi.tables.panel import compute_in_blocks, series_columns, with_dimensions
from smartkpi.tables.selection import series_positions

_EXPECTED = "expected_progress_pct"


def status_table(
    dataset: Dataset,
    year: int | None = None,
    rule: str | None = None,
    level: str = Level.headline,
    indicators: Sequence[str] = (),
) -> Table:
    """Assess a plan.

    Parameters
    ----------
    dataset
        Plan and observations.
    year
        Things as they stood at the end of this year; None for the latest year in the data.
    rule
        Name of a rule or ``all``; None for the plan's own rule, else ``compound``.
    level, indicators
        Which indicators: those named, else those of the level.
    """
    panel = dataset.panel
    table = assess_panel(panel, dataset.plan, year, rule)
    return table.take(series_positions(panel, dataset.plan, level, indicators))


def assess_panel(panel: Panel, plan: Plan, year: int | None = None, rule: str | None = None) -> Table:
    """Return the assessment of every series of a panel, in its order."""
    own = rule_of(plan, rule)
    year = assessment.latest_year(panel) if year is None else year
    beside = [rules.rule_for(name, plan.rule) for name in RuleName] if rule == RULES_ALL else []

    def assess(block: Panel) -> Mapping[str, Column]:
        assessed = assessment.assess(block, plan, own, year)
        more = assessment.side_by_side(assessed, beside) if beside else {}
        return {**assessed.figures, **more, _EXPECTED: assessed.expected_progress}

    kinds: dict[str, ColumnKind] = with_dimensions(STATUS_COLUMNS, plan)
    if beside:
        kinds |= SIDE_BY_SIDE_COLUMNS
    columns = {**series_columns(panel, plan), **compute_in_blocks(panel, assess)}
    aside = {_EXPECTED: columns.pop(_EXPECTED)}
    columns = {name: columns[name] for name in kinds}
    return Table("status", kinds, columns, plan, RULES_ALL if beside else own.name, year, aside=aside)


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
