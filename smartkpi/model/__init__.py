"""The field's words as types: a plan and its observations."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Literal, NamedTuple

from smartkpi.model.codes import FIRM, NOT_OBSERVED, Level, RuleName
from smartkpi.model.codes import FIRST_YEAR as FIRST_YEAR
from smartkpi.model.codes import LAST_YEAR as LAST_YEAR
from smartkpi.model.reading import ReadingOptions


def machine_title(titles: Mapping[str, str]) -> str:
    """Return the English title, else the only one; empty where there is none."""
    return titles.get("en") or next(iter(titles.values()), "")


class Source(NamedTuple):
    """A publication that figures come from."""

    id: str
    title: str
    """The English one, else the only one."""
    publisher: str
    published: str = ""
    """ISO date of publication, empty if not known."""
    url: str = ""
    titles: Mapping[str, str] = MappingProxyType({})
    """By language; what is the same in all languages under the empty one."""

    def title_in(self, lang: str) -> str:
        """Return the title in a language, else the one that there is."""
        return self.titles.get(lang) or self.title


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


class OwnUnit(NamedTuple):
    """A unit that a plan declares."""

    name: str
    title: tuple[tuple[str, str], ...] = ()
    """Title by language; the name where it has none."""
    measures: str = ""
    """Word of the plan for what it measures; the name where it has none."""
    size: Decimal = Decimal(1)
    equals: str = ""
    """A known unit that it is `size` times of; empty where it is a unit by itself."""


class RelativeTarget(NamedTuple):
    """A target by what the value of a year is to become."""

    kind: Literal["percent", "amount", "times"]
    """Whether `size` is a change in percent, a change in the indicator's unit, or a factor."""
    size: float
    from_year: int
    text: str
    """As the plan has it, such as ``-55 %`` or ``2``."""


class SeriesTarget(NamedTuple):
    """Another target of an indicator: that of the series that match all of `where`, or the one since a year."""

    where: Mapping[str, str]
    """Value by dimension; empty for all series."""
    target: float
    """In the indicator's unit; NaN for a relative target or a range."""
    target_year: int | None = None
    since: int | None = None
    """First year of assessment in which it counts; None for all."""
    milestones: Mapping[int, float] | None = None
    """None for those of the indicator."""
    relative: RelativeTarget | None = None
    target_range: tuple[float, float] | None = None
    line: int | None = None
    """Line of the target in the plan file."""


class Indicator(NamedTuple):
    """An indicator with its target."""

    id: str
    title: Mapping[str, str]
    pillar: str
    level: Level
    unit: str
    """Unit of results and targets, as the plan writes it."""
    direction: Literal["increase", "decrease", "within"]
    target: float
    """In `unit`; NaN for a relative target or a range."""
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
    relative: RelativeTarget | None = None
    target_range: tuple[float, float] | None = None
    """Least and greatest value that meet the target, in `unit`; None unless `direction` is ``within``."""
    base: float | None = None
    """Baseline that the plan prints for `base_year`, in `unit`."""
    keep: bool = False
    """Whether the target is to be held in every year until the target year."""
    total_since: int | None = None
    """First year of the yearly amounts whose sum counts; None where the actuals are the values that count."""
    aggregate: Literal["", "last", "sum", "mean"] = ""
    """How quarters, months and half-years make a year; empty where the plan does not say."""
    owner: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    """Agencies in charge by language; under the empty language, names that are the same in all."""
    weight: float | None = None
    """Share in weighted means; None for the mean of the others."""
    decimals: int | None = None
    """Decimals that people see; None for as many as the values have."""
    locator: Mapping[str, str] = MappingProxyType({})
    """Where in the source, by language, as `note`."""
    short: Mapping[str, str] = MappingProxyType({})
    """Title where there is little room, by language, as `note`."""
    definition: Mapping[str, str] = MappingProxyType({})
    """By language, as `note`; what is the same in all languages under the empty one."""
    note: Mapping[str, str] = MappingProxyType({})
    line: int | None = None
    """Line of the target in the plan file."""

    @property
    def sign(self) -> int:
        """+1 where more is better, -1 where less is; of a range the nearer bound decides."""
        return -1 if self.direction == "decrease" else 1

    @property
    def name(self) -> str:
        """Title in machine formats: the English one, else the only one."""
        return machine_title(self.title)

    @property
    def owner_names(self) -> Sequence[str]:
        """Names of the agencies in charge, in every language."""
        return [name for names in self.owner.values() for name in names]

    def owners(self, lang: str = "en") -> Sequence[str]:
        """Return the agencies in charge in a language, else in the one there is."""
        return self.owner.get("") or self.owner.get(lang) or next(iter(self.owner.values()), ())


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
    units: tuple[OwnUnit, ...] = ()
    """Units of its own."""
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
    explanation: str = ""
    """Why the value falls short of what the target asks for."""
    measures: str = ""
    """What is done about it."""
    note_zh: str = ""
    """The note in Chinese; empty where it has none of its own."""
    bound: str = ""
    """``lower``, ``upper`` or ``approx`` where the value is printed as no more than that."""
    precision: float = 0.0
    """Half a unit of the last printed digit, in the indicator's unit; 0 where it is not printed with digits."""
    as_given: str = ""
    """Value and unit as the file has them."""
    published: str = ""
    """When the value was published, or its vintage, where the file says so."""
    assumed: bool = False
    part: int = 0
    """Part of the year that the value is of, as a position in `quantities.periods.PARTS`; 0 for the whole year."""
    file: str = ""
    line: int | None = None

    def note_in(self, lang: str) -> str:
        """Return the note in a language, else the one that there is."""
        return (lang == "zh-TW" and self.note_zh) or self.note

    @property
    def counts(self) -> bool:
        """Whether the row is an observation: it has a value, and not a forecast's."""
        return self.value is not None and self.obs_status not in NOT_OBSERVED

    @property
    def firm(self) -> bool:
        """Whether the value is exact, and normal or provisional."""
        return self.obs_status in FIRM and not self.bound
