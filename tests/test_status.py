"""`smartkpi status` on the shipped plan and on small plans that a person can check in the head."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from conftest import MakeData, Run

import smartkpi as library
from smartkpi.model.codes import RuleName
from smartkpi.model.columns import STATUS_COLUMNS

# What the 2022 figures must come to: (5.7, 6.2) of 6.5 and so on, written out as formulas with the report's numbers.
EXPECTED: dict[str, dict[str, Any]] = {
    "digital_economy_size": {
        "attainment_pct": 100 * 6.2 / 6.5,
        "required_growth_pct": 100 * ((6.5 / 6.2) ** (1 / 3) - 1),
        "required_change": (6.5 - 6.2) / 3,
        "pace": (6.2 / 5.7 - 1) / ((6.5 / 5.7) ** (1 / 4) - 1),
        "status": "on_track",
        "evidence": "low",
        "reason": None,
    },
    "digital_service_economy_size": {
        "attainment_pct": 100 * 2.4 / 2.9,
        "required_growth_pct": 100 * ((2.9 / 2.4) ** (1 / 3) - 1),
        "required_change": (2.9 - 2.4) / 3,
        "pace": (2.4 / 2.24 - 1) / ((2.9 / 2.24) ** (1 / 4) - 1),
        "status": "on_track",
        "evidence": "low",
        "reason": "within_rounding",
    },
    "digital_lifestyle_services_rate": {
        "attainment_pct": 100 * 74.1 / 80,
        "required_growth_pct": 100 * ((80 / 74.1) ** (1 / 3) - 1),
        "required_change": (80 - 74.1) / 3,
        "pace": ((74.1 / 25.8) ** (1 / 6) - 1) / ((80 / 25.8) ** (1 / 9) - 1),
        "status": "on_track",
        "evidence": "low",
        "reason": None,
    },
    "personal_digital_competitiveness_share": {
        "attainment_pct": 79.5,
        "required_growth_pct": 100 * ((60 / 47.7) ** (1 / 3) - 1),
        "required_change": 4.1,
        "pace": None,
        "status": "undetermined",
        "evidence": "low",
        "reason": "one_observation",
    },
    "broadband_2gbps_coverage": {
        "attainment_pct": 100 * 58.6 / 90,
        "required_growth_pct": 100 * ((90 / 58.6) ** (1 / 3) - 1),
        "required_change": (90 - 58.6) / 3,
        "pace": None,
        "status": "undetermined",
        "evidence": "low",
        "reason": "one_observation",
    },
    "mobile_5g_population_coverage": {
        "attainment_pct": 100 * 96.37 / 85,
        "required_growth_pct": 0,
        "required_change": 0,
        "pace": None,
        "status": "achieved",
        "evidence": "low",
        "reason": "one_observation",
    },
}

# The same to four significant digits, as a person reads them.
ROUNDED = {
    "digital_economy_size": (95.38, 1.588, 0.1, 2.628),
    "digital_service_economy_size": (82.76, 6.511, 0.1667, 1.071),
    "digital_lifestyle_services_rate": (92.625, 2.587, 1.967, 1.435),
    "personal_digital_competitiveness_share": (79.5, 7.947, 4.1, None),
    "broadband_2gbps_coverage": (65.11, 15.38, 10.47, None),
    "mobile_5g_population_coverage": (113.4, 0, 0, None),
}


def check(rows: Sequence[Mapping[Any, Any]]) -> None:
    assert [row["indicator"] for row in rows] == list(EXPECTED)
    for row in rows:
        expected = EXPECTED[row["indicator"]]
        assert {name: row[name] for name in expected} == {
            name: pytest.approx(value, rel=1e-12) if isinstance(value, float) else value
            for name, value in expected.items()
        }
        figures = [row[name] for name in ("attainment_pct", "required_growth_pct", "required_change", "pace")]
        assert figures == [each and pytest.approx(each, rel=5.5e-4) for each in ROUNDED[row["indicator"]]]


def typed(name: str, cell: str) -> Any:
    if cell == "":
        return None
    return float(cell) if STATUS_COLUMNS[name] in ("number", "year") else cell


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_csv(smartkpi: Run) -> None:
    run = smartkpi("status", "--format", "csv")
    assert run.code == 0
    rows = rows_of(run.out)
    assert list(rows[0]) == list(STATUS_COLUMNS)
    check([{name: typed(name, cell) for name, cell in row.items()} for row in rows])


def test_json(smartkpi: Run) -> None:
    run = smartkpi("status", "-f", "json")
    document = json.loads(run.out)
    assert document["schema"] == "smartkpi/status/1"
    assert document["rule"] == "compound"
    assert document["plan"]["id"] == "smart-nation-2021-2025"
    assert list(document["rows"][0]) == list(STATUS_COLUMNS)
    check(document["rows"])


def test_json_lines_are_the_rows(smartkpi: Run) -> None:
    lines = smartkpi("status", "-f", "jsonl").out.splitlines()
    assert [json.loads(line) for line in lines] == json.loads(smartkpi("status", "-f", "json").out)["rows"]


def test_api() -> None:
    frame = library.status(year=2022)
    assert list(frame.columns) == list(STATUS_COLUMNS)
    assert frame["year"].dtype == "Int64"
    assert frame["on_track"].tolist()[:3] == [True, True, True]
    check(frame.astype(object).where(frame.notna(), None).to_dict("records"))


def test_summary_line(smartkpi: Run) -> None:
    assert (
        smartkpi("status").err
        == "2022: 4 of 6 on track (4 on low evidence, 1 disputed by other rules), 2 undetermined\n"
    )
    assert smartkpi("status", "-q").err == ""


def test_replay_of_2021(smartkpi: Run) -> None:
    run = smartkpi("status", "--year", 2021, "-f", "csv")
    rows = {row["indicator"]: row for row in rows_of(run.out)}
    assert rows["digital_economy_size"]["actual"] == "5.7"
    assert rows["digital_economy_size"]["reason"] == "one_observation"
    assert rows["digital_lifestyle_services_rate"]["year"] == "2016"
    assert rows["broadband_2gbps_coverage"]["reason"] == "no_observation"
    assert run.err == "2021: 0 of 6 on track, 6 undetermined\n"


def test_levels_and_indicators(smartkpi: Run) -> None:
    def count(*options: str) -> int:
        return len(rows_of(smartkpi("status", "-f", "csv", *options).out))

    assert [count(), count("--level", "sector"), count("--level", "all")] == [6, 8, 14]
    assert count("-k", "cybersecurity_faculty", "-k", "digital_economy_size") == 2


def test_sector_indicators(smartkpi: Run) -> None:
    rows = {row["indicator"]: row for row in rows_of(smartkpi("status", "--level", "sector", "-f", "csv").out)}
    assert rows["cybersecurity_faculty"]["attainment_pct"] == "80"  # the report itself prints 達成率 80%
    assert float(rows["sme_new_revenue"]["attainment_pct"]) == pytest.approx(715)
    assert rows["campus_5g_sites"]["evidence"] == "low"


STATUSES = {
    # rows of one indicator with target 100 in 2030, and what becomes of it
    "no observation": ([], {}, "undetermined", "no_observation"),
    "one observation": (["2020,50"], {}, "undetermined", "one_observation"),
    "achieved": (["2020,50", "2025,101"], {}, "achieved", ""),
    "achieved by rounding": (["2020,50", "2025,100"], {}, "achieved", "within_rounding"),
    "on track by the last digit of the base": (["2020,50", "2025,70"], {}, "on_track", "within_rounding"),
    "within the tolerance": (["2020,50", "2025,99.99999999"], {}, "achieved", ""),
    "on track": (["2020,50", "2025,71"], {}, "on_track", ""),
    "lagging": (["2020,50", "2025,65"], {}, "lagging", ""),
    "off track": (["2020,50", "2025,55"], {}, "off_track", ""),
    "reversing": (["2020,50", "2025,45"], {}, "reversing", ""),
    "missed": (["2020,50", "2030,99"], {}, "missed", "not_ahead"),
    "missed, but once met": (["2020,50", "2029,101", "2030,99"], {}, "missed", "met_then_lost;not_ahead"),
    "met then lost": (["2020,50", "2024,100", "2025,90"], {}, "on_track", "met_then_lost"),
    "no base observation": (["2021,50", "2025,65"], {"base_year": 2020}, "undetermined", "no_base_observation"),
    "base year after the first": (["2019,1", "2020,50", "2025,65"], {"base_year": 2020}, "lagging", ""),
    "only the base year": (["2019,1", "2020,50"], {"base_year": 2020}, "undetermined", "one_observation"),
    "base equals target": (["2020,100", "2025,90"], {}, "undetermined",
                          "base_equals_target;met_then_lost;within_rounding"),
    "base beyond target": (["2020,120", "2025,110"], {}, "achieved", "base_meets_target"),
    "zero base": (["2020,0", "2025,50"], {}, "on_track", "zero_denominator;linear_pace"),
    "actual 0": (["2020,50", "2025,0"], {}, "reversing", "zero_denominator"),
    "sign change": (["2020,-50", "2025,50"], {}, "on_track", "sign_change;linear_pace"),
    "one year left": (["2020,50", "2025,65"], {"target_year": 2026}, "off_track", ""),
    "target of 0": (["2020,50", "2025,20"], {"target": 0, "direction": "decrease"}, "on_track",
                    "zero_denominator;linear_pace"),
    "all negative": (["2020,-50", "2025,-70"], {"target": -100, "direction": "decrease"}, "on_track",
                     "sign_change;within_rounding"),
    "base year is target year": (["2029,90", "2030,95"], {"base_year": 2030}, "missed", "one_observation;not_ahead"),
    "a break starts the series anew": (["2020,50", "2023,70,B", "2025,80"], {}, "on_track", ""),
    "a break as the latest": (["2020,50", "2025,80,D"], {}, "undetermined", "one_observation"),
    "another definition throughout is one run": (["2020,50,D", "2025,72,D"], {}, "on_track", ""),
    "after another definition": (["2020,50", "2022,70,D", "2023,50", "2025,72"], {}, "on_track", ""),
    "a forecast is no observation": (["2020,50", "2025,80,F"], {}, "undetermined", "one_observation"),
    "a missing value is none": (["2020,50", "2025,"], {}, "undetermined", "one_observation"),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "own", "status", "reason"), STATUSES.values(), ids=STATUSES.keys())
def test_status_and_reason(
    smartkpi: Run, make_data: MakeData, rows: list[str], own: dict[str, Any], status: str, reason: str
) -> None:
    lines = [f"x,{year},{value},count,{(rest or ['A'])[0]}" for year, value, *rest in (row.split(",") for row in rows)]
    data = make_data({"x": own}, lines, header="indicator,year,value,unit,obs_status")
    (row,) = rows_of(smartkpi("status", "--data", data, "-f", "csv").out)
    assert (row["status"], row["reason"]) == (status, reason)


def test_target_year_passed(smartkpi: Run, make_data: MakeData) -> None:
    data = make_data({"x": {}}, ["x,2020,50,count", "x,2025,65,count"])
    (row,) = rows_of(smartkpi("status", "--data", data, "--year", 2030, "-f", "csv").out)
    assert (row["status"], row["reason"]) == ("undetermined", "target_year_passed")


UNEXPLAINED = ("reason", "obs_status", "milestone", "milestone_attainment_pct", "target_low", "target_high")


@pytest.mark.parametrize("name", STATUSES)
def test_every_empty_figure_has_a_reason(smartkpi: Run, make_data: MakeData, name: str) -> None:
    rows, own, *_ = STATUSES[name]
    data = make_data({"x": own}, [f"x,{row.split(',')[0]},{row.split(',')[1]},count" for row in rows])
    for rule in RuleName:
        (row,) = rows_of(smartkpi("status", "--data", data, "--rule", rule, "-f", "csv").out)
        empty = [column for column, cell in row.items() if cell == "" and column not in UNEXPLAINED]
        assert bool(row["reason"]) or not empty, (rule, empty)


def test_units_of_actuals_are_converted(smartkpi: Run, make_data: MakeData) -> None:
    indicators = {"gdp": {"unit": "兆元", "target": 6.5}}
    rows = ["gdp,2020,57000,億元", "gdp,2021,6000000,百萬元", "gdp,2022,6.2e12,TWD"]
    (row,) = rows_of(smartkpi("status", "--data", make_data(indicators, rows), "-f", "csv").out)
    assert (row["base"], row["actual"], row["unit"]) == ("5.7", "6.2", "兆元")


@pytest.mark.parametrize("unit", ["%", "％", "percent", "pct"])
def test_shares_look_the_same_however_their_unit_is_written(smartkpi: Run, make_data: MakeData, unit: str) -> None:
    data = make_data({"a": {"unit": unit}}, [f"a,2020,50,{unit}", f"a,2022,60,{unit}"])
    row = smartkpi("status", "--data", data, "-f", "markdown").out.splitlines()[2]
    assert "| 60% (2022) | 100% (2030) |" in row
    assert "| +5 pp |" in row


def test_fields_choose_and_order_columns(smartkpi: Run) -> None:
    run = smartkpi("status", "-f", "csv", "--fields", "status,indicator", "-k", "digital_economy_size")
    assert run.out == "status,indicator\non_track,digital_economy_size\n"
    wrong = smartkpi("status", "-f", "csv", "--fields", "statsu")
    assert wrong.code == 2
    assert "there is no field 'statsu'" in wrong.err


@pytest.mark.parametrize(
    "options",
    [
        ("--rule", "best"),
        ("--year", "22"),
        ("--year", "next"),
        ("-k", "digtial_economy"),
        ("-k", "digital"),
        ("--lang", "fr"),
        ("--color", "red"),
        ("--format", "xml"),
        ("--level", "low"),
        ("--no-such-option",),
    ],
)
def test_usage_errors(smartkpi: Run, options: tuple[str, ...]) -> None:
    run = smartkpi("status", *options)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("smartkpi: error: ")


def test_plan_may_have_a_rule_of_its_own(smartkpi: Run, make_data: MakeData) -> None:
    rows = ["x,2020,50,count", "x,2025,65,count"]
    for head, status in (
        ('[rule]\nname = "linear"', "lagging"),
        ('[rule]\nname = "linear"\nlagging = 0.7', "off_track"),
        ('[rule]\nname = "linear"\non_track = 0.6', "on_track"),
    ):
        (row,) = rows_of(smartkpi("status", "--data", make_data({"x": {}}, rows, head=head), "-f", "csv").out)
        assert row["status"] == status, head


MIRRORED = [
    ("increase", 100.0, [50.0, 65.0]),
    ("increase", 100.0, [50.0, 45.0]),
    ("decrease", 20.0, [50.0, 41.0]),
    ("decrease", 20.0, [50.0, 0.0]),
    ("increase", 5.0, [-3.0, 1.0]),
]


@pytest.mark.parametrize("rule", list(RuleName))
@pytest.mark.parametrize(("direction", "target", "values"), MIRRORED)
def test_mirroring_a_plan_keeps_status_and_pace(
    smartkpi: Run, make_data: MakeData, direction: str, target: float, values: list[float], rule: str
) -> None:
    seen = []
    for sign, way in ((1, direction), (-1, "decrease" if direction == "increase" else "increase")):
        rows = [f"x,{year},{sign * value},count" for year, value in zip((2020, 2025), values, strict=True)]
        data = make_data({"x": {"direction": way, "target": sign * target}}, rows)
        (row,) = rows_of(smartkpi("status", "--data", data, "--rule", rule, "-f", "csv").out)
        seen.append((row["status"], row["pace"]))
    assert seen[0] == seen[1]


def test_an_old_table_says_that_the_target_year_is_over(smartkpi: Run) -> None:
    """Of one observation or of several: what is missing is that of the target year."""
    out = smartkpi("status", "--year", "2050").out
    assert out.count("out of date*†") == 5
    assert "one year" not in out


def test_a_plan_of_many_indicators_with_observations_of_few(smartkpi: Run, make_data: MakeData) -> None:
    names = [f"x{number}" for number in range(300)]
    data = make_data({name: {} for name in names}, ["x0,2020,20,count", "x0,2022,40,count"])
    run = smartkpi("status", "--data", data, "-f", "csv", "--fields", "indicator,actual")
    assert run.out.splitlines() == ["indicator,actual", "x0,40", *(f"{name}," for name in names[1:])]
