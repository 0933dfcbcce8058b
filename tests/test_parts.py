"""Parquet that does not fit into the memory limit gives, part by part, what it gives at once: rows, errors, remarks."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from conftest import Result, Run, children, environment, plan_text, with_copies
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("pyarrow")

INDICATORS: Mapping[str, Mapping[str, Any]] = {
    "jobs": {"unit": "人", "target": 100, "bounds": [0, 1000]},
    "share": {"unit": "%", "target": 90, "bounds": [0, 100], "base": 20, "base_year": 2018},
    "nothing": {"unit": "%"},
    "built": {"unit": "人", "target": 500, "total_since": 2020},
    "area_of_nobody": {"unit": "%", "level": "sector"},
}
LIMIT = ("--memory-limit", "60kB")
"""Sixty rows at a time."""


def panel(rows: int = 400) -> pd.DataFrame:
    """Return observations in an order of chance, of two dimensions, with statuses, bounds and a column of no use."""
    random = np.random.default_rng(18)
    keys = pd.MultiIndex.from_product(
        [["share", "jobs", "built"], [f"area {each}" for each in range(12)], ["f", "m"], range(2018, 2024)]
    )
    frame = keys.to_frame(index=False, name=["indicator", "area", "sex", "year"])
    frame["value"] = random.uniform(1, 99, len(frame)).round(3)
    frame["unit"] = frame["indicator"].map({"share": "%", "jobs": "人", "built": "人"})
    frame["obs_status"] = random.choice(["", "", "A", "B", "P", "F"], len(frame))
    frame["bound"] = random.choice(["", "", "", "upper"], len(frame))
    frame["note"] = random.choice(["", "n"], len(frame))
    frame["colour"] = "red"
    return frame.sample(n=rows, random_state=18, ignore_index=True)


Both = Callable[..., Result]


@pytest.fixture
def both(smartkpi: Run, tmp_path: Path) -> Both:
    """Return a function that runs a command on a frame at once and in parts, and compares what is said and written."""

    def run(frame: pd.DataFrame, *command: str, suffix: str = ".csv", limit: tuple[str, str] = LIMIT) -> Result:
        (tmp_path / "targets.toml").write_text(plan_text(INDICATORS, dimensions=["area", "sex"]), encoding="utf-8")
        frame.to_parquet(tmp_path / "all.parquet", row_group_size=50)
        files = "--targets", tmp_path / "targets.toml", "-a", tmp_path / "all.parquet"
        runs: list[Result] = []
        contents: list[Any] = []
        for more in ((), limit):
            path = tmp_path / f"out{suffix}"
            runs.append(smartkpi(*command, *files, "-o", path, *more))
            contents.append(path.read_bytes() if path.exists() and suffix == ".csv" else None)
            if path.exists() and suffix == ".parquet":
                contents[-1] = pd.read_parquet(path)
            path.unlink(missing_ok=True)
        assert sorted(each.name for each in tmp_path.iterdir()) == ["all.parquet", "targets.toml"]
        assert runs[0] == runs[1]
        if suffix == ".parquet" and contents[0] is not None:
            pd.testing.assert_frame_equal(*contents)
        else:
            assert contents[0] == contents[1]
        return runs[1]

    return run


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
@pytest.mark.parametrize(
    "command",
    [
        ("status",),
        ("status", "--level", "all", "--rule", "all"),
        ("status", "--year", "2019..2022"),
        ("status", "--where", "area=area 3", "--where", "area=area 9", "--where", "area=Area 10"),
        ("status", "--where", "note=n", "--fields", "indicator,sex,area,pace,rule"),
        ("project", "--interval", "70"),
        ("project", "--as-of", "2022", "--year", "2040"),
    ],
    ids=" ".join,
)
def test_the_same_at_once_and_in_parts(both: Both, command: tuple[str, ...], suffix: str) -> None:
    run = both(panel(), *command, suffix=suffix)
    assert run.code == 0, run.err


def test_the_order_of_series_is_that_of_one_part(smartkpi: Run, both: Both, tmp_path: Path) -> None:
    frame = panel()
    both(frame, "status")
    out = tmp_path / "x.csv"
    smartkpi("status", "--targets", tmp_path / "targets.toml", "-a", tmp_path / "all.parquet", "-o", out, *LIMIT)
    areas = pd.read_csv(out).query("indicator == 'jobs'")["area"].unique().tolist()
    assert areas == frame["area"].unique().tolist()


def test_rows_that_are_left_out_do_not_count_for_the_order(both: Both) -> None:
    frame = panel().sort_values(["indicator", "area"], ascending=False, ignore_index=True)
    frame.loc[:49, "area"] = "area 0"
    assert both(frame, "status", "--where", f"indicator={frame['indicator'].iloc[-1]}").code == 0


def test_remarks_on_all_parts_are_those_on_the_whole(both: Both) -> None:
    frame = panel()
    twice = frame.iloc[::40]
    shares = frame["indicator"] == "share"
    frame.loc[shares & (frame["year"] == 2020), "value"] = 0.5
    frame.loc[shares & (frame["year"] == 2021), "value"] = 50
    run = both(pd.concat([frame, frame.loc[twice.index]]), "status")
    assert run.code == 0
    assert "10 rows are there twice and count once: " in run.err
    assert "colour" in run.err
    assert "are there" in run.err


@pytest.mark.parametrize("number", [1, 30, 399])
def test_errors_are_told_with_file_and_line(both: Both, number: int) -> None:
    frame = panel()
    frame.loc[: number - 1, "value"] = np.inf
    frame.loc[5, "indicator"] = "jbos"
    again = frame.iloc[350:355].assign(value=1.5)
    run = both(pd.concat([frame, again]), "status")
    assert run.code == 3
    assert "all.parquet:7: unknown indicator 'jbos'" in run.err
    assert "has a second value for" in run.err or number == 399


def test_more_errors_than_are_told(both: Both) -> None:
    frame = panel(400)
    frame = pd.concat([frame.assign(area=frame["area"] + str(each)) for each in range(4)])
    run = both(frame.assign(unit="kg"), "status")
    assert (run.code, run.err.count("all.parquet:")) == (3, 1000)


def test_a_final_value_that_is_missing_takes_the_latest_year_away(both: Both) -> None:
    """What counts is only known when second values are settled; then all parts are computed again."""
    frame = panel().query("year < 2023").assign(published="2024-01-01")
    late = frame.iloc[:1].assign(year=2025, obs_status="P", indicator="nothing", unit="%")
    final = late.assign(value=np.nan, obs_status="A", published="2024-02-01")
    run = both(pd.concat([frame, late, final]), "status")
    assert run.code == 0, run.err
    assert "2022: " in run.err


def key(row: tuple[object, ...]) -> tuple[object, ...]:
    """Return series and year of a row."""
    return row[:4]


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["jobs", "share", "built"]),
        st.sampled_from(["a", "b", "c"]),
        st.sampled_from(["f", "m"]),
        st.integers(2015, 2026),
        st.one_of(st.none(), st.sampled_from([0.0, -1.0, 5e-324, 1e308, 1.5]), st.floats(0, 100)),
        st.sampled_from(["A", "A", "B", "F", "P", "c"]),
    ),
    min_size=60,
    max_size=120,
    unique_by=key,
)


@pytest.mark.slow
@given(rows=ROWS, again=st.lists(st.integers(0, 59), max_size=4), size=st.integers(8, 16))
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_rows(both: Both, rows: list[tuple[object, ...]], again: list[int], size: int) -> None:
    frame = pd.DataFrame(rows, columns=["indicator", "area", "sex", "year", "value", "obs_status"])
    frame["unit"] = frame["indicator"].map({"share": "%", "jobs": "人", "built": "人"})
    frame = pd.concat([frame, frame.iloc[again].assign(obs_status="A")]).astype({"value": "float64"})
    both(frame, "status", limit=("--memory-limit", f"{size}kB"))


def test_what_needs_all_rows_is_refused(smartkpi: Run, both: Both, tmp_path: Path) -> None:
    both(panel(), "status")
    files = "--targets", tmp_path / "targets.toml", "-a", tmp_path / "all.parquet", *LIMIT
    for command in (
        ("check",),
        ("validate",),
        ("status",),
        ("status", "-o", tmp_path / "out.json"),
        ("status", "-o", tmp_path / "out.csv", "--sort", "pace"),
        ("status", "-o", tmp_path / "out.csv", "--summarise"),
    ):
        run = smartkpi(*command, *files)
        assert run.code == 3
        assert "all.parquet: the observations take about " in run.err
        assert "more than the limit of 60,000" in run.err
        assert "--memory-limit" in run.err
    assert not list(tmp_path.glob("out*"))


@pytest.mark.parametrize(("column", "cell"), [("year", "2019-20"), ("value", "5 人")])
def test_texts_that_need_all_rows_are_refused(
    both: Both, smartkpi: Run, tmp_path: Path, column: str, cell: str
) -> None:
    frame = panel()
    both(frame, "status")
    frame.astype({column: str}).assign(**{column: cell}).to_parquet(tmp_path / "all.parquet")
    out = tmp_path / "x.csv"
    run = smartkpi("status", "--targets", tmp_path / "targets.toml", "-a", tmp_path / "all.parquet", "-o", out, *LIMIT)
    assert (run.code, f"all.parquet: column '{column}' holds texts" in run.err) == (3, True)
    assert not out.exists()


def test_years_as_text_are_read_in_parts(both: Both) -> None:
    assert both(panel().astype({"year": str}), "status").code == 0


@pytest.mark.parametrize("text", ["", "4", "0", "4 XB", "-1GB", "1e3", "4.GB"])
def test_what_is_no_size(smartkpi: Run, text: str) -> None:
    run = smartkpi("status", "--memory-limit", text)
    if text == "4":
        assert run.code == 0
    else:
        assert (run.code, "--memory-limit" in run.err) == (2, True)


def test_a_series_that_does_not_fit(both: Both, smartkpi: Run, tmp_path: Path) -> None:
    """Thirty million rows of one series fit into half a megabyte of Parquet."""
    both(panel(), "status")
    row = {"indicator": "jobs", "area": "a", "sex": "f", "year": 2020, "value": 1.0, "unit": "人"}
    pd.DataFrame([row] * 5000).to_parquet(tmp_path / "all.parquet")
    out = tmp_path / "x.csv"
    run = smartkpi("status", "--targets", tmp_path / "targets.toml", "-a", tmp_path / "all.parquet", "-o", out, *LIMIT)
    assert (run.code, "a series has about 5000 rows" in run.err) == (3, True)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["all.parquet", "targets.toml"]


def large(tmp_path: Path) -> list[str]:
    """Write a panel of some size, and return the command that takes it in many parts."""
    (tmp_path / "targets.toml").write_text(plan_text(INDICATORS, dimensions=["area", "sex"]), encoding="utf-8")
    frame = panel()
    frame = pd.concat([frame.assign(area=frame["area"] + f" of {each}") for each in range(400)])
    frame.to_parquet(tmp_path / "all.parquet", index=False)
    (tmp_path / "out.parquet").write_bytes(b"old")
    arguments = "status", "--targets", "targets.toml", "-a", "all.parquet", "-o", "out.parquet", "--memory-limit", "1MB"
    return [sys.executable, "-m", "smartkpi", *arguments]


def left(tmp_path: Path) -> list[str]:
    return sorted(each.name for each in tmp_path.iterdir())


@pytest.mark.slow
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
@pytest.mark.parametrize(
    "is_reading", [pytest.param(True, id="reading"), pytest.param(False, id="computing", marks=with_copies)]
)
def test_interrupted_nothing_is_left(tmp_path: Path, name: str, is_reading: bool) -> None:
    number = getattr(signal, name)
    arguments = large(tmp_path)[3:]  # after python -m smartkpi
    code = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell's background ignores it
        "signal.signal(signal.SIGHUP, signal.SIG_DFL)\n"
    )
    code += "from smartkpi.cli import main; main()"
    command = [sys.executable, "-c", code, *arguments]
    with subprocess.Popen(command, cwd=tmp_path, env=environment(), stderr=subprocess.PIPE) as process:
        while not (list(tmp_path.glob(".smartkpi-*/*")) if is_reading else children(process.pid)):
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(number)
        _, said = process.communicate(timeout=60)  # which waits for the copies, too
    assert (process.returncode, said) == (128 + number, b"")
    assert left(tmp_path) == ["all.parquet", "out.parquet", "targets.toml"]
    assert (tmp_path / "out.parquet").read_bytes() == b"old"


@with_copies
@pytest.mark.slow
def test_a_copy_that_is_killed_is_not_missed(tmp_path: Path) -> None:
    command = large(tmp_path)
    subprocess.run(command, cwd=tmp_path, env=environment(), check=True)
    expected = pd.read_parquet(tmp_path / "out.parquet")
    (tmp_path / "out.parquet").write_bytes(b"old")
    with subprocess.Popen(command, cwd=tmp_path, env=environment()) as process:
        while not (copies := children(process.pid)):
            assert process.poll() is None
            time.sleep(0.01)
        os.kill(int(copies[0]), signal.SIGKILL)
    assert process.returncode == 0
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "out.parquet"), expected)
    assert left(tmp_path) == ["all.parquet", "out.parquet", "targets.toml"]


@pytest.mark.slow
@pytest.mark.parametrize("most", [100_000, 1_000_000, 2_000_000])
def test_a_full_disk_leaves_nothing(tmp_path: Path, most: int) -> None:
    command = large(tmp_path)
    run = subprocess.run(
        command,
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )
    assert run.returncode == 3
    assert f"out.parquet: cannot be written: {os.strerror(27)}" in run.stderr
    assert left(tmp_path) == ["all.parquet", "out.parquet", "targets.toml"]
    assert (tmp_path / "out.parquet").read_bytes() == b"old"
