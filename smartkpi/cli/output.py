"""What leaves the program: rows to stdout or a file, remarks to stderr, each written at once and whole."""

from __future__ import annotations

import contextlib
import os
import select
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from smartkpi.errors import Fault, OutputError

STANDARD_OUTPUT = "-"


class PipeClosed(Exception):  # noqa: N818 - no error: the reader has seen enough
    """The reader has closed the pipe. Not an OSError, which Typer would take for itself."""


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
        Whether a file that is there is replaced; otherwise it is left alone, with an error.

    Raises
    ------
    OutputError
        If it cannot be written; a file that was there is then as it was.
    PipeClosed
        If the reader has closed the pipe.
    """
    write_bytes(text.encode(encoding, errors="replace"), output, replace=replace)


def write_bytes(content: bytes, output: str, *, replace: bool = True) -> None:
    """Write bytes as `write` writes text."""
    place = "standard output" if output == STANDARD_OUTPUT else output
    try:
        _to_stdout(content) if output == STANDARD_OUTPUT else _to_file(content, output, replace)
    except FileExistsError as error:
        raise OutputError(Fault("already_there", place)) from error
    except BrokenPipeError as error:
        raise PipeClosed from error
    except OSError as error:
        raise OutputError(Fault("cannot_write", place, problem=error.strerror or str(error))) from error


def say(text: str) -> None:
    """Write a line to stderr; a closed stderr is no reason to fail."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        encoding = sys.stderr.encoding or "utf-8"
        sys.stderr.write(f"{text}\n".encode(encoding, errors="replace").decode(encoding))
        sys.stderr.flush()


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a stream leads to a terminal."""
    return stream is not None and not stream.closed and stream.isatty()


def _to_stdout(content: bytes) -> None:
    # Straight to the file descriptor: what stands in Python's buffer at exit fails too late for an exit code.
    if sys.stdout is None or sys.stdout.closed:
        raise OSError("standard output is closed")
    sys.stdout.flush()
    _to_descriptor(content, sys.stdout.fileno())


def _to_descriptor(content: bytes, descriptor: int) -> None:
    left = memoryview(content)
    while left:
        try:
            left = left[os.write(descriptor, left) :]
        except BlockingIOError:
            select.select([], [descriptor], [])


def _to_file(content: bytes, output: str, replace: bool) -> None:
    """Replace a file, whole or not at all; a device or pipe is written to."""
    path = Path(os.path.realpath(output))
    with contextlib.suppress(FileNotFoundError):
        if not stat.S_ISREG(path.stat().st_mode):
            # O_NONBLOCK: a pipe that nobody reads is an error, not a wait without end.
            with _opened(path, os.O_WRONLY | os.O_NONBLOCK) as descriptor:
                _to_descriptor(content, descriptor)
            return
    _put(content, path, replace)


def _put(content: bytes, path: Path, replace: bool) -> None:
    """Write a hidden file beside the place and put it there when it is whole.

    Whoever kills the program in between leaves the hidden file. Linux could do without a name for it (O_TMPFILE), but
    only to make a new file, not to replace one.
    """
    temporary = path.with_name(f".{path.name[:100]}.{os.urandom(4).hex()}.tmp")
    try:
        with _opened(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL) as descriptor:
            with contextlib.suppress(FileNotFoundError):
                os.fchmod(descriptor, stat.S_IMODE(path.stat().st_mode))
            _to_descriptor(content, descriptor)
            os.fsync(descriptor)
        if replace:
            temporary.replace(path)
        else:
            path.hardlink_to(temporary)
    finally:
        temporary.unlink(missing_ok=True)


@contextlib.contextmanager
def _opened(path: Path, flags: int) -> Iterator[int]:
    descriptor = os.open(path, flags, 0o666)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
