"""The legend below a chart that goes without a page: a sample of each line and mark, with what it is."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from smartkpi.render.report.chart_layout import width
from smartkpi.render.report.phrases import Phrases

_SAMPLE, _GAP, _ROW, _SIZE = 24.0, 14.0, 13.0, 9.0
SAMPLES = {
    "seen": '<polyline class="seen" points="2,6 26,6"/><circle class="dot" cx="14" cy="6" r="4"/>',
    "soft": '<circle class="soft" cx="14" cy="6" r="4"/>',
    "before": '<polyline class="before" points="2,6 26,6"/>',
    "path": '<polyline class="path" points="2,6 26,6"/>',
    "step": '<path class="step" d="M14 1l5 5-5 5-5-5z"/>',
    "need": '<polyline class="need" points="2,6 26,6"/>',
    "ahead": '<polyline class="ahead" points="2,6 26,6"/>',
    "band": '<path class="band" d="M1 1h26v10H1z"/>',
    "if": '<polyline class="if" points="2,6 26,6"/>',
    "target": '<path class="target" d="M2 6h18"/><circle class="goal" cx="23" cy="6" r="3.5"/>',
}
"""Sample of each kind of line and mark, 28 wide and 12 high."""


def chart_legend(kinds: Sequence[str], say: Phrases, most: float) -> tuple[list[str], float]:
    """Return the shapes and words of a legend of so many units at the most in width, and its height."""
    parts, x, y = [], 0.0, 0.0
    for kind in kinds:
        text = say(f"report_key_{kind}")
        wide = _SAMPLE + 4 + width(text, _SIZE) + _GAP
        if x and x + wide - _GAP > most:
            x, y = 0.0, y + _ROW
        sample = f'<g class="chart" transform="translate({x:.1f} {y:g}) scale(.8)">{SAMPLES[kind]}</g>'
        parts += [sample, f'<text class="note" x="{x + _SAMPLE + 4:.1f}" y="{y + 8:g}">{escape(text)}</text>']
        x += wide
    return parts, y + _ROW
