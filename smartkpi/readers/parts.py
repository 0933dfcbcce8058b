"""Observations too many for memory -> parts that fit, each with all rows of its series, through a temporary file.

The parts come in the order of series of a panel: by indicator, then by the values of the dimensions in the order in
which they first occur. Where a part ends is known from a sample of the rows once all have been read.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import count, pairwise
from pathlib import Path

import numpy as np

from smartkpi.analysis import grouping
from smartkpi.errors import DataError, Fault
from smartkpi.model import Plan
from smartkpi.model.arrays import Categorical, Flags, Ints
from smartkpi.model.observations import Observations, Texts
from smartkpi.readers.row_file import RowFile, Rows

_BYTES_OF_A_ROW = 1000
"""Of the memory limit, for each row of a part: ten parts would fit, so that the rest of the program does."""
_MOST_ROWS = 1_000_000
"""Of a part, however much memory there is: longer columns are slower, each in memory that is new to the program."""
_BYTES_OF_A_TEXT = 200
"""Of the memory limit, for each value of a dimension: all of them are kept."""
_LARGEST = 4
"""Times the rows of a part that one may have because they are of one series."""
_MOST_PARTS = 1000
_SAMPLE = 4000
"""Rows of each table that tell where parts end."""
_MOST_KEYS = 1 << 62
_NUMBERS: Mapping[str, type[np.generic]] = {
    "indicator": np.int32,
    "year": np.int16,
    "value": np.float64,
    "obs_status": np.int8,
    "bound": np.int8,
    "precision": np.float64,
    "file": np.int32,
    "line": np.int64,
}
"""Columns that all observations have, beside those of the dimensions."""


class Parts:
    """Observations in a file, which are added one after the other and come back in parts.

    Parameters
    ----------
    plan
        Of the observations.
    folder
        For the file; whoever made it deletes it.
    memory_limit
        In bytes.
    texts
        Names of the texts that are kept.
    """

    def __init__(self, plan: Plan, folder: Path, memory_limit: int, texts: Sequence[str] = ()) -> None:
        self._rows_in_limit = max(memory_limit // _BYTES_OF_A_ROW, 1)
        self.rows_at_a_time = min(self._rows_in_limit, _MOST_ROWS)
        self.latest_year: int | None = None
        """With an observation that counts."""
        self.present: Flags = np.zeros(len(plan.indicators), dtype=np.bool_)
        """Which indicators have an observation that counts."""
        self._plan, self._memory_limit, self._texts = plan, memory_limit, texts
        self._axes = [f"dimension {axis}" for axis in range(len(plan.dimensions))]
        self._kinds = {**_NUMBERS, **dict.fromkeys(self._axes, np.int32)}
        self._values, self._files = [_Values() for _ in self._axes], _Values()
        self._sample: list[tuple[Ints, ...]] = []
        self._file = RowFile(folder / "rows", self._kinds)
        self._rows: list[list[Rows]] = []
        """Of each part, in the order in which they were added."""
        self._ends: Ints = np.zeros(0, dtype=np.int64)
        """Keys at which a part ends and the next one begins."""

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, observations: Observations) -> None:
        """Add observations, of whole years.

        Raises
        ------
        DataError
            If the dimensions have more values than fit into memory.
        """
        counts = observations.counts
        if counts.any():
            self.present |= np.bincount(observations.indicator[counts], minlength=len(self.present)) > 0
            self.latest_year = max(self.latest_year or 0, int(observations.year[counts].max()))
        codes = [values.codes(axis) for values, axis in zip(self._values, observations.dimensions, strict=True)]
        if sum(map(len, self._values)) * _BYTES_OF_A_TEXT > self._memory_limit:
            raise DataError(Fault("too_many_values", number=sum(map(len, self._values))))
        sampled = slice(None, None, max(len(observations) // _SAMPLE, 1))
        self._sample.append((observations.indicator[sampled], *(each[sampled] for each in codes)))
        none = Categorical(np.zeros(len(observations), dtype=np.int8), ("",))
        self._file.append(
            {
                "indicator": observations.indicator,
                **dict(zip(self._axes, codes, strict=True)),
                "year": observations.year,
                "value": observations.value,
                "obs_status": observations.obs_status,
                "bound": observations.bound,
                "precision": observations.precision,
                "file": self._files.codes(observations.file),
                "line": observations.line,
                **{name: observations.texts.get(name) or none for name in self._texts},
            }
        )

    def split(self) -> Iterator[int]:
        """Find the rows of each part, once all have been added, and tell how many tables are done.

        Raises
        ------
        DataError
            If a series has more rows than fit into memory.
        """
        tables = self._file.tables()
        keys = np.sort(np.concatenate([np.zeros(0, np.int64), *map(self._keys, self._sample)]))
        rows = sum(each.number for each in tables)
        number = min(max(math.ceil(rows / self.rows_at_a_time), 1), _MOST_PARTS)
        self._ends = np.unique(keys[[len(keys) * part // number for part in range(1, number)]])
        self._rows = [[] for _ in range(len(self._ends) + 1)]
        for done, table in enumerate(tables):
            self._divide(table)
            yield done + 1
        largest = max(sum(each.number for each in part) for part in self._rows)
        if largest > _LARGEST * max(self._rows_in_limit, math.ceil(rows / number)):
            raise DataError(Fault("series_too_long", number=largest))

    def part(self, number: int) -> Observations:
        """Return a part, its rows in the order in which they were added."""
        rows = self._rows[number]
        columns = self._file.numbers(self._kinds, rows)
        return Observations(
            plan=self._plan,
            indicator=columns["indicator"],
            dimensions=tuple(
                Categorical(columns[name], values.texts).compact()
                for name, values in zip(self._axes, self._values, strict=True)
            ),
            year=columns["year"],
            part=np.zeros(len(columns["year"]), dtype=np.int8),
            value=columns["value"],
            obs_status=columns["obs_status"],
            bound=columns["bound"],
            precision=columns["precision"],
            assumed=np.zeros(len(columns["year"]), dtype=np.bool_),
            texts=Texts({name: partial(self._file.texts, name, rows) for name in self._texts}),
            file=Categorical(columns["file"], self._files.texts),
            line=columns["line"],
        )

    def indicators_in(self, part: int) -> Ints:
        """Return the positions of the indicators whose series, if they have none, would be first seen in a part."""
        places = np.arange(len(self.present))
        zeros = np.zeros(len(places), dtype=np.int64)
        keys = self._keys((places, *(zeros for _ in self._values)))
        return np.flatnonzero(np.searchsorted(self._ends, keys, "right") == part)

    def _keys(self, codes: Sequence[Ints]) -> Ints:
        """Return a number for each row that is in the order of series, and the same for all rows of a series."""
        keys, size = codes[0].astype(np.int64), len(self.present)
        for each, values in zip(codes[1:], self._values, strict=True):
            size *= len(values) + 1
            if size > _MOST_KEYS:
                break  # rows of several series have one key then, and are in one part
            keys = keys * (len(values) + 1) + each
        return keys

    def _divide(self, table: Rows) -> None:
        """Note of which parts the rows of a table are; where those of a part are not together, write them so."""
        indicator, *axes = self._file.numbers(["indicator", *self._axes], [table]).values()
        first, stop = grouping.heads(indicator, [Categorical(axis, ()) for axis in axes])
        part = np.searchsorted(self._ends, self._keys([indicator[first], *(axis[first] for axis in axes)]), "right")
        if not (part[1:] < part[:-1]).any():
            for number, begin, end in _runs(part):
                self._rows[number].append(Rows(table.table, int(first[begin]), int(stop[end - 1])))
            return
        part = np.repeat(part.astype(np.int16), stop - first)
        order = np.argsort(part, kind="stable")
        numbers = self._file.numbers(self._kinds, [table])
        texts = {name: self._file.texts(name, [table]) for name in self._texts}
        for number, begin, end in _runs(part[order]):
            rows = order[begin:end]
            own = {name: column[rows] for name, column in numbers.items()}
            self._rows[number].append(
                self._file.append({**own, **{name: each.take(rows).compact() for name, each in texts.items()}})
            )


class _Values:
    """The values of a column so far, in the order in which they first occur."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._places: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self.texts)

    def codes(self, column: Categorical) -> Ints:
        """Return a column as positions in the values, those that are new added to them."""
        column = column.compact()  # without values of rows that were left out
        own = column.values
        begin = self._places.get(own[0], 0) if own else 0
        if self.texts[begin : begin + len(own)] == list(own):
            return np.add(column.codes, begin, dtype=np.int32)
        new = [value for value in own if value not in self._places]
        self._places.update(zip(new, count(len(self)), strict=False))
        self.texts += new
        return np.array(list(map(self._places.__getitem__, own)), dtype=np.int32)[column.codes]


def _runs(part: Ints) -> Iterator[tuple[int, int, int]]:
    """Return each part of parts in order, with the first place that has it and the one behind the last."""
    ends = [0, *(np.flatnonzero(part[1:] != part[:-1]) + 1).tolist(), len(part)]
    return ((int(part[begin]), begin, end) for begin, end in pairwise(ends) if end > begin)
