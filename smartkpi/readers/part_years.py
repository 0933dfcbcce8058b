"""Quarters, months and half-years -> whole years, as the plan's `aggregate` says; a part of a year is no year."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import numpy as np

from smartkpi.errors import Fault, place_of
from smartkpi.model import Observation
from smartkpi.model.observations import Observations, concatenate, from_records
from smartkpi.quantities.periods import PARTS, PeriodKind

_NUMBER: Mapping[PeriodKind, int] = {"half": 2, "quarter": 4, "month": 12}
"""How many of each kind make a year; ``through`` is never a whole one."""
_MARKS = "BDEPUN"
"""Of obs_status, in the order in which one counts for the year."""
_TOLERANCE = 1e-9

_Year = tuple[str, tuple[str, ...], int]


def whole_years(observations: Observations, faults: list[Fault], remarks: list[Fault]) -> Observations:
    """Return observations with one value for each year of which all is there.

    Parameters
    ----------
    observations
        With parts of years, each of an indicator that says how they make a year.
    faults, remarks
        What is contradictory is added to the first; years of which a part is missing, to the second.
    """
    rows = np.flatnonzero(observations.part > 0)
    if not len(rows):
        return observations
    annual = observations.take(observations.part == 0)
    given = {_year_of(each): each for each in annual.records()} if len(annual) else {}
    years: dict[_Year, list[Observation]] = {}
    for each in observations.take(rows).records():
        years.setdefault(_year_of(each), []).append(each)
    made: list[Observation] = []
    for year, parts in years.items():
        found = _whole_year(observations, parts, faults, remarks, quiet=year in given)
        if found and year in given:
            remarks += _difference(given[year], found)
        elif found:
            made.append(found)
    return concatenate([annual, from_records(made, observations.plan)], observations.plan) if made else annual


def _year_of(observation: Observation) -> _Year:
    return observation.indicator, observation.dimensions, observation.year


def _whole_year(
    observations: Observations, parts: Sequence[Observation], faults: list[Fault], remarks: list[Fault], *, quiet: bool
) -> Observation | None:
    """Return the value of a year; None if a part of it is missing, which is said unless `quiet`."""
    first = parts[0]
    kinds = {PARTS[each.part][0] for each in parts}
    if len(kinds) > 1:
        names = ", ".join(sorted(kinds))
        faults.append(
            Fault("mixed_parts", first.file, first.line, indicator=first.indicator, year=first.year, kinds=names)
        )
        return None
    faults += _repeated(parts)
    aggregate = observations.plan.indicators[first.indicator].aggregate
    (kind,) = kinds
    there = sorted((each for each in parts if each.counts), key=lambda each: each.part)
    number = _NUMBER.get(kind, 0)
    numbers = {PARTS[each.part][1] for each in there}
    is_whole = number in numbers if aggregate == "last" else bool(number) and len(numbers) == number
    if is_whole:
        made = there[-1]._replace(part=0) if aggregate == "last" else _aggregate(there, aggregate)
        if made.value is None or math.isfinite(made.value):
            return made
        faults.append(Fault("parts_too_large", first.file, first.line, indicator=first.indicator, year=first.year))
        return None
    if not quiet:
        # A value through June is six months of the year.
        months = max(numbers, default=0) if kind == "through" else len(numbers)
        details = {"indicator": first.indicator, "year": first.year, "there": months, "all": number or 12}
        remarks.append(Fault("part_of_year_only", parts[-1].file, parts[-1].line, **details, kind=kind))
    return None


def _aggregate(parts: Sequence[Observation], aggregate: str) -> Observation:
    # Decimal, so that 0.1 + 0.2 is 0.3.
    total = sum((Decimal(repr(each.value)) for each in parts), Decimal(0))
    value = total if aggregate == "sum" else total / len(parts)
    statuses = {each.obs_status for each in parts} - {"A"}
    bounds = {each.bound for each in parts} - {""}
    return parts[-1]._replace(
        value=float(f"{value:.15g}"),
        obs_status=next((mark for mark in _MARKS if mark in statuses), next(iter(sorted(statuses)), "A")),
        bound="" if not bounds else bounds.pop() if len(bounds) == 1 else "approx",
        precision=0.0,
        as_given="; ".join(each.as_given for each in parts),
        part=0,
    )


def _repeated(parts: Sequence[Observation]) -> Iterator[Fault]:
    first: dict[int, Observation] = {}
    for each in parts:
        earlier = first.setdefault(each.part, each)
        if earlier is not each:
            place = place_of(earlier.file, earlier.line)
            yield Fault("duplicate", each.file, each.line, indicator=each.indicator, year=each.year, first=place)


def _difference(given: Observation, made: Observation) -> list[Fault]:
    one, other = given.value, made.value
    if one is None or other is None or abs(one - other) <= _TOLERANCE * max(abs(one), abs(other)):
        return []
    details = {"indicator": given.indicator, "year": given.year, "found": f"{one:.15g}", "made": f"{other:.15g}"}
    return [Fault("aggregate_differs", given.file, given.line, **details, unit=given.unit)]
