"""The documentation as a site: builds without a warning, finds its pages, and fetches nothing from elsewhere."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

FETCHED = re.compile(r"""<(?:script|img|iframe|source)[^>]*\bsrc=["'](https?:|//)|<link[^>]*\bhref=["'](https?:|//)""")
FETCHED_BY_CSS = re.compile(r"""(?:url\(|@import)\s*["']?(?:https?:|//)""")


@pytest.mark.slow
def test_the_site_is_whole_and_fetches_nothing_from_elsewhere(tmp_path: Path) -> None:
    """One test, as one building of the site takes many seconds."""
    command: list[str | Path] = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-c", ROOT / "docs", ROOT]
    run = subprocess.run([*command, tmp_path], capture_output=True, encoding="utf-8", check=False)
    assert (run.returncode, run.stderr) == (0, "")
    assert_every_page_is_in_it(tmp_path)
    assert_words_are_found(tmp_path)
    assert_nothing_is_fetched(tmp_path)


def assert_every_page_is_in_it(site: Path) -> None:
    pages = {path.stem for path in ROOT.glob("docs/*.md")} - {"README"}
    assert pages <= {path.stem for path in site.glob("docs/*.html")}
    assert all((site / name).exists() for name in ("CHANGELOG.html", "data/README.html", "docs/index.html"))
    assert 'href="docs/index.html"' in (site / "index.html").read_text(encoding="utf-8")


def assert_words_are_found(site: Path) -> None:
    """English ones by their stem, Chinese ones as they are."""
    script = (site / "searchindex.js").read_text(encoding="utf-8")
    index = json.loads(script.removeprefix("Search.setIndex(").removesuffix(")"))
    assert {"trajectori", "broadband", "eurostat", "數位經濟規模"} <= set(index["terms"])


def assert_nothing_is_fetched(site: Path) -> None:
    assert not [page.name for page in site.rglob("*.html") if FETCHED.search(page.read_text(encoding="utf-8"))]
    assert not [sheet.name for sheet in site.rglob("*.css") if FETCHED_BY_CSS.search(sheet.read_text(encoding="utf-8"))]
