"""Indicators and pillars by what people write: id or title, in either language, with or without footnote marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from smartkpi.errors import Fault
from smartkpi.model import Plan
from smartkpi.text import HALF_WIDTH, nearest, shortened

_PLAIN = HALF_WIDTH | dict.fromkeys(map(ord, "\u200b\u2060\ufeff\u00ad"))
"""Half width, and nothing that is not to be seen."""
_LONGEST_MARKS = 40
_MOST_NAMES = 6
_LONGEST_NAME = 40
_FOOTNOTES = r"(?:\^?\[(?:註|注)?\d{1,3}\]|\((?:註|注)\d{0,3}\)|(?:註|注)\d{1,3}|[¹²³⁰⁴-⁹*※†‡])+\Z"

# Numbers and bullets that tables put before a name: `1. `, `(一)`, `二、`; not the 2. of `2.5 Gbps`.
_NUMBERING = r"(?:[•●■◆-]|\(?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[).、．](?!\d))+"


class Names:
    """What a plan's indicators and pillars are called.

    Parameters
    ----------
    plan
        Whose indicators are looked up.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._indicators: dict[str, list[str]] = {}
        for indicator in plan.indicators.values():
            for name in {
                normalised(each) for each in (indicator.id, *indicator.title.values(), *indicator.short.values())
            }:
                self._indicators.setdefault(name, []).append(indicator.id)
        self._pillars = {
            normalised(name) for pillar in plan.pillars.values() for name in (pillar.id, *pillar.title.values())
        }

    @property
    def words(self) -> list[str]:
        """Titles and units of the plan."""
        every = self._plan.indicators.values()
        return [word for indicator in every for word in (*indicator.title.values(), indicator.unit)]

    def indicators(self, text: str) -> list[str]:
        """Return the ids of the indicators of this id, title or short title: one, or none, or several of the same."""
        if text in self._plan.indicators:
            return [text]
        return self._indicators.get(normalised(text), [])

    def nearest(self, text: str) -> str:
        """Return the indicator that is spelled most like a text, else the first few."""
        return ", ".join(self._alike(text) or list(self._plan.indicators)[:5])

    def _alike(self, text: str) -> list[str]:
        """Return the indicators that have a name which is spelled like a text."""
        near = nearest(folded(text[:100]), self._indicators)
        return self._indicators[near] if near else []

    @property
    def first_ids(self) -> str:
        """The first ids of the plan, in a message."""
        return _first(self._plan.indicators)

    def none_matches(self, file: str, line: int, found: Sequence[str]) -> Fault:
        """Return what is to be said of a file with names of rows of which none is an indicator."""
        names = list(dict.fromkeys(found))
        shown = ", ".join(f"'{shortened(name, _LONGEST_NAME)}'" for name in names[:_MOST_NAMES])
        near = [indicator for name in names[:_MOST_NAMES] for indicator in self._alike(name)]
        details = {"found": shown + (" …" if len(names) > _MOST_NAMES else ""), "number": len(found)}
        return Fault("none_matches", file, line, **details, ids=_first(dict.fromkeys([*near, *self._plan.indicators])))

    def is_pillar(self, text: str) -> bool:
        """Whether a text is the id or title of a pillar."""
        return normalised(text) in self._pillars

    def any_indicator(self, texts: Iterable[str]) -> bool:
        """Whether there is a text, and each that there is names an indicator."""
        given = [text for text in texts if text]
        return bool(given) and all(map(self.indicators, given))


def _first(ids: Iterable[str]) -> str:
    every = list(ids)
    return ", ".join(every[:_MOST_NAMES]) + (" …" if len(every) > _MOST_NAMES else "")


@lru_cache(maxsize=1 << 14)
def normalised(text: str) -> str:
    """Return a name without case, width, spaces, footnote marks and a number before it.

    Examples
    --------
    >>> normalised("５Ｇ 網路 ^[5]"), normalised("1. 資訊產業產值註1")
    ('5g網路', '資訊產業產值')
    """
    plain = without_footnotes(folded(text))
    return plain[numbering.end() :] if (numbering := re.match(_NUMBERING, plain)) else plain


def without_footnotes(text: str) -> str:
    """Return a half-width text without the footnote marks at its end."""
    text = text.rstrip()
    # Only the end is searched: a text of nothing but asterisks would else take the square of its length.
    return text[:-_LONGEST_MARKS] + re.sub(_FOOTNOTES, "", text[-_LONGEST_MARKS:])


def folded(text: str) -> str:
    """Return a text in lower case and half width, without spaces."""
    return "".join(text.translate(_PLAIN).casefold().split())
