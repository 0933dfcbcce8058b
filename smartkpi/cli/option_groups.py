"""Options as a command gets them: groups as one parameter each, years as numbers."""

from __future__ import annotations

import dataclasses
import functools
import inspect
import os
import re
import time
from collections.abc import Callable
from typing import Any, get_type_hints

from smartkpi.cli.options import READING
from smartkpi.errors import Fault, UsageError
from smartkpi.model import FIRST_YEAR, LAST_YEAR

_MOST_MEMORY = 4_000_000_000
_MOST_YEARS = 100
"""Of a range; each year has a row for every series."""


def spread(command: Callable[..., None]) -> Callable[..., None]:
    """Turn each parameter that is a dataclass of options into those options.

    Typer reads the signature of a function; the one returned has an option for each field of the dataclasses and
    calls the command with the dataclasses filled in.
    """
    hints = get_type_hints(command, include_extras=True)
    groups: dict[str, Any] = {name: hint for name, hint in hints.items() if dataclasses.is_dataclass(hint)}

    @functools.wraps(command)
    def call(**values: Any) -> None:
        for name, group in groups.items():
            values[name] = group(**{field.name: values.pop(field.name) for field in dataclasses.fields(group)})
        command(**values)

    parameters = [
        option
        for name, parameter in inspect.signature(command).parameters.items()
        for option in (_options(groups[name]) if name in groups else [_option(name, parameter.default, hints[name])])
    ]
    # Panels of the help come in the order of their first options.
    parameters.sort(key=_is_of_reading)
    call.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    call.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return call


def _is_of_reading(parameter: inspect.Parameter) -> bool:
    declared = getattr(parameter.annotation, "__metadata__", ())
    return any(getattr(each, "rich_help_panel", None) == READING for each in declared)


def _options(group: Any) -> list[inspect.Parameter]:
    hints = get_type_hints(group, include_extras=True)
    return [_option(field.name, _default(field), hints[field.name]) for field in dataclasses.fields(group)]


def _default(field: dataclasses.Field[Any]) -> Any:
    return field.default if field.default_factory is dataclasses.MISSING else field.default_factory()


def _option(name: str, default: Any, hint: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=hint)


def parse_year(text: str | None, option: str = "--year") -> int | None:
    """Return the year that an option names.

    Raises
    ------
    UsageError
        If it is not a year.
    """
    if text is None:
        return None
    if (year := _year(text)) is None:
        raise UsageError(Fault("not_in_words", option=option, found=text, example="2022"))
    return year


def parse_years(text: str | None) -> int | range | None:
    """Return the year that ``--year`` names, or all of a range such as ``2021..2025``.

    Raises
    ------
    UsageError
        If it is neither; if a range is open, runs backwards or has more than 100 years.
    """
    first, separator, last = (text or "").partition("..")
    if text is None or not separator:
        return parse_year(text)
    start, end = _year(first), _year(last)
    if start is None or end is None or not 0 <= end - start < _MOST_YEARS:
        raise UsageError(Fault("not_in_words", option="--year", found=text, example="2022 | 2021..2025"))
    return range(start, end + 1)


def parse_size(text: str | None) -> int:
    """Return how many bytes ``--memory-limit`` names; half of the machine's memory if it is not given, at most 4 GB.

    Raises
    ------
    UsageError
        If it is not a size.
    """
    if text is None:
        return min(_machine_memory() // 2, _MOST_MEMORY)
    found = re.fullmatch(r"(\d{1,15})(?:\.(\d{1,3}))? ?([KMGT]?)(i?)B?", text, re.ASCII | re.IGNORECASE)
    number = found and float(f"{found[1]}.{found[2] or 0}")
    if not found or not number:
        raise UsageError(Fault("not_in_words", option="--memory-limit", found=text, example="2GB | 500MB"))
    return int(number * (1024 if found[4] else 1000) ** " KMGT".index(found[3].upper() or " "))


def _machine_memory() -> int:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):  # not every system has it
        return 2 * _MOST_MEMORY


def this_year() -> int:
    """Return the year of the user's own calendar."""
    return time.localtime().tm_year


def oldest_year(max_age: int | None, year: int | None) -> int | None:
    """Return the year before which an observation is too old, counted from a year, else from this calendar year."""
    if max_age is None:
        return None
    last = this_year() if year is None else year
    return last - min(max_age, last)  # a number of hundreds of digits is no year of numpy's


def is_year(text: str) -> bool:
    """Whether a text is a year, in four digits."""
    return text.isascii() and text.isdigit() and len(text) == 4 and FIRST_YEAR <= int(text) <= LAST_YEAR


def _year(text: str) -> int | None:
    return int(text) if is_year(text) else None
