"""Some two hundred small tables as offices make them: what is read of each, or why it is refused."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, plan_text

import smartkpi as library
from smartkpi.model import Plan
from smartkpi.model.reading import ReadingOptions
from smartkpi.readers import actuals
from smartkpi.readers.named_files import NamedFile

TABLES = tomllib.loads((ROOT / "tests" / "data" / "tables.toml").read_text(encoding="utf-8"))["table"]
INDICATORS: Mapping[str, Mapping[str, Any]] = {
    "jobs": {"unit": "%", "target": 80, "title": {"en": "Employment rate", "zh-TW": "就業率"}},
    "poor": {"unit": "%", "target": 5, "direction": "decrease", "title": {"en": "Poverty rate", "zh-TW": "貧窮率"}},
    "people": {"unit": "人", "target": 5000, "title": {"en": "People trained", "zh-TW": "培訓人數"}},
    "money": {"unit": "億元", "target": 900, "title": {"en": "Output", "zh-TW": "產值"}},
    "gdp": {"unit": "EUR", "target": 9e15, "title": {"en": "Gross domestic product", "zh-TW": "國內生產毛額"}},
    "kes": {"unit": "KES", "target": 9e15, "title": {"en": "Revenue", "zh-TW": "歲入"}},
    "ntd": {"unit": "元", "target": 9e15, "title": {"en": "Budget", "zh-TW": "預算"}},
    "visits": {"unit": "count", "target": 9e9, "aggregate": "sum", "title": {"en": "Visits", "zh-TW": "訪視次數"}},
    "users": {"unit": "person", "target": 9e9, "aggregate": "last", "title": {"en": "Users", "zh-TW": "用戶數"}},
    "energy": {"unit": "GWh", "target": 9e9, "title": {"en": "Renewable power", "zh-TW": "再生能源發電量"}},
    "ghg": {"unit": "Mt CO2e", "target": 10, "direction": "decrease"},
    "score": {"unit": "score", "target": 10},
    "deaths": {"unit": "per 100,000", "target": 1, "direction": "decrease"},
}


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    path = tmp_path_factory.mktemp("plan") / "targets.toml"
    path.write_text(plan_text(INDICATORS), encoding="utf-8")
    return library.read_plan(path)


@pytest.mark.parametrize("table", TABLES, ids=[table["name"] for table in TABLES])
def test_table(plan: Plan, tmp_path: Path, table: Mapping[str, Any]) -> None:
    (tmp_path / "t.csv").write_bytes(table["text"].encode())
    options: dict[str, Any] = {
        key: tuple(each) if isinstance(each, list) else each for key, each in table.get("options", {}).items()
    }
    indicator = options.pop("indicator", "")
    found = actuals.read([NamedFile(tmp_path / "t.csv", "t.csv", indicator)], plan, ReadingOptions(**options))
    if "refused" in table:
        assert any(fault.key.startswith(table["refused"]) for fault in found.faults), found.faults
        assert all(fault.place.startswith("t.csv") for fault in found.faults if fault.key != "where_unknown")
        return
    assert not found.faults, [fault.message() for fault in found.faults]
    wanted = {}
    for line in table["read"]:
        name, year, value, *status = line.split()
        wanted[name, int(year)] = (None if value == "-" else float(value), *(status or ["A"]))
    read = {(each.indicator, each.year): (each.value, each.obs_status) for each in found.observations.records()}
    assert read.keys() == wanted.keys()
    for key, (value, status) in wanted.items():
        assert read[key][0] == (None if value is None else pytest.approx(value, rel=1e-9))
        assert value is None or read[key][1] == status


def test_every_mark_for_no_data(plan: Plan, tmp_path: Path) -> None:
    words = "- – — － -- .. ... … ‥ …… : NA N/A n.a. n/a NaN null x X [x] [c] [z] *** 未公布 尚未公布 無資料 不適用"
    marks = words.split()
    rows = "".join(f"jobs,{year},{mark},%\n" for year, mark in enumerate(marks, 1950))
    (tmp_path / "t.csv").write_text(f"indicator,year,value,unit\n{rows}jobs,2022,70.4,%\n", encoding="utf-8")
    found = actuals.read([NamedFile(tmp_path / "t.csv", "t.csv")], plan)
    assert not found.faults
    assert [each.value for each in found.observations.records() if each.value is not None] == [70.4]
    assert [each.details["number"] for each in found.remarks if each.key == "no_data_cells"] == [len(marks)]


@pytest.mark.parametrize("text", ["k. A.", "n.d.", "s/d", "/", "•", "?", "待統計", "TBD", "offen", "無", "()"])
def test_what_is_no_mark_for_no_data_is_refused(plan: Plan, tmp_path: Path, text: str) -> None:
    (tmp_path / "t.csv").write_text(f"indicator,year,value,unit\njobs,2021,{text},%\n", encoding="utf-8")
    named = [NamedFile(tmp_path / "t.csv", "t.csv")]
    assert [fault.key for fault in actuals.read(named, plan).faults] == ["value"]
    assert not actuals.read(named, plan, ReadingOptions(missing=(text,))).faults
