"""Write the pages of docs/ that are read from the program and the data: commands, columns, Python, codebook.

Usage: python tools/reference.py [--check]

With --check nothing is written, and the exit code is 1 if a page is not what the program and the data say. What the
examples print is left to tools/session.py.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from difflib import unified_diff
from pathlib import Path

import codebook
import columnpage
import commandpage
import pythonpage
from blocks import without_shown
from session import followed

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGES: Mapping[str, Callable[[], str]] = {
    "commands.md": commandpage.page,
    "columns.md": columnpage.page,
    "python.md": pythonpage.page,
    "codebook.md": codebook.page,
}


def main(*, check: bool) -> int:
    """Write the pages, or show how they differ; return the exit code."""
    stale = 0
    for name, page in PAGES.items():
        path, new = DOCS / name, page()
        if not check:
            path.write_text(followed(new), encoding="utf-8")
            continue
        old = without_shown(path.read_text(encoding="utf-8"))
        sys.stdout.writelines(unified_diff(old.splitlines(True), new.splitlines(True), name, "now"))
        stale |= new != old
    return stale


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv[1:]))
