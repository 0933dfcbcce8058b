"""From options to a view, and from a table to the output."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from smartkpi import messages
from smartkpi.cli import output
from smartkpi.cli.option_groups import parse_size, this_year
from smartkpi.cli.options import (
    CheckOutputOptions,
    DataOutputOptions,
    InputOptions,
    MessageOptions,
    OutputOptions,
    SelectionOptions,
    SeriesOptions,
)
from smartkpi.cli.output_format import BINARY, output_format
from smartkpi.errors import Fault, UsageError
from smartkpi.model.reading import DECLARATIONS
from smartkpi.render.view import CheckFormat, Format, View
from smartkpi.text import printable

if TYPE_CHECKING:
    from smartkpi.model import Plan
    from smartkpi.model.table import Table
    from smartkpi.readers.dataset import Assumption, Dataset, Inputs, PartedDataset
    from smartkpi.readers.layouts import Understanding
    from smartkpi.tables.selection import Selection

_SHAPES = "★▲◆▼◀✖○≠†‡─█▒░·│◂▸●╌└┤┬…"
_COMMAND_OF_GITHUB = r"(?m)^([^\S\n]*):(?=:)"


def make_inputs(options: InputOptions, assume: Sequence[str] = ()) -> Inputs:
    """Return what the library is to read, and which observations to assume."""
    from smartkpi.readers.dataset import Inputs
    from smartkpi.readers.reading import reading_options

    reading = reading_options({each.name: getattr(options, each.name) for each in DECLARATIONS})
    limit = parse_size(options.memory_limit)
    return Inputs(options.data, options.targets, options.actuals, reading, options.strict, tuple(assume), limit)


def make_selection(inputs: InputOptions, series: SeriesOptions | None = None) -> Selection:
    """Return which rows to show, and in which order where the command has options for it."""
    from smartkpi.tables.selection import Selection

    if series is None:
        return Selection(where=inputs.where)
    return Selection(series.by, inputs.where, series.sort, series.top)


def indicators_of(plan: Plan, selection: SelectionOptions) -> Sequence[str]:
    """Return which indicators are asked for by name or agency; none where only the level counts."""
    from smartkpi.tables.selection import with_owner

    if selection.owner is None:
        return selection.indicator
    return with_owner(plan, selection.level, selection.indicator, selection.owner)


def language(talk: MessageOptions) -> str:
    """Return the language of the option, else of the environment."""
    if talk.lang is None:
        return messages.choose(os.environ)
    if talk.lang not in messages.LANGUAGES:
        raise UsageError(
            Fault("not_in_words", option="--lang", found=talk.lang, example=" | ".join(messages.LANGUAGES))
        )
    return talk.lang


def file_language(talk: MessageOptions) -> str:
    """Return the language of the option, else English: files must not change with the environment."""
    return language(talk) if talk.lang else "en"


def make_view(look: OutputOptions, talk: MessageOptions) -> View:
    """Return how to show a table, given the options, the terminal and the environment."""
    fields = tuple(name.strip() for name in look.fields.split(",")) if look.fields else ()
    on_terminal = look.output == output.STANDARD_OUTPUT and output.is_terminal(sys.stdout)
    size = shutil.get_terminal_size() if on_terminal else None
    formats = CheckFormat if isinstance(look, CheckOutputOptions) else Format
    default = Format.csv if isinstance(look, DataOutputOptions) else Format.table
    return View(
        format=output_format(look.format, look.output, (*formats, *BINARY), default),
        lang=language(talk),
        fields=fields,
        width=size.columns if size else None,
        height=size.lines if size else None,
        color=_in_color(look.color, on_terminal),
        ascii=look.ascii or not _can_show_shapes(look.output),
        add_bom=look.add_bom,
    )


def write(table: Table, view: View, look: OutputOptions, lang: str = "en") -> None:
    """Render a table and write it.

    `lang` is the language of what documents the columns of a workbook; Chinese adds the Chinese titles to CSV and JSON.
    """
    from smartkpi.tables.on_request import with_columns

    table = with_columns(table, columns_asked_for(view, lang))
    if view.format == "parquet":
        from smartkpi.render import parquet

        output.write_bytes(partial(parquet.write, table, view), look.output)
    elif view.format == "xlsx":
        from smartkpi.render import xlsx

        front = table.name == "status" and not view.fields
        tables = {table.name: table.select(view.names(table))}
        output.write_bytes(xlsx.render(tables, lang, front=front), look.output)
    elif view.format in (Format.csv, Format.tsv):
        from smartkpi.render import csv

        output.write_bytes(csv.content(table, view), look.output)
    else:
        from smartkpi.render import render

        write_text(render(table, view), view, look.output)


def columns_asked_for(view: View, lang: str) -> Sequence[str]:
    """Return the columns that a table may have to be given before it is written."""
    chinese = lang == "zh-TW" and view.format not in (Format.table, Format.markdown)
    return view.fields or (["title_zh"] if chinese else [])


def write_text(text: str, view: View, place: str) -> None:
    """Write what was rendered: for people in the terminal's encoding, for scripts in UTF-8."""
    if view.format not in (Format.table, Format.markdown) or place != output.STANDARD_OUTPUT:
        output.write(text, place)
        return
    # GitHub takes a line of a job's output that begins so for a command, whatever file the words are from.
    harmless = re.sub(_COMMAND_OF_GITHUB, r"\1\\x3a", text)
    output.write(harmless, place, (sys.stdout.encoding if sys.stdout else None) or "utf-8")


