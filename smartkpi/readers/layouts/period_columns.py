"""Quarters and months in a column of their own beside that of years: put together, so that no part is a whole year."""

from __future__ import annotations

import re
from collections.abc import Sequence

from smartkpi.readers.csv import Row, Sheet
from smartkpi.readers.layouts import conditions
from smartkpi.readers.layouts.headers import read_heading
from smartkpi.readers.layouts.names import folded
from smartkpi.readers.layouts.record import Context
from smartkpi.text import HALF_WIDTH

_NAMES = {
    name: letter
    for letter, names in {
        "Q": "quarter quarters qtr 季 季別 季度 quartal trimestre kwartaal 四半期",
        "M": "month months 月 月份 月別 monat mois mes mês maand",
        "H": "half halfyear half-year 半年 半年別 halbjahr semestre",
    }.items()
    for name in names.split()
}
"""Names of columns that divide years, folded, and the letter of their parts."""
_WHOLE = frozenset({"", "total", "annual", "year", "all", "全年", "合計", "年"})


def divides_years(name: str, context: Context) -> bool:
    """Whether a column divides years: by its name, unless it is a dimension or somebody chose by it."""
    chosen = {folded(column) for column in conditions.by_column(context.options.where)}
    key = folded(name)
    return key in _NAMES and key not in chosen and not read_heading(name, context).meaning


def with_whole_periods(sheet: Sheet, context: Context) -> Sheet:
    """Return the sheet with years and their parts in one column, where they are in two."""
    names = [cell.strip() for cell in sheet.header.cells]
    years = [place for place, name in enumerate(names) if name and _is_year(name, context)]
    parts = [place for place, name in enumerate(names) if divides_years(name, context)]
    if len(years) != 1 or len(parts) != 1 or sheet.under:
        return sheet
    year, part = years[0], parts[0]
    kept = [place for place in range(len(names)) if place != part]
    context.table.renamed[names[year]] = f"{names[year]} + {names[part]}"
    letter = _NAMES[folded(names[part])]
    rows = [_joined(row, year, part, letter, kept) if len(row.cells) == len(names) else row for row in sheet.rows]
    return sheet._replace(
        header=sheet.header.with_cells([sheet.header.cells[place] for place in kept], kept), rows=rows
    )


def _is_year(name: str, context: Context) -> bool:
    return read_heading(name, context).meaning == "year"


def _joined(row: Row, year: int, part: int, letter: str, kept: Sequence[int]) -> Row:
    cells = list(row.cells)
    words = cells[part].strip().translate(HALF_WIDTH)
    if folded(words) not in _WHOLE:
        found = re.fullmatch(r"(?ai)(?:第? ?)(?:[qmhs] ?)?0?(\d{1,2})(?:\.0)? ?(?:季|月份?|[qmh])?", words)
        cells[year] = f"{cells[year].strip()}{letter}{int(found[1])}" if found else f"{cells[year].strip()} {words}"
    return row.with_cells([cells[place] for place in kept], kept)
