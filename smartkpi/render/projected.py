"""The columns of `project` for people: the scenarios, and a central figure or why there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from smartkpi.messages import label
from smartkpi.model.codes import Status
from smartkpi.model.table import Table
from smartkpi.render.celltext import rounded
from smartkpi.render.marks import marks_of, notes_of
from smartkpi.render.quantity import Cell, Row, number_of, quantity_of, value_cell, year_cell
from smartkpi.render.symbols import SYMBOLS, Symbol
from smartkpi.render.view import Format, View

YEARS_FAR_AHEAD = 3
"""From so many years on the interval holds less often than it says."""
# Reasons that mean something more special here than in the status table.
_OWN_WORDS = {"too_few_points", "not_ahead", "zero_denominator"}

_SYMBOLS: Mapping[bool | None, Symbol] = {
    True: SYMBOLS[Status.on_track],
    False: SYMBOLS[Status.off_track],
    None: SYMBOLS[Status.undetermined],
}


def symbol_of(row: Row) -> Symbol:
    """Return the mark of a row: that its target is met, else whether its central figure meets it."""
    return SYMBOLS[Status.achieved] if _is_met(row) else _SYMBOLS[row["meets_target"]]


def _is_met(row: Row) -> bool:
    return bool(row["meets_target"] is None and row["reached_in"] is not None)


def central(table: Table, row: Row, view: View) -> str:
    """Return the central figure with interval and chance, or that there is none; then what there is to say.

    What weakens the judgement is marked at a terminal, which has a legend, and said in words elsewhere.
    """
    shape = symbol_of(row).ascii_shape if view.ascii else symbol_of(row).shape
    shape += marks_of(table, row, view) if view.format == Format.table else ""
    reasons = [_reason(code, view) for code in (row["reason"] or "").split(";") if code]
    separator = label("sentence_separator", view.lang)
    if row["projected"] is None and row["change_reached_in"] is not None:
        reasons.append(label("change_reached_in", view.lang).format(year=f"{row['change_reached_in']:.0f}"))
    if view.format != Format.table:
        reasons += notes_of(table, row, view.lang)
    if row["projected"] is None:
        said = [label("no_central", view.lang).format(reasons=separator.join(reasons))]
        said[:0] = [label("met_in", view.lang).format(year=f"{row['reached_in']:.0f}")] if _is_met(row) else []
        return f"{shape} {separator.join(said)}"
    if row["low"] is None:
        return f"{shape} {separator.join([quantity_of(table, row, 'projected', view), *reasons])}"
    figures = label("central", view.lang).format(
        projected=quantity_of(table, row, "projected", view),
        low=number_of(table, row, "low", view),
        high=number_of(table, row, "high", view),
        verdict=label("meets" if row["meets_target"] else "misses", view.lang),
        chance=chance(row["probability"], view.lang),
    )
    return f"{shape} {separator.join([figures, *reasons])}"


def chance(probability: float | None, lang: str) -> str:
    """Return a probability in whole percent; below 10 and above 90 a few observations say no more than that."""
    if probability is None:
        return ""
    if probability < 0.1:
        return label("chance_under", lang)
    return label("chance_over", lang) if probability > 0.9 else f"{rounded(100 * probability, 0)}%"


def _reason(code: str, view: View) -> str:
    return label(f"project_{code}" if code in _OWN_WORDS else code, view.lang)


def coverage(table: Table, lang: str) -> list[str]:
    """Return how often the interval holds in practice, where a row is projected that far ahead."""
    if table.settings["interval"] != 80:
        return []
    ahead = table.numbers("project_year") - table.numbers("year")
    far = (ahead >= YEARS_FAR_AHEAD) & ~np.isnan(table.numbers("low"))
    return [label("holds_75", lang)] if far.any() else []


SCENARIOS: Sequence[tuple[str, Cell]] = (
    ("heading_project_year", year_cell("project_year")),
    ("heading_held", value_cell("held")),
    ("heading_at_observed_change", value_cell("at_observed_change")),
    ("heading_at_observed_growth", value_cell("at_observed_growth")),
    ("heading_reached_in", year_cell("reached_in")),
)
