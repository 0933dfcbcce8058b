"""The JSON document of an explanation as a JSON Schema, read off the records that it is written from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import is_dataclass
from enum import StrEnum
from types import UnionType
from typing import Any, Literal, cast, get_args, get_origin, get_type_hints

from smartkpi.messages.descriptions import COLUMNS, EXPLANATION, describe
from smartkpi.model.codes import REASONS, RuleName
from smartkpi.model.columns import DESCRIBED, TABLES
from smartkpi.schema.parts import TEXT, YEAR, Schema, closed, document, or_null, titles
from smartkpi.schema.rows import cell_schema
from smartkpi.tables.explanation import SeriesExplanation

_PLAIN: Mapping[Any, Mapping[str, Any]] = {
    str: TEXT,
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
}


def explain_schema(lang: str) -> Schema:
    """Return the JSON Schema of what ``smartkpi explain --format json`` writes."""
    keys = {
        "indicator": _indicator(lang),
        "rule": {"enum": list(RuleName)},
        "year": or_null(YEAR),
        "series": {"type": "array", "items": _record(SeriesExplanation, lang)},
    }
    return document("explain", keys, lang)


def _indicator(lang: str) -> Schema:
    column = TABLES["status"]
    identity = {"description": describe(COLUMNS, "indicator", lang), **TEXT}
    own = {name: cell_schema(column[name], lang) for name in ("unit", "direction")}
    return closed({"id": identity, "title": titles(lang), **own})


def _record(record: type, lang: str) -> Schema:
    """Return the schema of a dataclass: its fields, each with its type and meaning."""
    own = {
        "figures": _figures(lang),
        "details": _details(lang),
        "reasons": {"type": "array", "items": {"enum": list(REASONS)}},
    }
    return closed(
        {
            name: {"description": describe(EXPLANATION, name, lang), **(own.get(name) or _of(kind, lang))}
            for name, kind in get_type_hints(record).items()
        }
    )


def _of(kind: Any, lang: str) -> Schema:
    """Return the schema of what a field of this type holds."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is UnionType:
        return or_null(_of(inner[0], lang))
    if origin is Literal:
        return {"type": "string", "enum": list(inner)}
    if origin is Sequence:
        return {"type": "array", "items": _of(inner[0], lang)}
    if origin is Mapping:
        return {"type": "object", "propertyNames": _of(inner[0], lang), "additionalProperties": _of(inner[1], lang)}
    return _alone(kind, lang)


def _alone(kind: type, lang: str) -> Schema:
    if is_dataclass(kind):
        return _record(kind, lang)
    return dict(_PLAIN[kind]) if kind in _PLAIN else {"type": "string", "enum": list(cast(type[StrEnum], kind))}


def _figures(lang: str) -> Schema:
    """Return the schema of the cells of a status row that are computed."""
    return closed({name: cell_schema(field, lang) for name, field in TABLES["status"].items() if name not in DESCRIBED})


def _details(lang: str) -> Schema:
    keys = {"year": or_null(YEAR), "years": {"type": "array", "items": YEAR}}
    described = {name: {"description": describe(EXPLANATION, "details", lang), **kind} for name, kind in keys.items()}
    return closed(described, optional=list(keys))
