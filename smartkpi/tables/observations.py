"""Observations as the tidy table that the actuals are read from: what `export` writes and `template` leaves blank."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from smartkpi.model import Plan, Table
from smartkpi.model.codes import Level
from smartkpi.model.columns import OBSERVATION_COLUMNS, ColumnKind
from smartkpi.readers.dataset import Dataset
from smartkpi.tables.figures import with_dimensions
from smartkpi.tables.tabulation import selected


def observation_table(loaded: Dataset, level: str = Level.all, indicators: Sequence[str] = ()) -> Table:
    """Return the observations of a plan in the order in which they were read, in the units of their indicators.

    Parameters
    ----------
    loaded
        Plan and observations.
    level, indicators
        Which indicators: those named, else those of the level.
    """
    plan = loaded.plan
    every = list(plan.indicators)
    wanted = {every[position] for position in selected(plan, level, indicators)}
    kept = [each for each in loaded.observations if each.indicator in wanted]
    kinds = with_dimensions(OBSERVATION_COLUMNS, plan)
    columns = {name: [_given(getattr(each, name)) for each in kept] for name in OBSERVATION_COLUMNS}
    columns |= {name: [each.dimensions[axis] for each in kept] for axis, name in enumerate(plan.dimensions)}
    return Table("observations", kinds, {name: columns[name] for name in kinds}, plan)


def _given(value: Any) -> Any:
    return None if value == "" else value


def form_kinds(plan: Plan) -> dict[str, ColumnKind]:
    """Return the columns of a form to fill in: those of the actuals, and the titles for people."""
    kinds = with_dimensions(OBSERVATION_COLUMNS, plan)
    names = [name for name in kinds if name != "bound"]
    names.insert(1, "title")
    return {name: kinds.get(name, "text") for name in names}
