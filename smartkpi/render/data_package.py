"""A Data Package: results, observations and plan as CSV, and a descriptor that says what they are.

Its folder is a data folder too: `smartkpi status --data FOLDER` gives its results again.

References
----------
Data Package Standard, version 2.0, https://datapackage.org/standard/data-package/; `unit` of a field, `publisher` and
`published` of a source, and `rule` and `as_of` of results are properties of our own.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from smartkpi import messages
from smartkpi.model import Plan, Source
from smartkpi.model.columns import OBSERVATIONS
from smartkpi.model.table import Table
from smartkpi.readers.data_package import DESCRIPTOR
from smartkpi.render import csv
from smartkpi.render.view import Format, View
from smartkpi.schema import table_fields
from smartkpi.text import pattern

PLAN = "targets.toml"
PATHS: Mapping[str, str] = {
    OBSERVATIONS: "actuals/observations.csv",
    "status": "results/status.csv",
    "project": "results/project.csv",
    "indicators": "indicators.csv",
    "targets": "targets.csv",
}
"""By the name of the table."""
_PROFILES = "https://datapackage.org/profiles/2.0/"
_TITLES = {
    "plan": "resource_plan",
    OBSERVATIONS: "resource_observations",
    "status": "resource_status",
    "project": "resource_project",
    "indicators": "resource_indicators",
    "targets": "resource_targets",
}
_KEYS: Mapping[str, tuple[str, ...]] = {OBSERVATIONS: ("year",), "status": (), "project": (), "indicators": ()}
"""What tells rows of a table apart, beside indicator and dimensions; targets have no such columns."""
_WEB = pattern(r"https?://\S+")


def render(tables: Mapping[str, Table], lang: str = "en") -> dict[str, bytes]:
    """Return the files of a package by their paths, the descriptor last.

    Parameters
    ----------
    tables
        By name: those of `PATHS`.
    lang
        Language of titles and descriptions.
    """
    plan = next(iter(tables.values())).plan
    files = {PLAN: plan.content}
    files |= {path: csv.render(tables[name], View(format=Format.csv)).encode() for name, path in PATHS.items()}
    resources = [_resource("plan", PLAN, files[PLAN], "toml", "application/toml", lang)]
    resources += [_table(tables[name], name, path, files[path], lang) for name, path in PATHS.items()]
    text = json.dumps(_package(plan, resources, lang), indent=2, ensure_ascii=False)
    return {**files, DESCRIPTOR: f"{text}\n".encode()}


def _package(plan: Plan, resources: Sequence[Mapping[str, Any]], lang: str) -> dict[str, Any]:
    known = {
        "name": re.sub(r"[^a-z0-9._-]+", "-", plan.id.lower()).strip("-"),
        "title": messages.title(plan.title, lang),
        "licenses": _licenses(plan),
        "sources": [_source(each) for each in plan.sources.values()],
    }
    stated = {key: value for key, value in known.items() if value}
    return {"$schema": f"{_PROFILES}datapackage.json", **stated, "resources": resources}


def _licenses(plan: Plan) -> list[dict[str, str]]:
    if plan.license is None:
        return []
    named = {"name": plan.license.name, "title": plan.license.title, "path": _on_the_web(plan.license.url)}
    return [{key: value for key, value in named.items() if value}]


def _source(source: Source) -> dict[str, str]:
    described = {
        "title": source.title,
        "path": _on_the_web(source.url),
        "publisher": source.publisher,
        "published": source.published,
    }
    return {key: value for key, value in described.items() if value}


def _on_the_web(url: str) -> str:
    """Return an address, empty where it is none: a path would lead into the reader's own files."""
    return url if _WEB.fullmatch(url) else ""


def _resource(name: str, path: str, content: bytes, suffix: str, mediatype: str, lang: str) -> dict[str, Any]:
    return {
        "$schema": f"{_PROFILES}dataresource.json",
        "name": name,
        "title": messages.label(_TITLES[name], lang),
        "path": path,
        "format": suffix,
        "mediatype": mediatype,
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }


def _table(table: Table, name: str, path: str, content: bytes, lang: str) -> dict[str, Any]:
    resource = _resource(name, path, content, "csv", "text/csv", lang)
    asked = {"rule": table.rule, "as_of": table.year or table.settings.get("as_of")}
    return {
        **resource,
        "type": "table",
        **{key: value for key, value in asked.items() if value},
        "schema": _schema(table, name, lang),
    }


def _schema(table: Table, name: str, lang: str) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "$schema": f"{_PROFILES}tableschema.json",
        "fields": table_fields(name, table.kinds, lang, table.plan.dimensions),
        "missingValues": [""],
    }
    if key := _primary_key(table, name):
        schema["primaryKey"] = key
    if name != "indicators":
        reference = {"resource": "indicators", "fields": ["indicator"]}
        schema["foreignKeys"] = [{"fields": ["indicator"], "reference": reference}]
    return schema


def _primary_key(table: Table, name: str) -> list[str]:
    """Return the columns that tell rows apart; none where one has empty cells, as of an indicator without series."""
    if name not in _KEYS:
        return []
    dimensions = [each for each in table.plan.dimensions if each in table.columns]
    key = ["indicator", *dimensions, *_KEYS[name]]
    return [] if any(cell in (None, "") for column in key for cell in table.cells(column)) else key
