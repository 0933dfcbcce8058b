"""Printed quantities: those of a report, others of their kind, and what must be refused."""

from __future__ import annotations

import csv
import decimal
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartkpi.quantities import REASONS, Quantity, QuantityError, read_quantity, units

# Units, without the Chinese multipliers, which read_quantity takes off.
MEASURE_WORDS = "件項個處家案筆則次張艘幅點臺台組頁支隊校座所輛部本棟場班名位門套款"
UNITS = {*MEASURE_WORDS, *"人元戶年%", "人次", "percent", "pct", "fraction", "TWD", "NTD", "新臺幣", "USD", "美元"}
UNITS |= {"people", "person", "household", "index_point", "year", "bps", "kbps", "Mbps", "Gbps"}

with (Path(__file__).parent / "data" / "printed_quantities.csv").open(encoding="utf-8", newline="") as _file:
    PRINTED = list(csv.DictReader(_file))
PRINTED_QUANTITIES = [row for row in PRINTED if row["outcome"] == "quantity"]
PRINTED_OTHERS = [row["text"] for row in PRINTED if row["outcome"] == "reject"]


def known(unit: str) -> bool:
    return unit in UNITS


def refused(text: str) -> str:
    """Return the key of the refusal and what was understood."""
    with pytest.raises(QuantityError) as caught:
        read_quantity(text, known)
    return f"{caught.value.key}: {caught.value.understood}"


def read_or_refusal(text: str) -> Quantity | QuantityError:
    try:
        return read_quantity(text)
    except QuantityError as error:
        return error


@pytest.mark.parametrize("row", PRINTED_QUANTITIES, ids=lambda row: row["text"])
def test_quantities_of_the_report(row: dict[str, str]) -> None:
    quantity = read_quantity(row["text"], known)
    in_base_unit = quantity.number / 100 if row["base_unit"] == "fraction" else quantity.number
    units = {
        "fraction": {"%"},
        "TWD": {"元", ""},  # without 元 it is in the unit cell
        "count": {row["counted_noun"].lstrip("千萬億兆")},
    }
    assert in_base_unit == Decimal(row["value_in_base_unit"])
    assert quantity.unit in units[row["base_unit"]]
    assert quantity.bound in (row["bound"].replace("estimate", "").split("/"))
    assert quantity.estimated == (row["bound"] == "estimate")


@pytest.mark.parametrize("text", PRINTED_OTHERS)
def test_what_else_the_report_prints_is_refused(text: str) -> None:
    assert refused(text)


