"""Comma- and tab-separated values for scripts, and for Excel with --add-bom."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from typing import Any

from smartkpi.model.columns import ColumnKind
from smartkpi.model.table import Table
from smartkpi.render.celltext import column_text, machine, number
from smartkpi.render.files import to_descriptor
from smartkpi.render.view import Format, View
from smartkpi.text import guarded, printable

_BOM = "\ufeff"
_EMPTY = '""'
"""An empty cell that is alone in its line: a line with nothing in it would not be a row."""
LARGE = 50_000
"""Rows from which loading pyarrow takes less time than it saves."""


def render(table: Table, view: View) -> str:
    """Return header and rows, lines ended by a line feed."""
    return b"".join(content(table, view)).decode()


def content(table: Table, view: View) -> Iterator[bytes | memoryview]:
    """Return what `render` returns in UTF-8, piece by piece."""
    yield _header(table, view).encode(errors="replace")
    yield from _rows(table, view)


@contextlib.contextmanager
def parts(descriptor: int, view: View) -> Iterator[Callable[[Table], None]]:
    """Hand out what writes the parts of a table one after the other into a file."""
    is_first = True

    def write(table: Table) -> None:
        nonlocal is_first
        to_descriptor(content(table, view) if is_first else _rows(table, view), descriptor)
        is_first = False

    yield write


def _delimiter(view: View) -> str:
    return "\t" if view.format == Format.tsv else ","


def _header(table: Table, view: View) -> str:
    delimiter = _delimiter(view)
    names = (_heading(name, view.add_bom, delimiter) for name in view.names(table))
    return f"{_BOM if view.add_bom else ''}{delimiter.join(names)}\n"


def _rows(table: Table, view: View) -> Iterator[bytes | memoryview]:
    what = table, view.names(table), view.add_bom, _delimiter(view)
    if len(table) >= LARGE and find_spec("pyarrow"):
        yield from _large_body(*what)
    else:
        yield _body(*what).encode(errors="replace")


def _body(table: Table, names: Sequence[str], for_excel: bool, delimiter: str) -> str:
    """Return the rows; csv.writer would go through each cell once more, slowly."""
    columns = [
        column_text(table.columns[name], table.kinds[name], _writer(table.kinds[name], for_excel, delimiter))
        for name in names
    ]
    if len(columns) == 1:
        columns = [[text or _EMPTY for text in columns[0]]]
    return "".join(f"{delimiter.join(cells)}\n" for cells in zip(*columns, strict=True))


def _large_body(table: Table, names: Sequence[str], for_excel: bool, delimiter: str) -> Iterator[memoryview]:
    """Return the same text as `_body`, column by column."""
    from smartkpi.tables import arrow

    missing = _EMPTY if len(names) == 1 else ""

    def column(name: str) -> arrow.Printable:
        write = _writer(table.kinds[name], for_excel, delimiter)
        return arrow.printable_column(table.columns[name], lambda value: write(value) or missing, number, missing)

    return arrow.lines([column(name) for name in names], delimiter, missing)


def _writer(kind: ColumnKind, for_excel: bool, delimiter: str) -> Callable[[Any], str]:
    """Return what writes a value of a category."""

    def write(value: Any) -> str:
        text = machine(value, kind)
        return _quoted(guarded(text) if for_excel and kind == "text" else text, delimiter)

    return write


def _heading(name: str, for_excel: bool, delimiter: str) -> str:
    text = printable(name)
    return _quoted(guarded(text) if for_excel else text, delimiter)


def _quoted(text: str, delimiter: str) -> str:
    if delimiter in text or '"' in text or "\n" in text or "\r" in text:
        return '"' + text.replace('"', '""') + '"'
    return text
