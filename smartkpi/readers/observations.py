"""Records -> observations: every fault of a row is noted, not only the first."""

from __future__ import annotations

from smartkpi.errors import Fault
from smartkpi.model import Indicator, Observation
from smartkpi.model.codes import OBS_STATUS
from smartkpi.quantities import Quantity, QuantityError, read_quantity, units
from smartkpi.quantities.reasons import reason_of
from smartkpi.quantities.years import Year, YearError, one_calendar, read_year
from smartkpi.readers.layouts import Context, PrintedTarget, Record
from smartkpi.readers.measures import value_of

_STATUS_WORDS = {
    "預估": "E", "預估值": "E", "推估": "E", "推估值": "E", "估計": "E", "估計值": "E",
    "estimated": "E", "estimate": "E",
    "初步": "P", "初步值": "P", "初步統計": "P", "暫定": "P", "暫定值": "P", "provisional": "P", "preliminary": "P",
    "預測": "F", "預測值": "F", "forecast": "F", "正常": "A", "確定": "A", "normal": "A", "actual": "A",
    "缺值": "M", "缺漏": "M", "missing": "M",
}  # fmt: skip
_BOUNDS = {"lower": "lower bound", "upper": "upper bound", "approx": "approximate"}
_TOLERANCE = 1e-9


class RowReader:
    """Reads the records of one file, whose years must all be of one calendar.

    Parameters
    ----------
    context
        Plan and options; faults and remarks are added to it.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._faults: list[Fault] = []
        self._first_of_calendar: dict[str, Year] = {}

    def read(self, record: Record) -> Observation | None:
        """Return the observation of a record, None if it has faults."""
        self._faults = []
        indicator = self._indicator(record)
        year = self._year(record)
        status = self._status(record)
        quantity = self._quantity(record)
        value = value_of(record, quantity, indicator, self._faults) if indicator and quantity else None
        bound = self._bound(record)
        dimensions = tuple(self._dimension(record, name) for name in self._context.plan.dimensions)
        if indicator:
            self._compare_targets(record, indicator)
        self._context.faults += self._faults
        if self._faults or indicator is None or year is None:
            return None
        return Observation(
            indicator=indicator.id,
            year=year,
            value=value,
            unit=indicator.unit,
            obs_status=status or _printed_status(quantity),
            dimensions=dimensions,
            source=record.cells.get("source", ""),
            locator=record.cells.get("locator", ""),
            note=_note(record, quantity),
            bound=(quantity.bound if quantity else "") or bound,
            as_given=_as_given(record),
            file=record.file,
            line=record.line,
        )

    def _fault(self, record: Record, key: str, **details: object) -> None:
        self._faults.append(Fault(key, record.file, record.line, **details))

    def _indicator(self, record: Record) -> Indicator | None:
        text, title = record.cells["indicator"], record.cells.get("title", "")
        names = self._context.names
        ids = names.indicators(text or title)
        if not ids:
            near = names.nearest(text or title)
            self._fault(record, "unknown_indicator", found=text or title, near=near)
        elif len(ids) > 1:
            self._fault(record, "ambiguous_indicator", found=text or title, ids=", ".join(ids))
        elif title and ids[0] not in (titled := names.indicators(title) or ids):
            self._fault(record, "title_of_another", indicator=ids[0], title=title, other=", ".join(titled))
        else:
            return self._context.plan.indicators[ids[0]]
        return None

    def _year(self, record: Record) -> int | None:
        text = record.cells["year"]
        try:
            year = read_year(text, record.calendar or self._context.calendar)
            if year.calendar not in self._first_of_calendar:
                self._first_of_calendar[year.calendar] = year
                one_calendar(self._first_of_calendar.values())
        except YearError as error:
            key = "years" if error.key == "mixed_calendars" else "year"
            self._fault(record, key, found=text, **reason_of("year", error, text))
            return None
        return year.value

    def _status(self, record: Record) -> str:
        text = record.cells.get("obs_status", "")
        status = _STATUS_WORDS.get(text.casefold(), text)
        if status and (len(status) != 1 or status not in OBS_STATUS):
            self._fault(record, "obs_status", found=text, codes=" ".join(OBS_STATUS))
        return status

    def _bound(self, record: Record) -> str:
        text = record.cells.get("bound", "")
        if text and text not in _BOUNDS:
            self._fault(record, "bound", found=text, choices=", ".join(_BOUNDS))
        return text

    def _dimension(self, record: Record, name: str) -> str:
        if not record.cells[name]:
            self._fault(record, "missing_dimension", name=name)
        return record.cells[name]

    def _quantity(self, record: Record) -> Quantity | None:
        text = record.cells["value"]
        if not text:
            return None
        try:
            return read_quantity(text, known_unit=units.named)
        except QuantityError as error:
            self._fault(record, "value", found=text, **reason_of("quantity", error, text))
            return None

    def _compare_targets(self, record: Record, indicator: Indicator) -> None:
        """Remark on a printed target that is not the plan's; what cannot be read is remarked on too."""
        for target in record.targets:
            value, year = _read_target(record, target, indicator), _target_year(target, indicator)
            expected = indicator.target if year == indicator.target_year else indicator.milestones.get(year)
            if value is None or expected is None or abs(value - expected) > _TOLERANCE * abs(expected):
                shown = f"{target.text} {target.unit}".strip()
                plan = f"{indicator.target:.15g} {indicator.unit}"
                details = {"indicator": indicator.id, "found": shown, "year": year, "plan": plan}
                self._context.remarks.append(
                    Fault("target_differs", record.file, record.line, **details, plan_year=indicator.target_year)
                )


def _read_target(record: Record, target: PrintedTarget, indicator: Indicator) -> float | None:
    try:
        quantity = read_quantity(target.text, known_unit=units.known)
    except QuantityError:
        return None
    unit = record.cells.get("unit", "") or ("" if quantity.unit else indicator.unit)
    cells = {**record.cells, "value": target.text, "unit": "" if target.unit else unit}
    return value_of(record._replace(cells=cells, header_unit=target.unit, is_number=False), quantity, indicator, [])


def _target_year(target: PrintedTarget, indicator: Indicator) -> int:
    return read_year(target.year).value if target.year else indicator.target_year


def _printed_status(quantity: Quantity | None) -> str:
    if quantity is not None and quantity.estimated:
        return "E"
    return "P" if quantity is not None and quantity.provisional else "A"


def _as_given(record: Record) -> str:
    power = f"x 10^{record.power}" if record.power else ""
    return " ".join(filter(None, [record.cells["value"], power, record.cells.get("unit", "") or record.header_unit]))


def _note(record: Record, quantity: Quantity | None) -> str:
    notes = [record.cells.get("note", "")]
    if quantity is not None and quantity.bound:
        notes.append(f"{_BOUNDS[quantity.bound]} (printed: {record.cells['value']})")
    return "; ".join(filter(None, notes))
