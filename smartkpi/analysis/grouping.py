"""Observations in any order -> sorted by series and year, without comparing where that can be avoided."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from itertools import accumulate

import numpy as np

from smartkpi.model.arrays import Categorical, Flags, Ints, spans
from smartkpi.model.observations import Observations

_MOST_SLOTS = 1 << 60
_SPARSEST = 4
"""Slots per observation up to which they are sorted by putting each in its slot."""


def slots(indicator: Ints, dimensions: Sequence[Categorical], year: Ints) -> Ints:
    """Return one number for each observation that sorts them by series and year.

    Two observations have the same number if they are of the same series and year.
    """
    least, most = (int(indicator.min()), int(indicator.max())) if len(indicator) else (0, 0)
    slot, size = indicator - least if least else indicator, most - least + 1
    first, last = (int(year.min()), int(year.max())) if len(year) else (0, 0)
    axes = [*((axis.codes, len(axis.values) + 1, 0) for axis in dimensions), (year, last - first + 1, first)]
    while axes:
        sizes = list(accumulate((length for _, length, _ in axes), operator.mul, initial=size))[1:]
        fitting = max(1, sum(each <= _MOST_SLOTS for each in sizes))
        slot, axes = _folded(slot, axes[:fitting], sizes[fitting - 1]), axes[fitting:]
        if axes:
            slot = np.unique(slot, return_inverse=True)[1]
            size = int(slot.max(initial=0)) + 1
    return slot


def _folded(slot: Ints, axes: Sequence[tuple[Ints, int, int]], size: int) -> Ints:
    """Return one number, less than `size`, for a number and positions on axes: codes, how many, and the least."""
    folded: Ints = np.empty(len(slot), dtype=np.int32 if size <= np.iinfo(np.int32).max else np.int64)
    for span in spans(len(slot)):
        part = slot[span].astype(folded.dtype)
        for codes, length, least in axes:
            part *= length
            part += codes[span] - least
        folded[span] = part
    return folded


def order(observations: Observations) -> Ints | slice:
    """Return the order of observations by series and year; all of them as a slice where they are in it already."""
    columns = observations.indicator, observations.dimensions, observations.year
    return slice(None) if are_in_order(*columns) else ordered(slots(*columns))[0]


def are_in_order(indicator: Ints, dimensions: Sequence[Categorical], year: Ints) -> bool:
    """Return whether observations are sorted by series and year, and no two are of one series and year."""
    columns = [year, *(axis.codes for axis in reversed(dimensions)), indicator]
    for span in spans(len(year) - 1):
        rises: Flags | None = None
        for column in columns:
            before, after = column[span], column[span.start + 1 : span.stop + 1]
            rises = after > before if rises is None else (after > before) | ((after == before) & rises)
        if rises is not None and not rises.all():
            return False
    return True


def ordered(slot: Ints) -> tuple[Ints, bool]:
    """Return the order of observations by slot, and whether it is known that no two of them are in one slot.

    Parameters
    ----------
    slot
        As `slots` gives it.
    """
    size = int(slot.max(initial=0)) + 1
    if size <= _SPARSEST * len(slot):
        # Ten times as fast as sorting; but of two in one slot only one is left.
        row = np.full(size, -1, dtype=np.min_scalar_type(-len(slot)))
        for span in spans(len(slot)):
            row[slot[span]] = np.arange(span.start, span.stop, dtype=row.dtype)
        row = row[row >= 0]
        if len(row) == len(slot):
            return row, True
    return np.argsort(slot, kind="stable"), False


def heads(indicator: Ints, dimensions: Sequence[Categorical]) -> tuple[Ints, Ints]:
    """Return the first position of each series of observations in order, and the one behind its last."""
    rows = len(indicator)
    if not rows:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    differs = indicator[1:] != indicator[:-1]
    for axis in dimensions:
        differs |= axis.codes[1:] != axis.codes[:-1]
    first = np.append(0, np.flatnonzero(differs) + 1)
    return first, np.append(first[1:], rows)
