"""A share of a frame that is too large for one machine -> the results of its series."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from smartkpi.model import Plan
from smartkpi.model.arrays import Flags
from smartkpi.model.table import Table
from smartkpi.quantities.years import whole
from smartkpi.tables.frame import series_frame
from smartkpi.tables.projection import project_panel
from smartkpi.tables.status import assess_panel, rule_of

if TYPE_CHECKING:
    import pandas as pd

_TABLES: Mapping[str, Callable[..., Table]] = {"assess": assess_panel, "forecast": project_panel}

SHARE = "__share__"
"""Column that says which share a row is in, while the shares are made."""


def given_year(year: int | None, name: str, parts: str) -> int:
    """Return the year that shares need, because the latest year can differ among them.

    Raises
    ------
    TypeError
        If there is none, or it is not a whole number.
    """
    if year is None:
        raise TypeError(f"{name} must be given: the latest year can differ among {parts}")
    return int(whole(year) or 0)


class ShareFunction(NamedTuple):
    """What is computed of each share; it can be sent to other machines.

    Every share holds whole series. The year must be known, because the latest year can differ from share to share.
    """

    name: str
    """``assess`` or ``forecast``."""
    plan: Plan
    settings: Mapping[str, Any]
    """Arguments of the function of that name."""

    def __call__(self, share: pd.DataFrame) -> pd.DataFrame:
        """Return the rows of the series that have observations in this share."""
        found, has_observations = self._compute(share)
        return found[has_observations].reset_index(drop=True)

    def without(self, empty: pd.DataFrame, present: Iterable[str]) -> pd.DataFrame:
        """Return the rows of the indicators that are not present: each has one, without observations.

        Parameters
        ----------
        empty
            Observations without rows, for their columns and dtypes.
        present
            Ids of the indicators that have series somewhere.
        """
        found, _ = self._compute(empty)
        return found[~found["indicator"].isin(list(present))].reset_index(drop=True)

    def _compute(self, share: pd.DataFrame) -> tuple[pd.DataFrame, Flags]:
        compute = _TABLES[self.name]
        return series_frame(share, self.plan, lambda panel: compute(panel, self.plan, **self.settings))


def assess_function(plan: Plan, year: int, rule: str | None) -> ShareFunction:
    """Return what assesses the series of a share.

    Raises
    ------
    UsageError
        If there is no such rule.
    """
    rule_of(plan, rule)
    return ShareFunction("assess", plan, {"year": year, "rule": rule})


def forecast_function(plan: Plan, year: int | None, as_of: int, interval: float) -> ShareFunction:
    """Return what projects the series of a share."""
    return ShareFunction("forecast", plan, {"year": year, "as_of": as_of, "interval": interval})


def series_text(frame: pd.DataFrame, dimensions: Iterable[str]) -> pd.Series[str]:
    """Return for each row a text that is the same for all rows of a series.

    Without dimensions it is the same for all rows: there are no more series than indicators then.
    """
    import pandas as pd

    text = pd.Series("", index=frame.index, dtype="str")
    for name in dimensions:
        text += "\x1f" + frame[name].astype("str").fillna("")
    return text
