"""What a check finds, one by one, for programs that show it beside the files: GitHub, code scanning, test reports."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from importlib import import_module
from typing import NamedTuple, Protocol, cast

from smartkpi.errors import Fault, place_of
from smartkpi.messages import label
from smartkpi.text import pattern, printable

_SHEET = pattern(r"(.+\.(?:xlsx|xlsm|xls|ods))(\[.*\])", re.DOTALL | re.IGNORECASE)
"""A workbook and a sheet of it, as places name them."""


class Outcome(StrEnum):
    """What is said of one thing that was checked."""

    failed = "failed"
    error = "error"
    """It could not be read."""
    warning = "warning"
    skipped = "skipped"
    passed = "passed"


class Finding(NamedTuple):
    """One thing that was checked, or one problem that was found."""

    outcome: Outcome
    code: str
    """Of the kind of problem: the key of a message, or a status."""
    title: str
    message: str = ""
    file: str | None = None
    """As the user named it."""
    line: int | None = None


class Renderer(Protocol):
    """What each module for such programs offers."""

    def render(self, findings: Sequence[Finding]) -> str:
        """Return the findings as text."""


def render(findings: Sequence[Finding], form: str) -> str:
    """Return findings in a format that such programs read: ``github``, ``sarif`` or ``junit``."""
    module = cast(Renderer, import_module(f"smartkpi.render.{form}"))
    return module.render(findings)


def input_findings(errors: Iterable[Fault], remarks: Iterable[Fault], files: Iterable[str], lang: str) -> list[Finding]:
    """Return a finding for each error and remark of the input, and one for each file that was read."""
    kinds = ((Outcome.error, "input_error", errors), (Outcome.warning, "input_remark", remarks))
    found = [_of_fault(fault, outcome, title, lang) for outcome, title, faults in kinds for fault in faults]
    return found + [Finding(Outcome.passed, "read", printable(file), file=file) for file in files]


def _of_fault(fault: Fault, outcome: Outcome, title: str, lang: str) -> Finding:
    message = label("sentence_separator", lang).join([fault.text(lang), fault.cure(lang)])
    file, line = fault.file, fault.line
    if found := _SHEET.fullmatch(file or ""):
        # These programs know files and lines: sheet and cell are said in the message.
        message = label("named", lang).format(name=place_of(found[2], line), text=message)
        file, line = found[1], None if line is None else int(line)
    return Finding(outcome, fault.key, label(title, lang), printable(message), file, line)
