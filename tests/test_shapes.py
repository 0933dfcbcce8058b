"""Tables of every shape and encoding: the same actuals give the same bytes, and each fault names its place."""

from __future__ import annotations

import io
import json
import re
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import ROOT, MakeData, Run, start
from hypothesis import given
from hypothesis import strategies as st

import smartkpi as library
from smartkpi.model import Plan
from smartkpi.readers import actuals
from smartkpi.readers.named_files import NamedFile

TIDY = """\
indicator,year,value,unit,obs_status,note
digital_economy_size,2022,6.2,兆元,E,碁裏
digital_service_economy_size,2022,2.4,兆元,E,
digital_lifestyle_services_rate,2022,74.1,%,,
personal_digital_competitiveness_share,2022,47.7,%,,
broadband_2gbps_coverage,2022,58.6,%,,
mobile_5g_population_coverage,2022,96.37,%,,
"""
CHINESE = """\
指標名稱;民國年;實際值;單位;備註
數位經濟規模;111;6.2 兆元(預估值);;碁裏
數位服務經濟規模;111年;2.4 兆元(預估值);兆元;
數位生活服務使用普及率 ^[2];111年度;７４.１％;;
民眾具備個人數位競爭力人口占比;民國111年;47.7;％;
高速網路寬頻服務達２Gbps涵蓋率;111;58.6;%;
5G網路非偏鄉人口涵蓋率註5;111;96.37;%;
"""
PASTED = """\
項目\t2025 年 (總體指標)\t2022 年 (達成情形)
創新數位經濟\t\t
數位經濟規模 ^[1]\t6.5 兆元\t6.2 兆元(預估值)
數位服務經濟規模 ^[1]\t2.9 兆元\t2.4 兆元(預估值)
活躍網路社會\t\t
數位生活服務使用普及率 ^[2]\t80%\t74.1%
民眾具備個人數位競爭力人口占比 ^[3]\t60%\t47.7%
優勢寬頻環境
高速網路寬頻服務達 2Gbps 涵蓋率 ^[4]\t90%\t58.6%
5G 網路非偏鄉人口涵蓋率 ^[5]\t85%\t96.37%
"""
WIDE = """\
Indicator,Unit,2022
Size of the digital economy,億元,62000 (預估值)
digital_service_economy_size,兆元,2.4 (estimate)
digital_lifestyle_services_rate,%,74.1
personal_digital_competitiveness_share,%,47.7
broadband_2gbps_coverage,%,58.6
mobile_5g_population_coverage,%,96.37
"""
SDMX_HEAD = "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,INDICATOR,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,UNIT_MULT,OBS_STATUS\n"
SDMX = SDMX_HEAD + """\
DATAFLOW,NDC:SNP(1.0),I,A,digital_economy_size,2022,62000,NTD,8,E
DATAFLOW,NDC:SNP(1.0),I,A,digital_service_economy_size,2022,2.4,TWD,12,E
DATAFLOW,NDC:SNP(1.0),I,A,digital_lifestyle_services_rate,2022,74.1,PT,0,A
DATAFLOW,NDC:SNP(1.0),I,A,personal_digital_competitiveness_share,2022,47.7,PC,,A
DATAFLOW,NDC:SNP(1.0),I,A,broadband_2gbps_coverage,2022,58.6,PT,0,A
DATAFLOW,NDC:SNP(1.0),I,A,mobile_5g_population_coverage,2022,96.37,PT,0,A
"""  # fmt: skip


def workbook(rows: Sequence[Sequence[Any]], *more_sheets: str) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    for name in more_sheets:
        book.create_sheet(name).append(["notes"])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def as_cells(text: str) -> list[list[Any]]:
    """Rows of a CSV text, numbers as numbers."""
    return [[float(cell) if cell.replace(".", "", 1).isdigit() else cell for cell in line.split(",")]
            for line in text.splitlines()]  # fmt: skip


