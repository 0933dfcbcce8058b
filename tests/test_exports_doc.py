"""docs/exports.md: its commands and programs run as they stand."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from conftest import Run

PAGE = Path(__file__).parent.parent / "docs" / "exports.md"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


@pytest.fixture
def exported(smartkpi: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder, now the current one, in which the commands of the page have been run."""
    monkeypatch.chdir(tmp_path)
    (commands,) = blocks("sh")
    for line in commands.splitlines():
        assert smartkpi(*line.split()[1:]).code == 0, line
    return tmp_path


@pytest.mark.slow
def test_the_programs_see_what_was_exported(exported: Path) -> None:
    found: dict[str, Any] = {}
    for program in blocks("python"):
        exec(program, found)  # noqa: S102 - the page is ours
    assert len(found["tables"]["status"]) == 14
    assert len(found["rows"]) == len(found["series"]) == 20
    assert found["series"].sum() == found["tables"]["observations"]["value"].sum()


def test_what_the_page_lists_is_there(exported: Path) -> None:
    text = PAGE.read_text(encoding="utf-8")
    files = [str(each.relative_to("package")) for each in Path("package").rglob("*.*")]
    header = Path("all.csv").read_text(encoding="utf-8").partition("\n")[0].split(",")
    assert [name for name in [*files, *header] if f"`{name}`" not in text] == []
