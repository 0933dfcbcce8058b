"""The definitions of status written out plainly for one series: no arrays, no numpy, nothing of the package's engine.

Slow and easy to check against the contract by reading; the engine must say the same, reasons included.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import plain_projection
from plain_projection import Point, scatter, t_quantile

TOLERANCE = 1e-9
Figures = dict[str, float | str | bool | None]


class Seen(NamedTuple):
    """An observation."""

    year: int
    value: float
    obs_status: str
    bound: str = ""
    precision: float = 0.0
    """Half a unit of its last printed digit; 0 where it is not printed with digits."""


@dataclass(frozen=True)
class Goal:
    """What the plan says of the series."""

    target: float
    target_year: int
    sign: int
    base_year: int | None = None
    whole: float | None = None
    """What 100 % is, for shares."""
    milestones: Mapping[int, float] = field(default_factory=dict)
    amount: bool = False
    """Whether it is a count, which is 0 or more unless something in it lies below."""


class Judged(NamedTuple):
    """What a rule makes of a run."""

    base: Seen | None
    now: Seen | None
    pace: float | None
    status: str


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
    """The mean annual change over the last six observations; over four at least, gaps or not."""
    last = run[-6:]
    return (last[-1].value - last[0].value) / (last[-1].year - last[0].year) if len(last) >= 4 else None


def is_linear(base: float, actual: float, goal: Goal) -> bool:
    """Whether growth rates are not defined."""
    one_sign = base * goal.target > 0
    return not (one_sign and (actual == 0 or actual * base > 0))


@dataclass(frozen=True)
class Rule:
    """What differs from rule to rule."""

    thresholds: tuple[float | None, float | None, float | None]
    """Least pace of on track, lagging, off track."""
    base: str = "plan"
    linear_where_undefined: bool = False


RULES = {
    "compound": Rule((0.95, 0.60, 0), linear_where_undefined=True),
    "linear": Rule((0.95, 0.60, 0)),
    "eurostat": Rule((0.95, 0.60, 0), "5 years ago", linear_where_undefined=True),
    "eurostat-long": Rule((0.95, 0.60, 0), "15 years ago", linear_where_undefined=True),
    "unsd-2023": Rule((0.95, 0.10, 0), "2015"),
    "germany": Rule((0.80, None, 0), "six ago"),
    "trajectory": Rule((1.00, 0.90, 0)),
}


def nearest(candidates: Sequence[Seen], year: int) -> Seen | None:
    """The observation nearest to a year, of two the later."""
    return min(candidates, key=lambda each: (abs(each.year - year), -each.year), default=None)


def base_and_actual(rule: str, base: Seen | None, run: Sequence[Seen], goal: Goal) -> tuple[Seen | None, Seen | None]:
    """The two observations that a rule measures between."""
    now = run[-1]
    match RULES[rule].base:
        case "5 years ago":
            return nearest([each for each in run if 3 <= now.year - each.year <= 7], now.year - 5), now
        case "15 years ago":
            return nearest([each for each in run if 10 <= now.year - each.year <= 20], now.year - 15), now
        case "2015":
            up_to = [each for each in run if each.year <= goal.target_year]
            return nearest(up_to[:-1], 2015), up_to[-1] if up_to else None
        case "six ago":
            return run[-6:][0] if len(run) >= 4 else None, now
    return base, now


def covered_by_target_year(base: Seen, now: Seen, goal: Goal) -> float | None:
    """The share of the way that is covered by the target year if growth goes on."""
    if not has_growth(base.value, now.value):
        return None
    rate = float((now.value / base.value) ** (1 / (now.year - base.year))) - 1
    arrives = now.value * float((1 + rate) ** (goal.target_year - now.year)) if now.value else 0.0
    return goal.sign * (arrives - base.value) / abs(goal.target - base.value)


def pace_of(rule: str, base: Seen | None, now: Seen | None, run: Sequence[Seen], goal: Goal) -> float | None:
    """The rule's pace, measured from `base` to `now`; None where there is none."""
    if rule == "germany":
        mean = recent_change(run)
        now = run[-1]
        needed = 0.0 if met(now.value, goal) else change(now.value, goal.target, goal.target_year - now.year)
        return None if mean is None or not needed else mean / needed
    if base is None or now is None or goal.target_year <= base.year or close(base.value, goal.target):
        return None
    if rule == "trajectory":
        ahead = expected(base, now.year, goal) - base.value
        return goal.sign * (now.value - base.value) / abs(ahead) if ahead else None
    if rule == "unsd-2023":
        return covered_by_target_year(base, now, goal)
    if rule == "linear" or is_linear(base.value, now.value, goal):
        so_far = (now.value - base.value) / (now.year - base.year)
        return goal.sign * so_far / abs((goal.target - base.value) / (goal.target_year - base.year))
    rate = float((now.value / base.value) ** (1 / (now.year - base.year))) - 1
    needed = float((goal.target / base.value) ** (1 / (goal.target_year - base.year))) - 1
    return goal.sign * math.copysign(1, base.value) * rate / abs(needed)


