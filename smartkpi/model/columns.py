"""Columns of what is read and written, each declared once; other programs rely on them, so they only grow.

What a column means is in `messages.descriptions`, under the column's key. A new column is declared here, listed in its
table here, described there, and computed by the table's module.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from smartkpi.model.codes import (
    BOUNDS,
    DIRECTIONS,
    FIRST_YEAR,
    LAST_YEAR,
    OBS_STATUS,
    REASONS,
    RULES_ALL,
    TARGET_KINDS,
    Evidence,
    Level,
    Outlook,
    ProjectionMethod,
    RuleName,
    Status,
)

ColumnKind = Literal["text", "year", "number", "flag"]

OBSERVATIONS = "observations"
"""Name of the sheet of a workbook and of the resource of a data package that hold observations."""


class Field(NamedTuple):
    """A column of a table."""

    name: str
    kind: ColumnKind = "text"
    unit: str = ""
    """Unit of a measured number, ``{unit}`` for the one in the row's own column ``unit``; empty for all else."""
    filled: bool = False
    """Whether no cell is ever missing."""
    choices: tuple[str, ...] = ()
    """All that a text can be; empty where it can be anything."""
    pattern: str = ""
    """Regular expression that a text matches; empty where it can be anything."""
    least: int | None = None
    most: int | None = None
    counts: bool = False
    """Whether it is a whole number of series."""
    key: str = ""
    """Under which it is described, where that is not its name."""

    @property
    def described(self) -> str:
        """Key of the column's description."""
        return self.key or self.name


def _year(name: str, *, filled: bool = False, most: int | None = LAST_YEAR, key: str = "") -> Field:
    return Field(name, "year", filled=filled, least=FIRST_YEAR, most=most, key=key)


def _amount(name: str, *, filled: bool = False) -> Field:
    return Field(name, "number", "{unit}", filled=filled)


def _count(name: str, key: str = "") -> Field:
    return Field(name, "number", filled=True, least=0, counts=True, key=key)


_ONE_REASON, _ONE_STATUS = f"({'|'.join(REASONS)})", f"({'|'.join(Status)})"
_RULE_FIELDS = [Field(rule.column, filled=True, choices=tuple(Status), key="status_of_rule") for rule in RuleName]
_FIELDS: Mapping[str, Field] = {
    field.name: field
    for field in (
        # The indicator of the row
        Field("indicator", filled=True),
        Field("title", filled=True),
        Field("pillar", filled=True),
        Field("level", filled=True, choices=(Level.headline, Level.sector)),
        Field("unit", filled=True),
        Field("direction", filled=True, choices=DIRECTIONS),
        Field("title_zh"),
        # What was observed, and the target
        _year("base_year"),
        _amount("base"),
        _year("year"),
        _amount("actual"),
        Field("obs_status", choices=tuple(OBS_STATUS)),
        _year("target_year", filled=True),
        _amount("target"),
        _amount("milestone"),
        Field("milestone_attainment_pct", "number", "%"),
        _amount("target_low"),
        _amount("target_high"),
        _year("since"),
        Field("target_text"),
        Field("keep", "flag"),
        _year("total_since"),
        Field("owner"),
        Field("weight", "number", "1"),
        # What status computes
        _amount("gap"),
        Field("attainment_pct", "number", "%"),
        Field("progress_pct", "number", "%"),
        Field("observed_growth_pct", "number", "%"),
        Field("observed_change", "number", "{unit}/year"),
        Field("required_growth_pct", "number", "%"),
        Field("required_change", "number", "{unit}/year"),
        Field("pace", "number", "1"),
        Field("on_track", "flag"),
        Field("status", filled=True, choices=tuple(Status)),
        Field("evidence", choices=(Evidence.normal, Evidence.low)),
        Field("reason", pattern=f"^{_ONE_REASON}(;{_ONE_REASON})*$"),
        Field("outlook", choices=tuple(Outlook)),
        *_RULE_FIELDS,
        Field("agreement", "flag"),
        _year("as_of", filled=True),
        Field("rule", choices=(*RuleName, RULES_ALL)),
        Field("smartkpi_version", filled=True),
        Field("status_change", pattern=f"^{_ONE_STATUS}>{_ONE_STATUS}$"),
        # What project computes
        _year("project_year", filled=True),
        _amount("held"),
        _amount("at_observed_change"),
        _amount("at_observed_growth"),
        _amount("projected"),
        _amount("low"),
        _amount("high"),
        Field("method", filled=True, choices=tuple(ProjectionMethod)),
        Field("meets_target", "flag"),
        Field("probability", "number", "1", least=0, most=1),
        _year("reached_in", most=None),  # it may be later than any year that can be asked for
        # Actuals
        _amount("value"),
        Field("source"),
        Field("locator"),
        Field("note"),
        Field("bound", choices=BOUNDS),
        Field("explanation"),
        Field("measures"),
        # Plans
        Field("title_en"),
        Field("title_zh_tw"),
        Field("pillar_title"),
        _amount("lower_bound"),
        _amount("upper_bound"),
        Field("decimals", "number", "1"),
        Field("definition"),
        Field("target_kind", filled=True, choices=TARGET_KINDS),
        # Units
        Field("dimension", filled=True),
        Field("size", "number", "1", filled=True),
        Field("name_en", filled=True),
        Field("name_zh_tw", filled=True),
        Field("also"),
        # Trends and summaries
        _amount("observed"),
        _amount("path"),
        _amount("required"),
        _count("series"),
        Field("median_pace", "number", "1"),
        Field("worst"),
        Field("group"),
        _count("low_evidence"),
        Field("capped_attainment_pct", "number", "%", least=0, most=100),
        _count("with_attainment"),
    )
}


