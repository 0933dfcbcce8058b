"""Data files -> observations in the units of their indicators."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from smartkpi.errors import Fault, Faults
from smartkpi.model import Observation, Plan
from smartkpi.quantities.years import Calendar
from smartkpi.readers import csv, jsonl, layouts
from smartkpi.readers import files as textfile
from smartkpi.readers.csv import Sheet
from smartkpi.readers.layouts import Context, Names, Record
from smartkpi.readers.observations import RowReader

LARGEST_FILE = 64_000_000
"""Bytes of one file; every row is kept with its place for messages, in about fifty times as much memory."""


@dataclass
class Reading:
    """What was read: observations, and what is to be said of it."""

    observations: list[Observation] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=Faults)
    remarks: list[Fault] = field(default_factory=list)
    """What the reader should know though it stops nothing: encodings, columns left out."""


class ReadingOptions(NamedTuple):
    """How the files are to be understood."""

    encoding: str | None = None
    """Of text; None for UTF-8, else cp950."""
    skip_lines: int = 0
    """Before the header."""
    sheet: str | None = None
    """Of a workbook, by name or number from 1; None for the first."""
    calendar: Calendar | None = None
    """Of years in figures; None where the figures say it."""
    strict: bool = False
    """Rows that match no indicator are faults."""


DEFAULTS = ReadingOptions()


def read(files: Iterable[tuple[Path | str, str]], plan: Plan, options: ReadingOptions = DEFAULTS) -> Reading:
    """Read any number of actuals files.

    Parameters
    ----------
    files
        Path (``-`` is standard input) and name in messages of each.
    plan
        Whose indicators, units and dimensions the rows must fit.
    options
        How the files are to be understood.

    Returns
    -------
    Reading
        Observations in the order of files and rows, with all faults of all files.
    """
    reading = Reading()
    context = Context(plan, Names(plan), options.calendar, options.strict, reading.faults, reading.remarks)
    for path, file in files:
        _read_file(path, file, context, options, reading)
    _note_duplicates(reading)
    return reading


def read_row(place: str, cells: Mapping[str, str], plan: Plan, faults: list[Fault]) -> Observation | None:
    """Read one row that is in no file.

    Parameters
    ----------
    place
        Where it comes from, in messages.
    cells
        Its cells by column, the required ones and the plan's dimensions among them.
    plan
        Whose indicators, units and dimensions it must fit.
    faults
        Each fault found is added here; None is returned then.
    """
    return RowReader(Context(plan, Names(plan), faults=faults)).read(Record(place, 0, cells))


def _read_file(path: Path | str, file: str, context: Context, options: ReadingOptions, reading: Reading) -> None:
    sheet = _sheet(path, file, options, reading)
    if sheet is None:
        return
    reader = RowReader(context)
    read_rows = (reader.read(record) for record in layouts.records(sheet, context))
    reading.observations += [observation for observation in read_rows if observation is not None]


def _sheet(path: Path | str, file: str, options: ReadingOptions, reading: Reading) -> Sheet | None:
    """Return a file as a table; what it holds, and not its name, says which kind of file it is."""
    before = len(reading.faults)
    content = textfile.read_bytes(path, file, reading.faults, LARGEST_FILE)
    if len(reading.faults) > before:
        return None
    if textfile.is_workbook(content):
        from smartkpi.readers import workbook

        return workbook.read(content, file, reading.faults, reading.remarks, options.sheet, options.skip_lines)
    text, encoding = textfile.decode(content, file, reading.faults, options.encoding)
    if len(reading.faults) > before:
        return None
    if encoding not in ("utf-8", "utf-8-sig"):
        reading.remarks.append(Fault("encoding_used", file, encoding=encoding))
    if jsonl.looks_like(text):
        return jsonl.read(text, file, reading.faults)
    return csv.read(text, file, reading.faults, options.skip_lines)


def nearest_indicator(name: str, plan: Plan) -> str:
    """Return the plan's indicator that is spelled most like `name`, else the first few."""
    return Names(plan).nearest(name)


def _note_duplicates(reading: Reading) -> None:
    first: dict[tuple[str, int, tuple[str, ...]], Observation] = {}
    for observation in reading.observations:
        key = observation.indicator, observation.year, observation.dimensions
        earlier = first.setdefault(key, observation)
        if earlier is not observation:
            reading.faults.append(
                Fault(
                    "duplicate",
                    observation.file,
                    observation.line,
                    indicator=observation.indicator,
                    year=observation.year,
                    first=f"{earlier.file}:{earlier.line}",
                )
            )
