"""Columns of a frame, of whatever dtype -> texts by distinct value, years and values."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from smartkpi.model import FIRST_YEAR, LAST_YEAR
from smartkpi.model.arrays import Categorical, Floats, Ints, categorical, spans
from smartkpi.readers import raw
from smartkpi.readers.raw import shown_number

if TYPE_CHECKING:
    import pandas as pd

_NUMBERS = (int, float, Decimal, Fraction, np.integer, np.floating)
_LONGEST = 60
_SAMPLE = 1 << 16
"""Rows that tell whether a column comes in runs."""
_SHORTEST = 4
"""Mean length of runs from which it is worth while to find them first."""
_LONG = 1 << 10
"""Mean number of texts of one length that follow each other from which bytes are compared."""


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
    if column.dtype.kind in "iu" and not column.hasnans:  # of pandas' own dtypes or of Arrow's
        years: Ints = column.to_numpy(dtype=np.int64)
        if years.min(initial=FIRST_YEAR) >= FIRST_YEAR and years.max(initial=FIRST_YEAR) <= LAST_YEAR:
            return years
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
    if type(cell) is str and cell.isascii():
        return cell
    return str(cell).encode("utf-8", "replace").decode()


def _factorized(column: pd.Series[Any]) -> Categorical:
    """Return a column as positions in its distinct values; cells that cannot be told apart count as their text."""
    try:
        texts = _arrow_texts(column)
        if texts is not None:
            found = Categorical(*_dictionary(texts))
            del texts
            _release()
            return found
        codes, distinct = column.factorize()
    except (TypeError, NotImplementedError, ArithmeticError):  # lists and the like
        cells = [None if _is_missing(cell) else _text(cell) for cell in column.array]
        codes, distinct = type(column)(cells, dtype=object).factorize()
    return Categorical(codes, list(distinct))


def _dictionary(texts: Any) -> tuple[Ints, Sequence[str]]:
    """Return an Arrow array of texts as positions in its distinct ones, -1 where there is none.

    Each run of equal texts is looked up once. Keys of a sorted panel come in runs, and the more distinct ones there
    are, the longer each look-up takes: the table of them does not fit the processor's cache.
    """
    cells = _of_one_length(texts)
    if texts.null_count or _SHORTEST * len(_run_starts(cells[:_SAMPLE])) > len(cells[:_SAMPLE]):
        found = cells.dictionary_encode()
        codes = (found.indices.fill_null(-1) if texts.null_count else found.indices).to_numpy()
    else:
        starts = _run_starts(cells)
        found = cells.take(starts).dictionary_encode()
        small = found.indices.to_numpy().astype(np.min_scalar_type(-len(found.dictionary) - 1))
        codes = np.repeat(small, np.diff(starts, append=len(cells)))
    return codes, found.dictionary.cast(texts.type).to_pylist()


def _release() -> None:
    """Give back the memory of texts that have been read; Arrow keeps it, and that of what pandas read before."""
    import pyarrow as pa

    pa.default_memory_pool().release_unused()


def _run_starts(cells: Any) -> Ints:
    """Return where the runs of equal cells of an Arrow array begin."""
    if not len(cells):
        return np.zeros(0, dtype=np.int64)
    changes = (_changes(cells[span.start : span.stop + 1]) + span.start for span in spans(len(cells) - 1))
    return np.concatenate([[0], *(each + 1 for each in changes)])


def _changes(cells: Any) -> Ints:
    """Return the positions of the cells of an Arrow array that differ from the next."""
    from pyarrow import compute, types

    if types.is_fixed_size_binary(cells.type):
        length = cells.type.byte_width
        return _changes_of_bytes(_bytes(cells, 1)[length * cells.offset :][: length * len(cells)], length)
    ends = _ends(cells)
    lengths = ends[1:] - ends[:-1]
    edges = np.flatnonzero(lengths[1:] != lengths[:-1])
    if _LONG * len(edges) > len(cells):
        return np.flatnonzero(compute.not_equal(cells[1:], cells[:-1]).to_numpy(zero_copy_only=False))
    # Texts that follow each other are often of one length, even where not all of a column are.
    content, found = _bytes(cells, 2), list[Ints]([edges])
    for first, stop in pairwise([0, *(edges + 1).tolist(), len(cells)]):
        if length := int(lengths[first]):
            found.append(_changes_of_bytes(content[ends[first] : ends[stop]], length) + first)
    return np.sort(np.concatenate(found))


def _changes_of_bytes(content: NDArray[np.uint8], length: int) -> Ints:
    """Return the positions of the texts of one length that differ from the next."""
    # Bytes are compared many at a time, texts one by one; one byte of a text that differs is enough.
    differs = content[length:] != content[:-length]
    if not differs.any():  # much faster to find out than where
        return np.zeros(0, dtype=np.int64)
    places = np.flatnonzero(differs) // length
    return np.append(places[:1], places[1:][places[1:] != places[:-1]])


def _ends(texts: Any) -> Ints:
    """Return where the texts of an Arrow array begin in its bytes, and where the last one ends."""
    import pyarrow as pa

    each: type[np.integer[Any]] = np.int32 if pa.types.is_string(texts.type) else np.int64
    ends: Ints = np.frombuffer(texts.buffers()[1], dtype=each)
    return ends[texts.offset :][: len(texts) + 1]


def _bytes(cells: Any, buffer: int) -> NDArray[np.uint8]:
    return np.frombuffer(cells.buffers()[buffer], dtype=np.uint8)


def _of_one_length(texts: Any) -> Any:
    """Return an Arrow array of texts of one length, as codes of areas often are, as one of so many bytes each.

    Such are faster to compare and to look up. All others are returned as they are.
    """
    import pyarrow as pa

    if texts.null_count or not len(texts) or pa.types.is_fixed_size_binary(texts.type):
        return texts
    ends = _ends(texts)
    first, length = int(ends[0]), int(ends[1] - ends[0])
    if not length or any((np.diff(ends[span.start : span.stop + 1]) != length).any() for span in spans(len(texts))):
        return texts
    content = texts.buffers()[2].slice(first, length * len(texts))
    return pa.FixedSizeBinaryArray.from_buffers(pa.binary(length), len(texts), [None, content])


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
