"""A made-up panel: a plan of twenty indicators, and a series of ten years for each of them and each area."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from smartkpi.model import Indicator, Pillar, Plan, Source
from smartkpi.model.codes import Level

INDICATORS = 20
YEARS = range(2015, 2025)
SEED = 20251231
_TITLE = {"en": "Made up"}
_HEAD = """\
schema = "smartkpi/plan/1"
[plan]
id = "made-up"
title = { en = "Made up" }
dimensions = ["area"]
[sources.none]
title = "Made up"
publisher = "smartkpi"
[pillars.one]
title = { en = "Made up" }
"""


def plan() -> Plan:
    """Return a plan of which every other indicator is to fall."""
    return Plan(
        id="made-up",
        title=_TITLE,
        sources={"none": Source("none", "Made up", "smartkpi")},
        pillars={"one": Pillar("one", _TITLE)},
        indicators={each.id: each for each in map(_indicator, range(INDICATORS))},
        dimensions=("area",),
    )


def _indicator(number: int) -> Indicator:
    return Indicator(
        id=f"indicator_{number:02}",
        title={"en": f"Indicator {number}"},
        pillar="one",
        level=Level.headline,
        unit="億元" if number % 3 else "%",
        direction="decrease" if number % 2 else "increase",
        target=25.0 if number % 2 else 60.0,
        target_year=2030,
        source="none",
        bounds=None if number % 3 else (0.0, 100.0),
    )


def observations(series: int) -> pd.DataFrame:
    """Return the observations of so many series, sorted by indicator, area and year, keys as strings."""
    made, areas = plan(), -(-series // INDICATORS)
    years = np.array(YEARS)
    value = values(np.random.default_rng(SEED), INDICATORS * areas)
    area = pd.Series([f"TW-{number:06}" for number in range(areas)])
    indicator = pd.Series(list(made.indicators))
    unit = pd.Series([each.unit for each in made.indicators.values()])
    of = np.repeat(np.arange(INDICATORS), areas * len(years))
    return pd.DataFrame(
        {
            "indicator": indicator.take(of).array,
            "area": area.take(np.tile(np.repeat(np.arange(areas), len(years)), INDICATORS)).array,
            "year": np.tile(years, INDICATORS * areas),
            "value": value.ravel(),
            "unit": unit.take(of).array,
        }
    )


def values(random: np.random.Generator, series: int) -> NDArray[np.float64]:
    """Return a row of values for each series, a column for each year."""
    years = np.array(YEARS)
    trend = random.normal(0, 1, (series, 1)) * (years - years[0])
    return np.clip(40 + random.normal(0, 8, (series, 1)) + trend + random.normal(0, 1, trend.shape), 1, 99)


def shuffled(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the same rows in an order of chance."""
    return frame.sample(frac=1, random_state=SEED, ignore_index=True)


def targets(made: Plan) -> pd.DataFrame:
    """Return what the yardstick needs of a plan."""
    return pd.DataFrame(
        {
            "indicator": list(made.indicators),
            "sign": [each.sign for each in made.indicators.values()],
            "target": [each.target for each in made.indicators.values()],
            "target_year": [each.target_year for each in made.indicators.values()],
        }
    )


def write(folder: Path, series: int) -> None:
    """Write the plan, and the observations of so many series as CSV and as Parquet."""
    frame = observations(series)
    frame.to_csv(folder / "panel.csv", index=False)
    frame.to_parquet(folder / "panel.parquet", index=False)
    write_plan(folder)


def write_plan(folder: Path) -> None:
    """Write the plan."""
    tables = [
        f'[indicators.{each.id}]\ntitle = {{ en = "{each.name}" }}\npillar = "one"\nlevel = "headline"\n'
        f'unit = "{each.unit}"\ndirection = "{each.direction}"\ntarget = {each.target}\n'
        f'target_year = {each.target_year}\nsource = "none"\n'
        for each in plan().indicators.values()
    ]
    (folder / "targets.toml").write_text(_HEAD + "\n".join(tables), encoding="utf-8")
