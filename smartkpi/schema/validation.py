"""The JSON document of `validate` as a JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from smartkpi.messages.descriptions import KEYS, VALIDATION, describe
from smartkpi.model.columns import schema_id
from smartkpi.schema.parts import TEXT, YEAR, Schema, closed, head, or_null

_COUNT = {"type": "integer", "minimum": 0}
_PROBLEM = {
    "code": TEXT,
    "file": or_null(TEXT),
    "line": or_null({"type": "integer", "minimum": 1}),
    "message": TEXT,
    "fix": TEXT,
}


def validate_schema(lang: str) -> Schema:
    """Return the JSON Schema of what ``smartkpi validate --format json`` writes."""
    problems = {"type": "array", "items": closed(_described(_PROBLEM, lang))}
    keys = {
        "valid": {"type": "boolean"},
        "indicators": or_null(_COUNT),
        "observations": or_null(_COUNT),
        "years": {"type": "array", "items": YEAR},
        "files": {"type": "array", "items": TEXT},
        "errors": problems,
        "remarks": problems,
        "tables": {"type": "array", "items": _table(lang)},
    }
    version = {"description": describe(KEYS, "schema", lang), "const": schema_id("validate")}
    return {**head("validate", lang), **closed({"schema": version, **_described(keys, lang)})}


def _table(lang: str) -> Schema:
    """Return the schema of how a table was understood."""
    texts = {"type": "array", "items": TEXT}
    lines = {"type": "integer", "minimum": 1}
    column = closed(_described({"name": TEXT, "meaning": TEXT, "detail": TEXT}, lang))
    rows = closed({**_described({"reason": TEXT, "number": _COUNT}, lang), "line": _named("first_line", lines, lang)})
    keys = {
        "kind": TEXT,
        "encoding": or_null(TEXT),
        "delimiter": or_null(TEXT),
        "decimal": or_null(TEXT),
        "header": {"type": "array", "items": lines},
        "layout": or_null(TEXT),
        "columns": {"type": "array", "items": column},
        "columns_left_out": texts,
        "rows_left_out": {"type": "array", "items": rows},
        "values": _COUNT,
        "no_data": _COUNT,
    }
    others = {
        "file": _named("files", TEXT, lang),
        "rows": _named("table_rows", _COUNT, lang),
        "indicators": _named("table_indicators", _COUNT, lang),
        "years": _named("table_years", {"type": "array", "items": YEAR}, lang),
    }
    return closed({**others, **_described(keys, lang)})


def _named(key: str, kind: Mapping[str, Any], lang: str) -> Schema:
    return {"description": describe(VALIDATION, key, lang), **kind}


def _described(keys: Schema, lang: str) -> Schema:
    return {key: {"description": describe(VALIDATION, key, lang), **kind} for key, kind in keys.items()}
