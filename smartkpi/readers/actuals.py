"""Data files of any kind and size -> observations in the units of their indicators."""

from __future__ import annotations

import codecs
import contextlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO

import numpy as np

from smartkpi.errors import MOST_FAULTS, Fault, Faults, TooLargeError, place_of
from smartkpi.model import LAST_YEAR, Observation, Plan
from smartkpi.model.arrays import Categorical, Ints, occurring
from smartkpi.model.observations import Observations, concatenate
from smartkpi.model.reading import ReadingOptions, before
from smartkpi.readers import csv, files, jsonl, jumps, layouts, observations, printed_targets, raw, second_values
from smartkpi.readers.csv import Sheet
from smartkpi.readers.differences import Differences
from smartkpi.readers.file_formats import other_format
from smartkpi.readers.layouts import Context, Names, Record, Understanding, conditions, extent
from smartkpi.readers.layouts.record import ColumnUse
from smartkpi.readers.named_files import NamedFile
from smartkpi.readers.part_years import whole_years
from smartkpi.readers.raw import Extent, RawColumns
from smartkpi.readers.row_errors import RowErrors
from smartkpi.readers.second_values import Repeats

LARGE = 8_000_000
"""Bytes of all files together from which Arrow splits their text; below, it takes longer to load than they to read."""
LARGEST_FILE = 64_000_000
"""Bytes of a file that is read cell by cell; every cell is kept, in about fifty times as much memory."""
LARGEST_STREAM = 512_000_000
"""Bytes of standard input or of a pipe."""
_TEXT_SUFFIXES = (".csv", ".tsv", ".txt")


@dataclass
class Reading:
    """What was read: observations, and what is to be said of it."""

    observations: Observations
    order: Ints | slice = field(default_factory=lambda: slice(None))
    """Of the observations by series and year, as `grouping.order` gives it."""
    faults: list[Fault] = field(default_factory=Faults)
    remarks: list[Fault] = field(default_factory=list)
    """What the reader should know though it stops nothing: encodings, columns left out."""
    tables: list[Understanding] = field(default_factory=list)
    """How each table was understood."""
    tables_of: Callable[[str], Sequence[Understanding]] = lambda _: ()
    """Reads a file once more, to keep its cells."""


_NOTHING_READ = frozenset({"none_matches", "where_leaves_none"})
"""Remarks that say why a file gives no values."""
DEFAULTS = ReadingOptions()
_MOST_YEARS = 8
"""Texts of years that are looked at for one that is not the year itself."""


def read(
    named: Iterable[NamedFile],
    plan: Plan,
    options: ReadingOptions = DEFAULTS,
    large: bool = False,
    strict: bool = False,
    tables: list[Understanding] | None = None,
    memory_limit: int | None = None,
) -> Reading:
    """Read any number of actuals files.

    Parameters
    ----------
    named
        Which files.
    plan
        Whose indicators, units and dimensions the rows must fit.
    options
        How the files are to be understood; what the plan says counts after it.
    large
        Whether the files together are large, see `are_large`.
    strict
        Whether rows that match no indicator are errors.
    tables
        How each table is understood is added to it, whatever becomes of the reading.
    memory_limit
        Bytes that what is in Parquet may take which is not in a file of that name; None for no limit.

    Returns
    -------
    Reading
        Observations in the order of files and rows, with all faults of all files.
    """
    reading = Reading(concatenate([], plan), tables=[] if tables is None else tables)
    parts = list(read_tables(named, plan, options, reading, large, strict, memory_limit))
    reading.observations = whole_years(concatenate(parts, plan), reading.faults, reading.remarks)
    reading.remarks += _settle_second_values(reading).remarks
    if not reading.faults:
        reading.remarks += jumps.remarks(reading.observations, reading.order)
    return reading


def read_tables(
    named: Iterable[NamedFile],
    plan: Plan,
    options: ReadingOptions,
    reading: Reading,
    large: bool = False,
    strict: bool = False,
    memory_limit: int | None = None,
    rows: int | None = None,
) -> Iterator[Observations]:
    """Read the tables of files one after the other.

    Parameters
    ----------
    named, plan, options, large, strict, memory_limit
        As in `read`.
    reading
        Faults and remarks are added to it.
    rows
        Of a Parquet file at a time; None for all at once.
    """
    options = before(options, plan.reading)
    context = Context(
        plan,
        Names(plan),
        options.calendar,
        strict,
        reading.faults,
        reading.remarks,
        options,
        memory_limit=memory_limit,
        tables=reading.tables,
    )
    sources: dict[str, NamedFile] = {}
    aside = replace(context.aside(), keeps_cells=True)
    reading.tables_of = partial(_tables_again, sources, aside, large)
    for each in named:
        sources[each.shown] = each
        own, before_it = replace(context, indicator=each.indicator, is_part=rows is not None), len(context.tables)
        for columns in _columns(each.path, each.shown, own, large, rows):
            yield _checked(columns, own)
        _note_nothing(context.tables[before_it:], context)
    conditions.note_unknown(context)


