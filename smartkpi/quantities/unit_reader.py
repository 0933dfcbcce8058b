"""A text -> the unit that it names, by the table of units and the plan's own. Text is looked up, never evaluated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Context, Decimal
from functools import lru_cache
from typing import NamedTuple

from smartkpi.model import OwnUnit
from smartkpi.quantities import unit_wording
from smartkpi.quantities.unit_table import Entry, entries
from smartkpi.quantities.unit_wording import Wording, Wordings
from smartkpi.text import HALF_WIDTH, pattern

EXACT = Context(prec=60)
LONGEST = 80
_FACTORS = 4
"""Units in a product or quotient at most: ``kg/person/day`` has three."""
_AMOUNTS = (
    "count", "person", "full-time equivalent", "person_time", "household", "international dollar",
    "purchasing power standard",
)  # fmt: skip
_OWN = ", of the plan"
"""Ends the dimension that a plan names itself, so that it is none of the others."""

# Multiples, in Chinese numerals and in the short scale of English. 億 and 兆 are those of Taiwan's budgets.
_CHINESE = {
    "千": 3, "萬": 4, "十萬": 5, "百萬": 6, "千萬": 7, "億": 8, "十億": 9, "百億": 10, "千億": 11, "兆": 12,
}  # fmt: skip
_ENGLISH = {
    **dict.fromkeys(("hundred", "hundreds"), 2),
    **dict.fromkeys(("thousand", "thousands", "000", "'000", "000s", "'000s"), 3),
    **dict.fromkeys(("lakh", "lakhs"), 5),
    **dict.fromkeys(("million", "millions", "mn"), 6),
    **dict.fromkeys(("crore", "crores"), 7),
    **dict.fromkeys(("billion", "billions", "bn"), 9),
    **dict.fromkeys(("trillion", "trillions", "tn"), 12),
}
_LETTERS = {"k": 3, "M": 6, "G": 9}
_AFTER_MONEY = {"k": 3, "m": 6, "M": 6, "b": 9, "bn": 9}
_MULTIPLE_FIRST = pattern(r"(?P<multiple>[A-Za-z0']+) (?:of )?(?P<rest>.+)")
_MULTIPLE_LAST = pattern(r"(?P<rest>[^ (,]+(?: [^ (,]+)*)(?:, ?| ?\(| )(?:in )?(?P<multiple>[A-Za-z0']+)\)?")
_NUMERAL_FIRST = pattern(r"1(?P<zeros>0{2,9}|0{0,2}(?:[, ]000){1,3}) (?P<rest>\D.*)")

_SHARE_OF = pattern(r"(?:%|percent|per cent|percentage|pct|share) of [^0-9].*", re.IGNORECASE)
_TRANSPORT = pattern(r"(?P<what>t|tonne|ton|p|passenger|v|vehicle)[- ]?(?:km|kilomet(?:re|er)s?)", re.IGNORECASE)
_CARRIED = {"t": "t", "p": "person", "v": "vehicle"}
_CHANGES = frozenset(("pp", "p.p.", "percentage_point", "percentage point", "percentage points", "個百分點", "百分點"))
"""Differences of percentages, never a level."""
_GAS = pattern(
    r"(?P<mass>[^ ]+?(?: [^ ]+?)*?) ?(?:of )?(?:(?P<equivalent>CO2[- ]?(?:e|eq|eqv|equiv|equivalents?)"
    r"|carbon dioxide equivalents?|CO2當量|二氧化碳當量|碳當量)|CO2|carbon dioxide|二氧化碳)",
    re.IGNORECASE,
)
_INDEX = pattern(
    r"(?:(?:index|indices|指數)[ ,:]*\(?)?(?P<roc>民國)?(?P<year>\d{2,4}) ?(?P<nian>年)? ?= ?100\)?", re.IGNORECASE
)
_SCORE = pattern(r"(?:score|points|分)?(?: \(?(?:out )?of |/|滿分)(?P<most>\d{1,5})\)?(?: points| 分)?", re.IGNORECASE)
_SCALE = pattern(
    r"(?:score|points|index|scale|分|指數)[ ,:]*\(?(?P<least>[01])(?:-| to | ?至 ?)(?P<most>\d{1,5})\)?", re.IGNORECASE
)
_RANK_OF = pattern(r"(?:rank|place|position)s? (?:out )?of \d{1,5}", re.IGNORECASE)
_RATE = pattern(
    r"(?:rate |(?P<counted>[^ ]+(?: [^ ]+){0,4}) )?per (?P<size>\d{1,3}(?:[, ]\d{3})+|10+|(?:(?:hundred|ten) )?thousand"
    r"|hundred|million)(?: (?:of )?(?P<population>.+))?",
    re.IGNORECASE,
)
_RATE_IN_CHINESE = pattern(r"每(?P<size>百|千|萬|十萬|百萬|10+|10?0?萬)[人名位]口?")
_RATE_SIZES = {
    "hundred": 2, "thousand": 3, "ten thousand": 4, "hundred thousand": 5, "million": 6, "百": 2, "10萬": 5, "100萬": 6,
}  # fmt: skip
_WOMEN = pattern(r"(?:women|females|girls)(?: (?:aged|of) .+)?")
_POPULATIONS = frozenset(("", "population", "the population"))
_BIRTHS = frozenset(("live births", "births", "live birth"))
_WRAPPER = pattern(r"(?:(?:total )?(?:number|no\.|nos\.) of|in) (?P<inner>.+)", re.IGNORECASE)
_TWO_NAMES = pattern(r"(?P<outer>[^()]+?) ?\((?P<inner>[^()]+)\)")


class UnitError(ValueError):
    """A unit is not known, or cannot be used where it is.

    `key` names the entry of the catalogue of messages: ``unknown_unit`` or ``unit_of_changes``.
    """

    def __init__(self, key: str, text: str) -> None:
        super().__init__(f"{key}: {text!r}")
        self.key = key
        self.text = text


class Unit(NamedTuple):
    """A unit as written, with what it measures and its size."""

    text: str
    """As written, with widths and spaces normalised."""
    dimension: str
    """What it measures, in words; units fit together when this is the same."""
    scale: Decimal
    """Size in the root unit of the dimension (percent, TWD, kg, ...)."""
    words: Wordings
    """How people see it."""
    multiple: int = 0
    """The power of ten that it has in words or numerals: 12 for 兆元, 0 for kt."""

    @property
    def is_share(self) -> bool:
        """Whether values lie between 0 and 100 percent by nature."""
        return self.dimension == "share"

    @property
    def is_amount(self) -> bool:
        """Whether values are amounts of money or counts, which are 0 or more unless something was subtracted."""
        return self.dimension in _AMOUNTS or self.dimension.startswith("money,") or self.dimension.endswith(_OWN)

    def wording(self, lang: str) -> Wording:
        """Return how people see values in a language."""
        return self.words.chinese if lang == "zh-TW" else self.words.english


def normalised(text: str) -> str:
    """Return a unit's text with full-width ASCII made half-width, and at most one space at a time."""
    return " ".join(text.translate(HALF_WIDTH).split())


