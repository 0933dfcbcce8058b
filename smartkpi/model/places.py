"""Places in files."""

from __future__ import annotations

from typing import Self


class Cell(int):
    """A row of a sheet, as the line of a place, with a column counted from 0."""

    column: int

    def __new__(cls, row: int, column: int = 0) -> Self:
        """Return the place of a cell."""
        place = super().__new__(cls, row)
        place.column = column
        return place

    def __str__(self) -> str:
        name, number = "", self.column + 1
        while number:
            number, rest = divmod(number - 1, 26)
            name = chr(65 + rest) + name
        return f"{name}{int(self)}"
