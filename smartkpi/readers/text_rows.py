"""Where the rows of large separated text are, if Arrow and the csv module split it in the same way."""

from __future__ import annotations

import io
import os
from typing import BinaryIO, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from smartkpi.model.arrays import Ints
from smartkpi.readers import csv, jsonl

_Bytes = NDArray[np.uint8]
_SPAN = csv.LONGEST_CELL // 2
"""Bytes that are looked at together; they fit a processor's cache."""
_EMPTY = (b"\n\n", b"\n\r\n")
"""Of a line with nothing in it, and the end of the one before."""
_LONGEST_END = 3
"""Bytes that show whether a text ends with such a line."""


class TextRows(NamedTuple):
    """The rows of a text; rows of nothing are left out."""

    header: str
    """The first row."""
    body: int
    """Where the second row begins."""
    first: int = 1
    """Line of the first row."""
    line: Ints | None = None
    """Lines of the other rows; None where each line is a row, which is found out when they are split."""
    has_breaks: bool = False
    """Whether cells have line breaks."""

    @property
    def delimiter(self) -> str:
        """Return what is between the cells."""
        return csv.separator(self.header)


class Lines(io.RawIOBase):
    """What follows the header of a text; that each line is a row is looked at as it is read.

    Parameters
    ----------
    stream
        The text.
    rows
        What `rows_by_line` says of it.
    """

    def __init__(self, stream: BinaryIO, rows: TextRows) -> None:
        self._stream, self._delimiter = stream, rows.delimiter
        stream.seek(rows.body)

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Return the next lines, of so many bytes together at the most.

        Raises
        ------
        ArrowInvalid
            If they are not plainly rows.
        """
        content = self._stream.read(size)
        # Behind what is read there may be more of the last line.
        lines = content[: content.rfind(b"\n") + 1] if len(content) == size else content
        self._stream.seek(len(lines) - len(content), os.SEEK_CUR)
        if (content and not lines) or not are_rows(lines, self._delimiter):
            raise pa.ArrowInvalid("a line is not plainly a row")
        return lines


def rows_by_line(stream: BinaryIO) -> TextRows | None:
    """Return the header of a text of which each line may be a row; None where its beginning or end shows otherwise."""
    begin, head = stream.tell(), stream.read(_SPAN)
    stream.seek(-min(len(head), _LONGEST_END), os.SEEK_END)
    body = head.find(b"\n") + 1
    # Empty lines are mostly at the end or everywhere.
    if body < 2 or stream.read().endswith(_EMPTY) or any(each in head for each in _EMPTY) or not _is_table(head):
        return None
    rows = TextRows(head[: body - 1].decode().removesuffix("\r"), begin + body)
    return rows if are_rows(head[:body], rows.delimiter) else None


def _is_table(content: bytes) -> bool:
    """Whether a text may be a table in UTF-8; other encodings mostly show it soon."""
    head = content[:_SPAN]
    return is_utf8(head[: head.rfind(b"\n") + 1]) and not jsonl.looks_like(head[:4000].decode(errors="replace"))


def are_rows(lines: bytes, delimiter: str) -> bool:
    """Whether each line is a row as far as line breaks, quotes and its length can tell."""
    stop = 0
    while stop < len(lines):
        start, most = stop, stop + _SPAN
        stop = lines.rfind(b"\n", start, most) + 1 if most < len(lines) else len(lines)
        if not stop or lines.find(b"\0", start, stop) >= 0:
            return False
        is_special = any(lines.find(each, start, stop) >= 0 for each in (b'"', b"\r"))
        if is_special and not _are_whole(lines[start:stop], delimiter):
            return False
    return True


def _are_whole(lines: bytes, delimiter: str) -> bool:
    """Whether cells have no line breaks, and quotes around the whole cell only."""
    data = np.frombuffer(lines, dtype=np.uint8)
    if _has_lone_returns(data):
        return False
    if b'"' not in lines:
        return True
    quotes, ends = (np.flatnonzero(data == ord(each)) for each in ('"', "\n"))
    has_breaks = (np.searchsorted(quotes, ends) % 2).any()
    return not has_breaks and _is_quoted_well(data, quotes, delimiter)


def rows_one_by_one(content: bytes, skip_lines: int) -> TextRows | None:
    """Return the rows of a text that may have line breaks in cells, or rows of nothing; None if there is only one."""
    if not _is_table(content):
        return None
    data = np.frombuffer(content, dtype=np.uint8)
    ends = np.flatnonzero(data == ord("\n"))
    if content and not content.endswith(b"\n"):
        ends = np.append(ends, len(content))
    quotes = np.flatnonzero(data == ord('"')) if b'"' in content else np.zeros(0, dtype=np.int64)
    outside = ends[np.searchsorted(quotes, ends) % 2 == 0] if len(quotes) else ends
    is_odd = b"\0" in content or (b"\r" in content and _has_lone_returns(data))
    if is_odd or not len(outside) or len(ends) <= skip_lines:
        return None
    start = np.append(0, outside[:-1] + 1)
    has_breaks = len(outside) < len(ends)
    number = np.append(0, np.searchsorted(ends, outside[:-1]) + 1) + 1 if has_breaks else np.arange(1, len(ends) + 1)
    stop = outside - (data[np.maximum(outside - 1, 0)] == ord("\r"))
    if skip_lines:
        kept = number > skip_lines
        start, stop, number = start[kept], stop[kept], number[kept]
    if (len(start) and stop[0] <= start[0]) or (stop - start).max(initial=0) > csv.LONGEST_CELL:
        return None
    filled = np.flatnonzero(stop > start)
    if len(filled) < 2:
        return None
    header = content[int(start[filled[0]]) : int(stop[filled[0]])]
    if not is_utf8(header):
        return None
    line = number[filled].astype(np.int32)
    rows = TextRows(header.decode(), int(start[filled[1]]), int(line[0]), line[1:], has_breaks)
    return rows if _is_quoted_well(data, quotes, rows.delimiter) else None


def _has_lone_returns(data: _Bytes) -> bool:
    """Whether there is a return without the end of a line behind it."""
    is_lone = (data[:-1] == ord("\r")) & (data[1:] != ord("\n"))
    return bool(is_lone.any() or data[-1] == ord("\r"))


def _is_quoted_well(data: _Bytes, quotes: Ints, delimiter: str) -> bool:
    """Whether each quote opens or closes a whole cell, or is one of two that mean one."""
    if len(quotes) % 2:
        return False
    opening, closing = quotes[0::2], quotes[1::2]
    before, behind = (data.take(places, mode="clip") for places in (opening - 1, closing + 1))
    opens, closes = opening == 0, closing == len(data) - 1
    for each in (delimiter, "\n", "\r", '"'):
        opens |= before == ord(each)
        closes |= behind == ord(each)
    return bool(opens.all() and closes.all())


def is_utf8(content: bytes) -> bool:
    """Whether bytes are text in UTF-8, without making a copy of them."""
    if content.isascii():
        return True
    ends = pa.py_buffer(np.array([0, len(content)], dtype=np.int64))
    try:
        pa.Array.from_buffers(pa.large_string(), 1, [None, ends, pa.py_buffer(content)]).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True