_VARIANTS = str.maketrans({"²": "2", "³": "3", "₂": "2", "μ": "µ", "–": "-", "−": "-", "’": "'"})


def as_looked_up(text: str) -> str:
    """Return a text without typographic variants, and without spaces between Chinese characters."""
    plain = (
        normalised(text)
        .translate(_VARIANTS)
        .replace("m^2", "m2")
        .replace("m^3", "m3")
        .replace("sq. ", "sq ")
        .replace("Sq. ", "sq ")
    )
    return re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", plain)


class UnitReader:
    """Reads a text as a unit; each rule looks for shorter texts inside it.

    Parameters
    ----------
    own
        The plan's own units, by name in lower case.
    """

    def __init__(self, own: Mapping[str, OwnUnit]) -> None:
        self._own = own

    def read(self, text: str) -> Unit | None:
        """Return the unit that a text is, if it is one.

        Raises
        ------
        UnitError
            If a part of it is for changes only.
        """
        unit = self._factor(text) or _index(text) or _score(text) or self._rate(text) or self._quotient(text)
        if unit is None and (wrapper := _WRAPPER.fullmatch(text)):
            unit = self.read(wrapper["inner"])
        return unit or self._by_two_names(text)

    def _factor(self, text: str) -> Unit | None:
        return self._single(text) or self._multiple(text)

    def _single(self, text: str) -> Unit | None:
        """Return a unit without a multiple in words."""
        if text.lower() in _CHANGES:
            raise UnitError("unit_of_changes", text)
        if own := self._own.get(text.lower()):
            return self._of_plan(own)
        entry = entry_of("%" if _SHARE_OF.fullmatch(text) else "rank" if _RANK_OF.fullmatch(text) else text)
        if entry is None and (carried := _TRANSPORT.fullmatch(text)):
            return self._product(f"{_CARRIED[carried['what'][0].lower()]}·km")
        if entry is None:
            return self._gas(text)
        return Unit(entry.symbol, entry.dimension, _size(entry), unit_wording.of_entry(entry))

    def _of_plan(self, own: OwnUnit) -> Unit:
        titles = dict(own.title)
        words = unit_wording.plain(
            titles.get("en") or titles.get("zh-TW") or own.name, titles.get("zh-TW") or titles.get("en") or own.name
        )
        equal = UnitReader({}).read(as_looked_up(own.equals)) if own.equals else None
        if equal:
            return Unit(own.name, equal.dimension, EXACT.multiply(own.size, equal.scale), words)
        return Unit(own.name, (own.measures or own.name) + _OWN, own.size, words)

    def _gas(self, text: str) -> Unit | None:
        found = _GAS.fullmatch(text)
        mass = self._factor(found["mass"]) if found else None
        if found is None or mass is None or mass.dimension != "mass":
            return None
        gas = "CO2e" if found["equivalent"] else "CO2"
        return Unit(text, f"mass of {gas}", mass.scale, unit_wording.with_suffix(mass.words, gas), mass.multiple)

    def _multiple(self, text: str) -> Unit | None:
        """Return a unit with a multiple in words, before or after it."""
        for power, rest in _multiples(text):
            unit = self._single(rest)
            if unit and not unit.is_share:
                return Unit(
                    text, unit.dimension, unit.scale.scaleb(power), unit_wording.times(unit.words, power), power
                )
        return None

    def _rate(self, text: str) -> Unit | None:
        """Return a number of cases per so many people, or births."""
        if chinese := _RATE_IN_CHINESE.fullmatch(text):
            return _rate(chinese["size"], "per person", ("", "人"))
        found = _RATE.fullmatch(text)
        if found is None or not self._counts_cases(found["counted"] or ""):
            return None
        population = (found["population"] or "").lower()
        if population in _BIRTHS:
            return _rate(found["size"], "per live birth", ("live births", "活產"))
        if _WOMEN.fullmatch(population):
            return _rate(found["size"], "per woman", ("women", "婦女"))
        whom = self._single(population) if population not in _POPULATIONS else None
        is_people = population in _POPULATIONS or (whom is not None and whom.dimension == "person")
        return _rate(found["size"], "per person", ("", "人")) if is_people else None

    def _counts_cases(self, counted: str) -> bool:
        """Whether a word before a rate counts something: any word does that is no unit of something else."""
        what = self._factor(re.sub("^number of ", "", counted, flags=re.IGNORECASE)) if counted else None
        if what is not None:
            return what.dimension in ("count", "person", "household")
        return not counted or counted.replace(" ", "").replace("-", "").isalpha()

    def _quotient(self, text: str) -> Unit | None:
        """Return a quotient of units or products of them."""
        over, *under = re.split(r"(?<=[^ ]) ?/ ?(?=[^ ])| per ", text)
        unit = self._product(over)
        for part in under if len(under) < _FACTORS else [""]:
            below = self._product(part)
            if unit is None or below is None:
                return None
            dimension = f"{unit.dimension} per {below.dimension}"
            unit = Unit(
                text,
                "data rate" if dimension == "information per time" else dimension,
                EXACT.divide(unit.scale, below.scale),
                unit_wording.quotient(unit.words, below.words),
            )
        return unit

    def _product(self, text: str) -> Unit | None:
        unit = self._factor(text)
        names = re.split(r"[·⋅-]", text)
        if unit is not None or not 2 <= len(names) < _FACTORS:
            return unit
        first, *others = (self._factor(name) for name in names)
        for other in others:
            if first is None or other is None:
                return None
            first = Unit(
                text,
                " times ".join(sorted((first.dimension, other.dimension))),
                EXACT.multiply(first.scale, other.scale),
                unit_wording.product(first.words, other.words),
            )
        return first

    def _by_two_names(self, text: str) -> Unit | None:
        """Return a unit that is named twice: ``Percentage (%)``, ``GBP (£ thousands)``."""
        found = _TWO_NAMES.fullmatch(text)
        outer, inner = (self.read(found["outer"]), self.read(found["inner"])) if found else (None, None)
        if not outer or not inner or outer.dimension != inner.dimension:
            return None
        if outer.scale in (inner.scale, 1):
            return inner
        return outer if inner.scale == 1 else None


