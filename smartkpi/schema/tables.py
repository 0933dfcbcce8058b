"""A table as a Table Schema: the columns, one by one.

References
----------
Frictionless Data, Table Schema, https://specs.frictionlessdata.io/table-schema/; `unit` is a property of our own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from smartkpi.messages.descriptions import COLUMNS, ENVELOPE, describe
from smartkpi.model.columns import ON_DEMAND, ON_REQUEST, TABLES, Field, schema_id
from smartkpi.schema.parts import Schema, type_of


def table_schema(table: str, lang: str = "en") -> Schema:
    """Return the Table Schema of an output, or of the actuals.

    Parameters
    ----------
    table
        ``status``, ``project``, ``check``, ``trend``, ``summary``, ``observations`` or ``actuals``.
    lang
        Language of the descriptions.

    Returns
    -------
    dict
        For JSON. The unit ``{unit}`` is the one in the row's own column ``unit``.

    Examples
    --------
    >>> table_schema("status")["fields"][14]["name"], table_schema("status")["fields"][14]["unit"]
    ('attainment_pct', '%')
    """
    return {
        "$schema": "https://specs.frictionlessdata.io/schemas/table-schema.json",
        "name": schema_id(table),
        "missingValues": [""],
        "fields": [_described(field, lang) for field in TABLES[table].values()],
    }


def table_fields(table: str, names: Iterable[str], lang: str = "en", dimensions: Sequence[str] = ()) -> list[Schema]:
    """Return columns as the fields of a Table Schema.

    Parameters
    ----------
    table
        As for `table_schema`.
    names
        Those of the columns, in order.
    lang
        Language of the descriptions.
    dimensions
        Those columns that are dimensions of the plan, which hold any text.
    """
    declared = {**ON_REQUEST.get(table, {}), **TABLES[table], **ON_DEMAND.get(table, {})}
    return [_dimension(name, lang) if name in dimensions else _described(declared[name], lang) for name in names]


def _dimension(name: str, lang: str) -> Schema:
    return {"name": name, "type": "string", "description": describe(ENVELOPE, "dimension", lang), "constraints": {}}


def _described(field: Field, lang: str) -> Schema:
    return {
        "name": field.name,
        "type": type_of(field),
        **({"unit": field.unit} if field.unit else {}),
        "description": describe(COLUMNS, field.described, lang),
        "constraints": _constraints(field),
    }


def _constraints(field: Field) -> Schema:
    found = {
        "required": field.filled or None,
        "minimum": field.least,
        "maximum": field.most,
        "enum": list(field.choices) or None,
        "pattern": field.pattern.strip("^$") or None,  # Table Schema matches the whole cell by itself
    }
    return {name: value for name, value in found.items() if value is not None}
