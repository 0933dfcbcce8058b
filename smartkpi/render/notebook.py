"""What notebooks show: a chart, a page, a text; each can be saved, and printed as its source."""

from __future__ import annotations

import os
from collections.abc import Mapping
from html import escape
from typing import Any

from smartkpi.render import files

_HEIGHT = 720
"""Pixels of the frame that holds a page."""


class _Source:
    """A text that `str` returns and `save` writes."""

    def __init__(self, source: str) -> None:
        self._source = source

    def __str__(self) -> str:
        return self._source

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {len(self._source):,} characters>"

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write it to a file, whole or not at all.

        Parameters
        ----------
        path
            Of the file; one that exists is replaced.
        """
        files.write_file(self._source.encode(), os.fspath(path))


class Chart(_Source):
    """A chart as SVG, which notebooks show."""

    def _repr_svg_(self) -> str:
        return self._source


class Page(_Source):
    """A page as HTML, which notebooks show in a frame of its own, so that neither changes the look of the other."""

    def _repr_html_(self) -> str:
        style = f"width:100%;height:{_HEIGHT}px;border:0"
        return f'<iframe title="smartkpi" style="{style}" srcdoc="{escape(self._source)}"></iframe>'


class Text(_Source):
    """A text, which notebooks show as Markdown.

    Parameters
    ----------
    source
        As plain text.
    markdown
        The same in Markdown.
    document
        The same as JSON holds it.
    """

    def __init__(self, source: str, markdown: str, document: Mapping[str, Any]) -> None:
        super().__init__(source)
        self._markdown = markdown
        self._document = document

    def __repr__(self) -> str:
        return self._source

    def _repr_markdown_(self) -> str:
        return self._markdown

    def to_dict(self) -> Mapping[str, Any]:
        """Return what the JSON document of the command line holds."""
        return self._document
