"""Plan x observations -> one row of figures per series, each empty one with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from smartkpi.analysis import formulas, reasons, rules, targets, trajectory
from smartkpi.analysis.reasons import Holding
from smartkpi.analysis.rules import Rule
from smartkpi.analysis.series import Panel, Trend
from smartkpi.analysis.targets import Targets
from smartkpi.analysis.trajectory import Ends, Trajectory
from smartkpi.model import Plan
from smartkpi.model.arrays import Categorical, Column, Flags, Floats, Ints
from smartkpi.model.codes import OBS_STATUS, ON_TRACK, Status

_STATUSES = tuple(Status)
_CODE = {status: np.int64(code) for code, status in enumerate(Status)}
_FLAGS = tuple(ON_TRACK[status] for status in Status)


class Judgement(NamedTuple):
    """What a rule says of each series, and from which observations."""

    rule: Rule
    ends: Ends
    trajectory: Trajectory
    """Measured between `ends`."""
    pace: Floats
    is_linear: Flags
    """Where the pace is the rule's fallback."""
    status: Ints
    """Position in `Status`."""


class Assessment(NamedTuple):
    """Figures of a panel, one entry per series."""

    panel: Panel
    trend: Trend
    goal: Targets
    trajectory: Trajectory
    """From the plan's base, whatever the rule's."""
    judgement: Judgement
    figures: Mapping[str, Column]
    """The columns of the status table that are computed, by name."""
    year: int | None

    @property
    def expected_progress(self) -> Floats:
        """Percent of the way from base to target that the path has covered in the latest observation's year."""
        at = self.trajectory
        return formulas.progress(at.base, at.expected, at.target, at.sign)


def assess(panel: Panel, plan: Plan, rule: Rule, year: int | None = None) -> Assessment:
    """Assess each series as things were at the end of a year.

    Parameters
    ----------
    panel
        Series with their observations.
    plan
        Their targets.
    rule
        The on-track rule that gives pace and status.
    year
        Only observations up to this year count; None for the latest year in the data.
    """
    year = latest_year(panel) if year is None else year
    goal, run = targets.resolve(panel, plan, year)
    at = trajectory.trajectory_of(panel, plan, run, goal)
    figures = {name: formula.compute(at) for name, formula in formulas.FIGURES.items()}
    judgement = judge(panel, run, at, rule)
    milestone = targets.milestone_of(goal, at.year)
    columns: dict[str, Column] = {
        "base_year": at.base_year,
        "base": at.base,
        "year": at.year,
        "actual": at.actual,
        "target_year": at.target_year,
        "target": at.target,
        **figures,
        "pace": judgement.pace,
        # An assumed value has no code either.
        "obs_status": Categorical(np.append(panel.obs_status, -1)[run.latest], (*OBS_STATUS, None, None)),
        "on_track": Categorical(judgement.status, _FLAGS),
        "status": Categorical(judgement.status, _STATUSES),
        "evidence": Categorical(_evidence(panel, run, at, judgement), ("normal", "low", None)),
        "reason": reasons.join(reasons.of_assessment(panel, run, at, figures, judgement, year)),
        "milestone": milestone,
        "milestone_attainment_pct": formulas.attainment(at.actual, milestone, at.sign),
        "target_low": at.low,
        "target_high": at.high,
    }
    return Assessment(panel, run, goal, at, judgement, columns, year)


def latest_year(panel: Panel) -> int | None:
    """Return the latest year with an observation, None without any."""
    return int(panel.year.max()) if len(panel.year) else None


def judge(panel: Panel, run: Trend, at: Trajectory, rule: Rule) -> Judgement:
    """Return what a rule says, given the trajectories from the plan's base."""
    ends = rule.choose_ends(panel, run, at.target_year)
    own = trajectory.between(at, panel, ends) if rule.windowed else at
    pace = rule.pace.compute(own)
    is_linear = np.zeros(len(panel), dtype=np.bool_)
    if rule.fallback:
        is_linear = rules.uses_linear_pace(own)
        is_linear |= own.total
        pace = np.where(is_linear, rule.fallback.compute(own), pace)
    held = reasons.holding(panel, run, at)
    if rule.from_base:
        pace = np.where((own.years_in_all > 0) & ~formulas.same(own.base, own.target), pace, np.nan)
    return Judgement(rule, ends, own, pace, is_linear, _status(own, held, pace, rule))


