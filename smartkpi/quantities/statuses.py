"""What is said of an observation beside its value: codes of SDMX, letters of Eurostat, and words.

References
----------
SDMX code list CL_OBS_STATUS, versions 2.2 and 2.3, with the names of its codes; letters: Eurostat, Data flags.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from smartkpi.text import HALF_WIDTH, pattern

LETTERS: Final = "bcdefnprsuz"
"""Marks of one letter; several may be joined."""
_CODES = {"b": "B", "c": "A", "d": "D", "e": "E", "f": "F", "n": "N", "p": "P", "r": "A", "s": "E", "u": "U"}
LETTER_OF: Final = {"A": "r", "B": "b", "D": "d", "E": "e", "F": "f", "N": "n", "P": "p", "U": "u"}
"""The mark of a code."""
STRONGEST_FIRST: Final = "FBDEPUN"
"""Which of several counts; where it is none of these, the first."""
_SDMX = frozenset("ABDEFGHIJKLMNOPQSUVW")
_CONFIDENTIAL, _NOT_APPLICABLE = "c", "z"
_WORDS: Mapping[str, str] = {
    word: code
    for code, words in {
        "A": "normal value|normal|actual|actual value|final|final value|final figure|undefined|revised|revised value"
        "|rev|revised figure|正常|正常值|確定|確定值|確定數|修正|修正值|修正數|實際|實際值|決算|決算數|确定值|修订值"
        "|修订|确定|endgültig|endgültiger wert|endgültiges ergebnis|revidiert|revidierter wert|berichtigt"
        "|berichtigte zahl|définitif|définitive|donnée définitive|révisé|révisée|donnée révisée|définitifs|révisés"
        "|definitivo|definitiva|dato definitivo|revisado|revisada|revisto|revista|definitief|herzien|rivisto|確報"
        "|確報値|確定値|改定値|改定|確々報",
        "B": "time series break|break in time series|break in series|series break|break|break in the series|數列中斷"
        "|時間序列中斷|序列中斷|时间序列中断|bruch in der zeitreihe|zeitreihenbruch|bruch|reihenbruch"
        "|rupture de série|rupture|rupture dans la série|rupture de série chronologique|ruptura de serie"
        "|ruptura de la serie|ruptura de série|quebra de série|quebra na série|reeksbreuk|breuk in de reeks"
        "|tijdreeksbreuk|系列断絶|断層",
        "D": "definition differs|difference in methodology|定義不同|定義變更|定义不同|abweichende definition"
        "|définition différente|definición diferente|definição diferente|afwijkende definitie",
        "E": "estimated value|estimated|estimate|estimates|estimation|est|est.|eurostat estimate|estimated figure"
        "|預估|預估值|預估數|推估|推估值|推估數|推計|推計值|推計數|估算|估算值|估算數|概估|概估值|初估|初估值|初估數"
        "|粗估|估|初步估計|初步估計值|初步估算|初步推估|估計|估計值|估計數|估計數值|预估|估计|估计值|预估值|geschätzt"
        "|geschätzter wert|schätzung|schätzwert|geschätzte werte|estimé|estimée|valeur estimée|donnée estimée|estimés"
        "|estimado|estimada|estimación|valor estimado|dato estimado|estimativa|geschat|schatting|stima|stimato|推計値"
        "|概算|概算値|推定|推定値|見込み|見込値",
        "F": "forecast value|forecast|forecasted|projected|projection|預測|預測值|預測數|预测|预测值|prognose"
        "|prognosewert|prévision|valeur prévue|projeté|pronóstico|previsión|previsto|previsão|projeção|予測|予測値",
        "G": "experimental value",
        "H": "missing value; holiday or weekend",
        "I": "imputed value|imputed value (ccsa definition)|imputed",
        "J": "derogation",
        "K": "data included in another category",
        "L": "missing value; data exist but were not collected",
        "M": "missing value; data cannot exist|data cannot exist|missing|缺值|缺漏",
        "N": "not significant|not significant value",
        "O": "missing value",
        "P": "provisional value|provisional|preliminary|preliminary value|prelim|prelim.|prov|prov.|preliminary data"
        "|provisional data|provisional figure|preliminary figure|preliminary estimate|初步|初步值|初步統計|初步統計數"
        "|初步統計值|初步數|初值|暫定|暫定值|暫定數|暫估|暫估值|暫估數|初步数|暂定|暂定值|vorläufig|vorläufiger wert"
        "|vorläufiges ergebnis|vorläufige zahl|vorläufige werte|vorläufige ergebnisse|vorl.|provisoire"
        "|valeur provisoire|donnée provisoire|provisoires|données provisoires|provisorio|dato provisional"
        "|valor provisional|preliminar|provisório|dado provisório|voorlopig|voorlopig cijfer|voorlopige cijfers"
        "|provvisorio|速報|速報値|暫定値|暫定値(速報)",
        "Q": "missing value; suppressed|suppressed",
        "S": "strike and other special events|strike",
        "U": "low reliability|unreliable|可信度低|geringe zuverlässigkeit|peu fiable|fiabilité faible|poco fiable"
        "|baja fiabilidad|pouco fiável|weinig betrouwbaar|use with caution",
        "V": "unvalidated value",
        "W": "includes data from another category",
    }.items()
    for word in words.split("|")
}
"""In English and Chinese, then German, French, Spanish, Portuguese, Dutch, Italian and Japanese."""
_WITHOUT_SPACES: Mapping[str, str] = {word.replace(" ", ""): code for word, code in _WORDS.items()}
"""Headers are looked up so."""
_CONFIDENTIAL_WORDS = frozenset({"confidential", "confidential value", "保密", "vertraulich", "geheim", "confidentiel"})
_BRACKETS = pattern(r"[(\[] ?([^()\[\]]+?) ?[)\]]\*?")


class Said(NamedTuple):
    """What a cell says of the value beside it."""

    code: str
    """Of CL_OBS_STATUS; empty where it says that there can be no value."""
    is_confidential: bool = False


@lru_cache(maxsize=1 << 12)
def read_status(text: str) -> Said | None:
    """Return what a cell of a column of statuses says, None if that is not known.

    Parameters
    ----------
    text
        A code, letters or words, or several of them joined by ``;`` or a comma.

    Examples
    --------
    >>> read_status("bep").code, read_status("S").code, read_status("s").code, read_status("Break in time series").code
    ('B', 'S', 'E', 'B')
    """
    plain = " ".join(text.translate(HALF_WIDTH).split())
    if inner := _BRACKETS.fullmatch(plain):
        plain = inner[1]
    return _one(plain) or _joined([_one(part.strip()) for part in re.split("[;,/]", plain) if part.strip()])


def is_word(text: str) -> bool:
    """Whether a text is one word or name of a status, as it is written most often: quicker than to read it."""
    return text.casefold() in _WORDS


def read_letters(letters: str) -> Said | None:
    """Return what marks of one letter each say together; None where one is not known, or occurs twice.

    Examples
    --------
    >>> read_letters("pe").code, read_letters("c"), read_letters("ee")
    ('E', Said(code='A', is_confidential=True), None)
    """
    small = letters.lower()
    if not small or len(set(small)) < len(small) or not set(small) <= set(LETTERS):
        return None
    codes = [_CODES.get(letter, "") for letter in small]
    return Said("" if _NOT_APPLICABLE in small else strongest(codes), _CONFIDENTIAL in small)


def strongest(codes: Iterable[str]) -> str:
    """Return the code that counts among several of one observation."""
    every = list(codes)
    return next((code for code in STRONGEST_FIRST if code in every), every[0])


def _one(plain: str) -> Said | None:
    if len(plain) == 1 and plain in _SDMX:
        return Said(plain)
    word = plain.casefold()
    if word in _CONFIDENTIAL_WORDS:
        return Said("A", is_confidential=True)
    if code := _WORDS.get(word) or _WITHOUT_SPACES.get(word):
        return Said(code)
    if letters := read_letters(plain):
        return letters
    return Said(plain.upper()) if len(plain) == 1 and plain.upper() in _SDMX else None


def _joined(parts: list[Said | None]) -> Said | None:
    known = [part for part in parts if part is not None]
    if not known or len(known) < len(parts):
        return None
    code = "" if any(not part.code for part in known) else strongest(part.code for part in known)
    return Said(code, any(part.is_confidential for part in known))
