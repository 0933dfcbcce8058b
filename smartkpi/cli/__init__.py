"""The command line: the app, and `main`, which turns every error into a message and an exit code."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from typing import Any, NoReturn

import typer

from smartkpi import messages
from smartkpi.cli import completion, output
from smartkpi.cli.program import program
from smartkpi.errors import DataError, Fault, OutputError, SmartkpiError

_INTERNAL, _INTERRUPTED, _PIPE_CLOSED = 1, 130, 141

COMMANDS = (
    "status",
    "project",
    "trend",
    "explain",
    "check",
    "report",
    "validate",
    "export",
    "template",
    "init",
    "schema",
)
"""Names of the commands, in the order of the help; each is the function of that name in the module of that name."""


def app(names: Sequence[str] = COMMANDS) -> typer.Typer:
    """Return the command line with these commands."""
    made = typer.Typer(
        name="smartkpi",
        add_completion=False,  # Typer's has zsh evaluate titles of plans
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    made.callback()(program)
    for name in names:
        made.command(name)(_function(name))
    return made


def _function(name: str) -> Callable[..., None]:
    function: Callable[..., None] = getattr(import_module(f"smartkpi.cli.commands.{name}"), name)
    return function


def _asked(arguments: Sequence[str]) -> Sequence[str]:
    """Return the commands to load: the one named, else all, which help and suggestions need.

    Reading the options of every command would take longer than running most of them.
    """
    first = next(iter(arguments), "")
    return () if first in ("--version", "-V") else (first,) if first in COMMANDS else COMMANDS


def main() -> NoReturn:
    """Run the command line and exit with its code."""
    remembered: dict[str, Any] = {}
    try:
        with _short_run():
            code = _completed() if os.environ.get(completion.VARIABLE) else _run(remembered)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BaseException as error:  # noqa: BLE001 - the one place where an error becomes an exit code
        if remembered.get("debug") and not isinstance(error, (SystemExit, output.PipeClosed)):
            output.say("".join(traceback.format_exception(error)).rstrip())
        code = _outcome(_of_the_help(error), _language(remembered))
    sys.exit(code)


def _run(remembered: dict[str, Any]) -> int:
    return app(_asked(sys.argv[1:]))(prog_name="smartkpi", standalone_mode=False, obj=remembered) or 0


def _completed() -> int:
    from smartkpi.cli.completion import answering
    from smartkpi.cli.completion.candidates import Program

    return answering.reply(sys.argv[1:], Program(COMMANDS, _function, lambda names: typer.main.get_command(app(names))))


@contextlib.contextmanager
def _short_run() -> Iterator[None]:
    """Start faster: no garbage collection, and no dask, which pint loads wherever it is installed.

    The objects of a run live to its end, so that the collector would only look at them again and again.
    """
    hide_dask = "dask" not in sys.modules
    if hide_dask:
        sys.modules["dask"] = None  # type: ignore[assignment]
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        if hide_dask:
            del sys.modules["dask"]


def _of_the_help(error: BaseException) -> BaseException:
    """Return what an error of Typer's own writing, that of the help, means; any other error as it is.

    Rich exits when the reader closes the pipe. An error of a file that we open has its name.
    """
    if isinstance(error, SystemExit) and isinstance(error.__context__, BrokenPipeError):
        return output.PipeClosed()
    if type(error) is OSError and error.filename is None:
        return OutputError(Fault("cannot_write", "standard output", problem=error.strerror or str(error)))
    return error


def _outcome(error: BaseException, lang: str) -> int:
    """Say what went wrong and return the exit code for it."""
    if isinstance(error, MemoryError):
        error = DataError(Fault("out_of_memory"))
    if isinstance(error, SmartkpiError):
        _complain_of(error, lang)
        return error.exit_code
    if isinstance(error, (output.PipeClosed, BrokenPipeError)):
        # Python would flush the rest into the closed pipe at exit, and complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _PIPE_CLOSED
    if isinstance(error, (KeyboardInterrupt, typer.Abort)):
        return _INTERRUPTED
    if hasattr(error, "format_message"):
        return _misused(error, lang)
    _complain(messages.label("internal", lang).format(problem=f"{type(error).__name__}: {error}"), lang)
    return _INTERNAL


def _misused(error: Any, lang: str) -> int:
    """Say what Typer found wrong and return its exit code; its class of usage errors is private to it."""
    from smartkpi.cli import usage

    if message := usage.message(error, lang):  # called without arguments, the help is printed and says it all
        _complain(message, lang)
        command = getattr(getattr(error, "ctx", None), "command_path", "smartkpi")
        output.say(f"  {messages.label('see_help', lang).format(command=command)}")
    return int(getattr(error, "exit_code", 2))


def _complain_of(error: SmartkpiError, lang: str) -> None:
    """Give a single fault a line for itself and one for its cure, many faults a line each."""
    if len(error.faults) == 1:
        _complain(error.faults[0].message(lang), lang)
        output.say(f"  {error.faults[0].cure(lang)}")
        return
    for fault in error.faults:
        _complain(messages.label("sentence_separator", lang).join([fault.message(lang), fault.cure(lang)]), lang)


def _complain(message: str, lang: str) -> None:
    output.say(f"smartkpi: {messages.label('error', lang)}: {message}")


def _language(remembered: dict[str, Any]) -> str:
    asked = remembered.get("lang")
    return asked if asked in messages.LANGUAGES else messages.choose(os.environ)
