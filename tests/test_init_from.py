"""`smartkpi init --from FILE`: a plan from a spreadsheet, valid at once, with what could not be placed as comments."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from conftest import MakeData, Run

CHINESE = """指標,單位,方向,目標值,目標年度,基準值,基準年,主辦機關,顏色
數位經濟,億元,越高越好,"1,200",2030,,,數位部,紅
申訴案件,件,越低越好,50,2030,80,2020,,
無單位,,越高越好,5,2030,,,,
"""
ENGLISH = """ID,Title,Unit,Direction,Target,Target year,Baseline,Baseline year
economy,Digital economy,count,increase,100,2030,50,2020
"""


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_table_in_chinese(smartkpi: Run, tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text(CHINESE, encoding="utf-8")
    run = smartkpi("init", tmp_path / "new", "--from", tmp_path / "plan.csv")
    assert run.code == 0, run.err
    assert "顏色" in run.err
    assert "plan.csv:4: 'indicator_3'" in run.err
    assert "no key 'unit'" in run.err
    rows = rows_of(smartkpi("list", "--data", tmp_path / "new", "-f", "csv").out)
    assert [(row["title"], row["unit"], row["direction"], row["target"], row["owner"]) for row in rows] == [
        ("數位經濟", "億元", "increase", "1200", "數位部"),
        ("申訴案件", "件", "decrease", "50", ""),
    ]
    assert "# [indicators.indicator_3]" in (tmp_path / "new" / "targets.toml").read_text(encoding="utf-8")


def test_a_table_in_english(smartkpi: Run, tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text(ENGLISH, encoding="utf-8")
    assert smartkpi("init", tmp_path / "new", "--from", tmp_path / "plan.csv").code == 0
    (tmp_path / "a.csv").write_text("indicator,year,value,unit\neconomy,2025,75,count\n", encoding="utf-8")
    run = smartkpi("status", "--targets", tmp_path / "new" / "targets.toml", "-a", tmp_path / "a.csv", "-f", "csv")
    (row,) = rows_of(run.out)
    assert (row["base"], row["progress_pct"]) == ("50", "50")


def test_the_sheets_of_an_export_make_the_plan_again(smartkpi: Run, make_data: MakeData, tmp_path: Path) -> None:
    plan = {
        "fixed": {"owner": ["A", "B"], "weight": 2.5},
        "relative": {
            "direction": "decrease",
            "target": {"change": "-55 %", "from": 1990},
            "base": 5,
            "base_year": 1990,
        },
        "double": {"target": {"times": 2, "from": 2015}},
        "range": {"direction": "within", "target": [40, 45]},
        "kept": {"keep": True},
        "total": {"total_since": 2021},
    }
    data = make_data(plan, ["fixed,2021,5,count"])
    assert smartkpi("export", "--data", data, "--to", "xlsx", tmp_path / "plan.xlsx").code == 0
    run = smartkpi("init", tmp_path / "new", "--from", tmp_path / "plan.xlsx")
    assert run.code == 0, run.err
    assert "note" not in run.err
    before, after = (rows_of(smartkpi("list", "--data", each, "-f", "csv").out) for each in (data, tmp_path / "new"))
    assert [{**row, "pillar": ""} for row in after] == [{**row, "pillar": ""} for row in before]


@pytest.mark.parametrize("text", ["a,b\n1,2\n", ""])
def test_what_is_no_table_of_indicators(smartkpi: Run, tmp_path: Path, text: str) -> None:
    (tmp_path / "plan.csv").write_text(text, encoding="utf-8")
    run = smartkpi("init", tmp_path / "new", "--from", tmp_path / "plan.csv")
    assert run.code == 3
    assert not (tmp_path / "new").exists()


WRITTEN_BY_PEOPLE = {
    "a title under Indicator": (
        "Indicator,Unit,Direction,Target,Year\nJobs created,jobs,up,500,2030\n",
        'en = "Jobs created"',
    ),
    "a year of Taiwan": ("指標,單位,方向,目標,目標年\n新增職缺,個,增加,500,116年\n", "target_year = 2027"),
    "with its calendar": ("指標,單位,方向,目標,目標年\n新增職缺,個,增加,500,民國116年度\n", "target_year = 2027"),
    "a range": ("Indicator,Unit,Direction,Target,Year\nInflation,%,within,2.5-7.5,2030\n", "target = [2.5, 7.5]"),
    "a range in words": ("Indicator,Unit,Direction,Target,Year\nInflation,%,within,2.5 to 7.5,2030\n", "[2.5, 7.5]"),
    "a change": (
        "Indicator,Unit,Direction,Target,Year\nEmissions,t,decrease,-55% from 1990,2030\n",
        'target = { change = "-55%", from = 1990 }',
    ),
}


@pytest.mark.parametrize("name", WRITTEN_BY_PEOPLE)
def test_what_people_write(smartkpi: Run, tmp_path: Path, name: str) -> None:
    table, expected = WRITTEN_BY_PEOPLE[name]
    (tmp_path / "plan.csv").write_text(table, encoding="utf-8")
    run = smartkpi("init", tmp_path / "new", "--from", tmp_path / "plan.csv")
    assert run.code == 0
    text = (tmp_path / "new" / "targets.toml").read_text(encoding="utf-8")
    assert expected in text
    assert "# [indicators" not in text
    assert smartkpi("validate", "--data", tmp_path / "new").code == 0


def test_the_sheet_of_an_office_has_a_cover_titles_and_notes(smartkpi: Run, tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    cover, sheet = book.worksheets[0], book.create_sheet("指標")
    cover["A1"] = "施政計畫"
    for row in (
        ["交通局關鍵績效指標"],
        ["構面", "指標名稱", "計量單位", "期望方向", "目標值", "目標年度", "主責單位"],
        ["安全", "事故死亡人數", "人", "望小", 120, "117年", "安全科"],
        [None, "滿意度", "%", "提升", 0.85, "117年", "企劃科"],
        ["資料來源：交通局"],
    ):
        sheet.append(row)
    sheet["E4"].number_format = "0%"
    sheet.merge_cells("A3:A4")
    book.save(tmp_path / "plan.xlsx")
    run = smartkpi("init", tmp_path / "new", "--from", tmp_path / "plan.xlsx")
    assert (run.code, "note" in run.err) == (0, False), run.err
    rows = rows_of(smartkpi("list", "--data", tmp_path / "new", "-f", "csv").out)
    fields = ("title", "unit", "direction", "target", "target_year", "owner")
    assert [tuple(row[field] for field in fields) for row in rows] == [
        ("事故死亡人數", "人", "decrease", "120", "2028", "安全科"),
        ("滿意度", "%", "increase", "85", "2028", "企劃科"),
    ]
