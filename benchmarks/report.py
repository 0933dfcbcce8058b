"""Time `smartkpi report`: against `status` on the shipped plan, and on a plan of 500 indicators with 20 years each.

    python benchmarks/report.py

Runs the command line as users do, the two commands in turns, and prints medians. Ends with 1 if the page takes more
than 1.4 times as long as `status`, or the large plan more than three seconds.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 15
LARGE_ROUNDS = 3
MOST_TIMES_STATUS = 1.4
MOST_SECONDS = 3.0
INDICATORS, FIRST_YEAR, YEARS = 500, 2003, 20
SEED = 2025
# Where bytecode is switched off, as in many containers, modules and template would be compiled again with every run.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

HEAD = """\
schema = "smartkpi/plan/1"
[plan]
id = "large"
title = { en = "Large plan" }
[sources.report]
title = "Report"
publisher = "Office"
"""


def timed(*arguments: object) -> float:
    """Run a command and return how many seconds it took."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "smartkpi", *map(str, arguments)]
    subprocess.run(command, check=True, capture_output=True, env=ENVIRONMENT)
    return time.perf_counter() - start


def write_large_plan(folder: Path) -> None:
    """Write a plan of many indicators in ten pillars, each a random walk with drift."""
    draw = random.Random(SEED)  # noqa: S311 - figures to draw, no secrets
    pillars = "".join(f'[pillars.p{number}]\ntitle = {{ en = "Pillar {number}" }}\n' for number in range(10))
    plan, rows = [HEAD, pillars], ["indicator,year,value,unit"]
    for number in range(INDICATORS):
        value = draw.uniform(20, 60)
        plan.append(
            f'[indicators.kpi_{number}]\ntitle = {{ en = "Indicator number {number}" }}\npillar = "p{number % 10}"\n'
            f'level = "headline"\nunit = "count"\ndirection = "increase"\ntarget = {value * 1.8:.1f}\n'
            'target_year = 2030\nsource = "report"\ndecimals = 1\n'
        )
        for year in range(FIRST_YEAR, FIRST_YEAR + YEARS):
            rows.append(f"kpi_{number},{year},{value:.2f},count")
            value += draw.gauss(1, 2)
    (folder / "actuals").mkdir()
    (folder / "targets.toml").write_text("".join(plan), encoding="utf-8")
    (folder / "actuals" / "all.csv").write_text("\n".join([*rows, ""]), encoding="utf-8")


def main() -> int:
    """Print both findings and return 1 if one of them is too slow."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        timed("report", "-o", folder / "report.html")
        pairs = [(timed("status"), timed("report", "-o", folder / "report.html")) for _ in range(ROUNDS)]
        status, report = (statistics.median(times) for times in zip(*pairs, strict=True))
        print(f"status {status:.3f} s, report {report:.3f} s, {report / status:.2f} times (most {MOST_TIMES_STATUS})")
        write_large_plan(folder)
        goal = folder / "large.html"
        large = statistics.median(timed("report", "--data", folder, "-o", goal) for _ in range(LARGE_ROUNDS))
        size = goal.stat().st_size / 1e6
        print(f"{INDICATORS} indicators x {YEARS} years: {large:.2f} s, {size:.1f} MB (most {MOST_SECONDS} s)")
    return int(report > MOST_TIMES_STATUS * status or large > MOST_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
