"""Values of options that are more than a word."""

from __future__ import annotations

from smartkpi.errors import Fault, UsageError
from smartkpi.model import FIRST_YEAR, LAST_YEAR

_MOST_YEARS = 100
"""Of a range; a row for each and every series."""


def year_of(text: str | None, option: str = "--year") -> int | None:
    """Return the year that an option names.

    Raises
    ------
    UsageError
        If it is no year.
    """
    if text is None:
        return None
    if (year := _year(text)) is None:
        raise UsageError(Fault("not_in_words", option=option, found=text, example="2022"))
    return year


def years_of(text: str | None) -> int | range | None:
    """Return the year that ``--year`` names, or all of a range such as ``2021..2025``.

    Raises
    ------
    UsageError
        If it is neither; if a range is open, runs backwards or has more than 100 years.
    """
    first, separator, last = (text or "").partition("..")
    if text is None or not separator:
        return year_of(text)
    start, end = _year(first), _year(last)
    if start is None or end is None or not 0 <= end - start < _MOST_YEARS:
        raise UsageError(Fault("not_in_words", option="--year", found=text, example="2022 | 2021..2025"))
    return range(start, end + 1)


def _year(text: str) -> int | None:
    is_year = text.isascii() and text.isdigit() and len(text) == 4 and FIRST_YEAR <= int(text) <= LAST_YEAR
    return int(text) if is_year else None
