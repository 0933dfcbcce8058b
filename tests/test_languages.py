"""Units, statuses and headers in the languages of other offices, and what must not be taken for them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from conftest import plan_text

import smartkpi as library
from smartkpi.model.reading import ReadingOptions
from smartkpi.quantities import units
from smartkpi.quantities.statuses import read_status
from smartkpi.quantities.unit_translation import in_english
from smartkpi.readers import actuals
from smartkpi.readers.actuals import Reading
from smartkpi.readers.named_files import NamedFile

INDICATORS: Mapping[str, Mapping[str, Any]] = {
    "jobs": {"unit": "%", "target": 80, "title": {"en": "Employment rate", "zh-TW": "就業率"}},
    "gdp": {"unit": "EUR", "target": 9e15},
    "people": {"unit": "person", "target": 5000},
    "money": {"unit": "億元", "target": 900},
    "power": {"unit": "GWh", "target": 900},
}


def read(folder: Path, text: str, **options: Any) -> Reading:
    (folder / "targets.toml").write_text(plan_text(INDICATORS), encoding="utf-8")
    (folder / "all.csv").write_text(text, encoding="utf-8")
    plan = library.read_plan(folder / "targets.toml")
    return actuals.read([NamedFile(folder / "all.csv", "all.csv")], plan, ReadingOptions(**options))


def values(folder: Path, text: str) -> list[tuple[float | None, str]]:
    found = read(folder, text)
    assert not found.faults, [fault.message() for fault in found.faults]
    return [(each.value, each.obs_status) for each in found.observations.records()]


@pytest.mark.parametrize(
    ("unit", "same"),
    [
        ("Prozent", "%"), ("v. H.", "%"), ("pour cent", "%"), ("pourcentage", "%"), ("por ciento", "%"),
        ("por cento", "%"), ("procent", "%"), ("％", "%"), ("パーセント", "%"), ("en %", "%"), ("% du PIB", "%"),
        ("Prozent des BIP", "%"), ("Promille", "‰"), ("Mio. EUR", "million EUR"), ("Mrd. €", "billion EUR"),
        ("Mrd EUR", "billion EUR"), ("Mill. EUR", "million EUR"), ("Tsd. EUR", "thousand EUR"), ("Md€", "billion EUR"),
        ("1.000 €", "thousand EUR"), ("millions d'euros", "million EUR"), ("milliers d’euros", "thousand EUR"),
        ("en millions d'euros", "million EUR"), ("in Millionen Euro", "million EUR"), ("mln euro", "million EUR"),
        ("mil millones de euros", "billion EUR"), ("miles de euros", "thousand EUR"),
        ("milhões de euros", "million EUR"),
        ("miljoen euro", "million EUR"), ("Billionen EUR", "trillion EUR"), ("Personen", "person"),
        ("Tsd. Personen", "thousand persons"), ("milliers de personnes", "thousand persons"),
        ("miles de personas", "thousand persons"), ("pessoas", "person"), ("Einwohner", "person"), ("万人", "萬人"),
        ("亿元", "億元"), ("百万円", "million JPY"), ("世帯", "household"), ("nombre de ménages", "household"),
        ("Anzahl", "count"), ("Punkte", "score"), ("puntos", "score"), ("Jahre", "year"), ("Tage", "day"),
        ("Mio. t CO2-Äquivalente", "Mt CO2e"), ("millions de tonnes équivalent CO2", "Mt CO2e"),
        ("je 100 000 Einwohner", "per 100,000"), ("pour 100 000 habitants", "per 100,000"),
        ("por 100.000 habitantes", "per 100,000"), ("EUR je Einwohner", "EUR per person"),
        ("habitants par km²", "person/km2"), ("Mio. kWh", "GWh"), ("indice base 100 en 2015", "2015=100"),
    ],
)  # fmt: skip
def test_a_unit_in_another_language(unit: str, same: str) -> None:
    found, expected = units.parse(unit), units.parse(same)
    assert (found.dimension, found.scale) == (expected.dimension, expected.scale)
    assert found.text == units.normalised(unit)


@pytest.mark.parametrize("unit", ["percentage points of GDP per Kopf", "je", "Mio", "million", "von", "EUR je", "mil"])
def test_what_is_no_unit_stays_none_and_is_translated_once(unit: str) -> None:
    english = in_english(unit)
    assert in_english(english) == english


@pytest.mark.parametrize(
    ("unit", "near"), [("Prozentsatz", ""), ("conut", "count"), ("persn", "person"), ("zebra", "")]
)
def test_only_what_is_near_is_suggested(unit: str, near: str) -> None:
    # Where nothing is near, units of several kinds are named.
    assert units.nearest(unit) == (near or "%, count, person, USD, t, km, h")


@pytest.mark.parametrize("unit", ["Prozentpunkte", "points de pourcentage", "puntos porcentuales", "％ポイント"])
def test_differences_of_percentages_are_no_level(unit: str) -> None:
    with pytest.raises(units.UnitError, match="unit_of_changes"):
        units.parse(unit)


@pytest.mark.parametrize(
    ("cell", "unit", "number"),
    [
        ("gdp,2022,1.2 bn", "EUR", 1.2e9), ("gdp,2022,1.2bn", "EUR", 1.2e9), ("gdp,2022,13 mn", "EUR", 13e6),
        ("gdp,2022,13m", "EUR", 13e6), ("gdp,2022,13 M", "EUR", 13e6), ("gdp,2022,1.2k", "EUR", 1200),
        ("gdp,2022,3 Mio.", "EUR", 3e6), ("gdp,2022,3 Mrd", "EUR", 3e9), ("gdp,2022,€1.2bn", "", 1.2e9),
        ("gdp,2022,4.2 Mrd. €", "", 4.2e9), ("gdp,2022,20 Milliarden Euro", "", 20e9),
        ("people,2022,1.2m", "person", 1.2e6), ("people,2022,5K", "person", 5000),
        ("people,2022,3 Tsd. Personen", "", 3000), ("money,2022,12億", "元", 12), ("jobs,2022,73 Prozent", "", 73),
    ],
)  # fmt: skip
def test_a_multiple_behind_the_number(tmp_path: Path, cell: str, unit: str, number: float) -> None:
    assert values(tmp_path, f"indicator,year,value,unit\n{cell},{unit}\n") == [(number, "A")]


@pytest.mark.parametrize(
    ("cell", "unit", "key"),
    [
        ("gdp,2022,14b", "EUR", "mark_or_unit"),  # billions, or a break
        ("gdp,2022,1.2m", "million EUR", "two_multipliers"),
        ("gdp,2022,1.2 bn", "Mrd. EUR", "two_multipliers"),
        ("power,2022,1.2m", "GWh", "two_units"),
        ("power,2022,1.2k", "GWh", "unknown_unit"),
        ("gdp,2022,1.2bn", "", "no_unit"),
    ],
)
def test_a_multiple_that_may_be_something_else(tmp_path: Path, cell: str, unit: str, key: str) -> None:
    assert [fault.key for fault in read(tmp_path, f"indicator,year,value,unit\n{cell},{unit}\n").faults] == [key]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("vorläufig", "P"), ("Vorläufiger Wert", "P"), ("geschätzt", "E"), ("Bruch in der Zeitreihe", "B"),
        ("endgültig", "A"), ("provisoire", "P"), ("estimé", "E"), ("rupture de série", "B"), ("définitif", "A"),
        ("provisional", "P"), ("estimado", "E"), ("ruptura de serie", "B"), ("provisório", "P"), ("voorlopig", "P"),
        ("geschat", "E"), ("速報値", "P"), ("推計", "E"), ("确定", "A"), ("暂定", "P"), ("初估", "E"), ("(p)", "P"),
        ("[e]", "E"), ("est.", "E"), ("Prognose", "F"),
    ],
)  # fmt: skip
def test_a_status_in_words(words: str, code: str) -> None:
    said = read_status(words)
    assert said is not None
    assert said.code == code


NOTES = "indicator,year,value,unit,{header}\njobs,2021,70.1,%,{first}\njobs,2022,70.4,%,{second}\n"


@pytest.mark.parametrize(
    "header", ["Note", "備註", "註", "Anmerkung", "Bemerkung", "Remarque", "Symbol", "Statut", "Nature", "Zeichen"]
)
def test_a_column_of_statuses_under_another_name(tmp_path: Path, header: str) -> None:
    text = NOTES.format(header=header, first="provisional", second="預估")
    assert values(tmp_path, text) == [(70.1, "P"), (70.4, "E")]


@pytest.mark.parametrize(
    ("first", "second", "codes"),
    [
        ("p", "", "PA"), ("p", "b", "PB"), ("(e)", "r", "EA"), ("P", "A", "PA"),
        ("a", "b", "AA"), ("a, b", "", "AA"),  # footnotes
        ("p", "see page 5", "AA"), ("us", "they", "AA"),
        ("預估", "依主計總處資料", "EA"),  # a word is one whatever the others say
    ],
)  # fmt: skip
def test_notes_that_are_marks(tmp_path: Path, first: str, second: str, codes: str) -> None:
    found = read(tmp_path, NOTES.format(header="Note", first=f'"{first}"', second=second))
    rows = list(found.observations.records())
    assert "".join(row.obs_status for row in rows) == codes
    assert [row.note for row in rows] == [first, second]


def test_letters_of_origin_are_no_statuses(tmp_path: Path) -> None:
    """The UN's Nature has C for data of a country and E for estimates of an agency."""
    found = read(tmp_path, NOTES.format(header="Nature", first="C", second="E"))
    assert [row.obs_status for row in found.observations.records()] == ["A", "A"]
    assert [(fault.key, fault.details) for fault in found.remarks] == [("columns_left_out", {"names": "Nature"})]


