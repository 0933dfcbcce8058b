"""Projections of all series -> a finished table of those asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from smartkpi.analysis import projection
from smartkpi.analysis.series import Panel
from smartkpi.model import Plan, Table
from smartkpi.model.arrays import Column
from smartkpi.model.codes import Level
from smartkpi.model.columns import PROJECT_COLUMNS
from smartkpi.readers.dataset import Dataset
from smartkpi.tables.figures import Figures, by_blocks, described, with_dimensions
from smartkpi.tables.tabulation import cells, panel_of, selection


def project_table(
    loaded: Dataset,
    year: int | None = None,
    as_of: int | None = None,
    interval: float = 80.0,
    level: str = Level.headline,
    indicators: Sequence[str] = (),
) -> Table:
    """Project a plan.

    Parameters
    ----------
    loaded
        Plan and observations.
    year
        To project to; None for each target year.
    as_of
        Only observations up to this year are seen; None for all.
    interval
        Probability of the interval, in percent.
    level, indicators
        Which indicators: those named, else those of the level.
    """
    plan = loaded.plan
    found = project_figures(panel_of(loaded), plan, year, as_of, interval)
    kept = selection(found.panel, plan, level, indicators)
    shown = {name: cells(found.columns[name], kept) for name in found.kinds}
    return Table("project", found.kinds, shown, plan, year=year, settings={"as_of": as_of, "interval": interval})


def project_figures(
    panel: Panel, plan: Plan, year: int | None = None, as_of: int | None = None, interval: float = 80.0
) -> Figures:
    """Project each series of a panel, block by block."""

    def project(block: Panel) -> Mapping[str, Column]:
        return projection.project(block, plan, year, as_of, interval)

    figures = {**described(panel, plan), **by_blocks(panel, project)}
    return Figures(panel, with_dimensions(PROJECT_COLUMNS, plan), figures)
