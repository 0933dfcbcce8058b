"""Paces, classes and symbols that statistical offices publish, read where SMARTKPI_ORACLES names their folder.

The two files hold figures of Eustat (Basque Country) and Destatis (Germany), which no licence seen allows to be
copied; they are therefore no part of the project, and the tests are skipped without them.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from conftest import MakeData, Run

FOLDER = os.environ.get("SMARTKPI_ORACLES", "")
pytestmark = pytest.mark.skipif(not FOLDER, reason="SMARTKPI_ORACLES does not name the folder of published results")


def published(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((Path(FOLDER) / name).read_text(encoding="utf-8"))))


def plan_of(rows: Sequence[dict[str, str]]) -> dict[str, dict[str, object]]:
    return {
        f"s{number}": {
            "direction": row["direction"],
            "target": float(row["target"]),
            "target_year": int(row["target_year"]),
            "bounds": [],
        }
        for number, row in enumerate(rows)
    }


def test_paces_and_statuses_of_eustat(smartkpi: Run, make_data: MakeData) -> None:
    rows = published("eustat_progress.csv")
    actuals = [
        f"s{number},{year},{value},count"
        for number, row in enumerate(rows)
        for year, value in ((row["base_year"], row["base"]), (row["year"], row["actual"]))
    ]
    result = smartkpi("status", "--data", make_data(plan_of(rows), actuals), "-f", "csv", "--rule", "compound")
    found = list(csv.DictReader(io.StringIO(result.out)))
    assert [row["status"] for row in found] == [row["expected_status"] for row in rows]
    paces = [float(row["pace"]) if row["pace"] else None for row in found]
    expected = [float(row["published_pace"]) if row["published_pace"] else None for row in rows]
    assert paces == [each if each is None else pytest.approx(each, rel=1e-9, abs=1e-12) for each in expected]


@pytest.mark.slow
def test_weather_symbols_of_destatis(smartkpi: Run, make_data: MakeData) -> None:
    """The others are symbols of the day on data that were revised since."""
    rows = [row for row in published("germany_weather.csv") if row["shown"] == "true"]
    actuals = [
        f"s{number},{year},{value},count"
        for number, row in enumerate(rows)
        for year, value in (each.split(":") for each in row["observations"].split("|"))
    ]
    data = make_data(plan_of(rows), actuals)
    agree = []
    for number, row in enumerate(rows):
        rule = ("--rule", "germany", "--year", row["year"])
        result = smartkpi("explain", f"s{number}", "--data", data, "-f", "json", *rule)
        symbol = json.loads(result.out)["series"][0]["verdicts"][0]["published"] or ""
        agree.append(symbol.replace(" ", "_") == row["symbol"])
    assert {row["symbol"] for row in rows} == {"sun", "sun_and_cloud", "cloud", "thunderstorm"}
    assert sum(agree) / len(agree) >= 0.95
