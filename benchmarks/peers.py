"""What `smartkpi` costs next to DuckDB and Polars, in memory and from file to file (extra `bench`).

    python benchmarks/peers.py [--series 300000] [--runs 5]

Runs alternate, ours and theirs, and the table has medians. The peers compute the same figures, written by hand
(by_sql.py); they check nothing and give no reasons. In memory all take the same frame of pandas and return one; from
file to file all are processes of their own. The last column compares the time of all processors, which a busy machine
changes less.
"""

from __future__ import annotations

import argparse
import gc
import importlib.metadata
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import by_sql
import made_up

import smartkpi

HERE = Path(__file__).parent
MOST = {"sorted": 1.5, "shuffled": 2.0, "csv csv": 2.0, "csv parquet": 2.0, "parquet csv": 2.5, "parquet parquet": 2.5}
"""Times of the better peer that are allowed."""
_UNSET = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")


def seconds(run: Callable[[], object]) -> tuple[float, float]:
    """Return how long a run takes, and how long the processors work for it."""
    gc.collect()
    start, begun = time.perf_counter(), os.times()
    run()
    ended = os.times()
    return time.perf_counter() - start, sum(ended[:4]) - sum(begun[:4])


def compare(name: str, runs: Sequence[Callable[[], object]], times: int, most: float) -> None:
    """Print the medians of ours, DuckDB's and Polars's, and the ratio of ours to the better of the two."""
    for run in runs:
        run()
    measured = [[seconds(run) for run in runs] for _ in range(times)]
    every = [[median(pair[kind] for pair in column) for column in zip(*measured, strict=True)] for kind in (0, 1)]
    (ours, duckdb, polars), work = every
    ratios = [own / min(others) for own, *others in every]
    print(
        f"| {name} | {ours:.2f} | {duckdb:.2f} | {polars:.2f} | {ratios[0]:.2f} | {most} "
        f"| {' / '.join(f'{each:.2f}' for each in work)} | {ratios[1]:.2f} |",
        flush=True,
    )


def measure_frames(series: int, times: int) -> None:
    """Compare frames of pandas with text keys."""
    import polars as pl

    plan, targets = made_up.plan(), made_up.targets(made_up.plan())
    frame = made_up.observations(series)
    for name, given in (("sorted", frame), ("shuffled", made_up.shuffled(frame))):
        runs = (
            lambda given=given: smartkpi.assess(given, plan),
            lambda given=given: by_sql.with_duckdb(given, targets),
            lambda given=given: by_sql.with_polars(pl.from_pandas(given), pl.from_pandas(targets)).to_pandas(),
        )
        compare(f"frame in memory, {name}", runs, times, MOST[name])  # type: ignore[arg-type]


def measure_files(series: int, times: int, folder: Path) -> None:
    """Compare whole commands from file to file."""
    made_up.write(folder, series)
    targets = folder / "targets.csv"
    made_up.targets(made_up.plan()).to_csv(targets, index=False)
    environment = {name: value for name, value in os.environ.items() if name not in _UNSET}

    def command(*arguments: object) -> Callable[[], object]:
        words = [sys.executable, *map(str, arguments)]
        return lambda: subprocess.run(words, check=True, capture_output=True, env=environment)

    for source in ("csv", "parquet"):
        for result in ("csv", "parquet"):
            data, out = folder / f"panel.{source}", folder / f"result.{result}"
            plan = folder / "targets.toml"
            ours = ("-m", "smartkpi", "status", "--quiet", "--targets", plan, "-a", data, "-o", out)
            runs = (
                command(*ours, *(("-f", "csv") if result == "csv" else ())),
                command(HERE / "by_sql.py", "duckdb", targets, data, out),
                command(HERE / "by_sql.py", "polars", targets, data, out),
            )
            compare(f"{source} to {result}", runs, times, MOST[f"{source} {result}"])


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--series", type=int, default=300_000)
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    versions = {name: importlib.metadata.version(name) for name in ("duckdb", "polars", "pandas", "pyarrow", "numpy")}
    listed = ", ".join(f"{name} {version}" for name, version in versions.items())
    print(f"smartkpi {smartkpi.__version__}, Python {platform.python_version()}, {listed}, {os.cpu_count()} cores\n")
    print(f"{given.series:,} series x {len(made_up.YEARS)} years, seconds, medians of {given.runs} alternating runs\n")
    print("| work | smartkpi | DuckDB | Polars | ratio to the better | at most | processor time | ratio |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    measure_frames(given.series, given.runs)
    with tempfile.TemporaryDirectory() as folder:
        measure_files(given.series, given.runs, Path(folder))


if __name__ == "__main__":
    main()
