"""Tables in Markdown, for the generated pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from smartkpi.render.markdown import escaped


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; cells are Markdown, see `plain` and `code`."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def plain(text: object) -> str:
    """Return text in which nothing is markup, on one line."""
    return escaped(" ".join(str(text).split()))


def code(text: str) -> str:
    """Return text as code; nothing for nothing."""
    return f"`{text}`".replace("|", r"\|") if text else ""
