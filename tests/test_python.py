"""The public functions of Python: what the command line does, with the same names, engine and defaults."""

from __future__ import annotations

import inspect
import io
import re
import string
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from conftest import ROOT, MakeData, Run, environment
from sample_program import main

import smartkpi as library
from smartkpi import api
from smartkpi.errors import Fault
from smartkpi.messages import en_errors, zh_tw_errors
from smartkpi.model.reading import DECLARATIONS
from smartkpi.render.notebook import Chart, Page, Text

FUNCTIONS = [name for name in api.__all__ if inspect.isfunction(getattr(api, name))]
AREAS = [
    "x,north,2020,50,count", "x,north,2022,40,count", "x,south,2020,50,count", "x,south,2022,90,count",
    "y,north,2022,5,count",
]  # fmt: skip


@pytest.fixture
def areas(make_data: MakeData) -> Path:
    return make_data({"x": {"owner": "City"}, "y": {}}, AREAS, "indicator,area,year,value,unit", dimensions=["area"])


def test_a_program_that_uses_all_of_them(tmp_path: Path) -> None:
    found = main(tmp_path)
    assert set(found) == set(FUNCTIONS)
    source = Path(inspect.getsourcefile(main) or "").read_text(encoding="utf-8")
    assert set(re.findall(r"smartkpi\.([a-z]\w*)\(", source)) == set(FUNCTIONS)
    assert (tmp_path / "package" / "datapackage.json").exists()
    assert (tmp_path / "chart.svg").read_text(encoding="utf-8") == found["chart"]
    assert (tmp_path / "chart.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_is_public_and_described_with_an_example(name: str) -> None:
    function = getattr(library, name)
    text = inspect.getdoc(function) or ""
    assert name in dir(library)
    assert f">>> {'found = ' if 'found =' in text else ''}" in text
    assert f"smartkpi.{name}(" in text
    described = {each for line in re.findall(r"(?m)^(\w[\w, ]*)$", text) for each in line.split(", ")}
    assert set(inspect.signature(function).parameters) <= described
    assert f"## smartkpi.{name}\n" in (ROOT / "docs" / "python.md").read_text(encoding="utf-8")


def test_importing_the_package_loads_nothing_heavy() -> None:
    script = "import sys, smartkpi; print([m for m in ('pandas', 'numpy', 'pint') if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment())
    assert run.stdout == "[]\n"


COMMANDS: list[tuple[list[str], Callable[[Path], pd.DataFrame]]] = [
    (["status"], lambda data: library.status(data=data)),
    (["status", "--rule", "all"], lambda data: library.status(rule="all", data=data)),
    (["status", "--year", "2020..2022"], lambda data: library.status(range(2020, 2023), data=data)),
    (["status", "--summarise"], lambda data: library.status(data=data, summarise=True)),
    (
        ["status", "--summarise", "--group", "owner"],
        lambda data: library.status(data=data, summarise=True, group="owner", lang="zh-TW"),
    ),
    (["status", "--owner", "city"], lambda data: library.status(data=data, owner="city")),
    (["status", "-k", "x"], lambda data: library.status(data=data, indicators="x")),
    (["status", "--level", "sector"], lambda data: library.status(data=data, level="sector")),
    (["status", "--where", "area=north"], lambda data: library.status(data=data, where="area=north")),
    (["status", "--where", "area=north"], lambda data: library.status(data=data, where={"area": "north"})),
    (["status", "--by", "area", "--sort", "-pace"], lambda data: library.status(data=data, by=["area"], sort="-pace")),
    (
        ["status", "--assume", "x[area=north]=2023:95"],
        lambda data: library.status(data=data, assume="x[area=north]=2023:95"),
    ),
    (["project", "--owner", "city"], lambda data: library.project(data=data, owner="city")),
    (["project"], lambda data: library.project(data=data)),
    (
        ["project", "--year", "2025", "--as-of", "2021", "--interval", "90", "--top", "1"],
        lambda data: library.project(2025, as_of=2021, interval=90, data=data, top=1),
    ),
    (["trend", "x"], lambda data: library.trend("x", data=data)),
    (["trend", "x", "--where", "area=south"], lambda data: library.trend("x", data=data, where=["area=south"])),
    (["check", "--owner", "city"], lambda data: library.check(data=data, owner="city").failing),
    (["check"], lambda data: library.check(data=data).failing),
    (["check", "--fail-on", "lagging"], lambda data: library.check(data=data, fail_on="lagging").failing),
    (["check", "--against", "2020"], lambda data: library.check(data=data, against=2020).failing),
    (["export"], lambda data: library.export(data=data)),
    (
        ["export", "--owner", "city", "--where", "area=north"],
        lambda data: library.export(data=data, owner="city", where="area=north"),
    ),
    (["template", "--year", "2024"], lambda data: library.template(2024, data=data)),
    (
        ["template", "--owner", "city", "--where", "area=north"],
        lambda data: library.template(data=data, owner="city", where={"area": "north"}),
    ),
]


@pytest.mark.parametrize(("command", "call"), COMMANDS, ids=[" ".join(command) for command, _ in COMMANDS])
def test_the_same_table_as_the_command(
    smartkpi: Run, areas: Path, command: list[str], call: Callable[[Path], pd.DataFrame]
) -> None:
    form = [] if command[0] in ("template", "export") else ["-f", "csv"]
    expected = smartkpi(command[0], "--data", areas, *command[1:], *form).out
    found = call(areas)
    assert list(found.columns) == expected.partition("\n")[0].split(",")
    read = pd.read_csv(io.StringIO(expected), dtype=str, keep_default_na=False)
    assert len(read) == len(found)
    for name in found.columns:
        told = ["" if pd.isna(cell) else str(cell) for cell in found[name]]
        for one, other in zip(read[name], told, strict=True):
            assert one == other or one.lower() == other.lower() or float(one) == float(other), name


def test_texts_are_those_of_the_command(smartkpi: Run, areas: Path, tmp_path: Path) -> None:
    assert str(library.explain("x", data=areas)) == smartkpi("explain", "x", "--data", areas).out
    markdown = smartkpi("explain", "x", "--data", areas, "-f", "markdown", "--lang", "zh-TW").out
    assert library.explain("x", data=areas, lang="zh-TW")._repr_markdown_() == markdown
    north = ["--data", areas, "--owner", "city", "--where", "area=north", "--lang", "zh-TW"]
    brief = library.brief(data=areas, owner="city", where="area=north", lang="zh-TW", markdown=True)
    assert brief == smartkpi("brief", *north, "-f", "markdown").out
    assert "south" not in brief
    assert library.chart("digital_economy_size")._repr_svg_().startswith("<svg ")


SAVED: list[tuple[str, list[str], Callable[[Path], Page | Chart | Text]]] = [
    *((suffix, ["report", "--where", "area=north"], lambda data: library.report(data=data, where="area=north"))
      for suffix in ("html", "svg", "md")),
    *((suffix, ["report", "-k", "x", "--where", "area=north"],
       lambda data: library.chart("x", data=data, where="area=north")) for suffix in ("svg", "html", "md", "png")),
    *((suffix, ["explain", "x"], lambda data: library.explain("x", data=data)) for suffix in ("md", "json", "txt")),
]  # fmt: skip


@pytest.mark.parametrize(("suffix", "command", "call"), SAVED, ids=[f"{each[1][0]} {each[0]}" for each in SAVED])
def test_what_is_saved_is_what_the_command_writes(
    smartkpi: Run,
    areas: Path,
    tmp_path: Path,
    suffix: str,
    command: list[str],
    call: Callable[[Path], Page | Chart | Text],
) -> None:
    one, other = tmp_path / f"one.{suffix}", tmp_path / f"other.{suffix}"
    assert smartkpi(*command, "--data", areas, "-o", other).code == 0
    call(areas).save(one)
    assert one.read_bytes() == other.read_bytes()


def test_what_has_no_suffix_is_saved_as_it_is_printed(areas: Path, tmp_path: Path) -> None:
    for shown in (library.chart("x", data=areas), library.report(data=areas), library.explain("x", data=areas)):
        shown.save(tmp_path / "shown")
        assert (tmp_path / "shown").read_text(encoding="utf-8") == str(shown)


def test_a_suffix_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"\.csv .*: \.md \.html \.svg \.png \.pdf$"):
        library.report().save(tmp_path / "report.csv")
    with pytest.raises(ValueError, match=r"\.svg .*: \.json \.md$"):
        library.explain("digital_economy_size").save(tmp_path / "explained.svg")
    with pytest.raises(ValueError, match=r"\.csv .*: \.xlsx$"):
        library.export("xlsx", tmp_path / "all.csv")
    with pytest.raises(TypeError, match=r"^path must be a path"):
        library.report().save(5)  # type: ignore[arg-type]
    assert not list(tmp_path.iterdir())


