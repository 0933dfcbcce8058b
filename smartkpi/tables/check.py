"""Whether a plan passes: which rows of the status table fail it, and the exit code that says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from smartkpi.errors import Fault, UsageError
from smartkpi.model.codes import Evidence, Status
from smartkpi.model.table import Table

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
        As `status_table` returns it.
    fail_on
        Statuses that fail a row.
    min_evidence
        With ``normal`` a row of low evidence neither fails nor counts as judged.
    """
    # Without an observation there is no evidence to be low.
    firm = table.texts("evidence").flags(lambda evidence: evidence is None or min_evidence in (Evidence.low, evidence))
    fails = table.texts("status").flags(fail_on.__contains__)
    judged = table.texts("status").flags(lambda status: status != Status.undetermined) & firm
    failing = replace(table.take(fails & firm), name="check")
    return Outcome(
        failing=failing,
        spared=replace(table.take(fails & ~firm), name="check"),
        code=FAILED if len(failing) else 0 if judged.any() else NOT_JUDGED,
    )