def _tables_again(
    sources: Mapping[str, NamedFile], context: Context, large: bool, file: str
) -> Sequence[Understanding]:
    """Return how the tables of a file are understood that was read before; none where it can be read only once."""
    named = sources.get(file) or sources.get(file.rpartition("[")[0])
    if named is None or not isinstance(named.path, Path) or not named.path.is_file():
        return []
    own = replace(context, indicator=named.indicator, tables=[])
    for _ in _columns(named.path, named.shown, own, large):
        pass
    return own.tables


def settle_part(observations: Observations) -> tuple[Reading, Repeats]:
    """Return a part that has all rows of its series, with its own faults and remarks."""
    reading = Reading(observations, faults=[])
    repeats = _settle_second_values(reading)
    if not reading.faults:
        reading.remarks += jumps.remarks(reading.observations, reading.order)
    return reading, repeats


def are_large(paths: Sequence[Path | str]) -> bool:
    """Whether files together have so many bytes that Arrow reads them faster, its start included."""
    return sum(path.stat().st_size for path in paths if isinstance(path, Path) and _is_file(path)) > LARGE


def extent_of(path: Path | str, plan: Plan) -> Extent:
    """Return how much there is in a file, as far as it says so: nothing unless it is Parquet."""
    if not is_parquet(path) or not find_spec("pyarrow"):
        return Extent()
    from smartkpi.readers import parquet

    return parquet.extent(Path(path), len(plan.dimensions))


def require_memory(file: str, needed: int, limit: int) -> None:
    """Refuse what takes more bytes of memory than it may.

    Raises
    ------
    TooLargeError
        Naming the file.
    """
    if needed > limit:
        about = round(needed, 2 - len(str(needed)))
        raise TooLargeError(Fault("too_large", file, needed=f"{about:,}", limit=f"{limit:,}"))


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
    before = len(faults)
    columns = raw.from_records([Record(place, 0, cells)], place, plan.dimensions)
    row = _checked(columns, Context(plan, Names(plan), faults=faults))
    return row.row(0) if len(faults) == before else None


def nearest_indicator(name: str, plan: Plan) -> str:
    """Return the plan's indicator that is spelled most like `name`, else the first few."""
    return Names(plan).nearest(name)


def _checked(columns: RawColumns, context: Context) -> Observations:
    """Return the rows without errors; the errors of the others are noted."""
    found, errors, remarks = observations.check(
        columns, context.plan, context.names, context.options, context.units_from_plan, MOST_FAULTS
    )
    context.remarks.extend(remarks)
    context.remarks.extend(printed_targets.differing(columns, found, context.options))
    names = columns.indicator.values
    is_all = len(found) > 1 and not context.is_part
    if errors and is_all and not any(context.names.indicators(text or title) for text, title in names):
        rows = [text or title for text, title in columns.indicator.cells()]
        context.faults.append(context.names.none_matches(*found.place(0), rows))
    elif errors:
        context.faults.extend(errors.by_row(found.place))
    kept = found.take(errors.without(len(found))) if errors else found
    if context.tables:
        _note_values(context.tables[-1], columns, kept)
        _note_meanings(context.tables[-1], columns, found, context)
    return kept


def _note_values(table: Understanding, columns: RawColumns, found: Observations) -> None:
    """Note how many values a table has, of how many indicators, and of which years."""
    missing = int(np.count_nonzero(np.isnan(found.value)))
    table.values, table.no_data = table.values + len(found) - missing, table.no_data + missing
    table.present.update(occurring(found.indicator, len(found.plan.indicators)).tolist())
    table.years = tuple(sorted({*table.years, *occurring(found.year, LAST_YEAR + 1).tolist()}))
    if table.delimiter in (";", "\t", "|") and not columns.forms.doubtful:
        table.decimal = columns.forms.decimal


