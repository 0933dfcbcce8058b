"""Values of options, with what they mean: from the plan that the line names so far, and from the contract."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from smartkpi import messages
from smartkpi.errors import SmartkpiError
from smartkpi.model import columns
from smartkpi.model.codes import RULES_ALL, RuleName, Status

if TYPE_CHECKING:
    from smartkpi.readers.plan_outline import Outline

Found = Iterable[tuple[str, str]]
"""Values with their meanings; those that do not begin as the word does are left out later."""

_TABLE_OF = {"export": "observations"}
"""Of commands that write a table of another name than theirs."""


def indicators(context: typer.Context) -> Found:
    """Complete an id, with the title of the indicator."""
    lang = _lang(context)
    return [(name, messages.title(titles, lang) if titles else "") for name, titles in _outline(context).titles.items()]


def assumptions(context: typer.Context) -> Found:
    """Complete ``ID=`` of an assumed observation."""
    return [(f"{name}=", title) for name, title in indicators(context)]


def dimensions(context: typer.Context) -> Found:
    """Complete a dimension of the plan."""
    return [(name, "") for name in _outline(context).dimensions]


def conditions(context: typer.Context, incomplete: str) -> Found:
    """Complete ``DIMENSION=``, and after it the values that have targets of their own in the plan."""
    outline = _outline(context)
    name, equals, _ = incomplete.partition("=")
    if equals:
        return [(f"{name}={value}", "") for value in outline.values.get(name, ())]
    return [(f"{name}=", "") for name in outline.dimensions]


def fields(context: typer.Context, incomplete: str) -> Found:
    """Complete the last one of several columns with those that are not there yet."""
    return _listed(_columns(context), incomplete)


def sortings(context: typer.Context, incomplete: str) -> Found:
    """Complete a column, after a minus too."""
    sign = "-" if incomplete.startswith("-") else ""
    return [(sign + name, meaning) for name, meaning in _columns(context)]


def statuses(context: typer.Context, incomplete: str) -> Found:
    """Complete the last one of several statuses with those that are not there yet."""
    lang = _lang(context)
    return _listed([(status, messages.label(status, lang)) for status in Status], incomplete)


def rules(context: typer.Context) -> Found:
    """Complete a rule, with what it compares."""
    lang = _lang(context)
    return [*((name, messages.label(f"rule_{name}", lang)) for name in RuleName), (RULES_ALL, "")]


def _listed(known: Found, incomplete: str) -> Iterator[tuple[str, str]]:
    before, comma, _ = incomplete.rpartition(",")
    there = {name.strip() for name in before.split(",")}
    return ((f"{before}{comma}{name}", meaning) for name, meaning in known if name not in there)


def _columns(context: typer.Context) -> list[tuple[str, str]]:
    """Return the columns that the command has with the options so far, in their order."""
    from smartkpi.messages.descriptions import COLUMNS, describe

    lang = _lang(context)
    first, *others = [(field.name, describe(COLUMNS, field.described, lang)) for field in _fields(context)]
    return [first, *((name, "") for name in _outline(context).dimensions), *others]


def _fields(context: typer.Context) -> list[columns.Field]:
    """Return the columns of the table that the command writes, without dimensions."""
    given, command = context.params, context.info_name or ""
    table = "summary" if given.get("summarise") else _TABLE_OF.get(command, command)
    asked: list[str] = []
    if given.get("rule") == RULES_ALL:
        asked += columns.SIDE_BY_SIDE_COLUMNS
    if ".." in (given.get("year") or ""):
        asked += columns.HISTORY_COLUMNS
    on_demand = columns.ON_DEMAND.get(table, {})
    return [*columns.TABLES[table].values(), *(on_demand[name] for name in asked if name in on_demand)]


def _lang(context: typer.Context) -> str:
    asked = context.params.get("lang")
    return asked if asked in messages.LANGUAGES else messages.choose(os.environ)


def _outline(context: typer.Context) -> Outline:
    """Return what the plan names that the command would read, as the shell will hand its path over."""
    from smartkpi.readers import data_folder, plan_outline

    plan, folder = (_expanded(context.params.get(name)) for name in ("targets", "data"))
    try:
        return plan_outline.outline(Path(plan) if plan else data_folder.plan_file(data_folder.folder(folder)))
    except (SmartkpiError, OSError):
        return plan_outline.Outline({}, (), {})


def _expanded(path: str | None) -> str | None:
    return os.path.expanduser(os.path.expandvars(path)) if path else None  # noqa: PTH111 - ~nobody is no error
