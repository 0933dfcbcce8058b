"""Cells of the summaries per indicator and per group."""

from __future__ import annotations

from smartkpi.messages import label, title
from smartkpi.model.codes import Level, Status
from smartkpi.model.table import Table
from smartkpi.render.celltext import number, rounded
from smartkpi.render.quantity import Cell, Row
from smartkpi.render.view import View
from smartkpi.text import printable


def _count(name: str) -> Cell:
    def cell(table: Table, row: Row, view: View) -> str:
        return number(row[name])

    return cell


def _as_it_is(name: str) -> Cell:
    def cell(table: Table, row: Row, view: View) -> str:
        return "" if row[name] is None else printable(row[name])

    return cell


def _pace(table: Table, row: Row, view: View) -> str:
    return "" if row["median_pace"] is None else rounded(row["median_pace"], 2)


worst = _as_it_is("worst")
FIGURES: tuple[tuple[str, Cell], ...] = (
    ("heading_series", _count("series")),
    *((status.value, _count(status)) for status in Status),
    ("heading_median_pace", _pace),
)


def _attainment(table: Table, row: Row, view: View) -> str:
    if row["capped_attainment_pct"] is None:
        return ""
    share = f"{rounded(row['capped_attainment_pct'], 1)}%"
    details = {"share": share, "number": number(row["with_attainment"]), "all": number(row["series"])}
    return label("capped_attainment_text", view.lang).format(**details)


def group_name(table: Table, row: Row, view: View) -> str:
    """Return what a group is called: a pillar by its title, an agency by its name."""
    name = row["group"]
    if name is None:
        return label("group_without_name", view.lang)
    if name in table.plan.pillars:
        return printable(title(table.plan.pillars[name].title, view.lang))
    return label(name, view.lang) if name in tuple(Level) else printable(name)


GROUP_FIGURES: tuple[tuple[str, Cell], ...] = (
    ("heading_series", _count("series")),
    *((status.value, _count(status)) for status in Status),
    ("low_evidence", _count("low_evidence")),
    ("heading_capped_attainment", _attainment),
)
