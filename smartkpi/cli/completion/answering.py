"""What a shell asks for in the environment, and the text that it gets."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence

from smartkpi.cli import output
from smartkpi.cli.completion import VARIABLE, installing, older, typedline
from smartkpi.cli.completion.candidates import Answer, Program, answer


def reply(arguments: Sequence[str], program: Program) -> int:
    """Write what is asked for, and return the exit code.

    Whoever presses TAB has a line to write and no use for an error: what goes wrong then completes nothing.
    """
    asked = os.environ[VARIABLE]
    if asked.startswith("source_"):
        installing.show(asked.removeprefix("source_"))
        return 0
    with contextlib.suppress(Exception):
        text = _reply(asked, arguments, program)
        output.write(text, output.STANDARD_OUTPUT, _encoding())
        return older.code(text, os.environ)
    return 0


def _reply(asked: str, arguments: Sequence[str], program: Program) -> str:
    if asked.startswith("complete_"):
        found = _answer(typedline.words(older.line(os.environ)), program)
        return older.text(asked.removeprefix("complete_"), found.candidates)
    line = typedline.words(arguments[0])
    found = _answer(line, program)
    values = [each.value for each in found.candidates]
    if asked == "bash":
        lines = typedline.typed_for_bash(values, line[-1], arguments[1])
    else:
        lines = [f"{value}\t{said}" for value, said in found.candidates]
    return "".join(f"{each}\n" for each in [found.kind, *lines])


def _answer(line: Sequence[typedline.Word], program: Program) -> Answer:
    """Return what fits, without the words that the terminal cannot show and hence nobody could choose."""
    found = answer([word.text for word in line[1:]], program)
    encoding = _encoding()
    shown = [each for each in found.candidates if each.value.encode(encoding, "ignore").decode(encoding) == each.value]
    return found._replace(candidates=shown)


def _encoding() -> str:
    return sys.stdout.encoding or "utf-8"
