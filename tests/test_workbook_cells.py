"""Cells of workbooks as another reader has them, and number formats as Excel shows them."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import python_calamine
import xlsxwriter
import xlwt
from conftest import plan_text
from hypothesis import given
from hypothesis import strategies as st

import smartkpi as library
from smartkpi.errors import Fault
from smartkpi.readers import workbook
from smartkpi.readers.workbook.cells import percent_text
from smartkpi.readers.workbook.formats import Format, built_in, format_of

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=20)
NUMBERS = st.one_of(st.integers(-(10**9), 10**9), st.floats(-1e300, 1e300))
DATES = st.dates(datetime.date(1900, 3, 1), datetime.date(9999, 12, 31))
ROWS = st.lists(
    st.lists(st.one_of(TEXTS, NUMBERS, DATES, st.booleans(), st.none()), min_size=1, max_size=5), max_size=6
)


def openpyxl_book(rows: Sequence[Sequence[Any]]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"  # also where it begins as a formula does
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def xlsxwriter_book(rows: Sequence[Sequence[Any]]) -> bytes:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet, date = book.add_worksheet(), book.add_format({"num_format": "yyyy/m/d"})
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, bool):
                sheet.write_boolean(number, column, value)
            elif isinstance(value, str):
                sheet.write_string(number, column, value)
            elif isinstance(value, datetime.date):
                sheet.write_datetime(number, column, value, date)
            elif value is not None:
                sheet.write_number(number, column, value)
    book.close()
    return content.getvalue()


def xls_book(rows: Sequence[Sequence[Any]]) -> bytes:
    book = xlwt.Workbook()
    sheet, date = book.add_sheet("S"), xlwt.easyxf(num_format_str="yyyy/m/d")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(number, column, value, *([date] if isinstance(value, datetime.date) else []))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def text_of(cell: Any) -> str:
    """Return what calamine has read as the text that a cell is given out as."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return cell.isoformat() if isinstance(cell, (datetime.date, datetime.time)) else str(cell).strip()


def read(content: bytes) -> list[list[str]]:
    faults: list[Fault] = []
    sheets = workbook.read(content, "a", faults, [], ["1"])
    assert {fault.key for fault in faults} <= {"empty_file"}, faults
    return [row.cells for sheet in sheets for row in (sheet.header, *sheet.rows)]


def trimmed(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Leave out what is empty around the cells."""
    found = [list(row) for row in rows if any(row)]
    width = max((column + 1 for row in found for column, cell in enumerate(row) if cell), default=0)
    return [(row + [""] * width)[:width] for row in found]


@pytest.mark.parametrize("write", [openpyxl_book, xlsxwriter_book, xls_book])
@given(rows=ROWS)
def test_cells_are_what_calamine_reads(
    write: Callable[[Sequence[Sequence[Any]]], bytes], rows: list[list[Any]]
) -> None:
    content = write(rows)
    sheet = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0)
    theirs = [[text_of(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    assert trimmed(read(content)) == trimmed(theirs)


def test_a_text_over_several_records_of_an_xls() -> None:
    rows = [[f"{'經濟' * 2000}{number}", f"{'ab' * 2000}{number}"] for number in range(9)]
    assert read(xls_book(rows)) == rows


SHOWN = {
    "General": Format(),
    "@": Format(),
    "0": Format(decimals=0, is_plain=True),
    "#,##0.00": Format(decimals=2, is_plain=True),
    "0.0#": Format(is_plain=True),
    "0%": Format(percent_signs=1, decimals=0),
    "0.0 %": Format(percent_signs=1, decimals=1),
    '0.0"%"': Format(decimals=1),
    "#,##0,": Format(thousands=1, decimals=0),
    "0.0,,": Format(thousands=2, decimals=1),
    "#,##0,.0": Format(thousands=1, decimals=1),
    '0.0,"k"': Format(thousands=1, decimals=1, multiple="k"),
    '#,##0" 千人"': Format(decimals=0, is_plain=True, multiple="千人"),
    '0"年度"': Format(decimals=0, is_plain=True),
    '0.0 "million"': Format(decimals=1, is_plain=True, multiple="million"),
    '0"百分點"': Format(decimals=0, is_plain=True),
    "#,##0_);(#,##0)": Format(decimals=0, is_plain=True),
    '0" *"': Format(decimals=0, is_plain=True),
    "[Red]0.0;-0.0": Format(decimals=1, is_plain=True),
    "[$-404]e/m/d": Format(is_date=True),
    "yyyy": Format(is_date=True, is_year=True),
    "[h]:mm": Format(is_duration=True),
    "0.00E+00": Format(is_plain=True),
    "# ?/?": Format(),
    "_-* #,##0.0_-": Format(decimals=1, is_plain=True),
    "\\d0": Format(decimals=0, is_plain=True),
    ";;;": Format(),
}


@pytest.mark.parametrize(("code", "shown"), SHOWN.items(), ids=SHOWN)
def test_what_a_format_shows(code: str, shown: Format) -> None:
    assert format_of(code, 5.0) == shown


SECTIONS = {
    "0%;0;0.0": {1.0: 1, -1.0: 0, 0.0: 0},
    "0;0%": {1.0: 0, -1.0: 1, 0.0: 0},
    "[<=1]0%;0": {0.5: 1, 1.0: 1, 1.5: 0},
    "[>1]0;0%": {0.5: 1, 2.0: 0},
    "[<>5]0%": {5.0: 1, 4.0: 1},
}


@pytest.mark.parametrize(("code", "percent"), SECTIONS.items(), ids=SECTIONS)
def test_the_part_of_a_format_that_counts(code: str, percent: dict[float, int]) -> None:
    assert {number: format_of(code, number).percent_signs for number in percent} == percent


@given(st.text(st.sampled_from('0#?.,;%"\\[]<>=-eEdmyhsG@*_ /5x'), max_size=30), st.floats(allow_nan=False))
def test_any_code_is_read(code: str, number: float) -> None:
    assert isinstance(format_of(code, number), Format)


def test_formats_without_a_code() -> None:
    assert [built_in(number) for number in (0, 1, 10, 14, 999)] == ["General", "0", "0.00%", "yyyy/m/d", "General"]


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_percentage_is_a_hundred_times_what_is_stored(number: float) -> None:
    sign = percent_text(number)[-1]
    assert (Decimal(percent_text(number)[:-1]), sign) == (Decimal(repr(number)).scaleb(2), "%")


@pytest.mark.parametrize(
    ("code", "unit", "found"),
    [
        ('#,##0" 千人"', "千人", 820_000.0),
        ('#,##0" 千人"', "人", None),
        ('#,##0" k"', "人", 820_000.0),
        ('#,##0"人"', "千人", 820_000.0),
        ("#,##0", "千人", 820_000.0),
    ],
)
def test_a_multiple_that_only_the_format_shows_counts_as_shown(
    tmp_path: Path, code: str, unit: str, found: float | None
) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["indicator", "year", "value", "unit"])
    sheet.write_row(1, 0, ["x", 2022, None, unit])
    sheet.write_number(1, 2, 820, book.add_format({"num_format": code}))
    book.close()
    (tmp_path / "t.toml").write_text(plan_text({"x": {"unit": "人", "target": 9}}), encoding="utf-8")
    plan = library.read_plan(tmp_path / "t.toml")
    if found is None:
        with pytest.raises(library.DataError, match=r"a\.xlsx\[Sheet1\]!C2: '820"):
            library.read_actuals(tmp_path / "a.xlsx", plan)
    else:
        assert library.read_actuals(tmp_path / "a.xlsx", plan)["value"].tolist() == [found]
