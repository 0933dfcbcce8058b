"""Every message there is: provoked, and held against tests/expected/errors.txt as a whole, so that it is read.

After a change of words: ``SMARTKPI_WRITE_EXPECTED=1 python -m pytest -n0 tests/test_errors.py``, then read the
difference.
"""

from __future__ import annotations

import os
import string
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Result, Run
from provocations import CASES, IN_PYTHON, SOUND, Case, frame

import smartkpi as library
from smartkpi.errors import Fault
from smartkpi.messages import en_errors, zh_tw_errors

EXPECTED = Path(__file__).parent / "expected" / "errors.txt"
WRITE = "SMARTKPI_WRITE_EXPECTED"

HEAD = "Every message and its cure, as tests/provocations.py provokes it; tests/test_errors.py says how to update this."
MOST_LINES = 4
"""Of one case; what many faults say has been seen after the first few."""


def provoke(case: Case, folder: Path, smartkpi: Run, monkeypatch: pytest.MonkeyPatch) -> Result:
    for name, content in {**SOUND, **case.files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if content is not None:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
    if case.files.get("actuals/all.csv", "") is None and "actuals/notes.txt" not in case.files:
        (folder / "actuals").rmdir()
    for name in case.without:
        monkeypatch.setitem(sys.modules, name, None)
    for name, other in case.altered.items():
        monkeypatch.setattr(name, other)
    return smartkpi(*case.arguments)


@pytest.fixture
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, smartkpi: Run) -> Path:
    """Return an empty folder that is the current one, and that the command line takes its data from."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SMARTKPI_DATA", str(tmp_path))
    return tmp_path


def told(err: str) -> str:
    lines = err.splitlines()
    if len(lines) > MOST_LINES + 2:
        lines[MOST_LINES:-1] = [f"... {len(lines) - MOST_LINES - 1} lines more"]
    return "\n".join(lines)


def expected() -> dict[str, str]:
    """Return what each case says, from the file."""
    parts = EXPECTED.read_text(encoding="utf-8").split("\n== ")[1:] if EXPECTED.exists() else []
    return {part.partition("\n")[0]: part.partition("\n")[2].rstrip("\n") for part in parts}


@pytest.fixture(scope="module")
def written() -> Iterator[dict[str, str]]:
    """Return a place for what the cases say now; it becomes the file where that is asked for."""
    found: dict[str, str] = {}
    yield found
    if os.environ.get(WRITE):
        text = "".join(f"\n== {key}\n{found[key]}\n" for key in (*CASES, *IN_PYTHON))
        EXPECTED.write_text(f"{HEAD}\n{text}", encoding="utf-8")


@pytest.mark.parametrize("key", CASES)
def test_message(
    key: str, in_folder: Path, smartkpi: Run, written: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    keys: set[str] = set()
    message = Fault.message

    def noted(fault: Fault, lang: str = "en", *, python: bool = False) -> str:
        keys.add(fault.key)
        return message(fault, lang, python=python)

    monkeypatch.setattr(Fault, "message", noted)
    run = provoke(CASES[key], in_folder, smartkpi, monkeypatch)
    assert key in keys, run.err
    call = " ".join(["$ smartkpi", *CASES[key].arguments])
    written[key] = f"{call}\n{told(run.err.replace(str(in_folder), '.'))}"
    assert run.code in (0, 2, 3)
    assert os.environ.get(WRITE) or written[key] == expected()[key]


@pytest.mark.parametrize("key", IN_PYTHON)
def test_message_in_python(key: str, written: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "targets.toml"
    path.write_text(str(SOUND["targets.toml"]), encoding="utf-8")
    known = {"smartkpi": library, "frame": frame, "plan": library.read_plan(path)}
    with pytest.raises(library.SmartkpiError) as caught:
        eval(IN_PYTHON[key], known)  # noqa: S307 - the calls stand in this folder
    assert key in [fault.key for fault in caught.value.faults]
    written[key] = f">>> {IN_PYTHON[key]}\n{told(str(caught.value))}"
    assert os.environ.get(WRITE) or written[key] == expected()[key]


def test_every_message_is_provoked() -> None:
    assert set(en_errors.ERRORS) == set(CASES) | set(IN_PYTHON)


@pytest.mark.skipif(bool(os.environ.get(WRITE)), reason="it is written after this")
def test_the_snapshot_has_no_more() -> None:
    assert list(expected()) == [*CASES, *IN_PYTHON]


@pytest.mark.parametrize("key", en_errors.ERRORS)
def test_a_message_has_a_cure_and_both_are_in_both_languages(key: str) -> None:
    for english, chinese in zip(en_errors.ERRORS[key], zh_tw_errors.ERRORS[key], strict=True):
        assert english
        assert chinese
        assert names(chinese) <= names(english) | {"found", "reason", "understood"}
        assert any("\u4e00" <= char <= "\u9fff" for char in chinese) or not english.strip("{}").isalpha()


def names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}
