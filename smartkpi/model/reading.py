"""How files of actuals are to be understood: options of the command line, keys of a plan, arguments of `read_actuals`.

Each is declared once here, and described in `messages.descriptions` under its key of the plan, ``reading.NAME``.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, Literal, NamedTuple

ReadingKind = Literal["text", "texts", "flag", "whole number"]
Calendar = Literal["ce", "roc"]


class Declaration(NamedTuple):
    """An option of reading."""

    name: str
    """Key of the plan's table ``reading``, argument of `read_actuals`, and attribute of `ReadingOptions`."""
    flag: str
    """As the help shows it: the option of the command line, and a placeholder for its value."""
    kind: ReadingKind
    choices: tuple[str, ...] = ()
    """All that a text can be; empty where it can be anything."""


def _option(flag: str, kind: ReadingKind = "text", choices: tuple[str, ...] = ()) -> Any:
    default = {"texts": (), "flag": False}.get(kind)
    return field(default=default, metadata={"declared": (flag, kind, choices)})


@dataclass(frozen=True)
class ReadingOptions:
    """What is said of files of actuals; None, False or nothing where nothing is said."""

    where: tuple[str, ...] = _option("--where COLUMN=VALUE", "texts")
    encoding: str | None = _option("--encoding NAME")
    sheet: tuple[str, ...] = _option("--sheet NAME", "texts")
    skip_lines: int | None = _option("--skip-lines N", "whole number")
    calendar: Literal["ce", "roc"] | None = _option("--calendar ce|roc", choices=("ce", "roc"))
    fiscal_year: Literal["start", "end"] | None = _option("--fiscal-year start|end", choices=("start", "end"))
    period: Literal["year", "month"] | None = _option("--period year|month", choices=("year", "month"))
    decimal: Literal[",", "."] | None = _option("--decimal ,|.", choices=(",", "."))
    missing: tuple[str, ...] = _option("--missing TEXT", "texts")
    zero: tuple[str, ...] = _option("--zero TEXT", "texts")
    accounting: bool = _option("--accounting", "flag")
    units_from_plan: bool = _option("--units-from-plan", "flag")


DECLARATIONS = tuple(Declaration(each.name, *each.metadata["declared"]) for each in fields(ReadingOptions))
"""All options of reading, in the order of the help."""


def before(first: ReadingOptions, second: ReadingOptions) -> ReadingOptions:
    """Return what the first says of each option, and what the second says where the first says nothing.

    Conditions are of one option for each column: those of the second stay where the first has none on their column.

    Examples
    --------
    >>> options = ReadingOptions(skip_lines=0, where=("Sex=",))
    >>> merged = before(options, ReadingOptions(skip_lines=2, where=("Sex=F", "Area=")))
    >>> merged.skip_lines, merged.where
    (0, ('Sex=', 'Area='))
    """
    said = {each.name: getattr(first, each.name) for each in DECLARATIONS}
    merged = {
        name: getattr(second, name) if value is None or value is False or value == () else value
        for name, value in said.items()
    }
    columns = {condition.partition("=")[0].strip() for condition in first.where}
    others = tuple(each for each in second.where if each.partition("=")[0].strip() not in columns)
    return ReadingOptions(**{**merged, "where": (*first.where, *others)})
