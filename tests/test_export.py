"""smartkpi export: the observations as one tidy table, which reads back to the same figures."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import MakeData, Run
from exportable import status

SHIPPED = Path(__file__).parent.parent / "data"


@pytest.mark.parametrize("options", [(), ("--add-bom",), ("-f", "tsv")], ids=str)
def test_the_shipped_data_read_back_to_the_same_bytes(smartkpi: Run, tmp_path: Path, options: tuple[str, ...]) -> None:
    path = tmp_path / ("all.tsv" if "tsv" in options else "all.csv")
    assert smartkpi("export", "-o", path, *options).code == 0
    assert status(smartkpi, "-a", path) == status(smartkpi)
    assert path.read_text(encoding="utf-8-sig").count("\n") == 21


def test_values_are_in_the_units_of_their_indicators_with_all_that_is_known(
    smartkpi: Run, make_data: MakeData, tmp_path: Path
) -> None:
    header = "indicator,year,value,unit,obs_status,source,locator,note,Reason for delay,Corrective action,area"
    rows = [
        'm,2020,"62,000",億元,,report,p. 1,"a, b",late,paint,=east',
        "m,2021,逾 7 兆元,,P,report,,,,,=east",
        "m,2022,約 8.1 兆元(預估值),,,,,,,,-",
        "m,2023,,兆元,M,,,,,,-",
        "n,2020,0.586,fraction,U,,,,,,west",
    ]
    data = make_data({"m": {"unit": "兆元"}, "n": {"unit": "%"}}, rows, header=header, dimensions=["area"])
    out = smartkpi("export", "--data", data).out
    assert out.splitlines()[:2] == [
        "indicator,area,year,value,unit,obs_status,source,locator,note,bound,explanation,measures,note_zh",
        'm,=east,2020,6.2,兆元,A,report,p. 1,"a, b",,late,paint,',
    ]
    cells = [line.split(",") for line in out.splitlines()[2:]]
    assert [(row[3], row[5], row[-4]) for row in cells] == [
        ("7", "P", "lower"),
        ("8.1", "E", "approx"),
        ("", "M", ""),
        ("58.6", "U", ""),
    ]
    for form in ("csv", "tsv"):
        for excel in ([], ["--add-bom"]):
            path = tmp_path / "again"
            smartkpi("export", "--data", data, "-f", form, "-o", path, *excel)
            assert status(smartkpi, "--data", data, "-a", path) == status(smartkpi, "--data", data)


def test_some_of_it(smartkpi: Run) -> None:
    run = smartkpi("export", "-k", "telemedicine_clinics", "-f", "json", "--fields", "year,value,unit,source")
    assert '{"year": 2022, "value": 36, "unit": "處", "source": "report-2022"}' in run.out
    assert '"schema": "smartkpi/observations/1"' in run.out
    assert len(smartkpi("export", "--level", "headline").out.splitlines()) == 10


@pytest.mark.parametrize("form", ["table", "markdown"])
def test_for_people(smartkpi: Run, form: str) -> None:
    out = smartkpi("export", "-f", form).out
    assert "report-2022" in out


def test_a_bound_must_be_one(smartkpi: Run, make_data: MakeData) -> None:
    data = make_data({"x": {}}, ["x,2020,5,count,under"], header="indicator,year,value,unit,bound")
    run = smartkpi("validate", "--data", data)
    assert run.code == 3
    assert "all.csv:2: bound 'under' is not known\n  write one of: lower, upper, approx; or leave it empty" in run.err
