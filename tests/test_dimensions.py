"""Series by dimension on the command line: --by, --where, --sort, --top, --summarise."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from conftest import MakeData, Run

HEADER = "indicator,area,sex,year,value,unit"
ROWS = [
    # Target 100 in 2030 from 2020: in 2025 half of the way is a pace of 1 by the linear rule.
    "jobs,花蓮縣,f,2020,0,人", "jobs,花蓮縣,f,2025,50,人",   # 1.0
    "jobs,花蓮縣,m,2020,0,人", "jobs,花蓮縣,m,2025,25,人",   # 0.5
    "jobs,臺東縣,f,2020,50,人", "jobs,臺東縣,f,2025,40,人",  # -0.4
    "jobs,臺東縣,m,2025,100,人",                             # achieved, no pace
    "homes,臺東縣,f,2020,0,戶", "homes,臺東縣,f,2025,40,戶",  # 0.8
]  # fmt: skip
INDICATORS = {"homes": {"unit": "戶"}, "jobs": {"unit": "人"}, "none": {}}
RULE = '[rule]\nname = "linear"'


@pytest.fixture
def data(make_data: MakeData) -> Path:
    return make_data(INDICATORS, ROWS, HEADER, head=RULE, dimensions=["area", "sex"])


def rows_of(smartkpi: Run, data: Path, *options: object, fields: str = "indicator,area,sex,pace") -> list[str]:
    run = smartkpi("status", "--data", data, "-f", "csv", "--fields", fields, *options)
    assert run.code == 0, run.err
    return run.out.splitlines()[1:]


def test_every_combination_is_a_series(smartkpi: Run, data: Path) -> None:
    assert rows_of(smartkpi, data) == [
        "homes,臺東縣,f,0.8",
        "jobs,花蓮縣,f,1",
        "jobs,花蓮縣,m,0.5",
        "jobs,臺東縣,f,-0.4",
        "jobs,臺東縣,m,",
        "none,,,",
    ]


def test_dimensions_follow_the_indicator(smartkpi: Run, data: Path) -> None:
    run = smartkpi("status", "--data", data, "-f", "csv")
    assert run.out.startswith("indicator,area,sex,title,")
    run = smartkpi("status", "--data", data, "-f", "csv", "--by", "sex")
    assert run.out.startswith("indicator,sex,area,title,")


def test_by_puts_series_of_a_value_together(smartkpi: Run, data: Path) -> None:
    assert rows_of(smartkpi, data, "--by", "area", fields="area,indicator,sex") == [
        "臺東縣,homes,f",
        "臺東縣,jobs,f",
        "臺東縣,jobs,m",
        "花蓮縣,jobs,f",
        "花蓮縣,jobs,m",
        ",none,",
    ]
    assert [line[:2] for line in rows_of(smartkpi, data, "--by", "sex", "--by", "area", fields="sex,area")] == [
        "f,", "f,", "f,", "m,", "m,", ",",
    ]  # fmt: skip


def test_where(smartkpi: Run, data: Path) -> None:
    assert rows_of(smartkpi, data, "--where", "area=花蓮縣") == ["jobs,花蓮縣,f,1", "jobs,花蓮縣,m,0.5"]
    assert rows_of(smartkpi, data, "--where", "area=花蓮縣", "--where", "sex=m") == ["jobs,花蓮縣,m,0.5"]
    assert len(rows_of(smartkpi, data, "--where", "sex=m", "--where", "sex=f")) == 5


def test_where_nothing_matches(smartkpi: Run, data: Path) -> None:
    run = smartkpi("status", "--data", data, "-f", "csv", "--fields", "area", "--where", "area=花蓮")
    assert (run.code, run.out) == (0, "area\n")
    assert "no series has area '花蓮'; the nearest value is 花蓮縣" in run.err


def test_where_of_a_check(smartkpi: Run, data: Path) -> None:
    def failing(*options: str) -> tuple[int, list[str]]:
        run = smartkpi("check", "--data", data, "-f", "csv", "--fields", "area,sex,status", *options)
        return run.code, run.out.splitlines()[1:]

    assert failing() == (4, ["花蓮縣,m,off_track", "臺東縣,f,reversing"])
    assert failing("--where", "area=臺東縣") == (4, ["臺東縣,f,reversing"])
    assert failing("--where", "area=臺東縣", "--where", "sex=m") == (0, [])
    assert failing("--where", "area=花蓮") == (5, [])


def test_where_of_one_indicator(smartkpi: Run, data: Path) -> None:
    options = ("jobs", "--data", data, "--where", "area=花蓮縣", "--where", "sex=m")
    rows = smartkpi("trend", *options, "-f", "csv", "--fields", "area,sex,year,observed").out.splitlines()
    assert rows[1] == "花蓮縣,m,2020,0"
    assert {row[:6] for row in rows[1:]} == {"花蓮縣,m,"}
    series = json.loads(smartkpi("explain", *options, "-f", "json").out)["series"]
    assert [each["dimensions"] for each in series] == [{"area": "花蓮縣", "sex": "m"}]


@pytest.mark.parametrize("command", ["trend", "explain"])
def test_where_nothing_of_one_indicator_matches(smartkpi: Run, data: Path, command: str) -> None:
    run = smartkpi(command, "jobs", "--data", data, "--where", "area=花蓮")
    assert run.code == 0
    assert "no series has area '花蓮'; the nearest value is 花蓮縣" in run.err
    run = smartkpi(command, "jobs", "--data", data, "--where", "county=x")
    assert (run.code, run.out) == (3, "")
    assert "no file has a column 'county'" in run.err


def test_sort_and_top(smartkpi: Run, data: Path) -> None:
    assert rows_of(smartkpi, data, "--sort", "pace", fields="pace") == ["-0.4", "0.5", "0.8", "1", '""', '""']
    assert rows_of(smartkpi, data, "--sort", "-pace", fields="pace") == ["1", "0.8", "0.5", "-0.4", '""', '""']
    assert rows_of(smartkpi, data, "--sort", "pace", "--top", 1) == ["jobs,臺東縣,f,-0.4"]
    statuses = rows_of(smartkpi, data, "--sort", "status", fields="status")
    assert statuses == ["undetermined", "achieved", "on_track", "lagging", "off_track", "reversing"]


def test_summary_line_counts_what_was_chosen_not_what_is_shown(smartkpi: Run, data: Path) -> None:
    run = smartkpi("status", "--data", data, "--where", "area=臺東縣", "--top", 1)
    assert run.err == "2025: 1 of 3 on track (1 on low evidence), 1 lagging, 1 reversing\n"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--by", "county"), "the plan has no dimension 'county'\n  choose one of: area, sex"),
        (("--by", "county", "--summarise"), "the plan has no dimension 'county'"),
        (("--where", "area"), "--where 'area' is not understood"),
        (("--sort", "speed"), "there is no field 'speed'"),
        (("--top", "0"), "--top"),
        (("--summarise", "--year", "2020..2025"), "--summarise works with one year only"),
    ],
)
def test_usage_errors(smartkpi: Run, data: Path, options: tuple[str, ...], message: str) -> None:
    run = smartkpi("status", "--data", data, *options)
    assert (run.code, run.out) == (2, "")
    assert message in run.err


def test_plan_without_dimensions(smartkpi: Run) -> None:
    run = smartkpi("status", "--by", "area")
    assert run.code == 2
    assert "add it to dimensions under [plan]" in run.err


def test_summarise(smartkpi: Run, data: Path) -> None:
    run = smartkpi("status", "--data", data, "--summarise", "-f", "csv")
    rows = {row["indicator"]: row for row in csv.DictReader(io.StringIO(run.out))}
    assert list(rows["jobs"].items())[6:] == [
        ("series", "4"), ("undetermined", "0"), ("achieved", "1"), ("missed", "0"), ("on_track", "1"),
        ("lagging", "0"), ("off_track", "1"), ("reversing", "1"), ("median_pace", "0.5"),
        ("worst", "臺東縣/f;花蓮縣/m;花蓮縣/f"),
    ]  # fmt: skip
    assert (rows["none"]["undetermined"], rows["none"]["worst"]) == ("1", "")


def test_summarise_by_a_dimension(smartkpi: Run, data: Path) -> None:
    shown = ("--summarise", "--by", "area", "-k", "jobs")
    assert rows_of(smartkpi, data, *shown, fields="indicator,area,series") == ["jobs,花蓮縣,2", "jobs,臺東縣,2"]


def test_summarise_as_json_and_as_a_table(smartkpi: Run, data: Path) -> None:
    document = json.loads(smartkpi("status", "--data", data, "--summarise", "-f", "json").out)
    assert document["schema"] == "smartkpi/summary/1"
    assert document["rows"][1]["series"] == 4
    table = smartkpi("status", "--data", data, "--summarise").out
    assert "Median pace" in table
    assert "臺東縣/f;花蓮縣/m;花蓮縣/f" in table


def test_targets_of_their_own(smartkpi: Run, make_data: MakeData) -> None:
    own = [
        {"where": {"area": "花蓮縣"}, "target": 80},
        {"where": {"area": "花蓮縣", "sex": "m"}, "target": 50, "target_year": 2028},
    ]
    data = make_data({**INDICATORS, "jobs": {"unit": "人", "targets": own}}, ROWS, HEADER, dimensions=["area", "sex"])
    assert rows_of(smartkpi, data, "-k", "jobs", fields="area,sex,target,target_year") == [
        "花蓮縣,f,80,2030",
        "花蓮縣,m,50,2028",
        "臺東縣,f,100,2030",
        "臺東縣,m,100,2030",
    ]


def test_missing_dimension_value_names_file_and_line(smartkpi: Run, make_data: MakeData) -> None:
    data = make_data(INDICATORS, [*ROWS, "jobs,,f,2020,1,人"], HEADER, dimensions=["area", "sex"])
    run = smartkpi("status", "--data", data)
    assert run.code == 3
    assert f"{data / 'actuals' / 'all.csv'}:{len(ROWS) + 2}: the dimension 'area' is empty" in run.err


def test_the_median_of_paces_near_the_largest_double(smartkpi: Run, make_data: MakeData) -> None:
    """From 0 to 1e8 is 1e308 times the change to 1e-300 that was needed, in both areas, so in the middle too."""
    rows = [f"jobs,{area},f,{year},{value},count" for area in ("a", "b") for year, value in ((2015, 0), (2025, 10**8))]
    indicator = {"jobs": {"target": 1e-300, "target_year": 2025, "base_year": 2015}}
    data = make_data(indicator, rows, HEADER, RULE, dimensions=["area", "sex"])
    run = smartkpi("status", "--data", data, "--summarise", "--fields", "median_pace", "-f", "csv")
    assert run.out.split() == ["median_pace", "1e+308"]
