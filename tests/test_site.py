"""The documentation as a site: builds without a warning, finds its pages, and fetches nothing from elsewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

pytestmark = pytest.mark.slow

FETCHED = re.compile(r"""<(?:script|img|iframe|source)[^>]*\bsrc=["'](https?:|//)|<link[^>]*\bhref=["'](https?:|//)""")
FETCHED_BY_CSS = re.compile(r"""(?:url\(|@import)\s*["']?(?:https?:|//)""")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "sphinx",
        "-q",
        "-W",
        "--keep-going",
        "-c",
        ROOT / "docs",
        ROOT,
        folder,
    ]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (run.returncode, run.stderr) == (0, "")
    return folder


def test_every_page_is_in_it(site: Path) -> None:
    pages = {path.stem for path in ROOT.glob("docs/*.md")} - {"README"}
    assert pages <= {path.stem for path in site.glob("docs/*.html")}
    assert all((site / name).exists() for name in ("CHANGELOG.html", "data/README.html", "docs/index.html"))
    assert 'href="docs/index.html"' in (site / "index.html").read_text(encoding="utf-8")


def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    assert not [page.name for page in site.rglob("*.html") if FETCHED.search(page.read_text(encoding="utf-8"))]
    assert not [sheet.name for sheet in site.rglob("*.css") if FETCHED_BY_CSS.search(sheet.read_text(encoding="utf-8"))]


def test_words_of_every_part_are_found(site: Path) -> None:
    index = (site / "searchindex.js").read_text(encoding="utf-8")
    assert all(f'"{word}"' in index or f"{word}:" in index for word in ("trajectori", "broadband", "eurostat", "gate"))
