"""`smartkpi trend`: the rows that scripts get, and drawings of series that are out of the ordinary."""

from __future__ import annotations

import csv
import io
import json
from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from conftest import ROOT, MakeData, Run
from hypothesis import given
from hypothesis import strategies as st

from smartkpi.model.columns import TREND_COLUMNS
from smartkpi.render.columns import series_name
from smartkpi.render.terminal_chart import value_axis, year_axis


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_path_and_required_path(smartkpi: Run, make_data: MakeData) -> None:
    data = make_data({"x": {"target": 100, "target_year": 2024}}, ["x,2020,20,count", "x,2022,40,count"])
    run = smartkpi("trend", "x", "--data", data, "-f", "csv", "--fields", "year,observed,path,required")
    assert run.out.splitlines() == [
        "year,observed,path,required",
        "2020,20,20,",
        "2021,,40,",
        "2022,40,60,40",
        "2023,,80,70",
        "2024,,100,100",
    ]


def test_json_has_its_schema_and_columns(smartkpi: Run) -> None:
    document = json.loads(smartkpi("trend", "digital_economy_size", "-f", "json").out)
    assert document["schema"] == "smartkpi/trend/1"
    assert [list(row) for row in document["rows"]] == [list(TREND_COLUMNS)] * 5
    assert [row["path"] for row in document["rows"]] == pytest.approx([5.7, 5.9, 6.1, 6.3, 6.5])
    assert [row["required"] for row in document["rows"]] == [None, *map(pytest.approx, (6.2, 6.3, 6.4, 6.5))]


CASES: dict[str, tuple[list[str], dict[str, Any], list[str]]] = {
    # rows, the indicator's own, and year,observed,path,required of each year with target 100 in 2023
    "no observation": ([], {}, ["2023,,,"]),
    "one observation": (["x,2021,40,count"], {}, ["2021,40,,40", "2022,,,70", "2023,,,100"]),
    "met": (["x,2021,40,count", "x,2022,100,count"], {}, ["2021,40,40,", "2022,100,70,", "2023,,100,"]),
    "missed": (["x,2022,40,count", "x,2024,90,count"], {}, ["2022,40,40,", "2023,,100,", "2024,90,,"]),
    "milestone": (["x,2021,40,count", "x,2022,50,count"], {"milestones": {2022: 90}},
                  ["2021,40,40,", "2022,50,90,50", "2023,,100,100"]),
    "base beyond target": (["x,2021,120,count", "x,2022,110,count"], {}, ["2021,120,,", "2022,110,,", "2023,,,"]),
    "base year": (["x,2020,1,count", "x,2021,40,count", "x,2022,50,count"], {"base_year": 2021},
                  ["2020,1,,", "2021,40,40,", "2022,50,70,50", "2023,,100,100"]),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "own", "expected"), CASES.values(), ids=CASES.keys())
def test_years(smartkpi: Run, make_data: MakeData, rows: list[str], own: dict[str, Any], expected: list[str]) -> None:
    data = make_data({"x": {"target_year": 2023, **own}}, rows)
    run = smartkpi("trend", "x", "--data", data, "-f", "csv", "--fields", "year,observed,path,required")
    assert run.out.splitlines()[1:] == expected
    assert smartkpi("trend", "x", "--data", data).code == 0


def test_as_it_stood(smartkpi: Run) -> None:
    rows = rows_of(smartkpi("trend", "digital_economy_size", "--year", 2021, "-f", "csv").out)
    assert [row["observed"] for row in rows] == ["5.7", "", "", "", ""]
    assert [row["path"] for row in rows] == [""] * 5


def test_unknown_indicator(smartkpi: Run) -> None:
    run = smartkpi("trend", "no_such_economy")
    assert (run.code, run.out) == (2, "")
    assert "write an id of the plan, such as digital_economy_size" in run.err


def test_each_series_is_drawn_up_to_a_few(smartkpi: Run, make_data: MakeData) -> None:
    rows = [f"x,{area},{year},{value},count" for area in "abcdef" for year, value in ((2020, 10), (2022, 30))]
    data = make_data({"x": {}}, rows, header="indicator,area,year,value,unit", dimensions=["area"])
    drawn = smartkpi("trend", "x", "--data", data).out
    assert [f"x, {area} (number)" in drawn for area in "abcdef"] == [True] * 4 + [False] * 2
    assert drawn.splitlines()[-1].startswith("and 2 more series")
    assert {row["area"] for row in rows_of(smartkpi("trend", "x", "--data", data, "-f", "csv").out)} == set("abcdef")


