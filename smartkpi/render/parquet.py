"""Parquet, for a table that other programs read on with its dtypes."""

from __future__ import annotations

import io

from smartkpi.errors import Fault, OutputError
from smartkpi.model.table import Table
from smartkpi.render.view import View


def render(table: Table, view: View) -> bytes:
    """Return the columns asked for as the content of a Parquet file.

    Raises
    ------
    OutputError
        If pyarrow is not installed.
    """
    try:
        import pyarrow  # noqa: F401 - pandas would name it in an error of its own
    except ImportError:
        raise OutputError(Fault("needs_package", "Parquet", package="pyarrow")) from None
    from smartkpi.tables.frame import to_frame

    out = io.BytesIO()
    to_frame(table)[list(view.names(table))].to_parquet(out, index=False)
    return out.getvalue()
