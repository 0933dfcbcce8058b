"""Years, fiscal years and parts of a year: `2022`, `2021/22`, `2022Q3`, `111年第3季`, `2022-03`, `113年1-6月`.

Decided here: `2010-11` is a month or a fiscal year, which another cell of its column, or an option, must settle;
a fiscal year needs to be told which of its two years counts; `FY2021` is called 2021 in either way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from smartkpi.model.reading import Calendar
from smartkpi.quantities.years import Year, YearError, is_short_year, read_year
from smartkpi.text import HALF_WIDTH

PeriodKind = Literal["year", "half", "quarter", "month", "through"]
"""``through``: the months from January to this one, as in ``1-6月``."""
FiscalYear = Literal["start", "end"]
PeriodLength = Literal["year", "month"]

PARTS: Final[tuple[tuple[PeriodKind, int], ...]] = (
    ("year", 0),
    *(("half", number) for number in (1, 2)),
    *(("quarter", number) for number in range(1, 5)),
    *(("month", number) for number in range(1, 13)),
    *(("through", number) for number in range(1, 12)),
)
"""Parts of a year by position; position 0 is the whole year."""

_MAX_CHARACTERS = 40
_SIMPLER = HALF_WIDTH | str.maketrans("−–—", "---")
_HAN_NUMBERS = {"一": 1, "二": 2, "三": 3, "四": 4, "上": 1, "下": 2}
_MONTHS = {
    name: month
    for month, names in enumerate(
        (
            "jan january januar jänner januari janvier janv enero ene janeiro",
            "feb february februar februari février févr fév febrero fevereiro fev",
            "mar march märz mär mrz maart mrt mars marzo março",
            "apr april avril avr abril abr",
            "may mai mei mayo maio",
            "jun june juni juin junio junho",
            "jul july juli juillet juil julio julho",
            "aug august augustus août agosto ago",
            "sep sept september septembre septiembre setiembre setembro set",
            "oct october oktober okt octobre octubre outubro",
            "nov november novembre noviembre novembro",
            "dec december dezember dez décembre déc diciembre dic dezembro",
        ),
        1,
    )
    for name in names.split()
}
"""In English, German, French, Spanish, Portuguese and Dutch."""
_WORDS_OF_PERIODS = frozenset(
    (*_MONTHS, "roc", "quartal", "trimestre", "trim", "quarter", "kwartaal", "halbjahr", "semestre", "half", "year",
     "halfjaar", "ère", "ème")
)  # fmt: skip
"""Words of three letters and more."""
_ERA = r"(?P<era>中華民國|民國|西元|公元|roc|fy)? ?"
_YEAR = rf"{_ERA}(?P<year>\d{{2,4}})"
_GAP = r" ?(?:年度?)? ?[-/:._]? ?"
_MONTH = r"0[1-9]|1[0-2]"
_NAMED = rf"(?P<name>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_NTH = r"(?:\.|er|ère|e|ème|º|°|st|nd|rd|th)? ?"
_QUARTER = r"(?:quartal|trimestre|trim\.?|quarter|kwartaal)"
_HALF = r"(?:halbjahr|semestre|half(?:[- ]year)?|halfjaar)"
_DIGITS_OF_A_YEAR = 4
# Patterns are made when first used: most files write years as plain figures.
_ANNUAL = rf"(?ai){_YEAR} ?-?a1?"
_FISCAL = rf"(?ai){_YEAR} ?[-/] ?(?P<next>\d{{2,4}})(?: ?年度)?"
_PARTS: Final[tuple[tuple[PeriodKind, str], ...]] = (
    ("quarter", rf"{_YEAR}{_GAP}(?:[qt](?P<a>[1-4])|(?P<b>[1-4])[qt]|第? ?(?P<c>[1-4一二三四]) ?(?:季度?|四半期))"),
    ("quarter", rf"(?:[qt](?P<a>[1-4])|(?P<b>[1-4])[qt])[ \-/:._]?{_YEAR}"),
    ("quarter", rf"{_YEAR}[ ,/-]+(?:(?P<a>[1-4]){_NTH}{_QUARTER}|{_QUARTER} (?P<b>[1-4]))"),
    ("quarter", rf"(?:(?P<a>[1-4]){_NTH}{_QUARTER}|{_QUARTER} (?P<b>[1-4]))(?:[ ,/-]| de )+{_YEAR}"),
    ("half", rf"{_YEAR}{_GAP}(?:[hs](?P<a>[12])|(?P<b>[12])h|(?P<c>[上下])半年度?)"),
    ("half", rf"(?:[hs](?P<a>[12])|(?P<b>[12])h)[ \-/]?{_YEAR}"),
    ("half", rf"{_YEAR}[ ,/-]+(?P<a>[12]){_NTH}{_HALF}"),
    ("half", rf"(?P<a>[12]){_NTH}{_HALF}(?:[ ,/-]| de )+{_YEAR}"),
    ("month", rf"{_YEAR}{_GAP}m(?P<a>0?[1-9]|1[0-2])"),
    ("month", rf"{_YEAR}[-/](?P<a>{_MONTH})"),
    ("month", rf"{_YEAR} ?年 ?(?P<a>0?[1-9]|1[0-2]) ?月份?"),
    ("month", rf"(?P<year>[12]\d{{3}}|1\d\d)(?P<a>{_MONTH})"),
    ("month", rf"{_YEAR}[ -]?{_NAMED}"),
    ("month", rf"{_NAMED}(?:[ -]?| de ){_YEAR}"),
    ("through", rf"{_YEAR} ?年? ?0?1 ?月? ?(?:[-~至]|到) ?(?P<a>0?[1-9]|1[0-2]) ?月"),
)
_THROUGH = r"(?a)0?1 ?月? ?(?:[-~至]|到) ?(?P<month>0?[1-9]|1[0-2]) ?月份?"
_CALENDARS: dict[str, Calendar] = {"中華民國": "roc", "民國": "roc", "roc": "roc", "西元": "ce", "公元": "ce"}


class Period(NamedTuple):
    """A year, or a part of one."""

    year: int
    """In the Common Era."""
    calendar: Calendar = "ce"
    """As written; the years of one column must agree in it."""
    kind: PeriodKind = "year"
    part: int = 0
    """Number of the half-year, quarter or month, from 1; 0 for a year."""

    @property
    def code(self) -> int:
        """Position in `PARTS`: 0 for a whole year."""
        return PARTS.index((self.kind, self.part))


class Forms(NamedTuple):
    """How periods are to be understood that could be several."""

    calendar: Calendar | None = None
    """Of years in figures."""
    fiscal_year: FiscalYear | None = None
    """Which of its two years a fiscal year is called by."""
    period: PeriodLength | None = None
    """What ``2010-11`` is."""


def settle(texts: Iterable[str], forms: Forms) -> Forms:
    """Return how ``2010-11`` is to be read among all periods of its column: those that are only one of the two decide.

    Parameters
    ----------
    texts
        The distinct cells of a column, or the headers of a table.
    forms
        What is known without them; a period that is given counts.

    Examples
    --------
    >>> settle(["2010-11", "2012-13"], Forms()).period, settle(["2010-11", "2010-05"], Forms()).period
    ('year', 'month')
    """
    if forms.period is not None:
        return forms
    plain = [each for text in texts if "-" in (each := _simple(text)) or "/" in each]
    found = {length for each in plain if (length := _only(each)) is not None}
    return forms._replace(period=found.pop()) if len(found) == 1 else forms


def read_period(text: str, forms: Forms = Forms()) -> Period:  # noqa: B008 - a tuple cannot change
    """Read a year, a fiscal year or a part of a year.

    Parameters
    ----------
    text
        Such as ``2022``, ``111年度``, ``2021/22``, ``2022-Q3``, ``111年第3季``, ``2022M03`` or ``113年1-6月``.
    forms
        How to understand what could be several; see `settle`.

    Returns
    -------
    Period
        Its year between 1900 and 2200.

    Raises
    ------
    YearError
        If the text is not one period with one meaning.

    Examples
    --------
    >>> read_period("111年第3季")
    Period(year=2022, calendar='roc', kind='quarter', part=3)
    >>> read_period("2021/22", Forms(fiscal_year="end")).year
    2022
    """
    if forms.calendar != "roc" and len(text) == 4 and text.isascii() and text.isdigit():
        return _whole(read_year(text, forms.calendar))
    if len(text) > _MAX_CHARACTERS:
        raise YearError("too_long", text)
    found = _look(text, forms)
    if isinstance(found, YearError):
        raise YearError(found.key, found.understood)
    return found


@lru_cache(maxsize=1 << 12)
def _look(text: str, forms: Forms) -> Period | YearError:
    """Return the period that a text is, or why it is none: a thousand files have the same few years."""
    try:
        return _read(_simple(text), forms)
    except YearError as error:
        return YearError(error.key, error.understood)


def _read(plain: str, forms: Forms) -> Period:
    # The patterns of parts take longer to make than most files take to read, whose names have digits too.
    figures = plain.replace(".", "", 1)
    if figures.isdigit() and (len(figures) < len(plain) or len(plain) <= _DIGITS_OF_A_YEAR):
        return _whole(read_year(plain, forms.calendar))
    if not _WORDS_OF_PERIODS.issuperset(re.findall("[^\\W\\d_\u2e80-\uffff]{3,}", plain.lower())):
        return _whole(read_year(plain, forms.calendar))
    if (annual := re.fullmatch(_ANNUAL, plain)) is not None:
        return _whole(_year(annual, forms, plain))
    is_fiscal, is_month = _is_fiscal(plain), _is_month(plain)
    if is_fiscal and is_month and forms.period is None and forms.fiscal_year is None:
        raise YearError("month_or_fiscal", plain)
    if is_fiscal and not (is_month and forms.period == "month"):
        return _fiscal(plain, forms)
    for kind, pattern in _PARTS:
        if (found := re.fullmatch(f"(?ai){pattern}", plain)) is not None:
            year, part = _year(found, forms, plain), _part(found)
            return _whole(year) if (kind, part) == ("through", 12) else Period(*year, kind, part)
    return _whole(read_year(plain, forms.calendar))


def part_of_months(text: str) -> tuple[PeriodKind, int] | None:
    """Return the part of a year that ``1-6月`` is; None for other words.

    Examples
    --------
    >>> part_of_months("1-6月"), part_of_months("1至12月")
    (('through', 6), ('year', 0))
    """
    found = re.fullmatch(_THROUGH, _simple(text))
    if found is None:
        return None
    month = int(found["month"])
    return ("year", 0) if month == 12 else ("through", month)


def _simple(text: str) -> str:
    return " ".join(text[:_MAX_CHARACTERS].translate(_SIMPLER).split())


def _whole(year: Year) -> Period:
    return Period(year.value, year.calendar)


def _only(plain: str) -> PeriodLength | None:
    """Return what a text is if it is a fiscal year or a month, and not both."""
    is_fiscal, is_month = _is_fiscal(plain), _is_month(plain)
    if is_fiscal == is_month:
        return None
    return "year" if is_fiscal else "month"


def _is_fiscal(plain: str) -> bool:
    """Whether a text has two years, the second of them the next one."""
    found = re.fullmatch(_FISCAL, plain)
    if found is None:
        return False
    first, second = found["year"], found["next"]
    following = str(int(first) + 1)
    return second == following or (len(first) == 4 and len(second) == 2 and second == following[-2:])


def _is_month(plain: str) -> bool:
    return re.fullmatch(rf"(?ai)(?!fy){_ERA}\d{{3,4}}[-/](?:{_MONTH})", plain) is not None


def _fiscal(plain: str, forms: Forms) -> Period:
    found = re.fullmatch(_FISCAL, plain)
    if found is None or forms.fiscal_year is None:
        raise YearError("fiscal_year", plain)
    year = _year(found, forms, plain)
    if forms.fiscal_year == "end":
        year = read_year(str(year.value + 1))._replace(calendar=year.calendar)
    return _whole(year)


def _year(found: re.Match[str], forms: Forms, plain: str) -> Year:
    groups = found.groupdict()
    era = (groups.get("era") or "").lower()
    said = _CALENDARS.get(era) or ("roc" if forms.calendar is None and is_short_year(plain) else None)
    if said and forms.calendar and said != forms.calendar:
        raise YearError("other_calendar", plain)
    return read_year(found["year"], said or forms.calendar)


def _part(found: re.Match[str]) -> int:
    groups = found.groupdict()
    if name := groups.get("name"):
        return _MONTHS[name.lower()]
    text = next(text for group in "abc" if (text := groups.get(group)))
    return _HAN_NUMBERS.get(text) or int(text)
