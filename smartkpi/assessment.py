"""Plan x observations -> one row of figures per series, each empty one with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from smartkpi import progress, reasons, rules
from smartkpi.codes import ON_TRACK, RuleName, Status
from smartkpi.columnar import STATUS_CODES, Coded, Column, Ints
from smartkpi.model import Indicator, Plan
from smartkpi.progress import Flags, Floats
from smartkpi.rules import Course, Rule
from smartkpi.series import Panel, Trend, series_of, take, targets, trend

_STATUSES = tuple(Status)
_CODE = {status: np.int64(code) for code, status in enumerate(Status)}
_FLAGS = tuple(ON_TRACK[status] for status in Status)
_MOST_RECENT = 5
_LEAST_RECENT = 3


@dataclass(frozen=True)
class Assessment:
    """Figures of a panel, one entry per series."""

    panel: Panel
    trend: Trend
    course: Course
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
    marks = _marks(panel, seen, course, figures, rule, year)
    columns: dict[str, Column] = {
        **figures,
        "obs_status": Coded(np.append(panel.obs_status, -1)[seen.latest], (*STATUS_CODES, None)),
        "on_track": Coded(status, _FLAGS),
        "status": Coded(status, _STATUSES),
        "evidence": Coded(_evidence(panel, seen), ("normal", "low", None)),
        "reason": reasons.joined(marks),
    }
    return Assessment(panel, seen, course, columns, year)


def latest_year(panel: Panel) -> int | None:
    """Return the latest year with an observation, None without any."""
    return int(panel.year.max()) if len(panel.year) else None


def course_of(panel: Panel, plan: Plan, seen: Trend) -> Course:
    """Return where each series comes from, stands and is to go."""
    goal = targets(panel, plan)
    base_year, base = take(panel.year, seen.base), take(panel.value, seen.base)
    year = take(panel.year, seen.latest)
    return Course(
        base_year=base_year,
        base=base,
        year=year,
        actual=take(panel.value, seen.latest),
        target_year=goal.target_year,
        target=goal.target,
        sign=goal.sign,
        expected=expected_value(panel, plan, base_year, base, year, goal.target_year, goal.target),
        recent_change=_recent_change(panel, seen),
    )


def expected_value(
    panel: Panel,
    plan: Plan,
    base_year: Floats,
    base: Floats,
    year: Floats,
    target_year: Floats,
    target: Floats,
) -> Floats:
    """Return the value that the path from base to target, through the milestones, has in `year`."""
    start_year, start, end_year, end = base_year.copy(), base.copy(), target_year.copy(), target.copy()
    for position, indicator in enumerate(plan.indicators.values()):
        of = series_of(panel, position)
        for step, value in indicator.milestones.items():
            passed = (base_year[of] < step) & (step <= year[of]) & (step < target_year[of])
            start_year[of][passed], start[of][passed] = step, value
        for step, value in reversed(list(indicator.milestones.items())):
            ahead = (base_year[of] < step) & (step > year[of]) & (step < target_year[of])
            end_year[of][ahead], end[of][ahead] = step, value
    return progress.on_path(year, start_year, start, end_year, end)


def corners(
    indicator: Indicator, base_year: float, base: float, target_year: float, target: float
) -> tuple[Floats, Floats]:
    """Return years and values of the corners of the path: base, milestones between, target."""
    steps = {year: value for year, value in indicator.milestones.items() if base_year < year < target_year}
    return np.array([base_year, *steps, target_year]), np.array([base, *steps.values(), target])


def _recent_change(panel: Panel, seen: Trend) -> Floats:
    """Mean of the last annual changes, over consecutive years of the unbroken run."""
    run = np.zeros(len(panel), dtype=np.int64)
    years, values = np.append(panel.year, 0), np.append(panel.value, np.nan)
    for back in range(1, _MOST_RECENT + 1):
        position = np.maximum(seen.latest - back, -1)
        follows = (run == back - 1) & (seen.latest >= 0) & (position >= seen.unbroken)
        follows &= years[position] == years[seen.latest] - back
        run[follows] = back
    enough = run >= _LEAST_RECENT
    change = progress.change(values[seen.latest - run], values[seen.latest], run.astype(np.float64))
    return np.where(enough, change, np.nan)


def _figures(course: Course) -> dict[str, Floats]:
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


def pace_of(course: Course, rule: Rule) -> Floats:
    """Return the rule's pace; empty where the base is the target, for rules that start from the base."""
    pace = rule.pace(course)
    if rule.name is RuleName.germany:
        return pace
    ahead = course.years_in_all > 0
    return np.where(ahead & ~progress.same(course.base, course.target), pace, np.nan)


def status_of(course: Course, pace: Floats, rule: Rule) -> Ints:
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


