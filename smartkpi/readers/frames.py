"""A pandas frame of observations -> columns, everything checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from smartkpi.analysis import grouping, series
from smartkpi.analysis.columnar import Columns
from smartkpi.errors import DataError, Fault
from smartkpi.model import Plan
from smartkpi.model.arrays import Categorical, Floats, Ints, flagged
from smartkpi.model.codes import FIRM, NOT_OBSERVED, OBS_STATUS, STATUS_CODES
from smartkpi.model.columns import REQUIRED_COLUMNS
from smartkpi.readers.actuals import nearest_indicator
from smartkpi.readers.coding import coded
from smartkpi.readers.frame_errors import FrameFaults, PlaceOf
from smartkpi.readers.framenumbers import values_of, years_of
from smartkpi.readers.frameunits import in_own_units

if TYPE_CHECKING:
    import pandas as pd

_COUNTS = np.array([code not in NOT_OBSERVED for code in STATUS_CODES])
_IS_FIRM = np.array([code in FIRM for code in STATUS_CODES])


def panel(frame: pd.DataFrame, plan: Plan, place_of: PlaceOf | None = None) -> series.Panel:
    """Check a frame of observations and group those that count into series.

    Parameters
    ----------
    frame
        Columns indicator, the plan's dimensions, year, value, unit and, if it likes, obs_status; others are not read.
    plan
        Whose indicators, units, bounds and dimensions the rows must fit.
    place_of
        From the position of a row to file and line, where the frame comes from files.

    Raises
    ------
    DataError
        With all faults, each with the labels of its rows.
    """
    data, order = _checked(frame, plan, place_of)
    counts = _COUNTS[data.obs_status] & ~np.isnan(data.value)
    if order is not None:
        data = grouping.taken(data, order if counts.all() else order[counts[order]])
    elif not counts.all():
        data = grouping.taken(data, counts)
    return series.grouped(data, plan)


def converted(frame: pd.DataFrame, plan: Plan, place_of: PlaceOf | None = None) -> pd.DataFrame:
    """Check a frame of observations and return it with values in the units of their indicators."""
    import pandas as pd

    data, _ = _checked(frame, plan, place_of)
    units_of = [each.unit for each in plan.indicators.values()]
    distinct = list(dict.fromkeys(units_of))
    codes: Any = np.array([distinct.index(each) for each in units_of], dtype=np.int32)[data.indicator]
    unit = pd.Categorical.from_codes(codes, categories=pd.Index(distinct))
    return frame.assign(value=data.value, unit=unit)


def _checked(frame: pd.DataFrame, plan: Plan, place_of: PlaceOf | None) -> tuple[Columns, Ints | None]:
    """Return all rows as columns, and their order by series and year, None if they stand in it."""
    _require_columns(frame, plan)
    faults = FrameFaults(frame.index, place_of)
    indicator = _indicators(frame["indicator"], plan, faults)
    dimensions = tuple(_dimension(frame[name], faults) for name in plan.dimensions)
    year = years_of(frame["year"], faults)
    value = values_of(frame["value"], faults)
    status = _statuses(frame, faults)
    value = in_own_units(frame["unit"], value, indicator, plan, faults)
    _check_bounds(value, indicator, plan, faults)
    none = np.zeros(len(frame), dtype=np.bool_)
    row = np.arange(len(frame), dtype=np.min_scalar_type(-len(frame) - 1))
    data = Columns(indicator, dimensions, year, value, status, _IS_FIRM[status], none, row)
    order = _order(grouping.taken(data, faults.without(len(frame))) if faults.found else data, plan, faults)
    if faults.found:
        raise DataError(faults.found)
    return data, order


def _require_columns(frame: pd.DataFrame, plan: Plan) -> None:
    if not hasattr(frame, "columns"):
        raise TypeError(f"observations must be a pandas DataFrame, not {type(frame).__name__}")
    place, names = "observations", list(frame.columns)
    wanted = (*REQUIRED_COLUMNS, *plan.dimensions)
    found = ", ".join(map(str, names))
    faults = [Fault("missing_column", place, name=name, found=found) for name in wanted if name not in names]
    wanted = (*wanted, "obs_status")
    faults += [Fault("repeated_column", place, name=name) for name in wanted if names.count(name) > 1]
    if faults:
        raise DataError(faults)


def _indicators(column: pd.Series[Any], plan: Plan, faults: FrameFaults) -> Ints:
    """Return the position in the plan of each row's indicator, -1 where it is unknown."""
    given = coded(column)
    position = {name: number for number, name in enumerate(plan.indicators)}
    table = np.array([*(position.get(name, -1) for name in given.values), -1], np.min_scalar_type(-len(position) - 1))
    indicator = table[given.codes]
    faults.each_value(
        "unknown_indicator",
        indicator < 0,
        column.array,
        lambda found: {"found": found, "near": nearest_indicator(found, plan)},
    )
    return indicator


def _dimension(column: pd.Series[Any], faults: FrameFaults) -> Categorical:
    given = coded(column)
    faults.note("missing_dimension", np.flatnonzero(given.codes < 0), name=column.name)
    return given


def _statuses(frame: pd.DataFrame, faults: FrameFaults) -> Ints:
    """Return the position in `STATUS_CODES` of each row's obs_status, the normal one where there is none."""
    if "obs_status" not in frame.columns:
        return np.zeros(len(frame), dtype=np.int8)
    given = coded(frame["obs_status"])
    table = [OBS_STATUS.index(code) if code in tuple(OBS_STATUS) else -1 for code in given.values]
    status = np.array([*table, OBS_STATUS.index("A")], dtype=np.int8)[given.codes]
    codes = " ".join(OBS_STATUS)
    faults.each_value(
        "obs_status", status < 0, frame["obs_status"].array, lambda found: {"found": found, "codes": codes}
    )
    return status


def _check_bounds(value: Floats, indicator: Ints, plan: Plan, faults: FrameFaults) -> None:
    every = list(plan.indicators.values())
    if all(each.bounds is None for each in every):
        return
    bounds = np.array([each.bounds or (-np.inf, np.inf) for each in every] + [(-np.inf, np.inf)])
    lowest, highest = bounds.T
    outside = flagged(len(value), lambda of: (value[of] < lowest[indicator[of]]) | (value[of] > highest[indicator[of]]))

    def details(number: int) -> dict[str, str]:
        row = outside[number]
        low, high = bounds[indicator[row]]
        unit = every[indicator[row]].unit
        return {"found": f"{value[row]:.15g}", "unit": unit, "low": f"{low:g}", "high": f"{high:g}"}

    faults.each_row("actual_outside_bounds", outside, details)


def _order(data: Columns, plan: Plan, faults: FrameFaults) -> Ints | None:
    """Return the order of rows by series and year, None where they stand in it, and note rows that stand twice."""
    slot = grouping.slots(data.indicator, data.dimensions, data.year)
    order = grouping.ordered(slot)
    if order is None:
        return None
    slot = slot[order]
    again = np.flatnonzero(slot[1:] == slot[:-1]) + 1
    names = list(plan.indicators)

    def details(number: int) -> dict[str, Any]:
        second, first = order[again[number]], order[again[number] - 1]
        place = faults.place([int(data.row[first])])
        return {"indicator": names[data.indicator[second]], "year": int(data.year[second]), "first": place}

    faults.each_row("duplicate", data.row[order[again]], details)
    return order
