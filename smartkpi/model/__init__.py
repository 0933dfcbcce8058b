"""The field's words as types: a plan and its observations."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Literal, NamedTuple

from smartkpi.model.codes import FIRM, NOT_OBSERVED, Level, RuleName
from smartkpi.model.codes import FIRST_YEAR as FIRST_YEAR
from smartkpi.model.codes import LAST_YEAR as LAST_YEAR
from smartkpi.model.columns import schema_id
from smartkpi.model.reading import ReadingOptions

PLAN_SCHEMA = schema_id("plan")


def machine_title(titles: Mapping[str, str]) -> str:
    """Return the English title, else the only one."""
    return titles.get("en") or next(iter(titles.values()))


class Source(NamedTuple):
    """A publication that figures come from."""

    id: str
    title: str
    publisher: str
    published: str = ""
    """ISO date of publication, empty if not known."""
    url: str = ""


class License(NamedTuple):
    """What others may do with a plan and its figures."""

    name: str
    """Identifier, such as ``CC-BY-4.0`` or ``OGDL-Taiwan-1.0``."""
    title: str = ""
    url: str = ""


class Pillar(NamedTuple):
    """A group of indicators in the plan."""

    id: str
    title: Mapping[str, str]
    """Title by language, ``en`` and ``zh-TW``."""

    @property
    def name(self) -> str:
        """Title in machine formats: the English one, else the only one."""
        return machine_title(self.title)


class SeriesTarget(NamedTuple):
    """A target of its own for the series of an indicator that match all of `where`."""

    where: Mapping[str, str]
    """Value by dimension."""
    target: float
    """In the indicator's unit."""
    target_year: int | None = None


class Indicator(NamedTuple):
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
    natural_minimum: float | None = None
    """Where projections of amounts and counts end, unless values lie below it; None where the plan gives bounds."""
    whole: float | None = None
    """What 100 % is in `unit`; None where values are no shares."""
    milestones: Mapping[int, float] = MappingProxyType({})
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
        return machine_title(self.title)


class Dimension(NamedTuple):
    """A column of the actuals that splits an indicator into series."""

    name: str
    column: str = ""
    """What the files call it; empty if they call it by its name."""
    total: tuple[str, ...] = ()
    """Values that mean the whole; with any, an empty cell means it too."""

    def column_among(self, names: Collection[str]) -> str:
        """Return the name of its column among those of a table."""
        return self.column if self.column in names and self.name not in names else self.name


class RuleChoice(NamedTuple):
    """A plan's own default rule, with thresholds of its own where it has any."""

    name: RuleName
    on_track: float | None = None
    lagging: float | None = None
    off_track: float | None = None
    line: int | None = None
    """Where the plan has it."""
    written: str = ""
    """Name as the plan has it."""


class Plan(NamedTuple):
    """Targets of a plan, as ``targets.toml`` gives them."""

    id: str
    title: Mapping[str, str]
    sources: Mapping[str, Source]
    pillars: Mapping[str, Pillar]
    indicators: Mapping[str, Indicator]
    dimensions: tuple[str, ...] = ()
    """Columns of the actuals that split an indicator into series."""
    columns: Mapping[str, Dimension] = MappingProxyType({})
    """What the plan says of dimensions beside their names, by name."""
    rule: RuleChoice | None = None
    file: str = ""
    license: License | None = None
    reading: ReadingOptions = ReadingOptions()
    """What the plan says of the files of its actuals."""
    content: bytes = b""
    """The file itself."""

    @property
    def axes(self) -> tuple[Dimension, ...]:
        """The dimensions with all that the plan says of them."""
        return tuple(self.columns.get(name, Dimension(name)) for name in self.dimensions)


class Observation(NamedTuple):
    """One row of the actuals, in the unit of its indicator."""

    indicator: str
    year: int
    """That the value is of, wholly or in part."""
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
    published: str = ""
    """When the value was published, or its vintage, where the file says so."""
    assumed: bool = False
    part: int = 0
    """Part of the year that the value is of, as a position in `quantities.periods.PARTS`; 0 for the whole year."""
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
