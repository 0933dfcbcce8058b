"""Attainment, growth, pace and status of every series: the table of `status`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from smartkpi.analysis import assessment, rules
from smartkpi.analysis.assessment import Assessment, Judgement
from smartkpi.analysis.series import Panel
from smartkpi.model import Plan
from smartkpi.model.arrays import Column, Floats
from smartkpi.model.codes import RULES_ALL, Level
from smartkpi.model.columns import SIDE_BY_SIDE_COLUMNS, STATUS_COLUMNS, ColumnKind
from smartkpi.model.table import Table
from smartkpi.readers.dataset import Dataset
from smartkpi.tables.panel import compute_in_blocks, rounded, series_columns, with_dimensions
from smartkpi.tables.selection import series_positions

ACTUAL_ROW = "actual_row"
"""Name of the place of the latest observation among all that were read, beside the columns."""
RULES_AGREE = "rules_agree"
"""Name of whether all rules say the same of a series, beside the columns."""
ON_TRACK_AGREE = "on_track_rules_agree"
"""Name of the same for series on track, None for others; it takes less time, and is enough to count them."""
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
        Which figures are wanted beside the table, of `BESIDE` or `ON_TRACK_AGREE`; each takes time.
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
    """Return the assessment of every series of a panel, in its order, with the figures beside that are wanted."""
    own = rule_of(plan, rule)
    year = assessment.latest_year(panel) if year is None else year
    every = rules.every_rule(plan.rule) if rule == RULES_ALL or RULES_AGREE in beside else []

    def assess(block: Panel) -> Mapping[str, Column]:
        assessed = assessment.assess(block, plan, own, year, oldest)
        columns = _columns(assessed, assessment.judgements(assessed, every), rule, beside)
        if ON_TRACK_AGREE in beside:
            columns[ON_TRACK_AGREE] = assessment.agreement_on_track(assessed, rules.every_rule(plan.rule))
        return columns

    return _table(compute_in_blocks(panel, assess), panel, plan, rule, year, beside)


def assess_by_all_rules(
    panel: Panel, plan: Plan, year: int | None = None, rule: str | None = None
) -> tuple[Table, Sequence[Judgement]]:
    """Return what `assess_panel` gives with all figures, and what each rule says; for small plans."""
    year = assessment.latest_year(panel) if year is None else year
    assessed = assessment.assess(panel, plan, rule_of(plan, rule), year)
    judgements = assessment.judgements(assessed, rules.every_rule(plan.rule))
    columns = rounded(_columns(assessed, judgements, rule, BESIDE))
    return _table(columns, panel, plan, rule, year, BESIDE), judgements


def _columns(
    assessed: Assessment, judgements: Sequence[Judgement], rule: str | None, beside: Collection[str]
) -> dict[str, Column]:
    compared = assessment.side_by_side(assessed, judgements) if judgements else {}
    wanted = [name for name in BESIDE if name in beside]
    aside = {**figures_aside(assessed), ACTUAL_ROW: _actual_row(assessed)} if wanted else {}
    if RULES_AGREE in beside:
        aside[RULES_AGREE] = compared["agreement"]
    shown = compared if rule == RULES_ALL else {}
    return {**assessed.figures, **shown, **{name: aside[name] for name in wanted}}


def _table(
    found: Mapping[str, Column], panel: Panel, plan: Plan, rule: str | None, year: int | None, beside: Collection[str]
) -> Table:
    kinds: dict[str, ColumnKind] = with_dimensions(STATUS_COLUMNS, plan)
    if rule == RULES_ALL:
        kinds |= SIDE_BY_SIDE_COLUMNS
    found = {**series_columns(panel, plan), **found}
    columns, aside = {name: found[name] for name in kinds}, {name: found[name] for name in beside}
    name = RULES_ALL if rule == RULES_ALL else rule_of(plan, rule).name
    return Table("status", kinds, columns, plan, name, year, aside=aside)


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
