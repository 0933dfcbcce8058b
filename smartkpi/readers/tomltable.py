"""A table of a TOML file that knows where it stands: each wrong key or value becomes a fault with its line."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from smartkpi.errors import Fault
from smartkpi.model import FIRST_YEAR, LAST_YEAR
from smartkpi.text import nearest

# Linear in the length of a line, whatever stands on it.
_HEADER = re.compile(r"\[\[?([^\[\]]+)\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""("[^"]*"|'[^']*'|[^\s=#\["']+)\s*=""")
_TYPES = {str: "text", bool: "true or false", int: "a whole number", float: "a number", list: "a list", dict: "a table"}


class Lines:
    """Where the keys of a TOML text stand, read off its lines; close enough to point a person there."""

    def __init__(self, text: str) -> None:
        self._lines: dict[tuple[str, str], int] = {}
        table = ""
        for number, line in enumerate(map(str.strip, text.split("\n")), start=1):
            if header := _HEADER.match(line):
                table = _unquoted(header[1])
                self._lines.setdefault((table, ""), number)
            elif key := _KEY.match(line):
                self._lines.setdefault((table, _unquoted(key[1])), number)

    def of(self, table: str, key: str = "") -> int | None:
        """Return the line of a key, else of its table, else None."""
        return self._lines.get((table, key)) or self._lines.get((table, "")) or self._dotted(table, key)

    def _dotted(self, table: str, key: str) -> int | None:
        # `a = { b = 1 }` and `a.b = 1` both start with a on their line.
        parent, _, name = table.rpartition(".")
        return self._lines.get((parent, name)) or self._lines.get((parent, f"{name}.{key}"))


def _unquoted(name: str) -> str:
    return ".".join(map(str.strip, name.replace('"', "").replace("'", "").split(".")))


class TomlTable:
    """One table: hands out checked values and notes a fault for each that is not as it should be.

    Parameters
    ----------
    content
        The table as the TOML reader gives it.
    path
        Its dotted name, such as ``indicators.broadband``; empty for the file itself.
    file, lines, faults
        Where it stands, and the list that faults are added to.
    """

    def __init__(self, content: Mapping[str, Any], path: str, file: str, lines: Lines, faults: list[Fault]) -> None:
        self.content = content
        self.path = path
        self._file = file
        self._lines = lines
        self._faults = faults

    def line(self, key: str = "") -> int | None:
        """Return the line on which the key, else the table stands."""
        return self._lines.of(self.path, key)

    def fault(self, kind: str, key: str = "", **details: Any) -> None:
        """Note a fault at a key of this table."""
        where = f"[{self.path}]" if self.path else "the file"
        self._faults.append(Fault(kind, self._file, self.line(key), table=where, key=key, **details))

    def only(self, known: Sequence[str]) -> None:
        """Note each key that is not known, with the nearest one that is."""
        for key in self.content:
            if key not in known:
                self.fault("unknown_key", key, near=nearest(key, known, cutoff=0.5) or ", ".join(known))

    def require(self, keys: Sequence[str]) -> None:
        """Note each of the keys that is missing."""
        for key in keys:
            if key not in self.content:
                self.fault("missing_key", key)

    def text(self, key: str, choices: Collection[str] = ()) -> str:
        """Return a text, one of `choices` if there are any; empty if missing or wrong."""
        value = self._typed(key, str, "")
        if value and choices and value not in choices:
            self.fault("not_a_choice", key, found=value, choices=", ".join(choices))
            return ""
        return str(value)

    def day(self, key: str) -> str:
        """Return a date as ISO text; empty if missing."""
        value = self.content.get(key)
        return value.isoformat() if isinstance(value, date) else self.text(key)

    def year(self, key: str) -> int | None:
        """Return a year, None if missing or wrong."""
        value = self.content.get(key)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and FIRST_YEAR <= value <= LAST_YEAR:
            return value
        self.fault("not_a_year", key, found=_quoted(value), first=FIRST_YEAR, last=LAST_YEAR)
        return None

    def number(self, key: str) -> float | None:
        """Return a finite number, None if missing or wrong."""
        value = self.content.get(key)
        return None if value is None else self.finite(value, key)

    def finite(self, value: Any, key: str) -> float | None:
        """Return `value`, which stands under `key`, as a finite number; None if it is none."""
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            self._wrong_type(key, value, "a number")
            return None
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            self.fault("not_finite", key, found=as_written(value))
            return None
        return number

    def whole(self, key: str, least: int, most: int) -> int | None:
        """Return a whole number from `least` to `most`, None if missing or wrong."""
        value = self.content.get(key)
        if value is None or (isinstance(value, int) and not isinstance(value, bool) and least <= value <= most):
            return value
        self.fault("not_in_range", key, found=as_written(value), least=least, most=most)
        return None

    def listed(self, key: str) -> list[Any]:
        """Return a list; empty if missing or wrong."""
        value: list[Any] = self._typed(key, list, [])
        return value

    def table(self, key: str) -> TomlTable:
        """Return the table under a key; an empty one if missing or wrong."""
        return self.inner(key, self._typed(key, dict, {}))

    def tables(self, key: str) -> Mapping[str, TomlTable]:
        """Return the tables under a key, by name; entries that are no tables are noted and left out."""
        outer = self.table(key)
        return {name: outer.table(name) for name, value in outer.content.items() if outer.is_table(name, value)}

    def is_table(self, key: str, value: Any) -> bool:
        """Whether the value under `key` is a table; noted if not."""
        if isinstance(value, dict):
            return True
        self._wrong_type(key, value, "a table")
        return False

    def inner(self, key: str, content: Mapping[str, Any]) -> TomlTable:
        """Return `content` as a table that stands under `key`."""
        path = f"{self.path}.{key}" if self.path else key
        return TomlTable(content, path, self._file, self._lines, self._faults)

    def _typed(self, key: str, kind: type, default: Any) -> Any:
        value = self.content.get(key)
        if value is None:
            return default
        if isinstance(value, kind):
            return value
        self._wrong_type(key, value, _TYPES[kind])
        return default

    def _wrong_type(self, key: str, value: Any, expected: str) -> None:
        self.fault("wrong_type", key, expected=expected, found=_quoted(value))


def _quoted(value: Any) -> str:
    """Return a value much as the file has it: text in quotes, so that '2025' is not taken for 2025."""
    return repr(value) if isinstance(value, str) else as_written(value)


def as_written(value: Any) -> str:
    """Return a value much as the file has it, in bounded length."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and value.bit_length() > 1000:
        return "a whole number of hundreds of digits"
    return str(value) if isinstance(value, (str, int, float, date)) else _TYPES.get(type(value), type(value).__name__)
