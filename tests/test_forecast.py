"""The formula of projection on columns: worked examples, gaps, and what the numbers of a double do to it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import plain_projection
import pytest
from hypothesis import given
from hypothesis import strategies as st
from plain_projection import Case

from smartkpi.analysis import forecast

STEADY: Sequence[tuple[int, float]] = list(enumerate(range(40, 71, 3), 2014))
FIVE: Sequence[tuple[int, float]] = list(zip(range(2018, 2023), (53.9, 54.2, 55.6, 57.0, 57.9), strict=True))
GAPS = [(2015, 10.0), (2017, 9.0), (2018, 8.5), (2022, 6.0)]
EXAMPLES = [
    # series, direction, target, years ahead, central, low, high, probability; 15 significant digits
    (STEADY, 1, 90, 6, 79.0, 68.91655073765608, 89.08344926234392, 0.08264823695139757),
    (FIVE, 1, 60, 1, 58.4, 56.71696126545747, 60.08303873454253, 0.10934972347868159),
    (FIVE, 1, 60, 3, 59.4, 56.48489140066591, 62.31510859933409, 0.3840535267922245),
    (FIVE, 1, 60, 6, 60.9, 56.77741388303129, 65.0225861169687, 0.6226716343859062),
    (GAPS, -1, 3, 8, 3.7142857142857144, -0.35268783325470743, 7.781259261826136, 0.39617456070818025),
]


def fitted(points: Sequence[tuple[int, float]]) -> forecast.Fit:
    year, value = (np.array(column, dtype=float) for column in zip(*points, strict=True))
    return forecast.fit(year, value, np.array([0]), np.array([len(points)]))


@pytest.mark.parametrize(("points", "sign", "target", "h", "central", "low", "high", "probability"), EXAMPLES)
def test_worked_examples(
    points: Sequence[tuple[int, float]],
    sign: int,
    target: float,
    h: int,
    central: float,
    low: float,
    high: float,
    probability: float,
) -> None:
    ahead = forecast.forecast(fitted(points), h)
    chance = forecast.probability(ahead, np.array([float(target)]), np.array([float(sign)]))
    found = [float(each[0]) for each in (ahead.central, ahead.low, ahead.high, chance)]
    assert found == pytest.approx([central, low, high, probability], rel=1e-12, abs=0)
    case = Case(sign, target, None, None, tuple((year, value, "A") for year, value in points))
    plainly = plain_projection.project(case, points[-1][0] + h)
    names = ("projected", "low", "high", "probability")
    assert [plainly[name] for name in names] == pytest.approx(found, rel=1e-10, abs=0)


@pytest.mark.parametrize("n", [0, 1, 2])
def test_fewer_than_three_observations_have_no_central_figure(n: int) -> None:
    result = forecast.fit(np.array([2020, 2021]), np.array([5.0, 6.0]), np.array([0]), np.array([n]))
    ahead = forecast.forecast(result, 1)
    assert np.isnan([ahead.central[0], ahead.low[0], ahead.high[0], ahead.se[0]]).all()


@pytest.mark.parametrize("values", [[5.0, 5.0, 5.0], [0.0, 0.0, 0.0], [0.1 + 0.2, 0.3, 0.3, 0.1 + 0.2]])
def test_where_all_values_are_equal_the_value_stays_and_has_no_interval(values: list[float]) -> None:
    result = fitted(list(enumerate(values, 2019)))
    ahead = forecast.forecast(result, 4)
    assert result.constant.tolist() == [True]
    assert ahead.central[0] == values[-1]
    assert np.isnan([ahead.low[0], ahead.high[0], ahead.se[0]]).all()


def test_a_straight_line_has_scatter_since_the_drift_itself_is_uncertain() -> None:
    result = fitted([(2019, 1.0), (2020, 2.0), (2021, 3.0)])
    assert (result.mean_change[0], result.scatter[0]) == (1, 1)


def test_a_straight_line_down_to_zero_arrives_there() -> None:
    result = fitted([(2017 + place, value) for place, value in enumerate((0.5, 0.4, 0.3, 0.2, 0.1))])
    assert forecast.central(result, 2)[0] == 0


@pytest.mark.parametrize("horizon", [0, -1, math.nan])
def test_what_is_not_ahead_is_not_projected(horizon: float) -> None:
    assert np.isnan(forecast.central(fitted(STEADY), horizon)[0])


@pytest.mark.parametrize("interval", [0.0, 100.0, -1.0, math.nan])
def test_interval_is_a_probability(interval: float) -> None:
    with pytest.raises(ValueError, match="interval"):
        forecast.forecast(fitted(STEADY), 1, interval)


@pytest.mark.parametrize("unit", [1e-300, 1e-160, 1e160, 1e300])
def test_very_small_and_very_large_values_scale(unit: float) -> None:
    one, other = (forecast.forecast(fitted([(year, value * by) for year, value in FIVE]), 3) for by in (1.0, unit))
    assert other.low[0] / unit == pytest.approx(one.low[0], rel=1e-12)
    assert other.high[0] / unit == pytest.approx(one.high[0], rel=1e-12)


values = st.lists(st.integers(-1000, 1000).map(lambda each: each / 4), min_size=3, max_size=9)


@given(values, st.integers(1, 30), st.floats(-100, 100))
def test_moving_a_series_moves_its_projection(series: list[float], h: int, by: float) -> None:
    one = forecast.forecast(fitted(list(enumerate(series, 2000))), h)
    moved = forecast.forecast(fitted([(year, value + by) for year, value in enumerate(series, 2000)]), h)
    if not np.isnan(one.low[0]):
        for name in ("central", "low", "high"):
            assert getattr(moved, name)[0] == pytest.approx(getattr(one, name)[0] + by, abs=1e-6)


@given(values, st.integers(1, 30))
def test_a_wider_interval_holds_a_narrower_one_and_grows_with_the_years(series: list[float], h: int) -> None:
    result = fitted(list(enumerate(series, 2000)))
    if not result.constant[0]:
        narrow, wide, later = (forecast.forecast(result, years, p) for years, p in ((h, 80), (h, 95), (h + 1, 80)))
        assert wide.low[0] < narrow.low[0] < narrow.central[0] < narrow.high[0] < wide.high[0]
        assert later.high[0] - later.low[0] > narrow.high[0] - narrow.low[0]


def test_series_after_one_another_do_not_touch() -> None:
    both = [*STEADY, *FIVE]
    year, value = (np.array(column, dtype=float) for column in zip(*both, strict=True))
    result = forecast.fit(year, value, np.array([0, 11]), np.array([11, 16]))
    for place, points in enumerate((STEADY, FIVE)):
        alone = fitted(points)
        assert (result.mean_change[place], result.scatter[place]) == (alone.mean_change[0], alone.scatter[0])


# Share of random walks whose later value lies in the 80 % interval, in percent, by drift/noise 0, 0.5, 1, 2 and
# h = 1, 3, 5: docs/methods.md has the whole table, from 200,000 walks each.
COVERAGE = {
    3: ([79, 77, 75], [81, 76, 72], [85, 77, 71], [94, 86, 78]),
    5: ([79, 77, 75], [82, 78, 74], [87, 79, 73], [95, 86, 75]),
    8: ([79, 78, 77], [82, 79, 76], [88, 80, 73], [96, 86, 74]),
}
RUNS = 10_000
"""Standard error of a share of 80 % of so many: 0.4 points, so two points are five of them."""


@pytest.mark.parametrize("n", COVERAGE)
def test_coverage_of_simulated_random_walks(n: int) -> None:
    steps = np.random.default_rng(7).standard_normal((RUNS, n + 4))
    start = n * np.arange(RUNS)
    for drift, expected in zip((0.0, 0.5, 1.0, 2.0), COVERAGE[n], strict=True):
        walks = np.cumsum(np.column_stack([np.zeros(RUNS), steps + drift]), axis=1)
        result = forecast.fit(np.tile(np.arange(n), RUNS), walks[:, :n].ravel(), start, start + n)
        for h, share in zip((1, 3, 5), expected, strict=True):
            ahead = forecast.forecast(result, h)
            outcome = walks[:, n - 1 + h]
            held = 100 * float(np.mean((ahead.low <= outcome) & (outcome <= ahead.high)))
            assert held == pytest.approx(share, abs=2), (drift, h)


@pytest.mark.parametrize("copies", [1, 2, 7, 8, 15])
def test_a_series_is_the_same_whatever_number_of_others_is_worked_out_with_it(
    monkeypatch: pytest.MonkeyPatch, copies: int
) -> None:
    """To the last bit: numpy adds what is alone in another order than what has others beside it."""
    monkeypatch.setattr(forecast, "_TOGETHER", 7)
    stop = 200 * np.arange(1, copies + 1)
    for value in np.random.default_rng(18).normal(50, 9, (20, 200)):
        found = forecast.fit(np.tile(np.arange(1800, 2000), copies), np.tile(value, copies), stop - 200, stop)
        changes = value[1:] - value[:-1]
        squares = sum(changes**2)  # one after the other
        assert found.scatter.tolist() == [math.sqrt(squares / 199)] * copies


@pytest.mark.parametrize("size", [1e-300, 1e-160, 1e-90, 1e90, 1e160, 1e300])
def test_the_squares_of_changes_neither_vanish_nor_overflow(size: float) -> None:
    year, value = np.tile(np.arange(2020, 2025), 2), np.array([1.0, 2.0, 4.0, 3.0, 5.0, 1.0, 1.0, 1.0, 1.0, 1.0])
    even = forecast.fit(year, size * value, np.array([0, 5]), np.array([5, 10]))
    uneven = forecast.fit(year, size * value, np.array([0, 6]), np.array([5, 10]))
    assert even.scatter == pytest.approx([size * math.sqrt(10 / 4), 0.0], rel=1e-12)
    assert uneven.scatter == pytest.approx(even.scatter, rel=1e-12)
