"""One chart of all indicators: how much of each target is attained, with the shape of its status."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from smartkpi.render.marks import marks_legend, marks_of
from smartkpi.render.report.card import parts_of
from smartkpi.render.report.chart_layout import BOLD, WIDTH, Scale, width, wrap
from smartkpi.render.report.phrases import Phrases, percent
from smartkpi.render.report.shapes import shape
from smartkpi.render.view import View
from smartkpi.tables.report import Entry, Report, worst

_MOST = 40
"""Rows that a chart can have and still be read; of more, those that fare worst."""
_HEAD, _LINE, _BAR = 20.0, 16.0, 20.0
_GAP = 14.0
"""Between the bars and the words at the right."""
_WHOLE, _MOST_SHOWN = 100.0, 125.0


class OverviewChart(NamedTuple):
    """The chart's shapes and words."""

    title: str
    description: str
    parts: Sequence[str]
    height: float
    notes: Sequence[str]
    """How many are not drawn, and what the marks of the verdicts mean."""


def overview(report: Report, say: Phrases, size: float) -> OverviewChart:
    """Draw the entries of a report, in its order; of many those that fare worst. Words need room in this size."""
    entries = worst(report.entries, _MOST) if len(report.entries) > _MOST else report.entries
    room = max((_room(entry, report, say, size) for entry in entries), default=0.0)
    across = Scale(0, _MOST_SHOWN, 0, WIDTH - max(room, width(say("report_attained"), size)) - _GAP)
    parts = [
        f'<text class="x" x="{across(_WHOLE):.1f}" y="14">{escape(say("report_overview_whole"))}</text>',
        f'<text class="x figure" x="{WIDTH:g}" y="14">{escape(say("report_attained"))}</text>',
    ]
    bottom = _HEAD
    for entry in entries:
        row, height = _row(entry, report, bottom, across, say)
        parts += row
        bottom += height
    sentences = [
        say("report_overview_row", title=_title(each, say), status=say(each.status), value=_value(each, say)[1])
        for each in entries
    ]
    description = " ".join(sentences)
    left_out = len(report.entries) - len(entries)
    notes = [say("report_overview_left_out", number=left_out)] if left_out else []
    notes += marks_legend(report.table, [each.figures for each in entries], View(lang=say.lang))
    return OverviewChart(say("report_overview"), description, parts, bottom + 6, notes)


def _title(entry: Entry, say: Phrases) -> str:
    return say("list_separator").join(filter(None, [say.title(entry.indicator.title), parts_of(entry)]))


def _drawn_title(entry: Entry, room: float, say: Phrases) -> list[str]:
    """Return the title in a line as long as its bar, else the plan's short one, in two lines at the most."""
    own = wrap(_title(entry, say), room, 2)
    short = entry.indicator.short
    if len(own) == 1 or not short or parts_of(entry):
        return own
    return wrap(say.title(short), room, 2)


def _value(entry: Entry, say: Phrases) -> tuple[float | None, str]:
    """Return the attainment in percent, without it the way covered, and the figure in words."""
    row = entry.figures
    if row["attainment_pct"] is not None:
        return row["attainment_pct"], percent(row["attainment_pct"])
    if row["progress_pct"] is not None:
        return row["progress_pct"], say("report_overview_way", value=percent(row["progress_pct"]))
    return None, say("report_overview_nothing")


def _verdict(entry: Entry, report: Report, say: Phrases) -> str:
    return say(entry.status) + marks_of(report.table, entry.figures, View())


def _room(entry: Entry, report: Report, say: Phrases, size: float) -> float:
    """Return the width of what is said of an entry at the right: the status in bold, and the figure."""
    return BOLD * width(_verdict(entry, report, say), size) + width(f" {_value(entry, say)[1]}", size)


def _row(entry: Entry, report: Report, top: float, across: Scale, say: Phrases) -> tuple[list[str], float]:
    """Draw the title of an entry, below it its bar with the shape at its end, status and figure; and the height."""
    value, figure = _value(entry, say)
    verdict = escape(_verdict(entry, report, say))
    said = f'<tspan class="verdict {entry.status}">{verdict}</tspan> {escape(figure)}'
    titles = _drawn_title(entry, across.stop, say)
    line = top + _LINE * len(titles) + 8
    whole = across(_WHOLE)
    parts = [
        *(
            f'<text class="name" x="0" y="{top + _LINE * row + 13:g}">{escape(title)}</text>'
            for row, title in enumerate(titles)
        ),
        f'<text class="figure" x="{WIDTH:g}" y="{line + 4:g}">{said}</text>',
        f'<path class="all" d="M3 {line:g}H{across.stop:.1f}"/>',
    ]
    goal = f'<path class="whole" d="M{whole:.1f} {line - 6:g}v13"/>'
    if value is not None:
        end = across(min(max(value, 0.0), _MOST_SHOWN - 3))
        parts.append(f'<path class="reach {entry.status}" d="M3 {line:g}H{max(end, 3.1):.1f}"/>')
        parts += [goal, shape(entry.status, max(end, 6.0), line, 13)]
    else:
        parts.append(goal)
    return parts, _LINE * len(titles) + _BAR
