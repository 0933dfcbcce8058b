"""Observations too many for memory -> parts that fit, each with all rows of its series, through temporary files.

The parts come in the order of series of a panel: by indicator, then by the values of the dimensions in the order in
which they first occur. Where a part ends is known from a sample of the rows once all have been read.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import compute, ipc

from smartkpi.errors import DataError, Fault
from smartkpi.model import Plan
from smartkpi.model.arrays import Categorical, Flags, Ints
from smartkpi.model.observations import Observations, Texts
from smartkpi.readers.arrow import dictionary

_BYTES_OF_A_ROW = 1000
"""Of the memory limit, for each row of a part: ten parts would fit, so that the rest of the program does."""
_BYTES_OF_A_TEXT = 200
"""Of the memory limit, for each value of a dimension: all of them are kept."""
_LARGEST = 4
"""Times the rows of a part that one may have because they are of one series."""
_MOST_PARTS = 1000
_SAMPLE = 4000
"""Rows of each table that tell where parts end."""
_MOST_KEYS = 1 << 62
_ROWS = "rows.arrow"
_PARTS = "parts.arrow"
_COMPRESSED = ipc.IpcWriteOptions(compression="lz4")


class Parts:
    """Observations in files, which are added one after the other and come back in parts.

    Parameters
    ----------
    plan
        Of the observations.
    folder
        For the files; whoever made it deletes it.
    memory_limit
        In bytes.
    texts
        Names of the texts that are kept.
    """

    def __init__(self, plan: Plan, folder: Path, memory_limit: int, texts: Sequence[str] = ()) -> None:
        self.rows_at_a_time = max(memory_limit // _BYTES_OF_A_ROW, 1)
        self.latest_year: int | None = None
        """With an observation that counts."""
        self.present: Flags = np.zeros(len(plan.indicators), dtype=np.bool_)
        """Which indicators have an observation that counts."""
        self._plan, self._folder, self._memory_limit, self._texts = plan, folder, memory_limit, texts
        self._files: dict[str, int] = {}
        self._values: list[dict[str, int]] = [{} for _ in plan.dimensions]
        self._sample: list[tuple[Ints, ...]] = []
        self._schema = pa.schema(
            {
                "indicator": pa.int32(),
                **{f"dimension {axis}": pa.int32() for axis in range(len(plan.dimensions))},
                "year": pa.int16(),
                "value": pa.float64(),
                "obs_status": pa.int8(),
                "bound": pa.int8(),
                "precision": pa.float64(),
                "file": pa.int16(),
                "line": pa.int64(),
                **dict.fromkeys(texts, pa.string()),
            }
        )
        self._sink = ipc.new_file(str(folder / _ROWS), self._schema, options=_COMPRESSED)
        self._tables: list[list[int]] = []
        """Of each part: the numbers of its tables in the file."""
        self._ends: Ints = np.zeros(0, dtype=np.int64)
        """Keys at which a part ends and the next one begins."""

    def __len__(self) -> int:
        return len(self._tables)

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
        codes = [_joined(axis, known) for axis, known in zip(observations.dimensions, self._values, strict=True)]
        if sum(map(len, self._values)) * _BYTES_OF_A_TEXT > self._memory_limit:
            raise DataError(Fault("too_many_values", number=sum(map(len, self._values))))
        sampled = slice(None, None, max(len(observations) // _SAMPLE, 1))
        self._sample.append((observations.indicator[sampled], *(each[sampled] for each in codes)))
        columns = [
            observations.indicator,
            *codes,
            observations.year,
            observations.value,
            observations.obs_status,
            observations.bound,
            observations.precision,
            _joined(observations.file, self._files),
            observations.line,
            *(_text(observations, name) for name in self._texts),
        ]
        arrays = [pa.array(each, kind.type) for each, kind in zip(columns, self._schema, strict=True)]
        self._sink.write_batch(pa.RecordBatch.from_arrays(arrays, schema=self._schema))

    def split(self) -> Iterator[int]:
        """Put the rows of each part together, once all have been added, and tell how many tables are done.

        Raises
        ------
        DataError
            If a series has more rows than fit into memory.
        """
        self._sink.close()
        source = self._folder / _ROWS
        with pa.OSFile(str(source)) as opened:
            tables = ipc.open_file(opened)
            keys = np.sort(np.concatenate([np.zeros(0, np.int64), *map(self._keys, self._sample)]))
            rows = sum(tables.get_batch(number).num_rows for number in range(tables.num_record_batches))
            number = min(max(math.ceil(rows / self.rows_at_a_time), 1), _MOST_PARTS)
            self._ends = np.unique(keys[[len(keys) * part // number for part in range(1, number)]])
            self._tables = [[] for _ in range(len(self._ends) + 1)]
            sizes = np.zeros(len(self._tables), dtype=np.int64)
            with ipc.new_file(str(self._folder / _PARTS), self._schema, options=_COMPRESSED) as sink:
                written = 0
                for place in range(tables.num_record_batches):
                    for part, table in self._by_part(tables.get_batch(place)):
                        sink.write_batch(table)
                        self._tables[part].append(written)
                        sizes[part] += len(table)
                        written += 1
                    yield place + 1
        source.unlink()
        if sizes.max() > _LARGEST * max(self.rows_at_a_time, math.ceil(rows / number)):
            raise DataError(Fault("series_too_long", number=int(sizes.max())))

    def __iter__(self) -> Iterator[Observations]:
        """Return the parts one after the other, the rows of each in the order in which they were added."""
        values = [list(each) for each in self._values]
        with pa.OSFile(str(self._folder / _PARTS)) as opened:
            tables = ipc.open_file(opened)
            for numbers in self._tables:
                yield self._observations(pa.Table.from_batches(map(tables.get_batch, numbers), self._schema), values)

    def indicators_in(self, part: int) -> Ints:
        """Return the positions of the indicators whose series, if they have none, would be first seen in a part."""
        places = np.arange(len(self.present))
        zeros = np.zeros(len(places), dtype=np.int64)
        keys = self._keys((places, *(zeros for _ in self._values)))
        return np.flatnonzero(np.searchsorted(self._ends, keys, "right") == part)

    def _keys(self, codes: tuple[Ints, ...]) -> Ints:
        """Return a number for each row that is in the order of series, and the same for all rows of a series."""
        keys, size = codes[0].astype(np.int64), len(self.present)
        for each, known in zip(codes[1:], self._values, strict=True):
            size *= len(known) + 1
            if size > _MOST_KEYS:
                break  # rows of several series have one key then, and are in one part
            keys = keys * (len(known) + 1) + each
        return keys

    def _by_part(self, table: Any) -> Iterator[tuple[int, Any]]:
        """Return the rows of a table in pieces, each with its part."""
        codes = [table.column(place).to_numpy() for place in range(1 + len(self._values))]
        part = np.searchsorted(self._ends, self._keys(tuple(codes)), "right").astype(np.int16)
        if (part[1:] < part[:-1]).any():
            order = np.argsort(part, kind="stable")
            table, part = table.take(pa.array(order)), part[order]
        ends = [*(np.flatnonzero(part[1:] != part[:-1]) + 1).tolist(), len(part)]
        for start, stop in pairwise([0, *ends]):
            if stop > start:
                yield int(part[start]), table.slice(start, stop - start)

    def _observations(self, table: Any, values: Sequence[Sequence[str]]) -> Observations:
        columns = {name: table[name] for name in table.column_names}
        arrays = {name: each.to_numpy() for name, each in columns.items() if name not in self._texts}
        return Observations(
            plan=self._plan,
            indicator=arrays["indicator"],
            dimensions=tuple(_present(arrays[f"dimension {axis}"], each) for axis, each in enumerate(values)),
            year=arrays["year"],
            part=np.zeros(len(table), dtype=np.int8),
            value=arrays["value"],
            obs_status=arrays["obs_status"],
            bound=arrays["bound"],
            precision=arrays["precision"],
            assumed=np.zeros(len(table), dtype=np.bool_),
            texts=Texts({name: partial(_filled, columns[name]) for name in self._texts}),
            file=Categorical(arrays["file"], tuple(self._files)),
            line=arrays["line"],
        )


def _joined(column: Categorical, known: dict[str, int]) -> Ints:
    """Return a column as positions in all values so far, those that are new to them added."""
    places = list(map(known.get, column.values))
    if None in places:
        places = [known.setdefault(value, len(known)) for value in column.values]
    return np.array(places, dtype=np.int32)[column.codes]


def _text(observations: Observations, name: str) -> Any:
    column = observations.texts.get(name)
    if column is None:
        return pa.nulls(len(observations), pa.string())
    return pa.array(column.values, pa.string()).take(pa.array(column.codes))


def _filled(column: Any) -> Categorical:
    return dictionary(compute.fill_null(column, ""))


def _present(codes: Ints, values: Sequence[str]) -> Categorical:
    """Return a column with those of the values that it has, in the same order."""
    used = np.flatnonzero(np.bincount(codes, minlength=len(values)))
    rank = np.zeros(len(values), dtype=np.int32)
    rank[used] = np.arange(len(used))
    return Categorical(rank[codes], [values[code] for code in used.tolist()])
