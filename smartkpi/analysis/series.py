"""The series that observations make, one indicator and one value of each dimension each, and their latest trend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from smartkpi.analysis import grouping
from smartkpi.model.arrays import Categorical, Flags, Floats, Ints, looked_up
from smartkpi.model.codes import STATUS_CODES
from smartkpi.model.observations import Observations

_BREAK, _OTHER_DEFINITION = STATUS_CODES.index("B"), STATUS_CODES.index("D")
_OF_OBSERVATIONS = ("year", "value", "obs_status", "bound", "precision", "firm", "assumed", "row", "gap")


@dataclass(frozen=True)
class Panel:
    """Series sorted by indicator and dimensions, each with its observations in order of years.

    Series arrays have one entry per series, observation arrays one per observation; `start` and `stop` say which
    observations are a series'. Every indicator of the plan has a series, if need be without observations.
    """

    indicator: Ints
    """Of each series: position in the plan's indicators."""
    dimensions: tuple[Categorical, ...]
    """Of each series, by axis; code -1 where an indicator has no observations."""
    start: Ints
    stop: Ints
    year: Ints
    value: Floats
    obs_status: Ints
    bound: Ints
    """Position in `BOUND_CODES`."""
    precision: Floats
    """Half a unit of the last printed digit; 0 where the value has no digits."""
    firm: Flags
    assumed: Flags
    row: Ints
    gap: Ints
    """What a running total lacks: 0 nothing, 1 a year, 2 more than that; 0 where values are no totals."""

    def __len__(self) -> int:
        return len(self.indicator)

    @property
    def series(self) -> Ints:
        """Of each observation: its series."""
        return np.repeat(np.arange(len(self)), self.stop - self.start)

    def of_indicators(self, values: Sequence[float]) -> Floats:
        """Return for each series what its indicator has, given that of all indicators of the plan."""
        table = np.array(values, dtype=np.float64)
        only = self._only_indicator
        return table[self.indicator] if only is None else np.full(len(self), table[only])

    @cached_property
    def _only_indicator(self) -> int | None:
        """That of all series, as most blocks of a large panel have; None where they have several."""
        is_one = len(self) > 0 and bool((self.indicator == self.indicator[0]).all())
        return int(self.indicator[0]) if is_one else None

    def gap_at(self, positions: Ints) -> Ints:
        """Return what totals lack at observations, 0 where the position is -1."""
        return pick(self.gap, positions, 0) if self.gap.any() else np.zeros(len(positions), dtype=self.gap.dtype)

    def take(self, series: Ints) -> Panel:
        """Return the panel with only these series; one may be asked for more than once."""
        number = self.stop[series] - self.start[series]
        stop = np.cumsum(number)
        start = stop - number
        positions = np.arange(int(number.sum())) + np.repeat(self.start[series] - start, number)
        return replace(
            self,
            indicator=self.indicator[series],
            dimensions=tuple(axis.take(series) for axis in self.dimensions),
            start=start,
            stop=stop,
            **{name: getattr(self, name)[positions] for name in _OF_OBSERVATIONS},
        )

    def keep_observations(self, kept: Flags) -> Panel:
        """Return the panel without some of its observations, with all of its series."""
        if kept.all():
            return self
        before = np.concatenate([[0], np.cumsum(kept)])
        columns = {name: getattr(self, name)[kept] for name in _OF_OBSERVATIONS}
        return replace(self, start=before[self.start], stop=before[self.stop], **columns)

    def blocks(self, size: int) -> Iterator[Panel]:
        """Return the panel in parts of at most so many series: what is worked on at a time stays in the cache.

        A part ends with an indicator where it can, since a target that all series have in common takes less time.
        """
        if len(self) <= size:
            yield self
            return
        # Where an indicator ends, and the start, where none does.
        ends = np.flatnonzero(np.append(True, self.indicator[1:] != self.indicator[:-1]))
        stop = 0
        while stop < len(self):
            first, most = stop, min(stop + size, len(self))
            whole = int(ends[np.searchsorted(ends, most, side="right") - 1])
            stop = whole if most < len(self) and whole > first + size // 2 else most
            block = slice(first, stop)
            begin, end = int(self.start[first]), int(self.stop[block][-1])
            positions = slice(begin, end)
            yield replace(
                self,
                indicator=self.indicator[block],
                dimensions=tuple(Categorical(axis.codes[block], axis.values) for axis in self.dimensions),
                start=self.start[block] - begin,
                stop=self.stop[block] - begin,
                **{name: getattr(self, name)[positions] for name in _OF_OBSERVATIONS},
            )


