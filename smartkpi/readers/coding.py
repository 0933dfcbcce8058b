"""A column of text of a frame -> positions in its distinct values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from smartkpi.model.arrays import Categorical, Ints

if TYPE_CHECKING:
    import pandas as pd

_SAMPLE = 1 << 16
"""Rows that tell whether a column comes in runs."""
_SHORTEST = 2
"""Mean length of runs from which it is worth while to find them first."""


def coded(column: pd.Series[Any]) -> Categorical:
    """Return a column as positions in its distinct values as text; -1 where there is none or it is blank."""
    codes, distinct = _in_runs(column) or column.factorize()
    texts = [str(each) for each in distinct]
    small = codes.astype(np.min_scalar_type(-len(texts) - 1), copy=False)
    if blank := [code for code, text in enumerate(texts) if not text.strip()]:
        small[np.isin(small, blank)] = -1
    return Categorical(small, texts)


def _in_runs(column: pd.Series[Any]) -> tuple[Ints, Sequence[Any]] | None:
    """Return what `factorize` does, looking up each run of equal texts once; None where it does not come in runs.

    Keys of a sorted panel do, and the more distinct ones there are, the longer each look-up takes: the table of them
    does not fit the processor's cache.
    """
    if (texts := _arrow_texts(column)) is None:
        return None
    import pyarrow as pa
    from pyarrow import compute

    as_runs = {"run_end_type": pa.int64()}
    if _SHORTEST * len(compute.run_end_encode(texts[:_SAMPLE], **as_runs).values) > len(texts[:_SAMPLE]):
        return None
    runs = compute.run_end_encode(texts, **as_runs)
    found = runs.values.dictionary_encode()
    codes = found.indices.fill_null(-1).to_numpy()
    small = codes.astype(np.min_scalar_type(-len(found.dictionary) - 1))
    return np.repeat(small, np.diff(runs.run_ends.to_numpy(), prepend=0)), found.dictionary.to_pylist()


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
