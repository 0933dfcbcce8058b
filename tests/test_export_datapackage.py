"""smartkpi export --to datapackage: what frictionless says of it, and what smartkpi reads of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import frictionless
import pytest
import tomli
from conftest import MakeData, Run, start
from exportable import PLANS, data_options, hard_data, status

FILES = [
    "actuals/observations.csv",
    "datapackage.json",
    "indicators.csv",
    "results/project.csv",
    "results/status.csv",
    "targets.csv",
    "targets.toml",
]


@pytest.fixture(params=PLANS)
def data(request: pytest.FixtureRequest, make_data: MakeData) -> list[object]:
    return data_options(request.param, make_data)


@pytest.fixture
def package(smartkpi: Run, data: list[object], tmp_path: Path) -> Path:
    folder = tmp_path / "new" / "package"
    run = smartkpi("export", "-q", *data, "--to", "datapackage", folder)
    assert (run.code, run.out, run.err) == (0, "", "")
    return folder


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def descriptor(folder: Path) -> Any:
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


def resources(folder: Path) -> dict[str, Any]:
    return {each["name"]: each for each in descriptor(folder)["resources"]}


@pytest.mark.slow
def test_frictionless_finds_no_error(package: Path) -> None:
    report = frictionless.validate(package / "datapackage.json")
    assert report.flatten(["name", "type", "message"]) == []
    assert (report.valid, report.warnings) == (True, [])
    assert [task.type for task in report.tasks] == ["file", "table", "table", "table", "table", "table"]


@pytest.mark.slow
def test_frictionless_would_find_one(package: Path) -> None:
    path = package / "actuals" / "observations.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",A,", ",Z,", 1), encoding="utf-8")
    report = frictionless.validate(package / "datapackage.json")
    assert {kind for (kind,) in report.flatten(["type"])} == {"constraint-error", "hash-count"}


def test_frictionless_reads_the_same_values(smartkpi: Run, data: list[object], package: Path) -> None:
    found: Any = frictionless.Package(str(package / "datapackage.json")).get_resource("observations")
    rows = found.read_rows()
    exported = json.loads(smartkpi("export", *data, "-f", "json").out)["rows"]
    assert [None if row["value"] is None else float(row["value"]) for row in rows] == [row["value"] for row in exported]
    assert [(row["indicator"], row["year"], row["note"]) for row in rows] == [
        (row["indicator"], row["year"], row["note"]) for row in exported
    ]


@pytest.mark.parametrize("named", ["", "/", "/datapackage.json"])
def test_it_reads_back_to_the_same_bytes(smartkpi: Run, data: list[object], package: Path, named: str) -> None:
    assert status(smartkpi, *data, "-a", f"{package}{named}") == status(smartkpi, *data)


def test_it_is_a_data_folder(smartkpi: Run, data: list[object], package: Path, tmp_path: Path) -> None:
    assert status(smartkpi, "--data", package) == status(smartkpi, *data)
    assert smartkpi("export", "--data", package, "--to", "datapackage", tmp_path / "again").code == 0
    assert files_in(tmp_path / "again") == files_in(package)


def test_what_is_in_it(smartkpi: Run, data: list[object], package: Path) -> None:
    files = files_in(package)
    assert sorted(files) == FILES
    everything = ["-f", "csv", "--level", "all", *data]
    assert files["results/status.csv"].decode() == smartkpi("status", *everything).out
    assert files["results/project.csv"].decode() == smartkpi("project", *everything).out
    assert files["actuals/observations.csv"].decode() == smartkpi("export", *data).out
    source = Path(str(data[1])) if data else Path(__file__).parent.parent / "data"
    assert files["targets.toml"] == (source / "targets.toml").read_bytes()


def test_the_plan_as_tables(smartkpi: Run, make_data: MakeData, tmp_path: Path) -> None:
    smartkpi("export", "--data", hard_data(make_data), "--to", "datapackage", tmp_path / "package", "-k", "money")
    files = files_in(tmp_path / "package")
    assert files["targets.csv"].decode() == (
        "indicator,area,target_year,target,unit,target_kind,since,target_low,target_high,target_text\n"
        "money,,2024,6.3,兆元,milestone,,,,\n"
        "money,,2030,6.5,兆元,target,,,,\n"
        "money,=east,2028,8,兆元,series,,,,\n"
    )
    assert files["indicators.csv"].decode() == (
        "indicator,title_en,title_zh_tw,pillar,pillar_title,level,unit,direction,base_year,target_year,target,"
        "lower_bound,upper_bound,decimals,source,locator,definition,note,"
        "target_low,target_high,target_text,base,keep,total_since,owner,weight\n"
        "money,money,,one,One,headline,兆元,increase,,2030,6.5,,,,report,,,,,,,,,,,\n"
    )


def test_the_descriptor_says_what_is_true(package: Path) -> None:
    for each in resources(package).values():
        content = (package / each["path"]).read_bytes()
        assert each["bytes"] == len(content)
        assert each["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        if "schema" in each:
            header = content.decode().partition("\n")[0].split(",")
            assert [field["name"] for field in each["schema"]["fields"]] == header
            assert all(field["description"] for field in each["schema"]["fields"])
    assert "created" not in descriptor(package)


def test_sources_licence_and_units_of_the_shipped_plan(smartkpi: Run, tmp_path: Path) -> None:
    smartkpi("export", "--to", "datapackage", tmp_path / "package", "--rule", "all", "--year", "2021")
    said = descriptor(tmp_path / "package")
    assert said["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert (said["name"], said["title"]) == ("smart-nation-2021-2025", "Smart Nation Plan (2021-2025)")
    assert [source["published"] for source in said["sources"]] == ["2023-02-01", "2016-11-25"]
    assert said["sources"][1]["path"].startswith("https://www.taipeitimes.com/")
    (licence,) = said["licenses"]
    assert (licence["name"], licence["path"]) == ("MIT", "https://opensource.org/license/mit")
    found = resources(tmp_path / "package")
    assert (found["status"]["rule"], found["status"]["as_of"], found["project"]["as_of"]) == ("all", 2021, 2021)
    units = {field["name"]: field.get("unit") for field in found["status"]["schema"]["fields"]}
    assert (units["attainment_pct"], units["actual"], units["status_linear"]) == ("%", "{unit}", None)
    assert found["observations"]["schema"]["primaryKey"] == ["indicator", "year"]
    assert frictionless.validate(tmp_path / "package" / "datapackage.json").valid


def test_keys_are_only_claimed_where_they_hold(smartkpi: Run, make_data: MakeData, tmp_path: Path) -> None:
    data = hard_data(make_data)
    smartkpi("export", "--data", data, "--to", "datapackage", tmp_path / "all")
    found = resources(tmp_path / "all")
    assert found["observations"]["schema"]["primaryKey"] == ["indicator", "area", "year"]
    assert "primaryKey" not in found["status"]["schema"]  # one indicator has no series, and with it no area
    smartkpi("export", "--data", data, "--to", "datapackage", tmp_path / "money", "-k", "money")
    assert resources(tmp_path / "money")["status"]["schema"]["primaryKey"] == ["indicator", "area"]


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        ("", {}),
        ('[plan.license]\nname = "CC-BY-4.0"', {"licenses": [{"name": "CC-BY-4.0"}]}),
        ('[plan.license]\nname = "x"\nurl = "../../etc/passwd"', {"licenses": [{"name": "x"}]}),
    ],
    ids=["none", "by name", "no address"],
)
def test_a_licence_is_what_the_plan_says(
    smartkpi: Run, make_data: MakeData, tmp_path: Path, plan: str, said: Mapping[str, Any]
) -> None:
    data = make_data({"x": {}}, ["x,2020,5,count"], head=plan)
    assert smartkpi("export", "--data", data, "--to", "datapackage", tmp_path / "package").code == 0
    found = descriptor(tmp_path / "package")
    assert {key: value for key, value in found.items() if key == "licenses"} == said
    assert frictionless.validate(tmp_path / "package" / "datapackage.json").valid


def test_a_plan_in_chinese_with_a_bom_is_copied_byte_for_byte(
    smartkpi: Run, make_data: MakeData, tmp_path: Path
) -> None:
    data = make_data({"x": {}}, ["x,2020,5,count"])
    plan = data / "targets.toml"
    text = plan.read_text(encoding="utf-8").replace('id = "test"', 'id = "方案"').replace("\n", "\r\n")
    plan.write_bytes(b"\xef\xbb\xbf" + text.encode())
    smartkpi("export", "--data", data, "--to", "datapackage", tmp_path / "package")
    assert (tmp_path / "package" / "targets.toml").read_bytes() == plan.read_bytes()
    assert "name" not in descriptor(tmp_path / "package")
    assert frictionless.validate(tmp_path / "package" / "datapackage.json").valid


def test_descriptions_in_chinese_on_demand(smartkpi: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_TW.UTF-8")
    smartkpi("export", "--to", "datapackage", tmp_path / "plain")
    assert descriptor(tmp_path / "plain")["title"] == "Smart Nation Plan (2021-2025)"
    smartkpi("export", "--to", "datapackage", tmp_path / "asked", "--lang", "zh-TW")
    assert descriptor(tmp_path / "asked")["title"] == "智慧國家方案(2021-2025年)"
    assert resources(tmp_path / "asked")["status"]["title"] == "達成率、所需成長率與進度判定"
    differing = [
        name for name, text in files_in(tmp_path / "asked").items() if text != files_in(tmp_path / "plain")[name]
    ]
    assert differing == ["datapackage.json"]


def test_a_folder_with_anything_in_it_is_left_alone(smartkpi: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    run = smartkpi("export", "--to", "datapackage", tmp_path)
    assert run.code == 3
    assert run.err.splitlines()[0] == f"smartkpi: error: {tmp_path}: the folder is not empty"
    assert "--force" in run.err
    assert files_in(tmp_path) == {"mine.txt": b"mine"}


def test_force_replaces_its_own_files_and_no_others(smartkpi: Run, make_data: MakeData, tmp_path: Path) -> None:
    folder = tmp_path / "package"
    smartkpi("export", "--to", "datapackage", folder)
    foreign = {"mine.txt": b"mine", "actuals/notes.txt": b"mine too", "results/old.csv": b"a\n"}
    for name, content in foreign.items():
        (folder / name).write_bytes(content)
    data = hard_data(make_data)
    assert smartkpi("export", "--data", data, "--to", "datapackage", folder, "--force").code == 0
    found = files_in(folder)
    assert sorted(found) == sorted([*FILES, *foreign])
    assert {name: found[name] for name in foreign} == foreign
    assert tomli.loads(found["targets.toml"].decode())["plan"]["id"] == "test"
    assert status(smartkpi, "--data", folder) == status(smartkpi, "--data", data)
    assert not list(folder.glob(".smartkpi-*"))


def test_force_does_not_mix_actuals(smartkpi: Run, make_data: MakeData) -> None:
    data = make_data({"x": {}}, ["x,2020,5,count"])
    before = files_in(data)
    run = smartkpi("export", "--data", data, "--to", "datapackage", data, "--force")
    assert run.code == 3
    assert "other actuals, which would be read with those of the package: all.csv" in run.err
    assert files_in(data) == before


@pytest.mark.parametrize("blocked", ["targets.toml", "results", "actuals"])
def test_force_leaves_all_as_it_was_where_a_file_has_no_place(smartkpi: Run, tmp_path: Path, blocked: str) -> None:
    folder = tmp_path / "package"
    folder.mkdir()
    if blocked == "targets.toml":
        (folder / blocked / "inside").mkdir(parents=True)
    elif blocked == "actuals":
        (tmp_path / "elsewhere").mkdir()
        (folder / blocked).symlink_to(tmp_path / "elsewhere")
    else:
        (folder / blocked).write_text("a file")
    run = smartkpi("export", "--to", "datapackage", folder, "--force")
    assert run.code == 3
    assert "cannot be made" in run.err
    assert [each.name for each in folder.iterdir()] == [blocked]
    assert not list(tmp_path.glob("elsewhere/*"))


@pytest.mark.parametrize("force", [False, True], ids=["new", "forced"])
def test_a_full_disk_leaves_all_as_it_was(
    smartkpi: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, force: bool
) -> None:
    folder = tmp_path / "package"
    if force:
        smartkpi("export", "--to", "datapackage", folder, "-k", "telemedicine_clinics")
    before = files_in(tmp_path)
    write, written = Path.write_bytes, []

    def until_full(path: Path, content: bytes) -> int:
        written.append(path)
        if len(written) == 4:
            raise OSError(28, "No space left on device")
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", until_full)
    run = smartkpi("export", "--to", "datapackage", folder, *(["--force"] if force else []))
    assert run.code == 3
    assert "cannot be made: No space left on device" in run.err
    assert files_in(tmp_path) == before
    assert [each.name for each in tmp_path.iterdir()] == (["package"] if force else [])


def test_nothing_is_made_of_bad_input(smartkpi: Run, tmp_path: Path) -> None:
    for arguments in (["-a", "nowhere.csv"], ["-k", "nonsense"], ["--rule", "best"], ["--year", "soon"]):
        assert smartkpi("export", "--to", "datapackage", tmp_path / "package", *arguments).code in (2, 3)
    assert list(tmp_path.iterdir()) == []


def test_a_plan_from_a_pipe(tmp_path: Path) -> None:
    plan = (Path(__file__).parent.parent / "data" / "targets.toml").read_bytes()
    run = start("export", "--targets", "/dev/stdin", "--to", "datapackage", tmp_path / "package", stdin=plan)
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "package" / "targets.toml").read_bytes() == plan


@pytest.mark.slow
def test_the_bytes_depend_on_nothing_around(smartkpi: Run, tmp_path: Path) -> None:
    smartkpi("export", "--to", "datapackage", tmp_path / "here")
    other = {"LANG": "zh_TW.UTF-8", "TZ": "Asia/Taipei", "PYTHONHASHSEED": "7"}
    assert start("export", "--to", "datapackage", "there", cwd=tmp_path, env=other).returncode == 0
    assert files_in(tmp_path / "there") == files_in(tmp_path / "here")
