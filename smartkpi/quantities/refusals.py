"""Why a text is refused as a quantity, and what was understood of it."""

from __future__ import annotations

import re

from smartkpi.quantities.quantity import QuantityError
from smartkpi.text import pattern

_ANY_CASE = re.ASCII | re.IGNORECASE
_NUMBER = pattern(r"\d(?:[\d.,]*\d)?", re.ASCII)
_WELL_PARTED = pattern(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?", re.ASCII)
_END = rf"({_NUMBER.pattern}(?: ?[十百千萬億兆]+)?|[零一二兩三四五六七八九十百千萬億兆]+)"
_RANGE = pattern(rf"{_END}[^\s\d.,]{{0,3}}? ?(?:[-~—]|至|到|to) ?{_END}", _ANY_CASE)
_OTHER_KINDS = {
    "not_finite": pattern(r"\A[+-]?(?:nan|inf|infinity|∞)(?![a-z])|\A#[a-z]", _ANY_CASE),
    "date": pattern(
        r"(?:民國|西元|公元) ?\d|\d ?(?:年 ?\d|年[度底初]|月|日(?![圓元]))|\d{3} ?年"
        r"|\A近 ?[\d一二兩三四五六七八九十百千]+ ?(?:年|個?月|週|周|天|日)"
        r"|\A\d{2,4}([-/.])\d{1,2}\1\d{1,2}(?!\d)|\A\d{1,2}([-/.])\d{1,2}\2\d{4}|\A\d{4}[-/](?:0?[1-9]|1[0-2])\Z",
        re.ASCII,
    ),
    "rank": pattern(
        r"第 ?[\d一二三四五六七八九十百]|\A(?:排名|名列|名次|no\.|rank|#\d)|\A\d+(?:st|nd|rd|th)(?![a-z])", _ANY_CASE
    ),
}


def refuse_other_kinds(text: str) -> None:
    """Raise if a text is of a kind that only looks like a quantity: ``2022年12月``, ``第 11 名``, ``NaN``."""
    for key, kind in _OTHER_KINDS.items():
        if kind.search(text):
            raise QuantityError(key, text)


def refusal(text: str, unread: str) -> QuantityError:
    """Say why a text could not be read to its end.

    Parameters
    ----------
    text
        All of it, normalised.
    unread
        What was left when reading stopped.
    """
    numbers = _NUMBER.findall(text)
    badly_parted = [number for number in numbers if not _WELL_PARTED.fullmatch(number)]
    if badly_parted:
        return QuantityError("ambiguous_separator", badly_parted[0])
    ends = _RANGE.search(text)
    if ends:
        return QuantityError("range", f"{ends[1]} ~ {ends[2]}")
    if len(numbers) > 1:
        return QuantityError("several_numbers", ", ".join(numbers))
    if numbers or unread not in {"", text}:
        return QuantityError("unknown_text", unread)
    return QuantityError("not_a_number", text)
