"""Cells as tables have them: marks, no data, decimal marks, multiples; and tables written in any of these ways."""

from __future__ import annotations

import csv
import io
import math
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import MakeData, Run, plan_text
from hypothesis import given
from hypothesis import strategies as st

import smartkpi as library
from smartkpi.quantities import QuantityError, units
from smartkpi.quantities.cells import CellError, CellForms, decimal_mark, read_cell, says_no_data
from smartkpi.quantities.multipliers import read_multiplier
from smartkpi.quantities.statuses import read_status
from smartkpi.readers import actuals
from smartkpi.readers.named_files import NamedFile

CELLS = {
    "66.4 b": ("66.4", "B"), "67.3p": ("67.3", "P"), "9.9 be": ("9.9", "B"), "9.9 bep": ("9.9", "B"),
    "9.9 ep": ("9.9", "E"), "10.2r": ("10.2", "A"), "7.5 s": ("7.5", "E"), "8 u": ("8", "U"), "8 n": ("8", "N"),
    "8 f": ("8", "F"), "8 d": ("8", "D"), "8 c": ("8", "A"), "66.4 (b)": ("66.4", "B"), "67.3 [P]": ("67.3", "P"),
    "66.4(B)(e)": ("66.4", "B"), "67.3ⓟ": ("67.3", "P"), "67.3 (預估)": ("67.3", "E"), "６７．３　ｐ": ("67.3", "P"),
    "66.4% p": ("66.4", "P"), "1.2e3": ("1200", "A"), "1.2e": ("1.2", "E"), "1e5": ("100000", "A"),
    "1 234 567": ("1234567", "A"), "1’234’567": ("1234567", "A"), "1'234": ("1234", "A"), "1,234.5": ("1234.5", "A"),
    "1\u202f234\u202f567 p": ("1234567", "P"), "70.2 [68.8-71.5]": ("70.2", "A"), "70.2 (68.8; 71.5)": ("70.2", "A"),
    "5 bps": ("5", "A"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CELLS.items(), ids=CELLS.keys())
def test_marks_behind_a_number(text: str, expected: tuple[str, str]) -> None:
    cell = read_cell(text, CellForms(), units.named)
    assert cell is not None
    assert (cell.quantity.number, cell.obs_status) == (Decimal(expected[0]), expected[1])


def test_what_a_cell_says_beside() -> None:
    cell = read_cell("70.2 [68.8–71.5]", CellForms())
    assert cell is not None
    assert cell.interval == "68.8-71.5"
    cell = read_cell("410萬(1-6月)", CellForms())
    assert cell is not None
    assert cell.quantity.number == 4_100_000
    assert cell.part == ("through", 6)
    assert (cell := read_cell("7 c", CellForms())) is not None
    assert cell.is_confidential


TWO_READINGS = {
    "(5)": "accounting", "△5": "accounting", "▲ 5.5": "accounting", "(1,234)": "accounting", "8 B": "mark_or_unit",
    "8 (z)": "mark_not_applicable", "8 z": "mark_not_applicable",
}  # fmt: skip


@pytest.mark.parametrize(("text", "key"), TWO_READINGS.items())
def test_two_readings_are_refused(text: str, key: str) -> None:
    with pytest.raises(CellError) as refused:
        read_cell(text, CellForms(), units.named)
    assert refused.value.key == key


@pytest.mark.parametrize("text", ["3rd", "5 pcs", "5 cup", "5 BE", "5 (x)", "1-6", "70.2 [80-90]", "pending", "5 (2)"])
def test_what_is_no_mark(text: str) -> None:
    with pytest.raises(QuantityError):
        read_cell(text, CellForms(), units.named)


@pytest.mark.parametrize(("text", "negative"), [("(5)", -5), ("△5.5", -5.5), ("(1,234.5)", -1234.5), ("5", 5)])
def test_accounts(text: str, negative: float) -> None:
    cell = read_cell(text, CellForms(accounting=True))
    assert cell is not None
    assert cell.quantity.number == Decimal(str(negative))


NO_DATA = ["-", "–", "—", "－", "--", "..", "...", "…", ":", "NA", "N/A", "n.a.", "n/a", "NaN", "null", "x", "X", "[x]",
           "[c]", "[Z]", "***", "未公布", "尚未公布", "無資料", "不適用", ": c", ":(u)", "..p", "- p"]  # fmt: skip


@pytest.mark.parametrize("text", NO_DATA)
def test_no_data(text: str) -> None:
    assert read_cell(text, CellForms()) is None


@pytest.mark.parametrize("text", ["pending", "0", "c", "-5", "x5", ":-)", "none of it"])
def test_what_is_not_no_data(text: str) -> None:
    assert not says_no_data(text)
    assert says_no_data(text, CellForms().with_words([text.upper()], []))


def test_words_for_zero_count_before_those_for_no_data() -> None:
    cell = read_cell("－", CellForms().with_words([], ["-"]))
    assert cell is not None
    assert cell.quantity.number == 0


# Cells, and how "1.234" and "1,234" are to be read beside them; None is refused.
DECIMALS: dict[str, list[tuple[list[str], float | None, float | None]]] = {
    ";": [([], None, None), (["70,1"], 1234, 1.234), (["70.1"], 1.234, 1234), (["1.234,5"], 1234, 1.234),
          (["1,234.5"], 1.234, 1234), (["0,125"], 1234, 1.234), (["1234.567"], 1.234, 1234),
          (["1.234.567"], 1234, 1.234), (["820,125"], None, None), (["70,1", "70.2"], None, None),
          (["約 70,1 萬"], 1234, 1.234)],
    "\t": [([], 1.234, None), (["70,1"], 1234, 1.234), (["1,234,567"], 1.234, 1234)],
    ",": [([], 1.234, 1234), (["70,1"], 1.234, 1234)],
    "": [([], 1.234, 1234)],
}  # fmt: skip


@pytest.mark.parametrize("delimiter", DECIMALS)
def test_decimal_marks(delimiter: str) -> None:
    for others, *expected in DECIMALS[delimiter]:
        forms = decimal_mark([*others, "1.234", "1,234"], delimiter)
        for text, number in zip(["1.234", "1,234"], expected, strict=True):
            if number is None:
                with pytest.raises(CellError) as refused:
                    read_cell(text, forms)
                assert refused.value.key == "decimal_mark"
            else:
                assert (cell := read_cell(text, forms)) is not None
                assert float(cell.quantity.number) == number


@pytest.mark.parametrize(("text", "code"), [
    ("Normal value", "A"), ("ESTIMATED VALUE", "E"), ("Break in time series", "B"), ("time series break", "B"),
    ("Low reliability", "U"), ("Undefined", "A"), ("Missing value; suppressed", "Q"), ("Estimated; Provisional", "E"),
    ("b;e", "B"), ("bep", "B"), ("p", "P"), ("P", "P"), ("s", "E"), ("S", "S"), ("n", "N"), ("預估", "E"),
    ("修正", "A"), ("c", "A"), ("z", ""), ("m", "M"), ("f,p", "F"),
])  # fmt: skip
def test_statuses(text: str, code: str) -> None:
    said = read_status(text)
    assert said is not None
    assert said.code == code


@pytest.mark.parametrize("text", ["On track", "Y", "bb", "Estimated; great", "進行中", ";"])
def test_what_is_no_status(text: str) -> None:
    assert read_status(text) is None


@pytest.mark.parametrize(("text", "power"), [
    ("", 0), ("Units", 0), ("Thousands", 3), ("thousand", 3), ("MILLIONS", 6), ("萬", 4), ("億", 8), ("兆", 12),
    ("6", 6), ("-3", -3), ("1,000", 3), ("1000000", 6), ("10^6", 6), ("1E+03", 3), ("0.001", -3), ("0", 0),
    ("1", 1), ("10", 10),
    ("Dozens", None), ("7.5", None), ("20000", None), ("99", None),
])  # fmt: skip
def test_multiples(text: str, power: int | None) -> None:
    assert read_multiplier(text) == power


@pytest.mark.parametrize("text", ["1", "10"])
def test_a_multiple_of_1_or_10_may_be_an_exponent(text: str) -> None:
    assert read_multiplier(text, is_code=False) is None


PLAN: dict[str, dict[str, object]] = {"share": {"unit": "%", "target": 80}, "jobs": {"unit": "人", "target": 5000}}


@pytest.mark.parametrize(("header", "row", "value"), [
    ("指標,年度,數值,單位,單位乘數", "jobs,111,5,人,千", 5000),
    ("indicator,year,value,unit,UNIT_MULT,Unit multiplier", "jobs,2022,5,人,3,Thousands", 5000),
    ("indicator,year,value,Units,Unit measure", "share,2022,5,Percentage,%", 5),
    ("indicator,year,value,unit,Unit measure", "share,2022,5,,%", 5),
    ("indicator,unit,unit_mult,2022", "jobs,人,3,5", 5000),
])  # fmt: skip
def test_columns_of_multiples_and_units(make_data: MakeData, header: str, row: str, value: float) -> None:
    data = make_data(PLAN, [row], header)
    frame = library.read_actuals(data / "actuals" / "all.csv", library.read_plan(data / "targets.toml"))
    assert frame["value"].tolist() == [value]


def test_confidential_values_and_intervals_are_in_the_note(make_data: MakeData) -> None:
    rows = ["share,2021,5,%,c,seen", "share,2022,70.2 [68.8-71.5],%,,", "share,2023,6 c,%,,"]
    data = make_data(PLAN, rows, "indicator,year,value,unit,Flags,note")
    frame = library.read_actuals(data / "actuals" / "all.csv", library.read_plan(data / "targets.toml"))
    assert frame["note"].tolist() == ["seen; confidential", "interval 68.8-71.5", "confidential"]
    assert frame["note_zh"].tolist() == ["seen；保密", "區間 68.8-71.5", "保密"]


def test_remarks_are_one_for_a_file_and_kind(smartkpi: Run, make_data: MakeData) -> None:
    rows = ["share,2019,70,%", *(f"share,{2001 + number},{text},%" for number, text in enumerate("-…-：-"))]
    run = smartkpi("validate", "--data", make_data(PLAN, rows))
    assert run.code == 0
    assert "5 cells say 'no data': '-' 3, '…' 1, '：' 1" in run.err
    assert run.err.count("no data") == 1


@pytest.mark.parametrize(("rows", "times"), [
    (["share,2019,70.1,%", "share,2020,0.704,%"], "100"), (["jobs,2019,120500,人", "jobs,2020,121.3,人"], "1000"),
    (["share,2019,70.1,%", "share,2020,7,%"], ""), (["jobs,2019,500,人", "jobs,2020,5,人"], ""),
    (["jobs,2019,5000,人", "share,2019,5,%"], ""), (["jobs,2019,12,人", "jobs,2020,120500,人"], "10000"),
    (["jobs,2019,3e9,人", "jobs,2020,3.1,人"], "1000000000"), (["jobs,2019,20,人", "jobs,2020,70000,人"], "3500"),
    (["jobs,2019,1e-9,人", "jobs,2020,1e10,人"], "10^19"), (["share,2019,0.3,%", "share,2020,99,%"], "330"),
    (["share,2019,1,%", "share,2020,50,%"], "50"), (["share,2019,49.9,%", "share,2020,1,%"], ""),
    (["jobs,2019,0,人", "jobs,2020,70000,人"], ""), (["jobs,2019,0,人", "jobs,2020,0,人"], ""),
])  # fmt: skip
def test_jumps(smartkpi: Run, make_data: MakeData, rows: list[str], times: str) -> None:
    run = smartkpi("status", "--data", make_data(PLAN, rows), "-f", "csv")
    assert run.code == 0
    assert (f"{times} times as much or as little" in run.err) == bool(times)
    assert ("all.csv:2" in run.err and "all.csv:3" in run.err) == bool(times)


@pytest.mark.parametrize(("note", "encoding", "accepted"), [
    ("año base: población", "latin-1", False), ("ÁREA", "latin-1", False), ("naïve", "cp1252", False),
    ("就業人數", "cp950", True), ("第1級", "cp950", True), ("鿿".replace("鿿", "龘"), "cp950", False),
])  # fmt: skip
def test_encodings(smartkpi: Run, make_data: MakeData, note: str, encoding: str, accepted: bool) -> None:
    data = make_data({"x": {}}, [])
    text = f"indicator,year,value,unit,note\nx,2020,5,count,{note}\n"
    (data / "actuals" / "all.csv").write_bytes(text.encode(encoding))
    run = smartkpi("validate", "--data", data)
    assert (run.code == 0) == accepted
    assert ("these fit: " in run.err and "--encoding" in run.err) == (not accepted)
    assert smartkpi("validate", "--data", data, "--encoding", encoding).code == 0


# Tables written in any of the ways that are allowed.

VALUES = st.decimals(0, 99, places=1).map(lambda value: value.normalize()) | st.integers(0, 99).map(Decimal)
STATUS_MARKS = {
    "A": ["", " r", " (r)"],
    "B": [" b", " (b)", " be"],
    "P": [" p", "p", " [P]"],
    "E": [" e", " (E)", " s"],
}
TABLE = st.dictionaries(
    st.integers(2000, 2024), st.none() | st.tuples(VALUES, st.sampled_from(list(STATUS_MARKS))), min_size=1, max_size=6
)


def written(number: Decimal, decimal: str) -> str:
    return f"{number:f}".replace(".", decimal)


@given(st.data(), TABLE)
def test_any_way_to_write_a_table_is_read_as_it_is_meant_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, table: dict[int, tuple[Decimal, str] | None]
) -> None:
    folder = tmp_path_factory.mktemp("table")
    (folder / "targets.toml").write_text(plan_text({"share": {"unit": "%", "target": 80}}), encoding="utf-8")
    plan = library.read_plan(folder / "targets.toml")
    delimiter = data.draw(st.sampled_from([",", ";", "\t"]))
    decimal = data.draw(st.sampled_from([".", ","]))
    is_roc, is_wide, in_column = (data.draw(st.booleans()) for _ in range(3))
    years = {year: f"{year - 1911}年" if is_roc else str(year) for year in table}
    cells, flags = {}, {}
    for year, entry in table.items():
        if entry is None:
            cells[year], flags[year] = data.draw(st.sampled_from(NO_DATA)), ""
            continue
        mark = data.draw(st.sampled_from(STATUS_MARKS[entry[1]]))
        cells[year] = written(entry[0], decimal) + ("" if in_column and not is_wide else mark)
        flags[year] = mark.strip(" []()")
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    if is_wide:
        writer.writerow(["指標", "單位", *years.values()])
        writer.writerow(["share", "%", *cells.values()])
    else:
        writer.writerow(["指標", "年度", "數值", "單位", *(["Flag"] if in_column else [])])
        for year in table:
            writer.writerow(["share", years[year], cells[year], "%", *([flags[year]] if in_column else [])])
    encoding = data.draw(st.sampled_from(["utf-8", "utf-8-sig", "cp950"]))
    path = folder / "all.csv"
    path.write_bytes(out.getvalue().encode(encoding, "replace" if encoding == "cp950" else "strict"))
    found = actuals.read([NamedFile(path, "all.csv")], plan)
    if found.faults:
        assert all(fault.place.startswith("all.csv") for fault in found.faults)
        return
    expected = {year: (float(entry[0]), entry[1]) for year, entry in table.items() if entry is not None}
    read = {each.year: (each.value, each.obs_status) for each in found.observations.records() if each.value is not None}
    assert read == expected


