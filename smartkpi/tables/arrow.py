"""A finished table -> Arrow: typed columns for Parquet, and columns of text for large CSV files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from pyarrow import compute

from smartkpi.model.arrays import Categorical, Column, Ints
from smartkpi.model.columns import ColumnKind
from smartkpi.model.table import Table

_PANDAS_TYPES = {
    "text": ("unicode", "str"),
    "year": ("int64", "Int64"),
    "number": ("float64", "float64"),
    "flag": ("bool", "boolean"),
}
"""What pandas calls the type of a column, and the dtype that it gives it back."""


_LEAST_PLAIN, _FIRST_WITH_EXPONENT = 1e-6, 1e10
"""Arrow writes numbers of at least this size, and below that one, without an exponent."""
_TOGETHER = 1 << 15
"""Rows of which the columns fit a processor's cache."""


def to_arrow(table: Table, names: Sequence[str]) -> Any:
    """Return columns of a table as an Arrow table: texts by distinct value, years as int64, figures as float64."""
    return pa.Table.from_arrays([_array(table.columns[name], table.kinds[name]) for name in names], list(names))


def schema_as_read(table: Table, names: Sequence[str]) -> Any:
    """Return the schema with which what `to_arrow` returns is to be read: texts as texts, flags as booleans.

    pandas gives the columns the dtypes of `smartkpi.tables.frame.to_frame`.
    """
    described = [
        {"name": name, "field_name": name, "pandas_type": kind, "numpy_type": dtype, "metadata": None}
        for name in names
        for kind, dtype in [_PANDAS_TYPES[table.kinds[name]]]
    ]
    pandas = {"index_columns": [], "column_indexes": [], "columns": described, "creator": {"library": "pyarrow"}}
    types = {"text": pa.large_string(), "year": pa.int64(), "number": pa.float64(), "flag": pa.bool_()}
    return pa.schema([(name, types[table.kinds[name]]) for name in names], {"pandas": json.dumps(pandas)})


def _array(column: Column, kind: ColumnKind) -> Any:
    if isinstance(column, Categorical):
        if kind == "flag":
            return pa.array(column.values, pa.bool_()).take(pa.array(_places(column)))
        return _dictionary(column, [None if each is None else str(each) for each in column.values])
    missing = np.isnan(column)
    if kind == "year":
        return pa.array(np.where(missing, 0, column).astype(np.int64), mask=missing)
    return pa.array(column, mask=missing)


def _dictionary(column: Categorical, texts: Sequence[str | None]) -> Any:
    """Return a column as a dictionary of Arrow, with these texts in the place of its values."""
    known = pa.array(texts, pa.large_string())
    is_known = known.is_valid().to_numpy(zero_copy_only=False)
    codes = np.where(is_known, np.cumsum(is_known, dtype=np.int32) - 1, np.int32(-1))[column.codes]
    return pa.DictionaryArray.from_arrays(pa.array(codes, mask=codes < 0), known.drop_null())


def _places(column: Categorical) -> Ints:
    """Return the codes without negative ones, which count from the end."""
    return np.where(column.codes < 0, column.codes + len(column.values), column.codes)


class Printable(NamedTuple):
    """A column that `lines` prints; what is null in both has no text yet."""

    values: Any
    """An Arrow array."""
    written: Any = None
    """Texts that stand for some of the values, null elsewhere; None for none."""


def printable_column(
    column: Column,
    kind: ColumnKind,
    write: Callable[[Any], str],
    write_number: Callable[[float], str],
    missing: str = "",
) -> Printable:
    """Return a column as `lines` prints it.

    Parameters
    ----------
    column
        Of a table.
    kind
        Of the column.
    write, write_number
        Text of a value of a category, and of a number; Arrow writes the numbers that need no exponent by itself, as
        the shortest text that reads back to them.
    missing
        Text of a cell that is missing.
    """
    if isinstance(column, Categorical):
        return Printable(_dictionary(column, [missing if value is None else write(value) for value in column.values]))
    empty = np.isnan(column)
    if kind == "year":
        return Printable(pa.array(np.where(empty, 0, column).astype(np.int64), mask=empty))
    numbers, size = pa.array(column + 0.0, mask=empty), np.abs(column)
    rows = np.flatnonzero((size < _LEAST_PLAIN) & (size > 0) | (size >= _FIRST_WITH_EXPONENT))
    if not len(rows):
        return Printable(numbers)
    distinct = numbers.take(pa.array(rows)).dictionary_encode()
    texts = pa.array([write_number(value) for value in distinct.dictionary.to_pylist()], pa.large_string())
    place, is_plain = np.zeros(len(column), dtype=np.int64), np.ones(len(column), dtype=np.bool_)
    place[rows], is_plain[rows] = np.asarray(distinct.indices), False
    return Printable(numbers, texts.take(pa.array(place, mask=is_plain)))


def lines(columns: Sequence[Printable], delimiter: str, missing: str = "") -> Iterator[memoryview]:
    """Return columns as lines in UTF-8, one text after the other, cells parted by the delimiter.

    Parameters
    ----------
    columns
        As `printable_column` returns them.
    delimiter
        Between two cells.
    missing
        Text of a cell that is null.
    """
    from pyarrow import dataset

    def text(content: str) -> Any:
        return compute.scalar(pa.scalar(content, pa.large_string()))

    arrays: dict[str, Any] = {}
    cells: list[Any] = []
    for place, column in enumerate(columns):
        arrays[str(place)] = column.values
        written = [] if column.written is None else [compute.field(f"{place} written")]
        if written:
            arrays[f"{place} written"] = column.written
        cells.append(compute.coalesce(*written, compute.field(str(place)).cast(pa.large_string()), text(missing)))
    cells[-1] = compute.binary_join_element_wise(cells[-1], text("\n"), text(""))
    line = compute.binary_join_element_wise(*cells, text(delimiter)) if len(cells) > 1 else cells[0]
    # All processors work on it, each on so many rows at a time, while what is done is written; the result is in order.
    parts = pa.table(arrays).to_batches(max_chunksize=_TOGETHER)
    done = dataset.InMemoryDataset(parts).scanner(columns={"line": line}, batch_size=_TOGETHER).to_batches()
    return (_content(part.column(0)) for part in done)


def _content(texts: Any) -> memoryview:
    """Return the texts of an array, one after the other."""
    _, ends, content = texts.buffers()
    first, last = np.frombuffer(ends, dtype=np.int64)[[texts.offset, texts.offset + len(texts)]].tolist()
    return memoryview(content or b"")[first:last]
