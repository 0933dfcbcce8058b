"""Documents held against the JSON Schemas, by a validator that is not ours."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from smartkpi import schema


@cache
def validator(name: str, part: str = "") -> Draft202012Validator:
    """Return a validator of a schema, or of a part of it such as ``#/$defs/row``."""
    whole = schema.json_schema(name)
    Draft202012Validator.check_schema(whole)
    return Draft202012Validator({"$ref": part, "$defs": whole["$defs"]} if part else whole)


def faults(document: Any, name: str, part: str = "") -> list[str]:
    """Return what the schema has against a document, each with its place."""
    return [f"{each.json_path}: {each.message}" for each in validator(name, part).iter_errors(document)]


def read(text: str) -> Any:
    """Read JSON strictly: NaN and Infinity, which Python would take, are none."""

    def refuse(word: str) -> None:
        raise AssertionError(f"{word} is no JSON")

    return json.loads(text, parse_constant=refuse)
