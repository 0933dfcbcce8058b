from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from smartkpi.analysis import forecast, scale
from smartkpi.analysis.forecast import Fit, Forecast, Method

Floats = NDArray[np.float64]

FIVE_YEARS = (53.9, 54.2, 55.6, 57.0, 57.9)
LOW, HIGH = np.array(0.0), np.array(100.0)


class Series(NamedTuple):
    years: list[int]
    values: list[float]


def fit_all(series: list[Series], drift_from: int = forecast.DRIFT_FROM) -> Fit:
    stop = np.cumsum([len(each.years) for each in series], dtype=np.int64)
    year = np.array([year for each in series for year in each.years], dtype=np.int64)
    value = np.array([value for each in series for value in each.values], dtype=np.float64)
    return forecast.fit(year, value, np.append(0, stop[:-1]), stop, drift_from)


def fit_one(values: tuple[float, ...] | Floats, years: list[int] | None = None, drift_from: int = 5) -> Fit:
    return fit_all([Series(years or list(range(2000, 2000 + len(values))), list(values))], drift_from)


def printed(ahead: Forecast) -> str:
    return f"{ahead.central[0]:.2f} ({ahead.low[0]:.2f}-{ahead.high[0]:.2f})"


def printed_percent(ahead: Forecast) -> str:
    central, low, high = (scale.from_logit(z, LOW, HIGH)[0] for z in (ahead.central, ahead.low, ahead.high))
    return f"{central:.2f} ({low:.2f}-{high:.2f})"


# The worked example of docs/methods.md.


def test_example_fit() -> None:
    fitted = fit_one(FIVE_YEARS)
    assert (fitted.n[0], fitted.span[0], fitted.df[0], fitted.method[0]) == (5, 4, 3, Method.DRIFT)
    assert (fitted.last_year[0], fitted.last_value[0]) == (2004, 57.9)
    assert (f"{fitted.mean_change[0]:.4f}", f"{fitted.scale[0]:.4f}") == ("1.0000", "0.5228")


@pytest.mark.parametrize(
    ("h", "natural", "se", "percent"),
    [
        (1, "58.90 (57.94-59.86)", "0.585", "58.89 (57.94-59.82)"),
        (3, "60.90 (58.94-62.86)", "1.198", "60.84 (58.93-62.71)"),
        (6, "63.90 (60.58-67.22)", "2.025", "63.70 (60.53-66.74)"),
    ],
)
def test_example_with_full_drift(h: int, natural: str, se: str, percent: str) -> None:
    ahead = forecast.forecast(fit_one(FIVE_YEARS), h, share=1.0)
    assert (printed(ahead), f"{ahead.se[0]:.3f}") == (natural, se)
    on_logit = fit_one(scale.to_logit(np.array(FIVE_YEARS), LOW, HIGH))
    assert printed_percent(forecast.forecast(on_logit, h, share=1.0)) == percent


@pytest.mark.parametrize(
    ("h", "natural", "percent"),
    [
        (1, "58.40 (57.44-59.36)", "58.39 (57.45-59.33)"),
        (3, "59.40 (57.44-61.36)", "59.38 (57.44-61.28)"),
        (6, "60.90 (57.58-64.22)", "60.84 (57.59-63.99)"),
    ],
)
def test_example_with_half_drift(h: int, natural: str, percent: str) -> None:
    assert printed(forecast.forecast(fit_one(FIVE_YEARS), h)) == natural
    on_logit = fit_one(scale.to_logit(np.array(FIVE_YEARS), LOW, HIGH))
    assert printed_percent(forecast.forecast(on_logit, h)) == percent


# Cases to check in the head.


