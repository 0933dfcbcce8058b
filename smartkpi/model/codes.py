"""Code lists: what a cell, a setting or a judgement can be, each in the order of the contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""Years that can be read and asked for."""

# SDMX code list CL_OBS_STATUS, version 2.3.
OBS_STATUS = "ABDEFGHIJKLMNOPQSUVW"
STATUS_CODES = (*OBS_STATUS, "")
"""Codes of obs_status by position; the empty one is an assumed value."""
# A forecast is no observation, and the others say in one way or another that the value is missing.
NOT_OBSERVED = frozenset("FMHLOQ")
# At a break, and where values of another definition begin or end, a series starts anew.
SERIES_BREAKS = frozenset("BD")
# What is neither normal nor provisional lowers the evidence.
FIRM = frozenset("AP")


def starts_run(obs_status: str, before: str) -> bool:
    """Return whether a series starts anew at an observation, given the status of the one before.

    Examples
    --------
    >>> [starts_run(*pair) for pair in ("BA", "DA", "DD", "AD", "AA")]
    [True, True, False, True, False]
    """
    return obs_status == "B" or (obs_status == "D") != (before == "D")


BOUNDS = ("lower", "upper", "approx")
"""What a value may be instead of exact: above what is printed, below it, or near it."""


DIRECTIONS = ("increase", "decrease", "within")
"""Where a value meets the target: at or above it, at or below it, or in its range."""

TARGET_KINDS = ("milestone", "target", "series", "since")
"""What a target is of a plan: one on the way, the indicator's, that of single series, or the one since a year."""


class GroupBy(StrEnum):
    """What KPIs can be put together by."""

    pillar = "pillar"
    owner = "owner"
    level = "level"
    all = "all"


class Level(StrEnum):
    """Level of an indicator in its plan."""

    headline = "headline"
    sector = "sector"
    all = "all"


class RuleName(StrEnum):
    """Published on-track rules, in the order of the contract."""

    compound = "compound"
    linear = "linear"
    eurostat = "eurostat"
    eurostat_long = "eurostat-long"
    unsd_2023 = "unsd-2023"
    germany = "germany"
    trajectory = "trajectory"

    @property
    def column(self) -> str:
        """Column of its status in a table of all rules; with underscores, like every column."""
        return f"status_{self.name}"


RULES_ALL = "all"
"""Asks for every rule, side by side."""


class Status(StrEnum):
    """The judgement on a series, in the order in which it is decided."""

    undetermined = "undetermined"
    achieved = "achieved"
    missed = "missed"
    on_track = "on_track"
    lagging = "lagging"
    off_track = "off_track"
    reversing = "reversing"


class ProjectionMethod(StrEnum):
    """What the figures of a projected row rest on, by the number of observations."""

    none = "none"
    """Nothing is projected."""
    held = "held"
    """Only the latest value, held."""
    scenarios = "scenarios"
    """The latest value held, at the observed change and at the observed growth."""
    half_drift = "half_drift"
    """Central figure: the latest value and half of the mean annual change."""


class Evidence(StrEnum):
    """How firm the observations are that a judgement rests on."""

    low = "low"
    normal = "normal"


FAILING_REASONS = ("target_year_passed", "stale", "bound_undecided")
"""Why a series that is undetermined can fail a plan."""


class Outlook(StrEnum):
    """Whether the target is met in its year by what is projected."""

    met = "met"
    close = "close"
    missed = "missed"


class Described(StrEnum):
    """What `smartkpi schema` can describe."""

    status = "status"
    project = "project"
    check = "check"
    trend = "trend"
    summary = "summary"
    explain = "explain"
    validate = "validate"
    observations = "observations"
    plan = "plan"
    actuals = "actuals"
    indicators = "indicators"
    targets = "targets"
    units = "units"
    list = "list"
    groups = "groups"


class SchemaFormat(StrEnum):
    """Kinds of schema."""

    json_schema = "json-schema"
    table_schema = "table-schema"


ON_TRACK: Mapping[Status, bool | None] = {
    Status.undetermined: None,
    Status.achieved: True,
    Status.missed: False,
    Status.on_track: True,
    Status.lagging: False,
    Status.off_track: False,
    Status.reversing: False,
}

# Codes for what is empty or out of the ordinary, in the order in which they are joined.
REASONS = (
    "no_observation",
    "no_target_value",
    "gap_in_total",
    "stale",
    "bound_undecided",
    "one_observation",
    "no_base_observation",
    "too_few_years",
    "too_few_points",
    "base_equals_target",
    "base_meets_target",
    "zero_denominator",
    "sign_change",
    "range_target",
    "linear_pace",
    "target_year_passed",
    "met_then_lost",
    "kept",
    "lost_before",
    "within_rounding",
    "not_ahead",
    "no_scatter",
    "at_bound",
    "at_scenario_bound",
    "assumed",
)

_DECIDING = ("no_observation", "stale", "bound_undecided", "target_year_passed")


def deciding_reason(reasons: Sequence[str]) -> str:
    """Return which of its reasons makes a series undetermined: the first one in the order of the decision.

    Examples
    --------
    >>> deciding_reason(["one_observation", "target_year_passed"]), deciding_reason(["one_observation"])
    ('target_year_passed', 'one_observation')
    """
    return next((reason for reason in _DECIDING if reason in reasons), reasons[0] if reasons else "")
