"""Plan x observations -> one row of figures per series, each empty one with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from smartkpi.analysis import exactness, formulas, projection, reasons, rules, targets, trajectory
from smartkpi.analysis.bounds import Bounds, bounds_of
from smartkpi.analysis.projection import Arrival
from smartkpi.analysis.reasons import Holding
from smartkpi.analysis.rules import Rule
from smartkpi.analysis.series import Panel, Trend, pick, take
from smartkpi.analysis.targets import Targets
from smartkpi.analysis.trajectory import Ends, Trajectory
from smartkpi.model import Plan
from smartkpi.model.arrays import Categorical, Column, Flags, Floats, Ints, first_that_holds
from smartkpi.model.codes import OBS_STATUS, ON_TRACK, Outlook, Status

_STATUSES = tuple(Status)
_CODE = {status: code for code, status in enumerate(Status)}
_FLAGS = tuple(ON_TRACK[status] for status in Status)
IS_ON_TRACK = np.array([flag is True for flag in _FLAGS])
"""By position in `Status`."""
_CLOSE = 0.05
"""Share of the way that is left by which two observations may miss the target and come close."""


class Situation(NamedTuple):
    """What is known of each series at the end of a year."""

    panel: Panel
    plan: Plan
    goal: Targets
    trend: Trend
    bounds: Bounds
    year: int | None
    """Of assessment."""
    oldest: int | None
    """Year before which an observation is stale; None for no such year."""

    @property
    def stale(self) -> Flags:
        """Where the latest observation is too old to say anything of the year of assessment."""
        if self.oldest is None:
            return np.zeros(len(self.panel), dtype=np.bool_)
        return np.asarray(take(self.panel.year, self.trend.latest) < self.oldest)

    def take(self, series: Ints) -> Situation:
        """Return what is known of these series."""
        panel = self.panel.take(series)
        goal, run = targets.resolve(panel, self.plan, self.year)
        return self._replace(panel=panel, goal=goal, trend=run, bounds=self.bounds.take(series))


class Judgement(NamedTuple):
    """What a rule says of each series, and from which observations."""

    rule: Rule
    ends: Ends
    trajectory: Trajectory
    """Measured between `ends`."""
    pace: Floats
    is_linear: Flags
    """Where the pace is the rule's fallback."""
    held: Holding
    """What earlier observations say of the target, whatever the rule."""
    status: Ints
    """Position in `Status`."""
    bound_undecided: Flags
    """Where a value that a printed bound allows would give another status."""


class Assessment(NamedTuple):
    """Figures of a panel, one entry per series."""

    situation: Situation
    trajectory: Trajectory
    """From the plan's base, whatever the rule's."""
    judgement: Judgement
    arrival: Arrival
    """In the target year."""
    figures: Mapping[str, Column]
    """The columns of the status table that are computed, by name."""

    @property
    def panel(self) -> Panel:
        """The series."""
        return self.situation.panel

    @property
    def trend(self) -> Trend:
        """Their unbroken runs."""
        return self.situation.trend

    @property
    def goal(self) -> Targets:
        """What they are to reach."""
        return self.situation.goal

    @property
    def year(self) -> int | None:
        """Year of assessment."""
        return self.situation.year

    @property
    def kept(self) -> Floats:
        """1 where a target that is to be held every year holds now, so that no pace decides; else 0."""
        at = self.trajectory
        return np.where(at.keep & at.is_met, 1.0, 0.0)

    @property
    def expected_progress(self) -> Floats:
        """Percent of the way from base to target that the path has covered in the latest observation's year."""
        at = self.trajectory
        return formulas.progress(at.base, at.expected, at.target, at.sign)