@pytest.mark.parametrize(
    ("years", "values", "df", "variance", "central", "variance_ahead"),
    [
        # Changes 2, -1: (4 + 1)/2; two years ahead twice that.
        ([2020, 2021, 2022], (10, 12, 11), 2, 2.5, 11, 5),
        # Changes 4 in four years, 1 in one: (16/4 + 1/1)/2.
        ([2015, 2019, 2020], (6, 10, 11), 2, 2.5, 11, 5),
        # Changes 1, -1, 2: (1 + 1 + 4)/3.
        ([2020, 2021, 2022, 2023], (5, 6, 5, 7), 3, 2, 7, 4),
        # m = 8/8; changes 4, 0, 2, 2 in 2, 1, 1, 4 years differ from it by 2, -1, 1, -2: (4/2 + 1 + 1 + 4/4)/3;
        # ahead 8 + 2 m/2 and 5/3 * 2 * (1 + 2/8).
        ([2010, 2012, 2013, 2014, 2018], (0, 4, 4, 6, 8), 3, 5 / 3, 9, 25 / 6),
    ],
)
def test_scatter_by_number_of_observations_and_gaps(
    years: list[int], values: tuple[float, ...], df: int, variance: float, central: float, variance_ahead: float
) -> None:
    fitted = fit_one(values, years)
    ahead = forecast.forecast(fitted, 2)
    assert (fitted.df[0], ahead.central[0]) == (df, central)
    assert fitted.scale[0] ** 2 == pytest.approx(variance, rel=1e-14)
    assert ahead.se[0] ** 2 == pytest.approx(variance_ahead, rel=1e-14)
    assert (ahead.high[0] - central) / ahead.se[0] == pytest.approx({2: 1.886, 3: 1.638}[df], abs=5e-4)
    assert ahead.high[0] - central == pytest.approx(central - ahead.low[0], rel=1e-14)


def test_method_goes_by_number_of_observations() -> None:
    fitted = fit_all([Series(list(range(n)), [float(k * k) for k in range(n)]) for n in range(9)])
    assert fitted.method.tolist() == [0, 0, 0, 1, 1, 2, 2, 2, 2]
    assert fitted.df.tolist() == [0, 0, 0, 2, 3, 3, 4, 5, 6]
    assert np.isnan(fitted.scale).tolist() == [True] * 3 + [False] * 6
    assert fitted.mean_change.tolist()[2:] == [1, 2, 3, 4, 5, 6, 7]
    assert np.isnan(fitted.mean_change[:2]).all()
    assert np.isnan([fitted.last_year[0], fitted.last_value[0], fitted.span[0]]).all()
    assert fitted.span.tolist()[1:] == [0, 1, 2, 3, 4, 5, 6, 7]


def test_no_projection_from_one_or_two_observations() -> None:
    fitted = fit_all([Series([], []), Series([2020], [5]), Series([2020, 2021], [5, 6])])
    ahead = forecast.forecast(fitted, 1)
    chance = forecast.probability(ahead, np.array([5.0, 5, 5]), np.array([1.0, 1, 1]))
    assert np.isnan([ahead.central, ahead.low, ahead.high, ahead.se, chance]).all()


def test_drift_may_start_at_three() -> None:
    # m = 1/2; the changes 2, -1 differ from it by 1.5, -1.5: 4.5 on one degree of freedom.
    fitted = fit_one((10, 12, 11), drift_from=3)
    assert (fitted.method[0], fitted.df[0], fitted.mean_change[0]) == (Method.DRIFT, 1, 0.5)
    assert fitted.scale[0] ** 2 == pytest.approx(4.5, rel=1e-14)


def test_horizon_is_one_for_all_or_one_for_each() -> None:
    series = [Series([1, 2, 3], [10, 12, 11])] * 4
    se = forecast.forecast(fit_all(series), np.array([1, 4, 0, -1])).se
    assert se[1] == pytest.approx(2 * se[0], rel=1e-15)
    assert np.isnan(se[2:]).all()


def test_observations_between_series_do_not_count() -> None:
    year, value = np.array([1, 2, 3, 4, 5, 6, 7]), np.array([99.0, 10, 12, 11, 99, 5, 5])
    fitted = forecast.fit(year, value, np.array([1, 5]), np.array([4, 7]))
    assert fitted.n.tolist() == [3, 2]
    assert fitted.scale[0] ** 2 == pytest.approx(2.5, rel=1e-14)


def test_no_series_at_all() -> None:
    empty = np.zeros(0, dtype=np.int64)
    assert forecast.forecast(forecast.fit(empty, np.zeros(0), empty, empty), 3).central.shape == (0,)


