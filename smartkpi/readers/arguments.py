"""Arguments of Python functions as the command line has them; one of another kind is an error that names it."""

from __future__ import annotations

import operator
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeGuard

from smartkpi import messages
from smartkpi.errors import Fault, UsageError
from smartkpi.readers import dataset
from smartkpi.readers.dataset import Dataset, Inputs
from smartkpi.readers.reading import reading_options

if TYPE_CHECKING:
    import pandas as pd

PathLike = str | os.PathLike[str]


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
        return found
    raise _wrong(value, name, "a path")


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
    """Return a year, or another whole number, of any type that has them."""
    if value is None:
        return None
    try:
        return operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        raise _wrong(value, name, "a whole number") from None


def count(value: object, name: str) -> int | None:
    """Return a whole number from 1 on."""
    found = year(value, name)
    if found is not None and found < 1:
        raise UsageError(Fault("not_in_words", option=name, found=str(found), example="10"))
    return found


def number(value: object, name: str) -> float:
    """Return a number."""
    try:
        if not isinstance(value, (str, bytes, bool)):
            return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        pass
    raise _wrong(value, name, "a number")


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
