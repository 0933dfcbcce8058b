"""Words, sentences and error messages for people, by key and language; machine formats use none of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import ModuleType

LANGUAGES = ("en", "zh-TW")


@cache
def label(key: str, lang: str) -> str:
    """Return the word or sentence under a key, in the language."""
    labels: Mapping[str, str] = _catalogue(lang, "").LABELS
    return _sentence(labels[key]) if lang == "zh-TW" else labels[key]


def error(key: str, lang: str) -> tuple[str, str]:
    """Return the message under a key and how to fix it, with {named} places for details."""
    errors: Mapping[str, tuple[str, str]] = _catalogue(lang, "_errors").ERRORS
    text, cure = errors[key]
    return (_sentence(text), _sentence(cure)) if lang == "zh-TW" else (text, cure)


def _sentence(text: str) -> str:
    from smartkpi.messages.chinese import Sentence

    return Sentence(text)


def title(titles: Mapping[str, str], lang: str) -> str:
    """Return the title in the language, else the first one there is; empty where there is none."""
    return titles.get(lang) or next(iter(titles.values()), "")


def dimension(text: str, lang: str) -> str:
    """Return what a unit measures, in the language."""
    if lang != "zh-TW":
        return text
    from smartkpi.messages.dimensions import in_chinese

    return in_chinese(text)


def choose(environment: Mapping[str, str]) -> str:
    """Return the language that the environment asks for: SMARTKPI_LANG, else the locale.

    Examples
    --------
    >>> choose({"LANG": "zh_TW.UTF-8"}), choose({"LC_ALL": "C", "LANG": "zh_TW.UTF-8"}), choose({})
    ('zh-TW', 'en', 'en')
    """
    for name in ("SMARTKPI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return "zh-TW" if value.replace("_", "-").lower().startswith(("zh-tw", "zh-hant")) else "en"
    return "en"


def _catalogue(lang: str, part: str) -> ModuleType:
    return import_module(f"smartkpi.messages.{'zh_tw' if lang == 'zh-TW' else 'en'}{part}")
