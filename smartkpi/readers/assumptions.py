"""What-if observations from the command line: `ID=YEAR:VALUE[UNIT]`."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from smartkpi.errors import Fault, UsageError
from smartkpi.model import Observation, Plan
from smartkpi.model.observations import Observations, concatenate, from_records
from smartkpi.quantities import QuantityError, read_quantity, units
from smartkpi.readers import actuals
from smartkpi.text import pattern, shortened

# An id may hold `=` and `:`, a value holds no `=`: the last `=` ends the id.
_ASSUMPTION = pattern(r"(?P<id>.+)=(?P<year>[^=:]+):(?P<value>[^=]+)", re.DOTALL)
_SERIES = pattern(r"(?P<id>.+)\[(?P<where>[^\[\]]*)\]", re.DOTALL)
_LONGEST = 1000


def read(texts: Sequence[str], plan: Plan) -> list[Observation]:
    """Read what-if observations.

    Parameters
    ----------
    texts
        Each ``ID=YEAR:VALUE``, with a unit behind the value unless it is the indicator's own; with dimensions
        ``ID[area=A,operator=B]=YEAR:VALUE``, each of them named.
    plan
        Whose indicators, units, bounds and dimensions they must fit.

    Raises
    ------
    UsageError
        If one is not of that form, does not fit the plan, or repeats the year of another.
    """
    found: list[Observation] = []
    for text in texts:
        observation = _observation(text, plan)
        if any(_key(observation) == _key(earlier) for earlier in found):
            raise UsageError(Fault("assumed_twice", found=text))
        found.append(observation)
    return found


def replace(
    observations: Observations, assumed: Sequence[Observation]
) -> tuple[Observations, list[Observation | None]]:
    """Put assumed observations in the place of those of their series and year.

    Returns
    -------
    observations, replaced
        All observations, and for each assumed one what was in its place, None if nothing was.
    """
    if not assumed:
        return observations, []
    plan = observations.plan
    rows = [_row_of(each, observations) for each in assumed]
    kept = np.ones(len(observations), dtype=np.bool_)
    kept[[row for row in rows if row is not None]] = False
    replaced = [None if row is None else observations.row(row) for row in rows]
    return concatenate([observations.take(kept), from_records(assumed, plan)], plan), replaced


def _row_of(wanted: Observation, observations: Observations) -> int | None:
    """Return the row of the same series and year, None if there is none."""
    position = list(observations.plan.indicators).index(wanted.indicator)
    same = (observations.indicator == position) & (observations.year == wanted.year)
    for axis, value in zip(observations.dimensions, wanted.dimensions, strict=True):
        same &= axis.codes == (axis.values.index(value) if value in axis.values else -2)
    found = np.flatnonzero(same)
    return int(found[0]) if len(found) else None


def _key(observation: Observation) -> tuple[str, int, tuple[str, ...]]:
    return observation.indicator, observation.year, observation.dimensions


def _observation(text: str, plan: Plan) -> Observation:
    parts = _ASSUMPTION.fullmatch(text) if len(text) <= _LONGEST else None
    if parts is None:
        raise UsageError(Fault("assumption", found=text, form=_form(plan)))
    name, where = _series(parts["id"].strip(), text, plan)
    value = parts["value"].strip()
    unit = "" if _has_unit(value, plan) else plan.indicators[name].unit
    cells = {"indicator": name, "year": parts["year"].strip(), "value": value, "unit": unit, **where}
    faults: list[Fault] = []
    observation = actuals.read_row(f"--assume {shortened(text)}", cells, plan, faults)
    if faults or observation is None or observation.value is None:
        raise UsageError(faults or Fault("assumption", found=text, form=_form(plan)))
    return observation._replace(obs_status="", assumed=True, precision=0.0, file="", as_given=value, line=None)


def _has_unit(value: str, plan: Plan) -> bool:
    try:
        return bool(read_quantity(value, known_unit=units.units_of(plan.units).known).unit)
    except QuantityError:
        return False


def _series(written: str, text: str, plan: Plan) -> tuple[str, dict[str, str]]:
    """Return the indicator, and the value of each dimension."""
    where: dict[str, str] = {}
    if written not in plan.indicators and (series := _SERIES.fullmatch(written)):
        written = series["id"].strip()
        pairs = [pair.partition("=") for pair in series["where"].split(",")]
        where = {name.strip(): value.strip() for name, _, value in pairs}
    if written not in plan.indicators:
        near = actuals.nearest_indicator(written, plan)
        raise UsageError(Fault("unknown_indicator_asked", found=written, near=near))
    if set(where) != set(plan.dimensions) or not all(where.values()):
        raise UsageError(Fault("assumption", found=text, form=_form(plan)))
    return written, where


def _form(plan: Plan) -> str:
    where = ",".join(f"{name}=..." for name in plan.dimensions)
    return f"ID[{where}]=YEAR:VALUE" if where else "ID=YEAR:VALUE"
