"""Options of what is read, and of which of it is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

import typer

from smartkpi.cli.completion import completers
from smartkpi.model.codes import Level

_INPUT, CHOICE = "Input", "Selection"


@dataclass(frozen=True)
class InputOptions:
    """Which files, and how to understand them."""

    data: Annotated[
        str | None,
        typer.Option(
            "--data",
            metavar="DIR",
            help="Folder with targets.toml and actuals/ (env SMARTKPI_DATA); else the data shipped with smartkpi.",
            rich_help_panel=_INPUT,
        ),
    ] = None
    targets: Annotated[
        str | None,
        typer.Option("--targets", metavar="FILE", help="Another plan file.", rich_help_panel=_INPUT),
    ] = None
    actuals: Annotated[
        list[str],
        typer.Option(
            "--actuals",
            "-a",
            metavar="PATH",
            help="Actuals instead of the folder's; repeatable; - is standard input.",
            rich_help_panel=_INPUT,
        ),
    ] = field(default_factory=list)
    encoding: Annotated[
        str | None,
        typer.Option(
            "--encoding",
            metavar="NAME",
            help="Encoding of the actuals, such as utf-16; default: UTF-8, else cp950.",
            rich_help_panel=_INPUT,
        ),
    ] = None
    sheet: Annotated[
        str | None,
        typer.Option(
            "--sheet",
            metavar="NAME",
            help="Sheet of a workbook, by name or number; default: observations, else the first.",
            rich_help_panel=_INPUT,
        ),
    ] = None
    skip_lines: Annotated[
        int,
        typer.Option("--skip-lines", min=0, metavar="N", help="Lines before the header.", rich_help_panel=_INPUT),
    ] = 0
    calendar: Annotated[
        str | None,
        typer.Option(
            "--calendar",
            metavar="ce|roc",
            help="Calendar of the years: Common Era, or Republic of China (民國).",
            rich_help_panel=_INPUT,
        ),
    ] = None
    strict: Annotated[
        bool,
        typer.Option("--strict", help="Rows that match no indicator are errors.", rich_help_panel=_INPUT),
    ] = False


@dataclass(frozen=True)
class SelectionOptions:
    """Which indicators."""

    level: Annotated[Level, typer.Option("--level", help="Indicators of this level.", rich_help_panel=CHOICE)] = (
        Level.headline
    )
    indicator: Annotated[
        list[str],
        typer.Option(
            "--indicator",
            "-k",
            metavar="ID",
            help="This indicator; repeatable; overrides --level.",
            autocompletion=completers.indicators,
            rich_help_panel=CHOICE,
        ),
    ] = field(default_factory=list)


@dataclass(frozen=True)
class WholePlanOptions(SelectionOptions):
    """Which indicators: all, unless some are named."""

    level: Annotated[Level, typer.Option("--level", help="Indicators of this level.", rich_help_panel=CHOICE)] = (
        Level.all
    )


@dataclass(frozen=True)
class WhereOptions:
    """Which series."""

    where: Annotated[
        list[str],
        typer.Option(
            "--where",
            metavar="DIMENSION=VALUE",
            help="Only series with this value; repeatable: one dimension's values are alternatives.",
            autocompletion=completers.conditions,
            rich_help_panel=CHOICE,
        ),
    ] = field(default_factory=list)


@dataclass(frozen=True)
class SeriesOptions(WhereOptions):
    """Which series, and in which order."""

    by: Annotated[
        list[str],
        typer.Option(
            "--by",
            metavar="DIMENSION",
            help="Put the series of each value of this dimension together; repeatable.",
            autocompletion=completers.dimensions,
            rich_help_panel=CHOICE,
        ),
    ] = field(default_factory=list)
    sort: Annotated[
        str,
        typer.Option(
            "--sort",
            metavar="[-]COLUMN",
            help="Sort by this column, with a minus the greatest first; empty cells come last.",
            autocompletion=completers.sortings,
            rich_help_panel=CHOICE,
        ),
    ] = ""
    top: Annotated[
        int | None, typer.Option("--top", min=1, metavar="N", help="The first N rows.", rich_help_panel=CHOICE)
    ] = None


@dataclass(frozen=True)
class WhatIfOptions:
    """Observations that the data do not hold."""

    assume: Annotated[
        list[str],
        typer.Option(
            "--assume",
            metavar="ID=YEAR:VALUE[UNIT]",
            help="Reckon with this observation, in place of the data's of that year; repeatable.",
            autocompletion=completers.assumptions,
            rich_help_panel=CHOICE,
        ),
    ] = field(default_factory=list)
