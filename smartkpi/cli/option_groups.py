"""Options declared once as fields of a class, and spread over each command that takes the class."""

from __future__ import annotations

import dataclasses
import functools
import inspect
from collections.abc import Callable
from typing import Any, get_type_hints

_KEYWORD = inspect.Parameter.KEYWORD_ONLY


def spread(command: Callable[..., None]) -> Callable[..., None]:
    """Turn each parameter that is a dataclass of options into those options.

    Typer reads the signature of a function; the one returned has an option for each field of the dataclasses and
    calls the command with the dataclasses filled in.
    """
    hints = get_type_hints(command, include_extras=True)
    groups = {name: hint for name, hint in hints.items() if dataclasses.is_dataclass(hint)}

    @functools.wraps(command)
    def called(**values: Any) -> None:
        for name, group in groups.items():
            fields = [each.name for each in dataclasses.fields(group)]
            values[name] = group(**{each: values.pop(each) for each in fields})  # type: ignore[operator]
        command(**values)

    parameters = [
        parameter
        for name, own in inspect.signature(command).parameters.items()
        for parameter in (
            _fields(groups[name]) if name in groups else [own.replace(annotation=hints[name], kind=_KEYWORD)]
        )
    ]
    called.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    called.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return called


def _fields(group: Any) -> list[inspect.Parameter]:
    hints = get_type_hints(group, include_extras=True)
    return [
        inspect.Parameter(each.name, _KEYWORD, default=_default(each), annotation=hints[each.name])
        for each in dataclasses.fields(group)
    ]


def _default(field: dataclasses.Field[Any]) -> Any:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default
