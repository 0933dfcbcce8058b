"""Frames of other libraries: Polars DataFrames and Arrow tables go in, and results come back in the same kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def as_pandas(frame: Any, name: str) -> tuple[pd.DataFrame, Callable[[pd.DataFrame], Any]]:
    """Return a frame as a pandas DataFrame, and what turns a result into the frame's own kind.

    Parameters
    ----------
    frame
        A pandas or Polars DataFrame, or a pyarrow Table.
    name
        Of the argument that it is.

    Raises
    ------
    TypeError
        If it is none of them.
    """
    import pandas as pd

    if isinstance(frame, pd.DataFrame):
        return frame, lambda result: result
    library, kind = type(frame).__module__.partition(".")[0], type(frame).__name__
    if library == "polars":
        import polars

        if isinstance(frame, polars.DataFrame):
            return frame.to_pandas(use_pyarrow_extension_array=True), polars.from_pandas
        if isinstance(frame, polars.LazyFrame):
            raise TypeError(f"{name} must be a DataFrame, not a LazyFrame: call its collect() first")
    if library == "pyarrow":
        import pyarrow as pa

        if isinstance(frame, (pa.Table, pa.RecordBatch)):

            def dtype_of(kind: Any) -> Any:
                # pandas does not understand its own note in a table of how it names Arrow's dictionaries.
                return None if pa.types.is_dictionary(kind) else pd.ArrowDtype(kind)

            return frame.to_pandas(types_mapper=dtype_of), lambda result: pa.Table.from_pandas(
                result, preserve_index=False
            )
    raise TypeError(f"{name} must be a DataFrame of pandas or Polars or a Table of pyarrow, not {kind}")
