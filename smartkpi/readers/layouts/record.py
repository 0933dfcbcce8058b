"""What every shape of table is turned into before it is read: one value, and all that stands beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from smartkpi.errors import Fault
from smartkpi.model import Plan
from smartkpi.model.reading import Calendar, ReadingOptions
from smartkpi.quantities.periods import Forms
from smartkpi.readers.csv import Doubt
from smartkpi.readers.layouts.names import Names


class PrintedTarget(NamedTuple):
    """A target that stands beside the values, to be held against the plan's."""

    text: str
    unit: str = ""
    """From the header."""
    year: str = ""
    """From the header; empty if it names none."""


class Record(NamedTuple):
    """One value of a file, not yet read: text by the names of the tidy format."""

    file: str
    line: int
    cells: Mapping[str, str]
    """By column of the tidy format, or dimension; ``title`` where the file has it."""
    calendar: Calendar | None = None
    """Of the year, where its header says it."""
    header_unit: str = ""
    """Unit from the header of the value, as in ``value (億元)``."""
    targets: Sequence[PrintedTarget] = ()
    power: int = 0
    """The value is in this power of ten of its unit: UNIT_MULT of SDMX."""
    is_number: bool = False
    """The file holds the value as a number, as workbooks do, and may show it as a percentage."""
    has_digits: bool = True
    """The value's last digit says how exact it is, as it does in a text and in a fixed number format."""
    decimals: int | None = None
    """Digits after the point that a workbook shows of the value; None for a text."""
    is_tracker: bool = False
    """The status is of a column that may have other statuses than those of observations, such as ``Status``."""
    doubt: Doubt | None = None
    """Why the value is not read, where a workbook leaves it open."""


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

    @property
    def forms(self) -> Forms:
        """How periods are to be understood."""
        return Forms(self.calendar, self.options.fiscal_year, self.options.period)

    @property
    def units_from_plan(self) -> bool:
        """Whether values without a unit are in that of their indicator."""
        return self.options.units_from_plan or bool(self.indicator)

    def aside(self) -> Context:
        """Return the same context with lists of its own, for a look that must leave no trace."""
        return replace(self, faults=[], remarks=[], columns=set())
