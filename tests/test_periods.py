"""Fiscal years and parts of a year, in every way that tables write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartkpi.quantities.periods import PARTS, Forms, Period, part_of_months, read_period, settle
from smartkpi.quantities.years import YearError

PERIODS = {
    "2022": ("year", 0), "2022.0": ("year", 0), "111": ("year", 0), "民國111年": ("year", 0), "111年度": ("year", 0),
    "2022-A1": ("year", 0), "2022A": ("year", 0), "FY2022": ("year", 0), "2022年1-12月": ("year", 0),
    "2022Q3": ("quarter", 3), "2022-Q3": ("quarter", 3), "2022 q3": ("quarter", 3), "Q3 2022": ("quarter", 3),
    "3Q2022": ("quarter", 3), "111年第3季": ("quarter", 3), "111年第三季": ("quarter", 3), "111年3季": ("quarter", 3),
    "111Q3": ("quarter", 3), "２０２２Ｑ３": ("quarter", 3),
    "2022S2": ("half", 2), "2022-H2": ("half", 2), "111年下半年": ("half", 2), "H2 2022": ("half", 2),
    "2022M03": ("month", 3), "2022-M3": ("month", 3), "2022-03": ("month", 3), "2022/03": ("month", 3),
    "202203": ("month", 3), "11103": ("month", 3), "111/03": ("month", 3), "111年3月": ("month", 3),
    "Mar 2022": ("month", 3), "2022 March": ("month", 3), "2022–03": ("month", 3),
    "111年1-6月": ("through", 6), "2022年1月至6月": ("through", 6),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PERIODS.items(), ids=PERIODS.keys())
def test_what_one_period_is(text: str, expected: tuple[str, int]) -> None:
    found = read_period(text)
    assert (found.year, found.kind, found.part) == (2022, *expected)
    assert PARTS[found.code] == expected


FISCAL = ["2021/22", "2021-22", "2021–22", "2021/2022", "2021-2022", "FY 2021/22", "FY2021-22", "110/111", "110-111"]


@pytest.mark.parametrize("text", FISCAL)
def test_fiscal_years_count_as_they_are_told_to(text: str) -> None:
    assert read_period(text, Forms(fiscal_year="start")).year == 2021
    assert read_period(text, Forms(fiscal_year="end")).year == 2022
    with pytest.raises(YearError) as refused:
        read_period(text)
    assert refused.value.key == "fiscal_year"


@pytest.mark.parametrize(("text", "key"), [
    ("2022-12-31", "date"), ("2014-2016", "range"), ("2022Q5", "not_a_year"), ("2022-W05", "not_a_year"),
    ("2022/3", "date"), ("2022.5", "fraction"), ("99/100", "fiscal_year"), ("2022-13", "range"), ("22Q1", "two_digits"),
    ("1022Q1", "out_of_range"), ("民國2022Q1", "other_calendar"), ("2" * 50, "too_long"), ("", "empty"),
])  # fmt: skip
def test_what_is_refused(text: str, key: str) -> None:
    with pytest.raises(YearError) as refused:
        read_period(text)
    assert refused.value.key == key


@pytest.mark.parametrize("text", ["2010-11", "2010/11", "2000-01"])
def test_a_month_or_a_fiscal_year(text: str) -> None:
    with pytest.raises(YearError) as refused:
        read_period(text)
    assert refused.value.key == "month_or_fiscal"
    assert read_period(text, Forms(period="month")).kind == "month"
    assert read_period(text, Forms(fiscal_year="start")) == Period(int(text[:4]))


@pytest.mark.parametrize(("others", "settled"), [
    ([], None), (["2012-13"], "year"), (["2010-05"], "month"), (["2012-13", "2010-05"], None), (["2022"], None),
])  # fmt: skip
def test_other_cells_of_the_column_settle_it(others: list[str], settled: str | None) -> None:
    assert settle(["2010-11", *others], Forms()).period == settled
    assert settle(["2010-11", *others], Forms(period="month")).period == "month"


def test_fy_is_no_month() -> None:
    assert read_period("FY2010-11", Forms(fiscal_year="end", period="month")) == Period(2011)


@pytest.mark.parametrize("text", ["1-6月", "1月至6月", "1~6月份", "01-06月"])
def test_part_of_months(text: str) -> None:
    assert part_of_months(text) == ("through", 6)


@pytest.mark.parametrize("text", ["2-6月", "6月", "1-13月", "預估"])
def test_what_is_no_part_of_months(text: str) -> None:
    assert part_of_months(text) is None


@given(st.text(max_size=12) | st.from_regex(r"\A(民國)?\d{2,4}[-/QM年 ]?\d{0,4}[季月]?\Z"))
def test_any_text_is_a_period_or_refused(text: str) -> None:
    try:
        found = read_period(text)
    except YearError:
        return
    assert 1900 <= found.year <= 2200
    assert (found.kind, found.part) in PARTS
