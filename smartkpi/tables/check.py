"""Whether a plan passes: which rows of the status table fail it, and the exit code that says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from smartkpi.errors import Fault, UsageError
from smartkpi.model.codes import FAILING_REASONS, Evidence, Status
from smartkpi.model.table import Table

FAIL_ON = (Status.off_track, Status.reversing, Status.missed, "target_year_passed")
"""Statuses and reasons that fail a plan unless others are asked for."""
FAILED, NOT_JUDGED = 4, 5


@dataclass(frozen=True)
class Outcome:
    """What became of a check."""

    failing: Table
    """Rows with a status that fails."""
    spared: Table
    """Rows that would fail but for their low evidence."""
    not_judged: int
    """Other rows without a judgement of the evidence asked for."""
    code: int
    """Exit code: 4 if a row fails, else 5 if no row has a judgement of the evidence asked for, else 0."""


def fail_on_of(text: str | None, stale: bool = False) -> tuple[str, ...]:
    """Return the statuses and reasons that a comma-separated text names; a plus before one adds it to the default.

    Parameters
    ----------
    text
        None for the default.
    stale
        Whether observations can be too old, which then fails by default.

    Raises
    ------
    UsageError
        If one is neither a status nor such a reason, or none is named.

    Examples
    --------
    >>> [str(each) for each in fail_on_of("off_track, missed")], [str(each) for each in fail_on_of("+lagging")][-2:]
    (['off_track', 'missed'], ['target_year_passed', 'lagging'])
    """
    default = (*FAIL_ON, *(["stale"] if stale else []))
    if text is None:
        return default
    names = [name.strip() for name in text.split(",")]
    plain = [name.removeprefix("+").strip() for name in names]
    choices = (*Status, *FAILING_REASONS)
    for name in plain:
        if name not in choices:
            raise UsageError(Fault("unknown_status", found=name, choices=", ".join(choices)))
    adds = any(name.startswith("+") for name in names)
    return tuple(dict.fromkeys([*(default if adds else ()), *plain]))


def check(table: Table, fail_on: Sequence[str] = FAIL_ON, min_evidence: str = Evidence.low) -> Outcome:
    """Judge a status table.

    Parameters
    ----------
    table
        As `status_table` returns it.
    fail_on
        Statuses that fail a row, and reasons that fail one which is undetermined.
    min_evidence
        With ``normal`` a row of low evidence neither fails nor counts as judged.
    """
    # Without an observation there is no evidence to be low.
    firm = table.texts("evidence").flags(lambda evidence: evidence is None or min_evidence in (Evidence.low, evidence))
    undetermined = table.texts("status").flags(lambda status: status == Status.undetermined)
    by_reason = table.texts("reason").flags(lambda reason: not set(fail_on).isdisjoint((reason or "").split(";")))
    fails = table.texts("status").flags(fail_on.__contains__) | undetermined & by_reason
    judged = ~undetermined & firm
    failing = replace(table.take(fails & firm), name="check")
    return Outcome(
        failing=failing,
        spared=replace(table.take(fails & ~firm), name="check"),
        not_judged=int((~judged & ~(fails & firm)).sum()),
        code=FAILED if len(failing) else 0 if judged.any() else NOT_JUDGED,
    )
