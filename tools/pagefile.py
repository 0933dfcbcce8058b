"""Write a page, or say how it differs from what it should be."""

from __future__ import annotations

import sys
from difflib import unified_diff
from pathlib import Path


def settled(path: Path, old: str, new: str, *, check: bool) -> bool:
    """Write the new text where it differs. To check, only say how it differs, and return whether it does not."""
    if new == old:
        return True
    if check:
        sys.stdout.writelines(unified_diff(old.splitlines(True), new.splitlines(True), path.name, "now"))
        return False
    path.write_text(new, encoding="utf-8")
    return True
