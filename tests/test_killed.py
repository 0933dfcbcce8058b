"""A command that is killed while it writes leaves the old file or the new one, and never a part of one."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import environment

# The file is written in many small steps, so that a kill at random falls between them.
SLOWLY = """\
import os, sys, time
from smartkpi.render import files
write = os.write
def in_steps(descriptor, content):
    time.sleep(0.002)
    return write(descriptor, content[:64])
files.os.write = in_steps
write_bytes = files.Path.write_bytes
def after_a_while(path, content):
    time.sleep(0.05)
    return write_bytes(path, content)
files.Path.write_bytes = after_a_while
print("ready", flush=True)
from smartkpi import cli
sys.argv[1:] = {arguments!r}
cli.main()
"""
RUNS = 40


def killed_after(seconds: float, arguments: list[str], begun: Path | None = None) -> bool:
    """Start a command, kill it some time after it has begun to write into a folder, and return whether it still ran."""
    command = [sys.executable, "-c", SLOWLY.format(arguments=arguments)]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        process.stdout.readline()
        while begun and process.poll() is None and not list(begun.glob(".*.tmp")):
            time.sleep(0.001)
        time.sleep(seconds)
        process.kill()
    return process.returncode < 0


def sizes(folder: Path) -> dict[str, int]:
    """Return the files of a folder, hidden ones and empty folders included, with their sizes."""
    return {
        str(each.relative_to(folder)): each.stat().st_size
        for each in folder.rglob("*")
        if each.is_file() or not any(each.iterdir())
    }


@pytest.mark.slow
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
@pytest.mark.parametrize("command", [["status", "-f", "csv", "-o"], ["export", "--to", "datapackage"]], ids=str)
def test_a_signal_leaves_nothing(tmp_path: Path, command: list[str], name: str) -> None:
    number, moment = getattr(signal, name), random.Random(12)  # noqa: S311 - moments, no secrets
    usual = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    usual += "signal.signal(signal.SIGHUP, signal.SIG_DFL)\n"
    program = [sys.executable, "-c", usual + SLOWLY.format(arguments=[*command, str(tmp_path / "out")])]
    subprocess.run(program, env=environment(), check=True, capture_output=True)
    codes, done = set(), sizes(tmp_path)
    for _ in range(6):
        for each in tmp_path.iterdir():
            shutil.rmtree(each) if each.is_dir() else each.unlink()
        with subprocess.Popen(program, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            while process.poll() is None and not list(tmp_path.glob(".*.tmp")):
                time.sleep(0.001)
            time.sleep(moment.uniform(0, 0.02))
            process.send_signal(number)
            _, said = process.communicate(timeout=60)
        codes.add(process.returncode)
        # After all is done, while the interpreter ends, a signal does what it does by itself.
        assert sizes(tmp_path) in ([done] if process.returncode in (0, -number) else [{}, done])
        assert process.returncode == 0 or said == b""
    assert {0, -number, 128 + number} >= codes >= {128 + number}


def whole(arguments: list[str]) -> tuple[bytes, float]:
    """Return what a command writes when nobody disturbs it, and how long it takes."""
    before = time.monotonic()
    command = [sys.executable, "-c", SLOWLY.format(arguments=arguments)]
    subprocess.run(command, env=environment(), check=True, capture_output=True)
    return Path(arguments[-1]).read_bytes(), time.monotonic() - before


@pytest.mark.slow
@pytest.mark.parametrize("existing", [True, False], ids=["replaced", "new"])
def test_either_the_old_or_the_new_file(tmp_path: Path, existing: bool) -> None:
    path = tmp_path / "out.csv"
    arguments = ["status", "--level", "all", "-f", "csv", "-q", "-o", str(path)]
    new, longest = whole(arguments)
    old = b"old\n" * 1000
    chance = random.Random(2025)  # noqa: S311 - moments, no secrets
    killed = left = 0
    for number in range(RUNS):
        path.unlink(missing_ok=True)
        if existing:
            path.write_bytes(old)
        # Half of them are killed once they have begun to write, however slow the machine is.
        begun = path.parent if number % 2 else None
        killed += killed_after(chance.uniform(0, 0.1 if begun else longest), arguments, begun)
        found = path.read_bytes() if path.exists() else None
        assert found in (old if existing else None, new)
        rest = [each for each in tmp_path.iterdir() if each != path]
        assert all(each.name.startswith(".out.csv.") and each.name.endswith(".tmp") for each in rest)
        left += len(rest)
        for each in rest:
            each.unlink()
    assert killed > RUNS // 4
    assert left > 0  # some were killed in the middle of it


NEW_FOLDERS = {
    "init": (["init", "--year", "2025"], ["2024.csv", "2025.csv", "targets.schema.json", "targets.toml"]),
    "export": (
        ["export", "--to", "datapackage"],
        [
            "datapackage.json",
            "indicators.csv",
            "observations.csv",
            "project.csv",
            "status.csv",
            "targets.csv",
            "targets.toml",
        ],
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize(("arguments", "files"), NEW_FOLDERS.values(), ids=NEW_FOLDERS)
def test_a_new_folder_is_there_with_all_its_files_or_not_at_all(
    tmp_path: Path, arguments: list[str], files: list[str]
) -> None:
    chance = random.Random(2026)  # noqa: S311 - moments, no secrets
    for number in range(RUNS):
        folder = tmp_path / str(number)
        killed_after(chance.uniform(0, 0.01), [*arguments, str(folder)], tmp_path)
        if folder.exists():
            assert sorted(each.name for each in folder.rglob("*.*")) == files
        for rest in tmp_path.glob(".smartkpi-*.tmp"):
            shutil.rmtree(rest)
    assert all(each.name.isdigit() for each in tmp_path.iterdir())
