"""`smartkpi.assess` and `smartkpi.forecast` for Dask DataFrames: one machine or many, the same rows."""

from __future__ import annotations

from typing import Any

import dask.dataframe as dd
from dask.delayed import delayed

from smartkpi.model import Plan
from smartkpi.quantities.years import whole
from smartkpi.tables.shares import SHARE, ShareFunction, assess_function, forecast_function, given_year, series_text


def assess(observations: dd.DataFrame, plan: Plan, year: int, rule: str | None = None) -> dd.DataFrame:
    """Return attainment, required growth and on-track status of every series of a Dask DataFrame.

    Parameters
    ----------
    observations
        As `smartkpi.assess` takes them, in partitions of any kind; each series is brought together.
    plan
        Targets, units, bounds and dimensions.
    year
        Things as they stood at the end of this year. It must be given: the latest year can differ among partitions.
    rule
        Name of a rule or ``all``; None for the plan's own rule, else ``compound``.

    Returns
    -------
    dask.dataframe.DataFrame
        The rows of `smartkpi.assess`, indicators without series included, in the order of the partitions.

    Raises
    ------
    DataError
        When it is computed, with all errors of a partition, each with the labels of its rows.
    UsageError
        If there is no such rule.
    TypeError
        If `observations` is not a Dask DataFrame, or `year` is not a whole number.
    """
    return _computed(observations, assess_function(plan, given_year(year, "year", "partitions"), rule))


def forecast(
    observations: dd.DataFrame, plan: Plan, as_of: int, year: int | None = None, interval: float = 80.0
) -> dd.DataFrame:
    """Return where every series of a Dask DataFrame lands.

    Parameters
    ----------
    observations, plan
        As in `assess`.
    as_of
        Only observations up to this year are used.
    year
        To project to; None for the target year of each series.
    interval
        Probability of the interval, in percent.

    Returns
    -------
    dask.dataframe.DataFrame
        The rows of `smartkpi.forecast`, indicators without series included, in the order of the partitions.

    Raises
    ------
    DataError
        When it is computed, with all errors of a partition, each with the labels of its rows.
    TypeError
        If `observations` is not a Dask DataFrame, or a year is not a whole number.
    """
    return _computed(
        observations, forecast_function(plan, whole(year), given_year(as_of, "as_of", "partitions"), interval)
    )


def _computed(observations: dd.DataFrame, function: ShareFunction) -> dd.DataFrame:
    if not isinstance(observations, dd.DataFrame):
        raise TypeError(f"observations must be a Dask DataFrame, not {type(observations).__name__}")
    dimensions = function.plan.dimensions
    share = observations.map_partitions(  # type: ignore[no-untyped-call]
        series_text, list(dimensions), meta=(SHARE, "str")
    )
    shares = observations.assign(**{SHARE: share}).shuffle(on=SHARE).drop(columns=SHARE)
    empty = observations._meta  # noqa: SLF001 - names and dtypes, which Dask has no public name for
    meta = function.without(empty, ()).head(0)
    results = shares.map_partitions(function, meta=meta)
    present = results["indicator"].unique().to_delayed()
    absent = dd.from_delayed([delayed(_without)(function, empty, present)], meta=meta, verify_meta=False)
    every: dd.DataFrame = dd.concat([results, absent])  # type: ignore[no-untyped-call]
    return every


def _without(function: ShareFunction, empty: Any, present: Any) -> Any:
    return function.without(empty, [name for names in present for name in names])
