"""Values of one series that differ by about 100 or 1000: often the unit changed, and nobody wrote it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from smartkpi.errors import Fault
from smartkpi.model.arrays import Flags, Floats, Ints, flagged
from smartkpi.model.observations import Observations
from smartkpi.quantities import units

_MOST = 10
"""Jumps that are told one by one."""
_LEEWAY = 2.0
"""By so many times the real change from one value to the next may differ from none."""


def remarks(observations: Observations, order: Ints | slice) -> Iterator[Fault]:
    """Remark on shares that change by about 100 times, and on any values that change by about 1000 times.

    Parameters
    ----------
    observations
        All that was read.
    order
        Of the rows by series and year.
    """
    counts = observations.counts
    rows: Ints | slice = order
    if not counts.all():
        rows = np.flatnonzero(counts) if isinstance(order, slice) else order[counts[order]]
    value, indicator = observations.value[rows], observations.indicator[rows]
    known, every = units.units_of(observations.plan.units), observations.plan.indicators.values()
    shares = np.array([known.known(each.unit) and known.parse(each.unit).is_share for each in every], dtype=np.bool_)

    def flags(of: slice) -> Flags:
        change = _times(value[of.start : of.stop + 1])
        return _is_about(change, 1000) | (_is_about(change, 100) & shares[indicator[of.start + 1 : of.stop + 1]])

    places = flagged(max(len(value) - 1, 0), flags)
    row = places if isinstance(rows, slice) else rows[places]
    following = places + 1 if isinstance(rows, slice) else rows[places + 1]
    same = _are_one_series(observations, row, following)
    found = list(zip(places[same].tolist(), row[same].tolist(), following[same].tolist(), strict=True))
    names = list(observations.plan.indicators)
    for place, first, second in found[:_MOST]:
        yield Fault(
            "jump",
            *observations.place(second),
            indicator=names[indicator[place]],
            first=f"{value[place]:.15g}",
            second=f"{value[place + 1]:.15g}",
            first_place="{}:{}".format(*observations.place(first)),
            second_place="{}:{}".format(*observations.place(second)),
            times=1000 if _is_about(_times(value[place : place + 2]), 1000).all() else 100,
        )
    if len(found) > _MOST:
        yield Fault("more_jumps", number=len(found) - _MOST)


def first_of(remarks: Sequence[Fault]) -> list[Fault]:
    """Return the first jumps of several parts, and the number of the others."""
    told = [each for each in remarks if each.key == "jump"]
    others = sum(each.details["number"] for each in remarks if each.key == "more_jumps") + len(told[_MOST:])
    return [*told[:_MOST], *([Fault("more_jumps", number=others)] if others else [])]


@np.errstate(all="ignore")  # a ratio that overflows is no jump of so many times
def _times(value: Floats) -> Floats:
    """Return of each value but the first how many times the one before it is, or that of it: the greater of the two."""
    ratio = value[1:] / value[:-1]
    return np.maximum(ratio, 1 / ratio)


def _is_about(change: Floats, times: int) -> Flags:
    return np.asarray((change >= times / _LEEWAY) & (change <= times * _LEEWAY))


def _are_one_series(observations: Observations, first: Ints, second: Ints) -> Flags:
    same = observations.indicator[first] == observations.indicator[second]
    for axis in observations.dimensions:
        same &= axis.codes[first] == axis.codes[second]
    return np.asarray(same)
