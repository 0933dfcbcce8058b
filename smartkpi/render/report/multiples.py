"""What the report says of an indicator with several series: a small chart of each, and one table for all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from smartkpi.model.codes import Status
from smartkpi.render.report.card import Origin, origins, parts_of, short
from smartkpi.render.report.chart_data import chart_data, kinds
from smartkpi.render.report.colours import STATUS_PALETTE
from smartkpi.render.report.items import Parts, parts
from smartkpi.render.report.phrases import Phrases, figure, line
from smartkpi.render.report.seriestable import SeriesTable, series_table
from smartkpi.render.report.sketch import ChartData
from smartkpi.render.report.smallchart import draw_small, shared_frame
from smartkpi.tables.report import Entry, Report, worst

MOST_DRAWN = 100
"""Series of an indicator up to which each is drawn; beyond, those that fare worst."""


class Small(NamedTuple):
    """One small chart, with its words."""

    parts_of: str
    """Values of the dimensions: its heading."""
    status: Status
    low_evidence: bool
    svg: str
    actual: Parts
    marked: str
    """What is to be said of an observation that is not normal; empty for a normal one."""
    target: Parts


class Multiples(NamedTuple):
    """All texts of the card of an indicator with several series."""

    anchor: str
    """Its name in addresses."""
    name: str
    """Its name within the page, short."""
    indicator: str
    """Its id, printable."""
    title: str
    short: str
    """The title where there is little room."""
    unit: str
    number: int
    """How many series there are, drawn or not."""
    tally: Sequence[tuple[Status, int]]
    """How many of them have each status that occurs."""
    left_out: int
    """How many are not drawn."""
    disagreeing: int
    """Of how many the rules judge differently."""
    lower_is_better: bool
    smalls: Sequence[Small]
    key: Sequence[str]
    table: SeriesTable
    definition: str
    note: str
    origins: Sequence[Origin]


def multiples(
    entries: Sequence[Entry], report: Report, say: Phrases, anchor: str, name: str, anchors: Mapping[str, str]
) -> Multiples:
    """Put the entries of an indicator into words; the names are those that `card` takes."""
    indicator = entries[0].indicator
    title = say.title(indicator.title)
    counts = Counter(entry.status for entry in entries)
    drawn = worst(entries, MOST_DRAWN)
    charts = [_chart(entry, say, f"{name}-{place}", short(title)) for place, entry in enumerate(drawn)]
    return Multiples(
        anchor=anchor,
        name=name,
        indicator=line(indicator.id),
        title=title,
        short=short(title),
        unit=say.unit(indicator),
        number=len(entries),
        tally=[(Status(status), counts[Status(status)]) for status in STATUS_PALETTE if counts[Status(status)]],
        left_out=len(entries) - len(drawn),
        disagreeing=sum(entry.agreement is False for entry in entries),
        lower_is_better=indicator.sign < 0,
        smalls=_smalls(drawn, charts, say),
        key=_key([data for data in charts if data]),
        table=series_table(drawn, say, all_rules=report.all_rules),
        definition=line(indicator.definition),
        note=line(indicator.note),
        origins=origins(drawn, report, say, anchors),
    )


def _chart(entry: Entry, say: Phrases, name: str, title: str) -> ChartData | None:
    named = say("report_with_status", value=f"{title}, {parts_of(entry)}", status=say(entry.status))
    return chart_data(entry, say, name, named)


def _key(charts: Sequence[ChartData]) -> Sequence[str]:
    """Return the kinds of lines and marks of all charts, each once."""
    if not charts:
        return ()
    lines = [each for data in charts for each in data.lines]
    return kinds(charts[0]._replace(lines=lines, marks=[mark for data in charts for mark in data.marks]))


def _smalls(entries: Sequence[Entry], charts: Sequence[ChartData | None], say: Phrases) -> list[Small]:
    frame = shared_frame([data for data in charts if data])
    return [
        Small(
            parts_of=parts_of(entry),
            status=entry.status,
            low_evidence=entry.figures["evidence"] == "low" and entry.status != Status.undetermined,
            svg=draw_small(data, frame) if data and frame else "",
            actual=_actual(entry, say),
            marked=say.marked(entry.observations[-1]) if entry.observations else "",
            target=_target(entry, say),
        )
        for entry, data in zip(entries, charts, strict=True)
    ]


def _actual(entry: Entry, say: Phrases) -> Parts:
    row = entry.figures
    if row["actual"] is None:
        return [say("no_observation")]
    value = figure(say.value(row["actual"], entry.indicator), row["actual"])
    return parts(say, "report_chart_point", value=value, year=row["year"])


def _target(entry: Entry, say: Phrases) -> Parts:
    row = entry.figures
    value = figure(say.value(row["target"], entry.indicator), row["target"])
    return parts(say, "report_small_target", value=value, year=row["target_year"])
