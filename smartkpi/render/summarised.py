"""Cells of the summaries per indicator and per group."""

from __future__ import annotations

from smartkpi.messages import label, title
from smartkpi.model import Plan
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


def attained_share(row: Row, lang: str) -> str:
    """Return the mean attainment of a group with how many it is of; empty where nobody has one."""
    if row["capped_attainment_pct"] is None:
        return ""
    share = f"{rounded(row['capped_attainment_pct'], 1)}%"
    details = {"share": share, "number": number(row["with_attainment"]), "all": number(row["series"])}
    return label("capped_attainment_text", lang).format(**details)


def mean_heading(plan: Plan) -> str:
    """Return the key of what the mean attainment is called, where the plan weighs its indicators or does not."""
    weighs = any(each.weight is not None for each in plan.indicators.values())
    return "heading_weighted_attainment" if weighs else "heading_capped_attainment"


def _attainment(table: Table, row: Row, view: View) -> str:
    return attained_share(row, view.lang)


def group_name(table: Table, row: Row, view: View) -> str:
    """Return what a group is called: a pillar by its title, an agency by its name."""
    name = row["group"]
    if name is None:
        return label("group_without_name", view.lang)
    if name in table.plan.pillars:
        return printable(title(table.plan.pillars[name].title, view.lang))
    for each in table.plan.indicators.values():
        if name in each.owners():
            names: dict[str, str] = dict(zip(each.owners(), each.owners(view.lang), strict=False))
            return printable(names.get(name, str(name)))
    return label(name, view.lang) if name in tuple(Level) else printable(name)


def group_figures(plan: Plan) -> list[tuple[str, Cell]]:
    """Return the columns of a summary per group: the key of each heading, and its cells."""
    counts = [(status.value, _count(status)) for status in Status]
    mean = (mean_heading(plan), _attainment)
    return [("heading_series", _count("series")), *counts, ("low_evidence", _count("low_evidence")), mean]
