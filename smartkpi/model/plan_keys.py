"""Keys of the plan file, each declared once: the reader, the JSON Schema and the docs are made from them.

What a key means is in `messages.descriptions`, under its table and name. A new key is declared here, described there,
and used by `readers.plan`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from smartkpi.model.codes import DIRECTIONS, Level, RuleName
from smartkpi.model.columns import schema_id
from smartkpi.model.reading import DECLARATIONS

MOST_DIMENSIONS = 50
"""Dimensions of a plan; SDMX data sets have about ten."""

KeyKind = Literal[
    "text",
    "texts",
    "flag",
    "date",
    "year",
    "number",
    "whole number",
    "quantity",
    "target",
    "quantities by year",
    "bounds",
    "dimensions",
    "conditions",
    "title",
    "names",
    "words",
    "table",
    "tables by id",
    "list of tables",
]


class PlanKey(NamedTuple):
    """A key of a table of the plan file."""

    name: str
    kind: KeyKind = "text"
    required: bool = False
    """Whether the table must have it. A required text is not empty."""
    choices: tuple[str, ...] = ()
    """All that a text can be; empty where it can be anything."""
    refers_to: Literal["", "pillars", "sources"] = ""
    """Tables of the file whose ids a text can be; empty where it is not an id."""
    least: int | None = None
    most: int | None = None


TABLES: Mapping[str, tuple[PlanKey, ...]] = {
    "": (
        PlanKey("schema", required=True, choices=(schema_id("plan"),)),
        PlanKey("plan", "table", required=True),
        PlanKey("rule", "table"),
        PlanKey("reading", "table"),
        PlanKey("units", "tables by id"),
        PlanKey("sources", "tables by id", required=True),
        PlanKey("pillars", "tables by id", required=True),
        PlanKey("indicators", "tables by id", required=True),
    ),
    "plan": (
        PlanKey("id", required=True),
        PlanKey("title", "title", required=True),
        PlanKey("dimensions", "dimensions", most=MOST_DIMENSIONS),
        PlanKey("fiscal_year", choices=("start", "end")),
        PlanKey("license", "table"),
    ),
    "plan.dimensions": (
        PlanKey("name", required=True),
        PlanKey("column"),
        PlanKey("total", "texts"),
    ),
    "plan.license": (
        PlanKey("name", required=True),
        PlanKey("title"),
        PlanKey("url"),
    ),
    "rule": (
        PlanKey("name", required=True, choices=tuple(RuleName)),
        PlanKey("on_track", "number"),
        PlanKey("lagging", "number"),
        PlanKey("off_track", "number"),
    ),
    "reading": tuple(
        PlanKey(each.name, each.kind, choices=each.choices, least=0 if each.kind == "whole number" else None)
        for each in DECLARATIONS
    ),
    "units.*": (
        PlanKey("title", "title"),
        PlanKey("measures"),
        PlanKey("size", "number"),
        PlanKey("equals"),
    ),
    "sources.*": (
        PlanKey("title", required=True),
        PlanKey("publisher", required=True),
        PlanKey("published", "date"),
        PlanKey("url"),
    ),
    "pillars.*": (PlanKey("title", "title", required=True),),
    "indicators.*": (
        PlanKey("title", "title", required=True),
        PlanKey("short", "words"),
        PlanKey("pillar", required=True, refers_to="pillars"),
        PlanKey("level", required=True, choices=(Level.headline, Level.sector)),
        PlanKey("unit", required=True),
        PlanKey("direction", required=True, choices=DIRECTIONS),
        PlanKey("target", "target", required=True),
        PlanKey("target_year", "year", required=True),
        PlanKey("source", required=True, refers_to="sources"),
        PlanKey("base_year", "year"),
        PlanKey("base", "quantity"),
        PlanKey("keep", "flag"),
        PlanKey("total_since", "year"),
        PlanKey("bounds", "bounds"),
        PlanKey("milestones", "quantities by year"),
        PlanKey("targets", "list of tables"),
        PlanKey("aggregate", choices=("last", "sum", "mean")),
        PlanKey("owner", "names"),
        PlanKey("weight", "number"),
        PlanKey("decimals", "whole number", least=0, most=15),
        PlanKey("locator", "words"),
        PlanKey("definition", "words"),
        PlanKey("note", "words"),
    ),
    "indicators.*.targets": (
        PlanKey("where", "conditions"),
        PlanKey("since", "year"),
        PlanKey("target", "target", required=True),
        PlanKey("target_year", "year"),
        PlanKey("milestones", "quantities by year"),
    ),
    "target": (
        PlanKey("change", "quantity"),
        PlanKey("times", "number"),
        PlanKey("from", "year", required=True),
    ),
}
"""Keys by the dotted name of their table, ``*`` for any id; empty for the file itself."""


def inner_table(table: str, key: PlanKey) -> str:
    """Return the name in `TABLES` of the tables that are under a key.

    Examples
    --------
    >>> inner_table("", PlanKey("sources", "tables by id")), inner_table("plan", PlanKey("license", "table"))
    ('sources.*', 'plan.license')
    """
    path = f"{table}.{key.name}" if table else key.name
    return f"{path}.*" if key.kind == "tables by id" else path
