"""A table for the terminal."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from smartkpi.messages import label
from smartkpi.model.table import Table
from smartkpi.render import bars
from smartkpi.render.columns import LEFT_OUT, Column, columns
from smartkpi.render.layout import GAP, column_width, cut, fitted, flowed, padded, width
from smartkpi.render.view import Format, View


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
