"""Values of one series that differ by about 100 times or more: often the unit changed, and nobody wrote it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log10

import numpy as np

from smartkpi.errors import Fault, place_of
from smartkpi.model.arrays import Flags, Floats, Ints, flagged
from smartkpi.model.observations import Observations
from smartkpi.quantities import units

_MOST = 10
"""Jumps that are told one by one."""
_LEEWAY = 2.0
"""By so many times the real change from one value to the next may differ from none."""
_LEAST = 1000 / _LEEWAY
_LEAST_OF_SHARES = 100 / _LEEWAY
_ROUNDING = 0.99
"""Part of a ratio that rounding leaves at the least."""
_LONGEST = 15
"""Digits of a number of times that are written out."""


def remarks(observations: Observations, order: Ints | slice) -> Iterator[Fault]:
    """Remark on shares that change by about 100 times or more, and on any values that change by about 1000 or more.

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
        found = _are_large_changes(value[of.start : of.stop + 1])
        places = np.flatnonzero(found)
        first = places + of.start
        found[places] = _are_jumps(value[first], value[first + 1], shares[indicator[first + 1]])
        return found

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
            first_place=place_of(*observations.place(first)),
            second_place=place_of(*observations.place(second)),
            times=_times(*value[place : place + 2].tolist()),
        )
    if len(found) > _MOST:
        yield Fault("more_jumps", number=len(found) - _MOST)


def first_of(remarks: Sequence[Fault]) -> list[Fault]:
    """Return the first jumps of several parts, and the number of the others."""
    told = [each for each in remarks if each.key == "jump"]
    others = sum(each.details["number"] for each in remarks if each.key == "more_jumps") + len(told[_MOST:])
    return [*told[:_MOST], *([Fault("more_jumps", number=others)] if others else [])]


@np.errstate(all="ignore")
def _are_large_changes(value: Floats) -> Flags:
    """Return of each value but the first whether it may be a jump, without dividing."""
    size = np.abs(value)
    least = size * (_LEAST_OF_SHARES * _ROUNDING)
    return np.asarray((size[1:] > least[:-1]) | (size[:-1] > least[1:]))


@np.errstate(all="ignore")  # a ratio that overflows is a jump, and one by 0 is none
def _are_jumps(first: Floats, second: Floats, share: Flags) -> Flags:
    """Return whether values are much more or less than those before them.

    Small changes of a share around 0 are many times themselves.
    """
    ratio = second / first
    change = np.maximum(np.abs(ratio), np.abs(1 / ratio))
    large = (change >= _LEAST) | (share & (ratio > 0) & (change >= _LEAST_OF_SHARES))
    return np.asarray(large & (second != 0) & (first != 0))


def _times(first: float, second: float) -> str:
    """Return how many times one value is the other: a power of ten, where it is about one, else two digits.

    Examples
    --------
    >>> _times(70.1, 0.704), _times(0.0031, 12), _times(1e-200, 2e200)
    ('100', '3900', '10^400')
    """
    power = abs(log10(abs(second)) - log10(abs(first)))
    near = round(power)
    if near > _LONGEST:
        return f"10^{near}"
    return f"{10**near if abs(power - near) <= log10(_LEEWAY) else float(f'{10**power:.1e}'):.0f}"


def _are_one_series(observations: Observations, first: Ints, second: Ints) -> Flags:
    same = observations.indicator[first] == observations.indicator[second]
    for axis in observations.dimensions:
        same &= axis.codes[first] == axis.codes[second]
    return np.asarray(same)
