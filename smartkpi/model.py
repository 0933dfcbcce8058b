"""The field's words as types, and the columns of the output, each declared once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

PLAN_SCHEMA = "smartkpi/plan/1"
FIRST_YEAR, LAST_YEAR = 1900, 2200

# SDMX code list CL_OBS_STATUS, version 2.3.
OBS_STATUS = "ABDEFGHIJKLMNOPQSUVW"
# A forecast is no observation, and the others say in one way or another that the value is missing.
NOT_OBSERVED = frozenset("FMHLOQ")
# At a break or where the definition differs, a series starts anew.
SERIES_BREAKS = frozenset("BD")
# What is neither normal nor provisional lowers the evidence.
FIRM = frozenset("AP")


# Columns of the actuals with a meaning of their own; any other is a series dimension or not read.
REQUIRED_COLUMNS = ("indicator", "year", "value", "unit")
OPTIONAL_COLUMNS = ("obs_status", "source", "locator", "note", "bound")
BOUNDS = ("lower", "upper", "approx")
"""What a value may be instead of exact: above what is printed, below it, or near it."""
RESERVED_COLUMNS = REQUIRED_COLUMNS + OPTIONAL_COLUMNS


class Level(StrEnum):
    """How high an indicator stands in its plan."""

    headline = "headline"
    sector = "sector"
    all = "all"


class RuleName(StrEnum):
    """Published on-track rules, in the order of the contract."""

    eurostat = "eurostat"
    linear = "linear"
    sdsn = "sdsn"
    unsd = "unsd"
    germany = "germany"
    trajectory = "trajectory"


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
    """What the figures of a projected row rest on, by the number of observations and by the scale."""

    none = "none"
    """Nothing is projected."""
    held = "held"
    """Only the latest value, held."""
    scenarios = "scenarios"
    """The latest value held, at the observed change and at the observed growth."""
    last_value = "last_value"
    """Central figure: the latest value, which stays."""
    last_value_logit = "last_value_logit"
    """As `last_value`, its interval on the logit of the bounds."""
    half_drift = "half_drift"
    """Central figure: the latest value and half of the mean annual change."""
    half_drift_logit = "half_drift_logit"
    """As `half_drift`, on the logit of the bounds."""


class Evidence(StrEnum):
    """How firm the observations are that a judgement rests on."""

    low = "low"
    normal = "normal"


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
    "one_observation",
    "no_base_observation",
    "too_few_points",
    "base_equals_target",
    "base_meets_target",
    "zero_denominator",
    "sign_change",
    "linear_pace",
    "target_year_passed",
    "met_then_lost",
    "not_ahead",
    "at_bound",
    "at_scenario_bound",
    "assumed",
)

ColumnKind = Literal["text", "year", "number", "flag"]

STATUS_COLUMNS: Mapping[str, ColumnKind] = {
    "indicator": "text",
    "title": "text",
    "pillar": "text",
    "level": "text",
    "unit": "text",
    "direction": "text",
    "base_year": "year",
    "base": "number",
    "year": "year",
    "actual": "number",
    "obs_status": "text",
    "target_year": "year",
    "target": "number",
    "gap": "number",
    "attainment_pct": "number",
    "progress_pct": "number",
    "observed_growth_pct": "number",
    "observed_change": "number",
    "required_growth_pct": "number",
    "required_change": "number",
    "pace": "number",
    "on_track": "flag",
    "status": "text",
    "evidence": "text",
    "reason": "text",
}

OBSERVATION_COLUMNS: Mapping[str, ColumnKind] = {
    "indicator": "text",
    "year": "year",
    "value": "number",
    "unit": "text",
    "obs_status": "text",
    "source": "text",
    "locator": "text",
    "note": "text",
    "bound": "text",
}

PROJECT_COLUMNS: Mapping[str, ColumnKind] = {
    "indicator": "text",
    "title": "text",
    "pillar": "text",
    "level": "text",
    "unit": "text",
    "direction": "text",
    "year": "year",
    "actual": "number",
    "project_year": "year",
    "held": "number",
    "at_observed_change": "number",
    "at_observed_growth": "number",
    "projected": "number",
    "low": "number",
    "high": "number",
    "method": "text",
    "target_year": "year",
    "target": "number",
    "meets_target": "flag",
    "probability": "number",
    "reached_in": "year",
    "reason": "text",
}

SUMMARY_COLUMNS: Mapping[str, ColumnKind] = {
    "indicator": "text",
    "title": "text",
    "pillar": "text",
    "level": "text",
    "unit": "text",
    "direction": "text",
    "series": "number",
    **dict.fromkeys(Status, "number"),
    "median_pace": "number",
    "worst": "text",
}

TREND_COLUMNS: Mapping[str, ColumnKind] = {
    "indicator": "text",
    "title": "text",
    "unit": "text",
    "year": "year",
    "observed": "number",
    "obs_status": "text",
    "path": "number",
    "required": "number",
    "target": "number",
}


@dataclass(frozen=True)
class Source:
    """A publication that figures come from."""

    id: str
    title: str
    publisher: str
    published: str = ""
    """ISO date of publication, empty if not known."""
    url: str = ""


@dataclass(frozen=True)
class Pillar:
    """A group of indicators in the plan."""

    id: str
    title: Mapping[str, str]
    """Title by language, ``en`` and ``zh-TW``."""


@dataclass(frozen=True)
class SeriesTarget:
    """A target of its own for the series of an indicator that match all of `where`."""

    where: Mapping[str, str]
    """Value by dimension."""
    target: float
    """In the indicator's unit."""
    target_year: int | None = None


