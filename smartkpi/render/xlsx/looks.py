"""What the cells of a workbook look like."""

from __future__ import annotations

from functools import cache
from typing import Any

from smartkpi.render.report.colours import PALETTE, STATUS_PALETTE


class Looks:
    """The formats of a workbook, each made once.

    Parameters
    ----------
    book
        Of xlsxwriter.
    """

    def __init__(self, book: Any) -> None:
        ink, ground = PALETTE["ink"][0], PALETTE["edge"][0]
        header = {"bold": True, "font_color": ink, "bg_color": ground, "bottom": 1}
        # Text keeps away from the number on its left.
        text, number = {"valign": "top", "align": "left", "indent": 1}, {"valign": "top", "align": "right"}
        self.header_of_text = book.add_format({**header, **text})
        self.header_of_numbers = book.add_format({**header, **number})
        self.text = book.add_format(text)
        self.long_text = book.add_format({**text, "text_wrap": True})
        self.flag = book.add_format({**number, "num_format": '"TRUE";"TRUE";"FALSE"'})  # LibreOffice would show 1
        self.number = cache(lambda code: book.add_format({**number, "num_format": code}))
        """By the code of the number format."""
        self.status = {
            str(status): book.add_format({"font_color": colour, "bg_color": paper})
            for status, ((colour, paper), _) in STATUS_PALETTE.items()
        }
        """By the word: those of the report, which keep apart on paper and in grey."""
