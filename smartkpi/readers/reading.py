"""Options of reading, as the command line and Python have them -> `ReadingOptions`; what cannot be meant is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from smartkpi.errors import Fault, UsageError
from smartkpi.model.reading import DECLARATIONS, Declaration, ReadingOptions
from smartkpi.readers import arguments
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
        name, equals, _ = condition.partition("=")
        if not equals or not name.strip():
            raise UsageError(Fault("not_in_words", option="--where", found=condition, example="area=花蓮縣"))
    return options


def _value(declared: Declaration, value: Any) -> Any:
    name = declared.name
    if declared.kind == "texts":
        return arguments.conditions(value) if name == "where" else arguments.texts(value, name)
    if declared.kind == "flag":
        return arguments.switch(value, name)
    if declared.kind == "whole number":
        return arguments.count(value, name, 0)
    found = arguments.text_if_any(value, name)
    if declared.choices and found not in (None, *declared.choices):
        option, example = declared.flag.split()[0], " | ".join(declared.choices)
        raise UsageError(Fault("not_in_words", option=option, found=found, example=example))
    return found
