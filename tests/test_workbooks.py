"""Workbooks: sheets, rows to skip, and cells that are no text."""

from __future__ import annotations

import datetime
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import Result, Run

HEADER = ["indicator", "year", "value", "unit"]
SIZE = ["digital_economy_size", 2022, 6.2, "兆元"]
SHARE = "broadband_2gbps_coverage"


def save(path: Path, **sheets: Sequence[Sequence[Any]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def read(smartkpi: Run, path: Path, *options: str) -> Result:
    """Run on a workbook and return what came of it, without the folder's name."""
    run = smartkpi("status", "-f", "csv", "--fields", "indicator,year,actual", "-a", path, *options)
    return run._replace(err=run.err.replace(f"{path.parent}/", ""))


def test_the_first_of_several_sheets_is_read_and_named(smartkpi: Run, tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", 資料=[HEADER, SIZE], notes=[["x"]])
    run = read(smartkpi, path)
    assert "digital_economy_size,2022,6.2\n" in run.out
    assert "a.xlsx: read the first sheet, '資料', of: 資料, notes; to read another one, name it with --sheet" in run.err
    assert "sheet" not in read(smartkpi, path, "--sheet", "資料").err


@pytest.mark.parametrize("sheet", ["data", "2"])
def test_a_sheet_by_name_or_number(smartkpi: Run, tmp_path: Path, sheet: str) -> None:
    path = save(tmp_path / "a.xlsx", cover=[["x"]], data=[HEADER, SIZE])
    assert "digital_economy_size,2022,6.2\n" in read(smartkpi, path, "--sheet", sheet).out


@pytest.mark.parametrize("sheet", ["3", "0", "date", "-1", "²", "9" * 5000])
def test_a_sheet_that_is_not_there(smartkpi: Run, tmp_path: Path, sheet: str) -> None:
    path = save(tmp_path / "a.xlsx", cover=[["x"]], data=[HEADER, SIZE])
    run = read(smartkpi, path, f"--sheet={sheet}")
    assert run.code == 3
    assert run.err.splitlines()[1] == "  choose one of: cover, data"


def test_rows_before_the_header_are_skipped_and_counted(smartkpi: Run, tmp_path: Path) -> None:
    rows: list[list[Any]] = [["表一"], [], HEADER, SIZE, ["nope", 2022, 1, "%"]]
    path = save(tmp_path / "a.xlsx", data=rows)
    assert "a.xlsx:5: unknown indicator 'nope'" in read(smartkpi, path, "--skip-lines", "2").err


CELLS = {
    "a percentage": ([SHARE, 2022, 0.586, "%"], "the number 0.586 in a workbook may be 0.586 % or a share of 1"),
    "100 %": ([SHARE, 2022, 1, "％"], "the number 1 in a workbook may be"),
    "a date": ([SHARE, datetime.date(2022, 12, 31), 58.6, "%"], "'2022-12-31' is not a year: a date"),
    "a date as value": ([SHARE, 2022, datetime.date(2022, 12, 31), "%"], "is not a value: a date or period"),
    "a time": ([SHARE, 2022, datetime.time(12, 30), "%"], "'12:30:00' is not a value"),
    "true": ([SHARE, 2022, True, "%"], "'TRUE' is not a value"),
    "half a year": ([SHARE, 2022.5, 58.6, "%"], "'2022.5' is not a year: not a whole year"),
    "a formula that only Excel calculates": ([SHARE, 2022, "=SUM(57,1.6)", "%"], "'=SUM(57,1.6)' is not a value: "),
    "an error": ([SHARE, 2022, "#N/A", "%"], "'#N/A' is not a value: not a finite number"),
    "another error": ([SHARE, 2022, "#DIV/0!", "%"], "'#DIV/0!' is not a value: not a finite number"),
}


@pytest.mark.parametrize(("row", "message"), CELLS.values(), ids=CELLS)
def test_faulty_cells(smartkpi: Run, tmp_path: Path, row: list[Any], message: str) -> None:
    run = read(smartkpi, save(tmp_path / "a.xlsx", data=[HEADER, row]))
    assert run.code == 3
    assert "error: a.xlsx:2: " in run.err
    assert message in run.err


GOOD_CELLS = {
    "zero": ([SHARE, 2022, 0, "%"], "0"),
    "a number": ([SHARE, 2022.0, 58.6, "%"], "58.6"),
    "text": ([SHARE, "2022", "0.5%", None], "0.5"),
    "a fraction": ([SHARE, 2022, 0.586, "fraction"], "58.6"),
    "no percentage": (["digital_economy_size", 2022, 0.5, "兆元"], "0.5"),
}


@pytest.mark.parametrize(("row", "actual"), GOOD_CELLS.values(), ids=GOOD_CELLS)
def test_cells(smartkpi: Run, tmp_path: Path, row: list[Any], actual: str) -> None:
    assert f"{row[0]},2022,{actual}\n" in read(smartkpi, save(tmp_path / "a.xlsx", data=[HEADER, row])).out


FORMATS = {"0.00": True, "0": True, "#,##0.00": True, "0.0#": True, '0.00" 分"': True, "[Red]0.0;-0.0": True} | {
    "General": False, "0.00%": False, '0.0"%"': False, "0.0\\%": False, "0;0%": False, '"0"@': False,
}  # fmt: skip


@pytest.mark.parametrize(("shown", "is_plain"), FORMATS.items(), ids=FORMATS)
def test_a_small_share_counts_where_its_format_shows_it_as_it_is(
    smartkpi: Run, tmp_path: Path, shown: str, is_plain: bool
) -> None:
    path = save(tmp_path / "a.xlsx", data=[["name", *HEADER], ["", SHARE, 2022, 0.37, "%"]])
    book = openpyxl.load_workbook(path)
    book.active["D2"].number_format = shown
    book.save(path)
    run = read(smartkpi, path)
    assert ("the number 0.37 in a workbook may be" in run.err) is not is_plain
    assert (f"{SHARE},2022,0.37\n" in run.out) is is_plain


def test_the_sheet_of_observations_is_read_before_the_first(smartkpi: Run, tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", status=[["x"]], observations=[HEADER, SIZE])
    run = read(smartkpi, path)
    assert "digital_economy_size,2022,6.2\n" in run.out
    assert "sheet" not in run.err
    assert "a.xlsx:1: no column of this header is known: x" in read(smartkpi, path, "--sheet", "status").err


def test_merged_cells_and_empty_rows(smartkpi: Run, tmp_path: Path) -> None:
    path = save(
        tmp_path / "a.xlsx",
        data=[["項目", "單位", 2021, 2022], ["創新數位經濟"], [], ["數位經濟規模", "兆元", 5.7, 6.2]],
    )
    book = openpyxl.load_workbook(path)
    book.active.merge_cells("A2:D2")
    book.save(path)
    run = read(smartkpi, path)
    assert (run.code, run.err) == (0, "2022: 1 of 6 on track (1 on low evidence), 5 undetermined\n")


@pytest.mark.parametrize("content", [b"PK\x03\x04 and nothing else", b"\xd0\xcf\x11\xe0" + bytes(600)])
def test_damaged_workbooks(smartkpi: Run, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    run = read(smartkpi, path)
    assert (run.code, run.out) == (3, "")
    assert "a.xlsx: cannot be read as a workbook: " in run.err


def test_a_cell_far_out_is_refused_before_memory_is_gone(smartkpi: Run, tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", data=[HEADER, SIZE])
    book = openpyxl.load_workbook(path)
    book.active["XFD1048576"] = "x"
    book.save(path)
    run = read(smartkpi, path)
    assert run.code == 3
    assert "a.xlsx: the sheet has 1048576 rows and 16384 columns, the most is " in run.err


ODS_HEAD = """<?xml version="1.0"?><office:document-content
xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
><office:body><office:spreadsheet><table:table table:name="S">"""
ODS_MANIFEST = """<?xml version="1.0"?><manifest:manifest
xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/"
manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>"""
ODS_TAIL = "</table:table></office:spreadsheet></office:body></office:document-content>"


def ods_value(cell: Any) -> str:
    return 'office:value-type="string"' if isinstance(cell, str) else f'office:value-type="float" office:value="{cell}"'


def save_ods(path: Path, rows: Sequence[Sequence[Any]], times: int = 1, sheets: int = 1) -> Path:
    """Write an .ods with some sheets alike, each row as often as said."""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    lines = []
    for row in rows:
        cells = [f"<table:table-cell {ods_value(cell)}><text:p>{cell}</text:p></table:table-cell>" for cell in row]
        lines.append(f'<table:table-row table:number-rows-repeated="{times}">{"".join(cells)}</table:table-row>')
    empty = '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row>'
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("mimetype", kind)
        parts.writestr("META-INF/manifest.xml", ODS_MANIFEST)
        more = [f'</table:table><table:table table:name="S{number}">' for number in range(1, sheets)]
        content = "".join(lines) + empty
        parts.writestr("content.xml", ODS_HEAD + content + "".join(each + content for each in more) + ODS_TAIL)
    return path


def test_an_ods_is_read(smartkpi: Run, tmp_path: Path) -> None:
    run = read(smartkpi, save_ods(tmp_path / "a.ods", [HEADER, SIZE]))
    assert "digital_economy_size,2022,6.2\n" in run.out


def test_the_empty_rows_that_end_a_sheet_do_not_count(smartkpi: Run, tmp_path: Path) -> None:
    run = read(smartkpi, save_ods(tmp_path / "a.ods", [HEADER, SIZE], sheets=7))
    assert "digital_economy_size,2022,6.2\n" in run.out


def test_an_ods_of_too_many_repeated_rows_is_refused(smartkpi: Run, tmp_path: Path) -> None:
    run = read(smartkpi, save_ods(tmp_path / "a.ods", [HEADER, SIZE], times=10_000_000))
    assert run.code == 3
    assert "a.ods: the sheet has 20000000 rows and 4 columns, the most is 5,000,000 cells" in run.err


def test_a_workbook_that_unpacks_to_too_much_is_refused(smartkpi: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as parts,
        parts.open("xl/workbook.xml", "w") as part,
    ):
        for _ in range(201):
            part.write(bytes(1_000_000))
    run = read(smartkpi, path)
    assert run.code == 3
    assert "a.xlsx: has 201,000,000 bytes when unpacked, the most is 200,000,000" in run.err


def test_without_calamine(smartkpi: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    run = read(smartkpi, save(tmp_path / "a.xlsx", data=[HEADER, SIZE]))
    assert run.code == 3
    assert run.err.splitlines()[1] == "  install it: pip install 'smartkpi[excel]'"