@pytest.mark.parametrize("interval", [0, 100, -1, math.nan])
def test_interval_is_a_probability(interval: float) -> None:
    with pytest.raises(ValueError, match="interval"):
        forecast.forecast(fit_one(FIVE_YEARS), 1, interval)


# Probability of meeting the target.


def test_probability_of_two_standard_errors() -> None:
    # Student's t on 2 degrees beyond 2: (1 - 2/sqrt(2 + 4))/2.
    ahead = forecast.forecast(fit_one((10, 12, 11)), 2)
    target, expected = ahead.central + 2 * ahead.se, (1 - 2 / math.sqrt(6)) / 2
    assert forecast.probability(ahead, target, np.array([1.0]))[0] == pytest.approx(expected, rel=1e-13)
    assert forecast.probability(ahead, target, np.array([-1.0]))[0] == pytest.approx(1 - expected, rel=1e-13)


@pytest.mark.parametrize(
    ("values", "h", "target", "sign", "expected"),
    [
        ((5, 5, 5), 3, 5, 1, 1),
        ((5, 5, 5), 3, 5, -1, 1),
        ((5, 5, 5), 3, 5.1, 1, 0),
        ((5, 5, 5), 3, 5.1, -1, 1),
        ((1, 2, 3, 4, 5), 4, 7, 1, 1),
        ((1, 2, 3, 4, 5), 4, 7.1, 1, 0),
        ((0.5, 0.4, 0.3, 0.2, 0.1), 2, 0, -1, 1),
        ((5, 5, 5), 3, math.inf, 1, 0),
        ((5, 5, 5), 3, math.inf, -1, 1),
        ((5, 5, 5), 3, math.nan, 1, math.nan),
        ((10, 12, 11), 3, math.inf, 1, 0),
        ((10, 12, 11), 3, -math.inf, 1, 1),
        ((10, 12, 11), 3, math.nan, 1, math.nan),
    ],
)
def test_certain_outcomes(values: tuple[float, ...], h: int, target: float, sign: int, expected: float) -> None:
    ahead = forecast.forecast(fit_one(values), h)
    found = forecast.probability(ahead, np.array([target]), np.array([float(sign)]))[0]
    assert found == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(
    "values",
    [
        (1, 2, 3, 4, 5),
        (0.1, 0.2, 0.3, 0.4, 0.5, 0.6),
        (7.7, 7.7, 7.7),
        (7000.1, 7000.2, 7000.3, 7000.4, 7000.5),
    ],
)
def test_straight_lines_have_no_scatter(values: tuple[float, ...]) -> None:
    ahead = forecast.forecast(fit_one(values), 2)
    assert (ahead.se[0], ahead.low[0]) == (0, ahead.high[0])


@pytest.mark.parametrize("values", [(1, 2, 3, 4, 5 + 1e-12), (1, 1, 1 + 1e-14)])
def test_the_least_real_scatter_counts(values: tuple[float, ...]) -> None:
    assert fit_one(values).scale[0] > 0


# The logit scale.


@given(st.floats(-700, 700), st.floats(-1e3, 1e3), st.floats(1e-3, 1e3))
def test_nothing_leaves_the_bounds(z: float, low: float, width: float) -> None:
    back = float(scale.from_logit(np.array(z), np.array(low), np.array(low + width)))
    assert low <= back <= low + width


@given(st.floats(0.001, 99.999))
def test_logit_there_and_back(value: float) -> None:
    z = scale.to_logit(np.array(value), LOW, HIGH)
    assert float(scale.from_logit(z, LOW, HIGH)) == pytest.approx(value, rel=1e-13)
    assert float(z) == -float(scale.to_logit(-np.array(value), -HIGH, -LOW))


def test_bounds_and_beyond() -> None:
    z = scale.to_logit(np.array([0, 25, 50, 100, -1, 101]), LOW, HIGH)
    assert z.tolist()[:4] == [-math.inf, pytest.approx(-math.log(3), rel=1e-15), 0, math.inf]
    assert np.isnan(z[4:]).all()
    with np.errstate(all="raise"):
        assert scale.from_logit(np.array([-math.inf, -1e9, 1e9, math.inf]), LOW, HIGH).tolist() == [0, 0, 100, 100]