def test_a_plan_is_made_from_a_spreadsheet(smartkpi: Run, tmp_path: Path) -> None:
    sheet = tmp_path / "plan.csv"
    sheet.write_text("title,unit,direction,target,target_year\nRoads,km,increase,5,2030\n", encoding="utf-8")
    one, other = tmp_path / "one", tmp_path / "other"
    made = library.init(one, from_=sheet)
    assert smartkpi("init", other, "--from", sheet).code == 0
    assert [path.read_bytes() for path in made] == [(other / path.name).read_bytes() for path in made]


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("(5)", "if it is, add read_actuals(accounting=True); if not"),
        ("see note", "add read_actuals(missing=TEXT)"),
        ("1.234,5", 'add read_actuals(decimal=",")'),
        ("5", "or add units_from_plan=True"),
    ],
)
def test_hints_name_arguments_of_python(smartkpi: Run, make_data: MakeData, value: str, hint: str) -> None:
    data = make_data({"x": {}}, [f'x,2020,"{value}",{"" if value == "5" else "count"}'])
    with pytest.raises(library.DataError) as caught:
        library.status(data=data)
    assert hint in str(caught.value)
    assert library.validate(data)["fix"].str.contains(hint, regex=False).any()
    assert "--" in smartkpi("validate", "--data", data).err


