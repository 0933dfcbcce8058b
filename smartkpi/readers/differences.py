"""In which columns two rows of files differ, and how the rows of one of them are asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

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


class _Cell(NamedTuple):
    text: str
    texts: Sequence[str]
    """Of its column."""
    is_read: bool
    """Its column means something."""


class Differences:
    """Finds in which columns two rows differ.

    Parameters
    ----------
    tables_of
        From the name of a file to how its tables were understood, with their cells.
    """

    def __init__(self, tables_of: Callable[[str], Sequence[Understanding]]) -> None:
        self._tables_of = lru_cache(maxsize=None)(tables_of)

    def between(self, first: Place, second: Place) -> Mapping[str, Any] | None:
        """Return what a message says of the columns in which two rows differ, None where none is known."""
        one, other = self._columns(first), self._columns(second)
        found = [name for name in one if name in other and one[name].text != other[name].text]
        words = [name for name in found if not all(map(_FIGURE.fullmatch, (one[name].text, other[name].text)))]
        ranked = sorted(words or found, key=lambda name: (one[name].is_read, len(one[name].texts)))
        if not ranked:
            return None
        name = ranked[0]
        values = list(dict.fromkeys([*one[name].texts, *other[name].texts]))
        # The empty cell is the whole where other cells name its parts, and so is a total.
        whole = [value for value in values if not value or value.casefold() in _WHOLE]
        wanted = [*whole, one[name].text][0]
        shown = [f"'{value[:_LONGEST_VALUE]}'" for value in values[:_MOST_VALUES]]
        return {
            "columns": ", ".join(
                f"'{each}' ('{one[each].text}', '{other[each].text}')" for each in ranked[:_MOST_COLUMNS]
            ),
            "column": name,
            "condition": f"{name}={wanted}",
            "values": ", ".join([*shown, *(["…"] if len(values) > _MOST_VALUES else [])]),
        }

    def _columns(self, place: Place) -> Mapping[str, _Cell]:
        """Return by column the cell of a row, and all texts of the column."""
        file, line = place
        for table in self._tables_of(file):
            cells = table.cells
            if table.file == file and cells and (row := np.flatnonzero(cells.line == int(line))).size:
                read = {each.name for each in table.columns if each.meaning != "where"}
                others = {each.name for each in table.columns if each.meaning in _COMPARED_ALREADY}
                names = [name for name in cells.columns if name and name not in others]
                return {name: _Cell(*cells.at(name, row[0]), name in read) for name in names}
        return {}
