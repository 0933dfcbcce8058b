"""Files -> the tables of an export: results, observations and plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from smartkpi.model.codes import Level
from smartkpi.model.columns import OBSERVATIONS
from smartkpi.model.table import Table
from smartkpi.readers.dataset import Dataset
from smartkpi.tables.observations import observation_table
from smartkpi.tables.plan import indicator_table, target_table
from smartkpi.tables.projection import project_table
from smartkpi.tables.status import status_table


def export_tables(
    dataset: Dataset,
    year: int | None = None,
    rule: str | None = None,
    level: str = Level.all,
    indicators: Sequence[str] = (),
) -> Mapping[str, Table]:
    """Return the tables of an export by name, results first.

    Parameters
    ----------
    dataset
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
            "status": status_table(dataset, year, rule, *choice, beside=()),
            "project": project_table(dataset, None, year, level=level, indicators=indicators),
            OBSERVATIONS: observation_table(dataset, *choice),
            "indicators": indicator_table(dataset.plan, *choice),
            "targets": target_table(dataset.plan, *choice),
        }
    )
