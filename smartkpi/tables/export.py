"""Files -> the tables of an export: results, observations and plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from smartkpi.model import Table
from smartkpi.model.codes import Level
from smartkpi.model.columns import OBSERVATIONS
from smartkpi.readers.dataset import Dataset
from smartkpi.tables.observations import observation_table
from smartkpi.tables.plan import indicator_table, target_table
from smartkpi.tables.projecting import project_table
from smartkpi.tables.tabulation import status_table


def export_tables(
    loaded: Dataset,
    year: int | None = None,
    rule: str | None = None,
    level: str = Level.all,
    indicators: Sequence[str] = (),
) -> Mapping[str, Table]:
    """Return the tables of an export by name, results first.

    Parameters
    ----------
    loaded
        Plan and observations, of which all are exported.
    year
        Results as things stood at the end of this year; None for the latest in the data.
    rule
        Name of a rule or ``all``; None for the plan's own rule, else ``compound``.
    level, indicators
        Which indicators: those named, else those of the level.
    """
    choice = level, indicators
    return MappingProxyType(
        {
            "status": status_table(loaded, year, rule, *choice),
            "project": project_table(loaded, None, year, level=level, indicators=indicators),
            OBSERVATIONS: observation_table(loaded, *choice),
            "indicators": indicator_table(loaded.plan, *choice),
            "targets": target_table(loaded.plan, *choice),
        }
    )
