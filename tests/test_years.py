"""Years in both calendars, and what is not a year or may be two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartkpi.model.reading import Calendar
from smartkpi.quantities.years import REASONS, Year, YearError, one_calendar, read_year

READ: list[tuple[str, Calendar | None, int, Calendar]] = [
    ("2022", None, 2022, "ce"),
    ("2022", "ce", 2022, "ce"),
    (" 2022 ", None, 2022, "ce"),
    ("２０２２", None, 2022, "ce"),
    ("2022.0", None, 2022, "ce"),
    ("2022.00", None, 2022, "ce"),
    ("2022年", None, 2022, "ce"),
    ("2022 年度", None, 2022, "ce"),
    ("2022年底", None, 2022, "ce"),
    ("西元2022年", None, 2022, "ce"),
    ("公元 2022", "ce", 2022, "ce"),
    ("FY2022", None, 2022, "ce"),
    ("fy 111", None, 2022, "roc"),
    ("1900", None, 1900, "ce"),
    ("2200", None, 2200, "ce"),
    ("111", None, 2022, "roc"),
    ("111.0", None, 2022, "roc"),
    ("111年", None, 2022, "roc"),
    ("111年度", "roc", 2022, "roc"),
    ("111會計年度", None, 2022, "roc"),
    ("民國 111", None, 2022, "roc"),
    ("民國111年", None, 2022, "roc"),
    ("中華民國 111 年", None, 2022, "roc"),
    ("ROC 111", None, 2022, "roc"),
    ("民國99年", None, 2010, "roc"),
    ("99年", None, 2010, "roc"),
    ("９９ 年度", None, 2010, "roc"),
    ("民國 1 年", None, 1912, "roc"),
    ("99", "roc", 2010, "roc"),
    ("099", "roc", 2010, "roc"),
    ("100", None, 2011, "roc"),
    ("289", None, 2200, "roc"),
]


def read_or_refusal(text: str, calendar: Calendar | None) -> Year | YearError:
    try:
        return read_year(text, calendar)
    except YearError as error:
        return error


@pytest.mark.parametrize(("text", "calendar", "value", "written_in"), READ)
def test_years(text: str, calendar: Calendar | None, value: int, written_in: Calendar) -> None:
    assert read_year(text, calendar) == Year(value, written_in)


REFUSED: list[tuple[str, Calendar | None, str]] = [
    ("", None, "empty"),
    ("\u3000", None, "empty"),
    ("2" * 41, None, "too_long"),
    ("2" * 40, None, "out_of_range"),
    ("abc", None, "not_a_year"),
    ("2,022", None, "not_a_year"),
    ("2.022e3", None, "not_a_year"),
    ("+2022", None, "not_a_year"),
    ("111學年度", None, "not_a_year"),
    ("民國前5年", None, "not_a_year"),
    ("民國一百一十一年", None, "not_a_year"),
    ("٢٠٢٢", None, "not_a_year"),
    ("2022年12月", None, "date"),
    ("2022-12-31", None, "date"),
    ("2022-12-31 00:00:00", None, "date"),
    ("2022/12", None, "date"),
    ("111.12.31", None, "date"),
    ("2021-2022", None, "range"),
    ("2021-22", None, "range"),
    ("110~111年", None, "range"),
    ("民國110年至民國111年", None, "range"),
    ("2022.5", None, "fraction"),
    ("-2022", None, "negative"),
    ("−5", None, "negative"),
    ("22", None, "two_digits"),
    ("99", "ce", "two_digits"),
    ("西元99年", None, "two_digits"),
    ("FY22", None, "two_digits"),
    ("0", None, "two_digits"),
    ("099", None, "two_digits"),
    ("0", "roc", "out_of_range"),
    ("民國0年", None, "out_of_range"),
    ("1899", None, "out_of_range"),
    ("2201", None, "out_of_range"),
    ("290", None, "out_of_range"),
    ("20222", None, "out_of_range"),
    ("111", "ce", "other_calendar"),
    ("2022", "roc", "other_calendar"),
    ("民國111年", "ce", "other_calendar"),
    ("西元2022年", "roc", "other_calendar"),
    ("民國2022年", None, "other_calendar"),
    ("西元111年", None, "other_calendar"),
]


@pytest.mark.parametrize(("text", "calendar", "key"), REFUSED)
def test_refusals(text: str, calendar: Calendar | None, key: str) -> None:
    with pytest.raises(YearError) as caught:
        read_year(text, calendar)
    assert caught.value.key == key


def test_the_message_is_the_reason_and_what_was_understood() -> None:
    with pytest.raises(YearError, match=r"^a date, not a year: 2022/12/31$") as caught:
        read_year("２０２２／１２／３１")
    assert caught.value.understood == "2022/12/31"


def test_every_reason_is_tried() -> None:
    assert {key for _, _, key in REFUSED} | {"mixed_calendars", "fiscal_year", "month_or_fiscal"} == set(REASONS)


def test_years_of_one_calendar_may_stand_in_a_column() -> None:
    one_calendar([])
    one_calendar([read_year("110"), read_year("民國111年")])
    one_calendar([read_year("2021"), read_year("2022")])


def test_years_of_both_calendars_may_not() -> None:
    with pytest.raises(YearError) as caught:
        one_calendar(map(read_year, ["2021", "2022", "111", "112"]))
    assert (caught.value.key, caught.value.understood) == ("mixed_calendars", "2021, 民國 111")


PIECES = st.sampled_from([*"0123456789.-/~ 年月", "民國", "西元", "年度", "FY", "１", "e3"])
CALENDARS: st.SearchStrategy[Calendar | None] = st.sampled_from([None, "ce", "roc"])


@given(st.one_of(st.text(max_size=50), st.lists(PIECES, max_size=8).map("".join)), CALENDARS)
def test_any_text_is_read_or_refused(text: str, calendar: Calendar | None) -> None:
    found = read_or_refusal(text, calendar)
    if isinstance(found, Year):
        assert 1900 <= found.value <= 2200
        assert found.calendar == (calendar or found.calendar)
    else:
        assert found.key in REASONS


@given(st.integers(min_value=1912, max_value=2200))
def test_both_calendars_name_the_same_years(value: int) -> None:
    assert read_year(f"民國{value - 1911}年").value == read_year(str(value)).value == value
