"""The one line that says it all."""

from __future__ import annotations

from collections import Counter

from smartkpi.model import ON_TRACK, Status, Table
from smartkpi.words import label

_TOLD = (Status.lagging, Status.off_track, Status.reversing, Status.missed, Status.undetermined)


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
        for status in _TOLD
        if counts[status]
    ]
    return label("list_separator", lang).join([first, *parts])
