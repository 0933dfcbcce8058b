"""The formulas, on numbers that a person can check in the head."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartkpi.analysis import formulas
from smartkpi.model.arrays import Floats

UP, DOWN = 1.0, -1.0
NONE = float("nan")


def column(value: float) -> Floats:
    return np.array([value], dtype=np.float64)


def one(function: object, *values: float) -> float:
    return float(function(*(column(value) for value in values))[0])  # type: ignore[operator]


@pytest.mark.parametrize(
    ("actual", "target", "sign", "expected"),
    [
        (64, 80, UP, 80),
        (80, 80, UP, 100),
        (143, 20, UP, 715),
        (0, 80, UP, 0),
        (5, 4, DOWN, 80),
        (4, 5, DOWN, 125),
        (0, 5, DOWN, NONE),  # the denominator is the actual
        (5, 0, UP, NONE),
        (5, 0, DOWN, NONE),
        (-1, 5, UP, NONE),
        (5, -1, UP, NONE),
    ],
)
def test_attainment(actual: float, target: float, sign: float, expected: float) -> None:
    assert one(formulas.attainment, actual, target, sign) == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(
    ("start", "end", "years", "expected"),
    [
        (100, 121, 2, 10),
        (100, 100, 5, 0),
        (100, 25, 2, -50),
        (100, 0, 3, -100),
        (-100, 0, 3, -100),
        (-100, -121, 2, 10),
        (0, 5, 1, NONE),
        (5, -5, 1, NONE),
        (-5, 5, 1, NONE),
        (5, 6, 0, NONE),
        (5, 6, -1, NONE),
        (1e-300, 1e300, 1, NONE),  # a rate beyond a double
    ],
)
def test_growth(start: float, end: float, years: float, expected: float) -> None:
    assert one(formulas.growth, start, end, years) == pytest.approx(expected, nan_ok=True)


# Required annual rates published by WHO and the Global Nutrition Report, "Progress towards the Global WHA targets"
# (adc.bmj.com). The same table uses compound rates in one row and continuous ones in others; compound is ours.
@pytest.mark.parametrize(
    ("base", "target", "years", "compound", "continuous", "published"),
    [
        (100, 60, 13, -3.853, -3.929, -3.9),
        (100, 70, 13, -2.706, -2.744, -2.74),
        (100, 50, 13, -5.192, -5.332, -5.2),
        (38, 50, 13, 2.133, 2.111, 2.11),
    ],
)
def test_required_rates_of_the_global_nutrition_report(
    base: float, target: float, years: float, compound: float, continuous: float, published: float
) -> None:
    rate = one(formulas.growth, base, target, years)
    assert rate == pytest.approx(compound, abs=5e-4)
    assert 100 * np.log1p(rate / 100) == pytest.approx(continuous, abs=5e-4)
    assert min(abs(rate - published), abs(100 * np.log1p(rate / 100) - published)) < 0.05


@pytest.mark.parametrize(
    ("base", "actual", "target", "sign", "expected"),
    [
        (20, 50, 80, UP, 50),
        (20, 20, 80, UP, 0),
        (20, 80, 80, UP, 100),
        (20, 10, 80, UP, -100 / 6),
        (80, 50, 20, DOWN, 50),
        (90, 50, 80, UP, NONE),
        (80, 80, 80, UP, NONE),
    ],
)
def test_progress(base: float, actual: float, target: float, sign: float, expected: float) -> None:
    assert one(formulas.progress, base, actual, target, sign) == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(("year", "expected"), [(2020, 10), (2021, 12), (2025, 20), (2030, 20)])
def test_path_is_straight_and_ends_at_the_target(year: float, expected: float) -> None:
    assert one(formulas.on_path, year, 2020, 10, 2025, 20) == pytest.approx(expected)


amounts = st.floats(1e-3, 1e9)
years_ahead = st.integers(1, 40)


@given(st.floats(1, 1000), st.floats(1, 1000), years_ahead)
def test_growing_at_the_required_rate_lands_on_the_target(actual: float, target: float, years: int) -> None:
    sign = UP if target > actual else DOWN
    rate = one(formulas.required_growth, actual, target, years, sign)
    change = one(formulas.required_change, actual, target, years, sign)
    assert actual * (1 + rate / 100) ** years == pytest.approx(target, rel=1e-8)
    assert actual + change * years == pytest.approx(target, rel=1e-8)


@given(amounts)
def test_attainment_is_100_exactly_at_the_target(target: float) -> None:
    assert one(formulas.attainment, target, target, UP) == 100
    assert one(formulas.attainment, target, target, DOWN) == 100


@given(amounts, amounts)
def test_attainment_reaches_100_where_the_target_is_met(actual: float, target: float) -> None:
    for sign in (UP, DOWN):
        met = bool(formulas.met(column(actual), column(target), column(sign))[0])
        attained = one(formulas.attainment, actual, target, sign)
        assert met == (attained >= 100 - 2e-7)


@given(amounts, amounts)
def test_progress_runs_from_0_at_the_base_to_100_at_the_target(base: float, target: float) -> None:
    sign = UP if target > base else DOWN
    if not formulas.met(column(base), column(target), column(sign))[0]:
        assert one(formulas.progress, base, base, target, sign) == 0
        assert one(formulas.progress, base, target, target, sign) == 100


@given(amounts, amounts, years_ahead, st.floats(1e-6, 1e6))
def test_growth_does_not_depend_on_the_unit(start: float, end: float, years: int, factor: float) -> None:
    assert one(formulas.growth, start * factor, end * factor, years) == pytest.approx(
        one(formulas.growth, start, end, years), rel=1e-6, abs=1e-9
    )
