"""Options of what smartkpi says and shows: the words, the format, the place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

import typer

from smartkpi.cli.completion import completers
from smartkpi.render.view import CheckFormat, ExplainFormat, Format

_LOOK = "Output"


def _remember(name: str) -> Any:
    """Return a callback that keeps an option for `main`, which speaks after the command has failed."""

    def keep(context: typer.Context, value: Any) -> Any:
        if isinstance(context.obj, dict) and value is not None:
            context.obj[name] = value
        return value

    return keep


@dataclass(frozen=True)
class MessageOptions:
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
class OutputOptions:
    """What the output looks like, and where it goes."""

    format: Annotated[Format, typer.Option("--format", "-f", help="Output format.", rich_help_panel=_LOOK)] = (
        Format.table
    )
    fields: Annotated[
        str | None,
        typer.Option(
            "--fields",
            metavar="A,B",
            help="These columns, in that order.",
            autocompletion=completers.fields,
            rich_help_panel=_LOOK,
        ),
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
class ExplainOutputOptions:
    """What an explanation looks like, and where it goes."""

    format: Annotated[ExplainFormat, typer.Option("--format", "-f", help="Output format.", rich_help_panel=_LOOK)] = (
        ExplainFormat.table
    )
    output: Output = "-"
    ascii: _Ascii = False


_CheckFormat = Annotated[CheckFormat, typer.Option("--format", "-f", help="Output format.", rich_help_panel=_LOOK)]


@dataclass(frozen=True)
class CheckOutputOptions(OutputOptions):
    """As the others, with a format for GitHub Actions."""

    format: _CheckFormat = CheckFormat.table  # type: ignore[assignment]


@dataclass(frozen=True)
class DataOutputOptions(OutputOptions):
    """What output looks like that goes on to other programs."""

    format: Annotated[Format, typer.Option("--format", "-f", help="Output format.", rich_help_panel=_LOOK)] = Format.csv
