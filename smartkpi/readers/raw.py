"""Columns as a file or a frame has them: texts by distinct value, numbers as numbers, before anything is checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from smartkpi.model.arrays import Categorical, Floats, Ints, categorical, spans
from smartkpi.model.columns import OPTIONAL_COLUMNS
from smartkpi.model.observations import TEXTS, Texts
from smartkpi.model.places import Cell
from smartkpi.quantities import units
from smartkpi.quantities.cells import CellForms, Mark, decimal_mark, folded
from smartkpi.readers.conversion import PrintedValue
from smartkpi.readers.layouts.record import PrintedAttainment, PrintedTarget, Record
from smartkpi.text import pattern

_PLAIN = pattern(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?")
_NO_ROWS: Ints = np.zeros(0, dtype=np.int64)
Conversion = Callable[[Ints, units.Unit, units.Unit], Floats]
"""From positions of rows, the unit that their numbers are in and the one wanted, to the numbers in that unit."""


class Extent(NamedTuple):
    """How much there is in a file."""

    rows: int = 0
    memory: int = 0
    """Bytes that all rows take at the most; the file can be a thousand times smaller."""
    texts: Sequence[str] = ()
    """Columns that are read where two rows are of one year."""


class TargetBeside(NamedTuple):
    """A target that is printed beside a value."""

    printed: PrintedValue
    year: str = ""
    """From its header; empty if that names none."""


class AttainmentBeside(NamedTuple):
    """An attainment that is printed beside a value and its target."""

    name: str
    """Of its column."""
    printed: PrintedValue
    target: PrintedValue


class Beside(NamedTuple):
    """What is printed beside values."""

    row: Ints = _NO_ROWS
    """Of each, the position of its value; a row may have several, or none."""
    printed: Categorical = Categorical(_NO_ROWS, ())
    place: Sequence[int] = ()
    """Of the cell of each; empty where it is that of the value."""

    @staticmethod
    def of(found: Iterable[tuple[int, TargetBeside | AttainmentBeside, int]]) -> Beside:
        """Return what there is beside the values of rows, each with its place."""
        each = list(found)
        rows = np.array([row for row, _, _ in each], dtype=np.int64)
        return Beside(rows, categorical(beside for _, beside, _ in each), [place for _, _, place in each])


class RawColumns(NamedTuple):
    """The rows of one file or frame. In a column of texts the code -1 is an empty cell."""

    indicator: Categorical
    """Of pairs: id or title, and the title beside it."""
    year: Categorical | Ints
    """Of pairs, text and the calendar that its header says; or whole numbers."""
    number: Floats
    """Values that are plain numbers; NaN where there is none, or `printed` has it."""
    unit: Categorical
    """Of the plain numbers."""
    printed: Categorical
    """Of `PrintedValue`: values that are not plain numbers."""
    obs_status: Categorical
    bound: Categorical
    dimensions: tuple[Categorical, ...]
    file: str
    line: Ints
    text_of: Callable[[int], str]
    """Returns a plain number as the file or frame has it."""
    convert: Conversion
    """Converts plain numbers."""
    header_unit: str = ""
    """Unit of the plain numbers that have none of their own."""
    precision: Floats | None = None
    """Half a unit of the last printed digit of the plain numbers, in their unit; None where they have no digits."""
    forms: CellForms = CellForms()
    """How the printed values are to be understood."""
    is_tracker: bool = False
    """The column of statuses has a name that other statuses have too, such as ``Status``."""
    column: Ints | None = None
    """Of the cell with the value, in a workbook, counted from 1; 0 in rows of text."""
    texts: Mapping[str, Categorical] = MappingProxyType({})
    """Without those that the check adds to."""
    targets: Beside = Beside()
    attainments: Beside = Beside()

    def __len__(self) -> int:
        return len(self.number)

    @property
    def lacks_units(self) -> bool:
        """Whether there is a value without a unit."""
        is_plain = bool((~np.isnan(self.number) & (self.unit.codes < 0)).any()) and not self.header_unit
        return is_plain or any(not each.has_unit for each in self.printed.values)


def empty(rows: int) -> Categorical:
    """Return a column of texts whose cells are all empty."""
    return Categorical(np.full(rows, -1, dtype=np.int8), ())


def coded(cells: Iterable[object]) -> Categorical:
    """Return cells as a column of texts, empty where they are false."""
    found = categorical(cells)
    values = [value for value in found.values if value]
    places = iter(range(len(values)))
    table = np.array([next(places) if value else -1 for value in found.values], dtype=np.int64)
    return Categorical(table[found.codes], values)


def from_records(
    records: Iterable[Record], file: str, dimensions: tuple[str, ...], delimiter: str = "", decimal: Mark | None = None
) -> RawColumns:
    """Put the records of one file into columns; every value of theirs is a printed one.

    Parameters
    ----------
    records
        All of the file.
    file
        Its name in messages.
    dimensions
        Of the plan.
    delimiter
        Between its cells, where it is a separated text.
    decimal
        Mark that the user says to be the decimal one.
    """
    rows = list(records)
    cells = [each.cells for each in rows]
    names = set().union(*{tuple(each) for each in cells})
    number = np.full(len(rows), np.nan)
    printed = coded(
        PrintedValue(
            value,
            own.get("unit", ""),
            each.header_unit,
            each.table_unit,
            each.power,
            *each.facts,
        )
        if (value := own["value"])
        else None
        for each, own in zip(rows, cells, strict=True)
    )
    none = empty(len(rows))
    given = {
        name: coded(each.get(name, "") for each in cells) if name in names else none
        for name in (*OPTIONAL_COLUMNS, "published", *dimensions)
    }
    return RawColumns(
        indicator=categorical((each["indicator"], each.get("title", "")) for each in cells),
        year=categorical((each.cells["year"], each.calendar) for each in rows),
        number=number,
        unit=empty(len(rows)),
        printed=printed,
        obs_status=given["obs_status"],
        bound=given["bound"],
        dimensions=tuple(given[name] for name in dimensions),
        file=file,
        line=np.array([each.line for each in rows], dtype=np.int64),
        forms=decimal_mark((each.text for each in printed.values if not each.has_point), delimiter, decimal),
        is_tracker=any(each.is_tracker for each in rows[:1]),
        column=np.array([each.line.column + 1 if isinstance(each.line, Cell) else 0 for each in rows], dtype=np.int16),
        text_of=str,
        convert=lambda of_rows, source, target: units.convert_array(number[of_rows], source, target),
        targets=Beside.of(
            (row, TargetBeside(_target_beside(target, each), target.year), target.place)
            for row, each in enumerate(rows)
            for target in each.targets
        ),
        attainments=Beside.of(
            (row, _attainment_beside(each.attainment, each), each.attainment.place)
            for row, each in enumerate(rows)
            if each.attainment
        ),
        texts=Texts(
            {
                **{name: partial(given.__getitem__, name) for name in TEXTS if name in given},
                "as_given": lambda: printed.with_values([each.as_given for each in printed.values]),
            }
        ),
    )


def _target_beside(target: PrintedTarget, record: Record) -> PrintedValue:
    unit = "" if target.unit else record.cells.get("unit", "")
    return PrintedValue(target.text, unit, target.unit, record.table_unit, record.power, has_point=target.has_point)


def _attainment_beside(found: PrintedAttainment, record: Record) -> AttainmentBeside:
    rate = PrintedValue(found.text, decimals=found.decimals, has_point=found.has_point)
    return AttainmentBeside(found.name, rate, _target_beside(found.target, record))


def printed_column(rows: Ints, texts: Iterable[str], unit: Categorical, header_unit: str = "") -> Categorical:
    """Return the column of printed values that has these texts in these rows, each with the unit of its row."""
    codes = np.full(len(unit.codes), -1, dtype=np.int32)
    named = (unit.values[code] if code >= 0 else "" for code in unit.codes[rows].tolist())
    found = categorical(PrintedValue(text, own, header_unit) for text, own in zip(texts, named, strict=True))
    codes[rows] = found.codes
    return Categorical(codes, found.values)


def in_order(codes: Ints, values: Sequence[str]) -> Categorical:
    """Return a column of texts with its values in the order in which they first occur, blank ones as empty cells.

    Parameters
    ----------
    codes
        Of each row, -1 for an empty cell.
    values
        Two of them may be the same.
    """
    if len(set(values)) < len(values) or not all(map(str.strip, values)):
        places: dict[str, int] = {}
        joint = [places.setdefault(each, len(places)) if each.strip() else -1 for each in values]
        codes, values = np.array([*joint, -1])[codes], tuple(places)
    small = np.min_scalar_type(-len(values) - 1)
    if _is_in_order(codes, len(values)):
        return Categorical(codes.astype(small, copy=False), tuple(values))
    # The last write of a place counts: backwards, that is the first row.
    first = np.full(len(values) + 1, len(codes))
    first[codes[::-1]] = np.arange(len(codes))[::-1]
    ranked = np.argsort(first[:-1], kind="stable")
    rank = np.full(len(values) + 1, -1, dtype=small)
    rank[ranked] = np.arange(len(values))
    return Categorical(rank[codes], tuple(values[each] for each in ranked))


def _is_in_order(codes: Ints, number: int) -> bool:
    """Whether so many codes all occur, the first time in their order."""
    greatest = -1
    for span in spans(len(codes)):
        part = codes[span]
        if part.max() > greatest:
            # One code of each run is enough.
            runs = part[np.append(True, part[1:] != part[:-1])]
            running = np.maximum.accumulate(np.append(greatest, runs))
            if (running[1:] > running[:-1] + 1).any():
                return False
            greatest = int(running[-1])
    return greatest == number - 1


def shown_number(number: float) -> str:
    """Return a plain number as people write it, in the fewest digits that read back to it."""
    return repr(float(number)).removesuffix(".0")


def half_step(text: str) -> float:
    """Return half a unit of the last digit of a plain number.

    Examples
    --------
    >>> half_step("2.40"), half_step("64")
    (0.005, 0.5)
    """
    return float(f"5e-{len(text.partition('.')[2]) + 1}")


def numbers_of_texts(
    column: Categorical, unit: Categorical, words: Iterable[str] = (), decimal: Mark | None = None
) -> tuple[Floats, Categorical, Floats]:
    """Return values that are texts as plain numbers where they are no more, else as printed ones; and precision.

    Parameters
    ----------
    column, unit
        Of each row.
    words
        Texts that mean no data, or 0, though they look like numbers.
    decimal
        The decimal mark, if somebody says it.
    """
    others = frozenset(map(folded, words))
    plain = [
        bool(_PLAIN.fullmatch(text)) and text not in others and (decimal != "," or "." not in text)
        for text in column.values
    ]
    table = [float(text) if own else np.nan for text, own in zip(column.values, plain, strict=True)]
    number = np.array([*table, np.nan])[column.codes] + 0.0
    rows = np.flatnonzero(np.array([*(not own for own in plain), False])[column.codes])
    steps = [half_step(text) if own else 0.0 for text, own in zip(column.values, plain, strict=True)]
    printed = printed_column(rows, (column.values[code] for code in column.codes[rows].tolist()), unit)
    return number, printed, np.array([*steps, 0.0])[column.codes]


def texts_as_given(plain: Iterable[str], printed: Categorical, unit: Categorical, header_unit: str = "") -> Categorical:
    """Return value and unit of each row as its file has them, empty where there is no value.

    Parameters
    ----------
    plain
        Text of each row; that of a printed value does not matter.
    printed, unit, header_unit
        As `RawColumns` has them.
    """
    units_of_rows = Categorical(unit.codes, (*unit.values, header_unit)).cells()
    given = [each.as_given for each in printed.values]
    return categorical(
        given[code] if code >= 0 else f"{text} {own}".strip() if text else ""
        for text, code, own in zip(plain, printed.codes.tolist(), units_of_rows, strict=True)
    )
