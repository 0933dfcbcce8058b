"""Count how often the 80 % intervals of `smartkpi project` hold the outcome, on simulated random walks.

    python benchmarks/coverage.py

Prints the table of docs/methods.md and ends with 1 if an interval is narrower or wider than is promised there. The
same walks are used for every drift, so that neighbouring columns differ by the drift alone.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smartkpi.analysis import forecast

RUNS = 20_000
SEED = 2025
DRIFTS = (0.0, 0.5, 1.0, 2.0)
"""Mean annual change, in standard deviations of it."""
HORIZONS = (1, 3, 5)
LONGEST = 8
INTERVAL = 80.0

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """One way of projecting, the series that it is for, and the coverage in percent that is promised."""

    title: str
    sizes: range
    drift_from: int
    share: float
    least: float
    most: float
    up_to_drift: float


CASES = (
    Case("full drift, t(n-2)", range(3, 9), 3, 1.0, 79.0, 81.0, 2.0),
    Case("last value, t(n-1)", range(3, 5), 5, 0.5, 79.0, 81.0, 0.0),
    Case("half drift, t(n-2)", range(5, 9), 5, 0.5, 80.0, 100.0, 0.5),
)


def walks(slope: float) -> Floats:
    """Draw random walks of standard normal steps, one per row, with `slope` added to each step."""
    steps = np.random.default_rng(SEED).standard_normal((RUNS, LONGEST - 1 + max(HORIZONS)))
    return np.cumsum(np.column_stack([np.zeros(RUNS), steps + slope]), axis=1)


def coverage(case: Case, size: int, slope: float) -> list[float]:
    """Give the share of walks, in percent, whose later value lies in the interval, for each horizon."""
    paths = walks(slope)
    start = size * np.arange(RUNS)
    year = np.tile(np.arange(size), RUNS)
    fitted = forecast.fit(year, paths[:, :size].ravel(), start, start + size, case.drift_from)
    shares = []
    for horizon in HORIZONS:
        ahead = forecast.forecast(fitted, horizon, INTERVAL, case.share)
        outcome = paths[:, size - 1 + horizon]
        shares.append(100 * float(np.mean((ahead.low <= outcome) & (outcome <= ahead.high))))
    return shares


def faults(case: Case, size: int, found: dict[float, list[float]]) -> list[str]:
    """Name what lies outside the promised range."""
    promised = {slope: shares for slope, shares in found.items() if slope <= case.up_to_drift}
    return [
        f"{case.title}, n = {size}, drift/noise {slope:g}: {cell(shares)}, outside {case.least:g}-{case.most:g}"
        for slope, shares in promised.items()
        if min(shares) < case.least or max(shares) > case.most
    ]


def cell(shares: list[float]) -> str:
    """Write the coverage at each horizon with one decimal."""
    return " / ".join(f"{share:.1f}" for share in shares)


def main() -> int:
    """Print the table, then what breaks the promise."""
    print("| interval | n |", " | ".join(f"drift/noise {slope:g}: h = 1 / 3 / 5" for slope in DRIFTS), "|")
    print("|---|---|" + "---|" * len(DRIFTS))
    broken = []
    for case in CASES:
        for size in case.sizes:
            found = {slope: coverage(case, size, slope) for slope in DRIFTS}
            print(f"| {case.title} | {size} |", " | ".join(map(cell, found.values())), "|")
            broken += faults(case, size, found)
    for fault in broken:
        print(fault, file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