@np.errstate(all="ignore")  # what overflows is left empty
def assess(panel: Panel, plan: Plan, rule: Rule, year: int | None = None, oldest: int | None = None) -> Assessment:
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
    oldest
        Observations of earlier years are stale; None for none.
    """
    now = situation(panel, plan, latest_year(panel) if year is None else year, oldest)
    goal, run = now.goal, now.trend
    at = trajectory.trajectory_of(panel, plan, run, goal)
    figures = {name: formula.compute(at) for name, formula in formulas.FIGURES.items()}
    judgement = judge(now, at, rule, reasons.holding(panel, run, at))
    within_rounding = exactness.decided_by_rounding(now, judgement, _statuses_of)
    arrival = projection.arrival(panel, run, goal, now.bounds, at)
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
        "obs_status": Categorical(pick(panel.obs_status, run.latest, -1), (*OBS_STATUS, None, None)),
        "on_track": Categorical(judgement.status, _FLAGS),
        "status": Categorical(judgement.status, _STATUSES),
        "evidence": Categorical(_evidence(now, at, judgement, within_rounding), ("normal", "low", None)),
        "reason": reasons.join(reasons.of_assessment(now, at, figures, judgement, within_rounding)),
        "outlook": Categorical(_outlook(now, at, judgement, arrival), (*Outlook, None)),
        "milestone": milestone,
        "milestone_attainment_pct": formulas.attainment(at.actual, milestone, at.sign),
        "target_low": at.low,
        "target_high": at.high,
    }
    return Assessment(now, at, judgement, arrival, columns)


def latest_year(panel: Panel) -> int | None:
    """Return the latest year with an observation, None without any."""
    return int(panel.year.max()) if len(panel.year) else None


def situation(panel: Panel, plan: Plan, year: int | None, oldest: int | None = None) -> Situation:
    """Return what is known of each series at the end of a year."""
    goal, run = targets.resolve(panel, plan, year)
    return Situation(panel, plan, goal, run, bounds_of(panel, plan, run, goal), year, oldest)


@np.errstate(all="ignore")
def statuses(now: Situation, rule: Rule) -> Ints:
    """Return the statuses that `assess` gives, as positions in `Status`, without the other figures.

    The values may have changed since the situation was made.
    """
    now = _with_goal(now)
    now = now._replace(bounds=bounds_of(now.panel, now.plan, now.trend, now.goal))
    at = trajectory.trajectory_of(now.panel, now.plan, now.trend, now.goal)
    return judge(now, at, rule, reasons.holding(now.panel, now.trend, at)).status


def _with_goal(now: Situation) -> Situation:
    """Return the situation with what its series are to reach by the values that they have now."""
    if not now.goal.depends_on_values:
        return now
    goal, run = targets.resolve(now.panel, now.plan, now.year)
    return now._replace(goal=goal, trend=run)


def judge(now: Situation, at: Trajectory, rule: Rule, held: Holding) -> Judgement:
    """Return what a rule says, given the trajectories from the plan's base."""
    judgement = _judge_as_printed(now, at, rule, held)
    undecided = exactness.undecided_by_bounds(now, judgement, _statuses_of)
    status = np.where(undecided, _CODE[Status.undetermined], judgement.status)
    return judgement._replace(status=status, bound_undecided=undecided)


def _judge_as_printed(now: Situation, at: Trajectory, rule: Rule, held: Holding) -> Judgement:
    """Return what a rule says if each value is what is printed."""
    panel, run = now.panel, now.trend
    ends = rule.choose_ends(panel, run, at.target_year)
    own = trajectory.between(at, panel, ends) if rule.windowed else at
    pace = rule.pace.compute(own)
    nowhere = np.zeros(len(panel), dtype=np.bool_)
    is_linear = nowhere
    if rule.fallback:
        is_linear = rules.uses_linear_pace(own)
        is_linear |= own.total
        if is_linear.any():
            pace = np.where(is_linear, rule.fallback.compute(own), pace)
    if rule.from_base:
        pace = np.where((own.years_in_all > 0) & ~own.base_is_target, pace, np.nan)
    status = _status(now, at, own, held, pace, rule)
    return Judgement(rule, ends, own, pace, is_linear, held, status, nowhere)


def _statuses_of(now: Situation, rule: Rule) -> Ints:
    """Return the statuses that a rule gives if each value is what is printed."""
    now = _with_goal(now)
    at = trajectory.trajectory_of(now.panel, now.plan, now.trend, now.goal)
    if at.keep.any():
        held = reasons.holding(now.panel, now.trend, at)
    else:  # what was before does not decide the status
        nowhere = np.zeros(len(now.panel), dtype=np.bool_)
        held = Holding(nowhere, nowhere, reasons.gaps(now.panel, now.trend, at))
    return _judge_as_printed(now, at, rule, held).status


def _status(now: Situation, at: Trajectory, own: Trajectory, held: Holding, pace: Floats, rule: Rule) -> Ints:
    """Decide from the top down: the first condition that holds."""
    is_met, ahead = _is_met(own, rule), at.year < at.target_year
    passed = np.zeros(len(pace), dtype=np.bool_) if now.year is None else now.year >= at.target_year
    undetermined = _CODE[Status.undetermined]
    decisions = (
        (np.isnan(own.actual), undetermined),
        (np.isnan(at.target) | held.gap, undetermined),
        (now.stale & ~(is_met & ~at.keep), undetermined),
        (is_met & ~(at.keep & ahead), _CODE[Status.achieved]),
        (~ahead, _CODE[Status.missed]),
        (passed, undetermined),
        (at.keep & is_met, _CODE[Status.on_track]),
        (at.keep & held.before, _CODE[Status.off_track]),
        (np.isnan(pace), undetermined),
    )
    return first_that_holds(decisions, rules.status_by_pace(pace, rule))


def _is_met(at: Trajectory, rule: Rule) -> Flags:
    is_met = at.is_met
    if not rule.grace or np.isnan(at.whole).all():
        return is_met
    on_an_end = ~at.keep & ~at.is_range & ((at.target == 0) | formulas.same(at.target, at.whole))
    short = np.abs(at.target - at.actual)
    return np.asarray(is_met | (on_an_end & (short <= (rule.grace + formulas.TOLERANCE) * at.whole)))


