"""docs/data-formats.md: every example is read, or refused, as the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import ROOT, Run

PAGE = (ROOT / "docs" / "data-formats.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(
    r"^<!-- (?P<outcome>read|refused): (?P<name>[\w.-]+)(?:: (?P<message>[^\n]+?))? -->\n```\w+\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
EXAMPLES = [match.groupdict() for match in EXAMPLE.finditer(PAGE)]


def test_every_block_is_an_example() -> None:
    assert len(EXAMPLES) == PAGE.count("\n```") / 2


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["name"])
def test_example(smartkpi: Run, tmp_path: Path, example: dict[str, str]) -> None:
    path = tmp_path / example["name"]
    path.write_text(example["text"], encoding="utf-8")
    run = smartkpi("validate", "--strict", "-a", path)
    if example["outcome"] == "read":
        assert (run.code, run.err) == (0, "")
    else:
        assert run.code == 3
        assert example["message"] in run.err
