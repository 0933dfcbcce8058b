"""One chart alone, for a document or a slide: an SVG file with its title, its answer and its source."""

from __future__ import annotations

from html import escape  # xml.sax.saxutils would load all of urllib
from pathlib import Path

from smartkpi.render.report import chart, colours
from smartkpi.render.report.card import sentence
from smartkpi.render.report.chart_data import chart_data
from smartkpi.render.report.chart_layout import HEIGHT, WIDTH, fit, wrap
from smartkpi.render.report.phrases import Phrases, line
from smartkpi.render.symbols import SYMBOLS
from smartkpi.tables.report import Entry, Report
from smartkpi.text import shortened

_EDGE = 16.0
_HEAD, _FOOT = 92.0, 26.0
_WIDTH, _HEIGHT = WIDTH + 2 * _EDGE, HEIGHT + _HEAD + _FOOT
_FONTS = "system-ui, 'Noto Sans', 'Noto Sans TC', 'Noto Sans CJK TC', 'Microsoft JhengHei', sans-serif"


def picture(report: Report, entry: Entry, lang: str) -> str:
    """Return the chart of an entry as an SVG file; its colours are plain ones, for programs that know no variables."""
    say = Phrases(lang, report.plan)
    title = say.title(entry.indicator.title)
    data = chart_data(entry, say, "chart", title)
    label = say("report_with_status", value=title, status=say(entry.status))
    body = [chart.names(data)] if data else [f'<title id="chart-t">{escape(label)}</title>', '<desc id="chart-d"/>']
    body += [f"<style>{_style(entry)}</style>", f'<rect width="{_WIDTH:g}" height="{_HEIGHT:g}" fill="#fff"/>']
    body += _words(report, entry, say, title)
    if data:
        body += [f'<g class="chart" transform="translate({_EDGE:g} {_HEAD:g})">', *chart.shapes(data), "</g>"]
    return "\n".join([_head(lang), *body, "</svg>", ""])


def _head(lang: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" width="{2 * _WIDTH:g}" '
        f'height="{2 * _HEIGHT:g}" role="img" aria-labelledby="chart-t chart-d" lang="{escape(lang)}">'
    )


def _style(entry: Entry) -> str:
    css = (Path(__file__).parent / "chart.css").read_text(encoding="utf-8")
    status = colours.STATUS_PALETTE[entry.status][0][0]
    own = f"svg{{font-family:{_FONTS}}}.head{{font-size:15px;font-weight:700;fill:var(--ink)}}"
    own += f".say{{font-size:10.5px;fill:var(--ink)}}.say.status{{font-weight:700;fill:{status}}}"
    return colours.with_light_colours(f"{own}.foot{{font-size:8.5px;fill:var(--soft)}}\n{css}")


def _words(report: Report, entry: Entry, say: Phrases, title: str) -> list[str]:
    width = _WIDTH - 2 * _EDGE
    dimensions = [shortened(value, 60) for value in entry.dimensions if value]
    heading = fit(" · ".join([title, *dimensions]), width, 16.0)
    verdict = f"{SYMBOLS[entry.status].shape} {say(entry.status)}"
    verdict_lines = wrap(sentence(entry, say), width, 2, 10.5)
    sources = report.plan.sources
    source = line(sources[entry.indicator.source].title) if entry.indicator.source in sources else ""
    foot = fit(say("report_list").join(filter(None, [say.title(report.plan.title), source])), width, 8.5)
    return [
        f'<text class="head" x="{_EDGE:g}" y="26">{escape(heading)}</text>',
        f'<text class="say status" x="{_EDGE:g}" y="45">{escape(verdict)}</text>',
        *(
            f'<text class="say" x="{_EDGE:g}" y="{61 + 14 * row}">{escape(text)}</text>'
            for row, text in enumerate(verdict_lines)
        ),
        f'<text class="foot" x="{_EDGE:g}" y="{_HEIGHT - 9:g}">{escape(foot)}</text>',
    ]