def test_large_files_have_the_same_marks(tmp_path: Path) -> None:
    text = NOTES.format(header="Note", first="p", second="")
    (tmp_path / "all.csv").write_text(text, encoding="utf-8")
    (tmp_path / "targets.toml").write_text(plan_text(INDICATORS), encoding="utf-8")
    named = [NamedFile(tmp_path / "all.csv", "all.csv")]
    found = actuals.read(named, library.read_plan(tmp_path / "targets.toml"), large=True)
    assert [row.obs_status for row in found.observations.records()] == ["P", "A"]


@pytest.mark.parametrize(
    "text",
    [
        "Indikator;Jahr;Wert;Einheit;Status\njobs;2021;70,1;Prozent;vorläufig\n",
        "Indicateur;Année;Valeur;Unité;Statut\njobs;2021;70,1;pour cent;provisoire\n",
        "Indicador;Año;Valor;Unidad;Estado\njobs;2021;70,1;por ciento;provisional\n",
        "Indicador;Ano;Valor;Unidade;Observação\njobs;2021;70,1;por cento;provisório\n",
        "Indicator;Jaar;Waarde;Eenheid;Opmerking\njobs;2021;70,1;procent;voorlopig\n",
        "指標名,年次,値,単位,備考\n就業率,2021,70.1,パーセント,速報値\n",
        "指标,年份,数值,单位,备注\njobs,2021,70.1,百分比,暂定\n",
    ],
)
def test_headers_in_other_languages(tmp_path: Path, text: str) -> None:
    assert values(tmp_path, text) == [(70.1, "P")]


@pytest.mark.parametrize(
    "rate",
    ["達成率%", "達成率（%）", "達成率(％)", "達標率", "Attainment %", "Attainment (%)", "% achieved", "% of target",
     "Attainment in %", "Zielerreichung %", "Taux de réalisation (%)"],
)  # fmt: skip
@pytest.mark.parametrize("shape", ["tidy", "wide", "two rows"])
def test_an_attainment_in_percent(tmp_path: Path, rate: str, shape: str) -> None:
    found = read(
        tmp_path,
        {
            "tidy": f"指標,單位,年度,目標,實績,{rate}\n就業率,%,2030,80,72,90\n",
            "wide": f"指標,單位,2030目標,2030實績,2030{rate}\n就業率,%,80,72,91\n",
            "two rows": f"指標,單位,2030,,\n,,目標,實績,{rate}\n就業率,%,80,72,91\n",
        }[shape],
    )
    assert not found.faults
    assert [row.value for row in found.observations.records()] == [72]
    # 90 % is right, and 91 % is not: the remark names its line, in a workbook its cell.
    wrong = [fault.key for fault in found.remarks if fault.key == "attainment_differs"]
    assert wrong == ([] if shape == "tidy" else ["attainment_differs"])
