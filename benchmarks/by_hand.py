"""The yardstick: what a user would write instead of `smartkpi.assess`, with nothing checked and no reason given."""

from __future__ import annotations

import numpy as np
import pandas as pd


def assess_by_hand(observations: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """Return attainment, both required growths, both observed growths, pace and status of each series.

    Parameters
    ----------
    observations
        Columns indicator, area, year, value; years in any order.
    targets
        One row per indicator: sign, target and target_year.
    """
    series = observations.sort_values("year").groupby(["indicator", "area"], sort=False, observed=True)
    ends = series.agg(
        base_year=("year", "first"), base=("value", "first"), year=("year", "last"), actual=("value", "last")
    ).reset_index()
    rows = ends.merge(targets, on="indicator")
    years, left = rows["year"] - rows["base_year"], rows["target_year"] - rows["year"]
    in_all = rows["target_year"] - rows["base_year"]
    rises = rows["sign"] > 0
    rows["attainment_pct"] = 100 * np.where(rises, rows["actual"] / rows["target"], rows["target"] / rows["actual"])
    rows["required_growth_pct"] = 100 * ((rows["target"] / rows["actual"]) ** (1 / left) - 1)
    rows["required_change"] = (rows["target"] - rows["actual"]) / left
    rows["observed_growth_pct"] = 100 * ((rows["actual"] / rows["base"]) ** (1 / years) - 1)
    rows["observed_change"] = (rows["actual"] - rows["base"]) / years
    needed = 100 * ((rows["target"] / rows["base"]) ** (1 / in_all) - 1)
    rows["pace"] = rows["sign"] * rows["observed_growth_pct"] / needed.abs()
    met = rows["sign"] * (rows["actual"] - rows["target"]) >= 0
    rows["status"] = np.select(
        [met, rows["pace"] >= 0.95, rows["pace"] >= 0.6, rows["pace"] >= 0],
        ["achieved", "on_track", "lagging", "off_track"],
        "reversing",
    )
    return rows