def json_lines(text: str) -> str:
    header, *rows = (line.split(",") for line in text.splitlines())
    return "".join(json.dumps(dict(zip(header, row, strict=True))) + "\n" for row in rows)


SAME = {
    "utf-8.csv": TIDY.encode(),
    "bom.csv": TIDY.encode("utf-8-sig"),
    "big5.csv": TIDY.encode("cp950"),
    "crlf.csv": TIDY.replace("\n", "\r\n").encode(),
    "mac.csv": TIDY.replace("\n", "\r").encode(),
    "unfinished.csv": TIDY.rstrip().encode(),
    "semicolons.csv": TIDY.replace(",", ";").encode(),
    "tabs.tsv": TIDY.replace(",", "\t").encode(),
    "excel-separator.csv": b"sep=,\r\n" + TIDY.encode(),
    "chinese.csv": CHINESE.encode("cp950"),
    "pasted.tsv": PASTED.encode(),
    "wide.csv": WIDE.encode(),
    "sdmx.csv": SDMX.encode(),
    "lines.jsonl": json_lines(TIDY).encode(),
    "list.json": f"[{json_lines(TIDY).strip().replace(chr(10), ', ')}]".encode(),
    "tidy.xlsx": workbook(as_cells(TIDY)),
    "wide.xlsx": workbook(as_cells(WIDE)),
    "name-says-nothing.csv": workbook(as_cells(TIDY)),
}


def status(smartkpi: Run, path: Path | str, *options: str) -> Any:
    return smartkpi("status", "--format", "csv", "-a", path, *options)


def read(smartkpi: Run, tmp_path: Path, text: str | bytes, *options: str) -> Any:
    """Run on a file of this content and return what came of it, without the folder's name."""
    path = tmp_path / "actuals"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    run = status(smartkpi, path, "--level", "all", *options)
    return run._replace(err=run.err.replace(str(path), "file"))


@pytest.mark.parametrize("name", SAME)
def test_the_same_actuals_in_any_file_give_the_same_bytes(smartkpi: Run, tmp_path: Path, name: str) -> None:
    path, plain = tmp_path / name, tmp_path / "plain.csv"
    path.write_bytes(SAME[name])
    plain.write_text(TIDY, encoding="utf-8")
    expected, found = status(smartkpi, plain), status(smartkpi, path)
    assert (found.code, found.out) == (0, expected.out)
    assert "digital_economy_size,Size of the digital economy" in found.out
    assert found.out.count(",E,") == 2


@pytest.mark.parametrize("name", ["big5.csv", "pasted.tsv", "sdmx.csv", "lines.jsonl", "tidy.xlsx"])
def test_standard_input_takes_every_kind_of_file(smartkpi: Run, tmp_path: Path, name: str) -> None:
    plain = tmp_path / "plain.csv"
    plain.write_text(TIDY, encoding="utf-8")
    run = start("status", "--format", "csv", "-a", "-", stdin=SAME[name])
    assert run.stdout.decode() == status(smartkpi, plain).out != ""


def test_standard_input_is_named_in_faults() -> None:
    run = start("status", "-a", "-", stdin=TIDY.replace("6.2", "many").encode())
    assert run.stderr.startswith(b"smartkpi: error: standard input:2: 'many' is not a value: ")


def test_kinds_of_files_lie_side_by_side_in_a_folder(smartkpi: Run, make_data: MakeData) -> None:
    data = make_data({"x": {}}, ["x,2020,1,count"])
    (data / "actuals" / "2021.tsv").write_text("indicator\t2021 (count)\nx\t2\n", encoding="utf-8")
    (data / "actuals" / "2022.xlsx").write_bytes(workbook([["indicator", "year", "value (count)"], ["x", 2022, 3]]))
    (data / "actuals" / "2023.jsonl").write_text('{"指標": "x", "年": 2023, "值": 4, "單位": "個"}', encoding="utf-8")
    run = smartkpi("validate", "--data", data)
    assert run.out.splitlines()[0] == "valid: 1 indicators, 4 observations, 2020, 2021, 2022, 2023, 5 files"


