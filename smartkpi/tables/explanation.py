"""What an explanation holds: formulas with their numbers, the source of each, what every rule says, what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from smartkpi.model import Indicator, Plan
from smartkpi.model.codes import RuleName, Status

Role = Literal["base", "actual", "observation", "target", "milestone"]

Lack = Literal[
    "no_observation",
    "one_observation",
    "no_base_observation",
    "too_few_points",
    "base_equals_target",
    "target_year_passed",
    "two_observations",
]
"""Codes of reasons for which something is missing, and one more where a trend has two points."""


@dataclass(frozen=True)
class Given:
    """A number that the figures rest on, and where it is from."""

    role: Role
    year: int
    value: float
    """In the indicator's unit."""
    as_given: str
    """Value and unit as the file has them; empty for what the plan gives as a number."""
    obs_status: str | None
    source: str
    """Title and publisher, or what the file says."""
    locator: str
    note: str
    file: str
    line: int | None
    assumed: bool


@dataclass(frozen=True)
class Step:
    """A figure: its formula, the same with numbers, and the result."""

    figure: str
    formula: str
    worked: str | None
    """None where the figure is not defined."""
    result: float | None


@dataclass(frozen=True)
class Verdict:
    """What one rule says, and why."""

    rule: RuleName
    reference: str
    step: Step
    thresholds: Mapping[Status, float]
    status: Status
    reasons: Sequence[str]
    differs: bool
    """Whether its on-track flag is another than that of the rule chosen."""
    next_value: float | None
    """Value of `SeriesExplanation.next_year` from which on the rule would say on track."""
    published: str | None
    """Class that the rule's publication gives, in its words; None where it has none."""


@dataclass(frozen=True)
class Missing:
    """What is not known, and which observation would settle it."""

    reason: Lack
    details: Mapping[str, Any]
    """``year`` or ``years`` that the reason speaks of, if any."""


@dataclass(frozen=True)
class SeriesExplanation:
    """One series of the indicator."""

    dimensions: Mapping[str, str | None]
    figures: Mapping[str, Any]
    """Cells of its row in the status table that are computed."""
    given: Sequence[Given]
    steps: Sequence[Step]
    verdicts: Sequence[Verdict]
    """The rule chosen first."""
    agreement: bool | None
    next_year: int | None
    """Year of the observation that would tell more, None where the target year leaves none."""
    missing: Sequence[Missing]


@dataclass(frozen=True)
class Explanation:
    """All there is to say of an indicator."""

    plan: Plan
    indicator: Indicator
    rule: RuleName
    year: int | None
    """Year of assessment."""
    series: Sequence[SeriesExplanation]
