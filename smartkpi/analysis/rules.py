"""Published on-track rules, each declared once: its pace with the text of it, its base, its classes, its reference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from smartkpi.analysis import formulas
from smartkpi.analysis.formulas import Formula
from smartkpi.analysis.trajectory import (
    BaseChoice,
    Trajectory,
    first_or_base_year,
    first_recent,
    nearest_to,
    years_before,
)
from smartkpi.errors import Fault, UsageError
from smartkpi.model import RuleChoice
from smartkpi.model.arrays import Flags, Floats, Ints, first_that_holds
from smartkpi.model.codes import RULES_ALL, RuleName, Status


class Class(NamedTuple):
    """A class of a rule: the paces that it begins with, our status, and the name that the publication gives it."""

    status: Status
    least: float
    name: str = ""
    """As published; empty where the rule has no publication, or the plan thresholds of its own."""
    above: bool = False
    """Whether the pace must lie above `least`, not only on it."""

    def holds(self, pace: Floats) -> Flags:
        """Return where a pace is at least of this class, with a tolerance of 1e-9, so that 0.95 is 0.95."""
        if self.above:
            return np.asarray(pace > self.least + formulas.TOLERANCE)
        return np.asarray(pace >= self.least - formulas.TOLERANCE)


class Rule(NamedTuple):
    """A rule: what the pace is, where it is measured from, and its classes; 1 is just enough, below 0 the wrong way."""

    name: RuleName
    pace: Formula
    classes: Sequence[Class]
    """From the best down; what falls through is reversing."""
    reference: str
    reversing: str = ""
    """Published name of what falls through."""
    achieved: str = ""
    """Published name of a target that is met."""
    adverse: str = ""
    """Published name of a target that is met while the values move away from it; empty for `achieved`."""
    choose_ends: BaseChoice = first_or_base_year
    fallback: Formula | None = None
    """Pace where that of the rule is not defined because growth rates are not."""
    from_base: bool = True
    """Whether the pace is measured from a base."""
    grace: float = 0.0
    """Share of 100 % by which a target of 0 or 100 % may be missed and is met all the same."""

    @property
    def windowed(self) -> bool:
        """Whether the rule takes another base than the plan's."""
        return self.from_base and not self.from_plans_base

    @property
    def from_plans_base(self) -> bool:
        """Whether the rule begins at the plan's base."""
        return self.choose_ends is first_or_base_year

    @property
    def thresholds(self) -> Mapping[Status, float]:
        """Least pace of each status, from the best down."""
        return {each.status: each.least for each in self.classes}


def uses_linear_pace(at: Trajectory) -> Flags:
    """Return where growth rates from base to actual and to target are not defined.

    Defined where base and target are not 0 and of one sign, and the actual is 0 or has that sign.
    """
    one_sign = (at.base > 0) & (at.target > 0) | (at.base < 0) & (at.target < 0)
    return ~(one_sign & at.so_far.has_growth)


@np.errstate(all="ignore")
def _linear(at: Trajectory) -> Floats:
    return formulas.ratio(at.sign * at.so_far.change, np.abs(at.whole_way.change))


@np.errstate(all="ignore")
def _compound(at: Trajectory) -> Floats:
    return formulas.ratio(at.sign * np.sign(at.base) * at.so_far.growth, np.abs(at.whole_way.growth))


@np.errstate(all="ignore")
def _covered_by_target_year(at: Trajectory) -> Floats:
    rate = at.so_far.growth / 100
    # A value of 0 stays 0 however long it shrinks by 100 %.
    extrapolated = np.where(at.actual == 0, 0.0, at.actual * (1 + rate) ** at.years_left)
    share = formulas.ratio(at.sign * (extrapolated - at.base), np.abs(at.target - at.base))
    return np.where(np.isnan(rate), np.nan, share)


@np.errstate(all="ignore")
def _recent_by_required(at: Trajectory) -> Floats:
    needed = np.where(at.actual_reaches, 0.0, at.ahead.change)
    return formulas.ratio(at.recent_change, needed)


@np.errstate(all="ignore")
def _along_the_path(at: Trajectory) -> Floats:
    return formulas.ratio(at.sign * (at.actual - at.base), np.abs(at.expected - at.base))


LINEAR = Formula("d * ((c - b) / (t - t0)) / abs((T - b) / (tT - t0))", _linear)
COMPOUND = Formula(
    "d * sign(b) * ((c / b)^(1 / (t - t0)) - 1) / abs((T / b)^(1 / (tT - t0)) - 1)",
    _compound,
)
COVERED_BY_TARGET_YEAR = Formula("d * (c * (c / b)^((tT - t) / (t - t0)) - b) / abs(T - b)", _covered_by_target_year)
RECENT_BY_REQUIRED = Formula("m / ((T - c) / (tT - t))", _recent_by_required)
ALONG_THE_PATH = Formula("d * (c - b) / abs(p - b)", _along_the_path)

_EUROSTAT = Rule(
    RuleName.eurostat,
    COMPOUND,
    (
        Class(Status.on_track, 0.95, "Significant progress"),
        Class(Status.lagging, 0.60, "Moderate progress"),
        Class(Status.off_track, 0.0, "Insufficient progress"),
    ),
    "Eurostat, Sustainable development in the European Union, indicators with a quantitative target: short term, past "
    "five years",
    achieved="Significant progress",
    reversing="Movement away",
    choose_ends=years_before(5, within=2),
    fallback=LINEAR,
)

