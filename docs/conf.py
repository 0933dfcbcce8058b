"""The documentation as a site, made by Sphinx: `just docs`.

Its source is the whole repository, so that a link from file to file leads to the same place here and on GitHub.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pygments.lexers.special import TextLexer

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "smartkpi"
release = re.findall(r'__version__ = "(.+)"', (Path(__file__).parents[1] / "smartkpi/_version.py").read_text())[0]
html_title = f"smartkpi {release}"
language = "en"
smartquotes = False  # `--level` stays as it is

root_doc = "docs/index"
include_patterns = ["docs/index.rst", "docs/*.md", "data/README.md", "examples/*/README.md", "CHANGELOG.md"]
exclude_patterns = ["docs/README.md", ".*"]  # the first stands in docs/index.rst; the others are no places to search

extensions = ["myst_parser"]
myst_heading_anchors = 4
nitpicky = True

html_theme = "furo"
html_favicon = "pictures/logo.svg"
html_static_path = ["site/static"]
html_extra_path = ["site/top"]
html_css_files = ["site.css"]
html_show_copyright = html_show_sphinx = html_copy_source = False
html_theme_options: dict[str, list[str]] = {"top_of_page_buttons": []}
pygments_style, pygments_dark_style = "a11y-high-contrast-light", "a11y-high-contrast-dark"


def set_language(_app: Sphinx, page: str, _template: str, context: dict[str, Any], _tree: object) -> None:
    """Say of a page in Chinese that it is, for screen readers and browsers."""
    if page.endswith(".zh-TW"):
        context["language"] = "zh-Hant-TW"


def setup(app: Sphinx) -> None:
    """Let tables stand as they are, which Pygments has no colours for, and mark pages in Chinese."""
    app.connect("html-page-context", set_language)
    for language_of_tables in ("csv", "tsv"):
        app.add_lexer(language_of_tables, TextLexer)
