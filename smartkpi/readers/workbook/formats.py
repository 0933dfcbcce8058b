"""Number formats: what a workbook shows in a cell, given the number that the cell holds.

References
----------
ECMA-376, Part 1: 18.8.30 numFmt with the list of formats that have no code in the file, 18.8.31 number format codes.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from smartkpi.text import pattern

_LONGEST = 255
"""Characters of a format code, as in Excel."""
_MOST_PARTS = 4
"""For positive and negative numbers, zeros and texts, as in Excel."""
_PIECE = pattern(r'"[^"]*"?|\\.|[_*].|\[[^\]]*\]?|.', re.DOTALL)
_CONDITION = pattern(r"\[(?P<sign><=|>=|<>|<|>|=)(?P<limit>-?\d{1,20}(?:\.\d{1,20})?)\]")
_ELAPSED = pattern(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_THOUSANDS = pattern(r"[0#?](,+)(?=\.|[^0#?,.]*\Z)")
_MULTIPLES = (
    r"(?i)[十百千萬万億亿兆](?!分)|(?:k|m|mn|bn|b|thousands?|millions?|billions?|trillions?"
    r"|tsd|tausend|mio|millionen|mrd|milliarden|mln|mld|milliers|millones|milliards?|mds)\b"
)
_CURRENCY = ("$#,##0;-$#,##0", "$#,##0.00;-$#,##0.00")
_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    **dict.fromkeys((5, 6), _CURRENCY[0]), **dict.fromkeys((7, 8), _CURRENCY[1]),
    **dict.fromkeys((*range(14, 23), *range(27, 37), *range(50, 59)), "yyyy/m/d"),
    **dict.fromkeys((37, 38), "#,##0;(#,##0)"), **dict.fromkeys((39, 40), "#,##0.00;(#,##0.00)"),
    41: "#,##0", 42: "$#,##0", 43: "#,##0.00", 44: "$#,##0.00",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip


class Format(NamedTuple):
    """How a number is shown."""

    is_date: bool = False
    """A date or a time of day."""
    is_year: bool = False
    """Of a date nothing but the year is shown."""
    is_duration: bool = False
    """Hours, minutes or seconds that may be more than a day."""
    percent_signs: int = 0
    """Each shows a hundred times what is stored; a quoted one shows nothing else than is stored."""
    thousands: int = 0
    """Times that the number is divided by a thousand: the commas at the end of ``#,##0,``."""
    decimals: int | None = None
    """Digits after the point, where they are fixed."""
    is_plain: bool = False
    """The number is shown as it is, and not as what the program takes it for (General)."""
    multiple: str = ""
    """Multiple, with its unit, that is shown behind the number: ``千人``."""


GENERAL = Format()


def built_in(number: int) -> str:
    """Return the code of a format that has none in the file."""
    return _BUILT_IN.get(number, "General")


@lru_cache(maxsize=1 << 16)
def sections(code: str) -> tuple[tuple[re.Match[str] | None, Format], ...]:
    """Return the parts of a format code, each with the condition under which it counts."""
    parts: list[list[str]] = [[]]
    for piece in _PIECE.findall(code[:_LONGEST]):
        if piece == ";":
            if len(parts) == _MOST_PARTS:
                break
            parts.append([])
        else:
            parts[-1].append(piece)
    conditions = [next(filter(None, map(_CONDITION.fullmatch, each)), None) for each in parts]
    return tuple(zip(conditions, map(_section, parts), strict=True))


def format_of(code: str, number: float) -> Format:
    """Return the part of a format code that shows a number.

    Examples
    --------
    >>> format_of("0.0%;-0", 0.5).percent_signs, format_of("0.0%;-0", -5).percent_signs
    (1, 0)
    """
    parts = sections(code)[:3]
    if not any(condition for condition, _ in parts):
        position = 1 if number < 0 else 2 if number == 0 else 0
        return parts[position if position < len(parts) else 0][1]
    return next((part for condition, part in parts if condition is None or _holds(condition, number)), parts[-1][1])


def shown(number: float, part: Format) -> str:
    """Return a number as a scaling format shows it."""
    value = Decimal(repr(number)).scaleb(2 * part.percent_signs - 3 * part.thousands)
    return f"{value:,.{min(part.decimals or 0, 30)}f}" + "%" * part.percent_signs


def multiple(words: str) -> str:
    """Return the words that a format shows behind a number, if they begin with a multiple; else empty."""
    return words.strip() if re.match(_MULTIPLES, words.strip()) else ""


def _holds(condition: re.Match[str], number: float) -> bool:
    limit = float(condition["limit"])
    signs = {"<": number < limit, "=": number == limit, ">": number > limit}
    return any(signs[sign] for sign in condition["sign"])


def _section(pieces: list[str]) -> Format:
    bare = "".join(piece for piece in pieces if len(piece) == 1)
    is_duration = any(map(_ELAPSED.fullmatch, pieces))
    has_digits = bool(re.search("[0#?]", bare))
    if bare.strip().casefold().startswith("general"):
        return GENERAL
    if is_duration or re.search("[dmyhs]" if has_digits else "[dmyhsebg]", bare, re.IGNORECASE):
        shown = set(re.findall("[dmyhsebg]", bare.lower()))
        return Format(is_date=not is_duration, is_duration=is_duration, is_year=shown == {"y"} and not is_duration)
    if not has_digits:
        return GENERAL
    signs, scaling = bare.count("%"), _THOUSANDS.search(bare)
    places = re.search(r"\.([0#?]*)", bare)
    is_fixed = not re.search("[eE/]", bare) and (places is None or not places[1].strip("0"))
    return Format(
        percent_signs=signs,
        thousands=len(scaling[1]) if scaling else 0,
        decimals=(len(places[1]) if places else 0) if is_fixed else None,
        is_plain=not (scaling or "/" in bare or any(sign in "".join(pieces) for sign in "%％")),
        multiple=_multiple(pieces),
    )


def _multiple(pieces: list[str]) -> str:
    """Return the words that a format shows behind a number, if they begin with a multiple; else empty."""
    last = max(place for place, piece in enumerate(pieces) if piece in {"0", "#", "?"})
    shown = [piece.strip('"') if piece[:1] == '"' else piece[1:] for piece in pieces[last + 1 :] if piece[0] in '"\\']
    return multiple("".join(shown))
