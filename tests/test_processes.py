"""Parts of a computation in several processes: the same results, in order, whatever becomes of a process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import children, environment, with_copies
from numpy.typing import NDArray

from smartkpi.tables.processes import each_in_turn, each_result, on_all_processors

pytestmark = with_copies
PROGRAM = os.getpid()


Each = Callable[[Callable[[int], Any], int], Iterator[Any]]
both = pytest.mark.parametrize("each", [each_result, each_in_turn])


Arrays = Sequence[NDArray[Any]]


def arrays(place: int) -> Arrays:
    """Return arrays that are longer than what a pipe holds, in parts, empty, and of all kinds of numbers."""
    grid = np.arange(place * 40_000.0).reshape(2, -1)
    return [grid[:, ::2].T, np.array([np.nan, -0.0, np.inf]), np.zeros(0), np.array([True]), np.array([place], np.int8)]


def of_part(place: int) -> tuple[int, int]:
    return place, os.getpid()


@both
def test_results_are_in_order_and_from_several_processes(each: Each) -> None:
    with on_all_processors():
        results = list(each(of_part, 9))
    assert [place for place, _ in results] == list(range(9))
    assert len({process for _, process in results}) > 1


@both
def test_a_library_starts_no_process(each: Each) -> None:
    with on_all_processors():
        pass
    assert {process for _, process in each(of_part, 9)} == {PROGRAM}


@both
def test_few_parts_start_no_process(each: Each) -> None:
    with on_all_processors():
        assert {process for _, process in each(of_part, 3)} == {PROGRAM}


@both
def test_a_copy_starts_no_process(each: Each) -> None:
    def processes(_: int) -> set[int]:
        return {os.getpid(), *(process for _, process in each_result(of_part, 9))}

    with on_all_processors():
        results = list(each(processes, 9))
    assert all(len(found) == 1 for found in results if PROGRAM not in found)


@both
def test_arrays_arrive_as_they_are(each: Each) -> None:
    with on_all_processors():
        for place, found in enumerate(each(arrays, 9)):
            for array, expected in zip(found, arrays(place), strict=True):
                assert (array.dtype, array.shape, array.tobytes()) == (
                    expected.dtype,
                    expected.shape,
                    expected.tobytes(),
                )


@both
@pytest.mark.parametrize("last", [3, 7], ids=["in the program", "in a copy"])
def test_an_error_is_the_one_of_the_first_part_that_has_one(each: Each, last: int) -> None:
    def fail(place: int) -> int:
        if place >= last:
            raise ValueError(f"part {place}")
        return place

    done: list[object] = []
    with on_all_processors(), pytest.raises(ValueError, match=f"part {last}"):
        done.extend(each(fail, 9))
    assert done == list(range(last))


def killed(place: int) -> None:
    if os.getpid() != PROGRAM and place == 8:
        os.kill(os.getpid(), signal.SIGKILL)


def unable(place: int) -> None:
    if os.getpid() != PROGRAM:
        raise MemoryError


@both
@pytest.mark.parametrize("trouble", [killed, unable])
def test_what_a_copy_does_not_send_is_computed_here(each: Each, trouble: Callable[[int], None]) -> None:
    def compute(place: int) -> int:
        trouble(place)
        return place * place

    with on_all_processors():
        assert list(each(compute, 9)) == [place * place for place in range(9)]


@both
@pytest.mark.parametrize("name", ["fork", "pipe"])
def test_without_another_process_all_is_computed_here(each: Each, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    def none_left() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, name, none_left)
    with on_all_processors():
        assert {process for _, process in each(of_part, 9)} == {PROGRAM}


def test_copies_end_with_whoever_asks_for_no_more() -> None:
    others = set(children(PROGRAM))  # that other tests have started
    with on_all_processors(), closing(each_in_turn(of_part, 9)) as results:
        next(results)
        copies = set(children(PROGRAM)) - others
        assert copies
    assert not any(Path(f"/proc/{copy}").exists() for copy in copies)


KILLED = """\
import os, time
from smartkpi.tables.processes import each_result, on_all_processors
program = os.getpid()
def compute(place):
    if os.getpid() == program:
        time.sleep(60)
    os.write(1, f"{os.getpid()}\\n".encode())
    time.sleep(0.2)
with on_all_processors():
    list(each_result(compute, 100))
"""


@pytest.mark.slow
def test_copies_of_a_killed_program_end() -> None:
    with subprocess.Popen([sys.executable, "-c", KILLED], env=environment(), stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.kill()
        parts = process.stdout.read().splitlines()  # until the last copy has ended
    assert len(parts) < 30


PANEL = "indicator,area,year,value,unit\n" + "".join(
    f"coverage,{area},{year},{40 + (area * year) % 37}.{area % 10},%\n"
    for area in range(60)
    for year in (2021, 2022, 2023)
)
PLAN = """\
schema = "smartkpi/plan/1"
[plan]
id = "regions"
title = { en = "Regions" }
dimensions = ["area"]
[sources.own]
title = "Own figures"
publisher = "A statistics office"
[pillars.network]
title = { en = "Network" }
[indicators.coverage]
title = { en = "Coverage" }
pillar = "network"
level = "headline"
unit = "%"
direction = "increase"
target = 80
target_year = 2030
source = "own"
"""
SLOW_BLOCKS = """\
import sys, time
from smartkpi import cli
from smartkpi.tables import panel
panel._BLOCK = 4
rounded = panel.rounded
def after_a_while(computed):
    time.sleep({seconds})
    return rounded(computed)
panel.rounded = after_a_while
sys.argv[1:] = {arguments!r}
print("ready", flush=True)
cli.main()
"""


def files(folder: Path) -> list[str]:
    (folder / "targets.toml").write_text(PLAN)
    (folder / "actuals.csv").write_text(PANEL)
    return ["--targets", str(folder / "targets.toml"), "-a", str(folder / "actuals.csv"), "-f", "csv"]


@pytest.mark.parametrize("command", ["status", "project"])
def test_a_command_writes_the_same(tmp_path: Path, command: str) -> None:
    arguments = [command, *files(tmp_path)]
    usual = subprocess.run(
        [sys.executable, "-m", "smartkpi", *arguments], env=environment(), capture_output=True, check=True
    )
    program = SLOW_BLOCKS.format(seconds=0, arguments=arguments)
    split = subprocess.run([sys.executable, "-c", program], env=environment(), capture_output=True, check=True)
    assert split.stdout.removeprefix(b"ready\n") == usual.stdout
    assert split.stderr == usual.stderr
    assert len(usual.stdout.splitlines()) == 61


@pytest.mark.slow
@pytest.mark.parametrize("to_all", [True, False], ids=["Ctrl-C", "kill"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_all_processes(tmp_path: Path, number: signal.Signals, to_all: bool) -> None:
    output = tmp_path / "out.csv"
    program = SLOW_BLOCKS.format(seconds=0.05, arguments=["status", *files(tmp_path), "-o", str(output)])
    usual = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    with subprocess.Popen(
        [sys.executable, "-c", usual + program],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        while not children(process.pid):
            time.sleep(0.001)
        (copy, *_) = children(process.pid)
        time.sleep(0.1)
        (os.killpg if to_all else os.kill)(process.pid, number)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 128 + number
    assert said == b""
    assert not output.exists()
    assert not Path(f"/proc/{copy}").exists()
