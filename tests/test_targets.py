"""Every kind of target, on plans that a person can check in the head."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from conftest import MakeData, Run
from hypothesis import given
from hypothesis import strategies as st

FIGURES = {"base", "actual", "target", "gap", "attainment_pct", "progress_pct", "pace", "milestone",
           "milestone_attainment_pct", "target_low", "target_high"}  # fmt: skip


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def as_number(cell: str) -> float | None:
    return float(cell) if cell else None


# By name: keys of the indicator, its observations, more arguments, what status must say.
KINDS: Mapping[str, tuple[Mapping[str, Any], Sequence[str], Sequence[str], Mapping[str, Any]]] = {
    "a share of the value of a year": (
        {"direction": "decrease", "target": {"change": "-55 %", "from": 1990}},
        ["x,1990,1000,count", "x,2020,700,count"],
        [],
        {"base": 1000, "target": 450, "gap": -250, "status": "off_track"},
    ),
    "percentage points": (
        {"unit": "%", "target": {"change": "+20 pp", "from": 2015}},
        ["x,2015,50,%", "x,2025,65,%"],
        [],
        {"target": 70, "progress_pct": 75, "status": "on_track"},
    ),
    "an amount more, in another multiple of the unit": (
        {"unit": "億元", "target": {"change": "+1 兆元", "from": 2015}},
        ["x,2015,2000,億元", "x,2025,9000,億元"],
        [],
        {"target": 12000, "progress_pct": 70},
    ),
    "a multiple": (
        {"target": {"times": 2, "from": 2015}},
        ["x,2015,120,count", "x,2023,190,count"],
        [],
        {"target": 240, "status": "on_track"},
    ),
    "a share of nothing": (
        {"target": {"change": "+50 %", "from": 2015}},
        ["x,2015,0,count", "x,2023,190,count"],
        [],
        {"target": None, "gap": None, "status": "undetermined",
         "reason": "no_target_value;zero_denominator"},
    ),
    "a share of what is not known": (
        {"target": {"change": "+50 %", "from": 2015}},
        ["x,2016,5,count", "x,2023,190,count"],
        [],
        {"target": None, "status": "undetermined", "reason": "no_target_value;no_base_observation"},
    ),
    "a share of a value before a break": (
        {"target": {"change": "+50 %", "from": 2015}},
        ["x,2015,5,count,", "x,2020,50,count,B", "x,2023,190,count,"],
        [],
        {"target": None, "status": "undetermined", "reason": "no_target_value;no_base_observation"},
    ),
    "a share of the base that the plan prints": (
        {"direction": "decrease", "target": {"change": "-50 %", "from": 1990}, "base": 800, "base_year": 1990},
        ["x,2020,600,count"],
        [],
        {"base": 800, "target": 400, "progress_pct": 50, "evidence": "low"},
    ),
    "a printed base that the data have otherwise": (
        {"base": 40, "base_year": 2020},
        ["x,2020,50,count", "x,2025,75,count"],
        [],
        {"base": 50, "progress_pct": 50},
    ),
    "a printed base before a break": (
        {"base": 40, "base_year": 2015},
        ["x,2020,50,count,B", "x,2025,75,count,"],
        [],
        {"base": None, "reason": "no_base_observation"},
    ),
    "below a range": (
        {"direction": "within", "target": [60, 80]},
        ["x,2020,40,count", "x,2025,50,count"],
        [],
        {"target": 60, "target_low": 60, "target_high": 80, "gap": 10, "progress_pct": 50, "attainment_pct": None,
         "status": "on_track", "reason": "range_target"},
    ),
    "above a range": (
        {"direction": "within", "target": [60, 80]},
        ["x,2020,100,count", "x,2025,90,count"],
        [],
        {"target": 80, "gap": -10, "progress_pct": 50, "status": "lagging"},
    ),
    "in a range": (
        {"direction": "within", "target": [60, 80]},
        ["x,2020,100,count", "x,2025,75,count"],
        [],
        {"target": 80, "gap": 0, "status": "achieved"},
    ),
    "out of a range": (
        {"direction": "within", "target": [60, 80]},
        ["x,2020,70,count", "x,2025,90,count"],
        [],
        {"target": 80, "status": "reversing", "reason": "base_meets_target;range_target;met_then_lost"},
    ),
    "through a range": (
        {"direction": "within", "target": [60, 80]},
        ["x,2020,50,count", "x,2025,90,count"],
        [],
        {"target": 80, "status": "reversing"},
    ),
    "no path to a range": (
        {"direction": "within", "target": [60, 80]},
        ["x,2020,50,count", "x,2025,55,count"],
        ["--rule", "trajectory"],
        {"pace": None, "status": "undetermined", "reason": "range_target"},
    ),
    "kept": (
        {"direction": "decrease", "target": 60, "keep": True},
        ["x,2020,50,count", "x,2021,40,count", "x,2022,55,count"],
        [],
        {"status": "on_track", "evidence": "normal", "reason": "base_meets_target;kept"},
    ),
    "kept again": (
        {"direction": "decrease", "target": 60, "keep": True},
        ["x,2020,50,count", "x,2021,70,count", "x,2022,55,count"],
        [],
        {"status": "on_track", "evidence": "low", "reason": "base_meets_target;kept;lost_before"},
    ),
    "lost": (
        {"direction": "decrease", "target": 60, "keep": True},
        ["x,2020,50,count", "x,2021,40,count", "x,2022,61,count"],
        [],
        {"status": "off_track", "reason": "base_meets_target;met_then_lost"},
    ),
    "not yet held": (
        {"direction": "decrease", "target": 60, "keep": True},
        ["x,2020,100,count", "x,2025,80,count"],
        [],
        {"status": "lagging", "progress_pct": 50},
    ),
    "kept to the end": (
        {"direction": "decrease", "target": 60, "keep": True},
        ["x,2020,50,count", "x,2030,55,count"],
        [],
        {"status": "achieved"},
    ),
    "a range to keep": (
        {"direction": "within", "target": [60, 80], "keep": True},
        ["x,2020,65,count", "x,2025,75,count"],
        [],
        {"status": "on_track", "reason": "base_meets_target;range_target;kept"},
    ),
    "a milestone of the year": (
        {"milestones": {"2025": 80}},
        ["x,2020,50,count", "x,2025,60,count"],
        [],
        {"attainment_pct": 60, "milestone": 80, "milestone_attainment_pct": 75},
    ),
    "a milestone of another year": (
        {"milestones": {"2025": 80}},
        ["x,2020,50,count", "x,2024,60,count"],
        [],
        {"milestone": None, "milestone_attainment_pct": None},
    ),
    "a total": (
        {"total_since": 2021},
        ["x,2019,99,count", "x,2021,10,count", "x,2022,15,count", "x,2023,20,count"],
        [],
        {"base": 0, "actual": 45, "progress_pct": 45, "pace": 1.5, "status": "on_track",
         "reason": "zero_denominator;linear_pace"},
    ),
    "a total without a year": (
        {"total_since": 2021},
        ["x,2021,10,count", "x,2023,20,count"],
        [],
        {"actual": 30, "status": "undetermined", "reason": "gap_in_total;zero_denominator;linear_pace"},
    ),
    "a total that is reached without a year": (
        {"total_since": 2021},
        ["x,2021,90,count", "x,2023,20,count"],
        [],
        {"actual": 110, "status": "achieved"},
    ),
    "a total across a break": (
        {"total_since": 2021},
        ["x,2021,10,count,", "x,2022,20,count,B"],
        [],
        {"status": "undetermined"},
    ),
    "changed, before": (
        {"targets": [{"since": 2025, "target": 200, "target_year": 2035}]},
        ["x,2020,50,count", "x,2024,75,count", "x,2025,80,count"],
        ["--year", "2024"],
        {"target": 100, "target_year": "2030"},
    ),
    "changed, after": (
        {"targets": [{"since": 2025, "target": 200, "target_year": 2035, "milestones": {"2025": 100}}]},
        ["x,2020,50,count", "x,2024,75,count", "x,2025,80,count"],
        [],
        {"base": 50, "target": 200, "target_year": "2035", "milestone": 100, "milestone_attainment_pct": 80},
    ),
    "changed, by the year of assessment and not of the observation": (
        {"targets": [{"since": 2025, "target": 200}]},
        ["x,2020,50,count", "x,2024,75,count"],
        ["--year", "2026"],
        {"target": 200},
    ),
    "changed twice": (
        {"targets": [{"since": 2024, "target": 300}, {"since": 2022, "target": 200}]},
        ["x,2020,50,count", "x,2025,75,count"],
        [],
        {"target": 300},
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_status(smartkpi: Run, make_data: MakeData, kind: str) -> None:
    keys, lines, arguments, expected = KINDS[kind]
    header = "indicator,year,value,unit" + (",obs_status" if lines[0].count(",") == 4 else "")
    data = make_data({"x": {"target": 100, **keys}}, lines, header=header)
    run = smartkpi("status", "--data", data, "-f", "csv", *arguments)
    assert run.code == 0, run.err
    (row,) = rows_of(run.out)
    found = {name: as_number(row[name]) if name in FIGURES else row[name] for name in expected}
    assert found == {
        name: pytest.approx(value) if isinstance(value, (int, float)) else value for name, value in expected.items()
    }


COMMANDS = (
    *("status", "project --lang zh-TW", "trend x", "explain x", "explain x --lang zh-TW", "check --lang zh-TW"),
    "status --rule all --lang zh-TW",
)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_every_command_shows_it(smartkpi: Run, make_data: MakeData, kind: str) -> None:
    keys, lines, *_ = KINDS[kind]
    header = "indicator,year,value,unit" + (",obs_status" if lines[0].count(",") == 4 else "")
    data = make_data({"x": {"target": 100, **keys}}, lines, header=header)
    for command in COMMANDS:
        run = smartkpi(*command.split(), "--data", data)
        assert run.code in (0, 4, 5), (command, run.err)
        assert run.out.strip() or command.startswith("check"), command
        assert "nan" not in run.out, command


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_the_report_and_exports_show_it(smartkpi: Run, make_data: MakeData, tmp_path: Path, kind: str) -> None:
    keys, lines, *_ = KINDS[kind]
    header = "indicator,year,value,unit" + (",obs_status" if lines[0].count(",") == 4 else "")
    data = make_data({"x": {"target": 100, **keys}}, lines, header=header)
    for arguments in (["report", "-o", tmp_path / "r.html"], ["report", "-k", "x", "-o", tmp_path / "r.svg"]):
        run = smartkpi(*arguments, "--data", data)
        assert run.code == 0, run.err
        assert "nan" not in Path(str(arguments[-1])).read_text(encoding="utf-8").lower().replace("financ", "")
    assert smartkpi("export", "--to", "xlsx", tmp_path / "r.xlsx", "--data", data).code == 0


def test_observed_growth_of_an_observation_without_a_base(smartkpi: Run, make_data: MakeData) -> None:
    """The base that a plan prints is no observation: it is neither projected from nor exported."""
    data = make_data({"x": {"target": 100, "base": 50, "base_year": 2020}}, ["x,2025,75,count"])
    (row,) = rows_of(smartkpi("project", "--data", data, "-f", "csv").out)
    assert (row["method"], row["at_observed_change"]) == ("held", "")
    assert len(rows_of(smartkpi("export", "--data", data).out)) == 1


def test_a_total_goes_on_from_what_it_is(smartkpi: Run, make_data: MakeData) -> None:
    lines = ["x,2021,10,count", "x,2022,15,count", "x,2023,20,count"]
    data = make_data({"x": {"target": 100, "target_year": 2025, "total_since": 2021}}, lines)
    (row,) = rows_of(smartkpi("project", "--data", data, "-f", "csv").out)
    assert (row["actual"], row["held"], row["at_observed_change"], row["low"]) == ("45", "45", "75", "45")
    assert float(row["projected"]) == pytest.approx(45 + 2 * 0.5 * (45 - 10) / 2)


def test_chance_of_a_range(smartkpi: Run, make_data: MakeData) -> None:
    """The probability of [40, 60] is what `above 40` leaves after `above 60`."""
    lines = ["x,2020,30,count", "x,2021,34,count", "x,2022,35,count", "x,2023,41,count"]
    plan = {
        "x": {"direction": "within", "target": [40, 60]},
        "low": {"target": 40},
        "high": {"target": 60},
    }
    data = make_data(plan, [line.replace("x", name, 1) for name in plan for line in lines])
    inside, low, high = (
        float(row["probability"]) for row in rows_of(smartkpi("project", "--data", data, "-f", "csv").out)
    )
    assert inside == pytest.approx(low - high)


@given(st.integers(1, 10**6), st.integers(-99, 300))
def test_a_change_in_percent_is_what_it_says(value: int, percent: int) -> None:
    import numpy as np

    from smartkpi.analysis.targets import apply_change
    from smartkpi.model import RelativeTarget

    (found,) = apply_change(RelativeTarget("percent", percent, 2015, ""), np.array([float(value)])).tolist()
    assert found == pytest.approx(value * (100 + percent) / 100, rel=1e-14)


def test_explain_shows_how_a_relative_target_comes_to_its_number(smartkpi: Run, make_data: MakeData) -> None:
    keys, lines, *_ = KINDS["a share of the value of a year"]
    data = make_data({"x": keys}, lines)
    out = smartkpi("explain", "x", "--data", data).out
    assert "target = v - v * 55 / 100 = 1000 - 1000 * 55 / 100 = 450.0" in out
    series = json.loads(smartkpi("explain", "x", "--data", data, "-f", "json").out)["series"][0]
    assert [(each["role"], each["value"]) for each in series["given"]] == [
        ("base", 1000), ("actual", 700), ("reference", 1000), ("target", 450),
    ]  # fmt: skip


def test_explain_shows_both_targets_of_a_changed_plan(smartkpi: Run, make_data: MakeData) -> None:
    data = make_data({"x": {"targets": [{"since": 2025, "target": 200}]}}, ["x,2020,50,count", "x,2025,80,count"])
    for year, target, other in ((2024, "100", "200"), (2025, "200", "100")):
        out = smartkpi("explain", "x", "--data", data, "--year", year).out
        assert f"T, target: {target} (2030)" in out
        assert f"target at another time: {other} (2030)" in out


def test_targets_printed_in_a_file(smartkpi: Run, make_data: MakeData, tmp_path: Path) -> None:
    """A yearly target that is the plan's milestone is confirmed; another one is named with the plan's."""
    keys = {"target": 100, "milestones": {"2022": 70}, "targets": [{"since": 2023, "target": 120}]}
    data = make_data({"x": keys}, ["x,2021,50,count"])
    for target, year, remark in (("70", 111, False), ("75", 111, True), ("120", 119, False), ("100", 119, False)):
        text = f"指標,單位,{year}年目標值,110年\nx,count,{target},50\n"
        path = tmp_path / "printed.csv"
        path.write_text(text, encoding="utf-8")
        run = smartkpi("status", "--data", data, "-a", path)
        assert run.code == 0, run.err
        assert ("has the target" in run.err) is remark, (target, run.err)
        assert not remark or ("target 75 count for 2022" in run.err and "70 count for 2022" in run.err)


PARTS: Mapping[str, tuple[str, Sequence[str], Sequence[tuple[str, str]]]] = {
    "a sum of quarters": ("sum", ["2021Q1,1", "2021Q2,2", "2021Q3,3", "2021Q4,4"], [("2021", "10")]),
    "a mean of half-years": ("mean", ["2021H1,1", "2021H2,2"], [("2021", "1.5")]),
    "the last of quarters, whatever is missing": ("last", ["2021Q1,1", "2021Q4,4"], [("2021", "4")]),
    "without the last of quarters": ("last", ["2020,9", "2021Q1,1", "2021Q3,3"], [("2020", "9")]),
    "a part of a year": ("sum", ["2020,9", "2021Q1,1", "2021Q2,2", "2021Q3,3"], [("2020", "9")]),
    "a year that is there": ("sum", ["2021,11", "2021Q1,1", "2021Q2,2", "2021Q3,3", "2021Q4,4"], [("2021", "11")]),
    "months without dust": ("sum", [f"2021M{month:02d},0.1" for month in range(1, 13)], [("2021", "1.2")]),
}


@pytest.mark.parametrize("case", PARTS)
def test_parts_of_a_year(smartkpi: Run, make_data: MakeData, case: str) -> None:
    aggregate, lines, expected = PARTS[case]
    rows = [f"x,{line},count" for line in lines]
    run = smartkpi("export", "--data", make_data({"x": {"aggregate": aggregate}}, rows))
    assert [(row["year"], row["value"]) for row in rows_of(run.out)] == expected
    assert ("whole year" in run.err) is ("2020" in lines[0])


def test_a_fiscal_year_is_what_the_plan_says(smartkpi: Run, make_data: MakeData) -> None:
    data = make_data({"x": {}}, ["x,2021/22,5,count"])
    plan = data / "targets.toml"
    text = plan.read_text(encoding="utf-8")
    for which, year in (("start", "2021"), ("end", "2022")):
        plan.write_text(text.replace("[plan]", f'[plan]\nfiscal_year = "{which}"', 1), encoding="utf-8")
        (row,) = rows_of(smartkpi("export", "--data", data).out)
        assert row["year"] == year


def test_a_kept_target_that_will_be_lost_has_no_pace_in_words(smartkpi: Run, make_data: MakeData) -> None:
    """42, then 22, at least 20 to be kept until 2024: at -20 a year it is 2 in 2023 and below 0, so 0, in 2024."""
    data = make_data({"x": {"target": 20, "target_year": 2024, "keep": True}}, ["x,2021,42,count", "x,2022,22,count"])
    said = "x: on track, as the target holds now; lands at 0 in 2024 at the observed change; target 20"
    assert said in smartkpi("status", "--data", data).out
    assert said in smartkpi("project", "--data", data).out
    brief = smartkpi("brief", "--data", data).out
    assert "on track; low evidence" in brief
    assert "times the pace" not in brief


# By name: rule, keys of the indicator, its observations as year, value, obs_status and bound; status, evidence, reason.
WHAT_A_STATUS_RESTS_ON: Mapping[str, tuple[str, Mapping[str, Any], Sequence[str], str]] = {
    "missing years raise a total that must stay below a cap": (
        "compound",
        {"direction": "decrease", "target": 100, "target_year": 2025, "total_since": 2018},
        ["2018,20,,", "2020,20,,", "2021,20,,"],
        "undetermined,normal,gap_in_total",
    ),
    "germany begins at the first of six": (
        "germany",
        {},
        ["2014,1,,", "2015,40,,lower", "2016,41,,", "2017,42,,", "2018,43,,", "2019,44,,", "2020,45,,"],
        "undetermined,low,bound_undecided",
    ),
    "and not before": (
        "germany",
        {},
        ["2014,1,E,", "2015,40,,", "2016,41,,", "2017,42,,", "2018,43,,", "2019,44,,", "2020,45,,"],
        "off_track,normal,",
    ),
    "a bound beyond which a range begins": (
        "compound",
        {"direction": "within", "target": [40, 45], "target_year": 2022},
        ["2020,12,,", "2021,11,,", "2022,10,,lower"],
        "undetermined,low,bound_undecided",
    ),
    "a bound that may have met what is to be kept": (
        "compound",
        {"target": 10, "keep": True},
        ["2020,2,,", "2021,9,,lower", "2022,9,,"],
        "undetermined,low,bound_undecided",
    ),
    "what is to be kept has no grace": (
        "unsd-2023",
        {"direction": "decrease", "target": 0, "keep": True, "unit": "%"},
        ["2020,0,,", "2021,0,,", "2022,0.8,,"],
        "off_track,normal,met_then_lost",
    ),
    "lost for certain": (
        "compound",
        {"direction": "decrease", "target": 10, "keep": True},
        ["2020,8,,", "2021,9,,", "2022,9,,", "2023,15,,"],
        "off_track,normal,met_then_lost",
    ),
    "eurostat counts what lies before the plan's base year": (
        "eurostat",
        {"base_year": 2024},
        ["2019,50,,", "2020,55,,", "2021,60,,", "2022,65,,", "2023,70,,", "2024,75,,", "2025,80,,"],
        "on_track,normal,",
    ),
}


@pytest.mark.parametrize("name", WHAT_A_STATUS_RESTS_ON)
def test_what_a_status_rests_on(smartkpi: Run, make_data: MakeData, name: str) -> None:
    rule, keys, rows, expected = WHAT_A_STATUS_RESTS_ON[name]
    unit = keys.get("unit", "count")
    lines = [f"x,{','.join(row.split(',')[:2])},{unit},{','.join(row.split(',')[2:])}" for row in rows]
    data = make_data({"x": {"target_year": 2030, **keys}}, lines, "indicator,year,value,unit,obs_status,bound")
    run = smartkpi("status", "--data", data, "--rule", rule, "--fields", "status,evidence,reason", "-f", "csv")
    status, evidence, reason = expected.split(",")
    (row,) = rows_of(run.out)
    assert (row["status"], row["evidence"]) == (status, evidence)
    assert not reason or reason in row["reason"].split(";")


def test_totals_have_no_dust(smartkpi: Run, make_data: MakeData) -> None:
    """In doubles, 68.33 + 72.4 + 27.46 is 168.19000000000003."""
    rows = ["x,2015,68.33,count", "x,2016,72.4,count", "x,2017,27.46,count"]
    data = make_data({"x": {"target": 500.5, "total_since": 2015}}, rows)
    run = smartkpi("status", "--data", data, "--fields", "actual,gap", "-f", "csv")
    assert run.out.split() == ["actual,gap", "168.19,332.31"]
