"""What a user of DuckDB or Polars would write instead of `smartkpi status`: the same figures, nothing checked.

python benchmarks/by_sql.py duckdb|polars TARGETS.csv OBSERVATIONS RESULT
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

SQL = """
with run as (
    select indicator, area, min(year) as base_year, arg_min(value, year) as base,
           max(year) as year, arg_max(value, year) as actual
    from observations where value is not null group by indicator, area
),
growth as (
    select *, case when sign > 0 then 100 * actual / target else 100 * target / actual end as attainment_pct,
           pow(actual / base, 1.0 / (year - base_year)) - 1 as observed,
           pow(target / base, 1.0 / (target_year - base_year)) - 1 as needed,
           pow(target / actual, 1.0 / (target_year - year)) - 1 as required
    from run join targets using (indicator)
),
judged as (select *, sign * observed / abs(needed) as pace from growth)
select indicator, area, base_year, base, year, actual, target_year, target, attainment_pct,
       100 * observed as observed_growth_pct, 100 * required as required_growth_pct, pace,
       case when sign * (actual - target) >= 0 then 'achieved' when pace >= 0.95 then 'on_track'
            when pace >= 0.6 then 'lagging' when pace >= 0 then 'off_track' else 'reversing' end as status
from judged
"""


def with_duckdb(observations: Any, targets: Any) -> Any:
    """Return the result as a pandas frame."""
    import duckdb

    with duckdb.connect() as connection:
        connection.register("observations", observations)
        connection.register("targets", targets)
        return connection.sql(SQL).df()


def with_polars(observations: Any, targets: Any) -> Any:
    """Return the result as a Polars frame."""
    import polars as pl

    value, year = pl.col("value"), pl.col("year")
    run = (
        observations.lazy()
        .filter(value.is_not_null())
        .group_by("indicator", "area")
        .agg(
            base_year=year.min(),
            base=value.sort_by("year").first(),
            year=year.max(),
            actual=value.sort_by("year").last(),
        )
        .join(targets.lazy(), on="indicator")
    )
    base, actual, target, sign = (pl.col(name) for name in ("base", "actual", "target", "sign"))
    years, in_all, left = (
        (pl.col(one) - pl.col(other)).cast(pl.Float64)
        for one, other in (("year", "base_year"), ("target_year", "base_year"), ("target_year", "year"))
    )
    needed = (target / base) ** (1 / in_all) - 1
    pace = pl.col("pace")
    return (
        run.with_columns(
            attainment_pct=pl.when(sign > 0).then(100 * actual / target).otherwise(100 * target / actual),
            observed_growth_pct=100 * ((actual / base) ** (1 / years) - 1),
            required_growth_pct=100 * ((target / actual) ** (1 / left) - 1),
            pace=sign * ((actual / base) ** (1 / years) - 1) / needed.abs(),
        )
        .with_columns(
            status=pl.when(sign * (actual - target) >= 0)
            .then(pl.lit("achieved"))
            .when(pace >= 0.95)
            .then(pl.lit("on_track"))
            .when(pace >= 0.6)
            .then(pl.lit("lagging"))
            .when(pace >= 0)
            .then(pl.lit("off_track"))
            .otherwise(pl.lit("reversing"))
        )
        .drop("sign")
        .collect()
    )


def run_duckdb(targets: str, source: str, result: str) -> None:
    """Go from file to file with DuckDB."""
    import duckdb

    with duckdb.connect() as connection:
        connection.sql(f"create view targets as from read_csv('{targets}')")
        connection.sql(f"create view observations as from '{source}'")
        form = "parquet" if result.endswith(".parquet") else "csv"
        connection.sql(f"copy ({SQL}) to '{result}' (format {form})")


def run_polars(targets: str, source: str, result: str) -> None:
    """Go from file to file with Polars."""
    import polars as pl

    read = pl.read_parquet if source.endswith(".parquet") else pl.read_csv
    table = with_polars(read(source), pl.read_csv(targets))
    table.write_parquet(result) if result.endswith(".parquet") else table.write_csv(result)


if __name__ == "__main__":
    peer, *places = sys.argv[1:]
    {"duckdb": run_duckdb, "polars": run_polars}[peer](*map(str, map(Path, places)))
