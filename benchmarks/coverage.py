"""Count how often the 80 % intervals of `smartkpi project` hold the outcome, on simulated random walks.

    python benchmarks/coverage.py [--runs 200000]

Prints the table of docs/methods.md. The same walks are used for every drift, so that neighbouring columns differ by the
drift alone.
"""

from __future__ import annotations

import argparse

import numpy as np
from numpy.typing import NDArray

from smartkpi.analysis import forecast

RUNS = 200_000
SEED = 2025
DRIFTS = (0.0, 0.5, 1.0, 2.0)
"""Mean annual change, in standard deviations of it."""
HORIZONS = (1, 3, 5)
SIZES = (3, 4, 5, 6, 8)
INTERVAL = 80.0

Floats = NDArray[np.float64]


def coverage(walks: Floats, size: int) -> list[float]:
    """Return the share of walks, in percent, whose later value lies in the interval, for each horizon."""
    runs = len(walks)
    start = size * np.arange(runs)
    fitted = forecast.fit(np.tile(np.arange(size), runs), walks[:, :size].ravel(), start, start + size)
    shares = []
    for horizon in HORIZONS:
        ahead = forecast.forecast(fitted, horizon, INTERVAL)
        outcome = walks[:, size - 1 + horizon]
        shares.append(100 * float(np.mean((ahead.low <= outcome) & (outcome <= ahead.high))))
    return shares


def main() -> None:
    """Print the table, row by row."""
    parser = argparse.ArgumentParser(description="Coverage of the intervals of smartkpi project.")
    parser.add_argument("--runs", type=int, default=RUNS)
    runs = parser.parse_args().runs
    steps = np.random.default_rng(SEED).standard_normal((runs, max(SIZES) - 1 + max(HORIZONS)))
    print("| n |", " | ".join(f"drift/noise {drift:g}: h = 1 / 3 / 5" for drift in DRIFTS), "|")
    print("| --- |" + " --- |" * len(DRIFTS))
    for size in SIZES:
        cells = []
        for drift in DRIFTS:
            walks = np.cumsum(np.column_stack([np.zeros(runs), steps + drift]), axis=1)
            cells.append(" / ".join(f"{share:.0f}" for share in coverage(walks, size)))
        print(f"| {size} |", " | ".join(cells), "|")


if __name__ == "__main__":
    main()