def panel(observations: Observations, order: Ints | slice | None = None, shown: Ints | None = None) -> Panel:
    """Group the observations that count into series.

    Parameters
    ----------
    observations
        In any order, no two of the same series and year. The plan's order of indicators is the order of series;
        within an indicator series come in the order in which their dimension values first occur.
    order
        As `grouping.order` gives it, where that is known already.
    shown
        Positions of the indicators that have a series even without observations; None for all.
    """
    order = grouping.order(observations) if order is None else order
    counts = observations.counts
    if not counts.all():
        order = np.flatnonzero(counts) if isinstance(order, slice) else order[counts[order]]
    plan = observations.plan
    every = _in_order(observations.indicator, order)
    axes = [Categorical(_in_order(axis.codes, order), axis.values) for axis in observations.dimensions]
    first, stop = grouping.heads(every, axes)
    # Of rows it is as small as those need; the plan may have more indicators than they have.
    indicator = every[first].astype(np.int64)
    # An indicator without observations is a series too: it goes in where its place in the plan is.
    present = np.zeros(len(plan.indicators), dtype=np.bool_)
    present[indicator] = True
    without = np.flatnonzero(~present) if shown is None else shown[~present[shown]]
    place = np.searchsorted(indicator, without)
    stop = np.insert(stop, place, np.append(0, stop)[place])
    return Panel(
        indicator=np.insert(indicator, place, without),
        dimensions=tuple(
            Categorical(np.insert(axis.codes[first].astype(np.int64), place, -1), (*axis.values, None)) for axis in axes
        ),
        start=np.append(0, stop)[:-1],
        stop=stop,
        year=_in_order(observations.year, order),
        value=_in_order(observations.value, order),
        obs_status=_in_order(observations.obs_status, order),
        bound=_in_order(observations.bound, order),
        precision=_in_order(observations.precision, order),
        firm=_in_order(observations.firm, order),
        assumed=_in_order(observations.assumed, order),
        row=np.arange(len(counts), dtype=np.min_scalar_type(-len(counts) - 1)) if isinstance(order, slice) else order,
        gap=np.zeros(len(every), dtype=np.int8),
    )


def _in_order(column: NDArray[Any], order: Ints | slice) -> NDArray[Any]:
    """Return a column in an order; where all rows have the same, which is common, nothing is looked up."""
    if isinstance(order, slice):
        return column[order]
    is_constant = len(order) and (column.strides == (0,) or column.min() == column.max())
    return column[: len(order)] if is_constant else looked_up(column, order)


class Trend(NamedTuple):
    """What of each series is seen at the end of a year: the unbroken run of observations up to the latest one.

    Positions point into the panel's observations and are -1 where there is none.
    """

    latest: Ints
    base: Ints
    """First observation of the unbroken run, or the one of `base_year`; -1 where that is missing or the latest."""
    start: Ints
    """First observation of the unbroken run that is not before `base_year`."""
    unbroken: Ints
    """First observation of the unbroken run."""
    base_missing: Flags
    """A `base_year` is given and the unbroken run has no observation of it."""

    @property
    def n(self) -> Ints:
        """Observations of the unbroken run that are not before `base_year`."""
        return np.where(self.latest < 0, 0, self.latest - self.start + 1)


def trend(panel: Panel, base_year: Floats, year: int | None = None) -> Trend:
    """Find the unbroken run of each series, with its base and its latest observation.

    Parameters
    ----------
    panel
        Series and their observations.
    base_year
        Of each series; NaN for the first observation.
    year
        Observations after it are not seen; None for all.
    """
    visible = np.ones(len(panel.year), dtype=np.bool_) if year is None else panel.year <= year
    latest = panel.start + _count(visible, panel) - 1
    latest[latest < panel.start] = -1
    breaks = _breaks(panel)
    unbroken = np.maximum(panel.start, _last(breaks)[latest]) if breaks.any() else panel.start
    start, base_missing = unbroken, np.zeros(len(panel), dtype=np.bool_)
    given = ~np.isnan(base_year)
    if given.any():
        before = panel.year < base_year[panel.series]
        start = np.where(given, np.maximum(unbroken, panel.start + _count(before, panel)), unbroken)
        at_base = (start <= latest) & (np.append(panel.year, 0)[np.minimum(start, len(panel.year))] == base_year)
        base_missing = given & ~at_base
    start = np.minimum(start, latest + 1)
    base = np.where((latest > start) & ~base_missing, start, -1)
    return Trend(latest, base, start, unbroken, base_missing)


