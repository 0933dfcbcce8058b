"""Columns of a frame, of whatever dtype -> texts by distinct value, years and values."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from smartkpi.model.arrays import Categorical, Floats, Ints, categorical
from smartkpi.readers import raw
from smartkpi.readers.raw import shown_number

if TYPE_CHECKING:
    import pandas as pd

_NUMBERS = (int, float, Decimal, Fraction, np.integer, np.floating)
_LONGEST = 60
_SAMPLE = 1 << 16
"""Rows that tell whether a column comes in runs."""
_SHORTEST = 2
"""Mean length of runs from which it is worth while to find them first."""


def texts_of(column: pd.Series[Any]) -> Categorical:
    """Return a column as positions in its distinct values as text; -1 where there is none or it is blank."""
    found = _factorized(column)
    texts = [_text(each) for each in found.values]
    small = found.codes.astype(np.min_scalar_type(-len(texts) - 1), copy=False)
    if blank := [code for code, text in enumerate(texts) if not text.strip()]:
        small[np.isin(small, blank)] = -1
    return Categorical(small, texts)


def cells_of(column: pd.Series[Any]) -> Categorical:
    """Return a column as positions in its distinct values as people write them, -1 where there is none."""
    found = _factorized(column)
    return found.with_values([_shown(each).strip() for each in found.values])


def years_of(column: pd.Series[Any]) -> Categorical | Ints:
    """Return years as whole numbers where the dtype has no other, else as texts, each with no calendar beside it."""
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "iu":
        return column.to_numpy()
    found = _factorized(column)
    return Categorical(found.codes, [(_shown(each), None) for each in found.values])


def _shown(value: Any) -> str:
    is_number = isinstance(value, (float, np.floating)) and not isinstance(value, bool)
    return shown_number(value) if is_number else _text(value)


def values_of(column: pd.Series[Any], unit: Categorical) -> tuple[Floats, Categorical, Floats | None]:
    """Return the plain numbers of a column of values, NaN where there is none, what is more, and their precision."""
    if column.dtype == np.float64:
        return column.to_numpy(), raw.empty(len(column)), None
    if _holds_numbers(column.dtype):
        return column.to_numpy(dtype=np.float64, na_value=np.nan), raw.empty(len(column)), None
    number, texts = np.full(len(column), np.nan), {}
    for row, cell in enumerate(column.array):
        if isinstance(cell, _NUMBERS) and not isinstance(cell, (bool, np.bool_)):
            try:
                number[row] = float(cell)
            except (OverflowError, ValueError, TypeError):  # too large, a signalling NaN, a span of time
                texts[row] = str(cell)[:_LONGEST] if not isinstance(cell, int) else f"{cell:#x}"[:_LONGEST]
        elif not _is_missing(cell) and (text := _text(cell).strip()):
            texts[row] = text
    given = categorical(texts.values())
    every = np.full(len(column), -1, dtype=np.int64)
    every[list(texts)] = given.codes
    plain, printed, precision = raw.numbers_of_texts(Categorical(every, given.values), unit)
    return np.where(every < 0, number, plain), printed, precision


def _holds_numbers(dtype: Any) -> bool:
    from pandas.api.types import is_bool_dtype, is_complex_dtype, is_numeric_dtype

    try:
        return is_numeric_dtype(dtype) and not is_bool_dtype(dtype) and not is_complex_dtype(dtype)
    except NotImplementedError:  # a type of Arrow that pandas does not know
        return False


def _is_missing(cell: Any) -> bool:
    import pandas as pd

    try:
        return pd.api.types.is_scalar(cell) and bool(pd.isna(cell))
    except ArithmeticError:  # a signalling NaN
        return False


def _text(cell: object) -> str:
    """Return a cell as text, with what UTF-8 cannot write as a question mark."""
    return str(cell).encode("utf-8", "replace").decode()


def _factorized(column: pd.Series[Any]) -> Categorical:
    """Return a column as positions in its distinct values; cells that cannot be told apart count as their text."""
    try:
        texts = _arrow_texts(column)
        codes, distinct = column.factorize() if texts is None else _dictionary(texts)
    except (TypeError, NotImplementedError, ArithmeticError):  # lists and the like
        texts = [None if _is_missing(cell) else _text(cell) for cell in column.array]
        codes, distinct = type(column)(texts, dtype=object).factorize()
    return Categorical(codes, list(distinct))


def _dictionary(texts: Any) -> tuple[Ints, Sequence[str]]:
    """Return an Arrow array of texts as positions in its distinct ones, -1 where there is none.

    Each run of equal texts is looked up once. Keys of a sorted panel come in runs, and the more distinct ones there
    are, the longer each look-up takes: the table of them does not fit the processor's cache.
    """
    if texts.null_count or _SHORTEST * len(_run_starts(texts[:_SAMPLE])) > len(texts[:_SAMPLE]):
        found = texts.dictionary_encode()
        codes = found.indices.fill_null(-1) if texts.null_count else found.indices
        return codes.to_numpy(), found.dictionary.to_pylist()
    starts = _run_starts(texts)
    found = texts.take(starts).dictionary_encode()
    small = found.indices.to_numpy().astype(np.min_scalar_type(-len(found.dictionary) - 1))
    return np.repeat(small, np.diff(starts, append=len(texts))), found.dictionary.to_pylist()


def _run_starts(texts: Any) -> Ints:
    """Return where the runs of equal texts of an Arrow array begin."""
    from pyarrow import compute

    differs = compute.not_equal(texts[1:], texts[:-1]).to_numpy(zero_copy_only=False)
    return np.insert(np.flatnonzero(differs) + 1, 0, 0) if len(texts) else np.zeros(0, dtype=np.int64)


def _arrow_texts(column: pd.Series[Any]) -> Any:
    """Return a column's texts as an Arrow array where they are held as one, else None."""
    if not hasattr(column.array, "__arrow_array__") or getattr(column.dtype, "storage", "pyarrow") != "pyarrow":
        return None
    import pandas as pd

    if not isinstance(column.dtype, (pd.StringDtype, pd.ArrowDtype)):
        return None
    array = column.array.__arrow_array__()
    if not _is_text(array.type):
        return None
    return array.chunk(0) if array.num_chunks == 1 else array.combine_chunks()


def _is_text(kind: Any) -> bool:
    from pyarrow import types

    return bool(types.is_string(kind) or types.is_large_string(kind))