# --- encodings ----------------------------------------------------------------------------------


def test_an_encoding_other_than_utf_8_is_named(smartkpi: Run, tmp_path: Path) -> None:
    assert "file: was read as cp950, because it is not UTF-8" in read(smartkpi, tmp_path, TIDY.encode("cp950")).err
    assert "read as" not in read(smartkpi, tmp_path, TIDY.encode("utf-8-sig")).err


def test_utf_16_needs_the_option(smartkpi: Run, tmp_path: Path) -> None:
    run = read(smartkpi, tmp_path, TIDY.encode("utf-16"))
    assert run.code == 3
    assert run.err.splitlines()[1] == "  add --encoding utf-16, or save the file as UTF-8"
    assert read(smartkpi, tmp_path, TIDY.encode("utf-16"), "--encoding", "utf-16").code == 0


NO_TEXT = {
    "after cp950": (TIDY.encode("cp950") + b"x\xff\n", 8, (), "utf-8, cp950"),
    "after UTF-8": (TIDY.encode() + b"x\xff\n", 8, (), "utf-8, cp950"),
    "after a BOM": (TIDY.encode("utf-8-sig") + b"x\xff\n", 8, (), "utf-8"),
    "lone CR": (TIDY.replace("\n", "\r").encode() + b"x\xff\r", 8, (), "utf-8, cp950"),
    "CRLF": (TIDY.replace("\n", "\r\n").encode() + b"x\xff\r\n", 8, (), "utf-8, cp950"),
    "as named": (TIDY.replace("碁裏", "é").encode("latin-1", "replace") + b"\xff", 2, ("--encoding", "ascii"), "ascii"),
}


@pytest.mark.parametrize(("content", "line", "options", "tried"), NO_TEXT.values(), ids=NO_TEXT)
def test_what_is_no_text_is_named_by_line_and_byte(
    smartkpi: Run, tmp_path: Path, content: bytes, line: int, options: tuple[str, ...], tried: str
) -> None:
    run = read(smartkpi, tmp_path, content, *options)
    byte = 0xE9 if options else 0xFF
    assert run.code == 3
    position = content.index(bytes([byte])) + 1
    assert f"file:{line}: byte 0x{byte:x}, number {position} of the file, is not text in {tried}\n" in run.err
    assert "--encoding" in run.err


@pytest.mark.parametrize("name", ["nope", "hex", "rot13", "a\0b"])
def test_an_encoding_that_is_none_is_wrong_use(smartkpi: Run, tmp_path: Path, name: str) -> None:
    assert read(smartkpi, tmp_path, TIDY, f"--encoding={name}").code == 2


@pytest.mark.parametrize("name", ["idna", "undefined"])
def test_an_encoding_that_cannot_show_where_it_stopped_is_no_crash(smartkpi: Run, tmp_path: Path, name: str) -> None:
    run = read(smartkpi, tmp_path, b"a\xff\n", f"--encoding={name}")
    assert run.code == 3
    assert f"is not text in {name}\n" in run.err


def test_skipping_more_lines_than_there_are_ends_at_once(smartkpi: Run, tmp_path: Path) -> None:
    run = read(smartkpi, tmp_path, TIDY, "--skip-lines=99999999999")
    assert run.code == 3
    assert "is empty" in run.err


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_numbers_count_quoted_newlines(smartkpi: Run, tmp_path: Path, ending: str) -> None:
    rows = ["\n", "indicator,year,value,unit,note", 'x,soon,1,%,"a', 'b"', "", "x,soon,1,%,", "x,soon,1,%,"]
    text = "\n".join(rows).replace("\n", ending).replace("x,", "digital_lifestyle_services_rate,")
    run = read(smartkpi, tmp_path, text)
    assert [line.split(":")[3] for line in run.err.splitlines()] == ["4", "7", "8"]


