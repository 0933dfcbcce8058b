"""Which formats of an .xlsx show a number as it is: not as a percentage, and not as what Excel takes it for (General).

The part with the styles is searched as `smartkpi.readers.xlsxcells` searches the others.

References
----------
ECMA-376, Part 1: 18.8.10 cellXfs (a cell's style is a position in it), 18.8.30 numFmt with the list of those that have
no code in the file, 18.8.31 number format codes.
"""

from __future__ import annotations

import html
import re

_STYLES = re.compile(r"cellXfs\b")
_STYLE = re.compile(r"<(?:\w+:)?xf\s[^<>]*>")
_FORMAT = re.compile(r"<(?:\w+:)?numFmt\s[^<>]*>")
_ID = re.compile(r'\snumFmtId="(\d{1,6})"')
_CODE = re.compile(r'\sformatCode="([^"]*)"')
_BUILT_IN = frozenset((*range(1, 5), 11, *range(37, 45), 48))
"""Digits, thousands, scientific, accounting."""
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def plain(styles: bytes) -> frozenset[int]:
    """Return the styles of cells that show a number as it is.

    Parameters
    ----------
    styles
        The part ``xl/styles.xml``; empty if there is none.
    """
    text = styles.decode("utf-8", "replace")
    own = {_number(each): _is_plain(_code(each)) for each in _FORMAT.findall(text)}
    _, listed, *_ = [*_STYLES.split(text, maxsplit=2), ""]
    found = map(_number, _STYLE.findall(listed))
    return frozenset(position for position, number in enumerate(found) if own.get(number, number in _BUILT_IN))


def _number(element: str) -> int:
    found = _ID.search(element)
    return int(found[1]) if found else 0


def _code(element: str) -> str:
    found = _CODE.search(element)
    return html.unescape(found[1]) if found else ""


def _is_plain(code: str) -> bool:
    """Whether a format has places for digits, and no percent sign, be it one that only looks like it."""
    return "%" not in code and bool(re.search("[0#?]", _LITERAL.sub("", code)))
