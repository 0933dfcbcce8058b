"""Numbers in digits, in Chinese numerals, and in digits with Chinese multipliers: `2億6,900萬`, `三百二十萬`."""

from __future__ import annotations

import re
from decimal import Context, Decimal, Inexact
from typing import NamedTuple

from smartkpi.quantities.quantity import QuantityError
from smartkpi.text import pattern

_MAX_DIGITS = 40

_POWERS = {"十": 1, "百": 2, "千": 3, "萬": 4, "億": 8, "兆": 12}
# 百分點 is a unit, and before units of physics 兆 stands for mega, not for 10^12.
_MULTIPLIER = "(?:[十千萬億]|百(?!分)|兆(?![赫瓦位歐]))"
_DIGITS = (
    r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d{1,3}(?: \d{3})+(?:\.\d+)?(?!\d)"
    r"|(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?)"
)
_HAN_DIGIT = "[一二兩三四五六七八九]"
_HAN_FRACTION = "點[零一二三四五六七八九]+"
# Not 十億 alone: in a cell that is the head of a unit.
_HAN = (
    rf"(?:{_HAN_DIGIT}|十(?![萬億兆])|零(?=點))(?:{_MULTIPLIER}|[零一二兩三四五六七八九])*"
    rf"(?:{_HAN_FRACTION}{_MULTIPLIER}*)?"
)
_NUMERAL = pattern(
    rf"(?:{_DIGITS}(?: ?{_MULTIPLIER}+(?: ?零? ?{_DIGITS})?)*|(?P<han>{_HAN}))(?P<vague> ?[多餘逾] ?{_MULTIPLIER}+)?",
    re.ASCII,
)
# A hundred or more without its 一: `逾百萬人次`, `百餘家`. Alone it would be the head of a unit.
_BARE_NUMERAL = f"{_MULTIPLIER}+"
_BARE = pattern(_BARE_NUMERAL)
_BARE_VAGUE = pattern(rf"{_BARE_NUMERAL} ?[多餘]")
_DECIMAL = pattern(r"零?(?P<mantissa>\d[\d,]*(?:\.\d+)?|\.\d+)(?:[eE](?P<exponent>[+-]?\d+))?", re.ASCII)
_HAN_DECIMAL = pattern(f"零?{_HAN_DIGIT}(?:{_HAN_FRACTION})?|零?{_HAN_FRACTION}")
_COMPOUND = pattern(r"[十百千萬億兆]零?[\d.]", re.ASCII)
_HAN_COMPOUND = pattern("[萬億兆][零一二兩三四五六七八九十]")
_HAN_DIGITS = frozenset("零一二兩三四五六七八九")
_HAN_TO_ASCII = str.maketrans("零一二兩三四五六七八九點", "01223456789.")
# Exact or an exception, whatever the caller's context: 40 digits, an exponent of 40, each multiplier once.
EXACT = Context(prec=200, traps=[Inexact])


class Numeral(NamedTuple):
    """A number at the start of a text."""

    value: Decimal
    """Exact, multipliers included."""
    multiplier: str
    """The last multiplier beside digits, such as 百萬; of Chinese numerals 萬, 億 and 兆 alone."""
    is_vague: bool
    """With 多 or 餘 before the last multiplier: ``10多萬``."""
    is_compound: bool
    """With more after a multiplier, so that the whole is no multiple of it: ``5萬8,476``."""
    end: int
    """Where the text goes on."""
    step: Decimal = Decimal(0)
    """One unit of the last printed digit."""