# --- headers, names and years -------------------------------------------------------------------

HEADERS = [
    "indicator,year,value,unit",
    " Indicator , YEAR ,Actual,UNIT",
    "指標,年度,數值,單位",
    "指標代碼,西元年,實際值,單位",
    "項目,年,達成情形,單位",
    "指 標 名 稱,年度(西元),數　值,計量單位",
    "ＫＰＩ,Ｙｅａｒ,ｖａｌｕｅ,ｕｎｉｔ",
    "衡量指標,年度別,年度達成值,單位名稱",
    "指標編號,統計年,實際數,度量單位",
]


@pytest.mark.parametrize("header", HEADERS)
def test_headers_in_both_languages(smartkpi: Run, tmp_path: Path, header: str) -> None:
    run = read(smartkpi, tmp_path, f"{header}\ndigital_economy_size,2022,62000,億元\n", "--fields", "indicator,actual")
    assert (run.code, run.err.count("\n")) == (0, 1)
    assert "digital_economy_size,6.2\n" in run.out


def test_the_output_of_status_goes_back_in(smartkpi: Run, tmp_path: Path) -> None:
    first = read(smartkpi, tmp_path, TIDY)
    again = read(smartkpi, tmp_path, "".join(row for row in first.out.splitlines(True) if "no_observation" not in row))
    assert (again.code, again.out) == (0, first.out)
    assert "columns not read: pillar, level, direction, base_year, base, target_year, gap, progress_pct" in again.err
    assert "attainment_pct" in again.err


@pytest.mark.parametrize("value", ["數值(億元)", "value (億元)", "數值（億元）", "Actual [億元]", "實際值(單位：億元)"])
def test_the_unit_may_stand_in_the_header(smartkpi: Run, tmp_path: Path, value: str) -> None:
    run = read(smartkpi, tmp_path, f"指標,年度,{value}\n數位經濟規模,2022,62000\n", "--fields", "indicator,actual")
    assert "digital_economy_size,6.2\n" in run.out


