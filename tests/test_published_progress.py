"""Paces and statuses that Statistics Canada publishes, through the command line."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from conftest import MakeData, Run

FILE = Path(__file__).parent / "data" / "statcan_published_progress.csv"
PUBLISHED = list(csv.DictReader(io.StringIO(FILE.read_text(encoding="utf-8"))))
CLASSES = {
    "target_achieved": "achieved",
    "substantial_progress": "on_track",
    "moderate_progress": "lagging",
    "limited_progress": "off_track",
    "deterioration": "reversing",
}
# With the same thresholds the flag flips on annual changes: who starts from next to nothing passes on growth rates,
# who falls towards a target near zero passes on changes. (compound, linear), rounded.
FLIPS = {
    "1-1-1": (0.90, 1.06),
    "12-1-1": (0.95, 0.23),
    "14-1-1": (1.41, 0.84),
    "3-14-1": (0.89, 1.24),
    "6-1-1": (0.40, 1.35),
    "9-6-1": (1.08, 0.56),
}


def rows_of(run: Run, make_data: MakeData, *options: str) -> list[dict[str, str]]:
    indicators = {
        f"series_{number}": {
            "direction": row["direction"],
            "target": float(row["target"]),
            "target_year": int(row["target_year"]),
        }
        for number, row in enumerate(PUBLISHED)
    }
    actuals = [
        f"series_{number},{year},{value},count"
        for number, row in enumerate(PUBLISHED)
        for year, value in ((row["base_year"], row["base"]), (row["year"], row["actual"]))
    ]
    data = make_data(indicators, actuals)
    found: dict[str, dict[str, str]] = {}
    # Each as of the year of its own latest value: later, an open target may have passed unobserved.
    for year in sorted({row["year"] for row in PUBLISHED}):
        result = run("status", "--data", data, "--format", "csv", "--year", year, *options)
        assert result.code == 0
        rows = csv.DictReader(io.StringIO(result.out))
        found |= {row["indicator"]: row for row in rows if row["year"] == year}
    return [found[f"series_{number}"] for number in range(len(PUBLISHED))]


def test_the_file_is_whole() -> None:
    assert len(PUBLISHED) == 39
    assert {row["published_status"]: row["expected_status"] for row in PUBLISHED} == CLASSES


def test_pace_and_status_are_the_published_ones(smartkpi: Run, make_data: MakeData) -> None:
    rows = rows_of(smartkpi, make_data)
    assert [row["status"] for row in rows] == [row["expected_status"] for row in PUBLISHED]
    paces = [float(row["pace"]) for row in rows]
    assert paces == [pytest.approx(float(row["published_pace"]), rel=1e-9) for row in PUBLISHED]


def test_compound_and_linear_flags_differ_where_the_start_or_the_target_is_small(
    smartkpi: Run, make_data: MakeData
) -> None:
    compound, linear = rows_of(smartkpi, make_data), rows_of(smartkpi, make_data, "--rule", "linear")
    flips = {
        row["series"]: (round(float(one["pace"]), 2), round(float(other["pace"]), 2))
        for row, one, other in zip(PUBLISHED, compound, linear, strict=True)
        if one["on_track"] != other["on_track"]
    }
    assert flips == FLIPS


def test_agreement_is_false_where_the_flags_differ(smartkpi: Run, make_data: MakeData) -> None:
    rows = rows_of(smartkpi, make_data, "--rule", "all")
    assert {row["series"] for row, seen in zip(PUBLISHED, rows, strict=True) if seen["agreement"] == "false"} == set(
        FLIPS
    )
