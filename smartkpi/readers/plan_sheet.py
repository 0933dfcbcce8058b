"""A spreadsheet or CSV with a row for each indicator -> cells by the keys of a plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from smartkpi.errors import Fault
from smartkpi.readers import csv, files
from smartkpi.readers.csv import Row, Sheet
from smartkpi.readers.layouts.extent import MOST_TITLE_ROWS, is_labelled_note
from smartkpi.readers.layouts.names import folded

_LARGEST = 64_000_000
_SHEET = "indicators"
_HEADINGS: Mapping[str, str] = {
    "id": "id|indicator|code|kpi|指標代碼|代碼|編號",
    "title_en": "title|title_en|name|english title|indicator name|指標名稱(英文)|英文名稱",
    "title_zh": "title_zh|title_zh_tw|chinese title|title in chinese|指標|指標名稱|名稱|中文名稱|績效指標",
    "pillar": "pillar|group|theme|goal|分組|構面|面向|組別|類別|分類|策略目標|施政目標",
    "level": "level|層級",
    "unit": "unit|units|unit of measure|單位|衡量單位|計量單位|度量單位",
    "direction": "direction|polarity|desired direction|方向|指標方向|期望方向|指標性質|指標屬性",
    "target": "target|target value|目標|目標值",
    "target_low": "target_low|lower target|目標下限",
    "target_high": "target_high|upper target|目標上限",
    "target_text": "target_text",
    "target_year": "target_year|target year|year|目標年|目標年度|目標年份|達成年度|年度",
    "base": "base|baseline|base value|基準值|基期值",
    "base_year": "base_year|baseline year|base year|基準年|基準年度|基期|基期年|基期年度",
    "total_since": "total_since",
    "keep": "keep",
    "owner": "owner|agency|responsible|responsible unit|department|in charge|主辦機關|主管機關|負責單位|權責單位"
    "|主辦單位|主責單位|主責機關|主責部會|主責科室|承辦單位|業務單位|執行單位",
    "weight": "weight|權重",
    "decimals": "decimals",
    "definition": "definition|定義|指標定義",
    "source": "source|data source|資料來源|來源",
    "locator": "locator|page|頁碼|出處",
    "note": "note|notes|remark|備註|說明",
}
"""What the columns are called in either language, and in the sheets that `export` writes."""
_KEYS = {folded(name): key for key, names in _HEADINGS.items() for name in names.split("|")}
_KNOWN_BUT_NOT_READ = {"pillar_title", "lower_bound", "upper_bound"}


class PlanSheet(NamedTuple):
    """The rows of a file, and the columns that nothing is made of."""

    rows: Sequence[tuple[int, Mapping[str, str]]]
    """Line and cells by key."""
    left_out: Sequence[str]


def read(path: Path, file: str, faults: list[Fault]) -> PlanSheet | None:
    """Return the indicators of a file; None with an error."""
    sheet = _sheet(path, file, faults)
    if sheet is None:
        return None
    if not _is_header(sheet.header):
        faults.append(Fault("not_a_plan_sheet", file, sheet.header.line, found=", ".join(sheet.header.cells)))
        return None
    keys = _keys(sheet.header)
    rows = [
        (row.line, {key: cell.strip() for key, cell in zip(keys, row.cells, strict=False) if key and cell.strip()})
        for row in sheet.rows
        if not is_labelled_note(row)
    ]
    names = zip(sheet.header.cells, keys, strict=True)
    return PlanSheet(
        [(line, cells) for line, cells in rows if cells],
        [name for name, key in names if name and not key and name not in _KNOWN_BUT_NOT_READ],
    )


def _keys(row: Row) -> list[str]:
    return [_KEYS.get(folded(name), "") for name in row.cells]


def _is_header(row: Row) -> bool:
    keys = set(_keys(row))
    return "target" in keys and bool({"id", "title_en", "title_zh"} & keys)


def _below_titles(sheet: Sheet) -> Sheet:
    """Return the sheet from its header on, which may stand below titles."""
    rows = [sheet.header, *sheet.rows]
    place = next((place for place, row in enumerate(rows[:MOST_TITLE_ROWS]) if _is_header(row)), 0)
    return sheet._replace(header=rows[place], rows=rows[place + 1 :])


def _sheet(path: Path, file: str, faults: list[Fault]) -> Sheet | None:
    before = len(faults)
    content = files.read_bytes(path, file, faults, _LARGEST)
    if len(faults) > before:
        return None
    if files.is_workbook(content):
        from smartkpi.readers import workbook

        ignored: list[Fault] = []
        found = workbook.read(content, file, ignored, [], [_SHEET]) or workbook.read(content, file, faults, [], ["*"])
        every = list(map(_below_titles, found))
        return next((each for each in every if _is_header(each.header)), next(iter(every), None))
    text, _ = files.decode(content, file, faults)
    table = csv.read(text, file, faults) if len(faults) == before else None
    return _below_titles(table) if table else None
