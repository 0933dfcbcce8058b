"""The rows that fail a check, a line each; and every row as a finding, for programs that show it beside the plan."""

from __future__ import annotations

from smartkpi.messages import label
from smartkpi.model.codes import Status
from smartkpi.model.table import Table
from smartkpi.render import columns, judged
from smartkpi.render.findings import Finding, Outcome
from smartkpi.render.marks import notes_of
from smartkpi.render.quantity import Row
from smartkpi.render.view import View
from smartkpi.render.width import wrapped
from smartkpi.tables import check
from smartkpi.text import printable


def render(table: Table, view: View) -> str:
    """Return a line for each row, with what is required of it."""
    return "".join(f"{line}\n" for row in table.rows() for line in _lines(table, row, view))


def _lines(table: Table, row: Row, view: View) -> list[str]:
    """Return what there is to say of a row, wrapped at a terminal."""
    text = printable(label("named", view.lang).format(name=name(table, row), text=_message(table, row, view)))
    if view.width is None:
        return [text]
    first, *others = wrapped(text, max(view.width - 2, 8))
    return [first, *(f"  {line}" for line in others)]


def findings(outcome: check.Outcome, view: View) -> list[Finding]:
    """Return every row of a check: failing ones, those not judged, and those that pass."""
    parts = (
        (Outcome.failed, outcome.failing),
        (Outcome.skipped, outcome.spared),
        (Outcome.skipped, outcome.unjudged),
        (Outcome.passed, outcome.passing),
    )
    return [_finding(kind, table, row, view) for kind, table in parts for row in table.rows()]


def _finding(kind: Outcome, table: Table, row: Row, view: View) -> Finding:
    line = table.plan.indicators[row["indicator"]].line
    message = "" if kind == Outcome.passed else _message(table, row, view)
    return Finding(kind, row["status"], name(table, row), message, table.plan.file, line)


def name(table: Table, row: Row) -> str:
    """Return the indicator's id, with the values of the series' dimensions."""
    values = [f"{name}={row[name]}" for name in table.plan.dimensions if row[name] is not None]
    return str(row["indicator"]) + (f"[{','.join(values)}]" if values else "")


def _message(table: Table, row: Row, view: View) -> str:
    """Return status and title of a row, and what its target asks for from now on."""
    message = label("check_line", view.lang).format(
        status=_status(table, row, view.lang),
        title=columns.titled(table, row, view.lang),
        needed=_needed(table, row, view),
    )
    before = row.get(check.BEFORE) or row["status"]
    is_other = before != row["status"]
    notes = [label("check_unexplained", view.lang)] if _is_unexplained(row) else []
    notes += [label("check_was", view.lang).format(status=label(before, view.lang))] if is_other else []
    return label("list_separator", view.lang).join([message, *notes])


def _is_unexplained(row: Row) -> bool:
    """Whether a row is behind and nobody says why."""
    return row["status"] in check.BEHIND and row["explanation"] is None


def _status(table: Table, row: Row, lang: str) -> str:
    word = label(row["status"], lang)
    notes = [] if row["status"] == Status.undetermined else notes_of(table, row, lang)
    note = label("list_separator", lang).join(notes)
    return label("status_noted", lang).format(status=word, note=note) if notes else word


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
