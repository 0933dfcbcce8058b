"""A line as it was typed so far -> its words; and a word as bash has to type it for somebody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

# What follows a quote that is still open belongs to it.
_PIECE = re.compile(
    r"""(?s)\\(?P<escaped>.?)|'(?P<single>[^']*)(?P<single_end>'?)|"(?P<double>(?:\\.|[^"\\])*\\?)(?P<double_end>"?)"""
    r"""|(?P<plain>[^\s'"\\]+)|(?P<space>\s+)"""
)
_SPECIAL_IN_DOUBLE_QUOTES = re.compile(r'\\([$`"\\])')
_SPECIAL = re.compile(r"([^\w@%+=:,./-])")


class Word(NamedTuple):
    """A word of the line."""

    raw: str
    """As typed."""
    text: str
    """What the command gets of it; variables stay as they are."""
    quote: str = ""
    """The quotation mark that is still open at its end."""


def words(line: str) -> list[Word]:
    """Return the words of a line; the last one is where the cursor is, and empty after a space.

    Examples
    --------
    >>> [word.text for word in words("smartkpi status -k 'a b' --where are")]
    ['smartkpi', 'status', '-k', 'a b', '--where', 'are']
    >>> words("smartkpi ")[-1], words("smartkpi 'a b")[-1]
    (Word(raw='', text='', quote=''), Word(raw="'a b", text='a b', quote="'"))
    """
    found = [Word("", "")]
    for piece in _PIECE.finditer(line):
        if piece["space"] is None:
            found[-1] = Word(found[-1].raw + piece[0], found[-1].text + _text(piece), _open_quote(piece))
        elif found[-1].raw:
            found.append(Word("", ""))
    return found


def _text(piece: re.Match[str]) -> str:
    if piece["double"] is not None:
        return _SPECIAL_IN_DOUBLE_QUOTES.sub(r"\1", piece["double"])
    return next(text for name in ("escaped", "single", "plain") if (text := piece[name]) is not None)


def _open_quote(piece: re.Match[str]) -> str:
    is_open = "" in (piece["single_end"], piece["double_end"])
    return piece[0][0] if is_open else ""


def typed_for_bash(values: Sequence[str], word: Word, replaced: str) -> list[str]:
    r"""Return what bash is to put in the place of `replaced`, the end of `word` that it replaces.

    Bash puts in what it gets, as if somebody had typed it, and begins anew after ``=``, ``:`` and other marks.

    Examples
    --------
    >>> typed_for_bash(["--fields=indicator", "--fields=$x"], Word("--fields=i", "--fields=i"), "i")
    ['indicator', '\\$x']
    """
    kept = words(word.raw.removesuffix(replaced))[-1].text
    # Between double quotes nothing keeps an exclamation mark from calling up the history.
    possible = [value for value in values if word.quote != '"' or "!" not in value]
    return [_quoted(value[len(kept) :], word.quote) for value in possible]


def _quoted(value: str, quote: str) -> str:
    if quote == "'":
        return value.replace("'", r"'\''")
    if quote == '"':
        return re.sub(r'([$`"\\])', r"\\\1", value)
    return _SPECIAL.sub(r"\\\1", value)
