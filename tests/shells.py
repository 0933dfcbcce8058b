"""Shells at a terminal, as a person has them: keys go in, and what shows is read until it has what is waited for."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import shutil
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from conftest import ROOT

PATIENCE = 60
"""Seconds to wait for a text before a test fails; a machine that is busy takes long."""
TAB = "\t"
PROMPT = "ready> "
_SIZE = 60, 200
"""Lines and columns of the window."""

# A controlling terminal, so that a shell has its job control as it has in a window.
_AT_TERMINAL = (
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execvp(sys.argv[1], sys.argv[1:])"
)
_STARTS: Mapping[str, list[str]] = {
    "bash": ["bash", "--noprofile", "-i"],
    "zsh": ["zsh", "-d", "-i"],
    "fish": ["fish", "-i"],
}
_SETTINGS: Mapping[str, tuple[str, str]] = {
    "bash": (".bashrc", f"PS1='{PROMPT}'\n"),
    # compinit asks what to do where everybody may write to the system's folders, as on some machines for CI.
    "zsh": (".zshrc", f"PS1='{PROMPT}'; compaudit() {{ true; }}\n"),
    "fish": (".config/fish/config.fish", f"function fish_prompt; echo '{PROMPT}'; end\n"),
}
"""The file that a shell reads first, and what stands in it: a prompt that can be waited for."""
_SMARTKPI = """#!/bin/sh
if [ -n "$_SMARTKPI_COMPLETE" ] || [ "$1" = --install-completion ] || [ "$1" = --show-completion ]; then
    exec {python} -m smartkpi "$@" 2>>{home}/stderr
fi
printf 'GIVEN'; printf '[%s]' "$@"; echo .
"""
_ESCAPES = re.compile(r"\x1b(?:\[[0-9;?>=]*[a-zA-Z]|\][^\x07]*\x07|[()][0-9A-B]|[=>])")


class Shell:
    """A shell at a terminal.

    The program ``smartkpi`` that it finds completes as the real one does. Run, it shows the arguments it was given.
    """

    def __init__(self, name: str, terminal: int) -> None:
        self.name = name
        self._terminal = terminal
        self._seen = ""

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self._terminal, keys.encode())

    def until(self, text: str) -> str:
        """Return what shows up to `text`, once it shows."""
        deadline = time.monotonic() + PATIENCE
        while text not in (shown := _ESCAPES.sub("", self._seen)):
            left = deadline - time.monotonic()
            assert left > 0, f"{self.name} does not show {text!r}, but {shown!r}"
            if select.select([self._terminal], [], [], left)[0]:
                self._seen += os.read(self._terminal, 65536).decode(errors="replace")
        before, _, self._seen = shown.partition(text)
        return before + text

    def run(self, line: str) -> str:
        """Type a line, and return the arguments that smartkpi is given in it."""
        self.type(f"{line}\n")
        self.until("GIVEN")
        return self.until("].").removesuffix(".")


def make_home(name: str, home: Path, more: str = "") -> None:
    """Give a shell a home with its settings, and a smartkpi to call; skip the test where there is no such shell."""
    if not shutil.which(name):
        pytest.skip(f"{name} is not installed")
    file, text = _SETTINGS[name]
    (home / file).parent.mkdir(parents=True, exist_ok=True)
    (home / file).write_text(text + more, encoding="utf-8")
    (home / ".local/share/fish/generated_completions").mkdir(parents=True)  # else fish reads every manual page first
    program = home / "bin" / "smartkpi"
    program.parent.mkdir()
    program.write_text(_SMARTKPI.format(python=sys.executable, home=home), encoding="utf-8")
    program.chmod(0o755)


@contextmanager
def shell(name: str, home: Path, **changes: str) -> Iterator[Shell]:
    """Start a shell at a terminal with a home made by `make_home`, and end it afterwards."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", *_SIZE, 0, 0))
    environment = {
        "HOME": str(home),
        "PATH": f"{home}/bin:/usr/local/bin:/usr/bin:/bin",
        "PYTHONPATH": str(ROOT),
        "TERM": "xterm",
        "LANG": "C.UTF-8",
        **changes,
    }
    command = [sys.executable, "-c", _AT_TERMINAL, *_STARTS[name]]
    process = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, cwd=home, start_new_session=True
    )
    os.close(theirs)
    try:
        started = Shell(name, ours)
        started.until(PROMPT)
        yield started
    finally:
        process.kill()
        process.wait()
        with suppress(OSError):
            os.close(ours)
