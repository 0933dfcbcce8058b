"""The statuses of an earlier run, from the CSV or JSON that `status` wrote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from smartkpi.errors import DataError, Fault, Faults
from smartkpi.model import Plan
from smartkpi.model.codes import Status
from smartkpi.readers import csv, files, jsonl
from smartkpi.readers.csv import Row, Sheet

_LARGEST = 64_000_000
Series = tuple[str, ...]
"""An indicator's id, and the value of each dimension."""


def read(path: str, plan: Plan) -> Mapping[Series, Status]:
    """Read which status each series had.

    Parameters
    ----------
    path
        CSV, TSV, JSON or JSON lines with the columns ``indicator``, the plan's dimensions and ``status``; of several
        years the last row of a series counts.
    plan
        Whose dimensions tell the series apart.

    Raises
    ------
    DataError
        With all its errors.
    """
    faults = Faults()
    content = files.read_bytes(Path(path), path, faults, _LARGEST)
    text = "" if faults else files.decode(content, path, faults)[0]
    sheet = None if faults else _sheet(text, path, faults)
    found = {} if sheet is None else _statuses(sheet, plan, faults)
    if faults:
        raise DataError(faults)
    return found


def _sheet(text: str, file: str, faults: list[Fault]) -> Sheet | None:
    if not jsonl.looks_like(text):
        return csv.read(text, file, faults)
    rows = list(_objects(text, file, faults))
    names = list(dict.fromkeys(name for _, each in rows for name in each))
    cells = [Row(line, [_text(each.get(name)) for name in names]) for line, each in rows]
    return csv.sheet(file, [Row(1, names), *cells] if names else [], faults)


def _objects(text: str, file: str, faults: list[Fault]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Return the rows of a JSON document, or the objects of JSON lines, with their lines in the latter."""
    import json

    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        for line, each in enumerate(text.splitlines(), start=1):
            try:
                yield line, dict(json.loads(each))
            except (ValueError, TypeError, RecursionError) as error:
                faults.append(Fault("json_syntax", file, line, problem=str(error)))
                return
        return
    rows = found.get("rows", [found]) if isinstance(found, dict) else found
    yield from ((1, each) for each in rows if isinstance(each, dict))


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _statuses(sheet: Sheet, plan: Plan, faults: list[Fault]) -> Mapping[Series, Status]:
    header = sheet.header.cells
    wanted = ("indicator", *plan.dimensions, "status")
    missing = [name for name in wanted if header.count(name) != 1]
    if missing:
        names = ", ".join(missing)
        faults.append(Fault("no_statuses", sheet.file, sheet.header.line, names=names, found=", ".join(header)))
        return {}
    positions = [header.index(name) for name in wanted]
    found: dict[Series, Status] = {}
    for row in csv.check_widths(sheet, faults):
        *series, status = (row.cells[position] for position in positions)
        if status in tuple(Status):
            found[tuple(series)] = Status(status)
        else:
            faults.append(Fault("unknown_status", sheet.file, row.line, found=status, choices=", ".join(Status)))
    return found
