"""smartkpi init."""

from __future__ import annotations

from typing import Annotated

import typer

from smartkpi.cli.option_groups import parse_year, spread, this_year
from smartkpi.cli.options import MessageOptions, option
from smartkpi.cli.output import say
from smartkpi.cli.view import file_language, language
from smartkpi.errors import Fault


@spread
def init(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="Folder to make; it may exist if it is empty.")],
    talk: MessageOptions,
    year: Annotated[str | None, option("--year Y", "Year of the first actuals; default: last year.")] = None,
    origin: Annotated[
        str | None,
        option(
            "--from FILE",
            "Make the plan from a spreadsheet or CSV with a row for each indicator, or from open-sdg:PATH, "
            "a checkout of a data repository of Open SDG.",
        ),
    ] = None,
) -> None:
    """Make a folder with a commented plan and its first actuals.

    With it comes the plan's JSON Schema, by which editors complete and check the plan. Nothing is ever overwritten.
    """
    from shlex import quote

    from smartkpi.messages import label
    from smartkpi.render.files import write_folder
    from smartkpi.render.starter import starter_folder
    from smartkpi.render.starter.origin import OPEN_SDG, folder_from
    from smartkpi.text import printable

    lang, notes = language(talk), list[Fault]()
    if origin is None:
        latest = parse_year(year) or this_year() - 1
        texts = starter_folder(latest, file_language(talk) if talk.lang else None)
    else:
        texts, notes[:] = folder_from(origin, file_language(talk))
    write_folder(folder, texts)
    if not talk.quiet:
        for name in texts:
            say(label("was_made", lang).format(file=printable(f"{folder.rstrip('/')}/{name}")))
        for note in notes:
            text = label("sentence_separator", lang).join([note.message(lang), note.cure(lang)])
            say(f"smartkpi: {label('named', lang).format(name=label('warning', lang), text=text)}")
        first = "status" if origin is None or origin.startswith(OPEN_SDG) else "list"
        say(label("try_next", lang).format(command=printable(f"smartkpi {first} --data {quote(folder)}")))
