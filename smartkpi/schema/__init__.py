"""What the formats hold, for programs: outputs and the plan as JSON Schemas, tables as Table Schemas."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from smartkpi.errors import Fault, UsageError
from smartkpi.model.codes import SchemaFormat
from smartkpi.model.columns import TABLES
from smartkpi.schema.explained import explain_schema
from smartkpi.schema.parts import Schema
from smartkpi.schema.plan import plan_schema
from smartkpi.schema.rows import ROW_DOCUMENTS, rows_schema
from smartkpi.schema.tables import table_fields, table_schema
from smartkpi.schema.validation import validate_schema

__all__ = ["DOCUMENTS", "as_text", "json_schema", "schema_of", "table_fields", "table_schema"]

_OWN: Mapping[str, Callable[[str], Schema]] = {
    "explain": explain_schema,
    "validate": validate_schema,
    "plan": plan_schema,
}

DOCUMENTS = (*ROW_DOCUMENTS, *_OWN)
"""What has a JSON Schema."""


def json_schema(name: str, lang: str = "en") -> Schema:
    """Return the JSON Schema of a JSON output, or of the plan.

    Parameters
    ----------
    name
        One of `DOCUMENTS`.
    lang
        Language of the descriptions.

    Examples
    --------
    >>> json_schema("status")["$id"], json_schema("plan")["required"]
    ('urn:smartkpi:status:1', ['schema', 'plan', 'sources', 'pillars', 'indicators'])
    """
    return _OWN[name](lang) if name in _OWN else rows_schema(name, lang)


def schema_of(what: str, form: str | None = None, lang: str = "en") -> Schema:
    """Return a schema of the form asked for, else the JSON Schema, else the Table Schema.

    Raises
    ------
    UsageError
        If there is none of that form.
    """
    having = {SchemaFormat.json_schema: DOCUMENTS, SchemaFormat.table_schema: tuple(TABLES)}
    wanted = SchemaFormat(form) if form else next(each for each, names in having.items() if what in names)
    if what not in having[wanted]:
        raise UsageError(Fault("no_such_schema", found=what, form=wanted, choices=", ".join(having[wanted])))
    return json_schema(what, lang) if wanted == SchemaFormat.json_schema else table_schema(what, lang)


def as_text(schema: Schema) -> str:
    """Return a schema as the text of a file."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
