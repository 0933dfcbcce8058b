"""How long a thousand small files of one kind take: an indicator in each, with twenty years.

python benchmarks/many_files.py [FILES]
"""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

HEADER = ("indicator", "year", "value", "unit")
PLAN = """\
schema = "smartkpi/plan/1"

[plan]
id = "many"
title = {{ en = "Many" }}

[sources.s]
title = "S"
publisher = "P"

[pillars.p]
title = {{ en = "P" }}
{indicators}"""
INDICATOR = """
[indicators.i{number}]
title = {{ en = "I{number}" }}
pillar = "p"
level = "headline"
unit = "%"
target = 90
target_year = 2030
direction = "increase"
source = "s"
locator = "p. 1"
"""


def rows_of(number: int) -> list[tuple[str, int, float, str]]:
    """Return the observations of an indicator."""
    return [(f"i{number}", 2000 + year, 20 + year + number % 7 / 10, "%") for year in range(20)]


def write_csv(path: Path, number: int) -> None:
    """Write a CSV file."""
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([HEADER, *rows_of(number)])


def write_xlsx(path: Path, number: int) -> None:
    """Write an .xlsx."""
    import xlsxwriter

    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    for place, row in enumerate((HEADER, *rows_of(number))):
        sheet.write_row(place, 0, row)
    book.close()


def write_xls(path: Path, number: int) -> None:
    """Write an .xls."""
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    for place, row in enumerate((HEADER, *rows_of(number))):
        for column, cell in enumerate(row):
            sheet.write(place, column, cell)
    book.save(str(path))


KINDS: dict[str, tuple[Callable[[Path, int], None], int]] = {
    ".csv": (write_csv, 30),
    ".xlsx": (write_xlsx, 60),
    ".xls": (write_xls, 60),
}
"""How to write a file, and the most seconds that a thousand may take."""


def main() -> None:
    """Print a line for each kind."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    print(f"{'':8}{'files':>8}{'seconds':>9}{'most':>7}")
    for suffix, (write, most) in KINDS.items():
        with tempfile.TemporaryDirectory() as folder:
            inside = Path(folder, "actuals")
            inside.mkdir()
            indicators = "".join(INDICATOR.format(number=each) for each in range(number))
            Path(folder, "targets.toml").write_text(PLAN.format(indicators=indicators), encoding="utf-8")
            for each in range(number):
                write(inside / f"{each:05}{suffix}", each)
            begun = time.perf_counter()
            command = [sys.executable, "-m", "smartkpi", "status", "--data", folder, "-f", "csv"]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            print(f"{suffix:8}{number:8}{time.perf_counter() - begun:9.1f}{most * number / 1000:7.1f}")


if __name__ == "__main__":
    main()
