"""The JSON document of `validate` as a JSON Schema."""

from __future__ import annotations

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
    }
    version = {"description": describe(KEYS, "schema", lang), "const": schema_id("validate")}
    return {**head("validate", lang), **closed({"schema": version, **_described(keys, lang)})}


def _described(keys: Schema, lang: str) -> Schema:
    return {key: {"description": describe(VALIDATION, key, lang), **kind} for key, kind in keys.items()}
