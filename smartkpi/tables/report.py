"""Everything that a report shows of a plan, gathered per indicator; what is shown later is only put into words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from heapq import nsmallest
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from smartkpi.analysis import rules, trajectory
from smartkpi.analysis.assessment import Judgement
from smartkpi.analysis.rules import Rule
from smartkpi.analysis.series import Panel
from smartkpi.model import Indicator, Observation, Pillar, Plan
from smartkpi.model.arrays import Ints
from smartkpi.model.codes import RULES_ALL, Level, RuleName, Status
from smartkpi.model.table import Row, Table
from smartkpi.readers.dataset import Dataset
from smartkpi.tables.projection import MOST_YEARS, Point, ProjectionPath, projection_paths
from smartkpi.tables.selection import series_positions
from smartkpi.tables.status import assess_by_all_rules, rule_of


class Entry(NamedTuple):
    """One series of the report."""

    indicator: Indicator
    dimensions: Sequence[str]
    """Its value of each of the plan's dimensions."""
    figures: Mapping[str, Any]
    """The row of the `status` table."""
    observations: Sequence[Observation]
    """Those seen, in order of years."""
    statuses: Mapping[RuleName, Status]
    """What each rule says."""
    published: Mapping[RuleName, str]
    """The class that the publication of each rule gives, in its words; only where the indicator has no other series."""
    agreement: bool | None
    """Whether all rules that can judge agree on the on-track flag; None if fewer than two can."""
    ahead: ProjectionPath = ProjectionPath()
    """Looked at only where the indicator has no other series."""

    @property
    def status(self) -> Status:
        """The status by the report's rule."""
        return Status(self.figures["status"])

    @property
    def path(self) -> Sequence[Point]:
        """Return the path from the base to the target, through the milestones; empty where there is none to go."""
        row = self.figures
        if row["progress_pct"] is None or row["base_year"] >= row["target_year"]:
            return ()
        ends = (row["base_year"], row["base"], row["target_year"], row["target"])
        years, values = trajectory.corners(row["milestones"], *ends)
        return [Point(int(year), value) for year, value in zip(years.tolist(), values.tolist(), strict=True)]

    @property
    def required(self) -> Sequence[Point]:
        """Return the straight way from the latest observation to the target; empty where there is none to go."""
        row = self.figures
        if not row["required_change"] or row["year"] >= row["target_year"]:
            return ()
        return [Point(row["year"], row["actual"]), Point(row["target_year"], row["target"])]

    def steps(self) -> list[Step]:
        """Return everything that is drawn, year by year: each year observed, and each one up to the target year."""
        ahead = self.ahead
        lines = [self.path, self.required, ahead.central, *(each.points for each in ahead.scenarios)]
        by_year = {each.year: each for each in self.observations}
        given = {int(point.year) for line in lines for point in line} | {self.figures["target_year"]}
        if by_year:
            given |= set(range(max(by_year) + 1, min(max(by_year) + 1 + MOST_YEARS, self.figures["target_year"])))
        return [
            Step(
                year,
                by_year.get(year),
                on_line(self.path, year),
                on_line(self.required, year),
                on_line(ahead.central, year),
                next(((low, high) for each, low, high in ahead.band if each == year), None),
                [on_line(each.points, year) for each in ahead.scenarios],
            )
            for year in sorted({*by_year, *given})
        ]


class Step(NamedTuple):
    """One year of what is drawn; None where a line has no value in it."""

    year: int
    observation: Observation | None
    path: float | None
    need: float | None
    central: float | None
    interval: tuple[float, float] | None
    scenarios: Sequence[float | None]


def on_line(points: Sequence[Point], year: float) -> float | None:
    """Return the value of a line in a year, straight between its points; None where it does not reach.

    Examples
    --------
    >>> on_line([Point(2020, 10.0), Point(2025, 20.0)], 2023), on_line([], 2023)
    (16.0, None)
    """
    for start, stop in pairwise(points):
        if start.year <= year <= stop.year:
            if year == stop.year:
                return stop.value
            share = (year - start.year) / (stop.year - start.year)
            # In two parts: the difference of two doubles may be more than a double holds.
            return start.value * (1 - share) + stop.value * share
    return None


