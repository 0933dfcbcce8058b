"""Figures in words: with the unit and the decimals of their indicator, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from smartkpi import messages
from smartkpi.model import Indicator, Observation, Plan
from smartkpi.quantities.unit_wording import Wording
from smartkpi.render.celltext import number, rounded
from smartkpi.render.quantity import abbreviated, amount, digits, relative_text, signed_change, wording
from smartkpi.text import printable, shortened

LONGEST_TITLE = 240


class Figure(NamedTuple):
    """A number for people, with the exact one beside it."""

    text: str
    exact: str
    """As in JSON."""


@dataclass(frozen=True)
class Phrases:
    """Words of a language, for a plan."""

    lang: str
    plan: Plan
    brief: bool = False
    """Whether multiples of money are abbreviated, as on a chart."""

    def __call__(self, key: str, **details: Any) -> str:
        """Return a word or sentence of the catalogue, with details put in."""
        return messages.label(key, self.lang).format(**details)

    def title(self, titles: Mapping[str, str]) -> str:
        """Return the title in the language, else the one there is, on one line and of bounded length."""
        return shortened(messages.title(titles, self.lang), LONGEST_TITLE)

    def unit(self, indicator: Indicator) -> str:
        """Return the name of the unit that bare values are in."""
        return shortened(self.wording(indicator).shown, 40)

    def wording(self, indicator: Indicator) -> Wording:
        """Return how people see values of an indicator."""
        words = wording(indicator.unit, self.plan, self.lang)
        return abbreviated(words) if self.brief else words

    def bare(self, value: float, indicator: Indicator) -> str:
        """Return a value without its unit, in the multiple that people see; a share with its sign."""
        words = self.wording(indicator)
        text = digits(value, indicator.decimals, words.power, given=True).replace("-", "−")
        return f"{text}%" if words.after == "%" else text

    def value(self, value: float, indicator: Indicator) -> str:
        """Return a value with its unit."""
        return amount(value, self.wording(indicator), indicator.decimals, given=True).replace("-", "−")

    def target(self, row: Mapping[str, Any], indicator: Indicator, *, bare: bool = False) -> Figure:
        """Return the target of a row: a number, the ends of a range, or the relative target that has no number."""
        if row["target_low"] is not None:
            low, high = self.bare(row["target_low"], indicator), self.value(row["target_high"], indicator)
            text = self("range", low=low, high=high)
        elif row["target"] is None:
            return Figure(relative_text(indicator.relative, self.lang) if indicator.relative else "", "")
        else:
            text = self.bare(row["target"], indicator) if bare else self.value(row["target"], indicator)
        return figure(text, row["target"]) if row["target"] is not None else Figure(text, "")

    def change(self, value: float, indicator: Indicator) -> str:
        """Return a change with its sign; of a share in percentage points."""
        return signed_change(value, self.wording(indicator)).replace("-", "−")

    def needed(self, value: float, indicator: Indicator) -> str:
        """Return a change as what has to be added or taken off, in a sentence."""
        key = "needed_rise" if value > 0 else "needed_fall"
        return self(key, change=self.change(abs(value), indicator).removeprefix("+"))

    def observed(self, observation: Observation, indicator: Indicator, *, bare: bool = False) -> str:
        """Return an observation, with the word for its obs_status where that is not normal."""
        text = (
            self.bare(observation.value or 0.0, indicator) if bare else self.value(observation.value or 0.0, indicator)
        )
        word = self.remark(observation)
        return self("report_with_status", value=text, status=word) if word else text

    def remark(self, observation: Observation) -> str:
        """Return what is to be said of an observation that is not normal; empty for a normal one."""
        if observation.assumed:
            return self("report_assumed")
        return self(f"obs_status_{observation.obs_status}") if observation.obs_status not in ("A", "") else ""


def signed(text: str, value: float) -> str:
    """Return the text of a number with a sign, a true minus for what falls."""
    return f"+{text}" if value > 0 else text.replace("-", "−")


def percent(value: float, decimals: int = 1) -> str:
    """Return a share for people."""
    return f"{rounded(value, decimals)}%".replace("-", "−")


def growth(value: float, decimals: int = 2) -> str:
    """Return a growth rate for people."""
    return signed(f"{rounded(value, decimals)}%", value)


def figure(text: str, value: float) -> Figure:
    """Return a figure with its exact value."""
    return Figure(text, number(value))


@cache
def tongue(text: str, page: str) -> str:
    """Return the language to mark a text with, empty where it seems to be that of the page.

    Examples
    --------
    >>> tongue("年度報告", "en"), tongue("Report (2022)", "zh-TW"), tongue("Report", "en")
    ('zh-Hant-TW', 'en', '')
    """
    letters = [char for char in text[:400] if char.isalpha()]
    chinese = sum("\u4e00" <= char <= "\u9fff" for char in letters) > len(letters) / 3
    if page == "zh-TW":
        return "en" if letters and not chinese else ""
    return "zh-Hant-TW" if chinese else ""


def line(text: str) -> str:
    """Return a text of a file on one line, with nothing in it that steers."""
    return printable(" ".join(text.split()))
