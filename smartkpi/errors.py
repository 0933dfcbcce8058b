"""Errors, each with its place and how to fix it: those in data are raised together, wrong use stops at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self

from smartkpi import messages
from smartkpi.model.places import Cell
from smartkpi.model.reading import DECLARATIONS
from smartkpi.text import pattern, printable, shortened

MOST_FAULTS = 1000
"""Errors that are collected before reading stops: each costs time and memory, and nobody fixes more at a time."""


_OPTION = pattern(
    r"""(?<!\S)(?P<flag>--[a-z][a-z-]*|-k)
    (?P<value>\s?'[^']*'|「[^」]*」|\s(?:\{\w+\}|TEXT|文字|2022|all|datapackage|end|month|roc|start|utf-16|[.,](?!\S)))?""",
    re.VERBOSE,
)
"""An option of the command line in a message, and the value it has there."""
_OTHER_NAMES = {"-k": "indicators", "--indicator": "indicators", "--output": "path", "--from": "from_"}
_SWITCHES = {"--force", "--strict", "--summarise", *(each.flag for each in DECLARATIONS if each.kind == "flag")}
_OF_FILES = {each.flag.split()[0] for each in DECLARATIONS} - {"--where", "--units-from-plan"}
"""Options that only `read_actuals` has in Python."""
_ARGUMENTS: Mapping[str, str] = {
    "no_dimensions": "by",
    "not_an_interval": "interval",
    "unknown_dimension": "by",
    "unknown_encoding": "encoding",
    "unknown_field": "sort",
    "unknown_level": "level",
    "unknown_owner": "owner",
    "unknown_rule": "rule",
    "unknown_status": "fail_on",
}
"""Arguments of Python that are wrong, by the key of an error that does not name them."""


def _argument(flag: str) -> str:
    return _OTHER_NAMES.get(flag, flag.removeprefix("--").replace("-", "_"))


def _in_python(text: str) -> str:
    """Return the text of a message with arguments of Python instead of options of the command line.

    Examples
    --------
    >>> _in_python("if it is, add --accounting"), _in_python("run it with --data, or --level all")
    ('if it is, add read_actuals(accounting=True)', 'run it with data=, or level="all"')
    """

    def argument(option: re.Match[str]) -> str:
        flag, value = option["flag"], (option["value"] or "").strip(" '「」")
        if flag in _SWITCHES:
            value = "True"
        elif value and value not in ("TEXT", "文字", "2022"):
            value = f'"{value}"'
        found = f"{_argument(flag)}={value}"
        return f"read_actuals({found})" if flag in _OF_FILES else found

    return _OPTION.sub(argument, text)


class Word(str):
    """Key of a label; messages contain the label itself, in the reader's language."""

    __slots__ = ()


def place_of(file: str, line: int | None) -> str:
    """Return where something is: ``file:line``, or ``file[sheet]!cell`` in a workbook.

    Examples
    --------
    >>> place_of("a.csv", 6), place_of("a.xlsx[總體指標]", Cell(6, 7))
    ('a.csv:6', 'a.xlsx[總體指標]!H6')
    """
    return printable(file) + (f"!{line}" if isinstance(line, Cell) else f":{line}" if line else "")


class Fault:
    """One error or remark: its place, what was found, what was expected, and how to fix it.

    Parameters
    ----------
    key
        Entry of the catalogue ``messages.*_errors.ERRORS`` that holds the message and its cure.
    file, line
        Place in a file, as the user named it; the line counts from 1, and is a `Cell` in a workbook.
    details
        Named values of the message; text is shortened and made printable, a `Word` is written in the reader's language.
    """

    def __init__(self, key: str, /, file: str | None = None, line: int | None = None, **details: Any) -> None:
        self.key = key
        self.file = file
        self.line = line
        self.details = {name: _shown(value) for name, value in details.items()}

    @property
    def place(self) -> str:
        """Where it is, as `place_of` shows it; empty where the error has no place."""
        return "" if self.file is None else place_of(self.file, self.line)

    def text(self, lang: str = "en", *, python: bool = False) -> str:
        """Return what was found and expected, without the place, on one line.

        Parameters
        ----------
        lang
            Language of the words.
        python
            Whether it names arguments of Python instead of options of the command line.
        """
        return self._filled_in(messages.error(self.key, lang)[0], lang, python)

    def message(self, lang: str = "en", *, python: bool = False) -> str:
        """Return the place, or in Python the argument, and what was found and expected, on one line."""
        text = self.text(lang, python=python)
        place = self.place
        if python:
            place = re.sub("^--(?=assume )", "", place) or _ARGUMENTS.get(self.key, "")
        return f"{place}: {text}" if place else text

    def cure(self, lang: str = "en", *, python: bool = False) -> str:
        """Return how to fix it, on one line."""
        return self._filled_in(messages.error(self.key, lang)[1], lang, python)

    def _filled_in(self, text: str, lang: str, python: bool) -> str:
        details = {
            name: messages.label(value, lang) if isinstance(value, Word) else value
            for name, value in self.details.items()
        }
        if not python:
            return text.format(**details)
        if "option" in details:
            details["option"] = _argument(details["option"])
        return _in_python(text).format(**details)

    def __repr__(self) -> str:
        return f"Fault({self.message()!r})"


def _shown(value: Any) -> Any:
    return shortened(value, 120) if isinstance(value, str) and not isinstance(value, Word) else value


class SmartkpiError(Exception):
    """Base of the errors that the command line turns into a message and an exit code; `str` is for Python."""

    exit_code = 3
    """With which the command line ends."""

    def __init__(self, faults: Fault | Iterable[Fault]) -> None:
        self.faults: Sequence[Fault] = [faults] if isinstance(faults, Fault) else sorted(faults, key=_order)
        super().__init__(self.faults)

    def __str__(self) -> str:
        return "\n".join(f"{each.message(python=True)}; {each.cure(python=True)}" for each in self.faults)


class DataError(SmartkpiError):
    """The input has errors; `faults` has all of them, sorted by file and line."""


class TooManyFaultsError(DataError):
    """Reading stopped after `MOST_FAULTS` errors; the last of `faults` says so."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        super().__init__(faults)
        self.faults = [*self.faults, Fault("more_faults", number=len(self.faults))]


class TooLargeError(DataError):
    """The input does not fit into the memory that may be used."""


class Faults(list[Fault]):
    """Errors of the input, collected one after the other.

    Raises
    ------
    TooManyFaultsError
        By all that adds to the list, once it holds `MOST_FAULTS`.
    """

    def append(self, fault: Fault, /) -> None:
        """Add an error."""
        super().append(fault)
        if len(self) >= MOST_FAULTS:
            raise TooManyFaultsError(self)

    def extend(self, faults: Iterable[Fault], /) -> None:
        """Add errors one by one, so that no more are made than are collected."""
        for fault in faults:
            self.append(fault)

    def __iadd__(self, faults: Iterable[Fault], /) -> Self:  # type: ignore[override,misc]
        self.extend(faults)
        return self


class OutputError(SmartkpiError):
    """The result could not be written."""


class UsageError(SmartkpiError, ValueError):
    """The command or function was called wrongly; a ValueError as well."""

    exit_code = 2


def _order(fault: Fault) -> tuple[str, int]:
    return fault.file or "", fault.line or 0
