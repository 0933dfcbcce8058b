"""The summary line after a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from smartkpi.messages import label
from smartkpi.model.codes import ON_TRACK, Evidence, ProjectionMethod, Status
from smartkpi.model.table import Row, Table, cells_of
from smartkpi.text import printable

if TYPE_CHECKING:
    from smartkpi.tables.check import Outcome

SUMMARISED = ("status", "on_track", "evidence", "rules_agree", "on_track_rules_agree")
"""What `summary` needs of a table; one of the last two is enough."""
PROJECT_SUMMARISED = ("method", "meets_target", "year", "project_year", "low")
"""What `project_summary` needs, and `smartkpi.render.projected.coverage`."""
_MOST_NAMED = 5
_OTHERS = (Status.lagging, Status.off_track, Status.reversing, Status.missed, Status.undetermined)


def summary(table: Table, lang: str) -> str:
    """Return how many of the table's rows are on track and on what that rests, and what the others are.

    Achieved counts as on track, as in the column ``on_track``.
    """
    counts = table.texts("status").counts()
    on_track = sum(number for status, number in counts.items() if ON_TRACK[status])
    key = "summary" if table.year is not None else "summary_none"
    first = label(key, lang).format(year=table.year, on_track=on_track, all=len(table))
    parts = [
        label("summary_part", lang).format(number=counts[status], status=label(status, lang))
        for status in _OTHERS
        if counts.get(status)
    ]
    return label("list_separator", lang).join([qualified(first, _qualifiers(table, lang), lang), *parts])


def qualified(first: str, qualifiers: Sequence[str], lang: str) -> str:
    """Return a statement with what weakens it in brackets."""
    if not qualifiers:
        return first
    return label("summary_qualified", lang).format(
        first=first, qualifiers=label("list_separator", lang).join(qualifiers)
    )


def qualifiers_of(low: int, disputed: int, lang: str) -> list[str]:
    """Return what weakens a number of series on track: how many rest on low evidence, and are disputed."""
    numbers = {"summary_low": low, "summary_disputed": disputed}
    return [label(key, lang).format(number=number) for key, number in numbers.items() if number]


def _qualifiers(table: Table, lang: str) -> list[str]:
    on_track = table.texts("on_track").flags(lambda flag: flag is True)
    low = on_track & table.texts("evidence").flags(lambda evidence: evidence == Evidence.low)
    agreement = [table.texts(name) for name in ("rules_agree", "on_track_rules_agree") if name in table.aside]
    disputed = on_track & agreement[0].flags(lambda agree: agree is False) if agreement else ()
    return qualifiers_of(int(low.sum()), int(np.sum(disputed)), lang)


def project_summary(table: Table, lang: str) -> str:
    """Return how many rows have a central figure, how many of these meet the target, and what the others have."""
    methods = Counter(table.cells("method"))
    without = (ProjectionMethod.scenarios, ProjectionMethod.held, ProjectionMethod.none)
    central = len(table) - sum(methods[method] for method in without)
    meeting = sum(flag is True for flag in table.cells("meets_target"))
    key = "project_summary" if len(table) else "project_summary_empty"
    first = label(key, lang).format(years=_years(table), central=central, all=len(table))
    parts = [label("project_summary_meeting", lang).format(number=meeting)] if central else []
    parts += [label(f"project_summary_{each}", lang).format(number=methods[each]) for each in without if methods[each]]
    return label("list_separator", lang).join([first, *parts])


def _years(table: Table) -> str:
    years = sorted({str(year) for year in cells_of(np.unique(table.numbers("project_year")), "year")})
    return "-".join(dict.fromkeys(years[:1] + years[-1:]))


def check_summary(table: Table, outcome: Outcome, lang: str) -> list[str]:
    """Return what a check says besides the failing rows: rows spared for low evidence, how many fail, and the rest."""
    from smartkpi.render import check
    from smartkpi.tables.check import BEFORE, NOT_JUDGED

    lines = [
        label("check_spared", lang).format(indicator=printable(row["indicator"]), status=label(row["status"], lang))
        for row in outcome.spared.rows()
    ]
    lines += [
        label("check_turned", lang).format(
            indicator=printable(check.name(outcome.turned, row)),
            before=label(row[BEFORE], lang),
            status=label(row["status"], lang),
        )
        for row in outcome.turned.rows()
    ]
    if len(outcome.unjudged):
        lines.append(_unjudged(outcome.unjudged, lang))
    first = label("check_failing", lang).format(failing=len(outcome.failing), all=len(table))
    others = [label("check_not_judged_part", lang).format(number=outcome.not_judged)] if outcome.not_judged else []
    failing = label("list_separator", lang).join([first, *others])
    if outcome.code == NOT_JUDGED:
        lines.append(label("check_not_judged", lang))
    return [*lines, failing, summary(table, lang)]


def _unjudged(table: Table, lang: str) -> str:
    """Return which rows have no judgement: the first few by name and reason, of the others the number."""
    from smartkpi.render import check

    between = label("list_separator", lang)

    def named(row: Row) -> str:
        reasons = between.join(label(each, lang) for each in (row["reason"] or "").split(";") if each)
        return label("status_noted", lang).format(status=printable(check.name(table, row)), note=reasons)

    names = list(map(named, table.take(np.arange(min(len(table), _MOST_NAMED))).rows()))
    if len(table) > _MOST_NAMED:
        names.append(label("and_more", lang).format(number=len(table) - _MOST_NAMED))
    return label("check_unjudged", lang).format(names=between.join(names))