def _count(flags: Flags, panel: Panel) -> Ints:
    """Of each series: how many of its observations are flagged."""
    if flags.all():
        return panel.stop - panel.start
    before = np.concatenate([[0], np.cumsum(flags)])
    return np.asarray(before[panel.stop] - before[panel.start], dtype=np.int64)


def _breaks(panel: Panel) -> Flags:
    """Of each observation: whether it is marked B, or observations of another definition (D) begin or end at it."""
    breaks: Flags = panel.obs_status == _BREAK
    other = panel.obs_status == _OTHER_DEFINITION
    if other.any():
        breaks[1:] |= other[1:] != other[:-1]
    return breaks


def _last(breaks: Flags) -> Ints:
    """Of each observation: the latest break at or before it, in any series; -1 where there is none before.

    Has one entry more than there are observations, so that position -1 (no observation) finds no break.
    """
    return np.append(np.maximum.accumulate(np.where(breaks, np.arange(len(breaks)), -1)), -1)


def extremes(largest_or_least: np.ufunc, values: Floats, first: Ints, stop: Ints) -> Floats:
    """Return the extreme of ``values[first:stop]`` of each series, NaN where there is none.

    Parameters
    ----------
    largest_or_least
        `numpy.maximum` or `numpy.minimum`.
    """
    steps = by_step(values, first, stop)
    if steps is not None:
        found: Floats = steps[0].copy()
        for each in steps[1:]:
            largest_or_least(found, each, out=found)
        return found
    found = np.full(len(first), np.nan)
    rows = np.flatnonzero(first < stop)
    if len(rows):
        ends = np.stack([first[rows], stop[rows]], axis=1).ravel()
        # What is between one series and the next is the other half of the result; behind the last value is nothing.
        found[rows] = largest_or_least.reduceat(values, ends[:-1] if ends[-1] == len(values) else ends)[::2]
    return found


def by_step(values: NDArray[Any], first: Ints, stop: Ints) -> NDArray[Any] | None:
    """Return ``values[first:stop]`` of all series: a row of their first values, one of their second values, and so on.

    Nothing is copied. None where series do not have the same number of values, or lie unevenly.

    Examples
    --------
    >>> by_step(np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0]), np.array([0, 3]), np.array([2, 5])).tolist()
    [[1.0, 4.0], [2.0, 5.0]]
    """
    if len(first) < 2:
        return None
    length, apart = int(stop[0] - first[0]), int(first[1] - first[0])
    if length < 1 or apart < length or (stop - first != length).any() or (first[1:] - first[:-1] != apart).any():
        return None
    # Each is a row of what is between its first value and that of the next series, from an equal place on.
    begin = min(int(first[0]), len(values) - len(first) * apart)
    if begin < 0:
        return None
    skipped = int(first[0]) - begin
    return values[begin : begin + len(first) * apart].reshape(-1, apart)[:, skipped : skipped + length].T


def take(values: NDArray[Any], positions: Ints) -> Floats:
    """Return the values at the positions as floats, NaN where the position is -1."""
    return pick(values, positions, np.nan).astype(np.float64, copy=False)


def pick(values: NDArray[Any], positions: Ints, missing: Any) -> NDArray[Any]:
    """Return the values at the positions, `missing` where the position is -1."""
    there = positions >= 0
    found: NDArray[Any] = values[positions] if len(values) else np.zeros(len(positions), dtype=values.dtype)
    return found if there.all() else np.where(there, found, missing)


def series_of(panel: Panel, position: int) -> slice:
    """Return the positions of the series of an indicator in a panel."""
    first, stop = np.searchsorted(panel.indicator, [position, position + 1]).tolist()
    return slice(first, stop)
