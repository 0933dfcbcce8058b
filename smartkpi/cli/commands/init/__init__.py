"""smartkpi init."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from smartkpi.cli.option_groups import parse_year, spread
from smartkpi.cli.options import MessageOptions, option
from smartkpi.cli.output import say, write_folder
from smartkpi.cli.view import file_language, language
from smartkpi.errors import Fault, UsageError
from smartkpi.model import FIRST_YEAR, LAST_YEAR


@spread
def init(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="Folder to make; it may exist if it is empty.")],
    talk: MessageOptions,
    year: Annotated[str | None, option("--year Y", "Year of the first actuals; default: last year.")] = None,
    origin: Annotated[
        str | None,
        option("--from open-sdg:PATH", "Make it from a checkout of a data repository of Open SDG, with its targets."),
    ] = None,
) -> None:
    """Make a data folder to begin with: a commented plan and its first actuals, ready for `smartkpi status`.

    With it comes the plan's JSON Schema, by which editors complete and check the plan. Nothing is ever overwritten.
    """
    from shlex import quote

    from smartkpi.cli.commands.init.starter import SCHEMA_FILE
    from smartkpi.messages import label
    from smartkpi.schema import as_text, json_schema
    from smartkpi.text import printable

    lang = language(talk)
    own, notes = _starter(year) if origin is None else _from(origin)
    texts = {SCHEMA_FILE: as_text(json_schema("plan", file_language(talk))), **own}
    write_folder(folder, {name: text.encode() for name, text in texts.items()})
    if not talk.quiet:
        for name in texts:
            say(label("was_made", lang).format(file=printable(f"{folder.rstrip('/')}/{name}")))
        for note in notes:
            say(f"smartkpi: {label('warning', lang)}: {note.message(lang)}; {note.cure(lang)}")
        say(label("try_next", lang).format(command=printable(f"smartkpi status --data {quote(folder)}")))


def _starter(year: str | None) -> tuple[Mapping[str, str], Sequence[Fault]]:
    from smartkpi.cli.commands.init.starter import YEARS_TO_TARGET, starter_files

    latest = parse_year(year) or time.localtime().tm_year - 1
    if not FIRST_YEAR < latest <= LAST_YEAR - YEARS_TO_TARGET:
        raise UsageError(Fault("not_in_words", option="--year", found=str(latest), example="2025"))
    return starter_files(latest), ()


def _from(origin: str) -> tuple[Mapping[str, str], Sequence[Fault]]:
    """Return the files made from what ``--from`` names, and what is to be said of it."""
    from smartkpi.cli.commands.init.from_open_sdg import data_files
    from smartkpi.readers import open_sdg

    kind, _, path = origin.partition(":")
    if kind != "open-sdg" or not path:
        raise UsageError(Fault("not_in_words", option="--from", found=origin, example="open-sdg:PATH"))
    repository = open_sdg.read(Path(path), path.rstrip("/"))
    return data_files(repository.indicators, Path(path).resolve().name or "open-sdg"), repository.remarks
