"""Streams and exit codes, in processes of their own, as users and scripts meet them."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from conftest import MakeData, Run, environment, plan_text, start

SMARTKPI = f"{sys.executable} -m smartkpi"


def shell(command: str, **changes: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/bash", "-c", command],
        capture_output=True,
        check=False,
        env=environment(**changes),
        text=True,
        timeout=60,
    )


@cache
def plain_csv() -> bytes:
    return start("status", "--format", "csv", "--level", "all").stdout


def test_rows_go_to_stdout_and_remarks_to_stderr() -> None:
    run = start("status", "--format", "csv")
    assert run.returncode == 0
    assert run.stdout.startswith(b"indicator,title,")
    assert run.stdout.count(b"\n") == 7
    assert run.stderr == b"2022: 4 of 6 on track (4 on low evidence, 1 disputed by other rules), 2 undetermined\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    "changes",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "cp950"},
        {"PYTHONIOENCODING": "ascii", "LANG": "zh_TW.UTF-8"},
    ],
    ids=str,
)
def test_csv_bytes_do_not_depend_on_the_encoding(changes: dict[str, str]) -> None:
    changed = start("status", "--format", "csv", "--level", "all", env=changes)
    assert (changed.returncode, changed.stdout) == (0, plain_csv())
    assert b"Traceback" not in changed.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [("NO_COLOR", "1"), ("FORCE_COLOR", "1"), ("TERM", "dumb"), ("COLUMNS", "40"), ("LANG", "zh_TW.UTF-8"),
     ("SMARTKPI_LANG", "zh-TW")],
)  # fmt: skip
def test_csv_does_not_depend_on_the_environment(
    smartkpi: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert smartkpi("status", "--format", "csv", "--level", "all").out.encode() == plain_csv()


@pytest.mark.parametrize("encoding", ["cp950", "ascii", "utf-8"])
def test_table_in_any_encoding(encoding: str) -> None:
    run = start("status", "--lang", "zh-TW", env={"PYTHONIOENCODING": encoding})
    assert run.returncode == 0
    assert len(run.stdout.decode(encoding).splitlines()) >= 11
    assert b"Traceback" not in run.stderr


def test_piped_table_keeps_its_natural_width() -> None:
    wide = start("status", env={"COLUMNS": "40"}).stdout.decode()
    assert "Share of people with personal digital competitiveness" in wide
    assert "…" not in wide


@pytest.mark.parametrize("reader", ["head -1", "true"])
def test_closed_pipe(reader: str) -> None:
    run = shell(f"{SMARTKPI} status --format csv -q | {reader}; exit ${{PIPESTATUS[0]}}")
    assert run.returncode in (0, 141)  # 0 where all was written before the reader left
    assert run.stderr == ""


def test_a_pipe_closed_before_the_rows_come() -> None:
    run = shell(f"{{ sleep 0.1; {SMARTKPI} status --format csv; }} | true; exit ${{PIPESTATUS[0]}}")
    assert (run.returncode, run.stderr) == (141, "")


@pytest.mark.parametrize("options", ["status --format csv", "status"])
def test_full_device(options: str) -> None:
    run = shell(f"{SMARTKPI} {options} > /dev/full")
    assert run.returncode == 3
    assert run.stderr.startswith("smartkpi: error: standard output: cannot be written: No space left on device\n")


@pytest.mark.parametrize(("closed", "code"), [(">&-", 3), ("2>&-", 0)])
def test_closed_stdout_and_stderr(closed: str, code: int) -> None:
    assert shell(f"{SMARTKPI} status --format csv {closed}").returncode == code


@pytest.mark.parametrize("arguments", ["--help", "", "--version", "status", "report"])
def test_what_cannot_be_shown_is_an_error(arguments: str) -> None:
    run = shell(f"{SMARTKPI} {arguments} >&-")
    assert run.returncode == 3
    assert run.stderr.startswith("smartkpi: error: standard output: cannot be written: standard output is closed\n")


def test_who_writes_to_a_file_needs_no_stdout(tmp_path: Path) -> None:
    assert shell(f"{SMARTKPI} status -f csv -o {tmp_path}/out.csv >&-").returncode == 0
    assert (tmp_path / "out.csv").read_bytes() == start("status", "-f", "csv").stdout


def test_output_file_is_replaced_whole(smartkpi: Run, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_text("old")
    target.chmod(0o640)
    run = smartkpi("status", "-f", "csv", "-o", target)
    assert (run.code, run.out) == (0, "")
    assert target.read_text(encoding="utf-8") == smartkpi("status", "-f", "csv").out
    assert target.stat().st_mode & 0o777 == 0o640
    assert [each.name for each in tmp_path.iterdir()] == ["out.csv"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files away")
def test_a_replaced_file_keeps_its_owner_but_runs_as_nobody(smartkpi: Run, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.touch()
    os.chown(target, 1234, 4321)
    target.chmod(0o6755)
    assert smartkpi("status", "-f", "csv", "-o", target).code == 0
    status = target.stat()
    assert (status.st_uid, status.st_gid, oct(status.st_mode & 0o7777)) == (1234, 4321, "0o755")


def test_files_of_a_package_keep_their_permissions(smartkpi: Run, tmp_path: Path) -> None:
    command = ["export", "--to", "datapackage", tmp_path / "package", "--force"]
    assert smartkpi(*command).code == 0
    files = sorted(tmp_path.rglob("*.csv"))
    files[0].chmod(0o2640)
    files[1].unlink()
    assert smartkpi(*command).code == 0
    assert files[0].stat().st_mode & 0o7777 == 0o640
    assert sorted(tmp_path.rglob("*.csv")) == files


@pytest.mark.parametrize("end", ["/", "/.", "/..", "/../out.csv/", "/../new.csv", "/new.csv"])
def test_a_file_is_not_a_folder(smartkpi: Run, tmp_path: Path, end: str) -> None:
    """The system would not open these names, so that nothing may be written in their place."""
    (tmp_path / "out.csv").write_text("old")
    for name in ("out.csv", "missing"):
        run = smartkpi("status", "-f", "csv", "-o", f"{tmp_path}/{name}{end}")
        assert run.code == 3
        assert ": cannot be written: " in run.err
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("out.csv", "old")]


def test_output_through_a_link_keeps_the_link(smartkpi: Run, tmp_path: Path) -> None:
    target, link = tmp_path / "out.csv", tmp_path / "link.csv"
    link.symlink_to(target)
    assert smartkpi("status", "-f", "csv", "-o", link).code == 0
    assert link.is_symlink()
    assert target.read_bytes().startswith(b"indicator,")


def test_unwritable_output_is_an_error(smartkpi: Run, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for output in (tmp_path / "folder", tmp_path / "none" / "out.csv", tmp_path / "pipe", Path("/dev/full")):
        run = smartkpi("status", "-f", "csv", "-o", output)
        assert run.code == 3, output
        assert run.err.startswith(f"smartkpi: error: {output}: cannot be written: ")
    assert smartkpi("status", "-f", "csv", "-o", "/dev/null").code == 0


def test_colour_only_where_it_is_wanted(smartkpi: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    escape = "\x1b["
    assert escape not in smartkpi("status").out
    assert escape in smartkpi("status", "--color", "always").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert escape in smartkpi("status").out
    assert escape not in smartkpi("status", "--color", "never").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert escape not in smartkpi("status").out


def test_status_is_never_told_by_colour_alone(smartkpi: Run) -> None:
    table = smartkpi("status", "--ascii").out
    assert table.isascii()
    assert all(mark in table for mark in ("+ on track", "? one year: undetermined", "* achieved"))


def test_values_are_never_markup(smartkpi: Run, make_data: MakeData) -> None:
    title = {"en": "[bold]x[/bold] [draft] :smile: \x1b[31mred\x07 \u202eabc"}
    data = make_data({"x": {"title": title}}, ["x,2020,50,count"])
    for form in ("table", "csv", "markdown", "tsv", "json"):
        out = smartkpi("status", "--data", data, "-f", form).out
        assert "\x1b" not in out
        assert "\u202e" not in out
    assert "[bold]x[/bold] [draft] :smile: \\x1b[31mred\\x07" in smartkpi("status", "--data", data).out


def test_csv_for_excel(smartkpi: Run, make_data: MakeData) -> None:
    indicators = {name: {"title": {"en": name}} for name in ("=1+1", "@x", "-2")}
    data = make_data(indicators, ["-2,2020,-50,count", "-2,2021,-60,count"])
    out = smartkpi("status", "--data", data, "-f", "csv", "--add-bom").out
    assert out.startswith("\ufeffindicator,")
    assert [line.split(",")[0] for line in out.splitlines()[1:]] == ["'=1+1", "'@x", "'-2"]
    assert ",-60," in out  # numbers stay numbers


def test_interrupt_is_130() -> None:
    code = "import os, signal, smartkpi.readers.dataset as a\n"
    code += "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # it is ignored in the background of a shell
    code += "a.load = lambda *_, **__: os.kill(os.getpid(), signal.SIGINT) or 1/0\n"
    run = subprocess.run(
        [sys.executable, "-c", code + "import sys, smartkpi.cli; sys.argv[1:] = ['status']; smartkpi.cli.main()"],
        capture_output=True,
        check=False,
        env=environment(),
    )
    assert (run.returncode, run.stderr) == (130, b"")


@pytest.mark.parametrize("debug", [False, True])
def test_an_internal_error_is_1_and_shows_its_traceback_only_on_demand(debug: bool) -> None:
    code = "import smartkpi.readers.dataset as a; a.load = None\nimport sys, smartkpi.cli\nsys.argv[1:] = ['status']"
    code += " + ['--debug']" if debug else ""
    run = subprocess.run(
        [sys.executable, "-c", f"{code}\nsmartkpi.cli.main()"], capture_output=True, check=False, env=environment()
    )
    assert run.returncode == 1
    assert (b"Traceback" in run.stderr) is debug
    assert debug or run.stderr.startswith(b"smartkpi: error: unexpected internal error: TypeError")


def test_debug_shows_where_a_fault_was_found_and_keeps_the_exit_code() -> None:
    run = start("status", "--year", "soon", "--debug")
    assert run.returncode == 2
    assert run.stderr.startswith(b"Traceback")
    assert b"smartkpi: error: --year 'soon' is not understood" in run.stderr


def test_debug_has_nothing_to_say_of_a_closed_pipe() -> None:
    run = shell(f"{SMARTKPI} status -f csv --debug | true; echo ${{PIPESTATUS[0]}}")
    assert (run.stdout, run.stderr) == ("141\n", "")


@pytest.mark.parametrize("arguments", ["--help", "status -h", "", "--version"])
def test_help_in_a_closed_pipe_and_on_a_full_disk(arguments: str) -> None:
    closed = shell(f"{SMARTKPI} {arguments} | true; echo ${{PIPESTATUS[0]}}")
    assert (closed.stdout, closed.stderr) == ("141\n", "")
    full = shell(f"{SMARTKPI} {arguments} > /dev/full")
    assert full.returncode == 3
    assert full.stderr.startswith("smartkpi: error: standard output: cannot be written: No space left on device\n")


def test_without_arguments_the_help_says_it_all() -> None:
    run = start()
    assert (run.returncode, run.stderr) == (2, b"")
    assert b"Usage: smartkpi" in run.stdout


def test_an_option_without_its_value_has_a_cure_too() -> None:
    run = start("status", "-k")
    assert run.returncode == 2
    assert run.stderr == b"smartkpi: error: -k needs a value\n  see smartkpi --help\n"


# What may be loaded: start-up is held down by what is imported, which a test can see, not by a clock.
HEAVY = ("pandas", "numpy", "pint", "pyarrow", "jinja2", "rich", "dask")


def loaded_by(code: str, *names: str) -> set[str]:
    code += f"\nimport sys; print('\\n', *[name for name in {names or HEAVY} if name in sys.modules], sep=' ')"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment(), text=True)
    return set(run.stdout.splitlines()[-1].split())


def command(*arguments: str) -> str:
    call = f"import sys, smartkpi.cli\nsys.argv[1:] = {list(arguments)}\n"
    return call + "try: smartkpi.cli.main()\nexcept SystemExit: pass"


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert loaded_by("import smartkpi") == set()


@pytest.mark.parametrize(
    "arguments", [["--version"], ["--help"], ["status", "--help"], ["status", "--no-such-option"], ["nonsense"]]
)
def test_help_version_and_usage_errors_load_no_engine(arguments: list[str]) -> None:
    assert loaded_by(command(*arguments)) <= {"rich"}


@pytest.mark.parametrize("line", ["", "status --", "status -k ", "status --fields ", "explain ", "check --fail-on "])
def test_completion_loads_no_engine_and_no_command_but_the_one_named(line: str) -> None:
    code = f"import os\nos.environ['_SMARTKPI_COMPLETE'] = 'zsh'\n{command(f'smartkpi {line}')}"
    ours = {"smartkpi.cli.commands.project", "smartkpi.readers.actuals", "smartkpi.quantities.units"}
    assert loaded_by(code, *HEAVY, *(ours if line else ())) == set()


@pytest.mark.parametrize("arguments", [["status"], ["status", "-f", "json", "--rule", "all"], ["project", "-f", "csv"]])
def test_small_files_are_read_without_pandas_and_the_commonest_units_without_pint(arguments: list[str]) -> None:
    assert not loaded_by(command(*arguments)) & {"pandas", "pyarrow", "jinja2", "dask", "pint"}


def test_parquet_is_read_and_written_without_pandas(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    observations, result = tmp_path / "actuals.parquet", tmp_path / "result.parquet"
    frame = pd.DataFrame({"indicator": ["jobs"], "year": [2024], "value": [5.0], "unit": ["人"]})
    frame.to_parquet(observations)
    (tmp_path / "targets.toml").write_text(plan_text({"jobs": {"unit": "人"}}), encoding="utf-8")
    call = command("status", "--targets", f"{tmp_path}/targets.toml", "-a", str(observations), "-o", str(result))
    assert loaded_by(call) & {"pandas", "pyarrow"} == {"pyarrow"}
    assert pd.read_parquet(result)["actual"].tolist() == [5.0]


def test_a_report_loads_nothing_for_the_network(tmp_path: Path) -> None:
    code = command("report", "-o", str(tmp_path / "report.html"))
    assert loaded_by(code, "urllib.request", "http.client", "ssl") == set()


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="this system has no /dev/stdout")
def test_standard_output_by_its_name() -> None:
    """The real path of a pipe is not that of a file."""
    run = start("status", "-o", "/dev/stdout", "-f", "csv")
    assert run.returncode == 0
    assert run.stdout == start("status", "-f", "csv").stdout
