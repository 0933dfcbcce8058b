"""Parquet, for a table that other programs read on with its dtypes."""

from __future__ import annotations

import base64
import contextlib
import os
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from smartkpi.errors import Fault, OutputError
from smartkpi.model.table import Table
from smartkpi.render.view import View

_TOGETHER = 1 << 16
"""Values of a column that are encoded at a time: a third faster than the 1,024 that Arrow takes by itself."""


def write(table: Table, view: View, out: BinaryIO) -> None:
    """Write the columns asked for into a Parquet file.

    Raises
    ------
    OutputError
        If pyarrow is not installed.
    """
    with _parts_into(out, view) as write_part:
        write_part(table)


@contextlib.contextmanager
def parts(descriptor: int, view: View) -> Iterator[Callable[[Table], None]]:
    """Hand out what writes the parts of a table one after the other into a file."""
    with os.fdopen(descriptor, "wb", closefd=False) as out, _parts_into(out, view) as write:
        yield write


@contextlib.contextmanager
def _parts_into(out: Any, view: View) -> Iterator[Callable[[Table], None]]:
    try:
        from pyarrow import parquet
    except ImportError:
        raise OutputError(Fault("needs_package", "Parquet", package="pyarrow")) from None
    from smartkpi.tables.arrow import schema_as_read, to_arrow

    with contextlib.ExitStack() as opened:
        writer: Any = None

        def write(table: Table) -> None:
            nonlocal writer
            names = view.names(table)
            content = to_arrow(table, names)
            if writer is None:
                repeated = [name for name in names if table.kinds[name] in ("text", "year")]
                plain = schema_as_read(table, names)
                writer = parquet.ParquetWriter(
                    out,
                    content.schema,
                    use_dictionary=repeated,
                    write_statistics=repeated,
                    store_schema=False,
                    write_batch_size=_TOGETHER,
                )
                opened.enter_context(writer)
                stored = base64.b64encode(plain.serialize().to_pybytes())
                writer.add_key_value_metadata({**plain.metadata, b"ARROW:schema": stored})
            writer.write_table(content)

        yield write
