"""`smartkpi project` as people and scripts use it: the shipped data, tables, formats, wrong use."""

from __future__ import annotations

import csv
import io
import json

import pytest
from conftest import MakeData, Run

import smartkpi as library
from smartkpi.model.columns import PROJECT_COLUMNS

FIVE_YEARS = ["2019,53.9", "2020,54.2", "2021,55.6", "2022,57.0", "2023,57.9"]
LANDINGS = ("held", "at_observed_change", "at_observed_growth", "projected", "low", "high")


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def figures(row: dict[str, str], *names: str) -> list[float | None]:
    return [float(row[name]) if row[name] else None for name in names]


def test_shipped_data(smartkpi: Run) -> None:
    rows = {row["indicator"]: row for row in rows_of(smartkpi("project", "--year", 2025, "-f", "csv").out)}
    assert list(next(iter(rows.values()))) == list(PROJECT_COLUMNS)
    assert [row["method"] for row in rows.values()] == ["scenarios"] * 3 + ["held"] * 3
    economy = rows["digital_economy_size"]
    assert figures(economy, *LANDINGS, "reached_in") == [
        6.2, pytest.approx(6.2 + 3 * 0.5), pytest.approx(6.2 * (6.2 / 5.7) ** 3), None, None, None, None
    ]  # fmt: skip
    services = rows["digital_lifestyle_services_rate"]
    assert figures(services, *LANDINGS[:3]) == [74.1, pytest.approx(74.1 + 3 * 48.3 / 6), 100]
    assert services["reason"] == "too_few_points;at_scenario_bound"
    assert rows["broadband_2gbps_coverage"]["reason"] == "one_observation"
    assert rows["mobile_5g_population_coverage"]["reached_in"] == "2022"


def test_table_says_why_there_is_no_central_figure(smartkpi: Run) -> None:
    run = smartkpi("project", "--year", 2025)
    assert run.out.count("two observations, scenarios only") == 3
    assert run.out.count("only one observation") == 3
    assert run.out.count("scenario cut at a bound") == 1
    assert "NT$7.7 trillion" in run.out
    assert run.err == (
        "projected to 2025: 0 of 6 with a central figure, 3 with scenarios only, 3 with one value only\n"
    )
    assert smartkpi("project", "-q").err == ""


def test_table_in_chinese(smartkpi: Run) -> None:
    run = smartkpi("project", "--lang", "zh-TW", "-f", "markdown")
    assert run.out.count("無中央推估值：兩筆觀測值，只有情境") == 3
    assert run.err == "推估至 2025 年：6 項中 0 項有中央推估值，3 項只有情境值，3 項只有現值\n"


def test_table_with_central_figures(smartkpi: Run, make_data: MakeData) -> None:
    rows = [f"{name},{row},%" for name in ("near", "far", "all") for row in FIVE_YEARS]
    targets = {"near": 60, "far": 80, "all": 100}
    data = make_data({name: {"unit": "%", "target": target} for name, target in targets.items()}, rows)
    run = smartkpi("project", "--data", data, "--year", 2029, "--interval", 80)
    near, far, everything = run.out.splitlines()[4:7]
    assert near.endswith("▲ 60.9% (56.78 to 65.02), target met, chance 62%")
    assert far.endswith("▼ 60.9% (56.78 to 65.02), target missed, chance under 10%")
    assert everything.endswith("▼ 60.9% (56.78 to 65.02), target missed, chance under 10%")
    assert run.err == (
        "three years ahead and more, the 80% interval holds about 75 of 100 in published series\n"
        "projected to 2029: 3 of 3 with a central figure, 1 of them meeting the target\n"
    )


def test_target_years_of_a_plan_may_differ(smartkpi: Run) -> None:
    run = smartkpi("project", "--level", "sector")
    assert run.err.startswith("projected to 2024-2025: 1 of 8 with a central figure")


def test_json(smartkpi: Run) -> None:
    run = smartkpi("project", "--year", 2025, "--as-of", 2022, "-f", "json", "--fields", "indicator,held,projected")
    document = json.loads(run.out)
    rows = document.pop("rows")
    assert document["schema"] == "smartkpi/project/1"
    assert (document["year"], document["as_of"], document["interval"]) == (2025, 2022, 80)
    assert rows[0] == {"indicator": "digital_economy_size", "held": 6.2, "projected": None}


@pytest.mark.parametrize(
    "options",
    [
        ("--interval", "0"),
        ("--interval", "100"),
        ("--interval", "nan"),
        ("--interval", "80%"),
        ("--as-of", "22"),
        ("--year", "2021..2022"),
        ("-k", "digital"),
        ("--fields", "status"),
        ("--rule", "eurostat"),
    ],
)
def test_usage_errors(smartkpi: Run, options: tuple[str, ...]) -> None:
    run = smartkpi("project", *options)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("smartkpi: error: ")


def test_dimensions_follow_the_indicator(smartkpi: Run, make_data: MakeData) -> None:
    own = {"target": 20, "targets": [{"where": {"area": "b"}, "target": 12, "target_year": 2024}]}
    rows = ["x,a,2020,10,count", "x,a,2021,12,count", "x,b,2020,1,count", "x,b,2021,2,count"]
    data = make_data({"x": own}, rows, header="indicator,area,year,value,unit", dimensions=["area"])
    found = rows_of(smartkpi("project", "--data", data, "-f", "csv").out)
    assert list(found[0])[:2] == ["indicator", "area"]
    assert [(row["area"], row["project_year"], row["reached_in"]) for row in found] == [
        ("a", "2030", ""),
        ("b", "2024", ""),
    ]


def test_api() -> None:
    frame = library.project(year=2025, as_of=2021, interval=90)
    assert list(frame.columns) == list(PROJECT_COLUMNS)
    assert frame["reached_in"].dtype == "Int64"
    assert frame["meets_target"].dtype == "boolean"
    assert frame["method"].tolist()[:3] == ["held"] * 3
    with pytest.raises(library.UsageError, match="interval of 0"):
        library.project(interval=0)


def test_the_summary_of_no_rows_names_no_year(smartkpi: Run, make_data: MakeData) -> None:
    run = smartkpi("project", "--data", make_data({"x": {}}, ["x,2020,5,count"]), "--level", "sector")
    assert (run.code, run.err) == (0, "projected: 0 of 0 with a central figure\n")
