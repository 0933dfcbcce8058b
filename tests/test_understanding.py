"""How each file was understood: said by `validate`, and by other commands with --verbose."""

# ruff: noqa: E501 - lines as the command prints them
from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import MakeData, Run
from test_table_shapes import PLAN, SHAPES

import smartkpi as library

YEARS_OVER_FIGURES = """\
  file:     text in UTF-8, cut by commas
  header:   line 1 and line 2
  layout:   years as columns
  columns:  indicator = 指標; unit = 單位; target = 110年 目標值 (2021), 111年 目標值 (2022); value = 110年 實績 (2021), 111年 實績 (2022)
  rows:     2; values: 4, indicators: 2, years: 2021-2022
"""
TITLE_AND_NOTES = """\
  file:     text in UTF-8, cut by semicolons, decimal mark .
  header:   line 3
  layout:   a row for each value
  columns:  indicator; year; value; unit
  rows:     4; values: 4, indicators: 2, years: 2021-2022
  left out: above the header: 1, from line 1; notes below the data: 1, from line 9
"""
EUROSTAT = """\
  file:     text in UTF-8, cut by tabs, decimal mark .
  header:   line 1
  layout:   Eurostat's TSV, years as columns
  columns:  indicator = indic; unit; value = 2021, 2022
  not read: freq, geo
  rows:     2; values: 4, indicators: 2, years: 2021-2022
"""
UN = """\
  file:     text in UTF-8, cut by commas
  header:   line 1
  layout:   table of the UN's SDG database, a row for each value
  columns:  indicator = SeriesCode; year = TimePeriod; value = Value; unit = [Units]
  not read: Goal, Target, Indicator, GeoAreaCode, [Nature]
  rows:     4; values: 4, indicators: 2, years: 2021-2022
"""
ACROSS = """\
  檔案：UTF-8 文字檔，以逗號分隔
  標題列：第 1 行
  版面：以指標為欄
  欄位：年度＝統計期（110年 = 2021）；數值＝就業率(%)（jobs）、Poverty rate (%)（poor）
  資料列：2 列，含 2 項指標的 4 個數值（2021-2022）
"""


