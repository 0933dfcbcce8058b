"""Data repositories of Open SDG: indicators with numeric targets, and their rows.

References
----------
Open SDG, https://open-sdg.readthedocs.io: metadata in ``meta/ID.md`` or ``.yml``, data in ``data/indicator_ID.csv``,
and ``progress_calculation_options``: base_year 2015, target_year 2030, direction negative where it says nothing.
"""

from __future__ import annotations

import csv
import io
import math
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from smartkpi.errors import DataError, Fault
from smartkpi.quantities.years import YearError, read_year
from smartkpi.readers import files
from smartkpi.text import pattern

LARGEST_FILE = 64_000_000
"""Bytes of a file of data or metadata."""
_META_SUFFIXES = (".md", ".yml", ".yaml")
_YEAR, _VALUE, _SERIES = "Year", "Value", "Series"
_UNITS = ("Units", "Unit measure")
_BESIDE = frozenset(
    (_YEAR, _VALUE, *_UNITS, "Unit multiplier", "Observation status", "GeoCode", "Latitude", "Longitude")
)
"""Columns that split nothing."""
_PERCENT = pattern(r"(?i)(?:percent(?:age)?|per cent|%|pct)(?: \(%\))?")
_NUMBER = pattern(r"(?i)numbers?|count|total|units?")


class SdgIndicator(NamedTuple):
    """An indicator with a numeric target."""

    id: str
    number: str
    """Such as ``8.5.2``."""
    name: str
    unit: str
    """As smartkpi writes it: ``%``, ``count``, or the repository's own text."""
    direction: str
    target: float
    target_year: int
    base_year: int | None
    """Of the headline; None where it has no year from which the way to the target can start."""
    dimensions: Sequence[str]
    """Columns of the file that split it."""
    rows: Sequence[Mapping[str, str]]
    """Of the file, with years and numbers that can be read."""


class Repository(NamedTuple):
    """What a checkout holds."""

    indicators: Sequence[SdgIndicator]
    remarks: Sequence[Fault]
    """What is left out."""


def read(path: Path, shown: str) -> Repository:
    """Read a checkout of a repository.

    Parameters
    ----------
    path
        Its folder.
    shown
        Its name in messages.

    Raises
    ------
    DataError
        If it has no folders ``meta`` and ``data``, or no indicator with a numeric target and data.
    """
    meta, data = path / "meta", path / "data"
    if not (os.path.isdir(meta) and os.path.isdir(data)):  # noqa: PTH112 - Path raises for long names
        raise DataError(Fault("not_open_sdg", shown))
    indicators: list[SdgIndicator] = []
    without: list[str] = []
    remarks: list[Fault] = []
    for file in sorted(each for each in meta.iterdir() if each.suffix.lower() in _META_SUFFIXES):
        fields = _metadata(file, f"{shown}/meta/{file.name}")
        source = data / f"indicator_{file.stem}.csv"
        options = _options(fields)
        if not options or not source.is_file():
            without.append(str(fields.get("indicator_number") or file.stem))
            continue
        table = _rows(source, f"{shown}/data/{source.name}", remarks)
        for place, each in enumerate(options):
            name = file.stem if place == 0 else f"{file.stem}-{place + 1}"
            indicators += _indicator(name, fields, each, table, f"{shown}/data/{source.name}", remarks)
    if without:
        names = ", ".join(without)
        remarks.append(Fault("open_sdg_without_target", shown, number=len(without), names=names))
    if not indicators:
        raise DataError([*remarks, Fault("open_sdg_no_targets", shown)])
    return Repository(indicators, remarks)


def _metadata(file: Path, shown: str) -> Mapping[str, Any]:
    """Return the fields of a file of metadata: all of a YAML file, of Markdown what is before the second ``---``."""
    import yaml

    text = _text(file, shown)
    if file.suffix.lower() == ".md":
        text = next(iter(re.split(r"(?m)^---\s*$", text)[1:2]), "")
    try:
        found = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise DataError(Fault("open_sdg_metadata", shown, problem=str(error).partition("\n")[0])) from error
    return found if isinstance(found, dict) else {}


