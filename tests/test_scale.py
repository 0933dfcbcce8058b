"""Dask and Spark give the rows of one machine, on real local clusters; Polars and Arrow come back as they came."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT, plan_text

import smartkpi
from smartkpi.model import Plan
from smartkpi.tables.shares import assess_function, forecast_function

INDICATORS: dict[str, dict[str, Any]] = {
    "jobs": {"unit": "人"},
    "share": {"unit": "%", "direction": "decrease", "target": 10},
    "none": {},
}
KEYS = ["indicator", "area"]
RECIPES = re.findall(
    r"<!-- run by tests/test_scale.py -->\n```python\n(.*?)```",
    (ROOT / "docs" / "scale.md").read_text(encoding="utf-8"),
    re.DOTALL,
)


def follow(recipe: str, **names: Any) -> Any:
    """Return the result of lines of our own documentation."""
    exec(recipe, names)  # noqa: S102
    return names["result"]


def observations(areas: int) -> pd.DataFrame:
    chance = np.random.default_rng(20251231)
    rows = [
        (indicator, f"area {area}", year, chance.uniform(1, 99), unit)
        for indicator, unit in (("jobs", "人"), ("share", "%"))
        for area in range(areas)
        for year in chance.choice(range(2010, 2025), 6, replace=False).tolist()
    ]
    return pd.DataFrame(rows, columns=["indicator", "area", "year", "value", "unit"]).sample(frac=1, random_state=1)


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    return observations(areas=300)


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    (tmp_path / "targets.toml").write_text(plan_text(INDICATORS, dimensions=["area"]), encoding="utf-8")
    return smartkpi.read_plan(tmp_path / "targets.toml")


def assert_same_rows(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    """Compare rows in any order, with the dtypes of one machine: clusters have text types of their own."""
    one, other = found.astype(expected.dtypes), expected
    assert len(found) == len(expected)
    pd.testing.assert_frame_equal(one.sort_values(KEYS, ignore_index=True), other.sort_values(KEYS, ignore_index=True))


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_two_dask_workers_give_the_rows_of_one_machine(
    frame: pd.DataFrame, plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    dd = pytest.importorskip("dask.dataframe")
    distributed = pytest.importorskip("distributed")
    from smartkpi import on_dask

    parts: Any = dd.from_pandas(frame, npartitions=4, sort=False)
    parts.to_parquet("observations.parquet")
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        assert len(client.run(lambda: 1)) == 2
        assessed = follow(RECIPES[0])
        assert assessed.npartitions > 1
        assert_same_rows(assessed.compute(), smartkpi.assess(frame, plan, year=2024))
        landing: Any = on_dask.forecast(parts, plan, as_of=2024, year=2030)
        assert_same_rows(landing.compute(), smartkpi.forecast(frame, plan, as_of=2024, year=2030))


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_a_plan_without_dimensions_on_dask(tmp_path: Path) -> None:
    dd = pytest.importorskip("dask.dataframe")
    from smartkpi import on_dask

    (tmp_path / "targets.toml").write_text(plan_text({"a": {}, "b": {}}), encoding="utf-8")
    plan = smartkpi.read_plan(tmp_path / "targets.toml")
    rows = pd.DataFrame({"indicator": "a", "year": range(2015, 2025), "value": np.arange(10.0), "unit": "count"})
    assessed: Any = on_dask.assess(dd.from_pandas(rows, npartitions=3), plan, year=2024)
    found = assessed.compute()
    assert found["indicator"].tolist() == ["a", "b"]
    assert found["pace"].tolist()[0] == smartkpi.assess(rows, plan, year=2024)["pace"].tolist()[0]


@pytest.mark.parametrize("name", ["assess", "forecast"])
def test_shares_have_the_running_totals_of_the_whole(tmp_path: Path, name: str) -> None:
    indicators: dict[str, dict[str, Any]] = {"built": {"unit": "人", "target": 500, "total_since": 2020}, "none": {}}
    (tmp_path / "targets.toml").write_text(plan_text(indicators, dimensions=["area"]), encoding="utf-8")
    plan = smartkpi.read_plan(tmp_path / "targets.toml")
    rows = [("built", area, year, 40 + 5 * year % 7, "人") for area in "abcd" for year in (2020, 2021, 2022, 2024)]
    rows.append(("built", "e", 2018, 40, "人"))  # before the total begins
    every = pd.DataFrame(rows, columns=["indicator", "area", "year", "value", "unit"])
    if name == "assess":
        compute, expected = assess_function(plan, 2024, None), smartkpi.assess(every, plan, year=2024)
    else:
        compute, expected = forecast_function(plan, 2030, 2024, 80.0), smartkpi.forecast(every, plan, 2030, 2024)
    shares = [compute(every[every["area"].isin(list(areas))]) for areas in ("ade", "bc")]
    assert_same_rows(pd.concat([*shares, compute.without(every[:0], ["built"])]), expected)
    assert expected["actual"].tolist()[0] == sum(rows[place][3] for place in range(4))


@pytest.fixture
def spark(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    sql = pytest.importorskip("pyspark.sql")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java")
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]))
    settings = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "4", "spark.driver.host": "127.0.0.1"}
    builder = sql.SparkSession.builder.master("local[2]").appName("tests")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_spark_gives_the_rows_of_one_machine(
    spark: Any, frame: pd.DataFrame, plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from smartkpi import on_spark

    monkeypatch.chdir(tmp_path)
    path = str(tmp_path / "observations.parquet")  # Java keeps the folder in which it was started
    table = spark.createDataFrame(frame.astype(dict.fromkeys(["indicator", "area", "unit"], object)))
    table.write.parquet(path)
    assessed = follow(RECIPES[1].replace("observations.parquet", path), spark=spark)
    assert_same_rows(assessed.toPandas(), smartkpi.assess(frame, plan, year=2024))
    landing = on_spark.forecast(table, plan, as_of=2024, year=2030).toPandas()
    assert_same_rows(landing, smartkpi.forecast(frame, plan, as_of=2024, year=2030))
    with pytest.raises(TypeError, match="year must be given"):
        on_spark.assess(table, plan, year=None)  # type: ignore[arg-type]


def test_polars_frames_come_back_as_polars(frame: pd.DataFrame, plan: Plan) -> None:
    polars = pytest.importorskip("polars")
    given = polars.from_pandas(frame)
    for found, expected in (
        (smartkpi.assess(given, plan), smartkpi.assess(frame, plan)),
        (smartkpi.forecast(given, plan), smartkpi.forecast(frame, plan)),
    ):
        assert isinstance(found, polars.DataFrame)
        assert_same_rows(found.to_pandas(), expected)


@pytest.mark.parametrize("dtype", ["str", "category"])
def test_arrow_tables_come_back_as_arrow(frame: pd.DataFrame, plan: Plan, dtype: str) -> None:
    pa = pytest.importorskip("pyarrow")
    found = smartkpi.assess(pa.Table.from_pandas(frame.astype({"area": dtype}), preserve_index=False), plan)
    assert isinstance(found, pa.Table)
    assert pa.types.is_dictionary(found.schema.field("area").type) == (dtype == "category")
    assert_same_rows(found.to_pandas(), smartkpi.assess(frame, plan))