@pytest.mark.parametrize(
    ("shape", "lang", "expected"),
    [
        ("names in the second row", "en", YEARS_OVER_FIGURES),
        ("title above, notes below", "en", TITLE_AND_NOTES),
        ("Eurostat", "en", EUROSTAT),
        ("UN", "en", UN),
        ("indicators as columns", "zh-TW", ACROSS),
    ],
)
def test_validate_says_how_a_file_was_understood(
    smartkpi: Run, tmp_path: Path, shape: str, lang: str, expected: str
) -> None:
    (tmp_path / "targets.toml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "all.csv").write_text(SHAPES[shape], encoding="utf-8")
    run = smartkpi("validate", "--lang", lang, "--targets", tmp_path / "targets.toml", "-a", tmp_path / "all.csv")
    assert run.code == 0, run.err
    assert run.out.partition("all.csv\n")[2] == expected


ROWS = ["x,2021,5,count,", "x,2022,-,count,", "x,2023,7,count,"]


def test_cells_without_data_are_counted(smartkpi: Run, make_data: MakeData) -> None:
    run = smartkpi("validate", "--data", make_data({"x": {}}, ROWS, header="indicator,year,value,unit,flag"))
    assert "  rows:     3; values: 2, indicators: 1, years: 2021-2023, cells without data: 1" in run.out.splitlines()


def test_rows_left_out_by_a_condition_are_counted(smartkpi: Run, make_data: MakeData) -> None:
    data = make_data({"x": {}}, ["x,2021,5,count,A", "x,2021,6,count,B"], header="indicator,year,value,unit,kind")
    run = smartkpi("validate", "--data", data, "--where", "kind=A")
    assert run.out.splitlines()[-1] == "  left out: by --where: 1, from line 3"


def test_what_the_header_does_not_show_is_said(
    smartkpi: Run, make_data: MakeData, monkeypatch: pytest.MonkeyPatch
) -> None:
    header, rows = "title row\nindicator,year,value,Sex", ["x,109,5,F", "x,110,6,F", "x,110,7,M"]
    data = make_data({"x": {}}, rows, header=header)
    asked = ("--skip-lines", "1", "--calendar", "roc", "--units-from-plan")
    unit = "unit = that of the plan, where a value has none"
    expected = [
        f"  columns:  indicator; year = year (109 = 2020); value; {unit}; rows chosen by = Sex",
        "  rows:     2; values: 2, indicators: 1, years: 2020-2021",
        "  left out: by --skip-lines: 1, from line 1; by --where: 1, from line 5",
    ]
    run = smartkpi("validate", "--data", data, *asked, "--where", "Sex=F")
    assert run.out.splitlines()[-3:] == expected
    assert "columns not read" not in run.err
    (data / "actuals" / "all.csv").write_text("\n".join([header, *rows[:2], ""]), encoding="utf-8")
    small = smartkpi("validate", "--data", data, *asked).out
    monkeypatch.setattr("smartkpi.readers.actuals.LARGE", 1)
    assert smartkpi("validate", "--data", data, *asked).out == small


def test_a_file_that_is_not_text_is_not_described(smartkpi: Run, make_data: MakeData) -> None:
    data = make_data({"x": {}}, [])
    (data / "actuals" / "all.csv").write_bytes("indicator,año,value\nx,2020,5\n".encode("latin-1"))
    assert "cut by" not in smartkpi("validate", "--data", data, "-v").err


def test_a_long_run_of_years_is_its_first_and_its_last(smartkpi: Run, make_data: MakeData) -> None:
    data = make_data({"x": {}}, [f"x,{year},5,count" for year in (1999, *range(2001, 2006), 2008, 2009)])
    assert smartkpi("validate", "--data", data).out.startswith(
        "valid: 1 indicators, 8 observations, 1999, 2001-2005, 2008, 2009, 2 files\n"
    )


def test_other_commands_say_it_with_verbose_on_stderr(smartkpi: Run, make_data: MakeData) -> None:
    data = make_data({"x": {}}, ["x,2021,5,count"])
    assert "a row for each value" not in smartkpi("status", "--data", data).err
    run = smartkpi("status", "--data", data, "-v")
    assert "  layout:   a row for each value" in run.err.splitlines()
    assert "layout" not in run.out


def test_a_file_with_errors_is_described_with_verbose(smartkpi: Run, make_data: MakeData) -> None:
    data = make_data({"x": {}}, ["x,2021,5,count", "x,next,5,count"])
    run = smartkpi("validate", "--data", data, "-v")
    assert (run.code, run.out) == (3, "")
    assert "  columns:  indicator; year; value; unit" in run.err.splitlines()


def test_of_many_files_ten_are_described_unless_all_are_asked_for(smartkpi: Run, make_data: MakeData) -> None:
    data = make_data({"x": {}}, ["x,2000,5,count"])
    for year in range(2001, 2013):
        text = f"indicator,year,value,unit\nx,{year},5,count\n"
        (data / "actuals" / f"{year}.csv").write_text(text, encoding="utf-8")
    run = smartkpi("validate", "--data", data)
    assert run.out.count("layout:") == 10
    assert run.out.splitlines()[-1] == "3 more files or sheets; all are described with -v"
    assert smartkpi("validate", "--data", data, "-v").out.count("layout:") == 13


def test_many_columns_of_years_are_named_by_the_first_and_the_last(smartkpi: Run, tmp_path: Path) -> None:
    years = range(1990, 2023)
    text = f"indicator,unit,{','.join(map(str, years))}\njobs,%{',70' * len(years)}\n"
    (tmp_path / "targets.toml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "all.csv").write_text(text, encoding="utf-8")
    run = smartkpi("validate", "--targets", tmp_path / "targets.toml", "-a", tmp_path / "all.csv")
    assert "value = 1990, 1991, 1992, …, 2022 (33 columns)" in run.out


def test_large_text_and_parquet_are_described_alike(
    smartkpi: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyarrow")
    from pyarrow import csv, parquet

    text = "indicator,year,value,unit,kind\njobs,2021,70.1,%,a\njobs,2022,70.4,%,a\n"
    (tmp_path / "targets.toml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "all.csv").write_text(text, encoding="utf-8")
    parquet.write_table(csv.read_csv(tmp_path / "all.csv"), tmp_path / "all.parquet")
    read = ("validate", "--targets", tmp_path / "targets.toml", "-a")
    small = smartkpi(*read, tmp_path / "all.csv").out
    monkeypatch.setattr("smartkpi.readers.actuals.LARGE", 1)
    assert smartkpi(*read, tmp_path / "all.csv").out == small
    same = smartkpi(*read, tmp_path / "all.parquet").out.splitlines()[-4:]
    assert same == small.splitlines()[-4:]


def test_programs_get_it_as_json(smartkpi: Run, make_data: MakeData) -> None:
    data = make_data({"x": {}}, ROWS, header="indicator,year,value,unit,flag")
    (table,) = json.loads(smartkpi("validate", "--data", data, "-f", "json").out)["tables"]
    assert table["columns"][2] == {"name": "value", "meaning": "value", "detail": ""}
    assert {name: table[name] for name in ("encoding", "layout", "header", "rows", "values", "no_data", "years")} == {
        "encoding": "utf-8",
        "layout": "tidy",
        "header": [1],
        "rows": 3,
        "values": 2,
        "no_data": 1,
        "years": [2021, 2022, 2023],
    }


NOTHING: Mapping[str, tuple[str, tuple[str, ...], int, str]] = {
    "years as columns": (
        'Series Name,Series Code,2020 [YR2020]\n"Unemployment, total",SL.UEM.TOTL.ZS,5.2\nOther,SP.POP.TOTL,100\n',
        (),
        3,
        "none of its 2 rows is of an indicator of the plan; found: 'SL.UEM.TOTL.ZS', 'SP.POP.TOTL'; the plan has: x, y",
    ),
    "a row for each value": (
        "indicator,year,value,unit\nfoo,2020,1,%\nfoo,2021,2,%\n",
        (),
        3,
        "none of its 2 rows is of an indicator of the plan; found: 'foo'; the plan has: x, y",
    ),
    "spelled wrong": (
        "indicator,year,value,unit\nyy,2020,1,%\nyy,2021,2,%\n",
        (),
        3,
        "found: 'yy'; the plan has: y, x",
    ),
    "columns of unknown names": ("year,foo\n2020,1\n", (), 3, "none called after an indicator of the plan (x, y)"),
    "a condition": (
        "indicator,year,Sex,value,unit\nx,2020,M,1,count\n",
        ("--where", "Sex=F"),
        0,
        "--where leaves out all rows; the values of column 'Sex' are: 'M'",
    ),
    "nothing filled in": (
        "indicator,year,value,unit\nx,2020,,count\n",
        (),
        0,
        "has no values, so nothing is read from it",
    ),
    "a header alone": ("indicator,year,value,unit\n", (), 0, "has no values, so nothing is read from it"),
    "targets alone": ("indicator,year,value,unit,type\nx,2030,9,count,Target\n", (), 0, "has no values"),
}


@pytest.mark.parametrize("large", [1, 1 << 30])
@pytest.mark.parametrize("name", NOTHING)
def test_a_file_of_which_nothing_is_read_is_named_with_what_helps(
    smartkpi: Run, make_data: MakeData, monkeypatch: pytest.MonkeyPatch, name: str, large: int
) -> None:
    text, arguments, code, said = NOTHING[name]
    monkeypatch.setattr("smartkpi.readers.actuals.LARGE", large)
    data = make_data({"x": {}, "y": {}}, [])
    (data / "actuals" / "all.csv").write_text(text, encoding="utf-8")
    for command in ("validate", "status"):
        run = smartkpi(command, "--data", data, *arguments)
        assert run.code == code, run.err
        assert run.err.count(said) == 1


def test_a_file_of_another_plan_is_one_error_however_long_it_is(smartkpi: Run, make_data: MakeData) -> None:
    data = make_data({"x": {}}, [f"foo,{year},5,%" for year in range(1950, 2020)])
    run = smartkpi("status", "--data", data)
    assert (run.code, run.err.count("error:")) == (3, 1)
    assert "name it with -a ID=FILE" in run.err
    with pytest.raises(library.DataError, match='name it with actuals="ID=FILE"'):
        library.status(data=data)