@dataclass(frozen=True)
class Indicator:
    """An indicator with its target."""

    id: str
    title: Mapping[str, str]
    pillar: str
    level: Level
    unit: str
    """Unit of results and targets, as the plan writes it."""
    direction: Literal["increase", "decrease"]
    target: float
    """In `unit`."""
    target_year: int
    source: str
    base_year: int | None = None
    """Where the trend starts; None for the first observation of the unbroken series."""
    bounds: tuple[float, float] | None = None
    """Least and greatest possible value, in `unit`; None for none."""
    milestones: Mapping[int, float] = field(default_factory=dict)
    """Intermediate targets in `unit`, by year, in order of years."""
    targets: Sequence[SeriesTarget] = ()
    decimals: int | None = None
    """Decimals that people see; None for as many as the values have."""
    locator: str = ""
    definition: str = ""
    note: str = ""
    line: int | None = None
    """Line of the target in the plan file."""

    @property
    def sign(self) -> int:
        """+1 where more is better, -1 where less is."""
        return 1 if self.direction == "increase" else -1

    @property
    def name(self) -> str:
        """Title in machine formats: the English one, else the only one."""
        return self.title.get("en") or next(iter(self.title.values()))


@dataclass(frozen=True)
class RuleChoice:
    """A plan's own default rule, with thresholds of its own where it has any."""

    name: RuleName
    on_track: float | None = None
    lagging: float | None = None
    off_track: float | None = None


@dataclass(frozen=True)
class Plan:
    """Targets of a plan, as ``targets.toml`` gives them."""

    id: str
    title: Mapping[str, str]
    sources: Mapping[str, Source]
    pillars: Mapping[str, Pillar]
    indicators: Mapping[str, Indicator]
    dimensions: tuple[str, ...] = ()
    """Columns of the actuals that split an indicator into series."""
    rule: RuleChoice | None = None
    file: str = ""


@dataclass(frozen=True)
class Observation:
    """One row of the actuals, in the unit of its indicator."""

    indicator: str
    year: int
    value: float | None
    """In the indicator's unit; None if missing."""
    unit: str
    """The indicator's unit."""
    obs_status: str = "A"
    """Code of CL_OBS_STATUS; empty for an assumed value."""
    dimensions: tuple[str, ...] = ()
    """Values in the order of ``Plan.dimensions``."""
    source: str = ""
    locator: str = ""
    note: str = ""
    bound: str = ""
    """``lower``, ``upper`` or ``approx`` where the value is printed as no more than that."""
    as_given: str = ""
    """Value and unit as the file has them."""
    assumed: bool = False
    file: str = ""
    line: int | None = None

    @property
    def counts(self) -> bool:
        """Whether the row is an observation: it has a value, and not a forecast's."""
        return self.value is not None and self.obs_status not in NOT_OBSERVED

    @property
    def firm(self) -> bool:
        """Whether the value stands as normal or provisional and exact."""
        return self.obs_status in FIRM and not self.bound


@dataclass(frozen=True)
class Table:
    """Finished rows, column by column: renderers take them as they are and do no arithmetic."""

    name: str
    """Which table: ``status``, ``project``, ..."""
    kinds: Mapping[str, ColumnKind]
    columns: Mapping[str, Sequence[Any]]
    """Cells by column name; None is missing."""
    plan: Plan
    rule: str = ""
    year: int | None = None
    """Year of assessment, or the one asked for to project to."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """What else was asked for and shapes the figures, by option."""
    aside: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    """Figures beside the columns, row by row, which pictures need and no file has."""

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))
