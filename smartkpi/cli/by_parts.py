"""Results of more observations than fit into memory: part after part into one file, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence, Sized
from contextlib import closing
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from smartkpi.cli.option_groups import this_year
from smartkpi.cli.output import STANDARD_OUTPUT
from smartkpi.cli.view import columns_asked_for
from smartkpi.errors import Fault, TooLargeError
from smartkpi.render.view import Format, View
from smartkpi.text import nearest

if TYPE_CHECKING:
    from smartkpi.cli.options import OutputOptions
    from smartkpi.model.table import Table
    from smartkpi.readers.dataset import Dataset, Inputs, PartedDataset, PartNotes, Progress
    from smartkpi.tables.selection import Selection

_FORMATS = (Format.csv, Format.tsv, "parquet")


class Results(NamedTuple):
    """What is computed of a dataset, or of a part of one."""

    table: Table | None
    """To write; None where it has been written part by part."""
    selected: Sequence[Table]
    """Of each year of assessment; where it has been written, only what a summary needs."""
    remarks: Sequence[Fault]
    """That no series has a value that is asked for."""
    series: Sized = ()
    """All of the part, asked for or not."""


def compute(
    inputs: Inputs,
    results: Callable[[Dataset], Results],
    summarised: Sequence[str],
    rows: Selection,
    view: View,
    look: OutputOptions,
    lang: str,
    progress: Progress,
) -> tuple[Dataset | PartedDataset, Results]:
    """Read the data and compute the results, which are written at once where they do not fit into memory.

    Parameters
    ----------
    inputs
        Which files.
    results
        Computes those of a dataset.
    summarised
        Columns that a summary needs.
    rows
        Which of the results are asked for.
    view, look, lang
        How and where to write, and in which language.
    progress
        Is told how far that is.

    Raises
    ------
    DataError
        With all errors of the input.
    OutputError
        If the file, or a temporary file beside it, cannot be written.
    """
    from smartkpi.readers.dataset import load
    from smartkpi.tables.processes import on_all_processors

    try:
        dataset = load(inputs, progress)
    except TooLargeError:
        needs_all = rows.by or rows.sort or rows.top or inputs.assume
        if needs_all or view.format not in _FORMATS or STANDARD_OUTPUT in (look.output, *inputs.actuals):
            raise
        return _write(inputs, results, summarised, view, look, lang, progress)
    with on_all_processors():
        return dataset, results(dataset)


def _write(
    inputs: Inputs,
    results: Callable[[Dataset], Results],
    summarised: Sequence[str],
    view: View,
    look: OutputOptions,
    lang: str,
    progress: Progress,
) -> tuple[PartedDataset, Results]:
    from smartkpi.model.table import concatenate
    from smartkpi.readers import years_to_come
    from smartkpi.readers.dataset import load_in_parts
    from smartkpi.render import csv, parquet
    from smartkpi.render.files import new_file
    from smartkpi.tables.on_request import with_columns
    from smartkpi.tables.processes import each_in_turn, on_all_processors

    wanted = columns_asked_for(view, lang)
    parts = parquet.parts if view.format == "parquet" else csv.parts

    def compute_part(number: int) -> tuple[PartNotes, Results | None, list[Fault]]:
        notes, part = dataset.part(number)
        if part is None:
            return notes, None, []
        own = results(part)
        table = None if own.table is None else with_columns(own.table, wanted)
        selected = [_with_only(each, summarised) for each in own.selected]
        coming = list(years_to_come.remarks(part.observations, this_year()))
        return notes, Results(table, selected, own.remarks, range(len(own.series))), coming

    with new_file(look.output) as (descriptor, folder):
        dataset = load_in_parts(inputs, folder, progress)
        while not dataset.is_consistent:
            os.lseek(descriptor, 0, os.SEEK_SET)
            os.ftruncate(descriptor, 0)
            found: list[Results] = []
            coming: list[Fault] = []
            with (
                parts(descriptor, view) as append,
                on_all_processors(),
                closing(each_in_turn(compute_part, len(dataset))) as every_part,
            ):
                for done, (notes, own, to_come) in enumerate(every_part):
                    progress(2 * len(dataset) + done, 3 * len(dataset), "")
                    dataset.note(notes)
                    coming += to_come
                    if own is not None:
                        if own.table is not None and (len(own.table) or not found):
                            append(own.table)
                        found.append(own._replace(table=None))
            dataset.settle()
    dataset.years_to_come = years_to_come.joined(coming, dataset.files)
    selected = [concatenate(years) for years in zip(*(each.selected for each in found), strict=True)]
    return dataset, Results(None, selected, _of_all([each.remarks for each in found if len(each.series)]))


def _with_only(table: Table, names: Sequence[str]) -> Table:
    aside = {name: column for name, column in table.aside.items() if name in names}
    return replace(table.select([name for name in names if name in table.columns]), aside=aside)


def _of_all(remarks: Sequence[Sequence[Fault]]) -> list[Fault]:
    """Return the remarks that are made on every part: that no series has a value, and which value is nearest to it."""
    found: dict[tuple[str, str], list[Fault]] = {}
    for each in chain.from_iterable(remarks):
        found.setdefault((each.details["name"], each.details["found"]), []).append(each)
    everywhere = [same for same in found.values() if len(same) == len(remarks)]
    for same in everywhere:
        near = nearest(same[0].details["found"], [each.details["near"] for each in same])
        same[0].details["near"] = near or same[0].details["near"]
    return [same[0] for same in everywhere]
