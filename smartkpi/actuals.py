"""Data files -> observations in the units of their indicators."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from smartkpi import tables, textfile, units
from smartkpi.errors import Fault
from smartkpi.model import OBS_STATUS, REQUIRED_COLUMNS, RESERVED_COLUMNS, Indicator, Observation, Plan
from smartkpi.quantities import Quantity, QuantityError, read_quantity
from smartkpi.tables import Row, Sheet
from smartkpi.years import YearError, read_year

LARGEST_FILE = 2_000_000_000
"""Bytes of one file."""


@dataclass
class Reading:
    """What was read: observations, and what is to be said of it."""

    observations: list[Observation] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)
    """What the reader should know though it stops nothing: encodings, columns left out."""


@dataclass(frozen=True)
class ReadingOptions:
    """How the files are to be understood."""

    encoding: str | None = None
    skip_lines: int = 0


def read(files: Iterable[tuple[Path | str, str]], plan: Plan, options: ReadingOptions = ReadingOptions()) -> Reading:
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
    for path, file in files:
        _read_file(path, file, plan, options, reading)
    _note_duplicates(reading)
    return reading


def _read_file(path: Path | str, file: str, plan: Plan, options: ReadingOptions, reading: Reading) -> None:
    before = len(reading.faults)
    content = textfile.read_bytes(path, file, reading.faults, LARGEST_FILE)
    if len(reading.faults) > before:
        return
    text, encoding = textfile.decode(content, file, reading.faults, options.encoding)
    if len(reading.faults) > before:
        return
    if encoding not in ("utf-8-sig", "utf-8"):
        reading.remarks.append(Fault("encoding_used", file, encoding=encoding))
    if sheet := tables.read(text, file, reading.faults, options.skip_lines):
        _read_tidy(sheet, plan, reading)


def _read_tidy(sheet: Sheet, plan: Plan, reading: Reading) -> None:
    columns = _columns(sheet, plan, reading)
    if columns is None:
        return
    for row in tables.check_widths(sheet, reading.faults):
        cells = {name: row.cells[position].strip() for name, position in columns.items()}
        observation = _RowReader(sheet.file, row, cells, plan, reading.faults).observation()
        if observation:
            reading.observations.append(observation)


def read_row(file: str, cells: dict[str, str], plan: Plan, faults: list[Fault]) -> Observation | None:
    """Read one row that is in no file.

    Parameters
    ----------
    file
        Where it comes from, in messages.
    cells
        Its cells by column, the required ones and the plan's dimensions among them.
    plan
        Whose indicators, units and dimensions it must fit.
    faults
        Each fault found is added here; None is returned then.
    """
    return _RowReader(file, Row(0, list(cells.values())), cells, plan, faults).observation()


def _columns(sheet: Sheet, plan: Plan, reading: Reading) -> dict[str, int] | None:
    """Position of each column that is read; None where a required one is missing or one stands twice."""
    names = [name.strip() for name in sheet.header.cells]
    line = sheet.header.line
    repeated = sorted({name for name in names if name and names.count(name) > 1})
    missing = [name for name in (*REQUIRED_COLUMNS, *plan.dimensions) if name not in names]
    for name in repeated:
        reading.faults.append(Fault("repeated_column", sheet.file, line, name=name))
    for name in missing:
        reading.faults.append(Fault("missing_column", sheet.file, line, name=name, found=", ".join(names)))
    known = (*RESERVED_COLUMNS, *plan.dimensions)
    if unknown := [name for name in names if name not in known]:
        reading.remarks.append(Fault("columns_left_out", sheet.file, line, names=", ".join(unknown)))
    if repeated or missing:
        return None
    return {name: position for position, name in enumerate(names) if name in known}


class _RowReader:
    """One row on its way to an observation; every fault of the row is noted, not only the first."""

    def __init__(self, file: str, row: Row, cells: dict[str, str], plan: Plan, faults: list[Fault]) -> None:
        self.file, self.row, self.cells, self.plan = file, row, cells, plan
        self.all_faults = faults
        self.faults: list[Fault] = []

    def observation(self) -> Observation | None:
        indicator = self._indicator()
        year = self._year()
        status = self._status()
        quantity = self._quantity()
        value = self._value(indicator, quantity) if indicator and quantity else None
        dimensions = tuple(self._dimension(name) for name in self.plan.dimensions)
        self.all_faults += self.faults
        if self.faults or indicator is None or year is None:
            return None
        return Observation(
            indicator=indicator.id,
            year=year,
            value=value,
            unit=indicator.unit,
            obs_status="E" if quantity and quantity.estimated and status == "A" else status,
            dimensions=dimensions,
            source=self.cells.get("source", ""),
            locator=self.cells.get("locator", ""),
            note=self.cells.get("note", ""),
            bound=quantity.bound if quantity else "",
            as_given=f"{self.cells['value']} {self.cells['unit']}".strip(),
            file=self.file,
            line=self.row.line,
        )

    def _fault(self, key: str, **details: object) -> None:
        self.faults.append(Fault(key, self.file, self.row.line, **details))

    def _indicator(self) -> Indicator | None:
        name = self.cells["indicator"]
        if indicator := self.plan.indicators.get(name):
            return indicator
        self._fault("unknown_indicator", found=name, near=nearest_indicator(name, self.plan))
        return None

    def _year(self) -> int | None:
        try:
            return read_year(self.cells["year"]).value
        except YearError as error:
            self._fault("year", found=self.cells["year"], understood=error.understood)
            return None

    def _status(self) -> str:
        status = self.cells.get("obs_status", "") or "A"
        if len(status) != 1 or status not in OBS_STATUS:
            self._fault("obs_status", found=status, codes=" ".join(OBS_STATUS))
        return status

    def _dimension(self, name: str) -> str:
        if not self.cells[name]:
            self._fault("missing_dimension", name=name)
        return self.cells[name]

    def _quantity(self) -> Quantity | None:
        text = self.cells["value"]
        if not text:
            return None
        try:
            return read_quantity(text, known_unit=units.known)
        except QuantityError as error:
            self._fault("value", found=text, understood=error.understood)
            return None

    def _value(self, indicator: Indicator, quantity: Quantity) -> float | None:
        unit = self._unit(quantity)
        own = _known_unit(indicator.unit)
        if unit is None or own is None:
            return None
        if unit.dimension != own.dimension:
            self._fault(
                "unit_dimension",
                unit=unit.text,
                dimension=unit.dimension,
                indicator=indicator.id,
                expected=own.text,
                expected_dimension=own.dimension,
            )
            return None
        value = units.convert(quantity.number, unit, own)
        if indicator.bounds and not indicator.bounds[0] <= value <= indicator.bounds[1]:
            low, high = indicator.bounds
            self._fault("actual_outside_bounds", found=f"{value:.15g}", unit=own.text, low=f"{low:g}", high=f"{high:g}")
        return value

    def _unit(self, quantity: Quantity) -> units.Unit | None:
        """Return the unit of the number: from the value cell, the unit cell, or both where they agree."""
        cell = self.cells["unit"]
        if not cell and not quantity.unit:
            self._fault("no_unit", found=self.cells["value"])
            return None
        unit = self._parsed(cell or quantity.unit)
        if unit is None or not cell or not (quantity.unit or quantity.multiplier):
            return unit
        if quantity.unit:
            inner = self._parsed(quantity.unit)
            if inner and not _same(unit, inner, quantity.multiplier):
                self._fault("two_units", value=self.cells["value"], unit=cell)
                return None
            return inner
        if unit.scale != 1:
            self._fault("two_multipliers", value=self.cells["value"], unit=cell)
            return None
        return unit

    def _parsed(self, text: str) -> units.Unit | None:
        try:
            return units.parse(text)
        except units.UnitError as error:
            self._fault(error.key, unit=text, near=units.nearest(text))
            return None


def _same(cell: units.Unit, inner: units.Unit, multiplier: str) -> bool:
    whole = units.parse(multiplier + inner.text)
    return (cell.dimension, cell.scale) == (whole.dimension, whole.scale)


def _known_unit(text: str) -> units.Unit | None:
    # The plan's own unit; where it is unknown the plan's fault says so.
    return units.parse(text) if units.known(text) else None


def nearest_indicator(name: str, plan: Plan) -> str:
    """Return the plan's indicator that is spelled most like `name`, else the first few."""
    from difflib import get_close_matches

    near = get_close_matches(name[:100], plan.indicators, n=1)
    return near[0] if near else ", ".join(list(plan.indicators)[:5])


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
