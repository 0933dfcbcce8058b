"""What a terminal shows when lines are typed at it."""

from __future__ import annotations

import os
import pty
import subprocess
import termios
from collections.abc import Mapping
from pathlib import Path

ROWS, COLUMNS = 24, 80


def typed(script: str, folder: Path, environment: Mapping[str, str]) -> tuple[int, str]:
    """Run lines of a shell at a terminal of 80 columns; return the exit code and what is shown.

    The shell stops at the first command that fails.
    """
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (ROWS, COLUMNS))
    with subprocess.Popen(
        ["/bin/sh", "-e", "-c", script], cwd=folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs
    ) as shell:
        os.close(theirs)
        shown = b"".join(iter(lambda: _read(ours), b"")).decode()
    os.close(ours)
    return shell.returncode, "".join(f"{line.rstrip()}\n" for line in shown.splitlines())


def _read(terminal: int) -> bytes:
    """Read from a terminal; nothing is its end, which Linux tells by an error."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""
