"""Large CSV files and Parquet give what small files give, faults with file and line included."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from conftest import MakeData, Run

import smartkpi as library
from smartkpi.readers import arrow

pytest.importorskip("pyarrow")

HEADER = "indicator,year,value,unit,area"
ROWS = [
    "jobs,2020,50,人,花蓮縣",
    "jobs,2025,0.006,萬人,花蓮縣",
    "jobs,2020,10,人,臺東縣",
    "jobs,2025,,人,臺東縣",
    "share,2020,20,%,花蓮縣",
    "share,2025,0.5,fraction,花蓮縣",
]
INDICATORS = {"jobs": {"unit": "人"}, "share": {"unit": "%", "target": 80}}
Both = Callable[..., tuple[str, str, str, str]]


@pytest.fixture
def both(smartkpi: Run, make_data: MakeData, monkeypatch: pytest.MonkeyPatch) -> Both:
    """Return a function that gives stdout and stderr for the careful reader, then for the one in bulk."""

    def run(rows: list[str], header: str = HEADER, encoding: str = "utf-8") -> tuple[str, str, str, str]:
        data = make_data(INDICATORS, [], HEADER, dimensions=["area"])
        path = data / "actuals" / "all.csv"
        path.write_text("\n".join([header, *rows, ""]), encoding=encoding)
        monkeypatch.setattr(arrow, "LARGE", 1 << 30)
        careful = smartkpi("status", "--data", data, "-f", "csv")
        monkeypatch.setattr(arrow, "LARGE", 0)
        fast = smartkpi("status", "--data", data, "-f", "csv")
        assert careful.code == fast.code
        return careful.out, careful.err, fast.out, fast.err

    return run


PLAIN = {
    "plain": (ROWS, HEADER),
    "columns left out": ([f"{row},x" for row in ROWS], f"{HEADER},colour"),
    "columns that are known and not needed": ([f"{row},A,x" for row in ROWS], f"{HEADER},obs_status,note"),
    "semicolons": ([row.replace(",", ";") for row in ROWS], HEADER.replace(",", ";")),
    "quotes": ([row.replace("花蓮縣", '"花蓮縣"') for row in ROWS], HEADER),
    "forecasts": ([f"{ROWS[0]},F", *(f"{row}," for row in ROWS[1:])], f"{HEADER},obs_status"),
    "any order": (ROWS[::-1], HEADER),
    "a series that begins with a missing value": (["jobs,2019,,人,臺東縣", *ROWS], HEADER),
}
NOT_PLAIN = {
    "years of the Republic": ["jobs,111,50,人,花蓮縣"],
    "quantities": ["jobs,2020,1 萬人,,花蓮縣"],
    "thousands": ['jobs,2020,"1,234",人,花蓮縣'],
    "spaces": ["jobs ,2020, 5 ,人, 花蓮縣"],
    "words": ["jobs,2020,many,人,花蓮縣"],
    "nan": ["jobs,2020,nan,人,花蓮縣"],
    "inf": ["jobs,2020,inf,人,花蓮縣"],
    "short row": ["jobs,2020,1,人"],
    "unknown indicator": [*ROWS, "jos,2020,1,人,x"],
    "missing dimension": [*ROWS, "jobs,2020,1,人,"],
    "duplicate": [*ROWS, ROWS[0]],
    "unit of another kind": [*ROWS, "jobs,2020,1,元,x"],
    "outside bounds": [*ROWS, "share,2021,101,%,x"],
    "no unit": [*ROWS, "share,2021,10,,x"],
    "NUL": [*ROWS, "share,2021,1\0,%,x"],
    "no rows": [],
}


def _fail(_: list[Path]) -> bool:
    pytest.fail("was not read in bulk")


@pytest.mark.parametrize(("rows", "header"), PLAIN.values(), ids=PLAIN.keys())
def test_plain_files(both: Both, rows: list[str], header: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrow, "carefully", _fail)
    careful, careful_said, fast, fast_said = both(rows, header)
    assert (fast, fast_said) == (careful, careful_said)
    assert careful.count("\n") == 4


@pytest.mark.parametrize("rows", NOT_PLAIN.values(), ids=NOT_PLAIN.keys())
def test_files_that_are_not_plain(both: Both, rows: list[str]) -> None:
    careful, careful_said, fast, fast_said = both(rows)
    assert (fast, fast_said) == (careful, careful_said)


@pytest.mark.parametrize("column", ["title", "指標名稱", "備註", "remark", " colour"])
def test_columns_that_only_the_careful_reader_knows(both: Both, column: str) -> None:
    careful, careful_said, fast, fast_said = both([f"{row}," for row in ROWS], f"{HEADER},{column}")
    assert (fast, fast_said) == (careful, careful_said)


def test_other_encoding(both: Both) -> None:
    careful, careful_said, fast, fast_said = both(ROWS, encoding="cp950")
    assert (fast, fast_said) == (careful, careful_said)
    assert "cp950" in fast_said


def test_faults_of_very_large_files_name_the_line_too(both: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrow, "_CAREFULLY_AT_MOST", 0)
    _, careful_said, _, fast_said = both([*ROWS, "jos,2020,1,人,x", "jobs,2030,1,元,x"])
    assert fast_said == careful_said


def test_read_actuals_is_the_same_for_large_files(make_data: MakeData, monkeypatch: pytest.MonkeyPatch) -> None:
    data = make_data(INDICATORS, ROWS, HEADER, dimensions=["area"])
    plan = library.read_plan(data / "targets.toml")
    careful = library.read_actuals(data / "actuals" / "all.csv", plan)
    monkeypatch.setattr(arrow, "LARGE", 0)
    large = library.read_actuals(data / "actuals" / "all.csv", plan)
    names = ["indicator", "area", "year", "value", "unit"]
    assert (
        large[names].astype(object).fillna(-1).to_numpy().tolist()
        == careful[names].astype(object).fillna(-1).to_numpy().tolist()
    )


@pytest.fixture
def parquet(make_data: MakeData) -> Path:
    data = make_data(INDICATORS, ROWS, HEADER, dimensions=["area"])
    frame = pd.read_csv(data / "actuals" / "all.csv")
    frame.to_parquet(data / "all.parquet")
    return data


def test_parquet(smartkpi: Run, parquet: Path) -> None:
    run = smartkpi("status", "--targets", parquet / "targets.toml", "-a", parquet / "all.parquet", "-f", "csv")
    assert run.code == 0, run.err
    assert run.out == smartkpi("status", "--data", parquet, "-f", "csv").out
    plan = library.read_plan(parquet / "targets.toml")
    found = library.assess(library.read_actuals(parquet / "all.parquet", plan), plan)
    assert found["actual"].tolist() == pd.read_csv(io.StringIO(run.out))["actual"].tolist()


@pytest.mark.parametrize("command", [("check",), ("trend", "jobs"), ("project",)], ids=lambda command: command[0])
def test_commands_that_read_parquet(smartkpi: Run, parquet: Path, command: tuple[str, ...]) -> None:
    plan = parquet / "targets.toml"
    large = smartkpi(*command, "--targets", plan, "-a", parquet / "all.parquet", "-f", "csv")
    assert large == smartkpi(*command, "--data", parquet, "-f", "csv")
    assert large.out.count("\n") > 1


def test_faults_of_parquet_name_file_and_row(smartkpi: Run, parquet: Path) -> None:
    frame = pd.read_parquet(parquet / "all.parquet")
    frame.loc[2, "indicator"] = "jos"
    frame.to_parquet(parquet / "all.parquet")
    run = smartkpi("status", "--targets", parquet / "targets.toml", "-a", parquet / "all.parquet")
    assert run.code == 3
    assert f"{parquet / 'all.parquet'}:4: unknown indicator 'jos'" in run.err


def test_what_is_no_parquet(smartkpi: Run, parquet: Path) -> None:
    (parquet / "all.parquet").write_text("indicator,year\n")
    run = smartkpi("status", "--targets", parquet / "targets.toml", "-a", parquet / "all.parquet")
    assert (run.code, "is not Parquet" in run.err) == (3, True)
    run = smartkpi("status", "--targets", parquet / "targets.toml", "-a", parquet / "none.parquet")
    assert (run.code, "there is no such file" in run.err) == (3, True)


def test_parquet_that_lacks_a_column(smartkpi: Run, parquet: Path) -> None:
    pd.read_parquet(parquet / "all.parquet").drop(columns="area").to_parquet(parquet / "all.parquet")
    run = smartkpi("status", "--targets", parquet / "targets.toml", "-a", parquet / "all.parquet")
    assert (run.code, "all.parquet: has no column 'area', found: indicator, year, value" in run.err) == (3, True)


def test_commands_that_do_not_read_parquet_say_so(smartkpi: Run, parquet: Path) -> None:
    run = smartkpi("validate", "--targets", parquet / "targets.toml", "-a", parquet / "all.parquet")
    assert (run.code, "is Parquet, which this command does not read" in run.err) == (3, True)


def test_several_files(smartkpi: Run, parquet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One file per year by convention: CSV and Parquet may be mixed, and a fault names its own file."""
    monkeypatch.setattr(arrow, "LARGE", 0)
    monkeypatch.setattr(arrow, "_CAREFULLY_AT_MOST", 0)
    expected = smartkpi("status", "--data", parquet, "-f", "csv").out
    frame = pd.read_parquet(parquet / "all.parquet")
    paths = [parquet / "2020.csv", parquet / "2025.parquet"]
    frame[frame["year"] == 2020].to_csv(paths[0], index=False)
    frame[frame["year"] == 2025].to_parquet(paths[1], index=False)
    command = ["status", "--targets", parquet / "targets.toml", "-f", "csv", "-a", paths[0], "-a", paths[1]]
    assert smartkpi(*command).out == expected
    paths[0].write_text(paths[0].read_text() + "jos,2020,1,人,x\n" + "jobs,2025,1,人,花蓮縣\n")
    run = smartkpi(*command)
    assert run.code == 3
    assert f"{paths[0]}:5: unknown indicator 'jos'" in run.err
    assert f"{paths[1]}:2: 'jobs' has a second value for 2025, the first is in {paths[0]}:6" in run.err


