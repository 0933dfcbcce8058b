"""A table for the terminal: its columns are fitted to the width, the least needed are left out in a fixed order."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from smartkpi.messages import label
from smartkpi.model.table import Table
from smartkpi.render import bars, outlook
from smartkpi.render.columns import LEFT_OUT, SHORTENED, Column, columns
from smartkpi.render.view import Format, View

GAP = "  "
_LEAST_TITLE, _LEAST = 24, 6
"""Cells to which the first column, and any other, is cut before a column is left out."""


def render(table: Table, view: View) -> str:
    """Return the table with a heading line, no wider than the terminal."""
    shown = _shown(table, view)
    widths = [column_width(each) for each in shown]
    rule = ("-" if view.ascii else "─") * (sum(widths) + len(GAP) * (len(widths) - 1))
    lines = [
        _line(shown, widths, [each.heading for each in shown], ["bold"] * len(shown), view),
        rule if view.width is None else rule[: view.width],
    ]
    for number in range(len(table)):
        cells = [each.cells[number] for each in shown]
        lines.append(_line(shown, widths, cells, [each.style_of(number) for each in shown], view))
    lines += outlook.sentences(table, view.lang)
    return "".join(f"{line.rstrip()}\n" for line in lines)


def legend(table: Table, view: View) -> list[str]:
    """Return how to read the bars of a table, where a reader at a terminal sees any."""
    if view.width is None or view.format != Format.table:
        return []
    if not any(column.key == "heading_progress" for column in _shown(table, view)):
        return []
    pens = bars.ASCII_PENS if view.ascii else bars.PENS
    based = (~np.isnan(table.numbers("progress_pct"))).tolist()
    marks = {"bar_way": pens.way, "bar_mark": pens.mark} if any(based) else {}
    marks |= {} if all(based) else {"bar_share": pens.share}
    return flowed([f"{pen} {label(key, view.lang)}" for key, pen in marks.items()], view.width, view.ascii)


def _shown(table: Table, view: View) -> list[Column]:
    order = () if view.fields else LEFT_OUT.get(table.name, ())
    return fitted(columns(table, view), order, view.width, view.ascii)


def _line(
    shown: Sequence[Column], widths: Sequence[int], cells: Sequence[str], styles: Sequence[str], view: View
) -> str:
    texts = [padded(cell, most, each.right) for each, most, cell in zip(shown, widths, cells, strict=True)]
    whole = GAP.join(texts).rstrip()
    if view.width is not None and width(whole) > view.width:
        # So narrow that no column is left to shorten: colour does not matter any more.
        return cut(whole, view.width, view.ascii)
    if not view.color:
        return whole
    texts[-1] = texts[-1].rstrip()
    return GAP.join(styled(text, style) for text, style in zip(texts, styles, strict=True))


def styled(text: str, style: str) -> str:
    """Return a text in a style of rich, in the terminal's own sixteen colours."""
    from rich.color import ColorSystem
    from rich.style import Style

    if not style or not text.strip():
        return text
    return Style.parse(style).render(text, color_system=ColorSystem.STANDARD)


def width(text: str) -> int:
    """Return the cells that a text takes on a terminal: two for each Chinese character."""
    from rich.cells import cell_len

    return cell_len(text)


def cut(text: str, cells: int, ascii_only: bool) -> str:
    """Return a text in so many cells at the most, a cut marked by an ellipsis.

    Examples
    --------
    >>> cut("資訊產業產值", 8, False), cut("coverage", 6, True), cut("short", 9, False)
    ('資訊產…', 'cov...', 'short')
    """
    from rich.cells import set_cell_size

    if width(text) <= cells:
        return text
    mark = "..." if ascii_only else "…"
    if cells <= width(mark):
        return mark[:cells]
    return set_cell_size(text, cells - width(mark)).rstrip() + mark


def padded(text: str, cells: int, right: bool) -> str:
    """Return a text filled up with blanks to so many cells."""
    blanks = " " * (cells - width(text))
    return blanks + text if right else text + blanks


def fitted(columns: Sequence[Column], order: Sequence[str], cells: int | None, ascii_only: bool) -> list[Column]:
    """Return the columns that fit into a terminal.

    Parameters
    ----------
    columns
        The first one is what a row is about: it stays, and is cut last.
    order
        Keys of the columns to leave out, the first to go first; `SHORTENED` stands for short forms of cells.
    cells
        Width of the terminal; None for as wide as it comes.
    ascii_only
        Whether the ellipsis is ASCII.
    """
    kept = list(columns)
    if cells is None:
        return kept
    for key in order:
        if _least(kept) <= cells:
            break
        kept = [_short(each) for each in kept] if key == SHORTENED else [each for each in kept if each.key != key]
    return _narrowed(kept, cells, ascii_only)


def _short(column: Column) -> Column:
    heading = column.short_heading or column.heading
    return column._replace(heading=heading, cells=column.short or column.cells)


def column_width(column: Column) -> int:
    """Return the cells that the widest of heading and cells takes."""
    return max(width(text) for text in (column.heading, *column.cells))


def _least(columns: Sequence[Column]) -> int:
    widths = [column_width(each) for each in columns]
    return min(widths[0], _LEAST_TITLE) + sum(widths[1:]) + len(GAP) * (len(widths) - 1)


def _narrowed(columns: Sequence[Column], cells: int, ascii_only: bool) -> list[Column]:
    """Cut the first column to what the others leave; where that is too little, the widest ones as well."""
    widths = [column_width(each) for each in columns]
    over = sum(widths) + len(GAP) * (len(widths) - 1) - cells
    first = min(widths[0], max(widths[0] - max(over, 0), _LEAST))
    over -= widths[0] - first
    widths[0] = first
    while over > 0 and max(widths) > _LEAST:
        widest = widths.index(max(widths))
        widths[widest] -= 1
        over -= 1
    return [_cut(column, most, ascii_only) for column, most in zip(columns, widths, strict=True)]


def _cut(column: Column, cells: int, ascii_only: bool) -> Column:
    heading, *texts = (cut(text, cells, ascii_only) for text in (column.heading, *column.cells))
    return column._replace(heading=heading, cells=texts)


def flowed(entries: Sequence[str], cells: int, ascii_only: bool) -> list[str]:
    """Return the entries of a legend in as few lines as hold them, none cut in two.

    Examples
    --------
    >>> flowed(["o observed", ". path", "+ required"], 20, True)
    ['o observed   . path', '+ required']
    """
    lines = [""]
    for entry in entries:
        longer = f"{lines[-1]}   {entry}".strip()
        if width(longer) <= cells:
            lines[-1] = longer
        else:
            lines += [cut(entry, cells, ascii_only)]
    return [line for line in lines if line]
