"""What a workbook shows otherwise than it holds it: formats that multiply, hidden cells, formulas without a result."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
import xlwt
from conftest import plan_text

import smartkpi as library
from smartkpi.readers import actuals
from smartkpi.readers.actuals import Reading
from smartkpi.readers.named_files import NamedFile

HEADER = ["indicator", "year", "value", "unit"]
INDICATORS = {
    "share": {"unit": "%", "target": 90},
    "people": {"unit": "人", "target": 9e6},
    "eur": {"unit": "EUR", "target": 9e9},
}
NAME = "urn:oasis:names:tc:opendocument:xmlns"


def read(folder: Path, content: bytes, name: str = "a.xlsx") -> Reading:
    (folder / "targets.toml").write_text(plan_text(INDICATORS), encoding="utf-8")
    (folder / name).write_bytes(content)
    return actuals.read([NamedFile(folder / name, name)], library.read_plan(folder / "targets.toml"))


def ods(styles: str, row: list[Any], attributes: str = "", columns: str = "") -> bytes:
    """Return a workbook whose value has the style ``c``."""
    rows = "".join(
        f"<table:table-row{extra}>{''.join(map(cell, each))}</table:table-row>"
        for each, extra in ((HEADER, ""), (row, attributes))
    )
    styles += '<style:style style:name="c" style:family="table-cell" style:data-style-name="N1"/>'
    spaces = " ".join(
        f'xmlns:{short}="{NAME}:{long}:1.0"'
        for short, long in (
            ("office", "office"),
            ("table", "table"),
            ("text", "text"),
            ("style", "style"),
            ("number", "datastyle"),
        )
    )
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        parts.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
            f'<office:body><office:spreadsheet><table:table table:name="t">{columns}{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return content.getvalue()


def cell(value: Any) -> str:
    if isinstance(value, str):
        return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
    style = ' table:style-name="c"' * (value != 2022)
    return f'<table:table-cell{style} office:value-type="float" office:value="{value}"/>'


DIGITS = '<number:number number:decimal-places="1" number:min-decimal-places="1" number:min-integer-digits="1"{}/>'
PLAIN = f'<number:number-style style:name="{{}}">{DIGITS.format("")}{{}}</number:number-style>'
PERCENT = PLAIN.replace("number-style", "percentage-style").format("{}", "<number:text>%</number:text>")
MAPPED = '<style:map style:condition="value()&gt;=0" style:apply-style-name="N1P0"/>'


@pytest.mark.parametrize(
    ("style", "row", "found"),
    [
        (PERCENT.format("N1"), ["share", 2022, 0.741, "%"], 74.1),
        (PLAIN.format("N1", "<number:text> 千人</number:text>"), ["people", 2022, 820.5, "千人"], 820_500),
        (PLAIN.format("N1", "<number:text> Tsd. </number:text>"), ["people", 2022, 820.5, "人"], 820_500),
        (PLAIN.format("N1", "<number:text> Mio. €</number:text>"), ["eur", 2022, 1.5, "Mio. EUR"], 1.5e6),
        (PLAIN.format("N1", "<number:text> 人</number:text>"), ["people", 2022, 820.5, "千人"], 820_500),
        (PERCENT.format("N1P0") + PLAIN.format("N1", MAPPED), ["share", 2022, 0.741, "%"], 74.1),
    ],
)  # fmt: skip
def test_a_format_of_an_ods_counts_as_shown(tmp_path: Path, style: str, row: list[Any], found: float) -> None:
    reading = read(tmp_path, ods(style, row), "a.ods")
    assert not reading.faults, [fault.message() for fault in reading.faults]
    assert [each.value for each in reading.observations.records()] == [found]


@pytest.mark.parametrize(
    ("style", "row", "key"),
    [
        (PLAIN.format("N1", "").replace(DIGITS.format(""), DIGITS.format(' number:display-factor="1000"')),
         ["people", 2022, 820_500, "人"], "scaled_cell"),
        (PLAIN.format("N1", '<number:text>"%"</number:text>'), ["share", 2022, 0.7, "%"], "percent_cell"),
        (PLAIN.format("N1", "<number:text> 千人</number:text>"), ["people", 2022, 820.5, "人"], "two_units"),
    ],
)  # fmt: skip
def test_a_format_of_an_ods_that_leaves_it_open(tmp_path: Path, style: str, row: list[Any], key: str) -> None:
    assert [fault.key for fault in read(tmp_path, ods(style, row), "a.ods").faults] == [key]


def test_a_number_style_with_more_conditions_than_anybody_writes(tmp_path: Path) -> None:
    row = ["share", 2022, 0.741, "%"]
    styles = [PERCENT.format("N1P0") + PLAIN.format("N1", MAPPED * number) for number in (20, 21)]
    assert not read(tmp_path, ods(styles[0], row), "a.ods").faults
    (fault,) = read(tmp_path, ods(styles[1], row), "b.ods").faults
    assert fault.text() == "cannot be read as a workbook: a number style has more than 20 conditions"


def hidden_xlsx(row: bool, column: bool) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for each in (HEADER, ["share", 2021, 70, "%"], ["share", 2022, 74, "%"]):
        sheet.append(each)
    sheet.row_dimensions[2].hidden = row
    sheet.column_dimensions["D"].hidden = column
    sheet.column_dimensions["Z"].hidden = True  # it has no cells
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def hidden_xls(row: bool, column: bool) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet")
    rows: list[list[Any]] = [list(HEADER), ["share", 2021, 70, "%"], ["share", 2022, 74, "%"]]
    for number, each in enumerate(rows):
        for place, value in enumerate(each):
            sheet.write(number, place, value)
    sheet.row(1).hidden = row
    sheet.col(3).hidden = column
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize("make", [hidden_xlsx, hidden_xls])
@pytest.mark.parametrize(
    ("row", "column", "names"), [(True, False, "2"), (False, True, "D"), (True, True, "2, D"), (False, False, "")]
)
def test_what_is_hidden_is_read_with_a_remark(tmp_path: Path, make: Any, row: bool, column: bool, names: str) -> None:
    reading = read(tmp_path, make(row, column), "a.xlsx")
    assert [(each.year, each.value) for each in reading.observations.records()] == [(2021, 70), (2022, 74)]
    assert [each.details["names"] for each in reading.remarks if each.key == "hidden_cells"] == [names] * bool(names)


def test_what_is_hidden_in_an_ods(tmp_path: Path) -> None:
    columns = '<table:table-column table:number-columns-repeated="3"/><table:table-column table:visibility="collapse"/>'
    content = ods(PLAIN.format("N1", ""), ["share", 2022, 74.1, "%"], ' table:visibility="filter"', columns)
    (remark,) = read(tmp_path, content, "a.ods").remarks
    assert (remark.key, remark.details["names"]) == ("hidden_cells", "2, D")


def test_a_formula_without_a_result_is_refused_with_the_cure(tmp_path: Path) -> None:
    """XlsxWriter leaves 0 where the formula's result should be, openpyxl nothing."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADER)
    sheet.write_row(1, 0, ["share", 2022])
    sheet.write_formula(1, 2, "=G7*10")
    sheet.write_string(1, 3, "%")
    book.close()
    other = openpyxl.Workbook()
    other.worksheets[0].append(HEADER)
    other.worksheets[0].append(["share", 2022, "=G7*10", "%"])
    written = io.BytesIO()
    other.save(written)
    for each in (content, written):
        (fault,) = read(tmp_path, each.getvalue()).faults
        assert "C2: '=G7*10' is a formula that no program has calculated yet" in fault.message()
        assert "save it again" in fault.cure()