def judged(pace: float, rule: str) -> str:
    for least, status in zip(RULES[rule].thresholds, ("on_track", "lagging", "off_track"), strict=True):
        if rule == "germany" and status == "off_track" and pace <= TOLERANCE:
            continue  # a standstill is a thunderstorm
        if least is not None and pace >= least - TOLERANCE:
            return status
    return "reversing"


def run_of(observations: Sequence[Seen], year: int) -> list[Seen]:
    """The unbroken run up to a year: it ends where B is, and where D begins or ends."""
    run: list[Seen] = []
    for each in sorted(observations):
        if each.year > year:
            break
        anew = each.obs_status == "B" or (run and (each.obs_status == "D") != (run[-1].obs_status == "D"))
        run = [each] if anew else [*run, each]
    return run


def judge(run: Sequence[Seen], goal: Goal, rule: str, year: int, oldest: int | None) -> Judged:
    """What a rule says if each value is what is printed."""
    since = [each for each in run if goal.base_year is None or each.year >= goal.base_year]
    base_missing = goal.base_year is not None and (not since or since[0].year != goal.base_year)
    base = since[0] if len(since) > 1 and not base_missing else None
    own_base, own_now = base_and_actual(rule, base, run, goal)
    pace = pace_of(rule, own_base, own_now, run, goal)
    stale = oldest is not None and run[-1].year < oldest
    return Judged(own_base, own_now, pace, _status(own_now, pace, goal, rule, run[-1].year, year, stale))


def assess(observations: Sequence[Seen], goal: Goal, rule: str, year: int, oldest: int | None = None) -> Figures:
    """Everything that the status table says of a series."""
    run = run_of(observations, year)
    if not run:
        return {"status": "undetermined", "on_track": None, "evidence": None, "reason": "no_observation"}
    now = run[-1]
    lowest = min([goal.target, *(each.value for each in observations if each.year <= year)])
    low = 0.0 if goal.amount and lowest >= 0 else -math.inf
    since = [each for each in run if goal.base_year is None or each.year >= goal.base_year]
    base_missing = goal.base_year is not None and (not since or since[0].year != goal.base_year)
    base = since[0] if len(since) > 1 and not base_missing else None
    figures = _figures(base, now, goal)
    own_base, own_now, pace, status = judge(run, goal, rule, year, oldest)
    ends = [each for each in (own_now, own_base) if each]

    def changes(end: Seen, values: Sequence[float]) -> bool:
        """Whether a value in place of an end gives another status."""
        place = run.index(end)
        moved = ([*run[:place], end._replace(value=max(value, low)), *run[place + 1 :]] for value in values)
        return any(judge(each, goal, rule, year, oldest).status != status for each in moved)

    scale = max(abs(value) for value in (goal.target, *(each.value for each in (own_base, own_now) if each)))
    undecided = any(end.bound and changes(end, allowed(end, scale, (goal.target, low))) for end in ends)
    rounding = not undecided and any(
        end.precision and not end.bound and changes(end, [end.value - end.precision, end.value + end.precision])
        for end in ends
    )
    figures["pace"] = pace
    figures["status"] = "undetermined" if undecided else status
    good = {"achieved": True, "on_track": True, "undetermined": None}
    figures["on_track"] = good.get(str(figures["status"]), False)
    soft = any(each and (each.obs_status not in "AP" or each.bound) for each in (own_base, own_now))
    n = len(since) if RULES[rule].base == "plan" else run.index(own_now) + 1 if own_now else 0
    figures["evidence"] = "low" if n <= 2 or soft or rounding or undecided else "normal"
    figures["outlook"] = None if undecided else outlook(since, base, now, goal, status, year, low)
    reasons = _reasons(base, own_base, own_now, run, goal, rule, figures)
    reasons |= {
        "stale": oldest is not None and now.year < oldest,
        "bound_undecided": undecided,
        "within_rounding": rounding,
        "one_observation": len(since) == 1,
        "no_base_observation": base_missing,
        "target_year_passed": now.year < goal.target_year <= year,
    }
    order = (
        "stale", "bound_undecided", "one_observation", "no_base_observation", "too_few_years", "too_few_points",
        "base_equals_target", "base_meets_target", "zero_denominator", "sign_change", "linear_pace",
        "target_year_passed", "met_then_lost", "within_rounding", "not_ahead",
    )  # fmt: skip
    figures["reason"] = ";".join(name for name in order if reasons[name]) or None
    return figures


