"""A table for the terminal."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from smartkpi.model import Table
from smartkpi.render.columns import columns
from smartkpi.render.view import View

if TYPE_CHECKING:
    from rich.console import JustifyMethod

_ASCII_HEAD = "    \n    \n -- \n    \n    \n    \n    \n    \n"
"""A box of rich: eight lines, of which only the third, under the heading, has something to draw."""

# Wider than any table gets; rich wants a width where there is no terminal.
_NATURAL = 10_000


def render(table: Table, view: View) -> str:
    """Return the table with a heading line, as wide as the terminal at the most."""
    from rich import box
    from rich.console import Console
    from rich.table import Table as Grid
    from rich.text import Text

    out = io.StringIO()
    console = Console(
        file=out,
        width=view.width or _NATURAL,
        height=100,
        force_terminal=view.color,
        color_system="standard" if view.color else None,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )
    lines = box.Box(_ASCII_HEAD, ascii=True) if view.ascii else box.SIMPLE_HEAD
    grid = Grid(box=lines, show_edge=False, pad_edge=False, header_style="bold")
    shown = columns(table, view)
    for column in shown:
        side: JustifyMethod = "right" if column.right else "left"
        grid.add_column(Text(column.heading), justify=side, overflow="ellipsis", no_wrap=True)
    for number in range(len(table)):
        grid.add_row(*(Text(each.cells[number], style=each.styles[number] if each.styles else "") for each in shown))
    console.print(grid)
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines() if line.strip())
