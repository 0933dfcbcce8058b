"""Observations as the tidy table that the actuals are read from: what `export` writes and `template` leaves blank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from smartkpi.errors import Fault, UsageError
from smartkpi.messages import title
from smartkpi.model import Indicator, Plan
from smartkpi.model.arrays import Categorical, Column, categorical
from smartkpi.model.codes import STATUS_CODES, Level
from smartkpi.model.columns import OBSERVATION_COLUMNS, ColumnKind
from smartkpi.model.observations import BOUND_CODES, TEXT_COLUMNS, Observations
from smartkpi.model.table import Table
from smartkpi.readers.dataset import Dataset
from smartkpi.tables.panel import with_dimensions
from smartkpi.tables.plan import OWNERS_JOINED_BY
from smartkpi.tables.selection import indicator_positions, select_indicators


def observation_table(dataset: Dataset, level: str = Level.all, indicators: Sequence[str] = ()) -> Table:
    """Return the observations of a plan in the order in which they were read, in the units of their indicators.

    Parameters
    ----------
    dataset
        Plan and observations.
    level, indicators
        Which indicators: those named, else those of the level.
    """
    plan = dataset.plan
    positions = indicator_positions(plan, level, indicators)
    observations = dataset.observations.take(np.isin(dataset.observations.indicator, positions))
    every = list(plan.indicators.values())
    none = Categorical(np.zeros(len(observations), dtype=np.int8), ("",))
    columns: dict[str, Column] = {
        "indicator": Categorical(observations.indicator, [each.id for each in every]),
        "year": observations.year.astype(np.float64),
        "value": observations.value,
        "unit": Categorical(observations.indicator, [each.unit for each in every]),
        "obs_status": _without_blanks(Categorical(observations.obs_status, STATUS_CODES)),
        **{name: _without_blanks(observations.texts.get(name, none)) for name in TEXT_COLUMNS},
        "bound": _without_blanks(Categorical(observations.bound, BOUND_CODES)),
        **dict(zip(plan.dimensions, observations.dimensions, strict=True)),
    }
    kinds = with_dimensions(OBSERVATION_COLUMNS, plan)
    aside: dict[str, Column] = {"precision": observations.precision}
    return Table("observations", kinds, {name: columns[name] for name in kinds}, plan, aside=aside)


def with_notes_in(table: Table, lang: str) -> Table:
    """Return a table of observations with one column of notes for people, in a language where they have it."""
    notes = table.cells("note")
    if lang == "zh-TW":
        notes = [chinese or note for chinese, note in zip(table.cells("note_zh"), notes, strict=True)]
    shown = table.select([name for name in table.columns if name != "note_zh"])
    return replace(shown, columns={**shown.columns, "note": categorical(notes)})


def _without_blanks(column: Categorical) -> Categorical:
    return column.with_values([value or None for value in column.values])


def template_table(
    plan: Plan,
    observations: Observations,
    year: int | None = None,
    level: str = Level.all,
    indicators: Sequence[str] = (),
    lang: str = "en",
) -> Table:
    """Return a row without a value for each indicator, or for each of its series where the plan has dimensions.

    Parameters
    ----------
    plan
        Whose indicators are asked for.
    observations
        What there is so far: it tells which series an indicator has, and the year that comes next.
    year
        Year to fill in; None for the one after the latest observation.
    level, indicators
        Which indicators: those named, else those of the level.
    lang
        Language of the titles.

    Raises
    ------
    UsageError
        If no year is given and there are no observations to tell.
    """
    year = next_year(observations) if year is None else year
    rows = [
        (indicator, values)
        for indicator in select_indicators(plan, level, indicators)
        for values in _series(indicator, plan, observations)
    ]
    kinds = _template_kinds(plan)
    cells: dict[str, list[Any]] = {name: [None] * len(rows) for name in kinds}
    cells |= {
        "indicator": [each.id for each, _ in rows],
        "title": [title(each.title, lang) for each, _ in rows],
        "owner": [OWNERS_JOINED_BY.join(each.owners(lang)) or None for each, _ in rows],
        "weight": [each.weight for each, _ in rows],
        "year": [year] * len(rows),
        "unit": [each.unit for each, _ in rows],
        **{name: [values[axis] for _, values in rows] for axis, name in enumerate(plan.dimensions)},
    }
    return Table.from_cells("template", kinds, {name: cells[name] for name in kinds}, plan, year=year)


def _template_kinds(plan: Plan) -> dict[str, ColumnKind]:
    """Return the columns to fill in: those of the actuals; for people titles, and agencies and weights if there are."""
    every = plan.indicators.values()
    told: dict[str, ColumnKind] = {"title": "text"}
    told |= {"owner": "text"} if any(each.owner for each in every) else {}
    told |= {"weight": "number"} if any(each.weight is not None for each in every) else {}
    first, *others = with_dimensions(OBSERVATION_COLUMNS, plan).items()
    return dict([first, *told.items(), *(pair for pair in others if pair[0] != "bound")])


def next_year(observations: Observations) -> int:
    """Return the year after the latest one."""
    if not len(observations):
        raise UsageError(Fault("no_year_to_follow"))
    return int(observations.year.max()) + 1


def _series(indicator: Indicator, plan: Plan, observations: Observations) -> Iterator[tuple[str, ...]]:
    """Return the dimension values that are known of an indicator; empty ones where none are."""
    rows = observations.indicator == list(plan.indicators).index(indicator.id)
    observed = zip(*(axis.take(rows).cells() for axis in observations.dimensions), strict=True)
    named = [tuple(own.where.get(name, "") for name in plan.dimensions) for own in indicator.targets]
    known = dict.fromkeys([*observed, *(values for values in named if all(values))])
    yield from known or [("",) * len(plan.dimensions)]
