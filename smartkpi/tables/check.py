"""Whether a plan passes: which rows of the status table fail it, and the exit code that says so."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from smartkpi.errors import Fault, UsageError
from smartkpi.model.arrays import Categorical, Flags, Floats, categorical
from smartkpi.model.codes import FAILING_REASONS, Evidence, Level, Status
from smartkpi.model.columns import ColumnKind
from smartkpi.model.observations import Observations
from smartkpi.model.table import Table
from smartkpi.readers import earlier_statuses
from smartkpi.readers.dataset import Dataset
from smartkpi.tables.status import ACTUAL_ROW, status_table

FAIL_ON = (Status.off_track, Status.reversing, Status.missed, "target_year_passed")
"""Statuses and reasons that fail a plan unless others are asked for."""
FAILED, NOT_JUDGED = 4, 5
_FROM_BEST = (Status.achieved, Status.on_track, Status.lagging, Status.off_track, Status.reversing, Status.missed)
"""A status that comes later is worse; undetermined is none of them."""
BEFORE = "status_before"
"""Name of the status that a row had earlier, beside the columns."""
BEHIND = (Status.lagging, Status.off_track, Status.reversing, Status.missed)
"""Statuses that an explanation is asked for."""
_EXPLAINED: Mapping[str, ColumnKind] = {"explanation": "text", "measures": "text"}

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
    not_judged: int
    """Rows that do not fail, without a judgement of the evidence asked for."""
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
    table = status_table(dataset, against, rule, Level.all, beside=())
    return dict(zip(series_of(table), map(Status, table.cells("status")), strict=True))


def check(
    table: Table,
    fail_on: Sequence[str] = FAIL_ON,
    min_evidence: str = Evidence.low,
    before: Mapping[Series, Status] = MappingProxyType({}),
    *,
    need_explanation: bool = False,
) -> Outcome:
    """Judge a status table.

    Parameters
    ----------
    table
        As `with_explanations` returns it.
    fail_on
        Statuses that fail a row, and reasons that fail one which is undetermined.
    min_evidence
        With ``normal`` a row of low evidence neither fails nor counts as judged.
    before
        Status of each series at another time; what has become worse since then fails too.
    need_explanation
        Whether a row that is behind fails too where its latest observation has no explanation.
    """
    table = _with_earlier(table, before)
    # Without an observation there is no evidence to be low.
    firm = table.texts("evidence").flags(lambda evidence: evidence is None or min_evidence in (Evidence.low, evidence))
    now, then = table.texts("status"), table.texts(BEFORE)
    undetermined = now.flags(lambda status: status == Status.undetermined)
    by_reason = table.texts("reason").flags(lambda reason: not set(fail_on).isdisjoint((reason or "").split(";")))
    fails = now.flags(fail_on.__contains__) | undetermined & by_reason | (_place(now) > _place(then))
    if need_explanation:
        fails |= now.flags(BEHIND.__contains__) & table.texts("explanation").flags(lambda text: text is None)
    has_status = ~undetermined
    known = then.flags(lambda status: status is not None)

    def part(flags: Flags) -> Table:
        return replace(table.take(flags), name="check")

    return Outcome(
        failing=part(fails & firm),
        spared=part(fails & ~firm),
        unjudged=part(~fails & undetermined),
        passing=part(~fails & ~undetermined),
        turned=part(known & (np.isnan(_place(now)) != np.isnan(_place(then)))),
        not_judged=int((~(has_status & firm) & ~(fails & firm)).sum()),
        code=FAILED if (fails & firm).any() else 0 if (has_status & firm).any() else NOT_JUDGED,
    )


def with_explanations(table: Table, observations: Observations) -> Table:
    """Return a status table with what the latest observation of each row says of why it falls short.

    Parameters
    ----------
    table
        As `status_table` returns it.
    observations
        All that were read.
    """
    columns = {name: _texts_of(table, observations, name) for name in _EXPLAINED}
    kinds = {**table.kinds, **_EXPLAINED}
    every = {name: {**table.columns, **columns}[name] for name in kinds}
    return replace(table, kinds=kinds, columns=every)


def _texts_of(table: Table, observations: Observations, name: str) -> Categorical:
    column = observations.texts.get(name)
    if column is None:
        return Categorical(np.zeros(len(table), dtype=np.int8), (None,))
    row = table.numbers(ACTUAL_ROW)
    codes = np.append(column.codes, len(column.values))[np.where(np.isnan(row), -1, row).astype(np.int64)]
    return Categorical(codes, [*(text.strip() or None for text in column.values), None])


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
