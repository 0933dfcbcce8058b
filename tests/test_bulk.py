"""Large CSV files and Parquet give what small files give, faults with file and line included."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from conftest import MakeData, Run, plan_text, start
from hypothesis import given
from hypothesis import strategies as st

import smartkpi as library
from smartkpi.model.reading import ReadingOptions
from smartkpi.readers import actuals, raw
from smartkpi.readers.named_files import NamedFile
from smartkpi.readers.text_rows import Lines

pytest.importorskip("pyarrow")

HEADER = "indicator,year,value,unit,area"
ROWS = [
    "jobs,2020,50,人,花蓮縣",
    "jobs,2025,0.0065,萬人,花蓮縣",
    "jobs,2020,10,人,臺東縣",
    "jobs,2025,,人,臺東縣",
    "share,2020,20,%,花蓮縣",
    "share,2025,0.5,fraction,花蓮縣",
]
INDICATORS: dict[str, dict[str, Any]] = {"jobs": {"unit": "人"}, "share": {"unit": "%", "target": 80}}
Both = Callable[..., tuple[str, str, str, str]]


@pytest.fixture
def both(smartkpi: Run, make_data: MakeData, monkeypatch: pytest.MonkeyPatch) -> Both:
    """Return a function that gives stdout and stderr for the careful reader, then for the one in bulk."""

    def run(
        rows: list[str], header: str = HEADER, encoding: str = "utf-8", is_plain: bool = False
    ) -> tuple[str, str, str, str]:
        data = make_data(INDICATORS, [], HEADER, dimensions=["area"])
        path = data / "actuals" / "all.csv"
        # A lone surrogate is a byte that is no text.
        path.write_bytes("\n".join([header, *rows, ""]).encode(encoding, "surrogateescape"))
        monkeypatch.setattr(actuals, "LARGE", 1 << 30)
        careful = smartkpi("status", "--data", data, "-f", "csv")
        monkeypatch.setattr(actuals, "LARGE", 0)
        if is_plain:
            monkeypatch.setattr(raw, "from_records", _fail)
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
    "empty lines": ([*ROWS[:2], "", *ROWS[2:], "", ""], HEADER),
    "an empty line below the header": (["", *ROWS], HEADER),
    "line ends of Windows": ([f"{row}\r" for row in ROWS], f"{HEADER}\r"),
    "empty lines of Windows": ([f"{row}\r" for row in [*ROWS, "", ROWS[0], ""]], f"{HEADER}\r"),
    "byte order mark": (ROWS, f"\ufeff{HEADER}"),
    "line breaks in cells": ([f'{row},"a\n\nb"' for row in ROWS], f"{HEADER},note"),
    "a series that begins with a missing value": (["jobs,2019,,人,臺東縣", *ROWS], HEADER),
}
LINES = ["plain", "semicolons", "quotes", "forecasts", "line ends of Windows", "byte order mark"]
"""Of which each is a row."""
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
    "blank cells": [*ROWS, " , , , , "],
    "a blank line": [*ROWS[:3], "  ", *ROWS[3:]],
    "bytes that are no text": [*ROWS, "share,2021,10,%,\udcff"],
    "bytes that are no text in a value": [*ROWS, "share,2021,1\udcff,%,x"],
    "a long cell": [*ROWS, f"share,2021,10,%,{'x' * 120_000}"],
    "line ends of old Macs": ["\r".join(ROWS)],
    "line ends of Windows in a cell": [*ROWS, 'share,2021,10,%,"a\r\nb"'],
}


def _fail(*_: object) -> None:
    pytest.fail("was read cell by cell")


@pytest.mark.parametrize(("rows", "header"), PLAIN.values(), ids=PLAIN.keys())
def test_plain_files(both: Both, rows: list[str], header: str) -> None:
    careful, careful_said, fast, fast_said = both(rows, header, is_plain=True)
    assert (fast, fast_said) == (careful, careful_said)
    assert careful.count("\n") == 4


@pytest.mark.parametrize("name", LINES)
def test_lines_that_are_rows_are_split_while_they_are_read(
    smartkpi: Run, make_data: MakeData, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    rows, header = PLAIN[name]
    data = make_data(INDICATORS, [], HEADER, dimensions=["area"])
    (data / "actuals" / "all.csv").write_bytes("\n".join([header, *rows, ""]).encode())
    monkeypatch.setattr(actuals, "LARGE", 0)
    monkeypatch.setattr("smartkpi.readers.arrow.read_csv", _fail)
    run = smartkpi("status", "--data", data, "-f", "csv")
    assert (run.code, run.out.count("\n")) == (0, 4), run.err


def test_a_file_that_changes_while_it_is_read_is_read_again(
    smartkpi: Run, make_data: MakeData, monkeypatch: pytest.MonkeyPatch
) -> None:
    from smartkpi.readers import arrow

    data = make_data(INDICATORS, [], HEADER, dimensions=["area"])
    path = data / "actuals" / "all.csv"
    path.write_text("\n".join([HEADER, *ROWS, ""]), encoding="utf-8")
    whole = smartkpi("status", "--data", data, "-f", "csv")
    path.write_text("\n".join([HEADER, *ROWS[:1], ""]), encoding="utf-8")
    split = arrow.read_lines

    def split_and_change(*given: Any) -> Any:
        found = split(*given)
        path.write_text("\n".join([HEADER, *ROWS, ""]), encoding="utf-8")
        return found

    monkeypatch.setattr(actuals, "LARGE", 0)
    monkeypatch.setattr(arrow, "read_lines", split_and_change)
    run = smartkpi("status", "--data", data, "-f", "csv")
    assert (run.code, run.out, run.err) == (0, whole.out, whole.err)


@pytest.mark.parametrize("place", [0, 5, len(HEADER)])
def test_a_lone_quote_in_the_header(both: Both, place: int) -> None:
    careful, careful_said, fast, fast_said = both(ROWS, f'{HEADER[:place]}"{HEADER[place:]}')
    assert (fast, fast_said) == (careful, careful_said)


@pytest.mark.parametrize("rows", NOT_PLAIN.values(), ids=NOT_PLAIN.keys())
def test_files_that_are_not_plain(both: Both, rows: list[str]) -> None:
    careful, careful_said, fast, fast_said = both(rows)
    assert (fast, fast_said) == (careful, careful_said)


@pytest.mark.parametrize("column", ["title", "指標名稱", "備註", "remark", " colour"])
def test_columns_that_only_the_careful_reader_knows(both: Both, column: str) -> None:
    careful, careful_said, fast, fast_said = both([f"{row}," for row in ROWS], f"{HEADER},{column}")
    assert (fast, fast_said) == (careful, careful_said)


@pytest.mark.parametrize("cell", ["target", "目標值", "planned", "forecast", "done"])
@pytest.mark.parametrize("column", ["note", "備考", "Status", "colour"])
def test_columns_that_call_rows_targets(both: Both, column: str, cell: str) -> None:
    careful, careful_said, fast, fast_said = both(
        [*(f"{row}," for row in ROWS[:-1]), f"{ROWS[-1]},{cell}"], f"{HEADER},{column}"
    )
    assert (fast, fast_said) == (careful, careful_said)
    assert (f"rows that column '{column}' calls" in careful_said) == (
        cell != "done" and (column != "Status" or cell in ("target", "目標值"))
    )


@pytest.mark.parametrize("cell", ["\0", "\udcff", '"', "a\rb", "x" * 120_000])
@pytest.mark.parametrize("column", ["note", "colour", "colour\udcff"])
def test_columns_that_are_not_read(both: Both, column: str, cell: str) -> None:
    careful, careful_said, fast, fast_said = both(
        [*(f"{row}," for row in ROWS[:-1]), f"{ROWS[-1]},{cell}"], f"{HEADER},{column}"
    )
    assert (fast, fast_said) == (careful, careful_said)
    assert "smartkpi: " in careful_said


def test_other_encoding(both: Both) -> None:
    careful, careful_said, fast, fast_said = both(ROWS, encoding="cp950")
    assert (fast, fast_said) == (careful, careful_said)
    assert "cp950" in fast_said


def test_errors_of_files_that_are_too_large_to_be_read_cell_by_cell(
    both: Both, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        *ROWS,
        "jobs,2030,1,元,x",
        "jobs,20x0,1,人,x",
        "jobs,2020,many,人,x",
        "jobs,2020,1,人,",
        ROWS[0].replace(",2020,", ",2020,9"),
    ]
    careful, careful_said, _, fast_said = both(rows, is_plain=True)
    assert (careful, fast_said) == ("", careful_said)
    assert careful_said.count("smartkpi: error:") == 5


def test_read_actuals_is_the_same_for_large_files(make_data: MakeData, monkeypatch: pytest.MonkeyPatch) -> None:
    data = make_data(INDICATORS, ROWS, HEADER, dimensions=["area"])
    plan = library.read_plan(data / "targets.toml")
    careful = library.read_actuals(data / "actuals" / "all.csv", plan)
    monkeypatch.setattr(actuals, "LARGE", 0)
    large = library.read_actuals(data / "actuals" / "all.csv", plan)
    pd.testing.assert_frame_equal(large, careful)
    assert careful.dtypes.astype(str).to_dict() == {
        **dict.fromkeys(["indicator", "area"], "str"),
        "year": "int64",
        "value": "float64",
        **dict.fromkeys(["unit", "obs_status", "source", "locator", "note", "bound"], "str"),
        "precision": "float64",
        **dict.fromkeys(["explanation", "measures", "note_zh"], "str"),
    }


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


COMMANDS: list[tuple[str, ...]] = [
    ("check", "-f", "csv"),
    ("trend", "jobs", "-f", "csv"),
    ("project", "-f", "csv"),
    ("status", "-f", "csv", "--assume", "jobs[area=花蓮縣]=2026:70"),
    ("export", "-f", "csv"),
    ("template",),
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_commands_that_read_parquet(smartkpi: Run, parquet: Path, command: tuple[str, ...]) -> None:
    plan = parquet / "targets.toml"
    large = smartkpi(*command, "--targets", plan, "-a", parquet / "all.parquet")
    assert large == smartkpi(*command, "--data", parquet)
    assert large.out


def test_validate_reads_parquet(smartkpi: Run, parquet: Path) -> None:
    large = smartkpi("validate", "--targets", parquet / "targets.toml", "-a", parquet / "all.parquet").out.splitlines()
    small = smartkpi("validate", "--data", parquet).out.splitlines()
    assert large[0] == small[0]  # what follows says how each file was understood
    assert "  rows:     6; values: 5, indicators: 2, years: 2020-2025, cells without data: 1" in large


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


def test_explain_and_report_read_parquet(smartkpi: Run, parquet: Path) -> None:
    inputs = ["--targets", parquet / "targets.toml", "-a", parquet / "all.parquet"]
    explained = smartkpi("explain", "jobs", *inputs).out
    assert "0.0065 萬人" in explained
    assert f"{parquet / 'all.parquet'}:3" in explained
    pytest.importorskip("jinja2")
    run = smartkpi("report", *inputs, "-o", parquet / "report.html")
    assert run.code == 0, run.err
    assert "花蓮縣" in (parquet / "report.html").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["all.parquet", "actuals/all.csv"])
def test_standard_input_of_any_size(parquet: Path, name: str) -> None:
    content = (parquet / name).read_bytes()
    run = start("status", "--targets", parquet / "targets.toml", "-a", "-", "-f", "csv", stdin=content)
    assert (run.returncode, run.stdout) == (0, start("status", "--data", parquet, "-f", "csv").stdout)


def test_columns_of_parquet_that_hold_no_text(smartkpi: Run, parquet: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    table = pq.read_table(parquet / "all.parquet")
    cells = [["x"]] * len(table)
    text = pa.Array.from_buffers(pa.string(), 1, [None, pa.py_buffer(b"\0\0\0\0\2\0\0\0"), pa.py_buffer(b"A\xff")])
    for column, said in (
        (pa.array(cells), "column 'area' holds list<"),
        (pa.array([b"x"] * len(table)), "column 'area' holds binary"),
        (pa.concat_arrays([text] * len(table)), "column 'area' holds text that is not UTF-8"),
    ):
        altered = table.set_column(table.column_names.index("area"), "area", column)
        pq.write_table(altered, parquet / "odd.parquet")
        run = smartkpi("status", "--targets", parquet / "targets.toml", "-a", parquet / "odd.parquet")
        assert run.code == 3
        assert said in run.err


def test_years_of_one_byte_are_none(smartkpi: Run, parquet: Path) -> None:
    frame = pd.read_parquet(parquet / "all.parquet")
    frame.assign(year=frame["year"].sub(1910).astype("int8")).to_parquet(parquet / "odd.parquet")
    run = smartkpi("status", "--targets", parquet / "targets.toml", "-a", parquet / "odd.parquet")
    assert run.code == 3
    assert "odd.parquet:2: '110' is not a year" in run.err


@pytest.mark.parametrize("kind", ["float16", "float32", "float64"])
def test_a_dimension_that_is_no_number_is_empty(smartkpi: Run, parquet: Path, kind: str) -> None:
    frame = pd.read_parquet(parquet / "all.parquet")
    area = np.where(np.arange(len(frame)) == 2, np.nan, 7).astype(kind)
    frame.assign(area=area).to_parquet(parquet / "odd.parquet")
    run = smartkpi("status", "--targets", parquet / "targets.toml", "-a", parquet / "odd.parquet")
    assert run.code == 3
    assert "odd.parquet:4: the dimension 'area' is empty" in run.err


def test_several_files(smartkpi: Run, parquet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One file per year by convention: CSV and Parquet may be mixed, and a fault names its own file."""
    monkeypatch.setattr(actuals, "LARGE", 0)
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
    assert "pip install pyarrow" in run.err


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
    assert (run.code, "pip install pyarrow" in run.err) == (3, True)
    assert not (parquet / "result.parquet").exists()


