"""The EU's Digital Decade, a second real plan: its figures, its own rule, and every command on it."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Run, start

from smartkpi.model.codes import RuleName
from smartkpi.readers.plan_outline import outline

FOLDER = ROOT / "examples" / "eu-digital-decade"
EXPECTED = ROOT / "tests" / "expected"
WITHOUT_OBSERVATION = [
    "gigabit_coverage",
    "populated_area_5g_coverage",
    "enterprise_technology_uptake",
    "sme_digital_intensity",
    "key_public_services",
    "electronic_health_records",
    "electronic_identification",
]


def run_on(smartkpi: Run, command: str, *arguments: object) -> str:
    run = smartkpi(command, *arguments, "--data", FOLDER, "-q")
    assert run.code == 0, run.err
    return run.out


def test_it_is_valid(smartkpi: Run) -> None:
    line = "valid: 11 indicators, 5 observations, 2022, 2023, 3 files"
    assert line in run_on(smartkpi, "validate").splitlines()


def test_its_first_line_leads_editors_to_the_schema() -> None:
    first, *_ = (FOLDER / "targets.toml").read_text(encoding="utf-8").splitlines()
    place = first.removeprefix("#:schema ")
    assert (FOLDER / place).resolve() == ROOT / "docs" / "schemas" / "plan-1.json"
    assert (FOLDER / place).is_file()


def test_figures_that_can_be_checked_in_the_head(smartkpi: Run) -> None:
    names = ("base", "actual", "gap", "attainment_pct", "progress_pct", "required_change", "pace", "status", "reason")
    found = json.loads(run_on(smartkpi, "status", "--level", "all", "-f", "json"))["rows"]
    rows = {row["indicator"]: tuple(rounded(row[name]) for name in names) for row in found}
    unobserved = {name: row for name, row in rows.items() if name in WITHOUT_OBSERVATION}
    assert list(unobserved) == WITHOUT_OBSERVATION
    assert set(unobserved.values()) == {(None,) * 7 + ("undetermined", "no_observation")}
    one = ("undetermined", "one_observation")
    assert {name: row for name, row in rows.items() if name not in unobserved} == {
        # Seven years are left: 24.4 / 7 points a year.
        "basic_digital_skills": (None, 55.6, 24.4, 69.5, None, 3.486, None, *one),
        "ict_specialists": (None, 9.76, 10.24, 48.8, None, 1.463, None, *one),
        # 8 of 44 points in one of eight years, in which 5.5 are due.
        "fibre_coverage": (56, 64, 36, 64, 18.182, 5.143, 1.455, "on_track", None),
        "edge_nodes": (None, 1186, 8814, 11.86, None, 1259.143, None, *one),
    }


def rounded(value: Any) -> Any:
    return round(value, 3) if isinstance(value, float) else value


def test_its_rule_is_the_trajectory_unless_another_is_asked_for(smartkpi: Run) -> None:
    def pace(*arguments: str) -> tuple[str, float]:
        found = json.loads(run_on(smartkpi, "status", "-k", "fibre_coverage", "-f", "json", *arguments))
        return found["rule"], rounded(found["rows"][0]["pace"])

    assert pace() == pace("--rule", "trajectory") == ("trajectory", round(8 / 5.5, 3))
    # Growth of 8/56 in a year, where (100/56)^(1/8) - 1 is due.
    assert pace("--rule", "compound") == ("compound", round((8 / 56) / ((100 / 56) ** (1 / 8) - 1), 3))


@pytest.mark.parametrize("lang", ["en", "zh-TW"])
def test_the_table_from_any_folder(tmp_path: Path, lang: str) -> None:
    run = start("status", "--data", FOLDER, "--level", "all", "--lang", lang, cwd=tmp_path)
    assert run.returncode == 0
    expected = (EXPECTED / f"europe-{lang}.txt").read_text(encoding="utf-8")
    assert run.stdout.decode() + run.stderr.decode() == expected


def test_every_command_works_on_it(smartkpi: Run, tmp_path: Path) -> None:
    for name in outline(FOLDER / "targets.toml").titles:
        explained = run_on(smartkpi, "explain", name)
        assert "Decision (EU) 2022/2481" in explained
        assert all(f"  {rule}: " in explained for rule in RuleName)
        assert "2030" in run_on(smartkpi, "trend", name)
    trend = run_on(smartkpi, "trend", "fibre_coverage", "-f", "csv", "--fields", "year,observed,path").splitlines()
    assert trend[1:4] == ["2022,56,56", "2023,64,61.5", "2024,,67"]
    projected = run_on(smartkpi, "project", "-k", "fibre_coverage", "-f", "csv", "--fields", "held,method,reached_in")
    assert projected == "held,method,reached_in\n64,scenarios,\n"
    assert run_on(smartkpi, "export").count("\n") == 6
    assert "fibre_coverage,Fibre coverage of households,2024" in run_on(smartkpi, "template", "--level", "all")
    assert smartkpi("check", "--data", FOLDER).code == 5


def test_the_report_has_every_indicator_and_source(smartkpi: Run, tmp_path: Path) -> None:
    pytest.importorskip("jinja2")
    page = tmp_path / "report.html"
    run_on(smartkpi, "report", "--level", "all", "-o", page)
    text = page.read_text(encoding="utf-8")
    for words in ("EU Digital Decade Policy Programme 2030", "Fibre coverage of households", "COM(2024) 260"):
        assert words in text


def test_every_observation_names_a_source_of_the_plan_and_stands_in_the_codebook() -> None:
    plan = (FOLDER / "targets.toml").read_text(encoding="utf-8")
    codebook = (FOLDER / "README.md").read_text(encoding="utf-8").replace(",", "")
    for path in sorted((FOLDER / "actuals").glob("*.csv")):
        for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
            assert f"[sources.{row['source']}]" in plan
            assert row["year"] == path.stem
            line = next(each for each in codebook.splitlines() if each.startswith(f"| `{row['indicator']}`"))
            assert re.search(rf"(?<![\d.]){re.escape(row['value'])}\D+\({row['year']}\)", line), row
