"""Values that are known to a plan otherwise: a base that it prints, and years before a total of its begins."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from smartkpi.errors import Fault
from smartkpi.model import Indicator, Plan
from smartkpi.model.arrays import Ints
from smartkpi.model.observations import Observations
from smartkpi.readers.printed_targets import TOLERANCE, with_unit


def remarks(observations: Observations) -> list[Fault]:
    """Return what the observations say otherwise than the plan: a printed base, and years before a total begins."""
    found: list[Fault] = []
    for place, indicator in enumerate(observations.plan.indicators.values()):
        if indicator.base is None and indicator.total_since is None:
            continue
        rows = np.flatnonzero((observations.indicator == place) & observations.counts)
        found += _base_remarks(observations, indicator, rows) + _total_remarks(observations, indicator, rows)
    return found


def joined(remarks: Iterable[Fault], plan: Plan) -> list[Fault]:
    """Return the remarks on parts of some observations as those on all of them."""
    found = sorted(remarks, key=lambda each: (list(plan.indicators).index(each.details["indicator"]), each.line or 0))
    early: dict[str, list[Fault]] = {}
    for each in found:
        if each.key == "before_total":
            early.setdefault(each.details["indicator"], []).append(each)
    for same in early.values():
        years = sorted({int(year) for each in same for year in each.details["years"].split(", ")})
        same[0].details["years"] = ", ".join(map(str, years))
    return [each for each in found if each.key != "before_total" or each is early[each.details["indicator"]][0]]


def _base_remarks(observations: Observations, indicator: Indicator, rows: Ints) -> list[Fault]:
    base = indicator.base
    if base is None:
        return []
    of_year = [observations.row(row) for row in rows[observations.year[rows] == indicator.base_year].tolist()]
    return [
        Fault(
            "base_differs",
            each.file,
            each.line,
            indicator=indicator.id,
            found=with_unit(each.value or 0.0, indicator),
            year=each.year,
            plan=with_unit(base, indicator),
        )
        for each in of_year
        if not any(each.dimensions) and abs((each.value or 0.0) - base) > TOLERANCE * abs(base)
    ]


def _total_remarks(observations: Observations, indicator: Indicator, rows: Ints) -> list[Fault]:
    early = [] if not indicator.total_since else rows[observations.year[rows] < indicator.total_since].tolist()
    if not early:
        return []
    first, years = observations.row(early[0]), sorted({int(observations.year[row]) for row in early})
    details = {"indicator": indicator.id, "year": indicator.total_since, "years": ", ".join(map(str, years))}
    return [Fault("before_total", first.file, first.line, **details)]
