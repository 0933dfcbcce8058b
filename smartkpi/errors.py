"""What the user can mend, and how: faults in data are collected and raised once, faults in use stop at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Self

from smartkpi import messages
from smartkpi.text import printable, shortened

MOST_FAULTS = 1000
"""Faults that are collected of one kind of file: more are not read to the end, and cost time and memory to tell."""


class Word(str):
    """Key of a label; a message has the label itself, in the reader's language."""

    __slots__ = ()


class Fault:
    """One thing to mend: where it stands, what was found, what was expected, what cures it.

    Parameters
    ----------
    key
        Entry of the catalogue ``messages.*_errors.ERRORS`` that holds the message and its cure.
    file, line
        Place in a file, as the user named it; the line counts from 1.
    details
        What the message puts in; text is shortened and made printable, a `Word` put into the reader's language.
    """

    def __init__(self, key: str, /, file: str | None = None, line: int | None = None, **details: Any) -> None:
        self.key = key
        self.file = file
        self.line = line
        self.details = {name: _shown(value) for name, value in details.items()}

    @property
    def place(self) -> str:
        """File and line as ``file:line``; empty where the fault has no place."""
        if self.file is None:
            return ""
        return printable(self.file) + (f":{self.line}" if self.line else "")

    def message(self, lang: str = "en") -> str:
        """Return the place and what was found and expected, on one line."""
        text = messages.error(self.key, lang)[0].format(**self._details(lang))
        return f"{self.place}: {text}" if self.place else text

    def cure(self, lang: str = "en") -> str:
        """Return how to mend it, on one line."""
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
    """Base of all that the command line turns into a message and an exit code."""

    exit_code = 3

    def __init__(self, faults: Fault | Iterable[Fault]) -> None:
        self.faults: Sequence[Fault] = [faults] if isinstance(faults, Fault) else sorted(faults, key=_order)
        super().__init__(self.faults)

    def __str__(self) -> str:
        return "\n".join(f"{fault.message()}; {fault.cure()}" for fault in self.faults)


class DataError(SmartkpiError):
    """Input files hold faults; all of them are here, sorted by file and line."""


class TooManyFaultsError(DataError):
    """Reading was given up after `MOST_FAULTS` faults; the last of `faults` says so."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        super().__init__(faults)
        self.faults = [*self.faults, Fault("more_faults", number=len(self.faults))]


class Faults(list[Fault]):
    """Faults as they are found.

    Raises
    ------
    TooManyFaultsError
        By all that adds to the list, once it holds `MOST_FAULTS`.
    """

    def append(self, fault: Fault, /) -> None:
        """Add a fault."""
        super().append(fault)
        if len(self) >= MOST_FAULTS:
            raise TooManyFaultsError(self)

    def extend(self, faults: Iterable[Fault], /) -> None:
        """Add faults one by one, so that no more are made than are wanted."""
        for fault in faults:
            self.append(fault)

    def __iadd__(self, faults: Iterable[Fault], /) -> Self:  # type: ignore[override,misc]
        self.extend(faults)
        return self


class OutputError(SmartkpiError):
    """The result could not be written."""


class UsageError(SmartkpiError):
    """The command or function was called wrongly."""

    exit_code = 2


def _order(fault: Fault) -> tuple[str, int]:
    return fault.file or "", fault.line or 0