HOSTILE = {
    "far apart": ["x,1900,1,count", "x,2029,2,count"],
    "huge": [f"x,2020,{10**20},count", f"x,2022,-{10**20},count"],
    "tiny": ["x,2020,0.0000000000000000000000000001,count", "x,2022,0,count"],
    "all the same": ["x,2020,100,count", "x,2022,100,count"],
    "nearly the same": ["x,2020,100,count", "x,2022,100.00000000000001,count"],
    "in the target year": ["x,2030,5,count"],
    "after the target year": ["x,2200,5,count"],
}


@pytest.mark.parametrize("rows", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("target", [100, 0, -1.7e308, 1e-300])
def test_any_series_can_be_drawn(smartkpi: Run, make_data: MakeData, rows: list[str], target: float) -> None:
    run = smartkpi("trend", "x", "--data", make_data({"x": {"target": target}}, rows))
    assert run.code == 0
    assert "●" in run.out
    assert max(map(len, run.out.splitlines())) <= 80


def test_title_and_unit_are_never_markup(smartkpi: Run, make_data: MakeData) -> None:
    data = make_data({"x": {"title": {"en": "[red]\x1b[31m" + "長" * 5000}}}, [])
    run = smartkpi("trend", "x", "--data", data)
    assert "\x1b" not in run.out
    assert run.out.splitlines()[2].startswith("[red]")


def test_output_to_a_file(smartkpi: Run, tmp_path: Path) -> None:
    goal = tmp_path / "trend.txt"
    assert smartkpi("trend", "digital_economy_size", "-o", goal).out == ""
    assert "●" in goal.read_text(encoding="utf-8")


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1), st.integers(5, 19))
def test_the_axis_holds_its_values(values: list[float], most: int) -> None:
    axis = value_axis(values, most)
    assert len(axis.labels) == axis.rows <= most
    hair = 1e-8 * (axis.high / 2 - axis.low / 2)
    assert axis.low - hair <= min(values) <= max(values) <= axis.high + hair
    for value in values:
        assert 0 <= axis.row(value) < axis.rows


@given(st.integers(1900, 2200), st.integers(0, 300), st.integers(14, 200))
def test_the_years_stay_within_the_drawing(first: int, years: int, most: int) -> None:
    axis = year_axis(first, first + years, most)
    assert axis.width <= most
    assert axis.column(first + years) < axis.width
    labelled = [axis.column(year) for year in axis.labelled]
    assert all(left - right >= 5 for left, right in pairwise(labelled))


@pytest.mark.parametrize(
    ("lang", "unit", "figure"), [("en", "€ billion", "€9.8 billion"), ("zh-TW", "億歐元", "98 億歐元")]
)
def test_the_axis_has_the_multiple_of_the_figures(smartkpi: Run, lang: str, unit: str, figure: str) -> None:
    """The plan has billions of euros, which Chinese counts in 億."""
    data = ["--data", ROOT / "examples" / "tamaria", "--lang", lang]
    drawn = smartkpi("trend", "export_earnings", *data).out
    assert unit in drawn
    assert figure in drawn
    assert ("\n120 ┤" in drawn) == (lang == "zh-TW")
    picture = smartkpi("report", "-k", "export_earnings", *data, "-o", "-", "-q")
    assert picture.code == 0
    assert f'class="unit" x="0" y="14">{unit}<' in picture.out
    assert (">120</text>" in picture.out) == (lang == "zh-TW")


def test_series_that_are_not_drawn_are_only_counted(
    smartkpi: Run, make_data: MakeData, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [f"x,area {area},{year},{area},count" for area in range(100, 400) for year in (2020, 2021)]
    data = make_data({"x": {}}, rows, header="indicator,area,year,value,unit", dimensions=["area"])
    named = Mock(side_effect=series_name)
    monkeypatch.setattr("smartkpi.render.terminal_chart.series_name", named)
    run = smartkpi("trend", "x", "--data", data, "-q")
    assert run.code == 0
    assert run.out.splitlines()[-1].startswith("and 296 more series")
    assert {call.args[1]["area"] for call in named.call_args_list} == {f"area {each}" for each in range(100, 104)}
