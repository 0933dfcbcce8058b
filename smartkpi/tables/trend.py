"""One indicator year by year: what was observed, the path to the target, and the path that is required from now."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from smartkpi.analysis import assessment, formulas, rules, trajectory
from smartkpi.analysis.assessment import Assessment
from smartkpi.analysis.targets import rows_by_value
from smartkpi.model.arrays import Categorical, Column, Floats, Ints, take
from smartkpi.model.codes import STATUS_CODES, Level
from smartkpi.model.columns import TREND_COLUMNS
from smartkpi.model.table import Table
from smartkpi.readers.dataset import Dataset
from smartkpi.tables.panel import rounded, series_columns, with_dimensions
from smartkpi.tables.selection import series_positions
from smartkpi.tables.status import figures_aside, rule_of

_ASIDE = (
    *("status", "evidence", "reason", "actual", "attainment_pct", "required_growth_pct", "target_year"),
    *("pace", "outlook", "rules_agree"),
)
"""Of the series, the same in each of its rows."""


def trend_table(dataset: Dataset, indicator: str, year: int | None = None, rule: str | None = None) -> Table:
    """Return a row for each year of an indicator's series, from its first observation to its target.

    Parameters
    ----------
    dataset
        Plan and observations.
    indicator
        Its id.
    year
        Things as they stood at the end of this year; None for the latest year in the data.
    rule
        On-track rule of the judgement that is given beside; None for the plan's own, else ``compound``.

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
    plan = dataset.plan
    own = rule_of(plan, rule)
    panel = dataset.panel.take(series_positions(dataset.panel, plan, Level.all, [indicator]))
    assessed = assessment.assess(panel, plan, own, dataset.latest_year if year is None else year)
    judgements = assessment.judgements(assessed, rules.every_rule(plan.rule))
    beside = {"rules_agree": assessment.side_by_side(assessed, judgements)["agreement"]}
    years = _years(assessed)
    of_series = {**series_columns(panel, plan), **assessed.figures, **figures_aside(assessed), **beside}
    columns = {
        **{name: take(column, years.series) for name, column in of_series.items()},
        "year": years.year.astype(np.float64),
        **_observed(assessed, years),
        **rounded({"path": _path(assessed, years), "required": _required(assessed, years)}),
    }
    kinds = with_dimensions(TREND_COLUMNS, plan)
    return Table(
        "trend",
        kinds,
        {name: columns[name] for name in kinds},
        plan,
        own.name,
        assessed.year,
        aside={name: columns[name] for name in (*_ASIDE, *figures_aside(assessed))},
    )


class _Years(NamedTuple):
    """The rows of the table: every year of every series."""

    series: Ints
    """Position of the row's series in the panel."""
    year: Ints
    observation: Ints
    """Position of the row's observation in the panel; -1 where the year has none."""


def _years(assessed: Assessment) -> _Years:
    """Return the years of series: from the first to the last of the observations seen and the target year."""
    panel, latest = assessed.panel, assessed.trend.latest
    target_year = assessed.trajectory.target_year.astype(np.int64)
    observed = latest >= 0
    without = target_year if assessed.year is None else np.full(len(panel), assessed.year)
    first_observed = np.where(observed, np.append(panel.year, 0)[panel.start], without)
    last_observed = np.where(observed, np.append(panel.year, 0)[latest], without)
    first = np.minimum(first_observed, target_year)
    number = np.maximum(last_observed, target_year) - first + 1
    offset = np.cumsum(number) - number
    series = np.repeat(np.arange(len(panel)), number)
    year = np.arange(number.sum()) - np.repeat(offset - first, number)
    # Each observation that is seen goes to the row of its series and year.
    counts = np.where(observed, latest - panel.start + 1, 0)
    begin = np.cumsum(counts) - counts
    rows = np.arange(counts.sum()) + np.repeat(panel.start - begin, counts)
    observation = np.full(len(year), -1)
    observation[np.repeat(offset - first, counts) + panel.year[rows]] = rows
    return _Years(series, year, observation)


def _observed(assessed: Assessment, years: _Years) -> dict[str, Column]:
    panel = assessed.panel
    codes = np.append(panel.obs_status, len(STATUS_CODES))[years.observation]
    return {
        "observed": np.append(panel.value, np.nan)[years.observation],
        "obs_status": Categorical(codes, (*STATUS_CODES, None)),
    }


def _path(assessed: Assessment, years: _Years) -> Floats:
    """Return the path's value in each year; NaN outside the way from the base to the target."""
    course, rows = assessed.trajectory, years.series
    base_year, target_year = course.base_year[rows], course.target_year[rows]
    ends = base_year, course.base[rows], target_year, course.target[rows]
    path = np.full(len(years.year), np.nan)
    for milestones, own in rows_by_value(assessed.goal.milestones.take(rows)):
        of_series = (column[own] for column in ends)
        path[own] = trajectory.path_value(milestones, years.year[own].astype(np.float64), *of_series)
    on_the_way = (years.year >= base_year) & (years.year <= target_year) & (base_year < target_year)
    return np.where(on_the_way & ~np.isnan(assessed.expected_progress[rows]), path, np.nan)


def _required(assessed: Assessment, years: _Years) -> Floats:
    course, rows, year = assessed.trajectory, years.series, years.year.astype(np.float64)
    from_year, actual, to_year, target = (
        values[rows] for values in (course.year, course.actual, course.target_year, course.target)
    )
    ahead = (year >= from_year) & (year <= to_year) & (from_year < to_year)
    open_still = ~course.met(actual, rows)
    line = formulas.on_path(np.where(ahead, year, from_year), from_year, actual, to_year, target)
    return np.where(ahead & open_still, line, np.nan)
