"""Observations as columns of numpy arrays of any length."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from smartkpi.model import Observation, Plan
from smartkpi.model.codes import OBS_STATUS

Floats = NDArray[np.float64]
Ints = NDArray[np.integer[Any]]
Flags = NDArray[np.bool_]

STATUS_CODES = (*OBS_STATUS, "")
"""Codes of obs_status by position; the empty one is an assumed value."""


_SPAN = 1 << 16
"""Rows of which some columns of eight bytes fit a processor's cache."""


def spans(rows: int) -> Iterator[slice]:
    """Return so many rows in parts: what is worked out of one stays in the cache until it is used."""
    return (slice(first, min(first + _SPAN, rows)) for first in range(0, rows, _SPAN))


def flagged(rows: int, flags_of: Callable[[slice], Flags]) -> Ints:
    """Return the positions of the rows that `flags_of` flags, asked for one span after the other."""
    found = [np.flatnonzero(flags_of(of)) + of.start for of in spans(rows)]
    return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)


class Coded(NamedTuple):
    """A column of few distinct values: a position in `values` for each row."""

    codes: Ints
    values: Sequence[Any]

    def cells(self) -> list[Any]:
        """Return the values row by row."""
        return list(map(self.values.__getitem__, self.codes.tolist()))


Column = Floats | Coded
"""What a table is made of before it is shown; a missing figure is NaN, a missing text the value None."""


class Columns(NamedTuple):
    """Observations that count, one row each, in no order."""

    indicator: Ints
    """Position in the plan's indicators."""
    dimensions: tuple[Coded, ...]
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


def _coded(values: Sequence[str], order: Iterable[str]) -> Coded:
    distinct = {value: code for code, value in enumerate(order)}
    return Coded(np.array([distinct[value] for value in values], dtype=np.int64), tuple(distinct))


class Joint:
    """A column that is put together from parts, each as soon as it is worked out, while it is in the cache.

    Parameters
    ----------
    rows
        Of all parts together.
    """

    def __init__(self, rows: int) -> None:
        self._rows = rows
        self._figures: Floats | None = None
        self._codes: Ints | None = None
        self._places: dict[Any, int] = {}

    def put(self, of: slice, part: Column) -> None:
        """Put a part into its rows; all parts are of one kind."""
        if isinstance(part, Coded):
            if self._codes is None:
                self._codes = np.empty(self._rows, dtype=np.int32)
            places = [self._places.setdefault(value, len(self._places)) for value in part.values]
            self._codes[of] = np.array(places, dtype=np.int32)[part.codes]
        else:
            if self._figures is None:
                self._figures = np.empty(self._rows)
            self._figures[of] = part

    def column(self) -> Column:
        """Return the column, which is whole once every row has been put."""
        if self._codes is not None:
            return Coded(self._codes, tuple(self._places))
        return np.empty(0) if self._figures is None else self._figures
