"""smartkpi init."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from smartkpi.cli.option_groups import parse_year, spread
from smartkpi.cli.options import MessageOptions, option
from smartkpi.cli.output import say
from smartkpi.cli.view import file_language, language
from smartkpi.errors import Fault, UsageError

OPEN_SDG = "open-sdg:"
"""Begins what ``--from`` names where it is a repository and no file."""


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
    from smartkpi.render.starter.from_file import folder_from
    from smartkpi.text import printable

    lang, notes = language(talk), list[Fault]()
    if origin is None:
        latest = parse_year(year) or time.localtime().tm_year - 1
        texts = starter_folder(latest, file_language(talk) if talk.lang else None)
    elif origin.startswith(OPEN_SDG):
        texts, notes[:] = _from_open_sdg(origin.removeprefix(OPEN_SDG), file_language(talk))
    else:
        texts, notes[:] = folder_from(origin, file_language(talk))
    write_folder(folder, texts)
    if not talk.quiet:
        for name in texts:
            say(label("was_made", lang).format(file=printable(f"{folder.rstrip('/')}/{name}")))
        for note in notes:
            say(f"smartkpi: {label('warning', lang)}: {note.message(lang)}; {note.cure(lang)}")
        first = "status" if origin is None or origin.startswith(OPEN_SDG) else "list"
        say(label("try_next", lang).format(command=printable(f"smartkpi {first} --data {quote(folder)}")))


def _from_open_sdg(path: str, lang: str) -> tuple[Mapping[str, bytes], Sequence[Fault]]:
    """Return the files made from a checkout of Open SDG, and what is to be said of it."""
    from smartkpi.readers import open_sdg
    from smartkpi.render.starter import SCHEMA_FILE
    from smartkpi.render.starter.from_open_sdg import data_files
    from smartkpi.schema import as_text, json_schema

    if not path:
        raise UsageError(Fault("not_in_words", option="--from", found=OPEN_SDG, example="open-sdg:PATH"))
    repository = open_sdg.read(Path(path), path.rstrip("/"))
    texts = data_files(repository.indicators, Path(path).resolve().name or "open-sdg")
    every = {SCHEMA_FILE: as_text(json_schema("plan", lang)), **texts}
    return {name: text.encode() for name, text in every.items()}, repository.remarks
