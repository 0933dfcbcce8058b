"""The action, the hooks and the release: what they run is run, and ends as it should."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT, Run, environment
from release import problems

from smartkpi.cli.app import COMMANDS

ACTION: Mapping[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
HOOKS: list[Mapping[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
INPUT = re.compile(r"\$\{\{ inputs\.([\w-]+) \}\}")


@pytest.fixture
def folder(smartkpi: Run, tmp_path: Path) -> Path:
    """Return a repository with the plan that `init` makes."""
    assert smartkpi("init", tmp_path / "my-plan", "--year", "2025").code == 0
    return tmp_path


def run_action(folder: Path, **inputs: str) -> list[subprocess.CompletedProcess[str]]:
    """Run the steps of the action up to the first one that fails, but for setting up Python and installing."""
    given = {name: str(each.get("default", "")) for name, each in ACTION["inputs"].items()} | inputs
    found = []
    for step in ACTION["runs"]["steps"]:
        if "run" not in step or "pip install" in step["run"]:
            continue
        assert step["shell"] == "bash"
        assert "${{" not in step["run"], "an input in a script would be run"
        own = {name: INPUT.sub(lambda match: given[match[1]], text) for name, text in step["env"].items()}
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        env = environment(PATH=path, GITHUB_STEP_SUMMARY=str(folder / "summary.md"), **own)
        script = f'smartkpi() {{ "{sys.executable}" -m smartkpi "$@"; }}\n{step["run"]}'
        command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script]
        found.append(subprocess.run(command, cwd=folder, env=env, capture_output=True, encoding="utf-8", check=False))
        if found[-1].returncode:
            break
    return found


@pytest.mark.slow
def test_the_action_annotates_a_kpi_that_slips(folder: Path) -> None:
    validated, shown, checked = run_action(folder, data="my-plan")
    assert [each.returncode for each in (validated, shown, checked)] == [0, 0, 4]
    assert checked.stdout.startswith("::error file=my-plan/targets.toml,line=43,title=open_data_value::off track")
    assert (folder / "summary.md").read_text(encoding="utf-8").startswith("| Indicator |")


@pytest.mark.slow
def test_the_action_passes_options_on_as_words(folder: Path) -> None:
    *_, checked = run_action(folder, data="my-plan", arguments="--fail-on reversing,missed --year 2025")
    assert checked.returncode == 0
    *_, checked = run_action(folder, data="my-plan", arguments="$(touch made) ; touch made")
    assert checked.returncode == 2
    assert not (folder / "made").exists()


@pytest.mark.slow
def test_the_action_annotates_each_error_of_the_input_in_the_language_asked_for(folder: Path) -> None:
    with (folder / "my-plan" / "actuals" / "2025.csv").open("a", encoding="utf-8") as file:
        file.write("online_applications,2026,many,%,,,,\n")
    (validated,) = run_action(folder, data="my-plan", lang="zh-TW")
    assert validated.returncode == 3
    annotations = validated.stdout.splitlines()
    assert annotations
    assert all(line.startswith("::error file=my-plan/actuals/2025.csv,line=") for line in annotations)
    assert "title=輸入資料錯誤::" in annotations[0]


def test_the_action_installs_this_source_and_describes_its_inputs() -> None:
    (install,) = (step for step in ACTION["runs"]["steps"] if "pip install" in step.get("run", ""))
    assert install["env"] == {"ACTION": "${{ github.action_path }}"}
    assert all(each["description"].endswith(".") for each in ACTION["inputs"].values())
    used = {name for step in ACTION["runs"]["steps"] for name in INPUT.findall(str(step))}
    assert used == set(ACTION["inputs"])


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_hooks_run_commands(smartkpi: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, hook: Any) -> None:
    program, command = hook["entry"].split()
    assert (program, command in COMMANDS, hook["language"], hook["pass_filenames"]) == (
        "smartkpi", True, "python", False,
    )  # fmt: skip
    monkeypatch.chdir(folder)
    assert smartkpi(command, "--data", "my-plan").code == {"validate": 0, "check": 4}[command]
    for name, matches in (
        ("my-plan/targets.toml", True), ("my-plan/actuals/2025.csv", True), ("targets.toml", True),
        ("actuals/x.xlsx", True), ("my-plan/targets.schema.json", False), ("README.md", False),
    ):  # fmt: skip
        assert bool(re.search(hook["files"], name)) == matches


WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_ask_for_no_more_rights_than_they_need(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    rights = {name: job["permissions"] for name, job in workflow["jobs"].items() if "permissions" in job}
    more = {"attach": {"contents": "write"}, "publish": {"id-token": "write"}}
    assert rights == (more if path.name == "release.yml" else {})


def test_a_release_has_one_wheel_and_one_sdist_with_what_belongs_into_them(tmp_path: Path) -> None:
    assert next(problems(tmp_path, "1.0")).startswith("expected ['smartkpi-1.0-py3-none-any.whl'")
    with zipfile.ZipFile(tmp_path / "smartkpi-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("smartkpi/py.typed", "")
        wheel.writestr("tests/conftest.py", "")
    with tarfile.open(tmp_path / "smartkpi-1.0.tar.gz", "w:gz"):
        pass
    found = list(problems(tmp_path, "1.0"))
    assert "the wheel has no smartkpi/data/targets.toml" in found
    assert "the wheel has tests/conftest.py" in found
    assert "the sdist has no LICENSE" in found


@pytest.mark.slow
def test_this_release(tmp_path: Path) -> None:
    import smartkpi

    subprocess.run(
        [sys.executable, "-m", "build", "--installer", "uv", "--outdir", tmp_path, ROOT],
        check=True,
        capture_output=True,
    )
    assert list(problems(tmp_path, smartkpi.__version__)) == []
