"""Where every series lands: the table of `project`, and the figures of the years until then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np

from smartkpi.analysis import assessment, projection, rules
from smartkpi.analysis.series import Panel
from smartkpi.model import Plan
from smartkpi.model.arrays import Column, Ints, take
from smartkpi.model.codes import Level
from smartkpi.model.columns import PROJECT_COLUMNS
from smartkpi.model.table import Table, cells_of
from smartkpi.readers.dataset import Dataset
from smartkpi.tables.panel import compute_in_blocks, rounded, series_columns, with_dimensions
from smartkpi.tables.selection import series_positions
from smartkpi.tables.status import figures_aside, rule_of

_OF_STATUS = ("outlook", "status", "pace", "evidence", "obs_status")
_ASIDE = (
    *("landing", "landing_low", "landing_high", "landing_at_change", "kept", "change_reached_in"),
    *("status", "pace", "evidence", "obs_status"),
)
"""Figures beside the table, for sentences and marks."""
_SCENARIOS = ("held", "at_observed_change", "at_observed_growth")
_DRAWN = (*_SCENARIOS, "projected", "low", "high")
MOST_YEARS = 12
"""Years between now and the target year for which the way there is computed."""


def project_table(
    dataset: Dataset,
    year: int | None = None,
    as_of: int | None = None,
    interval: float = 80.0,
    level: str = Level.headline,
    indicators: Sequence[str] = (),
    *,
    compare: bool = False,
) -> Table:
    """Project a plan.

    Parameters
    ----------
    dataset
        Plan and observations.
    year
        To project to; None for each target year.
    as_of
        Only observations up to this year are seen; None for all.
    interval
        Probability of the interval, in percent.
    level, indicators
        Which indicators: those named, else those of the level.
    compare
        Whether to ask all rules if they agree, which only marks tell.
    """
    panel = dataset.panel
    table = project_panel(panel, dataset.plan, year, as_of, interval, dataset.latest_year, compare=compare)
    return table.take(series_positions(panel, dataset.plan, level, indicators))


def project_panel(
    panel: Panel,
    plan: Plan,
    year: int | None = None,
    as_of: int | None = None,
    interval: float = 80.0,
    latest_year: int | None = None,
    *,
    compare: bool = False,
) -> Table:
    """Return the projection of every series of a panel, in its order; `latest_year` is that of all data."""
    rule, every = rule_of(plan, None), rules.every_rule(plan.rule)
    # A target may depend on the year of assessment, which is that of all series and not of a block.
    latest = as_of if as_of is not None else latest_year or assessment.latest_year(panel)

    def project(block: Panel) -> Mapping[str, Column]:
        assessed = assessment.assess(block, plan, rule, latest)
        beside = {name: assessed.figures[name] for name in _OF_STATUS}
        if compare:
            judgements = assessment.judgements(assessed, every)
            beside["rules_agree"] = assessment.side_by_side(assessed, judgements)["agreement"]
        return {**figures_aside(assessed), **beside, **projection.project(block, plan, year, latest, interval)}

    kinds = with_dimensions(PROJECT_COLUMNS, plan)
    found = {**series_columns(panel, plan), **compute_in_blocks(panel, project)}
    names = (*_ASIDE, "rules_agree") if compare else _ASIDE
    columns, aside = ({name: found[name] for name in each} for each in (kinds, names))
    aside["assessed_in"] = np.full(len(panel), np.nan if latest is None else float(latest))
    settings = {"as_of": as_of, "interval": interval}
    return Table("project", kinds, columns, plan, year=year, settings=settings, aside=aside)


class Point(NamedTuple):
    """A value in a year."""

    year: int
    value: float


class Scenario(NamedTuple):
    """Where a series goes if one simple thing stays as it was."""

    name: str
    """``held``, ``at_observed_change`` or ``at_observed_growth``."""
    points: Sequence[Point]


class ProjectionPath(NamedTuple):
    """What lies ahead of the latest observation, up to the target year."""

    figures: Mapping[str, Any] = MappingProxyType({})
    """The computed columns of the `project` table."""
    central: Sequence[Point] = ()
    band: Sequence[tuple[int, float, float]] = ()
    """Year, low and high of the interval."""
    scenarios: Sequence[Scenario] = ()
    """Only where there is no central figure."""


def projection_paths(panel: Panel, plan: Plan, year: int | None, positions: Ints) -> list[ProjectionPath]:
    """Project series to each year up to their target years.

    Parameters
    ----------
    panel, plan
        Series with their observations and targets.
    year
        Only observations up to this year are seen; None for all.
    positions
        Of the series.
    """
    final = _rows(_project(panel, plan, None, year), [*PROJECT_COLUMNS, "change_reached_in"], positions)
    return [
        _projection_path(row, figures)
        for row, figures in zip(final, _yearly_figures(panel, plan, year, positions, final), strict=True)
    ]


def _rows(columns: Mapping[str, Any], names: Iterable[str], positions: Ints) -> list[dict[str, Any]]:
    """Return of each series its computed cells."""
    cells = {name: _cells(columns[name], name, positions) for name in names if name in columns}
    return [dict(zip(cells, row, strict=True)) for row in zip(*cells.values(), strict=True)]


def _cells(column: Column, name: str, positions: Ints) -> list[Any]:
    return cells_of(take(column, positions), PROJECT_COLUMNS.get(name, "year"))


def _yearly_figures(
    panel: Panel, plan: Plan, year: int | None, positions: Ints, final: Sequence[Mapping[str, Any]]
) -> list[dict[int, Mapping[str, Any]]]:
    """Return of each series its figures in the years from the latest observation to the target year."""
    ways: list[dict[int, Mapping[str, Any]]] = [{} for _ in final]
    starts = [int(row["year"]) + 1 for row in final if row["year"] is not None]
    stops = [int(row["target_year"]) for row in final]
    for each in range(min(starts, default=0), min(max(stops, default=0), min(starts, default=0) + 4 * MOST_YEARS)):
        rows = _rows(_project(panel, plan, each, year), _DRAWN, positions)
        for way, row, last in zip(ways, rows, final, strict=True):
            if last["year"] is not None and last["year"] < each < last["target_year"] and len(way) < MOST_YEARS:
                way[each] = row
    for way, last in zip(ways, final, strict=True):
        way[int(last["target_year"])] = last
    return ways


def _projection_path(row: Mapping[str, Any], years: Mapping[int, Mapping[str, Any]]) -> ProjectionPath:
    """Return what lies ahead of one series."""
    if row["held"] is None:
        return ProjectionPath(row)
    start = Point(int(row["year"]), row["actual"])

    def line(name: str) -> list[Point]:
        return [start, *(Point(year, each[name]) for year, each in years.items() if each[name] is not None)]

    if row["projected"] is None:
        scenarios = [Scenario(name, line(name)) for name in _SCENARIOS if row[name] is not None]
        return ProjectionPath(row, scenarios=scenarios)
    ends = [(year, each["low"], each["high"]) for year, each in years.items() if each["low"] is not None]
    band = [(start.year, start.value, start.value), *ends] if row["low"] is not None else []
    return ProjectionPath(row, line("projected"), band)


def _project(panel: Panel, plan: Plan, year: int | None, as_of: int | None) -> Mapping[str, Column]:
    return rounded(projection.project(panel, plan, year, as_of))
