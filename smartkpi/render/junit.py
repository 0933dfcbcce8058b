"""Findings as a test report in JUnit's XML, which GitLab, Jenkins and others show.

References
----------
https://github.com/testmoapp/junitxml, which describes what these programs read; there is no official schema.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape  # xml.sax.saxutils would load all of urllib

from smartkpi.render.findings import Finding, Outcome
from smartkpi.text import printable

_ELEMENTS = {Outcome.failed: "failure", Outcome.error: "error", Outcome.skipped: "skipped"}


def render(findings: Sequence[Finding]) -> str:
    """Return a test suite with a test for each finding; remarks count as passed, with their text as output."""
    counts = Counter(each.outcome for each in findings)
    numbers = (
        f'name="smartkpi" tests="{len(findings)}" failures="{counts[Outcome.failed]}" errors="{counts[Outcome.error]}"'
    )
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<testsuites {numbers} time="0">',
            f'  <testsuite {numbers} skipped="{counts[Outcome.skipped]}" time="0">',
            *map(_test, findings),
            "  </testsuite>",
            "</testsuites>",
            "",
        ]
    )


def _test(finding: Finding) -> str:
    place = f"{finding.file}:{finding.line}" if finding.line else finding.file
    is_problem = finding.outcome in (Outcome.error, Outcome.warning)
    name = f"{place}: {finding.title}" if place and is_problem else finding.title
    attributes = {"classname": f"smartkpi.{finding.code}", "name": name, "file": finding.file, "line": finding.line}
    written = " ".join(f'{key}="{_escaped(value)}"' for key, value in attributes.items() if value)
    message = _escaped(finding.message)
    if element := _ELEMENTS.get(finding.outcome):
        kind = "" if element == "skipped" else f' type="{_escaped(finding.code)}"'
        inside = f'<{element} message="{message}"{kind}/>'
    else:
        inside = f"<system-out>{message}</system-out>" if message else ""
    return f'    <testcase {written} time="0">{inside}</testcase>'


def _escaped(value: object) -> str:
    return escape(printable(str(value)))
