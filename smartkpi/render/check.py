"""A line for each row that fails a check, with what is required of it."""

from __future__ import annotations

from smartkpi.messages import label
from smartkpi.model.codes import Status
from smartkpi.model.table import Table
from smartkpi.render import columns, judged, terminal
from smartkpi.render.quantity import Row
from smartkpi.render.view import View
from smartkpi.text import printable


def render(table: Table, view: View) -> str:
    """Return the lines; the table of the columns asked for, where there are any."""
    if view.fields:
        return terminal.render(table, view)
    return "".join(printable(f"{name_of(table, row)}: {message(table, row, view)}") + "\n" for row in table.rows())


def name_of(table: Table, row: Row) -> str:
    """Return the indicator's id, with the values of the series' dimensions."""
    values = [f"{name}={row[name]}" for name in table.plan.dimensions if row[name] is not None]
    return str(row["indicator"]) + (f"[{','.join(values)}]" if values else "")


def message(table: Table, row: Row, view: View) -> str:
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
    needed = [judged.growth_needed(table, row, view), judged.change_needed(table, row, view)]
    ways = label("or", view.lang).join(filter(None, needed))
    return label("check_needs" if ways else "check_against", view.lang).format(
        actual=actual, target=target, required=ways
    )
