"""What each series is to reach, as things are in the year of assessment: a number for every kind of target."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from smartkpi.analysis import formulas
from smartkpi.analysis.rounding import significant
from smartkpi.analysis.series import Panel, Trend, series_of, take, trend
from smartkpi.model import Indicator, Plan, RelativeTarget, SeriesTarget
from smartkpi.model.arrays import Categorical, Flags, Floats, Ints
from smartkpi.model.codes import SERIES_BREAKS, STATUS_CODES

_NOWHERE = -2
"""A code that no series has; -1 is the one of a series without observations."""
_BREAKS = [STATUS_CODES.index(code) for code in SERIES_BREAKS]


class Targets(NamedTuple):
    """What the plan asks of each series, as columns."""

    target: Floats
    """Of a range the bound that is nearer to the latest value; NaN where there is no number."""
    target_year: Floats
    base_year: Floats
    """NaN where the plan names none."""
    sign: Floats
    """+1 where the value must not be below the target, -1 where it must not be above it."""
    low: Floats
    """Least value that meets a range, else NaN."""
    high: Floats
    keep: Flags
    """Whether the target is to be held every year until the target year."""
    total: Flags
    """Whether the values are running totals."""
    base: Floats
    """Base that the plan prints for `base_year`, NaN where there is none or it does not count."""
    milestones: Categorical
    """Of tuples of year and value."""
    relative: Categorical
    """Of `RelativeTarget`, None for others."""
    reference: Floats
    """Value that a relative target starts from."""

    @property
    def is_range(self) -> Flags:
        """Where the target is a range."""
        return ~np.isnan(self.low)

    @property
    def is_base_printed(self) -> Flags:
        """Where the base is not the observation of its year, but the one that the plan prints or that totals have."""
        return ~np.isnan(self.base)

    @property
    def depends_on_values(self) -> bool:
        """Whether what some series are to reach depends on what is observed."""
        return len(self.relative.values) > 1 or bool(self.is_range.any())

    def met(self, value: Floats, series: Ints | slice = slice(None)) -> Flags:
        """Return whether values meet the targets of their series."""
        return reaches(value, self.target[series], self.sign[series], self.low[series], self.high[series])


def reaches(value: Floats, target: Floats, sign: Floats, low: Floats, high: Floats) -> Flags:
    """Return whether each value is on the right side of its target, or in its range.

    Examples
    --------
    >>> one = np.ones(2)
    >>> reaches(np.array([2.1, 3.1]), target=3 * one, sign=-one, low=one, high=3 * one).tolist()
    [True, False]
    """
    within = formulas.met(value, low, np.ones_like(value)) & formulas.met(value, high, -np.ones_like(value))
    return np.where(np.isnan(low), formulas.met(value, target, sign), within)


def resolve(panel: Panel, plan: Plan, year: int | None) -> tuple[Targets, Trend]:
    """Return what each series is to reach, and the run that it is judged by.

    Parameters
    ----------
    panel
        Series with their observations.
    plan
        Their targets.
    year
        Of assessment; None for the latest year in the data.
    """
    goal = _as_written(panel, plan, year)
    run = trend(panel, goal.base_year, year)
    printed = _printed_where_it_counts(goal, panel, run)
    goal = _with_relative(goal, panel, plan, run, printed)
    if not np.isnan(printed).all():
        # A base after the latest observation is the start of no trend.
        printed = np.where(goal.base_year < take(panel.year, run.latest), printed, np.nan)
    goal = goal._replace(base=printed)
    return aim(goal, take(panel.value, run.latest)) if goal.is_range.any() else goal, run


def aim(goal: Targets, actual: Floats) -> Targets:
    """Return the targets with that bound of a range in the place of the target that is nearer to the value."""
    bound, sign = nearer_bound(actual, goal.low, goal.high)
    return goal._replace(
        target=np.where(goal.is_range, bound, goal.target), sign=np.where(goal.is_range, sign, goal.sign)
    )


def nearer_bound(value: Floats, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Return the bound of each range that is nearer to a value, and which way it is: +1 for the lower one, else -1."""
    with np.errstate(invalid="ignore"):
        is_low = (value < low) | ((value <= high) & (value - low <= high - value))
    return np.where(np.isnan(value), np.nan, np.where(is_low, low, high)), np.where(is_low, 1.0, -1.0)


def _as_written(panel: Panel, plan: Plan, year: int | None) -> Targets:
    """Return the targets that the plan has for each series in the year of assessment."""
    indicators = list(plan.indicators.values())
    year = int(panel.year.max()) if year is None and len(panel.year) else year

    each = panel.of_indicators
    ways, kinds = _Places(len(panel), ()), _Places(len(panel), None)
    ranges = [one.target_range or (np.nan, np.nan) for one in indicators]
    goal = Targets(
        target=each([one.target for one in indicators]),
        target_year=each([one.target_year for one in indicators]),
        base_year=each([_base_year(one) for one in indicators]),
        sign=each([one.sign for one in indicators]),
        low=each([low for low, _ in ranges]),
        high=each([high for _, high in ranges]),
        keep=each([one.keep for one in indicators]).astype(np.bool_),
        total=each([one.total_since is not None for one in indicators]).astype(np.bool_),
        base=each([_printed_base(one) for one in indicators]),
        milestones=ways.column,
        relative=kinds.column,
        reference=np.full(len(panel), np.nan),
    )
    for position, indicator in enumerate(indicators):
        if indicator.milestones or indicator.relative or indicator.targets:
            series = series_of(panel, position)
            ways.put(series, np.True_, tuple(indicator.milestones.items()))
            kinds.put(series, np.True_, indicator.relative)
            for own in _in_force(indicator, year):
                matches = _put(own, goal, panel, plan, series)
                kinds.put(series, matches, own.relative)
                if own.milestones is not None:
                    ways.put(series, matches, tuple(own.milestones.items()))
    return goal


