"""Reason codes of many series at once: where each holds, and how they are joined."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from smartkpi.analysis.series import Panel, Trend
from smartkpi.model.arrays import Categorical, Flags
from smartkpi.model.codes import REASONS


def joined(marks: Mapping[str, Flags]) -> Categorical:
    """Return the reasons of each series joined by ``;``, in the order of the contract; None where there is none.

    Examples
    --------
    >>> joined({"not_ahead": np.array([True, False]), "one_observation": np.array([True, False])}).cells()
    ['one_observation;not_ahead', None]
    """
    bits = sum(flags.astype(np.int64) << REASONS.index(name) for name, flags in marks.items())
    found = np.flatnonzero(np.bincount(np.asarray(bits)))
    place = np.zeros(1 << len(REASONS), dtype=np.int64)
    place[found] = np.arange(len(found))
    return Categorical(place[bits], tuple(_names(int(each)) for each in found))


def _names(bits: int) -> str | None:
    return ";".join(name for place, name in enumerate(REASONS) if bits >> place & 1) or None


def assumed(panel: Panel, seen: Trend) -> Flags:
    """Return where an assumed observation stands in the unbroken run."""
    before = np.concatenate([[0], np.cumsum(panel.assumed)])
    return np.asarray(before[seen.latest + 1] > before[np.minimum(seen.unbroken, seen.latest + 1)])
