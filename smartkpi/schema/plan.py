"""The plan's format as a JSON Schema, which editors of TOML use to complete and to check keys.

References
----------
JSON Schema, draft 2020-12, https://json-schema.org/draft/2020-12
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from smartkpi.messages import LANGUAGES
from smartkpi.messages.descriptions import KEYS, describe
from smartkpi.model import PLAN_SCHEMA
from smartkpi.model.codes import Level, RuleName
from smartkpi.model.columns import OUTPUT_COLUMNS, RESERVED_COLUMNS
from smartkpi.readers.indicatortable import INDICATOR_KEYS, INDICATOR_REQUIRED, MOST_DECIMALS
from smartkpi.readers.targets import MOST_DIMENSIONS, THRESHOLDS
from smartkpi.schema.parts import TEXT, YEAR, Schema, closed, head

_NUMBER: Mapping[str, Any] = {"type": "number"}
_QUANTITY: Mapping[str, Any] = {"type": ["number", "string"]}
_TYPES: Mapping[str, Mapping[str, Any]] = {
    "level": {"enum": [str(Level.headline), str(Level.sector)]},
    "direction": {"enum": ["increase", "decrease"]},
    "target": _QUANTITY,
    "target_year": YEAR,
    "base_year": YEAR,
    "bounds": {"type": "array", "items": _NUMBER, "anyOf": [{"maxItems": 0}, {"minItems": 2, "maxItems": 2}]},
    "milestones": {"type": "object", "propertyNames": {"pattern": "^[0-9]{4}$"}, "additionalProperties": _QUANTITY},
    "decimals": {"type": "integer", "minimum": 0, "maximum": MOST_DECIMALS},
}
"""Of the keys of an indicator that are no plain text."""


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
    schema = _table(
        {
            "schema": {"const": PLAN_SCHEMA},
            "plan": _plan(lang),
            "rule": _rule(lang),
            "sources": _named(_sources(lang)),
            "pillars": _named(_table({"title": _title(lang)}, ["title"], "", lang)),
            "indicators": _named(_indicator(lang)),
        },
        ["schema", "plan", "sources", "pillars", "indicators"],
        "",
        lang,
    )
    return {**head("plan", lang), **schema}


def _plan(lang: str) -> Schema:
    name = {**TEXT, "minLength": 1, "not": {"enum": sorted({*RESERVED_COLUMNS, *OUTPUT_COLUMNS})}}
    names = {"type": "array", "items": name, "uniqueItems": True, "maxItems": MOST_DIMENSIONS}
    licence = _table({"name": TEXT, "title": TEXT, "url": TEXT}, ["name"], "plan.license.", lang)
    keys = {"id": TEXT, "title": _title(lang), "dimensions": names, "license": licence}
    return _table(keys, ["id", "title"], "plan.", lang)


def _rule(lang: str) -> Schema:
    thresholds = dict.fromkeys(THRESHOLDS, _NUMBER)
    return _table({"name": {"enum": list(map(str, RuleName))}, **thresholds}, ["name"], "rule.", lang)


def _sources(lang: str) -> Schema:
    keys = {"title": TEXT, "publisher": TEXT, "published": {**TEXT, "format": "date"}, "url": TEXT}
    return _table(keys, ["title", "publisher"], "sources.*.", lang)


def _indicator(lang: str) -> Schema:
    own = _table(
        {"where": {"type": "object", "additionalProperties": TEXT}, "target": _QUANTITY, "target_year": YEAR},
        ["where", "target"],
        "indicators.*.",
        lang,
    )
    types = {**dict.fromkeys(INDICATOR_KEYS, TEXT), **_TYPES, "title": _title(lang)}
    types["targets"] = {"type": "array", "items": own}
    return _table(types, INDICATOR_REQUIRED, "indicators.*.", lang)


def _title(lang: str) -> Schema:
    some = [{"required": [each], "properties": {each: {"minLength": 1}}} for each in LANGUAGES]
    return {**_table(dict.fromkeys(LANGUAGES, TEXT), [], "", lang), "anyOf": some}


def _named(entry: Mapping[str, Any]) -> Schema:
    return {"type": "object", "additionalProperties": entry}


def _table(keys: Mapping[str, Mapping[str, Any]], required: Sequence[str], path: str, lang: str) -> Schema:
    """Return the schema of a table with these keys and no others."""
    described = {key: {**_description(path, key, lang), **kind} for key, kind in keys.items()}
    return closed(described, optional=[key for key in keys if key not in required])


def _description(path: str, key: str, lang: str) -> dict[str, str]:
    name = next((each for each in (path + key, key) if each in KEYS), None)
    return {"description": describe(KEYS, name, lang)} if name else {}
