"""Files as text: read whole or not at all, in the encoding they are in."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from smartkpi.errors import Fault

STANDARD_INPUT = "-"


def read_bytes(path: Path | str, file: str, faults: list[Fault], largest: int) -> bytes:
    """Return what a file or standard input holds; a fault is noted and nothing returned where it cannot be read.

    Parameters
    ----------
    path
        ``-`` is standard input.
    file
        The file's name in messages.
    faults
        A fault is added here.
    largest
        Bytes that are read at the most.
    """
    try:
        if path == STANDARD_INPUT:
            content = sys.stdin.buffer.read(largest + 1)
        else:
            with Path(path).open("rb") as stream:
                if stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                    _check_size(os.fstat(stream.fileno()).st_size, file, faults, largest)
                content = b"" if faults and faults[-1].key == "file_too_large" else stream.read(largest + 1)
    except FileNotFoundError:
        faults.append(Fault("no_such_file", file))
    except IsADirectoryError:
        faults.append(Fault("is_a_folder", file))
    except OSError as error:
        faults.append(Fault("cannot_read", file, problem=error.strerror or str(error)))
    else:
        _check_size(len(content), file, faults, largest)
        return content
    return b""


def _check_size(size: int, file: str, faults: list[Fault], largest: int) -> None:
    if size > largest:
        faults.append(Fault("file_too_large", file, size=f"{size:,}", largest=f"{largest:,}"))


def decode(content: bytes, file: str, faults: list[Fault], encoding: str | None = None) -> tuple[str, str]:
    """Return the text and the encoding it was in: the one given, else strict UTF-8, else strict cp950.

    cp950, not big5, which lacks 碁 and 裏. Nothing is guessed from frequencies: both are strict, and what is
    valid UTF-8 by chance in Big5 has not been seen.
    """
    candidates = (encoding,) if encoding else ("utf-8-sig", "cp950")
    first_failure = 0
    for candidate in candidates:
        try:
            return content.decode(candidate), candidate
        except UnicodeDecodeError as error:
            first_failure = first_failure or error.start
    line = content.count(b"\n", 0, first_failure) + 1
    found = f"0x{content[first_failure]:02x}"
    faults.append(Fault("not_text", file, line, byte=found, tried=", ".join(candidates)))
    return "", candidates[0]
