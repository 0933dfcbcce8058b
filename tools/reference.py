"""Write the pages of docs/ that are read from the program and the data: commands, columns, Python, codebook.

Usage: python tools/reference.py [--check]

With --check nothing is written, and the exit code is 1 if a page is not what the program and the data say. What the
examples print is left to tools/session.py.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import codebook
import columnpage
import commandpage
import pythonpage
import unitpage
from blocks import without_shown
from pagefile import settled
from session import followed

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGES: Mapping[str, Callable[[], str]] = {
    "commands.md": commandpage.page,
    "columns.md": columnpage.page,
    "python.md": pythonpage.page,
    "codebook.md": codebook.page,
    "units.md": unitpage.page,
}


def main(*, check: bool) -> int:
    """Write the pages, or show how they differ; return the exit code."""
    settled_all = True
    for name, page in PAGES.items():
        path, new = DOCS / name, page()
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        before, after = (without_shown(old), new) if check else (old, followed(new))
        settled_all &= settled(path, before, after, check=check)
    return int(not settled_all)


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv[1:]))
