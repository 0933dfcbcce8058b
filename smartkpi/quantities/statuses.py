"""What is said of an observation beside its value: codes of SDMX, letters of Eurostat, and words.

References
----------
SDMX code list CL_OBS_STATUS, versions 2.2 and 2.3, with the names of its codes; letters: Eurostat, Data flags.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from smartkpi.text import HALF_WIDTH

LETTERS: Final = "bcdefnprsuz"
"""Marks of one letter; several may be joined."""
_CODES = {"b": "B", "c": "A", "d": "D", "e": "E", "f": "F", "n": "N", "p": "P", "r": "A", "s": "E", "u": "U"}
STRONGEST_FIRST: Final = "FBDEPUN"
"""Which of several counts; where it is none of these, the first."""
_SDMX = frozenset("ABDEFGHIJKLMNOPQSUVW")
_CONFIDENTIAL, _NOT_APPLICABLE = "c", "z"
_WORDS: Mapping[str, str] = {
    word: code
    for code, words in {
        "A": "normal value|normal|actual|actual value|final|final value|undefined|revised|revised value"
        "|正常|正常值|確定|確定值|確定數|修正|修正值|修正數|實際|實際值",
        "B": "time series break|break in time series|break in series|series break|break|數列中斷|時間序列中斷",
        "D": "definition differs|difference in methodology|定義不同|定義變更",
        "E": "estimated value|estimated|estimate|estimates|eurostat estimate|預估|預估值|預估數|推估|推估值|推估數"
        "|估計|估計值|估計數",
        "F": "forecast value|forecast|forecasted|projected|預測|預測值|預測數",
        "G": "experimental value",
        "H": "missing value; holiday or weekend",
        "I": "imputed value|imputed value (ccsa definition)|imputed",
        "J": "derogation",
        "K": "data included in another category",
        "L": "missing value; data exist but were not collected",
        "M": "missing value; data cannot exist|data cannot exist|missing|缺值|缺漏",
        "N": "not significant|not significant value",
        "O": "missing value",
        "P": "provisional value|provisional|preliminary|preliminary value"
        "|初步|初步值|初步統計|初步數|暫定|暫定值|暫定數",
        "Q": "missing value; suppressed|suppressed",
        "S": "strike and other special events|strike",
        "U": "low reliability|unreliable|可信度低",
        "V": "unvalidated value",
        "W": "includes data from another category",
    }.items()
    for word in words.split("|")
}
_CONFIDENTIAL_WORDS = frozenset({"confidential", "confidential value", "保密"})


class Said(NamedTuple):
    """What a cell says of the value beside it."""

    code: str
    """Of CL_OBS_STATUS; empty where it says that there can be no value."""
    is_confidential: bool = False


def read_status(text: str) -> Said | None:
    """Return what a cell of a column of statuses says, None if that is not known.

    Parameters
    ----------
    text
        A code, letters or words, or several of them joined by ``;`` or a comma.

    Examples
    --------
    >>> read_status("bep").code, read_status("S").code, read_status("s").code, read_status("Break in time series").code
    ('B', 'S', 'E', 'B')
    """
    plain = " ".join(text.translate(HALF_WIDTH).split())
    return _one(plain) or _joined([_one(part.strip()) for part in re.split("[;,/]", plain) if part.strip()])


def read_letters(letters: str) -> Said | None:
    """Return what marks of one letter each say together; None where one is not known, or occurs twice.

    Examples
    --------
    >>> read_letters("pe").code, read_letters("c"), read_letters("ee")
    ('E', Said(code='A', is_confidential=True), None)
    """
    small = letters.lower()
    if not small or len(set(small)) < len(small) or not set(small) <= set(LETTERS):
        return None
    codes = [_CODES.get(letter, "") for letter in small]
    return Said("" if _NOT_APPLICABLE in small else strongest(codes), _CONFIDENTIAL in small)


def strongest(codes: Iterable[str]) -> str:
    """Return the code that counts among several of one observation."""
    every = list(codes)
    return next((code for code in STRONGEST_FIRST if code in every), every[0])


def _one(plain: str) -> Said | None:
    if len(plain) == 1 and plain in _SDMX:
        return Said(plain)
    word = plain.casefold()
    if word in _CONFIDENTIAL_WORDS:
        return Said("A", is_confidential=True)
    if code := _WORDS.get(word):
        return Said(code)
    if letters := read_letters(plain):
        return letters
    return Said(plain.upper()) if len(plain) == 1 and plain.upper() in _SDMX else None


def _joined(parts: list[Said | None]) -> Said | None:
    known = [part for part in parts if part is not None]
    if not known or len(known) < len(parts):
        return None
    code = "" if any(not part.code for part in known) else strongest(part.code for part in known)
    return Said(code, any(part.is_confidential for part in known))
