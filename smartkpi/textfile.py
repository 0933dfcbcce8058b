"""Files as text: read whole or not at all, in the encoding they are in."""

from __future__ import annotations

import codecs
import os
import stat
import sys
from pathlib import Path

from smartkpi.errors import Fault, UsageError

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


def is_workbook(content: bytes) -> bool:
    """Whether bytes begin as .xlsx and .ods (a ZIP archive) or .xls (a compound file) do."""
    return content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))


def check_encoding(name: str | None) -> None:
    """Refuse an encoding that Python does not have, or that is none of text.

    Raises
    ------
    UsageError
        If there is no such encoding.
    """
    try:
        b"ab".decode(name or "utf-8")
    except UnicodeError:
        return  # the encoding is one of text, though not of these two bytes
    except (LookupError, ValueError) as error:
        raise UsageError(Fault("unknown_encoding", found=str(name))) from error


def decode(content: bytes, file: str, faults: list[Fault], encoding: str | None = None) -> tuple[str, str]:
    """Return the text, without a byte order mark, and the encoding it was in.

    Parameters
    ----------
    content
        Bytes of a file.
    file
        Its name in messages.
    faults
        A fault with the line and the byte is added here.
    encoding
        The one it is in; None for strict UTF-8, else strict cp950.

        cp950, not big5, which lacks 碁 and 裏. Nothing is guessed from frequencies: both are strict, and what is
        valid UTF-8 by chance in Big5 has not been seen.
    """
    candidates = (encoding,) if encoding else _candidates(content)
    furthest, tried = -1, candidates[0]
    for candidate in candidates:
        try:
            return content.decode(candidate).removeprefix("\ufeff"), candidate
        except UnicodeError as error:
            # The encoding that went furthest is the likeliest, and where it stopped is what is to be mended.
            start = getattr(error, "start", 0)
            furthest, tried = max((furthest, tried), (start, candidate), key=lambda each: each[0])
    _note_not_text(content, file, faults, furthest, tried, candidates)
    return "", candidates[0]


def line_of(text: str, position: int) -> int:
    r"""Return the line that a position of a text stands on; LF, CRLF and a lone CR end a line.

    Examples
    --------
    >>> line_of("a\r\nb\rc", 5)
    3
    """
    before = text[:position]
    return before.count("\n") + before.count("\r") - before.count("\r\n") + 1


def _candidates(content: bytes) -> tuple[str, ...]:
    return ("utf-8",) if content.startswith(codecs.BOM_UTF8) else ("utf-8", "cp950")


def _note_not_text(
    content: bytes, file: str, faults: list[Fault], position: int, tried: str, candidates: tuple[str, ...]
) -> None:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and "cp950" in candidates:
        faults.append(Fault("utf16", file))
        return
    before = content[:position].decode(tried, errors="replace")
    byte = f"0x{content[position]:02x}"
    names = ", ".join(candidates)
    faults.append(Fault("not_text", file, line_of(before, len(before)), byte=byte, position=position + 1, tried=names))
