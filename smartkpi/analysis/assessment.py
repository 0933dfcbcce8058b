"""Plan x observations -> one row of figures per series, each empty one with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from smartkpi.analysis import progress, reasons, rules
from smartkpi.analysis.marks import marks_of
from smartkpi.analysis.rules import Rule, Trajectory
from smartkpi.analysis.series import Panel, Trend, targets, trend
from smartkpi.analysis.trajectory import course_of
from smartkpi.model import Plan
from smartkpi.model.arrays import Categorical, Column, Floats, Ints
from smartkpi.model.codes import OBS_STATUS, ON_TRACK, RuleName, Status

_STATUSES = tuple(Status)
_CODE = {status: np.int64(code) for code, status in enumerate(Status)}
_FLAGS = tuple(ON_TRACK[status] for status in Status)


class Assessment(NamedTuple):
    """Figures of a panel, one entry per series."""

    panel: Panel
    trend: Trend
    course: Trajectory
    figures: Mapping[str, Column]
    """The columns of the status table that are computed, by name."""
    year: int | None

    @property
    def expected_progress(self) -> Floats:
        """Percent of the way from base to target that the path has covered in the latest observation's year."""
        course = self.course
        return progress.progress(course.base, course.expected, course.target, course.sign)


def assess(panel: Panel, plan: Plan, rule: Rule, year: int | None = None) -> Assessment:
    """Assess each series as things stood at the end of a year.

    Parameters
    ----------
    panel
        Series with their observations.
    plan
        Their targets.
    rule
        The on-track rule that gives pace and status.
    year
        Only observations up to this year are seen; None for the latest year in the data.
    """
    year = latest_year(panel) if year is None else year
    seen = trend(panel, targets(panel, plan).base_year, year)
    course = course_of(panel, plan, seen)
    figures = _figures(course)
    figures["pace"] = pace_of(course, rule)
    status = status_of(course, figures["pace"], rule)
    marks = marks_of(panel, seen, course, figures, rule, year)
    columns: dict[str, Column] = {
        **figures,
        # An assumed value has no code either.
        "obs_status": Categorical(np.append(panel.obs_status, -1)[seen.latest], (*OBS_STATUS, None, None)),
        "on_track": Categorical(status, _FLAGS),
        "status": Categorical(status, _STATUSES),
        "evidence": Categorical(_evidence(panel, seen), ("normal", "low", None)),
        "reason": reasons.joined(marks),
    }
    return Assessment(panel, seen, course, columns, year)


def latest_year(panel: Panel) -> int | None:
    """Return the latest year with an observation, None without any."""
    return int(panel.year.max()) if len(panel.year) else None


def _figures(course: Trajectory) -> dict[str, Floats]:
    left = course.years_left
    with np.errstate(over="ignore"):
        gap = progress.finite(course.target - course.actual)
    return {
        "base_year": course.base_year,
        "base": course.base,
        "year": course.year,
        "actual": course.actual,
        "target_year": course.target_year,
        "target": course.target,
        "gap": gap,
        "attainment_pct": progress.attainment(course.actual, course.target, course.sign),
        "progress_pct": progress.progress(course.base, course.actual, course.target, course.sign),
        "observed_growth_pct": progress.growth(course.base, course.actual, course.years),
        "observed_change": progress.change(course.base, course.actual, course.years),
        "required_growth_pct": progress.required_growth(course.actual, course.target, left, course.sign),
        "required_change": progress.required_change(course.actual, course.target, left, course.sign),
    }


def pace_of(course: Trajectory, rule: Rule) -> Floats:
    """Return the rule's pace; empty where the base is the target, for rules that start from the base."""
    pace = rule.pace(course)
    if rule.name is RuleName.germany:
        return pace
    ahead = course.years_in_all > 0
    return np.where(ahead & ~progress.same(course.base, course.target), pace, np.nan)


def status_of(course: Trajectory, pace: Floats, rule: Rule) -> Ints:
    """Return the status of each series as its position in `Status`, decided from the top down."""
    decided = np.select(
        [
            np.isnan(course.actual),
            progress.met(course.actual, course.target, course.sign),
            course.year >= course.target_year,
            np.isnan(pace),
        ],
        [_CODE[Status.undetermined], _CODE[Status.achieved], _CODE[Status.missed], _CODE[Status.undetermined]],
        rules.judged(pace, rule),
    )
    return np.asarray(decided)


def _evidence(panel: Panel, seen: Trend) -> Ints:
    firm = np.append(panel.firm, True)
    low = (seen.n == 2) | ~firm[seen.latest] | ~firm[seen.base]
    return np.select([seen.latest < 0, low], [np.int64(2), np.int64(1)], np.int64(0))


def side_by_side(assessment: Assessment, chosen: Sequence[Rule]) -> dict[str, Column]:
    """Return the status that each rule gives, and whether all that judge agree on the on-track flag."""
    course = assessment.course
    statuses = {rule.name: status_of(course, pace_of(course, rule), rule) for rule in chosen}
    flags = np.array([np.nan if flag is None else float(flag) for flag in _FLAGS])
    votes = np.stack([flags[codes] for codes in statuses.values()])
    judging = (~np.isnan(votes)).sum(axis=0)
    yes = (votes == 1).sum(axis=0)
    agree = np.where(judging < 2, 2, ((yes == 0) | (yes == judging)).astype(np.int64))
    columns: dict[str, Column] = {f"status_{name}": Categorical(codes, _STATUSES) for name, codes in statuses.items()}
    return {**columns, "agreement": Categorical(agree, (False, True, None))}
