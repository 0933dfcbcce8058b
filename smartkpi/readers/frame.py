"""A pandas frame of observations -> columns, everything checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from smartkpi.errors import DataError, Fault
from smartkpi.model import Plan
from smartkpi.model.arrays import Ints
from smartkpi.model.columns import REQUIRED_COLUMNS
from smartkpi.model.observations import Observations
from smartkpi.quantities import units
from smartkpi.readers import observations as checks
from smartkpi.readers import raw, second_values
from smartkpi.readers.frame_columns import texts_of, values_of, years_of
from smartkpi.readers.layouts import Names
from smartkpi.readers.raw import RawColumns, shown_number
from smartkpi.readers.row_errors import RowErrors, place_of

if TYPE_CHECKING:
    import pandas as pd

PLACE = "observations"
"""What a frame is called in messages."""
_IF_PRESENT = ("obs_status", "bound")


class FrameReading(NamedTuple):
    """The rows of a frame, and their order by series and year."""

    observations: Observations
    order: Ints | slice


def read(frame: pd.DataFrame, plan: Plan) -> FrameReading:
    """Check a frame of observations.

    Parameters
    ----------
    frame
        Columns indicator, the plan's dimensions, year, value, unit and, if it likes, obs_status and bound; others are
        not read.
    plan
        Whose indicators, units, bounds and dimensions the rows must fit.

    Raises
    ------
    DataError
        With all errors, each with the labels of its rows.
    """
    _require_columns(frame, plan)
    found, errors, _ = checks.check(_raw(frame, plan), plan, Names(plan))
    faults = errors.by_label(frame.index)
    good = np.flatnonzero(errors.without(len(found))) if errors else None
    rows = found if good is None else found.take(good)

    def position(row: int) -> int:
        return row if good is None else int(good[row])

    duplicates = RowErrors()
    settled = second_values.settle(rows, duplicates, lambda row: place_of(frame.index, [position(row)]), True)
    faults += duplicates.by_label(frame.index if good is None else frame.index[good])
    if faults:
        raise DataError(faults)
    return FrameReading(rows, settled.order)


def _raw(frame: pd.DataFrame, plan: Plan) -> RawColumns:
    indicator, unit = texts_of(frame["indicator"]), texts_of(frame["unit"])
    number, printed = values_of(frame["value"], unit)
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
    )


def _require_columns(frame: pd.DataFrame, plan: Plan) -> None:
    if not hasattr(frame, "columns"):
        raise TypeError(f"observations must be a pandas DataFrame, not {type(frame).__name__}")
    names = list(frame.columns)
    wanted = (*REQUIRED_COLUMNS, *(axis.column_among(names) for axis in plan.axes))
    found = ", ".join(map(str, names))
    faults = [Fault("missing_column", PLACE, name=name, found=found) for name in wanted if name not in names]
    faults += [Fault("repeated_column", PLACE, name=name) for name in (*wanted, *_IF_PRESENT) if names.count(name) > 1]
    if faults:
        raise DataError(faults)
