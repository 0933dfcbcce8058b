"""Every JSON output, held against its JSON Schema; and what the schemas must refuse."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, MakeData, Run
from jsonschemas import faults, read

from smartkpi.model.codes import OBS_STATUS, RuleName
from smartkpi.model.columns import ON_DEMAND, TABLES
from smartkpi.readers import data_folder
from smartkpi.readers.plan_outline import outline
from smartkpi.schema import DOCUMENTS

OUTPUTS = [name for name in DOCUMENTS if name != "plan"]
HEADER = "indicator,area,year,value,unit,obs_status,source,note,bound"
# Of every kind: rising, falling, met, missed, lost, broken off, without base, without value, on a bound.
INDICATORS: Mapping[str, Mapping[str, Any]] = {
    "rising": {"milestones": {"2023": 60}, "base_year": 2020, "title": {"zh-TW": "上升"}},
    "falling": {"direction": "decrease", "target": 0, "level": "sector"},
    "share": {"unit": "%", "target": 80, "target_year": 2022},
    "money": {"unit": "兆元", "target": "65000 億元", "note": '[draft] "quoted" \u202e', "locator": "p. 1"},
    "signed": {"target": -5, "bounds": []},
    "unseen": {"targets": [{"where": {"area": "east"}, "target": 7, "target_year": 2027}]},
}
ROWS = [
    *(f"rising,east,{year},{value},count,,report,," for year, value in enumerate([20, 25, 33, 40, 47, 50], 2018)),
    "rising,west,2020,20,count,,,,", "rising,west,2022,,count,M,,,", "rising,west,2024,19,count,,,,",
    "falling,east,2020,40,count,P,,,", "falling,east,2021,0,count,,,,upper",
    "falling,west,2020,0,count,,,,", "falling,west,2021,1e25,count,,,,",
    "share,east,2020,100,%,,,,", "share,east,2021,60,%,,,,", "share,east,2022,0.1,fraction,E,,,",
    "share,west,2019,10,%,,,,", "share,west,2021,20,%,B,,changed,", "share,west,2023,90,%,,,,",
    "money,東區,2021,62000,億元,,,,", "money,東區,2022,63000,億元,F,,,",
    "signed,east,2020,5,count,,,,", "signed,east,2022,0,count,,,,", "signed,east,2023,1,count,,,,",
]  # fmt: skip
EUROPE = ROOT / "examples" / "eu-digital-decade"
DATA = ["shipped", "europe", "made", "single", "unobserved"]


@pytest.fixture
def folder(make_data: MakeData, tmp_path: Path) -> Callable[[str], Path]:
    def make(name: str) -> Path:
        if name == "made":
            return make_data(INDICATORS, ROWS, HEADER, dimensions=["area"])
        if name == "single":
            rule = '[rule]\nname = "trajectory"\non_track = 0.9'
            rows = [f"x,{year},{value},count" for year, value in enumerate([1, 5, 20, 21, 40], 2020)]
            return make_data({"x": {}, "y": {"direction": "decrease"}}, rows, head=rule)
        if name == "unobserved":
            return make_data({"x": {}}, ["x,2020,,count"])
        return EUROPE if name == "europe" else data_folder.shipped()

    return make


ALL = ("--level", "all")
CALLS: Mapping[str, Sequence[tuple[str, ...]]] = {
    "status": [
        ("status",),
        ("status", *ALL),
        ("status", *ALL, "--lang", "zh-TW"),
        ("status", *ALL, "--rule", "all"),
        *(("status", *ALL, "--rule", rule) for rule in RuleName),
        ("status", *ALL, "--year", "1950"),
        ("status", *ALL, "--year", "2019..2023"),
        ("status", *ALL, "--year", "2021..2022", "--rule", "all"),
        ("status", *ALL, "--sort", "-pace", "--top", "1"),
        ("status", "--fields", "status,indicator"),
        ("status", "--fields", "as_of,status_change", "--year", "2020..2021"),
    ],
    "summary": [
        ("status", *ALL, "--summarise"),
        ("status", *ALL, "--summarise", "--rule", "all", "--fields", "on_track,worst"),
    ],
    "groups": [
        *(("status", *ALL, "--summarise", "--group", by) for by in ("pillar", "owner", "level")),
        ("status", *ALL, "--summarise", "--group", "owner", "--rule", "all", "--fields", "group,on_track"),
    ],
    "check": [
        ("check", *ALL),
        ("check", *ALL, "--rule", "all", "--fail-on", "undetermined,achieved,missed,on_track,lagging"),
        ("check", *ALL, "--min-evidence", "normal", "--fields", "indicator"),
    ],
    "project": [
        ("project", *ALL),
        ("project", *ALL, "--year", "2030", "--interval", "99.5"),
        ("project", *ALL, "--as-of", "2021", "--fields", "low,high"),
        ("project", *ALL, "--year", "1990"),
    ],
    "observations": [("export",), ("export", "--level", "headline"), ("export", "--fields", "value,unit")],
}


def document(smartkpi: Run, data: Path, *call: str) -> Any:
    run = smartkpi(*call, "--data", data, "-f", "json", "-q")
    assert run.code in (0, 4, 5), run.err
    return read(run.out)


@pytest.mark.parametrize("name", DATA)
@pytest.mark.parametrize(("output", "call"), [(output, call) for output, calls in CALLS.items() for call in calls])
def test_tables(smartkpi: Run, folder: Callable[[str], Path], name: str, output: str, call: tuple[str, ...]) -> None:
    found = document(smartkpi, folder(name), *call)
    assert found["schema"] == f"smartkpi/{output}/1"
    assert faults(found, output) == []
    assert ("fields" in found) is ("--fields" in call)


ONE = [(), ("--year", "2021", "--rule", "germany"), ("--lang", "zh-TW")]


@pytest.mark.slow
@pytest.mark.parametrize("name", DATA)
@pytest.mark.parametrize("output", ["trend", "explain"])
@pytest.mark.parametrize("more", ONE, ids=" ".join)
def test_one_indicator(
    smartkpi: Run, folder: Callable[[str], Path], name: str, output: str, more: tuple[str, ...]
) -> None:
    data = folder(name)
    for indicator in list(outline(data / "targets.toml").titles)[: 2 if more else 6]:
        assert faults(document(smartkpi, data, output, indicator, *more), output) == [], indicator


@pytest.mark.parametrize("call", [("status",), ("project",), ("check",), ("explain", "rising")], ids=" ".join)
def test_what_is_assumed(smartkpi: Run, folder: Callable[[str], Path], call: tuple[str, ...]) -> None:
    assume = ("--assume", "rising[area=east]=2024:1")
    found = document(smartkpi, folder("made"), *call, *assume)
    assert faults(found, call[0]) == []
    assert "assumed" in str(found)


CHOSEN: Mapping[str, Sequence[tuple[str, ...]]] = {
    "status": [("status", "--by", "area"), ("status", "--where", "area=nowhere")],
    "summary": [("status", "--summarise", "--by", "area"), ("status", "--summarise", "--where", "area=nowhere")],
    "project": [("project", "--where", "area=nowhere"), ("project", "--by", "area", "--where", "area=east")],
    "check": [("check", "--where", "area=nowhere"), ("check", "--where", "area=west")],
    "trend": [("trend", "rising", "--where", "area=east"), ("trend", "rising", "--where", "area=nowhere")],
    "explain": [("explain", "rising", "--where", "area=east"), ("explain", "rising", "--where", "area=nowhere")],
}


@pytest.mark.parametrize(("output", "call"), [(output, call) for output, calls in CHOSEN.items() for call in calls])
def test_series_that_are_chosen(
    smartkpi: Run, folder: Callable[[str], Path], output: str, call: tuple[str, ...]
) -> None:
    found = document(smartkpi, folder("made"), *call)
    assert faults(found, output) == []
    assert (found["series" if output == "explain" else "rows"] == []) is ("area=nowhere" in call)


def test_every_code_of_obs_status(smartkpi: Run, make_data: MakeData) -> None:
    rows = [f"x,{year},1,count,{code}" for year, code in enumerate(OBS_STATUS, 2001)]
    data = make_data({"x": {}}, rows, header="indicator,year,value,unit,obs_status")
    found = document(smartkpi, data, "export")
    assert {row["obs_status"] for row in found["rows"]} == set(OBS_STATUS)
    assert faults(found, "observations") == []


@pytest.mark.parametrize("output", CALLS)
def test_each_line_of_json_lines_is_a_row(smartkpi: Run, folder: Callable[[str], Path], output: str) -> None:
    data = folder("made")
    for call in CALLS[output]:
        part = "#/$defs/cells" if "--fields" in call else "#/$defs/row"
        for line in smartkpi(*call, "--data", data, "-f", "jsonl", "-q").out.splitlines():
            assert faults(read(line), output, part) == [], call


# --- what must be refused ------------------------------------------------------------------------


@pytest.fixture
def sound(smartkpi: Run, folder: Callable[[str], Path]) -> Callable[[str], Any]:
    """Return a function that gives a document with a row that has all columns there are."""
    calls = {
        "status": ("status", "--rule", "all", "--year", "2023..2024"),
        "check": ("check", "--rule", "all", "--fail-on", "achieved,lagging,off_track,reversing,missed"),
        "summary": ("status", "--summarise"),
        "groups": ("status", *ALL, "--summarise", "--group", "pillar"),
        "observations": ("export",),
    }

    def find(output: str) -> Any:
        one = (output, "rising") if output in ("trend", "explain") else (output,)
        found = document(smartkpi, folder("made"), *calls.get(output, one))
        if "rows" in found:
            found["rows"] = found["rows"][:1]
        assert faults(found, output) == []
        return found

    return find


def cell(whole: Any, name: str, value: Any) -> Any:
    """Return a document with another value in a cell of its row."""
    return whole | {"rows": [whole["rows"][0] | {name: value}]}


def less(one: Mapping[str, Any], key: str) -> dict[str, Any]:
    """Return an object without a key."""
    return {name: value for name, value in one.items() if name != key}


@pytest.mark.parametrize("output", OUTPUTS)
def test_another_key_a_missing_one_and_another_version_are_refused(sound: Callable[[str], Any], output: str) -> None:
    whole = sound(output)
    assert faults(whole | {"more": 1}, output)
    assert faults(whole | {"schema": f"smartkpi/{output}/2"}, output)
    for key in whole:
        assert faults(less(whole, key), output), key
        assert faults(whole | {key: {}}, output), key


@pytest.mark.parametrize("output", [name for name in OUTPUTS if name in TABLES])
def test_rows_that_are_refused(sound: Callable[[str], Any], output: str) -> None:
    whole = sound(output)
    row = whole["rows"][0]
    assert {*TABLES[output], *ON_DEMAND.get(output, ())} <= set(row)
    for name in row:
        assert faults(cell(whole, name, ["x"]), output), name
        assert bool(faults(whole | {"rows": [less(row, name)]}, output)) is (name in TABLES[output]), name
    assert faults(cell(whole, "more", 1), output)
    assert faults(whole | {"rows": [row, {}]}, output)


@pytest.mark.parametrize("output", [name for name in OUTPUTS if name in TABLES])
def test_rows_may_lack_columns_only_where_the_document_says_so(sound: Callable[[str], Any], output: str) -> None:
    some = sound(output) | {"rows": [{"unit": "count"}]}
    assert faults(some, output)
    assert not faults(some | {"fields": ["unit"]}, output)
    assert faults(some | {"fields": []}, output)


WRONG_CELLS: Mapping[str, Mapping[str, Sequence[Any]]] = {
    "status": {
        "status": ["great", "", None, "on track"],
        "status_unsd_2023": ["great", None],
        "status_change": ["great>achieved", "achieved", ">"],
        "reason": ["", "unknown", "one_observation,assumed", "one_observation;"],
        "obs_status": ["", "AA", "C"],
        "level": ["all", None],
        "direction": ["up", None],
        "year": ["2020", 2020.5, 1899, 2201],
        "actual": ["1", True],
        "on_track": ["true", 1],
        "target_year": [None],
        "evidence": ["high"],
    },
    "project": {"probability": [1.1, -0.1], "method": ["guess", None], "reached_in": ["never"]},
    "summary": {"series": [-1, 1.5, None], "on_track": [True]},
    "observations": {"bound": ["none"], "obs_status": [None], "value": ["6.2 兆元"]},
    "trend": {"year": [None], "path": ["1"]},
}  # fmt: skip


@pytest.mark.parametrize("output", WRONG_CELLS)
def test_cells_that_are_refused(sound: Callable[[str], Any], output: str) -> None:
    whole = sound(output)
    for name, values in WRONG_CELLS[output].items():
        for value in values:
            assert faults(cell(whole, name, value), output), (name, value)


def test_parts_of_an_explanation_that_are_refused(sound: Callable[[str], Any]) -> None:
    whole = sound("explain")
    first = whole["series"][0]
    assert faults(whole | {"series": [first | {"more": 1}]}, "explain")
    for key in first:
        assert faults(whole | {"series": [first | {key: "x"}]}, "explain"), key
    for part in ("given", "steps", "verdicts"):
        entry = first[part][0]
        for key in entry:
            assert faults(whole | {"series": [first | {part: [less(entry, key)]}]}, "explain"), (part, key)
            assert faults(whole | {"series": [first | {part: [entry | {key: {"x": []}}]}]}, "explain"), (part, key)


@pytest.mark.parametrize("text", ['{"rows": [NaN]}', '{"rows": [-Infinity]}'])
def test_the_reader_of_these_tests_refuses_what_is_no_json(text: str) -> None:
    with pytest.raises(AssertionError):
        read(text)