def _fields(names: str, *own: Field) -> Mapping[str, Field]:
    """Return the columns of a table by name, in order; `own` are those that differ from their declaration above."""
    declared = {**_FIELDS, **{field.name: field for field in own}}
    return {name: declared[name] for name in names.split()}


def _filled(*names: str) -> list[Field]:
    """Return columns as declared, with the difference that no cell is missing in this table."""
    return [_FIELDS[name]._replace(filled=True) for name in names]


_DESCRIBED = "indicator title pillar level unit direction"
_STATUS = (
    f"{_DESCRIBED} base_year base year actual obs_status target_year target gap attainment_pct progress_pct"
    " observed_growth_pct observed_change required_growth_pct required_change pace on_track status evidence reason"
    " outlook milestone milestone_attainment_pct target_low target_high"
)
_OBSERVATIONS = "indicator year value unit obs_status source locator note bound explanation measures"

TABLES: Mapping[str, Mapping[str, Field]] = {
    "status": _fields(_STATUS),
    "project": _fields(
        f"{_DESCRIBED} year actual project_year held at_observed_change at_observed_growth projected low high method"
        " target_year target meets_target probability reached_in reason outlook target_low target_high"
    ),
    "check": _fields(f"{_STATUS} explanation measures"),
    "trend": _fields(
        "indicator title unit year observed obs_status path required target target_low target_high",
        _year("year", filled=True, key="year_of_row"),
    ),
    "summary": _fields(
        f"{_DESCRIBED} series {' '.join(Status)} median_pace worst",
        *(_count(status, key="series_with_status") for status in Status),
    ),
    "groups": _fields(
        f"group series {' '.join(Status)} low_evidence capped_attainment_pct with_attainment",
        *(_count(status, key="series_with_status") for status in Status),
    ),
    "observations": _fields(_OBSERVATIONS, *_filled("year", "obs_status")),
    "actuals": _fields(_OBSERVATIONS, *_filled("year")),
    "indicators": _fields(
        "indicator title_en title_zh_tw pillar pillar_title level unit direction base_year target_year target"
        " lower_bound upper_bound decimals source locator definition note"
        " target_low target_high target_text base keep total_since owner weight",
        *_filled("source"),
    ),
    "list": _fields(
        "indicator title pillar level unit direction target_year target target_low target_high target_text owner weight"
    ),
    "targets": _fields("indicator target_year target unit target_kind since target_low target_high target_text"),
    "units": _fields("unit dimension size name_en name_zh_tw also", Field("unit", filled=True, key="unit_itself")),
}
"""Columns of what commands write, and of the actuals that they read, by table and name; the order is public."""

