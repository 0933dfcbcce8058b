"""The definitions of status written out plainly for one series: no arrays, no numpy, nothing of the package's engine.

Slow and easy to check against the contract by reading; the engine must say the same, reasons included.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

TOLERANCE = 1e-9
Figures = dict[str, float | str | bool | None]


class Seen(NamedTuple):
    """An observation."""

    year: int
    value: float
    obs_status: str


@dataclass(frozen=True)
class Goal:
    """What the plan says of the series."""

    target: float
    target_year: int
    sign: int
    base_year: int | None = None
    milestones: Mapping[int, float] = field(default_factory=dict)


def close(one: float, other: float) -> bool:
    return abs(one - other) <= TOLERANCE * max(abs(one), abs(other))


def met(value: float, goal: Goal) -> bool:
    return goal.sign * (value - goal.target) >= 0 or close(value, goal.target)


def has_growth(start: float, end: float) -> bool:
    return start != 0 and (end == 0 or (start > 0) == (end > 0))


def growth(start: float, end: float, years: int) -> float | None:
    if years <= 0 or not has_growth(start, end):
        return None
    return 100 * (float((end / start) ** (1 / years)) - 1)


def change(start: float, end: float, years: int) -> float | None:
    return (end - start) / years if years > 0 else None


def expected(base: Seen, year: int, goal: Goal) -> float:
    """The value in `year` of the path from base to target through the milestones between them."""
    points = [(base.year, base.value)]
    points += [(step, value) for step, value in goal.milestones.items() if base.year < step < goal.target_year]
    points.append((goal.target_year, goal.target))
    if year >= goal.target_year:
        return goal.target
    for (from_year, start), (to_year, end) in pairwise(points):
        if from_year <= year < to_year:
            return start + (end - start) * (year - from_year) / (to_year - from_year)
    raise AssertionError("a base lies before its target year")


def recent_change(run: Sequence[Seen]) -> float | None:
    """The mean of the last five annual changes, of consecutive years; of three at least."""
    last = [run[-1]]
    for earlier in reversed(run[:-1]):
        if earlier.year != last[0].year - 1 or len(last) == 6:
            break
        last.insert(0, earlier)
    return (last[-1].value - last[0].value) / (len(last) - 1) if len(last) >= 4 else None


def is_linear(base: float, actual: float, goal: Goal) -> bool:
    """Whether compound rules use the linear pace."""
    one_sign = base * goal.target > 0
    return not (one_sign and (actual == 0 or actual * base > 0))


def pace_of(rule: str, base: Seen | None, run: Sequence[Seen], goal: Goal) -> float | None:
    """The rule's pace; None where there is none."""
    now = run[-1]
    if rule == "germany":
        mean = recent_change(run)
        needed = 0.0 if met(now.value, goal) else change(now.value, goal.target, goal.target_year - now.year)
        return None if mean is None or not needed else mean / needed
    if base is None or goal.target_year <= base.year or close(base.value, goal.target):
        return None
    if rule == "trajectory":
        ahead = expected(base, now.year, goal) - base.value
        return goal.sign * (now.value - base.value) / abs(ahead) if ahead else None
    if rule in ("linear", "sdsn") or is_linear(base.value, now.value, goal):
        so_far = (now.value - base.value) / (now.year - base.year)
        return goal.sign * so_far / abs((goal.target - base.value) / (goal.target_year - base.year))
    rate = float((now.value / base.value) ** (1 / (now.year - base.year))) - 1
    if rule == "unsd":
        arrives = now.value * float((1 + rate) ** (goal.target_year - now.year)) if now.value else 0.0
        return goal.sign * (arrives - base.value) / abs(goal.target - base.value)
    needed = float((goal.target / base.value) ** (1 / (goal.target_year - base.year))) - 1
    return goal.sign * math.copysign(1, base.value) * rate / abs(needed)


THRESHOLDS = {
    "eurostat": (0.95, 0.60, 0),
    "linear": (0.95, 0.60, 0),
    "sdsn": (1.00, 0.50, 0),
    "unsd": (0.95, 0.10, 0),
    "germany": (0.80, None, 0),
    "trajectory": (1.00, 0.90, 0),
}


def judged(pace: float, rule: str) -> str:
    for least, status in zip(THRESHOLDS[rule], ("on_track", "lagging", "off_track"), strict=True):
        if least is not None and pace >= least - TOLERANCE:
            return status
    return "reversing"


