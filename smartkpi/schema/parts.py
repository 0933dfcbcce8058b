"""Parts that the JSON Schemas of all outputs share.

References
----------
JSON Schema, draft 2020-12, https://json-schema.org/draft/2020-12; `x-unit` is a keyword of our own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from smartkpi.messages import LANGUAGES
from smartkpi.messages.descriptions import DOCUMENTS, ENVELOPE, KEYS, describe
from smartkpi.model import FIRST_YEAR, LAST_YEAR
from smartkpi.model.columns import Field, schema_id

Schema = dict[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
TEXT: Mapping[str, Any] = {"type": "string"}
YEAR: Mapping[str, Any] = {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR}


_TYPES = {"text": "string", "year": "integer", "number": "number", "flag": "boolean"}


def type_of(field: Field) -> str:
    """Return what a cell of a column is, in the words that both kinds of schema share."""
    return "integer" if field.counts else _TYPES[field.kind]


def document(name: str, keys: Mapping[str, Mapping[str, Any]], lang: str, optional: Sequence[str] = ()) -> Schema:
    """Return the schema of the JSON document of an output: what it is, of which plan, and `keys`."""
    described = {key: {"description": describe(ENVELOPE, key, lang), **kind} for key, kind in keys.items()}
    version = {"description": describe(KEYS, "schema", lang), "const": schema_id(name)}
    properties = {"schema": version, "plan": _plan(lang), **described}
    return {
        **head(name, lang),
        **closed(properties, optional),
    }


def head(name: str, lang: str) -> Schema:
    """Return what a schema says of itself; its id has the version that documents have under `schema`."""
    # An absolute URI: editors refuse others.
    uri = f"urn:{schema_id(name).replace('/', ':')}"
    return {"$schema": _DIALECT, "$id": uri, "title": describe(DOCUMENTS, name, lang)}


def closed(properties: Mapping[str, Any], optional: Sequence[str] = ()) -> Schema:
    """Return the schema of an object with these keys and no others, all but some of them required."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def titles(lang: str) -> Schema:
    """Return the schema of a title by language."""
    kinds = closed(dict.fromkeys(LANGUAGES, TEXT), optional=LANGUAGES)
    return {"description": describe(KEYS, "title", lang), **kinds, "minProperties": 1}


def or_null(schema: Mapping[str, Any]) -> Schema:
    """Return the schema of what may also be missing."""
    if "type" not in schema:
        return {"anyOf": [dict(schema), {"type": "null"}]}
    nullable = {**schema, "type": [schema["type"], "null"]}
    return {**nullable, "enum": [*schema["enum"], None]} if "enum" in schema else nullable


def _plan(lang: str) -> Schema:
    identity = {"description": describe(KEYS, "plan.id", lang), **TEXT}
    return {"description": describe(KEYS, "plan", lang), **closed({"id": identity, "title": titles(lang)})}
