"""What Python users call; the commands call the same functions underneath."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from smartkpi.analysis import series
from smartkpi.analysis.series import Panel
from smartkpi.errors import DataError, Faults
from smartkpi.model import Plan
from smartkpi.quantities.years import whole
from smartkpi.readers import actuals, dataset, named_files
from smartkpi.readers import frame as frame_reader
from smartkpi.readers.dataset import Dataset, Inputs
from smartkpi.readers.reading import reading_options
from smartkpi.tables import frame
from smartkpi.tables.frame_kinds import as_pandas
from smartkpi.tables.projection import project_panel, project_table
from smartkpi.tables.status import assess_panel, status_table

if TYPE_CHECKING:
    import pandas as pd

PathLike = str | os.PathLike[str]
Frame = TypeVar("Frame")
"""A pandas or Polars DataFrame, or a pyarrow Table; a result is of the kind that was given."""


def status(
    year: int | None = None,
    rule: str | None = None,
    level: str = "headline",
    data: PathLike | None = None,
) -> pd.DataFrame:
    """Return attainment, required growth and on-track status of a plan's indicators.

    Parameters
    ----------
    year
        Things as they stood at the end of this year; None for the latest year in the data.
    rule
        ``compound``, ``linear``, ``eurostat``, ``eurostat-long``, ``unsd-2023``, ``germany``, ``trajectory`` or
        ``all``; None for the plan's own rule, else ``compound``.
    level
        ``headline``, ``sector`` or ``all``.
    data
        Folder with targets.toml and actuals/; None for $SMARTKPI_DATA, else the shipped data.

    Returns
    -------
    DataFrame
        One row per series: text columns as text, years as Int64, figures as float64, flags as boolean.

    Raises
    ------
    DataError
        With all faults of all files.
    TypeError
        If `year` is no whole number.

    Examples
    --------
    >>> import smartkpi
    >>> smartkpi.status(year=2022)[["actual", "target", "status"]].head(2)
       actual  target    status
    0     6.2     6.5  on_track
    1     2.4     2.9  on_track
    """
    return frame.to_frame(status_table(_loaded(data), whole(year), rule, level))


def project(
    year: int | None = None,
    as_of: int | None = None,
    interval: float = 80.0,
    data: PathLike | None = None,
) -> pd.DataFrame:
    """Return where a plan's headline indicators land: scenarios, central figure with its interval, chance.

    Parameters
    ----------
    year
        To project to; None for each indicator's target year.
    as_of
        Only observations up to this year are seen; None for all.
    interval
        Probability of the interval, in percent.
    data
        Folder with targets.toml and actuals/; None for $SMARTKPI_DATA, else the shipped data.

    Returns
    -------
    DataFrame
        One row per series: text columns as text, years as Int64, figures as float64, flags as boolean.

    Raises
    ------
    DataError
        With all faults of all files.
    UsageError
        If `interval` is not between 0 and 100.
    TypeError
        If a year is no whole number.

    Examples
    --------
    >>> import smartkpi
    >>> smartkpi.project(year=2025)[["held", "at_observed_change", "method"]].head(2)
       held  at_observed_change     method
    0   6.2                7.70  scenarios
    1   2.4                2.88  scenarios
    """
    return frame.to_frame(project_table(_loaded(data), whole(year), whole(as_of), interval))


def _loaded(data: PathLike | None) -> Dataset:
    return dataset.load(Inputs(data=os.fspath(data) if data is not None else None))


def read_plan(path: PathLike) -> Plan:
    """Read a plan.

    Parameters
    ----------
    path
        A targets.toml.

    Raises
    ------
    DataError
        With all its faults.
    """
    faults = Faults()
    plan = dataset.read_plan(Path(path), os.fspath(path), faults)
    if plan is None or faults:
        raise DataError(faults)
    return plan


def read_actuals(paths: PathLike | Sequence[PathLike], plan: Plan, **reading: Any) -> pd.DataFrame:
    """Read actuals files into a frame, values converted to the units of their indicators.

    Parameters
    ----------
    paths
        One or several: a file, a folder, a pattern, a data package; ``ID=PATH`` if all of it is of that indicator.
    plan
        Whose indicators the rows are of.
    reading
        How the files are to be understood: the options of the command line by the names that they have in the plan's
        table ``reading``, such as ``units_from_plan=True`` or ``where=["Sex="]``; they count before the plan's.

    Returns
    -------
    DataFrame
        Columns indicator, the plan's dimensions, year (int64), value (float64, in `unit`), unit, obs_status, source,
        locator, note, bound; text as str. One row per row of the files, missing values included. Parquet, and the
        speed of large CSV files, need the extra ``panel``.

    Raises
    ------
    DataError
        With all faults of all files.
    UsageError
        If an option has a value that it cannot have.
    TypeError
        If there is no such option of reading.
    """
    options = reading_options(reading)
    given = [paths] if isinstance(paths, (str, os.PathLike)) else paths
    files = [file for each in given for file in named_files.files_of(os.fspath(each), plan)]
    found = actuals.read(files, plan, options, actuals.are_large([each.path for each in files]))
    if found.faults:
        raise DataError(found.faults)
    return frame.from_observations(found.observations)


def assess(observations: Frame, plan: Plan, year: int | None = None, rule: str | None = None) -> Frame:
    """Return attainment, required growth and on-track status of every series of a frame.

    Parameters
    ----------
    observations
        A pandas or Polars DataFrame or a pyarrow Table, which is also what is returned. One row per observation, in
        any order: ``indicator`` and each dimension of the plan (text of any dtype: object, str, categorical, Arrow),
        ``year`` (whole numbers, 1900 to 2200), ``value`` (numbers, NaN where missing), ``unit`` (text; any unit of
        the indicator's kind) and, if there are such, ``obs_status`` (codes of CL_OBS_STATUS, missing is A) and
        ``bound`` (``lower``, ``upper``, ``approx``). Other columns are not read.
    plan
        Targets, units, bounds and dimensions, as `read_plan` gives them.
    year
        Things as they stood at the end of this year; None for the latest year in the data.
    rule
        ``compound``, ``linear``, ``eurostat``, ``eurostat-long``, ``unsd-2023``, ``germany``, ``trajectory`` or
        ``all``; None for the plan's own rule, else ``compound``.

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
    given, to_kind = as_pandas(observations)
    panel = _panel(given, plan)
    result: Frame = to_kind(frame.series_frame(assess_panel(panel, plan, year, rule), panel, given))
    return result


def forecast(
    observations: Frame,
    plan: Plan,
    year: int | None = None,
    as_of: int | None = None,
    interval: float = 80.0,
) -> Frame:
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
    given, to_kind = as_pandas(observations)
    panel = _panel(given, plan)
    result: Frame = to_kind(frame.series_frame(project_panel(panel, plan, year, as_of, interval), panel, given))
    return result


def _panel(observations: pd.DataFrame, plan: Plan) -> Panel:
    return series.panel(*frame_reader.read(observations, plan))
