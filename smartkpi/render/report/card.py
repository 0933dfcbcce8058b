"""What a card of the report says of one entry, ready to be laid out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from smartkpi.model.codes import Status
from smartkpi.render.celltext import number
from smartkpi.render.report import chart, chart_data
from smartkpi.render.report.items import Item, Parts, items
from smartkpi.render.report.phrases import Figure, Phrases, line
from smartkpi.tables.report import Entry, Report, Step
from smartkpi.text import shortened

_SHORT = 80
_MOST_OPEN = 16
"""Rows up to which the table beside a chart stands open."""


Cell = str | Parts


class Origin(NamedTuple):
    """Where a figure comes from."""

    what: str
    source: str
    """Title of the source, or its id where the plan does not describe it."""
    anchor: str
    """Place on the page that describes the source; empty where there is none."""
    locator: str
    note: str


class DataTable(NamedTuple):
    """The table that stands with a chart."""

    headings: Sequence[str]
    rows: Sequence[tuple[int, Sequence[Cell]]]
    """Year and cells."""
    open: bool


class Card(NamedTuple):
    """All texts of a card."""

    anchor: str
    """Its name in addresses."""
    name: str
    """Its name within the page, short."""
    indicator: str
    """Its id, printable."""
    title: str
    short: str
    """The title where there is little room."""
    parts_of: str
    """Values of the dimensions, where the plan has any."""
    unit: str
    status: Status
    low_evidence: bool
    sentence: str
    lower_is_better: bool
    svg: str
    key: Sequence[str]
    items: Sequence[Item]
    table: DataTable
    rules: Sequence[tuple[str, Status]]
    """What each rule says; empty where there is nothing to tell."""
    disagree: bool
    definition: str
    note: str
    origins: Sequence[Origin]


def card(entry: Entry, report: Report, say: Phrases, anchor: str, name: str, anchors: Mapping[str, str]) -> Card:
    """Put an entry of a report into words.

    `anchor` and `name` are the card's names on its page, for addresses and for what is inside; `anchors` are those of
    the sources.
    """
    indicator = entry.indicator
    title = say.title(indicator.title)
    dimensions = parts_of(entry)
    named = f"{title}, {dimensions}" if dimensions else title
    data = chart_data.chart_data(entry, say, name, named)
    tell_all = report.all_rules or entry.agreement is False
    return Card(
        anchor=anchor,
        name=name,
        indicator=line(indicator.id),
        title=title,
        short=short(title),
        parts_of=dimensions,
        unit=say.unit(indicator),
        status=entry.status,
        low_evidence=entry.figures["evidence"] == "low" and entry.status != Status.undetermined,
        sentence=sentence(entry, say),
        lower_is_better=indicator.sign < 0,
        svg=chart.draw(data) if data else "",
        key=chart_data.kinds(data) if data else (),
        items=items(entry, report.rule, say),
        table=_table(entry, say),
        rules=[(str(name), status) for name, status in entry.statuses.items()] if tell_all else (),
        disagree=entry.agreement is False,
        definition=line(indicator.definition),
        note=line(indicator.note),
        origins=origins([entry], report, say, anchors),
    )


def short(title: str) -> str:
    """Return a title for where there is little room."""
    return shortened(title, _SHORT)


def parts_of(entry: Entry) -> str:
    """Return the values of an entry's dimensions."""
    return " · ".join(shortened(value, _SHORT) for value in entry.dimensions if value)


def sentence(entry: Entry, say: Phrases) -> str:
    """Return where the entry stands and what it needs, in one or two sentences."""
    row, indicator = entry.figures, entry.indicator
    details = {"target": say.value(row["target"], indicator), "target_year": row["target_year"]}
    if row["actual"] is None:
        return say("report_sentence_nothing", **details)
    details |= {"actual": say.observed(entry.observations[-1], indicator), "year": row["year"]}
    if entry.status == Status.achieved:
        return say("report_sentence_achieved", **details)
    if not row["required_change"]:
        return say("report_sentence_missed", **details)
    return say("report_sentence_ahead", **details, change=say.change(row["required_change"], indicator))


def _table(entry: Entry, say: Phrases) -> DataTable:
    steps = entry.steps()
    scenarios = entry.ahead.scenarios
    columns: list[tuple[str, list[Cell]]] = [
        (say("report_observed"), [_observed(step, entry, say) for step in steps]),
        (say("report_path"), [_cell(step.path, entry, say) for step in steps]),
        (say("report_need"), [_cell(step.need, entry, say) for step in steps]),
        (say("report_ahead"), [_cell(step.central, entry, say) for step in steps]),
        (say("report_interval"), [_range(step, entry, say) for step in steps]),
    ]
    for place, each in enumerate(scenarios):
        columns.append(
            (say(f"report_column_{each.name}"), [_cell(step.scenarios[place], entry, say) for step in steps])
        )
    shown = [(heading, cells) for heading, cells in columns if any(cells)]
    rows = [(step.year, [cells[place] for _, cells in shown]) for place, step in enumerate(steps)]
    return DataTable([heading for heading, _ in shown], rows, len(rows) <= _MOST_OPEN)


def _observed(step: Step, entry: Entry, say: Phrases) -> Cell:
    if step.observation is None or step.observation.value is None:
        return ""
    value = step.observation.value
    return [Figure(say.observed(step.observation, entry.indicator, bare=True), number(value))]


def _cell(value: float | None, entry: Entry, say: Phrases) -> Cell:
    return "" if value is None else say.bare(value, entry.indicator)


def _range(step: Step, entry: Entry, say: Phrases) -> Cell:
    if step.interval is None:
        return ""
    low, high = (say.bare(value, entry.indicator) for value in step.interval)
    return say("report_range", low=low, high=high)


def origins(entries: Sequence[Entry], report: Report, say: Phrases, anchors: Mapping[str, str]) -> list[Origin]:
    """Return where the figures of an indicator's entries come from: the target, then year by year, each place once."""
    indicator, sources = entries[0].indicator, report.plan.sources

    def origin(what: str, source: str, locator: str, note: str) -> Origin:
        title = sources[source].title if source in sources else source
        return Origin(what, line(title)[:400], anchors.get(source, ""), line(locator), line(note))

    target = origin(say("report_target_source"), indicator.source, indicator.locator, "")
    seen = [each for entry in entries for each in entry.observations if each.source or each.locator or each.note]
    places = [(each.year, each.source, each.locator, each.note) for each in sorted(seen, key=lambda each: each.year)]
    return [target, *(origin(str(year), *place) for year, *place in dict.fromkeys(places))]
