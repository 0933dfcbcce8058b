"""docs/data-formats.md, and in Chinese: every picture and example is read, or refused, as the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import ROOT, Run

PAGES = sorted((ROOT / "docs").glob("data-formats*.md"))
EXAMPLE = re.compile(
    r"^<!-- (?P<outcome>read|remark|refused): (?P<name>[\w.=-]+)(?:: (?P<message>[^\n]+?))? -->\n"
    r"```\w+\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
TEXTS = [page.read_text(encoding="utf-8") for page in PAGES]
EXAMPLES = [match.groupdict() for text in TEXTS for match in EXAMPLE.finditer(text)]
PICTURE = re.compile(r"^\| \[([^]]+)\]\(#[\w-]+\) \| (.+?) \| ", re.MULTILINE)
PICTURES = dict(each for text in TEXTS for each in PICTURE.findall(text))
OPTIONS = dict.fromkeys(["One file for each indicator", "每項指標一個檔案"], "mobile_5g_population_coverage=")
REFUSED = dict.fromkeys(["Quarters and months", "季與月"], "add aggregate =")
"""What is read only by a plan that says how."""


def test_every_block_is_an_example() -> None:
    assert len(EXAMPLES) == sum(text.count("\n```") for text in TEXTS) / 2


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["name"])
def test_example(smartkpi: Run, tmp_path: Path, example: dict[str, str]) -> None:
    indicator, equals, name = example["name"].rpartition("=")
    path = tmp_path / name
    path.write_text(example["text"], encoding="utf-8")
    run = smartkpi("validate", "--strict", "-a", f"{indicator}{equals}{path}")
    if example["outcome"] == "refused":
        assert run.code == 3
        assert example["message"] in run.err
    else:
        assert (run.code, bool(run.err)) == (0, example["outcome"] == "remark"), run.err
        assert (example["message"] or "") in run.err


def test_every_shape_has_a_picture() -> None:
    for text in TEXTS:
        assert len(PICTURE.findall(text)) == len(re.findall(r"^\| \[", text, re.MULTILINE)) >= 16


@pytest.mark.parametrize("shape", PICTURES)
def test_a_picture_is_a_table_that_is_read(smartkpi: Run, tmp_path: Path, shape: str) -> None:
    lines = re.findall(r"`([^`]+)`", PICTURES[shape])
    path = tmp_path / "picture.csv"
    path.write_text("".join(f"{line}\n" for line in lines).replace("⇥", "\t"), encoding="utf-8")
    run = smartkpi("export", "-a", f"{OPTIONS.get(shape, '')}{path}", "--fields", "value")
    if shape in REFUSED:
        assert (run.code, REFUSED[shape] in run.err) == (3, True)
    else:
        assert run.code == 0, run.err
        assert {"6.2", "80.5"} & set(run.out.split())
