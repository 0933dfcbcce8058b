"""How long the command line takes to start, next to what it must not be slower than.

    python benchmarks/startup.py

Medians of alternating runs, so that a machine that is busy for a while slows both of a pair.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from statistics import median

RUNS = 15
# Where bytecode is switched off, as in many containers, all modules would be compiled again with every run.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
TAB = """\
import os, sys
from smartkpi.cli import main
os.environ["_SMARTKPI_COMPLETE"] = "zsh"
sys.argv[1:] = ["smartkpi explain digital_"]
main()
"""
PAIRS = {
    "status / import pandas": (["-m", "smartkpi", "status"], ["-c", "import pandas"], 0.6),
    "TAB on an id / import typer": (["-c", TAB], ["-c", "import typer"], 1.3),
    "--version / import typer": (["-m", "smartkpi", "--version"], ["-c", "import typer"], 1.5),
}


def seconds(arguments: list[str]) -> float:
    """Return how long this interpreter takes with these arguments."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True, env=ENVIRONMENT)
    return time.perf_counter() - start


def main() -> None:
    """Print a line for each pair."""
    print(f"{'':28}{'ours':>8}{'theirs':>8}{'ratio':>7}{'most':>7}")
    for name, (ours, theirs, most) in PAIRS.items():
        seconds(ours)
        runs = [(seconds(ours), seconds(theirs)) for _ in range(RUNS)]
        one, other = (median(each) for each in zip(*runs, strict=True))
        print(f"{name:28}{one:7.3f}s{other:7.3f}s{one / other:7.2f}{most:7.2f}")


if __name__ == "__main__":
    main()