# text, number, unit, multiplier, bound
READ = [
    ("58.6", "58.6", "", "", ""),
    ("-0.5 %", "-0.5", "%", "", ""),
    ("−5.2%", "-5.2", "%", "", ""),
    ("負2.04%", "-2.04", "%", "", ""),
    ("+3 件", "3", "件", "", ""),
    ("-0", "0", "", "", ""),
    (".5", "0.5", "", "", ""),
    ("1.5e3", "1500", "", "", ""),
    ("1E+06", "1000000", "", "", ""),
    ("58E-1 %", "5.8", "%", "", ""),
    ("６２％", "62", "%", "", ""),
    ("１，２３４．５ 元", "1234.5", "元", "", ""),
    ("20 189 254 人次", "20189254", "人次", "", ""),
    ("1.2345萬元", "12345", "元", "萬", ""),
    ("0.12345萬元", "1234.5", "元", "萬", ""),
    ("20\u00a0189\u202f254", "20189254", "", "", ""),
    ("6.2 兆 元", "6200000000000", "元", "兆", ""),
    ("5 萬 人 次", "50000", "人次", "萬", ""),
    ("3 百台", "300", "台", "百", ""),
    ("5 百 萬元", "5000000", "元", "百萬", ""),
    ("2千億元", "200000000000", "元", "千億", ""),
    ("3,000仟元", "3000000", "元", "千", ""),
    ("5万人", "50000", "人", "萬", ""),
    ("1萬億元", "1000000000000", "元", "萬億", ""),
    ("3 萬 3,070 家", "33070", "家", "萬", ""),
    ("1 萬 2 千人", "12000", "人", "千", ""),
    ("1千5百萬元", "15000000", "元", "百萬", ""),
    ("1兆2,300億5,000萬元", "1230050000000", "元", "萬", ""),
    ("3萬5千億元", "3500000000000", "元", "千億", ""),
    ("2億零500萬元", "205000000", "元", "萬", ""),
    ("1億0,500萬元", "105000000", "元", "萬", ""),
    ("5萬零8家", "50008", "家", "萬", ""),
    ("1億2,345.6萬元", "123456000", "元", "萬", ""),
    ("三百二十萬人", "3200000", "人", "萬", ""),
    ("三萬零五百", "30500", "", "萬", ""),
    ("二十五家", "25", "家", "", ""),
    ("十二點", "12", "點", "", ""),
    ("兩千 戶", "2000", "戶", "", ""),
    ("六十二點五%", "62.5", "%", "", ""),
    ("三點五萬元", "35000", "元", "萬", ""),
    ("零點五", "0.5", "", "", ""),
    ("百分之六十", "60", "%", "", ""),
    ("百分之58.6", "58.6", "%", "", ""),
    ("8 成", "80", "%", "", ""),
    ("7成5", "75", "%", "", ""),
    ("近七成五", "75", "%", "", "upper"),
    ("7 成以上", "70", "%", "", "lower"),
    ("8.5成", "85", "%", "", ""),
    ("十成", "100", "%", "", ""),
    ("總數約 1 萬 2 千", "12000", "", "千", "approx"),
    ("累計逾新臺幣 37 億", "3700000000", "元", "億", "lower"),
    ("高達1億3,989萬餘元", "139890000", "元", "萬", "lower"),
    ("4萬7千件以上", "47000", "件", "千", "lower"),
    ("已有670逾個", "670", "個", "", "lower"),
    ("10多萬人", "100000", "人", "萬", "lower"),
    ("3千多萬元", "30000000", "元", "千萬", "lower"),
    ("二十餘家", "20", "家", "", "lower"),
    ("100+ 家", "100", "家", "", "lower"),
    ("100家+", "100", "家", "", "lower"),
    ("50家(含)以上", "50", "家", "", "lower"),
    ("100元起", "100", "元", "", "lower"),
    ("不低於 5%", "5", "%", "", "lower"),
    ("≧５％", "5", "%", "", "lower"),
    (">= 5%", "5", "%", "", "lower"),
    ("至少約 3 個", "3", "個", "", "lower"),
    ("不超過 50 件", "50", "件", "", "upper"),
    ("不到50", "50", "", "", "upper"),
    ("＜60 件", "60", "件", "", "upper"),
    ("5%以下", "5", "%", "", "upper"),
    ("15 件以內", "15", "件", "", "upper"),
    ("將近 3 萬人", "30000", "人", "萬", "upper"),
    ("～5 件", "5", "件", "", "approx"),
    ("50人左右", "50", "人", "", "approx"),
    ("about 5 million people", "5000000", "people", "百萬", "approx"),
    ("approx. 40 percent", "40", "percent", "", "approx"),
    ("More than 1,000 people", "1000", "people", "", "lower"),
    ("5 or more", "5", "", "", "lower"),
    ("Up to 10 %", "10", "%", "", "upper"),
    ("60 per cent", "60", "percent", "", ""),
    ("US$ 3.2 billion", "3200000000", "USD", "十億", ""),
    ("美金5億元", "500000000", "USD", "億", ""),
    ("-NT$5 thousand", "-5000", "元", "千", ""),
    ("新台幣500元整", "500", "元", "", ""),
    ("5億元(新臺幣)", "500000000", "元", "億", ""),
    ("3 年以上", "3", "年", "", "lower"),
    ("100Mbps", "100", "Mbps", "", ""),
    ("58.6% ^[4]", "58.6", "%", "", ""),
    ("逾千家", "1000", "家", "", "lower"),
    ("近百萬人次", "1000000", "人次", "萬", "upper"),
    ("約十萬元", "100000", "元", "萬", "approx"),
    ("達百億元", "10000000000", "元", "億", ""),
    ("百餘家", "100", "家", "", "lower"),
    ("千多萬元", "10000000", "元", "萬", "lower"),
    ("百分之百", "100", "%", "", ""),
    ("新臺幣參仟伍佰萬元整", "35000000", "元", "萬", ""),
    ("提升至 48.2%", "48.2", "%", "", ""),
    ("約占 3.1%", "3.1", "%", "", "approx"),
    ("佔比超逾 3.1%", "3.1", "%", "", "lower"),
    ("幾乎 100%", "100", "%", "", "upper"),
    ("不只 3 家", "3", "家", "", "lower"),
]


