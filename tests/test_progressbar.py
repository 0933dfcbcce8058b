"""The progress bar: seen at a terminal once something takes long, and nowhere else."""

from __future__ import annotations

import contextlib
import io
import os
import pty
import select
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import MakeData

from smartkpi.cli import progress
from smartkpi.readers.dataset import Inputs, load, no_progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@contextlib.contextmanager
def terminal(monkeypatch: pytest.MonkeyPatch, delay: float) -> Iterator[int]:
    """Make stderr a terminal, and return the end at which one sits."""
    near, far = pty.openpty()
    monkeypatch.setattr(progress, "DELAY", delay)
    monkeypatch.setenv("TERM", "xterm")
    with open(far, "w", encoding="utf-8") as stream:  # noqa: PTH123 - a descriptor is no path
        # Not in a fixture: pytest puts its own stderr back before the test begins.
        monkeypatch.setattr(sys, "stderr", stream)
        yield near
        monkeypatch.undo()
    os.close(near)


def seen(master: int, text: str) -> bool:
    """Whether the text appears on the terminal."""
    received = b""
    while select.select([master], [], [], 20)[0]:
        received += os.read(master, 4096)
        if text.encode() in received:
            return True
    return False


def test_it_appears_and_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    with terminal(monkeypatch, delay=0) as screen:
        with progress.progress_bar(quiet=False, lang="en") as told:
            told(1, 4, "[red]2021.csv")
            assert seen(screen, "reading [red]2021.csv (2 of 4)")
            told(4, 4, "")
            assert seen(screen, "working")
        assert seen(screen, "\r\x1b[2K")  # the line is empty again


def test_it_waits_until_it_is_told_of_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    with terminal(monkeypatch, delay=0) as screen, progress.progress_bar(quiet=False, lang="en"):
        assert select.select([screen], [], [], 0.3)[0] == []


@pytest.mark.parametrize(("at_keyboard", "names"), [(True, [""]), (False, ["standard input", ""])])
def test_who_types_is_not_disturbed(
    make_data: MakeData, monkeypatch: pytest.MonkeyPatch, at_keyboard: bool, names: list[str]
) -> None:
    typed = io.TextIOWrapper(io.BytesIO(b"indicator,year,value,unit\nx,2021,2,count\n"))
    monkeypatch.setattr(typed, "isatty", lambda: at_keyboard)
    monkeypatch.setattr(sys, "stdin", typed)
    heard: list[str] = []
    load(Inputs(data=str(make_data({"x": {}}, [])), actuals=["-"]), lambda _done, _files, name: heard.append(name))
    assert heard == names


def failing_work(screen: int) -> None:
    with progress.progress_bar(quiet=False, lang="zh-TW") as told:
        told(0, 2, "a.csv")
        assert seen(screen, "讀取 a.csv（第 1 個，共 2 個）")
        raise KeyError


def test_it_leaves_when_the_work_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    with terminal(monkeypatch, delay=0) as screen:
        with pytest.raises(KeyError):
            failing_work(screen)
        assert seen(screen, "\r\x1b[2K")


def test_it_does_not_appear_before_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    with terminal(monkeypatch, delay=60) as screen:
        with progress.progress_bar(quiet=False, lang="en") as told:
            told(0, 1, "a.csv")
        assert select.select([screen], [], [], 0)[0] == []


@pytest.mark.parametrize(("quiet", "term", "stream"), [
    (True, "xterm", Terminal()),
    (False, "dumb", Terminal()),
    (False, "", Terminal()),
    (False, "xterm", io.StringIO()),
    (False, "xterm", None),
])  # fmt: skip
def test_where_there_is_none(
    monkeypatch: pytest.MonkeyPatch, quiet: bool, term: str, stream: io.StringIO | None
) -> None:
    monkeypatch.setattr(progress, "DELAY", 0)
    monkeypatch.setenv("TERM", term)
    monkeypatch.setattr(sys, "stderr", stream)
    with progress.progress_bar(quiet=quiet, lang="en") as told:
        assert told is no_progress


def test_reading_tells_of_each_file(make_data: MakeData) -> None:
    data: Path = make_data({"x": {}}, ["x,2020,1,count"])
    (data / "actuals" / "more.csv").write_text("indicator,year,value,unit\nx,2021,2,count\n", encoding="utf-8")
    heard: list[tuple[int, int, str]] = []
    load(Inputs(data=str(data)), lambda *told: heard.append(told))
    assert [(done, files, Path(name).name) for done, files, name in heard] == [
        (0, 2, "all.csv"),
        (1, 2, "more.csv"),
        (2, 2, ""),
    ]
