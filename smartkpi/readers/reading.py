"""Options of reading, as the command line and Python have them -> `ReadingOptions`; what cannot be meant is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from smartkpi.errors import Fault, UsageError
from smartkpi.model.reading import DECLARATIONS, Declaration, ReadingOptions
from smartkpi.readers.files import check_encoding


def reading_options(said: Mapping[str, Any]) -> ReadingOptions:
    """Return what is said of files of actuals.

    Parameters
    ----------
    said
        Values of the options by name; one text stands for a list of one.

    Raises
    ------
    UsageError
        If an option has a value that it cannot have.
    TypeError
        If there is no such option, or a value is of another type.
    """
    declared = {each.name: each for each in DECLARATIONS}
    if unknown := [name for name in said if name not in declared]:
        raise TypeError(f"there is no option {unknown[0]!r} of reading; there are: {', '.join(declared)}")
    options = ReadingOptions(**{name: _value(declared[name], value) for name, value in said.items()})
    check_encoding(options.encoding)
    for condition in options.where:
        if "=" not in condition:
            raise UsageError(Fault("not_in_words", option="--where", found=condition, example="area=花蓮縣"))
    return options


def _value(declared: Declaration, value: Any) -> Any:
    if declared.kind == "texts":
        every = (value,) if isinstance(value, str) else tuple(value)
        if not all(isinstance(each, str) for each in every):
            raise TypeError(f"{declared.name} must be texts, not {value!r}")
        return every
    wanted = {"text": str, "flag": bool, "whole number": int}[declared.kind]
    if value is not None and (not isinstance(value, wanted) or (wanted is int and isinstance(value, bool))):
        raise TypeError(f"{declared.name} must be of type {wanted.__name__}, not {value!r}")
    if declared.choices and value not in (None, *declared.choices):
        option, example = declared.flag.split()[0], " | ".join(declared.choices)
        raise UsageError(Fault("not_in_words", option=option, found=value, example=example))
    return bool(value) if declared.kind == "flag" else value
