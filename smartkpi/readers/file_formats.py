"""Formats that hold no table which is read, known by how they begin."""

from __future__ import annotations

import codecs
import re

_BEGINNINGS = {
    b"%PDF-": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"\x1f\x8b": "gzip",
    b"7z\xbc\xaf": "7z",
    b"Rar!": "RAR",
    b"{\\rtf": "RTF",
    b"SQLite format 3\0": "SQLite",
    b"$FL2": "SPSS",
    b"<stata_dta>": "Stata",
    b"ARROW1": "Arrow",
}
_TEXTS = {
    "HTML": r"(?is)\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|table)\b",
    "XML": r"(?is)\s*<(?:\?xml|[a-z][\w.-]*(?::[\w.-]+)?[\s>/])",
    "PX": r"(?is)\s*(?:CHARSET|AXIS-VERSION|CODEPAGE|LANGUAGES?|MATRIX|SUBJECT-(?:CODE|AREA)|DECIMALS)\s*=\s*[^,;\n]*;",
    "JSON-stat": r'(?is)\s*\{(?=.*"(?:class"\s*:\s*"(?:dataset|collection|dimension)"|dataset"\s*:\s*\{))'
    r'(?=.*"(?:size|dimension|href|item)")',
    "SDMX-JSON": r'(?is)\s*\{(?=.*"(?:dataSets|structures?)"\s*:)(?=.*"(?:meta|header|dataSets)"\s*:)',
    "YAML": r"---\s*\n",
}
_LOOKED_AT = 4000


def other_format(content: bytes) -> str:
    """Return the name of the format that bytes begin as; empty where they may be a table.

    Examples
    --------
    >>> other_format(b"%PDF-1.7"), other_format(b'<?xml version="1.0"?><a/>'), other_format(b"indicator,year,value")
    ('PDF', 'XML', '')
    """
    for beginning, name in _BEGINNINGS.items():
        if content.startswith(beginning):
            return name
    text = content[:_LOOKED_AT].removeprefix(codecs.BOM_UTF8).decode("latin-1")
    return next((name for name, pattern in _TEXTS.items() if re.match(pattern, text)), "")
