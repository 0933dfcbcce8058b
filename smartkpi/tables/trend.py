"""One indicator year by year: what was observed, the path to the target, and the path that is required from now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from smartkpi.analysis import assessment, formulas, trajectory
from smartkpi.analysis.assessment import Assessment
from smartkpi.model import Plan, Table
from smartkpi.model.arrays import Floats
from smartkpi.model.codes import STATUS_CODES, Level
from smartkpi.model.columns import TREND_COLUMNS
from smartkpi.readers.dataset import Dataset
from smartkpi.tables import figures, tabulation

_ASIDE = ("status", "evidence", "reason")


def trend_table(loaded: Dataset, indicator: str, year: int | None = None, rule: str | None = None) -> Table:
    """Return a row for each year of an indicator's series, from its first observation to its target.

    Parameters
    ----------
    loaded
        Plan and observations.
    indicator
        Its id.
    year
        Things as they stood at the end of this year; None for the latest year in the data.
    rule
        On-track rule of the judgement that stands beside; None for the plan's own, else ``compound``.

    Returns
    -------
    Table
        Years without observation have a row too; `path` runs from the base to the target, through the milestones,
        `required` straight from the latest observation to the target, where that is not met.

    Raises
    ------
    UsageError
        If the plan has no such indicator.
    """
    plan = loaded.plan
    chosen = figures.rule_of(plan, rule)
    panel = tabulation.panel_of(loaded)
    assessed = assessment.assess(panel, plan, chosen, year)
    kept = tabulation.selection(panel, plan, Level.all, [indicator])
    kinds = figures.with_dimensions(TREND_COLUMNS, plan)
    described = {**figures.described(panel, plan), **assessed.figures}
    columns: dict[str, list[Any]] = {name: [] for name in kinds}
    aside: dict[str, list[Any]] = {name: [] for name in (*_ASIDE, "target_year")}
    for one in kept:
        rows = _rows(assessed, plan, one)
        length = len(rows["year"])
        for name, cells in (*columns.items(), *aside.items()):
            cells.extend(rows[name] if name in rows else tabulation.cells(described[name], [one]) * length)
    return Table("trend", kinds, columns, plan, chosen.name, assessed.year, aside=aside)


def _rows(assessed: Assessment, plan: Plan, one: int) -> Mapping[str, list[Any]]:
    """Return the columns of a series that differ from year to year."""
    panel, course = assessed.panel, assessed.trajectory
    latest = int(assessed.trend.latest[one])
    seen = slice(int(panel.start[one]), latest + 1) if latest >= 0 else slice(0, 0)
    target_year = int(course.target_year[one])
    observed_years = panel.year[seen].tolist()
    ends = [*observed_years, target_year, *([] if observed_years or assessed.year is None else [assessed.year])]
    years = np.arange(min(ends), max(ends) + 1)
    observed = dict(zip(observed_years, panel.value[seen].tolist(), strict=True))
    marks = dict(zip(observed_years, panel.obs_status[seen].tolist(), strict=True))
    return {
        "year": years.tolist(),
        "observed": [observed.get(each) for each in years.tolist()],
        "obs_status": [STATUS_CODES[marks[each]] if each in marks else None for each in years.tolist()],
        "path": tabulation.cells(_path(assessed, plan, one, years.astype(np.float64)), range(len(years))),
        "required": tabulation.cells(_required(assessed, one, years.astype(np.float64)), range(len(years))),
    }


def _path(assessed: Assessment, plan: Plan, one: int, years: Floats) -> Floats:
    course = assessed.trajectory
    base_year, target_year = course.base_year[one], course.target_year[one]
    if np.isnan(course.base[one]) or base_year >= target_year or np.isnan(assessed.expected_progress[one]):
        return np.full(len(years), np.nan)
    indicator = list(plan.indicators.values())[assessed.panel.indicator[one]]
    corners = trajectory.corners(indicator, base_year, course.base[one], target_year, course.target[one])
    return np.where(years <= target_year, np.interp(years, *corners, left=np.nan), np.nan)


def _required(assessed: Assessment, one: int, years: Floats) -> Floats:
    course = assessed.trajectory
    from_year, actual, to_year, target = (
        values[one : one + 1] for values in (course.year, course.actual, course.target_year, course.target)
    )
    ahead = (years >= from_year) & (years <= to_year) & (from_year < to_year)
    open_still = ~formulas.met(actual, target, course.sign[one : one + 1])
    line = formulas.on_path(np.where(ahead, years, from_year), from_year, actual, to_year, target)
    return np.where(ahead & open_still, line, np.nan)
