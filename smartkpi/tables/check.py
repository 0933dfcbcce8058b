"""Whether a plan passes: which rows of the status table fail it, and the exit code that says so."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from smartkpi.errors import Fault, UsageError
from smartkpi.model.arrays import Categorical, Flags, Floats, categorical
from smartkpi.model.codes import Evidence, Level, Status
from smartkpi.model.table import Table
from smartkpi.readers import earlier_statuses
from smartkpi.readers.dataset import Dataset
from smartkpi.tables.status import status_table

FAIL_ON = (Status.off_track, Status.reversing, Status.missed)
"""Statuses that fail a plan unless others are asked for."""
FAILED, NOT_JUDGED = 4, 5
_FROM_BEST = (Status.achieved, Status.on_track, Status.lagging, Status.off_track, Status.reversing, Status.missed)
"""A status that comes later is worse; undetermined is none of them."""
BEFORE = "status_before"
"""Name of the status that a row had earlier, beside the columns."""

Series = tuple[str, ...]
"""An indicator's id, and the value of each dimension."""


@dataclass(frozen=True)
class Outcome:
    """What became of a check."""

    failing: Table
    """Rows with a status that fails."""
    spared: Table
    """Rows that would fail but for their low evidence."""
    unjudged: Table
    """Other rows without a judgement."""
    passing: Table
    turned: Table
    """Rows judged at one of the two times and not at the other."""
    code: int
    """Exit code: 4 if a row fails, else 5 if no row has a judgement of the evidence asked for, else 0."""


def statuses_of(text: str) -> tuple[Status, ...]:
    """Return the statuses that a comma-separated text names.

    Raises
    ------
    UsageError
        If one is no status, or none is named.

    Examples
    --------
    >>> [str(each) for each in statuses_of("off_track, missed")]
    ['off_track', 'missed']
    """
    names = [name.strip() for name in text.split(",")]
    for name in names:
        if name not in tuple(Status):
            raise UsageError(Fault("unknown_status", found=name, choices=", ".join(Status)))
    return tuple(map(Status, names))


def evidence_of(name: str) -> Evidence:
    """Return the evidence of a name.

    Raises
    ------
    UsageError
        If there is none.
    """
    if name not in tuple(Evidence):
        raise UsageError(Fault("not_in_words", option="min_evidence", found=name, example=" | ".join(Evidence)))
    return Evidence(name)


def earlier(
    dataset: Dataset, against: int | str | os.PathLike[str] | None, rule: str | None
) -> Mapping[Series, Status]:
    """Return the statuses to compare with: of a year, or from a file; none where nothing is named."""
    if against is None:
        return {}
    if isinstance(against, (str, os.PathLike)):
        return earlier_statuses.read(os.fspath(against), dataset.plan)
    table = status_table(dataset, against, rule, Level.all)
    return dict(zip(series_of(table), map(Status, table.cells("status")), strict=True))


def check(
    table: Table,
    fail_on: Sequence[Status] = FAIL_ON,
    min_evidence: str = Evidence.low,
    before: Mapping[Series, Status] = MappingProxyType({}),
) -> Outcome:
    """Judge a status table.

    Parameters
    ----------
    table
        As `status_table` returns it.
    fail_on
        Statuses that fail a row.
    min_evidence
        With ``normal`` a row of low evidence neither fails nor counts as judged.
    before
        Status of each series at another time; what has become worse since then fails too.
    """
    table = _with_earlier(table, before)
    # Without an observation there is no evidence to be low.
    firm = table.texts("evidence").flags(lambda evidence: evidence is None or min_evidence in (Evidence.low, evidence))
    now, then = table.texts("status"), table.texts(BEFORE)
    fails = now.flags(fail_on.__contains__) | (_place(now) > _place(then))
    has_status = now.flags(lambda status: status != Status.undetermined)
    known = then.flags(lambda status: status is not None)

    def part(flags: Flags) -> Table:
        return replace(table.take(flags), name="check")

    return Outcome(
        failing=part(fails & firm),
        spared=part(fails & ~firm),
        unjudged=part(~fails & ~has_status),
        passing=part(~fails & has_status),
        turned=part(known & (np.isnan(_place(now)) != np.isnan(_place(then)))),
        code=FAILED if (fails & firm).any() else 0 if (has_status & firm).any() else NOT_JUDGED,
    )


def series_of(table: Table) -> list[Series]:
    """Return which series each row is of; a dimension that is the whole is an empty text."""
    names = ("indicator", *table.plan.dimensions)
    return [tuple(cell or "" for cell in row) for row in zip(*(table.cells(name) for name in names), strict=True)]


def _with_earlier(table: Table, before: Mapping[Series, Status]) -> Table:
    cells = [before.get(series) for series in series_of(table)] if before else [None] * len(table)
    return replace(table, aside={**table.aside, BEFORE: categorical(cells)})


def _place(statuses: Categorical) -> Floats:
    """Return how far each status is from the best one, NaN where there is none."""
    places = [_FROM_BEST.index(value) if value in _FROM_BEST else np.nan for value in statuses.values]
    return np.array([*places, np.nan])[statuses.codes]
