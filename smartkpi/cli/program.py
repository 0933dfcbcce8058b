"""smartkpi without a command: its version, and completion for shells."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from smartkpi._version import __version__
from smartkpi.cli import output
from smartkpi.cli.completion import installing


def _instead(act: Callable[[], None]) -> Callable[[bool], None]:
    """Return a callback that does this and nothing else, if it is asked for."""

    def called(asked: bool) -> None:
        if asked:
            act()
            raise typer.Exit

    return called


def _show_version() -> None:
    output.write(f"smartkpi {__version__}\n", output.STANDARD_OUTPUT)


def program(
    version: Annotated[
        bool, typer.Option("--version", "-V", help="Show the version.", callback=_instead(_show_version), is_eager=True)
    ] = False,
    install_completion: Annotated[
        bool,
        typer.Option(
            "--install-completion",
            help="Switch on completion in the shell this is run from: bash, zsh or fish.",
            callback=_instead(installing.install),
            is_eager=True,
        ),
    ] = False,
    show_completion: Annotated[
        bool,
        typer.Option(
            "--show-completion",
            help="Show the completion script for the shell this is run from.",
            callback=_instead(installing.show),
            is_eager=True,
        ),
    ] = False,
) -> None:
    """Attainment, required annual growth and on-track flags for the KPIs of a plan."""
