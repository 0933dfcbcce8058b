"""An explanation as JSON, numbers in full."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from smartkpi.model.columns import schema_id
from smartkpi.render.celltext import number
from smartkpi.render.json import text
from smartkpi.render.view import View
from smartkpi.tables.explanation import Explanation


def render(explanation: Explanation, view: View) -> str:
    """Return one document."""
    indicator = explanation.indicator
    document = {
        "schema": schema_id("explain"),
        "plan": {"id": explanation.plan.id, "title": dict(explanation.plan.title)},
        "indicator": {
            "id": indicator.id,
            "title": dict(indicator.title),
            "unit": indicator.unit,
            "direction": indicator.direction,
        },
        "rule": explanation.rule,
        "year": explanation.year,
        "series": explanation.series,
    }
    return _written(document, "\n") + "\n"


def _written(value: Any, newline: str) -> str:
    """Write a value; `newline` starts a line at the depth of what holds it."""
    inner = newline + "  "
    if is_dataclass(value):
        value = {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, Mapping):
        items = [f"{text(str(name))}: {_written(each, inner)}" for name, each in value.items()]
        return "{" + inner + ("," + inner).join(items) + newline + "}" if items else "{}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        listed = [_written(each, inner) for each in value]
        return "[" + inner + ("," + inner).join(listed) + newline + "]" if listed else "[]"
    return number(value) if isinstance(value, float) else text(value)