def _note_nothing(tables: Sequence[Understanding], context: Context) -> None:
    """Say why tables have no values; a file without any, whose rows are of other indicators, is an error."""
    if not any(table.values or table.no_data for table in tables):
        context.make_errors("none_matches", {table.file for table in tables})
    for table in tables:
        if not table.values and not context.faults and context.remarks_of(table.file).isdisjoint(_NOTHING_READ):
            context.remarks.append(Fault("no_values", table.file))


def _note_meanings(table: Understanding, columns: RawColumns, found: Observations, context: Context) -> None:
    """Note what nobody sees in the header: a year that is written otherwise, and that units are the plan's."""
    uses = [place for place, each in enumerate(table.columns) if each.meaning == "year"]
    if len(uses) == 1 and isinstance(columns.year, Categorical):
        for code, (text, _) in enumerate(columns.year.values[:_MOST_YEARS]):
            row = int(np.argmax(columns.year.codes == code))
            year = int(found.year[row])
            if year and not found.part[row] and text != str(year):
                table.columns[uses[0]] = table.columns[uses[0]]._replace(detail=f"{text} = {year}")
                break
    if context.units_from_plan and columns.lacks_units and not any(each.meaning == "unit" for each in table.columns):
        table.columns.append(ColumnUse("", "unit", "plan"))


def _settle_second_values(reading: Reading) -> Repeats:
    every, errors, differences = reading.observations, RowErrors(), Differences(reading.tables_of)
    settled = second_values.settle(
        every,
        errors,
        lambda row: place_of(*every.place(row)),
        difference=lambda first, second: differences.between(every.place(first), every.place(second)),
    )
    reading.order = settled.order
    if settled.rows is not None:
        reading.observations = every.take(settled.rows)
    reading.faults.extend(errors.by_row(every.place))
    return settled.repeats


def _columns(
    path: Path | str, file: str, context: Context, large: bool, rows: int | None = None
) -> Iterator[RawColumns]:
    """Return the tables of a file as columns, none with an error."""
    before = len(context.faults)
    columns = _columns_by_line(path, file, context, large)
    if columns is not None:
        yield columns
        return
    content = b"" if is_parquet(path) else files.read_bytes(path, file, context.faults, _largest(path))
    if len(context.faults) > before:
        return
    # What a file holds, and not its name, says which kind it is.
    if files.is_workbook(content):
        yield from _workbook_columns(content, file, context)
        return
    if is_parquet(path) or content.startswith(b"PAR1"):
        yield from _parquet_columns(content or path, file, context.of_table(file, "parquet"), rows)
        return
    if other := other_format(content):
        context.faults.append(Fault("not_a_table", file, format=other))
        return
    columns = _text_columns(content, file, context.of_table(file, "text"), large or len(content) > LARGE)
    if columns is not None:
        yield columns


def _columns_by_line(path: Path | str, file: str, context: Context, large: bool) -> RawColumns | None:
    """Return a large text as columns that are split while it is read; None if it is not as plain as that."""
    if not isinstance(path, Path) or not _is_file(path) or is_parquet(path):
        return None
    own = replace(context, tables=[]).of_table(file, "text")
    own.table.encoding = "utf-8"
    with contextlib.suppress(OSError), path.open("rb") as stream:
        before = os.fstat(stream.fileno())
        if not (large or before.st_size > LARGE) or before.st_size > _largest(path):
            return None
        if stream.read(len(codecs.BOM_UTF8)) != codecs.BOM_UTF8:
            stream.seek(0)
        remarks = len(context.remarks)
        columns = _large_columns(stream, file, own)
        after = os.fstat(stream.fileno())
        # What was read of a file that has changed meanwhile may be half of the old one and half of the new one.
        if columns is not None and (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns):
            context.tables.extend(own.tables)
            return columns
        del context.remarks[remarks:]
    return None


def _workbook_columns(content: bytes, file: str, context: Context) -> Iterator[RawColumns]:
    from smartkpi.readers import workbook

    options = context.options
    for sheet in workbook.read(
        content,
        file,
        context.faults,
        context.remarks,
        options.sheet,
        options.skip_lines or 0,
        lambda sheet: extent.has_header(sheet, context),
    ):
        columns = _sheet_columns(sheet, context.of_table(sheet.file, "workbook"))
        if columns is not None:
            yield columns


