"""Each option of reading in each command that reads, on small and large text, and as an argument of `read_actuals`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
from conftest import MakeData, Run

import smartkpi as library
from smartkpi.model.reading import DECLARATIONS

COMMANDS = (
    ("status",), ("project",), ("trend", "x"), ("check",), ("explain", "x"), ("report", "-k", "x"), ("brief",),
    ("export",), ("validate",), ("template", "--year", "2025"),
)  # fmt: skip


class Case(NamedTuple):
    """A file that is not read, or read otherwise, without an option, and what is read with it."""

    text: str | bytes
    options: tuple[str, ...]
    arguments: Mapping[str, Any]
    read: tuple[tuple[int, float | None], ...]
    """Years and values."""
    otherwise: tuple[tuple[int, float | None], ...] = ()
    """Without the option; none where the file is then refused."""


HEADER = "indicator,year,value,unit\n"
CASES: Mapping[str, Case] = {
    "decimal": Case(
        "indicator;year;value;unit\nx;2020;1,234;count\n", ("--decimal", ","), {"decimal": ","}, ((2020, 1.234),)
    ),
    "missing": Case(
        f"{HEADER}x,2020,5,count\nx,2021,later,count\n",
        ("--missing", "later"),
        {"missing": "later"},
        ((2020, 5), (2021, None)),
    ),
    "zero": Case(
        f"{HEADER}x,2020,5,count\nx,2021,-,count\n",
        ("--zero", "-"),
        {"zero": ["-"]},
        ((2020, 5), (2021, 0)),
        ((2020, 5), (2021, None)),
    ),
    "accounting": Case(f"{HEADER}x,2020,(5),count\n", ("--accounting",), {"accounting": True}, ((2020, -5),)),
    "units_from_plan": Case(
        "indicator,year,value\nx,2020,5\n", ("--units-from-plan",), {"units_from_plan": True}, ((2020, 5),)
    ),
    "fiscal_year": Case(f"{HEADER}x,2020/21,5,count\n", ("--fiscal-year", "end"), {"fiscal_year": "end"}, ((2021, 5),)),
    "period": Case(f"{HEADER}x,2010-11,5,count\n", ("--period", "month"), {"period": "month"}, ((2010, 5),)),
    "calendar": Case(f"{HEADER}x,109,5,count\n", ("--calendar", "ce"), {"calendar": "ce"}, (), ((2020, 5),)),
    "skip_lines": Case(
        f"indicator,year,value,unit\n{HEADER}x,2020,5,count\n", ("--skip-lines", "1"), {"skip_lines": 1}, ((2020, 5),)
    ),
    "encoding": Case(
        f"{HEADER[:-1]},note\nx,2020,5,count,revisión\n".encode("latin-1"),
        ("--encoding", "latin-1"),
        {"encoding": "latin-1"},
        ((2020, 5),),
    ),
    "where": Case(
        "indicator,year,Sex,value,unit\nx,2020,,5,count\nx,2020,F,3,count\n",
        ("--where", "Sex="),
        {"where": {"Sex": ""}},
        ((2020, 5),),
    ),
}
WRONG: Mapping[str, tuple[tuple[str, ...], Mapping[str, Any], int, str]] = {
    "decimal": (("--decimal", "x"), {"decimal": "x"}, 2, ", | ."),
    "fiscal_year": (("--fiscal-year", "mid"), {"fiscal_year": "mid"}, 2, "start | end"),
    "period": (("--period", "week"), {"period": "week"}, 2, "year | month"),
    "calendar": (("--calendar", "moon"), {"calendar": "moon"}, 2, "ce | roc"),
    "encoding": (("--encoding", "klingon"), {"encoding": "klingon"}, 2, "utf-8"),
    "skip_lines": (("--skip-lines", "-1"), {"skip_lines": -1}, 2, ""),
    "where": (("--where", "Sex"), {"where": "Sex"}, 2, "area=花蓮縣"),
    "where without a name": (("--where", "=5"), {"where": "=5"}, 2, "area=花蓮縣"),
    "where of no column": (("--where", "vlaue=5"), {"where": "vlaue=5"}, 3, "value"),
}


@pytest.fixture
def folder(make_data: MakeData) -> Path:
    """Return a data folder with a plan that has quarters and months."""
    return make_data({"x": {"aggregate": "last"}}, [])


def observed(smartkpi: Run, *arguments: object) -> tuple[tuple[int, float | None], ...]:
    run = smartkpi("export", "--fields", "year,value", *arguments)
    assert run.code == 0, run.err
    rows = [line.split(",") for line in run.out.splitlines()[1:]]
    return tuple((int(year), float(value) if value else None) for year, value in rows)


def test_each_option_of_text_has_a_case() -> None:
    assert set(CASES) == {each.name for each in DECLARATIONS} - {"sheet"}


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_an_option_in_each_command(smartkpi: Run, folder: Path, name: str) -> None:
    case, path = CASES[name], folder / "actuals" / "all.csv"
    path.write_bytes(case.text if isinstance(case.text, bytes) else case.text.encode())
    is_read = bool(case.read)
    for command in COMMANDS:
        # A template of a plan without dimensions needs no actuals.
        needs_none = command[0] == "template"
        run = smartkpi(*command, "--data", folder, *case.options)
        assert (run.code in (0, 4, 5)) == (is_read or needs_none), (command, run.err)
        run = smartkpi(*command, "--data", folder)
        assert (run.code in (0, 4, 5)) == (bool(case.otherwise) or needs_none), (command, run.err)


@pytest.mark.parametrize("large", [1, 1 << 30])
@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.read and name != "period"])
def test_an_option_is_the_same_on_small_and_large_text_and_in_python(
    smartkpi: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, large: int
) -> None:
    pytest.importorskip("pyarrow")
    monkeypatch.setattr("smartkpi.readers.actuals.LARGE", large)
    case, path = CASES[name], folder / "actuals" / "all.csv"
    path.write_bytes(case.text if isinstance(case.text, bytes) else case.text.encode())
    assert observed(smartkpi, "--data", folder, *case.options) == case.read
    plan = library.read_plan(folder / "targets.toml")
    found = library.read_actuals(path, plan, **case.arguments)
    assert tuple(
        zip(found["year"], found["value"].astype(object).where(found["value"].notna(), None), strict=True)
    ) == (case.read)
    if case.otherwise:
        assert observed(smartkpi, "--data", folder) == case.otherwise


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_value_ends_with_a_cure(smartkpi: Run, folder: Path, name: str) -> None:
    options, arguments, code, cure = WRONG[name]
    path = folder / "actuals" / "all.csv"
    path.write_text(f"{HEADER}x,2020,5,count\n", encoding="utf-8")
    for command in COMMANDS:
        if command[0] == "template" and code == 3:
            continue
        run = smartkpi(*command, "--data", folder, *options)
        assert (run.code, run.out) == (code, ""), (command, run.err)
        assert cure in run.err
    with pytest.raises(library.SmartkpiError) as caught:
        library.read_actuals(path, library.read_plan(folder / "targets.toml"), **arguments)
    assert cure in str(caught.value)
    assert "--" not in str(caught.value)


@pytest.mark.slow
def test_sheets_in_each_command(smartkpi: Run, folder: Path) -> None:
    book = openpyxl.Workbook()
    for name, year in (("a", 2020), ("b", 2021)):
        sheet = book.create_sheet(name)
        for row in (["indicator", "year", "value", "unit"], ["x", year, 5, "count"]):
            sheet.append(row)
    path = folder / "actuals" / "book.xlsx"
    book.save(path)
    (folder / "actuals" / "all.csv").unlink()
    plan = library.read_plan(folder / "targets.toml")
    for command in COMMANDS[:-1]:
        assert smartkpi(*command, "--data", folder).code == 3
        for asked in (
            ("--sheet", "b"),
            ("--sheet", "a", "--sheet", "b"),
            ("--sheet", "*"),
            ("--sheet", "2", "--sheet", "3"),
        ):
            assert smartkpi(*command, "--data", folder, *asked).code in (0, 4, 5), command
    assert observed(smartkpi, "--data", folder, "--sheet", "a", "--sheet", "b") == ((2020, 5), (2021, 5))
    assert library.read_actuals(path, plan, sheet=["b"])["year"].tolist() == [2021]
    run = smartkpi("status", "--data", folder, "--sheet", "c")
    assert (run.code, "choose one of: Sheet, a, b" in run.err) == (3, True)
    with pytest.raises(library.DataError, match="choose one of: Sheet, a, b"):
        library.read_actuals(path, plan, sheet="c")


@pytest.mark.slow
def test_files_of_one_indicator_and_folders_in_each_command(smartkpi: Run, folder: Path, tmp_path: Path) -> None:
    (folder / "actuals" / "all.csv").unlink()
    path = tmp_path / "figures" / "employment.csv"
    path.parent.mkdir()
    path.write_text("year,value\n2020,5\n", encoding="utf-8")
    plan = folder / "targets.toml"
    for command in COMMANDS:
        for named in (f"x={path}", f"x={path.parent}"):
            assert smartkpi(*command, "--targets", plan, "-a", named).code in (0, 4, 5), command
    run = smartkpi("status", "--targets", plan, "-a", f"y={path}")
    assert (run.code, "an id of the plan, such as x" in run.err) == (2, True)
    assert library.read_actuals(f"x={path}", library.read_plan(plan))["value"].tolist() == [5]
    assert library.status(targets=plan, actuals=f"x={path.parent}")["actual"].tolist() == [5]
