"""Files as text: read whole or not at all, in the encoding they are in."""

from __future__ import annotations

import codecs
import errno
import os
import re
import select
import stat
import sys
from collections.abc import Iterable
from pathlib import Path

from smartkpi.errors import Fault, UsageError

STANDARD_INPUT = "-"
# Not every system has these. O_NONBLOCK: opening a pipe must not wait for a writer that may never come.
_NONBLOCK = getattr(os, "O_NONBLOCK", 0)
_OPEN = os.O_RDONLY | _NONBLOCK | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_SINGLE_BYTES = ("latin-1", "cp1252", "iso-8859-2", "cp1250", "gb18030", "shift_jis")
"""Encodings that a refusal names where a text fits them."""
_PLAUSIBLE = r"[^\x00-\x7f]{2}|(?<![A-Za-z])[^\x00-\x7f](?![A-Za-z])"
"""Characters side by side, or one that is no part of an English word."""
PATIENCE = 2
"""Seconds that a named pipe has for somebody to open it at its other end."""


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
        is_standard = path == STANDARD_INPUT
        content = _standard_input(largest) if is_standard else _content(path, file, faults, largest)
    except FileNotFoundError:
        faults.append(Fault("no_such_file", file))
    except IsADirectoryError:
        faults.append(Fault("is_a_folder", file))
    except OSError as error:
        faults.append(Fault("cannot_read", file, problem=error.strerror or str(error)))
    else:
        if not is_too_large(len(content), file, faults, largest):
            return content
    return b""


def _standard_input(largest: int) -> bytes:
    if sys.stdin is None or sys.stdin.closed:
        raise OSError(errno.EBADF, "standard input is closed")
    return sys.stdin.buffer.read(largest + 1)


def _content(path: Path | str, file: str, faults: list[Fault], largest: int) -> bytes:
    with os.fdopen(os.open(path, _OPEN), "rb") as stream:
        status = os.fstat(stream.fileno())
        if stat.S_ISREG(status.st_mode) and is_too_large(status.st_size, file, faults, largest):
            return b""
        begun = _begin_pipe(stream.fileno()) if stat.S_ISFIFO(status.st_mode) else b""
        if _NONBLOCK:
            os.set_blocking(stream.fileno(), True)
        return begun + stream.read(largest + 1 - len(begun))


def _begin_pipe(descriptor: int) -> bytes:
    """Return what had to be read of a pipe to see whether anybody writes to it: a byte at the most.

    Raises
    ------
    OSError
        If nobody does.
    """
    if select.select([descriptor], [], [], PATIENCE)[0]:
        return b""
    try:
        begun = os.read(descriptor, 1)
    except BlockingIOError:  # a writer that has nothing to say yet
        return b""
    if not begun:
        raise OSError(errno.EPIPE, "nobody writes to this pipe")
    return begun


def is_too_large(size: int, file: str, faults: list[Fault], largest: int) -> bool:
    """Whether so many bytes are more than may be read; a fault is noted then."""
    if size > largest:
        faults.append(Fault("file_too_large", file, largest=f"{largest:,}"))
    return size > largest


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


def decode(
    content: bytes, file: str, faults: list[Fault], encoding: str | None = None, words: Iterable[str] = ()
) -> tuple[str, str]:
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

        cp950, not big5, which lacks 碁 and 裏. Texts in Latin-1 and the like can be valid cp950 too, but then as
        characters that nobody writes, or single ones inside words: such a text is refused.
    words
        Titles and units of the plan, of which one in the text shows that it was read in the right encoding.
    """
    candidates = (encoding,) if encoding else _candidates(content)
    furthest, tried = -1, candidates[0]
    for candidate in candidates:
        try:
            text = content.decode(candidate).removeprefix("\ufeff")
            if encoding is None and candidate == "cp950" and _is_doubtful(text, words):
                _note_doubtful(content, file, faults)
                return "", candidate
            return text, candidate
        except UnicodeError as error:
            # The encoding that went furthest is the likeliest, and where it stopped is what is to be mended.
            start = getattr(error, "start", 0)
            furthest, tried = max((furthest, tried), (start, candidate), key=lambda each: each[0])
    _note_not_text(content, file, faults, furthest, tried, candidates)
    return "", candidates[0]


def _is_doubtful(text: str, words: Iterable[str]) -> bool:
    """Whether a text that is valid cp950 may be one in an encoding of single bytes."""
    if any(word in text for word in words if not word.isascii()):
        return False
    characters = {character for character in text if not character.isascii()}
    return any(map(_is_rare, characters)) or not re.search(_PLAUSIBLE, text)


def _is_rare(character: str) -> bool:
    """Whether a character is neither punctuation nor one of those that are written often: A140 to C67E of Big5."""
    code = character.encode("cp950")
    return len(code) != 2 or not b"\xa1\x40" <= code <= b"\xc6\x7e"


def _note_doubtful(content: bytes, file: str, faults: list[Fault]) -> None:
    position = next(position for position, byte in enumerate(content) if byte >= 0x80)
    byte = f"0x{content[position]:02x}"
    line = line_of(content[:position].decode("latin-1"), position)
    faults.append(
        Fault("doubtful_encoding", file, line, byte=byte, position=position + 1, names=f"{_fitting(content)}, cp950")
    )


def _fitting(content: bytes) -> str:
    return ", ".join(name for name in _SINGLE_BYTES if _fits(content, name))


def _fits(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeError:
        return False
    return True


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
    try:
        before = content[:position].decode(tried, errors="replace")
    except UnicodeError:  # idna and undefined replace nothing
        before = content[:position].decode("latin-1")
    byte = f"0x{content[position]:02x}"
    details = {"byte": byte, "position": position + 1, "tried": ", ".join(candidates), "names": _fitting(content)}
    faults.append(Fault("not_text", file, line_of(before, len(before)), **details))
