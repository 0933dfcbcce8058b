"""Figures -> a pandas frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from smartkpi.model import Plan, Table
from smartkpi.model.arrays import Categorical, Column, Ints
from smartkpi.model.codes import STATUS_CODES
from smartkpi.model.columns import ColumnKind
from smartkpi.model.observations import BOUND_CODES, Observations
from smartkpi.tables.figures import Figures

if TYPE_CHECKING:
    import pandas as pd


def from_table(table: Table) -> pd.DataFrame:
    """Return a finished table as a frame: text as str, years as Int64, figures as float64, flags as boolean."""
    import pandas as pd

    dtypes = {"text": "str", "year": "Int64", "number": "float64", "flag": "boolean"}
    return pd.DataFrame(
        {name: pd.Series(table.columns[name], dtype=dtypes[kind]) for name, kind in table.kinds.items()}
    )


def frame(figures: Figures, observations: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """Return figures as a frame, with the dtypes of `from_table` and dimensions as they are in the observations."""
    import pandas as pd

    panel = figures.panel
    heads = np.where(panel.stop > panel.start, np.append(panel.row, -1)[panel.start], -1)
    made = {
        name: _dimension(observations[name], heads) if name in plan.dimensions else _array(figures.columns[name], kind)
        for name, kind in figures.kinds.items()
    }
    return pd.DataFrame(made, copy=False)


def from_observations(observations: Observations) -> pd.DataFrame:
    """Return observations as a frame: text as str, years as int64, values as float64."""
    import pandas as pd

    plan, size = observations.plan, len(observations)
    none = Categorical(np.zeros(size, dtype=np.int8), ("",))
    units = [each.unit for each in plan.indicators.values()]
    columns: dict[str, Any] = {
        "indicator": _array(Categorical(observations.indicator, list(plan.indicators)), "text"),
        **{name: _array(axis, "text") for name, axis in zip(plan.dimensions, observations.dimensions, strict=True)},
        "year": observations.year.astype(np.int64),
        "value": observations.value,
        "unit": _array(Categorical(observations.indicator, units), "text"),
        "obs_status": _array(Categorical(observations.obs_status, STATUS_CODES), "text"),
        **{name: _array(observations.texts.get(name, none), "text") for name in ("source", "locator", "note")},
        "bound": _array(Categorical(observations.bound, BOUND_CODES), "text"),
    }
    return pd.DataFrame(columns, copy=False)


def _array(column: Column, kind: ColumnKind) -> Any:
    import pandas as pd

    if isinstance(column, Categorical):
        values = pd.array(list(column.values), dtype="boolean" if kind == "flag" else "str")
        return values.take(column.codes)
    if kind == "year":
        missing = np.isnan(column)
        return pd.arrays.IntegerArray(np.where(missing, 0, column).astype(np.int64), missing)
    return column


def _dimension(column: pd.Series[Any], rows: Ints) -> pd.Series[Any]:
    """Return the cells of the rows, a missing one where the row is -1."""
    import pandas as pd

    if (rows >= 0).all():
        return pd.Series(column.array.take(rows), dtype=column.dtype, copy=False)
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "iub":
        nullable: Any = {"b": "boolean", "i": "Int64", "u": "UInt64"}[column.dtype.kind]
        column = column.astype(nullable)
    elif isinstance(column.dtype, pd.IntervalDtype):
        column = column.astype(object)  # intervals of whole numbers have no missing one
    return pd.Series(column.array.take(rows, allow_fill=True), dtype=column.dtype, copy=False)
