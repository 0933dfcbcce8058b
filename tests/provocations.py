"""An input for each message there is: what to run, and the files that differ from a small sound folder."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow
from conftest import plan_text
from pyarrow import parquet
from shellingham import ShellDetectionFailure

if TYPE_CHECKING:
    import pandas as pd

INDICATORS: Mapping[str, Mapping[str, Any]] = {
    "x": {"title": {"en": "Counted things", "zh-TW": "計數"}},
    "share": {"unit": "%", "target": 80, "title": {"en": "A share", "zh-TW": "比率"}},
    "money": {"unit": "兆元", "target": 6.5, "title": {"en": "Money", "zh-TW": "金額"}},
}
HEADER = "indicator,year,value,unit\n"
SOUND: Mapping[str, str | bytes] = {
    "targets.toml": plan_text(INDICATORS),
    "actuals/all.csv": f"{HEADER}x,2020,5,count\n",
}
SDMX = "INDICATOR,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,UNIT_MULT\n"


class Case(NamedTuple):
    """What to run in a folder, and what stands in it beside or instead of the sound files."""

    arguments: tuple[str, ...] = ("validate",)
    files: Mapping[str, str | bytes | None] = {}
    """Text or bytes by path; a path that ends with a slash is an empty folder, None removes a file."""
    without: tuple[str, ...] = ()
    """Packages that are not installed."""
    altered: Mapping[str, Any] = {}
    """What stands in the place of something of the package, for what a test cannot do for real."""


def plan(**own: Any) -> Case:
    """Return a case with other keys of the indicator x."""
    return Case(files={"targets.toml": plan_text({"x": own})})


def own_unit(name: str, *lines: str) -> Case:
    """Return a case with a unit of the plan's own."""
    return raw(plan_text({"x": {}}) + "\n".join(["", f"[units.{name}]", *lines, ""]))


def raw(text: str | bytes) -> Case:
    """Return a case with another plan."""
    return Case(files={"targets.toml": text})


def sdg(option: str, files: Mapping[str, str] | None = None) -> Case:
    """Return a call that makes a plan of a repository of Open SDG with this option of its only target."""
    meta = f"---\nindicator_number: 1.1.1\nprogress_calculation_options:\n- {option}\n---\n"
    repository = {"repo/meta/1-1-1.md": meta, "repo/data/indicator_1-1-1.csv": "Year,Value\n2020,7\n"}
    return Case(("init", "new", "--from", "open-sdg:repo"), {**repository, **(files or {})})


def rows(*lines: str, header: str = HEADER, arguments: tuple[str, ...] = ("validate",)) -> Case:
    """Return a case with other rows of the actuals."""
    return Case(arguments, {"actuals/all.csv": header + "".join(f"{line}\n" for line in lines)})


def cell(row: str) -> Case:
    """Return a case with one more row of the actuals."""
    return rows("x,2020,5,count", row)


def file(content: str | bytes, *arguments: str) -> Case:
    """Return a case with another file of actuals."""
    return Case(("validate", *arguments), {"actuals/all.csv": content})


def use(*arguments: str) -> Case:
    """Return a case of a wrong call."""
    return Case(arguments)


def areas(*arguments: str) -> Case:
    """Return a call on a plan with two series."""
    rows = "indicator,area,year,value,unit\nx,east,2020,5,count\nx,west,2020,6,count\n"
    return Case(arguments, {"targets.toml": plan_text({"x": {}}, dimensions=["area"]), "actuals/all.csv": rows})


def large(years: Sequence[str]) -> bytes:
    """Return a Parquet file with a value near the largest double for each year or part of one."""
    table = {name: [each] * len(years) for name, each in {"indicator": "x", "value": 1e308, "unit": "count"}.items()}
    content = io.BytesIO()
    parquet.write_table(pyarrow.table({**table, "year": years}), content)
    return content.getvalue()


def named_dimension(name: str) -> Case:
    """Return an export to SDMX-CSV of a plan with this dimension."""
    rows = f"indicator,{name},year,value,unit\nx,east,2020,5,count\n"
    plan = plan_text({"x": {}}, dimensions=[name])
    return Case(("export", "--to", "sdmx-csv", "-"), {"targets.toml": plan, "actuals/all.csv": rows})


