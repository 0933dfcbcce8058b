"""Texts of an Arrow column -> numbers where they are plain, and half a unit of their last digits."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from itertools import starmap
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
    if all(map(_has_digits_only, column.chunks)):
        with contextlib.suppress(pa.ArrowInvalid):
            return _joined(len(column), starmap(_numbers, _parsed(column)))
    return _joined(len(column), map(_numbers, column.chunks))


def _joined(size: int, parts: Iterable[tuple[Floats, Ints]]) -> tuple[Floats, Floats]:
    """Return all numbers and half steps of parts, each with its numbers and the digits behind their points."""
    number, half_step = np.empty(size), np.empty(size)
    first = 0
    # What is worked out of a part stays in the cache until it is used.
    for each, places in parts:
        last = first + len(each)
        number[first:last], half_step[first:last] = each, _HALF_STEPS.take(places)
        first = last
    return number, half_step


def _parsed(column: Any) -> Iterator[tuple[Any, Any, Any]]:
    """Return the texts of each part of a column, them as numbers, and where their points are, by all processors.

    Raises
    ------
    ArrowInvalid
        If one of them is not a number.
    """
    from pyarrow import dataset

    text = dataset.field("text")
    columns = {"text": text, "number": text.cast(pa.float64()), "point": compute.find_substring(text, ".")}
    for batch in dataset.InMemoryDataset(pa.table({"text": column})).scanner(columns=columns).to_batches():
        yield tuple(batch.columns)


def _numbers(texts: Any, number: Any = None, point: Any = None) -> tuple[Floats, Ints]:
    """Return texts as numbers and the digits behind their points, NaN and -1 where they are not plain."""
    if not texts.null_count:
        return _all_plain(texts, number, point) or _by_pattern(texts)
    every, places = np.full(len(texts), np.nan), np.full(len(texts), -1)
    filled = np.asarray(texts.is_valid())
    given = (each.drop_null() for each in (texts, number, point) if each is not None)
    every[filled], places[filled] = _numbers(*given)
    return every, places


def _all_plain(texts: Any, number: Any, point: Any) -> tuple[Floats, Ints] | None:
    """Return numbers and digits behind their points if all texts are plain numbers, else None."""
    if number is None:
        if not _has_digits_only(texts):
            return None
        try:
            number, point = compute.cast(texts, pa.float64()), compute.find_substring(texts, ".")
        except pa.ArrowInvalid:
            return None
    data, ends = _buffers(texts)
    length, at = np.diff(ends), np.asarray(point)
    if not _are_well_formed(data, ends[:-1], length, at):
        return None
    return number.to_numpy(zero_copy_only=False) + 0.0, np.where(at < 0, 0, length - at - 1)  # no -0


def _buffers(texts: Any) -> tuple[NDArray[np.uint8], Ints]:
    """Return the bytes of texts, and where in them each begins and the last one ends."""
    ends = np.frombuffer(texts.buffers()[1], dtype=np.int32)[texts.offset : texts.offset + len(texts) + 1]
    data = np.frombuffer(texts.buffers()[2] or b"", dtype=np.uint8)
    return data[ends[0] : ends[-1]], ends - ends[0]


def _has_digits_only(texts: Any) -> bool:
    """Whether texts have digits, points, minus signs and slashes only, of which no number has the last."""
    data, _ = _buffers(texts)
    return bool(data.min(initial=ord("9")) >= ord("-") and data.max(initial=0) <= ord("9"))


def _are_well_formed(data: NDArray[np.uint8], start: Ints, length: Ints, point: Ints) -> bool:
    """Whether numbers have no needless zeros, no points at an end, and few enough characters for all to be digits."""
    has_minus = data.min(initial=ord("9")) == ord("-")
    head = start + (data.take(start) == ord("-")) if has_minus else start
    before_point = np.where(point < 0, length, point) - (head - start)
    if length.max(initial=0) > _LONGEST or before_point.min(initial=1) < 1 or (point == length - 1).any():
        return False
    has_needless_zero = (data.take(head) == ord("0")) & (before_point > 1)
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