class Report(NamedTuple):
    """A plan's report: the entries of each pillar, in the plan's order."""

    table: Table
    rule: Rule
    sections: Sequence[tuple[Pillar, Sequence[Entry]]]
    all_rules: bool
    """Whether every rule was asked for, not only where they disagree."""

    @property
    def plan(self) -> Plan:
        """The plan reported on."""
        return self.table.plan

    @property
    def entries(self) -> Sequence[Entry]:
        """All entries, pillar by pillar."""
        return [entry for _, entries in self.sections for entry in entries]

    @property
    def counts(self) -> Mapping[Status, int]:
        """How many series have each status."""
        return Counter(entry.status for entry in self.entries)


def by_indicator(entries: Iterable[Entry]) -> list[list[Entry]]:
    """Return the entries of each indicator, in their order."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.indicator.id, []).append(entry)
    return list(groups.values())


def worst(entries: Sequence[Entry], most: int) -> list[Entry]:
    """Return so many entries at most, in their order: where there are more, those that fare worst.

    Those of the lowest pace come first, then those without a pace, last those that have achieved their target.
    """

    def fares(place: int) -> tuple[bool, bool, float]:
        pace = entries[place].figures["pace"]
        return entries[place].status == Status.achieved, pace is None, pace or 0.0

    return [entries[place] for place in sorted(nsmallest(most, range(len(entries)), key=fares))]


def report(
    dataset: Dataset,
    year: int | None = None,
    rule: str | None = None,
    level: str = Level.headline,
    indicators: Sequence[str] = (),
) -> Report:
    """Gather a report.

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
    plan = dataset.plan
    panel = dataset.panel
    positions = series_positions(panel, plan, level, indicators)
    whole, judgements = assess_by_all_rules(panel, plan, year, rule)
    table = whole.take(positions)
    observations = _observations(dataset, panel, table.year, positions)
    alone = _alone(panel, positions)
    paths = _projection_paths(panel, plan, table.year, positions, alone)
    single = frozenset(alone)
    verdicts = [_verdicts(judgements, each, each in single) for each in positions.tolist()]
    entries = [_entry(plan, *each) for each in zip(table.rows(), verdicts, observations, paths, strict=True)]
    sections = [
        (pillar, own)
        for pillar in plan.pillars.values()
        if (own := [each for each in entries if each.indicator.pillar == pillar.id])
    ]
    return Report(table, rule_of(plan, rule), sections, rule == RULES_ALL)


class _Verdicts(NamedTuple):
    """What each rule says of a series, in our words and in those of its publication."""

    statuses: Mapping[RuleName, Status]
    published: Mapping[RuleName, str]


def _verdicts(judgements: Sequence[Judgement], each: int, alone: bool) -> _Verdicts:
    order = list(Status)
    statuses = {one.rule.name: order[one.status[each]] for one in judgements}
    published = {
        one.rule.name: rules.published_class(
            one.rule, statuses[one.rule.name], float(one.pace[each]), one.trajectory, each
        )
        for one in judgements
        if alone
    }
    return _Verdicts(statuses, {name: text for name, text in published.items() if text})


def _alone(panel: Panel, positions: Ints) -> Sequence[int]:
    """Return the series that are their indicator's only ones; the others are too many to say all of them."""
    indicators = panel.indicator[positions]
    return list(positions[np.bincount(indicators, minlength=1)[indicators] == 1].tolist())


def _projection_paths(
    panel: Panel, plan: Plan, year: int | None, positions: Ints, alone: Sequence[int]
) -> list[ProjectionPath]:
    """Return the way ahead of some series."""
    found = projection_paths(panel, plan, year, np.array(alone)) if alone else []
    paths = dict(zip(alone, found, strict=True))
    return [paths.get(each, ProjectionPath()) for each in positions.tolist()]


def _entry(
    plan: Plan,
    row: Row,
    verdicts: _Verdicts,
    observations: Sequence[Observation],
    ahead: ProjectionPath,
) -> Entry:
    return Entry(
        indicator=plan.indicators[row["indicator"]],
        dimensions=[row[name] or "" for name in plan.dimensions],
        figures=row,
        observations=observations,
        statuses=verdicts.statuses,
        published=verdicts.published,
        agreement=row["rules_agree"],
        ahead=ahead,
    )


def _observations(dataset: Dataset, panel: Panel, year: int | None, positions: Ints) -> list[list[Observation]]:
    """Return of each series the observations up to a year, in order of years."""
    return [
        [
            dataset.observations.row(row)._replace(value=value)
            for row, of_year, value in zip(
                panel.row[rows].tolist(), panel.year[rows].tolist(), panel.value[rows].tolist(), strict=True
            )
            if year is None or of_year <= year
        ]
        for rows in (slice(panel.start[each], panel.stop[each]) for each in positions)
    ]
