"""Odd surroundings: encodings, terminal sizes, places, interrupts, and a system without the names of POSIX."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import ROOT, MakeData, Run, environment, start

from smartkpi.cli.app import COMMANDS

NO_UTF_8: list[Mapping[str, str]] = [
    {"PYTHONIOENCODING": "latin-1"},
    {"PYTHONIOENCODING": "ascii"},
    {"PYTHONIOENCODING": "cp950"},
    {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
]


@pytest.mark.slow
@pytest.mark.parametrize("changes", NO_UTF_8, ids=str)
@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_in_any_encoding(command: str, changes: Mapping[str, str]) -> None:
    run = start(*filter(None, [command]), "--help", env=changes)
    assert (run.returncode, run.stderr) == (0, b"")
    assert f"Usage: smartkpi {command}".strip().encode() in run.stdout


@pytest.mark.parametrize("arguments", [["--help"], ["status", "--help"], []], ids=str)
def test_help_without_docstrings(arguments: list[str]) -> None:
    run = start(*arguments, env={"PYTHONOPTIMIZE": "2"})
    assert run.returncode in (0, 2)
    assert b"--help" in run.stdout


def test_help_names_the_calendar_as_far_as_the_encoding_can() -> None:
    assert "roc" in start("status", "--help").stdout.decode()
    assert b"roc" in start("status", "--help", env={"PYTHONIOENCODING": "latin-1"}).stdout


@pytest.mark.parametrize("size", ["1000000000", "9" * 5000, "-1", "many", "²", ""], ids=lambda each: each[:12])
@pytest.mark.parametrize("name", ["COLUMNS", "LINES"])
def test_a_terminal_of_any_size(smartkpi: Run, monkeypatch: pytest.MonkeyPatch, name: str, size: str) -> None:
    monkeypatch.setenv(name, size)
    run = smartkpi("--help")
    assert (run.code, run.err) == (0, "")
    assert len(run.out) < 1_000_000


@pytest.mark.parametrize("size", ["1000000000", "many"])
def test_a_width_that_typer_reads_when_it_is_imported(size: str) -> None:
    run = start("--help", env={"TERMINAL_WIDTH": size})
    assert (run.returncode, run.stderr) == (0, b"")
    assert len(run.stdout) < 1_000_000


def test_a_terminal_as_wide_as_it_says() -> None:
    lines = start("--help", env={"COLUMNS": "60"}).stdout.decode().splitlines()
    assert 50 < max(map(len, lines)) <= 60


LONG = "a" * 5000


@pytest.mark.parametrize(("arguments", "changes"), [
    (["status", "--data", LONG], {}),
    (["status", "--data", f"/{LONG}"], {}),
    (["status"], {"SMARTKPI_DATA": LONG}),
    (["template"], {"SMARTKPI_DATA": LONG}),
    (["status", "--targets", LONG], {}),
    (["status", "-a", LONG], {}),
    (["status", "-o", LONG], {}),
    (["init", LONG], {}),
    (["export", "--to", "datapackage", LONG], {}),
    (["export", "--to", "datapackage", LONG, "--force"], {}),
], ids=lambda each: str(each)[:40])  # fmt: skip
def test_a_name_that_is_too_long_is_bad_input(
    smartkpi: Run, monkeypatch: pytest.MonkeyPatch, arguments: list[str], changes: Mapping[str, str]
) -> None:
    for name, value in changes.items():
        monkeypatch.setenv(name, value)
    run = smartkpi(*arguments)
    assert run.code == 3
    assert run.err.startswith("smartkpi: error: aaaa" if f"/{LONG}" not in arguments else "smartkpi: error: /aaa")


@pytest.fixture
def deleted_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder that is not there any more."""
    folder = tmp_path / "deleted"
    folder.mkdir()
    monkeypatch.chdir(folder)
    folder.rmdir()


@pytest.mark.parametrize(("arguments", "message"), [
    (["init", "new"], "new: cannot be made: No such file or directory"),
    (["init", "."], ".: cannot be made: No such file or directory"),
    (["export", "--to", "datapackage", "new"], "new: cannot be made: No such file or directory"),
    (["export", "--to", "datapackage", "new", "--force"], "new: cannot be made: No such file or directory"),
    (["export", "--to", "xlsx", "new.xlsx"], "new.xlsx: cannot be written: No such file or directory"),
    (["status", "-o", "new.csv"], "new.csv: cannot be written: No such file or directory"),
    (["status", "--data", "new"], "new: "),
    (["status", "-a", "new.csv"], "new.csv: "),
], ids=str)  # fmt: skip
@pytest.mark.usefixtures("deleted_folder")
def test_in_a_folder_that_was_deleted(smartkpi: Run, arguments: list[str], message: str) -> None:
    run = smartkpi(*arguments)
    assert run.code == 3
    assert run.err.startswith(f"smartkpi: error: {message}")


@pytest.mark.slow
def test_in_a_folder_that_was_deleted_what_needs_no_folder_goes_on() -> None:
    code = "import os, sys, tempfile; folder = tempfile.mkdtemp(); os.chdir(folder); os.rmdir(folder)\n"
    if subprocess.run([sys.executable, "-c", f"{code}import numpy"], capture_output=True, check=False).returncode:
        pytest.skip("numpy itself cannot be loaded in such a folder, as with Python 3.13.0")
    code += "sys.argv[1:] = ['status', '-f', 'csv']; import smartkpi.cli; smartkpi.cli.main()"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, env=environment())
    assert run.stdout == start("status", "-f", "csv").stdout


