"""Rows that a column calls targets or forecasts: they are no actuals, though they stand below the same header."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from smartkpi.errors import Fault
from smartkpi.readers.csv import Sheet
from smartkpi.readers.layouts import conditions
from smartkpi.readers.layouts.columns import is_tracker
from smartkpi.readers.layouts.headers import characters_of, meaning_of, read_heading, words_for
from smartkpi.readers.layouts.names import folded
from smartkpi.readers.layouts.record import Context
from smartkpi.text import pattern

_FORECASTS = frozenset(
    {"forecast", "forecasts", "projection", "projections", "projected", "預測", "預測值", "prognose"}
)
_OF_PROJECTS = frozenset({"plan", "planned", "goal", *_FORECASTS})
_LONGEST = 40
"""Characters of a word."""
_FIGURES = str.maketrans("", "", "0123456789.,+-% ")
_LETTER = pattern(r"[^\W\d_]")


def without_targets(sheet: Sheet, context: Context) -> Sheet:
    """Return the sheet without the rows that a column that is not read otherwise calls targets or forecasts.

    In ``Type: Actual, Target`` the target of a year to come would else be an actual.
    """
    for place, name in enumerate(sheet.header.cells):
        if not may_say_kinds(name.strip(), context):
            continue
        words = no_actuals(name, {row.cells[place] for row in sheet.rows if place < len(row.cells)}, context)
        if words:
            others = [row for row in sheet.rows if place < len(row.cells) and row.cells[place] in words]
            lines = {row.line for row in others}
            details = {"number": len(others), "name": name.strip(), "found": others[0].cells[place].strip()}
            context.remarks.append(Fault("rows_of_targets", sheet.file, others[0].line, **details))
            context.table.leave_out("targets", len(others), others[0].line)
            sheet = sheet._replace(rows=[row for row in sheet.rows if row.line not in lines])
    return sheet


def may_say_kinds(name: str, context: Context) -> bool:
    """Whether a column may say what the values of its rows are: nothing else is known of it, and nobody chose by it."""
    chosen = {folded(column) for column in conditions.by_column(context.options.where)}
    if not name or folded(name) in chosen:
        return False
    heading = read_heading(name, context)
    return heading.meaning in ("", "note") or is_tracker(heading)


def no_actuals(name: str, cells: Iterable[str], context: Context) -> set[str]:
    """Return which of the cells of a column are words for targets or forecasts."""
    # Where statuses of a project may be, something planned is no target.
    is_status = read_heading(name.strip(), context).meaning == "obs_status"
    others = _OF_PROJECTS if is_status else frozenset[str]()
    return {cell for cell in cells if _is_no_actual(cell.strip(), others)}


def _is_no_actual(text: str, others: frozenset[str]) -> bool:
    return (
        0 < len(text) <= _LONGEST
        and _LETTER.search(text) is not None
        and _may_be_a_word(text.translate(_FIGURES))
        and folded(text) not in others
        and (meaning_of(text) == "target" or folded(text) in _FORECASTS)
    )


@lru_cache(maxsize=1 << 14)
def _may_be_a_word(letters: str) -> bool:
    """Whether the letters of a cell have all those of a word for targets or forecasts: of many cells they are alike."""
    characters = characters_of(letters)
    return any(word <= characters for word in _characters_of_words())


@lru_cache(maxsize=1)
def _characters_of_words() -> list[frozenset[str]]:
    return [frozenset(word) for word in (*words_for("target"), *_FORECASTS)]
