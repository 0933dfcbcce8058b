"""What assessing a large panel costs, next to the script that a user would write instead (by_hand.py).

    python benchmarks/panel.py [--series 1000000] [--full]

One table of ratios: times are medians of alternating runs in one process, memory is the most that a process of its
own ever took. `--full` also takes ten times the series, for which the machine needs 16 GB.
"""

from __future__ import annotations

import argparse
import gc
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import by_hand
import made_up
import pandas as pd

import smartkpi

RUNS = 3
KEYS = ["indicator", "area", "unit"]


def seconds(run: Callable[[], object]) -> float:
    """Return how long a run takes."""
    gc.collect()
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def compare(name: str, ours: Callable[[], object], theirs: Callable[[], object], most: float) -> None:
    """Print a line with both times and their ratio."""
    runs = [(seconds(ours), seconds(theirs)) for _ in range(RUNS)]
    line(name, median(one for one, _ in runs), median(other for _, other in runs), most)


def line(name: str, ours: float, theirs: float, most: float, unit: str = "s") -> None:
    """Print a line of the table."""
    print(f"{name:34}{ours:9.2f}{unit:2}{theirs:9.2f}{unit:2}{ours / theirs:7.2f}{most:7.2f}", flush=True)


def measure_frames(series: int) -> None:
    """Compare frames: sorted, in any order, with categorical keys."""
    plan, targets = made_up.plan(), made_up.targets(made_up.plan())
    frame = made_up.observations(series)
    shuffled = made_up.shuffled(frame)
    compare("sorted", lambda: smartkpi.assess(frame, plan), lambda: by_hand.assess_by_hand(frame, targets), 1.5)
    compare("shuffled", lambda: smartkpi.assess(shuffled, plan), lambda: by_hand.assess_by_hand(shuffled, targets), 1.5)
    categories = frame.astype(dict.fromkeys(KEYS, "category"))
    compare(
        "categorical keys / string keys",
        lambda: smartkpi.assess(categories, plan),
        lambda: by_hand.assess_by_hand(frame, targets),
        1.0,
    )
    objects = frame.astype(dict.fromkeys(KEYS, object))
    compare(
        "object keys", lambda: smartkpi.assess(objects, plan), lambda: by_hand.assess_by_hand(objects, targets), 1.5
    )


def measure_files(series: int, folder: Path) -> None:
    """Compare CSV and Parquet, reading included."""
    plan, targets = made_up.plan(), made_up.targets(made_up.plan())
    csv, parquet = folder / "panel.csv", folder / "panel.parquet"
    frame = made_up.observations(series)
    frame.to_csv(csv, index=False)
    frame.to_parquet(parquet, index=False)
    del frame
    for path, read in ((csv, pd.read_csv), (parquet, pd.read_parquet)):
        compare(
            f"from {path.suffix[1:]}",
            lambda path=path: smartkpi.assess(smartkpi.read_actuals(path, plan), plan),  # type: ignore[misc]
            lambda path=path, read=read: by_hand.assess_by_hand(read(path), targets),  # type: ignore[misc]
            1.5,
        )


def measure_growth(series: int) -> None:
    """Compare the time of so many series with that of a tenth."""
    plan = made_up.plan()
    few, many = made_up.observations(series // 10), made_up.observations(series)
    smartkpi.assess(few, plan)
    name = f"{series:,} / {series // 10:,} series"
    compare(name, lambda: smartkpi.assess(many, plan), lambda: smartkpi.assess(few, plan), 11.0)


def measure_memory(path: Path) -> None:
    """Compare the most that a process takes with the frame that it is given."""
    command = [sys.executable, __file__, "--peak-of", str(path)]
    peak, frame = map(float, subprocess.run(command, check=True, capture_output=True, text=True).stdout.split())
    line("peak memory / frame", peak, frame, 3.0, "GB")


def peak_of(path: Path) -> None:
    """Assess the frame in a file; print the most memory that this took, and the frame's, in GB."""
    frame = pd.read_parquet(path)
    size = frame.memory_usage(deep=True).sum()
    smartkpi.assess(frame, made_up.plan())
    # Not resource.getrusage: its maximum includes what the parent had when it started this process.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = next(int(row.split()[1]) for row in status.splitlines() if row.startswith("VmHWM"))
    print(peak * 1024 / 1e9, size / 1e9)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--series", type=int, default=1_000_000)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--peak-of", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.peak_of:
        peak_of(given.peak_of)
        return
    print(f"{'':34}{'ours':>9}  {'theirs':>9}  {'ratio':>7}{'most':>7}")
    measure_frames(given.series)
    with tempfile.TemporaryDirectory() as folder:
        measure_files(given.series, Path(folder))
        measure_memory(Path(folder) / "panel.parquet")
    for series in (given.series, *([10 * given.series] if given.full else [])):
        measure_growth(series)


if __name__ == "__main__":
    main()
