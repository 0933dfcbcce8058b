"""The columns of `project` for people: the scenarios, and a central figure or why there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from smartkpi.model import Status, Table
from smartkpi.render.cells import Cell, Column, Row, actual, bare, quantity, right, target, year
from smartkpi.render.celltext import rounded, significant
from smartkpi.render.symbols import SYMBOLS, Symbol
from smartkpi.render.view import View
from smartkpi.words import label

_NUMBERS: Sequence[tuple[str, Cell]] = (
    ("heading_actual", actual),
    ("heading_target", target),
    ("heading_project_year", year("project_year")),
    ("heading_held", quantity("held")),
    ("heading_at_observed_change", quantity("at_observed_change")),
    ("heading_at_observed_growth", quantity("at_observed_growth")),
    ("heading_reached_in", year("reached_in")),
)

# Reasons that mean something more special here than in the status table.
_OWN_WORDS = {"too_few_points", "not_ahead"}

_SYMBOLS: Mapping[bool | None, Symbol] = {
    True: SYMBOLS[Status.on_track],
    False: SYMBOLS[Status.off_track],
    None: SYMBOLS[Status.undetermined],
}


def columns(table: Table, rows: Sequence[Row], view: View) -> list[Column]:
    """Return the columns after the indicator's."""
    interval = significant(table.settings["interval"])
    return [
        *(right(label(heading, view.lang), cell, table, rows, view) for heading, cell in _NUMBERS),
        Column(
            label("heading_central", view.lang).format(interval=interval),
            [_central(table, row, view) for row in rows],
            styles=[_SYMBOLS[row["meets_target"]].style for row in rows],
            wraps=True,
        ),
    ]


def _central(table: Table, row: Row, view: View) -> str:
    """Return the central figure with interval and chance, or that there is none, then what there is to say."""
    symbol = _SYMBOLS[row["meets_target"]]
    shape = symbol.ascii_shape if view.ascii else symbol.shape
    reasons = [_reason(code, view) for code in (row["reason"] or "").split(";") if code]
    separator = label("reason_separator", view.lang)
    if row["projected"] is None:
        return f"{shape} {label('no_central', view.lang).format(reasons=separator.join(reasons))}"
    if row["target"] in (table.plan.indicators[row["indicator"]].bounds or ()):
        reasons.append(label("project_target_on_bound", view.lang))
    figures = label("central", view.lang).format(
        projected=quantity("projected")(table, row, view),
        low=bare(table, row, "low"),
        high=bare(table, row, "high"),
        chance=_chance(row["probability"]),
    )
    return f"{shape} {separator.join([figures, *reasons])}"


def _chance(probability: float | None) -> str:
    """Return a probability in whole percent; 0 and 100 stand for certainty alone."""
    if probability is None:
        return ""
    if 0 < probability < 0.005:
        return "<1%"
    return ">99%" if 0.995 < probability < 1 else f"{rounded(100 * probability, 0)}%"


def _reason(code: str, view: View) -> str:
    return label(f"project_{code}" if code in _OWN_WORDS else code, view.lang)