class _Places:
    """A column of distinct values that is filled step by step; the first one is that of all rows at the start."""

    def __init__(self, rows: int, first: Any) -> None:
        self._codes = np.zeros(rows, dtype=np.int64)
        self._values = [first]
        self._places = {first: 0}

    @property
    def column(self) -> Categorical:
        """The column; it is filled further by `put`."""
        return Categorical(self._codes, self._values)

    def put(self, series: slice, matches: Flags | np.bool_, value: Any) -> None:
        """Put a value into those of some rows that match."""
        code = self._places.setdefault(value, len(self._values))
        if code == len(self._values):
            self._values.append(value)
        self._codes[series][matches] = code


def _base_year(indicator: Indicator) -> float:
    if indicator.total_since:
        return indicator.total_since - 1
    return indicator.base_year or (indicator.relative.from_year if indicator.relative else np.nan)


def _printed_base(indicator: Indicator) -> float:
    if indicator.total_since:
        return 0.0
    return np.nan if indicator.base is None else indicator.base


def _put(own: SeriesTarget, goal: Targets, panel: Panel, plan: Plan, series: slice) -> Flags:
    """Put another target in the place of the indicator's, and return for which of its series."""
    matches = np.ones(series.stop - series.start, dtype=np.bool_)
    for name, value in own.where.items():
        axis = panel.dimensions[plan.dimensions.index(name)]
        matches &= axis.codes[series] == (axis.values.index(value) if value in axis.values else _NOWHERE)
    low, high = own.target_range or (np.nan, np.nan)
    for column, number in ((goal.target, own.target), (goal.low, low), (goal.high, high)):
        column[series][matches] = number
    if own.target_year:
        goal.target_year[series][matches] = own.target_year
    return matches


def _in_force(indicator: Indicator, year: int | None) -> Iterator[SeriesTarget]:
    """Return the other targets that count in a year, so that of two for a series the last one holds.

    First `where`, then `since`: what is said of single series goes before what is said of all.
    """
    entries = [own for own in indicator.targets if own.since is None or year is None or own.since <= year]
    yield from sorted(entries, key=lambda own: (bool(own.where), own.since or 0))


def _printed_where_it_counts(goal: Targets, panel: Panel, run: Trend) -> Floats:
    """Return the printed bases where they count, NaN elsewhere.

    They count for the series that is the whole, where the data have no observation of their year, and not across a
    break.
    """
    if np.isnan(goal.base).all():
        return goal.base
    first = np.maximum(run.unbroken, 0)
    status = np.append(panel.obs_status, 0)[first]
    parted = (run.latest >= 0) & ((run.unbroken > panel.start) | np.isin(status, _BREAKS))
    whole = np.ones(len(panel), dtype=np.bool_)
    for axis in panel.dimensions:
        whole &= axis.flags(lambda value: value in ("", None))
    counts = (run.latest < 0) | (run.base_missing & ~parted)
    return np.where(counts & (whole | goal.total), goal.base, np.nan)


def _with_relative(goal: Targets, panel: Panel, plan: Plan, run: Trend, base: Floats) -> Targets:
    """Return the targets with the number that each relative one comes to, NaN where it has none."""
    if len(goal.relative.values) == 1:
        return goal
    reference, target = goal.reference.copy(), goal.target.copy()
    for relative, rows in rows_by_value(goal.relative):
        if relative is None:
            continue
        own = _exact_value(panel, run, relative.from_year)
        printed = np.where(goal.base_year == relative.from_year, base, np.nan)
        value = np.where(np.isnan(own), printed, own)
        reference[rows], target[rows] = value[rows], apply_change(relative, value)[rows]
    return goal._replace(reference=reference, target=target)


def _exact_value(panel: Panel, run: Trend, year: int) -> Floats:
    """Return of each series the value of a year in its unbroken run; NaN where it is missing, or only a bound."""
    usable = (panel.year == year) & (panel.bound == 0)
    place = np.flatnonzero(usable)
    series = panel.series[place]
    inside = (place >= run.unbroken[series]) & (place <= run.latest[series])
    found = np.full(len(panel), -1)
    found[series[inside]] = place[inside]
    return take(panel.value, found)


def apply_change(relative: RelativeTarget, value: Floats) -> Floats:
    """Return what a relative target makes of values; NaN for shares of what is not above 0.

    Examples
    --------
    >>> apply_change(RelativeTarget("percent", -55.0, 1990, "-55 %"), np.array([5700.0, 0.0])).tolist()
    [2565.0, nan]
    """
    with np.errstate(all="ignore"):
        if relative.kind == "amount":
            return significant(value + relative.size)
        result = value * relative.size if relative.kind == "times" else value + value * relative.size / 100
    return significant(np.where(value > 0, result, np.nan))


def milestone_of(goal: Targets, year: Floats) -> Floats:
    """Return the milestone of each series for a year, NaN where it has none."""
    found = np.full(len(year), np.nan)
    for steps, rows in rows_by_value(goal.milestones):
        own, own_year = found[rows], year[rows]
        for step, value in steps:
            own[own_year == step] = value
        found[rows] = own
    return found


def rows_by_value(column: Categorical) -> Iterator[tuple[Any, Ints | slice]]:
    """Return each distinct value of a column with the positions of its rows; of the only one there is as a slice."""
    if len(column.values) == 1:
        yield column.values[0], slice(None)
        return
    order = np.argsort(column.codes, kind="stable")
    ends = np.searchsorted(column.codes[order], np.arange(len(column.values) + 1)).tolist()
    for value, (first, stop) in zip(column.values, pairwise(ends), strict=True):
        if stop > first:
            yield value, order[first:stop]
