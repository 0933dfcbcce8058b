"""Large separated text -> raw columns, by column instead of by row.

Text is split here only where the csv module would split it in the same way; that is looked at byte by byte for the
whole file. What the cells say is not judged here but where those of small files are: `smartkpi.readers.observations`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import compute

from smartkpi.model.arrays import Categorical, Flags, Floats, Ints, categorical, pairs_of, spans
from smartkpi.model.columns import REQUIRED_COLUMNS, RESERVED_COLUMNS
from smartkpi.model.observations import TEXT_COLUMNS, Texts
from smartkpi.quantities import units
from smartkpi.quantities.cells import CellForms, decimal_mark
from smartkpi.readers import csv, jsonl, raw
from smartkpi.readers.conversion import PrintedValue
from smartkpi.readers.csv import Row, Sheet
from smartkpi.readers.layouts import period_columns, row_kinds, sdmx, tidy
from smartkpi.readers.layouts.columns import has_tracker, marks_among, note_uses, positions
from smartkpi.readers.layouts.headers import Heading, read_heading, split_unit
from smartkpi.readers.layouts.record import Cells, Context
from smartkpi.readers.raw import (
    AttainmentBeside,
    Beside,
    RawColumns,
    TargetBeside,
    in_order,
    printed_column,
    shown_number,
)
from smartkpi.text import unguarded

_PLAIN_NUMBER = r"^-?(?:0|[1-9][0-9]{0,30})(?:\.[0-9]{1,30})?$"
"""A number that is read as a double right away."""
_LONGEST_PLAIN = 30
"""Characters of a text that cannot have more digits than that."""
_MOST_DIGITS = 15
"""Digits of a decimal that a double keeps."""
_DOUBTFUL = (";", "\t", "|")
"""Between cells of which a decimal mark may be a comma."""
_TELLING = r"^-?(0|[0-9]{4,})\.|\.([0-9]{1,2}|[0-9]{4,})$"
"""A point that can only be a decimal one."""
LAZY_COLUMNS = (*TEXT_COLUMNS, "published")
"""Columns that are read when they are asked for."""


class _Lines(NamedTuple):
    """The rows of a text; rows of nothing are left out."""

    header: slice
    """The bytes of the first row."""
    body: int
    """Where the second row begins."""
    number: Ints
    """Lines of all rows, from 1."""
    has_breaks: bool
    """Whether cells have line breaks."""


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
    lines = _lines(content, skip_lines) if _is_utf8(content) and not _is_not_separated(content) else None
    if lines is None:
        return None
    first = content[lines.header].decode()
    delimiter = csv.separator(first)
    aside = context.aside()
    header = _header(first, file, int(lines.number[0]), aside)
    if header is None or not _is_quoted_well(content, delimiter):
        return None
    body = pa.py_buffer(content).slice(lines.body)

    def table(names: Sequence[str]) -> Any:
        return _table(body, delimiter, header, names, lines.has_breaks)

    try:
        found = table([name for name in header.found if name not in LAZY_COLUMNS])
    except pa.ArrowInvalid:
        found = None
    # Rows of empty cells are passed over where cells are read one by one.
    if found is None or len(found) != len(lines.number) - 1 or found["indicator"].null_count:
        return None
    columns = _from_csv(found, table, header, context, file, lines.number[1:], delimiter)
    has_blanks = (columns.indicator.codes < 0).any()
    if has_blanks or any(_has_unit(name, context) for name, _ in columns.indicator.values):
        return None
    split = csv.read(first, file, [])
    if any(map(row_kinds.is_no_actual, _other_words(split, header, table, context))):
        return None
    context.table.cells = Cells(columns.line, _every_column(split, table)) if context.keeps_cells else None
    context.remarks += aside.remarks
    context.table.columns, context.table.unread = aside.table.columns, aside.table.unread
    context.table.layout, context.table.delimiter = "tidy", delimiter
    context.table.leave_out("skipped", skip_lines, 1)
    context.table.header, context.table.rows = (int(lines.number[0]),), len(columns)
    return columns


def _has_unit(name: str, context: Context) -> bool:
    """Whether a unit stands behind the name of an indicator."""
    return not context.names.indicators(name) and bool(context.names.indicators(split_unit(name, context)[0]))


def _other_words(
    split: Sheet | None, header: _Header, table: Callable[[Sequence[str]], Any], context: Context
) -> Iterator[str]:
    """Return the distinct texts of columns that may say that a row is no actual."""
    for place, name in enumerate(split.header.cells if split else ()):
        if place not in header.found.values() and row_kinds.may_say_kinds(name.strip(), context):
            yield from dictionary(table([str(place)])[str(place)]).values


def _every_column(split: Sheet | None, table: Callable[[Sequence[str]], Any]) -> dict[str, Categorical]:
    names = enumerate(split.header.cells if split else ())
    found = {name.strip(): dictionary(table([str(place)])[str(place)]) for place, name in names}
    return {name: column.with_values([_cell(text) for text in column.values]) for name, column in found.items()}


def _is_not_separated(content: bytes) -> bool:
    """Whether a text is JSON, or has line ends of old Macs or bytes that no text has."""
    is_json = jsonl.looks_like(content[:4000].decode(errors="replace"))
    has_lone_returns = b"\r" in content and content.count(b"\r") != content.count(b"\r\n")
    return is_json or b"\0" in content or has_lone_returns


def _is_utf8(content: bytes) -> bool:
    """Whether bytes are text in UTF-8, without making a copy of them."""
    ends = pa.py_buffer(np.array([0, len(content)], dtype=np.int64))
    try:
        pa.Array.from_buffers(pa.large_string(), 1, [None, ends, pa.py_buffer(content)]).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _lines(content: bytes, skip_lines: int) -> _Lines | None:
    """Return the rows of a text; None where there are less than two, or the csv module would see others."""
    number = 0 if skip_lines else _count_plain_lines(content)
    if not number:
        return _lines_one_by_one(content, skip_lines)
    end = content.index(b"\n")
    return _Lines(slice(0, end), end + 1, np.arange(1, number + 1, dtype=np.int32), has_breaks=False)


def _lines_one_by_one(content: bytes, skip_lines: int) -> _Lines | None:
    """Return the rows of a text that may have line breaks in cells, or rows of nothing."""
    data = np.frombuffer(content, dtype=np.uint8)
    ends = np.flatnonzero(data == ord("\n"))
    if content and not content.endswith(b"\n"):
        ends = np.append(ends, len(content))
    if len(ends) <= skip_lines:
        return None
    outside = ends
    if b'"' in content:
        quotes = np.flatnonzero(data == ord('"'))
        if len(quotes) % 2:
            return None
        outside = ends[np.searchsorted(quotes, ends) % 2 == 0]
    start = np.append(0, outside[:-1] + 1)
    has_breaks = len(outside) < len(ends)
    number = np.append(0, np.searchsorted(ends, outside[:-1]) + 1) + 1 if has_breaks else np.arange(1, len(ends) + 1)
    stop = outside - (data[np.maximum(outside - 1, 0)] == ord("\r"))
    if skip_lines:
        kept = number > skip_lines
        start, stop, number = start[kept], stop[kept], number[kept]
    if (len(start) and stop[0] <= start[0]) or (stop - start).max(initial=0) > csv.LONGEST_CELL:
        return None
    filled = np.flatnonzero(stop > start)
    if len(filled) < 2:
        return None
    header = slice(int(start[filled[0]]), int(stop[filled[0]]))
    return _Lines(header, int(start[filled[1]]), number[filled].astype(np.int32), has_breaks)


def _count_plain_lines(content: bytes) -> int:
    """Return how many lines a text has where each is a row, and more than one is; else 0."""
    if b'"' in content or b"\r" in content or content.startswith(b"\n"):
        return 0
    data, number = np.frombuffer(content, dtype=np.uint8), 0
    for span in spans(len(data)):
        is_end = data[span.start : span.stop + 1] == ord("\n")
        found = int(np.count_nonzero(is_end[: span.stop - span.start]))
        # With an end in each span no line is too long for a cell.
        if (not found and span.stop < len(data)) or (is_end[1:] & is_end[:-1]).any():
            return 0
        number += found
    number += not content.endswith(b"\n")
    return number if number > 1 else 0


def _is_quoted_well(content: bytes, delimiter: str) -> bool:
    """Whether each quote opens or closes a whole cell, or is one of two that mean one."""
    if b'"' not in content:
        return True
    data = np.frombuffer(content, dtype=np.uint8)
    quotes = np.flatnonzero(data == ord('"'))
    opening, closing = quotes[0::2], quotes[1::2]
    cut = np.zeros(256, dtype=np.bool_)
    cut[[ord(delimiter), ord("\n"), ord("\r"), ord('"')]] = True
    opens = cut[data[np.maximum(opening - 1, 0)]] | (opening == 0)
    closes = cut[data[np.minimum(closing + 1, len(data) - 1)]] | (closing == len(data) - 1)
    return bool(opens.all() and closes.all())


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


def _table(body: Any, delimiter: str, header: _Header, names: Sequence[str], has_breaks: bool) -> Any:
    """Return columns of text: those of few distinct values as dictionaries, values as they are."""
    from pyarrow import csv as arrow_csv

    # A column of which nothing is known is named by its position.
    places = {name: str(header.found.get(name, name)) for name in names}
    texts = pa.dictionary(pa.int32(), pa.string())
    table = arrow_csv.read_csv(
        pa.BufferReader(body),
        read_options=arrow_csv.ReadOptions(column_names=[str(place) for place in range(header.width)]),
        parse_options=arrow_csv.ParseOptions(delimiter=delimiter, newlines_in_values=has_breaks),
        convert_options=arrow_csv.ConvertOptions(
            column_types={place: pa.string() if name == "value" else texts for name, place in places.items()},
            include_columns=list(places.values()),
            null_values=[""],
            strings_can_be_null=True,
        ),
    )
    return table.rename_columns(list(places))


def _from_csv(
    table: Any,
    read: Callable[[Sequence[str]], Any],
    header: _Header,
    context: Context,
    file: str,
    line: Ints,
    delimiter: str,
) -> RawColumns:
    size, dimensions = len(table), context.plan.dimensions

    def texts_of(name: str, source: Any) -> Categorical:
        if name not in header.found:
            return raw.empty(size)
        column = dictionary(source[name])
        return in_order(column.codes, [_cell(text) for text in column.values])

    given = {name: texts_of(name, table) for name in ("indicator", "unit", "year", "obs_status", "bound", *dimensions)}
    value = table["value"].combine_chunks()
    number, is_plain = _plain_numbers(value)
    forms, is_plain = _decimal_mark(value, is_plain, delimiter, context)
    number[~is_plain] = np.nan
    others = np.flatnonzero(~is_plain & np.asarray(compute.is_valid(value)))
    cells = [_cell(text) for text in value.take(pa.array(others)).to_pylist()]
    others, cells = others[[bool(cell) for cell in cells]], [cell for cell in cells if cell]
    year = given["year"]

    printed = printed_column(others, cells, given["unit"], header.value.unit) if len(others) else raw.empty(size)

    def as_given() -> Categorical:
        texts = (_cell(text or "") for text in value.to_pylist())
        return raw.texts_as_given(texts, printed, given["unit"], header.value.unit)

    def text(name: str) -> Categorical:
        return texts_of(name, read([name]))

    if "note" in header.found:
        given["obs_status"] = _with_marks(given["obs_status"], text("note"))
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
        line=line,
        text_of=lambda row: str(value[row].as_py()),
        convert=lambda rows, source, target: _converted(number, value, rows, source, target),
        header_unit=header.value.unit,
        precision=_half_steps(value),
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
    return Beside(rows, _without_repeats(codes, [TargetBeside(text, header.target.year) for text in texts]))


def _attainments(rate: Categorical, target: Categorical, unit: Categorical, header: _Header) -> Beside:
    """Return the attainments beside values that have a target too."""
    if header.rate is None or header.target is None:
        return Beside()
    rows = np.flatnonzero((rate.codes >= 0) & (target.codes >= 0))
    targets, texts = _printed_targets(target, unit, rows, header.target)
    codes, both = pairs_of(rate.codes[rows], targets, len(rate.values), len(texts))
    found = [AttainmentBeside(header.rate.text, PrintedValue(rate.values[own]), texts[place]) for own, place in both]
    return Beside(rows, _without_repeats(codes, found))


def _without_repeats(codes: Ints, values: Sequence[object]) -> Categorical:
    """Return a column of values that may be there twice, as those are of several units below a header with one."""
    distinct = categorical(values)
    return Categorical(distinct.codes[codes], distinct.values)


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


def _cell(text: str) -> str:
    """Return a cell as the csv module gives it: of whatever lines a file has, those in a cell end in one way."""
    return unguarded(text.strip().replace("\r\n", "\n"))


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


def _plain_numbers(column: Any) -> tuple[Floats, Flags]:
    """Return texts as numbers, NaN where they are not plain, and which are: digits with at the most one point in them.

    Parameters
    ----------
    column
        An Arrow array of strings.
    """
    if _are_plain_if_numbers(column):
        with contextlib.suppress(pa.ArrowInvalid):
            number = compute.cast(column, pa.float64()).to_numpy(zero_copy_only=False)
            return number + 0.0, np.asarray(compute.is_valid(column))
    plain = compute.match_substring_regex(column, _PLAIN_NUMBER).fill_null(False)
    # Not if_else, which takes other characters of a part of an array in pyarrow 18.
    only = pa.array(np.arange(len(column)), mask=~np.asarray(plain))
    texts = column if compute.all(plain).as_py() else column.take(only)
    number = compute.cast(texts, pa.float64()).to_numpy(zero_copy_only=False)
    return number + 0.0, np.asarray(plain)  # no -0


def _are_plain_if_numbers(column: Any) -> bool:
    """Whether texts have digits, points and minus signs only, and neither needless zeros nor points at an end."""
    size = len(column)
    ends = np.frombuffer(column.buffers()[1], dtype=np.int32)[column.offset : column.offset + size + 1]
    data = np.frombuffer(column.buffers()[2] or b"", dtype=np.uint8)
    start, stop = ends[:-1], ends[1:]
    if column.null_count:
        filled = np.flatnonzero(stop > start)
        start, stop = start[filled], stop[filled]
    used = data[ends[0] : ends[-1]]
    if used.min(initial=ord("0")) < ord("-") or used.max(initial=ord("0")) > ord("9"):
        return False
    return all(_are_well_formed(data, start[span], stop[span]) for span in spans(len(start)))


def _are_well_formed(data: NDArray[np.uint8], start: Ints, stop: Ints) -> bool:
    """Whether texts have no needless zeros, no points at an end, and few enough characters for all to be digits."""
    if (stop - start).max() > _LONGEST_PLAIN:
        return False
    head = start + (data[start] == ord("-"))
    if (head >= stop).any():
        return False
    first, last = data[head], data[stop - 1]
    if (first == ord(".")).any() or (last == ord(".")).any():
        return False
    zero = np.flatnonzero((first == ord("0")) & (head + 1 < stop))
    return bool((data[head[zero] + 1] == ord(".")).all())


def _half_steps(column: Any) -> Floats:
    """Return half a unit of the last digit of each plain number."""
    point = np.asarray(compute.find_substring(column, ".").fill_null(-1))
    length = np.asarray(compute.binary_length(column).fill_null(0))
    places = length - point
    places -= 1
    places[np.flatnonzero(point < 0)] = 0
    places[np.flatnonzero(length == 0)] = -1
    steps = [float(f"5e-{each + 1}") for each in range(int(places.max(initial=0)) + 1)]
    return np.asarray(np.array([*steps, 0.0])[places])


def _decimal_mark(value: Any, plain: Flags, delimiter: str, context: Context) -> tuple[CellForms, Flags]:
    """Return which mark is the decimal one, and which values are numbers whatever it is.

    Plain numbers that mean something else in this file, or are a user's word for no data, are left to the check.
    """
    options = context.options
    if words := [*options.missing, *options.zero]:
        plain = plain & ~np.asarray(compute.is_in(value, value_set=pa.array(words, pa.string())))
    if options.decimal is None and delimiter not in _DOUBTFUL:
        return CellForms(), plain
    pointed = np.asarray(compute.match_substring(value, ".").fill_null(False)) & plain
    # Of the plain numbers those with a point in them tell the mark, unless it may separate thousands.
    telling = compute.match_substring_regex(value.filter(pa.array(pointed)), _TELLING)
    others = value.filter(pa.array(~plain)).unique().to_pylist()
    cells = [text for text in others if text] + (["0.5"] if compute.any(telling).as_py() else [])
    forms = decimal_mark(cells, delimiter, options.decimal)
    return forms, plain if forms == CellForms() or forms == CellForms(doubtful=",") else plain & ~pointed


def dictionary(column: Any) -> Categorical:
    """Return a column of Arrow as positions in its distinct values, -1 where there is none."""
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    if not column.num_chunks:
        return raw.empty(0)
    array = column.unify_dictionaries().combine_chunks()
    values = array.dictionary.to_pylist()
    return Categorical(array.indices.fill_null(-1).to_numpy(), ["" if each is None else _text(each) for each in values])


def _text(value: Any) -> str:
    return shown_number(value) if isinstance(value, float) else str(value)
