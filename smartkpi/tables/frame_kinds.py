"""Frames of other libraries: Polars DataFrames and Arrow tables go in, and results come back in the same kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def as_pandas(frame: Any) -> tuple[pd.DataFrame, Callable[[pd.DataFrame], Any]]:
    """Return a frame as a pandas DataFrame, and what turns a result into the frame's own kind.

    Parameters
    ----------
    frame
        A pandas or Polars DataFrame, or a pyarrow Table; anything else is returned as it is.
    """
    library = type(frame).__module__.partition(".")[0]
    if library == "polars" and hasattr(frame, "to_pandas"):
        import polars

        return frame.to_pandas(use_pyarrow_extension_array=True), polars.from_pandas
    if library == "pyarrow" and hasattr(frame, "to_pandas"):
        import pandas as pd
        import pyarrow as pa

        return frame.to_pandas(types_mapper=pd.ArrowDtype), lambda result: pa.Table.from_pandas(
            result, preserve_index=False
        )
    return frame, lambda result: result
