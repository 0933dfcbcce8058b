"""Multiples in a column of their own: `Thousands`, `百萬`, `1,000`, `6` for millions.

References
----------
SDMX code list CL_UNIT_MULT: powers of ten.
"""

from __future__ import annotations

import re
from typing import Final

from smartkpi.text import HALF_WIDTH

_WORDS: Final = {
    word: power
    for power, words in {
        0: "|unit|units|unit(s)|one|ones|個|元|一",
        1: "ten|tens|十",
        2: "hundred|hundreds|百",
        3: "thousand|thousands|000s|000|'000|'000s|000's|千",
        4: "ten thousand|ten thousands|萬",
        5: "hundred thousand|hundred thousands|十萬",
        6: "million|millions|百萬",
        7: "ten million|ten millions|千萬",
        8: "hundred million|hundred millions|億",
        9: "billion|billions|十億",
        10: "ten billion|ten billions|百億",
        11: "hundred billion|hundred billions|千億",
        12: "trillion|trillions|兆",
    }.items()
    for word in words.split("|")
}
_MOST = 30


def _in_english(text: str) -> str:
    from smartkpi.quantities.unit_translation import in_english

    return in_english(text)


def read_multiplier(text: str, is_code: bool = True) -> int | None:
    """Return the power of ten that a cell says, None if it is none, or may be two.

    Parameters
    ----------
    text
        A word, a power of ten in figures, or its exponent.
    is_code
        Whether the column is SDMX's, in which ``1`` and ``10`` are exponents.

    Examples
    --------
    >>> read_multiplier("Thousands"), read_multiplier("1,000,000"), read_multiplier("6"), read_multiplier("Dozens")
    (3, 6, 6, None)
    >>> read_multiplier("10", is_code=False) is None
    True
    """
    plain = " ".join(text.translate(HALF_WIDTH).casefold().split())
    word = plain if plain in _WORDS or not plain[:1].isalpha() else _in_english(plain)
    if word in _WORDS:
        return _WORDS[word]
    figures = plain.replace(",", "").removesuffix(".0")
    if exponent := re.fullmatch(r"(?a)(?:1e|10\^)([+-]?\d{1,2})", figures):
        return int(exponent[1])
    if re.fullmatch(r"(?a)10{2,30}", figures):
        return len(figures) - 1
    if re.fullmatch(r"(?a)0\.0{0,29}1", figures):
        return 2 - len(figures)
    if not re.fullmatch(r"(?a)-?\d{1,2}", figures) or abs(int(figures)) > _MOST:
        return None
    return None if not is_code and figures in ("1", "10") else int(figures)
