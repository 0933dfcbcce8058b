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


LONG = "Litres of pure alcohol sold in a year for each person aged 15 years and older in a region"
OTHER: dict[str, str] = {
    "config_data.yml": "indicator_options:\n  series_column: Reihe\n  unit_column: Einheit\n"
    "  non_disaggregation_columns: [Year, Value, Einheit, Quelle]\n",
    "meta/3-9-1.yml": "indicator_number: 3.9.1\nindicator_name: Vaccination\n",
    "indicator-config/3-9-1.yml": "progress_calculation_options:\n"
    "- {direction: positive, target: 95, target_year: 2025,"
    " disaggregation: [{field: Disease, value: Polio}, {field: Region, value: All regions}, {field: Sex, value: }]}\n"
    "- {direction: positive, target: 90, target_year: 2025,"
    " disaggregation: [{field: Disease, value: Mumps}, {field: Region, value: All regions}]}\n",
    "data/indicator_3-9-1.csv": "Year,Disease,Region,Sex,Einheit,Quelle,Value\n"
    "2015,Polio,All regions,,PT,survey,80\n2020,Polio,All regions,,PT,register,90\n2020,Polio,North,,PT,register,85\n"
    "2015,Mumps,All regions,,PT,survey,70\n2020,Mumps,All regions,,PT,register,75\n"
    "2020,Mumps,All regions,F,PT,register,77\n",
    "meta/11-3-1.md": "---\nindicator_number: 11.3.1\nprogress_calculation_options:\n"
    "- {series: B, unit: LONG, direction: negative, target: 50, target_year: 2030}\n---\nText\n",
    "data/indicator_11-3-1.csv": "Year,Reihe,Einheit,UNIT_MULT,Value\n"
    "2015/2016,A,Number,3,7\n2015/2016,B,LONG,3,8\n2019/2020,B,LONG,3,7\n",
}


def test_a_repository_with_configuration_apart_and_other_names_of_columns(smartkpi: Run, tmp_path: Path) -> None:
    for name, text in OTHER.items():
        (tmp_path / "repo" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "repo" / name).write_text(text.replace("LONG", LONG), encoding="utf-8")
    made = smartkpi("init", tmp_path / "plan", "--from", f"open-sdg:{tmp_path / 'repo'}")
    assert made.code == 0, made.err
    assert "3 rows are of years such as 2014/2015, of which the first counts" in made.err
    run = smartkpi("validate", "--data", tmp_path / "plan", "--strict")
    assert (run.code, run.err) == (0, "")
    fields = "indicator,title,sex,unit,base_year,base,year,actual,target,pace"
    run = smartkpi("status", "--data", tmp_path / "plan", "-f", "csv", "--fields", fields)
    unit = "Litres of pure alcohol sold in a year for each person aged 15 years and older i…"
    rows = [row[:-1] for row in csv.reader(io.StringIO(run.out))][1:]
    polio, mumps = "3.9.1 Vaccination (Polio; All regions)", "3.9.1 Vaccination (Mumps; All regions)"
    assert rows == [
        ["11-3-1", "11.3.1 11-3-1 (B)", "", unit, "2015", "8000", "2019", "7000", "50"],
        ["3-9-1", polio, "", "%", "2015", "80", "2020", "90", "95"],
        ["3-9-1-2", mumps, "", "%", "2015", "70", "2020", "75", "90"],
        ["3-9-1-2", mumps, "F", "%", "", "", "2020", "77", "90"],
    ]
    assert float(run.out.splitlines()[2].rpartition(",")[2]) == pytest.approx(
        ((90 / 80) ** (1 / 5) - 1) / ((95 / 80) ** (1 / 10) - 1)
    )
