"""Which module renders an explanation in which format."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from smartkpi.render.view import ExplainFormat, View
from smartkpi.tables.explanation import Explanation

_MODULES = {
    ExplainFormat.table: "explanation_text",
    ExplainFormat.json: "explanation_json",
    ExplainFormat.markdown: "explanation_markdown",
}


class _Renderer(Protocol):
    def render(self, explanation: Explanation, view: View) -> str: ...


def render(explanation: Explanation, view: View) -> str:
    """Return the explanation as text in the format that the view asks for."""
    module = cast(_Renderer, import_module(f"smartkpi.render.{_MODULES[ExplainFormat(view.format)]}"))
    return module.render(explanation, view)
