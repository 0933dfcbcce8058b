"""In which columns two rows of files differ, and how the rows of one of them are asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, NamedTuple

import numpy as np

from smartkpi.model.arrays import Categorical, Ints
from smartkpi.readers.layouts.record import Understanding
from smartkpi.text import pattern

Place = tuple[str, int]
"""File and line."""

_COMPARED_ALREADY = frozenset(
    {"indicator", "title", "year", "value", "target", "multiplier", "other_multiplier", "precision"}
)
"""Meanings of columns in which nobody chooses rows."""
_FIGURE = pattern(r"(?a)[-+]?[\d.,\s]+%?")
_WHOLE = frozenset({"total", "all", "both sexes", "_t", "tot", "合計", "總計", "總數", "全國", "全體", "全部", "不分"})
_MOST_COLUMNS = 3
_MOST_VALUES = 8
_LONGEST_VALUE = 40


@dataclass(eq=False)
class _Column:
    codes: Ints
    texts: Sequence[str]
    """By code."""
    every: Sequence[str]
    """Those that occur, as they come."""
    is_read: bool
    """It means something."""


class _Choice(NamedTuple):
    """What one of the values that are alternatives to each other is wanted for."""

    whole: str | None
    """The value that means the whole; None where none does."""
    values: str


class Differences:
    """Finds in which columns two rows differ.

    Parameters
    ----------
    tables_of
        From the name of a file to how its tables were understood, with their cells.
    """

    def __init__(self, tables_of: Callable[[str], Sequence[Understanding]]) -> None:
        self._tables_of = lru_cache(maxsize=None)(partial(_columns_of_tables, tables_of))
        self._choice = lru_cache(maxsize=None)(_choice)

    def between(self, first: Place, second: Place) -> Mapping[str, Any] | None:
        """Return what a message says of the columns in which two rows differ, None where none is known."""
        one, other = self._cells(first), self._cells(second)
        texts = {name: (one[name][0], other[name][0]) for name in one if name in other}
        found = [name for name, (here, there) in texts.items() if here != there]
        words = [name for name in found if not all(map(_FIGURE.fullmatch, texts[name]))]
        columns = {name: one[name][1] for name in found}
        ranked = sorted(words or found, key=lambda name: (columns[name].is_read, len(columns[name].every)))
        if not ranked:
            return None
        name = ranked[0]
        choice = self._choice(columns[name], other[name][1])
        wanted = texts[name][0] if choice.whole is None else choice.whole
        return {
            "columns": ", ".join(
                f"'{each}' ('{texts[each][0]}', '{texts[each][1]}')" for each in ranked[:_MOST_COLUMNS]
            ),
            "column": name,
            "condition": f"{name}={wanted}",
            "values": choice.values,
        }

    def _cells(self, place: Place) -> Mapping[str, tuple[str, _Column]]:
        """Return by name of a column the cell of a row, and the column."""
        file, line = place
        for lines, columns in self._tables_of(file):
            if (row := np.flatnonzero(lines == int(line))).size:
                return {name: (each.texts[each.codes[row[0]]], each) for name, each in columns.items()}
        return {}


def _columns_of_tables(
    tables_of: Callable[[str], Sequence[Understanding]], file: str
) -> list[tuple[Ints, dict[str, _Column]]]:
    """Return of each table of a file the lines of its rows, and the columns that are to be compared."""
    found = []
    for table in tables_of(file):
        if table.file == file and table.cells:
            read = {each.name for each in table.columns if each.meaning != "where"}
            others = {each.name for each in table.columns if each.meaning in _COMPARED_ALREADY}
            names = [name for name in table.cells.columns if name and name not in others]
            columns = {name: _column(table.cells.columns[name], name in read) for name in names}
            found.append((table.cells.line, columns))
    return found


def _column(cells: Categorical, is_read: bool) -> _Column:
    texts = [str(each).strip() for each in (*cells.values, "")]
    present, first = np.unique(cells.codes, return_index=True)
    return _Column(cells.codes, texts, [texts[code] for code in present[np.argsort(first)]], is_read)


def _choice(first: _Column, second: _Column) -> _Choice:
    """Return what a message says of all values of two columns of one name."""
    values = list(dict.fromkeys([*first.every, *second.every]))
    # The empty cell is the whole where other cells name its parts, and so is a total.
    whole = next((value for value in values if not value or value.casefold() in _WHOLE), None)
    shown = [f"'{value[:_LONGEST_VALUE]}'" for value in values[:_MOST_VALUES]]
    return _Choice(whole, ", ".join([*shown, *(["…"] if len(values) > _MOST_VALUES else [])]))
