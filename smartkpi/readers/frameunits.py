"""Values of a frame, in whatever units they come -> in the units of their indicators."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from smartkpi.model import Plan
from smartkpi.model.arrays import Categorical, Flags, Floats, Ints, flagged, spans
from smartkpi.quantities import units
from smartkpi.readers.coding import coded
from smartkpi.readers.frame_errors import FrameFaults

if TYPE_CHECKING:
    import pandas as pd


def in_own_units(column: pd.Series[Any], value: Floats, indicator: Ints, plan: Plan, faults: FrameFaults) -> Floats:
    """Return the values in the units of their indicators; each pair of unit and indicator is looked at once.

    Parameters
    ----------
    column
        Unit of each row.
    value
        NaN where there is none, which needs no unit.
    indicator
        Position in the plan of each row's indicator, -1 where it is unknown.
    plan
        The indicators.
    faults
        Where faults are added.
    """
    given = coded(column)
    seen = _seen(given, value, indicator, len(plan.indicators))
    if seen[0].any():
        without = flagged(len(value), lambda of: (given.codes[of] < 0) & ~np.isnan(value[of]))
        faults.each_row("no_unit", without, lambda number: {"found": f"{value[without[number]]:g}"})
    parsed = [_parsed(text, (given.codes, code, value), faults) for code, text in enumerate(given.values)]
    names, own = list(plan.indicators), [units.parse(each.unit) for each in plan.indicators.values()]
    way = np.zeros(seen.shape, dtype=np.int8)
    ratios: list[tuple[units.Unit, units.Unit]] = []
    for code, place in np.argwhere(seen[1:, 1:]).tolist():
        unit, target = parsed[code], own[place]
        if unit is None:
            continue
        if unit.dimension != target.dimension:
            rows = np.flatnonzero((given.codes == code) & (indicator == place) & ~np.isnan(value))
            faults.note("unit_dimension", rows, **_misfit(unit, target, names[place]))
        elif unit.scale != target.scale:
            way[code + 1, place + 1] = _way(ratios, unit, target)
    return _converted(value, lambda of: way[given.codes[of] + 1, indicator[of] + 1], ratios) if ratios else value


def _seen(given: Categorical, value: Floats, indicator: Ints, indicators: int) -> Flags:
    """Return which unit has a value of which indicator; row and column 0 are those without unit or indicator."""
    shape = len(given.values) + 1, indicators + 1
    count = np.zeros(shape[0] * shape[1], dtype=np.int64)
    for of in spans(len(value)):
        pair = (given.codes[of].astype(np.int64) + 1) * shape[1] + indicator[of] + 1
        present = ~np.isnan(value[of])
        count += np.bincount(pair if present.all() else pair[present], minlength=len(count))
    return count.reshape(shape) > 0


def _way(ratios: list[tuple[units.Unit, units.Unit]], unit: units.Unit, target: units.Unit) -> int:
    """Return the number, from 1, of the conversion with this ratio; a new one is added."""
    for number, (source, into) in enumerate(ratios, start=1):
        if unit.scale * into.scale == source.scale * target.scale:
            return number
    ratios.append((unit, target))
    return len(ratios)


def _converted(
    value: Floats, way_of: Callable[[slice], Ints], ratios: Sequence[tuple[units.Unit, units.Unit]]
) -> Floats:
    result = value.copy()
    for of in spans(len(value)):
        part, way = result[of], way_of(of)
        for number, (source, target) in enumerate(ratios, start=1):
            rows = np.flatnonzero(way == number)
            part[rows] = units.convert_array(part[rows], source, target)
    return result


def _parsed(text: str, rows: tuple[Ints, int, Floats], faults: FrameFaults) -> units.Unit | None:
    """Return the unit that a text names, None with a fault of the rows that have it and a value."""
    try:
        return units.parse(text)
    except units.UnitError as error:
        codes, code, value = rows
        wrong = np.flatnonzero((codes == code) & ~np.isnan(value))
        faults.note(error.key, wrong, unit=text, near=units.nearest(text))
        return None


def _misfit(unit: units.Unit, target: units.Unit, indicator: str) -> dict[str, str]:
    return {
        "unit": unit.text,
        "dimension": unit.dimension,
        "indicator": indicator,
        "expected": target.text,
        "expected_dimension": target.dimension,
    }
