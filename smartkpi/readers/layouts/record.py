"""What every shape of table is turned into before it is read: one value, and all that stands beside it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from smartkpi.errors import Fault
from smartkpi.model import Plan
from smartkpi.model.arrays import Categorical, Ints
from smartkpi.model.reading import Calendar, ReadingOptions
from smartkpi.quantities.periods import Forms
from smartkpi.readers.csv import OF_TEXT, Facts
from smartkpi.readers.layouts.names import Names


class PrintedTarget(NamedTuple):
    """A target that stands beside the values, to be held against the plan's."""

    text: str
    place: int
    """Of its cell, as `Row.at` gives it."""
    unit: str = ""
    """From the header."""
    year: str = ""
    """From the header; empty if it names none."""
    has_point: bool = False
    """The file holds it as a number."""


class PrintedAttainment(NamedTuple):
    """An attainment that stands beside a value and its target, to be held against the two."""

    name: str
    """Of its column."""
    text: str
    place: int
    """Of its cell, as `Row.at` gives it."""
    target: PrintedTarget
    decimals: int | None = None
    """Digits after the point that a workbook shows of it; None for a text."""
    has_point: bool = False
    """The file holds it as a number."""


class Record(NamedTuple):
    """One value of a file, not yet read: text by the names of the tidy format."""

    file: str
    line: int
    cells: Mapping[str, str]
    """By column of the tidy format, or dimension; ``title`` where the file has it."""
    calendar: Calendar | None = None
    """Of the year, where its header says it."""
    table_unit: str = ""
    """Unit from a title or a note, for values without another one."""
    header_unit: str = ""
    """Unit from the header of the value, as in ``value (億元)``."""
    targets: Sequence[PrintedTarget] = ()
    attainment: PrintedAttainment | None = None
    power: int = 0
    """The value is in this power of ten of its unit: UNIT_MULT of SDMX."""
    facts: Facts = OF_TEXT
    """Of the cell of the value."""
    is_tracker: bool = False
    """The status is of a column that may have other statuses than those of observations, such as ``Status``."""


class ColumnUse(NamedTuple):
    """What a column was taken for."""

    name: str
    """As written; empty where nothing in the file says it, as with ``-a ID=FILE``."""
    meaning: str
    """Column of the tidy format, or dimension."""
    detail: str = ""
    """Which of them: the year of the values below, or their indicator."""


class Cells(NamedTuple):
    """The cells of a table as written."""

    line: Ints
    """Of each row."""
    columns: Mapping[str, Categorical]
    """By name."""


class LeftOut(NamedTuple):
    """Rows of a table that were not read."""

    reason: str
    """Key of a label."""
    number: int
    line: int
    """Of the first one."""


@dataclass
class Understanding:
    """How a table was understood, so that its owner can hold it against the file."""

    file: str = ""
    kind: str = ""
    """``text``, ``json``, ``workbook`` or ``parquet``; empty where it could not be opened."""
    encoding: str = ""
    delimiter: str = ""
    decimal: str = ""
    """Decimal mark, where it could have been another."""
    header: tuple[int, ...] = ()
    """Lines of the header; none where the file has no header line."""
    layout: str = ""
    columns: list[ColumnUse] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    """Names of columns that are not read."""
    renamed: dict[str, str] = field(default_factory=dict)
    """Names of columns as written, by the name that a shape reads them under."""
    rows: int = 0
    """Below the header, without those that are left out."""
    left_out: list[LeftOut] = field(default_factory=list)
    values: int = 0
    no_data: int = 0
    """Cells without a value."""
    present: set[int] = field(default_factory=set)
    """Positions of the indicators that have rows."""
    years: tuple[int, ...] = ()
    cells: Cells | None = None
    """Where they are asked for."""

    @property
    def indicators(self) -> int:
        """Number of the indicators that have rows."""
        return len(self.present)

    def use(self, name: str, meaning: str, detail: str = "") -> None:
        """Note what a column was taken for."""
        self.columns.append(ColumnUse(self.renamed.get(name, name), meaning, detail))

    def leave_out(self, reason: str, number: int, line: int) -> None:
        """Note rows that are not read."""
        if number:
            self.left_out.append(LeftOut(reason, number, line))


@dataclass
class Context:
    """What shapes know beside the table, and where they put what is to be said."""

    plan: Plan
    names: Names
    calendar: Calendar | None = None
    """Of years in figures, where the user says it."""
    strict: bool = False
    """Rows that match no indicator are faults."""
    faults: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)
    options: ReadingOptions = field(default_factory=ReadingOptions)
    indicator: str = ""
    """Id of the indicator that all rows of the file are of; empty where the rows say so."""
    columns: set[str] = field(default_factory=set)
    """Names of the columns of all files so far, as written."""
    memory_limit: int | None = None
    """Bytes that what is in a stream of Parquet may take; None for no limit."""
    table: Understanding = field(default_factory=Understanding)
    """How the table is understood that is read now."""
    tables: list[Understanding] = field(default_factory=list)
    """How all tables so far were understood."""
    is_part: bool = False
    """Tables come in parts."""
    keeps_cells: bool = False
    """The cells of tables are to be kept."""
    headings: dict[Any, Any] = field(default_factory=dict)
    """What each header says that was read so far: of a tidy table by its text, of a wide one by text and forms."""
    splits: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Names that were read so far, without the unit behind them, and the unit."""

    @property
    def forms(self) -> Forms:
        """How periods are to be understood."""
        return Forms(self.calendar, self.options.fiscal_year, self.options.period)

    @property
    def units_from_plan(self) -> bool:
        """Whether values without a unit are in that of their indicator."""
        return self.options.units_from_plan or bool(self.indicator)

    def remarks_of(self, file: str) -> set[str]:
        """Return the kinds of remarks on a table."""
        return {each.key for each in self.remarks if each.file == file}

    def make_errors(self, key: str, files: Collection[str]) -> None:
        """Turn remarks of a kind on tables into errors."""
        found = [each for each in self.remarks if each.key == key and each.file in files]
        self.remarks[:] = [each for each in self.remarks if each not in found]
        self.faults += found

    def aside(self) -> Context:
        """Return the same context with lists of its own, for a look that must leave no trace."""
        return replace(self, faults=[], remarks=[], columns=set(), table=Understanding(), tables=[])

    def of_table(self, file: str, kind: str) -> Context:
        """Return the same context for the next table."""
        table = Understanding(file, kind)
        self.tables.append(table)
        return replace(self, table=table)