def test_parquet_without_pyarrow(smartkpi: Run, parquet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    run = smartkpi("status", "--targets", parquet / "targets.toml", "-a", parquet / "all.parquet")
    assert run.code == 3
    assert "pip install 'smartkpi[panel]'" in run.err


def test_result_as_parquet(smartkpi: Run, parquet: Path) -> None:
    run = smartkpi("status", "--data", parquet, "-o", parquet / "result.parquet")
    assert (run.code, run.out) == (0, "")
    found = pd.read_parquet(parquet / "result.parquet")
    expected = library.status(data=parquet)
    assert found.columns.tolist() == expected.columns.tolist()
    assert found.astype(object).fillna("").to_numpy().tolist() == expected.astype(object).fillna("").to_numpy().tolist()
    smartkpi("status", "--data", parquet, "-o", parquet / "result.parquet", "--fields", "pace,area")
    assert pd.read_parquet(parquet / "result.parquet").columns.tolist() == ["pace", "area"]


def test_result_as_parquet_without_pyarrow(smartkpi: Run, parquet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    run = smartkpi("status", "--data", parquet, "-o", parquet / "result.parquet")
    assert (run.code, "pip install 'smartkpi[panel]'" in run.err) == (3, True)
    assert not (parquet / "result.parquet").exists()
