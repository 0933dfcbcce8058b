"""The shipped data: complete, each number with its source, and each number of the report found in the report.

The report itself is not shipped. `SMARTKPI_REPORT=<its text, or a folder with that one .txt file> pytest
tests/test_data.py` looks every quote up in it; without the variable the quotes are only held against the data.
"""

from __future__ import annotations

import csv
import datetime
import os
import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import tomli

DATA = Path(__file__).parents[1] / "data"
PLAN: dict[str, Any] = tomli.loads((DATA / "targets.toml").read_text(encoding="utf-8"), parse_float=Decimal)
INDICATORS: dict[str, dict[str, Any]] = PLAN["indicators"]
HEADLINE = [name for name, indicator in INDICATORS.items() if indicator["level"] == "headline"]
FILES = {int(path.stem): path for path in sorted((DATA / "actuals").glob("*.csv"))}
HEADER = ["indicator", "year", "value", "unit", "obs_status", "source", "locator", "note", "bound", "note_zh"]
REPORT = "report-2022"
# Observations that are not plain measurements of the indicator; every other one is A.
NOT_NORMAL = {
    ("digital_lifestyle_services_rate", "2016"): "U",
    ("digital_economy_size", "2022"): "E",
    ("digital_service_economy_size", "2022"): "E",
    ("campus_5g_sites", "2022"): "D",
}
# Values that the report does not print: the start of a count, and one alliance that it names.
DERIVED = {("cybersecurity_faculty", "2020"): "0", ("campus_5g_alliances", "2022"): "1"}


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of one file of actuals; a row longer or shorter than the header is an error."""
    with path.open(encoding="utf-8", newline="") as lines:
        header, *rows = csv.reader(lines, strict=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


OBSERVATIONS = {(row["indicator"], row["year"]): row for path in FILES.values() for row in rows_of(path)}


# --- structure ----------------------------------------------------------------------------------


def test_six_headline_indicators_then_eight_sector_kpis() -> None:
    assert [indicator["level"] for indicator in INDICATORS.values()] == ["headline"] * 6 + ["sector"] * 8


def test_pillars_sources_and_indicators_are_declared_and_used() -> None:
    assert set(PLAN["pillars"]) == {indicator["pillar"] for indicator in INDICATORS.values()}
    assert set(PLAN["sources"]) == {entry["source"] for entry in [*INDICATORS.values(), *OBSERVATIONS.values()]}
    assert set(INDICATORS) == {indicator for indicator, _ in OBSERVATIONS}


def test_every_title_is_in_both_languages() -> None:
    for entry in [PLAN["plan"], *PLAN["pillars"].values(), *INDICATORS.values()]:
        assert set(entry["title"]) == {"en", "zh-TW"}
        assert all(title.strip() for title in entry["title"].values())


@pytest.mark.parametrize("source", PLAN["sources"].values(), ids=PLAN["sources"])
def test_source_says_who_published_it_and_when(source: dict[str, Any]) -> None:
    assert source["title"]
    assert source["publisher"].strip()
    assert isinstance(source["published"], datetime.date)


@pytest.mark.parametrize("indicator", INDICATORS.values(), ids=INDICATORS)
def test_indicator_is_documented(indicator: dict[str, Any]) -> None:
    assert indicator["source"] in PLAN["sources"]
    assert indicator["direction"] == "increase"
    assert indicator["unit"].strip()
    for key in ("locator", "definition", "note"):
        assert set(indicator[key]) == {"en", "zh-TW"}
        assert all(text.strip() for text in indicator[key].values()), key


@pytest.mark.parametrize(("year", "path"), FILES.items(), ids=[path.name for path in FILES.values()])
def test_file_of_actuals_holds_its_year_in_the_order_of_the_plan(year: int, path: Path) -> None:
    rows = rows_of(path)
    places = [list(INDICATORS).index(row["indicator"]) for row in rows]
    assert list(rows[0]) == HEADER
    assert {row["year"] for row in rows} == {str(year)}
    assert places == sorted(set(places))


@pytest.mark.parametrize("key", OBSERVATIONS, ids="-".join)
def test_observation_has_unit_status_source_and_locator(key: tuple[str, str]) -> None:
    row = OBSERVATIONS[key]
    assert row["unit"] == INDICATORS[row["indicator"]]["unit"]
    assert row["obs_status"] == NOT_NORMAL.get(key, "A")
    assert row["source"] in PLAN["sources"]
    assert row["locator"].strip()
    assert row["note"].strip() or row["obs_status"] == "A"
    assert bool(row["note_zh"]) == bool(row["note"]), "a note has both languages"
    assert row["note_zh"].isascii() == (not row["note_zh"])


@pytest.mark.parametrize("name", INDICATORS)
def test_people_see_as_many_decimals_as_the_sources_print(name: str) -> None:
    numbers = [Decimal(row["value"]) for (indicator, _), row in OBSERVATIONS.items() if indicator == name]
    numbers.append(Decimal(INDICATORS[name]["target"]))
    most = max(-int(number.as_tuple().exponent) for number in numbers)
    # Without `decimals` each figure has its own: 2.24 and 2.4 are not printed as 2.24 and 2.40.
    assert INDICATORS[name].get("decimals", most) == most
    assert ("decimals" in INDICATORS[name]) == (most < 2)


# --- against the report -------------------------------------------------------------------------


def squeeze(text: str) -> str:
    """Text without white space, which the report sets now so, now so, around numbers."""
    return "".join(text.split())


@dataclass(frozen=True)
class Printed:
    """Where the report prints a number of the data."""

    indicator: str
    # "target", or the year of an observation.
    what: str
    # Words of the report, «number unit» marked (the number is their sum); … leaves out up to 50 characters.
    quote: str
    # Words of the report, elsewhere, that give the year where the quote has none.
    dated_by: str = ""
    # The unit as printed, where it is not the unit of the data.
    counted_in: str = ""
    # The report names a year so many years before the year of the data.
    years_before: int = 0

    def __str__(self) -> str:
        return f"{self.indicator}-{self.what}"

    def marked(self) -> list[tuple[Decimal, str]]:
        """The marked numbers with their units."""
        return [(Decimal(number), unit) for number, unit in re.findall(r"«([\d.]+)([^»]+)»", squeeze(self.quote))]

    def year(self) -> int:
        """The last year named before the last marked number."""
        return int(re.findall(r"(20\d\d)年", squeeze(self.dated_by + self.quote).rpartition("«")[0])[-1])

    def stands_in(self, report: str) -> bool:
        """Whether the report, without white space, has these words."""
        parts = re.sub("[«»]", "", squeeze(self.quote)).split("…")
        return squeeze(self.dated_by) in report and bool(re.search(".{0,50}?".join(map(re.escape, parts)), report))


INNOVATION = "一、2022年數位創新整體推動效益"
TITLE = "2022年階段成果報告"
FACULTY = "2021 年共計通過 13 校、«42 名»資安師資員額"
PRINTED = [
    Printed("digital_economy_size", "2021", "數位經濟規模於 2021 年達«5.7 兆元»"),
    Printed("digital_economy_size", "2022", "數位經濟規模於…，2022 年預估將達«6.2 兆元»"),
    Printed("digital_economy_size", "target", "數位經濟規模於…，穩定邁向 2025 年達到«6.5 兆元»之目標"),
    Printed("digital_service_economy_size", "2021", "數位服務經濟規模於 2021 年已達«2.24 兆元»"),
    Printed("digital_service_economy_size", "2022", "數位服務經濟規模於…，2022 年預估達«2.4 兆元»"),
    Printed("digital_service_economy_size", "target", "數位服務經濟規模於…，持續朝 2025 年達到«2.9 兆元»之目標"),
    Printed("digital_lifestyle_services_rate", "2022", "2022 年我國「數位生活服務使用普及率」已達«74.1%»"),
    Printed("digital_lifestyle_services_rate", "target", "2025 年達成數位生活服務使用普及率達«80%»"),
    Printed("personal_digital_competitiveness_share", "2022", "2022 年「民眾具備個人數位競爭力之人口占比」為«47.7%»"),
    Printed("personal_digital_competitiveness_share", "target", "個人數位競爭力之人口占比」…邁向 2025 年«60%»之目標"),
    Printed("broadband_2gbps_coverage", "2022", "截至2022年底，2Gbps 等級非偏鄉家戶涵蓋率已達«58.6%»"),
    Printed("broadband_2gbps_coverage", "target", "2Gbps 等級非偏鄉家戶涵蓋率…目標至2025年提升至«90%»"),
    Printed("mobile_5g_population_coverage", "2022", "截至2022年底，我國5G 網路非偏鄉電波人口涵蓋率已達«96.37%»"),
    Printed("mobile_5g_population_coverage", "target", "非偏鄉電波人口涵蓋率…提前達成2025年達«85%»之目標"),
    Printed("smart_service_adoption", "2022", "2022年…智慧服務民眾使用普及率之平均值已超過«48.2%»"),
    Printed("smart_service_adoption", "target", "至 2025 年新興科技應用之智慧服務民眾使用普及率達«60%»"),
    Printed("commercialised_digital_platforms", "2022", "開發商轉«3個»具產業影響力的數位平臺", INNOVATION),
    Printed("commercialised_digital_platforms", "target", "至2024年至少開發商轉«6個»具產業影響力的數位平臺"),
    Printed("sme_new_revenue", "2022", "帶動所涉領域近二萬家中小企業新增營收累計達«143億元»", INNOVATION),
    Printed("sme_new_revenue", "target", "至2024年…帶動所涉領域中小企業新增營收累計達«20億元»"),
    Printed("telemedicine_clinics", "2022", "至 2022 年 12 月止原鄉離島衛生所…遠距醫療專科門診累計共«36 處»"),
    Printed("telemedicine_clinics", "target", "遠距醫療專科門診服務 2021 至 2024 年…分年擴大佈建(依需求計«41 處»)"),
    Printed("cybersecurity_faculty", "2021", FACULTY),
    Printed("cybersecurity_faculty", "2022", FACULTY + "；2022 年核定 9 校、«22 名»資安師資員額"),
    Printed("cybersecurity_faculty", "target", "以四年為一期…資安師資，總計«80 名»", "2021 年共計通過", years_before=3),
    Printed("cybersecurity_faculty_yearly", "2021", FACULTY),
    Printed("cybersecurity_faculty_yearly", "2022", "2022 年核定 9 校、«22 名»資安師資員額"),
    Printed(
        "cybersecurity_faculty_yearly",
        "target",
        "以四年為一期，預計每年聘任«20 名»資安師資",
        "2021 年共計通過",
        years_before=3,
    ),
    Printed("campus_5g_sites", "2022", "等«3 校»建置 5G 校園實驗網示範場域", TITLE, counted_in="校"),
    Printed("campus_5g_sites", "target", "2025 年達成建立«10 個»5G 校園應用實作場域"),
    Printed("campus_5g_alliances", "target", "2025 年達成…並成立至少«1 個»5G 跨校教學聯盟"),
]


def number_and_year(printed: Printed) -> tuple[Decimal, int]:
    """What the data carry for a quote."""
    if printed.what == "target":
        indicator = INDICATORS[printed.indicator]
        return Decimal(indicator["target"]), indicator["target_year"]
    row = OBSERVATIONS[printed.indicator, printed.what]
    return Decimal(row["value"]), int(row["year"])


@pytest.fixture(scope="module")
def report() -> str:
    """Text of the report without white space, from SMARTKPI_REPORT."""
    place = os.environ.get("SMARTKPI_REPORT")
    if not place:
        pytest.skip("SMARTKPI_REPORT names no text of the report")
    (path,) = Path(place).glob("*.txt") if Path(place).is_dir() else [Path(place)]
    return squeeze(path.read_text(encoding="utf-8-sig"))


def test_every_number_of_the_report_has_one_quote() -> None:
    targets = [(name, "target") for name, indicator in INDICATORS.items() if indicator["source"] == REPORT]
    values = [key for key, row in OBSERVATIONS.items() if row["source"] == REPORT and key not in DERIVED]
    assert Counter((printed.indicator, printed.what) for printed in PRINTED) == Counter(targets + values)


def test_values_that_are_not_printed_are_few() -> None:
    assert {key: OBSERVATIONS[key]["value"] for key in DERIVED} == DERIVED


def test_the_report_names_one_alliance_with_four_centres(report: str) -> None:
    assert "補助設立全國性5G行動寬頻跨校教學聯盟" in report
    assert "推動4個跨校教學聯盟中心" in report


def test_what_is_more_than_a_number_is_a_lower_bound() -> None:
    bounds = {key[0]: row["bound"] for key, row in OBSERVATIONS.items() if row["bound"]}
    assert bounds == {"smart_service_adoption": "lower"}


@pytest.mark.parametrize("printed", PRINTED, ids=str)
def test_data_carry_number_unit_and_year_of_the_quote(printed: Printed) -> None:
    number, year = number_and_year(printed)
    unit = printed.counted_in or INDICATORS[printed.indicator]["unit"]
    assert sum(term for term, _ in printed.marked()) == number
    assert {printed_unit for _, printed_unit in printed.marked()} == {unit}
    assert printed.year() + printed.years_before == year


@pytest.mark.parametrize("printed", PRINTED, ids=str)
def test_quote_stands_in_the_report(printed: Printed, report: str) -> None:
    assert printed.stands_in(report)


@pytest.mark.parametrize("name", HEADLINE)
def test_table_of_the_report_has_title_target_and_value_in_one_row(name: str, report: str) -> None:
    indicator = INDICATORS[name]
    title, unit = squeeze(indicator["title"]["zh-TW"]).partition("（")[0], indicator["unit"]
    figures = f"{indicator['target']}{unit}{OBSERVATIONS[name, '2022']['value']}{unit}"
    assert re.search(rf"{re.escape(title)}\^\[\d\]{re.escape(figures)}", report)


def test_report_prints_the_attainment_of_cybersecurity_faculty_itself(report: str) -> None:
    approved, target = OBSERVATIONS["cybersecurity_faculty", "2022"], INDICATORS["cybersecurity_faculty"]["target"]
    assert f"22名資安師資員額，達成率為{100 * Decimal(approved['value']) / target:.0f}%" in report
