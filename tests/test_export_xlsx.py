"""smartkpi export --to xlsx: what openpyxl and smartkpi itself read back, and what people see."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import MakeData, Run, start
from exportable import PLANS, data_options, hard_data, status
from hypothesis import given
from hypothesis import strategies as st

from smartkpi.errors import Fault
from smartkpi.model import Plan
from smartkpi.model.codes import RuleName
from smartkpi.model.columns import ColumnKind
from smartkpi.model.table import Table
from smartkpi.readers import workbook as workbooks
from smartkpi.render import xlsx
from smartkpi.text import printable

SHEETS = ["overview", "status", "project", "observations", "indicators", "targets", "columns"]


@pytest.fixture(params=PLANS)
def data(request: pytest.FixtureRequest, make_data: MakeData) -> list[object]:
    return data_options(request.param, make_data)


@pytest.fixture
def book(smartkpi: Run, data: list[object], tmp_path: Path) -> Any:
    """Return the workbook as openpyxl reads it."""
    path = tmp_path / "out.xlsx"
    assert smartkpi("export", "-q", *data, "--to", "xlsx", path).err == ""
    return openpyxl.load_workbook(path)


def rows_of(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]


def written(smartkpi: Run, *arguments: object) -> tuple[list[str], list[list[str]]]:
    header, *rows = csv.reader(io.StringIO(smartkpi(*arguments).out))
    return header, rows


def read(text: str, found: Any) -> Any:
    """Return a cell of CSV as the type that the workbook has there."""
    if text == "":
        return None
    return {"true": True, "false": False}[text] if isinstance(found, bool) else type(found)(text)


@pytest.mark.parametrize("name", ["status", "project", "observations"])
def test_openpyxl_reads_the_same_numbers_and_types(smartkpi: Run, data: list[object], book: Any, name: str) -> None:
    command = ["export"] if name == "observations" else [name, "--level", "all", "-f", "csv"]
    header, rows = written(smartkpi, *command, *data)
    assert [cell.value for cell in book[name][1]] == header
    found = rows_of(book[name])
    assert len(found) == len(rows) > 0
    for expected, cells in zip(rows, found, strict=True):
        assert [read(text, cell) for text, cell in zip(expected, cells, strict=True)] == cells
    typed = {type(cell) for row in found for cell in row}
    assert typed <= {str, int, float, bool, type(None)}


def test_it_reads_back_to_the_same_bytes(smartkpi: Run, data: list[object], book: Any, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    assert status(smartkpi, *data, "-a", path) == status(smartkpi, *data)
    assert smartkpi("export", *data, "-a", path).out == smartkpi("export", *data).out
    again, once_more = tmp_path / "again.xlsx", tmp_path / "once_more.xlsx"
    smartkpi("export", *data, "-a", path, "--to", "xlsx", again)
    smartkpi("export", *data, "-a", again, "--to", "xlsx", once_more)
    assert once_more.read_bytes() == again.read_bytes()


def test_the_plan_is_there(smartkpi: Run, make_data: MakeData, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    smartkpi("export", "--data", hard_data(make_data), "--to", "xlsx", path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == SHEETS
    money, *_, unseen = rows_of(book["indicators"])
    assert money[:5] == ["money", "money", None, "one", "One"]
    assert money[9:14] == [2030, 6.5, None, None, None]
    assert unseen[1:3] == [None, "未見"]
    assert [row for row in rows_of(book["targets"]) if row[0] == "money"] == [
        ["money", None, 2024, 6.3, "兆元", "milestone", *[None] * 4],
        ["money", None, 2030, 6.5, "兆元", "target", *[None] * 4],
        ["money", "=east", 2028, 8, "兆元", "series", *[None] * 4],
    ]


def test_the_first_sheet_is_for_people(smartkpi: Run, tmp_path: Path) -> None:
    smartkpi("status", "--lang", "zh-TW", "-o", tmp_path / "status.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "status.xlsx").worksheets[0]
    rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    assert rows[:3] == [
        ["智慧國家方案(2021-2025年)"],
        ["截至 2022 年底的情形"],
        ["2022 年：6 項中 4 項符合進度（4 項佐證有限，1 項其他規則判定不同），2 項無法判定"],
    ]
    heading, first = rows[4:6]
    assert heading == ["指標", "實際值", "目標值", "達成率", "每年所需成長率", "每年所需變化量", "進展比", "狀態"]
    assert first[:4] == ["數位經濟規模", "6.2 兆元（2022，估計值）", "6.5 兆元（2025）", "95.4%"]
    assert sheet.cell(6, 8).fill.fgColor.rgb != sheet.cell(6, 1).fill.fgColor.rgb  # in the colour of its status
    assert ["資料來源"] in rows
    assert any("智慧國家方案(2021-2025年) 2022年階段成果報告" in row[0] for row in rows[12:] if row)


def test_every_column_is_documented(book: Any) -> None:
    described = [(row[0], row[1]) for row in rows_of(book["columns"])]
    assert described == [(name, cell.value) for name in SHEETS[1:-1] for cell in book[name][1]]
    assert all(row[2] and row[4] for row in rows_of(book["columns"]))
    units = {(row[0], row[1]): row[3] for row in rows_of(book["columns"])}
    assert units["status", "attainment_pct"] == "%"
    assert units["observations", "value"] == "as in the column unit"


def test_the_documentation_speaks_the_language_asked_for_and_no_other(smartkpi: Run, tmp_path: Path) -> None:
    smartkpi("export", "--to", "xlsx", tmp_path / "zh.xlsx", "--lang", "zh-TW")
    book = openpyxl.load_workbook(tmp_path / "zh.xlsx")
    assert book.sheetnames == ["總覽", *SHEETS[1:-1], "欄位說明"]
    assert book.properties.title == "智慧國家方案(2021-2025年)"
    assert rows_of(book["欄位說明"])[0] == ["status", "indicator", "string", None, "計畫中的指標代碼"]
    assert [cell.value for cell in book["status"][1]][:2] == ["indicator", "title"]


FORMATS = {
    ("status", "year"): "0",
    ("status", "actual"): "#,##0.0",
    ("status", "attainment_pct"): "#,##0.0",
    ("status", "pace"): "#,##0.00",
    ("status", "required_change"): "#,##0.0",
    ("project", "held"): "#,##0.0",
    ("observations", "value"): "#,##0.0",
    ("indicators", "target"): "#,##0.0",
    ("indicators", "decimals"): "#,##0",
    ("targets", "target_year"): "0",
}


def test_how_numbers_are_shown(smartkpi: Run, tmp_path: Path) -> None:
    smartkpi("export", "--to", "xlsx", tmp_path / "out.xlsx", "-k", "digital_economy_size")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    shown = {
        (sheet.title, heading.value): cell.number_format
        for sheet in book
        for heading, cell in zip(sheet[1], sheet[2], strict=True)
    }
    assert {key: shown[key] for key in FORMATS} == FORMATS


def test_no_number_is_shown_as_a_percentage_or_as_excel_likes(book: Any) -> None:
    formats = {
        cell.number_format
        for sheet in book
        for row in sheet.iter_rows(min_row=2)
        for cell in row
        if type(cell.value) in (int, float)
    }
    assert formats
    assert not [each for each in formats if "%" in each or each == "General"]


@pytest.mark.parametrize(
    ("value", "shown"), [("123456789012", "123,456,789,012"), ("1e20", "1.00E+20"), ("0.00012345", None)]
)
def test_columns_are_as_wide_as_their_numbers(
    smartkpi: Run, make_data: MakeData, value: str, shown: str | None
) -> None:
    folder = make_data({"x": {}}, [f"x,2020,{value},count"])
    smartkpi("export", "--data", folder, "--to", "xlsx", folder / "out.xlsx")
    sheet = openpyxl.load_workbook(folder / "out.xlsx")["observations"]
    assert sheet["C2"].value == float(value)
    assert sheet.column_dimensions["C"].width > len(shown or value)
    assert sheet["C2"].number_format == {None: "#,##0.00000000", "1.00E+20": "0.00E+00"}.get(shown, "#,##0")


def test_what_helps_to_read(book: Any) -> None:
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert all(8 <= column.width <= 61 for column in sheet.column_dimensions.values())
        assert sheet.print_title_rows == "$1:$1"
    (area,) = [each for each in book["status"].conditional_formatting if each.rules]
    assert [rule.formula for rule in area.rules] == [
        [f'"{word}"']
        for word in ("undetermined", "achieved", "missed", "on_track", "lagging", "off_track", "reversing")
    ]
    assert {rule.dxf.fill.bgColor.rgb for rule in area.rules} >= {"FFE1F4DC", "FFFDE6E2"}


def test_text_is_text_and_never_runs(smartkpi: Run, make_data: MakeData, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    smartkpi("export", "--data", hard_data(make_data), "--to", "xlsx", path)
    book = openpyxl.load_workbook(path)
    cells = {cell.value: cell for sheet in book for row in sheet.iter_rows() for cell in row}
    for text in ("=east", "=1+1", "@x", "<b>", "001", "http://example.org", "mailto:a@example.org"):
        assert cells[text].data_type == "s"
        assert cells[text].hyperlink is None
    with zipfile.ZipFile(path) as parts:
        assert not [name for name in parts.namelist() if "rels" in name and "sheet" in name]
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist())


def read_back(kind: ColumnKind, values: Sequence[object]) -> tuple[list[Any], list[str]]:
    """Return the cells of a column as openpyxl and as the reader of actuals see them."""
    plan = Plan("p", {"en": "P"}, {}, {}, {})
    content = xlsx.render({"targets": Table.from_cells("targets", {"target": kind}, {"target": values}, plan)})
    cells = [row[0] for row in rows_of(openpyxl.load_workbook(io.BytesIO(content)).worksheets[0])]
    faults: list[Fault] = []
    (sheet,) = workbooks.read(content, "a.xlsx", faults, [], ["targets"])
    return cells, [row.cells[0] for row in sheet.rows]


@pytest.mark.parametrize(
    "text",
    ["<r>x</r>", "<r></r>", "<r><t>x</t></r>", "<r>&amp;</r>", "<r>_x0041_</r>", "<r> x </r>", "<si>x</si>", "<r>x"],
)
def test_text_that_looks_like_xml_is_text(text: str) -> None:
    cells, texts = read_back("text", [text, "y"])
    assert (cells, texts) == ([text, "y"], [text, "y"])


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=100))
def test_every_double_reads_back(values: list[float]) -> None:
    cells, texts = read_back("number", values)
    assert cells == values
    assert list(map(float, texts)) == values


@given(st.lists(st.text(min_size=1).filter(lambda text: printable(text).strip()), min_size=1, max_size=50))
def test_every_text_reads_back_as_it_is_printed_elsewhere(values: list[str]) -> None:
    cells, texts = read_back("text", values)
    assert texts == [printable(value).strip() for value in values]
    # openpyxl undoes only some of the escapes that XlsxWriter and Excel put before what looks like one.
    plain = [(cell, value) for cell, value in zip(cells, values, strict=True) if "_x" not in value]
    assert [cell for cell, _ in plain] == [printable(value) for _, value in plain]


def test_a_text_that_a_cell_cannot_hold_is_refused(smartkpi: Run, make_data: MakeData) -> None:
    folder = make_data({"x": {}}, ["x,2020,5,count," + "字" * 32_768], header="indicator,year,value,unit,note")
    path = folder / "out.xlsx"
    path.write_text("old")
    run = smartkpi("export", "--data", folder, "--to", "xlsx", path)
    assert run.code == 3
    assert "sheet observations, row 2: note has 32,768 characters, a cell of Excel holds 32,767" in run.err
    assert path.read_text() == "old"
    (folder / "actuals" / "all.csv").write_text(
        "indicator,year,value,unit,note\nx,2020,5,count," + "字" * 32_767, encoding="utf-8"
    )
    assert smartkpi("export", "--data", folder, "--to", "xlsx", path).code == 0
    assert smartkpi("export", "--data", folder, "-a", path).out == smartkpi("export", "--data", folder).out


@pytest.mark.parametrize("year", [2021, 2022])
def test_results_of_a_year_and_of_every_rule(smartkpi: Run, tmp_path: Path, year: int) -> None:
    path = tmp_path / "out.xlsx"
    options = ["--rule", "all", "--year", str(year), "--level", "headline"]
    assert smartkpi("export", "--to", "xlsx", path, *options).code == 0
    book = openpyxl.load_workbook(path)
    header, rows = written(smartkpi, "status", "-f", "csv", *options)
    assert [cell.value for cell in book["status"][1]] == header
    column = header.index("agreement")
    assert [read(row[column], True) for row in rows] == [row[column] for row in rows_of(book["status"])]
    assert len(book["status"].conditional_formatting) == 1 + len(RuleName)
    _, projected = written(smartkpi, "project", "-f", "csv", "--as-of", year)
    assert [float(row[7]) if row[7] else None for row in projected] == [row[7] for row in rows_of(book["project"])]


def test_a_plan_without_observations_of_its_indicators(smartkpi: Run, make_data: MakeData) -> None:
    folder = make_data({"x": {}, "y": {}}, ["y,2020,5,count"])
    path = folder / "out.xlsx"
    assert smartkpi("export", "--data", folder, "-k", "x", "--to", "xlsx", path).code == 0
    book = openpyxl.load_workbook(path)
    assert rows_of(book["observations"]) == []
    assert rows_of(book["status"])[0][0] == "x"


@pytest.mark.slow
def test_the_bytes_depend_on_nothing_around(tmp_path: Path) -> None:
    plain = start("export", "--to", "xlsx", "-").stdout
    other = {"LANG": "zh_TW.UTF-8", "TZ": "Asia/Taipei", "PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "1"}
    assert start("export", "--to", "xlsx", "-", cwd=tmp_path, env=other).stdout == plain
    with zipfile.ZipFile(io.BytesIO(plain)) as parts:
        assert {part.date_time[0] for part in parts.infolist()} == {1980}
        assert b"1980-01-01T00:00:00Z" in parts.read("docProps/core.xml")
