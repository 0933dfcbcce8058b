"""Yearly amounts -> the running total that is judged."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from smartkpi.analysis.rounding import significant
from smartkpi.analysis.series import Panel, series_of
from smartkpi.errors import DataError, Fault
from smartkpi.model import Plan
from smartkpi.model.arrays import Flags, Ints
from smartkpi.model.codes import SERIES_BREAKS, STATUS_CODES
from smartkpi.model.observations import BOUND_CODES

_MISSING, _UNCERTAIN = 1, 2
"""What a running total lacks: a year, so that it is at least what is known; or more than that."""
_APPROX = BOUND_CODES.index("approx")
_BREAKS = [STATUS_CODES.index(code) for code in SERIES_BREAKS]


def with_totals(panel: Panel, plan: Plan) -> Panel:
    """Return a panel with running totals in the place of yearly amounts, for the indicators that count them.

    Raises
    ------
    DataError
        If a total is beyond the numbers of a computer.
    """
    since = {place: each.total_since for place, each in enumerate(plan.indicators.values()) if each.total_since}
    if not since:
        return panel
    falling = {place for place, each in enumerate(plan.indicators.values()) if each.sign < 0}
    panel = panel.keep_observations(_counted(panel, since))
    value, gap, firm, bound = panel.value.copy(), panel.gap.copy(), panel.firm.copy(), panel.bound.copy()
    precision = panel.precision.copy()
    for place, first_year in since.items():
        series = series_of(panel, place)
        for start, stop in zip(panel.start[series].tolist(), panel.stop[series].tolist(), strict=True):
            rows = slice(start, stop)
            gap[rows] = _gaps(panel, rows, first_year, falls=place in falling)
            with np.errstate(over="ignore"):
                total = np.cumsum(panel.value[rows])
            if not np.isfinite(total).all():
                year = int(panel.year[rows][~np.isfinite(total)][0])
                raise DataError([Fault("total_too_large", indicator=list(plan.indicators)[place], year=year)])
            value[rows] = significant(total)
            firm[rows] = np.logical_and.accumulate(panel.firm[rows])
            bound[rows] = _bounds(panel.bound[rows])
            precision[rows] = 0.0  # a sum has no last printed digit
    return replace(panel, value=value, gap=gap, firm=firm, bound=bound, precision=precision)


def _counted(panel: Panel, since: dict[int, int]) -> Flags:
    """Return which observations are not of a year before the total begins."""
    counts = np.ones(len(panel.year), dtype=np.bool_)
    for place, first_year in since.items():
        series = series_of(panel, place)
        if series.stop > series.start:
            rows = slice(int(panel.start[series.start]), int(panel.stop[series.stop - 1]))
            counts[rows] = panel.year[rows] >= first_year
    return counts


def _gaps(panel: Panel, rows: slice, first_year: int, *, falls: bool) -> Ints:
    """Return what the total lacks up to each observation.

    A total that is at least what is known may have met its target, but not where it must stay below it.
    """
    missing = panel.year[rows] - first_year >= np.arange(1, rows.stop - rows.start + 1)
    negative = np.logical_or.accumulate(panel.value[rows] < 0)
    broken = np.logical_or.accumulate(np.isin(panel.obs_status[rows], _BREAKS))
    return np.where(broken | (missing & (negative | falls)), _UNCERTAIN, np.where(missing, _MISSING, 0)).astype(np.int8)


def _bounds(bound: Ints) -> Ints:
    """Return what each total is a bound of: that of its amounts where all that have one have the same."""
    totals = bound.copy()
    for place in range(1, len(bound)):
        before, own = int(totals[place - 1]), int(bound[place])
        totals[place] = before if own in (0, before) else own if before == 0 else _APPROX
    return totals
