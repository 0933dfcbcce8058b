"""Pages of the documentation: what they tell to type is typed, and what they show is what is seen."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import tomli
import yaml
from blocks import Block, blocks
from conftest import ROOT, Run
from pagefile import PAGES, language
from session import SET_UP, Session, UnexpectedExitError, followed, run_lines

TUTORIAL = ROOT / "docs" / "tutorial.md"
# Marks of blocks that something else runs: tools/readme.py, tests/test_data_formats.py, a test that the mark names.
RUN_ELSEWHERE = {"output", "read", "remark", "refused", "run by tests"}
NOT_RUN = {
    ("performance.md", "it takes minutes"): 1,
    ("completion.md", "it writes into the reader's own settings"): 1,
}
"""Blocks that nothing runs, with the reason that the page gives; no others may have that mark."""


def every_block() -> Iterator[tuple[Path, Block]]:
    return ((page, block) for page in PAGES for block in blocks(page.read_text(encoding="utf-8")))


def name_of(case: object) -> str:
    return case.name if isinstance(case, Path) else f"{case.language}-{case.line}" if isinstance(case, Block) else ""


def of_language(*languages: str) -> list[tuple[Path, Block]]:
    """Return blocks that are input: nothing else runs them, and no command shows them."""
    found = ((page, block) for page, block in every_block() if block.language in languages and not block.shown_by)
    return [(page, block) for page, block in found if not RUN_ELSEWHERE & set(block.marks)]


@pytest.mark.slow
@pytest.mark.parametrize("page", [page for page in PAGES if page != TUTORIAL], ids=name_of)
def test_a_page_shows_what_its_commands_show(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert followed(text, lang=language(page)) == text, f"run `python tools/session.py {page.relative_to(ROOT)}`"


@pytest.mark.slow
def test_whoever_follows_the_tutorial_sees_what_it_shows_and_ends_with_a_gate_that_passes(tmp_path: Path) -> None:
    text = TUTORIAL.read_text(encoding="utf-8")
    (gate,) = (block for block in blocks(text) if block.language == "yaml")
    assert gate.marks["exit"] == "4"  # which it has when it is written
    newcomer = Session(tmp_path)
    assert newcomer.follow(text) == text, "run `python tools/session.py docs/tutorial.md`"
    newcomer.type(run_lines(gate.text), gate._replace(marks={"exit": "0"}))


def test_every_block_is_of_a_kind_that_is_run_or_read() -> None:
    for page, block in every_block():
        place = f"{page.name}:{block.line}"
        if "not run" in block.marks:  # those are listed below
            continue
        if block.language == "text":
            assert block.shown_by or "output" in block.marks, f"{place}: what prints this?"
        elif block.language == "python":
            assert block.is_doctest or "run by tests" in block.marks, f"{place}: who runs this?"
        else:
            assert block.language in {"sh", "csv", "tsv", "json", "toml", "yaml"}, place


def test_only_known_marks_are_used() -> None:
    known = RUN_ELSEWHERE | {"file", "given", "exit", "not run"}
    assert {mark for _, block in every_block() for mark in block.marks} <= known


def test_only_listed_blocks_are_not_run() -> None:
    found = Counter((page.name, block.marks["not run"]) for page, block in every_block() if "not run" in block.marks)
    assert found == NOT_RUN


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_code_is_fenced_where_it_is_no_doctest(page: Path) -> None:
    text = "\n" + page.read_text(encoding="utf-8")
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    indented = re.findall(r"\n\n((?:    .*\n)+)", prose)
    assert all(block.startswith("    >>> ") for block in indented)


@pytest.mark.parametrize(("page", "block"), of_language("python"), ids=name_of)
def test_python_is_python(page: Path, block: Block) -> None:
    if not block.is_doctest:
        ast.parse(block.text)


@pytest.mark.parametrize(("page", "block"), of_language("json", "yaml", "toml"), ids=name_of)
def test_data_can_be_read(smartkpi: Run, tmp_path: Path, page: Path, block: Block) -> None:
    readers: dict[str, Callable[[str], Any]] = {"json": json.loads, "yaml": yaml.safe_load, "toml": tomli.loads}
    content = readers[block.language](block.text)
    if block.language == "toml" and "schema" in content:
        plan, actuals = tmp_path / "targets.toml", tmp_path / "none.csv"
        plan.write_text(block.text, encoding="utf-8")
        columns = ["indicator", "year", "value", "unit", *content["plan"].get("dimensions", [])]
        actuals.write_text(",".join(columns), encoding="utf-8")
        assert smartkpi("validate", "--targets", plan, "-a", actuals).code == 0


@pytest.mark.parametrize(("page", "block"), of_language("csv", "tsv"), ids=name_of)
def test_tables_are_actuals(smartkpi: Run, tmp_path: Path, page: Path, block: Block) -> None:
    """The page's own commands read the files that it writes, and show what they find."""
    if name := block.marks.get("file"):
        commands = "".join(later.text for later in blocks(page.read_text(encoding="utf-8")) if later.line > block.line)
        assert name in commands or name.split("/")[0] in commands
    else:
        table = tmp_path / "table.csv"
        table.write_text(block.text, encoding="utf-8")
        assert smartkpi("validate", "--strict", "-a", table).code == 0


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("```sh\necho one\n```\n\n```text\n```\n", "one\n"),
        ("```sh\necho one >&2; test -t 1 && echo terminal\n```\n\n```text\nold\n```\n", "one\nterminal\n"),
        ("<!-- file: a/b.csv -->\n```csv\nx\n```\n\n```sh\ncat a/b.csv\n```\n\n```text\n```\n", "x\n"),
        ("<!-- exit: 3 -->\n```sh\necho so; exit 3\n```\n\n```text\n```\n", "so\n"),
        ("```sh\npython3 -m venv .venv && false\n```\n\n```sh\necho on\n```\n\n```text\n```\n", "on\n"),
    ],
)
def test_a_page_is_followed(page: str, shown: str) -> None:
    assert list(blocks(followed(page)))[-1].text == shown


@pytest.mark.parametrize(
    "page",
    [
        "```sh\nfalse\n```\n",
        "```sh\nfalse\necho on\n```\n",
        "<!-- exit: 4 -->\n```sh\ntrue\n```\n",
        "```yaml\njobs: {a: {steps: [{uses: checkout}, {run: exit 4}]}}\n```\n",
    ],
)
def test_a_block_that_ends_otherwise_than_the_page_says_is_told(page: str) -> None:
    with pytest.raises(UnexpectedExitError):
        followed(page)


def test_what_installs_is_passed_over_in_workflows() -> None:
    steps = "jobs: {a: {steps: [{uses: checkout}, {run: pip install ./smartkpi}, {run: smartkpi check}]}}"
    assert run_lines(steps) == "smartkpi check\n"
    assert SET_UP.search("python3 -m venv .venv")
