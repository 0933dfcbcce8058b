"""A printed text -> Quantity."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from smartkpi.quantities.numerals import Numeral, percent_of_tenths, read_numeral
from smartkpi.quantities.quantity import Bound, Quantity, QuantityError
from smartkpi.quantities.refusals import refusal, refuse_other_kinds
from smartkpi.quantities.vocabulary import take_remarks, take_words_after, take_words_before
from smartkpi.text import HALF_WIDTH, pattern

_BOUNDS: tuple[Bound, ...] = ("lower", "upper", "approx")

MOST_CHARACTERS = 200
_MAX_UNIT = 20

# Half width; kindred signs; invisible characters to nothing.
_SIMPLER = HALF_WIDTH | str.maketrans(
    "−–‐‑〜∼≧≦万亿仟佰拾〇壹貳參叁肆伍陸柒捌玖",
    "----~~≥≤萬億千百十零一二三三四五六七八九",
    "\u200b\u200c\u200d\u2060\ufeff",
)
_MULTIPLIERS = {
    word: numeral
    for numeral, words in {
        "百": "hundred",
        "千": "thousand|tsd|tausend|milliers|duizend",
        "百萬": "millions|millionen|millones|milhões|miljoen|million|mio|mln|mn",
        "十億": "billions|billion|milliarden|milliards|miljard|mrd|mld|bln|bn",
        "兆": "trillions|trillion|trn",
    }.items()
    for word in words.split("|")
}
"""Of English first; `Billionen` and `billones` are 10^12 and `bilhões` 10^9, which are left to units."""
_MULTIPLIER = pattern(rf"(?<=\d) ?({'|'.join(_MULTIPLIERS)})(?:\.(?= |\Z)|(?![^\W\d_]))", re.IGNORECASE)
_FOOTNOTE = pattern(r" ?\^\[\d{1,3}\]\Z")

_TENTHS = pattern("成 ?([1-9一二三四五六七八九])?")
_UNIT_NAMES = {
    "個百分點": "pp",
    "百分點": "pp",
    "percentage points": "pp",
    "percentage point": "pp",
    "per cent": "percent",
    "元整": "元",
}
_NUMBER = r"(?P<number>\d[\d.,]*)"
_UNIT_AFTER = pattern(rf"{_NUMBER} ?(?P<unit>[^\d\s].{{0,79}})", re.ASCII)
_UNIT_BEFORE = pattern(
    rf"(?P<money>[A-Z]{{3}}|[KTU][Ss]h|RM|[A-Z]{{0,3}}\$|[€£₩₹₪₫₱])\.? ?{_NUMBER} ?(?P<multiple>[A-Za-z]{{0,8}}\.?)",
    re.ASCII,
)
_PERHAPS_A_UNIT = ("unknown_unit", "unknown_text", "several_numbers")
_UNIT_SIGNS = "°℃℉²³·/_"
_NOT_FIRST = "²³·/_數來"  # 數 and 來 make a number vague: `10來個`
_NOT_IN_UNITS = frozenset("零一二三四五六七八九十百千萬億兆半幾")
_UNIT_SAID_BEFORE = {
    "percent": ("%", {"", "%"}),
    "twd": ("元", {"", "元", "TWD", "NTD"}),
    "usd": ("USD", {"", "元", "美元", "USD"}),
}


def read_printed(text: str, known_unit: Callable[[str], bool] | None) -> Quantity:
    """Read a quantity with words, separators or multipliers; the package's `read_quantity` says how."""
    if len(text) > MOST_CHARACTERS:
        raise QuantityError("too_long", text)
    try:
        return _read(_normalised(text), known_unit)
    except QuantityError as error:
        if known_unit is None or error.key not in _PERHAPS_A_UNIT:
            raise
        quantity = _number_and_unit(" ".join(text.translate(HALF_WIDTH).split()), known_unit)
        if quantity is None:
            raise
        return quantity


def _read(printed: str, known_unit: Callable[[str], bool] | None) -> Quantity:
    meanings: list[str] = []
    numeral, unit = _parts(take_remarks(printed, meanings), meanings, known_unit)
    _refuse_by_meaning(printed, meanings)
    return Quantity(
        number=numeral.value.copy_negate() if "minus" in meanings and numeral.value else numeral.value,
        unit=_checked_unit(unit, meanings, known_unit),
        multiplier=numeral.multiplier,
        compound=numeral.is_compound,
        bound=next((bound for bound in _BOUNDS if bound in meanings), ""),
        estimated="estimated" in meanings,
        provisional="provisional" in meanings,
        step=numeral.step,
    )


def _number_and_unit(text: str, known_unit: Callable[[str], bool]) -> Quantity | None:
    """Return a plain number with a unit before or after it: ``4 hundred berths``, ``EUR 4.2 bn``."""
    after, before = _UNIT_AFTER.fullmatch(text), _UNIT_BEFORE.fullmatch(text)
    if after and known_unit(after["unit"]):
        number, unit = after["number"], after["unit"]
    elif before and known_unit(f"{before['money']} {before['multiple']}".strip()):
        number, unit = before["number"], f"{before['money']} {before['multiple']}".strip()
    else:
        return None
    numeral = read_numeral(number, after_word=False)
    return Quantity(numeral.value, unit, step=numeral.step) if numeral and numeral.end == len(number) else None


def _normalised(text: str) -> str:
    simpler = _FOOTNOTE.sub("", " ".join(text.translate(_SIMPLER).split()))
    return _MULTIPLIER.sub(lambda found: _MULTIPLIERS[found[1].lower()], simpler)


def _parts(plain: str, meanings: list[str], known_unit: Callable[[str], bool] | None) -> tuple[Numeral, str]:
    """Return number and unit; what the words around them say is added to `meanings`."""
    if not plain:
        raise QuantityError("empty", plain)
    refuse_other_kinds(plain)
    rest = take_words_before(plain, meanings)
    numeral = read_numeral(rest, after_word=rest != plain)
    if numeral is None:
        raise refusal(plain, rest)
    if numeral.is_vague:
        meanings.append("lower")
    body = take_words_after(rest[numeral.end :], meanings)
    if tenths := _TENTHS.fullmatch(body):
        percent = percent_of_tenths(numeral, tenths[1] or "零")
        step = Decimal(1 if tenths[1] else 10)
        return numeral._replace(value=percent, multiplier="", is_compound=False, step=step), "%"
    unit = _unit(body)
    if unit is None and known_unit and body[:1] not in _NOT_IN_UNITS and known_unit(body):
        unit = body  # more than a word: Mt CO2e, km2, per 100,000
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
