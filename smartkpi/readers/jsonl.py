"""JSON lines -> a table: one object per line with the columns of the tidy format as keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from smartkpi.errors import Fault, Word
from smartkpi.readers.csv import Facts, Row, Sheet
from smartkpi.readers.csv import sheet as sheet_of

MOST_KEYS = 1000
"""Of all objects together; each is a column."""
_OF_NUMBER = Facts(has_point=True)


def looks_like(text: str) -> bool:
    """Whether a text begins as an object, or a list of them, does."""
    start = text[:1000].lstrip()
    return start.startswith("{") or (start.startswith("[") and start[1:].lstrip()[:1] in ("{", "]"))


def read(text: str, file: str, faults: list[Fault]) -> Sheet | None:
    """Read objects, one after the other or in a list, into a table whose header is all their keys.

    Parameters
    ----------
    text
        Of the file.
    file
        Its name in messages.
    faults
        What is no JSON, and values that are lists, objects or true and false, are added here.

    Returns
    -------
    Sheet or None
        Numbers as they are written; null is an empty cell. None where there is no object.
    """
    objects = list(_objects(text, file, faults))
    names = list(dict.fromkeys(name for _, each in objects for name in each))
    if len(names) > MOST_KEYS:
        faults.append(Fault("json_keys", file, found=len(names), most=MOST_KEYS))
        return None
    rows = [
        Row(
            line,
            [_cell(each.get(name), name, file, line, faults) for name in names],
            {place: _OF_NUMBER for place, name in enumerate(names) if isinstance(each.get(name), _Number)},
        )
        for line, each in objects
    ]
    return sheet_of(file, [Row(1, names), *rows] if names else [], faults)


def _objects(text: str, file: str, faults: list[Fault]) -> Iterator[tuple[int, dict[str, Any]]]:
    import json

    decoder = json.JSONDecoder(parse_float=_Number, parse_int=_Number, parse_constant=_Number, object_pairs_hook=_Pairs)
    position, line, counted = 0, 1, 0
    while (position := _next(text, position)) < len(text):
        line, counted = line + text.count("\n", counted, position), position
        try:
            found, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            problem = getattr(error, "msg", None) or str(error)
            faults.append(Fault("json_syntax", file, line, problem=problem))
            return
        if not isinstance(found, _Pairs):
            faults.append(Fault("json_no_object", file, line))
            return
        yield line, _unique(found, file, line, faults)


class _Number(str):
    """A number as written."""

    __slots__ = ()


class _Pairs(list[tuple[str, Any]]):
    """An object as written, with keys that stand twice."""


def _unique(pairs: _Pairs, file: str, line: int, faults: list[Fault]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            faults.append(Fault("repeated_column", file, line, name=name))
        found[name] = value
    return found


def _next(text: str, position: int) -> int:
    """Skip what stands between objects: white space, and the marks of a list."""
    while position < len(text) and (text[position].isspace() or text[position] in ",[]"):
        position += 1
    return position


def _cell(value: Any, name: str, file: str, line: int, faults: list[Fault]) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return str(value)
    kind = "json_flag" if isinstance(value, bool) else "json_nested"
    faults.append(Fault("json_value", file, line, name=name, kind=Word(kind)))
    return ""