RULES: Mapping[RuleName, Rule] = {
    rule.name: rule
    for rule in (
        Rule(
            RuleName.compound,
            COMPOUND,
            (
                Class(Status.on_track, 0.95, "On track"),
                Class(Status.lagging, 0.60, "Progress made but acceleration needed"),
                Class(Status.off_track, 0.0, "Limited progress"),
            ),
            "Statistics Canada, Canadian Indicator Framework, measuring progress, after Eurostat; also Open SDG and "
            "Eustat",
            achieved="Target achieved",
            reversing="Deterioration",
            fallback=LINEAR,
        ),
        Rule(
            RuleName.linear,
            LINEAR,
            (Class(Status.on_track, 0.95), Class(Status.lagging, 0.60), Class(Status.off_track, 0.0)),
            "The thresholds of compound on annual changes instead of growth rates",
        ),
        _EUROSTAT,
        _EUROSTAT._replace(
            name=RuleName.eurostat_long,
            reference="Eurostat, Sustainable development in the European Union, indicators with a quantitative target: "
            "long term, past fifteen years",
            choose_ends=years_before(15, within=5),
        ),
        Rule(
            RuleName.unsd_2023,
            COVERED_BY_TARGET_YEAR,
            (
                Class(Status.on_track, 0.95, "On track or target met"),
                Class(Status.lagging, 0.10, "Fair progress, but acceleration needed"),
                Class(Status.off_track, 0.0, "Stagnation or regression"),
            ),
            "United Nations Statistics Division, SDG Progress Chart 2023, technical note",
            achieved="On track or target met",
            reversing="Stagnation or regression",
            choose_ends=nearest_to(2015),
            grace=0.01,
        ),
        Rule(
            RuleName.germany,
            RECENT_BY_REQUIRED,
            (
                Class(Status.on_track, 0.95, "sun", above=True),
                Class(Status.on_track, 0.80, "sun and cloud"),
                Class(Status.off_track, 0.0, "cloud", above=True),
            ),
            "German Sustainable Development Strategy, status of the indicators, weather symbols",
            achieved="sun",
            adverse="sun and cloud",
            reversing="thunderstorm",
            choose_ends=first_recent,
            from_base=False,
        ),
        Rule(
            RuleName.trajectory,
            ALONG_THE_PATH,
            (Class(Status.on_track, 1.00), Class(Status.lagging, 0.90), Class(Status.off_track, 0.0)),
            "Decision (EU) 2022/2481, Digital Decade: observed value against the trajectory's value of the year; the "
            "thresholds are ours",
        ),
    )
}
DEFAULT = RuleName.compound


def every_rule(own: RuleChoice | None = None) -> list[Rule]:
    """Return all rules, that of the plan with its own thresholds."""
    return [rule_for(name, own) for name in RuleName]


def rule_for(name: RuleName, own: RuleChoice | None = None) -> Rule:
    """Return a rule, with the plan's own thresholds where the plan names that rule; those have no published names."""
    rule = RULES[name]
    if own is None or own.name != name or (own.on_track, own.lagging, own.off_track) == (None, None, None):
        return rule
    least = {Status.on_track: own.on_track, Status.lagging: own.lagging, Status.off_track: own.off_track}
    steps = {
        status: rule.thresholds.get(status) if threshold is None else threshold for status, threshold in least.items()
    }
    classes = [Class(status, threshold) for status, threshold in steps.items() if threshold is not None]
    return rule._replace(classes=classes, achieved="", adverse="", reversing="")


def status_by_pace(pace: Floats, rule: Rule) -> Ints:
    """Return the status that a pace has under a rule, as its position in `Status`."""
    order = list(Status)
    classes = [(each.holds(pace), order.index(each.status)) for each in rule.classes]
    return first_that_holds(classes, order.index(Status.reversing))


def published_class(rule: Rule, status: Status, pace: float, at: Trajectory, each: int) -> str:
    """Return the name that the rule's publication gives one series; empty where it gives none."""
    moving = float(at.sign[each] * at.recent_change[each])
    if status is Status.undetermined or not rule.reversing:
        return ""
    if rule.adverse and np.isnan(moving):
        return ""
    if status is Status.achieved:
        return rule.adverse if rule.adverse and moving < 0 else rule.achieved
    if status is Status.missed:
        # Nothing is left to extrapolate: the shortfall is the whole gap.
        return (rule.classes[-1].name if moving > 0 else rule.reversing) if rule.adverse else ""
    names = [each.name for each in rule.classes if each.holds(np.array([pace]))[0]]
    return names[0] if names else rule.reversing


_RENAMED = {"unsd": RuleName.unsd_2023}
_REMOVED = ("sdsn",)


def name_of(text: str) -> RuleName:
    """Return the rule of a name, of this release or an earlier one.

    Raises
    ------
    UsageError
        If there is no such rule.
    """
    if text in _REMOVED:
        raise UsageError(Fault("rule_removed", found=text))
    if text not in (*RuleName, *_RENAMED):
        raise UsageError(Fault("unknown_rule", found=text, choices=", ".join((*RuleName, RULES_ALL))))
    return _RENAMED.get(text) or RuleName(text)


def remarks(text: str | None, file: str = "", line: int | None = None) -> list[Fault]:
    """Return what there is to say, for one release, of a name that meant something else before."""
    if text in _RENAMED:
        return [Fault("rule_renamed", file, line, found=text, name=_RENAMED[text])]
    return [Fault("rule_changed", file, line)] if text == RuleName.eurostat else []
