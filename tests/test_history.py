"""`smartkpi status --year A..B`: a row per series and year, with the changes of status."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from conftest import MakeData, Run

from smartkpi.model.columns import STATUS_COLUMNS


@pytest.fixture
def data(make_data: MakeData) -> Path:
    # 5 a year are due from 2020 on
    rows = ["x,2020,50,count", "x,2021,56,count", "x,2022,58,count", "x,2023,100,count", "y,2022,50,count"]
    return make_data({"x": {}, "y": {}}, rows)


def rows_of(run: Run, *options: object) -> list[dict[str, str]]:
    result = run("status", "-f", "csv", "--rule", "linear", *options)
    assert result.code == 0, result.err
    return list(csv.DictReader(io.StringIO(result.out)))


def test_a_row_per_series_and_year_with_the_change(smartkpi: Run, data: Path) -> None:
    rows = rows_of(smartkpi, "--data", data, "--year", "2019..2023")
    assert [tuple(row[name] for name in ("indicator", "as_of", "year", "status", "status_change")) for row in rows] == [
        ("x", "2019", "", "undetermined", ""),
        ("x", "2020", "2020", "undetermined", ""),
        ("x", "2021", "2021", "on_track", "undetermined>on_track"),
        ("x", "2022", "2022", "lagging", "on_track>lagging"),
        ("x", "2023", "2023", "achieved", "lagging>achieved"),
        ("y", "2019", "", "undetermined", ""),
        ("y", "2020", "", "undetermined", ""),
        ("y", "2021", "", "undetermined", ""),
        ("y", "2022", "2022", "undetermined", ""),
        ("y", "2023", "2022", "undetermined", ""),
    ]


def test_the_columns_come_last(smartkpi: Run, data: Path) -> None:
    where = ("--data", data, "--year", "2022..2022")
    assert list(rows_of(smartkpi, *where)[0]) == [*STATUS_COLUMNS, "as_of", "status_change"]
    beside = list(rows_of(smartkpi, *where, "--rule", "all")[0])
    assert beside[-3:] == ["agreement", "as_of", "status_change"]


def test_each_row_is_that_of_its_year_alone(smartkpi: Run, data: Path) -> None:
    replayed = rows_of(smartkpi, "--data", data, "--year", "2020..2023")
    for year in range(2020, 2024):
        alone = rows_of(smartkpi, "--data", data, "--year", year)
        assert [{name: row[name] for name in STATUS_COLUMNS} for row in replayed if row["as_of"] == str(year)] == alone


def test_a_summary_line_per_year(smartkpi: Run, data: Path) -> None:
    run = smartkpi("status", "--data", data, "--year", "2021..2022", "--rule", "linear")
    assert run.err == (
        "2021: 1 of 2 on track (1 on low evidence), 1 undetermined\n2022: 0 of 2 on track, 1 lagging, 1 undetermined\n"
    )


def test_the_table_says_the_change_in_words(smartkpi: Run, data: Path) -> None:
    where = ("status", "--data", data, "--year", "2021..2022", "--rule", "linear", "-k", "x")
    _, _, head, _, first, second, *_ = smartkpi(*where).out.splitlines()
    assert head.split()[:2] == ["Indicator", "End"]
    assert head.endswith("Change")
    assert first.endswith("on track*")
    assert second.endswith("on track → lagging")
    assert "on track -> lagging\n" in smartkpi(*where, "--ascii").out
    assert "符合進度 → 進度落後\n" in smartkpi(*where, "--lang", "zh-TW").out


def test_json(smartkpi: Run, data: Path) -> None:
    document = json.loads(smartkpi("status", "--data", data, "--year", "2021..2022", "-f", "json").out)
    assert document["schema"] == "smartkpi/status/1"
    assert [row["as_of"] for row in document["rows"]] == [2021, 2022, 2021, 2022]
    assert document["rows"][0]["status_change"] is None


@pytest.mark.parametrize(
    "year", ["2021..", "..2022", "..", "2022..2021", "2021...2022", "2021..22", "1900..2200", "2021-2022", "a..b"]
)
def test_open_backward_and_huge_ranges_are_usage_errors(smartkpi: Run, year: str) -> None:
    run = smartkpi("status", "--year", year)
    assert (run.code, run.out) == (2, "")
    assert f"--year '{year}' is not understood" in run.err
