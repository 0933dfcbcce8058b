"""The projection of columns against a plain slow one, written observation by observation from the definitions."""

from __future__ import annotations

import math
from typing import Any

import plain_projection
import pytest
from hypothesis import given
from hypothesis import strategies as st
from plain_projection import Case

from smartkpi.analysis import projection, series
from smartkpi.errors import UsageError
from smartkpi.model import Indicator, Observation, Pillar, Plan, Source
from smartkpi.model.arrays import Categorical
from smartkpi.model.codes import Level
from smartkpi.model.observations import from_records


def plan_of(cases: list[Case]) -> Plan:
    indicators = {
        str(number): Indicator(
            id=str(number),
            title={"en": str(number)},
            pillar="one",
            level=Level.headline,
            unit="count",
            direction="increase" if case.sign > 0 else "decrease",
            target=case.target,
            target_year=2030,
            source="report",
            base_year=case.base_year,
            bounds=case.bounds,
            natural_minimum=0.0 if case.amount and not case.bounds else None,
        )
        for number, case in enumerate(cases)
    }
    source, pillar = Source("report", "Report", "Office"), Pillar("one", {"en": "One"})
    return Plan("test", {"en": "Test"}, {"report": source}, {"one": pillar}, indicators)


def projected(cases: list[Case], year: int | None = None, as_of: int | None = None) -> list[dict[str, Any]]:
    plan = plan_of(cases)
    observations = [
        Observation(str(number), year, value, "count", status)
        for number, case in enumerate(cases)
        for year, value, status in case.observations
    ]
    panel = series.panel(from_records(observations, plan))
    columns = projection.project(panel, plan, year, as_of)
    cells = {
        name: column.cells()
        if isinstance(column, Categorical)
        else [None if math.isnan(value) else value for value in column.tolist()]
        for name, column in columns.items()
    }
    return [dict(zip(cells, row, strict=True)) for row in zip(*cells.values(), strict=True)]


# Random series.

QUARTERS = st.integers(0, 400).map(lambda each: each / 4)
BELOW_ZERO_TOO = st.integers(-400, 400).map(lambda each: each / 4)


@st.composite
def random_case(draw: st.DrawFn) -> Case:
    bounds = draw(st.sampled_from([None, (0.0, 100.0)]))
    amount = draw(st.booleans())
    value = QUARTERS if bounds or draw(st.booleans()) else BELOW_ZERO_TOO
    years = sorted(draw(st.sets(st.integers(2005, 2024), max_size=9)))
    statuses = st.sampled_from("AAAAAAEPUBD")
    return Case(
        sign=draw(st.sampled_from([1, -1])),
        target=draw(value),
        bounds=bounds,
        base_year=draw(st.sampled_from([None, None, None, *years])),
        observations=tuple((year, draw(value), draw(statuses)) for year in years),
        amount=amount,
    )


@given(random_case(), st.integers(2004, 2060), st.sampled_from([None, None, 2012, 2020]))
def test_columns_equal_the_plain_slow_way(case: Case, year: int, as_of: int | None) -> None:
    (found,) = projected([case], year, as_of)
    expected = plain_projection.project(case, year, as_of)
    assert {name: found[name] for name in expected} == {
        name: pytest.approx(value, rel=1e-9, abs=1e-11) if isinstance(value, float) else value
        for name, value in expected.items()
    }


@given(st.lists(random_case(), min_size=1, max_size=6), st.integers(2004, 2060))
def test_many_series_equal_one_by_one(cases: list[Case], year: int) -> None:
    assert projected(cases, year) == [projected([case], year)[0] for case in cases]


@given(random_case(), st.integers(2004, 2060))
def test_every_empty_figure_has_a_reason(case: Case, year: int) -> None:
    (row,) = projected([case], year)
    empty = [
        name
        for name, value in row.items()
        if value is None and name not in ("reached_in", "change_reached_in", "reason", "target_low", "target_high")
    ]
    assert bool(row["reason"]) or not empty
    # `reached_in` alone may be empty beside a projection: not within 50 years.
    assert row["reached_in"] is not None or row["reason"] or row["projected"] is not None


@given(random_case(), st.integers(2025, 2060))
def test_low_central_high_in_order_and_inside_the_bounds(case: Case, year: int) -> None:
    (row,) = projected([case], year)
    if row["projected"] is not None:
        low, high = case.bounds or (-math.inf, math.inf)
        assert low <= row["projected"] <= high
        if row["low"] is None:
            assert "no_scatter" in row["reason"].split(";")
        else:
            assert low <= row["low"] <= row["projected"] <= row["high"] <= high
            assert 0 <= row["probability"] <= 1


@given(random_case(), st.integers(2025, 2060))
def test_a_mirrored_plan_lands_at_the_mirror_image(case: Case, year: int) -> None:
    values = tuple((year, -value, status) for year, value, status in case.observations)
    bounds = (-case.bounds[1], -case.bounds[0]) if case.bounds else None
    mirror = Case(-case.sign, -case.target, bounds, case.base_year, values)
    (row,), (mirrored,) = projected([case._replace(amount=False)], year), projected([mirror], year)
    for name in ("method", "meets_target", "reached_in", "reason"):
        assert row[name] == mirrored[name], name
    for one, other in (("projected", "projected"), ("low", "high"), ("at_observed_change", "at_observed_change")):
        assert row[one] == (None if mirrored[other] is None else pytest.approx(-mirrored[other], rel=1e-12, abs=1e-12))


@given(random_case(), st.integers(2025, 2060))
def test_reached_in_is_the_first_year_whose_projection_meets_the_target(case: Case, year: int) -> None:
    (row,) = projected([case], year)
    if row["projected"] is not None and row["reached_in"] and row["reached_in"] > row["year"]:
        (then,), (before,) = projected([case], int(row["reached_in"])), projected([case], int(row["reached_in"]) - 1)
        assert then["meets_target"] is True
        assert before["meets_target"] is not True


# What a file can hardly hold.


def series_of(values: list[float], bounds: tuple[float, float] | None = None) -> Case:
    return Case(1, 1.0, bounds, None, tuple((2015 + place, value, "A") for place, value in enumerate(values)))


@pytest.mark.parametrize(
    ("values", "at_change", "at_growth"),
    [
        ([1e-200, 1e200], 6e200, None),
        ([1.0, 1e300], 6e300, None),
        ([-1.7e308, 1.7e308], None, None),
    ],
)
def test_what_a_double_cannot_hold_is_left_empty_with_a_reason(
    values: list[float], at_change: float | None, at_growth: float | None
) -> None:
    (row,) = projected([series_of(values)], 2021)
    assert row["at_observed_change"] == (at_change and pytest.approx(at_change))
    assert row["at_observed_growth"] == at_growth
    assert {"zero_denominator", "sign_change"} & set(row["reason"].split(";"))


def test_an_interval_that_a_double_cannot_hold_is_left_empty_with_a_reason() -> None:
    (row,) = projected([series_of([-1.7e308, 1.7e308, -1.7e308, 1e308, 1.7e308])], 2030)
    assert (row["projected"], row["high"]) == (None, None)
    assert "zero_denominator" in row["reason"].split(";")


def test_no_series_at_all() -> None:
    assert projected([]) == []


@pytest.mark.parametrize("interval", [0.0, 100.0, -1.0, math.nan, math.inf])
def test_interval_is_a_probability(interval: float) -> None:
    plan = plan_of([])
    with pytest.raises(UsageError):
        projection.project(series.panel(from_records([], plan)), plan, interval=interval)
