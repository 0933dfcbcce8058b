"""Names in a plan, read without checking it: completion uses what there is of a plan that is still being written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from smartkpi.errors import Fault
from smartkpi.readers import toml


class Outline(NamedTuple):
    """Names in a plan, as far as they are where they should be."""

    titles: Mapping[str, Mapping[str, str]]
    """Titles by language, by id of the indicator."""
    dimensions: tuple[str, ...]
    values: Mapping[str, tuple[str, ...]]
    """Values of dimensions that have targets of their own, by dimension."""


def outline(path: Path) -> Outline:
    """Return what a plan names; nothing is checked, and a file that cannot be read names nothing.

    Only a regular file is read: one must not empty a pipe before the command itself reads it.
    """
    faults: list[Fault] = []
    text = toml.decode(toml.read_content(path, "", faults), "", faults) if path.is_file() else ""
    content = toml.parse(text, "", faults) if text else None
    return outlined(content or {})


def outlined(content: Mapping[str, Any]) -> Outline:
    """Return what the content of a plan names."""
    indicators = {name: _table(table) for name, table in _table(content.get("indicators")).items()}
    listed = _list(_table(content.get("plan")).get("dimensions"))
    names = (each.get("name") if isinstance(each, dict) else each for each in listed)
    dimensions = tuple(name for name in names if isinstance(name, str))
    found = [(name, value) for table in indicators.values() for name, value in _conditions(table)]
    return Outline(
        titles={name: _titles(table) for name, table in indicators.items()},
        dimensions=dimensions,
        values={each: tuple(dict.fromkeys(value for name, value in found if name == each)) for each in dimensions},
    )


def _titles(table: Mapping[str, Any]) -> dict[str, str]:
    titles = _table(table.get("title"))
    return {lang: title for lang, title in titles.items() if isinstance(title, str) and title}


def _conditions(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for target in _list(table.get("targets")):
        for name, value in _table(_table(target).get("where")).items():
            if isinstance(value, str):
                yield name, value


def _texts(value: Any) -> Iterator[str]:
    return (each for each in _list(value) if isinstance(each, str))


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
