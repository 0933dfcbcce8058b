"""Values of options that are more than a word."""

from __future__ import annotations

from smartkpi.errors import Fault, UsageError
from smartkpi.model import FIRST_YEAR, LAST_YEAR


def year_of(text: str | None, option: str = "--year") -> int | None:
    """Return the year that an option names.

    Raises
    ------
    UsageError
        If it is no year.
    """
    if text is None:
        return None
    if text.isascii() and text.isdigit() and len(text) == 4 and FIRST_YEAR <= int(text) <= LAST_YEAR:
        return int(text)
    raise UsageError(Fault("not_in_words", option=option, found=text, example="2022"))
