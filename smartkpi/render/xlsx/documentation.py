"""What the columns of each sheet are, as a table."""

from __future__ import annotations

from collections.abc import Mapping

from smartkpi import messages
from smartkpi.model.table import Table
from smartkpi.schema import table_fields

_COLUMNS = {
    "column_sheet": "sheet",
    "column_name": "name",
    "column_type": "type",
    "column_unit": "unit",
    "column_meaning": "description",
}
"""Label of each column, and what stands in it."""
_UNITS = {"{unit}": "unit_of_row", "{unit}/year": "unit_of_row_per_year"}


def documentation(tables: Mapping[str, Table], lang: str) -> Table:
    """Return a row for each column of the tables: sheet, name, type, unit and meaning."""
    rows = [
        {"sheet": name, **field, "unit": _unit(field.get("unit"), lang)}
        for name, table in tables.items()
        for field in table_fields(name, table.kinds, lang, table.plan.dimensions)
    ]
    cells = {messages.label(key, lang): [row[name] for row in rows] for key, name in _COLUMNS.items()}
    return Table.from_cells("columns", dict.fromkeys(cells, "text"), cells, next(iter(tables.values())).plan)


def _unit(unit: str | None, lang: str) -> str | None:
    return messages.label(_UNITS[unit], lang) if unit in _UNITS else unit
