"""Agencies in charge, weights, summaries per group, and indicators by a part of their names."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from conftest import MakeData, Run


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


PLAN: dict[str, dict[str, Any]] = {
    "roads": {"title": {"en": "Roads built", "zh-TW": "道路"}, "owner": ["Ministry A", "Ministry B"], "weight": 30},
    "trains": {"title": {"en": "Trains bought", "zh-TW": "火車"}, "owner": "Ministry A", "weight": 10},
    "buses": {"title": {"en": "Buses bought", "zh-TW": "公車"}, "owner": {"en": "City", "zh-TW": "市政府"}},
}
LINES = ["roads,2020,10,count", "roads,2025,150,count", "trains,2020,10,count", "trains,2025,40,count",
         "buses,2025,80,count"]  # fmt: skip


def test_groups_by_hand(smartkpi: Run, make_data: MakeData) -> None:
    """Targets are 100, so that attainment is the value: 150 counts as 100; buses weigh the mean of 30 and 10."""
    data = make_data({name: {"target": 100, **keys} for name, keys in PLAN.items()}, LINES)
    run = smartkpi("status", "--data", data, "--summarise", "--group", "owner", "-f", "csv")
    found = {row["group"]: row for row in rows_of(run.out)}
    assert list(found) == ["Ministry A", "Ministry B", "City"]
    assert float(found["Ministry A"]["capped_attainment_pct"]) == pytest.approx((30 * 100 + 10 * 40) / 40)
    assert (found["Ministry A"]["series"], found["Ministry A"]["with_attainment"]) == ("2", "2")
    assert (found["Ministry B"]["achieved"], found["Ministry B"]["capped_attainment_pct"]) == ("1", "100")
    assert (found["City"]["undetermined"], found["City"]["capped_attainment_pct"]) == ("1", "80")
    assert "1 of 3 indicators have no weight; they count with the mean of the others, 20" in run.err
    (every,) = rows_of(smartkpi("status", "--data", data, "--summarise", "--group", "all", "-f", "csv").out)
    assert float(every["capped_attainment_pct"]) == pytest.approx((30 * 100 + 10 * 40 + 20 * 80) / 60)


def test_weights_near_the_largest_double(smartkpi: Run, make_data: MakeData) -> None:
    """Two equal weights halve, even where their sum is beyond doubles; 100 and 40 give 70."""
    weights: dict[str, dict[str, Any]] = {name: {"weight": 1e308} for name in ("roads", "trains")}
    data = make_data(weights, LINES[:4])
    (row,) = rows_of(smartkpi("status", "--data", data, "--summarise", "--group", "all", "-f", "csv").out)
    assert row["capped_attainment_pct"] == "70"


def test_agencies_and_weights_can_be_asked_for(smartkpi: Run, make_data: MakeData) -> None:
    data = make_data({name: {"target": 100, **keys} for name, keys in PLAN.items()}, LINES)
    for command, rows in (("status", 3), ("project", 3), ("export", 5)):
        found = rows_of(smartkpi(command, "--data", data, "-f", "csv", "--fields", "indicator,owner,weight").out)
        assert found[0] == {"indicator": "roads", "owner": "Ministry A; Ministry B", "weight": "30"}, command
        assert (len(found), found[-1]["weight"]) == (rows, "")


def test_a_score_stands_with_its_count(smartkpi: Run, make_data: MakeData) -> None:
    data = make_data({name: {"target": 100, **keys} for name, keys in PLAN.items()}, LINES[:2])
    out = smartkpi("status", "--data", data, "--summarise", "--group", "all").out
    assert "Weighted mean attainment, each capped at 100" in out
    assert "100.0% (1 of 3)" in out


def test_the_shipped_plan_per_pillar_agrees_with_a_sum_by_hand(smartkpi: Run) -> None:
    arguments = ["status", "--level", "all", "-f", "csv"]
    rows = rows_of(smartkpi(*arguments).out)
    for group in rows_of(smartkpi(*arguments, "--summarise", "--group", "pillar").out):
        own = [row for row in rows if row["pillar"] == group["group"]]
        capped = [min(float(row["attainment_pct"]), 100.0) for row in own if row["attainment_pct"]]
        assert int(group["series"]) == len(own)
        assert int(group["with_attainment"]) == len(capped)
        assert float(group["capped_attainment_pct"]) == pytest.approx(sum(capped) / len(capped))
        assert int(group["on_track"]) == sum(row["status"] == "on_track" for row in own)


def test_owner_selects(smartkpi: Run, make_data: MakeData) -> None:
    data = make_data(PLAN, LINES)
    for command in (["status"], ["project"], ["list"], ["export"], ["check"], ["template", "--year", "2026"]):
        run = smartkpi(*command, "--data", data, "--owner", "ministry b", *(["-f", "csv"] if len(command) == 1 else []))
        assert {row["indicator"] for row in rows_of(run.out)} <= {"roads"}, command
        assert run.code in (0, 4, 5)


@pytest.mark.parametrize(
    ("text", "name"),
    [("roads", "roads"), ("Roads built", "roads"), ("火車", "trains"), ("bus", "buses"), ("公", "buses")],
)
def test_an_indicator_by_id_title_or_part(smartkpi: Run, make_data: MakeData, text: str, name: str) -> None:
    data = make_data(PLAN, LINES)
    assert [row["indicator"] for row in rows_of(smartkpi("list", "--data", data, "-k", text, "-f", "csv").out)] == [
        name
    ]
    assert smartkpi("explain", text, "--data", data).code == 0
    assert smartkpi("trend", text, "--data", data).code == 0


def test_a_part_of_several_names_them(smartkpi: Run, make_data: MakeData) -> None:
    run = smartkpi("list", "--data", make_data(PLAN, LINES), "-k", "bought")
    assert run.code == 2
    assert "trains, buses" in run.err


@pytest.mark.parametrize(("lang", "words"), [("en", ("In charge", "City")), ("zh-TW", ("主辦機關", "市政府"))])
def test_list_reads_well(smartkpi: Run, make_data: MakeData, lang: str, words: tuple[str, ...]) -> None:
    out = smartkpi("list", "--data", make_data(PLAN, LINES), "--lang", lang).out
    assert all(word in out for word in words)
