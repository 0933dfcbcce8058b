"""What lies ahead of each series, year by year up to its target year: the projection, or the scenarios."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from smartkpi.analysis import projection
from smartkpi.analysis.series import Panel
from smartkpi.model import Plan
from smartkpi.model.columns import PROJECT_COLUMNS
from smartkpi.tables import tabulation

_SCENARIOS = ("held", "at_observed_change", "at_observed_growth")
_DRAWN = (*_SCENARIOS, "projected", "low", "high")
MOST_YEARS = 12
"""Years between now and the target year for which the way there is computed."""


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


def look_ahead(panel: Panel, plan: Plan, year: int | None, kept: Sequence[int]) -> list[ProjectionPath]:
    """Project series to each year up to their target years.

    Parameters
    ----------
    panel, plan
        Series with their observations and targets.
    year
        Only observations up to this year are seen; None for all.
    kept
        Positions of the series.
    """
    final = _rows(projection.project(panel, plan, None, year), PROJECT_COLUMNS, kept)
    ways = _ways(panel, plan, year, kept, final)
    return [_ahead(row, way) for row, way in zip(final, ways, strict=True)]


def _rows(columns: Mapping[str, Any], names: Iterable[str], kept: Sequence[int]) -> list[dict[str, Any]]:
    """Return of each series its computed cells."""
    found = {name: tabulation.cells(columns[name], kept) for name in names if name in columns}
    return [dict(zip(found, cells, strict=True)) for cells in zip(*found.values(), strict=True)]


def _ways(
    panel: Panel, plan: Plan, year: int | None, kept: Sequence[int], final: Sequence[Mapping[str, Any]]
) -> list[dict[int, Mapping[str, Any]]]:
    """Return of each series its figures in the years from the latest observation to the target year."""
    ways: list[dict[int, Mapping[str, Any]]] = [{} for _ in final]
    starts = [int(row["year"]) + 1 for row in final if row["year"] is not None]
    stops = [int(row["target_year"]) for row in final]
    for each in range(min(starts, default=0), min(max(stops, default=0), min(starts, default=0) + 4 * MOST_YEARS)):
        rows = _rows(projection.project(panel, plan, each, year), _DRAWN, kept)
        for way, row, last in zip(ways, rows, final, strict=True):
            if last["year"] is not None and last["year"] < each < last["target_year"] and len(way) < MOST_YEARS:
                way[each] = row
    for way, last in zip(ways, final, strict=True):
        way[int(last["target_year"])] = last
    return ways


def _ahead(row: Mapping[str, Any], way: Mapping[int, Mapping[str, Any]]) -> ProjectionPath:
    """Return what lies ahead of one series."""
    if row["held"] is None:
        return ProjectionPath(row)
    start = Point(int(row["year"]), row["actual"])

    def line(name: str) -> list[Point]:
        return [start, *(Point(year, each[name]) for year, each in way.items() if each[name] is not None)]

    if row["projected"] is None:
        scenarios = [Scenario(name, line(name)) for name in _SCENARIOS if row[name] is not None]
        return ProjectionPath(row, scenarios=scenarios)
    ends = [(year, each["low"], each["high"]) for year, each in way.items() if each["low"] is not None]
    band = [(start.year, start.value, start.value), *ends] if row["low"] is not None else []
    return ProjectionPath(row, line("projected"), band)