TEXTS = st.sampled_from(
    ["花蓮縣", "a", "b ", "'-A", "=1", '"a"', '"a, b"', '"a""b"', '"a\nb"', '"a"b', 'a"b', '"open', ""]
)
YEARS = st.sampled_from(["2020", "2021", "2022", " 2023", "109", "民國110", "0x7E8", "2024.0", "20", ""])
ODD_VALUES = [
    "5.", "007", "5e-50", ".5", "-0", "-0.5", "+5", "1,5", '"1,234"', "約 5", "近 50", "5 %", "nan", "", " 7 ", "6.5 p",
    "7 (b)", "8 be", "-", "…", "x", "(5)", "70,1", "1.234", "0,125", "1’234", "5 [4-6]", "5 d", "5(1-6月)",
]  # fmt: skip
VALUES = st.one_of(
    st.sampled_from(ODD_VALUES),
    st.decimals(-1000, 1000, places=3).map(str),
    st.floats(0, 1e6).map(repr),
    st.integers(0, 10**18).map(str),
)
UNITS = st.sampled_from(["人", "萬人", "千人", "%", "fraction", "元", "", "％"])
ROW = st.tuples(
    st.sampled_from(["jobs", "jobs", "share", "Jobs", "jos", ""]), YEARS, VALUES, UNITS, TEXTS,
    st.sampled_from(["", "A", "E", "F", "預估", "Z"]), st.sampled_from(["", "", "upper", "over"]), TEXTS,
)  # fmt: skip
GOOD_ROW = st.tuples(
    st.sampled_from(["jobs"]), st.integers(2000, 2025).map(str),
    st.one_of(st.floats(0, 1e6).map(repr), st.integers(0, 10**9).map(str)), st.sampled_from(["人", "萬人", "千人"]),
    st.sampled_from(["a", "b ", "'-A", '"a, b"']), st.sampled_from(["", "A", "E", "F", "預估", "50%", "0.5", "2020"]),
    st.sampled_from(["", "upper"]), st.sampled_from(["", "n", '"a\nb"', "5", "5 萬人"]),
)  # fmt: skip
HEADERS = st.sampled_from(
    [
        "indicator,year,value,unit,area,obs_status,bound,note",
        "指標,年度,value(%),單位,AREA,flag,bound,colour",
        "indicator,year,target,unit,area,attainment,bound,value",
        "indicator,target,value,unit,area,year,bound,attainment",
        "指標,年度,實績,單位,area,達成率,bound,目標值(萬人)",
        "area,indicator,year,value,unit",
    ]
)


