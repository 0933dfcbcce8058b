"""Each on-track rule on series that a person can check in the head, above all at its thresholds."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import MakeData, Run

from smartkpi.analysis import assessment, rules, series
from smartkpi.model import Indicator, Observation, Plan
from smartkpi.model.arrays import Categorical
from smartkpi.model.codes import Level, RuleName
from smartkpi.model.columns import STATUS_COLUMNS
from smartkpi.model.observations import from_records

Values = Mapping[int, float]

# Two years, 20 % a year from 100 to 144: after one year the growth rate so far is the pace times 20 %.
TWENTY_PERCENT = {"target": 144, "target_year": 2022}
# Ten years, 10 a year from 0 to 100: in the fifth year 50 are due.
TEN_A_YEAR = {"target": 100, "target_year": 2030}
# The same with 80 due in the fifth year, and 64 in the fourth.
MILESTONE = {**TEN_A_YEAR, "milestones": {"2025": 80}}

TO_ZERO = {"target": 0, "target_year": 2030, "direction": "decrease"}
FOURFOLD = {"target": 400, "target_year": 2030}
LONG = {"target": 400, "target_year": 2040}
# Where the last of four rising values is 40 and two years are left.
FOUR_YEARS = {2020: 10, 2021: 20, 2022: 30, 2023: 40}


def rate(times: float, years: float) -> float:
    """The growth a year of what is so many times as much after so many years."""
    return float(times ** (1 / years)) - 1


CASES: Sequence[tuple[str, Mapping[str, Any], Values, float | None, str]] = [
    ("compound", TWENTY_PERCENT, {2020: 100, 2021: 119}, 0.95, "on_track"),
    ("compound", TWENTY_PERCENT, {2020: 100, 2021: 118.9}, 0.945, "lagging"),
    ("compound", TWENTY_PERCENT, {2020: 100, 2021: 112}, 0.60, "lagging"),
    ("compound", TWENTY_PERCENT, {2020: 100, 2021: 111.9}, 0.595, "off_track"),
    ("compound", TWENTY_PERCENT, {2020: 100, 2021: 100}, 0, "off_track"),
    ("compound", TWENTY_PERCENT, {2020: 100, 2021: 99}, -0.05, "reversing"),
    ("compound", TWENTY_PERCENT, {2020: 100, 2021: 0}, -5, "reversing"),
    # 25 % less a year from 100 to 56.25, where less is better
    ("compound", {"direction": "decrease", "target": 56.25, "target_year": 2022}, {2020: 100, 2021: 75}, 1, "on_track"),
    # not defined for growth rates: the annual changes are compared
    ("compound", TEN_A_YEAR, {2020: 0, 2025: 40}, 0.8, "lagging"),
    ("compound", {"target": 50, "target_year": 2030}, {2020: -50, 2025: 0}, 1, "on_track"),
    ("linear", TEN_A_YEAR, {2020: 0, 2025: 47.5}, 0.95, "on_track"),
    ("linear", TEN_A_YEAR, {2020: 0, 2025: 47.4}, 0.948, "lagging"),
    ("linear", TEN_A_YEAR, {2020: 0, 2025: 30}, 0.60, "lagging"),
    ("linear", TEN_A_YEAR, {2020: 0, 2025: 29.9}, 0.598, "off_track"),
    ("linear", TEN_A_YEAR, {2020: 0, 2025: 0}, 0, "off_track"),
    ("linear", TEN_A_YEAR, {2020: 0, 2025: -5}, -0.1, "reversing"),
    # The base five years before the latest value: the target asks for a doubling every five years from there on.
    ("eurostat", FOURFOLD, {2010: 1, 2020: 100, 2025: 200}, 1, "on_track"),
    ("eurostat", FOURFOLD, {2010: 1, 2020: 100, 2025: 160}, rate(1.6, 5) / rate(4, 10), "lagging"),
    ("eurostat", FOURFOLD, {2010: 1, 2020: 100, 2025: 110}, rate(1.1, 5) / rate(4, 10), "off_track"),
    ("eurostat", FOURFOLD, {2010: 1, 2020: 100, 2025: 90}, rate(0.9, 5) / rate(4, 10), "reversing"),
    # Else the nearest one of three to seven years before, of two the later.
    ("eurostat", FOURFOLD, {2018: 100, 2023: 99, 2024: 200}, rate(2, 6) / rate(4, 12), "on_track"),
    ("eurostat", FOURFOLD, {2018: 1, 2020: 100, 2021: 1, 2024: 200}, rate(2, 4) / rate(4, 10), "on_track"),
    ("eurostat", FOURFOLD, {2022: 1, 2023: 2, 2024: 3}, None, "undetermined"),
    ("eurostat", FOURFOLD, {2012: 1, 2024: 3}, None, "undetermined"),
    # not defined for growth rates: the annual changes are compared
    ("eurostat", TEN_A_YEAR, {2020: 0, 2025: 40}, 0.8, "lagging"),
    ("eurostat-long", LONG, {2010: 100, 2020: 1, 2025: 200}, 1, "on_track"),
    ("eurostat-long", LONG, {2010: 100, 2025: 160}, rate(1.6, 15) / rate(4, 30), "lagging"),
    ("eurostat-long", LONG, {2010: 100, 2025: 110}, rate(1.1, 15) / rate(4, 30), "off_track"),
    ("eurostat-long", LONG, {2010: 100, 2025: 90}, rate(0.9, 15) / rate(4, 30), "reversing"),
    ("eurostat-long", LONG, {2016: 100, 2025: 110}, None, "undetermined"),
    # Growth of 2015 to 2016 once more: 138 % of 138 is 190.44, which is 0.95 of the way from 100 to 195.2.
    ("unsd-2023", {"target": 195.2, "target_year": 2017}, {2010: 1, 2015: 100, 2016: 138}, 0.95, "on_track"),
    ("unsd-2023", {"target": 142, "target_year": 2017}, {2015: 100, 2016: 110}, 0.5, "lagging"),
    ("unsd-2023", {"target": 120.1, "target_year": 2017}, {2015: 100, 2016: 101}, 0.10, "lagging"),
    ("unsd-2023", {"target": 121, "target_year": 2017}, {2015: 100, 2016: 100}, 0, "off_track"),
    ("unsd-2023", {"target": 119, "target_year": 2017}, {2015: 100, 2016: 90}, -1, "reversing"),
    # 2014 and 2016 are as near: the later one. The value of 2015 itself is not its own base.
    ("unsd-2023", {"target": 121, "target_year": 2018}, {2014: 1, 2016: 100, 2017: 110}, 1, "on_track"),
    ("unsd-2023", {"target": 121, "target_year": 2016}, {2014: 100, 2015: 110}, 1, "on_track"),
    # A target of 0 needs no growth rate from base to target.
    ("unsd-2023", TO_ZERO, {2015: 10, 2023: 4}, (10 - 4 * 0.4 ** (7 / 8)) / 10, "lagging"),
    # From 0 there is no growth rate, and no other pace takes its place.
    ("unsd-2023", TEN_A_YEAR, {2020: 0, 2025: 40}, None, "undetermined"),
    # Past the target year the value up to it counts.
    ("unsd-2023", {"target": 20, "target_year": 2020}, {2015: 10, 2020: 20, 2021: 19}, 1, "achieved"),
    ("unsd-2023", {"target": 20, "target_year": 2020}, {2015: 10, 2020: 19, 2021: 21}, 0.9, "missed"),
    ("unsd-2023", {"target": 20, "target_year": 2014}, {2015: 10, 2020: 19}, None, "undetermined"),
    ("germany", {"target": 65, "target_year": 2025}, FOUR_YEARS, 0.80, "on_track"),
    ("germany", {"target": 80, "target_year": 2025}, FOUR_YEARS, 0.50, "off_track"),
    ("germany", {"target": 200, "target_year": 2025}, {**FOUR_YEARS, 2023: 11}, (1 / 3) / 94.5, "off_track"),
    # a standstill is a thunderstorm
    ("germany", {"target": 50, "target_year": 2025}, {**FOUR_YEARS, 2023: 10}, 0, "reversing"),
    ("germany", {"target": 20, "target_year": 2025}, {**FOUR_YEARS, 2023: 4}, -0.25, "reversing"),
    # the last six observations, whatever came before; gaps between the years do not matter, a break does
    ("germany", {"target": 65, "target_year": 2025}, {2017: 9, 2018: -10, 2019: 0, **FOUR_YEARS}, 0.80, "on_track"),
    ("germany", {"target": 65, "target_year": 2025}, {2013: -60, **FOUR_YEARS}, 0.80, "on_track"),
    ("germany", {"target": 65, "target_year": 2025}, {2020: 10, 2022: 30, 2023: 40}, None, "undetermined"),
    ("germany", {"target": 20, "target_year": 2025, "direction": "decrease"}, {2020: 64, 2021: 56, 2022: 48, 2023: 40},
     0.80, "on_track"),
    ("trajectory", TEN_A_YEAR, {2020: 0, 2025: 50}, 1, "on_track"),
    ("trajectory", MILESTONE, {2020: 0, 2025: 80}, 1, "on_track"),
    ("trajectory", MILESTONE, {2020: 0, 2024: 64}, 1, "on_track"),
    ("trajectory", MILESTONE, {2020: 0, 2025: 72}, 0.90, "lagging"),
    ("trajectory", MILESTONE, {2020: 0, 2025: 71}, 0.8875, "off_track"),
    ("trajectory", MILESTONE, {2020: 0, 2025: 0}, 0, "off_track"),
    ("trajectory", MILESTONE, {2020: 0, 2025: -8}, -0.1, "reversing"),
    ("trajectory", {**TEN_A_YEAR, "milestones": {"2025": 0}}, {2020: 0, 2025: 10}, None, "undetermined"),
]  # fmt: skip


def assessed_file(run: Run, data: Path, *options: str) -> dict[str, str]:
    (row,) = csv.DictReader(io.StringIO(run("status", "--data", data, "--format", "csv", *options).out))
    return row


def assessed(
    run: Run, make_data: MakeData, own: Mapping[str, Any], values: Values, *options: str, head: str = ""
) -> dict[str, str]:
    rows = [f"x,{year},{value},count" for year, value in values.items()]
    result = run("status", "--data", make_data({"x": own}, rows, head=head), "--format", "csv", *options)
    assert result.code == 0, result.err
    (row,) = csv.DictReader(io.StringIO(result.out))
    return row


@pytest.mark.parametrize(("rule", "own", "values", "pace", "status"), CASES)
def test_pace_and_status(
    smartkpi: Run,
    make_data: MakeData,
    rule: str,
    own: Mapping[str, Any],
    values: Values,
    pace: float | None,
    status: str,
) -> None:
    row = assessed(smartkpi, make_data, own, values, "--rule", rule)
    assert row["status"] == status
    assert (float(row["pace"]) if row["pace"] else None) == (pace if pace is None else pytest.approx(pace, abs=1e-12))


def test_every_rule_is_in_the_table_of_cases_with_each_of_its_classes() -> None:
    for name, rule in rules.RULES.items():
        statuses = {status for case, *_, status in CASES if case == name}
        assert statuses >= {*rule.thresholds, "reversing"}


@pytest.mark.parametrize(
    ("target", "direction", "value", "status"),
    [
        (100, "increase", 99, "achieved"),
        (100, "increase", 98.9, "on_track"),
        (0, "decrease", 1, "achieved"),
        (0, "decrease", 1.1, "on_track"),
        (98, "increase", 97.5, "on_track"),
    ],
)
def test_unsd_counts_shares_within_1_percent_of_0_or_100_as_met(
    smartkpi: Run, make_data: MakeData, target: float, direction: str, value: float, status: str
) -> None:
    own = {"target": target, "target_year": 2030, "direction": direction, "unit": "%"}
    data = make_data({"x": own}, ["x,2015,50,%", f"x,2020,{value},%"])
    assert assessed_file(smartkpi, data, "--rule", "unsd-2023")["status"] == status
    assert assessed_file(smartkpi, data, "--rule", "linear")["status"] == "on_track"


@pytest.mark.parametrize(
    ("rule", "own", "values", "published"),
    [
        ("compound", TWENTY_PERCENT, {2020: 100, 2021: 144}, "Target achieved"),
        ("compound", TWENTY_PERCENT, {2020: 100, 2021: 119}, "On track"),
        ("compound", TWENTY_PERCENT, {2020: 100, 2021: 112}, "Progress made but acceleration needed"),
        ("compound", TWENTY_PERCENT, {2020: 100, 2021: 99}, "Deterioration"),
        ("compound", TWENTY_PERCENT, {2020: 100, 2022: 99}, ""),
        ("linear", TWENTY_PERCENT, {2020: 100, 2021: 119}, ""),
        ("unsd-2023", {"target": 119, "target_year": 2017}, {2015: 100, 2016: 90}, "Stagnation or regression"),
        ("germany", {"target": 61, "target_year": 2025}, FOUR_YEARS, "sun"),
        ("germany", {"target": 65, "target_year": 2025}, FOUR_YEARS, "sun and cloud"),
        ("germany", {"target": 80, "target_year": 2025}, FOUR_YEARS, "cloud"),
        ("germany", {"target": 20, "target_year": 2025}, {**FOUR_YEARS, 2023: 4}, "thunderstorm"),
        ("germany", {"target": 40, "target_year": 2025}, FOUR_YEARS, "sun"),
        ("germany", {"target": 4, "target_year": 2025}, {**FOUR_YEARS, 2023: 4}, "sun and cloud"),
        ("germany", {"target": 80, "target_year": 2023}, FOUR_YEARS, "cloud"),
        ("germany", {"target": 80, "target_year": 2023}, {**FOUR_YEARS, 2023: 4}, "thunderstorm"),
    ],
)
def test_published_class(
    smartkpi: Run, make_data: MakeData, rule: str, own: Mapping[str, Any], values: Values, published: str
) -> None:
    data = make_data({"x": own}, [f"x,{year},{value},count" for year, value in values.items()])
    document = json.loads(smartkpi("explain", "x", "--data", data, "--rule", rule, "-f", "json").out)
    verdict = document["series"][0]["verdicts"][0]
    assert (verdict["rule"], verdict["published"] or "") == (rule, published)


def test_rules_that_ask_the_same_question_have_one_vote(smartkpi: Run, make_data: MakeData) -> None:
    # Both compound and eurostat compare the rate of 2020 to 2025 with the one that is needed from 2020 on.
    def agreement(*names: str) -> object:
        observations = [Observation("x", year, value, "count") for year, value in ((2020, 100.0), (2025, 200.0))]
        indicator = Indicator("x", {"en": "x"}, "p", Level.headline, "count", "increase", 400.0, 2030, "s")
        plan = Plan("p", {"en": "p"}, {}, {}, {"x": indicator})
        panel = series.panel(from_records(observations, plan))
        assessment_of_all = assessment.assess(panel, plan, rules.RULES[RuleName.compound])
        every = [rules.RULES[rules.name_of(name)] for name in names]
        beside = assessment.side_by_side(assessment_of_all, assessment.judgements(assessment_of_all, every))
        column = beside["agreement"]
        assert isinstance(column, Categorical)
        return column.cells()[0]

    assert agreement("compound", "linear") is False
    assert agreement("compound", "eurostat") is None
    assert agreement("compound", "eurostat", "unsd-2023") is True


def test_names_of_the_release_before(smartkpi: Run, make_data: MakeData) -> None:
    data = make_data({"x": TEN_A_YEAR}, ["x,2020,10,count", "x,2025,48,count"])
    renamed = smartkpi("status", "--data", data, "--rule", "unsd", "-f", "csv")
    assert renamed.code == 0
    assert "'unsd' is now called unsd-2023" in renamed.err
    assert renamed.out == smartkpi("status", "--data", data, "--rule", "unsd-2023", "-f", "csv").out
    changed = smartkpi("status", "--data", data, "--rule", "eurostat", "-f", "csv")
    assert "eurostat now takes the base five years before the latest value; compound is what it was" in changed.err
    removed = smartkpi("status", "--data", data, "--rule", "sdsn")
    assert removed.code == 2
    assert "linear" in removed.err
    assert "lagging = 0.5" in removed.err


@pytest.mark.parametrize(("name", "code", "said"), [("sdsn", 3, "lagging = 0.5"), ("unsd", 0, "unsd-2023"),
                                                    ("eurostat", 0, "compound is what it was")])  # fmt: skip
def test_names_of_the_release_before_in_a_plan(
    smartkpi: Run, make_data: MakeData, name: str, code: int, said: str
) -> None:
    data = make_data({"x": TEN_A_YEAR}, ["x,2020,10,count", "x,2025,48,count"], head=f'[rule]\nname = "{name}"')
    run = smartkpi("status", "--data", data)
    assert run.code == code
    assert said in run.err


@pytest.mark.parametrize(
    ("value", "statuses", "agreement"),
    [
        (50, "on_track on_track on_track undetermined undetermined undetermined on_track", "true"),
        (48, "on_track on_track on_track undetermined undetermined undetermined lagging", "false"),
        (-1, "reversing reversing reversing undetermined undetermined undetermined reversing", "true"),
        (100, " ".join(["achieved"] * 7), "true"),
    ],
)
def test_all_rules_side_by_side(
    smartkpi: Run, make_data: MakeData, value: float, statuses: str, agreement: str
) -> None:
    row = assessed(smartkpi, make_data, TEN_A_YEAR, {2020: 0, 2025: value}, "--rule", "all")
    beside = [rule.column for rule in RuleName]
    assert list(row) == [*STATUS_COLUMNS, *beside, "agreement"]
    assert [row[name] for name in beside] == statuses.split()
    assert row["agreement"] == agreement


def test_side_by_side_people_see_each_rule(smartkpi: Run, make_data: MakeData) -> None:
    data = make_data({"x": TEN_A_YEAR}, ["x,2020,0,count", "x,2025,48,count"])
    title, years, head, _, row, legend, *_ = smartkpi("status", "--data", data, "--rule", "all").out.splitlines()
    assert title == "Test plan, end of 2025  target year 2030"
    assert years.split() == ["Actual", "Target"]
    assert head.split() == ["Indicator", "2025", "2030", *(rule.name for rule in RuleName), "Agreed"]
    words = "▲ on track*≠ " + "▲ on track " * 2 + "○ undetermined " * 3 + "◆ lagging no"
    assert row.split() == ["x", "48", "100", *words.split()]
    assert "low evidence" in legend


def test_agreement_is_empty_where_fewer_than_two_rules_judge(smartkpi: Run, make_data: MakeData) -> None:
    assert assessed(smartkpi, make_data, TEN_A_YEAR, {2020: 0}, "--rule", "all")["agreement"] == ""
    # the base year is missing: the rules that take another base judge
    row = assessed(
        smartkpi, make_data, {"target": 65, "target_year": 2025, "base_year": 2019}, FOUR_YEARS, "--rule", "all"
    )
    assert (row["status_compound"], row["status_linear"]) == ("undetermined", "undetermined")
    assert (row["status_germany"], row["status_eurostat"], row["agreement"]) == ("on_track", "on_track", "true")


def test_side_by_side_the_other_columns_are_those_of_compound(smartkpi: Run, make_data: MakeData) -> None:
    values = {2020: 100, 2021: 112}
    alone = assessed(smartkpi, make_data, TWENTY_PERCENT, values, head='[rule]\nname = "linear"')
    beside = assessed(smartkpi, make_data, TWENTY_PERCENT, values, "--rule", "all", head='[rule]\nname = "linear"')
    assert (alone["status"], beside["status"]) == ("off_track", "lagging")
    assert float(alone["pace"]) == pytest.approx(12 / 22)
    assert float(beside["pace"]) == pytest.approx(0.6)


def test_thresholds_of_the_plan_hold_for_its_rule_alone(smartkpi: Run, make_data: MakeData) -> None:
    head = '[rule]\nname = "linear"\non_track = 0.5\nlagging = 0.3\noff_track = 0.1'
    for value, status in ((25, "on_track"), (15, "lagging"), (5, "off_track"), (4, "reversing")):
        row = assessed(smartkpi, make_data, TEN_A_YEAR, {2020: 0, 2025: value}, "--rule", "all", head=head)
        assert row["status_linear"] == status
        assert row["status_eurostat"] == "off_track"


@pytest.mark.parametrize(
    "thresholds",
    ["on_track = 0.5", "lagging = 1.1", "off_track = 0.7", "on_track = -1", "lagging = -0.1"],
)
def test_thresholds_out_of_order_are_a_fault(smartkpi: Run, make_data: MakeData, thresholds: str) -> None:
    data = make_data({"x": {}}, ["x,2020,1,count"], head=f'[rule]\nname = "linear"\n{thresholds}')
    run = smartkpi("status", "--data", data)
    assert run.code == 3
    assert "thresholds are" in run.err


OPTIONAL = ("milestone", "milestone_attainment_pct", "target_low", "target_high")
"""Columns that are empty where the plan has no such thing."""
EXTREMES = [0.0, 50.0, -100.0, 1e308, -1e308, 5e-324, 1e-300]


@pytest.mark.parametrize("rule", RuleName)
@pytest.mark.parametrize("direction", ["increase", "decrease"])
def test_extremes_give_reasons_and_no_infinities(rule: RuleName, direction: Any) -> None:
    triples = [(base, actual, target) for base in EXTREMES for actual in EXTREMES for target in EXTREMES]
    indicators = {
        str(number): Indicator(str(number), {"en": "x"}, "p", Level.headline, "count", direction, target, year, "s")
        for number, (target, year) in enumerate((target, year) for *_, target in triples for year in (2021, 2030))
    }
    observations = [
        Observation(str(2 * number + which), year, value, "count")
        for number, (base, actual, _) in enumerate(triples)
        for which in (0, 1)
        for year, value in {2020: base, 2021: base, 2022: base / 2, 2023: actual / 2, 2024: actual}.items()
    ]
    plan = Plan("p", {"en": "p"}, {}, {}, indicators)
    panel = series.panel(from_records(observations, plan))
    figures = assessment.assess(panel, plan, rules.RULES[rule]).figures
    reasons = figures["reason"]
    assert isinstance(reasons, Categorical)
    numbers = np.stack(
        [each for name, each in figures.items() if name not in OPTIONAL and isinstance(each, np.ndarray)]
    )
    assert not np.isinf(numbers).any()
    unexplained = np.isnan(numbers).any(axis=0) & np.array([reason is None for reason in reasons.cells()])
    assert [triples[number // 2] for number in np.flatnonzero(unexplained)] == []
