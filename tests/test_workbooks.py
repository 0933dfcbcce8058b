"""Workbooks: sheets, rows to skip, and cells that are no text."""

from __future__ import annotations

import datetime
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


def test_the_only_sheet_with_a_table_is_read_and_named(smartkpi: Run, tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", cover=[["數位經濟統計"], ["2022"]], 資料=[["表一"], HEADER, SIZE], notes=[["x"]])
    run = read(smartkpi, path, "--skip-lines", "1")
    assert "digital_economy_size,2022,6.2\n" in run.out
    assert "a.xlsx: read the sheet '資料' of: cover, 資料, notes; to read another one, name it with --sheet" in run.err
    assert "sheet" not in read(smartkpi, path, "--sheet", "資料", "--skip-lines", "1").err


def test_of_several_tables_one_must_be_named(smartkpi: Run, tmp_path: Path) -> None:
    later = [SIZE[0], 2021, 5.7, "兆元"]
    path = save(tmp_path / "a.xlsx", one=[HEADER, SIZE], two=[HEADER, later], cover=[["x"]])
    run = read(smartkpi, path)
    assert run.code == 3
    assert "a.xlsx: has tables in several sheets: one, two\n" in run.err
    assert "--sheet" in run.err
    for options in (["--sheet", "one", "--sheet", "two"], ["--sheet", "*"], ["--sheet", "2", "--sheet", "one"]):
        every = smartkpi("export", "--to", "sdmx-csv", "-", "-a", path, *options)
        assert (every.code, every.out.count("digital_economy_size")) == (0, 2), every.err


def test_hidden_sheets_count_only_when_they_are_named(smartkpi: Run, tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", observations=[HEADER, [*SIZE[:2], 5, "兆元"]], data=[HEADER, SIZE])
    book = openpyxl.load_workbook(path)
    book["observations"].sheet_state = "hidden"
    book.active = book["data"]
    book.save(path)
    assert "digital_economy_size,2022,6.2\n" in read(smartkpi, path).out
    assert "digital_economy_size,2022,6.2\n" in read(smartkpi, path, "--sheet", "*").out
    assert "digital_economy_size,2022,5\n" in read(smartkpi, path, "--sheet", "observations").out


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
    assert "a.xlsx[data]!C5: unknown indicator 'nope'" in read(smartkpi, path, "--skip-lines", "2").err


CELLS = {
    "a share": ([SHARE, 2022, 0.586, "%"], "the number 0.586 in a workbook may be 0.586 % or a share of 1"),
    "100 %": ([SHARE, 2022, 1, "％"], "the number 1 in a workbook may be"),
    "a date": ([SHARE, datetime.date(2022, 12, 31), 58.6, "%"], "'2022-12-31' is not a year: a date"),
    "a date as value": ([SHARE, 2022, datetime.date(2022, 12, 31), "%"], "is not a value: a date or period"),
    "a time": ([SHARE, 2022, datetime.time(12, 30), "%"], "'12:30:00' is not a value"),
    "true": ([SHARE, 2022, True, "%"], "'TRUE' is not a value"),
    "half a year": ([SHARE, 2022.5, 58.6, "%"], "'2022.5' is not a year: not a whole year"),
    "a formula that only Excel calculates": (
        [SHARE, 2022, "=SUM(57,1.6)", "%"],
        "'=SUM(57,1.6)' is a formula that no program has calculated yet",
    ),
    "an error": ([SHARE, 2022, "#N/A", "%"], "'#N/A' is not a value: not a finite number"),
    "another error": ([SHARE, 2022, "#DIV/0!", "%"], "'#DIV/0!' is not a value: not a finite number"),
}


@pytest.mark.parametrize(("row", "message"), CELLS.values(), ids=CELLS)
def test_faulty_cells(smartkpi: Run, tmp_path: Path, row: list[Any], message: str) -> None:
    run = read(smartkpi, save(tmp_path / "a.xlsx", data=[HEADER, row]))
    assert run.code == 3
    assert "error: a.xlsx[data]!C2: " in run.err
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
    "General": False, '0.0"%"': False, "0.0\\%": False, '0.0"％"': False, "# ?/?": False, '"0"@': False,
    "0;0%": True, "0%;0": None, "0.00%": None, "[<1]0%;0": None, "[>=1]0%;0.0": True,
}  # fmt: skip


@pytest.mark.parametrize(("shown", "is_plain"), FORMATS.items(), ids=FORMATS)
def test_a_small_share_counts_where_its_format_shows_what_it_is(
    smartkpi: Run, tmp_path: Path, shown: str, is_plain: bool | None
) -> None:
    """None: a percentage, of which the cell holds a hundredth."""
    path = save(tmp_path / "a.xlsx", data=[["name", *HEADER], ["", SHARE, 2022, 0.37, "%"]])
    book = openpyxl.load_workbook(path)
    book.active["D2"].number_format = shown
    book.save(path)
    run = read(smartkpi, path)
    assert ("the number 0.37 in a workbook may be" in run.err) is (is_plain is False)
    assert (f"{SHARE},2022,0.37\n" in run.out) is (is_plain is True)
    assert (f"{SHARE},2022,37\n" in run.out) is (is_plain is None)


SCALING = {"#,##0,": "1,235", "0.0,,": "1.2", "#,##0.0,": "1,234.6", "0.00,%": "123,456.70%", "0%%": "12,345,670,000%%"}


@pytest.mark.parametrize(("code", "shown"), SCALING.items(), ids=SCALING)
def test_a_format_that_shows_thousands_is_refused_with_both_numbers(
    smartkpi: Run, tmp_path: Path, code: str, shown: str
) -> None:
    path = save(tmp_path / "a.xlsx", data=[HEADER, [SIZE[0], 2022, 1234567, "億元"]])
    book = openpyxl.load_workbook(path)
    book.active["C2"].number_format = code
    book.save(path)
    run = read(smartkpi, path)
    assert run.code == 3
    assert f"a.xlsx[data]!C2: the cell holds 1234567 and shows {shown}: its number format leaves" in run.err


def test_the_sheet_of_observations_is_read_before_the_first(smartkpi: Run, tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", status=[["x"]], observations=[HEADER, SIZE])
    run = read(smartkpi, path)
    assert "digital_economy_size,2022,6.2\n" in run.out
    assert "sheet" not in run.err
    assert "a.xlsx[status]!A1: no column of this header is known: x" in read(smartkpi, path, "--sheet", "status").err


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


def test_cells_far_out_are_refused_before_memory_is_gone(smartkpi: Run, tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", data=[HEADER, *[SIZE] * 30])
    book = openpyxl.load_workbook(path)
    book.active["XFD1048576"] = "x"
    book.save(path)
    run = read(smartkpi, path)
    assert run.code == 3
    assert "a.xlsx: the sheet has 1048576 rows and 16384 columns, the most is " in run.err


NAMES = {
    "downwards": ([HEADER, SIZE, ["", 2021, 5.7, "兆元"]], "A2:A3"),
    "in the header": ([["indicator", "數值", "", "unit"], ["indicator", "year", "value", "unit"], SIZE], "B1:C1"),
    "a unit": ([HEADER, SIZE, [SIZE[0], 2021, 5.7, ""]], "D2:D3"),
    "a year": ([HEADER, SIZE, [SHARE, None, 58.6, "%"]], "B2:B3"),
}


@pytest.mark.parametrize(("rows", "merged"), NAMES.values(), ids=NAMES)
def test_merged_names_fill_their_range(smartkpi: Run, tmp_path: Path, rows: list[list[Any]], merged: str) -> None:
    path = save(tmp_path / "a.xlsx", data=rows)
    book = openpyxl.load_workbook(path)
    book.active.merge_cells(merged)
    book.save(path)
    run = read(smartkpi, path, "--skip-lines", "1" if merged == "B1:C1" else "0")
    assert "digital_economy_size,2022,6.2\n" in run.out, run.err


def test_a_merged_number_is_refused_with_its_range(smartkpi: Run, tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", data=[HEADER, SIZE, [SIZE[0], 2021, None, "兆元"]])
    book = openpyxl.load_workbook(path)
    book.active.merge_cells("C2:C3")
    book.save(path)
    run = read(smartkpi, path)
    assert run.code == 3
    for cell in ("C2", "C3"):
        assert f"a.xlsx[data]!{cell}: the number 6.2 is in the merged cells C2:C3" in run.err


def test_two_values_for_a_year_are_named_by_their_cells(smartkpi: Run, tmp_path: Path) -> None:
    run = read(smartkpi, save(tmp_path / "a.xlsx", data=[HEADER, SIZE, [SIZE[0], 2022, 6.3, "兆元"]]))
    assert run.code == 3
    assert "a.xlsx[data]!C3: " in run.err
    assert "a.xlsx[data]!C2" in run.err.partition("C3: ")[2]


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
    run = read(smartkpi, save_ods(tmp_path / "a.ods", [HEADER, SIZE], sheets=7), "--sheet", "S")
    assert "digital_economy_size,2022,6.2\n" in run.out


def test_an_ods_of_too_many_repeated_rows_is_refused(smartkpi: Run, tmp_path: Path) -> None:
    run = read(smartkpi, save_ods(tmp_path / "a.ods", [HEADER, SIZE], times=10_000_000))
    assert run.code == 3
    assert "a.ods: the sheet has 10000000 rows and 4 columns, the most is " in run.err


def test_a_workbook_that_unpacks_to_too_much_is_refused(smartkpi: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as parts,
        parts.open("xl/workbook.xml", "w") as part,
    ):
        part.write(b"<workbook>")
        for _ in range(201):
            part.write(b" " * 1_000_000)
    run = read(smartkpi, path)
    assert run.code == 3
    assert "bytes when unpacked, the most is " in run.err
