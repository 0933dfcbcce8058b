"""The first sheet of a workbook: what it is about, the answer, the figures in words, and where they are from."""

from __future__ import annotations

from typing import Any

from smartkpi.messages import label, title
from smartkpi.model.codes import Status
from smartkpi.model.table import Table
from smartkpi.render import outlook
from smartkpi.render.columns import columns
from smartkpi.render.summary import summary
from smartkpi.render.table_layout import one_line
from smartkpi.render.view import Format, View
from smartkpi.render.width import width
from smartkpi.render.xlsx.sheet import Looks, SheetWriter
from smartkpi.text import shortened

MOST_ROWS = 1000
"""Beyond which nobody reads a table in words."""
_LONGEST, _WIDEST = 500, 48


def write_front(sheet: Any, looks: Looks, table: Table, lang: str) -> None:
    """Write a table of status in words, one page wide."""
    writer, plan = SheetWriter(sheet, looks), table.plan
    row = 0

    def line(text: str, look: Any) -> None:
        nonlocal row
        writer.write_text(row, 0, shortened(text, _LONGEST), look)
        row += 1

    line(title(plan.title, lang), looks.title)
    as_of = label("report_no_year", lang) if table.year is None else label("report_as_of", lang).format(year=table.year)
    line(as_of, looks.plain)
    line(summary(table, lang), looks.plain)
    row += 1
    shown = columns(table, View(format=Format.markdown, lang=lang))
    statuses = [looks.status[str(Status(each))] for each in table.cells("status")]
    for place, column in enumerate(shown):
        heading = one_line(column.heading)
        writer.write_text(row, place, heading, looks.header_of_numbers if column.right else looks.header_of_text)
        for number, text in enumerate(column.cells):
            own = statuses[number] if column.key == "heading_status" else None
            look = own or (looks.right if column.right else looks.text)
            writer.write_text(row + 1 + number, place, shortened(text, _LONGEST), look)
        sheet.set_column(place, place, min(max(map(width, (heading, *column.cells))), _WIDEST) + 3)
    row += len(table) + 2
    for each in outlook.sentences(table, lang):
        line(each, looks.plain)
    row += 1
    line(label("report_sources", lang), looks.bold)
    for source in plan.sources.values():
        named = [source.title_in(lang), source.publisher, source.published, source.url]
        line(label("list_separator", lang).join(filter(None, named)), looks.plain)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
