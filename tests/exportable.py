"""What the exports are tested with: a plan and observations that have all that may get lost, and status to compare."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from conftest import ROOT, MakeData, Run

INDICATORS: Mapping[str, Mapping[str, Any]] = {
    "money": {
        "unit": "兆元",
        "target": 6.5,
        "milestones": {2024: 6.3},
        "targets": [{"where": {"area": "=east"}, "target": "80000 億元", "target_year": 2028}],
    },
    "share": {"unit": "%", "target": 80, "direction": "decrease", "decimals": 2, "bounds": [0, 90]},
    "things": {"unit": "處", "level": "sector", "note": "=1+1", "definition": 'a, "b"\nc'},
    "tons": {"unit": "fraction", "target": 0.5},
    "unseen": {"unit": "人次/年", "title": {"zh-TW": "未見"}},
}
HEADER = "indicator,area,year,value,unit,obs_status,source,locator,note,explanation,measures"
ROWS = (
    'money,=east,2020,"62,000",億元,,report,p. 1,"a, b",,',
    "money,=east,2021,逾 7 兆元,,P,,,,,",
    "money,=east,2022,約 8.1 兆元(預估值),,,,,,,",
    'money,"a, b",2020,5.7,兆元,A,,,"say ""so""","=why? ""late"", then later",paint',
    'money,"a, b",2021,0.1,兆元,B,,,a break,,',
    'money,"a, b",2022,0.30000000000000004,兆元,D,,,another instrument,,',
    "share,花蓮縣,2020,0.37,%,U,,,,,",
    "share,花蓮縣,2021,1,%,A,,,,,",
    "share,花蓮縣,2022,0.0000001,%,A,,,,,",
    "share,'quoted',2021,,%,M,,,not surveyed,,",
    "share,'quoted',2022,58.6,%,A,,,,,",
    "things,<b>,2022,143,處,A,http://example.org,mailto:a@example.org,-,,",
    "things,@x,2021,,處,A,,,,,",
    "tons,001,2022,0.586,fraction,A,,,,,",
)


def hard_data(make_data: MakeData) -> Path:
    """Return a data folder with dimensions, breaks, bounds, gaps, tiny shares, and targets of single series."""
    return make_data(INDICATORS, ROWS, header=HEADER, dimensions=["area"])


PLANS = ("shipped", "hard", "eu")


def data_options(plan: str, make_data: MakeData) -> list[object]:
    """Return the options that name the data of one of `PLANS`."""
    if plan == "shipped":
        return []
    return ["--data", hard_data(make_data) if plan == "hard" else ROOT / "examples" / "eu-digital-decade"]


def status(smartkpi: Run, *arguments: object) -> str:
    """Return what every rule says of every series."""
    run = smartkpi("status", "--level", "all", "--rule", "all", "-f", "csv", *arguments)
    assert run.code == 0, run.err
    return run.out
