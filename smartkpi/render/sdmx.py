"""SDMX-CSV 2.x: the observations, for tools of official statistics; `smartkpi.readers.layouts.sdmx` reads it back.

References
----------
SDMX-CSV field guide, https://github.com/sdmx-twg/sdmx-csv. ACTION is optional there, but sdmx1 (2.28) reads nothing
without it; I, information, is what its absence means. A missing number is NaN, as SDMX 3.0 writes one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from smartkpi.errors import Fault, OutputError
from smartkpi.model import Plan
from smartkpi.model.columns import ColumnKind
from smartkpi.model.table import Table
from smartkpi.quantities.sdmx_units import measure_of
from smartkpi.quantities.units import units_of
from smartkpi.render import csv
from smartkpi.render.celltext import number
from smartkpi.render.view import Format, View
from smartkpi.text import pattern, printable

_OF_THE_MESSAGE = {"STRUCTURE": "dataflow", "STRUCTURE_ID": "SMARTKPI:{flow}(1.0.0)", "ACTION": "I", "FREQ": "A"}
"""What every row has alike. No registry has the data flow: its structure is the plan's."""
_BEHIND = {
    "TIME_PERIOD": "year",
    "OBS_VALUE": "value",
    "UNIT_MEASURE": "unit",
    "UNIT_MULT": "unit",
    "OBS_STATUS": "obs_status",
    "BOUND": "bound",
    "SOURCE": "source",
    "LOCATOR": "locator",
    "COMMENT_OBS": "note",
    "EXPLANATION": "explanation",
    "MEASURES": "measures",
}
"""Column of the observations behind each column that follows the dimensions."""
_NOT_IN_IDS = pattern(r"[^A-Za-z0-9_@$-]")


def render(observations: Table, view: View) -> str:
    """Return the observations as SDMX-CSV.

    Raises
    ------
    OutputError
        If a dimension of the plan cannot be a column.
    """
    plan = observations.plan
    named = _dimensions(plan)
    rows = len(observations)
    flow = _NOT_IN_IDS.sub("_", plan.id).strip("_") or "PLAN"
    cells: dict[str, Sequence[Any]] = {name: [text.format(flow=flow)] * rows for name, text in _OF_THE_MESSAGE.items()}
    cells["INDICATOR"] = observations.cells("indicator")
    cells |= {column: observations.cells(name) for column, name in {**named, **_BEHIND}.items()}
    cells["OBS_VALUE"] = ["NaN" if value is None else number(value) for value in observations.cells("value")]
    known = units_of(plan.units)
    measures = {unit: measure_of(known.parse(unit)) for unit in observations.texts("unit").values}
    cells["UNIT_MEASURE"] = [measures[unit].code for unit in observations.cells("unit")]
    cells["UNIT_MULT"] = [measures[unit].power for unit in observations.cells("unit")]
    kinds: dict[str, ColumnKind] = {**dict.fromkeys(cells, "text"), "TIME_PERIOD": "year", "UNIT_MULT": "number"}
    return csv.render(Table.from_cells("sdmx", kinds, cells, plan), View(format=Format.csv))


def remarks(plan: Plan) -> list[Fault]:
    """Return what is to be said of dimensions whose names other tools may refuse."""
    return [Fault("sdmx_id", name=name) for name in plan.dimensions if _NOT_IN_IDS.search(name)]


def _dimensions(plan: Plan) -> Mapping[str, str]:
    """Return the dimensions by the column of each: the name in capitals, as SDMX has it."""
    columns: dict[str, str] = {}
    for name in plan.dimensions:
        column = name.upper()
        # The reader takes what follows a colon for a label, and what follows a bracket for a separator.
        legible = printable(column) == column and not re.search(r"[:\[]|^\s|\s$", column)
        if not legible or column in {*_OF_THE_MESSAGE, "INDICATOR", *_BEHIND, *columns}:
            raise OutputError(Fault("sdmx_dimension", plan.file, name=name))
        columns[column] = name
    return columns
