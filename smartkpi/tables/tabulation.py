"""Figures of all series -> a finished table of those asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import numpy as np

from smartkpi.analysis.series import Panel
from smartkpi.errors import Fault, UsageError
from smartkpi.model import Plan, Table
from smartkpi.model.arrays import Categorical, Column
from smartkpi.model.codes import Level
from smartkpi.readers import actuals
from smartkpi.readers.dataset import Dataset
from smartkpi.tables.figures import status_figures


def status_table(
    loaded: Dataset,
    year: int | None = None,
    rule: str | None = None,
    level: str = Level.headline,
    indicators: Sequence[str] = (),
) -> Table:
    """Assess a plan.

    Parameters
    ----------
    loaded
        Plan and observations.
    year
        Things as they stood at the end of this year; None for the latest year in the data.
    rule
        Name of a rule or ``all``; None for the plan's own rule, else ``eurostat``.
    level, indicators
        Which indicators: those named, else those of the level.
    """
    plan = loaded.plan
    found = status_figures(panel_of(loaded), plan, year, rule)
    kept = selection(found.panel, plan, level, indicators)
    shown = {name: cells(found.columns[name], kept) for name in found.kinds}
    aside = {name: cells(column, kept) for name, column in found.aside.items()}
    return Table("status", found.kinds, shown, plan, found.rule, found.year, aside=aside)


def panel_of(loaded: Dataset) -> Panel:
    """Return the observations as series."""
    return loaded.panel


def selection(panel: Panel, plan: Plan, level: str, indicators: Sequence[str]) -> list[int]:
    """Return the series of the indicators named, else of the level."""
    wanted = selected(plan, level, indicators)
    return np.flatnonzero(np.isin(panel.indicator, wanted)).tolist()


def selected(plan: Plan, level: str, indicators: Sequence[str]) -> list[int]:
    """Return the positions in the plan of the indicators named, else of those of the level.

    Raises
    ------
    UsageError
        If the plan has no such indicator, or there is no such level.
    """
    if level not in tuple(Level):
        raise UsageError(Fault("unknown_level", found=level, choices=", ".join(Level)))
    for name in indicators:
        if name not in plan.indicators:
            near = actuals.nearest_indicator(name, plan)
            raise UsageError(Fault("unknown_indicator_asked", found=name, near=near))
    return [
        position
        for position, (name, indicator) in enumerate(plan.indicators.items())
        if (name in indicators if indicators else level in (Level.all, indicator.level))
    ]


def cells(column: Column, kept: Sequence[int]) -> list[Any]:
    """Return the cells of the rows kept, None where a figure is missing."""
    if isinstance(column, Categorical):
        return Categorical(column.codes[kept], column.values).cells()
    figures = column[kept]
    found = figures.astype(object)
    found[np.isnan(figures)] = None
    return cast(list[Any], found.tolist())
