"""Units of a frame's values that say none, from the plan."""

from __future__ import annotations

import numpy as np

from smartkpi.model import Plan
from smartkpi.model.arrays import Categorical
from smartkpi.quantities import QuantityError, read_quantity, units
from smartkpi.readers.conversion import PrintedValue
from smartkpi.readers.layouts import Names


def fill(
    indicator: Categorical, unit: Categorical, printed: Categorical, plan: Plan, names: Names
) -> tuple[Categorical, Categorical]:
    """Give each value without a unit that of its indicator.

    Parameters
    ----------
    indicator
        Ids or titles.
    unit
        Of the plain numbers; -1 where there is none.
    printed
        Of `PrintedValue`: the values that are more than a plain number.
    plan, names
        Whose units, and what its indicators are called.

    Returns
    -------
    unit, printed
        With the units filled in; a value that has a unit of its own in its text keeps it.
    """
    own = [_unit(str(text), plan, names) for text in indicator.values]
    missing = unit.codes < 0
    values = [*unit.values, *own]
    codes = np.where(missing & (indicator.codes >= 0), len(unit.values) + indicator.codes.astype(np.int64), unit.codes)
    pairs, place = np.unique(
        printed.codes.astype(np.int64) * (len(own) + 1) + indicator.codes.astype(np.int64) + 1, return_inverse=True
    )
    filled = [_filled(pair, printed, own) for pair in pairs.tolist()]
    kept = np.where(printed.codes < 0, -1, place)
    return Categorical(codes, values), Categorical(kept, filled)


def _unit(text: str, plan: Plan, names: Names) -> str:
    found = names.indicators(text)
    return plan.indicators[found[0]].unit if len(found) == 1 else ""


def _filled(pair: int, printed: Categorical, own: list[str]) -> PrintedValue:
    value, indicator = divmod(pair, len(own) + 1)
    if value < 0:
        return PrintedValue("")
    cell: PrintedValue = printed.values[value]
    if cell.unit or indicator == 0 or _has_unit(cell.text):
        return cell
    return cell._replace(unit=own[indicator - 1])


def _has_unit(text: str) -> bool:
    try:
        return bool(read_quantity(text, known_unit=units.known).unit)
    except QuantityError:
        return False
