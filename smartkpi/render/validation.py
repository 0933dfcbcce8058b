"""What `validate` found, as a line for people, as JSON or for CI programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from smartkpi.errors import Fault
from smartkpi.messages import label
from smartkpi.model.columns import schema_id
from smartkpi.render import findings, json
from smartkpi.render.understanding import document, text_lines
from smartkpi.render.view import ValidateFormat
from smartkpi.tables.validation import Validation

_SHORTEST_RUN = 5
_MOST_TABLES = 10
"""Tables that are described where nobody asks for all."""


def render(validation: Validation, form: str, lang: str, verbose: bool = False) -> str:
    """Return what was found; as text only what is right, since errors are told as those of every command are.

    Parameters
    ----------
    validation
        What was found.
    form
        Name of the format.
    lang
        Of the words for people.
    verbose
        Whether all tables are described, however many there are.
    """
    if form == ValidateFormat.text:
        if not validation.dataset:
            return ""
        described = text_lines(validation.tables, lang, None if verbose else _MOST_TABLES)
        return "".join(f"{line}\n" for line in [_line(validation, lang), *described])
    if form == ValidateFormat.json:
        return json.text(_document(validation, lang), indent=2) + "\n"
    found = findings.input_findings(validation.errors, validation.remarks, validation.files, lang)
    return findings.render(found, form)


def _line(validation: Validation, lang: str) -> str:
    return label("validated", lang).format(
        **_numbers(validation),
        years=label("enumeration", lang).join(_spans(validation.years)) or label("no_years", lang),
        files=len(validation.files),
    )


def _spans(years: Sequence[int]) -> Iterator[str]:
    """Return ascending years, those of a long run as its first and last one."""
    runs: list[list[int]] = []
    for year in years:
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    for run in runs:
        yield from map(str, run) if len(run) < _SHORTEST_RUN else [f"{run[0]}-{run[-1]}"]


def _numbers(validation: Validation) -> dict[str, int | None]:
    data = validation.dataset
    return {
        "indicators": len(data.plan.indicators) if data else None,
        "observations": len(data.observations) if data else None,
    }


def _document(validation: Validation, lang: str) -> dict[str, Any]:
    return {
        "schema": schema_id("validate"),
        "valid": validation.dataset is not None,
        **_numbers(validation),
        "years": validation.years,
        "files": list(validation.files),
        "errors": _problems(validation.errors, lang),
        "remarks": _problems(validation.remarks, lang),
        "tables": list(map(document, validation.tables)),
    }


def _problems(faults: Sequence[Fault], lang: str) -> list[dict[str, Any]]:
    return [
        {"code": each.key, "file": each.file, "line": each.line, "message": each.text(lang), "fix": each.cure(lang)}
        for each in faults
    ]
