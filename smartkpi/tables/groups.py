"""Series -> one row per pillar, agency or level: how many have each status, and the mean of their attainment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from smartkpi.analysis.rounding import significant
from smartkpi.errors import Fault, UsageError
from smartkpi.model import Indicator, Plan
from smartkpi.model.arrays import Floats
from smartkpi.model.codes import Evidence, GroupBy, Status
from smartkpi.model.columns import GROUP_COLUMNS
from smartkpi.model.table import Table, column_of

_MOST = 100.0
"""Percent at which attainment is capped, so that one KPI far above its target does not make up for others."""


def summarise_groups(table: Table, by: str) -> tuple[Table, list[Fault]]:
    """Return one row per group of a status table.

    Parameters
    ----------
    table
        Series by series; each counts once in each of its groups.
    by
        ``pillar``, ``owner`` (a KPI of two agencies counts for both), ``level`` or ``all``.

    Returns
    -------
    Table, list of Fault
        ``capped_attainment_pct`` is the mean of the attainment of ``with_attainment`` series, each capped at 100,
        by weight; the second says which weights are missing.

    Raises
    ------
    UsageError
        If there is no such grouping.
    """
    if by not in tuple(GroupBy):
        raise UsageError(Fault("not_in_words", option="--group", found=by, example=" | ".join(GroupBy)))
    plan = table.plan
    rows: dict[str, list[int]] = {}
    for row, name in enumerate(table.cells("indicator")):
        for group in _groups_of(plan.indicators[name], by):
            rows.setdefault(group, []).append(row)
    weights, remarks = weights_of(table)
    found = [_summary(table, group, np.array(own), weights) for group, own in _ordered(rows, plan, by)]
    columns = {name: column_of([row[name] for row in found], kind) for name, kind in GROUP_COLUMNS.items()}
    return replace(table, name="groups", kinds=GROUP_COLUMNS, columns=columns, aside={}), remarks


def _groups_of(indicator: Indicator, by: str) -> Sequence[str]:
    if by == GroupBy.owner:
        return list(dict.fromkeys(indicator.owners())) or [""]
    return [{GroupBy.pillar: indicator.pillar, GroupBy.level: str(indicator.level)}.get(GroupBy(by), GroupBy.all)]


def _ordered(rows: Mapping[str, list[int]], plan: Plan, by: str) -> list[tuple[str, list[int]]]:
    """Return groups in the order of the plan; those without an agency last."""
    order = {name: place for place, name in enumerate(plan.pillars)} if by == GroupBy.pillar else {}
    return sorted(rows.items(), key=lambda group: (not group[0], order.get(group[0], 0)))


def _summary(table: Table, group: str, rows: Any, weights: Floats) -> dict[str, Any]:
    statuses, evidence = table.texts("status").take(rows), table.texts("evidence").take(rows)
    counts = {str(status): int(statuses.flags(lambda value, status=status: value == status).sum()) for status in Status}  # type: ignore[misc]
    mean, number = capped_attainment(table.numbers("attainment_pct")[rows], weights[rows])
    return {
        "group": group or None,
        "series": len(rows),
        **counts,
        "low_evidence": int(evidence.flags(lambda value: value == Evidence.low).sum()),
        "capped_attainment_pct": mean,
        "with_attainment": number,
    }


def capped_attainment(attainment: Floats, weights: Floats) -> tuple[float | None, int]:
    """Return the weighted mean of attainment, each capped at 100, over those that have one, and how many that is.

    Examples
    --------
    >>> capped_attainment(np.array([150.0, 50.0, np.nan]), np.array([1.0, 3.0, 9.0]))
    (62.5, 2)
    """
    there = ~np.isnan(attainment)
    if not weights[there].any():
        return None, int(there.sum())
    share = weights[there] / weights[there].max()  # the sum of large weights would be beyond doubles
    mean = np.average(np.minimum(attainment[there], _MOST), weights=share)
    return float(significant(np.array([mean]))[0]), int(there.sum())


def weights_of(table: Table) -> tuple[Floats, list[Fault]]:
    """Return the weight of each row, and a remark where some have none; where nobody has one, all weigh the same."""
    names = table.cells("indicator")
    given = {name: table.plan.indicators[name].weight for name in dict.fromkeys(names)}
    known = [weight for weight in given.values() if weight is not None]
    mean = sum(weight / len(known) for weight in known) if known else 1.0
    weights = np.array([mean if (weight := given[name]) is None else weight for name in names], dtype=np.float64)
    if len(known) in (0, len(given)):
        return weights, []
    return weights, [Fault("weights_missing", number=len(given) - len(known), all=len(given), mean=f"{mean:.6g}")]
