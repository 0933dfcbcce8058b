from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartkpi.analysis import student_t

DEGREES = st.integers(1, 200)


def closed_sum(t: float, df: int) -> float:
    """P(|T| <= t) by Abramowitz & Stegun 26.7.3 (odd df) and 26.7.4 (even df), page 948."""
    theta = math.atan(t / math.sqrt(df))
    odd = df % 2
    terms = [math.cos(theta) if odd else 1.0]
    for k in range(2 + odd, df - 1, 2):
        terms.append(terms[-1] * math.cos(theta) ** 2 * (k - 1) / k)
    if not odd:
        return math.sin(theta) * math.fsum(terms)
    return 2 / math.pi * (theta + (math.sin(theta) * math.fsum(terms) if df > 1 else 0.0))


def test_80_percent_quantiles_are_those_of_the_tables() -> None:
    expected = [3.078, 1.886, 1.638, 1.533, 1.476, 1.440]
    assert student_t.quantile(0.9, np.arange(1, 7)).round(3).tolist() == expected


@pytest.mark.parametrize(
    ("p", "df", "expected"),
    [
        (0.975, 1, 12.706),
        (0.975, 5, 2.571),
        (0.95, 10, 1.812),
        (0.995, 30, 2.750),
        (0.75, 4, 0.741),
        (0.9995, 2, 31.599),
    ],
)
def test_quantiles_of_the_usual_tables(p: float, df: int, expected: float) -> None:
    assert round(float(student_t.quantile(p, df)), 3) == expected


@pytest.mark.parametrize("df", range(1, 61))
def test_probabilities_equal_the_closed_sums(df: int) -> None:
    t = np.array([0.0, 0.001, 0.1, 0.5, 0.9, 1.0, 1.1, 1.5, 1.9, 2.0, 2.1, 3.0, 5.0, 20.0])
    expected = np.array([closed_sum(each, df) for each in t])
    assert 1 - 2 * student_t.survival(t, df) == pytest.approx(expected, rel=0, abs=1e-14)
    assert student_t.cdf(t, df) == pytest.approx((1 + expected) / 2, rel=0, abs=1e-14)


@given(st.floats(1e-9, 0.5))
def test_one_degree_is_cauchy_and_two_are_algebraic(p: float) -> None:
    cauchy, two = student_t.quantile(p, [1, 2])
    assert cauchy == pytest.approx(-1 / math.tan(math.pi * p), rel=1e-12, abs=1e-15)
    assert two == pytest.approx((2 * p - 1) / math.sqrt(2 * p * (1 - p)), rel=1e-12, abs=1e-15)


@given(st.floats(1e-3, 1e150))
def test_tail_keeps_its_digits_however_far_out(t: float) -> None:
    root = math.hypot(t, math.sqrt(2))
    assert float(student_t.survival(t, 1)) == pytest.approx(math.atan2(1, t) / math.pi, rel=1e-12)
    assert float(student_t.survival(t, 2)) == pytest.approx(1 / root / (root + t), rel=1e-12)


@pytest.mark.parametrize(
    ("t", "df", "expected"),
    [
        # 60-digit arithmetic: half the regularised incomplete beta function, by mpmath 1.4.1.
        (3, 4, 0.01997098403585941),
        (10, 3, 0.001064199529207075),
        (50, 5, 3.023878813300613e-8),
        (1000, 7, 1.320491918760594e-19),
        (6, 30, 6.971384383602371e-7),
        (30, 30, 3.125895815304444e-24),
        (5, 100, 1.2250867067519e-6),
        (2, 1000, 0.02288517324662582),
        (8, 10_000, 6.910604364532691e-16),
        (1.5, 1_000_000, 0.06680735911839638),
        (6, 1_000_000, 9.869249061772173e-10),
        (6, 1_000_000_000, 9.865879822492459e-10),
        (37, 1_000_000, 9.149865430901132e-300),
    ],
)
def test_tail_for_any_degrees_of_freedom(t: float, df: int, expected: float) -> None:
    assert float(student_t.survival(t, df)) == pytest.approx(expected, rel=1e-12)
    assert -float(student_t.quantile(expected, df)) == pytest.approx(t, rel=1e-12)


