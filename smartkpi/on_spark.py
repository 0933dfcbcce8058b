"""`smartkpi.assess` and `smartkpi.forecast` for Spark DataFrames: one machine or many, the same rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smartkpi.model import Plan
from smartkpi.quantities.years import whole
from smartkpi.tables.shares import SHARE, ShareFunction, assess_function, forecast_function, given_year

if TYPE_CHECKING:
    import pandas as pd
    from pyspark.sql import DataFrame, SparkSession


def assess(observations: DataFrame, plan: Plan, year: int, rule: str | None = None) -> DataFrame:
    """Return attainment, required growth and on-track status of every series of a Spark DataFrame.

    Parameters
    ----------
    observations
        As `smartkpi.assess` takes them. The series are split into as many shares as Spark has shuffle partitions
        (``spark.sql.shuffle.partitions``); each must fit into the memory of a worker.
    plan
        Targets, units, bounds and dimensions.
    year
        Things as they stood at the end of this year. It must be given: the latest year can differ among shares.
    rule
        Name of a rule or ``all``; None for the plan's own rule, else ``compound``.

    Returns
    -------
    pyspark.sql.DataFrame
        The rows of `smartkpi.assess`, indicators without series included, in no order. A missing figure is null.

    Raises
    ------
    UsageError
        If there is no such rule.
    TypeError
        If `observations` is not a Spark DataFrame, or `year` is not a whole number.
    """
    return _computed(observations, assess_function(plan, given_year(year, "year", "shares"), rule))


def forecast(
    observations: DataFrame, plan: Plan, as_of: int, year: int | None = None, interval: float = 80.0
) -> DataFrame:
    """Return where every series of a Spark DataFrame lands.

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
    pyspark.sql.DataFrame
        The rows of `smartkpi.forecast`, indicators without series included, in no order. A missing figure is null.

    Raises
    ------
    TypeError
        If `observations` is not a Spark DataFrame, or a year is not a whole number.
    """
    return _computed(observations, forecast_function(plan, whole(year), given_year(as_of, "as_of", "shares"), interval))


def _computed(observations: DataFrame, function: ShareFunction) -> DataFrame:
    from pyspark.sql import DataFrame, functions

    if not isinstance(observations, DataFrame):
        raise TypeError(f"observations must be a Spark DataFrame, not {type(observations).__name__}")
    spark: SparkSession = observations.sparkSession
    empty = observations.limit(0).toPandas()
    without = function.without(empty, ())
    absent = spark.createDataFrame(without.astype(object).where(without.notna(), None), schema=_schema(without))
    texts = [observations[name].cast("string") for name in function.plan.dimensions]
    series = functions.concat_ws("\x1f", *(functions.coalesce(text, functions.lit("")) for text in texts))
    shares = int(spark.conf.get("spark.sql.shuffle.partitions") or 200)
    shared = observations.withColumn(SHARE, functions.pmod(functions.hash(series), functions.lit(shares)))

    def compute(share: pd.DataFrame) -> pd.DataFrame:
        return function(share.drop(columns=SHARE))

    results = shared.groupBy(SHARE).applyInPandas(compute, absent.schema)
    return results.unionByName(absent.join(results.select("indicator").distinct(), "indicator", "left_anti"))


def _schema(frame: pd.DataFrame) -> str:
    """Return the types of a frame's columns in the words of Spark."""
    kinds = {"i": "bigint", "u": "bigint", "f": "double", "b": "boolean"}
    return ", ".join(f"`{name}` {kinds.get(dtype.kind, 'string')}" for name, dtype in frame.dtypes.items())
