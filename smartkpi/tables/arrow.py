"""A finished table -> Arrow: typed columns for Parquet, and columns of text for large CSV files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from pyarrow import compute

from smartkpi.model.arrays import Categorical, Column, Flags, Floats, Ints, flagged, pairs_of
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
_TOGETHER = 1 << 14
"""Rows of which the columns fit a processor's cache."""
_SOME = 1_000
"""Rows that show whether numbers repeat."""
_TIMES = 32
"""How often each value is there, on the average, that is better written once than in every row."""


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


class Figures(NamedTuple):
    """A column of numbers that `lines` prints."""

    values: Any
    """An Arrow array, NaN where one is missing."""
    written: Any = None
    """Texts that stand for some of the numbers, null elsewhere; None for none."""


Printable = Categorical | Figures
"""A column that `lines` prints: texts, or numbers."""


def printable_column(
    column: Column, write: Callable[[Any], str], write_number: Callable[[float], str], missing: str = ""
) -> Printable:
    """Return a column as `lines` prints it.

    Parameters
    ----------
    column
        Of a table.
    write, write_number
        Text of a value of a category, and of a number; Arrow writes the numbers that need no exponent by itself, as
        the shortest text that reads back to them.
    missing
        Text of a cell that is missing.
    """
    if not isinstance(column, Categorical):
        return _repeated(column, write_number, missing) or _figures(column, write_number)
    return column.with_values([missing if value is None else write(value) for value in column.values])


def _repeated(column: Floats, write_number: Callable[[float], str], missing: str) -> Categorical | None:
    """Return numbers of which each is there many times as texts, else None; some of them show it mostly."""
    some = column[:: len(column) // _SOME + 1]
    numbers = np.unique(some).tolist()
    if len(numbers) * _TIMES > len(some):
        return None
    if len(numbers) == 1 and (np.isnan(column) if np.isnan(some[0]) else column == some[0]).all():
        codes: Ints = np.zeros(len(column), dtype=np.int8)
    else:
        distinct = pa.array(column).dictionary_encode()
        codes, numbers = np.asarray(distinct.indices), distinct.dictionary.to_pylist()
    if len(numbers) * _TIMES > len(column):
        return None
    return Categorical(codes, [missing if np.isnan(each) else write_number(each) for each in numbers])


def _figures(column: Floats, write_number: Callable[[float], str]) -> Figures:
    def need_exponents(rows: slice) -> Flags:
        size = np.abs(column[rows])
        return (size < _LEAST_PLAIN) & (size > 0) | (size >= _FIRST_WITH_EXPONENT)

    numbers, rows = pa.array(column), flagged(len(column), need_exponents)
    if not len(rows):
        return Figures(numbers)
    distinct = numbers.take(pa.array(rows)).dictionary_encode()
    texts = pa.array([write_number(value) for value in distinct.dictionary.to_pylist()], pa.large_string())
    place = np.full(len(column), -1, dtype=np.int32)
    place[rows] = np.asarray(distinct.indices)
    return Figures(numbers, pa.DictionaryArray.from_arrays(pa.array(place, mask=place < 0), texts))


def lines(columns: Sequence[Printable], delimiter: str, missing: str = "") -> Iterator[memoryview]:
    """Return columns as lines in UTF-8, one text after the other, cells parted by the delimiter.

    Parameters
    ----------
    columns
        As `printable_column` returns them.
    delimiter
        Between two cells.
    missing
        Text of a number that is missing.
    """
    from pyarrow import dataset

    arrays: dict[str, Any] = {}
    cells: list[Any] = []
    for place, column in enumerate(_side_by_side(columns, delimiter)):
        own, cell = _cell(column, f"{place}", missing)
        arrays |= own
        cells.append(cell)
    cells[-1] = compute.binary_join_element_wise(cells[-1], _text("\n"), _text(""))
    line = compute.binary_join_element_wise(*cells, _text(delimiter)) if len(cells) > 1 else cells[0]
    # All processors work on it, each on so many rows at a time, while what is done is written; the result is in order.
    parts = pa.table(arrays).to_batches(max_chunksize=_TOGETHER)
    done = dataset.InMemoryDataset(parts).scanner(columns={"line": line}, batch_size=_TOGETHER).to_batches()
    return (_content(part.column(0)) for part in done)


def _side_by_side(columns: Sequence[Printable], delimiter: str) -> list[Printable]:
    """Return columns with neighbours of texts as one, where each pair of texts is there many times."""
    joined: list[Printable] = []
    for column in columns:
        before = joined[-1] if joined else None
        if (
            isinstance(column, Categorical)
            and isinstance(before, Categorical)
            and len(before.values) * len(column.values) * _TIMES <= len(column)
        ):
            joined[-1] = _pairs(before, column, delimiter)
        else:
            joined.append(column)
    return joined


def _pairs(first: Categorical, second: Categorical, delimiter: str) -> Categorical:
    if len(second.values) == 1:
        return first.with_values([f"{text}{delimiter}{second.values[0]}" for text in first.values])
    if len(first.values) == 1:
        return second.with_values([f"{first.values[0]}{delimiter}{text}" for text in second.values])
    codes, pairs = pairs_of(first.codes, second.codes, len(first.values), len(second.values))
    return Categorical(codes, [f"{first.values[one]}{delimiter}{second.values[other]}" for one, other in pairs])


def _cell(column: Printable, place: str, missing: str) -> tuple[dict[str, Any], Any]:
    """Return the arrays of a column by name, and the expression of its texts."""
    if isinstance(column, Categorical):
        texts = pa.array(column.values, pa.large_string())
        codes = pa.array(_places(column))
        return {place: pa.DictionaryArray.from_arrays(codes, texts)}, compute.field(place).cast(pa.large_string())
    number = compute.add(compute.field(place), 0.0)  # no -0
    number = compute.if_else(compute.is_nan(number), compute.scalar(pa.scalar(None, pa.float64())), number)
    arrays, texts = {place: column.values}, [number.cast(pa.large_string()), _text(missing)]
    if column.written is not None:
        arrays[f"{place} written"] = column.written
        texts.insert(0, compute.field(f"{place} written").cast(pa.large_string()))
    return arrays, compute.coalesce(*texts)


def _text(content: str) -> Any:
    return compute.scalar(pa.scalar(content, pa.large_string()))


def _content(texts: Any) -> memoryview:
    """Return the texts of an array, one after the other."""
    _, ends, content = texts.buffers()
    first, last = np.frombuffer(ends, dtype=np.int64)[[texts.offset, texts.offset + len(texts)]].tolist()
    return memoryview(content or b"")[first:last]
