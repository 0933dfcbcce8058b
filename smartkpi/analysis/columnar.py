"""Observations as columns of numpy arrays of any length."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from smartkpi.model import Observation, Plan
from smartkpi.model.arrays import Categorical, Flags, Floats, Ints
from smartkpi.model.codes import STATUS_CODES


class Columns(NamedTuple):
    """Observations that count, one row each, in no order."""

    indicator: Ints
    """Position in the plan's indicators."""
    dimensions: tuple[Categorical, ...]
    year: Ints
    value: Floats
    """In the indicator's unit."""
    obs_status: Ints
    """Position in `STATUS_CODES`."""
    firm: Flags
    """Status A or P, and printed as an exact value."""
    assumed: Flags
    row: Ints
    """Row of the observations that it came from."""


def columns(observations: Sequence[Observation], plan: Plan) -> Columns:
    """Put the observations that count into columns.

    Parameters
    ----------
    observations
        In the units of their indicators; missing values and forecasts are left out.
    plan
        Gives the positions of indicators.
    """
    positions = {name: position for position, name in enumerate(plan.indicators)}
    rows = [(number, each) for number, each in enumerate(observations) if each.counts]
    kept = [each for _, each in rows]
    # Series stand in the order in which their rows begin, missing values or not, as they do in a frame.
    order = [dict.fromkeys(each.dimensions[axis] for each in observations) for axis in range(len(plan.dimensions))]
    return Columns(
        indicator=np.array([positions[each.indicator] for each in kept], dtype=np.int64),
        dimensions=tuple(_coded([each.dimensions[axis] for each in kept], order[axis]) for axis in range(len(order))),
        year=np.array([each.year for each in kept], dtype=np.int64),
        value=np.array([each.value for each in kept], dtype=np.float64),
        obs_status=np.array([STATUS_CODES.index(each.obs_status) for each in kept], dtype=np.int64),
        firm=np.array([each.firm for each in kept], dtype=np.bool_),
        assumed=np.array([each.assumed for each in kept], dtype=np.bool_),
        row=np.array([number for number, _ in rows], dtype=np.int64),
    )


def _coded(values: Sequence[str], order: Iterable[str]) -> Categorical:
    distinct = {value: code for code, value in enumerate(order)}
    return Categorical(np.array([distinct[value] for value in values], dtype=np.int64), tuple(distinct))
