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


def write_wide(path: Path, number: int) -> None:
    """Write a CSV with a title, years as columns, marks and a note."""
    rows = rows_of(number)
    years, cells = [year for _, year, *_ in rows], [f"{value} p" for _, _, value, _ in rows]
    with path.open("w", newline="", encoding="utf-8") as stream:
        lines = (["Table 1"], ["Indicator", "Unit", *years], [rows[0][0], "%", *cells], ["Source: a survey"])
        csv.writer(stream, delimiter=";").writerows(lines)


def write_control(path: Path, number: int) -> None:
    """Write an .xlsx with a title, years merged over 目標 and 實績, percent cells and a note."""
    import xlsxwriter

    book = xlsxwriter.Workbook(path)
    sheet, percent = book.add_worksheet(), book.add_format({"num_format": "0.0%"})
    sheet.write(0, 0, "管考表")
    sheet.write_row(2, 0, ["指標", "單位"])
    for place, (name, year, value, unit) in enumerate(rows_of(number)):
        column = 2 + 2 * place
        sheet.merge_range(2, column, 2, column + 1, f"{year - 1911}年" if year > 2010 else f"民國{year - 1911}年")
        sheet.write_row(3, column, ["目標", "實績"])
        sheet.write_row(4, 0, [name, unit])
        sheet.write_row(4, column, [0.5, value / 100], percent)
    sheet.write(6, 0, "註：實績為預估值")
    book.close()


KINDS: dict[str, tuple[str, Callable[[Path, int], None], int]] = {
    "rows": (".csv", write_csv, 30),
    "years as columns": (".csv", write_wide, 30),
    "sheet of rows": (".xlsx", write_xlsx, 60),
    "control table": (".xlsx", write_control, 60),
    "old workbook": (".xls", write_xls, 60),
}
"""Suffix of the files, how to write one, and the most seconds that a thousand may take."""


def main() -> None:
    """Print a line for each kind."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    print(f"{'':24}{'files':>8}{'seconds':>9}{'most':>7}")
    for name, (suffix, write, most) in KINDS.items():
        with tempfile.TemporaryDirectory() as folder:
            inside = Path(folder, "actuals")
            inside.mkdir()
            indicators = "".join(INDICATOR.format(number=each) for each in range(number))
            Path(folder, "targets.toml").write_text(PLAN.format(indicators=indicators), encoding="utf-8")
            for each in range(number):
                write(inside / f"{each:05}{suffix}", each)
            begun = time.perf_counter()
            command = [sys.executable, "-m", "smartkpi", "status", "--data", folder, "-f", "csv"]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            print(f"{name:18}{suffix:6}{number:8}{time.perf_counter() - begun:9.1f}{most * number / 1000:7.1f}")


if __name__ == "__main__":
    main()