NAMES = [
    "數位經濟規模", "SIZE of  the digital　economy", "數位經濟規模^[1]", "數位經濟規模 [12]", "數位經濟規模註1",
    "數位經濟規模（註１）", "Digital_Economy_Size", "數位經濟規模*",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_an_indicator_goes_by_id_or_title(smartkpi: Run, tmp_path: Path, name: str) -> None:
    run = read(smartkpi, tmp_path, f"指標,年度,數值,單位\n{name},2022,62000,億元\n", "--fields", "indicator,actual")
    assert "digital_economy_size,6.2\n" in run.out


def test_a_title_of_two_indicators_is_ambiguous(smartkpi: Run, make_data: MakeData) -> None:
    data = make_data({"x": {"title": {"en": "Size"}}, "y": {"title": {"en": "size [1]"}}}, ["SIZE,2020,1,count"])
    run = smartkpi("validate", "--data", data)
    assert run.code == 3
    assert "'SIZE' is the title of several indicators: x, y" in run.err


FAULTS = {
    "two columns of a meaning": ("指標,年度,year,數值,單位\n", ":1: columns '年度' and 'year' both mean year"),
    "words in the header": ("指標,年度,數值(初步),單位\n", ":1: the header '數值(初步)' has '初步'"),
    "unit against the header": ("指標,年度,數值(億元),單位\n數位經濟規模,2022,1,元\n", ":2: unit '元' is not that of"),
    "id against title": ("id,title,year,value,unit\ncampus_5g_sites,數位經濟規模,2022,1,個\n", ":2: 'campus_5g_sites'"),
    "two digits": ("指標,年度,數值,單位\n數位經濟規模,99,1,兆元\n", ":2: '99' is not a year: two digits"),
    "two calendars": (
        "指標,年度,數值,單位\n數位經濟規模,2021,1,兆元\n數位經濟規模,111,1,兆元\n",
        ":3: years of both calendars appear in this file (2021, 民國 111)",
    ),
    "two calendars in a header": ("indicator,unit,2021,民國111年\n", ":1: years of both calendars appear in this file"),
    "two digits in a header": ("indicator,unit,99,100\n", ":1: '99' is not a year"),
    "a year twice": ("indicator,2022,2022年\n", ":1: columns '2022' and '2022年' both mean 2022"),
    "roc below 西元": ("指標,西元年,數值,單位\n數位經濟規模,111,1,兆元\n", ":2: '111' is not a year: a year"),
    "range": ("指標,年度,數值\n5G 網路非偏鄉人口涵蓋率,2022,88-90%\n", ":2: '88-90%' is not a value: a range (88 ~"),
    "unit cell against value": ("指標,年度,數值,單位\n數位經濟規模,2022,6.2 兆元,元\n", "name different units"),
    "two multiples": ("指標,年度,數值,單位\n數位經濟規模,2022,8 億,萬元\n", ":2: '8 億' and the unit cell '萬元' both"),
    "no unit": ("項目,2022\n數位經濟規模,6.2\n", ":2: '6.2' has no unit"),
    "unknown in a tidy table": ("指標,年度,數值,單位\n數位經濟,2022,6.2,兆元\n", ":2: unknown indicator '數位經濟'"),
    "short row in a wide table": ("項目,單位,2022\n數位經濟規模,兆元\n", ":2: has 2 cells, expected 3"),
    "JSON": ('{"indicator": "x"}\n{"indicator": \n', ":2: is not JSON: "),
    "JSON in JSON": ('\n{"indicator": {"a": 1}, "year": true}', ":2: 'indicator' is a list or an object"),
    "JSON numbers": ('[{"indicator": "x"}, 5]', ":1: is not an object"),
    "JSON key twice": ('{"indicator": "x", "indicator": "y"}', ":1: column 'indicator' appears twice"),
    "SDMX without indicator": ("TIME_PERIOD,OBS_VALUE,REF_AREA\n2022,1,TW\n", ":1: no column of this SDMX-CSV has"),
    "SDMX quarter": (SDMX_HEAD + "D,X,I,Q,digital_economy_size,2022-Q1,1,NTD,12,A\n", ":2: '2022-Q1' is a part"),
    "SDMX month": (SDMX_HEAD + "D,X,I,M,digital_economy_size,2022-03,1,NTD,12,A\n", ":2: '2022-03' is a part"),
    "SDMX deletion": (SDMX_HEAD + "D,X,D,A,digital_economy_size,2022,1,NTD,12,A\n", ":2: ACTION D deletes"),
    "SDMX multiplier": (SDMX_HEAD + "D,X,I,A,digital_economy_size,2022,1,NTD,many,A\n", ":2: UNIT_MULT 'many' is not"),
    "SDMX multiplier twice": (SDMX_HEAD + "D,X,I,A,digital_economy_size,2022,1,億元,8,A\n", "multiply more than once"),
    "SDMX two candidates": (
        "TIME_PERIOD,OBS_VALUE,A,B\n2022,1,campus_5g_sites,campus_5g_sites\n", "several columns of this SDMX-CSV",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "message"), FAULTS.values(), ids=FAULTS)
def test_faults(smartkpi: Run, tmp_path: Path, text: str, message: str) -> None:
    run = read(smartkpi, tmp_path, text)
    assert (run.code, run.out) == (3, "")
    problems = "; ".join(line.strip() for line in run.err.splitlines())
    assert message in problems


def test_the_calendar_may_be_said(smartkpi: Run, tmp_path: Path) -> None:
    text = "指標,年度,數值,單位\n數位經濟規模,99,1,兆元\n數位經濟規模,100,1,兆元\n"
    assert read(smartkpi, tmp_path, text).code == 3
    run = read(smartkpi, tmp_path, text, "--calendar", "roc", "--fields", "indicator,year")
    assert "digital_economy_size,2011\n" in run.out
    assert "'100' is not a year: a year of the other calendar" in read(smartkpi, tmp_path, text, "--calendar", "ce").err
    assert read(smartkpi, tmp_path, text, "--calendar", "lunar").code == 2
    header = text.replace("年度", "民國年")
    assert read(smartkpi, tmp_path, header).code == 0
    assert "names another calendar than --calendar" in read(smartkpi, tmp_path, header, "--calendar", "ce").err


# --- wide and pasted tables ---------------------------------------------------------------------


def test_rows_that_match_nothing_are_counted_and_named(smartkpi: Run, tmp_path: Path) -> None:
    text = PASTED.replace("民眾具備", "民眾具有").replace("優勢寬頻環境", "備註")
    run = read(smartkpi, tmp_path, text)
    assert run.code == 0
    assert "file:7: rows that match no indicator, not read (1): '民眾具有個人數位競爭力人口占比 ^[3]' (7)" in run.err
    assert "without values that match no indicator (1): '備註' (8)" in run.err
    strict = read(smartkpi, tmp_path, text, "--strict")
    assert strict.code == 3
    assert strict.err.startswith("smartkpi: error: file:7: '民眾具有個人數位競爭力人口占比 ^[3]' matches no indicator")
    assert read(smartkpi, tmp_path, PASTED, "--strict").code == 0


def test_a_printed_target_is_held_against_the_plan(smartkpi: Run, tmp_path: Path) -> None:
    assert "target" not in read(smartkpi, tmp_path, PASTED).err
    run = read(smartkpi, tmp_path, PASTED.replace("6.5 兆元", "7 兆元").replace("80%", "許多"))
    assert run.code == 0
    assert (
        "file:3: 'digital_economy_size' has the target 7 兆元 for 2025 here, the plan has 6.5 兆元 for 2025" in run.err
    )
    assert "file:6: 'digital_lifestyle_services_rate' has the target 許多" in run.err


def test_a_year_without_value_is_no_observation(smartkpi: Run, tmp_path: Path) -> None:
    text = "指標,單位,110年,111年\n數位經濟規模,億元,57000,62000\ncampus_5g_sites,個,,3\n"
    run = read(smartkpi, tmp_path, text, "--fields", "indicator,base_year,base,year,actual")
    assert "digital_economy_size,2021,5.7,2022,6.2\n" in run.out
    assert "campus_5g_sites,,,2022,3\n" in run.out


# --- printed quantities -------------------------------------------------------------------------

MONEY = {
    "2億6,900萬元,元": "2.69", "2億6,900萬元,": "2.69", "2億6,900萬,元": "2.69", "8 億,元": "8",
    "85,970千元,": "0.8597", "85,970千元,千元": "0.8597", "新臺幣108,560,696元,TWD": "1.08560696",
    "14300000000,元": "143", "143,億元": "143",
}  # fmt: skip


@pytest.mark.parametrize(("cells", "actual"), MONEY.items())
def test_value_and_unit_cell_together(smartkpi: Run, tmp_path: Path, cells: str, actual: str) -> None:
    value, _, unit = cells.rpartition(",")
    text = f'indicator,year,value,unit\nsme_new_revenue,2022,"{value}",{unit}\n'
    run = read(smartkpi, tmp_path, text, "--fields", "indicator,actual")
    assert f"sme_new_revenue,{actual}\n" in run.out


PRINTED = {"6.2 兆元(預估值),": "E", "6.2 兆元(預估值),A": "A", "6.2 兆元(初步統計),": "P", "6.2 兆元,推估": "E"}


@pytest.mark.parametrize(("cells", "expected"), PRINTED.items())
def test_the_status_cell_counts_before_the_printed_words(
    smartkpi: Run, tmp_path: Path, cells: str, expected: str
) -> None:
    text = f"indicator,year,value,obs_status\ndigital_economy_size,2022,{cells}\n"
    run = read(smartkpi, tmp_path, text, "--fields", "indicator,obs_status")
    assert f"digital_economy_size,{expected}\n" in run.out


def test_a_bound_goes_to_the_note_and_lowers_the_evidence(smartkpi: Run, make_data: MakeData) -> None:
    data = make_data({"x": {"unit": "幅"}}, ["x,2021,逾139萬幅,,seen"], header="indicator,year,value,unit,note")
    frame = library.read_actuals(data / "actuals" / "all.csv", library.read_plan(data / "targets.toml"))
    assert frame[["value", "note"]].to_numpy().tolist() == [[1390000, "seen; lower bound (printed: 逾139萬幅)"]]
    run = smartkpi("status", "--data", data, "-f", "csv", "--fields", "actual,evidence")
    assert run.out == "actual,evidence\n1390000,low\n"


# --- anything -----------------------------------------------------------------------------------

CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["指標", "年度", "數值(億元)", "2022", "111年", "99", "目標", "INDICATOR", "TIME_PERIOD", "OBS_VALUE"]
    ),
    st.sampled_from(
        ["數位經濟規模", "6.2 兆元(預估值)", "%", "-1e999", "D", "=1+1", "[b]", "\x1b[31m", "创新", "UNIT_MULT"]
    ),
)
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
TABLES = st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=4)


