"""Arguments of Python functions as the command line has them; one of another kind is an error that names it."""

from __future__ import annotations

import math
import operator
import os
from collections.abc import Iterable, Mapping

import numpy as np

from smartkpi import messages
from smartkpi.errors import DataError, Fault, UsageError
from smartkpi.model import FIRST_YEAR, LAST_YEAR, Plan


def path(value: object, name: str) -> str:
    """Return a path as text."""
    if not isinstance(value, (str, os.PathLike)) or not isinstance(found := os.fspath(value), str):
        raise _wrong(value, name, "a path")
    if not _is_name(found):
        raise DataError([Fault("no_such_file", found)])
    if not found:
        raise _not_understood(name, found, "folder/file.csv")
    return found


def path_if_any(value: object, name: str) -> str | None:
    """Return a path as text, None where there is none."""
    return None if value is None else path(value, name)


def _is_name(path: str) -> bool:
    """Whether a system can have a file of this name: it is no text with NUL in it, or half of a character."""
    try:
        return b"\0" not in os.fsencode(path)
    except UnicodeEncodeError:
        return False


def paths(value: object, name: str) -> tuple[str, ...]:
    """Return one path or several as texts."""
    if isinstance(value, (str, os.PathLike)):
        return (path(value, name),)
    several = _several(value, name, "a path, a list of paths or a DataFrame" if name == "actuals" else "paths")
    if not several:
        raise _not_understood(name, "[]", "folder/file.csv")
    return tuple(path(each, name) for each in several)


def text(value: object, name: str) -> str:
    """Return a text."""
    if isinstance(value, str):
        return str(value)
    raise _wrong(value, name, "a text")


def text_if_any(value: object, name: str) -> str | None:
    """Return a text, None where there is none."""
    return None if value is None else text(value, name)


def texts(value: object, name: str) -> tuple[str, ...]:
    """Return one text or several."""
    several = [value] if isinstance(value, str) else _several(value, name, "a text or a list of texts")
    return tuple(text(each, name) for each in several)


def conditions(value: object, name: str = "where") -> tuple[str, ...]:
    """Return conditions as ``dimension=value``; a mapping has a value, or a list of them, by dimension."""
    if not isinstance(value, Mapping):
        return texts(value, name)
    return tuple(f"{text(key, name)}={each}" for key, values in value.items() for each in texts(values, name))


def year(value: object, name: str) -> int | None:
    """Return a year, None where there is none."""
    return _whole(value, name, FIRST_YEAR, LAST_YEAR, "2022")


def years(value: object, name: str) -> list[int | None]:
    """Return a year, or those of a range in their order."""
    if not isinstance(value, range):
        return [year(value, name)]
    if not value or value.step < 0:
        raise _not_understood(name, str(value), "range(2020, 2023)")
    year(value[0], name), year(value[-1], name)
    return list(value)


def count(value: object, name: str, least: int = 1) -> int | None:
    """Return a whole number that is not too small, None where there is none."""
    return _whole(value, name, least, 1 << 62, "10")


def number(value: object, name: str) -> float:
    """Return a number."""
    try:
        if not isinstance(value, (str, bytes, bool, np.bool_)):
            return float(value)  # type: ignore[arg-type]
    except OverflowError:
        return math.inf
    except (TypeError, ValueError):
        pass
    raise _wrong(value, name, "a number")


def switch(value: object, name: str) -> bool:
    """Return whether something is to be so."""
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    raise _wrong(value, name, "True or False")


def plan(value: object) -> Plan:
    """Return a plan."""
    if isinstance(value, Plan):
        return value
    raise _wrong(value, "plan", "a Plan, as read_plan returns it")


def language(value: object, default: str | None = None) -> str:
    """Return a language; where none is named the default, or that of the environment as the command line does.

    Raises
    ------
    UsageError
        If there is no such language.
    """
    if value is None:
        return default or messages.choose(os.environ)
    if (found := text(value, "lang")) not in messages.LANGUAGES:
        raise _not_understood("lang", found, " | ".join(messages.LANGUAGES))
    return found


def _whole(value: object, name: str, least: int, most: int, example: str) -> int | None:
    """Return a whole number, of any type that has them."""
    if value is None:
        return None
    try:
        found = None if isinstance(value, (bool, np.bool_)) else operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        found = None
    if found is None:
        raise _wrong(value, name, "a whole number")
    if not least <= found <= most:
        # Python refuses to write very long numbers in decimal digits.
        raise _not_understood(name, f"{found:#x}" if found.bit_length() > 64 else str(found), example)
    return found


def _several(value: object, name: str, expected: str) -> list[object]:
    if not isinstance(value, Iterable) or isinstance(value, (bytes, Mapping)) or hasattr(type(value), "columns"):
        raise _wrong(value, name, expected)
    return list(value)


def _not_understood(name: str, found: str, example: str) -> UsageError:
    return UsageError(Fault("not_in_words", option=name, found=found, example=example))


def _wrong(value: object, name: str, expected: str) -> TypeError:
    return TypeError(f"{name} must be {expected}, not {type(value).__name__}")