def _text_columns(content: bytes, file: str, context: Context, large: bool) -> RawColumns | None:
    options = context.options
    before = len(context.faults)
    if large and options.encoding is None:
        # Most large files are plain text in UTF-8, which pyarrow takes as it is.
        columns = _large_columns(content.removeprefix(codecs.BOM_UTF8), file, context)
        context.table.encoding = "utf-8"
        if columns is not None:
            return columns
    text, encoding = files.decode(content, file, context.faults, options.encoding, context.names.words)
    if len(context.faults) > before:
        context.table.kind = ""
        return None
    context.table.encoding = encoding
    if options.encoding is None and encoding not in ("utf-8", "utf-8-sig"):
        context.remarks.append(Fault("encoding_used", file, encoding=encoding))
    recoded = large and encoding != "utf-8"
    columns = _large_columns(text.encode(), file, context) if recoded else None
    return columns or _small_columns(text, len(content), file, context)


def _small_columns(text: str, size: int, file: str, context: Context) -> RawColumns | None:
    """Return text as columns, read cell by cell."""
    if files.is_too_large(size, file, context.faults, LARGEST_FILE):
        return None
    if jsonl.looks_like(text):
        context.table.kind = "json"
        return _sheet_columns(jsonl.read(text, file, context.faults), context)
    return _sheet_columns(_table(text, file, context), context)


def _sheet_columns(sheet: Sheet | None, context: Context) -> RawColumns | None:
    if sheet is None:
        return None
    context.table.delimiter = sheet.delimiter
    context.table.leave_out("skipped", context.options.skip_lines or 0, 1)
    sheet = extent.locate(sheet, context, search=context.options.skip_lines is None)
    records = layouts.records(sheet, context)
    return raw.from_records(records, sheet.file, context.plan.dimensions, sheet.delimiter, context.options.decimal)


def _table(text: str, file: str, context: Context) -> Sheet | None:
    """Return separated text as a table; where titles hide its separator, the one that shows a header."""
    skip_lines, faults = context.options.skip_lines, Faults()
    sheet = csv.read(text, file, faults, skip_lines or 0)
    if skip_lines is None and (sheet is None or not extent.has_header(sheet, context)):
        for delimiter in csv.SEPARATORS:
            other = csv.read(text, file, Faults(), 0, delimiter) if delimiter in text else None
            if other is not None and extent.has_header(other, context):
                return other
    context.faults.extend(faults)
    return sheet


def is_parquet(path: Path | str) -> bool:
    """Whether a path is of a file that is named as one of Parquet."""
    return isinstance(path, Path) and path.suffix.lower() == ".parquet" and _is_file(path)


def _is_file(path: Path) -> bool:
    return os.path.isfile(path)  # noqa: PTH113 - a name that is too long is the reader's to refuse


def _largest(path: Path | str) -> int:
    """Return how many bytes of a file or stream may be read."""
    if not isinstance(path, Path):
        return LARGEST_STREAM
    try:
        status = path.stat()
    except (OSError, ValueError):
        return LARGEST_FILE
    if stat.S_ISFIFO(status.st_mode):
        return LARGEST_STREAM
    return max(LARGEST_FILE, status.st_size) if path.suffix.lower() in _TEXT_SUFFIXES else LARGEST_FILE


def _parquet_columns(source: Path | str | bytes, file: str, context: Context, rows: int | None) -> Iterator[RawColumns]:
    try:
        import pyarrow  # noqa: F401 - its absence is told here

        from smartkpi.readers import parquet
    except ImportError:
        context.faults.append(Fault("needs_package", file, package="pyarrow"))
        return
    if isinstance(source, bytes) and context.memory_limit is not None:
        require_memory(file, parquet.extent(source, len(context.plan.dimensions)).memory, context.memory_limit)
    yield from parquet.read(source, file, context, rows)


def _large_columns(content: bytes | BinaryIO, file: str, context: Context) -> RawColumns | None:
    """Return large separated text as columns; None if it is not plain, or pyarrow is missing."""
    if context.indicator or conditions.of_files(context.plan, context.options.where):
        return None
    try:
        import pyarrow  # noqa: F401 - its absence is told here

        from smartkpi.readers import arrow
    except ImportError:
        return None
    if isinstance(content, bytes):
        return arrow.read_csv(content, file, context, context.options.skip_lines or 0)
    is_other = context.options.encoding or context.options.skip_lines
    return None if is_other else arrow.read_lines(content, file, context)
