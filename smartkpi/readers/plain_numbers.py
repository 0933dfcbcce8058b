"""Texts of an Arrow column -> numbers where they are plain, and half a unit of their last digits."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import compute

from smartkpi.model.arrays import Floats, Ints

_PLAIN = r"^-?(?:0|[1-9][0-9]{0,30})(?:\.[0-9]{1,30})?$"
"""A number that is read as a double right away."""
_LONGEST = 30
"""Characters of a text that cannot have more digits than that."""
_HALF_STEPS = np.array([*(float(f"5e-{places + 1}") for places in range(_LONGEST + 1)), 0.0])
"""By number of digits behind the point; the last is that of a text that is not a plain number."""


def plain_numbers(column: Any) -> tuple[Floats, Floats]:
    """Return texts as numbers, NaN where they are not plain, and half a unit of the last digit of each, 0 there.

    Parameters
    ----------
    column
        A chunked array of strings.

    Raises
    ------
    ArrowInvalid
        If one of them is not UTF-8.
    """
    number, half_step = np.empty(len(column)), np.empty(len(column))
    first = 0
    # What is worked out of a chunk stays in the cache until it is used.
    for chunk in column.chunks:
        rows = slice(first, first + len(chunk))
        number[rows], places = _of_chunk(chunk)
        half_step[rows] = _HALF_STEPS.take(places)
        first = rows.stop
    return number, half_step


def _of_chunk(texts: Any) -> tuple[Floats, Ints]:
    """Return numbers and digits behind their points of the texts that are plain numbers, NaN and -1 of others."""
    if not texts.null_count:
        return _all_plain(texts) or _by_pattern(texts)
    number, places = np.full(len(texts), np.nan), np.full(len(texts), -1)
    filled = np.asarray(texts.is_valid())
    number[filled], places[filled] = _of_chunk(texts.drop_null())
    return number, places


def _all_plain(texts: Any) -> tuple[Floats, Ints] | None:
    """Return numbers and digits behind their points if all texts are plain numbers, else None."""
    ends = np.frombuffer(texts.buffers()[1], dtype=np.int32)[texts.offset : texts.offset + len(texts) + 1]
    data = np.frombuffer(texts.buffers()[2] or b"", dtype=np.uint8)
    if not _are_digits(data[ends[0] : ends[-1]]):
        return None
    point = np.asarray(compute.find_substring(texts, "."))
    if not _are_well_formed(data, ends[:-1], np.diff(ends), point):
        return None
    try:
        number = compute.cast(texts, pa.float64()).to_numpy(zero_copy_only=False)
    except pa.ArrowInvalid:
        return None
    return number + 0.0, np.where(point < 0, 0, np.diff(ends) - point - 1)  # no -0


def _are_digits(data: NDArray[np.uint8]) -> bool:
    """Whether there are digits, points, minus signs and slashes only, of which no number has the last."""
    return bool(data.min(initial=ord("9")) >= ord("-") and data.max(initial=0) <= ord("9"))


def _are_well_formed(data: NDArray[np.uint8], start: Ints, length: Ints, point: Ints) -> bool:
    """Whether numbers have no needless zeros, no points at an end, and few enough characters for all to be digits."""
    is_negative = data.take(start) == ord("-")
    before_point = np.where(point < 0, length, point) - is_negative
    if length.max(initial=0) > _LONGEST or before_point.min(initial=1) < 1 or (point == length - 1).any():
        return False
    has_needless_zero = (data.take(start + is_negative) == ord("0")) & (before_point > 1)
    return not has_needless_zero.any()


def _by_pattern(texts: Any) -> tuple[Floats, Ints]:
    """Return numbers and digits behind their points of the texts that are plain numbers, NaN and -1 of others."""
    texts.validate(full=True)
    is_plain = np.asarray(compute.match_substring_regex(texts, _PLAIN))
    number, places = np.full(len(texts), np.nan), np.full(len(texts), -1)
    plain = texts.filter(pa.array(is_plain))
    point = np.asarray(compute.find_substring(plain, "."))
    number[is_plain] = compute.cast(plain, pa.float64()).to_numpy() + 0.0
    places[is_plain] = np.where(point < 0, 0, np.asarray(compute.binary_length(plain)) - point - 1)
    return number, places
