"""How a table is fitted to a terminal: rows in one line, figures below their titles, or figure by figure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from smartkpi.render.width import cut, flowed, padded, width, wrapped

GAP, INDENT = "  ", "  "
_LEAST_TITLE, _LEAST_WORDS = 16, 22
"""Cells that a title and a column of words need at the least to be read with ease."""
_MOST_LINES = 2
"""Lines of a title beside its figures."""


class Column(NamedTuple):
    """A column as people see it."""

    heading: str
    """Of one line or two."""
    cells: Sequence[str]
    right: bool = False
    """Whether numbers are in it."""
    styles: Sequence[str] = ()
    """Rich style of each cell, if it has any."""
    key: str = ""
    """By which it is left out."""
    short: Sequence[str] = ()
    """Shorter form of each cell, if there is one: a title's short form, a quantity with its multiple abbreviated."""
    bare: Sequence[str] = ()
    """Of quantities: the numbers without their units."""
    units: Sequence[str] = ()
    """Of the titles: what follows each where the quantities go without their unit."""
    in_words: bool = False
    """Whether its cells are wrapped."""

    def style_of(self, number: int) -> str:
        """Return the rich style of a row's cell."""
        return self.styles[number] if self.styles else ""


class _Fit(NamedTuple):
    """Columns side by side, each with its width."""

    columns: Sequence[Column]
    widths: Sequence[int]


Style = Callable[[str, str], str]
"""Gives a text a style."""


def table_lines(
    columns: Sequence[Column], order: Sequence[str], cells: int | None, ascii_only: bool, style: Style
) -> list[str]:
    """Return headings and rows in lines that fit into a terminal.

    Parameters
    ----------
    columns
        The first one has the titles.
    order
        Keys of the columns that a narrow terminal leaves out, the first to go first.
    cells
        Width of the terminal; None for as wide as it comes.
    ascii_only
        Whether rules and ellipses are ASCII.
    style
        Gives a text a style.
    """
    rule = "-" if ascii_only else "─"
    if cells is None:
        fit = _Fit(columns, [_natural(each) for each in columns])
        return _in_lines(fit, rule, style)
    stages = list(_stages(columns, order))
    for stage in stages:
        if fitted := _side_by_side(stage, cells):
            return _in_lines(fitted, rule, style)
    for titles, *figures in stages[-2:]:
        if fitted := _below_titles(figures, cells):
            return _stacked(titles, fitted, cells, rule, style)
    return _one_by_one(stages[-2], cells, ascii_only, style)


def _stages(columns: Sequence[Column], order: Sequence[str]) -> Iterator[Sequence[Column]]:
    """Yield the columns, then without those left out one after the other, then shortened, then units in titles."""
    kept = list(columns)
    yield kept
    for key in order:
        kept = [each for each in kept if each.key != key]
        yield kept
    titles, *figures = kept
    yield [titles, *(each._replace(cells=each.short or each.cells) for each in figures)]
    units = titles.units or [""] * len(titles.cells)

    def with_units(texts: Sequence[str]) -> list[str]:
        return [text + unit for text, unit in zip(texts, units, strict=True)]

    named = titles._replace(cells=with_units(titles.cells), short=with_units(titles.short) if titles.short else ())
    yield [named, *(each._replace(cells=each.bare or each.short or each.cells) for each in figures)]


def _natural(column: Column) -> int:
    return max(width(text) for text in (*column.heading.split("\n"), *column.cells))


def _least(column: Column) -> int:
    """Return the width that a column cannot do without."""
    heading = max(map(width, column.heading.split("\n")))
    return min(_natural(column), max(heading, _LEAST_WORDS)) if column.in_words else _natural(column)


def one_line(heading: str) -> str:
    r"""Return a heading of two lines in one, Chinese words without a blank between them.

    Examples
    --------
    >>> one_line("Actual\n2022"), one_line("每年所需\n成長率"), one_line("實際值\n2022")
    ('Actual 2022', '每年所需成長率', '實際值 2022')
    """
    first, _, second = heading.partition("\n")
    return f"{first}{second}" if not (first.isascii() or second[:1].isascii()) else f"{first} {second}".rstrip()


def _side_by_side(columns: Sequence[Column], cells: int) -> _Fit | None:
    """Return the columns with their widths if titles fit beside the figures in two lines at the most."""
    titles, *figures = columns
    widths = [_least(each) for each in figures]
    room = cells - sum(widths) - len(GAP) * len(widths)
    least = min(_LEAST_TITLE, _natural(titles))
    if room < least:
        return None
    for lines in range(1, _MOST_LINES + 1):
        for texts in (titles.cells, titles.short):
            if texts and max((len(wrapped(text, room)) for text in texts), default=0) <= lines:
                own = titles._replace(cells=texts)
                taken = _title_width(own, room, lines, any(each.in_words for each in figures))
                return _Fit([own, *figures], [taken, *_widened(figures, widths, room - taken)])
    return None


