"""Text of a file as a plan may have it: on one line, without control characters, quoted as TOML does."""

from __future__ import annotations

import json


def one_line(text: str) -> str:
    """Return a text on one line, without control characters."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def quoted(text: str) -> str:
    """Return a text on one line as TOML writes it."""
    return json.dumps(one_line(text), ensure_ascii=False)
