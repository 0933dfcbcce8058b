"""Units that only pint knows: a plan may use them, and nothing that is no unit becomes one."""

from __future__ import annotations

import csv
import io

import pytest
from conftest import MakeData, Run

from smartkpi.quantities.pint_units import look_up

INDICATORS = {
    "route": {"unit": "nautical mile", "target": 20},
    "light": {"unit": "lumen", "target": 2000},
}


def test_a_plan_uses_them_and_actuals_are_converted(smartkpi: Run, make_data: MakeData) -> None:
    folder = make_data(INDICATORS, ["route,2022,18.52,km", "light,2022,1000,lumen"])
    run = smartkpi("status", "--data", folder, "-f", "csv")
    assert run.code == 0, run.err
    rows = {row["indicator"]: row for row in csv.DictReader(io.StringIO(run.out))}
    assert (rows["route"]["unit"], rows["route"]["actual"]) == ("nautical mile", "10")  # 18.52 km
    assert (rows["light"]["unit"], rows["light"]["actual"]) == ("lumen", "1000")


@pytest.mark.parametrize(("unit", "kind"), [("horsepower", "power"), ("acre", "area"), ("parsec", "length")])
def test_what_the_table_has_units_of_is_of_its_kinds(smartkpi: Run, unit: str, kind: str) -> None:
    (row,) = csv.DictReader(io.StringIO(smartkpi("units", unit, "-f", "csv").out))
    assert row["dimension"] == kind


def test_other_kinds_are_refused(smartkpi: Run, make_data: MakeData) -> None:
    folder = make_data(INDICATORS, ["light,2022,1000,km"])
    run = smartkpi("status", "--data", folder)
    assert run.code == 3
    assert "lumen" in run.err


def test_what_a_unit_is_understood_as(smartkpi: Run) -> None:
    run = smartkpi("units", "furlong", "-f", "csv")
    assert run.code == 0, run.err
    assert run.out.splitlines()[1].startswith("furlong,length,201.168")


@pytest.mark.parametrize(
    "text",
    [
        *("jobs", "patents", "c", "h", "dB", "degC", "pH", "line", "mares", "gallon", "pound; import os", "m**9**9**9"),
        *("__class__", "x" * 1000, "人", "", "meter/second", "[length]", "shares", "points", "teams", "cares"),
        *("ton", "tons", "kiloton", "Pound", "lbs"),  # several things, or of one country
    ],
)
def test_what_is_no_unit(text: str) -> None:
    assert look_up(text) is None
