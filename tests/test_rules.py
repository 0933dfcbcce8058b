"""Each on-track rule on series that a person can check in the head, above all at its thresholds."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
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
# Where the last of four rising values is 40 and two years are left.
FOUR_YEARS = {2020: 10, 2021: 20, 2022: 30, 2023: 40}

CASES: Sequence[tuple[str, Mapping[str, Any], Values, float | None, str]] = [
    ("eurostat", TWENTY_PERCENT, {2020: 100, 2021: 119}, 0.95, "on_track"),
    ("eurostat", TWENTY_PERCENT, {2020: 100, 2021: 118.9}, 0.945, "lagging"),
    ("eurostat", TWENTY_PERCENT, {2020: 100, 2021: 112}, 0.60, "lagging"),
    ("eurostat", TWENTY_PERCENT, {2020: 100, 2021: 111.9}, 0.595, "off_track"),
    ("eurostat", TWENTY_PERCENT, {2020: 100, 2021: 100}, 0, "off_track"),
    ("eurostat", TWENTY_PERCENT, {2020: 100, 2021: 99}, -0.05, "reversing"),
    ("eurostat", TWENTY_PERCENT, {2020: 100, 2021: 0}, -5, "reversing"),
    # 25 % less a year from 100 to 56.25, where less is better
    ("eurostat", {"direction": "decrease", "target": 56.25, "target_year": 2022}, {2020: 100, 2021: 75}, 1, "on_track"),
    # not defined for growth rates: the annual changes are compared
    ("eurostat", TEN_A_YEAR, {2020: 0, 2025: 40}, 0.8, "lagging"),
    ("eurostat", {"target": 50, "target_year": 2030}, {2020: -50, 2025: 0}, 1, "on_track"),
    ("linear", TEN_A_YEAR, {2020: 0, 2025: 47.5}, 0.95, "on_track"),
    ("linear", TEN_A_YEAR, {2020: 0, 2025: 47.4}, 0.948, "lagging"),
    ("linear", TEN_A_YEAR, {2020: 0, 2025: 30}, 0.60, "lagging"),
    ("linear", TEN_A_YEAR, {2020: 0, 2025: 29.9}, 0.598, "off_track"),
    ("linear", TEN_A_YEAR, {2020: 0, 2025: 0}, 0, "off_track"),
    ("linear", TEN_A_YEAR, {2020: 0, 2025: -5}, -0.1, "reversing"),
    ("sdsn", TEN_A_YEAR, {2020: 0, 2025: 50}, 1, "on_track"),
    ("sdsn", TEN_A_YEAR, {2020: 0, 2025: 49}, 0.98, "lagging"),
    ("sdsn", TEN_A_YEAR, {2020: 0, 2025: 25}, 0.50, "lagging"),
    ("sdsn", TEN_A_YEAR, {2020: 0, 2025: 24}, 0.48, "off_track"),
    ("sdsn", TEN_A_YEAR, {2020: 0, 2025: -5}, -0.1, "reversing"),
    # once more the same growth: 138 % of 138 is 190.44, which is 0.95 of the way from 100 to 195.2
    ("unsd", {"target": 195.2, "target_year": 2022}, {2020: 100, 2021: 138}, 0.95, "on_track"),
    ("unsd", {"target": 142, "target_year": 2022}, {2020: 100, 2021: 110}, 0.5, "lagging"),
    ("unsd", {"target": 120.1, "target_year": 2022}, {2020: 100, 2021: 101}, 0.10, "lagging"),
    ("unsd", {"target": 121, "target_year": 2022}, {2020: 100, 2021: 100}, 0, "off_track"),
    ("unsd", {"target": 119, "target_year": 2022}, {2020: 100, 2021: 90}, -1, "reversing"),
    ("unsd", TEN_A_YEAR, {2020: 0, 2025: 40}, 0.8, "lagging"),
    ("germany", {"target": 65, "target_year": 2025}, FOUR_YEARS, 0.80, "on_track"),
    ("germany", {"target": 80, "target_year": 2025}, FOUR_YEARS, 0.50, "off_track"),
    ("germany", {"target": 50, "target_year": 2025}, {**FOUR_YEARS, 2023: 10}, 0, "off_track"),
    ("germany", {"target": 20, "target_year": 2025}, {**FOUR_YEARS, 2023: 4}, -0.25, "reversing"),
    # the last five changes, whatever came before; the values before a gap do not count
    ("germany", {"target": 65, "target_year": 2025}, {2017: 9, 2018: -10, 2019: 0, **FOUR_YEARS}, 0.80, "on_track"),
    ("germany", {"target": 65, "target_year": 2025}, {2018: 99, **FOUR_YEARS}, 0.80, "on_track"),
    ("germany", {"target": 65, "target_year": 2025}, {2020: 10, 2022: 30, 2023: 40}, None, "undetermined"),
    ("germany", {"target": 65, "target_year": 2025}, {2021: 20, 2022: 30, 2023: 40}, None, "undetermined"),
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
        seen = {status for case, *_, status in CASES if case == name} - {"undetermined"}
        assert seen == {*rule.thresholds, "reversing"}


@pytest.mark.parametrize(
    ("value", "statuses", "agreement"),
    [
        (50, "on_track on_track on_track on_track undetermined on_track", "true"),
        (48, "on_track on_track lagging on_track undetermined lagging", "false"),
        (-1, "reversing reversing reversing reversing undetermined reversing", "true"),
        (100, "achieved achieved achieved achieved achieved achieved", "true"),
    ],
)
def test_all_rules_side_by_side(
    smartkpi: Run, make_data: MakeData, value: float, statuses: str, agreement: str
) -> None:
    row = assessed(smartkpi, make_data, TEN_A_YEAR, {2020: 0, 2025: value}, "--rule", "all")
    beside = [f"status_{rule}" for rule in RuleName]
    assert list(row) == [*STATUS_COLUMNS, *beside, "agreement"]
    assert [row[name] for name in beside] == statuses.split()
    assert row["agreement"] == agreement


def test_side_by_side_people_see_each_rule(smartkpi: Run, make_data: MakeData) -> None:
    data = make_data({"x": TEN_A_YEAR}, ["x,2020,0,count", "x,2025,48,count"])
    head, _, row = smartkpi("status", "--data", data, "--rule", "all").out.splitlines()
    assert head.split() == ["Indicator", "Actual", "Target", *RuleName, "Agreed"]
    words = "▲ on track ▲ on track ◆ lagging ▲ on track ○ undetermined ◆ lagging no"
    assert row.split("(2030)")[1].split() == words.split()


def test_agreement_is_empty_where_fewer_than_two_rules_judge(smartkpi: Run, make_data: MakeData) -> None:
    assert assessed(smartkpi, make_data, TEN_A_YEAR, {2020: 0}, "--rule", "all")["agreement"] == ""
    # the base year is missing: only the rule that needs none judges
    row = assessed(
        smartkpi, make_data, {"target": 65, "target_year": 2025, "base_year": 2019}, FOUR_YEARS, "--rule", "all"
    )
    assert (row["status_germany"], row["status_eurostat"], row["agreement"]) == ("on_track", "undetermined", "")


def test_side_by_side_the_other_columns_are_those_of_eurostat(smartkpi: Run, make_data: MakeData) -> None:
    values = {2020: 100, 2021: 112}
    alone = assessed(smartkpi, make_data, TWENTY_PERCENT, values, head='[rule]\nname = "sdsn"')
    beside = assessed(smartkpi, make_data, TWENTY_PERCENT, values, "--rule", "all", head='[rule]\nname = "sdsn"')
    assert (alone["status"], beside["status"]) == ("lagging", "lagging")
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
    assert "thresholds run" in run.err


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
    figures = assessment.assess(panel, plan, rules.chosen(rule)).figures
    reasons = figures["reason"]
    assert isinstance(reasons, Categorical)
    numbers = np.stack([each for each in figures.values() if isinstance(each, np.ndarray)])
    assert not np.isinf(numbers).any()
    unexplained = np.isnan(numbers).any(axis=0) & np.array([reason is None for reason in reasons.cells()])
    assert [triples[number // 2] for number in np.flatnonzero(unexplained)] == []