def _status(at: Trajectory, held: Holding, pace: Floats, rule: Rule) -> Ints:
    """Decide from the top down: the first condition that holds."""
    is_met, ahead = _is_met(at, rule), at.year < at.target_year
    decisions: Sequence[tuple[Flags, Status]] = (
        (np.isnan(at.actual), Status.undetermined),
        (np.isnan(at.target) | held.gap, Status.undetermined),
        (is_met & ~(at.keep & ahead), Status.achieved),
        (~ahead, Status.missed),
        (at.keep & is_met, Status.on_track),
        (at.keep & held.before, Status.off_track),
        (np.isnan(pace), Status.undetermined),
    )
    conditions, statuses = zip(*decisions, strict=True)
    return np.select(conditions, [_CODE[status] for status in statuses], rules.status_by_pace(pace, rule))


def _is_met(at: Trajectory, rule: Rule) -> Flags:
    is_met = at.met(at.actual)
    if not rule.grace or np.isnan(at.whole).all():
        return is_met
    on_an_end = ~at.is_range & (at.target == 0) | formulas.same(at.target, at.whole)
    short = np.abs(at.target - at.actual)
    return np.asarray(is_met | (on_an_end & (short <= (rule.grace + formulas.TOLERANCE) * at.whole)))


def _evidence(panel: Panel, run: Trend, at: Trajectory, judgement: Judgement) -> Ints:
    firm = np.append(panel.firm, True)
    lost = at.keep & reasons.holding(panel, run, at).lost
    low = (
        lost
        | (run.n <= 2) & ~np.isnan(at.base)
        | (run.n == 2)
        | ~firm[judgement.ends.latest]
        | ~firm[judgement.ends.base]
    )
    return np.select([run.latest < 0, low], [np.int64(2), np.int64(1)], np.int64(0))


def side_by_side(assessment: Assessment, chosen: Sequence[Rule]) -> dict[str, Column]:
    """Return the status that each rule gives, and whether all that judge agree on the on-track flag.

    Rules that judge a series by the same base, latest value, scale and thresholds count as one.
    """
    at = assessment.trajectory
    judgements = [judge(assessment.panel, assessment.trend, assessment.trajectory, rule) for rule in chosen]
    flags = np.array([np.nan if flag is None else float(flag) for flag in _FLAGS])
    # Whether a target to keep is held does not depend on the rule.
    votes = np.stack([np.where(at.keep, np.nan, flags[each.status]) for each in judgements])
    for place, one in enumerate(judgements):
        for other in judgements[:place]:
            votes[place][_same_question(one, other)] = np.nan
    judging = (~np.isnan(votes)).sum(axis=0)
    yes = (votes == 1).sum(axis=0)
    agree = np.where(judging < 2, 2, ((yes == 0) | (yes == judging)).astype(np.int64))
    columns: dict[str, Column] = {each.rule.name.column: Categorical(each.status, _STATUSES) for each in judgements}
    return {**columns, "agreement": Categorical(agree, (False, True, None))}


def _same_question(one: Judgement, other: Judgement) -> Flags:
    """Where two rules measure the same thing."""
    if one.rule.thresholds != other.rule.thresholds or one.rule.from_base != other.rule.from_base:
        return np.zeros(len(one.pace), dtype=np.bool_)
    linear_scale = [each.is_linear | (each.rule.pace is rules.LINEAR) for each in (one, other)]
    if one.rule.pace is other.rule.pace:
        same_scale = linear_scale[0] == linear_scale[1]
    else:
        same_scale = linear_scale[0] & linear_scale[1]
    same_ends = (one.trajectory.base_year == other.trajectory.base_year) & (one.ends.latest == other.ends.latest)
    return np.asarray(same_scale & same_ends)
