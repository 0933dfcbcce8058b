"""Where the rows of large separated text are, if Arrow and the csv module split it in the same way."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa

from smartkpi.model.arrays import Ints
from smartkpi.readers import csv

_SPAN = csv.LONGEST_CELL // 2
"""Bytes that are looked at together; they fit a processor's cache."""


class TextRows(NamedTuple):
    """The rows of a text; rows of nothing are left out."""

    header: slice
    """The bytes of the first row."""
    body: int
    """Where the second row begins."""
    first: int = 1
    """Line of the first row."""
    line: Ints | None = None
    """Lines of the other rows; None where each line is a row, which is found out when they are split."""
    is_quoted: bool = False
    """Whether there are quotes."""
    has_breaks: bool = False
    """Whether cells have line breaks."""


def rows_by_line(content: bytes) -> TextRows | None:
    """Return the rows of a text if each line is one that is not empty; None where that is plainly not so."""
    for start in range(0, len(content), _SPAN):
        stop = start + _SPAN
        # With an end in each span no line is too long for a cell.
        is_long = stop < len(content) and content.find(b"\n", start, stop) < 0
        if is_long or any(content.find(each, start, stop) >= 0 for each in (b'"', b"\r", b"\0")):
            return None
    end = content.find(b"\n")
    return TextRows(slice(0, end), end + 1) if 0 < end < len(content) - 1 else None


def rows_one_by_one(content: bytes, skip_lines: int) -> TextRows | None:
    """Return the rows of a text that may have line breaks in cells, or rows of nothing; None if there is only one."""
    data = np.frombuffer(content, dtype=np.uint8)
    ends = np.flatnonzero(data == ord("\n"))
    if content and not content.endswith(b"\n"):
        ends = np.append(ends, len(content))
    if len(ends) <= skip_lines or _has_other_bytes(content):
        return None
    outside = ends
    is_quoted = b'"' in content
    if is_quoted:
        quotes = np.flatnonzero(data == ord('"'))
        if len(quotes) % 2:
            return None
        outside = ends[np.searchsorted(quotes, ends) % 2 == 0]
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
    header = slice(int(start[filled[0]]), int(stop[filled[0]]))
    line = number[filled].astype(np.int32)
    return TextRows(header, int(start[filled[1]]), int(line[0]), line[1:], is_quoted, has_breaks)


def _has_other_bytes(content: bytes) -> bool:
    """Whether a text has line ends of old Macs, or bytes that no text has."""
    return b"\0" in content or (b"\r" in content and content.count(b"\r") != content.count(b"\r\n"))


def is_quoted_well(content: bytes, delimiter: str) -> bool:
    """Whether each quote opens or closes a whole cell, or is one of two that mean one."""
    data = np.frombuffer(content, dtype=np.uint8)
    quotes = np.flatnonzero(data == ord('"'))
    opening, closing = quotes[0::2], quotes[1::2]
    cut = np.zeros(256, dtype=np.bool_)
    cut[[ord(delimiter), ord("\n"), ord("\r"), ord('"')]] = True
    opens = cut[data[np.maximum(opening - 1, 0)]] | (opening == 0)
    closes = cut[data[np.minimum(closing + 1, len(data) - 1)]] | (closing == len(data) - 1)
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