def remarks(
    dataset: Dataset | PartedDataset,
    talk: MessageOptions,
    lang: str,
    lines: Sequence[str] = (),
    more: Sequence[Fault] = (),
    *,
    understood: bool = True,
) -> None:
    """Say what there is to say of the files that were read, `more` remarks, and then these lines.

    How the files were understood is said where the user wants to know what was read, unless it is said elsewhere.
    """
    if talk.quiet:
        return
    for file in dataset.files if talk.verbose else ():
        output.say(f"smartkpi: {messages.label('was_read', lang).format(file=file)}")
    if understood:
        understanding(dataset.tables, talk, lang)
    for remark in (*dataset.remarks, *_years_to_come(dataset), *more):
        sentences = [remark.message(lang), remark.cure(lang)]
        text = messages.label("sentence_separator", lang).join(sentences)
        output.say(f"smartkpi: {messages.label('named', lang).format(name=messages.label('warning', lang), text=text)}")
    for each in dataset.assumed:
        output.say(f"smartkpi: {_assumption(each, lang)}")
    for line in lines:
        for part in _fitting(line):
            output.say(part)


def _years_to_come(dataset: Dataset | PartedDataset) -> Sequence[Fault]:
    from smartkpi.readers import years_to_come
    from smartkpi.readers.dataset import PartedDataset

    if isinstance(dataset, PartedDataset):
        return dataset.years_to_come
    return list(years_to_come.remarks(dataset.observations, this_year()))


def understanding(tables: Sequence[Understanding], talk: MessageOptions, lang: str) -> None:
    """Say how files were understood, where the user wants to know what was read."""
    if talk.verbose and not talk.quiet:
        from smartkpi.render.understanding import text_lines

        for line in text_lines(tables, lang):
            output.say(line)


def _fitting(line: str) -> Sequence[str]:
    """Return a line in parts that fit into the terminal, where stderr leads to one."""
    if not output.is_terminal(sys.stderr):
        return [line]
    from smartkpi.render.width import wrapped

    return wrapped(line, shutil.get_terminal_size().columns)


def _assumption(assumption: Assumption, lang: str) -> str:
    from smartkpi.render.celltext import number

    observation, replaced = assumption
    series = "".join(f"[{value}]" for value in observation.dimensions)
    return messages.label("assumed_instead" if replaced else "assumed_in", lang).format(
        indicator=printable(observation.indicator + series),
        year=observation.year,
        value=printable(f"{number(observation.value or 0)} {observation.unit}"),
        given=printable(replaced.as_given) if replaced else "",
    )


def _in_color(color: str, on_terminal: bool) -> bool:
    """Whether to use colour: the option, else the conventions of no-color.org and bixense.com/clicolors."""
    if color in ("always", "never"):
        return color == "always"
    if color != "auto":
        raise UsageError(Fault("not_in_words", option="--color", found=color, example="auto | always | never"))
    environment = os.environ
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR") or environment.get("CLICOLOR_FORCE", "0") != "0":
        return True
    return on_terminal and environment.get("TERM") != "dumb" and environment.get("CLICOLOR") != "0"


def _can_show_shapes(place: str) -> bool:
    if place != output.STANDARD_OUTPUT or sys.stdout is None:
        return True
    try:
        _SHAPES.encode(sys.stdout.encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
