"""Whether a plan passes: which rows of the status table fail it, and the exit code that says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from typing import Any

from smartkpi.errors import Fault, UsageError
from smartkpi.model import Table
from smartkpi.model.codes import Evidence, Status

FAIL_ON = (Status.off_track, Status.reversing, Status.missed)
"""Statuses that fail a plan unless others are asked for."""
FAILED, NOT_JUDGED = 4, 5


@dataclass(frozen=True)
class Outcome:
    """What became of a check."""

    failing: Table
    """Rows with a status that fails."""
    spared: Table
    """Rows that would fail but for their low evidence."""
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


def check(table: Table, fail_on: Sequence[Status] = FAIL_ON, min_evidence: str = Evidence.low) -> Outcome:
    """Judge a status table.

    Parameters
    ----------
    table
        As `tabulation.status_table` returns it.
    fail_on
        Statuses that fail a row.
    min_evidence
        With ``normal`` a row of low evidence neither fails nor counts as judged.
    """
    firm = (Evidence.low, Evidence.normal) if min_evidence == Evidence.low else (Evidence.normal,)

    def matches(row: Mapping[str, Any]) -> bool:
        return row["status"] in fail_on

    def is_firm(row: Mapping[str, Any]) -> bool:
        # Without an observation there is no evidence to be low.
        return row["evidence"] is None or row["evidence"] in firm

    failing = _where(table, lambda row: matches(row) and is_firm(row))
    judged = _where(table, lambda row: row["status"] != Status.undetermined and is_firm(row))
    return Outcome(
        failing=failing,
        spared=_where(table, lambda row: matches(row) and not is_firm(row)),
        code=FAILED if len(failing) else 0 if len(judged) else NOT_JUDGED,
    )


def _where(table: Table, holds: Callable[[Mapping[str, Any]], bool]) -> Table:
    rows = (dict(zip(table.columns, cells, strict=True)) for cells in zip(*table.columns.values(), strict=True))
    kept = [holds(row) for row in rows]
    return replace(table, name="check", columns=_kept(table.columns, kept), aside=_kept(table.aside, kept))


def _kept(columns: Mapping[str, Sequence[Any]], kept: Sequence[bool]) -> dict[str, list[Any]]:
    return {name: list(compress(cells, kept)) for name, cells in columns.items()}
