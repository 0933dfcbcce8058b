"""The plan's format as a JSON Schema, which editors of TOML use to complete and to check keys.

References
----------
JSON Schema, draft 2020-12, https://json-schema.org/draft/2020-12
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from smartkpi.messages import LANGUAGES
from smartkpi.messages.descriptions import KEYS, describe
from smartkpi.model import plan_keys
from smartkpi.model.columns import OUTPUT_COLUMNS, RESERVED_COLUMNS
from smartkpi.model.plan_keys import KeyKind, PlanKey
from smartkpi.schema.parts import TEXT, YEAR, Schema, closed, head

_NUMBER: Mapping[str, Any] = {"type": "number"}
_QUANTITY: Mapping[str, Any] = {"type": ["number", "string"], "minLength": 1}
_NAME: Mapping[str, Any] = {"minLength": 1, "pattern": r"^[^\u0000-\u001f\u007f-\u009f]+$"}
"""Of ids and dimensions: not empty, and without control characters."""
_OF_KIND: Mapping[KeyKind, Mapping[str, Any]] = {
    "text": TEXT,
    "texts": {"anyOf": [TEXT, {"type": "array", "items": TEXT}]},
    "flag": {"type": "boolean"},
    "date": {**TEXT, "format": "date"},
    "year": YEAR,
    "number": _NUMBER,
    "whole number": {"type": "integer"},
    "quantity": _QUANTITY,
    "quantities by year": {
        "type": "object",
        "propertyNames": {"pattern": "^[0-9]{4}$"},
        "additionalProperties": _QUANTITY,
    },
    "bounds": {"type": "array", "items": _NUMBER, "anyOf": [{"maxItems": 0}, {"minItems": 2, "maxItems": 2}]},
    "conditions": {"type": "object", "additionalProperties": TEXT},
    "title": {
        **closed(dict.fromkeys(LANGUAGES, TEXT), optional=LANGUAGES),
        "anyOf": [{"required": [each], "properties": {each: {"minLength": 1}}} for each in LANGUAGES],
    },
}


def plan_schema(lang: str = "en") -> Schema:
    """Return the schema of ``targets.toml``.

    Parameters
    ----------
    lang
        Language of the descriptions.

    Examples
    --------
    >>> plan_schema()["required"]
    ['schema', 'plan', 'sources', 'pillars', 'indicators']
    """
    return {**head("plan", lang), **_table("", lang)}


def _table(name: str, lang: str) -> Schema:
    """Return the schema of a table with its keys and no others."""
    keys = plan_keys.TABLES[name]
    described = {key.name: {"description": key_description(name, key, lang), **_value(name, key, lang)} for key in keys}
    return closed(described, optional=[key.name for key in keys if not key.required])


def _value(table: str, key: PlanKey, lang: str) -> Schema:
    inner = plan_keys.inner_table(table, key)
    match key.kind:
        case "table":
            return _table(inner, lang)
        case "tables by id":
            several = {"additionalProperties": _table(inner, lang), "propertyNames": _NAME, "minProperties": 1}
            return {"type": "object", **several}
        case "list of tables":
            return {"type": "array", "items": _table(inner, lang)}
        case "dimensions":
            names = {**TEXT, **_NAME, "not": {"enum": sorted({*RESERVED_COLUMNS, *OUTPUT_COLUMNS})}}
            own = _table(inner, lang)
            own["properties"]["name"] = {**own["properties"]["name"], **names}
            return {"type": "array", "uniqueItems": True, "maxItems": key.most, "items": {"anyOf": [names, own]}}
    if key.choices:
        return {"const": key.choices[0]} if len(key.choices) == 1 else {"enum": list(map(str, key.choices))}
    limits = {
        "minLength": 1 if key.kind == "text" and key.required else None,
        "minimum": key.least,
        "maximum": key.most,
    }
    return {**_OF_KIND[key.kind], **{name: value for name, value in limits.items() if value is not None}}


def key_description(table: str, key: PlanKey, lang: str) -> str:
    """Return the description of a key, in the language; titles share one."""
    path = f"{table}.{key.name}" if table else key.name
    return describe(KEYS, path if path in KEYS else key.name, lang)
