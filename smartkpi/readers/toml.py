"""A TOML file and its tables, which know their lines: each wrong key or value becomes an error with its place."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smartkpi.errors import Fault, Word
from smartkpi.messages import LANGUAGES
from smartkpi.model import FIRST_YEAR, LAST_YEAR
from smartkpi.text import nearest, pattern

if TYPE_CHECKING:
    from smartkpi.model.plan_keys import KeyKind, PlanKey

LARGEST_PLAN = 20_000_000
"""Bytes; a plan of ten thousand indicators has about half of that."""

# Linear in the length of a line, whatever is on it.
_HEADER = pattern(r"\[\[?([^\[\]]+)\]\]?\s*(?:#.*)?$")
_KEY = pattern(r"""("[^"]*"|'[^']*'|[^\s=#\["']+)\s*=""")
_TYPES = {
    str: Word("type_text"),
    bool: Word("type_flag"),
    int: Word("type_whole_number"),
    float: Word("type_number"),
    list: Word("type_list"),
    dict: Word("type_table"),
}


def read_content(path: Path, file: str, faults: list[Fault]) -> bytes:
    """Return the bytes of a file; if it cannot be read, an error is added and nothing returned."""
    from smartkpi.readers.files import read_bytes

    return read_bytes(path, file, faults, largest=LARGEST_PLAN)


