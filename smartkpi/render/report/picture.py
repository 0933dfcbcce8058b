"""A chart alone, for a document or a slide: an SVG file with its title, its answer, what its signs mean, its source."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape  # xml.sax.saxutils would load all of urllib
from pathlib import Path

from smartkpi.model.codes import Evidence
from smartkpi.render.marks import remarks_of
from smartkpi.render.report import chart, chart_data, colours
from smartkpi.render.report.answer import answer
from smartkpi.render.report.card import parts_of, sentence
from smartkpi.render.report.chart_layout import HEIGHT, WIDTH, wrap
from smartkpi.render.report.chart_legend import chart_legend
from smartkpi.render.report.overview import overview
from smartkpi.render.report.phrases import Phrases, line
from smartkpi.render.report.shapes import shape
from smartkpi.tables.report import Entry, Report

_EDGE = 16.0
_INNER = WIDTH
_WIDTH = WIDTH + 2 * _EDGE
_WORDS = 11.0
"""Height of the words in charts."""
_FONTS = "system-ui, 'Noto Sans', 'Noto Sans TC', 'Noto Sans CJK TC', 'Microsoft JhengHei', sans-serif"


def picture(report: Report, entry: Entry, lang: str) -> str:
    """Return the chart of an entry as an SVG file; its colours are plain ones, for programs that know no variables."""
    say = Phrases(lang, report.plan)
    title = " · ".join(filter(None, [say.title(entry.indicator.title), parts_of(entry)]))
    data = chart_data.chart_data(entry, say, "chart", title)
    verdict = say(entry.status)
    notes = [say("report_evidence_short")] if entry.figures["evidence"] == Evidence.low else []
    notes += [say("mark_disputed")] if entry.agreement is False else []
    notes += [say("mark_old_data")] if "old_data" in remarks_of(report.table, entry.figures) else []
    if notes:
        verdict = say("report_with_status", value=verdict, status=say("list_separator").join(notes))
    heading = wrap(title, _INNER, 2, 15)
    lines = wrap(sentence(entry, say), _INNER, 5, 10.5)
    top = 10 + 19 * len(heading)
    words = [
        *_lines("head", heading, 26, 19),
        shape(entry.status, _EDGE + 5.5, top + 13, 11),
        f'<text class="say status" x="{_EDGE + 16:g}" y="{top + 17}">{escape(verdict)}</text>',
        *_lines("say", lines, top + 33, 14),
    ]
    y = top + 33.0 + 14 * len(lines)
    if data:
        words += [f'<g class="chart" transform="translate({_EDGE:g} {y:g})">', *chart.shapes(data), "</g>"]
        signs, high = chart_legend(chart_data.kinds(data), say, _INNER)
        words += [f'<g transform="translate({_EDGE:g} {y + HEIGHT + 8:g})">', *signs, "</g>"]
        y += HEIGHT + 8 + high
    names = chart.names("chart", data.title, data.description) if data else chart.names("chart", title, verdict)
    source = entry.indicator.source
    sources = report.plan.sources
    origin = line(sources[source].title_in(lang)) if source in sources else line(source)
    return _file(lang, names, words, y, _sources(say, [origin]), entry)


def overview_picture(report: Report, lang: str) -> str:
    """Return the chart of all indicators as an SVG file."""
    say = Phrases(lang, report.plan)
    drawn = overview(report, say, _WORDS)
    own = answer(report, say)
    plan, year = say.title(report.plan.title), report.table.year
    heading = wrap(say("about_year", plan=plan, year=year) if year else plan, _INNER, 2, 15)
    lines = wrap(say("report_space").join([say("report_sentence", text=own.headline), *own.evidence]), _INNER, 4, 10.5)
    top = 10.0 + 19 * len(heading)
    y = top + 17 + 14 * len(lines)
    words = [
        *_lines("head", heading, 26, 19),
        *_lines("say", lines, top + 13, 14),
        f'<g class="chart" transform="translate({_EDGE:g} {y:g})">',
        *drawn.parts,
        "</g>",
    ]
    y += drawn.height
    rows = [row for note in drawn.notes for row in wrap(note, _INNER, 2, 9)]
    words += _lines("note", rows, y + 10, 12)
    named = report.plan.sources
    used = dict.fromkeys(each.indicator.source for each in report.entries)
    origins = [line(named[each].title_in(lang) if each in named else each) for each in used]
    return _file(
        lang,
        chart.names("chart", drawn.title, drawn.description),
        words,
        y + 12 * len(rows),
        _sources(say, origins),
        None,
    )


def _sources(say: Phrases, titles: Sequence[str]) -> str:
    return say("report_source", source=say("report_list").join(filter(None, titles)))


def _lines(kind: str, texts: Sequence[str], first: float, apart: float) -> list[str]:
    return [
        f'<text class="{kind}" x="{_EDGE:g}" y="{first + apart * row:g}">{escape(text)}</text>'
        for row, text in enumerate(texts)
    ]


def _file(lang: str, names: str, words: Sequence[str], used: float, source: str, entry: Entry | None) -> str:
    """Return the SVG file: as high as its words and shapes, with the source below them."""
    foot = wrap(source, _INNER, 2, 8.5)
    height = used + 16 + 11 * len(foot)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:g} {height:g}" width="{2 * _WIDTH:g}" '
        f'height="{2 * height:g}" role="img" aria-labelledby="chart-t chart-d" lang="{escape(lang)}">'
    )
    ground = f'<rect width="{_WIDTH:g}" height="{height:g}" fill="#fff"/>'
    feet = _lines("foot", foot, used + 18, 11)
    return "\n".join([head, names, f"<style>{_style(entry)}</style>", ground, *words, *feet, "</svg>", ""])


def _style(entry: Entry | None) -> str:
    css = (Path(__file__).parent / "chart.css").read_text(encoding="utf-8")
    own = f"svg{{font-family:{_FONTS}}}.head{{font-size:15px;font-weight:700;fill:var(--ink)}}"
    own += ".say{font-size:10.5px;fill:var(--ink)}.note{font-size:9px;fill:var(--soft)}"
    own += ".foot{font-size:8.5px;fill:var(--soft)}"
    if entry:
        status = colours.STATUS_PALETTE[entry.status][0][0]
        own += f".say.status{{font-weight:700;fill:{status}}}.mark{{fill:{status}}}"
    marks = "".join(
        f".chart .{status}{{fill:{pair[0][0]}}}.chart .reach.{status}{{stroke:{pair[0][0]}}}"
        for status, pair in colours.STATUS_PALETTE.items()
    )
    return colours.with_light_colours(f"{own}\n{css}\n{marks}")