def test_hints_name_only_arguments_that_there_are() -> None:
    every = {name for function in FUNCTIONS for name in inspect.signature(getattr(library, function)).parameters}
    of_reading = {each.name for each in DECLARATIONS}
    command_line = {"no_place", "two_places", "binary_on_terminal", "format_and_suffix"}
    command_line |= {"too_large", "not_by_parts", "too_many_values", "series_too_long"}  # Python has no memory limit
    for key in en_errors.ERRORS.keys() - command_line:
        places = "".join([*en_errors.ERRORS[key], *zh_tw_errors.ERRORS[key]])
        details: dict[str, Any] = {name: 5 for _, name, *_ in string.Formatter().parse(places) if name}
        fault = Fault(key, **details)
        fault.details = {**fault.details, "option": "--year"}
        for text in (each(lang, python=True) for each in (fault.text, fault.cure) for lang in ("en", "zh-TW")):
            assert "--" not in text
            assert set(re.findall(r"read_actuals\((\w+)=", text)) <= of_reading
            assert set(re.findall(r"(?<![\w(])([a-z_]+)=", text)) <= every | {"COLUMN"}, text


def test_a_page_is_shown_in_a_frame_of_its_own() -> None:
    shown = library.report()._repr_html_()
    assert shown.startswith('<iframe title="smartkpi"')
    assert shown.count("<") == 2
    assert "characters>" in repr(library.report())