def allowed(end: Seen, scale: float, marked: Sequence[float]) -> list[float]:
    """Values that a printed bound allows: ever farther from it, or around it within half a unit of its last digit.

    Those `marked` are tried too, where they are on its side.
    """
    away = (1e-6, 1e-4, 1e-3, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 5, 10, 100, 1e4, 1e6)
    match end.bound:
        case "lower":
            return [*(end.value + scale * share for share in away), *(each for each in marked if each > end.value)]
        case "upper":
            return [
                *(end.value - scale * share for share in away),
                *(each for each in marked if -math.inf < each < end.value),
            ]
    digits = f"{end.value:.14e}".partition("e")
    last_digit = 10.0 ** (int(digits[2]) - len(digits[0].rstrip("0").partition(".")[2]))
    half = max(end.precision, last_digit / 2 if end.value else 0.5)
    return [end.value + half * share for share in (-1, -0.75, -0.5, -0.25, 0.25, 0.5, 0.75, 1)]


def outlook(
    since: Sequence[Seen], base: Seen | None, now: Seen, goal: Goal, status: str, year: int, low: float
) -> str | None:
    """Whether the target is met in its year by what is projected."""
    years = goal.target_year - now.year
    if status == "achieved":
        return "met"
    if years <= 0 or year >= goal.target_year or len(since) < 2 or (len(since) == 2 and base is None):
        return None
    points = [Point(each.year, each.value) for each in since]
    if len(points) == 2:
        arrives = max(plain_projection.central(points, 2 * years), low)
        near = abs(goal.target - arrives) <= 0.05 * abs(goal.target - now.value) * (1 + 1e-9)
    else:
        arrives = plain_projection.central(points, years)
        margin = t_quantile(0.9, len(points) - 1) * scatter(points) * math.sqrt(years)
        near = margin > 0 and max(arrives - margin, low) <= goal.target <= max(arrives + margin, low)
    if met(max(arrives, low), goal):
        return "met"
    return "close" if near else "missed"


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


def _status(
    now: Seen | None, pace: float | None, goal: Goal, rule: str, latest_year: int, year: int, stale: bool
) -> str:
    """From the top down; `now` is the value that the rule judges by, `latest_year` that of the latest one."""
    if now is None:
        return "undetermined"
    near = goal.whole is not None and goal.target in (0, goal.whole) and rule == "unsd-2023"
    if met(now.value, goal) or (near and abs(goal.target - now.value) <= 0.01 * (goal.whole or 0) * (1 + TOLERANCE)):
        return "achieved"
    if stale:
        return "undetermined"
    if latest_year >= goal.target_year:
        return "missed"
    if year >= goal.target_year:
        return "undetermined"
    return "undetermined" if pace is None else judged(pace, rule)


def _reasons(
    base: Seen | None,
    own_base: Seen | None,
    own_now: Seen | None,
    run: Sequence[Seen],
    goal: Goal,
    rule: str,
    figures: Figures,
) -> dict[str, bool]:
    now, target, no_pace = run[-1].value, goal.target, figures["pace"] is None
    left = goal.target_year - run[-1].year
    crossing = now < 0 or target < 0
    zero = target == 0 or (now == 0 and goal.sign < 0)
    if not met(now, goal) and left > 0 and not has_growth(now, target):
        zero, crossing = zero or now == 0, crossing or now != 0
    if base and not has_growth(base.value, now):
        zero, crossing = zero or base.value == 0, crossing or base.value != 0
    at_target = base is not None and close(base.value, target)
    if rule == "germany":
        zero |= no_pace and recent_change(run) is not None and (left > 0 or met(now, goal))
    elif own_base and own_now and goal.target_year > own_base.year and not close(own_base.value, target) and no_pace:
        signs = rule == "unsd-2023" and own_base.value != 0
        zero, crossing = zero or not signs, crossing or signs
    own_at_target = rule != "germany" and own_base is not None and close(own_base.value, target)
    linear = own_base is not None and own_now is not None and is_linear(own_base.value, own_now.value, goal)
    return {
        "too_few_years": own_base is None and RULES[rule].base not in ("plan", "six ago"),
        "too_few_points": rule == "germany" and recent_change(run) is None,
        "base_equals_target": at_target or own_at_target,
        "base_meets_target": base is not None and met(base.value, goal) and not at_target,
        "zero_denominator": zero,
        "sign_change": crossing,
        "linear_pace": RULES[rule].linear_where_undefined and linear and not no_pace,
        "met_then_lost": not met(now, goal) and any(met(each.value, goal) for each in run[:-1]),
        "not_ahead": (not met(now, goal) and left <= 0) or (base is not None and goal.target_year <= base.year),
    }
