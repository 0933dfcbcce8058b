"""Reason codes: why a figure is empty or out of the ordinary, of many series at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from smartkpi.analysis.series import Panel, Trend, extremes
from smartkpi.analysis.trajectory import Trajectory
from smartkpi.model.arrays import Categorical, Flags, Floats
from smartkpi.model.codes import REASONS, RuleName

if TYPE_CHECKING:
    from smartkpi.analysis.assessment import Judgement, Situation


def join(holds: Mapping[str, Flags]) -> Categorical:
    """Return the reasons of each series joined by ``;``, in the order of the contract; None where there is none.

    Parameters
    ----------
    holds
        Where each reason holds, by its code.

    Examples
    --------
    >>> join({"not_ahead": np.array([True, False]), "one_observation": np.array([True, False])}).cells()
    ['one_observation;not_ahead', None]
    """
    length = len(next(iter(holds.values())))
    present = [name for name in REASONS if name in holds and holds[name].any()]
    bits = np.zeros(length, dtype=np.int64)
    for place, name in enumerate(present):
        bits |= holds[name].astype(np.int64) << place
    found = np.flatnonzero(np.bincount(bits))
    code = np.zeros(1 << len(present), dtype=np.int64)
    code[found] = np.arange(len(found))
    names = (";".join(name for place, name in enumerate(present) if each >> place & 1) for each in found.tolist())
    return Categorical(code[bits], tuple(each or None for each in names))


def of_assessment(
    now: Situation, at: Trajectory, figures: Mapping[str, Floats], judgement: Judgement, within_rounding: Flags
) -> Mapping[str, Flags]:
    """Return where each reason holds for an assessed series."""
    panel, run = now.panel, now.trend
    rule, own = judgement.rule, judgement.trajectory
    observed, with_base, with_own_base = run.latest >= 0, ~np.isnan(at.base), ~np.isnan(own.base)
    is_met, held = at.is_met, judgement.held
    ahead = at.year < at.target_year
    at_target = at.base_is_target
    own_at_target = with_own_base & own.base_is_target
    base_met = at.met(at.base) if at.is_range.any() else at.base_reaches
    zero, crossing = _undefined(at, figures, observed, with_base, is_met)
    pace_zero, pace_crossing = _undefined_pace(figures, judgement, observed)
    return {
        "no_observation": ~observed,
        "no_target_value": observed & np.isnan(at.target),
        "gap_in_total": held.gap,
        "stale": now.stale,
        "bound_undecided": judgement.bound_undecided,
        "one_observation": observed & (run.latest == run.start) & ~with_base,
        "no_base_observation": observed & run.base_missing & ~with_base,
        "too_few_years": observed & ~with_own_base & rule.windowed,
        "too_few_points": np.zeros_like(observed) if rule.from_base else observed & np.isnan(at.recent_change),
        "base_equals_target": (with_base & at_target) | (own_at_target & rule.from_base),
        "base_meets_target": with_base & base_met & ~at_target,
        "zero_denominator": zero | pace_zero,
        "sign_change": crossing | pace_crossing,
        "range_target": observed & at.is_range,
        "linear_pace": with_own_base & judgement.is_linear & ~np.isnan(judgement.pace),
        "target_year_passed": observed & ahead & ((now.year or 0) >= at.target_year),
        "met_then_lost": observed & ~is_met & held.before,
        "kept": observed & is_met & at.keep & ahead,
        "lost_before": observed & is_met & at.keep & ahead & held.lost,
        "within_rounding": within_rounding,
        "not_ahead": observed & ~is_met & (at.years_left <= 0) | with_base & (at.years_in_all <= 0),
        "assumed": assumed(panel, run),
    }


def assumed(panel: Panel, run: Trend) -> Flags:
    """Return where the unbroken run has an assumed observation."""
    if not panel.assumed.any():
        return np.zeros(len(panel), dtype=np.bool_)
    before = np.concatenate([[0], np.cumsum(panel.assumed)])
    return np.asarray(before[run.latest + 1] > before[np.minimum(run.unbroken, run.latest + 1)])


def _undefined(
    at: Trajectory, figures: Mapping[str, Floats], observed: Flags, with_base: Flags, is_met: Flags
) -> tuple[Flags, Flags]:
    """Where a figure is empty because something is zero, and where because the signs do not fit."""
    base, actual, target = at.base, at.actual, at.target
    below = np.where(at.sign > 0, target, actual)
    no_share = observed & np.isnan(figures["attainment_pct"]) & ~np.isnan(target) & ~at.is_range
    negative = no_share & ((actual < 0) | (target < 0))
    no_observed = with_base & np.isnan(figures["observed_growth_pct"])
    crossing_observed = no_observed & (base != 0) & ~at.so_far.has_growth
    no_required = (
        observed & ~is_met & ~np.isnan(target) & (at.years_left > 0) & np.isnan(figures["required_growth_pct"])
    )
    crossing_required = no_required & (actual != 0) & ~at.ahead.has_growth
    crossing = negative | crossing_observed | crossing_required
    # What is left is a division by zero, or by something too small for a double to hold the result.
    zero = (no_share & ((target == 0) | (below == 0) | ~negative)) | (no_observed & ~crossing_observed)
    zero |= no_required & ~crossing_required
    zero |= with_base & np.isnan(figures["progress_pct"]) & ~np.isnan(target) & ~at.base_reaches
    return zero, crossing


def _undefined_pace(figures: Mapping[str, Floats], judgement: Judgement, observed: Flags) -> tuple[Flags, Flags]:
    """Where there is no pace because something is zero, and where because the signs do not fit."""
    own = judgement.trajectory
    if judgement.rule.from_base:
        measured = ~np.isnan(own.base) & ~np.isnan(own.target) & (own.years_in_all > 0) & ~own.base_is_target
    else:
        nothing_required = figures["required_change"] == 0
        measured = ~np.isnan(own.recent_change) & ((own.years_left > 0) | nothing_required)
    if judgement.rule.name == RuleName.trajectory:
        measured &= ~own.is_range  # which has no path
    missing = np.isnan(judgement.pace) & measured & observed
    crossing = missing & (own.base != 0) & ~own.so_far.has_growth
    if judgement.rule.fallback or not judgement.rule.windowed:
        crossing &= False  # these rules need no growth rate
    return missing & ~crossing, crossing


class Holding(NamedTuple):
    """What the observations of each series before the latest one say of the target."""

    before: Flags
    """One of the unbroken run met it."""
    lost: Flags
    """One did not, after one that did; where no target is to be kept nobody asks."""
    gap: Flags
    """The running total lacks a year that it needs to be judged."""


def holding(panel: Panel, run: Trend, at: Trajectory) -> Holding:
    """Return what the unbroken run says of the target."""
    if not (at.keep.any() or at.is_range.any()):
        return Holding(at.met(_best(panel, run, at.sign)), np.zeros(len(panel), dtype=np.bool_), gaps(panel, run, at))
    latest = np.maximum(run.latest, 0)
    first = np.minimum(run.unbroken, latest)
    reached = at.met(panel.value, panel.series)
    before = np.concatenate([[0], np.cumsum(reached)])
    some = before[latest] > before[first]
    # Lost where an observation of the run that met it is followed by one that does not.
    falls = np.concatenate([[0], np.cumsum(reached[:-1] & ~reached[1:])])
    lost = falls[latest] > falls[first]
    return Holding(some, lost, gaps(panel, run, at))


def _best(panel: Panel, run: Trend, sign: Floats) -> Floats:
    """Return the best value before the latest one: one of several meets a target if the best of them does."""
    is_up = sign > 0
    if is_up.all() or not is_up.any():
        return extremes(np.maximum if is_up.all() else np.minimum, panel.value, run.unbroken, run.latest)
    largest, least = (extremes(each, panel.value, run.unbroken, run.latest) for each in (np.maximum, np.minimum))
    return np.where(is_up, largest, least)


def gaps(panel: Panel, run: Trend, at: Trajectory) -> Flags:
    """Return where a running total lacks a year that it needs to be judged."""
    lacks = panel.gap_at(run.latest)
    return np.asarray((lacks > 0) & ~((lacks == 1) & at.is_met))