@pytest.mark.parametrize("to", ["sdmx-csv", "xlsx", "datapackage"])
def test_exports_are_those_of_the_command(smartkpi: Run, tmp_path: Path, to: str) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    library.export(to, one)
    assert smartkpi("export", "--to", to, other).code == 0
    files = [path.relative_to(one) for path in sorted(one.rglob("*")) if path.is_file()] or [Path()]
    for name in files:
        assert (one / name).read_bytes() == (other / name).read_bytes()
    with pytest.raises(library.SmartkpiError):
        library.export(to, tmp_path / "no" / "such" / "place") if to != "datapackage" else library.export(to, one)


def test_a_frame_instead_of_files_gives_the_same() -> None:
    plan = library.read_plan()
    rows = library.read_actuals(sorted(Path("data/actuals").glob("*.csv")), plan)
    pd.testing.assert_frame_equal(library.status(actuals=rows), library.status())
    pd.testing.assert_frame_equal(library.project(actuals=rows), library.project())
    assert str(library.chart("digital_economy_size", actuals=rows)).startswith("<svg")
    assumed = "broadband_2gbps_coverage=2023:70"
    pd.testing.assert_frame_equal(library.status(actuals=rows, assume=assumed), library.status(assume=assumed))
    assert library.check(actuals=rows).passed


def test_frames_follow_the_rules_of_files() -> None:
    rows = pd.DataFrame(
        {
            "indicator": ["數位經濟規模", "Size of the digital economy", "broadband_2gbps_coverage"],
            "year": [2021, 2022, 2022],
            "value": ["5.7", "62,000億元", 58.6],
        }
    )
    found = library.status(actuals=rows, units_from_plan=True)
    assert found["actual"].dropna().tolist() == [6.2, 58.6]
    with pytest.raises(library.DataError, match="unit"):
        library.status(actuals=rows)
    counts = pd.DataFrame({"indicator": "telemedicine_clinics", "year": [2022], "value": ["57,000"]})
    assert library.status(actuals=counts, level="all", units_from_plan=True)["actual"].dropna().tolist() == [57000.0]
    blank = rows.assign(unit=["", "億元", " "])
    assert library.status(actuals=blank, units_from_plan=True)["actual"].dropna().tolist() == [6.2, 58.6]


def test_chinese_titles_are_a_column_at_the_end() -> None:
    found = library.status(lang="zh-TW")
    assert found.columns[-1] == "title_zh"
    assert found["title_zh"].iloc[0] == "數位經濟規模"
    assert library.template(2023, lang="zh-TW")["title"].iloc[0] == "數位經濟規模"


