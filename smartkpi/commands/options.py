"""Every option, declared once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated, Any

import typer

from smartkpi.codes import Evidence, Level, RuleName
from smartkpi.render.view import CheckFormat, ExplainFormat, Format

_INPUT, _CHOICE, _LOOK = "Input", "Selection", "Output"


def _remember(name: str) -> Any:
    """Return a callback that keeps an option for `main`, which speaks after the command has failed."""

    def keep(context: typer.Context, value: Any) -> Any:
        if isinstance(context.obj, dict) and value is not None:
            context.obj[name] = value
        return value

    return keep


def _indicators(context: typer.Context, incomplete: str) -> Iterator[str]:
    """Complete the ids of the plan that the command line names so far."""
    from smartkpi import datadir, targets

    given = context.params
    plan = given.get("targets") or datadir.plan_file(datadir.folder(given.get("data")))
    return (name for name in targets.ids(plan) if name.startswith(incomplete))


def _rules() -> list[str]:
    return [*RuleName, "all"]


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
            help="Sheet of a workbook, by name or number; default: the first.",
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

    level: Annotated[Level, typer.Option("--level", help="Indicators of this level.", rich_help_panel=_CHOICE)] = (
        Level.headline
    )
    indicator: Annotated[
        list[str],
        typer.Option(
            "--indicator",
            "-k",
            metavar="ID",
            help="This indicator; repeatable; overrides --level.",
            autocompletion=_indicators,
            rich_help_panel=_CHOICE,
        ),
    ] = field(default_factory=list)


@dataclass(frozen=True)
class SeriesOptions:
    """Which series, and in which order."""

    by: Annotated[
        list[str],
        typer.Option(
            "--by",
            metavar="DIMENSION",
            help="Put the series of each value of this dimension together; repeatable.",
            rich_help_panel=_CHOICE,
        ),
    ] = field(default_factory=list)
    where: Annotated[
        list[str],
        typer.Option(
            "--where",
            metavar="DIMENSION=VALUE",
            help="Only series with this value; repeatable: one dimension's values are alternatives.",
            rich_help_panel=_CHOICE,
        ),
    ] = field(default_factory=list)
    sort: Annotated[
        str,
        typer.Option(
            "--sort",
            metavar="[-]COLUMN",
            help="Sort by this column, with a minus the greatest first; empty cells come last.",
            rich_help_panel=_CHOICE,
        ),
    ] = ""
    top: Annotated[
        int | None, typer.Option("--top", min=1, metavar="N", help="The first N rows.", rich_help_panel=_CHOICE)
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
            rich_help_panel=_CHOICE,
        ),
    ] = field(default_factory=list)


@dataclass(frozen=True)
class TalkOptions:
    """How smartkpi speaks to people."""

    lang: Annotated[
        str | None,
        typer.Option(
            "--lang",
            metavar="en|zh-TW",
            help="Language of titles and words for people (env SMARTKPI_LANG, else the locale).",
            callback=_remember("lang"),
            is_eager=True,
            rich_help_panel=_LOOK,
        ),
    ] = None
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No remarks on stderr.", rich_help_panel=_LOOK)] = False
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say what was read.", rich_help_panel=_LOOK)] = False
    debug: Annotated[
        bool,
        typer.Option(
            "--debug",
            help="Show the traceback of an error.",
            callback=_remember("debug"),
            is_eager=True,
            rich_help_panel=_LOOK,
        ),
    ] = False


Output = Annotated[
    str,
    typer.Option(
        "--output",
        "-o",
        metavar="PATH",
        help="File to write, whole or not at all; - is stdout.",
        rich_help_panel=_LOOK,
    ),
]
_Ascii = Annotated[bool, typer.Option("--ascii", help="Only ASCII for lines and marks.", rich_help_panel=_LOOK)]

AddBom = Annotated[
    bool,
    typer.Option("--add-bom", help="CSV for Excel: BOM, and no cell runs as a formula.", rich_help_panel=_LOOK),
]


@dataclass(frozen=True)
class LookOptions:
    """What the output looks like, and where it goes."""

    format: Annotated[Format, typer.Option("--format", "-f", help="Output format.", rich_help_panel=_LOOK)] = (
        Format.table
    )
    fields: Annotated[
        str | None,
        typer.Option("--fields", metavar="A,B", help="These columns, in that order.", rich_help_panel=_LOOK),
    ] = None
    output: Output = "-"
    add_bom: AddBom = False
    color: Annotated[
        str,
        typer.Option(
            "--color",
            metavar="auto|always|never",
            help="Colour (NO_COLOR, FORCE_COLOR and CLICOLOR are honoured).",
            rich_help_panel=_LOOK,
        ),
    ] = "auto"
    ascii: _Ascii = False


@dataclass(frozen=True)
class ExplainLookOptions:
    """What an explanation looks like, and where it goes."""

    format: Annotated[ExplainFormat, typer.Option("--format", "-f", help="Output format.", rich_help_panel=_LOOK)] = (
        ExplainFormat.table
    )
    output: Output = "-"
    ascii: _Ascii = False


IndicatorArgument = Annotated[
    str, typer.Argument(metavar="ID", help="The indicator.", autocompletion=_indicators, show_default=False)
]

_CheckFormat = Annotated[CheckFormat, typer.Option("--format", "-f", help="Output format.", rich_help_panel=_LOOK)]


@dataclass(frozen=True)
class CheckLookOptions(LookOptions):
    """As the others, with a format for GitHub Actions."""

    format: _CheckFormat = CheckFormat.table  # type: ignore[assignment]


IndicatorId = Annotated[
    str, typer.Argument(metavar="ID", help="The indicator's id.", autocompletion=_indicators, show_default=False)
]

Year = Annotated[
    str | None,
    typer.Option(
        "--year",
        metavar="Y",
        help="As things stood at the end of this year; default: the latest year in the data.",
        rich_help_panel=_CHOICE,
    ),
]

ProjectYear = Annotated[
    str | None,
    typer.Option(
        "--year",
        metavar="Y",
        help="The year to project to; default: each indicator's target year.",
        rich_help_panel=_CHOICE,
    ),
]

AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="Y", help="Only observations up to this year; default: all.", rich_help_panel=_CHOICE
    ),
]

Interval = Annotated[
    float,
    typer.Option(
        "--interval",
        metavar="PERCENT",
        help="Probability of the interval, in percent; default: 80.",
        show_default=False,
        rich_help_panel=_CHOICE,
    ),
]

Years = Annotated[
    str | None,
    typer.Option(
        "--year",
        metavar="Y[..Y]",
        help="As things stood at the end of this year, or of each year of a range; default: the latest in the data.",
        rich_help_panel=_CHOICE,
    ),
]

RuleOption = Annotated[
    str | None,
    typer.Option(
        "--rule",
        metavar="NAME",
        help="On-track rule: " + ", ".join(_rules()) + "; default: the plan's own, else eurostat.",
        autocompletion=_rules,
        rich_help_panel=_CHOICE,
    ),
]

Summarise = Annotated[
    bool,
    typer.Option(
        "--summarise",
        help="A row per indicator: series of each status, median pace, the five with the lowest pace.",
        rich_help_panel=_CHOICE,
    ),
]

FailOn = Annotated[
    str,
    typer.Option("--fail-on", metavar="A,B", help="Statuses that fail.", rich_help_panel=_CHOICE),
]

MinEvidence = Annotated[
    Evidence,
    typer.Option("--min-evidence", help="Evidence that a KPI needs to fail.", rich_help_panel=_CHOICE),
]


@dataclass(frozen=True)
class WholePlanOptions(SelectionOptions):
    """Which indicators: all, unless some are named."""

    level: Annotated[Level, typer.Option("--level", help="Indicators of this level.", rich_help_panel=_CHOICE)] = (
        Level.all
    )


@dataclass(frozen=True)
class DataLookOptions(LookOptions):
    """What output looks like that goes on to other programs."""

    format: Annotated[Format, typer.Option("--format", "-f", help="Output format.", rich_help_panel=_LOOK)] = Format.csv