@given(
    HEADERS,
    st.one_of(st.lists(ROW, min_size=1, max_size=5), st.lists(GOOD_ROW, min_size=1, max_size=12)),
    st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\n,,,,,,,\n"]),
    st.sampled_from([b"", b"\0", b"\xff", b"\xef\xbb\xbf"]),
    st.sampled_from([",", ",", ";", "\t"]),
    st.sampled_from(
        [ReadingOptions(), ReadingOptions(missing=("7", "-0.5"), zero=("-",), decimal=",", accounting=True)]
    ),
)
def test_any_table_is_the_same_small_and_large(
    tmp_path_factory: pytest.TempPathFactory,
    header: str,
    rows: list[tuple[str, ...]],
    ending: str,
    mark: bytes,
    delimiter: str,
    options: ReadingOptions,
) -> None:
    folder = tmp_path_factory.mktemp("table")
    (folder / "targets.toml").write_text(plan_text(INDICATORS, dimensions=["area"]), encoding="utf-8")
    plan = library.read_plan(folder / "targets.toml")
    width = header.count(",") + 1
    cells = [(row[4], *row) if width < len(row) else row for row in rows]
    lines = [header.replace(",", delimiter), *(delimiter.join(row[:width]) for row in cells), ""]
    content = ending.join(lines).encode()
    path = folder / "all.csv"
    path.write_bytes(mark + content if mark.startswith(b"\xef") else content + mark)
    found, whole = [], Lines.read
    for large in (1 << 30, 0):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(actuals, "LARGE", large)
            # A few lines, so that there are several.
            patch.setattr("smartkpi.readers.text_rows._SPAN", 150)
            patch.setattr(Lines, "read", lambda lines, size: whole(lines, min(size, 170)))
            found.append(actuals.read([NamedFile(path, "all.csv")], plan, options))
    small, large_one = found
    for name in ("faults", "remarks"):
        assert [each.message() for each in getattr(large_one, name)] == [
            each.message() for each in getattr(small, name)
        ]
    assert large_one.observations.records() == small.observations.records()


