"""Where each shell looks for completions, and how the script gets there."""

from __future__ import annotations

import os
from pathlib import Path

from smartkpi import messages
from smartkpi.cli import output
from smartkpi.cli.completion import scripts
from smartkpi.errors import Fault, OutputError, UsageError
from smartkpi.text import printable

_SHELLS = " | ".join(scripts.SHELLS)


def show(shell: str = "") -> None:
    """Write the script for a shell, else for the one that smartkpi was started from."""
    output.write(scripts.text(_known(shell) if shell else current_shell()), output.STANDARD_OUTPUT)


def install() -> None:
    """Put the script for the shell that smartkpi was started from where that shell finds it."""
    shell = current_shell()
    script, settings, line = _place(shell)
    try:
        script.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(Fault("cannot_create", str(script.parent), problem=error.strerror or str(error))) from error
    output.write(scripts.text(shell), str(script))
    if settings:
        _add_line(settings, line)
    said = messages.label("completion_installed", messages.choose(os.environ))
    output.say(said.format(shell=shell, file=printable(str(script))))


def current_shell() -> str:
    """Return the shell that smartkpi was started from.

    Raises
    ------
    UsageError
        If it is none that there is a script for.
    """
    import shellingham

    try:
        return _known(shellingham.detect_shell()[0])
    except shellingham.ShellDetectionFailure as error:
        raise UsageError(Fault("no_shell", shells=_SHELLS)) from error


def _known(shell: str) -> str:
    if shell not in scripts.SHELLS:
        raise UsageError(Fault("no_completion", found=shell, shells=_SHELLS))
    return shell


def _place(shell: str) -> tuple[Path, Path | None, str]:
    """Return where the script goes, the shell's settings, and the line in them that makes the shell look there."""
    from shlex import quote

    home = Path.home()
    if shell == "bash":
        script = home / ".bash_completions" / "smartkpi.sh"
        return script, home / ".bashrc", f"source {quote(str(script))}"
    if shell == "zsh":
        settings = Path(os.environ.get("ZDOTDIR") or home) / ".zshrc"
        return home / ".zfunc" / "_smartkpi", settings, "fpath+=~/.zfunc; autoload -Uz compinit; compinit"
    configuration = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    return configuration / "fish" / "completions" / "smartkpi.fish", None, ""


def _add_line(settings: Path, line: str) -> None:
    """Add a line at the end of a file, whatever encoding it is in, unless it is there already."""
    try:
        before = settings.read_bytes()
    except FileNotFoundError:
        before = b""
    except OSError as error:
        raise OutputError(Fault("cannot_write", str(settings), problem=error.strerror or str(error))) from error
    if line.encode() in (each.strip() for each in before.splitlines()):
        return
    end = b"" if before.endswith(b"\n") or not before else b"\n"
    output.write_bytes(before + end + line.encode() + b"\n", str(settings))