def assess(observations: Sequence[Seen], goal: Goal, rule: str, year: int) -> Figures:
    """Everything that the status table says of a series."""
    run: list[Seen] = []
    for each in sorted(observations):
        if each.year <= year:
            run = [each] if each.obs_status in "BD" else [*run, each]
    if not run:
        return {"status": "undetermined", "on_track": None, "evidence": None, "reason": "no_observation"}
    now = run[-1]
    since = [each for each in run if goal.base_year is None or each.year >= goal.base_year]
    base_missing = goal.base_year is not None and (not since or since[0].year != goal.base_year)
    base = since[0] if len(since) > 1 and not base_missing else None
    figures = _figures(base, now, goal)
    figures["pace"] = pace = pace_of(rule, base, run, goal)
    figures["status"] = _status(now, pace, goal, rule)
    good = {"achieved": True, "on_track": True, "undetermined": None}
    figures["on_track"] = good.get(str(figures["status"]), False)
    weak = len(since) == 2 or any(each and each.obs_status not in "AP" for each in (base, now))
    figures["evidence"] = "low" if weak else "normal"
    reasons = _reasons(base, run, goal, rule, figures)
    reasons["one_observation"] = len(since) == 1
    reasons["no_base_observation"] = base_missing
    reasons["target_year_passed"] = now.year < goal.target_year <= year
    order = (
        "one_observation", "no_base_observation", "too_few_points", "base_equals_target", "base_meets_target",
        "zero_denominator", "sign_change", "linear_pace", "target_year_passed", "met_then_lost", "not_ahead",
    )  # fmt: skip
    figures["reason"] = ";".join(name for name in order if reasons[name]) or None
    return figures


def _figures(base: Seen | None, now: Seen, goal: Goal) -> Figures:
    left = goal.target_year - now.year
    share = (now.value, goal.target) if goal.sign > 0 else (goal.target, now.value)
    has_share = now.value >= 0 and goal.target > 0 and share[1] != 0
    figures: Figures = {
        "year": now.year,
        "actual": now.value,
        "obs_status": now.obs_status,
        "gap": goal.target - now.value,
        "attainment_pct": 100 * share[0] / share[1] if has_share else None,
        "required_growth_pct": 0.0 if met(now.value, goal) else growth(now.value, goal.target, left),
        "required_change": 0.0 if met(now.value, goal) else change(now.value, goal.target, left),
    }
    if base:
        figures |= {
            "base_year": base.year,
            "base": base.value,
            "observed_growth_pct": growth(base.value, now.value, now.year - base.year),
            "observed_change": change(base.value, now.value, now.year - base.year),
        }
        if not met(base.value, goal):
            figures["progress_pct"] = 100 * (now.value - base.value) / (goal.target - base.value)
    return figures


def _status(now: Seen, pace: float | None, goal: Goal, rule: str) -> str:
    if met(now.value, goal):
        return "achieved"
    if now.year >= goal.target_year:
        return "missed"
    return "undetermined" if pace is None else judged(pace, rule)


def _reasons(base: Seen | None, run: Sequence[Seen], goal: Goal, rule: str, figures: Figures) -> dict[str, bool]:
    now, target = run[-1].value, goal.target
    left = goal.target_year - run[-1].year
    crossing = now < 0 or target < 0
    zero = target == 0 or (now == 0 and goal.sign < 0)
    if not met(now, goal) and left > 0 and not has_growth(now, target):
        zero, crossing = zero or now == 0, crossing or now != 0
    if base and not has_growth(base.value, now):
        zero, crossing = zero or base.value == 0, crossing or base.value != 0
    at_target = base is not None and close(base.value, target)
    started = base is not None and goal.target_year > base.year and not at_target
    if rule == "germany":
        zero |= figures["pace"] is None and recent_change(run) is not None and (left > 0 or met(now, goal))
    else:
        zero |= figures["pace"] is None and started
    compound = rule in ("eurostat", "unsd") and figures["pace"] is not None
    return {
        "too_few_points": rule == "germany" and recent_change(run) is None,
        "base_equals_target": at_target,
        "base_meets_target": base is not None and met(base.value, goal) and not at_target,
        "zero_denominator": zero,
        "sign_change": crossing,
        "linear_pace": base is not None and compound and is_linear(base.value, now, goal),
        "met_then_lost": not met(now, goal) and any(met(each.value, goal) for each in run[:-1]),
        "not_ahead": (not met(now, goal) and left <= 0) or (base is not None and goal.target_year <= base.year),
    }
