"""From options to a view, and from a table to the streams."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from smartkpi import messages
from smartkpi.cli import output as streams
from smartkpi.cli.looks import ExplainOutputOptions, MessageOptions, OutputOptions
from smartkpi.cli.options import InputOptions, SeriesOptions, WhereOptions
from smartkpi.errors import Fault, UsageError
from smartkpi.render.celltext import number
from smartkpi.render.view import Format, View
from smartkpi.text import printable

if TYPE_CHECKING:
    from smartkpi.model.table import Table
    from smartkpi.readers.dataset import Assumption, Dataset, Inputs
    from smartkpi.tables.selection import Selection

_SHAPES = "★▲◆▼◀✖○─█▒░·│◂▸●╌└┤┬…"


def inputs(given: InputOptions, assume: Sequence[str] = ()) -> Inputs:
    """Return what the library is to read, and which observations to assume."""
    from smartkpi.quantities.years import calendar_of
    from smartkpi.readers.actuals import ReadingOptions
    from smartkpi.readers.dataset import Inputs
    from smartkpi.readers.files import check_encoding

    check_encoding(given.encoding)
    calendar = calendar_of(given.calendar)
    if given.calendar and calendar is None:
        raise UsageError(Fault("not_in_words", option="--calendar", found=given.calendar, example="ce | roc"))
    reading = ReadingOptions(given.encoding, given.skip_lines, given.sheet, calendar, given.strict)
    return Inputs(given.data, given.targets, given.actuals, reading, tuple(assume))


def arrangement(series: WhereOptions) -> Selection:
    """Return which rows are asked for, and in which order where that can be asked for."""
    from smartkpi.tables.selection import Selection

    if not isinstance(series, SeriesOptions):
        return Selection(where=series.where)
    return Selection(series.by, series.where, series.sort, series.top)


def language(talk: MessageOptions) -> str:
    """Return the language asked for, else the environment's."""
    if talk.lang is None:
        return messages.choose(os.environ)
    if talk.lang not in messages.LANGUAGES:
        raise UsageError(
            Fault("not_in_words", option="--lang", found=talk.lang, example=" | ".join(messages.LANGUAGES))
        )
    return talk.lang


def asked_language(talk: MessageOptions) -> str:
    """Return the language asked for, else English: for files, which must not change with the environment."""
    return language(talk) if talk.lang else "en"


def view(look: OutputOptions, talk: MessageOptions) -> View:
    """Return how to show a table, given the options, the terminal and the environment."""
    fields = tuple(name.strip() for name in look.fields.split(",")) if look.fields else ()
    on_terminal = look.output == streams.STANDARD_OUTPUT and streams.is_terminal(sys.stdout)
    size = shutil.get_terminal_size() if on_terminal else None
    return View(
        format=look.format,
        lang=language(talk),
        fields=fields,
        width=size.columns if size else None,
        height=size.lines if size else None,
        color=_in_color(look.color, on_terminal),
        ascii=look.ascii or not _can_show_shapes(look.output),
        add_bom=look.add_bom,
    )


def write(table: Table, view: View, look: OutputOptions) -> None:
    """Render a table and write it; a file name that ends in .parquet asks for Parquet."""
    from smartkpi.render import render

    if look.output.lower().endswith(".parquet"):
        from smartkpi.render import parquet

        streams.write_bytes(parquet.render(table, view), look.output)
        return
    write_text(render(table, view), look)


def write_text(text: str, look: OutputOptions | ExplainOutputOptions) -> None:
    """Write what was rendered: for people in the terminal's encoding, for scripts in UTF-8."""
    for_people = look.format in (Format.table, Format.markdown) and look.output == streams.STANDARD_OUTPUT
    encoding = (sys.stdout.encoding or "utf-8") if for_people and sys.stdout else "utf-8"
    streams.write(text, look.output, encoding)


def remarks(
    loaded: Dataset, talk: MessageOptions, lang: str, more: Sequence[str] = (), further: Sequence[Fault] = ()
) -> None:
    """Say what is to be said of the files that were read, `further` remarks, and then `more` lines."""
    if talk.quiet:
        return
    if talk.verbose:
        for file in loaded.files:
            streams.say(f"smartkpi: {messages.label('was_read', lang).format(file=file)}")
    for remark in (*loaded.remarks, *further):
        said = messages.label("sentence_separator", lang).join([remark.message(lang), remark.cure(lang)])
        streams.say(f"smartkpi: {messages.label('warning', lang)}: {said}")
    for each in loaded.assumed:
        streams.say(f"smartkpi: {_assumption(each, lang)}")
    for line in more:
        streams.say(line)


def _assumption(assumed: Assumption, lang: str) -> str:
    taken, given = assumed
    key = "assumed_instead" if given else "assumed_in"
    series = "".join(f"[{value}]" for value in taken.dimensions)
    return messages.label(key, lang).format(
        indicator=printable(taken.indicator + series),
        year=taken.year,
        value=printable(f"{number(taken.value or 0)} {taken.unit}"),
        given=printable(given.as_given) if given else "",
    )


def _in_color(color: str, on_terminal: bool) -> bool:
    """Whether to use colour: the option, else the conventions of no-color.org and bixense.com/clicolors."""
    if color in ("always", "never"):
        return color == "always"
    if color != "auto":
        raise UsageError(Fault("not_in_words", option="--color", found=color, example="auto | always | never"))
    asked = os.environ
    if asked.get("NO_COLOR"):
        return False
    if asked.get("FORCE_COLOR") or asked.get("CLICOLOR_FORCE", "0") != "0":
        return True
    return on_terminal and asked.get("TERM") != "dumb" and asked.get("CLICOLOR") != "0"


def _can_show_shapes(output: str) -> bool:
    if output != streams.STANDARD_OUTPUT or sys.stdout is None:
        return True
    try:
        _SHAPES.encode(sys.stdout.encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
