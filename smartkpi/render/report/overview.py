"""One chart of all indicators: how much of each target is attained, with the shape of its status."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from smartkpi.model.codes import Evidence, Status
from smartkpi.render.report.card import parts_of
from smartkpi.render.report.chart_layout import WIDTH, Scale, fit
from smartkpi.render.report.phrases import Phrases, percent
from smartkpi.render.report.shapes import shape
from smartkpi.tables.report import Entry, Report, worst

_MOST = 40
"""Rows that a chart can have and still be read; of more, those that fare worst."""
_ROW, _HEAD, _SIZE = 36.0, 16.0, 12.0
_FIGURES = 148.0
"""Room for the figures at the right."""
_WHOLE, _MOST_SHOWN = 100.0, 125.0


class OverviewChart(NamedTuple):
    """The chart's shapes and words."""

    title: str
    description: str
    parts: Sequence[str]
    height: float
    left_out: int
    """Indicators or series that are not drawn."""


def overview(report: Report, say: Phrases) -> OverviewChart:
    """Draw the entries of a report, in its order; of many those that fare worst."""
    entries = worst(report.entries, _MOST) if len(report.entries) > _MOST else report.entries
    bottom = _HEAD + _ROW * len(entries)
    across = Scale(0, _MOST_SHOWN, 0, WIDTH - _FIGURES)
    whole = across(_WHOLE)
    # Only across the bars: titles are beside it.
    goals = "".join(f"M{whole:.1f} {_HEAD + _ROW * row + 16:g}v16" for row in range(len(entries)))
    parts = [
        f'<text class="x" x="{whole:.1f}" y="10">{escape(say("report_overview_whole"))}</text>',
        *(part for row, entry in enumerate(entries) for part in _row(entry, _HEAD + _ROW * row, across, say)),
        f'<path class="whole" d="{goals}"/>',
    ]
    sentences = [
        say("report_overview_row", title=_title(each, say), status=say(each.status), value=_value(each, say)[1])
        for each in entries
    ]
    description = " ".join(sentences)
    return OverviewChart(say("report_overview"), description, parts, bottom + 6, len(report.entries) - len(entries))


def _title(entry: Entry, say: Phrases) -> str:
    dimensions = parts_of(entry)
    title = say.title(entry.indicator.title)
    return f"{title}, {dimensions}" if dimensions else title


def _value(entry: Entry, say: Phrases) -> tuple[float | None, str]:
    """Return the attainment in percent, without it the way covered, and the figure in words."""
    row = entry.figures
    if row["attainment_pct"] is not None:
        return row["attainment_pct"], percent(row["attainment_pct"])
    if row["progress_pct"] is not None:
        return row["progress_pct"], say("report_overview_way", value=percent(row["progress_pct"]))
    return None, say("report_overview_nothing")


def _row(entry: Entry, top: float, across: Scale, say: Phrases) -> list[str]:
    """Draw the title and status of an entry, below them its bar with the shape at its end, and the figure."""
    value, figure = _value(entry, say)
    verdict = say(entry.status) + ("*" if entry.figures["evidence"] == Evidence.low else "")
    line = top + 24
    title, beside = fit(_title(entry, say), WIDTH, _SIZE), f'x="{WIDTH:g}" y="{line + 4:g}"'
    figures = f'<tspan class="verdict {entry.status}">{escape(verdict)}</tspan> {escape(figure)}'
    parts = [
        f'<text class="name" x="0" y="{top + 13:g}">{escape(title)}</text>',
        f'<path class="all" d="M3 {line:g}H{across.stop:.1f}"/>',
        f'<text class="figure" {beside}>{figures}</text>',
    ]
    if value is None:
        return parts
    end = across(min(max(value, 0.0), _MOST_SHOWN - 3))
    parts.append(f'<path class="reach {entry.status}" d="M3 {line:g}H{max(end, 3.1):.1f}"/>')
    return [*parts, shape(Status(entry.status), max(end, 6.0), line, 13)]
