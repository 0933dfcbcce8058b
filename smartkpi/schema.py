"""What the tables hold, for programs: each output and the actuals as a Table Schema, the plan as a JSON Schema.

References
----------
Frictionless Data, Table Schema, https://specs.frictionlessdata.io/table-schema/; `unit` is a property of our own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from smartkpi.codes import BOUNDS, OBS_STATUS, TARGET_KINDS, Level, Status
from smartkpi.contract import OBSERVATION_COLUMNS, PROJECT_COLUMNS, STATUS_COLUMNS, TARGET_COLUMNS, ColumnKind
from smartkpi.model import FIRST_YEAR, LAST_YEAR
from smartkpi.planschema import plan_schema
from smartkpi.words.meanings import COLUMNS, meaning, meaning_of_column


class Described(StrEnum):
    """What can be described."""

    status = "status"
    project = "project"
    plan = "plan"
    actuals = "actuals"


_TABLES: Mapping[str, Mapping[str, ColumnKind]] = {
    "status": STATUS_COLUMNS,
    "project": PROJECT_COLUMNS,
    "actuals": OBSERVATION_COLUMNS,
}
_TYPES: Mapping[ColumnKind, str] = {"text": "string", "year": "integer", "number": "number", "flag": "boolean"}
_CHOICES: Mapping[str, Sequence[str]] = {
    "level": (Level.headline, Level.sector),
    "direction": ("increase", "decrease"),
    "obs_status": tuple(OBS_STATUS),
    "bound": BOUNDS,
    "status": tuple(Status),
    "evidence": ("normal", "low"),
    "kind": TARGET_KINDS,
}
_RESULT = ("indicator", "title", "pillar", "level", "unit", "direction", "target_year", "target", "status")
_ALWAYS_THERE: Mapping[str, Sequence[str]] = {
    "status": _RESULT,
    "project": _RESULT,
    "actuals": ("indicator", "year", "unit"),
    "observations": ("indicator", "year", "unit"),
    "indicators": ("indicator", "pillar", "level", "unit", "direction", "target_year", "target", "source"),
    "targets": tuple(TARGET_COLUMNS),
}
_UNITS = {
    "pace": "1",
    "probability": "1",
    "decimals": "1",
    "observed_change": "{unit}/year",
    "required_change": "{unit}/year",
}


def describe(what: str, lang: str = "en") -> dict[str, Any]:
    """Return the schema of an output or of an input format.

    Parameters
    ----------
    what
        ``status``, ``project``, ``plan`` or ``actuals``.
    lang
        Language of the descriptions.

    Returns
    -------
    dict
        For JSON. The unit ``{unit}`` is the one in the row's own column ``unit``.

    Examples
    --------
    >>> describe("status")["fields"][14]["name"], describe("status")["fields"][14]["unit"]
    ('attainment_pct', '%')
    """
    if what == Described.plan:
        return plan_schema(lang)
    return {
        "$schema": "https://specs.frictionlessdata.io/schemas/table-schema.json",
        "name": f"smartkpi/{what}/1",
        "missingValues": [""],
        "fields": fields(what, _TABLES[what], lang),
    }


def fields(
    table: str, kinds: Mapping[str, ColumnKind], lang: str = "en", dimensions: Sequence[str] = ()
) -> list[dict[str, Any]]:
    """Return the columns of a table as fields of a Table Schema.

    Parameters
    ----------
    table
        Its name, which says which columns have no empty cells.
    kinds
        Its columns.
    lang
        Language of the descriptions.
    dimensions
        Those of the plan, which hold any text.
    """
    return [
        {"name": name, "type": "string", "description": meaning(COLUMNS, "dimension", lang), "constraints": {}}
        if name in dimensions
        else _field(name, kind, name in _ALWAYS_THERE[table], lang)
        for name, kind in kinds.items()
    ]


def _field(name: str, kind: ColumnKind, required: bool, lang: str) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if required else {}
    if kind == "year":
        constraints |= {"minimum": FIRST_YEAR, "maximum": LAST_YEAR}
    if name == "reached_in":
        del constraints["maximum"]  # it may lie after all years that there are data of
    if name in _CHOICES:
        constraints["enum"] = list(_CHOICES[name])
    field = {
        "name": name,
        "type": _TYPES[kind],
        "unit": _unit(name, kind),
        "description": meaning_of_column(name, lang),
    }
    return {**{key: value for key, value in field.items() if value}, "constraints": constraints}


def _unit(name: str, kind: ColumnKind) -> str:
    if kind != "number":
        return ""
    return "%" if name.endswith("_pct") else _UNITS.get(name, "{unit}")
