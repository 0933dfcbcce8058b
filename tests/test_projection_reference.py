"""The projection of columns against a plain slow one, written observation by observation from the definitions."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartkpi.analysis import projection, series, student_t
from smartkpi.errors import UsageError
from smartkpi.model import Indicator, Observation, Pillar, Plan, Source
from smartkpi.model.arrays import Categorical
from smartkpi.model.codes import Level
from smartkpi.model.observations import from_records

TOLERANCE = 1e-9


class Case(NamedTuple):
    """One series with its target."""

    sign: int
    target: float
    bounds: tuple[float, float] | None
    base_year: int | None
    observations: tuple[tuple[int, float, str], ...]
    """Year, value, status."""


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


# The reference.


def meets(value: float, target: float, sign: int) -> bool:
    return sign * (value - target) >= -TOLERANCE * max(abs(value), abs(target))


class Line(NamedTuple):
    """A series on its scale: where it stands, how it goes on, how it scatters."""

    last: float
    step: float
    scatter: float
    df: int
    span: int

    def central(self, h: float) -> float:
        return self.last + h * self.step

    def se(self, h: float) -> float:
        return self.scatter * math.sqrt(h * (1 + h / self.span) if self.span else h)


def line_of(years: list[int], values: list[float]) -> Line:
    steps = [(end - start, years[place + 1] - years[place]) for place, (start, end) in enumerate(pairwise(values))]
    n, span = len(values), years[-1] - years[0]
    mean = (values[-1] - values[0]) / span if n >= 5 else 0.0
    df = n - 2 if n >= 5 else n - 1
    residuals = [(change - gap * mean, gap) for change, gap in steps]
    straight = max(abs(each) for each, _ in residuals) <= 1e-14 * max(map(abs, values))
    scatter = 0.0 if straight else math.sqrt(sum(each**2 / gap for each, gap in residuals) / df)
    return Line(values[-1], mean / 2, scatter, df, span if n >= 5 else 0)


def reference(case: Case, year: int, as_of: int | None) -> dict[str, Any]:
    seen = sorted(each for each in case.observations if as_of is None or each[0] <= as_of)
    empty = dict.fromkeys(
        ("held", "at_observed_change", "at_observed_growth", "projected", "low", "high", "probability", "meets_target")
    )
    if not seen:
        return {**empty, "reached_in": None}
    run = seen[max([place for place, each in enumerate(seen) if each[2] in "BD"], default=0) :]
    counted = [each for each in run if case.base_year is None or each[0] >= case.base_year]
    t, actual = run[-1][:2]
    h = year - t
    found: dict[str, Any] = {**empty, "reached_in": None}
    base = base_of(run, counted, case.base_year)
    change = (actual - base[1]) / (t - base[0]) if base else None
    line = line_on_scale(case, counted)
    if h > 0:
        found["held"] = actual
        if base and change is not None:
            found["at_observed_change"] = cut(actual + h * change, case)
            found["at_observed_growth"] = grown(base, (t, actual), h, case)
        if line:
            found |= landing(case, line, h)
    met_in = [each[0] for each in run if meets(each[1], case.target, case.sign)]
    if meets(actual, case.target, case.sign):
        found["reached_in"] = met_in[0]
    elif line:
        ahead = [h for h in range(1, 51) if arrives(case, line, h)]
        found["reached_in"] = t + ahead[0] if ahead else None
    elif len(counted) == 2 and change is not None:
        ahead = [h for h in range(1, 51) if meets(actual + h * change, case.target, case.sign)]
        found["reached_in"] = t + ahead[0] if ahead else None
    return found


def base_of(run: list[Any], counted: list[Any], base_year: int | None) -> Any:
    base = counted[0] if counted else None
    return base if base and base != run[-1] and base_year in (None, base[0]) else None


def line_on_scale(case: Case, counted: list[Any]) -> Line | None:
    if len(counted) < 3:
        return None
    values = [each[1] for each in counted]
    if case.bounds:
        if set(values) & set(case.bounds):
            return None
        values = [logit(value, case.bounds) for value in values]
    return line_of([each[0] for each in counted], values)


def logit(value: float, bounds: tuple[float, float]) -> float:
    if value in bounds:
        return math.inf if value == bounds[1] else -math.inf
    return math.log((value - bounds[0]) / (bounds[1] - value))


def back(z: float, case: Case) -> float:
    if not case.bounds:
        return z
    low, high = case.bounds
    return low + (high - low) / (1 + math.exp(-z))


def cut(value: float, case: Case) -> float:
    return min(max(value, case.bounds[0]), case.bounds[1]) if case.bounds else value


def grown(base: Any, latest: tuple[int, float], h: int, case: Case) -> float | None:
    if base[1] == 0 or base[1] * latest[1] < 0:
        return None
    return cut(latest[1] * (latest[1] / base[1]) ** (h / (latest[0] - base[0])), case)


def arrives(case: Case, line: Line, h: int) -> bool:
    on_a_bound = case.bounds and case.target == case.bounds[0 if case.sign < 0 else 1]
    return not on_a_bound and meets(back(line.central(h), case), case.target, case.sign)


def landing(case: Case, line: Line, h: int) -> dict[str, Any]:
    central, se = line.central(h), line.se(h)
    margin = float(student_t.quantile(0.9, line.df)) * se
    aim = logit(case.target, case.bounds) if case.bounds else case.target
    certain = float(arrives(case, line, h))
    return {
        "projected": back(central, case),
        "low": back(central - margin, case),
        "high": back(central + margin, case),
        "meets_target": bool(certain),
        "probability": float(student_t.cdf(case.sign * (central - aim) / se, line.df)) if se else certain,
    }


# Random series.

QUARTERS = st.integers(0, 400).map(lambda each: each / 4)
BELOW_ZERO_TOO = st.integers(-400, 400).map(lambda each: each / 4)


@st.composite
def random_case(draw: st.DrawFn) -> Case:
    bounds = draw(st.sampled_from([None, (0.0, 100.0)]))
    value = QUARTERS if bounds else BELOW_ZERO_TOO
    years = sorted(draw(st.sets(st.integers(2005, 2024), max_size=9)))
    statuses = st.sampled_from("AAAAAAEPUBD")
    return Case(
        sign=draw(st.sampled_from([1, -1])),
        target=draw(value),
        bounds=bounds,
        base_year=draw(st.sampled_from([None, None, None, *years])),
        observations=tuple((year, draw(value), draw(statuses)) for year in years),
    )


@settings(max_examples=300)
@given(random_case(), st.integers(2004, 2060), st.sampled_from([None, None, 2012, 2020]))
def test_columns_equal_the_plain_slow_way(case: Case, year: int, as_of: int | None) -> None:
    (found,) = projected([case], year, as_of)
    expected = reference(case, year, as_of)
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
    empty = [name for name, value in row.items() if value is None and name not in ("reached_in", "reason")]
    assert bool(row["reason"]) or not empty
    # `reached_in` alone may stand empty beside a projection: not within 50 years.
    assert row["reached_in"] is not None or row["reason"] or row["projected"] is not None


@given(random_case(), st.integers(2025, 2060))
def test_low_central_high_in_order_and_inside_the_bounds(case: Case, year: int) -> None:
    (row,) = projected([case], year)
    if row["projected"] is not None:
        low, high = case.bounds or (-math.inf, math.inf)
        assert low <= row["low"] <= row["projected"] <= row["high"] <= high
        assert 0 <= row["probability"] <= 1


@given(random_case(), st.integers(2025, 2060))
def test_a_mirrored_plan_lands_at_the_mirror_image(case: Case, year: int) -> None:
    values = tuple((year, -value, status) for year, value, status in case.observations)
    bounds = (-case.bounds[1], -case.bounds[0]) if case.bounds else None
    mirror = Case(-case.sign, -case.target, bounds, case.base_year, values)
    (row,), (mirrored,) = projected([case], year), projected([mirror], year)
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
