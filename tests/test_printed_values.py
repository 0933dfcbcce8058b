"""Printed quantities on their way through files: every one of the report's goes in, and what is none is refused."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from conftest import MakeData, Run

import smartkpi as library
from smartkpi.messages import label
from smartkpi.quantities import REASONS
from smartkpi.quantities.years import REASONS as YEAR_REASONS

with (Path(__file__).parent / "data" / "printed_quantities.csv").open(encoding="utf-8", newline="") as _file:
    PRINTED = list(csv.DictReader(_file))
QUANTITIES = [row for row in PRINTED if row["outcome"] == "quantity"]
OTHERS = [row["text"] for row in PRINTED if row["outcome"] == "reject"]
INDICATORS = {"percent": {"unit": "%"}, "twd": {"unit": "元"}, "person": {"unit": "人"}, "visits": {"unit": "人次"},
              "count": {"unit": "件"}}  # fmt: skip
HEADER = "indicator,year,value,unit,row"


def indicator_of(row: dict[str, str]) -> str:
    """The indicator that measures the same."""
    noun = row["counted_noun"].lstrip("萬億兆")
    counted = {"人": "person", "人次": "visits"}.get(noun, "count")
    return {"fraction": "percent", "TWD": "twd"}.get(row["base_unit"], counted)


def line_of(row: dict[str, str], number: int) -> str:
    bare_money = row["base_unit"] == "TWD" and "元" not in row["text"]
    return f'{indicator_of(row)},2022,"{row["text"]}",{"元" if bare_money else ""},{number}'


def test_quantities_of_the_report_go_in(make_data: MakeData) -> None:
    rows = [line_of(row, number) for number, row in enumerate(QUANTITIES)]
    data = make_data(INDICATORS, rows, header=HEADER, dimensions=["row"])
    frame = library.read_actuals(data / "actuals" / "all.csv", library.read_plan(data / "targets.toml"))
    factors = [100 if row["base_unit"] == "fraction" else 1 for row in QUANTITIES]
    expected = [float(row["value_in_base_unit"]) * factor for row, factor in zip(QUANTITIES, factors, strict=True)]
    assert frame["value"].tolist() == pytest.approx(expected, rel=1e-15)
    estimated = ["E" if row["bound"] == "estimate" else "A" for row in QUANTITIES]
    assert frame["obs_status"].tolist() == estimated
    bounded = [row["bound"] not in ("", "estimate") for row in QUANTITIES]
    assert ["(printed: " in note for note in frame["note"]] == bounded


@pytest.mark.parametrize("lang", ["en", "zh-TW"])
def test_what_is_no_quantity_is_refused_with_what_was_understood(smartkpi: Run, make_data: MakeData, lang: str) -> None:
    rows = [f'count,2022,"{text}",,{number}' for number, text in enumerate(OTHERS)]
    data = make_data(INDICATORS, rows, header=HEADER, dimensions=["row"])
    run = smartkpi("validate", "--data", data, "--lang", lang)
    lines = run.err.splitlines()
    assert (run.code, len(lines)) == (3, len(OTHERS))
    reasons = [label(f"quantity_{key}", lang) for key in REASONS]
    for number, (line, text) in enumerate(zip(lines, OTHERS, strict=True), 2):
        assert f"all.csv:{number}: " in line
        # A unit that is known measures something else.
        assert text in line if "dB" not in text else "'dB'" in line or "「dB」" in line
        assert "dB" in text or any(reason in line for reason in reasons)


@pytest.mark.parametrize("lang", ["en", "zh-TW"])
def test_every_reason_is_worded(lang: str) -> None:
    assert all(label(f"quantity_{key}", lang) for key in REASONS)
    assert all(label(f"year_{key}", lang) for key in YEAR_REASONS)
