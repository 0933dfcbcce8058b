"""The summary line after a table."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from smartkpi.messages import label
from smartkpi.model import Table
from smartkpi.model.codes import ON_TRACK, ProjectionMethod, Status
from smartkpi.text import printable

if TYPE_CHECKING:
    from smartkpi.tables.check import Outcome

_OTHERS = (Status.lagging, Status.off_track, Status.reversing, Status.missed, Status.undetermined)


def summary(table: Table, lang: str) -> str:
    """Return how many of the table's rows are on track, and what the others are.

    Achieved counts as on track, as in the column ``on_track``.
    """
    counts = Counter(table.columns["status"])
    on_track = sum(number for status, number in counts.items() if ON_TRACK[status])
    key = "summary" if table.year is not None else "summary_none"
    first = label(key, lang).format(year=table.year, on_track=on_track, all=len(table))
    parts = [
        label("summary_part", lang).format(number=counts[status], status=label(status, lang))
        for status in _OTHERS
        if counts[status]
    ]
    return label("list_separator", lang).join([first, *parts])


def project_summary(table: Table, lang: str) -> str:
    """Return how many rows have a central figure, how many of these meet the target, and what the others have."""
    methods = Counter(table.columns["method"])
    without = (ProjectionMethod.scenarios, ProjectionMethod.held, ProjectionMethod.none)
    central = len(table) - sum(methods[method] for method in without)
    meeting = sum(flag is True for flag in table.columns["meets_target"])
    key = "project_summary" if len(table) else "project_summary_empty"
    first = label(key, lang).format(years=_years(table), central=central, all=len(table))
    parts = [label("project_summary_meeting", lang).format(number=meeting)] if central else []
    parts += [label(f"project_summary_{each}", lang).format(number=methods[each]) for each in without if methods[each]]
    return label("list_separator", lang).join([first, *parts])


def _years(table: Table) -> str:
    years = sorted({f"{year:.0f}" for year in table.columns["project_year"]})
    return "-".join(dict.fromkeys(years[:1] + years[-1:]))


def check_summary(table: Table, outcome: Outcome, lang: str) -> list[str]:
    """Return what a check says besides the failing rows: rows spared for low evidence, how many fail, and the rest."""
    from smartkpi.tables.check import NOT_JUDGED

    spared = outcome.spared.columns
    lines = [
        label("check_spared", lang).format(indicator=printable(name), status=label(status, lang))
        for name, status in zip(spared["indicator"], spared["status"], strict=True)
    ]
    failing = label("check_failing", lang).format(failing=len(outcome.failing), all=len(table))
    if outcome.code == NOT_JUDGED:
        lines.append(label("check_not_judged", lang))
    return [*lines, failing, summary(table, lang)]
