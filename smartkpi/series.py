"""Observations as columns, and the series that they make: one indicator, one value of each dimension."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from smartkpi.model import OBS_STATUS, SERIES_BREAKS, Observation, Plan

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

STATUS_CODES = (*OBS_STATUS, "")
"""Codes of obs_status by position; the empty one is an assumed value."""


_IS_BREAK = np.array([code in SERIES_BREAKS for code in STATUS_CODES])


class Coded(NamedTuple):
    """A column of few distinct values: a position in `values` for each row."""

    codes: Ints
    values: Sequence[Any]

    def cells(self) -> list[Any]:
        """Return the values row by row."""
        return [self.values[code] for code in self.codes.tolist()]


@dataclass(frozen=True)
class Columns:
    """Observations that count, one row each, in no order."""

    indicator: Ints
    """Position in the plan's indicators."""
    dimensions: tuple[Coded, ...]
    year: Ints
    value: Floats
    """In the indicator's unit."""
    obs_status: Ints
    """Position in `STATUS_CODES`."""
    firm: Flags
    """Status A or P, and printed as an exact value."""
    assumed: Flags
    row: Ints
    """Row of the observations that it came from."""


def columns(observations: Sequence[Observation], plan: Plan) -> Columns:
    """Put the observations that count into columns.

    Parameters
    ----------
    observations
        In the units of their indicators; missing values and forecasts are left out.
    plan
        Gives the positions of indicators.
    """
    positions = {name: position for position, name in enumerate(plan.indicators)}
    rows = [(number, each) for number, each in enumerate(observations) if each.counts]
    kept = [each for _, each in rows]
    return Columns(
        indicator=np.array([positions[each.indicator] for each in kept], dtype=np.int64),
        dimensions=tuple(_coded([each.dimensions[axis] for each in kept]) for axis in range(len(plan.dimensions))),
        year=np.array([each.year for each in kept], dtype=np.int64),
        value=np.array([each.value for each in kept], dtype=np.float64),
        obs_status=np.array([STATUS_CODES.index(each.obs_status) for each in kept], dtype=np.int64),
        firm=np.array([each.firm for each in kept], dtype=np.bool_),
        assumed=np.array([each.assumed for each in kept], dtype=np.bool_),
        row=np.array([number for number, _ in rows], dtype=np.int64),
    )


def _coded(values: Sequence[str]) -> Coded:
    distinct = {value: code for code, value in enumerate(dict.fromkeys(values))}
    return Coded(np.array([distinct[value] for value in values], dtype=np.int64), tuple(distinct))


@dataclass(frozen=True)
class Panel:
    """Series sorted by indicator and dimensions, each with its observations in order of years.

    Series arrays have one entry per series, observation arrays one per observation; `start` and `stop` say which
    observations are a series'. Every indicator of the plan has a series, if need be without observations.
    """

    indicator: Ints
    """Of each series: position in the plan's indicators."""
    dimensions: tuple[Coded, ...]
    """Of each series, by axis; code -1 where an indicator has no observations."""
    start: Ints
    stop: Ints
    year: Ints
    value: Floats
    obs_status: Ints
    firm: Flags
    assumed: Flags
    row: Ints

    def __len__(self) -> int:
        return len(self.indicator)

    @property
    def series(self) -> Ints:
        """Of each observation: its series."""
        return np.repeat(np.arange(len(self)), self.stop - self.start)


def panel(data: Columns, plan: Plan) -> Panel:
    """Group observations into series.

    Parameters
    ----------
    data
        In any order, no two of the same series and year.
    plan
        Its order of indicators is the order of series; within an indicator series stand in the order in which
        their dimension values first occur.
    """
    key = data.indicator
    for axis in data.dimensions:
        key = key * (len(axis.values) + 1) + axis.codes
    order = np.lexsort((data.year, key))
    sorted_key = key[order]
    first = np.flatnonzero(np.diff(sorted_key, prepend=-1)) if len(order) else np.zeros(0, dtype=np.int64)
    stop = np.append(first[1:], len(order)) if len(first) else first
    heads = order[first]
    present = np.zeros(len(plan.indicators), dtype=np.bool_)
    present[data.indicator] = True
    without = np.flatnonzero(~present)
    indicator = np.concatenate([data.indicator[heads], without])
    rank = np.argsort(indicator, kind="stable")
    none = np.full(len(without), -1, dtype=np.int64)
    zero = np.zeros(len(without), dtype=np.int64)
    return Panel(
        indicator=indicator[rank],
        dimensions=tuple(
            Coded(np.concatenate([axis.codes[heads], none])[rank], (*axis.values, None)) for axis in data.dimensions
        ),
        start=np.concatenate([first, zero])[rank],
        stop=np.concatenate([stop, zero])[rank],
        year=data.year[order],
        value=data.value[order],
        obs_status=data.obs_status[order],
        firm=data.firm[order],
        assumed=data.assumed[order],
        row=data.row[order],
    )


@dataclass(frozen=True)
class Trend:
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
    unbroken = np.maximum(panel.start, _last_break(panel)[latest])
    start, base_missing = unbroken.copy(), np.zeros(len(panel), dtype=np.bool_)
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
    before = np.concatenate([[0], np.cumsum(flags)])
    return np.asarray(before[panel.stop] - before[panel.start], dtype=np.int64)


def _last_break(panel: Panel) -> Ints:
    """Of each observation: the latest break at or before it, in any series; -1 where there is none before.

    Has one entry more than there are observations, so that position -1 (no observation) finds no break.
    """
    breaks = _IS_BREAK[panel.obs_status]
    positions = np.where(breaks, np.arange(len(breaks)), -1)
    return np.append(np.maximum.accumulate(positions), -1) if len(positions) else np.array([-1])


def take(values: NDArray[Any], positions: Ints) -> Floats:
    """Return the values at the positions as floats, NaN where the position is -1."""
    padded = np.append(values.astype(np.float64), np.nan)
    return np.asarray(padded[positions])


@dataclass(frozen=True)
class Targets:
    """What the plan says of each series, as columns."""

    target: Floats
    target_year: Floats
    base_year: Floats
    """NaN where the plan names none."""
    sign: Floats
    """+1 where more is better, -1 where less is."""


def targets(panel: Panel, plan: Plan) -> Targets:
    """Return the target of each series: its own where the plan gives it one, else its indicator's."""
    indicators = list(plan.indicators.values())
    found = Targets(
        target=_of_each(panel, [each.target for each in indicators]),
        target_year=_of_each(panel, [each.target_year for each in indicators]),
        base_year=_of_each(panel, [each.base_year or np.nan for each in indicators]),
        sign=_of_each(panel, [each.sign for each in indicators]),
    )
    for position, indicator in enumerate(indicators):
        for own in indicator.targets:
            matches = (panel.indicator == position) & _matching(panel, plan, own.where)
            found.target[matches] = own.target
            if own.target_year:
                found.target_year[matches] = own.target_year
    return found


def _of_each(panel: Panel, values: Sequence[float]) -> Floats:
    return np.array(values, dtype=np.float64)[panel.indicator]


def _matching(panel: Panel, plan: Plan, where: Any) -> Flags:
    """Of each series: whether its dimensions have the values asked for."""
    matches = np.ones(len(panel), dtype=np.bool_)
    for axis, name in zip(panel.dimensions, plan.dimensions, strict=True):
        if name in where:
            codes = [code for code, value in enumerate(axis.values) if value == where[name]]
            matches &= np.isin(axis.codes, codes)
    return matches
