"""Which columns people see, under which heading and in which words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

from smartkpi.messages import label, title
from smartkpi.model.table import Table
from smartkpi.render import judged, projected, summarised
from smartkpi.render.celltext import column_text, machine, significant
from smartkpi.render.quantity import Cell, Row, value_cell, year_cell
from smartkpi.render.symbols import SYMBOLS
from smartkpi.render.view import Format, View
from smartkpi.text import printable

SHORTENED = "short forms"
"""Stands in an order of leaving out for: give each cell its short form, where it has one."""

LEFT_OUT: Mapping[str, Sequence[str]] = {
    "status": (
        "heading_pace",
        "heading_required_change",
        SHORTENED,
        "heading_attainment",
        "heading_target",
        "heading_required_growth",
        "heading_actual",
        "heading_progress",
    ),
    "project": (
        "heading_at_observed_growth",
        SHORTENED,
        "heading_target",
        "heading_actual",
        "heading_project_year",
        "heading_reached_in",
        "heading_held",
        "heading_at_observed_change",
    ),
}
"""Columns of each table in the order in which a narrow terminal loses them; the others stay."""


class Column(NamedTuple):
    """A column as people see it."""

    heading: str
    cells: Sequence[str]
    right: bool = False
    """Whether numbers stand in it."""
    styles: Sequence[str] = ()
    """Rich style of each cell, if it has any."""
    key: str = ""
    """What `LEFT_OUT` calls it."""
    short: Sequence[str] = ()
    """Shorter form of each cell, if there is one."""
    short_heading: str = ""

    def style_of(self, number: int) -> str:
        """Return the rich style of a row's cell."""
        return self.styles[number] if self.styles else ""


def columns(table: Table, view: View) -> list[Column]:
    """Return the columns asked for as scripts see them, else those chosen for people."""
    if view.fields or table.name not in _CHOSEN:
        return [_plain(table, name) for name in view.names(table)]
    rows = table.rows()
    side_by_side = "agreement" in table.columns
    chosen = _SIDE_BY_SIDE if side_by_side else _CHOSEN[table.name]
    chosen = [each for each in chosen if each[0] not in _DRAWN or view.format == Format.table]
    dimensions = [name for name in table.columns if name in table.plan.dimensions]
    return [
        Column(label("heading_indicator", view.lang), [printable(titled(table, row, view.lang)) for row in rows]),
        *(Column(printable(name), [printable(row[name] or "") for row in rows]) for name in dimensions),
        *_as_of(table, rows, view),
        *(_figures(heading, cell, table, rows, view) for heading, cell in chosen),
        *(_by_each_rule(table, rows, view) if side_by_side else _last(table, rows, view)),
        *_changes(table, rows, view),
    ]


def _last(table: Table, rows: Sequence[Row], view: View) -> list[Column]:
    """Return the column that says what comes of it all: the judgement, the central figure, or the worst."""
    if table.name == "project":
        heading = label("heading_central", view.lang).format(interval=significant(table.settings["interval"]))
        return [
            Column(
                heading,
                [projected.central(table, row, view) for row in rows],
                styles=[projected.symbol_of(row).style for row in rows],
                key="heading_central",
                short_heading=label("heading_central_short", view.lang),
                short=[projected.central_in_short(table, row, view) for row in rows],
            )
        ]
    if table.name == "summary":
        return [Column(label("heading_worst", view.lang), [summarised.worst(table, row, view) for row in rows])]
    if "status" not in table.columns:
        return []
    return [
        Column(
            label("heading_status", view.lang),
            [judged.status_cell(row, view) for row in rows],
            styles=[SYMBOLS[row["status"]].style for row in rows],
            key="heading_status",
            short=[judged.status_mark(row, view) for row in rows],
        )
    ]


def _by_each_rule(table: Table, rows: Sequence[Row], view: View) -> list[Column]:
    """Return a column for what each rule says, and one for whether they agree."""
    agreement = {True: label("agree", view.lang), False: label("disagree", view.lang), None: ""}
    names = [name for name in table.columns if name.startswith("status_") and name != "status_change"]
    return [
        *(
            Column(
                name.removeprefix("status_"),
                [judged.mark_of(row[name], view) for row in rows],
                styles=[SYMBOLS[row[name]].style for row in rows],
            )
            for name in names
        ),
        Column(label("heading_agreement", view.lang), [agreement[row["agreement"]] for row in rows]),
    ]


def _as_of(table: Table, rows: Sequence[Row], view: View) -> list[Column]:
    """Return the year of assessment, in a table of several."""
    if "as_of" not in table.columns:
        return []
    return [Column(label("heading_as_of", view.lang), [str(row["as_of"]) for row in rows], right=True)]


def _changes(table: Table, rows: Sequence[Row], view: View) -> list[Column]:
    """Return what has become of the status since the year before, in a table of several."""
    if "status_change" not in table.columns:
        return []
    return [Column(label("heading_change_of_status", view.lang), [judged.change(row, view) for row in rows])]


def _plain(table: Table, name: str) -> Column:
    kind = table.kinds[name]
    return Column(
        printable(name),
        column_text(table.columns[name], kind, partial(machine, kind=kind)),
        right=kind in ("number", "year"),
    )


def _figures(heading: str, cell: Cell, table: Table, rows: Sequence[Row], view: View) -> Column:
    short = _SHORT.get(heading)
    return Column(
        label(heading, view.lang),
        [cell(table, row, view) for row in rows],
        right=True,
        key=heading,
        short=[short(table, row, view) for row in rows] if short else (),
    )


def titled(table: Table, row: Row, lang: str) -> str:
    """Return the indicator's title as the plan has it, marked where the row rests on an assumed value."""
    mark = label("assumed_mark", lang) if "assumed" in (row.get("reason") or "").split(";") else ""
    return title(table.plan.indicators[row["indicator"]].title, lang) + mark


def series_name(table: Table, row: Row, lang: str = "en") -> str:
    """Return the title of a row's indicator with the values of the dimensions."""
    own = [printable(row[name]) for name in table.plan.dimensions if row.get(name)]
    return ", ".join([printable(title(table.plan.indicators[row["indicator"]].title, lang)), *own])


# Pictures, which make sense on a terminal and are noise in a document or to a screen reader.
_DRAWN = ("heading_progress",)

_SIDE_BY_SIDE = (("heading_actual", judged.actual), ("heading_target", judged.target))
_CHOSEN: Mapping[str, Sequence[tuple[str, Cell]]] = {
    "status": (*_SIDE_BY_SIDE, *judged.FIGURES),
    "check": (*_SIDE_BY_SIDE, *judged.FIGURES),
    "summary": summarised.FIGURES,
    "project": (
        ("heading_actual", judged.actual),
        ("heading_target", judged.target),
        *projected.SCENARIOS,
    ),
    "trend": (
        ("heading_year", year_cell("year")),
        ("heading_observed", value_cell("observed")),
        ("heading_path", value_cell("path")),
        ("heading_required", value_cell("required")),
    ),
}

_SHORT: Mapping[str, Cell] = {"heading_actual": judged.actual_in_short}
