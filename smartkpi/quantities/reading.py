"""A printed text -> Quantity."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from smartkpi.quantities.numerals import Numeral, percent_of_tenths, read_numeral
from smartkpi.quantities.refusals import QuantityError, refusal, refuse_other_kinds
from smartkpi.quantities.vocabulary import take_remarks, take_words_after, take_words_before

Bound = Literal["", "lower", "upper", "approx"]

_BOUNDS: tuple[Bound, ...] = ("lower", "upper", "approx")

_MAX_CHARACTERS = 200
_MAX_UNIT = 20

# Full-width ASCII to ASCII, one by one, as NFKC would turn m² into m2; kindred signs; invisible characters to nothing.
_SIMPLER = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | str.maketrans(
    "−–‐‑〜∼≧≦万亿仟佰拾〇", "----~~≥≤萬億千百十零", "\u200b\u200c\u200d\u2060\ufeff"
)
_ENGLISH_MULTIPLIERS = {"hundred": "百", "thousand": "千", "million": "百萬", "billion": "十億", "trillion": "兆"}
_ENGLISH_MULTIPLIER = re.compile(rf"(?<=\d) ?({'|'.join(_ENGLISH_MULTIPLIERS)})(?![a-z])", re.ASCII | re.IGNORECASE)
_FOOTNOTE = re.compile(r" ?\^\[\d{1,3}\]\Z")

_TENTHS = re.compile("成 ?([1-9一二三四五六七八九])?")
_UNIT_NAMES = {
    "個百分點": "pp",
    "百分點": "pp",
    "percentage points": "pp",
    "percentage point": "pp",
    "per cent": "percent",
    "元整": "元",
}
_UNIT_SIGNS = "°℃℉²³·/_"
_NOT_FIRST = "²³·/_數來"  # 數 and 來 make a number vague: `10來個`
_NOT_IN_UNITS = frozenset("零一二三四五六七八九十百千萬億兆半幾")
_UNIT_SAID_BEFORE = {
    "percent": ("%", {"", "%"}),
    "twd": ("元", {"", "元", "TWD", "NTD"}),
    "usd": ("USD", {"", "元", "美元", "USD"}),
}


@dataclass(frozen=True)
class Quantity:
    """What a printed quantity says."""

    number: Decimal
    """Exact, in `unit`: 6200000000000 for ``6.2 兆元``."""
    unit: str
    """As printed, without the Chinese multiplier; empty if there is none."""
    multiplier: str
    """The last multiplier beside digits, already part of `number`: 兆, 百萬; empty if there is none."""
    compound: bool
    """Printed in parts, as ``2億6,900萬``: the number is in `unit` then, and no multiple of `multiplier`."""
    bound: Bound
    """Whether the true value lies above `number` (lower), below it (upper) or near it."""
    estimated: bool
    """Printed as an estimate."""
    provisional: bool
    """Printed as a provisional figure."""


def read_quantity(text: str, known_unit: Callable[[str], bool] | None = None) -> Quantity:
    """Read a printed quantity in Chinese or English.

    Parameters
    ----------
    text
        One quantity, as a cell of a report has it, of at most 200 characters.
    known_unit
        Says of a unit's text whether there is such a unit; without it any text that looks like a unit is one.

    Returns
    -------
    Quantity
        The number in the unprefixed unit, and what the words around it say.

    Raises
    ------
    QuantityError
        If the text is not one quantity with one meaning.

    Examples
    --------
    >>> quantity = read_quantity("約 521.5 萬元")
    >>> str(quantity.number), quantity.unit, quantity.multiplier, quantity.bound
    ('5215000', '元', '萬', 'approx')
    """
    if len(text) > _MAX_CHARACTERS:
        raise QuantityError("too_long", text)
    printed = _normalised(text)
    meanings: list[str] = []
    numeral, unit = _parts(take_remarks(printed, meanings), meanings)
    _refuse_by_meaning(printed, meanings)
    return Quantity(
        number=numeral.value.copy_negate() if "minus" in meanings and numeral.value else numeral.value,
        unit=_checked_unit(unit, meanings, known_unit),
        multiplier=numeral.multiplier,
        compound=numeral.is_compound,
        bound=next((bound for bound in _BOUNDS if bound in meanings), ""),
        estimated="estimated" in meanings,
        provisional="provisional" in meanings,
    )


def _normalised(text: str) -> str:
    simpler = _FOOTNOTE.sub("", " ".join(text.translate(_SIMPLER).split()))
    return _ENGLISH_MULTIPLIER.sub(lambda found: _ENGLISH_MULTIPLIERS[found[1].lower()], simpler)


def _parts(plain: str, meanings: list[str]) -> tuple[Numeral, str]:
    """Return number and unit; what the words around them say is added to `meanings`."""
    if not plain:
        raise QuantityError("empty", plain)
    refuse_other_kinds(plain)
    rest = take_words_before(plain, meanings)
    numeral = read_numeral(rest)
    if numeral is None:
        raise refusal(plain, rest)
    if numeral.is_vague:
        meanings.append("lower")
    body = take_words_after(rest[numeral.end :], meanings)
    if tenths := _TENTHS.fullmatch(body):
        percent = percent_of_tenths(numeral, tenths[1] or "零")
        return replace(numeral, value=percent, multiplier="", is_compound=False), "%"
    unit = _unit(body)
    if unit is None:
        raise refusal(plain, body)
    return numeral, unit


def _unit(body: str) -> str | None:
    """Return what follows a number as a unit, None if it does not look like one."""
    without_gaps = re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", body)
    unit = _UNIT_NAMES.get(without_gaps.lower(), without_gaps)
    if unit in {"", "%", "‰"}:
        return unit
    signs = _UNIT_SIGNS + " " if unit.isascii() else _UNIT_SIGNS
    has_letters_only = all(character.isalpha() or character in signs for character in unit)
    is_unit = has_letters_only and unit[0] not in _NOT_FIRST and not _NOT_IN_UNITS.intersection(unit)
    return unit if is_unit and len(unit) <= _MAX_UNIT else None


def _checked_unit(unit: str, meanings: list[str], known_unit: Callable[[str], bool] | None) -> str:
    """Return the unit that the words before the number and those after it agree on, if it is known."""
    for meaning, (name, same) in _UNIT_SAID_BEFORE.items():
        if meaning not in meanings:
            continue
        if unit not in same:
            raise QuantityError("contradictory", f"{name}, {unit}")
        unit = name
    if unit and known_unit is not None and not known_unit(unit):
        raise QuantityError("unknown_unit", unit)
    return unit


def _refuse_by_meaning(text: str, meanings: list[str]) -> None:
    if "forecast" in meanings:
        raise QuantityError("forecast", text)
    if meanings.count("minus") > 1 or {"lower", "upper"} <= set(meanings):
        raise QuantityError("contradictory", text)
