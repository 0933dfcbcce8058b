"""What the report says of an indicator with several series: a small chart of each, and one table for all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Literal, NamedTuple

from smartkpi import messages
from smartkpi.model.codes import RuleName, Status
from smartkpi.render.celltext import rounded, significant
from smartkpi.render.quantity import scaled
from smartkpi.render.report.card import Cell, Origin, Parts, in_charge, origins, parts, parts_of, short
from smartkpi.render.report.chart import draw_small, shared_frame
from smartkpi.render.report.chart_data import ChartData, chart_data, kinds
from smartkpi.render.report.colours import STATUS_PALETTE
from smartkpi.render.report.phrases import Phrases, figure, growth, line, percent, signed
from smartkpi.tables.report import Entry, Report, worst

MOST_DRAWN = 100
"""Series of an indicator up to which each is drawn; beyond, those that fare worst."""


class Small(NamedTuple):
    """One small chart, with its words."""

    parts_of: str
    """Values of the dimensions: its heading."""
    status: Status
    low_evidence: bool
    disagree: bool
    """Whether its verdict depends on the rule."""
    svg: str
    actual: Parts
    remark: str
    """What is to be said of an observation that is not normal; empty for a normal one."""
    target: Parts


class SeriesRow(NamedTuple):
    """A row of the table."""

    parts_of: str
    """Values of the dimensions."""
    status: Status
    cells: Sequence[Cell]


class SeriesTable(NamedTuple):
    """The table that stands with the small charts."""

    headings: Sequence[str]
    """Of the cells, after those of the series and its status."""
    rows: Sequence[SeriesRow]


class SmallMultiples(NamedTuple):
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
    in_charge: str
    number: int
    """How many series there are, drawn or not."""
    tally: Sequence[tuple[Status, int]]
    """How many of them have each status that occurs."""
    counted: str
    """What the tally is of."""
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


def small_multiples(
    entries: Sequence[Entry], report: Report, say: Phrases, anchor: str, name: str, anchors: Mapping[str, str]
) -> SmallMultiples:
    """Put the entries of an indicator into words; the names are those that `card` takes."""
    indicator = entries[0].indicator
    title = say.title(indicator.title)
    counts = Counter(entry.status for entry in entries)
    drawn = worst(entries, MOST_DRAWN)
    charts = [_chart(entry, say, f"{name}-{place}", short(title)) for place, entry in enumerate(drawn)]
    return SmallMultiples(
        anchor=anchor,
        name=name,
        indicator=line(indicator.id),
        title=title,
        short=short(title),
        unit=say.unit(indicator),
        in_charge=in_charge(indicator, say),
        number=len(entries),
        tally=[(Status(status), counts[Status(status)]) for status in STATUS_PALETTE if counts[Status(status)]],
        counted=say("report_counts_series"),
        left_out=len(entries) - len(drawn),
        disagreeing=sum(entry.agreement is False for entry in entries),
        lower_is_better=indicator.sign < 0,
        smalls=_smalls(drawn, charts, say),
        key=_key([data for data in charts if data]),
        table=series_table(drawn, say, all_rules=report.all_rules),
        definition=line(messages.title(indicator.definition, say.lang)),
        note=line(messages.title(indicator.note, say.lang)),
        origins=origins(drawn, report, say, anchors),
    )


def _chart(entry: Entry, say: Phrases, name: str, title: str) -> ChartData | None:
    value = say("list_separator").join([title, parts_of(entry)])
    named = say("report_with_status", value=value, status=say(entry.status))
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
            disagree=entry.agreement is False,
            svg=draw_small(data, frame) if data and frame else "",
            actual=_actual(entry, say),
            remark=say.remark(entry.observations[-1]) if entry.observations else "",
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
    return parts(say, "report_small_target", value=say.target(row, entry.indicator), year=row["target_year"])


def series_table(entries: Sequence[Entry], say: Phrases, *, all_rules: bool) -> SeriesTable:
    """Return the figures of each series; columns in which there is nothing are left out."""
    columns = [(heading, [cell(entry) for entry in entries]) for heading, cell in _columns(say, all_rules)]
    filled = [(heading, cells) for heading, cells in columns if any(cells)]
    rows = [
        SeriesRow(parts_of(entry), entry.status, [cells[place] for _, cells in filled])
        for place, entry in enumerate(entries)
    ]
    return SeriesTable([heading for heading, _ in filled], rows)


def _columns(say: Phrases, all_rules: bool) -> list[tuple[str, Callable[[Entry], Cell]]]:
    """Return heading and cell of each column."""

    def plain(name: str) -> Callable[[Entry], Cell]:
        return lambda entry: "" if entry.figures[name] is None else str(entry.figures[name])

    def rounded_cell(name: str, text: Callable[[float, Entry], str]) -> Callable[[Entry], Cell]:
        return lambda entry: _figure(entry.figures[name], text, entry)

    def change(value: float, entry: Entry) -> str:
        return signed(significant(scaled(value, say.wording(entry.indicator).power), 3), value)

    def rate(value: float, entry: Entry) -> str:
        return growth(value)

    columns = [
        (say("heading_actual"), _observed(say)),
        (say("report_year"), plain("year")),
        (say("heading_target"), lambda entry: [say.target(entry.figures, entry.indicator, bare=True)]),
        (say("report_target_year"), plain("target_year")),
        (say("report_attained"), rounded_cell("attainment_pct", lambda value, _: percent(value))),
        (say("report_progress"), rounded_cell("progress_pct", lambda value, _: percent(value))),
        (say("report_gap"), rounded_cell("gap", change)),
        (say("report_observed_change"), rounded_cell("observed_change", change)),
        (say("report_observed_growth"), rounded_cell("observed_growth_pct", rate)),
        (say("report_required_change"), _unless_met(rounded_cell("required_change", change))),
        (say("report_required_growth"), _unless_met(rounded_cell("required_growth_pct", rate))),
        (say("heading_pace"), rounded_cell("pace", lambda value, _: rounded(value, 2).replace("-", "−"))),
        (say("report_remarks"), _remarks(say)),
        (say("report_explanation"), _said("explanation")),
        (say("report_measures"), _said("measures")),
    ]
    return columns + ([(str(name), _by_rule(name, say)) for name in RuleName] if all_rules else [])


def _figure(value: float | None, text: Callable[[float, Entry], str], entry: Entry) -> Cell:
    return "" if value is None else [figure(text(value, entry), value)]


def _observed(say: Phrases) -> Callable[[Entry], Cell]:
    def bare(value: float, entry: Entry) -> str:
        return say.observed(entry.observations[-1], entry.indicator, bare=True)

    return lambda entry: _figure(entry.figures["actual"], bare, entry)


def _unless_met(cell: Callable[[Entry], Cell]) -> Callable[[Entry], Cell]:
    """Leave out what is needed of a series that needs nothing."""
    return lambda entry: "" if entry.status == Status.achieved else cell(entry)


def _remarks(say: Phrases) -> Callable[[Entry], Cell]:
    return lambda entry: say("report_list").join(say(key) for key in (entry.figures["reason"] or "").split(";") if key)


def _said(name: Literal["explanation", "measures"]) -> Callable[[Entry], Cell]:
    return lambda entry: line(getattr(entry.observations[-1], name)) if entry.observations else ""


def _by_rule(name: RuleName, say: Phrases) -> Callable[[Entry], Cell]:
    return lambda entry: say(entry.statuses[name])