def packaged(descriptor: str) -> Case:
    """Return a case with the descriptor of a data package for the actuals."""
    return Case(("validate", "-a", "package"), {"package/datapackage.json": descriptor})


def too_much(*arguments: str, **columns: Sequence[Any]) -> Case:
    """Return a call with more rows of Parquet than fit into the memory limit."""
    content, rows = io.BytesIO(), len(next(iter(columns.values())))
    same = {"indicator": "x", "area": "east", "year": 2020, "value": 5.0, "unit": "count"}
    table = {name: columns.get(name, [each] * rows) for name, each in same.items()}
    parquet.write_table(pyarrow.table(table), content, row_group_size=50)
    files: dict[str, str | bytes | None] = {"all.parquet": content.getvalue()}
    files["targets.toml"] = plan_text({"x": {}}, dimensions=["area"])
    return Case(("status", "-a", "all.parquet", "--memory-limit", "60kB", *arguments), files)


def divided() -> bytes:
    """Return Parquet with quarters in a column of their own."""
    content = io.BytesIO()
    cells = {"indicator": ["x"], "year": [2020], "quarter": [1], "value": [5.0], "unit": ["count"]}
    parquet.write_table(pyarrow.table(cells), content)
    return content.getvalue()


def parquet_of(**columns: Any) -> bytes:
    """Return Parquet of one row with these columns beside others."""
    columns = {"indicator": ["x"], "year": [2020], "value": [1.0], "unit": ["count"], **columns}
    content = io.BytesIO()
    parquet.write_table(pyarrow.table(columns), content)
    return content.getvalue()


def used_up(*_: Any) -> None:
    """Fail as a machine does whose memory is used up."""
    raise MemoryError


def no_shell() -> None:
    """Fail as where no shell stands behind the program."""
    raise ShellDetectionFailure


