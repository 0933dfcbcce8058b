"""A data folder made from what is there already: a spreadsheet, or a data repository of Open SDG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from smartkpi.errors import Fault, UsageError
from smartkpi.render.starter import SCHEMA_FILE
from smartkpi.schema import as_text, json_schema

OPEN_SDG = "open-sdg:"
"""Begins an origin that is a repository and not a file."""


def folder_from(origin: str, lang: str) -> tuple[Mapping[str, bytes], Sequence[Fault]]:
    """Return the files of a data folder with the plan that an origin makes, and remarks on it.

    Parameters
    ----------
    origin
        A file with a row for each indicator, or `OPEN_SDG` and the folder of a repository.
    lang
        Language of the descriptions in the plan's JSON Schema.

    Raises
    ------
    DataError
        If it cannot be read.
    UsageError
        If no folder is named.
    """
    files: Mapping[str, str]
    remarks: Sequence[Fault]
    if origin.startswith(OPEN_SDG):
        files, remarks = _from_open_sdg(origin.removeprefix(OPEN_SDG))
    else:
        from smartkpi.render.starter.from_file import plan_text

        text, remarks = plan_text(origin)
        files = {"targets.toml": text}
    every = {SCHEMA_FILE: as_text(json_schema("plan", lang)), **files}
    return {name: text.encode() for name, text in every.items()}, remarks


def _from_open_sdg(path: str) -> tuple[Mapping[str, str], Sequence[Fault]]:
    from smartkpi.readers import open_sdg
    from smartkpi.render.starter.from_open_sdg import data_files

    if not path:
        raise UsageError(Fault("not_in_words", option="--from", found=OPEN_SDG, example="open-sdg:PATH"))
    repository = open_sdg.read(Path(path), path.rstrip("/"))
    return data_files(repository.indicators, Path(path).resolve().name or "open-sdg"), repository.remarks
