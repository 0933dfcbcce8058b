"""Follow the pages of the documentation word for word, and write what the commands show below them.

Each page is followed in an empty folder, from top to bottom:

- a block under `<!-- file: PATH -->` is written to that file, and `<!-- given: PATH -->` copies one from docs/;
- an `sh` block is typed at a terminal of 80 columns, and must end with exit code 0, or as `<!-- exit: 4 -->` says;
- a block right after an `sh` block is what the terminal shows;
- of a GitHub Actions workflow the lines under `run` are typed, as the shell there does.

On a page in Chinese, `PAGE.zh-TW.md`, the commands speak Chinese, as they do for a reader with SMARTKPI_LANG=zh-TW.

Lines that install smartkpi are passed over, unless --set-up is given: then `../smartkpi` is this source.

Usage: python tools/session.py [--check] [--set-up] [PAGE ...]

With --check nothing is written, and the exit code is 1 if a page does not show what its commands show.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml
from blocks import Block, blocks, rewritten
from pagefile import PAGES, ROOT, language, settled
from typed import typed

SET_UP = re.compile(r"-m venv|pipx? install|uv tool install")


class UnexpectedExitError(Exception):
    """A block that did not end as its page says."""


class Session:
    """A newcomer with a page, in a folder of their own.

    Parameters
    ----------
    folder
        An empty one.
    set_up
        Whether to install smartkpi there, as the page says, or to take this environment's.
    lang
        The language that smartkpi speaks there.
    """

    def __init__(self, folder: Path, *, set_up: bool = False, lang: str = "en") -> None:
        self.folder = folder
        self.set_up = set_up
        found = folder / ".venv" / "bin" if set_up else Path(sys.executable).parent
        plain = {name: value for name, value in os.environ.items() if not name.startswith(("SMARTKPI_", "LC_"))}
        self.environment: Mapping[str, str] = {
            **plain,
            "PATH": f"{found}{os.pathsep}{plain['PATH']}",
            "LANG": "C.UTF-8",
            "SMARTKPI_LANG": lang,
            "NO_COLOR": "1",
            "TERM": "dumb",
            "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
        }

    def follow(self, page: str) -> str:
        """Do what a page says, and return it with what was shown."""
        return rewritten(page, self._shown(page))

    def _shown(self, page: str) -> Iterator[tuple[Block, str]]:
        shown: str | None = None
        for block in blocks(page):
            if block.shown_by and shown is not None:
                yield block, shown
            if name := block.marks.get("file"):
                self.write(name, block.text)
            if name := block.marks.get("given"):
                shutil.copy(ROOT / "docs" / name, self.folder)
            shown = self._typed(block)

    def _typed(self, block: Block) -> str | None:
        """Type what a block says; return what is shown, None if there is nothing to type."""
        if block.language == "sh" and not self._passed_over(block):
            return self.type(block.text, block)
        if block.language == "yaml" and (lines := run_lines(block.text)):
            self.type(lines, block)
        return None

    def write(self, name: str, text: str) -> None:
        """Write a file of the page."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def type(self, script: str, block: Block) -> str:
        """Type lines and return what the terminal shows."""
        code, shown = typed(script, self.folder, self.environment)
        if code != int(block.marks.get("exit", 0)):
            raise UnexpectedExitError(f"line {block.line}: exit {code}\n{script}{shown}")
        return shown

    def _passed_over(self, block: Block) -> bool:
        return "not run" in block.marks or (not self.set_up and bool(SET_UP.search(block.text)))


def run_lines(text: str) -> str:
    """Return what a GitHub Actions workflow runs, but for what installs smartkpi; nothing if it is none."""
    jobs = (yaml.safe_load(text) or {}).get("jobs", {})
    steps = [step for job in jobs.values() for step in job["steps"]]
    return "".join(f"{step['run'].rstrip()}\n" for step in steps if "run" in step and not SET_UP.search(step["run"]))


def followed(text: str, *, set_up: bool = False, lang: str = "en") -> str:
    """Return a page with what its commands show, followed in a new folder beside the source."""
    with tempfile.TemporaryDirectory() as above:
        (Path(above) / "smartkpi").symlink_to(ROOT)
        folder = Path(above) / "kpis"
        folder.mkdir()
        return Session(folder, set_up=set_up, lang=lang).follow(text)


def main(*names: str) -> int:
    """Follow pages and fill in what is shown, or show how it differs; return the exit code."""
    options, pages = {name for name in names if name.startswith("--")}, [Path(n) for n in names if n[:2] != "--"]
    settled_all = True
    for page in pages or PAGES:
        old = page.read_text(encoding="utf-8")
        try:
            new = followed(old, set_up="--set-up" in options, lang=language(page))
        except UnexpectedExitError as error:
            raise SystemExit(f"{page}: {error}") from None
        settled_all &= settled(page, old, new, check="--check" in options)
    return int(not settled_all)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
