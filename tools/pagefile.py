"""The pages of the documentation: which there are, and writing one or saying how it differs from what it should be."""

from __future__ import annotations

import sys
from difflib import unified_diff
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = [
    *sorted(ROOT.glob("README*.md")),
    *sorted([*ROOT.glob("docs/*.md"), *ROOT.glob("data/*.md"), *ROOT.glob("examples/*/*.md")]),
]
"""Pages that show what commands print."""


def language(page: Path) -> str:
    """Return the language that a page is written in.

    Examples
    --------
    >>> language(Path("docs/tutorial.zh-TW.md")), language(Path("docs/tutorial.md"))
    ('zh-TW', 'en')
    """
    return "zh-TW" if page.stem.endswith(".zh-TW") else "en"


def settled(path: Path, old: str, new: str, *, check: bool) -> bool:
    """Write the new text where it differs. To check, only say how it differs, and return whether it does not."""
    if new == old:
        return True
    if check:
        sys.stdout.writelines(unified_diff(old.splitlines(True), new.splitlines(True), path.name, "now"))
        return False
    path.write_text(new, encoding="utf-8")
    return True
