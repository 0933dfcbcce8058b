"""The program `smartkpi` and its commands, loaded as far as a line needs them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from itertools import pairwise
from typing import Annotated, Any

import typer

from smartkpi._version import __version__
from smartkpi.cli import completion, output
from smartkpi.cli.help import Command, Program

USAGE = 2
"""Exit code of a line that is not a command."""

_HELP = {"help_option_names": ["-h", "--help"]}

COMMANDS = (
    "status",
    "project",
    "trend",
    "explain",
    "check",
    "report",
    "brief",
    "validate",
    "list",
    "export",
    "template",
    "init",
    "units",
    "schema",
)
"""Names of the commands, in the order of the help; each is the function of that name in the module of that name."""


def run(arguments: Sequence[str], state: dict[str, Any]) -> int:
    """Run the command that the arguments name and return its exit code.

    Parameters
    ----------
    arguments
        As the shell gives them.
    state
        Receives the language and whether a traceback is to be shown, which count even when the command fails.
    """
    for name, value in pairwise(arguments):
        if name == "--lang":  # which counts for the help and for what is wrong with the line, wherever it is in it
            state["lang"] = value
    # Only the command that is named: to read the options of all takes longer than to run most of them.
    # Help and suggestions need all.
    if not arguments:
        run(["--help"], state)
        return USAGE
    first = next(iter(arguments))
    names = () if first in ("--version", "-V") else (first,) if first in COMMANDS else COMMANDS
    return group(names)(arguments, prog_name="smartkpi", standalone_mode=False, obj=state) or 0


@cache
def group(names: tuple[str, ...] = COMMANDS) -> Any:
    """Return the program with these commands."""
    app = typer.Typer(
        name="smartkpi",
        cls=Program,
        add_completion=False,  # Typer's has zsh evaluate titles of plans
        pretty_exceptions_enable=False,
        context_settings=_HELP,
    )
    app.callback()(program)
    for name in names:
        app.command(name, cls=Command, context_settings=_HELP)(command(name))
    return typer.main.get_command(app)


def command(name: str) -> Callable[..., None]:
    """Return the function of a command."""
    function: Callable[..., None] = getattr(import_module(f"smartkpi.cli.commands.{name}"), name)
    return function


def _instead(flags: str, text: str, act: Callable[[], None]) -> Any:
    """Declare an option that does something else than running a command."""

    def act_and_exit(present: bool) -> None:
        if present:
            act()
            raise typer.Exit

    return typer.Option(*flags.split(), help=text, callback=act_and_exit, is_eager=True)


def _show_version() -> None:
    output.write(f"smartkpi {__version__}\n", output.STANDARD_OUTPUT)


def program(
    version: Annotated[bool, _instead("--version -V", "Show the version.", _show_version)] = False,
    install_completion: Annotated[
        bool,
        _instead(
            "--install-completion",
            "Switch on completion in the shell this is run from: bash, zsh or fish.",
            completion.install,
        ),
    ] = False,
    show_completion: Annotated[
        bool,
        _instead("--show-completion", "Show the completion script for the shell this is run from.", completion.show),
    ] = False,
) -> None:
    """Attainment, required annual growth and on-track flags for the KPIs of a plan."""
