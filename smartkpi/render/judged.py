"""The columns of `status` for people: actual and target, the bar, what is needed, and the judgement."""

from __future__ import annotations

from collections.abc import Sequence

from smartkpi.messages import label
from smartkpi.model.codes import Status, deciding_reason
from smartkpi.model.table import Table
from smartkpi.render import bars
from smartkpi.render.celltext import rounded, significant
from smartkpi.render.marks import notes_of
from smartkpi.render.quantity import Cell, Row, change_of, in_brackets, quantity_of, target_of
from smartkpi.render.symbols import SYMBOLS
from smartkpi.render.view import View

# What qualifies a judgement so much that it stands beside it.
_QUALIFYING = ("target_year_passed", "met_then_lost", "kept", "lost_before", "assumed")


def actual(table: Table, row: Row, view: View) -> str:
    """Return the latest observation with its year, and what obs_status says of it."""
    if row["year"] is None:
        return ""
    year = f"{row['year']:.0f}"
    if row.get("obs_status") not in (None, "", "A"):
        note = label(f"obs_status_{row['obs_status']}", view.lang)
        year = label("year_noted", view.lang).format(year=year, note=note)
    return in_brackets(quantity_of(table, row, "actual", view), year, view.lang)


def target(table: Table, row: Row, view: View) -> str:
    """Return the target with its year."""
    return in_brackets(target_of(table, row, view), f"{row['target_year']:.0f}", view.lang)


def attainment(table: Table, row: Row, view: View) -> str:
    """Return the attainment in percent; empty where it is not defined."""
    return "" if row["attainment_pct"] is None else f"{rounded(row['attainment_pct'], 1)}%"


def _bar(table: Table, row: Row, view: View) -> str:
    """Return the way from base to target as a bar; empty without a base, as attainment is another column."""
    if row["progress_pct"] is None:
        return ""
    return bars.way(row["progress_pct"], row["expected_progress_pct"], view.ascii)


def growth_needed(table: Table, row: Row, view: View) -> str:
    """Return the growth required a year; empty where it is not defined."""
    if row["required_growth_pct"] is None:
        return ""
    return _needed(row, f"{_signed(row['required_growth_pct'], 2)}%", view)


def change_needed(table: Table, row: Row, view: View) -> str:
    """Return the change required a year; empty where it is not defined."""
    if row["required_change"] is None:
        return ""
    return _needed(row, change_of(table, row, "required_change", view), view)


def _needed(row: Row, number: str, view: View) -> str:
    met = row["status"] == Status.achieved or "kept" in (row["reason"] or "").split(";")
    return label("nothing_needed", view.lang) if met else number


def _pace(table: Table, row: Row, view: View) -> str:
    return "" if row["pace"] is None else rounded(row["pace"], 2)


def _signed(value: float, decimals: int | None) -> str:
    text = significant(value, 3) if decimals is None else rounded(value, decimals)
    return text if value <= 0 else f"+{text}"


def mark_of(status: Status, view: View) -> str:
    """Return a status as shape and word."""
    symbol = SYMBOLS[status]
    return f"{symbol.ascii_shape if view.ascii else symbol.shape} {label(status, view.lang)}"


def status_mark(row: Row, view: View) -> str:
    """Return the status of a row as shape and word."""
    return mark_of(row["status"], view)


def change(row: Row, view: View) -> str:
    """Return the change of status in words; empty where there is none."""
    before, _, now = (row["status_change"] or "").partition(">")
    arrow = " -> " if view.ascii else " → "
    return arrow.join(label(each, view.lang) for each in (before, now)) if now else ""


def status_cell(table: Table, row: Row, view: View) -> str:
    """Return the status with what qualifies it, or with why there is none."""
    reasons = row["reason"].split(";") if row["reason"] else []
    if row["status"] == Status.undetermined:
        return label("undetermined_why", view.lang).format(
            status=status_mark(row, view), reason=label(deciding_reason(reasons), view.lang)
        )
    notes = notes_of(table, row, view.lang)
    notes += [label(each, view.lang) for each in _QUALIFYING if each in reasons]
    if not notes:
        return status_mark(row, view)
    note = label("list_separator", view.lang).join(notes)
    return label("status_noted", view.lang).format(status=status_mark(row, view), note=note)


FIGURES: Sequence[tuple[str, Cell]] = (
    ("heading_progress", _bar),
    ("heading_attainment", attainment),
    ("heading_required_growth", growth_needed),
    ("heading_required_change", change_needed),
    ("heading_pace", _pace),
)
