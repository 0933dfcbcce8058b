"""Chinese sentences whose details are put in with the blanks of Taiwanese typography."""

from __future__ import annotations

import re
from functools import cache
from string import Formatter
from typing import Any

_BETWEEN_CHINESE = re.compile("[\u3400-\u9fff（）「」，。；：、] [\u3400-\u9fff（）「」，。；：、]")
_CHINESE_TO_LATIN = re.compile("[\u3400-\u9fff][A-Za-z0-9]|[A-Za-z0-9%][\u3400-\u9fff]")


class Sentence(str):
    """A message in Chinese: a blank between Chinese and Latin letters or digits, none between Chinese and Chinese."""

    __slots__ = ()

    def format(self, *args: object, **details: Any) -> str:
        """Return the sentence with details put in; they stay as they are, the sentence's own blanks come and go.

        Examples
        --------
        >>> form = Sentence("已達成 {target} 的目標")
        >>> form.format(target="20 億元"), form.format(target="85%"), Sentence("是{kind}").format(kind="true 或 false")
        ('已達成 20 億元的目標', '已達成 85% 的目標', '是 true 或 false')
        """
        if args:
            return super().format(*args, **details)
        text = ""
        last = ""
        for literal, name, form in _pieces(self):
            text, last = _followed(text, last, literal, literal)
            if name is not None:
                value = details[name]
                text, last = _followed(text, last, f"{value:{form}}", getattr(value, "seen", f"{value:{form}}"))
        return text


def _followed(text: str, last: str, more: str, seen: str) -> tuple[str, str]:
    """Return a text with more behind it, and its last piece; `seen` is what people see of what is added."""
    if not seen:
        return text + more, last
    if _BETWEEN_CHINESE.fullmatch(last[-2:] + seen[:1]):
        text = text[:-1]
    elif _BETWEEN_CHINESE.fullmatch(last[-1:] + seen[:2]):
        more = more[1:]
    elif _CHINESE_TO_LATIN.fullmatch(last[-1:] + seen[:1]):
        text += " "
    return text + more, seen


@cache
def _pieces(text: str) -> list[tuple[str, str | None, str]]:
    return [(literal, name, form or "") for literal, name, form, _ in Formatter().parse(text)]
