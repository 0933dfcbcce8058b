"""Years of the Common Era and of the Republic of China: `2022`, `民國111年`, `111年度`."""

from __future__ import annotations

import operator
import re
from collections.abc import Iterable
from typing import Final, NamedTuple, SupportsIndex

from smartkpi.model.reading import Calendar
from smartkpi.text import HALF_WIDTH

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2200
YEAR_BEFORE_ROC_1: Final = 1911  # 民國元年 is 1912

REASONS: Final = {
    "empty": "nothing stands there",
    "too_long": "too long for a year",
    "not_a_year": "not a year",
    "date": "a date, not a year",
    "range": "several years",
    "fraction": "not a whole year",
    "negative": "a year below zero",
    "two_digits": "two digits may be of several centuries, or of the calendar of Taiwan",
    "out_of_range": f"outside {FIRST_YEAR} to {LAST_YEAR}",
    "other_calendar": "a year of the other calendar",
    "mixed_calendars": "years of both calendars",
    "fiscal_year": "a fiscal year, of which the first or the second year may count",
    "month_or_fiscal": "a month, or a fiscal year",
}
"""The keys that a YearError can have."""

_MAX_CHARACTERS = 40
# Half width; the minus and the dash that text processors put in its place.
_SIMPLER = HALF_WIDTH | str.maketrans("−–", "--")
# Patterns are made when first used: most files write years as plain figures.
_YEAR = (
    r"(?ai)(?P<era>中華民國|民國|西元|公元|roc|fy)? ?(?P<sign>-?)(?P<digits>\d+)(?P<decimals>\.\d+)?"
    r" ?(?:會計年度|年度|年底|年)?"
)
_CALENDARS: dict[str, Calendar] = {"中華民國": "roc", "民國": "roc", "roc": "roc", "西元": "ce", "公元": "ce"}
_OTHER_KINDS = {
    "date": r"(?a)\d ?[-/.年] ?(?:0?[1-9]|1[0-2])(?!\d)",
    "range": r"(?a)\d ?年?度? ?(?:[-~—/]|至|到) ?(?:民國|西元)? ?\d",
}


class YearError(ValueError):
    """A text is not a year, or has more than one meaning.

    Parameters
    ----------
    key
        One of `REASONS`.
    understood
        The part of the text that decided it.
    """

    def __init__(self, key: str, understood: str) -> None:
        self.key = key
        self.understood = understood[:_MAX_CHARACTERS]
        super().__init__(f"{REASONS[key]}: {self.understood}")


class Year(NamedTuple):
    """A year, and the calendar it was written in."""

    value: int
    """In the Common Era."""
    calendar: Calendar
    """As written; the years of one column must agree in it, see `one_calendar`."""


def read_year(text: str, calendar: Calendar | None = None) -> Year:
    """Read a year in figures.

    Three digits are a year of the Republic, four one of the Common Era; two digits need `calendar` "roc", or
    the word 民國 or 年. 年度 and FY, the fiscal year, is the calendar year here, as it is in Taiwan.

    Parameters
    ----------
    text
        Such as ``2022``, ``2022.0`` (from a spreadsheet), ``111年度`` or ``民國 99 年``.
    calendar
        The calendar of the column, where it is known; a year that cannot be one of it is an error.

    Returns
    -------
    Year
        Between 1900 and 2200.

    Raises
    ------
    YearError
        If the text is not one year with one meaning.

    Examples
    --------
    >>> read_year("民國111年"), read_year("2022")
    (Year(value=2022, calendar='roc'), Year(value=2022, calendar='ce'))
    """
    if calendar != "roc" and len(text) == 4 and text.isascii() and text.isdigit() and text[0] in "12":
        return _year(int(text), "ce", text)
    if len(text) > _MAX_CHARACTERS:
        raise YearError("too_long", text)
    return _read(" ".join(text.translate(_SIMPLER).split()), calendar)


def one_calendar(years: Iterable[Year]) -> None:
    """Refuse years that were not all written in one calendar.

    Parameters
    ----------
    years
        Those of one column.

    Raises
    ------
    YearError
        With the first year of each calendar.
    """
    first: dict[Calendar, str] = {}
    for year in years:
        written = str(year.value) if year.calendar == "ce" else f"民國 {year.value - YEAR_BEFORE_ROC_1}"
        first.setdefault(year.calendar, written)
    if len(first) > 1:
        raise YearError("mixed_calendars", ", ".join(first.values()))


def _read(plain: str, calendar: Calendar | None) -> Year:
    found = re.fullmatch(_YEAR, plain)
    if found is None:
        raise _refusal(plain)
    if found["sign"]:
        raise YearError("negative", plain)
    if (found["decimals"] or "").strip(".0"):
        raise YearError("fraction", plain)
    era = (found["era"] or "").lower()
    # 99年 is 2010: who writes two digits of the Common Era writes no 年.
    said = _CALENDARS.get(era) or ("roc" if calendar is None and is_short_year(plain) else None)
    if said and calendar and said != calendar:
        raise YearError("other_calendar", plain)
    return _year(int(found["digits"]), said or calendar, plain)


def is_short_year(plain: str) -> bool:
    """Whether a text begins with two digits and 年, as years of the Republic before 2011 do."""
    return re.match(r"(?a)\d{2} ?年", plain) is not None


def _refusal(plain: str) -> YearError:
    if not plain:
        return YearError("empty", plain)
    kinds = (kind for kind, pattern in _OTHER_KINDS.items() if re.search(pattern, plain))
    return YearError(next(kinds, "not_a_year"), plain)


def _year(number: int, calendar: Calendar | None, plain: str) -> Year:
    if number < 100 and calendar != "roc":
        raise YearError("two_digits", plain)
    if calendar and (number < 1000) != (calendar == "roc"):
        raise YearError("other_calendar", plain)
    is_roc = number < 1000
    value = number + YEAR_BEFORE_ROC_1 if is_roc else number
    if number == 0 or not FIRST_YEAR <= value <= LAST_YEAR:
        raise YearError("out_of_range", plain)
    return Year(value, "roc" if is_roc else "ce")


def whole(year: SupportsIndex | None) -> int | None:
    """Return a year that Python code names, which may be any type's whole number.

    Raises
    ------
    TypeError
        If it is none.
    """
    return None if year is None else operator.index(year)
