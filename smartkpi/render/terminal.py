"""A table for the terminal: what it is about, the figures as the width allows, and what its marks mean."""

from __future__ import annotations

from collections.abc import Sequence

from smartkpi.messages import label, title
from smartkpi.model.table import Table
from smartkpi.render import outlook
from smartkpi.render.columns import LEFT_OUT, columns, is_for_people, shared_year
from smartkpi.render.marks import bar_legend, legend
from smartkpi.render.quantity import MULTIPLES
from smartkpi.render.table_layout import GAP, Column, Style, table_lines
from smartkpi.render.view import View
from smartkpi.render.width import cut, flowed, padded, width, wrapped
from smartkpi.text import printable

_LEAST = 6
"""Cells to which columns that were asked for are cut at the most."""


def render(table: Table, view: View) -> str:
    """Return the table, no wider than the terminal."""
    shown = columns(table, view)
    if not is_for_people(table, view):
        return "".join(f"{line.rstrip()}\n" for line in _plain(shown, view))
    lines = table_lines(shown, LEFT_OUT.get(table.name, ()), view.width, view.ascii, _style(view))
    based = any(cell is not None for cell in table.cells("progress_pct")) if "progress_pct" in table.columns else False
    drawn = based and any(label(_BAR_HEADING, view.lang) in line for line in lines[:2])
    multiples = [f"{short} {word}" for word, short in MULTIPLES.items() if f" {short} " in " ".join([*lines, ""])]
    notes = [*multiples, *(bar_legend(view) if drawn else []), *legend(table, table.rows(), view)]
    said = [line for each in outlook.sentences(table, view.lang) for line in flowed([each], view.width, view.ascii)]
    # Units are mostly those of no plan.
    about = [] if table.name == "units" else plan_lines(table, view)
    parts = [*about, *lines, *flowed(notes, view.width, view.ascii), *said]
    return "".join(f"{line.rstrip()}\n" for line in parts)


_BAR_HEADING = "heading_progress"


def plan_lines(table: Table, view: View) -> list[str]:
    """Return which plan and which year a table is about, and the target year where all rows have the same."""
    plan = printable(title(table.plan.title, view.lang))
    if table.name == "project":
        years = sorted(set(table.cells("project_year")))
        about = label("about_projection", view.lang).format(
            plan=plan, years="-".join(map(str, {*years[:1], *years[-1:]}))
        )
    elif table.year is None or "as_of" in table.columns:
        about = plan
    else:
        about = label("about_year", view.lang).format(plan=plan, year=table.year)
    year = shared_year(table, "target_year")
    right = label("about_target_year", view.lang).format(year=year) if year else ""
    blanks = " " * max((view.width or 0) - width(about) - width(right), len(GAP))
    line = f"{about}{blanks}{right}".rstrip()
    if view.width is None or width(line) <= view.width:
        return [line]
    return [cut(each, view.width, view.ascii) for text in (about, right) if text for each in wrapped(text, view.width)]


def styled(text: str, style: str) -> str:
    """Return a text in a style of rich, in the terminal's own sixteen colours."""
    from rich.color import ColorSystem
    from rich.style import Style

    if not style or not text.strip():
        return text
    return Style.parse(style).render(text, color_system=ColorSystem.STANDARD)


def _style(view: View) -> Style:
    return styled if view.color else lambda text, _: text


def _plain(shown: Sequence[Column], view: View) -> list[str]:
    """Return the columns that were asked for, all of them, each row in a line; the widest are cut if need be."""
    style = _style(view)
    widths = [max(width(text) for text in (each.heading, *each.cells)) for each in shown]
    most = view.width or sum(widths) + len(GAP) * len(widths)
    while sum(widths) + len(GAP) * (len(widths) - 1) > most and max(widths) > _LEAST:
        widths[widths.index(max(widths))] -= 1
    total = sum(widths) + len(GAP) * (len(widths) - 1)

    def line(cells: Sequence[str], own: str = "") -> str:
        texts = [
            padded(cut(cell, cells_, view.ascii), cells_, each.right)
            for cell, cells_, each in zip(cells, widths, shown, strict=True)
        ]
        whole = GAP.join(texts)
        # So narrow that no column is left to shorten: colour does not matter any more.
        return cut(whole, most, view.ascii) if total > most else GAP.join(style(text, own) for text in texts)

    rows = zip(*(each.cells for each in shown), strict=True)
    return [
        line([each.heading for each in shown], "bold"),
        ("-" if view.ascii else "─") * min(total, most),
        *map(line, rows),
    ]
