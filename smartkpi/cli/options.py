"""The options of all commands, each declared once: alone, or with others in a group that commands take as a whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, make_dataclass
from typing import Annotated, Any

import typer

from smartkpi import messages
from smartkpi.cli import completion
from smartkpi.messages.descriptions import KEYS, describe
from smartkpi.model.codes import RULES_ALL, Evidence, GroupBy, Level, RuleName
from smartkpi.model.reading import DECLARATIONS, Declaration
from smartkpi.render.view import BriefFormat, CheckFormat, ExplainFormat, ExportFormat, Format, ValidateFormat

_INPUT, _SELECTION, _OUTPUT = "Input", "Selection", "Output"
READING = "Reading"
"""Panel of the help that comes last: options of reading, which few lines need."""


def option(
    name: str, text: str, panel: str | None = None, complete: Callable[..., Any] | None = None, **more: Any
) -> Any:
    """Declare an option.

    Parameters
    ----------
    name
        As the help shows it: its flags, and a placeholder for its value.
    text
        What it means.
    panel
        Heading of the help under which it appears.
    complete
        Completes its value.
    more
        What else `typer.Option` takes.
    """
    flags = [word for word in name.split() if word.startswith("-")]
    metavar = next((word for word in name.split() if word not in flags), None)
    return typer.Option(*flags, metavar=metavar, help=text, rich_help_panel=panel, autocompletion=complete, **more)


def _remember(name: str) -> Callable[[typer.Context, Any], Any]:
    """Return a callback that keeps an option for `main`, which still needs it after the command has failed."""

    def keep(context: typer.Context, value: Any) -> Any:
        if isinstance(context.obj, dict) and value is not None:
            context.obj[name] = value
        return value

    return keep


Data = Annotated[
    str | None,
    option(
        "--data DIR",
        "Folder with targets.toml and actuals/ (env SMARTKPI_DATA); else the data shipped with smartkpi.",
        _INPUT,
    ),
]
Targets = Annotated[str | None, option("--targets FILE", "Another plan file.", _INPUT)]
_TYPES: dict[str, Any] = {"text": str | None, "texts": list[str], "flag": bool, "whole number": int | None}
_COMPLETIONS: dict[str, Callable[..., Any]] = {"where": completion.conditions}


def reading_text(each: Declaration, lang: str) -> str:
    """Return what the help says of an option of reading."""
    ending = "option_repeatable" if each.kind == "texts" else "option_once"
    return messages.label(ending, lang).format(text=describe(KEYS, f"reading.{each.name}", lang))


def _reading_option(each: Declaration) -> tuple[str, Any, Any]:
    limits = {"min": 0} if each.kind == "whole number" else {}
    declared = option(each.flag, reading_text(each, "en"), READING, _COMPLETIONS.get(each.name), **limits)
    empty = False if each.kind == "flag" else None
    default: Any = field(default_factory=list) if each.kind == "texts" else field(default=empty)
    return each.name, Annotated[_TYPES[each.kind], declared], default


_ReadingFlags: Any = make_dataclass("_ReadingFlags", map(_reading_option, DECLARATIONS), repr=False, eq=False)


@dataclass(repr=False, eq=False)
class InputOptions(_ReadingFlags):  # type: ignore[misc]  # one option for each declaration of `model.reading`
    """Which files, and how to understand them."""

    data: Data = None
    targets: Targets = None
    actuals: Annotated[
        list[str],
        option(
            "--actuals -a PATH",
            "Actuals instead of the folder's: a file, folder or pattern, - is standard input; ID=PATH if all of it is"
            " of that indicator; repeatable.",
            _INPUT,
        ),
    ] = field(default_factory=list)
    strict: Annotated[bool, option("--strict", "Figures that are not read are errors.", _INPUT)] = False
    memory_limit: Annotated[
        str | None,
        option(
            "--memory-limit SIZE",
            "Memory that observations from Parquet may take, such as 2GB; default: half of the machine's, at most 4GB."
            " With more, status and project work part by part.",
            _INPUT,
        ),
    ] = None


_Level = Annotated[Level, option("--level", "Indicators of this level.", _SELECTION)]


@dataclass(repr=False, eq=False)
class SelectionOptions:
    """Which indicators."""

    level: _Level = Level.headline
    indicator: Annotated[
        list[str],
        option(
            "--indicator -k ID",
            "This indicator, by id, title or a part of them; repeatable; overrides --level.",
            _SELECTION,
            completion.indicators,
        ),
    ] = field(default_factory=list)
    owner: Annotated[
        str | None,
        option("--owner NAME", "Indicators that this agency is in charge of.", _SELECTION, completion.owners),
    ] = None


@dataclass(repr=False, eq=False)
class WholePlanOptions(SelectionOptions):
    """Which indicators: all, unless some are named."""

    level: _Level = Level.all


@dataclass(repr=False, eq=False)
class SeriesOptions:
    """In which order series come, and how many."""

    by: Annotated[
        list[str],
        option(
            "--by DIMENSION",
            "Put the series of each value of this dimension together; repeatable.",
            _SELECTION,
            completion.dimensions,
        ),
    ] = field(default_factory=list)
    sort: Annotated[
        str,
        option(
            "--sort [-]COLUMN",
            "Sort by this column, with a minus the greatest first; empty cells come last.",
            _SELECTION,
            completion.sort_columns,
        ),
    ] = ""
    top: Annotated[int | None, option("--top N", "The first N rows.", _SELECTION, min=1)] = None


@dataclass(repr=False, eq=False)
class WhatIfOptions:
    """Observations that the data do not hold."""

    assume: Annotated[
        list[str],
        option(
            "--assume ID=YEAR:VALUE[UNIT]",
            "Calculate with this observation instead of the data's of that year; repeatable.",
            _SELECTION,
            completion.assumptions,
        ),
    ] = field(default_factory=list)


@dataclass(repr=False, eq=False)
class MessageOptions:
    """How smartkpi speaks to people."""

    lang: Annotated[
        str | None,
        option(
            "--lang en|zh-TW",
            "Language of titles and words for people (env SMARTKPI_LANG, else the locale).",
            _OUTPUT,
            callback=_remember("lang"),
            is_eager=True,
        ),
    ] = None
    quiet: Annotated[bool, option("--quiet -q", "No remarks on stderr.", _OUTPUT)] = False
    verbose: Annotated[bool, option("--verbose -v", "Say what was read.", _OUTPUT)] = False
    debug: Annotated[
        bool,
        option("--debug", "Show the traceback of an error.", _OUTPUT, callback=_remember("debug"), is_eager=True),
    ] = False


Output = Annotated[
    str,
    option(
        "--output -o PATH",
        "File to write, whole or not at all; its suffix says the format; - is stdout.",
        _OUTPUT,
    ),
]
AddBom = Annotated[bool, option("--add-bom", "CSV for Excel: BOM, and no cell runs as a formula.", _OUTPUT)]
_Ascii = Annotated[bool, option("--ascii", "Only ASCII for lines and marks.", _OUTPUT)]
_FORMAT = option(
    "--format -f", "Output format; default: what the suffix of --output says, else table.", _OUTPUT, show_default=False
)


ValidateForm = Annotated[
    ValidateFormat | None,
    option("--format -f", "Output format; default: by the file's ending, else text.", _OUTPUT, show_default=False),
]
BriefForm = Annotated[
    BriefFormat | None,
    option(
        "--format -f",
        "Output format; default: markdown for a file ending in .md, else text.",
        _OUTPUT,
        show_default=False,
    ),
]


@dataclass(repr=False, eq=False)
class OutputOptions:
    """What the output looks like, and where it goes."""

    format: Annotated[Format | None, _FORMAT] = None
    fields: Annotated[
        str | None, option("--fields A,B", "These columns, in that order.", _OUTPUT, completion.fields)
    ] = None
    output: Output = "-"
    add_bom: AddBom = False
    color: Annotated[
        str,
        option("--color auto|always|never", "Colour (NO_COLOR, FORCE_COLOR and CLICOLOR are honoured).", _OUTPUT),
    ] = "auto"
    ascii: _Ascii = False


@dataclass(repr=False, eq=False)
class ExplainOutputOptions:
    """What an explanation looks like, and where it goes."""

    format: Annotated[ExplainFormat | None, _FORMAT] = None
    output: Output = "-"
    ascii: _Ascii = False


@dataclass(repr=False, eq=False)
class CheckOutputOptions(OutputOptions):
    """As the others, with formats for CI programs."""

    format: Annotated[CheckFormat | None, _FORMAT] = None  # type: ignore[assignment]


@dataclass(repr=False, eq=False)
class DataOutputOptions(OutputOptions):
    """What output looks like that goes on to other programs."""

    format: Annotated[
        Format | None,
        option(
            "--format -f",
            "Output format; default: what the suffix of --output says, else csv.",
            _OUTPUT,
            show_default=False,
        ),
    ] = None


IndicatorId = Annotated[
    str,
    typer.Argument(metavar="ID", help="The indicator's id.", autocompletion=completion.indicators, show_default=False),
]
Year = Annotated[
    str | None,
    option("--year Y", "As things were at the end of this year; default: the latest year in the data.", _SELECTION),
]
Years = Annotated[
    str | None,
    option(
        "--year Y[..Y]",
        "As things were at the end of this year, or of each year of a range; default: the latest in the data.",
        _SELECTION,
    ),
]
ProjectYear = Annotated[
    str | None,
    option("--year Y", "The year to project to; default: each indicator's target year.", _SELECTION),
]
AsOf = Annotated[str | None, option("--as-of Y", "Only observations up to this year; default: all.", _SELECTION)]
Interval = Annotated[
    float,
    option(
        "--interval PERCENT",
        "Probability of the interval, in percent; default: 80.",
        _SELECTION,
        show_default=False,
    ),
]
Rule = Annotated[
    str | None,
    option(
        "--rule NAME",
        "On-track rule: " + ", ".join([*RuleName, RULES_ALL]) + "; default: the plan's own, else compound.",
        _SELECTION,
        completion.rules,
    ),
]
Summarise = Annotated[
    bool,
    option(
        "--summarise",
        "A row per indicator: series of each status, median pace, the five with the lowest pace.",
        _SELECTION,
    ),
]
Group = Annotated[
    GroupBy | None,
    option(
        "--group",
        "With --summarise, a row per pillar, agency in charge or level: statuses, and the mean attainment, each capped "
        "at 100, by weight.",
        _SELECTION,
        show_default=False,
    ),
]
FailOn = Annotated[
    str | None,
    option(
        "--fail-on A,B",
        "Statuses that fail, and target_year_passed, stale, bound_undecided; +A adds to the default:"
        " off_track,reversing,missed,target_year_passed.",
        _SELECTION,
        completion.statuses,
    ),
]
Against = Annotated[
    str | None,
    option(
        "--against FILE|YEAR",
        "Fail what has become worse since: the CSV or JSON of an earlier status, or the end of a year.",
        _SELECTION,
    ),
]
MaxAge = Annotated[
    int | None,
    option(
        "--max-age N",
        "Observations more than N years older than --year, else this calendar year, are stale: undetermined.",
        _SELECTION,
        min=0,
    ),
]
NeedExplanation = Annotated[
    bool,
    option(
        "--need-explanation",
        "Fail too what is lagging or worse and whose latest observation has no explanation (落後原因).",
        _SELECTION,
    ),
]
MinEvidence = Annotated[Evidence, option("--min-evidence", "Evidence that a KPI needs to fail.", _SELECTION)]
To = Annotated[
    ExportFormat | None, option("--to", "Write a file for other tools to PATH.", _OUTPUT, show_default=False)
]
Force = Annotated[bool, option("--force", "Replace the files of a data package in a folder that holds any.", _OUTPUT)]