def _title_width(titles: Column, room: int, lines: int, leave_room: bool) -> int:
    """Return the width of the titles: no more than they need, so that figures are near and words have room."""
    if lines == 1:
        return min(_natural(titles), room)
    texts = (titles.heading, *titles.cells)
    most = room
    if leave_room:
        most = next(
            each for each in range(_LEAST_TITLE, room + 1) if all(len(wrapped(text, each)) <= lines for text in texts)
        )
    return max(width(line) for text in texts for line in wrapped(text, most))


def _widened(columns: Sequence[Column], widths: Sequence[int], room: int) -> list[int]:
    """Give the room that is left to the columns of words."""
    wider = list(widths)
    for number, column in enumerate(columns):
        if column.in_words:
            more = min(max(_natural(column) - wider[number], 0), max(room, 0))
            wider[number] += more
            room -= more
    return wider


def _below_titles(figures: Sequence[Column], cells: int) -> _Fit | None:
    """Return the columns with their widths if they fit without their titles."""
    widths = [_least(each) for each in figures]
    room = cells - len(INDENT) - sum(widths) - len(GAP) * (len(widths) - 1)
    return _Fit(figures, _widened(figures, widths, room)) if room >= 0 and figures else None


def _in_lines(fit: _Fit, rule: str, style: Style) -> list[str]:
    """Return the lines of headings, rule and rows, each row as high as its highest cell."""
    total = sum(fit.widths) + len(GAP) * (len(fit.widths) - 1)
    return [*_heading(fit, style), rule * total, *(line for row in _rows(fit, style) for line in row)]


def _heading(fit: _Fit, style: Style) -> list[str]:
    cells = [each.heading.split("\n") for each in fit.columns]
    height = max(map(len, cells))
    # The last line is next to the rule.
    return _lines(fit, [[""] * (height - len(each)) + each for each in cells], ["bold"] * len(cells), style)


def _rows(fit: _Fit, style: Style) -> Iterator[list[str]]:
    for number in range(len(fit.columns[0].cells)):
        cells = [wrapped(each.cells[number], most) for each, most in zip(fit.columns, fit.widths, strict=True)]
        yield _lines(fit, cells, [each.style_of(number) for each in fit.columns], style)


def _lines(fit: _Fit, cells: Sequence[Sequence[str]], styles: Sequence[str], style: Style) -> list[str]:
    lines = []
    for texts in zip_longest(*cells, fillvalue=""):
        filled = [
            padded(text, most, each.right) for text, most, each in zip(texts, fit.widths, fit.columns, strict=True)
        ]
        last = max((number for number, text in enumerate(texts) if text), default=0)
        filled = [*filled[:last], filled[last].rstrip()]
        lines.append(GAP.join(style(text, own) for text, own in zip(filled, styles, strict=False)))
    return lines


def _stacked(titles: Column, fit: _Fit, cells: int, rule: str, style: Style) -> list[str]:
    """Return the lines with each title above its figures."""
    total = min(len(INDENT) + sum(fit.widths) + len(GAP) * (len(fit.widths) - 1), cells)
    lines = [*(INDENT + line for line in _heading(fit, style)), rule * total]
    for number, row in enumerate(_rows(fit, style)):
        lines += wrapped(titles.cells[number], cells)
        lines += [INDENT + line for line in row]
    return lines


def _one_by_one(columns: Sequence[Column], cells: int, ascii_only: bool, style: Style) -> list[str]:
    """Return the lines with each figure after its heading, as many in a line as it holds."""
    titles, *figures = columns
    lines = [("-" if ascii_only else "─") * cells]
    for number, text in enumerate(titles.cells):
        lines += [style(cut(line, cells, ascii_only), "bold") for line in wrapped(text, cells)]
        # Blanks that line figures up in a column are in the way here.
        cells_of_row = [" ".join(each.cells[number].split()).replace(" （", "（") for each in figures]
        pairs = zip(figures, cells_of_row, strict=True)
        entries = [f"{one_line(each.heading)} {cell}" for each, cell in pairs if cell]
        lines += [cut(INDENT + line, cells, ascii_only) for line in flowed(entries, max(cells - len(INDENT), 1))]
    return lines