def _marks(
    panel: Panel, seen: Trend, course: Course, figures: Mapping[str, Floats], rule: Rule, year: int | None
) -> Mapping[str, Flags]:
    """Where each reason holds, in the words of the contract."""
    observed, with_base = seen.latest >= 0, seen.base >= 0
    is_met = progress.met(course.actual, course.target, course.sign)
    base_met = progress.met(course.base, course.target, course.sign)
    at_target = progress.same(course.base, course.target)
    compound = rule.name in (RuleName.eurostat, RuleName.unsd)
    zero, crossing = _undefined(course, figures, rule, observed, with_base, is_met)
    return {
        "no_observation": ~observed,
        "one_observation": observed & (seen.latest == seen.start),
        "no_base_observation": observed & seen.base_missing,
        "too_few_points": observed & np.isnan(course.recent_change) & (rule.name is RuleName.germany),
        "base_equals_target": with_base & at_target,
        "base_meets_target": with_base & base_met & ~at_target,
        "zero_denominator": zero,
        "sign_change": crossing,
        "linear_pace": with_base & compound & rules.uses_linear_pace(course) & ~np.isnan(figures["pace"]),
        "target_year_passed": observed & (course.year < course.target_year) & ((year or 0) >= course.target_year),
        "met_then_lost": observed & ~is_met & _met_before(panel, seen, course),
        "not_ahead": observed & ~is_met & (course.years_left <= 0) | with_base & (course.years_in_all <= 0),
        "assumed": reasons.assumed(panel, seen),
    }


def _undefined(
    course: Course,
    figures: Mapping[str, Floats],
    rule: Rule,
    observed: Flags,
    with_base: Flags,
    is_met: Flags,
) -> tuple[Flags, Flags]:
    """Where a figure is empty because something is zero, and where because the signs do not fit."""
    base, actual, target = course.base, course.actual, course.target
    below = np.where(course.sign > 0, target, actual)
    no_share = observed & np.isnan(figures["attainment_pct"])
    negative = no_share & ((actual < 0) | (target < 0))
    no_observed = with_base & np.isnan(figures["observed_growth_pct"])
    crossing_observed = no_observed & (base != 0) & ~progress.compound_defined(base, actual)
    no_required = observed & ~is_met & (course.years_left > 0) & np.isnan(figures["required_growth_pct"])
    crossing_required = no_required & (actual != 0) & ~progress.compound_defined(actual, target)
    crossing = negative | crossing_observed | crossing_required
    # What is left is a division by zero, or by something too small for a double to hold the result.
    zero = (no_share & ((target == 0) | (below == 0) | ~negative)) | (no_observed & ~crossing_observed)
    zero |= (no_required & ~crossing_required) | _pace_over_zero(course, figures, rule, observed, with_base)
    base_met = progress.met(course.base, target, course.sign)
    zero |= with_base & np.isnan(figures["progress_pct"]) & ~base_met
    return zero, crossing


def _pace_over_zero(
    course: Course, figures: Mapping[str, Floats], rule: Rule, observed: Flags, with_base: Flags
) -> Flags:
    no_pace = np.isnan(figures["pace"])
    unexplained = with_base & (course.years_in_all > 0) & ~progress.same(course.base, course.target)
    if rule.name is RuleName.germany:
        nothing_required = figures["required_change"] == 0
        unexplained = ~np.isnan(course.recent_change) & ((course.years_left > 0) | nothing_required)
    return np.asarray(no_pace & unexplained & observed)


def _met_before(panel: Panel, seen: Trend, course: Course) -> Flags:
    """Where an observation of the unbroken run before the latest one met the target."""
    of = panel.series
    reached = progress.met(panel.value, course.target[of], course.sign[of])
    before = np.concatenate([[0], np.cumsum(reached)])
    return np.asarray(
        before[np.maximum(seen.latest, 0)] > before[np.minimum(seen.unbroken, np.maximum(seen.latest, 0))]
    )


def side_by_side(assessment: Assessment, chosen: Sequence[Rule]) -> dict[str, Column]:
    """Return the status that each rule gives, and whether all that judge agree on the on-track flag."""
    course = assessment.course
    statuses = {rule.name: status_of(course, pace_of(course, rule), rule) for rule in chosen}
    flags = np.array([np.nan if flag is None else float(flag) for flag in _FLAGS])
    votes = np.stack([flags[codes] for codes in statuses.values()])
    judging = (~np.isnan(votes)).sum(axis=0)
    yes = (votes == 1).sum(axis=0)
    agree = np.where(judging < 2, 2, ((yes == 0) | (yes == judging)).astype(np.int64))
    columns: dict[str, Column] = {f"status_{name}": Coded(codes, _STATUSES) for name, codes in statuses.items()}
    return {**columns, "agreement": Coded(agree, (False, True, None))}
