"""A pandas frame of observations -> columns, everything checked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from smartkpi.errors import DataError, Fault
from smartkpi.model import Plan
from smartkpi.model.arrays import Ints
from smartkpi.model.columns import REQUIRED_COLUMNS
from smartkpi.model.observations import TEXT_COLUMNS, Observations, Texts
from smartkpi.quantities import units
from smartkpi.readers import observations as checks
from smartkpi.readers import raw, second_values
from smartkpi.readers.differences import Differences
from smartkpi.readers.frame_columns import cells_of, texts_of, values_of, years_of
from smartkpi.readers.layouts import Names, Understanding, conditions
from smartkpi.readers.layouts.record import Cells
from smartkpi.readers.raw import RawColumns, shown_number
from smartkpi.readers.row_errors import RowErrors, place_of
from smartkpi.text import nearest

if TYPE_CHECKING:
    import pandas as pd

PLACE = "observations"
"""What a frame is called in messages."""
_IF_PRESENT = ("obs_status", "bound")
_PRECISION = "precision"


class FrameReading(NamedTuple):
    """The rows of a frame, and their order by series and year."""

    observations: Observations
    order: Ints | slice


def read(frame: pd.DataFrame, plan: Plan, units_from_plan: bool = False) -> FrameReading:
    """Check a frame of observations.

    Parameters
    ----------
    frame
        Columns indicator, the plan's dimensions, year, value, unit and, if it likes, obs_status, bound, precision
        and texts such as the explanation; others are not read.
    plan
        Whose indicators, units, bounds and dimensions the rows must fit.
    units_from_plan
        Whether values without a unit are in that of their indicator; the column may then be missing.

    Raises
    ------
    DataError
        With all errors, each with the labels of its rows.
    """
    _require_columns(frame, plan, units_from_plan)
    columns = _raw(frame, plan)
    found, errors, _ = checks.check(columns, plan, Names(plan), units_from_plan=units_from_plan)
    if _PRECISION in frame.columns and columns.precision is not None:
        wrong = np.flatnonzero((columns.precision < 0) | np.isinf(columns.precision))
        errors.note("precision", wrong, wrong, lambda row: {"found": str(frame[_PRECISION].iloc[row])})
    faults = errors.by_label(frame.index)
    good = np.flatnonzero(errors.without(len(found))) if errors else None
    rows = found if good is None else found.take(good)

    def position(row: int) -> int:
        return row if good is None else int(good[row])

    duplicates, differences = RowErrors(), Differences(lambda _: [_understanding(frame, plan)])
    settled = second_values.settle(
        rows,
        duplicates,
        lambda row: place_of(frame.index, [position(row)]),
        True,
        lambda first, second: differences.between(("", position(first)), ("", position(second))),
    )
    faults += duplicates.by_label(frame.index if good is None else frame.index[good])
    if faults:
        raise DataError(faults)
    return FrameReading(rows, settled.order)


def meeting(frame: pd.DataFrame, plan: Plan, where: Sequence[str]) -> pd.DataFrame:
    """Return the rows of a frame that meet the conditions on columns that are no dimensions of the plan.

    Raises
    ------
    DataError
        If it has no such column.
    """
    names = list(map(str, frame.columns))
    for name, values in conditions.of_files(plan, where).items():
        place = conditions.column_of(name, names)
        if place is None:
            near = nearest(name, [*names, *plan.dimensions]) or ", ".join(names[:8])
            raise DataError([Fault("where_unknown", PLACE, name=name, near=near)])
        column = cells_of(frame.iloc[:, place])
        frame = frame.loc[np.array([*(each in values for each in column.values), "" in values])[column.codes]]
    return frame


def _understanding(frame: pd.DataFrame, plan: Plan) -> Understanding:
    """Return the columns of a frame that are not read."""
    read = {*REQUIRED_COLUMNS, *plan.dimensions, *(axis.column for axis in plan.axes), _PRECISION}
    names = [name for name in frame.columns if str(name) not in read and list(frame.columns).count(name) == 1]
    cells = Cells(np.arange(len(frame)), {str(name): cells_of(frame[name]) for name in names})
    return Understanding(cells=cells)


def _raw(frame: pd.DataFrame, plan: Plan) -> RawColumns:
    indicator = texts_of(frame["indicator"])
    unit = texts_of(frame["unit"]) if "unit" in frame.columns else raw.empty(len(frame))
    number, printed, precision = values_of(frame["value"], unit)
    if _PRECISION in frame.columns:
        half, other, _ = values_of(frame[_PRECISION], raw.empty(len(frame)))
        precision = np.where(other.codes >= 0, -1.0, np.where(np.isnan(half), 0.0, half))
    given = {name: texts_of(frame[name]) for name in _IF_PRESENT if name in frame.columns}
    none = raw.empty(len(frame))
    return RawColumns(
        indicator=indicator.with_values([(text, "") for text in indicator.values]),
        year=years_of(frame["year"]),
        number=number,
        unit=unit,
        printed=printed,
        obs_status=given.get("obs_status", none),
        bound=given.get("bound", none),
        dimensions=tuple(texts_of(frame[axis.column_among(frame.columns)]) for axis in plan.axes),
        file="",
        line=np.broadcast_to(np.int8(0), len(frame)),
        text_of=lambda row: shown_number(number[row]),
        convert=lambda rows, source, target: units.convert_array(number[rows], source, target),
        precision=precision,
        texts=Texts({name: partial(texts_of, frame[name]) for name in TEXT_COLUMNS if name in frame.columns}),
    )


def _require_columns(frame: pd.DataFrame, plan: Plan, units_from_plan: bool) -> None:
    names = list(frame.columns)
    required = [name for name in REQUIRED_COLUMNS if name != "unit" or not units_from_plan]
    wanted = (*required, *(axis.column_among(names) for axis in plan.axes))
    found = ", ".join(map(str, names))
    faults = [Fault("missing_column", PLACE, name=name, found=found) for name in wanted if name not in names]
    once = (*REQUIRED_COLUMNS, *plan.dimensions, *_IF_PRESENT, _PRECISION, *TEXT_COLUMNS)
    faults += [Fault("repeated_column", PLACE, name=name) for name in once if names.count(name) > 1]
    if faults:
        raise DataError(faults)