def hidden() -> bytes:
    """Return a workbook with a row and a column that are not shown."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(workbook(("first", [LINES[0], ["money", 2020, 5, "億元"]]))))
    book.active.row_dimensions[2].hidden = book.active.column_dimensions["B"].hidden = True
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def workbook(*sheets: tuple[str, list[list[Any]]]) -> bytes:
    """Return an Excel file with these sheets."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, lines in sheets:
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def with_part(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """Return a workbook in which one of its parts is altered."""
    source, changed = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.namelist():
            text = source.read(part)
            target.writestr(part, text.replace(old, new) if part == name else text)
    return changed.getvalue()


def archive(size: int, name: str = "xl/workbook.xml") -> bytes:
    """Return an archive that unpacks to so many bytes."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as parts:
        parts.writestr(name, bytes(size))
    return content.getvalue()


def formatted(code: str, value: float) -> bytes:
    """Return a workbook with a value in this number format."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(workbook(("first", [LINES[0], ["money", 2020, value, "億元"]]))))
    book.worksheets[0]["C2"].number_format = code
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def merged(cells: str) -> bytes:
    """Return a workbook with a merged value."""
    import openpyxl

    lines = [LINES[0], ["share", 2020, 85, "%"], ["share", 2021, None, "%"]]
    book = openpyxl.load_workbook(io.BytesIO(workbook(("first", lines))))
    book.worksheets[0].merge_cells(cells)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def compound(stream: str) -> bytes:
    """Return a compound file with an empty stream of this name, as encrypted workbooks have."""
    header = struct.pack(
        "<8s16x5H6x7I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 62, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 2**32 - 2, 0
    )
    header = header + struct.pack("<2I", 2**32 - 2, 0) + struct.pack("<109I", 0, *[2**32 - 1] * 108)
    table = struct.pack("<128I", 2**32 - 3, 2**32 - 2, *[2**32 - 1] * 126)
    entries = [("Root Entry", 5), (stream, 2), ("", 0), ("", 0)]
    folder = b"".join(
        struct.pack("<64sHB49xIQ", name.encode("utf-16-le"), 2 * len(name) + 2, kind, 2**32 - 2, 0)
        for name, kind in entries
    )
    return header.ljust(512, b"\0") + table + folder


LINES: list[list[Any]] = [["indicator", "year", "value", "unit"], ["share", 2020, 0.85, "%"]]
SHEET = "xl/worksheets/sheet1.xml"
BOOK = workbook(("first", LINES), ("second", LINES))


def excel(content: bytes, *arguments: str) -> Case:
    """Return a case with a workbook for the actuals."""
    return Case(("validate", "-a", "book.xlsx", *arguments), {"book.xlsx": content})


CASES: Mapping[str, Case] = {
    "no_such_file": use("validate", "-a", "nowhere.csv"),
    "no_such_folder": use("validate", "--data", "nowhere"),
    "no_actuals_folder": Case(("status",), {"actuals/all.csv": None}),
    "no_actuals": Case(("status",), {"actuals/all.csv": None, "actuals/notes.txt": ""}),
    "no_actuals_yet": Case(files={"actuals/all.csv": None}),
    "is_a_folder": use("validate", "--targets", "actuals"),
    "cannot_read": use("validate", "-a", "targets.toml/all.csv"),
    "cannot_write": use("status", "-o", "actuals"),
    "file_too_large": Case(("validate", "--targets", "/dev/zero")),
    "not_text": file(HEADER.encode() + b"x,2020,5,\xff\n"),
    "encoding_used": file("指標,年度,數值,單位\nx,2020,5,件\n".encode("cp950")),
    "plan_not_utf8": raw(b'schema = "\xff"'),
    "toml_syntax": raw("[plan\n"),
    "toml_limits": raw("x = " + "9" * 5000),
    "unknown_key": plan(targit=5),
    "missing_key": raw(plan_text({"x": {}}).replace("target_year = 2030", "")),
    "wrong_type": plan(note=5),
    "not_a_choice": plan(direction="up"),
    "not_a_year": plan(target_year=25),
    "not_finite": plan(target=float("inf")),
    "not_in_range": plan(decimals=-1),
    "empty_text": plan(unit=""),
    "not_a_condition": raw(plan_text({"x": {}}, head='[reading]\nwhere = ["Sex"]')),
    "empty_table": raw(
        plan_text({"x": {}}).replace('[pillars.one]\ntitle = { en = "One", zh-TW = "一" }', "[pillars]")
    ),
    "empty_id": raw(plan_text({"x": {}}) + '[pillars.""]\ntitle = { en = "None" }\n'),
    "control_character": raw(plan_text({"x": {}}) + '[pillars."a\\u001b"]\ntitle = { en = "Escape" }\n'),
    "empty_title": plan(title={"en": ""}),
    "thresholds_out_of_order": raw(plan_text({"x": {}}, head='[rule]\nname = "linear"\non_track = 0.5\nlagging = 0.6')),
    "base_after_target": plan(base_year=2031),
    "milestone_not_a_year": plan(milestones={"soon": 5}),
    "milestone_after_target": plan(milestones={"2030": 5}),
    "bounds_not_a_pair": plan(bounds=[5, 1]),
    "outside_bounds": plan(unit="%", target=101),
    "plan_unknown_unit": plan(unit="precent"),
    "plan_unit_of_changes": plan(unit="pp"),
    "unit_name": own_unit('"12"'),
    "unit_not_own": own_unit('"Per cent"'),
    "unit_size": own_unit("berth", 'measures = "berths"', "size = 0"),
    "unit_equals_and_more": own_unit("bale", 'equals = "200 kg"', "size = 2"),
    "unit_equals": own_unit("bale", 'equals = "many kg"'),
    "target_not_a_quantity": plan(target="5 to 6 件"),
    "target_dimension": plan(target="5 兆元"),
    "not_a_dimension": raw(plan_text({"x": {}}, dimensions=["year"])),
    "dimension_of_results": raw(plan_text({"x": {}}, dimensions=["level"])),
    "repeated_series_target": raw(
        plan_text({"x": {"targets": [{"where": {"area": "a"}, "target": 1}] * 2}}, dimensions=["area"])
    ),
    "not_names": plan(owner=[]),
    "negative_weight": plan(weight=-1),
    "several_indicators_asked": Case(("list", "-k", "part"), {"targets.toml": plan_text({"part1": {}, "part2": {}})}),
    "unknown_owner": Case(("status", "--owner", "Nobody"), {"targets.toml": plan_text({"x": {"owner": "Somebody"}})}),
    "group_without_summary": use("status", "--group", "pillar"),
    "year_to_come": Case(
        ("validate",),
        {"targets.toml": plan_text({"x": {}}), "actuals/all.csv": f"{HEADER}x,2190,5,count\nx,2191,5,count\n"},
    ),
    "too_large": too_much(area=[f"area {each}" for each in range(5000)]),
    "not_by_parts": too_much("-o", "out.csv", year=["2019-20"] * 5000),
    "too_many_values": too_much("-o", "out.csv", area=[f"area {each}" for each in range(5000)]),
    "series_too_long": too_much("-o", "out.csv", area=["east"] * 5000),
    "weights_missing": Case(
        ("status", "--summarise", "--group", "all"),
        {"targets.toml": plan_text({"x": {"weight": 2}, "y": {}})},
    ),
    "parts_too_large": Case(
        ("status", "-a", "all.parquet"),
        {
            "targets.toml": plan_text({"x": {"aggregate": "sum"}}),
            "all.parquet": large(["2021Q1", "2021Q2", "2021Q3", "2021Q4"]),
        },
    ),
    "total_too_large": Case(
        ("status", "-a", "all.parquet"),
        {"targets.toml": plan_text({"x": {"total_since": 2021}}), "all.parquet": large(["2021", "2022"])},
    ),
    "mixed_parts": Case(
        ("validate",),
        {
            "targets.toml": plan_text({"x": {"aggregate": "sum"}}),
            "actuals/all.csv": f"{HEADER}x,2021Q1,5,count\nx,2021M05,5,count\n",
        },
    ),
    "part_of_year_only": Case(
        ("validate",),
        {"targets.toml": plan_text({"x": {"aggregate": "sum"}}), "actuals/all.csv": f"{HEADER}x,2021Q1,5,count\n"},
    ),
    "aggregate_differs": Case(
        ("validate",),
        {
            "targets.toml": plan_text({"x": {"aggregate": "last"}}),
            "actuals/all.csv": f"{HEADER}x,2021Q4,5,count\nx,2021,6,count\n",
        },
    ),
    "not_a_plan_sheet": Case(("init", "new", "--from", "plan.csv"), {"plan.csv": "a,b\n1,2\n"}),
    "columns_not_placed": Case(
        ("init", "new", "--from", "plan.csv"),
        {"plan.csv": "id,unit,direction,target,target_year,colour\na,count,increase,5,2030,red\n"},
    ),
    "row_not_placed": Case(
        ("init", "new", "--from", "plan.csv"),
        {"plan.csv": "id,unit,direction,target,target_year\na,count,increase,,2030\n"},
    ),
    "where_or_since": plan(targets=[{"target": 5}]),
    "change_or_times": plan(target={"from": 2020}),
    "times_not_positive": plan(target={"times": 0, "from": 2020}),
    "not_a_change": plan(target={"change": "55 %", "from": 2020}),
    "range_needed": plan(direction="within", target=5),
    "range_without_within": plan(target=[5, 6]),
    "not_a_range": plan(direction="within", target=[6, 5]),
    "not_with_range": plan(direction="within", target=[5, 6], milestones={"2025": 5}),
    "base_without_year": plan(base=5),
    "not_with_total": plan(total_since=2020, base_year=2020),
    "total_after_target": plan(total_since=2031),
    "from_after_target": plan(target={"times": 2, "from": 2030}),
    "base_differs": plan(base=7, base_year=2020),
    "before_total": plan(total_since=2021),
    "nul_byte": cell("x,2021,5\0,count"),
    "empty_file": file(""),
    "unclosed_quote": cell('x,2021,5,"count'),
    "not_separated_text": cell('x,2021,5,"co"unt'),
    "repeated_column": rows("x,2020,5,count,count", header="indicator,year,value,unit,unit\n"),
    "missing_column": rows("x,5,count", header="indicator,value,unit\n"),
    "missing_indicator": rows("2020,5", header="year,others\n"),
    "missing_unit": rows("x,2020,5", header="indicator,year,value\n"),
    "columns_left_out": rows("x,2020,5,count,east", header="indicator,year,value,unit,area\n"),
    "row_width": cell("x,2021,5"),
    "unknown_indicator": cell("xx,2021,5,count"),
    "none_matches": rows("a,2020,5,count", "b,2020,5,count", "shares,2020,5,count"),
    "no_values": rows("x,2020,,count"),
    "year": cell("x,21,5,count"),
    "years": cell("x,111,5,count"),
    "fiscal_year": cell("x,2021/22,5,count"),
    "month_or_fiscal": cell("x,2010-11,5,count"),
    "part_of_year": cell("x,2021Q1,5,count"),
    "obs_status": rows("x,2020,5,count,Y", header="indicator,year,value,unit,obs_status\n"),
    "missing_dimension": Case(
        files={
            "targets.toml": plan_text({"x": {}}, dimensions=["area"]),
            "actuals/all.csv": "indicator,year,value,unit,area\nx,2020,5,count,\n",
        }
    ),
    "value": cell("x,2021,5 to 6,count"),
    "value_separators": cell('x,2021,"1,5",count'),
    "decimal_mark": rows("x;2021;1.234;count", header="indicator;year;value;unit\n"),
    "decimal_not_comma": rows("x,2021,1.5,count", arguments=("validate", "--decimal", ",")),
    "accounting": cell("x,2021,(5),count"),
    "mark_or_unit": cell("x,2021,5 B,count"),
    "mark_not_applicable": cell("x,2021,5 (z),count"),
    "no_data_cell": cell("x,2021,…,count"),
    "no_data_cells": rows("x,2021,…,count", "x,2022,NA,count"),
    "dash_in_counts": cell("x,2021,-,count"),
    "status_words": rows("x,2020,5,count,Behind", header="indicator,year,value,unit,Status\n"),
    "formula": cell("x,2021,=G7*10,count"),
    "texts_of_latest": rows("x,count,5,6,Late start", header="indicator,unit,2020,2021,Reason for deviation\n"),
    "jump": cell("x,2021,5000,count"),
    "more_jumps": rows(*(f"x,{year},{1000 ** (year % 2)},count" for year in range(2000, 2020))),
    "doubtful_encoding": file(f"{HEADER[:-1]},note\nx,2020,5,count,revisión\n".encode("latin-1")),
    "units_differ": rows("x,2020,5,件,人", header="indicator,year,value,unit,Unit measure\n"),
    "columns_differ": rows("x,2020,5,count,3,Millions", header="indicator,year,value,unit,UNIT_MULT,Unit multiplier\n"),
    "no_unit": cell("x,2021,5,"),
    "unknown_unit": cell("x,2021,5,conut"),
    "unit_of_changes": cell("share,2021,5,pp"),
    "unit_dimension": cell("share,2021,5,person"),
    "two_units": cell("x,2021,5 件,元"),
    "two_multipliers": cell("money,2021,8 億,萬元"),
    "actual_outside_bounds": cell("share,2021,100.1,%"),
    "rows_above": rows("indicator,year,value,unit", "x,2020,5,count", header="Things that were counted\n"),
    "rows_below": cell("Source: a survey"),
    "nameless_column": rows("x,2020,5,count,6", header="indicator,year,value,unit,\n"),
    "words_under_year": rows(",Men,Women", "x,5 件,6 件", header="indicator,2020,\n"),
    "rates_left_out": rows(",Target,Actual,Achievement", "x,5 件,6 件,120 %", header="indicator,2020,,\n"),
    "attainment_differs": rows(",Target,Actual,Achievement", "x,5 件,6 件,99 %", header="indicator,2020,,\n"),
    "figures_left_out": rows("x,5 件,6", header="indicator,2020,Baseline\n"),
    "period_column": Case(("status", "-a", "all.parquet"), {"all.parquet": divided()}),
    "rows_of_targets": rows(
        "x,2020,5,count,Actual", "x,2025,9,count,Target", header="indicator,year,value,unit,type\n"
    ),
    "second_header": rows("x,5 件,6 件", "indicator,2022,2023", "x,7 件,8 件", header="indicator,2020,2021\n"),
    "figures_above": rows("indicator,year,value,unit", "x,2020,5,count", header="Counted,,2,\n"),
    "figures_below": cell("Note: more,,7,"),
    "other_indicator": use("validate", "-a", "share=actuals/all.csv"),
    "where_no_column": Case(
        ("validate", "--where", "Sex="),
        {"actuals/b.csv": "indicator,year,Sex,value,unit\nx,2021,,5,count\n"},
    ),
    "where_leaves_none": rows(
        "x,2020,,5,count",
        "x,2020,F,3,count",
        header="indicator,year,Sex,value,unit\n",
        arguments=("validate", "--where", "Sex=M"),
    ),
    "where_left_out": rows(
        "x,2020,,5,count",
        "x,2020,F,3,count",
        header="indicator,year,Sex,value,unit\n",
        arguments=("validate", "--where", "Sex="),
    ),
    "where_unknown": use("validate", "--where", "vaule=5"),
    "not_a_table": file("<?xml version='1.0'?>\n<data/>\n"),
    "unknown_indicator_of_file": use("validate", "-a", "shrae=actuals/all.csv"),
    "rows_twice": cell("x,2020,5,count"),
    "value_replaced": rows(
        "x,2020,5,count,2021-03,P",
        "x,2020,6,count,2022-03,A",
        header="indicator,year,value,unit,published,obs_status\n",
    ),
    "not_open_sdg": use("init", "new", "--from", "open-sdg:actuals"),
    "open_sdg_no_targets": sdg("target: none"),
    "open_sdg_metadata": sdg("target: ["),
    "open_sdg_without_target": sdg("target: 5", {"repo/meta/1-1-2.md": "---\nindicator_number: 1.1.2\n---\n"}),
    "open_sdg_rows": sdg("target: 5", {"repo/data/indicator_1-1-1.csv": "Year,Value\n2020,7\n2020-2021,8\n"}),
    "open_sdg_periods": sdg("target: 5", {"repo/data/indicator_1-1-1.csv": "Year,Value\n2019/2020,7\n2020/21,8\n"}),
    "open_sdg_unclear": sdg(
        "target: 5", {"repo/data/indicator_1-1-1.csv": "Year,Units,Value\n2020,Number,7\n2020,Percentage,8\n"}
    ),
    "open_sdg_twice": sdg("target: 5", {"repo/data/indicator_1-1-1.csv": "Year,Value\n2020,7\n2020,8\n"}),
    "duplicate": cell("x,2020,6,count"),
    "more_duplicates": rows(
        *(f"x,2020,{number},count,area {number}" for number in range(9)), header="indicator,year,value,unit,Area\n"
    ),
    "duplicate_differs": rows("x,2020,5,count,", "x,2020,3,count,F", header="indicator,year,value,unit,Sex\n"),
    "no_header": rows("1;2", header="a;b\n"),
    "utf16": file(f"{HEADER}x,2020,5,count\n".encode("utf-16")),
    "same_meaning": rows("x,2020,5,6,count", header="indicator,year,value,actual,unit\n"),
    "header_words": rows("x,2020,5,count", header="indicator,year,value (roughly),unit\n"),
    "calendar_of_header": rows(
        "x,109,5,件", header="指標,民國年,數值,單位\n", arguments=("validate", "--calendar", "ce")
    ),
    "ambiguous_indicator": Case(
        files={
            "targets.toml": plan_text({"x": {"title": {"en": "Same"}}, "y": {"title": {"en": "Same"}}}),
            "actuals/all.csv": f"{HEADER}Same,2020,5,count\n",
        }
    ),
    "title_of_another": rows("x,A share,2020,5,count", header="indicator,title,year,value,unit\n"),
    "unit_of_header": rows("money,2020,5,萬元", header="indicator,year,value (億元),unit\n"),
    "row_left_out": rows("x,5 件", "others,6 件", header="indicator,2020\n", arguments=("validate", "--strict")),
    "rows_left_out": rows("x,5 件", "others,6 件", header="indicator,2020\n"),
    "headings_left_out": rows("others,", "x,5 件", header="indicator,2020\n"),
    "target_differs": rows("x,2020,5,count,99", header="indicator,year,value,unit,target\n"),
    "more_targets_differ": Case(
        files={
            "targets.toml": plan_text({"x": {}}, dimensions=["area"]),
            "actuals/all.csv": "indicator,year,value,unit,area,target\n"
            + "".join(f"x,2020,5,count,{number},{number}\n" for number in range(12)),
        }
    ),
    "more_attainments_differ": rows(
        *(f"x,{year},5,count,10,90%" for year in range(2000, 2012)),
        header="indicator,year,value,unit,target,attainment\n",
    ),
    "percent_cell": excel(workbook(("first", LINES))),
    "not_a_workbook": excel(b"PK\x03\x04 and no more"),
    "no_such_sheet": excel(BOOK, "--sheet", "third"),
    "hidden_cells": excel(hidden()),
    "only_sheet": excel(workbook(("cover", [["x"]]), ("data", [LINES[0], ["share", 2020, 85, "%"]]))),
    "several_sheets": excel(workbook(("first", LINES), ("second", LINES))),
    "scaled_cell": excel(formatted("#,##0,", 85000)),
    "merged_number": excel(merged("C2:C3")),
    "workbook_encrypted": excel(compound("EncryptedPackage")),
    "workbook_xlsb": excel(archive(2000, "xl/workbook.bin")),
    "workbook_too_full": excel(workbook(("first", LINES)))._replace(
        altered={"smartkpi.readers.workbook.cells.MOST_CELLS": 3}
    ),
    "json_syntax": file('{"indicator": "x"'),
    "json_keys": file("".join(f'{{"k{number}": 1}}\n' for number in range(2000))),
    "json_no_object": file('{"indicator": "x", "year": 2020, "value": 5, "unit": "count"}\n5\n'),
    "json_value": file('{"indicator": "x", "year": 2020, "value": [5], "unit": "count"}\n'),
    "sdmx_no_indicator": rows("5,2020,6", header="A,TIME_PERIOD,OBS_VALUE\n"),
    "sdmx_indicators": rows("x,x,2020,6", header="A,B,TIME_PERIOD,OBS_VALUE\n"),
    "sdmx_delete": rows("x,2020,6,NUMBER,D", header="INDICATOR,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,ACTION\n"),
    "unit_mult": rows("x,2020,6,NUMBER,many", header=SDMX),
    "unit_mult_twice": rows("money,2020,6,億元,8", header=SDMX),
    "bound": rows("x,2020,5,count,under", header="indicator,year,value,unit,bound\n"),
    "not_a_descriptor": packaged("{"),
    "no_observations": packaged('{"resources": [{"name": "a", "path": "a.csv"}, {"name": "b", "path": "b.csv"}]}'),
    "path_leaves_package": packaged('{"resources": [{"name": "observations", "path": "../all.csv"}]}'),
    "already_there": use("template", "-o", "targets.toml"),
    "folder_not_empty": use("init", "actuals"),
    "cannot_create": use("init", "targets.toml"),
    "no_year_to_follow": Case(("template",), {"actuals/all.csv": None}),
    "needs_to": use("export", "all.xlsx"),
    "not_with_to": use("export", "--to", "sdmx-csv", "all.csv", "-f", "json"),
    "no_place": use("export", "--to", "sdmx-csv"),
    "two_places": use("export", "--to", "sdmx-csv", "all.csv", "-o", "other.csv"),
    "sdmx_dimension": named_dimension("freq"),
    "sdmx_id": named_dimension("縣市"),
    "folder_to_stdout": use("export", "--to", "datapackage", "-"),
    "folder_in_use": use("export", "--to", "datapackage", "actuals"),
    "folder_has_actuals": use("export", "--to", "datapackage", ".", "--force"),
    "binary_on_terminal": use("export", "--to", "xlsx", "-")._replace(
        altered={"smartkpi.cli.commands.export.is_terminal": lambda _: True}
    ),
    "excel_cell": Case(
        ("export", "--to", "xlsx", "out.xlsx"),
        {"actuals/all.csv": f"indicator,year,value,unit,note\nx,2020,5,count,{'long' * 10_000}\n"},
    ),
    "excel_rows": use("export", "--to", "xlsx", "out.xlsx")._replace(
        altered={"smartkpi.render.xlsx.sheet.MOST_ROWS": 2}
    ),
    "more_faults": rows(*(f"x,{year},5,count" for year in range(3000, 4500))),
    "too_many_dimensions": raw(plan_text({"x": {}}, dimensions=[f"d{number}" for number in range(51)])),
    "too_many_columns": rows(header="," * 20_000 + "a\n"),
    "line_too_long": cell("x" * 1_000_001),
    "not_an_interval": use("project", "--interval", "100"),
    "unknown_encoding": use("validate", "--encoding", "klingon"),
    "unknown_rule": use("status", "--rule", "best"),
    "rule_removed": use("status", "--rule", "sdsn"),
    "rule_renamed": use("status", "--rule", "unsd"),
    "rule_changed": use("status", "--rule", "eurostat"),
    "unknown_indicator_asked": use("status", "-k", "shere"),
    "unknown_field": use("status", "-f", "csv", "--fields", "indicator,nonsense"),
    "no_such_schema": use("schema", "explain", "--format", "table-schema"),
    "not_in_words": use("status", "--year", "soon"),
    "unknown_status": use("check", "--fail-on", "best"),
    "no_statuses": Case(("check", "--against", "earlier.csv"), {"earlier.csv": "indicator,year,value,unit\n"}),
    "assumption": use("explain", "x", "--assume", "soon"),
    "assumed_twice": use("explain", "x", "--assume", "x=2023:70", "--assume", "x=2023:80"),
    "summary_of_years": use("status", "--summarise", "--year", "2020..2021"),
    "no_dimensions": use("status", "--by", "area"),
    "unknown_dimension": areas("status", "--by", "aera"),
    "no_such_series": areas("status", "--where", "area=esat"),
    "column_type": Case(("status", "-a", "all.parquet"), {"all.parquet": parquet_of(indicator=[["x"]])}),
    "long_text": Case(("status", "-a", "all.parquet"), {"all.parquet": parquet_of(unit=["a" * 100_001])}),
    "not_parquet": Case(("status", "-a", "all.parquet"), {"all.parquet": b"no such thing"}),
    "needs_package": Case(("status", "-a", "all.parquet"), {"all.parquet": b"PAR1"}, without=("pyarrow",)),
    "workbook_unpacked": excel(archive(2000))._replace(
        altered={"smartkpi.readers.workbook.cells.LARGEST_UNPACKED": 1000}
    ),
    "out_of_memory": Case(altered={"smartkpi.readers.dataset.load": used_up}),
    "format_and_suffix": use("status", "-f", "csv", "-o", "status.json"),
    "suffix_without_format": use("report", "-o", "report.csv"),
    "no_browser": Case(("report", "-o", "x.pdf"), altered={"smartkpi.render.report.pdf.find_browser": lambda: None}),
    "browser_failed": Case(
        ("report", "-o", "x.pdf"), altered={"smartkpi.render.report.pdf.find_browser": lambda: "false"}
    ),
    "no_chinese_font": Case(
        ("report", "-o", "chart.png"), altered={"smartkpi.render.report.png.chinese_font": lambda: ("", [])}
    ),
    "no_completion": Case(("--show-completion",), altered={"shellingham.detect_shell": lambda: ("tcsh", "/bin/tcsh")}),
    "no_shell": Case(("--install-completion",), altered={"shellingham.detect_shell": no_shell}),
    "workbook_too_large": excel(with_part(workbook(("first", LINES)), SHEET, b'r="D2"', b'r="XFD2"'))._replace(
        altered={"smartkpi.readers.workbook.cells.MOST_CELLS": 1000}
    ),
}


def frame(**columns: Any) -> pd.DataFrame:
    """Return observations of x."""
    import pandas as pd

    return pd.DataFrame({"indicator": "x", "year": 2020, "unit": "count", **columns})


# What only Python users meet: the call, as they write it.
IN_PYTHON: Mapping[str, str] = {
    "needs_both": 'smartkpi.export(to="xlsx")',
    "unknown_level": 'smartkpi.status(level="best")',
    "value_not_finite": 'smartkpi.assess(frame(value=[float("inf")]), plan)',
    "precision": 'smartkpi.assess(frame(value=1.0, precision=["wide"]), plan)',
    "more_of_a_kind": "smartkpi.assess(frame(value=range(50), year=range(50)), plan)",
}
