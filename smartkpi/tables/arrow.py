"""A finished table -> Arrow: typed columns for Parquet, and columns of text for large CSV files."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

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
    known = [text for text in texts if text is not None]
    places = iter(range(len(known)))
    codes = np.array([-1 if text is None else next(places) for text in texts], dtype=np.int32)[column.codes]
    return pa.DictionaryArray.from_arrays(pa.array(codes, mask=codes < 0), pa.array(known, pa.large_string()))


def _places(column: Categorical) -> Ints:
    """Return the codes without negative ones, which count from the end."""
    return np.where(column.codes < 0, column.codes + len(column.values), column.codes)


def text_column(
    column: Column,
    kind: ColumnKind,
    write: Callable[[Any], str],
    write_number: Callable[[float], str],
    missing: str = "",
) -> Any:
    """Return the cells of a column as an Arrow array of strings, none of them null.

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
        texts = [missing if value is None else write(value) for value in column.values]
        return pa.array(texts, pa.large_string()).take(pa.array(_places(column)))
    if kind == "year":
        years = np.nan_to_num(column).astype(np.int64)
        distinct, codes = np.unique(years, return_inverse=True)
        texts = [str(year) if year else missing for year in distinct.tolist()]
        return pa.array(texts, pa.large_string()).take(pa.array(codes))
    texts = compute.cast(pa.array(column + 0.0, mask=np.isnan(column)), pa.large_string()).fill_null(missing)
    with_exponent = compute.match_substring(texts, "e")
    if compute.any(with_exponent).as_py():
        rows = np.flatnonzero(np.asarray(with_exponent) & ~np.isnan(column))
        written = np.full(len(column), None, dtype=object)
        written[rows] = [write_number(value) for value in column[rows].tolist()]
        texts = compute.coalesce(pa.array(written, pa.large_string()), texts)
    return texts


def lines(columns: Sequence[Any], delimiter: str) -> str:
    """Return columns of text as lines, cells parted by the delimiter."""
    end, none, cut = (pa.scalar(text, pa.large_string()) for text in ("\n", "", delimiter))
    last = compute.binary_join_element_wise(columns[-1], end, none)
    joined = compute.binary_join_element_wise(*columns[:-1], last, cut) if len(columns) > 1 else last
    content = joined.buffers()[2]
    return "" if content is None else str(memoryview(content)[: _length(joined)], "utf-8")


def _length(array: Any) -> int:
    return int(np.frombuffer(array.buffers()[1], dtype=np.int64)[len(array)])
