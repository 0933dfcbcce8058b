"""Workflow commands of GitHub Actions: an error at the line of each target that fails a check.

References
----------
https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands, with the escapes of
`actions/toolkit`, packages/core/src/command.ts.
"""

from __future__ import annotations

from collections.abc import Mapping

from smartkpi.model.table import Table
from smartkpi.render.check import message, name_of
from smartkpi.render.view import View
from smartkpi.text import printable

_IN_MESSAGES = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTIES = {**_IN_MESSAGES, ":": "%3A", ",": "%2C"}


def render(table: Table, view: View) -> str:
    """Return one command a row."""
    lines = []
    for row in table.rows():
        indicator = table.plan.indicators[row["indicator"]]
        place = {"file": table.plan.file, "line": str(indicator.line or 1), "title": name_of(table, row)}
        properties = ",".join(f"{name}={_escaped(text, _IN_PROPERTIES)}" for name, text in place.items())
        lines.append(f"::error {properties}::{_escaped(message(table, row, view), _IN_MESSAGES)}\n")
    return "".join(lines)


def _escaped(text: str, escapes: Mapping[str, str]) -> str:
    return printable(text.translate({ord(sign): escape for sign, escape in escapes.items()}))