def test_problems_are_a_frame(tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("indicator,year,value,unit\nx,2022,5,%\n", encoding="utf-8")
    found = library.validate(actuals=bad)
    assert found[["kind", "code", "line"]].to_numpy().tolist() == [["error", "unknown_indicator", 2]]
    assert library.validate(actuals=bad, lang="zh-TW")["message"].str.contains("指標").all()
    assert library.validate().empty


ROWS = pd.DataFrame({"indicator": ["digital_economy_size"], "year": [2022], "value": [6.2], "unit": ["兆元"]})
WRONG_TYPES: list[tuple[str, Callable[[Any], object], object]] = [
    ("year", lambda value: library.status(year=value), "2022"),
    ("year", lambda value: library.status(year=value), 2022.5),
    ("year", lambda value: library.status(year=value), True),
    ("year", lambda value: library.assess(ROWS, library.read_plan(), year=value), True),
    ("top", lambda value: library.status(top=value), True),
    ("max_age", lambda value: library.status(2022, max_age=value), "1"),
    ("summarise", lambda value: library.status(summarise=value), "no"),
    ("summarise", lambda value: library.status(summarise=value), pd.NA),
    ("group", lambda value: library.status(summarise=True, group=value), 5),
    ("units_from_plan", lambda value: library.status(units_from_plan=value), None),
    ("units_from_plan", lambda value: library.assess(ROWS, library.read_plan(), units_from_plan=value), "no"),
    ("units_from_plan", lambda value: library.forecast(ROWS, library.read_plan(), units_from_plan=value), pd.NA),
    ("markdown", lambda value: library.brief(markdown=value), object()),
    ("strict", lambda value: library.validate(strict=value), 1),
    ("force", lambda value: library.export(force=value), "x"),
    ("year", lambda value: library.export(year=value), "x"),
    ("rule", lambda value: library.export(rule=value), 5),
    ("lang", lambda value: library.export(lang=value), 5),
    ("lang", lambda value: library.template(lang=value), 0),
    ("owner", lambda value: library.list_indicators(owner=value), 5),
    ("indicators", lambda value: library.status(indicators=value), pd.DataFrame()),
    ("actuals", lambda value: library.status(actuals=value), [None]),
    ("plan", lambda value: library.assess(ROWS, value), None),
    ("plan", lambda value: library.forecast(ROWS, value), "targets.toml"),
    ("plan", lambda value: library.read_actuals("x.csv", value), {}),
    ("where", lambda value: library.read_actuals("x.csv", library.read_plan(), where=value), 5),
    ("sheet", lambda value: library.read_actuals("x.csv", library.read_plan(), sheet=value), 3.5),
    ("skip_lines", lambda value: library.read_actuals("x.csv", library.read_plan(), skip_lines=value), True),
    ("text", library.units, 5),
    ("data", lambda value: library.units(data=value), b"x"),
    ("from_", lambda value: library.init("x", from_=value), 5),
    ("as_of", lambda value: library.project(as_of=value), "2022"),
    ("interval", lambda value: library.project(interval=value), "80"),
    ("rule", lambda value: library.status(rule=value), 5),
    ("level", lambda value: library.status(level=value), None),
    ("data", lambda value: library.status(data=value), 5),
    ("targets", lambda value: library.status(targets=value), 5),
    ("actuals", lambda value: library.status(actuals=value), 5),
    ("actuals", lambda value: library.status(actuals=value), [5]),
    ("indicators", lambda value: library.status(indicators=value), 5),
    ("indicators", lambda value: library.status(indicators=value), [5]),
    ("where", lambda value: library.status(where=value), 5),
    ("where", lambda value: library.status(where=value), {"area": 5}),
    ("assume", lambda value: library.status(assume=value), 5),
    ("sort", lambda value: library.status(sort=value), 5),
    ("top", lambda value: library.status(top=value), "5"),
    ("lang", lambda value: library.status(lang=value), 5),
    ("indicator", library.trend, 5),
    ("indicator", library.explain, None),
    ("indicator", library.chart, ["digital_economy_size"]),
    ("against", lambda value: library.check(against=value), 2022.5),
    ("fail_on", lambda value: library.check(fail_on=value), 5),
    ("min_evidence", lambda value: library.check(min_evidence=value), 5),
    ("path", library.read_plan, 5),
    ("paths", lambda value: library.read_actuals(value, library.read_plan()), 5),
    ("observations", lambda value: library.assess(value, library.read_plan()), [5]),
    ("folder", library.init, 5),
    ("plan", lambda value: library.read_actuals("x.csv", value), {}),
    ("plan", lambda value: library.assess(pd.DataFrame(), value), "targets.toml"),
    ("plan", lambda value: library.forecast(pd.DataFrame(), value), None),
    ("text", library.units, 5),
    ("data", lambda value: library.units(data=value), [5]),
]


@pytest.mark.parametrize(("name", "call", "value"), WRONG_TYPES)
def test_arguments_of_another_type_are_named(name: str, call: Callable[[Any], object], value: object) -> None:
    with pytest.raises(TypeError, match=rf"^{name} must be "):
        call(value)


WRONG_VALUES: list[tuple[str, Callable[[], object]]] = [
    ("^rule: ", lambda: library.status(rule="best")),
    ("^level: ", lambda: library.status(level="best")),
    ("^owner: ", lambda: library.status(owner="best")),
    ("^by: ", lambda: library.status(by="best")),
    ("^group ", lambda: library.status(summarise=True, group="best")),
    ("^group= .* summarise=True", lambda: library.status(group="pillar")),
    ("^summarise=True ", lambda: library.status(range(2021, 2023), summarise=True)),
    ("^year ", lambda: library.status(year=range(2022, 2020))),
    ("^year ", lambda: library.status(year=range(2022, 2020, -1))),
    ("^year ", lambda: library.status(year=range(2020))),
    ("^year ", lambda: library.status(year=-1)),
    ("^year ", lambda: library.trend("digital_economy_size", year=10**30)),
    ("^year ", lambda: library.project(year=10**5000)),
    ("^as_of ", lambda: library.project(as_of=0)),
    ("^max_age ", lambda: library.status(2022, max_age=-1)),
    ("^data ", lambda: library.status(data="")),
    ("^targets ", lambda: library.status(targets="")),
    ("^actuals ", lambda: library.status(actuals=[])),
    ("^paths ", lambda: library.read_actuals([], library.read_plan())),
    ("^folder ", lambda: library.init("")),
    ("^from_ ", lambda: library.init("x", from_="open-sdg:")),
    ("^year is .* to= ", lambda: library.export(year=2022)),
    ("^rule is .* to= ", lambda: library.export(rule="nonsense")),
    ("^force is .* to= ", lambda: library.export(force=True)),
    ('^rule .* to="sdmx-csv"', lambda: library.export("sdmx-csv", "x.csv", rule="nonsense")),
    ("indicator", lambda: library.status(indicators=["no such"])),
    ("indicator", lambda: library.trend("no such")),
    ("where", lambda: library.status(where="best")),
    ('^assume="best" ', lambda: library.status(assume="best")),
    ("^sort: ", lambda: library.status(sort="best")),
    ("top", lambda: library.status(top=0)),
    ("lang", lambda: library.report(lang="fr")),
    ("^interval: ", lambda: library.project(interval=0)),
    ("^interval: ", lambda: library.project(interval=10**400)),
    ("^encoding: ", lambda: library.read_actuals("x.csv", library.read_plan(), encoding="best")),
    ("^decimal ", lambda: library.read_actuals("x.csv", library.read_plan(), decimal=";")),
    ("^fail_on: ", lambda: library.check(fail_on="best")),
    ("min_evidence", lambda: library.check(min_evidence="best")),
    ("to", lambda: library.export("best", "x")),
    ("to and path", lambda: library.export("xlsx")),
    ("year", lambda: library.init("x", 1)),
    ("year", lambda: library.status(year=10**400)),
    ("year", lambda: library.status(year=range(2020, 10**30))),
    ("year", lambda: library.status(year=range(2020, 2010))),
    ("as_of", lambda: library.project(as_of=-(2**63))),
    ("against", lambda: library.check(against=99_999)),
    ("max_age", lambda: library.status(year=2022, max_age=-1)),
    ("interval", lambda: library.project(interval=10**400)),
]


@pytest.mark.parametrize(("name", "call"), WRONG_VALUES)
def test_arguments_that_name_nothing_are_value_errors(name: str, call: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=name) as caught:
        call()
    assert isinstance(caught.value, library.UsageError)


@pytest.mark.parametrize("name", ["a\0b", "\ud800"])
@pytest.mark.parametrize("call", [
    library.read_plan,
    lambda name: library.status(actuals=name),
    lambda name: library.status(targets=name),
    lambda name: library.status(data=name),
    lambda name: library.check(against=name),
])  # fmt: skip
def test_a_name_that_no_file_can_have(name: str, call: Callable[[Any], object]) -> None:
    with pytest.raises(library.DataError, match="there is no such file"):
        call(name)