@given(TABLES, st.sampled_from(",;\t"), st.sampled_from(["\n", "\r\n", "\r"]))
def test_any_table_gives_observations_or_faults(rows: list[list[str]], separator: str, ending: str) -> None:
    plan = shipped_plan()
    text = ending.join(separator.join(row) for row in rows)
    reading = parse(text.encode(), plan)
    for fault in [*reading.faults, *reading.remarks]:
        for lang in ("en", "zh-TW"):
            assert not CONTROL.search(f"{fault.message(lang)}; {fault.cure(lang)}")
    assert all(each.indicator in plan.indicators for each in reading.observations.records())


@cache
def shipped_plan() -> Plan:
    return library.read_plan(ROOT / "data" / "targets.toml")


def parse(content: bytes, plan: Plan) -> actuals.Reading:
    """Read bytes as if from a file."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        return actuals.read([NamedFile(file.name, "file")], plan)


@given(st.binary(max_size=60), st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{", b"[{", b"\xff\xfe"]))
def test_any_bytes_give_observations_or_faults(content: bytes, start: bytes) -> None:
    plan = shipped_plan()
    reading = parse(start + content, plan)
    assert not any(CONTROL.search(fault.message("zh-TW")) for fault in [*reading.faults, *reading.remarks])


@pytest.mark.parametrize("text", ['{"a":' * 100_000, "[{" * 100_000, '[{"year": ' + "9" * 100_000 + "}]"])
def test_json_made_to_be_deep_or_long(smartkpi: Run, tmp_path: Path, text: str) -> None:
    assert read(smartkpi, tmp_path, text).code == 3


@pytest.mark.parametrize(
    "cell", ["*" * 50_000 + "x", "[1]" * 30_000 + "x", "(" * 90_000, "1-" * 40_000, "一、" * 40_000]
)
def test_cells_made_to_be_slow(smartkpi: Run, tmp_path: Path, cell: str) -> None:
    for text in (f"{cell},2022\n{cell},1\n", f"indicator,year,value,unit\n{cell},{cell},{cell},{cell}\n"):
        assert read(smartkpi, tmp_path, text).code in (0, 3)


def test_json_of_too_many_keys(smartkpi: Run, tmp_path: Path) -> None:
    text = "".join(f'{{"{number}": 1}}\n' for number in range(1001))
    assert "the objects have 1001 different keys" in read(smartkpi, tmp_path, text).err
