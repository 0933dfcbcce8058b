"""Columns that say how a row came about, which appear where they are asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Run
from jsonschemas import faults, read

import smartkpi as library

ASKED = ("--fields", "indicator,rule,as_of,smartkpi_version")


@pytest.mark.parametrize(
    ("command", "rule", "year"),
    [
        (("status",), "compound", 2022),
        (("status", "--rule", "all", "--year", "2021"), "all", 2021),
        (("status", "--summarise", "--rule", "linear"), "linear", 2022),
        (("check", "--fail-on", "undetermined"), "compound", 2022),
        (("project", "--year", "2030", "--as-of", "2022"), None, 2022),
        (("project",), None, None),
        (("trend", "digital_economy_size", "--rule", "linear"), "linear", 2022),
    ],
)
def test_rows_carry_them(smartkpi: Run, command: tuple[str, ...], rule: str | None, year: int | None) -> None:
    document = read(smartkpi(*command, *ASKED, "-f", "json").out)
    assert {(row["rule"], row["as_of"], row["smartkpi_version"]) for row in document["rows"]} == {
        (rule, year, library.__version__)
    }
    assert faults(document, "summary" if "--summarise" in command else command[0]) == []
    first, *rows = smartkpi(*command, *ASKED, "-f", "csv").out.splitlines()
    assert first == "indicator,rule,as_of,smartkpi_version"
    assert rows[0].endswith(f",{rule or ''},{year or ''},{library.__version__}")


def test_the_years_of_a_range_keep_their_own(smartkpi: Run) -> None:
    run = smartkpi("status", "--year", "2021..2022", "-f", "csv", "--fields", "as_of,rule")
    assert run.out.splitlines()[1:3] == ["2021,compound", "2022,compound"]


def test_a_workbook_can_have_them(smartkpi: Run, tmp_path: Path) -> None:
    assert smartkpi("status", *ASKED, "-o", tmp_path / "all.xlsx").code == 0


def test_they_are_there_only_when_named(smartkpi: Run) -> None:
    assert "smartkpi_version" not in smartkpi("status", "-f", "csv").out
    assert smartkpi("export", "--fields", "rule").code == 2
