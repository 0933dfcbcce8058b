"""What is true of each column of a table, whichever kind of schema says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from smartkpi.messages.meanings import COLUMNS, meaning
from smartkpi.model import FIRST_YEAR, LAST_YEAR, columns
from smartkpi.model.codes import (
    BOUNDS,
    OBS_STATUS,
    REASONS,
    TARGET_KINDS,
    Evidence,
    Level,
    ProjectionMethod,
    RuleName,
    Status,
)
from smartkpi.model.columns import DESCRIBED, ColumnKind

TABLES: Mapping[str, Mapping[str, ColumnKind]] = {
    "status": columns.STATUS_COLUMNS,
    "project": columns.PROJECT_COLUMNS,
    "check": columns.STATUS_COLUMNS,
    "trend": columns.TREND_COLUMNS,
    "summary": columns.SUMMARY_COLUMNS,
    "observations": columns.OBSERVATION_COLUMNS,
    "actuals": columns.OBSERVATION_COLUMNS,
    "indicators": columns.INDICATOR_COLUMNS,
    "targets": columns.TARGET_COLUMNS,
}
"""What commands write, and the actuals that they read."""

ON_DEMAND: Mapping[str, Mapping[str, ColumnKind]] = {
    "status": {**columns.SIDE_BY_SIDE_COLUMNS, **columns.HISTORY_COLUMNS},
    "check": columns.SIDE_BY_SIDE_COLUMNS,
}
"""Columns that a table has only under some options."""

_JUDGED = (*DESCRIBED, "target_year", "target", "status", "as_of", *(rule.column for rule in RuleName))
_FILLED: Mapping[str, Sequence[str]] = {
    "status": _JUDGED,
    "project": (*DESCRIBED, "project_year", "method", "target_year", "target"),
    "check": _JUDGED,
    "trend": ("indicator", "title", "unit", "year", "target"),
    "summary": (*DESCRIBED, "series", *Status),
    "observations": ("indicator", "year", "unit", "obs_status"),
    "actuals": ("indicator", "year", "unit"),
    "indicators": ("indicator", "pillar", "level", "unit", "direction", "target_year", "target", "source"),
    "targets": tuple(columns.TARGET_COLUMNS),
}
_CHOICES: Mapping[str, Sequence[str]] = {
    "level": (Level.headline, Level.sector),
    "direction": ("increase", "decrease"),
    "obs_status": tuple(OBS_STATUS),
    "bound": BOUNDS,
    "status": tuple(Status),
    "method": tuple(ProjectionMethod),
    "evidence": (Evidence.normal, Evidence.low),
    "target_kind": TARGET_KINDS,
    **dict.fromkeys((rule.column for rule in RuleName), tuple(Status)),
}
_ONE_REASON, _ONE_STATUS = f"({'|'.join(REASONS)})", f"({'|'.join(Status)})"
_PATTERNS = {"reason": f"^{_ONE_REASON}(;{_ONE_REASON})*$", "status_change": f"^{_ONE_STATUS}>{_ONE_STATUS}$"}
_UNITS = {
    "pace": "1",
    "median_pace": "1",
    "probability": "1",
    "decimals": "1",
    "observed_change": "{unit}/year",
    "required_change": "{unit}/year",
}


class Field(NamedTuple):
    """A column of a table."""

    name: str
    kind: ColumnKind
    description: str
    filled: bool
    """Whether no cell is ever missing."""
    counts: bool
    """Whether it is a whole number of series."""
    unit: str
    """Of a measured number, ``{unit}`` being that of the row's own column ``unit``; empty for all else."""
    choices: Sequence[str]
    """All that a text can be; empty where it can be anything."""
    pattern: str
    """What a text looks like; empty where it can be anything."""
    least: int | None
    most: int | None


def fields(table: str, lang: str) -> list[Field]:
    """Return the columns that a table always has, in order."""
    return [field_of(table, name, kind, lang) for name, kind in TABLES[table].items()]


def fields_on_demand(table: str, lang: str) -> list[Field]:
    """Return the columns that a table has only under some options, in order."""
    return [field_of(table, name, kind, lang) for name, kind in ON_DEMAND.get(table, {}).items()]


def field_of(table: str, name: str, kind: ColumnKind, lang: str) -> Field:
    """Return what is true of a column of a table."""
    counts = table == "summary" and name in ("series", *Status)
    least, most = _limits(name, kind, counts)
    return Field(
        name=name,
        kind=kind,
        description=description(table, name, lang),
        filled=name in _FILLED[table],
        counts=counts,
        unit="" if kind != "number" or counts else "%" if name.endswith("_pct") else _UNITS.get(name, "{unit}"),
        choices=_CHOICES.get(name, ()) if kind == "text" else (),
        pattern=_PATTERNS.get(name, ""),
        least=least,
        most=most,
    )


def _limits(name: str, kind: ColumnKind, counts: bool) -> tuple[int | None, int | None]:
    if kind == "year":
        # The year in which a target is reached may lie beyond those that can be asked for.
        return FIRST_YEAR, None if name == "reached_in" else LAST_YEAR
    if name == "probability":
        return 0, 1
    return (0, None) if counts else (None, None)


def description(table: str, name: str, lang: str) -> str:
    """Return what a column of a table means."""
    names = [f"{table}.{name}", name, f"{table}.*", f"{name.partition('_')[0]}_*"]
    return meaning(COLUMNS, next(each for each in names if each in COLUMNS), lang)