def _evidence(now: Situation, at: Trajectory, judgement: Judgement, within_rounding: Flags) -> Ints:
    firm, ends, run = now.panel.firm, judgement.ends, now.trend
    held_again = at.keep & at.is_met & judgement.held.lost
    n = run.n if judgement.rule.from_plans_base else ends.latest - run.unbroken + 1
    low = held_again | (n <= 2) | within_rounding | judgement.bound_undecided
    if not firm.all():
        low |= ~pick(firm, ends.latest, True) | ~pick(firm, ends.base, True)
    return first_that_holds([(now.trend.latest < 0, 2), (low, 1)], 0)


def _outlook(now: Situation, at: Trajectory, judgement: Judgement, arrival: Arrival) -> Ints:
    """Return whether the target is met in its year by what is projected: the position in `Outlook`, 3 for empty."""
    met, close, missed, empty = range(4)
    ahead = at.target_year > (np.fmax(at.year, now.year) if now.year is not None else at.year)
    least, most = np.where(at.is_range, (at.low, at.high), at.target) if at.is_range.any() else (at.target, at.target)
    central_meets, change_meets = at.met(arrival.projected), at.met(arrival.at_change)
    inside = (arrival.low <= most) & (least <= arrival.high)
    short = np.maximum(least - arrival.at_change, arrival.at_change - most)
    nearly = short <= (_CLOSE + formulas.TOLERANCE) * np.abs(at.target - at.actual)
    central, two = ~np.isnan(arrival.projected), (arrival.n == 2) & ~np.isnan(arrival.at_change)
    decisions = (
        (judgement.status == _CODE[Status.achieved], met),
        (~ahead | judgement.bound_undecided | ~(central | two), empty),
        (central & central_meets | two & change_meets, met),
        (central & inside | two & nearly, close),
    )
    return first_that_holds(decisions, missed)


@np.errstate(all="ignore")
def judgements(assessment: Assessment, every: Sequence[Rule]) -> list[Judgement]:
    """Return what each rule says."""
    at, own = assessment.trajectory, assessment.judgement
    return [own if rule == own.rule else judge(assessment.situation, at, rule, own.held) for rule in every]


@np.errstate(all="ignore")
def side_by_side(assessment: Assessment, every: Sequence[Judgement]) -> dict[str, Column]:
    """Return the status that each rule gives, and whether all that judge agree on the on-track flag.

    Rules that judge a series by the same base, latest value, scale and thresholds count as one.
    """
    columns: dict[str, Column] = {each.rule.name.column: Categorical(each.status, _STATUSES) for each in every}
    return {**columns, "agreement": Categorical(_agreement(every, assessment.trajectory), (False, True, None))}


@np.errstate(all="ignore")
def agreement_on_track(assessment: Assessment, every: Sequence[Rule]) -> Column:
    """Return whether all rules that judge a series that is on track agree on that; None for other series."""
    agreement = np.full(len(assessment.panel), 2)
    rows = np.flatnonzero(IS_ON_TRACK[assessment.judgement.status])
    if len(rows):
        now = assessment.situation.take(rows)
        at = trajectory.trajectory_of(now.panel, now.plan, now.trend, now.goal)
        held = reasons.holding(now.panel, now.trend, at)
        agreement[rows] = _agreement([judge(now, at, rule, held) for rule in every], at)
    return Categorical(agreement, (False, True, None))


def _agreement(judgements: Sequence[Judgement], at: Trajectory) -> Ints:
    flags = np.array([np.nan if flag is None else float(flag) for flag in _FLAGS])
    # Whether a target to keep is held does not depend on the rule.
    votes = np.stack([np.where(at.keep, np.nan, flags[each.status]) for each in judgements])
    for place, one in enumerate(judgements):
        for other in judgements[:place]:
            votes[place][same_question(one, other)] = np.nan
    judging = (~np.isnan(votes)).sum(axis=0)
    yes = (votes == 1).sum(axis=0)
    return np.where(judging < 2, 2, ((yes == 0) | (yes == judging)).astype(np.int64))


def same_question(one: Judgement, other: Judgement) -> Flags:
    """Return where two rules measure the same thing."""
    if one.rule.thresholds != other.rule.thresholds or one.rule.from_base != other.rule.from_base:
        return np.zeros(len(one.pace), dtype=np.bool_)
    linear_scale = [each.is_linear | (each.rule.pace is rules.LINEAR) for each in (one, other)]
    if one.rule.pace is other.rule.pace:
        same_scale = linear_scale[0] == linear_scale[1]
    else:
        same_scale = linear_scale[0] & linear_scale[1]
    same_ends = (one.trajectory.base_year == other.trajectory.base_year) & (one.ends.latest == other.ends.latest)
    return np.asarray(same_scale & same_ends)
