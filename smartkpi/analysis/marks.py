"""Which reason codes hold for an assessed series: why a figure is empty or out of the ordinary."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from smartkpi.analysis import progress, reasons, rules
from smartkpi.analysis.rules import Rule, Trajectory
from smartkpi.analysis.series import Panel, Trend
from smartkpi.model.arrays import Flags, Floats
from smartkpi.model.codes import RuleName


def marks_of(
    panel: Panel, seen: Trend, course: Trajectory, figures: Mapping[str, Floats], rule: Rule, year: int | None
) -> Mapping[str, Flags]:
    """Return where each reason holds, by its code in the contract."""
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
    course: Trajectory,
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
    course: Trajectory, figures: Mapping[str, Floats], rule: Rule, observed: Flags, with_base: Flags
) -> Flags:
    no_pace = np.isnan(figures["pace"])
    unexplained = with_base & (course.years_in_all > 0) & ~progress.same(course.base, course.target)
    if rule.name is RuleName.germany:
        nothing_required = figures["required_change"] == 0
        unexplained = ~np.isnan(course.recent_change) & ((course.years_left > 0) | nothing_required)
    return np.asarray(no_pace & unexplained & observed)


def _met_before(panel: Panel, seen: Trend, course: Trajectory) -> Flags:
    """Where an observation of the unbroken run before the latest one met the target."""
    of = panel.series
    reached = progress.met(panel.value, course.target[of], course.sign[of])
    before = np.concatenate([[0], np.cumsum(reached)])
    return np.asarray(
        before[np.maximum(seen.latest, 0)] > before[np.minimum(seen.unbroken, np.maximum(seen.latest, 0))]
    )