def read_numeral(text: str, after_word: bool = False) -> Numeral | None:
    """Read the longest numeral at the start of a text.

    Parameters
    ----------
    text
        Normalised: half-width, with single spaces.
    after_word
        Whether a word such as 逾 stands before it, so that 百萬 is a number and not the head of a unit.

    Returns
    -------
    Numeral or None
        None if the text does not begin with one.

    Raises
    ------
    QuantityError
        If the numeral is too long, or has no single meaning.

    Examples
    --------
    >>> read_numeral("2億6,900萬元")
    Numeral(value=Decimal('269000000'), multiplier='萬', is_vague=False, is_compound=True, end=8, step=Decimal('10000'))
    """
    found = _NUMERAL.match(text)
    if found is None:
        is_bare = (_BARE if after_word else _BARE_VAGUE).match(text) is not None
        one = read_numeral("一" + text) if is_bare else None
        return one._replace(end=one.end - 1) if one else None
    numeral = found[0]
    if sum(character.isdigit() for character in numeral.translate(_HAN_TO_ASCII)) > _MAX_DIGITS:
        raise QuantityError("too_long", numeral)
    if re.match(r"0[\d, ]", numeral, re.ASCII):
        raise QuantityError("ambiguous_separator" if numeral[1] == "," else "code", numeral)
    bare = re.sub("[ 多餘逾]", "", numeral)
    is_han = found["han"] is not None
    multiplier = _last_multiplier(bare, is_han)
    is_compound = (_HAN_COMPOUND if is_han else _COMPOUND).search(bare) is not None
    value, step = _value(bare, numeral), _step(bare)
    return Numeral(value, multiplier, found["vague"] is not None, is_compound, found.end(), step)


def percent_of_tenths(numeral: Numeral, digit: str) -> Decimal:
    """Return 75 for ``7成5``: tenths and one digit after 成, in percent; ten tenths at most."""
    hundredths = int(digit.translate(_HAN_TO_ASCII))
    if numeral.value > 10 or (hundredths and numeral.value not in range(1, 10)):
        raise QuantityError("ambiguous_numeral", f"{numeral.value}成{digit.strip('零')}")
    return plain(EXACT.fma(numeral.value, 10, hundredths))


def _last_multiplier(bare: str, is_han: bool) -> str:
    runs = re.findall("[萬億兆]" if is_han else "[十百千萬億兆]+", bare)
    return runs[-1] if runs else ""


def _value(part: str, numeral: str) -> Decimal:
    """Return what a part of a numeral is worth: split at the largest multiplier, which may occur only once."""
    top = max((mark for mark in part if mark in _POWERS), key=_POWERS.__getitem__, default="")
    if not top:
        return _decimal(part, numeral)
    left, _, right = part.partition(top)
    # 5萬8 is 58,000 in speech and 50,008 in print; 五萬零八 and 二十八 have one meaning.
    if top in right or (len(right) == 1 and top != "十"):
        raise QuantityError("ambiguous_numeral", numeral)
    size = Decimal(10 ** _POWERS[top])
    high = _value(left, numeral) if left or top != "十" else Decimal(1)
    low = _value(right, numeral) if right else Decimal(0)
    if low >= size or (right and high != int(high)):
        raise QuantityError("ambiguous_numeral", numeral)
    return plain(EXACT.fma(high, size, low))


def _step(part: str) -> Decimal:
    """Return one unit of the last digit of a numeral; in Chinese numerals 十, 百 and 千 are digits themselves."""
    multipliers = re.search("[十百千萬億兆]*$", part)
    digits = part[: multipliers.start()] if multipliers else part
    marks = part[len(digits) :]
    if digits[-1:] in _HAN_DIGITS and "點" not in digits:
        marks = re.sub("^[十百千]+", "", marks)
    step = Decimal(1)
    for mark in marks:
        step = step.scaleb(_POWERS[mark])
    found = re.search(r"(?:[.點]([0-9零一二兩三四五六七八九]*))?(?:[eE]([+-]?\d+))?$", digits, re.ASCII)
    places, exponent = found.groups() if found else (None, None)
    return plain(step.scaleb(int(exponent or 0) - len(places or "")))


def _decimal(part: str, numeral: str) -> Decimal:
    digits = part.translate(_HAN_TO_ASCII) if _HAN_DECIMAL.fullmatch(part) else part
    found = _DECIMAL.fullmatch(digits)
    if found is None:
        raise QuantityError("ambiguous_numeral", numeral)
    exponent = int(found["exponent"] or 0)
    if abs(exponent) > _MAX_DIGITS:
        raise QuantityError("too_long", numeral)
    value = Decimal(found["mantissa"].replace(",", ""))
    return plain(value.scaleb(exponent, EXACT)) if exponent else value


def plain(value: Decimal) -> Decimal:
    """Write a number without exponent and needless zeros, so that 6.2 兆 is 6200000000000."""
    return Decimal(int(value)) if value == int(value) else value.normalize(EXACT)