INTERRUPTED = """\
import os, runpy, signal, sys
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Finder())
sys.argv[1:] = {arguments!r}
from smartkpi.cli import main
main()
"""


@pytest.mark.slow
@pytest.mark.parametrize(("module", "arguments"), [
    ("typer", ["status"]),
    ("smartkpi.cli.app", ["status"]),
    ("smartkpi.cli.commands.status", ["status"]),
    ("smartkpi.tables.status", ["status"]),
    ("numpy", ["status"]),
    ("rich.cells", ["--help"]),
    ("xlsxwriter", ["export", "--to", "xlsx", "-"]),
])  # fmt: skip
def test_an_interrupt_while_modules_load(module: str, arguments: list[str]) -> None:
    # Whoever starts the tests in the background of a shell has it ignored.
    code = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    code += INTERRUPTED.format(module=module, arguments=arguments)
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, env=environment())
    assert (run.returncode, run.stdout, run.stderr) == (130, b"", b"")


@pytest.mark.slow
def test_an_interrupt_that_was_to_be_ignored_is() -> None:
    code = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
    code += INTERRUPTED.format(module="numpy", arguments=["status", "-f", "csv"])
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, env=environment())
    assert (run.returncode, run.stdout) == (0, start("status", "-f", "csv").stdout)


# What the documentation of Python's os calls "Availability: Unix", as far as smartkpi or a library of its might use it.
_POSIX = (
    *("O_NONBLOCK", "O_CLOEXEC", "O_NOFOLLOW", "O_DIRECTORY", "O_NOCTTY", "O_SYNC", "O_TMPFILE", "set_blocking"),
    *(
        "get_blocking",
        "fchmod",
        "fchown",
        "chown",
        "lchown",
        "fchdir",
        "mkfifo",
        "mknod",
        "getuid",
        "geteuid",
        "getgid",
    ),
    *("getegid", "getgroups", "fork", "forkpty", "kill_pg", "setsid", "nice", "getpgid", "sched_getaffinity"),
    *(
        "posix_fadvise",
        "posix_fallocate",
        "sync",
        "statvfs",
        "fstatvfs",
        "openpty",
        "wait3",
        "wait4",
        "pread",
        "pwrite",
    ),
)
WITHOUT_POSIX = f"""\
import os, sys
for name in {_POSIX!r}:
    if hasattr(os, name):
        delattr(os, name)
for name in ("fcntl", "grp", "pwd", "pty", "resource", "termios", "tty"):
    sys.modules[name] = None
from smartkpi.cli import main
main()
"""


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [
    ["--version"],
    ["status", "--help"],
    ["status"],
    ["status", "-f", "csv", "-o", "OUT"],
    ["project", "-f", "json"],
    ["trend", "digital_economy_size"],
    ["explain", "digital_economy_size"],
    ["check", "-f", "github"],
    ["validate"],
    ["report", "-o", "OUT.html"],
    ["export"],
    ["export", "--to", "xlsx", "OUT"],
    ["export", "--to", "datapackage", "OUT"],
    ["template", "--year", "2030", "-o", "OUT"],
    ["init", "OUT", "--year", "2025"],
    ["schema", "plan"],
    ["status", "-a", "ACTUALS"],
], ids=" ".join)  # fmt: skip
def test_without_the_names_of_posix(arguments: list[str], tmp_path: Path) -> None:
    places = {"OUT": tmp_path / "out", "OUT.html": tmp_path / "out.html", "ACTUALS": ROOT / "data/actuals/2022.csv"}
    line = [str(places.get(each, each)) for each in arguments]

    def outputs() -> dict[str, bytes]:
        return {str(each): each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()}

    run = subprocess.run(
        [sys.executable, "-c", WITHOUT_POSIX, *line], capture_output=True, check=False, env=environment(), cwd=tmp_path
    )
    files = outputs()
    for each in tmp_path.iterdir():
        shutil.rmtree(each) if each.is_dir() else each.unlink()
    usual = start(*line, cwd=tmp_path)
    assert (run.returncode, run.stdout, run.stderr) == (usual.returncode, usual.stdout, usual.stderr)
    assert run.returncode == 0
    assert files == outputs()
    assert bool(files) is any(each.startswith("OUT") for each in arguments)


def test_a_line_for_people_is_no_command_of_github(smartkpi: Run, make_data: MakeData) -> None:
    data = make_data({"::warning::x": {"title": {"en": "::error::y"}, "base_year": 2020}}, [
        "::warning::x,2020,50,count",
        "::warning::x,2021,40,count",
    ])  # fmt: skip
    for arguments in (["check"], ["status"], ["explain", "::warning::x"], ["trend", "::warning::x"]):
        run = smartkpi(*arguments, "--data", data)
        lines = (run.out + run.err).splitlines()
        assert not [line for line in lines if line.lstrip().startswith("::")]
    assert smartkpi("check", "--data", data).out.startswith(r"\x3a:warning::x: ")
    assert smartkpi("check", "--data", data, "-f", "github").out.startswith("::error file=")
    assert "\n::warning::x," in smartkpi("status", "--data", data, "-f", "csv").out
