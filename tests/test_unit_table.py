"""The table of units: every size is pint's, every currency is of ISO 4217, and nothing has two meanings."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from functools import lru_cache
from typing import Any

import pint
import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from smartkpi.quantities import units
from smartkpi.quantities.unit_table import Entry, entries
from smartkpi.quantities.units import convert, parse

ENTRIES = list(entries())
COUNTED = (
    "count",
    "person",
    "full-time equivalent",
    "international dollar",
    "purchasing power standard",
    "person_time",
    "household",
    "ratio",
    "score",
    "rank",
    "index_point",
)
IN_PINT = {
    "%": "percent", "‰": "permille", "fraction": "dimensionless", "oz": "ounce", "台斤": "0.6 * kg", "bbl": "oil_bbl",
    "m2": "m**2", "km2": "km**2", "cm2": "cm**2", "m3": "m**3", "km3": "km**3", "kWp": "kW", "MWp": "MW", "GWp": "GW",
    "bps": "bit/s", "kbps": "kbit/s", "Mbps": "Mbit/s", "Gbps": "Gbit/s", "Tbps": "Tbit/s", "°C": "delta_degC",
    "kt": "kilotonne", "Mt": "megatonne", "Gt": "gigatonne", "B": "byte", "cal": "calorie", "kcal": "kilocalorie",
    "ppb": "1e-9 * dimensionless", "acre": "4840 * yard**2",
}  # fmt: skip
"""Where pint has another name for it, or another meaning of the same: its kt is a knot."""


@lru_cache(maxsize=1)
def registry() -> Any:
    return pint.UnitRegistry(non_int_type=Decimal)


def of_pint(entry: Entry) -> Any:
    return registry()(IN_PINT.get(entry.symbol, entry.symbol)).to_base_units()


@pytest.mark.parametrize(
    "entry",
    [each for each in ENTRIES if each.dimension not in (*COUNTED, "sound level") and "money" not in each.dimension],
    ids=lambda entry: entry.symbol,
)
def test_sizes_are_those_of_pint(entry: Entry) -> None:
    root = next(each for each in ENTRIES if each.dimension == entry.dimension and parse(each.symbol).scale == 1)
    ratio = of_pint(entry) / of_pint(root)
    assert ratio.dimensionless
    assert float(ratio.magnitude) == pytest.approx(float(parse(entry.symbol).scale), rel=1e-15)


@pytest.mark.parametrize("dimension", COUNTED)
def test_what_is_counted_is_one_by_one(dimension: str) -> None:
    assert {each.size for each in ENTRIES if each.dimension == dimension} == {"1"}


def test_currencies_are_those_of_iso_4217() -> None:
    codes = [each.symbol for each in ENTRIES if each.dimension.startswith("money")]
    assert len(codes) == len(set(codes)) == 180
    known = Locale("en").currencies
    assert set(codes) <= set(known)
    current = "AED AUD BRL CAD CHF CNY EUR GBP INR JPY KES KRW MXN NGN NZD SEK TWD USD VND XAF XOF XPF ZAR ZWG"
    assert set(current.split()) <= set(codes)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("€", "EUR"), ("歐元", "EUR"), ("euros", "EUR"), ("£", "GBP"), ("GBP (£)", "GBP"), ("NT$", "TWD"),
        ("日圓", "JPY"),
        ("新臺幣", "TWD"), ("US$", "USD"), ("美元", "USD"), ("Kenyan shillings", "KES"), ("KSh", "KES"), ("₹", "INR"),
    ],
)  # fmt: skip
def test_names_of_currencies(text: str, code: str) -> None:
    assert parse(text).dimension == f"money, {code}"


def test_no_name_has_two_meanings() -> None:
    meanings: dict[str, set[tuple[str, Decimal]]] = defaultdict(set)
    for entry in ENTRIES:
        unit = parse(entry.symbol)
        for name in (entry.symbol, *entry.words):
            meanings[name].add((unit.dimension, unit.scale))
    assert {name: found for name, found in meanings.items() if len(found) > 1} == {}


def test_every_unit_has_names_in_both_languages() -> None:
    without = [each.symbol for each in ENTRIES if not all(word.alone for word in parse(each.symbol).words)]
    assert without == []


SAME = defaultdict(list)
for each in ENTRIES:
    SAME[each.dimension].append(each.symbol)
PAIRS = [
    *[(one, other) for symbols in SAME.values() for one in symbols for other in symbols],
    *[
        ("km/h", "m/s"),
        ("L/person/day", "m3/person/year"),
        ("kWh/m2", "GJ/ha"),
        ("億元", "兆元"),
        ("t CO2e", "Mt CO2e"),
    ],
    *[("per 1,000", "per 100,000"), ("per million", "每十萬人"), ("件/萬人", "件/人"), ("person-km", "百萬人·公里")],
]


@given(st.decimals(-(10**9), 10**9, places=6, allow_nan=False), st.sampled_from(PAIRS))
def test_there_and_back_is_the_same_double(number: Decimal, pair: tuple[str, str]) -> None:
    one, other = map(parse, pair)
    if one.dimension == other.dimension:
        there = convert(number, one, other)
        assert convert(Decimal(repr(there)), other, one) == float(number)
        assert units.convert_array(_array(float(number)), one, other).tolist() == [there]


def _array(number: float) -> Any:
    import numpy as np

    return np.array([number])
