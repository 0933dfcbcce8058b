"""The fenced blocks of a Markdown page, each with the marks above it: comments such as `<!-- file: table.tsv -->`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

BLOCK = re.compile(
    r"^(?P<marks>(?:<!-- [^\n]+ -->\n)*)```(?P<language>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
MARK = re.compile(r"<!-- ([a-z ]+)(?:: | )?(.*) -->")


class Block(NamedTuple):
    """A fenced block and where it stands."""

    language: str
    text: str
    marks: Mapping[str, str]
    """What the comments right above it say: the word before the colon, and what follows it."""
    line: int
    """Of the text's first line."""
    start: int
    """Place of the text in the page."""
    end: int
    shown_by: bool
    """Whether it shows what the shell block right before it prints."""

    @property
    def is_doctest(self) -> bool:
        """Whether pytest runs it by itself."""
        return self.language == "python" and self.text.startswith(">>> ")


def blocks(page: str) -> Iterator[Block]:
    """Give the blocks of a page in their order."""
    after_shell = -1
    for found in BLOCK.finditer(page):
        marks = dict(MARK.findall(found["marks"]))
        shown_by = not marks and after_shell >= 0 and not page[after_shell : found.start()].strip()
        start, end = found.span("text")
        line = page.count("\n", 0, start) + 1
        yield Block(found["language"], found["text"], marks, line, start, end, shown_by)
        after_shell = found.end() if found["language"] == "sh" else -1


def rewritten(page: str, texts: Iterable[tuple[Block, str]]) -> str:
    """Return a page with new texts in some of its blocks, given in their order."""
    pieces, done = [], 0
    for block, text in texts:
        pieces += [page[done : block.start], text]
        done = block.end
    return "".join([*pieces, page[done:]])


def without_shown(page: str) -> str:
    """Return a page without what its commands show."""
    return rewritten(page, ((block, "") for block in blocks(page) if block.shown_by))
