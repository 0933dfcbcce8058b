"""Two values for one year of a series: once, the later one, both, or an error."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from unittest.mock import Mock

import pandas as pd
import pyarrow
import pytest
from conftest import MakeData, Run
from pyarrow import parquet

import smartkpi as library

HEADER = "indicator,year,value,unit,obs_status,published"
FIRST = "jobs,2020,10,person,A,2021"


def values(smartkpi: Run, make_data: MakeData, rows: Sequence[str]) -> tuple[list[str], str]:
    data = make_data({"jobs": {"unit": "person"}}, rows, header=HEADER)
    run = smartkpi("export", "--data", data, "--fields", "year,value,obs_status")
    return run.out.splitlines()[1:], run.err


@pytest.mark.parametrize(
    ("second", "kept"),
    [
        (FIRST, "2020,10,A"),
        ("jobs,2020,10.0,person,A,2021", "2020,10,A"),
        ("jobs,2020,11,person,A,2022", "2020,11,A"),
        ("jobs,2020,11,person,A,2020", "2020,10,A"),
        ("jobs,2020,9,person,P,2020", "2020,10,A"),
    ],
)
def test_one_of_two_counts(smartkpi: Run, make_data: MakeData, second: str, kept: str) -> None:
    rows, said = values(smartkpi, make_data, [FIRST, second])
    assert rows == [kept]
    assert said.startswith("smartkpi: note: ")


@pytest.mark.parametrize(
    "second",
    [
        "jobs,2020,11,person,A,2021",
        "jobs,2020,11,person,P,2022",
        "jobs,2020,11,person,A,2021-05",
        "jobs,2020,11,person,A,",
    ],
)
def test_nothing_decides(smartkpi: Run, make_data: MakeData, second: str) -> None:
    rows, said = values(smartkpi, make_data, [FIRST, second])
    assert rows == []
    assert "all.csv:3: 'jobs' has a second value for 2020" in said
    assert "all.csv:2" in said


def test_the_year_of_a_break_keeps_both_the_old_one_first(smartkpi: Run, make_data: MakeData) -> None:
    new = "jobs,2020,20,person,B,2021"
    rows, _ = values(smartkpi, make_data, ["jobs,2019,9,person,A,", new, FIRST, "jobs,2021,22,person,A,"])
    assert sorted(rows) == ["2019,9,A", "2020,10,A", "2020,20,B", "2021,22,A"]
    data = make_data(
        {"jobs": {"unit": "person"}}, ["jobs,2019,9,person,A,", new, FIRST, "jobs,2021,22,person,A,"], header=HEADER
    )
    run = smartkpi("status", "--data", data, "-f", "csv", "--fields", "base_year,base,year,actual")
    assert run.out.splitlines()[1:] == ["2020,20,2021,22"]
    for command in (("trend", "jobs"), ("explain", "jobs"), ("project",), ("report", "-k", "jobs"), ("check",)):
        assert smartkpi(*command, "--data", data).code in (0, 4)


DIFFERENT = "indicator,year,Sex,Age,value,unit\nx,2020,,,5,count\nx,2020,F,,3,count\nx,2020,M,15-24,2,count\n"


@pytest.mark.parametrize("kind", ["csv", "large", "parquet", "xlsx", "years as columns", "two files"])
def test_columns_in_which_two_rows_differ_are_named_with_their_values(
    smartkpi: Run, make_data: MakeData, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    lines = DIFFERENT.splitlines()[:3] if kind == "two files" else DIFFERENT.splitlines()
    if kind == "years as columns":
        lines = ["indicator,Sex,Age,unit,2020", "x,,,count,5", "x,F,,count,3", "x,M,15-24,count,2"]
    data, path = make_data({"x": {}}, []), tmp_path / f"all.{kind if kind in ('parquet', 'xlsx') else 'csv'}"
    frame = pd.DataFrame([line.split(",") for line in lines[1:]], columns=lines[0].split(","))
    if kind == "xlsx":
        frame.astype({"value": float}).to_excel(path, index=False)
    elif kind == "parquet":
        frame.astype({"value": float, "year": int}).to_parquet(path)
    else:
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    files = [path]
    if kind == "two files":
        files.append(tmp_path / "second.csv")
        files[1].write_text(f"{lines[0]}\nx,2020,M,,2,count\n", encoding="utf-8")
    if kind == "large":
        monkeypatch.setattr("smartkpi.readers.actuals.LARGE", 1)
    named = [part for each in files for part in ("-a", each)]
    run = smartkpi("validate", "--targets", data / "targets.toml", *named)
    assert run.code == 3
    said = run.err.replace("; choose", "\n  choose")
    assert "; the rows differ in 'Sex' ('', 'F')\n  choose rows with --where 'Sex=' (values there: '', 'F'" in said
    assert "the rows differ in 'Age' ('', '15-24'), 'Sex' ('', 'M')" in said or kind == "two files"
    assert smartkpi("validate", "--targets", data / "targets.toml", *named, "--where", "Sex=").code == 0


def test_figures_and_what_is_read_are_no_columns_to_choose_rows_by(smartkpi: Run, make_data: MakeData) -> None:
    rows = ["x,2020,5,count,4.1,5.2,survey", "x,2020,6,count,5.1,6.3,register"]
    data = make_data({"x": {}}, rows, header="indicator,year,value,unit,low,high,source")
    err = smartkpi("validate", "--data", data).err
    assert "differ in 'source' ('survey', 'register'); choose" in err.replace("\n ", ";")
    with pytest.raises(library.DataError, match='choose rows with where="source=survey"'):
        library.status(data=data)


def test_rows_of_a_frame_are_told_apart_and_chosen_by_its_columns(make_data: MakeData) -> None:
    targets = make_data({"x": {}}, []) / "targets.toml"
    frame = pd.DataFrame({"indicator": "x", "year": 2020, "Sex": ["", "F"], "code": [1.0, None], "value": [5, 3]})
    frame["unit"] = "count"
    with pytest.raises(
        library.DataError, match=r"in 'Sex' \('', 'F'\), 'code' \('1', ''\); choose rows with where=\"Sex="
    ):
        library.status(targets=targets, actuals=frame)
    for where, value in (({"Sex": ["", "M"]}, 5), ("sex=F", 3), ("code=1", 5), ("code=", 3)):
        assert library.status(targets=targets, actuals=frame, where=where)["actual"].tolist() == [value]
    with pytest.raises(library.DataError, match=r"no file has a column 'Sxe'.*such as Sex"):
        library.status(targets=targets, actuals=frame, where="Sxe=F")


@pytest.mark.parametrize("values", [("East", "Total"), ("合計", "甲市"), ("East", "", "Total"), ("M", "F")])
def test_the_whole_is_what_is_offered(smartkpi: Run, make_data: MakeData, values: tuple[str, ...]) -> None:
    rows = [f"x,2020,{place},count,{value}" for place, value in enumerate(values)]
    err = smartkpi("status", "--data", make_data({"x": {}}, rows, header="indicator,year,value,unit,Part")).err
    offered = {"East": "" if "" in values else "Total", "合計": "合計", "M": "M"}[values[0]]
    assert f"choose rows with --where 'Part={offered}'" in err


def test_of_many_rows_that_differ_in_one_column_three_are_told(smartkpi: Run, make_data: MakeData) -> None:
    rows = [f"x,{year},{place},count,area {place},A" for year in (2020, 2021) for place in range(10)]
    data = make_data({"x": {}}, rows, header="indicator,year,value,unit,Area,obs_status")
    lines = smartkpi("status", "--data", data).err.splitlines()
    assert len(lines) == 4
    assert all("choose rows with --where 'Area=area 0'" in line for line in lines[:3])
    assert "all.csv:6: from here on 15 more second values in rows that differ in 'Area'" in lines[3]
    assert smartkpi("status", "--data", data, "--where", "Area=area 0").code == 0


def test_rows_that_say_the_same_are_not_looked_at_one_by_one(
    smartkpi: Run, make_data: MakeData, monkeypatch: pytest.MonkeyPatch
) -> None:
    counting = Mock(side_effect=AssertionError)
    monkeypatch.setattr("smartkpi.readers.second_values._Case.counting", counting)
    rows = [f"x,{year},5,count,A" for _ in range(300) for year in range(2000, 2010)]
    run = smartkpi("status", "--data", make_data({"x": {}}, rows, header="indicator,year,value,unit,obs_status"))
    assert run.code == 0
    assert "2990 rows are there twice and count once" in run.err


@pytest.mark.slow
def test_of_a_million_second_values_in_a_small_file_the_first_are_told(smartkpi: Run, make_data: MakeData) -> None:
    number = 1_000_000
    path = make_data({"x": {}}, []) / "all.parquet"
    columns = {"indicator": ["x"] * number, "year": [2020] * number, "value": range(number), "unit": ["count"] * number}
    table = pyarrow.table({name: pyarrow.array(each) for name, each in columns.items()})
    parquet.write_table(
        table, path, use_dictionary=["indicator", "unit"], column_encoding={"value": "DELTA_BINARY_PACKED"}
    )
    run = smartkpi("status", "--targets", path.parent / "targets.toml", "-a", path)
    assert run.code == 3
    assert len(run.err.splitlines()) == 1001
