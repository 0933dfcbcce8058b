"""The report as one HTML page that needs nothing else: no script, no request, its style inside."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from smartkpi._version import __version__
from smartkpi.analysis.rules import Rule
from smartkpi.model import Plan, Source
from smartkpi.model.codes import GroupBy, RuleName, Status
from smartkpi.model.table import Row
from smartkpi.render.celltext import significant
from smartkpi.render.report import colours
from smartkpi.render.report.answer import answer
from smartkpi.render.report.card import Card, Parts, card
from smartkpi.render.report.chart import svg_element
from smartkpi.render.report.chart_layout import WIDTH
from smartkpi.render.report.chart_legend import SAMPLES
from smartkpi.render.report.overview import overview
from smartkpi.render.report.phrases import Figure, Phrases, figure, line, percent, tongue
from smartkpi.render.report.shapes import SHAPES
from smartkpi.render.report.small_multiples import SmallMultiples, small_multiples
from smartkpi.render.summarised import attained_share, mean_heading
from smartkpi.render.summary import qualifiers_of
from smartkpi.tables.groups import summarise_groups
from smartkpi.tables.report import Entry, Report, by_indicator

_HERE = Path(__file__).parent
_ORDER = (
    Status.achieved,
    Status.on_track,
    Status.lagging,
    Status.off_track,
    Status.reversing,
    Status.missed,
    Status.undetermined,
)
_LARGEST_WORDS = 14.0
"""Height of the words of charts on the narrowest screens, as in page.css."""
_ALWAYS = {Status.achieved, Status.on_track, Status.lagging, Status.off_track, Status.undetermined}
_HTML_LANGUAGE = {"zh-TW": "zh-Hant-TW"}


class OverviewRow(NamedTuple):
    """A row of a pillar's table."""

    card: Card
    actual: Parts
    """Value and year, or nothing."""
    target: Parts
    """Value and year."""
    attained: Figure | None
    needed: Parts


class PillarSection(NamedTuple):
    """A pillar with its table and its cards."""

    anchor: str
    title: str
    counted: str
    """What the tally is of."""
    tally: Sequence[tuple[Status, int]]
    """How many have each status that occurs."""
    summary: str
    """Mean attainment with its count, how many rest on low evidence, and how many are not judged."""
    lines: Sequence[OverviewRow | SmallMultiples]
    """One per indicator."""


def page(report: Report, lang: str) -> str:
    """Return the report as HTML."""
    say = Phrases(lang, report.plan)
    css = style()
    by_pillar, remarks = summarise_groups(report.table, GroupBy.pillar)
    counted = {row["group"]: row for row in by_pillar.rows()}
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    from smartkpi.render.report.page_template import template

    html: str = template().render(
        say=say,
        html_language=_HTML_LANGUAGE.get(lang, lang),
        tongue=lambda text: tongue(text, lang),
        plan=say.title(report.plan.title),
        year=report.table.year,
        version=__version__,
        css=css,
        digest=digest,
        **_first_box(report, say),
        shapes=SHAPES,
        samples=SAMPLES,
        sections=_sections(report, say, counted),
        weights=[remark.text(lang) for remark in remarks],
        rule_text=rule_text(report.rule, say),
        rules=[(str(name), say(f"rule_{name}")) for name in RuleName],
        statuses=_ORDER,
        sources=_sources(report, lang),
    )
    return html


def style() -> str:
    """Return the page's CSS."""
    page_css = (_HERE / "page.css").read_text(encoding="utf-8")
    chart_css = (_HERE / "chart.css").read_text(encoding="utf-8")
    marks = "".join(f".{status}{{--mark:var(--{status});--mark-ground:var(--{status}-ground)}}" for status in _ORDER)
    light = f":root{{color-scheme:light dark;{colours.variables(dark=False)}}}"
    dark = f"@media (prefers-color-scheme:dark){{:root{{{colours.variables(dark=True)}}}}}"
    # Paper is white, whatever the screen was.
    paper = f"@media print{{:root{{color-scheme:light;{colours.variables(dark=False)}}}}}"
    return "\n".join(["", light, dark, paper, marks, chart_css, page_css])


def rule_text(rule: Rule, say: Phrases) -> str:
    """Return what a rule compares, and from which pace on it gives each status."""
    steps = [
        say("report_rule_thresholds", status=say(status), least=significant(least))
        for status, least in rule.thresholds.items()
    ]
    text = say(f"rule_{rule.name}")
    return say("report_rule_sentence", name=rule.name, text=text, steps=say("list_separator").join(steps))


