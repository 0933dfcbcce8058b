"""smartkpi export --to sdmx-csv: what sdmx1 and smartkpi itself read back."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import sdmx
from conftest import MakeData, Run, start
from exportable import PLANS, data_options, hard_data, status
from hypothesis import given
from hypothesis import strategies as st
from sdmx.model import common, v30

from smartkpi.model import Plan
from smartkpi.model.columns import OBSERVATION_COLUMNS
from smartkpi.model.observations import TEXT_COLUMNS
from smartkpi.model.table import Table
from smartkpi.quantities import units
from smartkpi.quantities.sdmx_units import measure_of, unit_of
from smartkpi.quantities.unit_reader import EXACT
from smartkpi.quantities.unit_table import entries
from smartkpi.render import sdmx as sdmxcsv
from smartkpi.render.view import View

ATTRIBUTES = (
    "UNIT_MEASURE",
    "UNIT_MULT",
    "OBS_STATUS",
    "BOUND",
    "SOURCE",
    "LOCATOR",
    "COMMENT_OBS",
    "EXPLANATION",
    "MEASURES",
    "COMMENT_OBS_ZH",
)


def structure(*dimensions: str) -> v30.DataStructureDefinition:
    made = v30.DataStructureDefinition(id="OBSERVATIONS")
    named = [common.Dimension(id=name) for name in ("FREQ", "INDICATOR", *dimensions)]
    made.dimensions.components += [*named, common.TimeDimension(id="TIME_PERIOD")]
    made.measures.append(v30.Measure(id="OBS_VALUE"))
    made.attributes.components += [v30.DataAttribute(id=name) for name in ATTRIBUTES]
    return made


def message(path: Path, *dimensions: str) -> Any:
    with path.open("rb") as file:
        return sdmx.read_sdmx(file, format="csv", structure=structure(*dimensions))


def read_by_sdmx1(path: Path, *dimensions: str) -> list[Mapping[str, str]]:
    return [
        {
            **{name: key.value for name, key in each.dimension.values.items()},
            "OBS_VALUE": each.value,
            **{name: attribute.value for name, attribute in each.attached_attribute.items()},
        }
        for dataset in message(path, *dimensions).data
        for each in dataset.obs
    ]


def tidy(smartkpi: Run, *arguments: object) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(smartkpi("export", *arguments).out)))


def test_the_text(smartkpi: Run, make_data: MakeData) -> None:
    rows = ['m,2020,"62,000",億元,E,report,p. 1,"a, b",late,paint,=east', "n,2021,,處,M,,,,,,花蓮縣"]
    header = "indicator,year,value,unit,obs_status,source,locator,note,落後原因,改善措施,area"
    data = make_data({"m": {"unit": "兆元"}, "n": {"unit": "處"}}, rows, header=header, dimensions=["area"])
    assert smartkpi("export", "--data", data, "--to", "sdmx-csv", "-").out == (
        "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,INDICATOR,AREA,TIME_PERIOD,"
        "OBS_VALUE,UNIT_MEASURE,UNIT_MULT,OBS_STATUS,BOUND,SOURCE,LOCATOR,COMMENT_OBS,EXPLANATION,MEASURES\n"
        'dataflow,SMARTKPI:test(1.0.0),I,A,m,=east,2020,6.2,TWD,12,E,,report,p. 1,"a, b",late,paint\n'
        "dataflow,SMARTKPI:test(1.0.0),I,A,n,花蓮縣,2021,NaN,NUMBER,0,M,,,,,,\n"
    )


@pytest.mark.parametrize("hard", [False, True], ids=["shipped", "hard"])
def test_sdmx1_reads_the_same_observations(smartkpi: Run, make_data: MakeData, tmp_path: Path, hard: bool) -> None:
    data = ["--data", hard_data(make_data)] if hard else []
    path = tmp_path / "all.csv"
    assert smartkpi("export", *data, "--to", "sdmx-csv", path).code == 0
    expected = [
        {
            **({"AREA": row["area"]} if hard else {}),
            "FREQ": "A",
            "INDICATOR": row["indicator"],
            "TIME_PERIOD": row["year"],
            "OBS_VALUE": row["value"] or "NaN",
            "UNIT_MEASURE": measure_of(units.parse(row["unit"])).code,
            "UNIT_MULT": str(measure_of(units.parse(row["unit"])).power),
            "OBS_STATUS": row["obs_status"],
            "BOUND": row["bound"],
            "SOURCE": row["source"],
            "LOCATOR": row["locator"],
            "COMMENT_OBS": row["note"],
            "EXPLANATION": row["explanation"],
            "MEASURES": row["measures"],
            "COMMENT_OBS_ZH": row["note_zh"],
        }
        for row in tidy(smartkpi, *data)
    ]
    assert len(expected) == (14 if hard else 20)
    assert read_by_sdmx1(path, *(["AREA"] if hard else [])) == expected


def test_sdmx1_makes_a_series_of_numbers(smartkpi: Run, make_data: MakeData, tmp_path: Path) -> None:
    path = tmp_path / "all.csv"
    smartkpi("export", "--data", hard_data(make_data), "-k", "share", "--to", "sdmx-csv", path)
    series = sdmx.to_pandas(message(path, "AREA").data[0])
    assert list(series) == [0.37, 1, 1e-7, pytest.approx(float("nan"), nan_ok=True), 58.6]


@pytest.mark.parametrize("plan", PLANS)
def test_it_reads_back_to_the_same_bytes(smartkpi: Run, make_data: MakeData, tmp_path: Path, plan: str) -> None:
    data = data_options(plan, make_data)
    path = tmp_path / "all.csv"
    assert smartkpi("export", "-q", *data, "--to", "sdmx-csv", "-o", path).err == ""
    assert status(smartkpi, *data, "-a", path) == status(smartkpi, *data)
    assert tidy(smartkpi, *data, "-a", path) == tidy(smartkpi, *data)
    again = tmp_path / "again.csv"
    smartkpi("export", *data, "-a", path, "--to", "sdmx-csv", again)
    assert again.read_bytes() == path.read_bytes()


def test_guarded_text_of_others_is_the_same_in_every_format(smartkpi: Run, make_data: MakeData, tmp_path: Path) -> None:
    data = make_data({"x": {}}, ["x,2020,5,count,'=east"], header="indicator,year,value,unit,area", dimensions=["area"])
    path = tmp_path / "theirs.csv"
    path.write_text("INDICATOR,AREA,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE\nx,'=east,2020,5,NUMBER\n")
    assert status(smartkpi, "--data", data, "-a", path) == status(smartkpi, "--data", data)


PREFIXES = ("", "千", "萬", "十萬", "百萬", "千萬", "億", "十億", "百億", "千億", "兆", "k", "M", "G")
NAMES = [entry.symbol for entry in entries()]


@pytest.mark.parametrize(
    "name", [*NAMES, "件/萬人", "千元/戶", "%/年", "億bit/second", "million people", "billion USD"]
)
def test_every_unit_is_the_same_again(name: str) -> None:
    for text in (prefix + name for prefix in PREFIXES):
        if units.known(text):
            unit = units.parse(text)
            measure = measure_of(unit)
            again = units.parse(unit_of(measure.code))
            assert (again.dimension, EXACT.scaleb(again.scale, measure.power)) == (unit.dimension, unit.scale)


def test_indicators_of_every_unit_read_back(smartkpi: Run, make_data: MakeData, tmp_path: Path) -> None:
    names = [prefix + name for prefix in ("", "萬") for name in NAMES if units.known(prefix + name)]
    rows = [f"i{number},2020,0.37,{name}" for number, name in enumerate(names)]
    data = make_data({f"i{number}": {"unit": name, "bounds": []} for number, name in enumerate(names)}, rows)
    smartkpi("export", "--data", data, "--to", "sdmx-csv", tmp_path / "out.csv")
    again = tidy(smartkpi, "--data", data, "-a", tmp_path / "out.csv")
    assert again == tidy(smartkpi, "--data", data)
    assert len(again) == len(names) > 80


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e30, max_value=1e30))
def test_every_value_is_written_as_the_same_double(value: float) -> None:
    plan = Plan("p", {"en": "P"}, {}, {}, {})
    columns: Mapping[str, Sequence[Any]] = {
        name: [value if name == "value" else 2020 if name == "year" else "兆元"]
        for name in ("indicator", "year", "value", "unit", "obs_status", *TEXT_COLUMNS, "bound")
    }
    text = sdmxcsv.render(Table.from_cells("observations", OBSERVATION_COLUMNS, columns, plan), View())
    (row,) = csv.DictReader(io.StringIO(text))
    assert float(row["OBS_VALUE"]) == value


def dimension(make_data: MakeData, name: str, *more: str) -> Path:
    header = ",".join(["indicator", "year", "value", "unit", name, *more])
    return make_data({"x": {}}, [",".join(["x,2020,5,count", "east", *more])], header, dimensions=[name, *more])


@pytest.mark.parametrize("name", ["freq", "Obs_Value", "unit_mult", "a:b", "a[b", "Structure", "Source"])
def test_a_dimension_that_would_not_read_back_is_refused(smartkpi: Run, make_data: MakeData, name: str) -> None:
    path = dimension(make_data, name) / "out.csv"
    run = smartkpi("export", "--data", path.parent, "--to", "sdmx-csv", path)
    assert run.code == 3
    assert f"the dimension '{name}'" in run.err
    assert not path.exists()


def test_two_dimensions_of_one_name_in_capitals_are_refused(smartkpi: Run, make_data: MakeData) -> None:
    run = smartkpi("export", "--data", dimension(make_data, "sex", "SEX"), "--to", "sdmx-csv", "-")
    assert (run.code, run.out) == (3, "")


def test_a_dimension_in_chinese_is_written_with_a_remark(smartkpi: Run, make_data: MakeData, tmp_path: Path) -> None:
    data = dimension(make_data, "縣市")
    run = smartkpi("export", "--data", data, "--to", "sdmx-csv", tmp_path / "out.csv")
    assert run.code == 0
    assert "note: the dimension '縣市' is not an id of SDMX, so some tools refuse the file; " in run.err
    assert status(smartkpi, "--data", data, "-a", tmp_path / "out.csv") == status(smartkpi, "--data", data)


def test_some_indicators(smartkpi: Run) -> None:
    out = smartkpi("export", "--to", "sdmx-csv", "-", "-k", "telemedicine_clinics").out
    assert [line.split(",")[4:9] for line in out.splitlines()[1:]] == [
        ["telemedicine_clinics", "2022", "36", "NUMBER", "0"]
    ]


def test_a_file_that_is_there_is_replaced_whole(smartkpi: Run, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old")
    assert smartkpi("export", "--to", "sdmx-csv", path, "-a", "nowhere.csv").code == 3
    assert path.read_text() == "old"
    assert smartkpi("export", "--to", "sdmx-csv", path).code == 0
    assert path.read_text(encoding="utf-8").startswith("STRUCTURE,")
    assert [each.name for each in tmp_path.iterdir()] == ["out.csv"]


USES = {
    "no place": (["--to", "sdmx-csv"], "needs a place"),
    "two places": (["--to", "sdmx-csv", "a.csv", "-o", "b.csv"], "both name the place"),
    "a place without --to": (["a.csv"], "PATH is for an export, and --to"),
    "a rule without --to": (["--rule", "sdsn"], "--rule is for an export"),
    "a year without --to": (["--year", "2021"], "--year is for an export"),
    "a format": (["--to", "sdmx-csv", "a.csv", "-f", "csv"], "--format cannot be used with --to sdmx-csv"),
    "fields": (["--to", "sdmx-csv", "a.csv", "--fields", "year"], "--fields cannot be used with"),
    "a BOM": (["--to", "sdmx-csv", "a.csv", "--add-bom"], "--add-bom cannot be used with"),
    "a year of no results": (["--to", "sdmx-csv", "a.csv", "--year", "2021"], "--year cannot be used with"),
    "another kind": (["--to", "sdmx-ml", "a.xml"], "sdmx-ml"),
}


@pytest.mark.parametrize(("arguments", "message"), USES.values(), ids=USES)
def test_wrong_use(smartkpi: Run, arguments: list[str], message: str) -> None:
    run = smartkpi("export", *arguments)
    assert (run.code, run.out) == (2, "")
    assert message in run.err


@pytest.mark.slow
def test_the_bytes_depend_on_nothing_around(tmp_path: Path) -> None:
    plain = start("export", "--to", "sdmx-csv", "-").stdout
    other = {"LANG": "zh_TW.UTF-8", "TZ": "Asia/Taipei", "PYTHONHASHSEED": "7"}
    assert start("export", "--to", "sdmx-csv", "-", cwd=tmp_path, env=other).stdout == plain
