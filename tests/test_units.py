"""Units: which fit together, and that conversion is exact."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartkpi.quantities import units
from smartkpi.quantities.units import UnitError, convert, convert_array, known, parse


@pytest.mark.parametrize(
    ("number", "source", "target", "expected"),
    [
        ("62000", "億元", "兆元", 6.2),
        ("6.5e12", "TWD", "兆元", 6.5),
        ("6500000", "百萬元", "兆元", 6.5),
        ("65000", "億元", "兆元", 6.5),
        ("0.586", "fraction", "%", 58.6),
        ("58.6", "％", "fraction", 0.586),
        ("3.3", "萬人次", "人次", 33000),
        ("3", "十萬件", "萬件", 30),
        ("7", "千萬元", "億元", 0.7),
        ("2", "百億元", "十億元", 20),
        ("1", "兆元", "千億元", 10),
        ("2000", "Mbps", "Gbps", 2),
        ("1", "Gbps", "bit/s", 1e9),
        ("5", "kTWD", "元", 5000),
        ("12", "元/人", "千元/人", 0.012),
        ("4", "people", "人", 4),
        ("4", "persons", "person", 4),
        ("9.76", "million people", "人", 9760000),
        ("20", "million persons", "千萬人", 2),
        ("1.5", "billion USD", "million USD", 1500),
        ("3", "trillion TWD", "兆元", 3),
        ("12", "thousand households", "萬戶", 1.2),
    ],
)
def test_conversion_is_exact(number: str, source: str, target: str, expected: float) -> None:
    one, other = parse(source), parse(target)
    assert one.dimension == other.dimension
    assert convert(Decimal(number), one, other) == expected
    assert convert_array(np.array([float(number)]), one, other).tolist() == [expected]


@pytest.mark.parametrize(
    ("text", "dimension", "scale"),
    [
        ("% of GDP", "share", "1"),
        ("percent of the population aged 15 and over", "share", "1"),
        ("doctors per 10,000 population", "per person", "0.0001"),
        ("crimes per 100,000", "per person", "0.00001"),
        ("subscriptions per 100 inhabitants", "per person", "0.01"),
        ("births per 1,000 women aged 15-19", "per woman", "0.001"),
        ("billion tkm", "length times mass", "1E+15"),
        ("passenger-kilometres", "length times person", "1000"),
        ("rank out of 63", "rank", "1"),
        ("score (0-100)", "score of 100", "1"),
        ("index 0-1", "score of 1", "1"),
        ("score 1-5", "score of 1 to 5", "1"),
        ("thousand jobs", "count", "1000"),
        ("million visitors", "person", "1000000"),
        ("INR crore", "money, INR", "10000000"),
        ("lakh farmers", "person", "100000"),
        ("FTE", "full-time equivalent", "1"),
        ("PPP$", "international dollar", "1"),
        ("Sq. km", "area", "1000000"),
    ],
)
def test_units_as_plans_of_many_countries_have_them(text: str, dimension: str, scale: str) -> None:
    assert (parse(text).dimension, parse(text).scale) == (dimension, Decimal(scale))


@pytest.mark.parametrize(
    "text", ["% change", "% of 5", "kg per 1,000", "5 per 1,000", "per 1,000 widgets", "crimes/1,000"]
)
def test_what_may_mean_something_else_is_not_known(text: str) -> None:
    assert not known(text)


COUNT_WORDS = [
    "件",
    "項",
    "個",
    "處",
    "家",
    "案",
    "筆",
    "則",
    "次",
    "張",
    "艘",
    "幅",
    "點",
    "臺",
    "台",
    "組",
    "頁",
    "支",
    "隊",
    "校",
    "座",
    "所",
    "輛",
    "部",
    "本",
    "棟",
    "場",
    "班",
    "名",
    "位",
    "門",
    "套",
    "款",
]


@pytest.mark.parametrize("word", COUNT_WORDS)
def test_measure_words_count(word: str) -> None:
    assert parse(word).dimension == "count"
    assert parse(f"萬{word}").scale == 10_000


@pytest.mark.parametrize(
    "different",
    ["%", "元", "USD", "count", "人", "人次", "戶", "Gbps", "year", "index_point", "件/人"],
)
def test_dimensions_never_mix(different: str) -> None:
    others = ["pct", "百萬元", "US$", "件", "people", "萬人次", "household", "bit/s", "年", "index_point", "項/人"]
    fitting = [other for other in others if parse(other).dimension == parse(different).dimension]
    assert len(fitting) == 1


@pytest.mark.parametrize("text", ["％", "%", " % ", "pct", "percent"])
def test_percent_in_any_width(text: str) -> None:
    assert parse(text).is_share
    assert units.share_bounds(parse(text)) == (0, 100)


def test_bounds_of_a_fraction() -> None:
    assert units.share_bounds(parse("fraction")) == (0, 1)
    assert units.share_bounds(parse("件")) is None


@pytest.mark.parametrize(
    "text", ["", "億", "萬", "foo", "Gb/s", "ton", "$", "/", "元/", "a/b/c", "人" * 100, "__class__", "110=100"]
)
def test_unknown_units(text: str) -> None:
    with pytest.raises(UnitError) as caught:
        parse(text)
    assert caught.value.key == "unknown_unit"
    assert not known(text)


@pytest.mark.parametrize("text", ["pp", "個百分點", "pp/人"])
def test_differences_of_percentages_are_no_level(text: str) -> None:
    with pytest.raises(UnitError) as caught:
        parse(text)
    assert caught.value.key == "unit_of_changes"


@pytest.mark.parametrize(
    "text", ["9**9**9**9", "1/0", "exec('x')", "TWD**2", "2 TWD", "(元)", "元*元", "__import__('os')"]
)
def test_text_is_looked_up_and_never_evaluated(text: str) -> None:
    with pytest.raises(UnitError):
        parse(text)


@given(st.text(max_size=60))
def test_any_text_is_a_unit_or_an_error(text: str) -> None:
    assert known(text) in (True, False)
    assert units.nearest(text)


@given(st.decimals(1, 10**9, places=3, allow_nan=False), st.sampled_from(["元", "千元", "億元", "兆元"]))
def test_columns_convert_as_single_numbers_do(number: Decimal, source: str) -> None:
    one, other = parse(source), parse("億元")
    assert convert_array(np.array([float(number)]), one, other).tolist() == [convert(number, one, other)]


def test_nearest() -> None:
    assert units.nearest("precent") == "percent"
    assert units.nearest("☃", like="km2") == "km2, m2, cm2, ha, acre"
    assert units.nearest("$") == "USD, TWD, AUD, CAD"
    assert units.nearest("million ton") == "t, metric tons"
    assert units.nearest("billion shillings", like="KES") == "KES"


@given(
    st.lists(st.floats(-1e12, 1e18), max_size=8),
    st.sampled_from([("億元", "兆元"), ("兆元", "元"), ("%", "fraction"), ("人", "萬人")]),
)
def test_arrays_convert_as_each_decimal_does(values: list[float], pair: tuple[str, str]) -> None:
    source, target = map(units.parse, pair)
    expected = [units.convert(Decimal(repr(value)), source, target) for value in values]
    assert units.convert_array(np.array(values, dtype=np.float64), source, target).tolist() == expected
