"""The made-up plan with every kind of target: each figure worked by hand, and every command on it."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from conftest import ROOT, Run

FOLDER = ROOT / "examples" / "tamaria"
NONE = float("nan")

# Indicator: attainment in %, growth required in % a year, pace, status. Six years are left from 2024 to 2030.
BY_HAND = {
    # 9.8 of 12 billion; (9.8/8)^(1/4) by (12/8)^(1/10)
    "export_earnings": (100 * 9.8 / 12, (12 / 9.8) ** (1 / 6), (1.225 ** (1 / 4) - 1) / (1.5**0.1 - 1), "on_track"),
    "income_per_person": (100 * 48 / 70, (70 / 48) ** (1 / 6), (1.2**0.25 - 1) / (1.75**0.1 - 1), "lagging"),
    "green_jobs": (47.5, (80 / 38) ** (1 / 6), (1.9**0.25 - 1) / (4**0.1 - 1), "on_track"),
    # Nine of fifteen years since 2015
    "farm_output": (100 * 123 / 140, (140 / 123) ** (1 / 6), (1.23 ** (1 / 9) - 1) / (1.4 ** (1 / 15) - 1), "on_track"),
    "export_cover": (78, (1 / 0.78) ** (1 / 6), (0.975**0.25 - 1) / (1.25**0.1 - 1), "reversing"),
    # Twice 1.2 million is 2.4 million
    "foreign_visitors": (75, (4 / 3) ** (1 / 6), (1.5 ** (1 / 9) - 1) / (2 ** (1 / 15) - 1), "on_track"),
    # Fiscal years 2020/21 to 2023/24 are 2021 to 2024
    "tax_revenue": (100 * 43 / 60, (60 / 43) ** (1 / 6), (1.075 ** (1 / 3) - 1) / (1.5 ** (1 / 9) - 1), "off_track"),
    # 60 of 56, because less is better; 58, 62, 59, 57 and 56 hold but for the second
    "public_debt": (100 * 60 / 56, 1, (1 - (56 / 58) ** 0.25) / ((60 / 58) ** 0.1 - 1), "on_track"),
    # The nearer bound is 40
    "social_spending": (NONE, (40 / 37) ** (1 / 6), ((37 / 34) ** 0.25 - 1) / ((40 / 34) ** 0.1 - 1), "on_track"),
    "permit_days": (62.5, (30 / 48) ** (1 / 6), (1 - 0.8**0.25) / (1 - 0.5**0.1), "lagging"),
    "integrity_score": (80, 1.25 ** (1 / 6), ((60 / 55) ** 0.25 - 1) / ((75 / 55) ** 0.1 - 1), "lagging"),
    "business_rank": (62.5, (40 / 64) ** (1 / 6), (1 - 0.8**0.25) / (1 - 0.5**0.1), "lagging"),
    # 8,000 less 55 % is 3,600; 34 of 40 years since 1990
    "greenhouse_gases": (
        100 * 36 / 56,
        (36 / 56) ** (1 / 6),
        (1 - 0.7 ** (1 / 34)) / (1 - 0.45 ** (1 / 40)),
        "off_track",
    ),
    # 6,400 GWh are 6.4 TWh
    "renewable_electricity": (64, (10 / 6.4) ** (1 / 6), (1.6**0.25 - 1) / (2.5**0.1 - 1), "on_track"),
    # 360,000 ha are 3,600 km2
    "protected_area": (100 * 36 / 54, 1.5 ** (1 / 6), (1.2**0.25 - 1) / (1.8**0.1 - 1), "lagging"),
    # 450 kg are 0.45 t
    "waste_per_person": (100 * 35 / 45, (35 / 45) ** (1 / 6), (1 - 0.9**0.25) / (1 - 0.7**0.1), "lagging"),
    # A target of 0 has no attainment, and the pace is linear: 6 a year of the 5 needed
    "open_dumps": (NONE, 0, 1.2, "on_track"),
    "child_mortality": (100 * 20 / 30, (2 / 3) ** (1 / 6), (1 - 0.75**0.25) / (1 - 0.5**0.1), "on_track"),
    "tuberculosis": (100 * 10 / 18, (10 / 18) ** (1 / 6), (1 - 0.9**0.25) / (1 - 0.5**0.1), "off_track"),
    # From the printed 70 % of 2010: 14 of 20 years
    "adult_literacy": (
        100 * 82 / 90,
        (90 / 82) ** (1 / 6),
        ((82 / 70) ** (1 / 14) - 1) / ((90 / 70) ** (1 / 20) - 1),
        "lagging",
    ),
    # The quarters of 2024: 17, 16, 16, 15, with a mean of 16; those of 2020: 20
    "youth_unemployment": (75, 0.75 ** (1 / 6), (1 - 0.8**0.25) / (1 - 0.6**0.1), "on_track"),
    # 80 + 100 + 120 + 110 = 410 in four years, 1,000 in ten
    "paved_roads": (41, (1000 / 410) ** (1 / 6), 1.025, "on_track"),
    # 168 minutes are 2.8 hours
    "train_hours": (100 * 3 / 2.8, 1, (1 - (2.8 / 6) ** 0.25) / (1 - 0.5**0.1), "achieved"),
    # 90 since 2023
    "clean_water": (100 * 69 / 90, (90 / 69) ** (1 / 6), (1.15**0.25 - 1) / (1.5**0.1 - 1), "lagging"),
    "schools_online": (100 * 52 / 90, (90 / 52) ** (1 / 6), ((52 / 30) ** 0.25 - 1) / (3**0.1 - 1), "on_track"),
}


def rows(smartkpi: Run, *arguments: object) -> dict[str, dict[str, str]]:
    run = smartkpi("status", "--data", FOLDER, "-f", "csv", "-q", *arguments)
    assert run.code == 0, run.err
    return {row["indicator"]: row for row in csv.DictReader(io.StringIO(run.out))}


def number(cell: str) -> float:
    return float(cell or "nan")


def test_every_figure_is_as_worked_by_hand(smartkpi: Run) -> None:
    names = ("attainment_pct", "required_growth_pct", "pace")
    found = {name: (*(number(row[each]) for each in names), row["status"]) for name, row in rows(smartkpi).items()}
    assert set(found) == set(BY_HAND)
    for name, (attained, factor, pace, status) in BY_HAND.items():
        expected = (attained, 100 * (factor - 1), pace)
        assert found[name] == (*(pytest.approx(each, rel=1e-12, abs=1e-12, nan_ok=True) for each in expected), status)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("public_debt", {"reason": "base_meets_target;kept;lost_before", "evidence": "low"}),
        ("social_spending", {"target": "40", "target_low": "40", "target_high": "45", "gap": "3"}),
        ("greenhouse_gases", {"target": "3600", "base": "8000", "base_year": "1990"}),
        ("foreign_visitors", {"target": "2400000", "base_year": "2015"}),
        ("tax_revenue", {"base_year": "2021", "actual": "430"}),
        ("open_dumps", {"reason": "zero_denominator;linear_pace", "gap": "-26"}),
        ("adult_literacy", {"base": "70", "base_year": "2010", "evidence": "low"}),
        ("paved_roads", {"actual": "410", "base": "0", "base_year": "2020", "gap": "590"}),
        ("schools_online", {"milestone": "55", "milestone_attainment_pct": "94.5454545454545"}),
        ("youth_unemployment", {"base": "20", "actual": "16"}),
        ("protected_area", {"actual": "3600", "unit": "km2"}),
        ("train_hours", {"actual": "2.8"}),
    ],
)
def test_what_is_special_of_a_kind(smartkpi: Run, name: str, expected: dict[str, str]) -> None:
    row = rows(smartkpi)[name]
    assert {each: row[each] for each in expected} == expected


def test_the_target_of_before_2023_judges_what_was_known_then(smartkpi: Run) -> None:
    row = rows(smartkpi, "--year", "2022")["clean_water"]
    assert (row["target"], row["actual"], row["attainment_pct"], row["status"]) == ("80", "64", "80", "on_track")
    # 60 to 64 in two of the ten years in which 60 were to become 80
    assert number(row["pace"]) == pytest.approx(((64 / 60) ** 0.5 - 1) / ((80 / 60) ** 0.1 - 1), rel=1e-12)


WORDS = {
    "en": ["€9.8 billion", "US$4,800/person", "38,000 jobs", "+7,000 jobs", "123 (2015=100)", "0.78",
           "1,800,000 visits", "KES 430 billion", "40 to 45%", "48 days", "-3 days", "60 points", "rank 64",
           "-4 places", "5,600 kt CO2e", "6.4 TWh", "3,600 km2", "0.45 t/person",
           "30‰", "180 per 100,000", "+1.33 pp", "410 km", "2.8 hours"],
    "zh-TW": ["98 億歐元", "4,800 美元/人", "38,000 個工作機會", "123（2015年=100）", "4,300 億肯亞先令", "40 至 45%",
              "48 天", "60 分", "第 64 名", "5,600 千公噸 CO2e", "64 億度", "3,600 平方公里", "0.45 公噸/人", "30‰",
              "每十萬人 180", "+1.33 個百分點", "410 公里", "2.8 小時", "26 處"],
}  # fmt: skip


@pytest.mark.parametrize("lang", ["en", "zh-TW"])
def test_units_are_words_of_each_language(smartkpi: Run, lang: str) -> None:
    out = smartkpi("status", "--data", FOLDER, "--lang", lang).out
    assert [words for words in WORDS[lang] if words not in out] == []
    for command in (
        "list",
        "status",
        "project",
        "check",
        "brief",
        "report",
        "trend farm_output",
        "explain farm_output",
    ):
        shown = smartkpi(*command.split(), "--data", FOLDER, "--lang", lang).out
        assert not re.search(r"index_point|\d (person|count)\b|\bnan\b", shown), command


def test_projections_are_in_the_multiple_that_the_table_shows(smartkpi: Run) -> None:
    english, chinese = (
        smartkpi("status", "--data", FOLDER, "-k", "export_earnings", "--lang", lang).out for lang in ("en", "zh-TW")
    )
    assert "at the observed change €12.5 billion; target €12 billion" in english
    assert "照目前變化量為 125 億歐元；目標 120 億歐元" in chinese


def test_a_changed_target_is_listed_with_its_year(smartkpi: Run) -> None:
    assert "80%, since 2023 90%" in smartkpi("list", "--data", FOLDER).out
    assert "80%，2023 年起 90%" in smartkpi("list", "--data", FOLDER, "--lang", "zh-TW").out


def test_what_is_kept_is_said_without_a_pace(smartkpi: Run) -> None:
    brief = smartkpi("brief", "--data", FOLDER, "-k", "public_debt").out
    assert "By the rule compound it is on track; low evidence: it was lost once before." in brief
    assert "▲ on track*§" in smartkpi("status", "--data", FOLDER, "-k", "public_debt").out


def test_explain_says_which_amounts_are_totals(smartkpi: Run) -> None:
    out = smartkpi("explain", "paved_roads", "--data", FOLDER).out
    assert "c, actual: 410 km (2024)\n      total so far; the year's own amount is given as 110 km" in out


def test_errors_have_examples_of_this_plan(smartkpi: Run, tmp_path: Path) -> None:
    rows = ["export_earning,2025,5,EUR million", "tax_revenue,2025,5,USD million", "green_jobs,2025,many,jobs",
            "farm_output,2025,5,2010=100", "permit_days,25,5,days", "clean_water,2025,120,%"]  # fmt: skip
    (tmp_path / "more.csv").write_text("\n".join(["indicator,year,value,unit", *rows, ""]), encoding="utf-8")
    run = smartkpi("validate", "--data", FOLDER, "-a", tmp_path / "more.csv")
    assert (run.code, len(run.err.splitlines())) == (3, 6)
    assert run.err.isascii()
    assert "such as export_earnings" in run.err


def test_a_summary_per_pillar_is_the_sum_by_hand(smartkpi: Run) -> None:
    """Climate: 40, 20, 20, 10 and 10 weigh four attainments and none of the dumps; nine without a weight: the mean."""
    out = smartkpi("status", "--data", FOLDER, "-f", "csv", "--summarise", "--group", "pillar").out
    found = {row["group"]: row for row in csv.DictReader(io.StringIO(out))}
    attained = {name: min(values[0], 100) for name, values in BY_HAND.items()}
    climate = (
        40 * attained["greenhouse_gases"] + 20 * attained["renewable_electricity"] + 20 * attained["protected_area"]
        + 10 * attained["waste_per_person"]
    ) / 90  # fmt: skip
    assert float(found["climate"]["capped_attainment_pct"]) == pytest.approx(climate, rel=1e-12)
    assert (found["climate"]["series"], found["climate"]["with_attainment"]) == ("5", "4")
    networks = sum(attained[name] for name in ("paved_roads", "train_hours", "clean_water", "schools_online")) / 4
    assert float(found["networks"]["capped_attainment_pct"]) == pytest.approx(networks, rel=1e-12)
    page = smartkpi("report", "--data", FOLDER).out
    assert f"Weighted mean attainment, each capped at 100: {climate:.1f}% (4 of 5)" in page
    assert "9 of 25 indicators have no weight; they count with the mean of the others" in page


def test_the_table_of_the_methods_has_these_figures() -> None:
    text = (ROOT / "docs" / "methods.md").read_text(encoding="utf-8")
    table = text.partition("### A worked example of each")[2].partition("## ")[0]
    for name in ("export_earnings", "permit_days", "greenhouse_gases", "foreign_visitors", "public_debt", "paved_roads",
                 "clean_water", "adult_literacy", "schools_online", "youth_unemployment"):  # fmt: skip
        attained, factor, pace, _ = BY_HAND[name]
        assert f"= {attained:.1f} %".replace(".0 %", " %") in table
        if name != "public_debt":  # it holds, and no pace decides
            assert f"= {100 * (factor - 1):.2f} %" in table
            assert f"= {pace:.2f}:" in table or f"= {pace:g}:" in table


def test_editors_find_the_schema() -> None:
    first, *_ = (FOLDER / "targets.toml").read_text(encoding="utf-8").splitlines()
    place = Path(FOLDER / first.removeprefix("#:schema ")).resolve()
    assert place == ROOT / "docs" / "schemas" / "plan-1.json"
