"""The Dask recipe of docs/scale.md, as it stands there, gives on two workers what one machine gives."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT, plan_text

import smartkpi

RECIPE = re.compile(r"<!-- run by tests/test_scale.py -->\n```python\n(.*?)```", re.DOTALL)
INDICATORS: dict[str, dict[str, Any]] = {
    "jobs": {"unit": "人"},
    "share": {"unit": "%", "direction": "decrease", "target": 10},
    "none": {},
}
KEYS = ["indicator", "area"]


def observations(areas: int) -> pd.DataFrame:
    chance = np.random.default_rng(20251231)
    rows = [
        (indicator, f"area {area}", year, chance.uniform(1, 99), unit)
        for indicator, unit in (("jobs", "人"), ("share", "%"))
        for area in range(areas)
        for year in chance.choice(range(2010, 2025), 6, replace=False).tolist()
    ]
    return pd.DataFrame(rows, columns=["indicator", "area", "year", "value", "unit"]).sample(frac=1, random_state=1)


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_two_workers_give_the_rows_of_one_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("dask.dataframe")
    distributed = pytest.importorskip("distributed")
    (tmp_path / "targets.toml").write_text(plan_text(INDICATORS, dimensions=["area"]), encoding="utf-8")
    frame = observations(areas=300)
    (tmp_path / "observations.parquet").mkdir()
    for number in range(4):
        frame[number::4].to_parquet(tmp_path / "observations.parquet" / f"part.{number}.parquet", index=False)
    monkeypatch.chdir(tmp_path)
    (recipe,) = RECIPE.findall((ROOT / "docs" / "scale.md").read_text(encoding="utf-8"))
    names: dict[str, Any] = {}
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        exec(recipe, names)  # noqa: S102 - our own documentation
        workers = client.run(lambda: 1)
    assert len(workers) == 2
    assert names["shares"].npartitions > 1
    alone = smartkpi.assess(frame, smartkpi.read_plan("targets.toml"), year=2024)
    # Dask reads text as a string dtype of its own, and dimensions keep the dtype in which they come.
    together = names["result"].astype({"area": "str"}).sort_values(KEYS, ignore_index=True)
    pd.testing.assert_frame_equal(together, alone.sort_values(KEYS, ignore_index=True))
