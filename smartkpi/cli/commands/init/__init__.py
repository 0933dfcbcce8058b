"""smartkpi init."""

from __future__ import annotations

import time
from typing import Annotated

import typer

from smartkpi.cli.looks import MessageOptions
from smartkpi.cli.option_groups import spread


@spread
def init(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="Folder to make; it may be there if it is empty.")],
    talk: MessageOptions,
    year: Annotated[
        str | None, typer.Option("--year", metavar="Y", help="Year of the first actuals; default: last year.")
    ] = None,
) -> None:
    """Make a data folder to begin with: a commented plan and its first actuals, ready for `smartkpi status`.

    With it comes the plan's JSON Schema, by which editors complete and check the plan. Nothing is ever overwritten.
    """
    from shlex import quote

    from smartkpi.cli import output, view
    from smartkpi.cli.arguments import year_of
    from smartkpi.cli.commands.init.starter import SCHEMA_FILE, YEARS_TO_TARGET, starter_files
    from smartkpi.cli.folders import fill
    from smartkpi.errors import Fault, UsageError
    from smartkpi.messages import label
    from smartkpi.model import FIRST_YEAR, LAST_YEAR
    from smartkpi.schema import as_text, json_schema
    from smartkpi.text import printable

    lang = view.language(talk)
    latest = year_of(year) or time.localtime().tm_year - 1
    if not FIRST_YEAR < latest <= LAST_YEAR - YEARS_TO_TARGET:
        raise UsageError(Fault("not_in_words", option="--year", found=str(latest), example="2025"))
    texts = {SCHEMA_FILE: as_text(json_schema("plan", view.asked_language(talk))), **starter_files(latest)}
    fill(folder, {name: text.encode() for name, text in texts.items()})
    if not talk.quiet:
        for name in texts:
            output.say(label("was_made", lang).format(file=printable(f"{folder.rstrip('/')}/{name}")))
        output.say(label("try_next", lang).format(command=printable(f"smartkpi status --data {quote(folder)}")))