def _first_box(report: Report, say: Phrases) -> Mapping[str, Any]:
    """Return the answer with what it rests on, the number of each status, and the chart of all indicators."""
    counts, entries = report.counts, report.entries
    panel = len(entries) > len({entry.indicator.id for entry in entries})
    drawn = overview(report, say, _LARGEST_WORDS)
    size = (WIDTH, drawn.height)
    svg = svg_element("overview", "chart all-indicators", size, drawn.title, drawn.description, drawn.parts)
    return {
        "answer": answer(report, say),
        "counted": say("report_counts_series" if panel else "report_counts"),
        "counts": [(status, counts.get(status, 0)) for status in _ORDER if status in _ALWAYS or counts.get(status)],
        "panel": panel,
        "overview": drawn,
        "overview_svg": svg,
    }


def _sections(report: Report, say: Phrases, counted: Mapping[str, Row]) -> list[PillarSection]:
    anchors = {source: f"source-{place}" for place, source in enumerate(report.plan.sources, 1)}
    anchors_in_use: set[str] = set()
    sections = []
    for place, (pillar, entries) in enumerate(report.sections, 1):
        lines = [_indicator_row(own, report, say, anchors_in_use, anchors) for own in by_indicator(entries)]
        row, panel = counted[pillar.id], len(entries) > len(lines)
        sections.append(
            PillarSection(
                anchor=f"pillar-{place}",
                title=say.title(pillar.title),
                counted=say("report_counts_series" if panel else "report_counts"),
                tally=[(status, int(row[status])) for status in _ORDER if row[status]],
                summary=_pillar_summary(report.plan, row, say),
                lines=lines,
            )
        )
    return sections


def _pillar_summary(plan: Plan, row: Row, say: Phrases) -> str:
    """Return what there is to say of a pillar beside its statuses."""
    low, open_series = int(row["low_evidence"]), int(row[Status.undetermined])
    parts = [say("report_pillar_mean", mean=say(mean_heading(plan)), share=share)] if (
        share := attained_share(row, say.lang)
    ) else []  # fmt: skip
    parts += qualifiers_of(low, 0, say.lang)
    parts += [say("check_not_judged_part", number=open_series)] if open_series else []
    return say("report_list").join(parts)


def _indicator_row(
    entries: Sequence[Entry], report: Report, say: Phrases, anchors_in_use: set[str], anchors: Mapping[str, str]
) -> OverviewRow | SmallMultiples:
    """Return what is shown of an indicator: its card, or the small charts of its series."""
    anchor = _anchor(entries[0], anchors_in_use)
    name = f"c{len(anchors_in_use)}"
    if len(entries) > 1:
        return small_multiples(entries, report, say, anchor, name, anchors)
    return _overview_row(entries[0], card(entries[0], report, say, anchor, name, anchors), say)


def _anchor(entry: Entry, anchors_in_use: set[str]) -> str:
    """Return a name for the card that is its indicator's id where that can stand in an address."""
    name = entry.indicator.id
    plain = name.isascii() and name.replace("_", "").replace("-", "").isalnum() and len(name) < 80
    anchor = f"kpi-{name}" if plain else f"kpi-{len(anchors_in_use) + 1}"
    while anchor in anchors_in_use:
        anchor += "-"
    anchors_in_use.add(anchor)
    return anchor


def _overview_row(entry: Entry, own: Card, say: Phrases) -> OverviewRow:
    row, indicator = entry.figures, entry.indicator
    attained = row["attainment_pct"]
    needed: Parts = ()
    if row["actual"] is not None:
        actual: Parts = [figure(say.value(row["actual"], indicator), row["actual"]), str(row["year"])]
    else:
        actual = ()
    if row["required_change"]:
        change = figure(say.change(row["required_change"], indicator), row["required_change"])
        needed = [change, say("report_per_year_tail")]
    return OverviewRow(
        card=own,
        actual=actual,
        target=[say.target(row, indicator), str(row["target_year"])],
        attained=None if attained is None else figure(percent(attained), attained),
        needed=needed,
    )


def _sources(report: Report, lang: str) -> list[tuple[str, Source, str]]:
    """Return anchor, source and address of each source; only what a browser opens as a page is an address."""
    return [
        (
            f"source-{place}",
            Source(each.id, line(each.title_in(lang))[:400], line(each.publisher)[:400], line(each.published)),
            each.url if each.url.startswith(("https://", "http://")) else "",
        )
        for place, each in enumerate(report.plan.sources.values(), 1)
    ]