@pytest.mark.parametrize(("value", "expected"), [("12.5", 12.5), ('"12,345"', 12.345), ("12.345", 12.345)])
def test_a_decimal_comma_is_one_of_texts_and_not_of_numbers(make_data: MakeData, value: str, expected: float) -> None:
    data = make_data(PLAN, [])
    path = data / "all.jsonl"
    path.write_text(f'{{"indicator": "share", "year": 2020, "value": {value}, "unit": "%"}}\n', encoding="utf-8")
    plan = library.read_plan(data / "targets.toml")
    assert library.read_actuals(path, plan, decimal=",")["value"].tolist() == [expected]


def test_a_folder_reads_itself(smartkpi: Run, make_data: MakeData, tmp_path: Path) -> None:
    head = '[reading]\ndecimal = ","\nmissing = ["offen"]\nfiscal_year = "end"'
    data = make_data(PLAN, [], head=head)
    (data / "actuals" / "all.csv").write_text(
        "indicator;year;value;unit\nshare;2020/21;70,125;%\nshare;2021/22;offen;%\n", encoding="utf-8"
    )
    run = smartkpi("status", "--data", data, "-f", "csv", "--fields", "indicator,year,actual")
    assert run.out == "indicator,year,actual\nshare,2021,70.125\njobs,,\n"


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, [-99.0, 1.234, 5.0]),
        ({"missing": "-99"}, [None, 1.234, 5.0]),
        ({"zero": ["5", "-99"]}, [0.0, 1.234, 0.0]),
        ({"decimal": ","}, [-99.0, 1234.0, 5.0]),
    ],
)
def test_texts_of_parquet_are_read_as_those_of_other_files(
    make_data: MakeData, options: dict[str, str], expected: list[float | None]
) -> None:
    pyarrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    data = make_data(PLAN, [])
    cells = ["-99", "1.234", "5"]
    names = {"indicator": ["jobs"] * 3, "year": [2020, 2021, 2022], "value": cells, "unit": ["person"] * 3}
    parquet.write_table(pyarrow.table(names), data / "all.parquet")
    lines = [
        f'{{"indicator": "jobs", "year": {2020 + n}, "value": "{cell}", "unit": "person"}}'
        for n, cell in enumerate(cells)
    ]
    (data / "all.jsonl").write_text("\n".join(lines), encoding="utf-8")
    plan = library.read_plan(data / "targets.toml")
    for name in ("all.parquet", "all.jsonl"):
        found = library.read_actuals(data / name, plan, **options)["value"].tolist()
        assert [None if math.isnan(each) else each for each in found] == expected
