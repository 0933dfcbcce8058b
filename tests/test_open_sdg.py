"""A data repository of Open SDG becomes a plan with actuals that validate, and gives Open SDG's own paces."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from conftest import ROOT, Run

REPOSITORY = ROOT / "tests" / "data" / "sdg-made-up"


@pytest.fixture
def plan(smartkpi: Run, tmp_path: Path) -> Path:
    run = smartkpi("init", tmp_path / "plan", "--from", f"open-sdg:{REPOSITORY}")
    assert run.code == 0, run.err
    assert "17.19.2" in run.err
    assert "in lines 7" in run.err
    return tmp_path / "plan"


def test_it_validates_at_once(smartkpi: Run, plan: Path) -> None:
    run = smartkpi("validate", "--data", plan, "--strict")
    assert (run.code, run.err) == (0, "")


def test_paces_are_those_of_open_sdg(smartkpi: Run, plan: Path) -> None:
    """Observed growth a year divided by the growth that the target needs, both from the base year."""
    run = smartkpi("status", "--data", plan, "-f", "csv", "--where", "sex=", "--where", "region=")
    rows = {row["indicator"]: row for row in csv.DictReader(io.StringIO(run.out))}
    growth = {
        "8-5-2": ((6.2 / 8.0) ** (1 / 8), (5 / 8.0) ** (1 / 15), "on_track"),
        "7-2-1": ((24 / 20) ** (1 / 7), (32 / 20) ** (1 / 14), "lagging"),
        "7-2-1-2": ((200 / 100) ** (1 / 7), (400 / 100) ** (1 / 14), "on_track"),
    }
    assert list(rows) == ["7-2-1", "7-2-1-2", "8-5-2"]
    for name, (observed, required, status) in growth.items():
        assert float(rows[name]["pace"]) == pytest.approx((observed - 1) / (required - 1))
        assert rows[name]["status"] == status


def test_the_whole_comes_first_and_the_parts_after_it(smartkpi: Run, plan: Path) -> None:
    run = smartkpi("status", "--data", plan, "-f", "csv", "--fields", "indicator,region,sex,actual")
    assert run.out.splitlines()[1:] == [
        "7-2-1,,,24",
        "7-2-1,North,,30",
        "7-2-1-2,,,200",
        "8-5-2,,,6.2",
        "8-5-2,,Female,7.9",
    ]


def test_the_example_is_what_it_gives(plan: Path) -> None:
    example = ROOT / "examples" / "open-sdg"
    made = {path.relative_to(plan): path.read_text(encoding="utf-8") for path in plan.rglob("*") if path.is_file()}
    kept = {
        path.relative_to(example): path.read_text(encoding="utf-8") for path in example.rglob("*") if path.is_file()
    }
    kept.pop(Path("README.md"))
    assert made == kept


def test_an_end_without_targets_or_folders(smartkpi: Run, tmp_path: Path) -> None:
    for origin, code, text in [
        (f"open-sdg:{tmp_path}", 3, "not a data repository"),
        ("open-sdg:", 2, "--from"),
        ("other:x", 3, "other:x: there is no such file"),
    ]:
        run = smartkpi("init", tmp_path / "new", "--from", origin)
        assert (run.code, text in run.err) == (code, True)
        assert not (tmp_path / "new").exists()
