"""The help: in both languages, with examples that run and exit codes, as wide as the terminal."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from rich.cells import cell_len

from smartkpi.cli.app import COMMANDS, group
from smartkpi.cli.help import EXAMPLES, translate
from smartkpi.messages.zh_tw_help import HELP


def texts() -> Iterator[str]:
    """Yield every text that the help takes from the program."""
    program: Any = group()
    yield program.help
    yield from (each.help for each in program.params)
    for command in program.commands.values():
        yield command.help
        for parameter in command.params:
            yield parameter.help
            yield from filter(None, [getattr(parameter, "rich_help_panel", None)])


def test_every_text_is_there_in_chinese_and_none_is_left_over() -> None:
    found = set(texts())
    assert [text for text in found if translate(text, "zh-TW") == text] == []
    frame = {"Usage: ", "[OPTIONS]", "COMMAND [ARGS]...", "[default: {}]", "Arguments", "Options", "Commands"}
    assert set(HELP) - found == frame | {"Show this message and exit."}


@pytest.mark.parametrize("lang", ["en", "zh-TW"])
@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_help_fits_the_terminal(smartkpi: Run, monkeypatch: pytest.MonkeyPatch, lang: str, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("SMARTKPI_LANG", lang)
    shown = [smartkpi(*filter(None, [name]), "--help").out for name in ("", "status", "check")]
    names = re.compile(r"^(?:  -|  smartkpi |Usage).*$", re.MULTILINE)  # they are never broken
    assert max(cell_len(line) for text in shown for line in names.sub("", text).splitlines()) <= min(width, 100)


def test_the_help_of_the_program_is_one_screen_and_says_what_to_try_first(smartkpi: Run) -> None:
    shown = smartkpi("--help").out
    assert len(shown.splitlines()) <= 30
    assert all(re.search(rf"^  {name} +\S.*\.$", shown, re.MULTILINE) for name in COMMANDS)
    assert "Try first: smartkpi status." in shown


def test_the_help_of_a_command(smartkpi: Run) -> None:
    assert (
        smartkpi("units", "--help").out
        == """\
Usage: smartkpi units [OPTIONS] TEXT

List the known units, or say what a text is understood as.

Those of the plan in use are among them. Units of one dimension convert; the
size says by how much.

Arguments
  TEXT  A unit, such as 兆元, 'kt CO2e' or 'per 100,000'.

"""
        + smartkpi("units", "--help").out.partition("'per 100,000'.\n\n")[2]
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_examples_run(smartkpi: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("2023.csv").write_text("indicator,year,value,unit\ndigital_economy_size,2023,6.3,兆元\n", encoding="utf-8")
    assert 2 <= len(EXAMPLES[name]) <= 3
    shown = smartkpi(name, "--help").out
    assert "Exit codes: 0 " in shown
    for example in EXAMPLES[name]:
        assert f"\n  {example}\n" in shown
        assert smartkpi(*shlex.split(example)[1:]).code in ((0, 4) if name == "check" else (0,)), example
