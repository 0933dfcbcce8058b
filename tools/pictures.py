"""Make the pictures of README.md and docs/: the report as a browser shows it, and `smartkpi status` as a terminal does.

Usage: python tools/pictures.py

Needs the packages of the extra `test`, and Chromium: $SMARTKPI_CHROMIUM, else `chromium` on the path.
"""

from __future__ import annotations

import contextlib
import html
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import ViewportSize, sync_playwright
from rich.cells import cell_len
from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
PAGE_WIDTH, PAGE_HEIGHT, SCALE = 1120, 880, 0.7
COLUMNS = 100
MOST_BYTES = 150_000
TEXT = re.compile(
    r'(?P<head><text [^>]*?)x="(?P<x>[\d.]+)"(?P<between>[^>]*?)textLength="[\d.]+"(?P<tail>[^>]*>)'
    r"(?P<text>[^<]*)</text>"
)
CELL = 12.2
"""Width of a cell in the drawings of rich."""
# The fonts that rich would have fetched from elsewhere.
FONT_FACES = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


def run(*arguments: str, lang: str) -> str:
    """Return what a command prints on a terminal, in colour."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("SMARTKPI_", "LC_"))}
    plain |= {"LANG": "C.UTF-8", "SMARTKPI_LANG": lang, "COLUMNS": str(COLUMNS), "TERM": "xterm-256color"}
    command = [sys.executable, "-m", "smartkpi", *arguments]
    ours, theirs = os.openpty()
    with subprocess.Popen(command, cwd=ROOT, env=plain, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        printed = b"".join(_read(ours))
    os.close(ours)
    if process.returncode:
        raise SystemExit(printed.decode())
    return printed.decode()


def _read(descriptor: int) -> Iterator[bytes]:
    # A terminal that nobody writes to any more ends with an error on Linux, not with an empty read.
    with contextlib.suppress(OSError):
        while piece := os.read(descriptor, 65_536):
            yield piece


def report(goal: Path, lang: str) -> None:
    """Draw the top of the report."""
    chromium = os.environ.get("SMARTKPI_CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_file = Path(folder) / "report.html"
        run("report", "-o", str(page_file), lang=lang)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        size = ViewportSize(width=PAGE_WIDTH, height=PAGE_HEIGHT)
        page = browser.new_page(viewport=size, device_scale_factor=SCALE)
        page.goto(page_file.as_uri())
        page.screenshot(path=goal)
        browser.close()


def terminal(goal: Path, lang: str) -> None:
    """Draw what `smartkpi status` prints."""
    command = "smartkpi status"
    printed = run(*command.split()[1:], lang=lang).replace("\r\n", "\n").rstrip("\n")
    console = Console(file=io.StringIO(), width=COLUMNS, record=True, force_terminal=True, color_system="truecolor")
    console.print(Text(f"$ {command}", style="bold"))
    console.print(Text.from_ansi(printed), no_wrap=True, crop=True)
    svg = console.export_svg(title=command, theme=MONOKAI, unique_id="terminal")
    goal.write_text(TEXT.sub(_in_its_cells, FONT_FACES.sub("", svg)), encoding="utf-8")


def _in_its_cells(text: re.Match[str]) -> str:
    """Give Chinese characters their two cells, each run of them a text of its own; rich gives every character one."""
    runs, cell = [], round(float(text["x"]) / CELL)
    for run in re.findall(r"[\u2e80-\uffef]+|[^\u2e80-\uffef]+", html.unescape(text["text"])):
        wide = cell_len(run)
        place = f'x="{cell * CELL:g}"{text["between"]}textLength="{wide * CELL:g}"'
        runs.append(f"{text['head']}{place}{text['tail']}{html.escape(run, quote=False)}</text>")
        cell += wide
    return "".join(runs)


def main() -> int:
    """Make the pictures in both languages; return 1 if one is too large for a README."""
    PICTURES.mkdir(exist_ok=True)
    made = [
        (PICTURES / name.format(ending), make, lang)
        for lang, ending in (("en", ""), ("zh-TW", ".zh-TW"))
        for name, make in (("report{}.png", report), ("terminal{}.svg", terminal))
    ]
    for goal, make, lang in made:
        make(goal, lang)
        print(f"{goal.relative_to(ROOT)}: {goal.stat().st_size:,} bytes")
    return int(any(goal.stat().st_size > MOST_BYTES for goal, _, _ in made))


if __name__ == "__main__":
    sys.exit(main())