def decode(content: bytes, file: str, faults: list[Fault]) -> str:
    """Return the text of a file; if it is not UTF-8, an error is added and nothing returned."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        faults.append(Fault("plan_not_utf8", file, line, byte=content[error.start]))
        return ""


def parse(text: str, file: str, faults: list[Fault]) -> Mapping[str, Any] | None:
    """Return what a text holds; if it could not be read or is not TOML, an error is added and None returned."""
    import tomli

    if faults and not text:
        return None
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        faults.append(Fault("toml_syntax", file, error.lineno, column=error.colno, problem=error.msg))
    except (RecursionError, ValueError) as error:
        faults.append(Fault("toml_limits", file, problem=str(error).partition(";")[0]))
    return None


class Lines:
    """Lines of the keys of a TOML text, found by looking at each line alone; close enough to point a person there."""

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
        table, key = _as_escaped(table), _as_escaped(key)
        header = f"{table}.{key}" if table else key
        places = ((table, key), (table, ""), (header, ""))
        return next((self._lines[place] for place in places if place in self._lines), None) or self._dotted(table, key)

    def _dotted(self, table: str, key: str) -> int | None:
        # `a = { b = 1 }` and `a.b = 1` both start with a on their line.
        parent, _, name = table.rpartition(".")
        return self._lines.get((parent, name)) or self._lines.get((parent, f"{name}.{key}"))


def _as_escaped(name: str) -> str:
    """Return a name as a quoted key of TOML has it."""
    import json  # most plans need it for no key

    return json.dumps(name, ensure_ascii=False)[1:-1]


def _unquoted(name: str) -> str:
    return ".".join(map(str.strip, name.replace('"', "").replace("'", "").split(".")))


class TomlTable:
    """One table: returns checked values and notes an error for each that is not as it should be.

    Parameters
    ----------
    content
        The table as the TOML reader gives it.
    path
        Its dotted name, such as ``indicators.broadband``; empty for the file itself.
    file, lines, faults
        Where it is, and the list that errors are added to.
    """

    def __init__(self, content: Mapping[str, Any], path: str, file: str, lines: Lines, faults: list[Fault]) -> None:
        self.content = content
        self.path = path
        self._file = file
        self._lines = lines
        self._faults = faults

    def replace(self, key: str, value: Any) -> TomlTable:
        """Return the table with another value at a key."""
        return TomlTable({**self.content, key: value}, self.path, self._file, self._lines, self._faults)

    def line(self, key: str = "") -> int | None:
        """Return the line of the key, else of the table."""
        return self._lines.of(self.path, key)

    def fault(self, kind: str, key: str = "", **details: Any) -> None:
        """Note an error at a key of this table."""
        where = f"[{self.path}]" if self.path else Word("whole_file")
        self._faults.append(Fault(kind, self._file, self.line(key), table=where, key=key, **details))

    def values(self, keys: Sequence[PlanKey], ids: Mapping[str, Collection[str]] | None = None) -> dict[str, Any]:
        """Return the value of each key, empty or None where it is missing or wrong; each error is noted.

        Parameters
        ----------
        keys
            All that the table can have. Numbers with a unit are returned as they are, tables as `TomlTable`.
        ids
            What a key can refer to, by table of the file.
        """
        self.only([key.name for key in keys])
        self.require([key.name for key in keys if key.required])
        return {key.name: self._value(key, ids or {}) for key in keys}

    def _value(self, key: PlanKey, ids: Mapping[str, Collection[str]]) -> Any:
        if key.kind == "text":
            choices = ids[key.refers_to] if key.refers_to else key.choices
            return self.text(key.name, choices, filled=key.required)
        if key.kind == "whole number":
            return self.whole(key.name, key.least, key.most)
        getters: Mapping[KeyKind, Callable[[str], Any]] = {
            "date": self.day,
            "texts": self.texts,
            "flag": self.flag,
            "year": self.year,
            "number": self.number,
            "quantity": self.content.get,
            "target": self.content.get,
            "bounds": self.listed,
            "dimensions": self.listed,
            "list of tables": self.list_of_tables,
            "table": self.table,
            "conditions": self.table,
            "quantities by year": self.table,
            "tables by id": self.tables,
            "title": self.table,
            "names": self.names,
            "words": self.words,
        }
        return getters[key.kind](key.name)

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

    def text(self, key: str, choices: Collection[str] = (), *, filled: bool = False) -> str:
        """Return a text, one of `choices` if there are any, not empty if `filled`; empty if missing or wrong."""
        value = self._typed(key, str, "")
        if filled and value == "" and isinstance(self.content.get(key), str):
            self.fault("empty_text", key)
        elif value and choices and value not in choices:
            self.fault("not_a_choice", key, found=value, choices=", ".join(choices))
            return ""
        return str(value)

    def words(self, key: str) -> Mapping[str, str]:
        """Return a text by language, one that is the same in all under the empty one; empty if missing or wrong."""
        if not isinstance(self.content.get(key), dict):
            return {"": text} if (text := self.text(key)) else {}
        table = self.table(key)
        table.only(LANGUAGES)
        return {lang: text for lang in table.content if lang in LANGUAGES and (text := table.text(lang))}

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, one text as a list of one; empty if missing or wrong."""
        value = self.content.get(key)
        every = [value] if isinstance(value, str) else self.listed(key)
        for each in every:
            if not isinstance(each, str):
                self._wrong_type(key, each, _TYPES[str])
        return tuple(each for each in every if isinstance(each, str))

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
        """Return `value`, which is under `key`, as a finite number; None if it is not one."""
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            self._wrong_type(key, value, _TYPES[float])
            return None
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            self.fault("not_finite", key, found=as_written(value))
            return None
        return number

    def flag(self, key: str) -> bool:
        """Return whether a key is true; false if missing or wrong."""
        return bool(self._typed(key, bool, False))

    def whole(self, key: str, least: int | None, most: int | None) -> int | None:
        """Return a whole number from `least` to `most`, None if missing or wrong."""
        value = self.content.get(key)
        if value is None:
            return None
        lower, upper = -math.inf if least is None else least, math.inf if most is None else most
        if isinstance(value, int) and not isinstance(value, bool) and lower <= value <= upper:
            return value
        self.fault("not_in_range", key, found=as_written(value), least=least, most=most)
        return None

    def listed(self, key: str) -> list[Any]:
        """Return a list; empty if missing or wrong."""
        value: list[Any] = self._typed(key, list, [])
        return value

    def names(self, key: str) -> dict[str, tuple[str, ...]]:
        """Return names by language, those that are the same in all under the empty one: a text, a list, or a table."""
        value = self.content.get(key)
        if not isinstance(value, dict):
            return {"": self.some_names(key, value)} if value is not None else {}
        table = self.inner(key, value)
        table.only(LANGUAGES)
        return {lang: table.some_names(lang, each) for lang, each in value.items() if lang in LANGUAGES}

    def some_names(self, key: str, value: Any) -> tuple[str, ...]:
        """Return a value under a key as names: a text, or a list of texts."""
        names = value if isinstance(value, list) else [value]
        if not names or not all(isinstance(name, str) and name.strip() for name in names):
            self.fault("not_names", key, found=", ".join(map(as_written, names)))
            return ()
        return tuple(names)

    def table(self, key: str) -> TomlTable:
        """Return the table under a key; an empty one if missing or wrong."""
        return self.inner(key, self._typed(key, dict, {}))

    def tables(self, key: str) -> Mapping[str, TomlTable]:
        """Return the tables under a key, by name; entries that are not tables are noted and left out."""
        outer = self.table(key)
        return {name: outer.inner(name, value) for name, value in outer.content.items() if outer.is_table(name, value)}

    def list_of_tables(self, key: str) -> Sequence[TomlTable]:
        """Return the tables of a list; entries that are not tables are noted and left out."""
        return [self.inner(key, value) for value in self.listed(key) if self.is_table(key, value)]

    def is_table(self, key: str, value: Any) -> bool:
        """Return whether the value under `key` is a table; it is noted if not."""
        if isinstance(value, dict):
            return True
        self._wrong_type(key, value, _TYPES[dict])
        return False

    def inner(self, key: str, content: Mapping[str, Any]) -> TomlTable:
        """Return `content` as the table under `key`."""
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

    def _wrong_type(self, key: str, value: Any, expected: Word) -> None:
        self.fault("wrong_type", key, expected=expected, found=_quoted(value))


def _quoted(value: Any) -> str:
    """Return a value much as the file has it: text in quotes, so that '2025' is not taken for 2025."""
    return repr(value) if isinstance(value, str) else as_written(value)


def as_written(value: Any) -> str:
    """Return a value much as the file has it, in bounded length."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and value.bit_length() > 1000:
        return Word("type_huge_number")
    return str(value) if isinstance(value, (str, int, float, date)) else _TYPES.get(type(value), type(value).__name__)
