"""The table of an indicator's series: what `status` finds of each, a row per series."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from smartkpi.model.codes import RuleName, Status
from smartkpi.render.celltext import rounded
from smartkpi.render.report.card import Cell, parts_of
from smartkpi.render.report.phrases import Phrases, figure, growth, percent
from smartkpi.tables.report import Entry


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


def series_table(entries: Sequence[Entry], say: Phrases, *, all_rules: bool) -> SeriesTable:
    """Return the figures of each series; columns in which there is nothing are left out."""
    columns = [(heading, [cell(entry) for entry in entries]) for heading, cell in _columns(say, all_rules)]
    shown = [(heading, cells) for heading, cells in columns if any(cells)]
    rows = [
        SeriesRow(parts_of(entry), entry.status, [cells[place] for _, cells in shown])
        for place, entry in enumerate(entries)
    ]
    return SeriesTable([heading for heading, _ in shown], rows)


def _columns(say: Phrases, all_rules: bool) -> list[tuple[str, Callable[[Entry], Cell]]]:
    """Return heading and cell of each column."""

    def plain(name: str) -> Callable[[Entry], Cell]:
        return lambda entry: "" if entry.figures[name] is None else str(entry.figures[name])

    def of(name: str, text: Callable[[float, Entry], str]) -> Callable[[Entry], Cell]:
        return lambda entry: _figure(entry.figures[name], text, entry)

    def change(value: float, entry: Entry) -> str:
        return say.change(value, entry.indicator, short=True)

    def rate(value: float, entry: Entry) -> str:
        return growth(value)

    columns = [
        (say("heading_actual"), _observed(say)),
        (say("report_year"), plain("year")),
        (say("heading_target"), of("target", lambda value, entry: say.bare(value, entry.indicator))),
        (say("report_target_year"), plain("target_year")),
        (say("report_attained"), of("attainment_pct", lambda value, _: percent(value))),
        (say("report_progress"), of("progress_pct", lambda value, _: percent(value))),
        (say("report_gap"), of("gap", change)),
        (say("report_observed_change"), of("observed_change", change)),
        (say("report_observed_growth"), of("observed_growth_pct", rate)),
        (say("report_required_change"), _unless_met(of("required_change", change))),
        (say("report_required_growth"), _unless_met(of("required_growth_pct", rate))),
        (say("heading_pace"), of("pace", lambda value, _: rounded(value, 2).replace("-", "−"))),
        (say("report_remarks"), _remarks(say)),
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


def _by_rule(name: RuleName, say: Phrases) -> Callable[[Entry], Cell]:
    return lambda entry: say(entry.statuses[name])
