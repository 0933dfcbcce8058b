"""Errors, each with its place and how to fix it: those in data are raised together, wrong use stops at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Self

from smartkpi import messages
from smartkpi.model.places import Cell
from smartkpi.text import printable, shortened

MOST_FAULTS = 1000
"""Errors that are collected before reading stops: each costs time and memory, and nobody fixes more at a time."""


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

    def text(self, lang: str = "en") -> str:
        """Return what was found and expected, without the place, on one line."""
        return messages.error(self.key, lang)[0].format(**self._details(lang))

    def message(self, lang: str = "en") -> str:
        """Return the place and what was found and expected, on one line."""
        text = self.text(lang)
        return f"{self.place}: {text}" if self.place else text

    def cure(self, lang: str = "en") -> str:
        """Return how to fix it, on one line."""
        return messages.error(self.key, lang)[1].format(**self._details(lang))

    def _details(self, lang: str) -> dict[str, Any]:
        return {
            name: messages.label(value, lang) if isinstance(value, Word) else value
            for name, value in self.details.items()
        }

    def __repr__(self) -> str:
        return f"Fault({self.message()!r})"


def _shown(value: Any) -> Any:
    return shortened(value, 120) if isinstance(value, str) and not isinstance(value, Word) else value


class SmartkpiError(Exception):
    """Base of the errors that the command line turns into a message and an exit code."""

    exit_code = 3
    """With which the command line ends."""

    def __init__(self, faults: Fault | Iterable[Fault]) -> None:
        self.faults: Sequence[Fault] = [faults] if isinstance(faults, Fault) else sorted(faults, key=_order)
        super().__init__(self.faults)

    def __str__(self) -> str:
        return "\n".join(f"{fault.message()}; {fault.cure()}" for fault in self.faults)


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