def _size(entry: Entry) -> Decimal:
    number, _, parts = entry.size.partition("/")
    return EXACT.divide(Decimal(number), Decimal(parts or 1))


def _multiples(text: str) -> Iterator[tuple[int, str]]:
    """Yield each way to take a multiple off a text: its power of ten, and the rest."""
    yield from ((_CHINESE[text[:end]], text[end:].strip()) for end in (2, 1) if text[:end] in _CHINESE)
    if numeral := _NUMERAL_FIRST.fullmatch(text):
        yield numeral["zeros"].count("0"), numeral["rest"]
    for form in (_MULTIPLE_FIRST, _MULTIPLE_LAST):
        found = form.fullmatch(text)
        if found and found["multiple"].lower() in _ENGLISH:
            yield _ENGLISH[found["multiple"].lower()], found["rest"]
    if text.lower().endswith("s") and text.lower() in _ENGLISH:
        yield _ENGLISH[text.lower()], "count"
    if text[:1] in _LETTERS and _takes_letters(text[1:].strip()):
        yield _LETTERS[text[0]], text[1:].strip()
    yield from _multiples_after_money(text)


def _multiples_after_money(text: str) -> Iterator[tuple[int, str]]:
    """Yield the multiple right after the name of a currency: ``NT$億``, ``新臺幣兆元``, ``£m``."""
    for length in range(min(len(text) - 1, 40), 0, -1):
        entry = entry_of(text[:length])
        if entry and entry.dimension.startswith("money,"):
            after = text[length:].strip(" (),")
            power = _CHINESE.get(after.removesuffix("元")) or _AFTER_MONEY.get(after) or _ENGLISH.get(after.lower())
            if power:
                yield power, entry.symbol
            return