@pytest.mark.parametrize(("text", "number", "unit", "multiplier", "bound"), READ, ids=[row[0] for row in READ])
def test_quantities_of_the_same_kind(text: str, number: str, unit: str, multiplier: str, bound: str) -> None:
    quantity = read_quantity(text, known)
    found = (str(quantity.number), quantity.unit, quantity.multiplier, quantity.bound)
    assert found == (number, unit, multiplier, bound)


@pytest.mark.parametrize(
    ("text", "estimated", "provisional"),
    [
        ("6.2 兆元", False, False),
        ("6.2 兆元（預估值）", True, False),
        ("6.2 兆元\n(估計)", True, False),
        ("預估達 6.2 兆元", True, False),
        ("6.2兆元推估值", True, False),
        ("est. 6.2", True, False),
        ("6.2 (e)", True, False),
        ("6.2 兆元(概估值)", True, False),
        ("6.2 兆元(初步估計)", True, False),
        ("估約 6.2 兆元", True, False),
        ("6.2 兆元(初步統計)", False, True),
        ("6.2 兆元(初值)", False, True),
        ("6.2 兆元(決算數)", False, False),
        ("6.2 (p)", False, True),
        ("36 處(累計)", False, False),
        ("6.2% (revised)", False, False),
    ],
)
def test_estimates_and_provisional_figures(text: str, estimated: bool, provisional: bool) -> None:
    quantity = read_quantity(text)
    assert (quantity.estimated, quantity.provisional) == (estimated, provisional)