@pytest.mark.parametrize("place", range(5))
@pytest.mark.parametrize("bound", [0.0, 100.0])
def test_a_value_on_a_bound_leaves_no_projection(place: int, bound: float) -> None:
    values = np.array(FIVE_YEARS)
    values[place] = bound
    for n in (3, 5):
        ahead = forecast.forecast(fit_one(scale.to_logit(values, LOW, HIGH)[-n:]), 1)
        if place >= 5 - n:
            assert np.isnan([ahead.central, ahead.low, ahead.high, ahead.se]).all()


# Properties.

GAPS = st.lists(st.integers(1, 5), min_size=2, max_size=9)
CENTS = st.integers(-100_000, 100_000).map(lambda cents: cents / 64)


@st.composite
def series(draw: st.DrawFn) -> Series:
    gaps = draw(GAPS)
    values = draw(st.lists(CENTS, min_size=len(gaps) + 1, max_size=len(gaps) + 1))
    return Series(np.cumsum([2000, *gaps]).tolist(), values)


def four(ahead: Forecast) -> Floats:
    return np.array([ahead.central, ahead.low, ahead.high, ahead.se])


def moved(one: Series, scale: float, shift: float) -> Series:
    return Series(one.years, [scale * value + shift for value in one.values])


@given(series(), st.integers(1, 10), st.integers(-1000, 1000))
def test_a_shift_shifts_the_forecast(one: Series, h: int, shift: int) -> None:
    before, after = (
        four(forecast.forecast(fit_all([one]), h)),
        four(forecast.forecast(fit_all([moved(one, 1, shift)]), h)),
    )
    assert after == pytest.approx(before + np.array([[shift], [shift], [shift], [0]]), rel=1e-9, abs=1e-8)


@given(series(), st.integers(1, 10), st.integers(-900, 900))
def test_a_change_of_unit_changes_the_unit_only(one: Series, h: int, power: int) -> None:
    factor = 2.0**power
    before, after = fit_all([one]), fit_all([moved(one, factor, 0)])
    assert four(forecast.forecast(after, h)).tolist() == (four(forecast.forecast(before, h)) * factor).tolist()


@given(series(), st.integers(1, 10), CENTS)
def test_a_mirrored_plan_has_the_same_chance(one: Series, h: int, target: float) -> None:
    ahead, mirrored = forecast.forecast(fit_all([one]), h), forecast.forecast(fit_all([moved(one, -1, 0)]), h)
    assert mirrored.central.tolist() == (-ahead.central).tolist()
    assert mirrored.low.tolist() == (-ahead.high).tolist()
    more, less = np.array([1.0]), np.array([-1.0])
    chance = forecast.probability(ahead, np.array([target]), more)
    assert forecast.probability(mirrored, np.array([-target]), less).tolist() == chance.tolist()


@given(st.lists(series(), max_size=5), st.integers(1, 10))
def test_many_series_equal_one_by_one(many: list[Series], h: int) -> None:
    together = four(forecast.forecast(fit_all(many), h))
    assert together.T.tolist() == [four(forecast.forecast(fit_all([one]), h))[:, 0].tolist() for one in many]


@given(series(), st.integers(1, 10), st.floats(1, 99))
def test_interval_ends_have_the_probability_of_the_interval(one: Series, h: int, interval: float) -> None:
    ahead = forecast.forecast(fit_all([one]), h, interval)
    if ahead.se[0] > 0:
        tails = [forecast.probability(ahead, end, np.array([1.0]))[0] for end in (ahead.low, ahead.high)]
        assert tails == pytest.approx([0.5 + interval / 200, 0.5 - interval / 200], abs=1e-6)


def test_no_floating_point_signal_at_the_ends_of_the_range() -> None:
    huge = fit_one((-1.7e308, 1.7e308, -1.7e308, 1e308, 1.7e308))
    ahead = forecast.forecast(huge, 5)
    assert np.isnan(four(ahead)).all()
    steep = forecast.forecast(fit_one((0, 1e308, 1.1e308)), 9)
    assert np.isfinite(steep.central).all()
    assert np.isnan(steep.high).all()
