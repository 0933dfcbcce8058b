"""`smartkpi explain`: formulas with their numbers, sources, what each rule says, and what would settle it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest
from conftest import MakeData, Run

from smartkpi.analysis import what_if
from smartkpi.model.codes import RuleName
from smartkpi.readers import data_folder
from smartkpi.readers.plan_outline import outline

BROADBAND = "broadband_2gbps_coverage"


def explained(run: Run, *options: object) -> dict[str, Any]:
    result = run("explain", *options, "-f", "json")
    assert result.code == 0, result.err
    document: dict[str, Any] = json.loads(result.out)
    return document


def status_of(run: Run, *options: object) -> dict[str, str]:
    result = run("status", "-f", "csv", *options)
    assert result.code == 0, result.err
    return next(csv.DictReader(io.StringIO(result.out)))


def test_broadband_says_what_one_observation_tells(smartkpi: Run) -> None:
    text = smartkpi("explain", BROADBAND).out
    for line in (
        "  Remarks: only one observation",
        "  From 58.6% (2022) to 90% (2025) takes +15.38% a year (compound) or +10.47 pp a year",
        "  attainment_pct = 100 * c / T = 100 * 58.6 / 90 = 65.11 %",
        "  required_change = (T - c) / (tT - t) = (90 - 58.6) / (2025 - 2022) = 10.47 pp/yr",
        "  67.16% or more in 2023 would be on track (compound)",
        "      data/actuals/2022.csv:6",
        "      第三章 總體指標達成情形：表；三(一)",
    ):
        assert line in text.splitlines()


def test_low_evidence_is_said_beside_the_status(smartkpi: Run) -> None:
    heading = smartkpi("explain", "digital_economy_size").out.splitlines()[1]
    assert heading == "  At the end of 2022, by the rule compound: ▲ on track (low evidence)"


def test_values_given_are_the_files_with_their_lines(smartkpi: Run, make_data: MakeData) -> None:
    rows = ["x,2020,57000,億元,report,p. 1", "x,2022,6.2 兆元,,,p. 2"]
    header = "indicator,year,value,unit,source,locator"
    data = make_data({"x": {"unit": "兆元", "target": 6.5, "milestones": {"2025": 6.3}}}, rows, header=header)
    given = explained(smartkpi, "x", "--data", data)["series"][0]["given"]
    assert [(each["role"], each["year"], each["value"], each["as_given"], each["source"]) for each in given] == [
        ("base", 2020, 5.7, "57000 億元", "Report, Office"),
        ("actual", 2022, 6.2, "6.2 兆元", ""),
        ("target", 2030, 6.5, "", "Report, Office"),
        ("milestone", 2025, 6.3, "", "Report, Office"),
    ]
    assert [each["line"] for each in given[:2]] == [2, 3]
    lines = (data / "targets.toml").read_text(encoding="utf-8").splitlines()
    assert lines[given[2]["line"] - 1] == "target = 6.5"


def evaluated(worked: str) -> float:
    """Work a formula out as a person with a calculator would."""
    python = worked.replace("^", "**")
    return float(eval(python, {"__builtins__": {}}, {"abs": abs, "sign": np.sign}))  # noqa: S307 - our own formulas


SERIES: Sequence[tuple[Mapping[str, Any], Mapping[int, float]]] = [
    ({}, {2020: 50, 2025: 65}),
    ({}, {2020: 10, 2021: 20, 2022: 30, 2023: 40}),
    ({"direction": "decrease", "target": 20}, {2020: 50, 2025: 41}),
    ({"direction": "decrease", "target": -20}, {2020: 50, 2021: 45, 2022: 41, 2023: -5}),
    ({"target": 100, "milestones": {"2025": 80}}, {2020: -5, 2024: 30}),
    ({"direction": "decrease", "target": -60}, {2020: -50, 2025: -55}),
    ({}, {2020: 50, 2025: 120}),
    ({}, {2020: 50}),
    ({"target": 100, "target_year": 2024}, {2020: 50, 2025: 90}),
]


@pytest.mark.parametrize(("own", "values"), SERIES)
def test_worked_formulas_come_to_the_figures_of_status(
    smartkpi: Run, make_data: MakeData, own: Mapping[str, Any], values: Mapping[int, float]
) -> None:
    data = make_data({"x": own}, [f"x,{year},{value},count" for year, value in values.items()])
    (one,) = explained(smartkpi, "x", "--data", data)["series"]
    row = status_of(smartkpi, "--data", data)
    for step in one["steps"]:
        assert row[step["figure"]] == "" if step["result"] is None else float(row[step["figure"]]) == step["result"]
    for verdict in one["verdicts"]:
        row = status_of(smartkpi, "--data", data, "--rule", verdict["rule"])
        assert (verdict["status"], ";".join(verdict["reasons"])) == (row["status"], row["reason"])
        assert (
            row["pace"] == "" if verdict["step"]["result"] is None else verdict["step"]["result"] == float(row["pace"])
        )
    for step in [*one["steps"], *(verdict["step"] for verdict in one["verdicts"])]:
        if step["result"] is not None:
            assert evaluated(step["worked"]) == pytest.approx(step["result"], rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(("own", "values"), SERIES)
def test_the_next_value_fed_back_is_on_track_and_a_little_less_is_not(
    smartkpi: Run, make_data: MakeData, own: Mapping[str, Any], values: Mapping[int, float]
) -> None:
    data = make_data({"x": own}, [f"x,{year},{value},count" for year, value in values.items()])
    (one,) = explained(smartkpi, "x", "--data", data)["series"]
    sign = -1 if own.get("direction") == "decrease" else 1
    for verdict in one["verdicts"]:
        if (value := verdict["next_value"]) is None:
            continue
        flags = [
            status_of(smartkpi, "--data", data, "--rule", verdict["rule"], "--assume", f"x={one['next_year']}:{each!r}")
            for each in (value, value - sign * 1e-4)
        ]
        assert [flag["on_track"] for flag in flags] == ["true", "false"]


AREAS: Mapping[str, Sequence[str]] = {
    "steady": ["2018,20", "2019,24", "2020,28", "2021,31", "2022,33", "2023,37"],
    "gaps": ["2016,55", "2019,52.5", "2023,49"],
    "bounds": ["2018,< 20", "2019,24", "2020,about 30", "2021,31", "2022,≥ 33", "2023,41"],
    "young": ["2023,0.25"],
    "late": ["2018,75", "2019,71", "2020,64", "2021,60"],
    "none": ["2018,0", "2020,0", "2022,5"],
}


@pytest.mark.slow
@pytest.mark.parametrize(
    "own",
    [
        {},
        {"target": 30, "base_year": 2018, "milestones": {"2025": 33}},
        {"direction": "decrease", "target": 10, "target_year": 2026},
        {"direction": "decrease", "target": 0, "unit": "%", "target_year": 2024},
        {"direction": "within", "target": [40, 45]},
        {"direction": "within", "target": [40, 45], "keep": True},
        {"target": 35, "keep": True},
        {"target": {"times": 2, "from": 2018}},
        {"direction": "within", "target": [70, 75], "targets": [{"since": 2024, "target": [40, 45]}]},
    ],
)
def test_next_values_of_many_series_are_those_of_each_with_every_value_tried(
    smartkpi: Run, make_data: MakeData, monkeypatch: pytest.MonkeyPatch, own: Mapping[str, Any]
) -> None:
    unit = own.get("unit", "count")
    rows = [f"x,{area},{row},{unit}" for area, values in AREAS.items() for row in values]
    data = make_data({"x": own}, rows, header="indicator,area,year,value,unit", dimensions=["area"])
    monkeypatch.setattr(what_if, "_TRIED", 1)
    monkeypatch.setattr(what_if, "_TOGETHER", 20)
    together = explained(smartkpi, "x", "--data", data, "--year", 2023)["series"]
    monkeypatch.setattr(what_if, "_TRIED", 1000)
    alone = [explained(smartkpi, "x", "--data", data, "--year", 2023, "--where", f"area={area}") for area in AREAS]
    assert together == [one for document in alone for one in document["series"]]
    assert any(verdict["next_value"] is not None for one in together for verdict in one["verdicts"])


def test_the_target_is_asked_for_where_values_before_it_have_no_growth_rate(
    smartkpi: Run, make_data: MakeData, monkeypatch: pytest.MonkeyPatch
) -> None:
    # From -100 to 1 a value of -2 is nearly all of the way, but between 0 and 1 no growth rate is defined.
    data = make_data({"x": {"target": 1, "unit": "index"}}, ["x,2015,-100,index", "x,2022,-90,index"])
    found = []
    for tried in (1, 1000):
        monkeypatch.setattr(what_if, "_TRIED", tried)
        (one,) = explained(smartkpi, "x", "--data", data, "--rule", "unsd-2023")["series"]
        found.append(one["verdicts"][0]["next_value"])
    assert found[0] == found[1]
    assert -100 < found[0] < 0


@pytest.mark.parametrize(("rule", "value"), [("compound", 67.16), ("linear", 68.55)])
def test_the_shown_value_is_rounded_so_that_it_is_enough(smartkpi: Run, rule: str, value: float) -> None:
    assert f"{value}% or more in 2023 would be on track ({rule})" in smartkpi("explain", BROADBAND, "--rule", rule).out
    options = ("-k", BROADBAND, "--rule", rule)
    assert status_of(smartkpi, *options, "--assume", f"{BROADBAND}=2023:{value}")["status"] == "on_track"
    assert status_of(smartkpi, *options, "--assume", f"{BROADBAND}=2023:{value - 0.02}")["status"] == "lagging"


def test_in_the_target_year_only_the_target_will_do(smartkpi: Run, make_data: MakeData) -> None:
    data = make_data({"x": {"target_year": 2023}}, ["x,2020,50,count", "x,2022,70,count"])
    assert {verdict["next_value"] for verdict in explained(smartkpi, "x", "--data", data)["series"][0]["verdicts"]} == {
        100
    }
    assert "  100 in 2023 would meet the target" in smartkpi("explain", "x", "--data", data).out.splitlines()


def test_rules_that_disagree_are_marked(smartkpi: Run, make_data: MakeData) -> None:
    # 6-1-1 of Statistics Canada: compound 0.40, linear 1.35
    own = {"direction": "decrease", "target": 0.1}
    data = make_data({"x": own}, ["x,2015,103,count", "x,2023,29,count"])
    (one,) = explained(smartkpi, "x", "--data", data)["series"]
    assert [verdict["rule"] for verdict in one["verdicts"]] == list(RuleName)
    assert [verdict["rule"] for verdict in one["verdicts"] if verdict["differs"]] == [
        "linear", "trajectory",
    ]  # fmt: skip
    assert one["agreement"] is False
    text = smartkpi("explain", "x", "--data", data).out
    assert "  linear: ▲ on track (pace 1.35, differs)" in text.splitlines()
    assert "The rules disagree" in text
    first = explained(smartkpi, "x", "--data", data, "--rule", "linear")["series"][0]["verdicts"][0]
    assert (first["rule"], first["differs"]) == ("linear", False)


MISSING = {
    "no_observation": ([], {}),
    "one_observation": (["x,2022,50,count"], {}),
    "no_base_observation": (["x,2021,50,count", "x,2022,55,count"], {"base_year": 2020}),
    "too_few_points": (["x,2020,50,count", "x,2022,55,count"], {}),
    "base_equals_target": (["x,2020,100,count", "x,2022,55,count"], {}),
    "target_year_passed": (["x,2020,50,count", "x,2022,55,count"], {"target_year": 2024}),
    "two_observations": (["x,2020,50,count", "x,2022,55,count"], {}),
}


@pytest.mark.parametrize(("reason", "case"), MISSING.items())
@pytest.mark.parametrize("lang", ["en", "zh-TW"])
def test_what_is_missing_is_named(
    smartkpi: Run, make_data: MakeData, reason: str, case: tuple[list[str], dict[str, Any]], lang: str
) -> None:
    rows, own = case
    data = make_data({"x": own}, rows)
    where = ("x", "--data", data, "--year", 2024)
    missing = explained(smartkpi, *where)["series"][0]["missing"]
    assert reason in [each["reason"] for each in missing]
    run = smartkpi("explain", *where, "--lang", lang)
    assert run.code == 0
    assert ("What is missing" if lang == "en" else "缺少的資料") in run.out
    assert not re.search(r"\{\w+\}|\bNone\b|\bnan\b", run.out)


@pytest.mark.parametrize("target", [0.0, 1e308, -1e308, 1e-300])
@pytest.mark.parametrize("values", ["0,0", "50,-60", "100000000000000000000,-1", "0.000000000000000000001,3"])
def test_extremes_are_explained(smartkpi: Run, make_data: MakeData, target: float, values: str) -> None:
    rows = [f"x,{year},{value},count" for year, value in zip((2020, 2025), values.split(","), strict=True)]
    for direction in ("increase", "decrease"):
        run = smartkpi("explain", "x", "--data", make_data({"x": {"target": target, "direction": direction}}, rows))
        assert run.code == 0
        assert not re.search(r"\b(nan|inf|None)\b", run.out)


def test_without_any_observation(smartkpi: Run, make_data: MakeData) -> None:
    data = make_data({"x": {}}, [])
    for lang, line in (("en", "By the rule compound: ○ undetermined"), ("zh-TW", "依規則 compound：○ 無法判定")):
        run = smartkpi("explain", "x", "--data", data, "--lang", lang)
        assert run.out.splitlines()[1].strip() == line
        assert "None" not in run.out


def test_what_if_observations_are_explained_as_such(smartkpi: Run) -> None:
    run = smartkpi("explain", BROADBAND, "--assume", f"{BROADBAND}=2023:70")
    assert "      based on an assumed value" in run.out.splitlines()
    assert "smartkpi: assumed: broadband_2gbps_coverage 2023 is 70 %\n" in run.err


def test_year_and_dimensions(smartkpi: Run, make_data: MakeData) -> None:
    rows = ["x,2020,50,count,a", "x,2021,55,count,a", "x,2020,40,count,b"]
    data = make_data({"x": {}}, rows, header="indicator,year,value,unit,area", dimensions=["area"])
    series = explained(smartkpi, "x", "--data", data)["series"]
    assert [each["dimensions"] for each in series] == [{"area": "a"}, {"area": "b"}]
    assert explained(smartkpi, "x", "--data", data, "--year", 2020)["series"][0]["figures"]["actual"] == 50
    assert "x (x[area=b])" in smartkpi("explain", "x", "--data", data).out


def test_markdown_is_not_steered_by_the_data(smartkpi: Run, make_data: MakeData) -> None:
    data = make_data({"x": {"title": {"en": "*a* `b`"}, "locator": "`c` <b>\x1f"}}, ["x,2020,50,count"])
    out = smartkpi("explain", "x", "--data", data, "-f", "markdown").out
    assert out.startswith("# \\*a\\* \\`b\\` (x)\n")
    assert "  - \\`c\\` \\<b\\>\\\\x1f\n" in out
    assert "- attainment\\_pct = `100 * c / T` = `100 * 50 / 100` = 50.00 %\n" in out


def test_an_unknown_id_is_a_usage_error_with_the_nearest(smartkpi: Run) -> None:
    run = smartkpi("explain", "broadbnad_2gbps")
    assert (run.code, run.out) == (2, "")
    assert "write an id of the plan, such as broadband_2gbps_coverage" in run.err


@pytest.mark.parametrize("options", [("--year", "2021..2022"), ("--rule", "best"), ("--format", "csv"), ("x", "y")])
def test_usage_errors(smartkpi: Run, options: tuple[str, ...]) -> None:
    assert smartkpi("explain", BROADBAND, *options).code == 2


@pytest.mark.parametrize("indicator", outline(data_folder.shipped() / "targets.toml").titles)
def test_every_shipped_indicator_can_be_explained_in_both_languages(smartkpi: Run, indicator: str) -> None:
    for lang in ("en", "zh-TW"):
        run = smartkpi("explain", indicator, "--lang", lang)
        assert run.code == 0
        assert not re.search(r"\{\w+\}|\bNone\b|\bnan\b", run.out)


def test_a_target_of_thirty_digits(smartkpi: Run, make_data: MakeData) -> None:
    data = make_data({"x": {"target": 1.25e29, "target_year": 2020}}, ["x,2019,0,count"])
    run = smartkpi("explain", "x", "--data", data, "-f", "json")
    assert run.code == 0, run.err
    assert json.loads(run.out)["series"][0]["verdicts"][0]["next_value"] == pytest.approx(1.25e29, rel=1e-8)


def test_too_few_points_asks_for_no_year(smartkpi: Run, make_data: MakeData) -> None:
    data = make_data({"x": {}}, ["x,1901,5,count"])
    missing = json.loads(smartkpi("explain", "x", "--data", data, "-f", "json").out)["series"][0]["missing"]
    assert {"reason": "too_few_points", "details": {}} in missing


@pytest.mark.parametrize("large", [1, 1 << 30])
@pytest.mark.parametrize(
    ("row", "text"),
    [
        ("share,2020,70.12%,%", "70.12%"),
        ("share,2020,70.12％,Percentage", "70.12％"),
        ("share,2020,70.12,%", "70.12 %"),
        ("share,2020,70.12 (p),%", "70.12 (p) %"),
        ("share,2020,約70,%", "約70 %"),
        ("people,2020,410 萬人,萬人", "410 萬人"),
        ("people,2020,410 萬,人", "410 萬 人"),
        ("people,2020,410,萬人", "410 萬人"),
        ('people,2020,"4,100,000",人', "4,100,000 人"),
    ],
)
def test_a_value_as_given_is_what_the_file_has(
    smartkpi: Run, make_data: MakeData, monkeypatch: pytest.MonkeyPatch, large: int, row: str, text: str
) -> None:
    pytest.importorskip("pyarrow")
    monkeypatch.setattr("smartkpi.readers.actuals.LARGE", large)
    data = make_data({"share": {"unit": "%", "target": 80}, "people": {"unit": "人", "target": 5e6}}, [row])
    explained = json.loads(smartkpi("explain", row.partition(",")[0], "--data", data, "-f", "json").out)
    assert [each["as_given"] for each in explained["series"][0]["given"] if each["role"] == "actual"] == [text]
