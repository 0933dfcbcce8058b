"""Observations as the tidy table that the actuals are read from: what `export` writes and `template` leaves blank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from smartkpi.errors import Fault, UsageError
from smartkpi.messages import title
from smartkpi.model import Indicator, Observation, Plan
from smartkpi.model.codes import Level
from smartkpi.model.columns import OBSERVATION_COLUMNS, ColumnKind
from smartkpi.model.table import Table
from smartkpi.readers.dataset import Dataset
from smartkpi.tables.panel import with_dimensions
from smartkpi.tables.selection import select_indicators


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
    names = {each.id for each in select_indicators(plan, level, indicators)}
    rows = [each for each in dataset.observations if each.indicator in names]
    kinds = with_dimensions(OBSERVATION_COLUMNS, plan)
    cells = {name: [_cell(getattr(each, name)) for each in rows] for name in OBSERVATION_COLUMNS}
    cells |= {name: [each.dimensions[axis] for each in rows] for axis, name in enumerate(plan.dimensions)}
    return Table.from_cells("observations", kinds, {name: cells[name] for name in kinds}, plan)


def _cell(value: Any) -> Any:
    return None if value == "" else value


def template_table(
    plan: Plan,
    observations: Sequence[Observation],
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
        "year": [year] * len(rows),
        "unit": [each.unit for each, _ in rows],
        **{name: [values[axis] for _, values in rows] for axis, name in enumerate(plan.dimensions)},
    }
    return Table.from_cells("template", kinds, cells, plan, year=year)


def _template_kinds(plan: Plan) -> dict[str, ColumnKind]:
    """Return the columns to fill in: those of the actuals, and the titles for people."""
    kinds = with_dimensions(OBSERVATION_COLUMNS, plan)
    names = [name for name in kinds if name != "bound"]
    names.insert(1, "title")
    return {name: kinds.get(name, "text") for name in names}


def next_year(observations: Sequence[Observation]) -> int:
    """Return the year after the latest one."""
    if not observations:
        raise UsageError(Fault("no_year_to_follow"))
    return max(each.year for each in observations) + 1


def _series(indicator: Indicator, plan: Plan, observations: Sequence[Observation]) -> Iterator[tuple[str, ...]]:
    """Return the dimension values that are known of an indicator; empty ones where none are."""
    observed = [each.dimensions for each in observations if each.indicator == indicator.id]
    named = [tuple(own.where.get(name, "") for name in plan.dimensions) for own in indicator.targets]
    known = dict.fromkeys([*observed, *(values for values in named if all(values))])
    yield from known or [("",) * len(plan.dimensions)]
