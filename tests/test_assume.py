"""`--assume`: what-if observations."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path

import pytest
from conftest import MakeData, Run


def row_of(run: Run, data: Path | None, *assume: str, rule: str = "compound") -> dict[str, str]:
    where = ("--data", data) if data else ()
    options = [part for each in assume for part in ("--assume", each)]
    result = run("status", *where, "-f", "csv", "--rule", rule, *options)
    assert result.code == 0, result.err
    return next(csv.DictReader(io.StringIO(result.out)))


@pytest.fixture
def data(make_data: MakeData) -> Path:
    return make_data({"x": {"unit": "兆元", "target": 10, "bounds": [0, 20]}}, ["x,2020,5,兆元", "x,2022,6,兆元"])


@pytest.mark.parametrize(
    ("assume", "base", "year", "actual"),
    [
        ("x=2023:7", "5", "2023", "7"),
        ("x=2023:7兆元", "5", "2023", "7"),
        ("x=2023:70000 億元", "5", "2023", "7"),
        ("x=2022:6.5", "5", "2022", "6.5"),
        ("x=2015:4", "4", "2022", "6"),
        ("x=民國112年:7", "5", "2023", "7"),
        (" x = 2023 : 7 ", "5", "2023", "7"),
    ],
)
def test_an_assumed_observation_counts_like_any_other(
    smartkpi: Run, data: Path, assume: str, base: str, year: str, actual: str
) -> None:
    row = row_of(smartkpi, data, assume)
    assert (row["base"], row["year"], row["actual"], row["evidence"]) == (base, year, actual, row["evidence"])
    assert row["reason"].split(";")[-1] == "assumed"
    assert row["obs_status"] == ("A" if assume.startswith("x=2015") else "")


def test_it_has_no_obs_status(smartkpi: Run, data: Path) -> None:
    run = smartkpi("status", "--data", data, "--assume", "x=2023:7", "-f", "json", "--fields", "obs_status")
    assert json.loads(run.out)["rows"] == [{"obs_status": None}]


def test_it_is_said_on_stderr_and_lowers_the_evidence(smartkpi: Run, data: Path) -> None:
    run = smartkpi("status", "--data", data, "--assume", "x=2022:60000億元", "--assume", "x=2023:7")
    assert run.err.splitlines()[:2] == [
        "smartkpi: assumed: x 2022 is 6 兆元 instead of 6 兆元",
        "smartkpi: assumed: x 2023 is 7 兆元",
    ]
    assert row_of(smartkpi, data, "x=2021:5.5", "x=2023:7")["evidence"] == "low"


def test_only_the_series_that_rests_on_it_is_marked(smartkpi: Run, make_data: MakeData) -> None:
    data = make_data({"x": {}, "y": {}}, ["x,2020,5,count", "y,2020,5,count"])
    run = smartkpi("status", "--data", data, "-f", "csv", "--fields", "indicator,reason", "--assume", "y=2021:6")
    assert run.out == "indicator,reason\nx,one_observation\ny,within_rounding;assumed\n"


def test_an_assumption_after_the_year_of_assessment_is_not_seen(smartkpi: Run, data: Path) -> None:
    run = smartkpi("status", "--data", data, "--year", 2022, "-f", "csv", "--assume", "x=2023:7")
    assert next(csv.DictReader(io.StringIO(run.out)))["year"] == "2022"


def test_ids_may_hold_the_signs_of_the_form(smartkpi: Run, make_data: MakeData) -> None:
    names = ["a=2023:5", "b[c=d]"]
    data = make_data({name: {} for name in names}, [f"{name},2020,5,count" for name in names])
    for name in names:
        assert "assumed: " + name in smartkpi("status", "--data", data, "--assume", f"{name}=2024:6").err


def test_dimensions_are_named_in_brackets(smartkpi: Run, make_data: MakeData) -> None:
    rows = ["x,2020,5,count,花蓮縣", "x,2020,5,count,臺東縣"]
    data = make_data({"x": {}}, rows, header="indicator,year,value,unit,area", dimensions=["area"])
    run = smartkpi(
        "status", "--data", data, "-f", "csv", "--fields", "area,actual,reason", "--assume", "x[area=臺東縣]=2021:6"
    )
    assert run.out == "area,actual,reason\n花蓮縣,5,one_observation\n臺東縣,6,within_rounding;assumed\n"
    for wrong in ("x=2021:6", "x[area=]=2021:6", "x[place=臺東縣]=2021:6"):
        refused = smartkpi("status", "--data", data, "--assume", wrong)
        assert refused.code == 2
        assert "ID[area=...]=YEAR:VALUE" in refused.err


@pytest.mark.parametrize(
    ("assume", "message"),
    [
        ("x", "ID=YEAR:VALUE"),
        ("x=2023", "ID=YEAR:VALUE"),
        ("x:2023=7", "ID=YEAR:VALUE"),
        ("=2023:7", "ID=YEAR:VALUE"),
        ("x=2023:", "ID=YEAR:VALUE"),
        ("x=2023: ", "ID=YEAR:VALUE"),
        ("", "ID=YEAR:VALUE"),
        ("x[area=a]=2023:7", "ID=YEAR:VALUE"),
        ("z=2023:7", "write an id of the plan, such as x"),
        ("x=23:7", "'23' is not a year"),
        ("x=2023:seven", "'seven' is not a value"),
        ("x=2023:7 人", "unit '人' (person) does not fit 'x'"),
        ("x=2023:7億", "both have a multiple"),
        ("x=2023:21", "outside the bounds 0 to 20"),
        ("x=2023:1e999", "is not a value"),
        ("x=2023:" + "9" * 2000, "ID=YEAR:VALUE"),
    ],
)
def test_what_does_not_fit_is_a_usage_error(smartkpi: Run, data: Path, assume: str, message: str) -> None:
    run = smartkpi("status", "--data", data, "--assume", assume)
    assert (run.code, run.out) == (2, "")
    assert message in run.err


def test_a_year_is_assumed_once(smartkpi: Run, data: Path) -> None:
    run = smartkpi("status", "--data", data, "--assume", "x=2023:7", "--assume", "x=2023:8")
    assert run.code == 2
    assert "same year" in run.err


def test_the_data_stay_as_they_are(smartkpi: Run, data: Path) -> None:
    def digest() -> list[str]:
        return [hashlib.sha256(each.read_bytes()).hexdigest() for each in sorted(data.rglob("*")) if each.is_file()]

    before = digest()
    row_of(smartkpi, data, "x=2022:7")
    assert digest() == before


def test_project_reckons_with_it_too(smartkpi: Run, data: Path) -> None:
    run = smartkpi("project", "--data", data, "-f", "csv", "--assume", "x=2023:6.5", "--year", 2024)
    (row,) = csv.DictReader(io.StringIO(run.out))
    assert (row["year"], row["actual"], row["method"]) == ("2023", "6.5", "half_drift")
    assert row["reason"].endswith("assumed")
    assert run.err.startswith("smartkpi: assumed: x 2023 is 6.5 兆元\n")


@pytest.mark.parametrize("command", ["status", "project", "check"])
def test_tables_for_people_mark_what_rests_on_it(smartkpi: Run, data: Path, command: str) -> None:
    fail_on = ("--fail-on", "on_track") if command == "check" else ()
    assert "x (assumed)" in smartkpi(command, "--data", data, *fail_on, "--assume", "x=2023:9").out
    assert "x（含假設值）" in smartkpi(command, "--data", data, *fail_on, "--assume", "x=2023:9", "--lang", "zh-TW").out
    assert "assumed" not in smartkpi(command, "--data", data, *fail_on).out
