"""Reading: every fault of every file, told with its place, what was found, what was expected, and the cure."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import DEFAULTS, PLAN, MakeData, Run, plan_text

import smartkpi as library


def test_shipped_data_are_valid(smartkpi: Run) -> None:
    run = smartkpi("validate")
    assert run.code == 0
    assert run.out.splitlines()[0] == "valid: 14 indicators, 20 observations, 2016, 2020, 2021, 2022, 5 files"


@pytest.mark.parametrize("folder", ["none", "empty", "notes only"])
def test_a_plan_before_there_are_actuals(smartkpi: Run, tmp_path: Path, folder: str) -> None:
    plan = tmp_path / "targets.toml"
    plan.write_text(plan_text({"x": {}}), encoding="utf-8")
    if folder != "none":
        (tmp_path / "actuals").mkdir()
    if folder == "notes only":
        (tmp_path / "actuals" / "notes.txt").write_text("later", encoding="utf-8")
    for named in (["--data", tmp_path], ["--targets", plan]):
        run = smartkpi("validate", *named)
        assert (run.code, run.out) == (0, "valid: 1 indicators, 0 observations, no years, 1 files\n")
        assert "there are no actuals yet; fill in what `smartkpi template --year Y` writes" in run.err
    assert library.validate(tmp_path)["code"].tolist() == ["no_actuals_yet"]
    plan.write_text(plan_text({"x": {"unit": "precent", "target": "much"}}), encoding="utf-8")
    run = smartkpi("validate", "--data", tmp_path)
    assert (run.code, len(run.err.splitlines())) == (3, 2)


def test_twelve_faults_in_three_files_are_twelve_lines(smartkpi: Run, tmp_path: Path) -> None:
    indicators: dict[str, dict[str, object]] = {
        "alpha": {"colour": 1},
        "beta": {"target": "much"},
        "gamma": {"target_year": 25},
        "delta": {"unit": "%"},
    }
    (tmp_path / "targets.toml").write_text(plan_text(indicators), encoding="utf-8")
    (tmp_path / "actuals").mkdir()
    header = "indicator,year,value,unit,obs_status\n"
    one = (
        "alpah,2021,5,count,A\nalpha,2021,5,person,A\nalpha,21,5,count,A\nalpha,2022,many,count,A\nalpha,2023,5,count\n"
    )
    two = "alpha,2024,5,count,A\nalpha,2024,6,count,A\nalpha,2025,5,count,Z\ndelta,2020,101,%,A\nalpha,2026,5,,A\n"
    (tmp_path / "actuals" / "1.csv").write_text(header + one, encoding="utf-8")
    (tmp_path / "actuals" / "2.csv").write_text(header + two, encoding="utf-8")
    run = smartkpi("validate", "--data", tmp_path)
    lines = run.err.splitlines()
    assert (run.code, run.out) == (3, "")
    assert len(lines) == 12
    places = [line.split(": ")[2] for line in lines]
    files = [place.rpartition(":")[0] for place in places]
    numbers = [int(place.rpartition(":")[2]) for place in places]
    assert list(zip(files, numbers, strict=True)) == sorted(zip(files, numbers, strict=True))


FAULTY_PLANS = {
    "syntax": ("[plan\nid = 1", ":1: ", "is not TOML"),
    "schema": (PLAN.replace("plan/1", "plan/9"), ":1: ", "expected one of: smartkpi/plan/1"),
    "unknown key": (plan_text({"x": {"targit": 5}}), ":", "'targit'; delete it, or write a known key: target"),
    "unknown table": (PLAN + "[indicator.x]\n", ":", "'indicator'; delete it, or write a known key: indicators"),
    "missing key": (plan_text({"x": {}}).replace("target_year = 2030", ""), ":", "has no key 'target_year'"),
    "wrong type": (plan_text({"x": {"note": 5}}), ":", "note is 5, expected text"),
    "direction": (plan_text({"x": {"direction": "up"}}), ":", "direction is 'up', expected one of: increase, decrease"),
    "target year": (plan_text({"x": {"target_year": 25}}), ":", "target_year is 25, expected a year"),
    "target year a text": (plan_text({"x": {"target_year": "2025"}}), ":", "target_year is '2025', expected a year"),
    "infinite": (plan_text({"x": {"target": float("inf")}}), ":", "target is inf, expected a finite number"),
    "not a number": (plan_text({"x": {"target": float("nan")}}), ":", "target is nan, expected a finite number"),
    "true is no number": (plan_text({"x": {"target": True}}), ":", "target is true, expected a number"),
    "huge": (plan_text({"x": {}}).replace("target = 100", "target = 1" + "0" * 400), ":", "expected a finite number"),
    "twice": (plan_text({"x": {}}) + plan_text({"x": {}}).removeprefix(PLAN), ":", "is not TOML"),
    "unit": (plan_text({"x": {"unit": "precent"}}), ":", "'precent' is not known; write a known unit, such as percent"),
    "unit of changes": (plan_text({"x": {"unit": "pp"}}), ":", "for changes, not for values; write %"),
    "target in another unit": (plan_text({"x": {"target": "5 兆元"}}), ":", "does not fit its unit count"),
    "target no quantity": (plan_text({"x": {"target": "5 to 6 件"}}), ":", "is not a quantity in count"),
    "target without unit": (plan_text({"x": {"target": "80"}}), ":", "target '80' is not a quantity in count"),
    "target a bound": (plan_text({"x": {"target": "80 件以上"}}), ":", "target '80 件以上' is not a quantity in count"),
    "milestone without unit": (plan_text({"x": {"milestones": {"2025": "8"}}}), ":", "2025 '8' is not a quantity"),
    "target outside bounds": (plan_text({"x": {"unit": "%", "target": 101}}), ":", "outside its bounds 0 to 100"),
    "bounds": (plan_text({"x": {"bounds": [5, 1]}}), ":", "expected [low, high]"),
    "milestone": (plan_text({"x": {"milestones": {"soon": 5}}}), ":", "has the key 'soon', expected a year"),
    "late milestone": (plan_text({"x": {"milestones": {"2030": 5}}}), ":", "in or after the target year 2030"),
    "base year": (plan_text({"x": {"base_year": 2031}}), ":", "is after target_year 2030"),
    "pillar": (plan_text({"x": {"pillar": "two"}}), ":", "pillar is 'two', expected one of: one"),
    "source": (plan_text({"x": {"source": "news"}}), ":", "source is 'news', expected one of: report"),
    "decimals": (plan_text({"x": {"decimals": -1}}), ":", "decimals is -1, expected 0 to 15"),
    "title": (plan_text({"x": {"title": {"en": ""}}}), ":", "title is empty"),
    "title in another language": (plan_text({"x": {"title": {"fr": "x"}}}), ":", "unknown key 'fr'"),
    "rule": (plan_text({"x": {}}, head='[rule]\nname = "best"'), ":", "name is 'best', expected one of"),
    "thresholds": (
        plan_text({"x": {}}, head='[rule]\nname = "linear"\non_track = 0.5\nlagging = 0.6'), ":",
        "thresholds are 0.5 0.6",
    ),
    "thresholds with the rule's": (
        plan_text({"x": {}}, head='[rule]\nname = "linear"\nlagging = 0.97'), ":", "thresholds are 0.95 0.97 0",
    ),
    "dimension": (plan_text({"x": {}}, dimensions=["year"]), ":", "dimensions has 'year'"),
    "own target": (plan_text({"x": {"targets": [{"where": {"area": "a"}, "target": 1}]}}), ":", "unknown key 'area'"),
    "deep": ("x = " + "[" * 5000 + "]" * 5000, "", "cannot be read"),
    "not UTF-8": ("\udcff", ":1: ", "is not UTF-8"),
    "empty": ("", "", "has no key 'schema'"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "place", "message"), FAULTY_PLANS.values(), ids=FAULTY_PLANS.keys())
def test_faulty_plan(tmp_path: Path, text: str, place: str, message: str) -> None:
    path = tmp_path / "targets.toml"
    path.write_text(text, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(library.DataError) as caught:
        library.read_plan(path)
    assert message in str(caught.value)
    assert f"targets.toml{place}" in str(caught.value)


def test_a_bom_in_the_plan_is_accepted(tmp_path: Path) -> None:
    path = tmp_path / "targets.toml"
    path.write_text(plan_text({"x": {"target": "0.5 萬件", "unit": "件"}}), encoding="utf-8-sig")
    assert library.read_plan(path).indicators["x"].target == 5000


FAULTY_ACTUALS = {
    "another dimension": (
        "delta,2022,5,person",
        "unit 'person' (person) does not fit 'delta', which is in %; give the value in % or another unit of share",
    ),
    "plain fraction against percent": ("delta,2022,0.586,count", "unit 'count' (count) does not fit 'delta'"),
    "percentage points": ("delta,2022,5,pp", "unit 'pp' is for changes, not for values; write %"),
    "percentage points in the cell": ("delta,2022,5 個百分點,", "unit 'pp' is for changes, not for values; write %"),
    "unknown unit": ("alpha,2022,5,conut", "unit 'conut' is not known; write a known unit, such as count"),
    "no unit": ("alpha,2022,5,", "'5' has no unit"),
    "two units": ("alpha,2022,5 件,元", "name different units"),
    "two multipliers": ("money,2022,8 億,萬元", "both have a multiple"),
    "unknown indicator": ("alhpa,2022,5,count", "unknown indicator 'alhpa'; write an id of the plan, such as alpha"),
    "year": ("alpha,next,5,count", "'next' is not a year"),
    "infinite": ("alpha,2022,inf,count", "'inf' is not a value"),
    "status": ("alpha,2022,5,count,Y", "obs_status 'Y' is not known"),
    "outside bounds": ("delta,2022,100.1,%", "100.1 % is outside the bounds 0 to 100"),
    "short": ("alpha,2022,5", "has 3 cells, expected 5 as in the header"),
    "long": ("alpha,2022,5,count,A,B", "has 6 cells, expected 5 as in the header"),
    "NUL": ("alpha,2022,5\0,count,A", "has a NUL byte"),
    "unclosed quote": ('alpha,2022,5,"count', "a cell begins with a quote that is never closed"),
}


@pytest.mark.parametrize(("row", "message"), FAULTY_ACTUALS.values(), ids=FAULTY_ACTUALS.keys())
def test_faulty_actuals(smartkpi: Run, make_data: MakeData, row: str, message: str) -> None:
    cells = row if row.count(",") != 3 or row.endswith('"count') else f"{row},A"
    indicators = {"alpha": {}, "delta": {"unit": "%"}, "money": {"unit": "兆元"}}
    data = make_data(indicators, ["alpha,2021,5,count,A", cells], header="indicator,year,value,unit,obs_status")
    run = smartkpi("validate", "--data", data)
    assert (run.code, run.out) == (3, "")
    problem, cure = run.err.splitlines()
    assert f"{data}/actuals/all.csv:3: " in problem
    assert message in f"{problem}; {cure.strip()}"


def test_duplicates_name_both_lines(smartkpi: Run, make_data: MakeData) -> None:
    data = make_data({"x": {}}, ["x,2021,5,count", "x,2022,5,count", "x,2021,6,count"])
    run = smartkpi("validate", "--data", data)
    assert f"all.csv:4: 'x' has a second value for 2021, the first is in {data}/actuals/all.csv:2" in run.err


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("indicator,year,value", "has no column 'unit', found: indicator, year, value"),
        ("indicator,year,value,unit,unit", "column 'unit' appears twice"),
        ("", "is empty"),
    ],
)
def test_faulty_header(smartkpi: Run, make_data: MakeData, header: str, message: str) -> None:
    run = smartkpi("validate", "--data", make_data({"x": {}}, [], header=header))
    assert run.code == 3
    assert message in run.err


def test_unknown_columns_are_named(smartkpi: Run, make_data: MakeData) -> None:
    data = make_data({"x": {}}, ["x,2021,5,count,east"], header="indicator,year,value,unit,area")
    run = smartkpi("validate", "--data", data)
    assert run.code == 0
    assert "columns not read: area" in run.err


def test_dimensions_split_series(smartkpi: Run, make_data: MakeData) -> None:
    data = make_data(
        {"x": {}},
        ["x,2020,50,count,east", "x,2025,75,count,east", "x,2020,10,count,west"],
        header="indicator,year,value,unit,area",
        dimensions=["area"],
    )
    run = smartkpi("status", "--data", data, "-f", "csv", "--fields", "indicator,area,base,actual,reason")
    assert run.out.splitlines()[1:] == ["x,east,50,75,", "x,west,,10,one_observation"]


def test_a_missing_dimension_value_is_a_fault(smartkpi: Run, make_data: MakeData) -> None:
    header = "indicator,year,value,unit,area"
    data = make_data({"x": {}}, ["x,2020,50,count,"], header=header, dimensions=["area"])
    assert "all.csv:2: the dimension 'area' is empty" in smartkpi("validate", "--data", data).err


@pytest.mark.parametrize("option", ["--data", "--targets", "--actuals"])
def test_missing_files_and_folders(smartkpi: Run, option: str) -> None:
    run = smartkpi("status", option, "nowhere")
    assert run.code == 3
    assert run.err.startswith("smartkpi: error: nowhere: there is no such ")


def test_folders_where_files_are_expected(smartkpi: Run, tmp_path: Path) -> None:
    assert "no actuals files" in smartkpi("status", "-a", tmp_path).err
    (tmp_path / "targets.toml").write_text(plan_text({"x": dict(DEFAULTS)}), encoding="utf-8")
    assert "there is no such folder" in smartkpi("status", "--data", tmp_path).err
    (tmp_path / "actuals").mkdir()
    assert "no actuals files" in smartkpi("status", "--data", tmp_path).err


def test_errors_speak_chinese(smartkpi: Run) -> None:
    run = smartkpi("status", "--data", "nowhere", "--lang", "zh-TW")
    assert (
        run.err == "smartkpi: 錯誤：nowhere: 沒有這個資料夾\n  請以 --data 指定含有 targets.toml 與 actuals/ 的資料夾\n"
    )
