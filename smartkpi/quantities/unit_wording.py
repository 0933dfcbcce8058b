"""How people see values of a unit, in English and in Chinese: NT$6.2 trillion, 6.2 兆元."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from smartkpi.quantities.unit_table import Entry

_ENGLISH = {2: "hundred", 3: "thousand", 6: "million", 9: "billion", 12: "trillion"}
_CHINESE = {
    2: "百", 3: "千", 4: "萬", 5: "十萬", 6: "百萬", 7: "千萬", 8: "億", 9: "十億", 10: "百億", 11: "千億", 12: "兆",
}  # fmt: skip


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
    """How a multiple is written by itself, as below a line: ``10,000 people``, ``NT$100 million``."""

    @property
    def alone(self) -> str:
        """The unit without a number, as above a column of values of the plan."""
        return self.below if self.power else self.shown

    @property
    def shown(self) -> str:
        """The unit of the numbers that people see, without a number, as beside an axis."""
        gap = " " if self.before and self.after[:1] == " " else ""
        return self.name or self.before.strip() + gap + self.after.strip()


class Wordings(NamedTuple):
    """The wording of a unit in each language."""

    english: Wording
    chinese: Wording


def plain(english: str, chinese: str, one: str = "") -> Wordings:
    """Return the wordings of a unit that is written after the number."""
    return Wordings(_after(english, one or english), _after(chinese, chinese))


def _after(word: str, one: str) -> Wording:
    return Wording(_spaced(word), _spaced(one))


def _spaced(word: str) -> str:
    return f" {word}" if word else ""


_SPECIAL: Mapping[str, Wordings] = {
    "%": Wordings(Wording("%", "%", change=" pp"), Wording("%", "%", change=" 個百分點")),
    "‰": Wordings(Wording("‰", "‰"), Wording("‰", "‰")),
    "fraction": Wordings(Wording("", "", name="fraction"), Wording("", "", name="小數")),
    "TWh": Wordings(Wording(" TWh", " TWh"), Wording(" 億度", " 億度", power=1, below="十億度")),
    "rank": Wordings(
        Wording("", "", "rank ", change=" places", name="rank"), Wording(" 名", " 名", "第 ", change=" 名", name="名次")
    ),
    "index_point": Wordings(
        Wording("", "", change=" points", name="index"), Wording("", "", change=" 點", name="指數")
    ),
    "ratio": Wordings(Wording("", "", name="ratio"), Wording("", "", name="比值")),
    "count": Wordings(Wording("", "", name="number"), Wording("", "", name="數量")),
}
"""Units that are not written as a word after the number."""


def of_entry(entry: Entry) -> Wordings:
    """Return the wordings of a unit of the table."""
    if entry.symbol in _SPECIAL:
        return _SPECIAL[entry.symbol]
    one, many = entry.english
    words = plain(many, entry.chinese, one)
    if entry.before:
        return words._replace(english=Wording("", "", entry.before))
    # Many a measure word of Chinese is just a number in English.
    return words if many else words._replace(english=words.english._replace(name="number"))


def index(year: int) -> Wordings:
    """Return the wordings of an index whose value was 100 in a year."""
    names = f"{year}=100", f"{year}年=100"
    tails = f" ({names[0]})", f"（{names[1]}）"
    english, chinese = (Wording(each, each, name=name) for each, name in zip(tails, names, strict=True))
    return Wordings(english._replace(change=" points"), chinese._replace(change=" 點"))


def rate(power: int, english: str, chinese: str) -> Wordings:
    """Return the wordings of a number of cases per so many people."""
    number = "million" if power == 6 else f"{10**power:,}"
    after = f" per {number}{_spaced(english)}"
    whom = f"每{_CHINESE[power]}{chinese}"
    return Wordings(Wording(after, after), Wording("", "", f"{whom} ", change=f"（{whom}）"))


def with_suffix(words: Wordings, suffix: str) -> Wordings:
    """Return the wordings with one more word after the unit."""
    english, chinese = (
        each._replace(after=f"{each.after} {suffix}", one=f"{each.one} {suffix}", name="") for each in words
    )
    return Wordings(english, chinese)


def times(words: Wordings, power: int) -> Wordings:
    """Return the wordings of a multiple, in words that the readers of each language use."""
    # There is no English word for 億: 13 億元 are 1.3 billion, and 5 萬 are 50 thousand.
    shown = 9 if power == 8 else max(each for each in _ENGLISH if each <= power)
    english, word = words.english, _ENGLISH[shown]
    whole = max(each for each in _ENGLISH if each <= power)
    # 9.8 billion are 98 億 in Chinese; 百萬 and 千 are usual as they are.
    shown_zh = 8 if 8 < power < 12 else power
    chinese = plain("", _CHINESE[shown_zh] + words.chinese.after.strip()).chinese
    number = f"{10**power:,}" if power < 6 else f"{10 ** (power - whole)} {_ENGLISH[whole]}".removeprefix("1 ")
    many = f" {word}{english.after}"
    return Wordings(
        english._replace(
            after=many, one=many, power=power - shown, name="", below=f"{english.before}{number}{english.after}"
        ),
        chinese._replace(power=power - shown_zh, below=_CHINESE[power] + words.chinese.after.strip()),
    )


def quotient(above: Wordings, below: Wordings) -> Wordings:
    """Return the wordings of one unit per another."""
    return Wordings(_over(above.english, below.english), _over(above.chinese, below.chinese))


def _over(above: Wording, below: Wording) -> Wording:
    under = below.below or (below.one or below.after or below.before or below.name).strip()
    line = f" per {under}" if " " in under or not (above.after or above.before) else f"/{under}"
    return above._replace(after=above.after + line, one=above.one + line, change=None, name="", below="")


def product(left: Wordings, right: Wordings) -> Wordings:
    """Return the wordings of one unit times another."""
    one, other = left.english, right.english
    after = f"{one.one}-{other.after.strip()}"
    english = one._replace(after=after, one=f"{one.one}-{other.one.strip()}", change=None, name="")
    return Wordings(english, plain("", left.chinese.alone + right.chinese.alone).chinese)
