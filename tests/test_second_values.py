"""Two values for one year of a series: once, the later one, both, or an error."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from conftest import MakeData, Run

HEADER = "indicator,year,value,unit,obs_status,published"
FIRST = "jobs,2020,10,person,A,2021"


def values(smartkpi: Run, make_data: MakeData, rows: Sequence[str]) -> tuple[list[str], str]:
    data = make_data({"jobs": {"unit": "person"}}, rows, header=HEADER)
    run = smartkpi("export", "--data", data, "--fields", "year,value,obs_status")
    return run.out.splitlines()[1:], run.err


@pytest.mark.parametrize(
    ("second", "kept"),
    [
        (FIRST, "2020,10,A"),
        ("jobs,2020,10.0,person,A,2021", "2020,10,A"),
        ("jobs,2020,11,person,A,2022", "2020,11,A"),
        ("jobs,2020,11,person,A,2020", "2020,10,A"),
        ("jobs,2020,9,person,P,2020", "2020,10,A"),
    ],
)
def test_one_of_two_counts(smartkpi: Run, make_data: MakeData, second: str, kept: str) -> None:
    rows, said = values(smartkpi, make_data, [FIRST, second])
    assert rows == [kept]
    assert said.startswith("smartkpi: note: ")


@pytest.mark.parametrize(
    "second",
    [
        "jobs,2020,11,person,A,2021",
        "jobs,2020,11,person,P,2022",
        "jobs,2020,11,person,A,2021-05",
        "jobs,2020,11,person,A,",
    ],
)
def test_nothing_decides(smartkpi: Run, make_data: MakeData, second: str) -> None:
    rows, said = values(smartkpi, make_data, [FIRST, second])
    assert rows == []
    assert "all.csv:3: 'jobs' has a second value for 2020" in said
    assert "all.csv:2" in said


def test_the_year_of_a_break_keeps_both_the_old_one_first(smartkpi: Run, make_data: MakeData) -> None:
    new = "jobs,2020,20,person,B,2021"
    rows, _ = values(smartkpi, make_data, ["jobs,2019,9,person,A,", new, FIRST, "jobs,2021,22,person,A,"])
    assert sorted(rows) == ["2019,9,A", "2020,10,A", "2020,20,B", "2021,22,A"]
    data = make_data(
        {"jobs": {"unit": "person"}}, ["jobs,2019,9,person,A,", new, FIRST, "jobs,2021,22,person,A,"], header=HEADER
    )
    run = smartkpi("status", "--data", data, "-f", "csv", "--fields", "base_year,base,year,actual")
    assert run.out.splitlines()[1:] == ["2020,20,2021,22"]
    for command in (("trend", "jobs"), ("explain", "jobs"), ("project",), ("report", "-k", "jobs"), ("check",)):
        assert smartkpi(*command, "--data", data).code in (0, 4)
