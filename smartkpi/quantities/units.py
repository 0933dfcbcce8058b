"""Units: which there are, which fit together, and exact conversion. Text is looked up, never evaluated."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Context, Decimal, localcontext
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from smartkpi.model import OwnUnit
from smartkpi.quantities.unit_table import Entry, entries
from smartkpi.text import HALF_WIDTH
from smartkpi.text import nearest as closest

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LONGEST = 80
_FACTORS = 4
"""Units in a product or quotient at most: ``kg/person/day`` has three."""
_AMOUNTS = ("count", "person", "person_time", "household")
_OWN = ", of the plan"
"""Ends the dimension that a plan names itself, so that it is none of the others."""

# Multiples, in Chinese numerals and in the short scale of English. 億 and 兆 are those of Taiwan's budgets.
_CHINESE = {
    "千": 3, "萬": 4, "十萬": 5, "百萬": 6, "千萬": 7, "億": 8, "十億": 9, "百億": 10, "千億": 11, "兆": 12,
}  # fmt: skip
_ENGLISH = {
    **dict.fromkeys(("hundred", "hundreds"), 2),
    **dict.fromkeys(("thousand", "thousands", "000", "'000", "000s", "'000s"), 3),
    **dict.fromkeys(("million", "millions", "mn"), 6),
    **dict.fromkeys(("billion", "billions", "bn"), 9),
    **dict.fromkeys(("trillion", "trillions", "tn"), 12),
}
_LETTERS = {"k": 3, "M": 6, "G": 9}
_AFTER_MONEY = {"k": 3, "m": 6, "M": 6, "b": 9, "bn": 9}
_ENGLISH_NAMES = {2: "hundred", 3: "thousand", 6: "million", 9: "billion", 12: "trillion"}
_CHINESE_NAMES = {2: "百"} | {power: word for word, power in _CHINESE.items()}

_EXACT = Context(prec=60)
_CHANGES = frozenset(("pp", "p.p.", "percentage_point", "percentage point", "percentage points", "個百分點", "百分點"))
"""Differences of percentages, never a level."""
PERCENT_UNITS = ("%", "％", "percent", "pct")
"""A value in one of these is printed with a % right after it, and a change of it in percentage points."""
_TWO_MEANINGS = {
    "$": "US$, NT$, AUD, CAD", "¥": "JPY, CNY", "dollar": "USD, TWD, AUD", "dollars": "USD, TWD, AUD",
    "pound": "GBP, lb", "pounds": "GBP, lb", "ton": "t, metric tons", "tons": "t, metric tons",
    "圓": "日圓, 元", "rate": "per 1,000, per 100,000, %", "股": "count",
}  # fmt: skip
"""What could be one of several units, and those."""

_GAS = re.compile(
    r"(?P<mass>.+?) ?(?:of )?(?:(?P<equivalent>CO2[- ]?(?:e|eq|eqv|equiv|equivalents?)|carbon dioxide equivalents?"
    r"|CO2當量|二氧化碳當量|碳當量)|CO2|carbon dioxide|二氧化碳)",
    re.IGNORECASE,
)
_INDEX = re.compile(
    r"(?:(?:index|indices|指數)[ ,:]*\(?)?(?P<roc>民國)?(?P<year>\d{2,4}) ?(?P<nian>年)? ?= ?100\)?", re.IGNORECASE
)
_SCORE = re.compile(
    r"(?:score|points|分)?(?: \(?(?:out )?of |/|滿分)(?P<most>\d{1,5})\)?(?: points| 分)?", re.IGNORECASE
)
_RATE = re.compile(
    r"(?:(?P<counted>.+?) )?per (?P<size>\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|10+|(?:(?:hundred|ten) )?thousand|hundred|million)"
    r"(?: (?:of )?(?P<population>.+))?",
    re.IGNORECASE,
)
_RATE_ZH = re.compile(r"每(?P<size>百|千|萬|十萬|百萬|10+|10?0?萬)(?:人口?|名|位)(?:口)?")
_RATE_SIZES = {
    "hundred": 2,
    "thousand": 3,
    "ten thousand": 4,
    "hundred thousand": 5,
    "million": 6,
    "百": 2,
    "10萬": 5,
    "100萬": 6,
}
_POPULATIONS = frozenset(("", "population", "the population", "capita"))
_BIRTHS = frozenset(("live births", "births", "live birth"))
_WRAPPERS = re.compile(r"(?:(?:total )?(?:number|no\.|nos\.) of|in) (?P<inner>.+)", re.IGNORECASE)
_BRACKETS = re.compile(r"(?P<outer>.+?) ?\((?P<inner>[^()]+)\)")
_NUMERAL_FIRST = re.compile(r"(?P<power>1(?:0{2,9}|0{0,2}(?:[, ]000){1,3})) (?P<rest>\D.*)")
_MULTIPLE_LAST = re.compile(r"(?P<rest>.+?)(?: ?,| ?\(| )+ ?(?:in )?(?P<multiple>[A-Za-z0']+)\)?")


class UnitError(ValueError):
    """A unit is not known, or cannot be used where it is.

    `key` names the entry of the catalogue of messages: ``unknown_unit`` or ``unit_of_changes``.
    """

    def __init__(self, key: str, text: str) -> None:
        super().__init__(f"{key}: {text!r}")
        self.key = key
        self.text = text


class Wording(NamedTuple):
    """How people see a value of a unit in one language: ``before`` number ``after``."""

    after: str
    """Begins with a blank where there is one: `` jobs``, ``%``."""
    one: str
    """Takes the place of `after` where the number is 1."""
    before: str = ""
    change: str | None = None
    """Takes the place of `before` and `after` for a difference; None where it is written as a value is."""
    power: int = 0
    """What people see is the value times this power of ten: 13 億元 are NT$1.3 billion."""
    name: str = ""
    """Name of the unit alone, where `before` and `after` do not make it."""
    below: str = ""
    """How the unit is written below a line, where it is not its name for a number of 1: ``10,000 people``."""

    @property
    def alone(self) -> str:
        """The unit without a number."""
        gap = "" if self.after[:1] in ("", "/") else " "
        return self.name or self.before.strip() + (gap + self.after.strip() if self.before else self.after.strip())


class Unit(NamedTuple):
    """A unit as written, with what it measures and its size."""

    text: str
    """As written, with widths and spaces normalised."""
    dimension: str
    """What it measures, in words; units fit together when this is the same."""
    scale: Decimal
    """Size in the root unit of the dimension (percent, TWD, kg, ...)."""
    english: Wording
    chinese: Wording

    @property
    def is_share(self) -> bool:
        """Whether values lie between 0 and 100 percent by nature."""
        return self.dimension == "share"

    @property
    def is_amount(self) -> bool:
        """Whether values are amounts of money or counts, which are 0 or more unless something was subtracted."""
        return self.dimension in _AMOUNTS or self.dimension.startswith("money") or self.dimension.endswith(_OWN)

    def wording(self, lang: str) -> Wording:
        """Return how people see values in a language."""
        return self.chinese if lang == "zh-TW" else self.english


class Units:
    """All units that are known where a plan is used: those of the table, and before them its own.

    Parameters
    ----------
    own
        What the plan declares.
    """

    def __init__(self, own: Sequence[OwnUnit] = ()) -> None:
        self._own = {_key(each.name).lower(): each for each in own}
        self._parsed: dict[str, Unit | UnitError] = {}

    def parse(self, text: str) -> Unit:
        """Look a unit up.

        Parameters
        ----------
        text
            Such as ``兆元``, ``％``, ``EUR million``, ``kt CO2e``, ``per 100,000``, ``2015=100`` or ``件/萬人``.

        Raises
        ------
        UnitError
            If there is no such unit, or it is one for changes only (``pp``).
        """
        if text not in self._parsed:
            if len(self._parsed) > 10_000:
                self._parsed.clear()
            self._parsed[text] = self._read(text)
        found = self._parsed[text]
        if isinstance(found, UnitError):
            raise UnitError(found.key, found.text)
        return found

    def known(self, text: str) -> bool:
        """Whether `text` is a unit that values can have."""
        try:
            self.parse(text)
        except UnitError:
            return False
        return True

    def named(self, text: str) -> bool:
        """Whether `text` is a unit at all, be it one of changes only, of which `parse` says so."""
        try:
            self.parse(text)
        except UnitError as error:
            return error.key == "unit_of_changes"
        return True

    def nearest(self, text: str, like: str = "") -> str:
        """Return known units that are spelled much like `text`, else some of the same kind as the unit `like`."""
        key = _key(text)
        if key.lower() in _TWO_MEANINGS:
            return _TWO_MEANINGS[key.lower()]
        own = [each.name for each in self._own.values()]
        near = closest(key, [*own, *_names().symbols, *_names().words])
        if near:
            return near
        if like and self.known(like):
            dimension = self.parse(like).dimension
            same = [name for name, entry in _names().symbols.items() if entry.dimension == dimension]
            return ", ".join(dict.fromkeys([like, *same[:4]]))
        return ", ".join([*own[:3], "%", "count", "person", "USD", "t", "km", "h"])

    def _read(self, text: str) -> Unit | UnitError:
        shown = normalised(text)
        try:
            unit = _Reader(self._own).whole(_key(shown)) if 0 < len(shown) <= _LONGEST else None
        except UnitError as error:
            return UnitError(error.key, shown)
        if unit is None:
            return UnitError("unknown_unit", shown)
        return unit._replace(text=shown, scale=unit.scale.normalize(_EXACT))


class _Reader:
    """Reads one text as a unit; each rule looks for shorter texts inside it."""

    def __init__(self, own: Mapping[str, OwnUnit]) -> None:
        self._own = own

    def whole(self, text: str) -> Unit | None:
        """Return the unit that a text is, if it is one."""
        unit = self._factor(text) or _index(text) or _score(text) or self._rate(text) or self._compound(text)
        if unit is None and (inner := _WRAPPERS.fullmatch(text)):
            unit = self.whole(inner["inner"])
        if unit is None and text[:5].lower() == "rate ":
            unit = self._rate(text[5:])
        return unit or self._synonyms(text)

    def _factor(self, text: str) -> Unit | None:
        return self._one(text) or self._multiplied(text)

    def _one(self, text: str) -> Unit | None:
        """Return a unit without a multiple in words."""
        if text.lower() in _CHANGES:
            raise UnitError("unit_of_changes", text)
        own = self._own.get(text.lower())
        if own:
            return _of_plan(own)
        entry = _entry(text)
        return _of_table(entry) if entry else self._gas(text)

    def _gas(self, text: str) -> Unit | None:
        found = _GAS.fullmatch(text)
        mass = self._factor(found["mass"]) if found else None
        if found is None or mass is None or mass.dimension != "mass":
            return None
        gas = "CO2e" if found["equivalent"] else "CO2"
        english, chinese = (
            each._replace(after=f"{each.after} {gas}", one=f"{each.one} {gas}", name="") for each in mass[3:]
        )
        return Unit(text, f"mass of {gas}", mass.scale, english, chinese)

    def _multiplied(self, text: str) -> Unit | None:
        """Return a unit with a multiple in words, before or after it."""
        for power, rest in _multiples(text):
            unit = self._one(rest)
            if unit and not unit.is_share:
                return _times(unit, power)
        return None

    def _rate(self, text: str) -> Unit | None:
        """Return a number of cases per so many people, or births."""
        if chinese := _RATE_ZH.fullmatch(text):
            return _rate_of("per person", _rate_power(chinese["size"]))
        found = _RATE.fullmatch(text)
        if found is None:
            return None
        counted, population = found["counted"] or "", (found["population"] or "").lower()
        what = counted.lower() in ("", "rate", "number") or self._factor(counted.removeprefix("Number of "))
        whom = self._one(population) if population not in _POPULATIONS | _BIRTHS else None
        is_counted = what is True or (what and what.dimension in ("count", "person"))
        if not is_counted or (population not in _POPULATIONS | _BIRTHS and (not whom or whom.dimension != "person")):
            return None
        births = " live births" if population in _BIRTHS else ""
        return _rate_of("per live birth" if births else "per person", _rate_power(found["size"]), births)

    def _compound(self, text: str) -> Unit | None:
        """Return a quotient of units or products of them."""
        over, *under = re.split(r"(?<=[^ ]) ?/ ?(?=[^ ])| per ", text)
        above = self._product(over)
        if above is None or len(under) >= _FACTORS:
            return None
        for part in under:
            below = self._product(part)
            if below is None:
                return None
            above = _quotient(above, below)
        return above

    def _product(self, text: str) -> Unit | None:
        unit = self._factor(text)
        if unit is None:
            names = re.split(r"[·⋅-]", text)
            parts = [self._factor(name) for name in names] if 2 <= len(names) < _FACTORS else []
            for part in parts:
                unit = part if unit is None or part is None else _product(unit, part)
            if not all(parts):
                return None
        return unit

    def _synonyms(self, text: str) -> Unit | None:
        """Return a unit that is named twice: ``Percentage (%)``, ``GBP (£ thousands)``."""
        found = _BRACKETS.fullmatch(text)
        outer, inner = (self.whole(found["outer"]), self.whole(found["inner"])) if found else (None, None)
        if not outer or not inner or outer.dimension != inner.dimension:
            return None
        if outer.scale == inner.scale or outer.scale == 1:
            return inner
        return outer if inner.scale == 1 else None


def _of_plan(own: OwnUnit) -> Unit:
    titles = dict(own.title)
    english = titles.get("en") or titles.get("zh-TW") or own.name
    chinese = titles.get("zh-TW") or titles.get("en") or own.name
    dimension, scale = (own.measures or own.name) + _OWN, own.size
    if own.equals:
        other = parse(own.equals)
        dimension, scale = other.dimension, own.size * other.scale
    return Unit(own.name, dimension, scale, _plain(english), _plain(chinese))


def _of_table(entry: Entry) -> Unit:
    scale = Decimal(entry.size)
    one, many = entry.english
    chinese = _plain(entry.chinese)
    if entry.dimension.startswith("money"):
        return Unit(entry.symbol, entry.dimension, scale, Wording("", "", entry.before), chinese)
    if entry.dimension == "share":
        sign = entry.symbol if entry.symbol != "fraction" else ""
        points = {"%": (" pp", " 個百分點")}.get(sign, (sign, sign))
        english, chinese = (Wording(sign, sign, change=each, name=entry.symbol) for each in points)
        return Unit(entry.symbol, entry.dimension, scale, english, chinese)
    english = Wording(_spaced(many), _spaced(one), name=many or entry.dimension.replace("_", "-"))
    if entry.dimension == "rank":
        english = Wording("", "", "rank ", change=" places", name="rank")
        chinese = Wording(" 名", " 名", "第 ", change=" 名", name="名次")
    elif entry.dimension == "index_point":
        english, chinese = (Wording("", "", change=each[0], name=each[1]) for each in _BARE_INDEX)
    elif entry.symbol == "ratio":
        chinese = Wording("", "", name="比值")
    elif entry.symbol == "count":
        english, chinese = Wording("", "", name="number"), Wording("", "", name="數量")
    return Unit(entry.symbol, entry.dimension, scale, english, chinese)


_BARE_INDEX = ((" points", "index"), (" 點", "指數"))


def _plain(word: str) -> Wording:
    return Wording(_spaced(word), _spaced(word))


def _spaced(word: str) -> str:
    return f" {word}" if word else ""


def _multiples(text: str) -> list[tuple[int, str]]:
    """Return each way to take a multiple off a text: its power of ten, and the rest."""
    found = []
    for length in (3, 2, 1):
        if text[:length] in _CHINESE:
            found.append((_CHINESE[text[:length]], text[length:].strip()))
    if numeral := _NUMERAL_FIRST.fullmatch(text):
        found.append((numeral["power"].count("0"), numeral["rest"]))
    first, _, rest = text.partition(" ")
    if rest and first.lower() in _ENGLISH:
        found.append((_ENGLISH[first.lower()], rest.removeprefix("of ")))
    if text[:1] in _LETTERS and len(text) > 1:
        rest = text[1:].strip()
        entry = _entry(rest)
        if entry is None or entry.dimension in _AMOUNTS or entry.dimension.startswith("money"):
            found.append((_LETTERS[text[0]], rest))
    last = _MULTIPLE_LAST.fullmatch(text)
    if last and last["multiple"].lower() in _ENGLISH:
        found.append((_ENGLISH[last["multiple"].lower()], last["rest"]))
    if text.lower() in _ENGLISH and len(text) > 2 and text.lower().endswith("s"):
        found.append((_ENGLISH[text.lower()], "count"))
    return found + _multiples_of_money(text)


def _multiples_of_money(text: str) -> list[tuple[int, str]]:
    """Return the multiple right after the name of a currency: ``NT$億``, ``新臺幣兆元``, ``£m``."""
    for length in range(min(len(text) - 1, 40), 0, -1):
        entry = _entry(text[:length])
        if entry and entry.dimension.startswith("money"):
            tail = text[length:].strip(" (),")
            power = _CHINESE.get(tail.removesuffix("元")) or _AFTER_MONEY.get(tail) or _ENGLISH.get(tail.lower())
            return [(power, entry.symbol)] if power else []
    return []


def _times(unit: Unit, power: int) -> Unit:
    """Return a multiple of a unit, in words that its readers use."""
    # There is no English word for 億: 13 億元 are 1.3 billion, and 5 萬 are 50 thousand.
    shown = 9 if power == 8 else max(each for each in _ENGLISH_NAMES if each <= power)
    word, chinese = f" {_ENGLISH_NAMES[shown]}", _CHINESE_NAMES[power]
    of_many = word + unit.english.after
    number = word.strip() if power == shown and power > 3 else f"{10**power:,}"
    below = f"{unit.english.before}{number}{unit.english.after}"
    english = unit.english._replace(after=of_many, one=of_many, power=power - shown, name="", below=below)
    return Unit("", unit.dimension, unit.scale.scaleb(power), english, _plain(chinese + unit.chinese.after.strip()))


def _rate_power(size: str) -> int:
    digits = size.replace(",", "").replace(" ", "")
    if digits.isdigit():
        return len(digits) - 1 if digits.strip("0") == "1" else 0
    return _RATE_SIZES.get(size.lower()) or _CHINESE.get(size, 0)


def _rate_of(dimension: str, power: int, births: str = "") -> Unit | None:
    if not 2 <= power <= 6:
        return None
    number = f"{10**power:,}" if power < 6 else "million"
    chinese = _CHINESE_NAMES[power] + ("活產" if births else "人")
    english = _spaced(f"per {number}{births}")
    return Unit("", dimension, Decimal(1).scaleb(-power), Wording(english, english), Wording("", "", f"每{chinese} "))


def _index(text: str) -> Unit | None:
    found = _INDEX.fullmatch(text)
    if found is None:
        return None
    year = int(found["year"])
    if len(found["year"]) < 4:
        if not (found["roc"] or found["nian"]):
            return None  # 110=100 may be of the calendar of Taiwan or a slip
        year += 1911
    english, chinese = f" ({year}=100)", f" ({year}年=100)"
    return Unit(
        "",
        f"index, {year}=100",
        Decimal(1),
        Wording(english, english, change=" points", name=f"{year}=100"),
        Wording(chinese, chinese, change=" 點", name=f"{year}年=100"),
    )


def _score(text: str) -> Unit | None:
    found = _SCORE.fullmatch(text)
    if found is None:
        return None
    most = int(found["most"])
    english, chinese = Wording(" points", " point"), Wording(" 分", " 分")
    return Unit("", f"score of {most}", Decimal(1), english, chinese)


def _quotient(above: Unit, below: Unit) -> Unit:
    dimension = f"{above.dimension} per {below.dimension}"
    scale = _EXACT.divide(above.scale, below.scale)
    dimension = "data rate" if dimension == "information per time" else dimension
    return Unit("", dimension, scale, _over(above.english, below.english), _over(above.chinese, below.chinese))


def _over(above: Wording, below: Wording) -> Wording:
    under = below.below or (below.one or below.after or below.before or below.name).strip()
    line = f" per {under}" if " " in under or not (above.after or above.before) else f"/{under}"
    return above._replace(after=above.after + line, one=above.one + line, change=None, name="", below="")


def _product(left: Unit, right: Unit) -> Unit:
    scale = _EXACT.multiply(left.scale, right.scale)
    dimension = " times ".join(sorted((left.dimension, right.dimension)))
    english = left.english._replace(
        after=f"{left.english.one}-{right.english.after.strip()}",
        one=f"{left.english.one}-{right.english.one.strip()}",
        change=None,
        name="",
    )
    return Unit("", dimension, scale, english, _plain(left.chinese.alone + right.chinese.alone))


class _Names(NamedTuple):
    symbols: Mapping[str, Entry]
    """Units by how they are written, where case counts."""
    words: Mapping[str, Entry]
    """Units by their names in lower case."""


@lru_cache(maxsize=1)
def _names() -> _Names:
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


def _entry(text: str) -> Entry | None:
    names = _names()
    return names.symbols.get(text) or names.words.get(text.lower())


@lru_cache(maxsize=64)
def units_of(own: tuple[OwnUnit, ...]) -> Units:
    """Return the units that are known where a plan with these own ones is used."""
    return Units(own) if own else _KNOWN


_KNOWN = Units()
parse, known, named, nearest = _KNOWN.parse, _KNOWN.known, _KNOWN.named, _KNOWN.nearest


def convert(number: Decimal, source: Unit, target: Unit) -> float:
    """Convert one number exactly and round once, at the end.

    Parameters
    ----------
    number
        In the unit `source`.
    source, target
        Units of one dimension.

    Returns
    -------
    float
        In the unit `target`.

    Examples
    --------
    >>> convert(Decimal(62000), parse("億元"), parse("兆元"))
    6.2
    """
    ratio = _ratio(source, target)
    with localcontext(_EXACT):
        exact = number * ratio
        if not _is_power_of_ten(ratio):
            # 100 minutes are 1.66... hours, which no double is: on the way back it is the 100 that was meant.
            short = _SHORT.plus(exact)
            if abs(exact - short) <= abs(exact) * _SPACING:
                exact = short
    return float(exact)


_SHORT = Context(prec=15)
_SPACING = Decimal(2) ** -52


def _ratio(source: Unit, target: Unit) -> Decimal:
    # Quotients such as 1/86400 have no end: what they have in common goes by rounding.
    return Context(prec=45).divide(source.scale, target.scale).normalize(_EXACT)


def _is_power_of_ten(ratio: Decimal) -> bool:
    return ratio.as_tuple().digits == (1,)


def convert_array(values: NDArray[np.float64], source: Unit, target: Unit) -> NDArray[np.float64]:
    """Convert a column of doubles as if each were the shortest decimal that reads back to it.

    Parameters
    ----------
    values
        Any shape, in the unit `source`.
    source, target
        Units of one dimension.

    Returns
    -------
    array
        Same shape, in the unit `target`: what `convert` gives for each value. Where the factor is a power of ten, for
        values of up to 15 digits and results above 1e-8.
    """
    import numpy as np

    if source.scale == target.scale:
        return values
    ratio = _ratio(source, target)
    if not _is_power_of_ten(ratio):
        distinct, places = np.unique(values, return_inverse=True)
        numbers = [convert(Decimal(repr(each)), source, target) for each in distinct.tolist()]
        return np.array(numbers, dtype=np.float64)[places].reshape(values.shape)
    with np.errstate(all="ignore"):
        plain = values * float(ratio) if ratio >= 1 else values / float(1 / ratio)
        # 0.586 * 100 is 58.599999999999994 in doubles; what was meant is the value with 15 significant digits.
        places = 14 - np.floor(np.log10(np.abs(plain)))
        unit = 10.0 ** np.clip(places, -22, 22)
        rounded = np.where(np.abs(places) <= 22, np.rint(plain * unit) / unit, plain)
        same = np.abs(rounded - plain) <= 2 * np.spacing(np.abs(plain))
    return np.where(same, rounded, plain)


def share_bounds(unit: Unit) -> tuple[float, float] | None:
    """Return the natural bounds of a share in its unit, None for other units."""
    if not unit.is_share:
        return None
    return 0.0, convert(Decimal(100), parse("%"), unit)


def normalised(text: str) -> str:
    """Return the unit's text with full-width ASCII made half-width, and at most one space at a time."""
    return " ".join(text.translate(HALF_WIDTH).split())


_KEY = str.maketrans({"²": "2", "³": "3", "₂": "2", "μ": "µ", "–": "-", "−": "-", "’": "'", "％": "%"})


def _key(text: str) -> str:
    """Return a text as it is looked up: without typographic variants, and without spaces beside Chinese."""
    plain = normalised(text).translate(_KEY).replace("m^2", "m2").replace("m^3", "m3")
    return re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", plain)