def test_a_result_of_zero_counts_where_a_program_calculated_it(tmp_path: Path) -> None:
    content = hidden_xlsx(False, False)
    parts = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(parts, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "xl/workbook.xml":
                text = text.replace(b' fullCalcOnLoad="1"', b"")
            new.writestr(name, text.replace(b"<v>74</v>", b"<f>1-1</f><v>0</v>"))
    assert [each.value for each in read(tmp_path, parts.getvalue()).observations.records()] == [70, 0]


@pytest.mark.parametrize(
    ("code", "is_read"), [("yyyy", True), ('yyyy"年"', True), ("yyyy-mm", False), ("d.m.yyyy", False)]
)
def test_a_date_that_shows_its_year_is_that_year(tmp_path: Path, code: str, is_read: bool) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["indicator", "unit", datetime.date(2021, 1, 1), datetime.date(2022, 1, 1)])
    sheet.append(["share", "%", 70.1, 70.4])
    sheet["C1"].number_format = sheet["D1"].number_format = code
    content = io.BytesIO()
    book.save(content)
    reading = read(tmp_path, content.getvalue())
    assert bool(reading.faults) != is_read
    found = [(each.year, each.value) for each in reading.observations.records()]
    assert found == ([(2021, 70.1), (2022, 70.4)] if is_read else [])
