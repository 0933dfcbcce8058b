"""Observations of years that are still to come: a slip of the pen, for what was observed is past."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from smartkpi.errors import Fault
from smartkpi.model.observations import Observations


def remarks(observations: Observations, this_year: int) -> Iterator[Fault]:
    """Remark on the first observation of a year after this one, and on how many there are.

    Parameters
    ----------
    observations
        All that was read; forecasts and assumptions are meant for years to come.
    this_year
        The last one that has begun.
    """
    rows = np.flatnonzero((observations.year > this_year) & observations.counts & ~observations.assumed)
    if len(rows):
        first = int(rows[0])
        indicator = list(observations.plan.indicators)[observations.indicator[first]]
        details = {"indicator": indicator, "year": int(observations.year[first]), "number": len(rows)}
        yield Fault("year_to_come", *observations.place(first), **details)


def joined(remarks: Sequence[Fault], files: Sequence[str]) -> list[Fault]:
    """Return the remarks on parts of the observations of some files as the one on all of them."""
    if not remarks:
        return []
    first = min(remarks, key=lambda each: (files.index(each.file or ""), each.line or 0))
    first.details["number"] = sum(each.details["number"] for each in remarks)
    return [first]
