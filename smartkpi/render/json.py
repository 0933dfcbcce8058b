"""JSON and JSON lines for scripts; numbers as exact as in CSV, which the standard writer would not give."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from smartkpi.model.columns import schema_id
from smartkpi.model.table import Table
from smartkpi.render.celltext import column_text, number
from smartkpi.render.view import Format, View
from smartkpi.text import printable

_MOST_TEXTS = 4096
"""Texts that are kept as JSON: names and words occur again and again."""


def render(table: Table, view: View) -> str:
    """Return one document with the plan and the rows, or one row a line."""
    rows = _rows(table, view.names(table))
    if view.format == Format.jsonl:
        return "".join(f"{row}\n" for row in rows)
    head = {
        "schema": schema_id(table.name),
        "plan": {"id": table.plan.id, "title": dict(table.plan.title)},
        "rule": table.rule or None,
        "year": table.year,
        **table.settings,
        **({"fields": list(view.fields)} if view.fields else {}),
    }
    lines = [f"  {text(name)}: {_setting(value)}," for name, value in head.items()]
    body = ",\n".join(f"    {row}" for row in rows)
    return "\n".join(["{", *lines, '  "rows": [', *([body] if rows else []), "  ]", "}"]) + "\n"


def _rows(table: Table, names: Sequence[str]) -> list[str]:
    columns = [column_text(table.columns[name], table.kinds[name], text, missing="null") for name in names]
    row = "{" + ", ".join(f"{text(name).replace('%', '%%')}: %s" for name in names) + "}"
    return [row % cells for cells in zip(*columns, strict=True)]


def _setting(value: Any) -> str:
    return number(value) if isinstance(value, float) else text(value)


def text(value: Any, **options: Any) -> str:
    """Return a value as JSON that no terminal acts on; the options are those of `json.dumps`."""
    lines = json.dumps(value, ensure_ascii=False, **options).split("\n")
    # What JSON leaves as it is but a terminal would act on is written as an escape that reads back the same.
    return "\n".join(line if printable(line) == line else re.sub("[^ -~]", _escape, line) for line in lines)


def indented(value: Any, margin: str = "\n") -> str:
    """Return records, mappings, lists and what they hold as indented JSON, numbers in full.

    Parameters
    ----------
    value
        Of the types that JSON knows; anything else is written as a mapping of its attributes.
    margin
        What each line but the first begins with, the end of the one before it included.
    """
    if isinstance(value, str):
        return _quoted(value)
    if value is None or isinstance(value, bool):
        return _CONSTANTS[value]
    if isinstance(value, (int, float)):
        return number(value)
    inner = f"{margin}  "
    if isinstance(value, (list, tuple)):
        parts, (first, last) = [indented(each, inner) for each in value], "[]"
    else:
        members = value if isinstance(value, Mapping) else vars(value)
        parts, (first, last) = [f"{_quoted(key)}: {indented(each, inner)}" for key, each in members.items()], "{}"
    return f"{first}{inner}{f',{inner}'.join(parts)}{margin}{last}" if parts else f"{first}{last}"


_CONSTANTS = {None: "null", False: "false", True: "true"}


@lru_cache(_MOST_TEXTS)
def _quoted(value: str) -> str:
    return text(value)


def _escape(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1]
