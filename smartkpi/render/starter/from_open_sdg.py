"""A data folder made from a data repository of Open SDG: the text of a plan, and a file of actuals per indicator."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from smartkpi.model.columns import OUTPUT_COLUMNS, RESERVED_COLUMNS
from smartkpi.model.plan_keys import MOST_DIMENSIONS
from smartkpi.quantities import units
from smartkpi.readers.open_sdg import MULTIPLIERS, STATUSES, SdgIndicator
from smartkpi.render.starter import SCHEMA_FILE
from smartkpi.render.starter.toml_text import one_line, quoted

_HEAD = """#:schema ./{schema}
# Made by `smartkpi init --from open-sdg:`, from metadata and data of {name}.
schema = "smartkpi/plan/1"

[plan]
id = {id}
title = {{ en = {title} }}
"""


def data_files(indicators: Sequence[SdgIndicator], name: str) -> Mapping[str, str]:
    """Return the files of a data folder, text by path; the plan is the last.

    Parameters
    ----------
    indicators
        What the repository has.
    name
        Of the repository's folder.
    """
    counted = Counter(column for each in indicators for column in each.dimensions)
    columns = {column: dimension_name(column) for column, _ in counted.most_common(MOST_DIMENSIONS)}
    actuals = {f"actuals/{each.id}.csv": _actuals(each, columns) for each in indicators}
    return {**actuals, "targets.toml": _plan(indicators, columns, name)}


def dimension_name(column: str) -> str:
    """Return a name of a dimension that no column of results has.

    Examples
    --------
    >>> dimension_name("Age group"), dimension_name("Level")
    ('age_group', 'by_level')
    """
    name = "_".join(re.findall(r"\w+", column.casefold())) or "part"
    return f"by_{name}" if name in OUTPUT_COLUMNS or name in RESERVED_COLUMNS else name


def _plan(indicators: Sequence[SdgIndicator], columns: Mapping[str, str], name: str) -> str:
    title = quoted(f"Sustainable Development Goals, {name}")
    parts = [_HEAD.format(schema=SCHEMA_FILE, name=one_line(name), id=quoted(name), title=title)]
    if columns:
        entries = [
            f'    {{ name = {quoted(own)}, column = {quoted(column)}, total = [""] }},'
            for column, own in columns.items()
        ]
        parts[0] += "\n".join(["dimensions = [", *entries, "]", ""])
    parts.append(f'[sources.repository]\ntitle = "Repository"\npublisher = {quoted(name)}\n')
    own_units = dict.fromkeys(each.unit for each in indicators if not units.known(each.unit))
    parts += [f"[units.{quoted(unit)}]\ntitle = {{ en = {quoted(unit)} }}\n" for unit in own_units]
    goals = dict.fromkeys(each.number.partition(".")[0] for each in indicators)
    parts += [f"[pillars.{quoted(f'goal-{goal}')}]\ntitle = {{ en = {quoted(f'Goal {goal}')} }}\n" for goal in goals]
    return "\n".join([*parts, *map(_indicator, indicators)])


def _indicator(each: SdgIndicator) -> str:
    lines = [
        f"[indicators.{quoted(each.id)}]",
        f"title = {{ en = {quoted(f'{each.number} {each.name}')} }}",
        f"pillar = {quoted('goal-' + each.number.partition('.')[0])}",
        'level = "headline"',
        f"unit = {quoted(each.unit)}",
        f"direction = {quoted(each.direction)}",
        f"target = {each.target:.15g}",
        f"target_year = {each.target_year}",
        'source = "repository"',
    ]
    if each.base_year is not None:
        lines.append(f"base_year = {each.base_year}")
    figures = [each.target, *(float(row["Value"]) for row in each.rows)]
    if each.unit == "%" and not all(0 <= figure <= 100 for figure in figures):
        lines.append("bounds = []")
    return "\n".join([*lines, ""])


def _actuals(each: SdgIndicator, columns: Mapping[str, str]) -> str:
    """Return the rows with a column for each dimension of the plan; one that the plan has no room for is left out."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    extra = [name for name in (*MULTIPLIERS, *STATUSES) if any(row.get(name) for row in each.rows)]
    writer.writerow(["indicator", "year", *columns, "value", "unit", *extra])
    too_many = [column for column in each.dimensions if column not in columns]
    for row in each.rows:
        if not any(row.get(column) for column in too_many):
            parts = [row.get(column, "") for column in columns]
            year = str(int(float(row["Year"])))
            writer.writerow([each.id, year, *parts, row["Value"], each.unit, *(row.get(name, "") for name in extra)])
    return out.getvalue()
