"""`smartkpi project` on series that a person can check in the head."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from typing import Any

import pytest
from conftest import MakeData, Run

FIVE_YEARS = ["2019,53.9", "2020,54.2", "2021,55.6", "2022,57.0", "2023,57.9"]


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def project(smartkpi: Run, make_data: MakeData) -> Any:
    """Return a function that projects one indicator and gives its row."""

    def run(rows: Sequence[str], own: dict[str, Any] | None = None, *options: object) -> dict[str, str]:
        unit = (own or {}).get("unit", "count")
        cells = [[*each.split(","), "A"][:3] for each in rows]
        lines = [f"x,{year},{value},{unit},{status}" for year, value, status in cells]
        data = make_data({"x": own or {}}, lines, header="indicator,year,value,unit,obs_status")
        result = smartkpi("project", "--data", data, "-f", "csv", *options)
        assert result.code == 0, result.err
        (row,) = rows_of(result.out)
        return row

    return run


def figures(row: dict[str, str], *names: str) -> list[float | None]:
    return [float(row[name]) if row[name] else None for name in names]


# The worked example of docs/methods.md, to the printed digits.


@pytest.mark.parametrize("unit", ["count", "%"])
@pytest.mark.parametrize(
    ("year", "printed"),
    [(2024, "58.40 (56.72-60.08)"), (2026, "59.40 (56.48-62.32)"), (2029, "60.90 (56.78-65.02)")],
)
def test_worked_example(project: Any, unit: str, year: int, printed: str) -> None:
    row = project(FIVE_YEARS, {"unit": unit}, "--year", year)
    central, low, high = (float(row[name]) for name in ("projected", "low", "high"))
    assert f"{central:.2f} ({low:.2f}-{high:.2f})" == printed
    assert (row["method"], row["reason"]) == ("half_drift", "")


# What there is by number of observations, two years ahead; 1.8856, 1.6377, 1.5332: 90 % points of Student's t.

BY_NUMBER: dict[str, tuple[list[str], str, str, list[float | None]]] = {
    # observations: method, reason, [held, at change, at growth, projected, low, high]
    "0": ([], "none", "no_observation", [None, None, None, None, None, None]),
    "1": (["2021,10"], "held", "one_observation", [10, None, None, None, None, None]),
    "2": (["2020,10", "2021,12"], "scenarios", "too_few_points", [12, 16, 17.28, None, None, None]),
    # Changes 2, -1: m = 1/2, s^2 = 5/2, se = sqrt(2 5/2).
    "3": (["2019,10", "2020,12", "2021,11"], "half_drift", "",
          [11, 12, 12.1, 11.5, 11.5 - 1.885618 * math.sqrt(5), 11.5 + 1.885618 * math.sqrt(5)]),
    # Changes 1, -1, 2: m = 2/3, s^2 = 6/3, se = sqrt(2 2).
    "4": (["2018,4", "2019,5", "2020,4", "2021,6"], "half_drift", "",
          [6, 6 + 4 / 3, 6 * 1.5 ** (2 / 3), 6 + 2 / 3, 6 + 2 / 3 - 2 * 1.637744, 6 + 2 / 3 + 2 * 1.637744]),
    # Changes 4, 0, 2, 2 in 2, 1, 1, 4 years, 1 a year: s^2 = (16/2 + 0 + 4 + 4/4)/4 = 13/4, se = sqrt(2 13/4).
    "5 with gaps": (["2013,2", "2015,6", "2016,6", "2017,8", "2021,10"], "half_drift", "",
                    [10, 12, 10 * 5 ** 0.25, 11, 11 - 1.533206 * math.sqrt(6.5), 11 + 1.533206 * math.sqrt(6.5)]),
    # Changes of 1: s = 1, se = sqrt(2); 1.475884 is the point for 5 degrees.
    "6 in a line": (["2016,1", "2017,2", "2018,3", "2019,4", "2020,5", "2021,6"], "half_drift", "",
                    [6, 8, 6 * 6 ** 0.4, 7, 7 - 1.475884 * math.sqrt(2), 7 + 1.475884 * math.sqrt(2)]),
}  # fmt: skip
LANDINGS = ("held", "at_observed_change", "at_observed_growth", "projected", "low", "high")


@pytest.mark.parametrize(("rows", "method", "reason", "expected"), BY_NUMBER.values(), ids=BY_NUMBER.keys())
def test_by_number_of_observations(
    project: Any, rows: list[str], method: str, reason: str, expected: list[float | None]
) -> None:
    row = project(rows, {}, "--year", 2023)
    assert (row["method"], row["reason"], row["project_year"]) == (method, reason, "2023")
    assert figures(row, *LANDINGS) == [each and pytest.approx(each, rel=1e-6) for each in expected]
    assert row["meets_target"] == ("false" if len(rows) >= 3 else "")
    assert bool(row["probability"]) == (len(rows) >= 3)


def test_a_larger_interval_is_wider(project: Any) -> None:
    row = project(["2019,10", "2020,12", "2021,11"], {}, "--year", 2023, "--interval", 95)
    # 4.302653: the 97.5 % point of Student's t on 2 degrees.
    assert figures(row, "low", "high") == pytest.approx(
        [11.5 - 4.302653 * math.sqrt(5), 11.5 + 4.302653 * math.sqrt(5)]
    )


# Which observations count.


@pytest.mark.parametrize(
    ("rows", "own", "method", "at_change"),
    [
        (["2019,90,A", "2020,10,B", "2021,12"], {}, "scenarios", 16),
        (["2019,90,A", "2020,10", "2021,12,D"], {}, "held", None),
        (["2015,1", "2016,1", "2017,9", "2020,10", "2021,12"], {"base_year": 2020}, "scenarios", 16),
        (["2020,10", "2021,12", "2022,99,F", "2023,,M"], {}, "scenarios", 16),
        (["2020,10", "2021,12,E"], {}, "scenarios", 16),
    ],
    ids=["break", "break as the latest", "base year", "forecast and missing", "estimate"],
)
def test_unbroken_run(project: Any, rows: list[str], own: dict[str, Any], method: str, at_change: float) -> None:
    row = project(rows, own, "--year", 2023)
    assert (row["method"], row["actual"]) == (method, "12")
    assert figures(row, "at_observed_change") == [at_change]


def test_a_base_year_without_observation_has_no_base_but_a_central_figure(project: Any) -> None:
    rows = ["2018,1", "2020,10", "2021,12", "2022,11"]
    row = project(rows, {"base_year": 2019}, "--year", 2024)
    assert figures(row, "held", "at_observed_change", "at_observed_growth", "projected") == [11, None, None, 11.5]
    assert (row["method"], row["reason"]) == ("half_drift", "no_base_observation")
    row = project(rows, {"base_year": 2023}, "--year", 2025)
    assert figures(row, "held", "at_observed_change", "projected") == [11, None, None]
    assert (row["method"], row["reason"]) == ("held", "no_base_observation")


def test_replay_as_of_a_past_year_is_a_file_that_ends_there(project: Any) -> None:
    for years in range(6):
        replayed = project(FIVE_YEARS, {"unit": "%"}, "--as-of", 2018 + years, "--year", 2025)
        assert replayed == project(FIVE_YEARS[:years], {"unit": "%"}, "--year", 2025)


def test_horizon_counts_from_the_latest_observation_not_from_the_year_of_replay(project: Any) -> None:
    row = project(["2015,10", "2016,12", "2022,50"], {}, "--as-of", 2021, "--year", 2018)
    assert figures(row, "year", "at_observed_change") == [2016, 16]


def test_project_year_is_the_target_year_by_default(project: Any) -> None:
    row = project(["2020,10", "2021,12"], {"target_year": 2024})
    assert figures(row, "project_year", "at_observed_change") == [2024, 18]


@pytest.mark.parametrize("year", [2019, 2021])
def test_a_year_that_is_not_ahead(project: Any, year: int) -> None:
    row = project(["2019,10", "2020,12", "2021,11"], {"target": 5}, "--year", year)
    assert [row[name] for name in (*LANDINGS, "meets_target", "probability")] == [""] * 8
    assert (row["method"], row["reason"], row["reached_in"]) == ("none", "not_ahead", "2019")


# Bounds.


def test_central_figure_and_interval_are_cut_at_the_bounds(project: Any) -> None:
    # m = 10, s = 10: two years ahead 90 + 10, from 100 - 26.7 to 100 + 26.7.
    row = project(["2019,70", "2020,80", "2021,90"], {"unit": "%", "target": 100}, "--year", 2023)
    assert figures(row, "projected", "low", "high") == [100, pytest.approx(100 - 18.85618 * math.sqrt(2)), 100]
    assert (row["meets_target"], row["reason"]) == ("true", "at_bound;at_scenario_bound")
    # A target on a bound keeps its probability.
    assert float(row["probability"]) == pytest.approx(0.5)
    inside = project(["2019,70", "2020,71", "2021,70"], {"unit": "%", "target": 100}, "--year", 2023)
    assert (inside["reason"], inside["meets_target"]) == ("", "false")


def test_a_value_on_a_bound_is_a_value(project: Any) -> None:
    row = project(["2019,96", "2020,100", "2021,98"], {"unit": "%"}, "--year", 2022)
    assert (row["method"], row["projected"]) == ("half_drift", "98.5")


def test_without_bounds_a_share_is_projected_as_it_is(project: Any) -> None:
    row = project(["2019,70", "2020,80", "2021,90"], {"unit": "%", "bounds": []}, "--year", 2025)
    assert (row["method"], row["projected"], row["reason"]) == ("half_drift", "110", "")


@pytest.mark.parametrize("unit", ["count", "人", "戶", "億元"])
def test_amounts_and_counts_end_at_0(project: Any, unit: str) -> None:
    falling = ["2019,9", "2020,6", "2021,3"]
    own = {"unit": unit, "target": 1, "direction": "decrease"}
    row = project(falling, own, "--year", 2025)
    assert figures(row, "at_observed_change", "projected", "low") == [0, 0, 0]
    assert row["reason"] == "at_bound;at_scenario_bound"
    # Not where something lies below 0, nor where the plan says that there are no bounds.
    assert figures(project(["2018,-1", *falling], own, "--year", 2027), "at_observed_change") == [3 + 6 * 4 / 3]
    assert figures(project(falling, {**own, "target": -1}, "--year", 2025), "at_observed_change") == [-9]
    assert figures(project(falling, {**own, "bounds": []}, "--year", 2025), "at_observed_change") == [-9]


def test_other_units_have_no_natural_minimum(project: Any) -> None:
    row = project(["2019,9", "2020,6", "2021,3"], {"unit": "index_point", "target": 1}, "--year", 2025)
    assert figures(row, "at_observed_change") == [-9]


def test_scenarios_are_cut_at_the_bounds(project: Any) -> None:
    up = project(["2020,60", "2021,80"], {"unit": "%"}, "--year", 2023)
    assert (up["at_observed_change"], up["at_observed_growth"]) == ("100", "100")
    assert up["reason"] == "too_few_points;at_scenario_bound"
    down = project(["2020,8", "2021,4"], {"bounds": [2, 1000]}, "--year", 2023)
    assert (down["at_observed_change"], down["at_observed_growth"]) == ("2", "2")
    exactly = project(["2020,60", "2021,70"], {"unit": "%", "target": 90}, "--year", 2024)
    assert exactly["at_observed_change"] == "100"
    assert float(exactly["at_observed_growth"]) == 100
    touching = project(["2020,10", "2023,7"], {"unit": "%", "target": 1}, "--year", 2030)
    assert float(touching["at_observed_change"]) == pytest.approx(0, abs=1e-12)
    assert touching["reason"] == "too_few_points"


# Meeting the target.


@pytest.mark.parametrize(
    ("rows", "own", "expected"),
    [
        # Two observations refuse a central figure, and with it the year.
        (["2020,10", "2021,12"], {"target": 20}, ""),
        # Half a mean change a year, here 0.5.
        (["2019,3", "2020,4", "2021,5"], {"target": 6}, "2023"),
        (["2019,3", "2020,4", "2021,5"], {"target": 6.1}, "2024"),
        (["2017,1", "2018,2", "2019,3", "2020,4", "2021,5"], {"target": 30}, "2071"),
        (["2017,1", "2018,2", "2019,3", "2020,4", "2021,5"], {"target": 30.1}, ""),
        (["2017,5", "2018,4", "2019,3", "2020,2", "2021,1"], {"target": 0, "direction": "decrease"}, "2023"),
        # The wrong way, and nowhere.
        (["2019,5", "2020,4", "2021,3"], {"target": 6}, ""),
        (["2019,5", "2020,5", "2021,5"], {"target": 6}, ""),
        # Met already: the first year of the unbroken run that met it.
        (["2020,10"], {"target": 8}, "2020"),
        (["2018,7", "2019,8", "2020,9", "2021,10"], {"target": 8}, "2019"),
        (["2018,9", "2019,7", "2020,7,B", "2021,10"], {"target": 8}, "2021"),
        (["2018,9", "2019,7"], {"target": 8}, ""),
        # One observation says nothing of later years.
        (["2020,7"], {"target": 8}, ""),
    ],
)
def test_reached_in(project: Any, rows: list[str], own: dict[str, Any], expected: str) -> None:
    assert project(rows, own)["reached_in"] == expected


@pytest.mark.parametrize(
    ("target", "direction", "meets"), [(5, "increase", "true"), (5.1, "increase", "false"), (5.1, "decrease", "true")]
)
def test_without_scatter_there_is_no_interval_and_no_probability(
    project: Any, target: float, direction: str, meets: str
) -> None:
    row = project(["2019,5", "2020,5", "2021,5"], {"target": target, "direction": direction}, "--year", 2025)
    assert figures(row, "projected", "low", "high", "probability") == [5, None, None, None]
    assert (row["meets_target"], row["reason"], row["method"]) == (meets, "no_scatter", "half_drift")


def test_probability_at_the_centre_and_at_the_ends(project: Any) -> None:
    rows = ["2019,10", "2020,12", "2021,11"]
    low = float(project(rows, {}, "--year", 2023)["low"])
    for target, expected in ((11.5, 0.5), (low, 0.9)):
        assert float(project(rows, {"target": target}, "--year", 2023)["probability"]) == pytest.approx(expected)
        falling = project(rows, {"target": target, "direction": "decrease"}, "--year", 2023)
        assert float(falling["probability"]) == pytest.approx(1 - expected)


# Undefined scenarios.


@pytest.mark.parametrize(
    ("values", "reason", "at_change", "at_growth"),
    [
        ((0, 5), "too_few_points;zero_denominator", 15, None),
        ((-5, 5), "too_few_points;sign_change", 25, None),
        ((5, -5), "too_few_points;sign_change", -25, None),
        ((5, 0), "too_few_points;at_scenario_bound", 0, 0),
        ((-5, -10), "too_few_points", -20, -40),
        ((4, 4), "too_few_points", 4, 4),
    ],
)
def test_scenarios_at_zero_and_below(
    project: Any, values: tuple[float, float], reason: str, at_change: float, at_growth: float | None
) -> None:
    row = project([f"2020,{values[0]}", f"2021,{values[1]}"], {}, "--year", 2023)
    assert row["reason"] == reason
    assert figures(row, "at_observed_change", "at_observed_growth") == [at_change, at_growth]
