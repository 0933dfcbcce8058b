"""Finished tables, and what is computed of frames of observations -> pandas frames."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from smartkpi.analysis import series
from smartkpi.analysis.series import Panel, pick
from smartkpi.analysis.totals import with_totals
from smartkpi.model import Plan
from smartkpi.model.arrays import Categorical, Column, Flags, Ints
from smartkpi.model.codes import STATUS_CODES
from smartkpi.model.columns import ColumnKind
from smartkpi.model.observations import BOUND_CODES, TEXT_COLUMNS, Observations
from smartkpi.model.table import Table
from smartkpi.readers import frame as frame_reader

if TYPE_CHECKING:
    import pandas as pd

_SHORTEST_RUN = 4
"""Mean length of runs of equal texts from which it is worth while to find them first."""


def to_frame(table: Table) -> pd.DataFrame:
    """Return a table as a frame: text as str, years as Int64, figures as float64, flags as boolean."""
    import pandas as pd

    return pd.DataFrame({name: _array(table.columns[name], kind) for name, kind in table.kinds.items()}, copy=False)


def series_frame(
    observations: pd.DataFrame, plan: Plan, compute: Callable[[Panel], Table], units_from_plan: bool = False
) -> tuple[pd.DataFrame, Flags]:
    """Return what is computed of all series of a frame as a frame, and which of its rows have observations.

    Parameters
    ----------
    observations
        As `smartkpi.assess` takes them.
    plan
        Whose indicators they are.
    compute
        Gives a table with a row for each series of a panel. Dimensions get the dtype that the observations have.
    units_from_plan
        Whether values without a unit are in that of their indicator.

    Raises
    ------
    DataError
        With all errors, each with the labels of its rows.
    """
    import pandas as pd

    panel = series.panel(*frame_reader.read(observations, plan, units_from_plan))
    first = pick(panel.row, np.where(panel.stop > panel.start, panel.start, -1), -1)
    table = compute(with_totals(panel, plan))
    del panel  # it takes as much memory as the result
    # Plain texts are made as all others are: to take them from the observations needs memory for a copy of those.
    plain, names = pd.array([], dtype="str").dtype, observations.columns
    # A whole is an empty text, whatever the frame calls it.
    kept = {
        axis.name: column
        for axis in plan.axes
        if not axis.total and observations[column := axis.column_among(names)].dtype != plain
    }
    columns = {
        name: _dimension(observations[kept[name]], first) if name in kept else _array(table.columns[name], kind)
        for name, kind in table.kinds.items()
    }
    return pd.DataFrame(columns, copy=False), first >= 0


def from_observations(observations: Observations) -> pd.DataFrame:
    """Return observations as a frame: text as str, years as int64, values as float64."""
    import pandas as pd

    plan, size = observations.plan, len(observations)
    none = Categorical(np.zeros(size, dtype=np.int8), ("",))
    units = [each.unit for each in plan.indicators.values()]
    texts = {name: _array(observations.texts.get(name, none), "text") for name in TEXT_COLUMNS}
    columns: dict[str, Any] = {
        "indicator": _array(Categorical(observations.indicator, list(plan.indicators)), "text"),
        **{name: _array(axis, "text") for name, axis in zip(plan.dimensions, observations.dimensions, strict=True)},
        "year": observations.year.astype(np.int64),
        "value": observations.value,
        "unit": _array(Categorical(observations.indicator, units), "text"),
        "obs_status": _array(Categorical(observations.obs_status, STATUS_CODES), "text"),
        **{name: texts.pop(name) for name in ("source", "locator", "note")},
        "bound": _array(Categorical(observations.bound, BOUND_CODES), "text"),
        "precision": np.where(observations.precision > 0, observations.precision, np.nan),
        **texts,
    }
    return pd.DataFrame(columns, copy=False)


def _array(column: Column, kind: ColumnKind) -> Any:
    import pandas as pd

    if isinstance(column, Categorical):
        if kind == "flag":
            return pd.array(list(column.values), dtype="boolean").take(column.codes)
        return _texts(column)
    if kind == "year":
        missing = np.isnan(column)
        years = np.where(missing, 0, column) if missing.any() else column
        return pd.arrays.IntegerArray(years.astype(np.int64), missing)
    return column


def _texts(column: Categorical) -> Any:
    import pandas as pd

    # Without pyarrow, text columns hold what they are given: members of code lists would not be plain text.
    values = pd.array([each if each is None else str(each) for each in column.values], dtype="str")
    changes = column.codes[1:] != column.codes[:-1]
    if values.dtype.storage == "python" or _SHORTEST_RUN * np.count_nonzero(changes) >= len(column):
        return values.take(column.codes)
    # What a plan says of its indicators comes in long runs, of which Arrow takes each text once.
    import pyarrow as pa
    from pyarrow import compute

    ends = np.append(np.flatnonzero(changes) + 1, len(column))
    runs = pa.RunEndEncodedArray.from_arrays(ends, pa.array(values.take(column.codes[ends - 1])))
    return pd.array(compute.run_end_decode(runs), dtype="str")


def _dimension(column: pd.Series[Any], rows: Ints) -> pd.Series[Any]:
    """Return the cells of the rows, a missing one where the row is -1."""
    try:
        return _cells(column, rows)
    except NotImplementedError:  # a type of whose cells pandas or Arrow cannot take some
        return _cells(type(column)(list(column.array), dtype=object), rows)


def _cells(column: pd.Series[Any], rows: Ints) -> pd.Series[Any]:
    import pandas as pd

    if (rows >= 0).all():
        return pd.Series(column.array.take(rows), dtype=column.dtype, copy=False)
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "iub":
        nullable: Any = {"b": "boolean", "i": "Int64", "u": "UInt64"}[column.dtype.kind]
        column = column.astype(nullable)
    elif isinstance(column.dtype, pd.IntervalDtype):
        column = column.astype(object)  # intervals of whole numbers have no missing one
    return pd.Series(column.array.take(rows, allow_fill=True), dtype=column.dtype, copy=False)
