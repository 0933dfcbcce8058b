"""smartkpi init: a folder to begin with, which is valid at once; nothing is overwritten."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from conftest import Run, start


@pytest.mark.parametrize("year", ["1901", "2025", "2195"])
def test_what_it_makes_is_valid_and_has_a_status(smartkpi: Run, tmp_path: Path, year: str) -> None:
    data = tmp_path / "new" / "folder"
    run = smartkpi("init", data, "--year", year)
    assert (run.code, run.out) == (0, "")
    assert f"smartkpi status --data {data}" in run.err
    assert smartkpi("validate", "--data", data).code == 0
    status = smartkpi("status", "--data", data, "--level", "all", "-f", "csv", "--fields", "year,status")
    assert status.out.splitlines()[1:] == [f"{year},on_track", f"{year},off_track", f"{year},reversing"]
    assert ("is still to come" in status.err) == (year == "2195")
    assert status.err.splitlines()[-1] == f"{year}: 1 of 3 on track (1 on low evidence), 1 off track, 1 reversing"


def test_the_files_and_their_rights(smartkpi: Run, tmp_path: Path) -> None:
    smartkpi("init", tmp_path / "data", "--year", "2025", "-q")
    found = sorted(str(each.relative_to(tmp_path)) for each in tmp_path.rglob("*"))
    actuals = ["data/actuals", "data/actuals/2024.csv", "data/actuals/2025.csv"]
    assert found == ["data", *actuals, "data/targets.schema.json", "data/targets.toml"]
    mask = (tmp_path / "data").stat().st_mode & 0o777
    (tmp_path / "plain").mkdir()
    assert mask == stat.S_IMODE((tmp_path / "plain").stat().st_mode)


@pytest.mark.parametrize("lang", ["en", "zh-TW"])
def test_the_plan_names_the_schema_beside_it(smartkpi: Run, tmp_path: Path, lang: str) -> None:
    smartkpi("init", tmp_path / "data", "--lang", lang)
    first, *_ = (tmp_path / "data" / "targets.toml").read_text(encoding="utf-8").splitlines()
    directive, _, place = first.partition(" ")
    assert directive == "#:schema"
    schema = (tmp_path / "data" / place).read_text(encoding="utf-8")
    assert schema == smartkpi("schema", "plan", "--lang", lang).out


@pytest.mark.parametrize(("lang", "other"), [("en", "zh-TW"), ("zh-TW", "en")])
def test_a_plan_in_one_language(smartkpi: Run, tmp_path: Path, lang: str, other: str) -> None:
    folder = tmp_path / "data"
    assert smartkpi("init", folder, "--year", "2025", "--lang", lang).code == 0
    plan = (folder / "targets.toml").read_text(encoding="utf-8")
    texts = [plan, *(path.read_text(encoding="utf-8") for path in (folder / "actuals").iterdir())]
    titles = [line for line in plan.splitlines() if line.startswith("title = {")]
    assert len(titles) == 5
    assert all(f"{lang} = " in line and f"{other} = " not in line.partition("#")[0] for line in titles)
    assert all(text.isascii() for text in texts) == (lang == "en")
    for line in plan.splitlines()[1:]:
        comment = line.partition("# ")[2]
        assert lang == "en" or not comment or not comment.isascii() or " = " in comment or "://" in comment
    run = smartkpi("status", "--data", folder, "--level", "all", "-f", "csv", "--fields", "status", "-q")
    assert run.out.split() == ["status", "on_track", "off_track", "reversing"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    run = start("init", ".", "--year", "2025", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    assert sorted(each.name for each in tmp_path.iterdir()) == ["actuals", "targets.schema.json", "targets.toml"]
    assert start("status", "--data", ".", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize("content", ["targets.toml", "other.txt", ".hidden"])
def test_a_folder_with_anything_in_it_is_left_alone(smartkpi: Run, tmp_path: Path, content: str) -> None:
    (tmp_path / content).write_text("mine")
    run = smartkpi("init", tmp_path)
    assert run.code == 3
    assert run.err.startswith(f"smartkpi: error: {tmp_path}: the folder is not empty\n")
    assert [each.name for each in tmp_path.iterdir()] == [content]
    assert (tmp_path / content).read_text() == "mine"


def test_made_twice_the_second_is_refused(smartkpi: Run, tmp_path: Path) -> None:
    assert smartkpi("init", tmp_path / "data").code == 0
    assert smartkpi("init", tmp_path / "data").code == 3


@pytest.mark.parametrize("place", ["file", "file/data", "loop", "/proc/data"])
def test_where_no_folder_can_be(smartkpi: Run, tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "loop").symlink_to("loop")
    run = smartkpi("init", tmp_path / place)
    assert run.code == 3
    assert len(run.err.splitlines()) == 2
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file", "loop"]


def test_use(smartkpi: Run, tmp_path: Path) -> None:
    assert smartkpi("init").code == 2
    assert smartkpi("init", tmp_path / "x", "--year", "1900").code == 2
    assert smartkpi("init", tmp_path / "x", "--year", "2196").code == 2


def test_its_template_for_the_next_year(smartkpi: Run, tmp_path: Path) -> None:
    smartkpi("init", tmp_path / "data", "--year", "2025")
    path = tmp_path / "data" / "actuals" / "2026.csv"
    assert smartkpi("template", "--data", tmp_path / "data", "-o", path).code == 0
    assert (
        "valid: 3 indicators, 9 observations, 2024, 2025, 2026" in smartkpi("validate", "--data", path.parents[1]).out
    )
