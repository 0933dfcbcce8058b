"""A plan and actuals to begin with: texts with places for the years."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files
from string import Template

from smartkpi.errors import Fault, UsageError
from smartkpi.model import FIRST_YEAR, LAST_YEAR
from smartkpi.schema import as_text, json_schema
from smartkpi.text import pattern

YEARS_TO_TARGET = 5

SCHEMA_FILE = "targets.schema.json"
"""What the first line of the plan calls its JSON Schema."""


_WORDS = pattern("«([^«»]*)»")
"""Words in both languages, parted by a broken bar, with those of a plan in both between them if they are others."""


def starter_folder(year: int, lang: str | None) -> Mapping[str, bytes]:
    """Return all files of a data folder to begin with, content by path.

    Parameters
    ----------
    year
        Of the latest actuals; the targets are five years later.
    lang
        Language of the plan; None for both, and a JSON Schema in English.

    Raises
    ------
    UsageError
        If the years are none that a plan can have.
    """
    if not FIRST_YEAR < year <= LAST_YEAR - YEARS_TO_TARGET:
        raise UsageError(Fault("not_in_words", option="--year", found=str(year), example="2025"))
    texts = {SCHEMA_FILE: as_text(json_schema("plan", lang or "en")), **starter_files(year, lang)}
    return {name: text.encode() for name, text in texts.items()}


def starter_files(year: int, lang: str | None = None) -> Mapping[str, str]:
    """Return the files of a data folder to begin with, text by path.

    Parameters
    ----------
    year
        Of the latest actuals; the targets are five years later.
    lang
        Language of titles and comments; None for both.

    Examples
    --------
    >>> list(starter_files(2025))
    ['actuals/2024.csv', 'actuals/2025.csv', 'targets.toml']
    """
    years = {"before": year - 1, "year": year, "goal": year + YEARS_TO_TARGET, "schema": SCHEMA_FILE}
    texts = {
        f"actuals/{year - 1}.csv": "before.csv",
        f"actuals/{year}.csv": "latest.csv",
        "targets.toml": "targets.toml",
    }
    folder = files("smartkpi.render.starter")
    return {
        path: Template(_in_language((folder / name).read_text(encoding="utf-8"), lang)).substitute(years)
        for path, name in texts.items()
    }


def _in_language(text: str, lang: str | None) -> str:
    """Return a text with its words in one language, or in both."""

    def words(found: re.Match[str]) -> str:
        english, *both, chinese = found[1].split("¦")
        return {"en": english, "zh-TW": chinese}.get(lang or "", both[0] if both else f"{english} {chinese}")

    return _WORDS.sub(words, text)
