"""What notebooks show: a chart, a page, a text; each can be saved, and printed as its source."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from smartkpi.readers import arguments
from smartkpi.render import files
from smartkpi.render.suffixes import format_by_suffix

if TYPE_CHECKING:
    from smartkpi.tables.explanation import Explanation
    from smartkpi.tables.report import Report

_HEIGHT = 720
"""Pixels of the frame that holds a page."""


class _Picture:
    """A report in one format, which `str` returns; `save` writes it in that of the file's suffix."""

    _form: str

    def __init__(self, report: Report, lang: str) -> None:
        self._report = report
        self._lang = lang
        self._source = self._render(self._form).decode()

    def _render(self, form: str) -> bytes:
        from smartkpi.render.report import render

        return render(self._report, form, self._lang)

    def __str__(self) -> str:
        return self._source

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {len(self._source):,} characters>"

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write it to a file, whole or not at all.

        Parameters
        ----------
        path
            Of the file; one that exists is replaced. It ends in .html, .pdf, .svg, .png or .md, as for `smartkpi
            report`; without a suffix the format is that of `str`.

        Raises
        ------
        UsageError
            If the suffix is that of another format.
        """
        from smartkpi.render.report import FORMATS

        place = arguments.path(path, "path")
        form = format_by_suffix(place, FORMATS, self._form)
        files.write_file(self._source.encode() if form == self._form else self._render(form), place)


class Chart(_Picture):
    """A chart as SVG, which notebooks show."""

    _form = "svg"

    def _repr_svg_(self) -> str:
        return self._source


class Page(_Picture):
    """A page as HTML, which notebooks show in a frame of its own, so that neither changes the look of the other."""

    _form = "html"

    def _repr_html_(self) -> str:
        style = f"width:100%;height:{_HEIGHT}px;border:0"
        return f'<iframe title="smartkpi" style="{style}" srcdoc="{escape(self._source)}"></iframe>'


class Text:
    """An explanation as text, which notebooks show as Markdown.

    Parameters
    ----------
    explanation
        What to show.
    lang
        Language of the words.
    """

    def __init__(self, explanation: Explanation, lang: str) -> None:
        from smartkpi.render.explanation import render
        from smartkpi.render.view import ExplainFormat, Format, View

        self._forms = {str(each): render(explanation, View(format=Format(each), lang=lang)) for each in ExplainFormat}

    def __str__(self) -> str:
        return self._forms["table"]

    __repr__ = __str__

    def _repr_markdown_(self) -> str:
        return self._forms["markdown"]

    def to_dict(self) -> Mapping[str, Any]:
        """Return what the JSON document of the command line holds."""
        document: Mapping[str, Any] = json.loads(self._forms["json"])
        return document

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write it to a file, whole or not at all.

        Parameters
        ----------
        path
            Of the file; one that exists is replaced. It ends in .md or .json for these formats, otherwise it is text.

        Raises
        ------
        UsageError
            If the suffix is that of another format.
        """
        place = arguments.path(path, "path")
        form = format_by_suffix(place, tuple(self._forms), "table")
        files.write_file(self._forms[form].encode(), place)
