"""Parquet -> raw columns: all rows at once, or so many at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import compute, parquet

from smartkpi.errors import Fault
from smartkpi.model.arrays import Categorical, Flags, Floats, Ints
from smartkpi.model.columns import REQUIRED_COLUMNS, RESERVED_COLUMNS
from smartkpi.model.observations import Texts
from smartkpi.model.reading import ReadingOptions
from smartkpi.quantities import units
from smartkpi.quantities.cells import CellForms
from smartkpi.readers import raw
from smartkpi.readers.arrow import LAZY_COLUMNS, dictionary
from smartkpi.readers.csv import LONGEST_CELL
from smartkpi.readers.layouts import conditions, period_columns, row_kinds
from smartkpi.readers.layouts.columns import without_chosen
from smartkpi.readers.layouts.record import Cells, Context
from smartkpi.readers.raw import Extent, RawColumns, in_order, shown_number

_PRECISION = "precision"
_OPTIONAL = ("obs_status", "bound", _PRECISION)
_BYTES_OF_A_ROW = 140
"""Memory that a row takes at the most until its series is assessed: measured, with one dimension."""
_BYTES_OF_A_DIMENSION = 16
_DIGITS_OF_A_YEAR = 4
_LARGEST_TEXTS, _BYTES_OF_A_TEXT = 50_000_000, 1_000
"""Of a column in a part of a file; with more, its texts have less than so many bytes each."""
_MOST_LINES = 2**31 - 3
"""That four bytes can number, the header included."""

Source = Path | str | bytes
"""A file, or what one holds."""


class _TextError(Exception):
    """A column has a text that nobody can have typed."""


class _ColumnError(Exception):
    """A column holds what is neither text nor number."""

    def __init__(self, name: str, kind: str) -> None:
        super().__init__(name, kind)
        self.name = name
        self.kind = kind


def extent(source: Source, dimensions: int) -> Extent:
    """Return how much there is in a file, by its metadata; nothing if it cannot be read, which reading explains."""
    try:
        with parquet.ParquetFile(pa.BufferReader(source) if isinstance(source, bytes) else source) as opened:
            found, names = opened.metadata, opened.schema_arrow.names
    except (pa.ArrowException, OSError, ValueError):
        return Extent()
    stored = sum(found.row_group(group).total_byte_size for group in range(found.num_row_groups))
    memory = found.num_rows * (_BYTES_OF_A_ROW + _BYTES_OF_A_DIMENSION * dimensions) + stored
    # A status can say "confidential", which is noted.
    texts = [name for name in LAZY_COLUMNS if name in names or (name == "note" and "obs_status" in names)]
    return Extent(found.num_rows, memory, texts)


def read(source: Source, file: str, context: Context, rows: int | None = None) -> Iterator[RawColumns]:
    """Read Parquet into raw columns, by the names of the tidy format.

    Parameters
    ----------
    source
        A file, or what one holds.
    file
        Its name in messages.
    context
        Faults and remarks are added to it.
    rows
        How many at a time; None for all at once. Then years and values must be understood row by row: whole numbers,
        and numbers.
    """
    try:
        yield from _read(source, file, context, rows)
    except FileNotFoundError:
        context.faults.append(Fault("no_such_file", file))
    except _TextError as error:
        context.faults.append(Fault("long_text", file, name=str(error), most=f"{LONGEST_CELL:,}"))
    except _ColumnError as error:
        context.faults.append(Fault("column_type", file, name=error.name, kind=error.kind))
    except (pa.ArrowException, OSError, ValueError) as error:
        context.faults.append(Fault("not_parquet", file, problem=str(error).partition("\n")[0]))


def _read(source: Source, file: str, context: Context, rows: int | None) -> Iterator[RawColumns]:
    schema = parquet.read_schema(_opened(source))
    names, dimensions = schema.names, [axis.column_among(schema.names) for axis in context.plan.axes]
    known = _known_columns(names, dimensions, file, context)
    if not known:
        return
    texts = [each.name for each in schema if _is_text(each.type)]
    # Pages of a file that is mapped count as memory of the process; where that is short, they are read, and not ahead.
    opened = parquet.ParquetFile(
        _opened(source) if rows is None or isinstance(source, bytes) else pa.OSFile(str(source)),
        read_dictionary=texts,
        pre_buffer=False,
    )
    choice = _Filter(schema, file, context)
    columns = list(dict.fromkeys([*known, *choice.columns, *([] if rows is None else _among(LAZY_COLUMNS, names))]))
    _check_sizes(opened.metadata, [*columns, *LAZY_COLUMNS])
    first = 0
    for every in _tables(opened, columns, rows):
        _check_lengths(every)
        size, kept = len(every), choice.kept(every)
        line: Ints = np.arange(first + 2, first + size + 2, dtype=np.int64 if first + size > _MOST_LINES else np.int32)
        is_all = bool(kept.all())
        table = every if is_all else every.filter(pa.array(kept))
        read_column = partial(_column, opened, table, None if is_all else kept)
        line = line if is_all else line[kept]
        found = _from_table(table, read_column, known, names, dimensions, file, line, context.options)
        context.table.rows += len(found)
        if context.keeps_cells:
            others = [each.name for each in schema if each.name not in known and _is_plain(each.type)]
            context.table.cells = Cells(found.line, {name: _texts(read_column(name), name) for name in others})
        if rows is not None and (name := _unclear(found)):
            context.faults.append(Fault("not_by_parts", file, name=name))
            return
        yield found
        first += size
    choice.tell(first)
    read = (*known, *RESERVED_COLUMNS, *LAZY_COLUMNS)
    if unknown := without_chosen([name for name in names if name not in read], context):
        context.remarks.append(Fault("columns_left_out", file, names=", ".join(unknown)))
    context.table.unread, context.table.layout = unknown, "tidy"
    for name in known:
        context.table.use(name, name)


class _Filter:
    """Which rows of a file are read: not those that miss a condition, nor those that a column calls targets."""

    def __init__(self, schema: Any, file: str, context: Context) -> None:
        names = schema.names
        self._file, self._context = file, context
        self._wanted = _conditions(names, file, context)
        self._unmet = _LeftOut()
        self._values: dict[str, dict[str, None]] = {name: {} for name in self._wanted}
        """That there are in the columns of conditions."""
        self._others = {
            each.name: _LeftOut()
            for each in schema
            if _is_text(each.type) and row_kinds.may_say_kinds(each.name, context) and names.count(each.name) == 1
        }
        self._before = 0
        self.columns = [*self._wanted, *self._others]
        """Those that it looks at."""

    def kept(self, table: Any) -> Flags:
        """Return which rows of the next table are read."""
        kept = np.ones(len(table), dtype=np.bool_)
        for name, values in self._wanted.items():
            cells = _texts(table[name], name)
            blank = [""] if (cells.codes < 0).any() else []
            self._values[name].update(dict.fromkeys([*(str(each).strip() for each in cells.values), *blank]))
            meets = np.array([str(each).strip() in values for each in cells.values] + ["" in values], dtype=np.bool_)
            kept &= meets[cells.codes]  # the code -1 is that of an empty cell
        self._unmet.note(~kept, self._before)
        for name, left_out in self._others.items():
            words = _texts(table[name], name)
            is_other = words.flags(row_kinds.no_actuals(name, words.values, self._context).__contains__) & kept
            left_out.note(is_other, self._before, words)
            kept &= ~is_other
        self._before += len(table)
        return kept

    def tell(self, rows: int) -> None:
        """Remark on the rows of all tables that are not read."""
        remarks, table = self._context.remarks, self._context.table
        if rows and self._unmet.number == rows:
            unknown = [name for name, asked in self._wanted.items() if not {*asked} & {*self._values[name]}]
            name = [*unknown, *self._wanted][0]
            remarks.append(conditions.none_left(self._file, name, self._values[name]))
        elif self._unmet.number:
            remarks.append(Fault("where_left_out", self._file, number=self._unmet.number, rows=rows))
        table.leave_out("where", self._unmet.number, self._unmet.line)
        for name, each in self._others.items():
            if each.number:
                details = {"number": each.number, "name": name, "found": each.word}
                remarks.append(Fault("rows_of_targets", self._file, each.line, **details))
                table.leave_out("targets", each.number, each.line)


def _conditions(names: Sequence[str], file: str, context: Context) -> Mapping[str, list[str]]:
    """Return the values asked for by column of the file; a remark says of which columns it has none."""
    context.columns.update(names)
    wanted: dict[str, list[str]] = {}
    for name, values in conditions.of_files(context.plan, context.options.where).items():
        place = conditions.column_of(name, names)
        if place is None:
            context.remarks.append(Fault("where_no_column", file, 1, name=name))
        else:
            wanted[names[place]] = values
            context.table.use(names[place], "where")
    return wanted


class _LeftOut:
    """Rows that are not read for one reason."""

    def __init__(self) -> None:
        self.number = 0
        self.line = 0
        """Of the first one."""
        self.word = ""
        """What it says in the column that is the reason."""

    def note(self, rows: Flags, before: int, words: Categorical | None = None) -> None:
        """Count rows of a table, behind so many of other tables."""
        places = np.flatnonzero(rows)
        if len(places) and not self.number:
            self.line = before + int(places[0]) + 2
            self.word = "" if words is None else str(words.values[words.codes[places[0]]])
        self.number += len(places)


def _is_plain(kind: Any) -> bool:
    return _is_text(kind) or bool(pa.types.is_integer(kind) or pa.types.is_boolean(kind))


def _is_text(kind: Any) -> bool:
    own = kind.value_type if pa.types.is_dictionary(kind) else kind
    return bool(pa.types.is_string(own) or pa.types.is_large_string(own))


def _opened(source: Source) -> Any:
    return pa.BufferReader(source) if isinstance(source, bytes) else pa.memory_map(str(source))


def _among(wanted: Sequence[str], names: Sequence[str]) -> list[str]:
    return [name for name in wanted if name in names]


def _known_columns(names: Sequence[str], dimensions: Sequence[str], file: str, context: Context) -> list[str]:
    """Return the columns to read of a file with these; none, with faults, if one is missing or there twice."""
    known = [*REQUIRED_COLUMNS, *dimensions, *_among(_OPTIONAL, names)]
    found = ", ".join(names)
    missing = [name for name in dict.fromkeys(known) if name not in names]
    context.faults += [Fault("missing_column", file, name=name, found=found) for name in missing]
    divided = [name for name in names if period_columns.divides_years(name, context)]
    context.faults += [Fault("period_column", file, name=name) for name in divided]
    twice = [name for name in known if names.count(name) > 1]
    context.faults += [Fault("repeated_column", file, name=name) for name in twice]
    return [] if missing or twice or divided else known


def _check_sizes(metadata: Any, columns: Sequence[str]) -> None:
    """Refuse texts that take all memory before anybody can see how long they are."""
    for group in map(metadata.row_group, range(metadata.num_row_groups)):
        for each in map(group.column, range(group.num_columns)):
            most = max(_LARGEST_TEXTS, _BYTES_OF_A_TEXT * each.num_values)
            is_text = each.path_in_schema in columns and each.physical_type == "BYTE_ARRAY"
            if is_text and each.total_uncompressed_size > most:
                raise _TextError(each.path_in_schema)


def _tables(opened: Any, columns: Sequence[str], rows: int | None) -> Iterator[Any]:
    if rows is None:
        yield opened.read(columns=columns)
    else:
        yield from (pa.Table.from_batches([batch]) for batch in opened.iter_batches(rows, columns=columns))


def _column(opened: Any, table: Any, kept: Flags | None, name: str) -> Any:
    """Return a column of the rows of a table, read from the file where the table is without it."""
    if name in table.column_names:
        return table[name]
    column = opened.read(columns=[name])[name]
    return column if kept is None else column.filter(pa.array(kept))


def _from_table(
    table: Any,
    read_column: Callable[[str], Any],
    known: Sequence[str],
    names: Sequence[str],
    dimensions: Sequence[str],
    file: str,
    line: Ints,
    options: ReadingOptions,
) -> RawColumns:
    given = {name: _texts(table[name], name) for name in known if name not in ("year", "value", _PRECISION)}
    number, printed, precision = _values(table["value"], given["unit"], options)
    if _PRECISION in known:
        halves, _, _ = _values(table[_PRECISION], given["unit"], ReadingOptions())
        precision = np.nan_to_num(halves)

    def text(name: str) -> Categorical:
        return _texts(read_column(name), name)

    def as_given() -> Categorical:
        texts = ("" if np.isnan(each) else shown_number(each) for each in number.tolist())
        return raw.texts_as_given(texts, printed, given["unit"])

    return RawColumns(
        indicator=given["indicator"].with_values([(text, "") for text in given["indicator"].values]),
        year=_years(table["year"]),
        number=number,
        unit=given["unit"],
        printed=printed,
        obs_status=given.get("obs_status", raw.empty(len(table))),
        bound=given.get("bound", raw.empty(len(table))),
        dimensions=tuple(given[name] for name in dimensions),
        file=file,
        line=line,
        text_of=lambda row: shown_number(number[row]),
        convert=lambda rows, source, target: units.convert_array(number[rows], source, target),
        precision=precision,
        forms=CellForms(options.decimal or "."),
        texts=Texts({**{name: partial(text, name) for name in _among(LAZY_COLUMNS, names)}, "as_given": as_given}),
    )


def _unclear(columns: RawColumns) -> str:
    """Return the name of a column of texts that only all rows together explain; empty if there is none."""
    if isinstance(columns.year, Categorical):
        texts = [text for text, _ in columns.year.values]
        if not all(text.isascii() and text.isdigit() and len(text) == _DIGITS_OF_A_YEAR for text in texts):
            return "year"
    return "value" if len(columns.printed.values) else ""


def _texts(column: Any, name: str) -> Categorical:
    kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
    if pa.types.is_nested(kind) or isinstance(kind, pa.BaseExtensionType) or "binary" in str(kind):
        raise _ColumnError(name, str(kind))
    if pa.types.is_floating(column.type):
        # pandas writes the missing ones of whole numbers as NaN.
        column = column.cast(pa.float32()) if pa.types.is_float16(column.type) else column
        column = compute.if_else(compute.is_nan(column), pa.scalar(None, column.type), column)
    try:
        found = dictionary(column)
    except UnicodeDecodeError:
        raise _ColumnError(name, "text that is not UTF-8") from None
    return in_order(found.codes, found.values)


def _check_lengths(table: Any) -> None:
    for name, column in zip(table.column_names, table.columns, strict=True):
        for chunk in column.chunks if _is_text(column.type) else ():
            longest = compute.max(compute.binary_length(getattr(chunk, "dictionary", chunk))).as_py()
            if (longest or 0) > LONGEST_CELL:
                raise _TextError(name)


def _years(column: Any) -> Categorical | Ints:
    if pa.types.is_integer(column.type) and not column.null_count:
        bounds, small = compute.min_max(column).as_py(), np.iinfo(np.int16)
        is_small = len(column) > 0 and small.min <= bounds["min"] and bounds["max"] <= small.max
        return _joined(column, np.dtype(np.int16 if is_small else column.type.to_pandas_dtype()))
    found = _texts(column, "year")
    return found.with_values([(text, None) for text in found.values])


def _joined(column: Any, kind: np.dtype[Any]) -> NDArray[Any]:
    """Return the chunks of a column of numbers as one array of a kind that holds them all."""
    joined = np.empty(len(column), dtype=kind)
    first = 0
    for chunk in column.chunks:
        last = first + len(chunk)
        joined[first:last] = chunk.to_numpy(zero_copy_only=False)
        first = last
    return joined


def _values(column: Any, unit: Categorical, options: ReadingOptions) -> tuple[Floats, Categorical, Floats | None]:
    """Return the plain numbers of a column of values, its printed ones, and the precision of what is a text."""
    kind = column.type
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind) or pa.types.is_null(kind):
        number: Floats = _joined(compute.cast(column, pa.float64(), safe=False), np.dtype(np.float64))
        number += 0.0  # no -0
        return number, raw.empty(len(column)), None
    if pa.types.is_boolean(kind):
        raise _ColumnError("value", str(kind))
    words = (*options.missing, *options.zero)
    return raw.numbers_of_texts(_texts(column, "value"), unit, words, options.decimal)
