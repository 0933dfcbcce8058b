"""An error as people see it: what is said of it, and the exit code."""

from __future__ import annotations

import os
import re
import sys
import traceback
from typing import Any

import typer

from smartkpi import messages
from smartkpi.cli import INTERRUPTED, output
from smartkpi.cli.app import USAGE
from smartkpi.errors import DataError, Fault, OutputError, SmartkpiError
from smartkpi.text import printable

_INTERNAL, _PIPE_CLOSED = 1, 141


def report(error: BaseException, state: dict[str, Any]) -> int:
    """Say what went wrong and return the exit code for it.

    Parameters
    ----------
    error
        What ended the command.
    state
        What `app.run` has kept of the options.
    """
    lang = state["lang"] if state.get("lang") in messages.LANGUAGES else messages.choose(os.environ)
    if state.get("debug") and not isinstance(error, (SystemExit, output.PipeClosed)):
        output.say("".join(traceback.format_exception(error)).rstrip())
    error = _meaning(error)
    if isinstance(error, SmartkpiError):
        _say_faults(error, lang)
        return error.exit_code
    if isinstance(error, (output.PipeClosed, BrokenPipeError)):
        # Python would flush the rest into the closed pipe at exit, and complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _PIPE_CLOSED
    if isinstance(error, (KeyboardInterrupt, typer.Abort)):
        return INTERRUPTED
    if hasattr(error, "format_message"):  # the classes of Typer's usage errors are private to it
        _say_error(_usage_message(error, lang), lang)
        command = getattr(getattr(error, "ctx", None), "command_path", "smartkpi")
        output.say(f"  {messages.label('see_help', lang).format(command=command)}")
        return int(getattr(error, "exit_code", USAGE))
    _say_error(messages.label("internal", lang).format(problem=f"{type(error).__name__}: {error}"), lang)
    return _INTERNAL


def _meaning(error: BaseException) -> BaseException:
    """Return what an error of Python or of Typer's help means; any other error as it is.

    Rich exits when the reader closes the pipe. An error of a file that we open has its name.
    """
    if isinstance(error, MemoryError):
        return DataError(Fault("out_of_memory"))
    if isinstance(error, SystemExit) and isinstance(error.__context__, BrokenPipeError):
        return output.PipeClosed()
    if type(error) is OSError and error.filename is None:
        return OutputError(Fault("cannot_write", "standard output", problem=error.strerror or str(error)))
    return error


def _say_faults(error: SmartkpiError, lang: str) -> None:
    """Give a single problem a line for itself and one for how to fix it, many problems a line each."""
    if len(error.faults) == 1:
        _say_error(error.faults[0].message(lang), lang)
        output.say(f"  {error.faults[0].cure(lang)}")
        return
    for fault in error.faults:
        _say_error(messages.label("sentence_separator", lang).join([fault.message(lang), fault.cure(lang)]), lang)


def _say_error(message: str, lang: str) -> None:
    output.say(f"smartkpi: {messages.label('named', lang).format(name=messages.label('error', lang), text=message)}")


_FINDINGS = {
    "usage_no_such_command_near": r"No such command '(?P<name>.*)'\. Did you mean '?(?P<near>.+?)'?\?",
    "usage_no_such_command": r"No such command '(?P<name>.*)'\.",
    "usage_extra": r"Got unexpected extra argument(?:\(s\)|s)? \((?P<name>.*)\)",
    "usage_no_value": r"Option '(?P<name>.*)' requires an argument\.?",
    "usage_not_a_choice": r"'(?P<found>.*)' is not one of (?P<choices>.*)\.",
    "usage_not_a_number": r"'(?P<found>.*)' is not a valid (?:integer|int|float)(?: range)?\.",
    "usage_not_in_range": r"(?P<found>.*) is not in the range (?P<range>.*)\.",
}
"""Label of what Typer finds wrong with a line, and how Typer says it."""


def _finding(detail: str, lang: str) -> str:
    """Return what Typer found wrong in our words; as it is where we have none."""
    for key, pattern in _FINDINGS.items():
        if found := re.fullmatch(pattern, detail, re.DOTALL):
            parts = {name: text.replace("'", "") for name, text in found.groupdict().items()}
            return messages.label(key, lang).format(**parts)
    return messages.label("usage_other", lang).format(detail=detail)


def _usage_message(error: Any, lang: str) -> str:
    """Return what Typer found wrong, on one line."""
    detail = printable(error.format_message())
    kind = type(error).__name__
    if kind == "NoSuchOption":
        near = messages.label("list_separator", lang).join(error.possibilities or ())
        key = "usage_no_such_option_near" if near else "usage_no_such_option"
        return messages.label(key, lang).format(name=printable(error.option_name), near=near)
    if kind == "MissingParameter" and error.param is not None:
        return messages.label("usage_missing", lang).format(name=_parameter(error))
    if kind == "BadParameter" and error.param is not None:
        return messages.label("usage_bad_value", lang).format(
            name=_parameter(error), detail=_finding(printable(error.message), lang)
        )
    return _finding(detail, lang)


def _parameter(error: Any) -> str:
    return str(error.param.get_error_hint(error.ctx)).replace("'", "")
