"""The words before and after a quantity, and what each of them says."""

from __future__ import annotations

import re
from string import ascii_letters

from smartkpi.quantities.quantity import QuantityError
from smartkpi.text import pattern


def _meanings(**words: str) -> dict[str, str]:
    return {word: meaning for meaning, listed in words.items() for word in listed.split("|")}


_STATUS = _meanings(
    estimated="預估|預估值|預估數|估計|估計值|估計數|推估|推估值|推估數|推計|推計值|推計數|估算|估算值|估算數|估"
    "|概估|概估值|概估數|粗估|粗估值|初估|初估值|初估數|暫估|暫估值|暫估數|初步估計|初步估計值|初步估算|初步推估"
    "|estimated|estimate|est.|est",
    provisional="初步統計|初步統計值|初步統計數|初步|初步值|初步數|初值|暫定|暫定值|暫定數"
    "|provisional|preliminary|prov.",
    forecast="預測|預測值|預計|預期|可望|將|將達|目標|目標值|forecast|target",
)
_BEFORE = _STATUS | _meanings(
    lower="逾|超逾|超過|超出|超越|超|突破|衝破|破|大於|高於|多於|至少|最少|起碼|不少於|不低於|不小於|不下於|不下|不只|不止|>|>=|≥"
    "|more than|over|above|at least|no less than|not less than|no fewer than|not fewer than|greater than|exceeding",
    upper="近|將近|接近|逼近|幾近|近乎|幾乎|趨近|不到|不滿|不足|不及|未滿|未達|未逾|不逾|未超過|不超過|低於|少於|小於|不多於|不高於|不大於|至多|最多"
    "|<|<=|≤|nearly|almost|close to|up to|at most|less than|fewer than|under|below|no more than|not more than"
    "|not exceeding",
    approx="約|大約|約莫|約略|大概|概|大致|~|≈|≒|about|around|approximately|approx.|approx|circa|ca.|ca|roughly",
    neutral="達|達到|已|僅|業已|計|計有|共|共有|共計|總共|總數|總計|合計|累計|累積|有|為|高達|多達|長達|占|占比|佔|佔比"
    "|提升至|提升到|提高至|提高到|增加至|增加到|增至|成長至|上升至|擴增至|降至|降低至|下降至|減至|減少至"
    "|total|a total of",
    minus="負|minus",
    percent="百分之",
    twd="新臺幣|新台幣|臺幣|台幣|nt$|nt|ntd|twd",
    usd="美元|美金|us$|usd",
)
_AFTER = _STATUS | _meanings(
    lower="以上|之上|多|餘|有餘|出頭|+|or more|or over|or above|or higher|and over|and above",
    upper="以下|之下|以內|之內|or less|or fewer|or under|or below|or lower|and below",
    approx="左右|上下|or so",
    neutral="之多",
)
_FINAL = "含|r|revised|修正|修正值|修正數|確定值|確定數|實際值|實績值|決算數|累計值|累計數"
_REMARKS = _BEFORE | _AFTER | _meanings(estimated="e", provisional="p", neutral=_FINAL)


def _one_of(words: dict[str, str]) -> str:
    """Return a pattern of the words, the longest first."""
    return "|".join(map(_alone, sorted(words, key=len, reverse=True)))


def _alone(word: str) -> str:
    """Return a pattern of a word, an English one only where it is not part of a longer one."""
    before = "(?<![a-z])" if word[0] in ascii_letters else ""
    after = "(?![a-z])" if word[-1] in ascii_letters else ""
    return before + re.escape(word) + after


_ANY_CASE = re.ASCII | re.IGNORECASE
_WORD_BEFORE = pattern(rf"({_one_of(_BEFORE)}|[+-](?=[\d.])|-(?=nt|us)) ?", _ANY_CASE)
_SAID_BEFORE = _BEFORE | {"-": "minus", "+": "neutral"}
# Words after a quantity are taken off its end: all of them backwards, so that each is looked at once.
_SAID_AFTER_BACKWARDS = {word[::-1]: meaning for word, meaning in _AFTER.items()} | {"起": "lower"}
# 起 is a measure word too: `100元起` is a bound, `5起` has a unit.
_WORD_AFTER_BACKWARDS = pattern(rf"((?!起\Z)(?:{_one_of(_SAID_AFTER_BACKWARDS)})) ?", _ANY_CASE)
_JUST_AFTER_NUMBER = pattern(" ?[多餘逾+]")
_REMARK = pattern(r"\(([^()]*)\)")


def is_remark(word: str) -> bool:
    """Whether a word beside a quantity, in brackets or not, is one that is known here."""
    return word.strip().lower() in _REMARKS


def take_remarks(text: str, meanings: list[str]) -> str:
    """Take known remarks in brackets out of a text: ``6.2 兆元(預估值)``.

    Parameters
    ----------
    text
        Normalised.
    meanings
        What each remark says is added here.

    Raises
    ------
    QuantityError
        If a remark is not known.
    """
    for remark in _REMARK.findall(text):
        meaning = _REMARKS.get(remark.strip().lower())
        if meaning is None:
            raise QuantityError("unknown_text", f"({remark})")
        meanings.append(meaning)
    return " ".join(_REMARK.sub(" ", text).split())


def take_words_before(text: str, meanings: list[str]) -> str:
    """Take known words off the front of a text; what each says is added to `meanings`."""
    start = 0
    while word := _WORD_BEFORE.match(text, start):
        meanings.append(_SAID_BEFORE[word[1].lower()])
        start = word.end()
    return text[start:]


def take_words_after(text: str, meanings: list[str]) -> str:
    """Take known words off both ends of what follows a number; what each says is added to `meanings`."""
    if vague := _JUST_AFTER_NUMBER.match(text):
        meanings.append("lower")
        text = text[vague.end() :]
    backwards = text.strip()[::-1]
    start = 0
    while word := _WORD_AFTER_BACKWARDS.match(backwards, start):
        meanings.append(_SAID_AFTER_BACKWARDS[word[1].lower()])
        start = word.end()
    return backwards[start:][::-1]
