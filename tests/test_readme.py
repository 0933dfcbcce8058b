"""README.md and docs/ say what is so: output, commands, set-up lines, links, version."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import smartkpi
from smartkpi.cli.app import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("data/*.md"), *ROOT.glob("examples/*/*.md")])

FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
SHELL_BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!\\)\]\((?!\w+:)([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def setup_lines() -> list[str]:
    blocks = SHELL_BLOCK.findall(README.read_text(encoding="utf-8"))
    return [line for block in blocks for line in block.splitlines() if "-m venv" in line]


def command_names() -> list[str]:
    return sorted(COMMANDS)


def internal_links() -> list[tuple[Path, str]]:
    return [(page, link) for page in PAGES for link in LINK.findall(FENCED.sub("", page.read_text(encoding="utf-8")))]


def anchors(page: Path) -> set[str]:
    """Return the anchors of the page's headings, as GitHub makes them."""
    headings = HEADING.findall(FENCED.sub("", page.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.slow
def test_output_is_what_the_commands_print() -> None:
    run = subprocess.run(
        [sys.executable, ROOT / "tools" / "readme.py", "--check"], capture_output=True, encoding="utf-8", check=False
    )
    assert run.returncode == 0, f"run `python tools/readme.py`\n{run.stdout}{run.stderr}"


def test_there_are_two_setup_lines_one_for_the_job_one_for_the_tests() -> None:
    job, tests = setup_lines()
    assert job.endswith("smartkpi status")
    assert tests.endswith("pytest -m 'not slow'")


@pytest.mark.parametrize("line", setup_lines())
def test_setup_lines_use_nothing_but_python_and_the_environment_they_make(line: str) -> None:
    first, *others = line.split(" && ")
    assert first == "python3 -m venv .venv"
    assert [step.split("/")[:2] for step in others] == [[".venv", "bin"]] * len(others)


@pytest.mark.parametrize("name", command_names())
def test_every_command_is_documented(name: str) -> None:
    documented = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert re.search(rf"smartkpi {name}\b", documented)


@pytest.mark.parametrize(("page", "link"), internal_links(), ids=str)
def test_links_lead_somewhere(page: Path, link: str) -> None:
    path, _, anchor = link.partition("#")
    goal = page.parent / path if path else page
    assert goal.exists()
    assert not anchor or anchor in anchors(goal)


@pytest.mark.parametrize("page", ["CITATION.cff", "CHANGELOG.md"])
def test_the_version_is_the_same_everywhere(page: str) -> None:
    assert re.search(rf"\b{re.escape(smartkpi.__version__)}\b", (ROOT / page).read_text(encoding="utf-8"))
