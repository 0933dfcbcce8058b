"""Findings as SARIF, which code scanning and editors show.

References
----------
Static Analysis Results Interchange Format (SARIF) 2.1.0, OASIS, https://docs.oasis-open.org/sarif/sarif/v2.1.0/.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from smartkpi._version import __version__
from smartkpi.render import json
from smartkpi.render.findings import Finding, Outcome

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Outcome.failed: "error", Outcome.error: "error", Outcome.warning: "warning"}


def render(findings: Sequence[Finding]) -> str:
    """Return one document with a result for each error, failure and remark."""
    shown = [each for each in findings if each.outcome in _LEVELS]
    rules = [{"id": code} for code in dict.fromkeys(each.code for each in shown)]
    run = {
        "tool": {"driver": {"name": "smartkpi", "version": __version__, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(each) for each in shown],
    }
    return json.text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _result(finding: Finding) -> dict[str, Any]:
    text = f"{finding.title}: {finding.message}"
    result = {"ruleId": finding.code, "level": _LEVELS[finding.outcome], "message": {"text": text}}
    if not finding.file:
        return result
    place = {"artifactLocation": {"uri": _uri(finding.file)}, "region": {"startLine": finding.line or 1}}
    return {**result, "locations": [{"physicalLocation": place}]}


def _uri(file: str) -> str:
    """Return a path as a reference: relative where it is relative, of the scheme file where it is not."""
    from pathlib import PurePath
    from urllib.parse import quote

    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix(), errors="replace")
