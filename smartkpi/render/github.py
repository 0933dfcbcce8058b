"""Findings as workflow commands of GitHub Actions, which it shows as annotations at their lines.

References
----------
https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands, with the escapes of
`actions/toolkit`, packages/core/src/command.ts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from smartkpi.render.findings import Finding, Outcome
from smartkpi.text import printable

_COMMANDS = {Outcome.failed: "error", Outcome.error: "error", Outcome.warning: "warning"}
_IN_MESSAGES = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTIES = {**_IN_MESSAGES, ":": "%3A", ",": "%2C"}


def render(findings: Sequence[Finding]) -> str:
    """Return a command for each error, failure and remark; what passed or was skipped has none."""
    return "".join(f"{_command(each)}\n" for each in findings if each.outcome in _COMMANDS)


def _command(finding: Finding) -> str:
    place = {"file": finding.file, "line": str(finding.line or 1)} if finding.file else {}
    properties = ",".join(
        f"{name}={_escaped(text or '', _IN_PROPERTIES)}" for name, text in {**place, "title": finding.title}.items()
    )
    return f"::{_COMMANDS[finding.outcome]} {properties}::{_escaped(finding.message, _IN_MESSAGES)}"


def _escaped(text: str, escapes: Mapping[str, str]) -> str:
    return printable(text.translate({ord(sign): escape for sign, escape in escapes.items()}))
