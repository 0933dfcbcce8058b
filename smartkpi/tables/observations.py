"""Observations as the tidy table that the actuals are read from: what `export` writes and `template` leaves blank."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from smartkpi.model import Plan, Table
from smartkpi.model.arrays import Categorical
from smartkpi.model.codes import STATUS_CODES, Level
from smartkpi.model.columns import OBSERVATION_COLUMNS, ColumnKind
from smartkpi.model.observations import BOUND_CODES
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
    wanted = np.isin(loaded.observations.indicator, selected(plan, level, indicators))
    kept = loaded.observations.take(wanted)
    every = list(plan.indicators.values())
    none = Categorical(np.zeros(len(kept), dtype=np.int8), ("",))
    columns: dict[str, Sequence[Any]] = {
        "indicator": Categorical(kept.indicator, [each.id for each in every]).cells(),
        "year": kept.year.tolist(),
        "value": [
            None if missing else value for value, missing in zip(kept.value.tolist(), np.isnan(kept.value), strict=True)
        ],
        "unit": Categorical(kept.indicator, [each.unit for each in every]).cells(),
        "obs_status": _given(Categorical(kept.obs_status, STATUS_CODES)),
        **{name: _given(kept.texts.get(name, none)) for name in ("source", "locator", "note")},
        "bound": _given(Categorical(kept.bound, BOUND_CODES)),
        **{name: axis.cells() for name, axis in zip(plan.dimensions, kept.dimensions, strict=True)},
    }
    kinds = with_dimensions(OBSERVATION_COLUMNS, plan)
    return Table("observations", kinds, {name: columns[name] for name in kinds}, plan)


def _given(column: Categorical) -> list[Any]:
    return column._replace(values=[value or None for value in column.values]).cells()


def form_kinds(plan: Plan) -> dict[str, ColumnKind]:
    """Return the columns of a form to fill in: those of the actuals, and the titles for people."""
    kinds = with_dimensions(OBSERVATION_COLUMNS, plan)
    names = [name for name in kinds if name != "bound"]
    names.insert(1, "title")
    return {name: kinds.get(name, "text") for name in names}
