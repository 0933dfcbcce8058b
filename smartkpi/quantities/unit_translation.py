"""Units in other languages, word by word in English: `Mio. EUR`, `milliers de personnes`, `je 100 000 Einwohner`.

What comes out is looked up like any other text, and only where what was written is not a unit itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from smartkpi.text import pattern

_WORDS = """\
percent | v. h., v.h., pour cent, pour-cent, por ciento, por cento, per cento, パーセント
percent | prozent, proz., pourcent, pourcentage, porcentaje, porcentagem, percentagem, procent, percentuale
per mille | promille, pour mille, por mil
percentage points | points de pourcentage, puntos porcentuales, pontos percentuais, punti percentuali, prozentpunkte
percentage points | prozentpunkt, procentpunten, procentpunt, パーセントポイント, ％ポイント, %ポイント
thousand | tsd., tsd, tausend, milliers, millier, miles, milhares, milhar, mil, duizend, duizenden, migliaia, mille
million | mio., mio, mill., mill, millionen, million(en), millones, millón, milhões, milhão, mln., mln, miljoen, milioni
million | mios, mios., miljoenen, milione
billion | mil millones, miles de millones, mil milhões, mrd., mrd, mia., mia, milliarden, milliarde, milliards, milliard
billion | mds, md, bilhões, bilhão, mld., mld, miljard, miljarden, miliardi, miliardo
trillion | bio., billionen, billones, trilhões, trilhão, biliões, 萬億
persons | personen, person(en), einwohner, einwohnerinnen und einwohner, einwohnern, einw., köpfe, kopf, personnes
persons | personne, habitants, habitant, hab., personas, habitantes, habitante, pessoas, pessoa, inwoners, inwoner
persons | persone, persona, abitanti
live births | lebendgeborene, lebendgeborenen, lebendgeburten, naissances vivantes, nacidos vivos, nascidos vivos
workers | beschäftigte, erwerbstätige, employés, salariés, empleados, empregados, werknemers, trabajadores
students | schüler, studierende, élèves, étudiants, estudiantes, alumnos, alunos, leerlingen, studenten
dwellings | 戸
households | haushalte, haushalt, ménages, ménage, hogares, hogar, domicílios, huishoudens, 世帯
number | anzahl, stück, stk., stk, nombre, número, numero, aantal, quantidade, cantidad, zahl, unités, unité
number | unidades, unidad, unidade, einheiten, eenheden
cases | fälle, cas, casos, gevallen
companies | unternehmen, betriebe, entreprises, empresas, bedrijven
dwellings | wohnungen, wohnung, logements, viviendas, woningen
vehicles | fahrzeuge, véhicules, vehículos, veículos, voertuigen
score | ポイント, punkte, punkt, puntos, pontos, punten, punti
index points | indexpunkte, indexpunkt
index | indice, índice, indexwert
rank | rang, platz, rangplatz, puesto, posición, posição
years | jahre, jahr, jahren, ans, an, années, année, años, año, anos, ano, jaar, jaren, anni
months | monate, monat, mois, meses, mes, mês, maanden
weeks | wochen, semaines, semanas, weken
days | tage, tag, jours, jour, días, día, dias, dia, dagen
hours | stunden, stunde, std., heures, heure, horas, hora, uren, uur
minutes | minuten, minutos
tonnes | tonnen, toneladas, tonelada, tonnellate, トン, 吨
kilotonnes | kilotonnen
kilograms | kilogramm, kilogrammes, kilogramos, quilogramas
kilometres | kilometer, kilomètres, kilómetros, quilómetros, quilômetros
km2 | quadratkilometer, kilomètres carrés, kilómetros cuadrados, qkm
m2 | quadratmeter, mètres carrés, metros cuadrados, qm
m3 | kubikmeter, mètres cubes, metros cúbicos, cbm
hectares | hektar, hectáreas, hectaren, ヘクタール
litres | liter, litros
kilowatt hours | kilowattstunden, kilowattheures
megawatt hours | megawattstunden, mégawattheures
gigawatt hours | gigawattstunden, gigawattheures
terawatt hours | terawattstunden, térawattheures
US dollars | us-dollar, us dollar, dollars américains, dólares estadounidenses
Swiss francs | schweizer franken, francs suisses, franken
pounds sterling | pfund sterling, livres sterling, libras esterlinas
Japanese yen | yens, 円
CO2e | co2-äquivalente, co2-äquivalent, co2-äquivalenten, co2-äq., co2-äq, équivalents co2, équivalent co2, éq. co2
CO2e | eq. co2, éq co2, co2 equivalente, co2 換算, co2換算
per | je, pro, par, pour, por cada, por
of | der, des, du, de la, de los, de las, de, del, do, da, dos, das, van, en
"""
"""English | German, French, Spanish, Portuguese, Dutch, Italian, Japanese, and Chinese as on the mainland."""
_ELISION = pattern(r"\b[dl]'", re.IGNORECASE)
_BEFORE = pattern(r"\A(?:en|em|in|im) ", re.IGNORECASE)
_GROUPS = pattern(r"(?<=\d)[. ](?=\d{3}(?!\d))")
_COUNTED = pattern(r"number (?!of\b)(?=\w)")
_HAN = str.maketrans("万亿户", "萬億戶")
_LETTER = "[A-Za-zÀ-ɏ]"
_BASE = pattern(r"(?:index )?base (?:100 )?(?:of )?(\d{4})(?: ?= ?100)?")
_MULTIPLES = frozenset(("thousand", "million", "billion", "trillion"))


def _table() -> Mapping[str, str]:
    table: dict[str, str] = {}
    for line in _WORDS.splitlines():
        english, _, words = line.partition(" | ")
        table.update(dict.fromkeys(words.split(", "), english))
    return table


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of words that are no part of longer ones; Chinese and Japanese have no spaces between them."""
    ends: dict[tuple[bool, bool], list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        ends.setdefault((_is_letter(word[0]), _is_letter(word[-1])), []).append(re.escape(word))
    # One look to each side for all words alike: a pattern of them takes long to make.
    alike = [
        (rf"(?<!{_LETTER})" if before else "") + f"(?:{'|'.join(each)})" + (rf"(?!{_LETTER})" if after else "")
        for (before, after), each in sorted(ends.items())
    ]
    return pattern("|".join(alike), re.IGNORECASE)


def _is_letter(character: str) -> bool:
    return re.match(_LETTER, character) is not None


_ENGLISH: Final = _table()
_PATTERN = _pattern(_ENGLISH)


def in_english(text: str) -> str:
    """Return a unit with the words of other languages in English; the same text where it has none.

    Examples
    --------
    >>> in_english("Mio. EUR"), in_english("milliers de personnes"), in_english("je 100 000 Einwohner")
    ('million EUR', 'thousand of persons', 'per 100,000 persons')
    """
    plain = _GROUPS.sub(",", _ELISION.sub("of ", _BEFORE.sub("", text.translate(_HAN), count=1)))
    english = " ".join(_PATTERN.sub(lambda found: f" {_ENGLISH[found[0].lower()]} ", plain).split())
    if english in _MULTIPLES:
        return f"{english}s"
    return _BASE.sub(r"\1=100", _COUNTED.sub("number of ", english))