_SIDE_BY_SIDE = _fields(" ".join([*(field.name for field in _RULE_FIELDS), "agreement"]))
_HISTORY = _fields("as_of status_change")

ON_DEMAND: Mapping[str, Mapping[str, Field]] = {
    "status": {**_SIDE_BY_SIDE, **_HISTORY},
    "check": _SIDE_BY_SIDE,
}
"""Columns that a table has only under some options, after all others."""


_PROVENANCE = _fields("rule as_of smartkpi_version", _year("as_of"))
_TITLE_ZH = _fields("title_zh")
_IN_CHARGE = _fields("owner weight")
ON_REQUEST: Mapping[str, Mapping[str, Field]] = {
    **{name: {**_PROVENANCE, **_TITLE_ZH, **_IN_CHARGE} for name in ("status", "project", "check", "trend", "summary")},
    "list": _TITLE_ZH,
    "observations": {**_fields("title title_zh"), **_IN_CHARGE},
}
"""Columns that a table has only where they are named, or their language is."""


def _kinds(fields: Mapping[str, Field]) -> Mapping[str, ColumnKind]:
    return {name: field.kind for name, field in fields.items()}


STATUS_COLUMNS = _kinds(TABLES["status"])
SIDE_BY_SIDE_COLUMNS = _kinds(_SIDE_BY_SIDE)
"""Follow those of status where every rule judges."""
HISTORY_COLUMNS = _kinds(_HISTORY)
"""Follow all others where the years of a range are assessed."""
ON_REQUEST_COLUMNS = _kinds({**_PROVENANCE, **ON_REQUEST["observations"]})
PROJECT_COLUMNS = _kinds(TABLES["project"])
TREND_COLUMNS = _kinds(TABLES["trend"])
SUMMARY_COLUMNS = _kinds(TABLES["summary"])
GROUP_COLUMNS = _kinds(TABLES["groups"])
OBSERVATION_COLUMNS = _kinds(TABLES["observations"])
INDICATOR_COLUMNS = _kinds(TABLES["indicators"])
LIST_COLUMNS = _kinds(TABLES["list"])
TARGET_COLUMNS = _kinds(TABLES["targets"])
UNIT_COLUMNS = _kinds(TABLES["units"])

DESCRIBED = tuple(_DESCRIBED.split())
"""Columns that say which indicator a row is of."""

REQUIRED_COLUMNS = ("indicator", "year", "value", "unit")
"""Columns that every file of actuals has."""
OPTIONAL_COLUMNS = tuple(name for name in TABLES["actuals"] if name not in REQUIRED_COLUMNS)
RESERVED_COLUMNS = REQUIRED_COLUMNS + OPTIONAL_COLUMNS
"""Columns of actuals with a meaning of their own; any other is a series dimension or not read."""

OUTPUT_COLUMNS = frozenset(
    name for table, fields in TABLES.items() if table not in ("indicators", "units") for name in fields
).union(*ON_DEMAND.values(), *ON_REQUEST.values())
"""Names that a dimension cannot have, because it appears among these in a table."""


def schema_id(name: str) -> str:
    """Return the name and version of a format, as its documents carry it.

    Examples
    --------
    >>> schema_id("status")
    'smartkpi/status/1'
    """
    return f"smartkpi/{name}/1"
