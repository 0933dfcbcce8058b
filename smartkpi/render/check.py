"""The rows that fail a check: a line for each, or a workflow command of GitHub Actions at the line of its target.

References
----------
https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands, with the escapes of
`actions/toolkit`, packages/core/src/command.ts.
"""

from __future__ import annotations

from collections.abc import Mapping

from smartkpi.messages import label
from smartkpi.model.codes import Status
from smartkpi.model.table import Table
from smartkpi.render import columns, judged
from smartkpi.render.quantity import Row
from smartkpi.render.view import CheckFormat, View
from smartkpi.render.width import wrapped
from smartkpi.text import printable

_IN_MESSAGES = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTIES = {**_IN_MESSAGES, ":": "%3A", ",": "%2C"}


def render(table: Table, view: View) -> str:
    """Return a line or a command for each row, with what is required of it."""
    if view.format == CheckFormat.github:
        return "".join(f"{_command(table, row, view)}\n" for row in table.rows())
    return "".join(f"{line}\n" for row in table.rows() for line in _lines(table, row, view))


def _lines(table: Table, row: Row, view: View) -> list[str]:
    """Return what there is to say of a row, wrapped at a terminal."""
    text = printable(f"{_name(table, row)}: {_message(table, row, view)}")
    if view.width is None:
        return [text]
    first, *others = wrapped(text, max(view.width - 2, 8))
    return [first, *(f"  {line}" for line in others)]


def _command(table: Table, row: Row, view: View) -> str:
    indicator = table.plan.indicators[row["indicator"]]
    place = {"file": table.plan.file, "line": str(indicator.line or 1), "title": _name(table, row)}
    properties = ",".join(f"{name}={_escaped(text, _IN_PROPERTIES)}" for name, text in place.items())
    return f"::error {properties}::{_escaped(_message(table, row, view), _IN_MESSAGES)}"


def _escaped(text: str, escapes: Mapping[str, str]) -> str:
    return printable(text.translate({ord(sign): escape for sign, escape in escapes.items()}))


def _name(table: Table, row: Row) -> str:
    """Return the indicator's id, with the values of the series' dimensions."""
    values = [f"{name}={row[name]}" for name in table.plan.dimensions if row[name] is not None]
    return str(row["indicator"]) + (f"[{','.join(values)}]" if values else "")


def _message(table: Table, row: Row, view: View) -> str:
    """Return status and title of a row, and what its target asks for from now on."""
    return label("check_line", view.lang).format(
        status=_status(row, view.lang),
        title=columns.titled(table, row, view.lang),
        needed=_needed(table, row, view),
    )


def _status(row: Row, lang: str) -> str:
    word = label(row["status"], lang)
    if row["evidence"] != "low" or row["status"] == Status.undetermined:
        return word
    return label("status_noted", lang).format(status=word, note=label("low_evidence", lang))


def _needed(table: Table, row: Row, view: View) -> str:
    actual, target = judged.actual(table, row, view), judged.target(table, row, view)
    if row["status"] == Status.undetermined:
        reasons = [label(reason, view.lang) for reason in (row["reason"] or "").split(";") if reason]
        return label("list_separator", view.lang).join(reasons)
    growth, change = judged.growth_needed(table, row, view), judged.change_needed(table, row, view)
    ways = [label("compound_per_year", view.lang).format(number=growth)] if growth else []
    ways += [label("per_year", view.lang).format(number=change)] if change else []
    attained = judged.attainment(table, row, view)
    return label("list_separator", view.lang).join(
        [
            label("check_needs" if ways else "check_against", view.lang).format(
                actual=actual, target=target, required=label("or", view.lang).join(ways)
            ),
            *([label("check_attained", view.lang).format(attained=attained)] if attained else []),
        ]
    )