REFUSED = [
    ("", "empty: "),
    (" \u3000 ", "empty: "),
    ("(預估值)", "empty: "),
    ("無", "not_a_number: 無"),
    ("約", "not_a_number: 約"),
    ("—", "not_a_number: —"),
    ("萬元", "not_a_number: 萬元"),
    ("十億元", "not_a_number: 十億元"),
    ("上百家", "not_a_number: 上百家"),
    ("數萬人", "not_a_number: 數萬人"),
    ("零件", "not_a_number: 零件"),
    ("½", "not_a_number: ½"),
    ("٣", "not_a_number: ٣"),
    ("NaN", "not_finite: NaN"),
    ("-inf", "not_finite: -inf"),
    ("#DIV/0!", "not_finite: #DIV/0!"),
    ("1e41", "too_long: 1e41"),
    ("9e-99999999999", "too_long: 9e-99999999999"),
    ("1" * 41, "too_long: " + "1" * 39 + "…"),
    ("一" * 41, "too_long: " + "一" * 39 + "…"),
    ("5" + " " * 200, "too_long: 5" + " " * 38 + "…"),
    ("1,23", "ambiguous_separator: 1,23"),
    ("12,3456", "ambiguous_separator: 12,3456"),
    ("0,123", "ambiguous_separator: 0,123"),
    ("1.234,5", "ambiguous_separator: 1.234,5"),
    ("1.2.3", "ambiguous_separator: 1.2.3"),
    ("5萬8", "ambiguous_numeral: 5萬8"),
    ("三百二", "ambiguous_numeral: 三百二"),
    ("三四百家", "ambiguous_numeral: 三四百"),
    ("三萬百", "ambiguous_numeral: 三萬百"),
    ("1.5億2,000萬元", "ambiguous_numeral: 1.5億2,000萬"),
    ("3萬12,000", "ambiguous_numeral: 3萬12,000"),
    ("28萬3萬", "ambiguous_numeral: 28萬3萬"),
    ("12成", "ambiguous_numeral: 12成"),
    ("7.5成5", "ambiguous_numeral: 7.5成5"),
    ("007", "code: 007"),
    ("0912-345-678", "code: 0912"),
    ("88 至 90", "range: 88 ~ 90"),
    ("2~3 百台", "range: 2 ~ 3 百"),
    ("6萬至8萬個", "range: 6萬 ~ 8萬"),
    ("約百至千家", "range: 百 ~ 千"),
    ("三至五家", "range: 三 ~ 五"),
    ("5 to 8", "range: 5 ~ 8"),
    ("2021-2025", "range: 2021 ~ 2025"),
    ("64/80", "several_numbers: 64, 80"),
    ("由 15 提升至 20", "several_numbers: 15, 20"),
    ("3,074 (累計) 613", "several_numbers: 3,074, 613"),
    ("1 234 5", "several_numbers: 1, 234, 5"),
    ("9**9**9", "several_numbers: 9, 9, 9"),
    ("第 3 期", "rank: 第 3 期"),
    ("No. 3", "rank: No. 3"),
    ("11th", "rank: 11th"),
    ("2022年12月", "date: 2022年12月"),
    ("2022/12/31", "date: 2022/12/31"),
    ("2022-12-31 00:00:00", "date: 2022-12-31 00:00:00"),
    ("111.12.31", "date: 111.12.31"),
    ("31.12.2022", "date: 31.12.2022"),
    ("2022-12", "date: 2022-12"),
    ("12月31日", "date: 12月31日"),
    ("民國 111", "date: 民國 111"),
    ("111年", "date: 111年"),
    ("近三年", "date: 近三年"),
    ("近百年", "date: 近百年"),
    ("近 5 個月", "date: 近 5 個月"),
    ("6.2 兆元(預測值)", "forecast: 6.2 兆元(預測值)"),
    ("預估將達 6.2 兆元", "forecast: 預估將達 6.2 兆元"),
    ("近 50 家以上", "contradictory: 近 50 家以上"),
    ("不到10多萬人", "contradictory: 不到10多萬人"),
    ("負-5", "contradictory: 負-5"),
    ("新臺幣5億美元", "contradictory: 元, 美元"),
    ("百分之5人", "contradictory: %, 人"),
    ("44.9 dB", "unknown_unit: dB"),
    ("50日圓", "unknown_unit: 日圓"),
    ("4,519 家企業", "unknown_unit: 家企業"),
    ("1.2 個百分點", "unknown_unit: pp"),
    ("5起", "unknown_unit: 起"),
    ("5 best.", "unknown_text: best."),
    ("$5", "unknown_text: $5"),
    ("5兆瓦", "unknown_text: 兆瓦"),
    ("逾兆瓦", "unknown_text: 兆瓦"),
    ("約千分之五", "unknown_text: 分之五"),
    ("6.2 兆元(預算數)", "unknown_text: (預算數)"),
    ("10幾家", "unknown_text: 幾家"),
    ("10來個", "unknown_text: 來個"),
    ("三萬半", "unknown_text: 半"),
    ("5" + "a" * 21, "unknown_text: " + "a" * 21),
    ("5²", "unknown_text: ²"),
    ("5%覆蓋", "unknown_text: %覆蓋"),
    ("- 5", "unknown_text: - 5"),
    ("(123)", "unknown_text: (123)"),
    ("5 (億元)", "unknown_text: (億元)"),
    ("5\x00", "unknown_text: \x00"),
]


