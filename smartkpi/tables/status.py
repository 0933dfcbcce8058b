"""Attainment, growth, pace and status of every series: the table of `status`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from smartkpi.analysis import assessment, rules
from smartkpi.analysis.assessment import Assessment
from smartkpi.analysis.series import Panel
from smartkpi.model import Plan
from smartkpi.model.arrays import Column, Floats
from smartkpi.model.codes import RULES_ALL, Level, RuleName
from smartkpi.model.columns import SIDE_BY_SIDE_COLUMNS, STATUS_COLUMNS, ColumnKind
from smartkpi.model.table import Table
from smartkpi.readers.dataset import Dataset
from smartkpi.tables.panel import compute_in_blocks, series_columns, with_dimensions
from smartkpi.tables.selection import series_positions

ACTUAL_ROW = "actual_row"
"""Name of the place of the latest observation among all that were read, beside the columns."""
RULES_AGREE = "rules_agree"
"""Name of whether all rules say the same of a series, beside the columns."""
BESIDE = (
    "expected_progress_pct",
    "landing",
    "landing_low",
    "landing_high",
    "landing_at_change",
    "kept",
    "milestones",
    ACTUAL_ROW,
    RULES_AGREE,
)
"""Figures beside the table, for pictures, sentences and summary lines."""


def status_table(
    dataset: Dataset,
    year: int | None = None,
    rule: str | None = None,
    level: str = Level.headline,
    indicators: Sequence[str] = (),
    oldest: int | None = None,
    beside: Collection[str] = BESIDE,
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
    oldest
        Observations of earlier years are stale; None for none.
    beside
        Which figures are wanted beside the table; each takes time.
    """
    panel = dataset.panel
    table = assess_panel(panel, dataset.plan, dataset.latest_year if year is None else year, rule, oldest, beside)
    positions = series_positions(panel, dataset.plan, level, indicators)
    return table if len(positions) == len(table) else table.take(positions)


def assess_panel(
    panel: Panel,
    plan: Plan,
    year: int | None = None,
    rule: str | None = None,
    oldest: int | None = None,
    beside: Collection[str] = (),
) -> Table:
    """Return the assessment of every series of a panel, in its order, with some of the figures in `BESIDE`."""
    own = rule_of(plan, rule)
    year = assessment.latest_year(panel) if year is None else year
    side_by_side = rule == RULES_ALL
    every = [rules.rule_for(name, plan.rule) for name in RuleName if side_by_side or RULES_AGREE in beside]

    def assess(block: Panel) -> Mapping[str, Column]:
        assessed = assessment.assess(block, plan, own, year, oldest)
        compared = assessment.side_by_side(assessed, every) if every else {}
        figures = {**assessed.figures, **(compared if side_by_side else {})}
        aside = {**(figures_aside(assessed) if beside else {}), ACTUAL_ROW: _actual_row(assessed)}
        aside |= {RULES_AGREE: compared["agreement"]} if every else {}
        return {**figures, **{name: column for name, column in aside.items() if name in beside}}

    kinds: dict[str, ColumnKind] = with_dimensions(STATUS_COLUMNS, plan)
    if side_by_side:
        kinds |= SIDE_BY_SIDE_COLUMNS
    found = {**series_columns(panel, plan), **compute_in_blocks(panel, assess)}
    columns, aside = {name: found[name] for name in kinds}, {name: found[name] for name in beside}
    return Table("status", kinds, columns, plan, RULES_ALL if side_by_side else own.name, year, aside=aside)


def figures_aside(assessed: Assessment) -> dict[str, Column]:
    """Return what the sentence on a row says of its target year, and what its bar shows."""
    arrival = assessed.arrival
    return {
        "expected_progress_pct": assessed.expected_progress,
        "landing": arrival.projected,
        "landing_low": arrival.low,
        "landing_high": arrival.high,
        "landing_at_change": arrival.at_change,
        "kept": assessed.kept,
        "milestones": assessed.situation.goal.milestones,
    }


def _actual_row(assessed: Assessment) -> Floats:
    """Return where the latest observation is among all that were read, NaN where there is none."""
    panel, latest = assessed.situation.panel, assessed.situation.trend.latest
    return np.where(latest >= 0, np.append(panel.row, -1)[latest], np.nan)


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
