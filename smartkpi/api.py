"""What Python users call; the commands call the same functions underneath."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from smartkpi.errors import DataError, Faults
from smartkpi.model import Observation, Plan
from smartkpi.quantities.years import whole
from smartkpi.readers import actuals, arrow, data_package, dataset, frames
from smartkpi.readers.dataset import Dataset, Inputs
from smartkpi.tables import frame
from smartkpi.tables.projection import project_table
from smartkpi.tables.status import status_table

if TYPE_CHECKING:
    import pandas as pd

PathLike = str | os.PathLike[str]


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
        ``compound`` (default), ``linear``, ``eurostat``, ``eurostat-long``, ``unsd-2023``, ``germany``, ``trajectory``
        or ``all``.
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


def read_actuals(paths: PathLike | Sequence[PathLike], plan: Plan) -> pd.DataFrame:
    """Read actuals files into a frame, values converted to the units of their indicators.

    Parameters
    ----------
    paths
        One file or several; a data package's folder or descriptor stands for its observations.
    plan
        Whose indicators the rows are of.

    Returns
    -------
    DataFrame
        Columns indicator, the plan's dimensions, year (int64), value (float64, in `unit`), unit, obs_status, source,
        locator, note; one row per row of the files, missing values included. CSV files of together more than 8 MB,
        and Parquet (extra ``panel``), give categorical text and of the optional columns only obs_status.

    Raises
    ------
    DataError
        With all faults of all files.
    """
    import pandas as pd

    given = [paths] if isinstance(paths, (str, os.PathLike)) else paths
    files = [file for each in given for file in data_package.observation_files(Path(each), os.fspath(each))]
    named = [(file, str(file)) for file in files]
    if arrow.in_bulk([path for path, _ in named]) and (large := _large(named, plan)) is not None:
        return large
    reading = actuals.read(named, plan)
    if reading.faults:
        raise DataError(reading.faults)
    rows = [_row(each, plan) for each in reading.observations]
    names = ["indicator", *plan.dimensions, "year", "value", "unit", "obs_status", "source", "locator", "note"]
    return pd.DataFrame(rows, columns=names)


def _row(observation: Observation, plan: Plan) -> dict[str, object]:
    return {
        "indicator": observation.indicator,
        **dict(zip(plan.dimensions, observation.dimensions, strict=True)),
        "year": observation.year,
        "value": float("nan") if observation.value is None else observation.value,
        "unit": observation.unit,
        "obs_status": observation.obs_status,
        "source": observation.source,
        "locator": observation.locator,
        "note": observation.note,
    }


def _large(named: Sequence[tuple[Path, str]], plan: Plan) -> pd.DataFrame | None:
    """Return files that are Parquet or large, None where the careful reader is to read them."""
    read = arrow.read(named, plan)
    try:
        return None if read is None else frames.converted(read.frame, plan, read.label)
    except DataError:
        if arrow.carefully([path for path, _ in named]):
            return None
        raise
