"""The JSON documents that have rows, as JSON Schemas: status, project, check, trend, summary and observations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from smartkpi.messages.descriptions import COLUMNS, ENVELOPE, describe
from smartkpi.model.codes import RULES_ALL, RuleName
from smartkpi.model.columns import ON_DEMAND, ON_REQUEST, TABLES, Field
from smartkpi.schema.parts import TEXT, YEAR, Schema, document, or_null, type_of

_NULL: Mapping[str, Any] = {"type": "null"}
_ONE_RULE: Mapping[str, Any] = {"type": "string", "enum": list(RuleName)}
_RULES: Mapping[str, Any] = {"type": "string", "enum": [*RuleName, RULES_ALL]}
_HEADS: Mapping[str, Mapping[str, Mapping[str, Any]]] = {
    "status": {"rule": _RULES, "year": or_null(YEAR)},
    "project": {
        "rule": _NULL,
        "year": or_null(YEAR),
        "as_of": or_null(YEAR),
        "interval": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 100, "x-unit": "%"},
    },
    "check": {"rule": _RULES, "year": or_null(YEAR)},
    "trend": {"rule": _ONE_RULE, "year": or_null(YEAR)},
    "summary": {"rule": _RULES, "year": or_null(YEAR)},
    "groups": {"rule": _RULES, "year": or_null(YEAR)},
    "observations": {"rule": _NULL, "year": _NULL},
    "list": {"rule": _NULL, "year": _NULL},
}
"""Keys of the document before the rows, beside the plan."""
ROW_DOCUMENTS = tuple(_HEADS)


def rows_schema(table: str, lang: str) -> Schema:
    """Return the JSON Schema of an output that has rows.

    A document says under `fields` that columns were chosen; only then may rows lack some. Beside the columns of the
    contract a row has the plan's dimensions, which are texts.
    """
    columns = {"type": "array", "items": TEXT, "minItems": 1}
    keys = {**_HEADS[table], "fields": columns, "rows": {"type": "array", "items": {"$ref": "#/$defs/cells"}}}
    full = {"properties": {"rows": {"items": {"$ref": "#/$defs/row"}}}}
    return {
        **document(table, keys, lang, optional=["fields"]),
        "if": {"required": ["fields"]},
        "else": full,
        "$defs": {"row": _row(table, lang), "cells": _cells(table, lang)},
    }


def _row(table: str, lang: str) -> Schema:
    return {"description": describe(ENVELOPE, "row", lang), "$ref": "#/$defs/cells", "required": list(TABLES[table])}


def _cells(table: str, lang: str) -> Schema:
    every = {**TABLES[table], **ON_DEMAND.get(table, {})}
    every |= {name: field for name, field in ON_REQUEST.get(table, {}).items() if name not in every}
    return {
        "description": describe(ENVELOPE, "cells", lang),
        "type": "object",
        "properties": {name: cell_schema(field, lang) for name, field in every.items()},
        "additionalProperties": {"description": describe(ENVELOPE, "dimension", lang), **or_null(TEXT)},
    }


def cell_schema(field: Field, lang: str) -> Schema:
    """Return the schema of a cell."""
    limits = {
        "minimum": field.least,
        "maximum": field.most,
        "enum": list(field.choices) or None,
        "pattern": field.pattern or None,
        "x-unit": field.unit or None,
    }
    schema = {"type": type_of(field), **{name: value for name, value in limits.items() if value is not None}}
    return {"description": describe(COLUMNS, field.described, lang), **(schema if field.filled else or_null(schema))}
