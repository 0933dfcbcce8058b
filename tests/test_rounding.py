"""Computed figures with 15 significant digits, against the decimal rounding of Python itself."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from smartkpi.analysis.rounding import difference, significant


@given(values=st.lists(st.floats(allow_subnormal=True), max_size=8))
@example(values=[1.7976931348623157e308, -1.7976931348623157e308])
@example(values=[999999999999999.9, 9.999999999999995, 123456789012345.5, 123456789012346.5, 1e22, 5e-324, -0.0])
def test_each_value_is_the_double_nearest_to_fifteen_digits(values: list[float]) -> None:
    rounded = [float(f"{value:.15g}") for value in values]
    # The largest doubles stay, where rounding up would make them infinite.
    expected = [value if np.isinf(near) else near for value, near in zip(values, rounded, strict=True)]
    assert np.array_equal(significant(np.array(values, dtype=np.float64)), expected, equal_nan=True)


@pytest.mark.parametrize(
    ("value", "clean"),
    [
        (2.879999999999999, 2.88),
        (0.1 + 0.2, 0.3),
        (62.500000000000014, 62.5),
        (100 * 0.586, 58.6),
        (1.1 * 3e300, 3.3e300),
    ],
)
def test_the_dust_of_binary_arithmetic_goes(value: float, clean: float) -> None:
    assert value != clean
    assert significant(np.array([value])).tolist() == [clean]


@pytest.mark.parametrize(
    ("end", "start", "rise"),
    [
        (6.5, 6.2, 0.3),
        (99.9999999999999, 99.9999999999998, 1e-13),
        (9.99999999999978, 2.407709, 7.59229099999978),
        (0.999999999999999, 0.999999999999998, 1e-15),
        (100.0, 99.9999999999999, 1e-13),
        (1e-7, 0.99999999999999e-7, 1e-21),
    ],
)
def test_no_digit_of_a_difference_is_left_out(end: float, start: float, rise: float) -> None:
    assert difference(np.array([end]), np.array([start])) == pytest.approx([rise], rel=1e-12)
