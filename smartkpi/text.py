"""Text from files: half width, safe for a terminal and for spreadsheets, and the known name that is closest to it."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, cast

# Cc and Cf hold escape sequences and the marks that turn the direction of text (Trojan Source, CVE-2021-42574);
# Zl and Zp break lines; Cs and Co cannot be shown.
_UNSAFE = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs", "Co"})
# Joiners shape letters of several scripts and emoji, and change nothing else.
_JOINERS = "\u200c\u200d"

HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
"""For `str.translate`: full-width ASCII and the wide space to ASCII, one by one, as NFKC would turn m² into m2."""

# Characters that begin a formula in a spreadsheet (OWASP, CSV injection).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_GUARD = "'"


class _Uncompiled:
    """A regular expression that is compiled when a method of it is first asked for."""

    def __init__(self, expression: str, flags: int) -> None:
        self._source = expression, flags

    def __getattr__(self, name: str) -> Any:
        value = getattr(re.compile(*self._source), name)
        setattr(self, name, value)  # so that the next time costs nothing more than a method of the pattern
        return value


def pattern(expression: str, flags: int = 0) -> re.Pattern[str]:
    """Return a regular expression for use by its methods; most runs need few of those that the modules declare."""
    return cast("re.Pattern[str]", _Uncompiled(expression, flags))


def guarded(text: str) -> str:
    """Return the text with an apostrophe before it where a spreadsheet would run it.

    Examples
    --------
    >>> guarded("=1+1"), unguarded("'=1+1"), unguarded("'quoted'")
    ("'=1+1", '=1+1', "'quoted'")
    """
    return _GUARD + text if text.startswith(_FORMULA_STARTS) else text


def unguarded(text: str) -> str:
    """Return the text without the apostrophe that `guarded` put before it, so that what was written reads back."""
    return text[1:] if text.startswith(_GUARD) and text[1:].startswith(_FORMULA_STARTS) else text


def printable(text: str) -> str:
    r"""Return the text on one line, with each control or direction mark written as an escape.

    Examples
    --------
    >>> printable("red \x1b[31m")
    'red \\x1b[31m'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_escaped(char) if _unsafe(char) else char for char in text)


def _unsafe(char: str) -> bool:
    # The last two of each plane are not characters, and XML holds none of the first plane's (U+FFFE, U+FFFF).
    return (unicodedata.category(char) in _UNSAFE and char not in _JOINERS) or ord(char) & 0xFFFE == 0xFFFE


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def shortened(text: str, most: int = 60) -> str:
    """Return the text made printable and cut to `most` characters, with the cut marked."""
    text = printable(text[: most + 1])
    return text if len(text) <= most else text[: most - 1] + "…"


_MOST_COMPARED = 100
_LONGEST_COMPARED = 60


def nearest(text: str, names: Iterable[str], cutoff: float = 0.6) -> str:
    """Return the name that is spelled most like `text`, empty if none is.

    Parameters
    ----------
    text
        What was found; its first 60 characters are looked at, without regard to case.
    names
        What there is. Of more than 100 names only those are compared that begin or end with the same two characters.
    cutoff
        Similarity from 0 to 1 that counts as spelled alike, as in `difflib`.

    Examples
    --------
    >>> nearest("conut", ["person", "count"])
    'count'
    """
    from difflib import get_close_matches

    text = text[:_LONGEST_COMPARED].casefold()
    known = tuple(names)
    if len(known) > _MOST_COMPARED:
        ends = _by_ends(known)
        begin, end = ends.get((text[:2], 0), []), ends.get((text[-2:], -1), [])
        known = (*begin[:_MOST_COMPARED], *end[:_MOST_COMPARED])
    folded = {name[: 2 * _LONGEST_COMPARED].casefold(): name for name in reversed(known)}
    near = get_close_matches(text, folded, n=1, cutoff=cutoff)
    return folded[near[0]] if near else ""


@lru_cache(maxsize=8)
def _by_ends(names: tuple[str, ...]) -> Mapping[tuple[str, int], list[str]]:
    found: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for name in names:
        folded = name.casefold()
        found[folded[:2], 0].append(name)
        found[folded[-2:], -1].append(name)
    return found
