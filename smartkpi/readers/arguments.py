"""Arguments of Python functions as the command line has them; one of another kind is an error that names it."""

from __future__ import annotations

import math
import operator
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeGuard

from smartkpi import messages
from smartkpi.errors import DataError, Fault, UsageError
from smartkpi.model import FIRST_YEAR, LAST_YEAR, Plan
from smartkpi.readers import dataset
from smartkpi.readers.dataset import Dataset, Inputs
from smartkpi.readers.reading import reading_options

if TYPE_CHECKING:
    import pandas as pd

PathLike = str | os.PathLike[str]
_MOST = 1 << 62
"""Of whole numbers that count something."""


def load(
    data: PathLike | None,
    targets: PathLike | None,
    actuals: PathLike | Sequence[PathLike] | pd.DataFrame | None,
    assume: str | Sequence[str],
    where: object,
    units_from_plan: bool,
) -> Dataset:
    """Read plan and actuals, from files or from a frame."""
    frame = actuals if _is_frame(actuals) else None
    inputs = Inputs(
        data=path(data, "data"),
        targets=path(targets, "targets"),
        actuals=() if frame is not None or actuals is None else paths(actuals, "actuals"),
        reading=reading_options({"where": conditions(where), "units_from_plan": units_from_plan}),
        assume=texts(assume, "assume"),
    )
    return dataset.load(inputs) if frame is None else dataset.load_frame(frame, inputs, units_from_plan)


def _is_frame(value: object) -> TypeGuard[pd.DataFrame]:
    return hasattr(value, "columns") and not isinstance(value, Mapping)


def path(value: object, name: str) -> str | None:
    """Return a path as text."""
    if value is None:
        return None
    if isinstance(value, (str, os.PathLike)) and isinstance(found := os.fspath(value), str):
        if not _is_name(found):
            raise DataError([Fault("no_such_file", found)])
        return found
    raise _wrong(value, name, "a path")


def _is_name(path: str) -> bool:
    """Whether a system can have a file of this name: it is no text with NUL in it, or half of a character."""
    try:
        return b"\0" not in os.fsencode(path)
    except UnicodeEncodeError:
        return False


def paths(value: object, name: str) -> tuple[str, ...]:
    """Return one path or several as texts."""
    several = [value] if isinstance(value, (str, os.PathLike)) else value
    if not isinstance(several, Iterable) or isinstance(several, (bytes, Mapping)):
        raise _wrong(value, name, "a path, a list of paths or a DataFrame" if name == "actuals" else "paths")
    return tuple(found for each in several if (found := path(each, name)) is not None)


def text(value: object, name: str) -> str:
    """Return a text."""
    if isinstance(value, str):
        return str(value)
    raise _wrong(value, name, "a text")


def texts(value: object, name: str) -> tuple[str, ...]:
    """Return one text or several."""
    several = [value] if isinstance(value, str) else value
    if not isinstance(several, Iterable) or isinstance(several, (bytes, Mapping)):
        raise _wrong(value, name, "a text or a list of texts")
    return tuple(text(each, name) for each in several)


def conditions(value: object, name: str = "where") -> tuple[str, ...]:
    """Return conditions as ``dimension=value``; a mapping has a value, or a list of them, by dimension."""
    if not isinstance(value, Mapping):
        return texts(value, name)
    return tuple(f"{text(key, name)}={each}" for key, values in value.items() for each in texts(values, name))


def year(value: object, name: str) -> int | None:
    """Return a year, of any type that has whole numbers."""
    return _whole(value, name, FIRST_YEAR, LAST_YEAR, "2022")


def years(value: object, name: str) -> list[int | None]:
    """Return the years of a range, or the one year."""
    if not isinstance(value, range):
        return [year(value, name)]
    if not value:
        raise UsageError(Fault("not_in_words", option=name, found=str(value), example="range(2021, 2026)"))
    return [year(each, name) for each in value]


def count(value: object, name: str, least: int = 1) -> int | None:
    """Return a whole number from the least on."""
    return _whole(value, name, least, _MOST, "10")


def _whole(value: object, name: str, least: int, most: int, example: str) -> int | None:
    if value is None:
        return None
    try:
        found = operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        raise _wrong(value, name, "a whole number") from None
    if not least <= found <= most:
        # Python writes no more than some thousand digits.
        shown = str(found) if abs(found) <= _MOST else f"{found:#x}"
        raise UsageError(Fault("not_in_words", option=name, found=shown, example=example))
    return found


def number(value: object, name: str) -> float:
    """Return a number."""
    try:
        if not isinstance(value, (str, bytes, bool)):
            return float(value)  # type: ignore[arg-type]
    except OverflowError:
        return math.inf
    except (TypeError, ValueError):
        pass
    raise _wrong(value, name, "a number")


def plan(value: object) -> Plan:
    """Return a plan."""
    if isinstance(value, Plan):
        return value
    raise _wrong(value, "plan", "a plan, as read_plan returns it")


def rule(value: object) -> str | None:
    """Return the name of a rule."""
    return None if value is None else text(value, "rule")


def language(value: object) -> str:
    """Return a language; where none is named that of the environment, as the command line does.

    Raises
    ------
    UsageError
        If there is no such language.
    """
    if value is None:
        return messages.choose(os.environ)
    if (found := text(value, "lang")) not in messages.LANGUAGES:
        raise UsageError(Fault("not_in_words", option="lang", found=found, example=" | ".join(messages.LANGUAGES)))
    return found


def _wrong(value: object, name: str, expected: str) -> TypeError:
    kind: Any = type(value)
    return TypeError(f"{name} must be {expected}, not {kind.__name__}")
