"""The units that are known where a plan is used, as a table; and what a text is understood as."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from smartkpi.errors import DataError, Fault
from smartkpi.model import Plan
from smartkpi.model.columns import UNIT_COLUMNS
from smartkpi.model.table import Table
from smartkpi.quantities.pint_units import look_up
from smartkpi.quantities.unit_table import entries
from smartkpi.quantities.units import UnitError, Units, units_of


def unit_table(plan: Plan, text: str | None = None) -> Table:
    """Return a row for each unit, the plan's own first; or one for the unit that a text is.

    Parameters
    ----------
    plan
        Whose units are known beside those of the table.
    text
        Any unit, with a multiple or composed of others too; None for all.

    Raises
    ------
    DataError
        If the text is not a unit that values can have.
    """
    known = units_of(plan.units)
    rows = list(_all(plan, known)) if text is None else [_asked(known, text)]
    return Table.from_cells("units", UNIT_COLUMNS, {name: [row[name] for row in rows] for name in UNIT_COLUMNS}, plan)


def _all(plan: Plan, known: Units) -> Iterator[dict[str, Any]]:
    own = {each.name for each in plan.units}
    for name in own:
        yield _row(known, name)
    for entry in entries():
        if entry.symbol not in own:
            yield _row(known, entry.symbol) | {"also": ", ".join(entry.words) or None}


def _asked(known: Units, text: str) -> dict[str, Any]:
    try:
        return _row(known, text)
    except UnitError as error:
        if error.key == "unknown_unit" and (found := look_up(text)):
            return _row(Units([*known.own.values(), found]), text)
        raise DataError(Fault(error.key, None, None, unit=error.text, **known.suggestions(error.text))) from error


def _row(known: Units, text: str) -> dict[str, Any]:
    unit = known.parse(text)
    return {
        "unit": unit.text,
        "dimension": unit.dimension,
        "size": float(unit.scale),
        "name_en": unit.words.english.alone,
        "name_zh_tw": unit.words.chinese.alone,
        "also": None,
    }
