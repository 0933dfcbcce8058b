"""Pages that are read from the program and the data: nothing is missing, and nothing is out of date."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys

import pytest
from conftest import ROOT, environment

import smartkpi
from smartkpi.cli.app import COMMANDS, group
from smartkpi.model import codes, plan_keys
from smartkpi.model import columns as contract
from smartkpi.readers import data_folder, dataset

DOCS = ROOT / "docs"


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def section(command: str) -> str:
    (found,) = re.findall(rf"^## smartkpi {command}\n(.*?)(?=^## )", page("commands.md"), re.MULTILINE | re.DOTALL)
    return str(found)


def options() -> list[tuple[str, str]]:
    return [
        (name, spelling)
        for name, command in group().commands.items()
        for parameter in command.params
        for spelling in ([parameter.metavar] if parameter.param_type_name == "argument" else parameter.opts)
        if not getattr(parameter, "hidden", False)
    ]


def test_pages_are_what_the_program_and_the_data_say() -> None:
    run = subprocess.run(
        [sys.executable, ROOT / "tools" / "reference.py", "--check"],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env=environment(),
    )
    assert run.returncode == 0, f"run `python tools/reference.py`\n{run.stdout}{run.stderr}"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_a_section_with_an_example_and_a_row_above(command: str) -> None:
    assert f"```sh\nsmartkpi {command}" in section(command)
    assert f"| [`{command}`](#smartkpi-{command}) |" in page("commands.md")


@pytest.mark.parametrize(("command", "spelling"), options())
def test_every_argument_and_option_is_in_its_commands_section(command: str, spelling: str) -> None:
    rows = re.findall(r"^\| ((?:`[^`]+`(?:, )?)+) \| .{8,} \|$", section(command), re.MULTILINE)
    documented = {code.replace(r"\|", "|").split()[0] for row in rows for code in re.findall("`(.+?)`", row)}
    assert spelling in documented


@pytest.mark.parametrize(
    "name",
    [
        *codes.Status,
        *codes.REASONS,
        *sorted(codes.SERIES_BREAKS),
        *(key.name for key in plan_keys.TABLES["indicators.*"]),
    ],
)
def test_every_code_and_key_is_described(name: str) -> None:
    assert re.search(rf"^\| `(?:[\w.*]+\.)?{name}` \|", page("columns.md"), re.MULTILINE) or name == "title"


@pytest.mark.parametrize("columns", [contract.STATUS_COLUMNS, contract.PROJECT_COLUMNS, contract.OBSERVATION_COLUMNS])
def test_every_column_is_described_in_its_order(columns: dict[str, str]) -> None:
    rows = re.findall(r"^\| `(\w+)` \|", page("columns.md"), re.MULTILINE)
    assert any(rows[start : start + len(columns)] == list(columns) for start in range(len(rows)))


@pytest.mark.parametrize("name", [name for name in smartkpi.__all__ if name != "__version__"])
def test_every_public_name_is_described(name: str) -> None:
    found = getattr(smartkpi, name)
    heading = f"## smartkpi.{name}\n" if inspect.isfunction(found) else f"| `{name}` |"
    assert heading in page("python.md")
    parameters = inspect.signature(found).parameters if inspect.isfunction(found) else ()
    assert all(re.search(rf"^\| `[\w, ]*\b{each}\b[\w, ]*` \|", page("python.md"), re.MULTILINE) for each in parameters)


def test_every_shipped_figure_is_in_the_codebook() -> None:
    loaded = dataset.load(dataset.Inputs(data=str(data_folder.shipped())))
    text = page("codebook.md")
    assert all(f"| id | `{name}` |" in text for name in loaded.plan.indicators)
    assert len(re.findall(r"^\| \d{4} \| ", text, re.MULTILINE)) >= len(loaded.observations)
    for each in loaded.observations.records():
        assert f"| {each.year} | {each.as_given} | `{each.obs_status}` |" in text