@pytest.mark.parametrize("p", [0.6, 0.9, 0.975, 0.9999])
def test_many_degrees_are_nearly_normal(p: float) -> None:
    z = NormalDist().inv_cdf(p)
    next_order = (z**3 + z) / 4  # t = z + (z^3 + z)/(4 df) + ..., Abramowitz & Stegun 26.7.5
    assert float(student_t.quantile(p, 10**6)) == pytest.approx(z + next_order / 10**6, abs=1e-10)


@given(st.floats(0.01, 400), DEGREES)
def test_quantile_undoes_the_probability(t: float, df: int) -> None:
    tail = float(student_t.survival(t, df))
    assert -float(student_t.quantile(tail, df)) == pytest.approx(t, rel=1e-11)
    assert float(student_t.cdf(student_t.quantile(tail, df), df)) == pytest.approx(tail, rel=1e-11)


@given(st.floats(-1e6, 1e6), DEGREES)
def test_both_sides_are_alike_and_sum_to_one(t: float, df: int) -> None:
    assert float(student_t.cdf(t, df)) == float(student_t.survival(-t, df))
    assert float(student_t.cdf(t, df)) + float(student_t.cdf(-t, df)) == pytest.approx(1, rel=1e-15)


@given(st.sampled_from([0.5, 0.625, 0.75, 0.9375]), DEGREES)
def test_quantiles_of_both_sides_are_alike(p: float, df: int) -> None:
    assert float(student_t.quantile(p, df)) == -float(student_t.quantile(1 - p, df))


@given(st.floats(-100, 100), st.floats(1e-6, 10), DEGREES)
def test_probability_rises_with_t(t: float, step: float, df: int) -> None:
    assert float(student_t.survival(t, df)) >= float(student_t.survival(t + step, df))
    assert float(student_t.cdf(t, df)) <= float(student_t.cdf(t + step, df))


@given(st.floats(0.5001, 0.9999999), DEGREES)
def test_quantile_falls_with_more_degrees_and_rises_with_p(p: float, df: int) -> None:
    fewer, more = student_t.quantile(p, [df, df + 1])
    assert 0 < more < fewer
    assert more < float(student_t.quantile(p + (1 - p) / 2, df + 1))


@pytest.mark.parametrize("df", [1, 2, 3, 6, 10, 20, 21, 40, 41, 300, 301, 1000, 10**6])
def test_the_two_expansions_meet(df: int) -> None:
    where_they_meet = math.sqrt(4 * df / (df + 3))
    one, other = student_t.survival(where_they_meet * np.array([1 - 1e-12, 1 + 1e-12]), df)
    assert one == pytest.approx(other, rel=1e-11)


def test_columns_of_mixed_degrees_keep_shape_and_place() -> None:
    degrees = np.array([[3, 0, 1], [2, 3, 10**6]])
    found = student_t.quantile(0.9, degrees)
    assert found.round(3).tolist() == [[1.638, pytest.approx(math.nan, nan_ok=True), 3.078], [1.886, 1.638, 1.282]]
    assert student_t.cdf(found, degrees)[~np.isnan(found)] == pytest.approx(0.9, rel=1e-14)
    assert student_t.quantile(0.9, np.zeros(0, dtype=int)).shape == (0,)


def test_infinite_and_missing_values_without_a_floating_point_signal() -> None:
    with np.errstate(all="raise"):
        assert student_t.cdf([-math.inf, -1e300, 0, 1e300, math.inf], 3).tolist() == [0, 0, 0.5, 1, 1]
        assert student_t.survival([-math.inf, 0, 40, math.inf], 10**6).tolist()[::3] == [1, 0]
        assert np.isnan(student_t.cdf([math.nan, 0, math.inf], [3, 0, -1])).all()


@pytest.mark.parametrize("p", [0.0, 1.0, -0.1, 1.5, math.nan])
def test_a_quantile_needs_a_probability(p: float) -> None:
    with pytest.raises(ValueError, match="probability"):
        student_t.quantile(p, 3)
