"""A plan -> the table to fill in for a year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from smartkpi.errors import Fault, UsageError
from smartkpi.messages import title
from smartkpi.model import Indicator, Plan, Table
from smartkpi.model.codes import Level
from smartkpi.model.observations import Observations
from smartkpi.tables.observations import form_kinds
from smartkpi.tables.tabulation import selected


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
    wanted = next_year(observations) if year is None else year
    every = list(plan.indicators.values())
    chosen = [every[position] for position in selected(plan, level, indicators)]
    rows = [(each, values) for each in chosen for values in _series(each, plan, observations)]
    kinds = form_kinds(plan)
    columns: dict[str, list[object]] = {name: [None] * len(rows) for name in kinds}
    return Table("template", kinds, columns | _given(rows, plan, wanted, lang), plan, year=wanted)


def _given(
    rows: Sequence[tuple[Indicator, tuple[str, ...]]], plan: Plan, year: int, lang: str
) -> dict[str, list[object]]:
    """Return the columns that are not to be filled in."""
    return {
        "indicator": [each.id for each, _ in rows],
        "title": [title(each.title, lang) for each, _ in rows],
        "year": [year] * len(rows),
        "unit": [each.unit for each, _ in rows],
        **{name: [values[axis] for _, values in rows] for axis, name in enumerate(plan.dimensions)},
    }


def next_year(observations: Observations) -> int:
    """Return the year after the latest one."""
    if not len(observations):
        raise UsageError(Fault("no_year_to_follow"))
    return int(observations.year.max()) + 1


def _series(indicator: Indicator, plan: Plan, observations: Observations) -> Iterator[tuple[str, ...]]:
    """Return the dimension values that are known of an indicator; empty ones where none are."""
    own = observations.indicator == list(plan.indicators).index(indicator.id)
    seen = zip(*(axis.take(own).cells() for axis in observations.dimensions), strict=True)
    named = [tuple(each.where.get(name, "") for name in plan.dimensions) for each in indicator.targets]
    known = dict.fromkeys([*seen, *(values for values in named if all(values))])
    yield from known or [("",) * len(plan.dimensions)]
