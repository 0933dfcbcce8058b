"""Options that stand alone: the year, the rule, and what a single command asks for."""

from __future__ import annotations

from typing import Annotated

import typer

from smartkpi.cli.completion import completers
from smartkpi.cli.options import CHOICE
from smartkpi.model.codes import RULES_ALL, Evidence, RuleName
from smartkpi.render.view import ExportFormat

IndicatorId = Annotated[
    str,
    typer.Argument(metavar="ID", help="The indicator's id.", autocompletion=completers.indicators, show_default=False),
]

Year = Annotated[
    str | None,
    typer.Option(
        "--year",
        metavar="Y",
        help="As things stood at the end of this year; default: the latest year in the data.",
        rich_help_panel=CHOICE,
    ),
]

ProjectYear = Annotated[
    str | None,
    typer.Option(
        "--year",
        metavar="Y",
        help="The year to project to; default: each indicator's target year.",
        rich_help_panel=CHOICE,
    ),
]

AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="Y", help="Only observations up to this year; default: all.", rich_help_panel=CHOICE
    ),
]

Interval = Annotated[
    float,
    typer.Option(
        "--interval",
        metavar="PERCENT",
        help="Probability of the interval, in percent; default: 80.",
        show_default=False,
        rich_help_panel=CHOICE,
    ),
]

Years = Annotated[
    str | None,
    typer.Option(
        "--year",
        metavar="Y[..Y]",
        help="As things stood at the end of this year, or of each year of a range; default: the latest in the data.",
        rich_help_panel=CHOICE,
    ),
]

RuleOption = Annotated[
    str | None,
    typer.Option(
        "--rule",
        metavar="NAME",
        help="On-track rule: " + ", ".join([*RuleName, RULES_ALL]) + "; default: the plan's own, else compound.",
        autocompletion=completers.rules,
        rich_help_panel=CHOICE,
    ),
]

Summarise = Annotated[
    bool,
    typer.Option(
        "--summarise",
        help="A row per indicator: series of each status, median pace, the five with the lowest pace.",
        rich_help_panel=CHOICE,
    ),
]

To = Annotated[
    ExportFormat | None,
    typer.Option("--to", help="Write a file for other tools to PATH.", show_default=False, rich_help_panel="Output"),
]

Force = Annotated[
    bool,
    typer.Option(
        "--force",
        help="Replace the files of a data package in a folder that holds any.",
        rich_help_panel="Output",
    ),
]

FailOn = Annotated[
    str,
    typer.Option(
        "--fail-on",
        metavar="A,B",
        help="Statuses that fail.",
        autocompletion=completers.statuses,
        rich_help_panel=CHOICE,
    ),
]

MinEvidence = Annotated[
    Evidence,
    typer.Option("--min-evidence", help="Evidence that a KPI needs to fail.", rich_help_panel=CHOICE),
]
