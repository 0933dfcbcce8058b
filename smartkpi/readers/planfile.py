"""The file of a plan as it stands: TOML, read and not yet checked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from smartkpi.errors import Fault

LARGEST_PLAN = 20_000_000
"""Bytes; a plan of ten thousand indicators has about half of that."""


def content(path: Path, file: str, faults: list[Fault]) -> bytes:
    """Return the bytes of a plan; a fault is added and nothing returned where it cannot be read."""
    from smartkpi.readers.files import read_bytes

    return read_bytes(path, file, faults, largest=LARGEST_PLAN)


def text(content: bytes, file: str, faults: list[Fault]) -> str:
    """Return the text of a plan; a fault is added and nothing returned where it is not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        faults.append(Fault("plan_not_utf8", file, line, byte=content[error.start]))
        return ""


def parsed(text: str, file: str, faults: list[Fault]) -> Mapping[str, Any] | None:
    """Return what the text holds; None, and a fault is added, if it could not be read or is no TOML."""
    import tomli

    if faults and not text:
        return None
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        faults.append(Fault("toml_syntax", file, error.lineno, column=error.colno, problem=error.msg))
    except (RecursionError, ValueError) as error:
        faults.append(Fault("toml_limits", file, problem=str(error).partition(";")[0]))
    return None