PLAIN_NUMBER = r"-?(0|[1-9][0-9]{0,30})(\.[0-9]{1,30})?$"
NUMBERS = st.sampled_from(
    ["0", "-0", "0.50", "-7.0", "12", "1.25", "9" * 31, "0." + "1" * 31, "00", "0.", "-.5", "1e5", "nan"]
)


@given(
    st.lists(st.none() | NUMBERS | st.text("01.-", min_size=1, max_size=5), max_size=5),
    st.integers(0, 2),
    st.integers(0, 7),
)
def test_numbers_of_a_column_are_plain_where_a_regular_expression_says_so(
    cells: list[str | None], first: int, after: int
) -> None:
    import pyarrow as pa

    from smartkpi.readers.plain_numbers import plain_numbers

    texts = ["x", "1", *cells]
    column = pa.chunked_array([pa.array(texts[:after], pa.string()), pa.array(texts, pa.string())[after:]])[first:]
    plain = [text if re.match(PLAIN_NUMBER, text or "") else None for text in texts[first:]]
    number, half_step = plain_numbers(column)
    assert [None if np.isnan(each) else each for each in number] == [text and float(text) + 0.0 for text in plain]
    assert half_step.tolist() == [raw.half_step(text) if text else 0.0 for text in plain]


@pytest.mark.parametrize("codes", [[0, 0, 1, 2, 1], [-1, 0, -1, 1], [1, 0], [0, 2, 1], [0, 1, 0], []])
def test_values_come_in_the_order_in_which_they_first_occur(codes: list[int]) -> None:
    values = ["a", "b", "c"]
    found = raw.in_order(np.array(codes, dtype=np.int32), values)
    assert [found.values[code] if code >= 0 else None for code in found.codes] == [
        values[code] if code >= 0 else None for code in codes
    ]
    own = list(dict.fromkeys(values[code] for code in codes if code >= 0))
    assert list(found.values) == [*own, *(value for value in values if value not in own)]
