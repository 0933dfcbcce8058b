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
        from pyarrow import parquet
    except ImportError:
        raise OutputError(Fault("needs_package", "Parquet", package="pyarrow")) from None
    from smartkpi.tables.arrow import to_arrow

    out = io.BytesIO()
    parquet.write_table(to_arrow(table, view.names(table)), out)
    return out.getvalue()