def _options(fields: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the options of the calculation of progress that have a numeric target."""
    given = fields.get("progress_calculation_options")
    every = given if isinstance(given, list) else [given]
    return [each for each in every if isinstance(each, dict) and _number(each.get("target")) is not None]


def _number(value: Any) -> float | None:
    try:
        number = float(value) if not isinstance(value, bool) else math.nan
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def _rows(file: Path, shown: str, remarks: list[Fault]) -> list[dict[str, str]]:
    """Return the rows whose year is one and whose value is a number; the others are counted in a remark."""
    rows: list[dict[str, str]] = []
    left_out: list[str] = []
    reader = csv.DictReader(io.StringIO(_text(file, shown), newline=""))
    for row in reader:
        cells = {name.strip(): (value or "").strip() for name, value in row.items() if name and name.strip()}
        if _is_year(cells.get(_YEAR, "")) and _number(cells.get(_VALUE)) is not None:
            rows.append(cells)
        elif cells.get(_VALUE):
            left_out.append(str(reader.line_num))
    if left_out:
        lines = ", ".join(left_out[:5]) + (", …" if len(left_out) > 5 else "")
        remarks.append(Fault("open_sdg_rows", shown, number=len(left_out), lines=lines))
    return rows


def _is_year(text: str) -> bool:
    try:
        return str(read_year(text, "ce").value) == text.partition(".")[0]
    except YearError:
        return False


def _text(file: Path, shown: str) -> str:
    faults: list[Fault] = []
    content = files.read_bytes(file, shown, faults, LARGEST_FILE)
    text, _ = files.decode(content, shown, faults, None)
    if faults:
        raise DataError(faults)
    return text


def _indicator(
    name: str,
    fields: Mapping[str, Any],
    options: Mapping[str, Any],
    table: Sequence[dict[str, str]],
    shown: str,
    remarks: list[Fault],
) -> Iterator[SdgIndicator]:
    """Return the indicator of one entry of the options; none with a remark where its unit or rows are not clear."""
    rows, series = list(table), str(options.get("series") or "")
    if series:
        rows = [row for row in rows if row.get(_SERIES) == series]
    if wanted := str(options.get("unit") or ""):
        rows = [row for row in rows if _unit_of(row) in ("", wanted)]
    units = dict.fromkeys(unit for row in rows if (unit := _unit_of(row)))
    if not rows or len(units) > 1:
        remarks.append(Fault("open_sdg_unclear", shown, name=name, units=", ".join(units) or "-"))
        return
    unit = next(iter(units), "") or wanted or str(fields.get("computation_units") or "")
    columns = dict.fromkeys(column for row in rows for column in row)
    dimensions = [
        column
        for column in columns
        if column not in _BESIDE and not (series and column == _SERIES) and any(row.get(column) for row in rows)
    ]
    kept = _without_second_values(rows, dimensions, shown, remarks)
    start = int(_number(options.get("base_year")) or 2015)
    years = sorted(int(float(row[_YEAR])) for row in kept if not any(row.get(column) for column in dimensions))
    target_year = int(_number(options.get("target_year")) or 2030)
    yield SdgIndicator(
        id=name,
        number=str(fields.get("indicator_number") or name.replace("-", ".")),
        name=" ".join(
            filter(None, [str(fields.get("indicator_name") or name).strip(), f"({series})" if series else ""])
        ),
        unit="%" if _PERCENT.fullmatch(unit) else "count" if not unit or _NUMBER.fullmatch(unit) else unit,
        direction="increase" if str(options.get("direction")) == "positive" else "decrease",
        target=_number(options["target"]) or 0.0,
        target_year=target_year,
        base_year=next((year for year in years if start <= year < target_year), None),
        dimensions=dimensions,
        rows=kept,
    )


def _unit_of(row: Mapping[str, str]) -> str:
    return next((row[column] for column in _UNITS if row.get(column)), "")


def _without_second_values(
    rows: Sequence[dict[str, str]], dimensions: Sequence[str], shown: str, remarks: list[Fault]
) -> list[dict[str, str]]:
    """Return the rows without the series that have two values for one year, which are named in a remark."""

    def key(row: Mapping[str, str]) -> tuple[str, ...]:
        return (str(int(float(row[_YEAR]))), *(row.get(column, "") for column in dimensions))

    counted = Counter(key(row) for row in rows)
    twice = {each[1:] for each, number in counted.items() if number > 1}
    if twice:
        names = ", ".join("/".join(filter(None, each)) or "-" for each in sorted(twice)[:5])
        remarks.append(Fault("open_sdg_twice", shown, number=len(twice), names=names))
    return [row for row in rows if key(row)[1:] not in twice]