@pytest.mark.parametrize(("text", "refusal"), REFUSED, ids=[repr(row[0][:20]) for row in REFUSED])
def test_refusals_say_what_was_understood(text: str, refusal: str) -> None:
    assert refused(text) == refusal


def test_every_reason_is_tried() -> None:
    assert {refusal.split(":")[0] for _, refusal in REFUSED} == set(REASONS)


def test_the_message_is_the_reason_and_what_was_understood() -> None:
    with pytest.raises(QuantityError, match=r"^a range: 88 ~ 90$"):
        read_quantity("88-90%")


def test_without_a_list_of_units_whatever_looks_like_one_is_a_unit() -> None:
    units = [read_quantity(f"5 {unit}").unit for unit in ("m²", "°C", "元/人", "index points", "‰", "公里")]
    assert units == ["m²", "°C", "元/人", "index points", "‰", "公里"]


def test_numbers_are_exact_whatever_the_decimal_context() -> None:
    with decimal.localcontext() as context:
        context.prec = 3
        assert str(read_quantity("12,345,678,901億").number) == "1234567890100000000"
        assert str(read_quantity("1兆2,345億6,789萬").number) == "1234567890000"
        assert str(read_quantity("-123.456789").number) == "-123.456789"
        assert str(read_quantity("8.7654321成").number) == "87.654321"


MARKS = "0123456789,.-+~%() ，。％第年月日成多餘起近逾約點零一二三十百千萬億兆元人次件"
PIECES = st.sampled_from([*MARKS, "預估值", "以上", "US$", "to", "e5"])


@given(st.one_of(st.text(max_size=250), st.lists(PIECES, max_size=30).map("".join)))
def test_any_text_is_read_or_refused(text: str) -> None:
    found = read_or_refusal(text)
    if isinstance(found, Quantity):
        assert found.number.is_finite()
        assert len(found.unit) <= 20
    else:
        assert found.key in REASONS
        assert len(found.understood) <= 40


TO_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
PARTS = st.tuples(
    st.sampled_from(["", "約", "逾 ", "新臺幣", "-"]),
    st.decimals(min_value=0, max_value=10**12, places=2),
    st.sampled_from(["元", "萬元", "億元", ""]),
    st.sampled_from(["", "以上", "(預估值)"]),
)


@given(PARTS)
def test_width_gaps_and_separators_change_nothing(parts: tuple[str, Decimal, str, str]) -> None:
    before, number, unit, after = parts
    plain = read_quantity(f"{before}{number}{unit}{after}")
    assert read_quantity(f"{before}{number}{unit}{after}".translate(TO_FULL_WIDTH)) == plain
    assert read_quantity(f" {before}{number}  {unit} {after}\n") == plain
    assert read_quantity(f"{before}{number:,}{unit}{after}") == plain


@given(st.integers(min_value=1, max_value=10**12 - 1))
def test_digits_and_multipliers_add_up(number: int) -> None:
    hundred_millions, rest = divmod(number, 10**8)
    ten_thousands, ones = divmod(rest, 10**4)
    printed = f"{hundred_millions}億" if hundred_millions else ""
    printed += f"{ten_thousands:,}萬" if ten_thousands else ""
    printed += f"{'零' if printed and ones < 1000 else ''}{ones}" if ones else ""
    assert read_quantity(f"{printed}元").number == number


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("€12 billion", "12", "EUR billion"),
        ("KSh 1.5 trillion", "1.5", "KES trillion"),
        ("Ksh. 90 bn", "90", "KES billion"),
        ("RM 4.2 million", "4.2", "MYR million"),
    ],
)
def test_money_before_the_number(text: str, number: str, unit: str) -> None:
    found = read_quantity(text, known_unit=units.known)
    assert found.number * units.parse(found.unit).scale == Decimal(number) * units.parse(unit).scale
