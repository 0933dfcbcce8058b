"""What leaves the program by its streams, or for a file."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from typing import NoReturn, TextIO

from smartkpi.errors import Fault, OutputError
from smartkpi.render import files

STANDARD_OUTPUT = "-"

_WIDEST = 9999
"""Columns or lines of a terminal that the environment may name."""


class PipeClosed(Exception):  # noqa: N818 - not an error: the reader has seen enough
    """The reader has closed the pipe. Not an OSError, which Typer would take for itself."""


class _ClosedOutput(io.TextIOBase):
    """Standard output of a program that was started without one: writing to it is an error."""

    def write(self, _: str) -> NoReturn:
        raise OSError("standard output is closed")

    def fileno(self) -> NoReturn:
        raise OSError("standard output is closed")


def prepare() -> None:
    """Make the streams and the terminal's size fit for any text, encoding and environment."""
    if sys.stdout is None:
        sys.stdout = _ClosedOutput()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    for name in ("COLUMNS", "LINES", "TERMINAL_WIDTH"):
        size = os.environ.get(name, "")
        if not (size.isascii() and size.isdigit()):
            os.environ.pop(name, None)
        elif len(size) > len(str(_WIDEST)):
            os.environ[name] = str(_WIDEST)


def write(text: str, output: str, encoding: str = "utf-8", *, replace: bool = True) -> None:
    """Write to a file or, for ``-``, to stdout.

    Parameters
    ----------
    text
        All there is to write.
    output
        Path of the file.
    encoding
        What it cannot hold becomes a question mark.
    replace
        Whether a file that exists is replaced; otherwise it is left alone, with an error.

    Raises
    ------
    OutputError
        If it cannot be written; a file that existed is then as it was.
    PipeClosed
        If the reader has closed the pipe.
    """
    write_bytes(text.encode(encoding, errors="replace"), output, replace=replace)


def write_bytes(content: files.Content, output: str, *, replace: bool = True) -> None:
    """Write bytes as `write` writes text."""
    try:
        _to_stdout(content) if output == STANDARD_OUTPUT else files.write_file(content, output, replace=replace)
    except BrokenPipeError as error:
        raise PipeClosed from error
    except OSError as error:
        raise OutputError(Fault("cannot_write", "standard output", problem=error.strerror or str(error))) from error


def say(text: str) -> None:
    """Write a line to stderr; a closed stderr is no reason to fail."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        encoding = sys.stderr.encoding or "utf-8"
        sys.stderr.write(f"{text}\n".encode(encoding, errors="replace").decode(encoding))
        sys.stderr.flush()


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a stream leads to a terminal."""
    return stream is not None and not stream.closed and stream.isatty()


def _to_stdout(content: files.Content) -> None:
    # Straight to the file descriptor: what is still in Python's buffer at exit fails too late for an exit code.
    if sys.stdout is None or sys.stdout.closed:
        raise OSError("standard output is closed")
    sys.stdout.flush()
    files.to_descriptor(content, sys.stdout.fileno())
