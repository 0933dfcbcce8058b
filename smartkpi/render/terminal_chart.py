"""One indicator's series against the path to its target, drawn with characters."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import NamedTuple

from smartkpi.messages import label
from smartkpi.model.table import Table
from smartkpi.quantities.unit_wording import Wording
from smartkpi.render import judged, outlook
from smartkpi.render.celltext import rounded
from smartkpi.render.columns import series_name
from smartkpi.render.marks import legend, status_marked
from smartkpi.render.quantity import Row, scaled, wording
from smartkpi.render.steps import decimals_of, round_step
from smartkpi.render.symbols import SYMBOLS
from smartkpi.render.table_layout import one_line
from smartkpi.render.terminal import plan_lines, styled
from smartkpi.render.view import View
from smartkpi.render.width import flowed, wrapped
from smartkpi.text import printable

Grid = list[list[str]]

_MOST_SERIES = 4
_NATURAL_WIDTH, _LEAST_WIDTH = 72, 30
_NATURAL_ROWS, _LEAST_ROWS, _MOST_ROWS = 13, 5, 19
_AROUND = 12
"""Lines above and below the drawing, with the summary and the prompt."""
_MARGIN = 4
"""Cells right and left of the drawing that the labels of the years reach into."""

_WIDEST_YEAR, _YEAR_LABEL, _WIDEST_NUMBER = 12, 6, 12
"""Cells between two years at the most, of a year with its blanks, and of a number at the most."""
# Beyond this range a difference overflows or vanishes, and round steps with it.
_SMALLEST, _LARGEST = 1e-290, 1e290
_SAME = 1e-9
"""Relative; values closer than this are drawn as one."""
_ROWS_PER_LABEL = 3


class ChartMarks(NamedTuple):
    """What the chart is drawn with."""

    observed: str
    path: str
    required: str
    target: str
    upright: str
    tick: str
    corner: str
    level: str
    year: str


_PENS = ChartMarks("●", "·", "+", "╌", "│", "┤", "└", "─", "┬")
_ASCII_PENS = ChartMarks("o", ".", "+", "-", "|", "+", "+", "-", "+")
_STYLES = ChartMarks("bold", "dim", "yellow", "green", "", "", "", "", "")

_DRAWN = ("observed", "path", "required", "target", "target_low", "target_high")


def render(table: Table, view: View) -> str:
    """Return a chart of each series, of the first few where there are many."""
    import numpy as np

    starts = _starts(table)
    first = table.take(np.arange(starts[_MOST_SERIES])) if len(starts) > _MOST_SERIES else table
    series = [list(each) for _, each in groupby(first.rows(), key=lambda row: series_name(table, row))]
    lines = [*plan_lines(table, view), ""]
    lines += [line for each in series for line in (*_chart(table, each, view), "")]
    if len(starts) > _MOST_SERIES:
        lines.append(label("trend_more", view.lang).format(number=len(starts) - _MOST_SERIES))
    return "".join(f"{line.rstrip()}\n" for line in lines).rstrip("\n") + "\n"


def _starts(table: Table) -> list[int]:
    """Return the first row of each series."""
    import numpy as np

    differs = np.zeros(max(len(table) - 1, 0), dtype=np.bool_)
    for name in ("indicator", *table.plan.dimensions):
        codes = table.texts(name).codes
        differs |= codes[1:] != codes[:-1]
    return [0, *(np.flatnonzero(differs) + 1).tolist()] if len(table) else []


def _chart(table: Table, rows: Sequence[Row], view: View) -> list[str]:
    cells = max(view.width or _NATURAL_WIDTH, _LEAST_WIDTH)
    named, words = series_name(table, rows[0], view.lang), wording(rows[0]["unit"], table.plan, view.lang)
    drawn, unit = _as_shown(rows, words)
    title = label("trend_title", view.lang).format(title=named, unit=printable(unit))
    observed = [row for row in rows if row["observed"] is not None and row["observed"] == row["actual"]]
    own = observed[-1] if observed else {"year": None, "obs_status": None}
    latest = {**rows[0], "year": own["year"], "obs_status": own["obs_status"]}
    status, style = status_marked(table, latest, view), SYMBOLS[latest["status"]].style
    return [
        *(_coloured(line, "bold", view) for line in wrapped(title, cells)),
        _coloured(status, style, view),
        *flowed(_figures(table, latest, view), cells, view.ascii),
        *flowed([each for each in [outlook.sentence(rows[0], table.plan, view.lang)] if each], cells, view.ascii),
        *_drawing(drawn, view, cells),
        *_legend(table, rows, view, cells),
        *flowed(legend(table, [{**latest, "obs_status": None}], view), cells, view.ascii),
    ]


def _as_shown(rows: Sequence[Row], words: Wording) -> tuple[Sequence[Row], str]:
    """Return the rows in the multiple that people see, and its unit; as they are where a value would overflow."""
    values = [scaled(row[name], words.power) for row in rows for name in _DRAWN if row[name] is not None]
    if not all(map(math.isfinite, values)):
        return rows, words.alone
    return [
        {**row, **{name: scaled(row[name], words.power) for name in _DRAWN if row[name] is not None}} for row in rows
    ], words.shown


def _figures(table: Table, latest: Row, view: View) -> list[str]:
    """Return the figures that a reader wants beside the picture."""
    figures = {
        "heading_actual": judged.actual(table, latest, view),
        "heading_target": judged.target(table, latest, view),
        "heading_attainment": judged.attainment(table, latest, view),
        "heading_required_growth": judged.growth_needed(table, latest, view),
    }
    form = label("trend_figure", view.lang)
    return [form.format(name=one_line(label(each, view.lang)), text=text) for each, text in figures.items() if text]


def _drawing(rows: Sequence[Row], view: View, cells: int) -> list[str]:
    """Return the lines with the two axes and what stands between them."""
    pens = _ASCII_PENS if view.ascii else _PENS
    values = [row[name] for row in rows for name in _DRAWN if row[name] is not None]
    room = _NATURAL_ROWS if view.height is None else min(max(view.height - _AROUND, _LEAST_ROWS), _MOST_ROWS)
    up = value_axis(values, room)
    margin = max(len(each) for each in up.labels)
    along = year_axis(int(rows[0]["year"]), int(rows[-1]["year"]), cells - margin - _MARGIN)
    lines = []
    for text, row in zip(up.labels, _grid(rows, up, along, pens), strict=True):
        edge = pens.tick if text else pens.upright
        lines.append(f"{text:>{margin}} {edge}{_in_colours(row, pens, view)}")
    return [*lines, *_years(along, margin, pens)]


def _grid(rows: Sequence[Row], up: ValueAxis, along: YearAxis, pens: ChartMarks) -> Grid:
    """Return the characters of the drawing; what is drawn later covers what was there."""
    grid = [[" "] * along.width for _ in range(up.rows)]
    ends = {rows[0][name] for name in ("target", "target_low", "target_high")} - {None}
    for value in ends:
        grid[up.row(value)] = [pens.target] * along.width
    for name, pen in (("path", pens.path), ("required", pens.required)):
        points = [(along.column(row["year"]), row[name]) for row in rows if row[name] is not None]
        for column, value in _line(points):
            grid[up.row(value)][column] = pen
    for row in rows:
        if row["observed"] is not None:
            grid[up.row(row["observed"])][along.column(row["year"])] = pens.observed
    return grid


def _line(points: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
    """Return a line through the points, with a value for each column."""
    between = [
        (column, start + (end - start) * ((column - left) / (right - left)))
        for (left, start), (right, end) in pairwise(points)
        for column in range(left, right)
    ]
    return [*between, *points[-1:]]


def _years(along: YearAxis, margin: int, pens: ChartMarks) -> list[str]:
    """Return the axis of the years and their labels below it."""
    line, labels = [pens.level] * along.width, [" "] * (margin + along.width + _MARGIN)
    for year in along.labelled:
        line[along.column(year)] = pens.year
        # The label's four digits stand around the column; the drawing begins two cells after the margin.
        start = margin + along.column(year)
        labels[start : start + 4] = f"{year:4d}"
    return [f"{'':{margin}} {pens.corner}{''.join(line)}", "".join(labels)]


def _legend(table: Table, rows: Sequence[Row], view: View, cells: int) -> list[str]:
    """Return what the marks mean, those that are there, in as many lines as it takes."""
    pens = _ASCII_PENS if view.ascii else _PENS
    target = judged.target(table, rows[0], view)
    entries = [
        f"{getattr(pens, name)} {label(f'trend_{name}', view.lang)}"
        for name in ("observed", "path", "required")
        if any(row[name] is not None for row in rows)
    ]
    entries.append(f"{pens.target} {label('trend_target', view.lang).format(target=target)}")
    return flowed(entries, cells, view.ascii)


def _in_colours(row: Sequence[str], pens: ChartMarks, view: View) -> str:
    text = "".join(row).rstrip()
    if not view.color:
        return text
    style = dict(zip(reversed(pens), reversed(_STYLES), strict=True))
    return "".join(styled("".join(run), style.get(pen, "")) for pen, run in groupby(text))


def _coloured(text: str, style: str, view: View) -> str:
    return styled(text, style) if view.color else text


@dataclass(frozen=True)
class ValueAxis:
    """The axis of values; row 0 is on top."""

    low: float
    high: float
    rows: int
    labels: Sequence[str]
    """Label of each row, empty where it has none."""

    def row(self, value: float) -> int:
        """Return the row of a value."""
        # Halved: the difference of two doubles may be more than a double holds.
        share = (value / 2 - self.low / 2) / (self.high / 2 - self.low / 2)
        return round((self.rows - 1) * (1 - min(max(share, 0.0), 1.0)))


def value_axis(values: Sequence[float], most_rows: int) -> ValueAxis:
    """Return an axis that holds the values, with round labels that fall on rows.

    Examples
    --------
    >>> axis = value_axis([5.7, 6.5], 9)
    >>> axis.low, axis.high, list(axis.labels), axis.row(6.0)
    (5.5, 6.5, ['6.5', '', '', '', '6.0', '', '', '', '5.5'], 4)
    """
    low, high = min(values), max(values)
    largest = max(abs(low), abs(high))
    if largest > _LARGEST:
        low, high = min(low, 0.0), max(high, 0.0)
        return ValueAxis(low, high, most_rows, [_tick(high, 0), *[""] * (most_rows - 2), _tick(low, 0)])
    if high - low <= _SAME * largest or high - low < _SMALLEST:
        room = max(largest / 10, _SMALLEST)
        low, high = low - room, high + room
    step = round_step((high - low) / max((most_rows - 1) // _ROWS_PER_LABEL, 1))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    apart = max((most_rows - 1) // (last - first), 1)
    decimals = decimals_of(f"{step:.6g}")
    numbers = [_tick(count * step, decimals) for count in range(last, first - 1, -1)]
    labels = [label for number in numbers for label in (number, *[""] * (apart - 1))]
    rows = apart * (last - first) + 1
    return ValueAxis(first * step, last * step, rows, labels[:rows])


def _tick(value: float, decimals: int) -> str:
    text = rounded(value, min(decimals, 15))
    return text if len(text) <= _WIDEST_NUMBER else f"{value:.4g}"


@dataclass(frozen=True)
class YearAxis:
    """The axis of years."""

    first: int
    last: int
    width: int

    def column(self, year: float) -> int:
        """Return the column of a year."""
        if self.last == self.first:
            return self.width // 2
        return round((year - self.first) * (self.width - 1) / (self.last - self.first))

    @property
    def labelled(self) -> Sequence[int]:
        """The last year and those before it at equal distances, as many as there is room for."""
        apart = math.ceil(_YEAR_LABEL * (self.last - self.first) / self.width)
        return range(self.last, self.first - 1, -max(apart, 1))


def year_axis(first: int, last: int, most_columns: int) -> YearAxis:
    """Return an axis from year to year, with whole cells per year where there is room."""
    cells = min((most_columns - 1) // max(last - first, 1), _WIDEST_YEAR)
    return YearAxis(first, last, (last - first) * cells + 1 if cells and last > first else most_columns)