def _takes_letters(text: str) -> bool:
    """Return whether k, M and G may be put before a unit that has no prefixes of the SI."""
    entry = entry_of(text)
    return entry is not None and (entry.dimension in _AMOUNTS or entry.dimension.startswith("money,"))


def _rate(size: str, dimension: str, population: tuple[str, str]) -> Unit | None:
    digits = size.replace(",", "").replace(" ", "")
    if digits.isdigit():
        power = len(digits) - 1 if digits.rstrip("0") == "1" else 0
    else:
        power = _RATE_SIZES.get(size.lower()) or _CHINESE[size]
    if not 2 <= power <= 6:
        return None
    return Unit("", dimension, Decimal(1).scaleb(-power), unit_wording.rate(power, *population))


def _index(text: str) -> Unit | None:
    found = _INDEX.fullmatch(text)
    if found is None:
        return None
    year = int(found["year"])
    if len(found["year"]) < 4:
        if not (found["roc"] or found["nian"]):
            return None  # 110=100 may be a year of Taiwan's calendar, or a slip
        year += 1911
    return Unit(text, f"index, {year}=100", Decimal(1), unit_wording.index(year))


def _score(text: str) -> Unit | None:
    found = _SCORE.fullmatch(text) or _SCALE.fullmatch(text)
    if found is None:
        return None
    if found.groupdict().get("least") == "1":
        return Unit(
            text, f"score of 1 to {int(found['most'])}", Decimal(1), unit_wording.plain("points", "分", "point")
        )
    return Unit(text, f"score of {int(found['most'])}", Decimal(1), unit_wording.plain("points", "分", "point"))


class _Names(NamedTuple):
    symbols: Mapping[str, Entry]
    """Units by how they are written, where case counts."""
    words: Mapping[str, Entry]
    """Units by their names in lower case."""


@lru_cache(maxsize=1)
def names() -> _Names:
    """Return the units of the table by their names."""
    symbols: dict[str, Entry] = {}
    words: dict[str, Entry] = {}
    for entry in entries():
        symbols.setdefault(entry.symbol, entry)
        for word in entry.words:
            words.setdefault(word.lower(), entry)
            if len(word) < 4:
                symbols.setdefault(word, entry)
        # KT and Km are clear; mW and MW, GB and Gb are two units, and ALL and TRY are words.
        if len(entry.symbol) > 1 and entry.symbol[0] not in "mM" and not entry.dimension.startswith(("money", "inf")):
            words.setdefault(entry.symbol.lower(), entry)
    return _Names(symbols, words)


def entry_of(text: str) -> Entry | None:
    """Return the unit of the table that a text names, without a multiple."""
    known = names()
    return known.symbols.get(text) or known.words.get(text.lower())
