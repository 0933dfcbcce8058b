"""A panel larger than memory: how `smartkpi status` grows from Parquet to Parquet, in time and memory.

    python benchmarks/large.py FOLDER [--series 100000 1000000 10000000] [--shuffled] [--memory-limit SIZE]

FOLDER keeps the panels, which are made once (1.1 GB for ten million series) and can be deleted afterwards. The table
has the seconds and the most memory of a run in processes of its own, and how many times the time of the line before it
takes.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import made_up
import numpy as np
import pyarrow as pa
from pyarrow import parquet

MOST = 11.0
"""Times the time for ten times the rows."""
_AT_A_TIME = 50_000
"""Series that are made at a time."""


def main() -> None:
    """Print a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--series", type=int, nargs="+", default=[100_000, 1_000_000, 10_000_000])
    parser.add_argument("--shuffled", action="store_true")
    parser.add_argument("--memory-limit")
    given = parser.parse_args()
    given.folder.mkdir(exist_ok=True)
    made_up.write_plan(given.folder)
    limit = ("--memory-limit", given.memory_limit) if given.memory_limit else ()
    print("| rows | seconds | GB at most | times the line before | at most |")
    print("| ---: | ---: | ---: | ---: | ---: |")
    before = 0.0
    for series in given.series:
        path = panel(given.folder, series, shuffled=given.shuffled)
        taken, memory = measure(given.folder, path, *limit)
        ratio = f"{taken / before:.1f} | {MOST:g}" if before else "|"
        print(f"| {series * len(made_up.YEARS):,} | {taken:.1f} | {memory:.2f} | {ratio} |", flush=True)
        before = taken


def measure(folder: Path, path: Path, *more: str) -> tuple[float, float]:
    """Return seconds and the most memory of all processes, in GB, of a run from Parquet to Parquet."""
    words = ["-m", "smartkpi", "status", "-q", "--targets", folder / "targets.toml", "-a", path, *more]
    begun = time.perf_counter()
    with subprocess.Popen([sys.executable, *map(str, words), "-o", str(folder / "result.parquet")]) as process:
        most = [0.0]
        watcher = threading.Thread(target=_watch, args=(process.pid, most))
        watcher.start()
        code = process.wait()
        taken = time.perf_counter() - begun
        watcher.join()
    if code:
        sys.exit(code)
    return taken, most[0]


def _watch(pid: int, most: list[float]) -> None:
    """Note the most memory that a process and its children share, until it ends."""
    # Not resource.getrusage: its maximum includes what this process had when it started the other.
    process = Path("/proc") / str(pid)
    while True:
        try:
            children = (process / "task" / str(pid) / "children").read_text(encoding="ascii").split()
            peak = _kilobytes(process / "status", "VmHWM:")
            together = sum(
                _kilobytes(each / "smaps_rollup", "Pss:") for each in (process, *map(Path("/proc").joinpath, children))
            )
        except OSError:
            if not process.exists():
                return
            continue  # a child has ended
        if not peak:
            return
        most[0] = max(most[0], max(peak, together) * 1024 / 1e9)
        time.sleep(0.05)


def _kilobytes(file: Path, name: str) -> int:
    lines = map(str.split, file.read_text(encoding="ascii").splitlines())
    return next((int(words[1]) for words in lines if words[0] == name), 0)


def panel(folder: Path, series: int, *, shuffled: bool) -> Path:
    """Return a panel of so many series, made if it is not there; shuffled within each million rows."""
    path = folder / f"{series}{'-shuffled' if shuffled else ''}.parquet"
    if not path.exists():
        random = np.random.default_rng(made_up.SEED)
        writer: Any = None
        for table in _tables(series, random):
            if writer is None:
                writer = parquet.ParquetWriter(path, table.schema)
            writer.write_table(table.take(random.permutation(len(table))) if shuffled else table)
        writer.close()
    return path


def _tables(series: int, random: np.random.Generator) -> Iterator[Any]:
    """Return the rows in parts: sorted by indicator, area and year."""
    every = list(made_up.plan().indicators.values())
    years = np.array(made_up.YEARS)
    areas = -(-series // len(every))
    for indicator in every:
        for first in range(0, areas, _AT_A_TIME):
            number = min(_AT_A_TIME, areas - first)
            size = number * len(years)
            names = pa.array([f"TW-{place:07}" for place in range(first, first + number)])
            yield pa.table(
                {
                    "indicator": pa.array([indicator.id]).take(pa.array(np.zeros(size, np.int8))),
                    "area": names.take(pa.array(np.repeat(np.arange(number), len(years)))),
                    "year": np.tile(years, number),
                    "value": made_up.values(random, number).ravel(),
                    "unit": pa.array([indicator.unit]).take(pa.array(np.zeros(size, np.int8))),
                }
            )


if __name__ == "__main__":
    main()
