"""JSON and JSON lines for scripts; numbers as exact as in CSV, which the standard writer would not give."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from smartkpi.model import Table
from smartkpi.model.columns import schema_id
from smartkpi.render.celltext import number, written
from smartkpi.render.view import Format, View
from smartkpi.text import printable


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
    columns = [written(table.columns[name], table.kinds[name], text, missing="null") for name in names]
    row = "{" + ", ".join(f"{text(name).replace('%', '%%')}: %s" for name in names) + "}"
    return [row % cells for cells in zip(*columns, strict=True)]


def _setting(value: Any) -> str:
    return number(value) if isinstance(value, float) else text(value)


def text(value: Any, **options: Any) -> str:
    """Return a value as JSON that no terminal acts on; the options are those of `json.dumps`."""
    lines = json.dumps(value, ensure_ascii=False, **options).split("\n")
    # What JSON leaves as it is but a terminal would act on is written as an escape that reads back the same.
    return "\n".join(line if printable(line) == line else re.sub("[^ -~]", _escape, line) for line in lines)


def _escape(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1]
