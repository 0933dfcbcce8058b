"""Large separated text -> raw columns, by column instead of by row.

Text is split here only where the csv module would split it in the same way; that is looked at byte by byte for the
whole file. What the cells say is not judged here but where those of small files are: `smartkpi.readers.observations`.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Any, BinaryIO, NamedTuple

import numpy as np
import pyarrow as pa
from pyarrow import compute

from smartkpi.model.arrays import Categorical, Floats, Ints, pairs_of, without_repeats
from smartkpi.model.columns import REQUIRED_COLUMNS, RESERVED_COLUMNS
from smartkpi.model.observations import TEXT_COLUMNS, Texts
from smartkpi.quantities import units
from smartkpi.quantities.cells import CellForms, decimal_mark
from smartkpi.readers import csv, raw
from smartkpi.readers.conversion import PrintedValue
from smartkpi.readers.csv import Row, Sheet
from smartkpi.readers.layouts import period_columns, row_kinds, sdmx, tidy
from smartkpi.readers.layouts.columns import has_tracker, marks_among, note_uses, positions
from smartkpi.readers.layouts.headers import Heading, read_heading, split_unit
from smartkpi.readers.layouts.record import Cells, Context
from smartkpi.readers.plain_numbers import plain_numbers
from smartkpi.readers.raw import (
    AttainmentBeside,
    Beside,
    RawColumns,
    TargetBeside,
    in_order,
    printed_column,
    shown_number,
)
from smartkpi.readers.text_rows import Lines, TextRows, are_rows, is_utf8, rows_by_line, rows_one_by_one
from smartkpi.text import unguarded

_MOST_DIGITS = 15
"""Digits of a decimal that a double keeps."""
_DOUBTFUL = (";", "\t", "|")
"""Between cells of which a decimal mark may be a comma."""
_TELLING = r"^-?(0|[0-9]{4,})\.|\.([0-9]{1,2}|[0-9]{4,})$"
"""A point that can only be a decimal one."""
LAZY_COLUMNS = (*TEXT_COLUMNS, "published")
"""Columns that are read when they are asked for."""


class _Header(NamedTuple):
    """What the header of a tidy table says."""

    found: Mapping[str, int]
    """Position of each column that is read."""
    width: int
    value: Heading
    year: Heading
    has_tracker: bool
    target: Heading | None = None
    rate: Heading | None = None

    @property
    def names(self) -> list[str]:
        """Columns that are always read; a note may be a mark."""
        return [name for name in self.found if name not in LAZY_COLUMNS or name == "note"]

    @property
    def is_read_whole(self) -> bool:
        """Whether all columns are read."""
        return len({self.found[name] for name in self.names}) == self.width


def read_csv(content: bytes, file: str, context: Context, skip_lines: int = 0) -> RawColumns | None:
    """Read separated text into raw columns.

    Parameters
    ----------
    content
        Text, without a byte order mark; only UTF-8 is plain.
    file
        Its name in messages.
    context
        Columns left out are remarked on in it.
    skip_lines
        Lines before the header.

    Returns
    -------
    RawColumns or None
        None if the text is not plain: then it is to be read cell by cell, which says what is wrong, if anything is.
    """
    rows = None if skip_lines else rows_by_line(io.BytesIO(content))
    if rows and not are_rows(content, rows.delimiter):
        rows = None
    columns = _read(content, rows, file, context, skip_lines) if rows else None
    if columns is None and (rows is None or b"\n\n" in content or b"\n\r" in content):
        rows = rows_one_by_one(content, skip_lines)
        columns = _read(content, rows, file, context, skip_lines) if rows else None
    return columns


def read_lines(stream: BinaryIO, file: str, context: Context) -> RawColumns | None:
    """Read separated text into raw columns while it comes from its file, which is never in memory as a whole.

    Parameters
    ----------
    stream
        The file, where its text begins.
    file, context
        As in `read_csv`.

    Returns
    -------
    RawColumns or None
        None if not each line is a row, or if some of its columns may be asked for later: `read_csv` is to read it.
    """
    rows = rows_by_line(stream)
    return _read(Lines(stream, rows), rows, file, context) if rows else None


def _read(
    content: bytes | Lines, rows: TextRows, file: str, context: Context, skip_lines: int = 0
) -> RawColumns | None:
    """Split rows into raw columns; None if the text is not plain."""
    aside = context.aside()
    header = _header(rows.header, file, rows.first, aside)
    if header is None or not _is_readable(content, header.is_read_whole, skip_lines, context):
        return None
    table = partial(_table, content, header, rows)
    try:
        columns = _from_csv(table(header.names), table, header, rows, file, context)
    except pa.ArrowInvalid:
        columns = None
    # Rows of empty cells are passed over where cells are read one by one.
    if columns is None or len(columns) != len(columns.line) or (columns.indicator.codes < 0).any():
        return None
    if any(_has_unit(name, context) for name, _ in columns.indicator.values):
        return None
    split = csv.read(rows.header, file, [])
    if any(row_kinds.no_actuals(*column, context) for column in _other_words(split, header, columns, table, context)):
        return None
    context.table.cells = Cells(columns.line, _every_column(split, table)) if context.keeps_cells else None
    context.remarks += aside.remarks
    context.table.columns, context.table.unread = aside.table.columns, aside.table.unread
    context.table.layout, context.table.delimiter = "tidy", rows.delimiter
    context.table.leave_out("skipped", skip_lines, 1)
    context.table.header, context.table.rows = (rows.first,), len(columns)
    return columns


def _is_readable(content: bytes | Lines, is_read_whole: bool, skip_lines: int, context: Context) -> bool:
    """Whether what is read of a text is all that is needed, and is text."""
    if isinstance(content, Lines):
        return is_read_whole and not context.keeps_cells
    # In columns that are read, what is not UTF-8 is found as distinct texts and numbers are looked at.
    return (is_read_whole and not skip_lines) or is_utf8(content)


def _has_unit(name: str, context: Context) -> bool:
    """Whether a unit stands behind the name of an indicator."""
    return not context.names.indicators(name) and bool(context.names.indicators(split_unit(name, context)[0]))


def _other_words(
    split: Sheet | None,
    header: _Header,
    columns: RawColumns,
    table: Callable[[Sequence[str]], Any],
    context: Context,
) -> Iterator[tuple[str, Sequence[str]]]:
    """Return name and distinct texts of each column that may say that a row is no actual."""
    names = {place: name for name, place in header.found.items()}
    for place, name in enumerate(split.header.cells if split else ()):
        if not row_kinds.may_say_kinds(name.strip(), context):
            continue
        if (own := names.get(place)) == "obs_status":
            yield name, columns.obs_status.values
        elif own:
            yield name, columns.texts[own].values
        else:
            yield name, dictionary(table([str(place)])[str(place)]).values


def _every_column(split: Sheet | None, table: Callable[[Sequence[str]], Any]) -> dict[str, Categorical]:
    names = enumerate(split.header.cells if split else ())
    found = {name.strip(): dictionary(table([str(place)])[str(place)]) for place, name in names}
    return {name: column.with_values(_cells(column.values)) for name, column in found.items()}


def _header(first: str, file: str, line: int, context: Context) -> _Header | None:
    """Read the header of a tidy table; None where only a look at all cells says what it means, or it has errors."""
    split = csv.read(first, file, context.faults)
    if split is None or context.faults:
        return None
    sheet = Sheet(file, Row(line, split.header.cells), [])
    is_divided = any(period_columns.divides_years(name.strip(), context) for name in sheet.header.cells)
    if is_divided or sdmx.is_sdmx(sheet) or not tidy.is_tidy(sheet, context):
        return None
    headings = [read_heading(name.strip(), context) for name in sheet.header.cells]
    found = positions(sheet, headings, context)
    wanted = {*REQUIRED_COLUMNS, *context.plan.dimensions} - {"unit"}
    rates = [position for position, heading in enumerate(headings) if heading.meaning == "rate"]
    if context.faults or not wanted <= set(found) or "title" in found or len(rates) > 1:
        return None
    value, year = headings[found["value"]], headings[found["year"]]
    if not all(heading.text for heading in headings) or not ("unit" in found or value.unit or context.units_from_plan):
        return None
    is_other_calendar = year.calendar and context.calendar and year.calendar != context.calendar
    if is_other_calendar or {"multiplier", "other_unit", "other_obs_status"} & set(found):
        return None
    known = {*RESERVED_COLUMNS, *LAZY_COLUMNS, *context.plan.dimensions, "target"}
    places = {name: place for name, place in found.items() if name in known}
    note_uses(headings, places, context)
    target, rate = headings[found["target"]] if "target" in found else None, None
    if target and rates:
        places["rate"], rate = rates[0], headings[rates[0]]
    return _Header(places, len(headings), value, year, has_tracker(headings, found), target, rate)


def _table(content: bytes | Lines, header: _Header, rows: TextRows, names: Sequence[str]) -> Any:
    """Return columns of text: those of few distinct values as dictionaries, values as they are.

    Raises
    ------
    ArrowInvalid
        If not all rows have as many cells, or there is text that is not UTF-8; values are not looked at.
    """
    from pyarrow import csv as arrow_csv

    # A column of which nothing is known is named by its position.
    places = {name: str(header.found.get(name, name)) for name in names}
    texts = pa.dictionary(pa.int32(), pa.string())
    table = arrow_csv.read_csv(
        content if isinstance(content, Lines) else pa.BufferReader(pa.py_buffer(content).slice(rows.body)),
        read_options=arrow_csv.ReadOptions(column_names=[str(place) for place in range(header.width)]),
        parse_options=arrow_csv.ParseOptions(
            delimiter=rows.delimiter,
            newlines_in_values=rows.has_breaks,
            # An empty line that is not ignored is an error, as is any row that has not as many cells as the others.
            ignore_empty_lines=rows.line is not None,
        ),
        convert_options=arrow_csv.ConvertOptions(
            column_types={place: pa.string() if name == "value" else texts for name, place in places.items()},
            include_columns=list(places.values()),
            null_values=[""],
            strings_can_be_null=True,
            check_utf8=False,
        ),
    )
    for column in table.columns:
        for chunk in column.chunks:
            if pa.types.is_dictionary(chunk.type):
                chunk.dictionary.validate(full=True)
    return table.rename_columns(list(places))


def _from_csv(
    table: Any,
    read: Callable[[Sequence[str]], Any],
    header: _Header,
    rows: TextRows,
    file: str,
    context: Context,
) -> RawColumns:
    """Return columns of text as raw ones; as many lines as rows only if the text was split rightly.

    Raises
    ------
    ArrowInvalid
        If there is text that is not UTF-8.
    """
    size, dimensions = len(table), context.plan.dimensions

    def texts_of(name: str, source: Any) -> Categorical:
        if name not in header.found:
            return raw.empty(size)
        column = dictionary(source[name])
        return in_order(column.codes, _cells(column.values))

    given = {name: texts_of(name, table) for name in ("indicator", "unit", "year", "obs_status", "bound", *dimensions)}
    value = table["value"]
    number, precision = plain_numbers(value)
    forms = _decimal_mark(value, number, rows.delimiter, context)
    others = np.flatnonzero(np.isnan(number))
    if len(others) and value.null_count:
        others = others[np.asarray(compute.is_valid(value))[others]]
    cells = _cells(value.take(pa.array(others)).to_pylist()) if len(others) else []
    others, cells = others[[bool(cell) for cell in cells]], [cell for cell in cells if cell]
    year = given["year"]

    printed = printed_column(others, cells, given["unit"], header.value.unit) if len(others) else raw.empty(size)

    def as_given() -> Categorical:
        texts = _cells([text or "" for text in value.to_pylist()])
        return raw.texts_as_given(texts, printed, given["unit"], header.value.unit)

    at_hand = {name: table[name] for name in LAZY_COLUMNS if name in table.column_names}

    @cache
    def text(name: str) -> Categorical:
        return texts_of(name, at_hand if name in at_hand else read([name]))

    if "note" in header.found:
        given["obs_status"] = _with_marks(given["obs_status"], texts_of("note", table))
    return RawColumns(
        indicator=given["indicator"].with_values([(text, "") for text in given["indicator"].values]),
        year=year.with_values([(text, header.year.calendar) for text in year.values]),
        number=number,
        unit=given["unit"],
        printed=printed,
        obs_status=given["obs_status"],
        bound=given["bound"],
        dimensions=tuple(given[name] for name in dimensions),
        file=file,
        line=np.arange(2, size + 2, dtype=np.int32) if rows.line is None else rows.line,
        text_of=lambda row: str(value[row].as_py()),
        convert=lambda rows, source, target: _converted(number, value, rows, source, target),
        header_unit=header.value.unit,
        precision=precision,
        forms=forms,
        is_tracker=header.has_tracker,
        targets=_targets(texts_of("target", table), given["unit"], header),
        attainments=_attainments(texts_of("rate", table), texts_of("target", table), given["unit"], header),
        texts=Texts(
            {**{name: partial(text, name) for name in LAZY_COLUMNS if name in header.found}, "as_given": as_given}
        ),
    )


def _targets(target: Categorical, unit: Categorical, header: _Header) -> Beside:
    """Return the targets beside values."""
    if header.target is None:
        return Beside()
    rows = np.flatnonzero(target.codes >= 0)
    codes, texts = _printed_targets(target, unit, rows, header.target)
    return Beside(rows, without_repeats(codes, [TargetBeside(text, header.target.year) for text in texts]))


def _attainments(rate: Categorical, target: Categorical, unit: Categorical, header: _Header) -> Beside:
    """Return the attainments beside values that have a target too."""
    if header.rate is None or header.target is None:
        return Beside()
    rows = np.flatnonzero((rate.codes >= 0) & (target.codes >= 0))
    targets, texts = _printed_targets(target, unit, rows, header.target)
    codes, both = pairs_of(rate.codes[rows], targets, len(rate.values), len(texts))
    found = [AttainmentBeside(header.rate.text, PrintedValue(rate.values[own]), texts[place]) for own, place in both]
    return Beside(rows, without_repeats(codes, found))


def _printed_targets(
    target: Categorical, unit: Categorical, rows: Ints, heading: Heading
) -> tuple[Ints, list[PrintedValue]]:
    """Return the targets in some rows, each with its unit: a number for each row, and the target of each number."""
    codes, pairs = pairs_of(target.codes[rows], unit.codes[rows], len(target.values), len(unit.values))
    targets = [
        PrintedValue(target.values[text], "" if heading.unit or own < 0 else unit.values[own], heading.unit)
        for text, own in pairs
    ]
    return codes, targets


def _with_marks(status: Categorical, note: Categorical) -> Categorical:
    """Return statuses with those of notes that are no more, as `tidy` reads them."""
    marks = marks_among(set(note.values))
    if not marks:
        return status
    places = {text: len(status.values) + number for number, text in enumerate(sorted(marks))}
    said = np.array([*(places.get(text, -1) for text in note.values), -1])[note.codes]
    codes = np.where(status.codes < 0, said, status.codes)
    return in_order(codes, [*status.values, *sorted(marks)])


def _cells(texts: Sequence[str]) -> list[str]:
    """Return cells as the csv module gives them: of whatever lines a file has, those in a cell end in one way."""
    cells = list(map(str.strip, texts))
    every = "".join(cells)
    if "'" in every or "\r" in every:
        cells = [unguarded(text.replace("\r\n", "\n")) for text in cells]
    return cells


def _converted(number: Floats, value: Any, rows: Ints, source: units.Unit, target: units.Unit) -> Floats:
    """Convert numbers; those of more digits than a double keeps by moving the point in their text."""
    result = units.convert_array(number[rows], source, target)
    long = np.flatnonzero(np.asarray(compute.binary_length(value))[rows] > _MOST_DIGITS)
    ratio = source.scale / target.scale
    power = ratio.adjusted()
    if len(long) and ratio == ratio.__class__(1).scaleb(power):
        texts = compute.binary_join_element_wise(value.take(pa.array(rows[long])), f"{power}", "e")
        result[long] = compute.cast(texts, pa.float64()).to_numpy() + 0.0
    elif len(long):
        texts = value.take(pa.array(rows[long])).to_pylist()
        result[long] = [units.convert(ratio.__class__(text), source, target) for text in texts]
    return result


def _decimal_mark(value: Any, number: Floats, delimiter: str, context: Context) -> CellForms:
    """Return which mark is the decimal one.

    Numbers that mean something else in this file, or are a user's word for no data, become NaN: the check reads them.
    """
    options = context.options
    if words := [*options.missing, *options.zero]:
        number[np.asarray(compute.is_in(value, value_set=pa.array(words, pa.string())))] = np.nan
    if options.decimal is None and delimiter not in _DOUBTFUL:
        return CellForms()
    plain = ~np.isnan(number)
    pointed = np.asarray(compute.match_substring(value, ".").fill_null(False)) & plain
    # Of the plain numbers those with a point in them tell the mark, unless it may separate thousands.
    telling = compute.match_substring_regex(value.filter(pa.array(pointed)), _TELLING)
    others = value.filter(pa.array(~plain)).unique().to_pylist()
    cells = [text for text in others if text] + (["0.5"] if compute.any(telling).as_py() else [])
    forms = decimal_mark(cells, delimiter, options.decimal)
    if forms not in (CellForms(), CellForms(doubtful=",")):
        number[pointed] = np.nan
    return forms


def dictionary(column: Any) -> Categorical:
    """Return a column of Arrow as positions in its distinct values, -1 where there is none."""
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    if not column.num_chunks:
        return raw.empty(0)
    column = column.unify_dictionaries()
    values = column.chunk(0).dictionary.to_pylist()
    codes = np.empty(len(column), dtype=np.min_scalar_type(-len(values) - 1))
    first = 0
    for chunk in column.chunks:
        last = first + len(chunk)
        codes[first:last] = np.asarray(chunk.indices.fill_null(-1) if chunk.null_count else chunk.indices)
        first = last
    if column.chunk(0).dictionary.null_count or not pa.types.is_string(column.type.value_type):
        values = ["" if each is None else _text(each) for each in values]
    return Categorical(codes, values)


def _text(value: Any) -> str:
    return shown_number(value) if isinstance(value, float) else str(value)
