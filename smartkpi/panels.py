"""What Python users call with frames of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smartkpi.model import Plan
from smartkpi.quantities.years import whole
from smartkpi.readers import frames
from smartkpi.tables import frame
from smartkpi.tables.projection import project_panel
from smartkpi.tables.status import assess_panel

if TYPE_CHECKING:
    import pandas as pd


def assess(
    observations: pd.DataFrame, plan: Plan, year: int | None = None, rule: str | None = "compound"
) -> pd.DataFrame:
    """Return attainment, required growth and on-track status of every series of a frame.

    Parameters
    ----------
    observations
        One row per observation, in any order: ``indicator`` and each dimension of the plan (text of any dtype:
        object, str, categorical, Arrow), ``year`` (whole numbers, 1900 to 2200), ``value`` (numbers, NaN where
        missing), ``unit`` (text; any unit of the indicator's kind) and, if there is one, ``obs_status`` (codes of
        CL_OBS_STATUS, missing is A). Other columns are not read.
    plan
        Targets, units, bounds and dimensions, as `read_plan` gives them.
    year
        Things as they stood at the end of this year; None for the latest year in the data.
    rule
        ``compound``, ``linear``, ``eurostat``, ``eurostat-long``, ``unsd-2023``, ``germany``, ``trajectory`` or
        ``all``.

    Returns
    -------
    DataFrame
        One row per series of every level, indicators in the order of the plan and series in the order in which they
        first occur: the columns of `status`, values in the indicator's unit, dimensions in their own dtype.

    Raises
    ------
    DataError
        With all faults, each with the labels of its rows.
    UsageError
        If there is no such rule.
    TypeError
        If `observations` is no DataFrame, or `year` no whole number.
    """
    year = whole(year)
    found = frames.panel(observations, plan)
    return frame.series_frame(assess_panel(found, plan, year, rule), found, observations)


def forecast(
    observations: pd.DataFrame,
    plan: Plan,
    year: int | None = None,
    as_of: int | None = None,
    interval: float = 80.0,
) -> pd.DataFrame:
    """Return where every series of a frame lands: scenarios, central figure with its interval, chance.

    Parameters
    ----------
    observations, plan
        As in `assess`.
    year
        To project to; None for the target year of each series.
    as_of
        Only observations up to this year are seen; None for all.
    interval
        Probability of the interval, in percent.

    Returns
    -------
    DataFrame
        One row per series of every level, in the order of `assess`: the columns of `project`, values in the
        indicator's unit, dimensions in their own dtype.

    Raises
    ------
    DataError
        With all faults, each with the labels of its rows.
    UsageError
        If `interval` is not between 0 and 100.
    TypeError
        If `observations` is no DataFrame, or a year no whole number.
    """
    year, as_of = whole(year), whole(as_of)
    found = frames.panel(observations, plan)
    return frame.series_frame(project_panel(found, plan, year, as_of, interval), found, observations)
