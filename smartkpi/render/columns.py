"""Which columns people see, under which heading and in which words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from smartkpi.model import Status, Table
from smartkpi.render import projected
from smartkpi.render.celltext import machine, rounded, significant
from smartkpi.render.quantity import Cell, Row, quantity_of
from smartkpi.render.symbols import SYMBOLS
from smartkpi.render.view import View
from smartkpi.safetext import printable
from smartkpi.words import label, title


@dataclass(frozen=True)
class Column:
    """A column as people see it."""

    heading: str
    cells: Sequence[str]
    right: bool = False
    """Whether numbers stand in it."""
    styles: Sequence[str] = ()
    """Rich style of each cell, if it has any."""


def columns(table: Table, view: View) -> list[Column]:
    """Return the columns asked for as scripts see them, else those chosen for people."""
    if view.fields:
        return [_plain(table, name) for name in view.names(table)]
    rows = [dict(zip(table.columns, cells, strict=True)) for cells in zip(*table.columns.values(), strict=True)]
    side_by_side = "agreement" in table.columns
    chosen = _SIDE_BY_SIDE if side_by_side else _CHOSEN[table.name]
    replayed = "status_change" in table.columns
    dimensions = [name for name in table.plan.dimensions if name in table.columns]
    return [
        _column("heading_indicator", [printable(titled(table, row, view)) for row in rows], view),
        *(Column(name, [printable(row[name] or "") for row in rows]) for name in dimensions),
        *([_column("heading_as_of", [str(row["as_of"]) for row in rows], view, right=True)] if replayed else []),
        *(_column(heading, [cell(table, row, view) for row in rows], view, right=True) for heading, cell in chosen),
        *(_by_each_rule(table, rows, view) if side_by_side else [_last(table, rows, view)]),
        *([_column("heading_change_of_status", [_status_change(row, view) for row in rows], view)] if replayed else []),
    ]


def _last(table: Table, rows: Sequence[Row], view: View) -> Column:
    """Return the column that says what comes of it all: the judgement, or the central figure of a projection."""
    if table.name == "project":
        heading = label("heading_central", view.lang).format(interval=significant(table.settings["interval"]))
        cells = [projected.central(table, row, view) for row in rows]
        return Column(heading, cells, styles=[projected.symbol_of(row).style for row in rows])
    return Column(
        label("heading_status", view.lang),
        [status(row, view) for row in rows],
        styles=[SYMBOLS[row["status"]].style for row in rows],
    )


def _by_each_rule(table: Table, rows: Sequence[Row], view: View) -> list[Column]:
    """Return a column for what each rule says, and one for whether they agree."""
    agreement = {True: label("agree", view.lang), False: label("disagree", view.lang), None: ""}
    names = [name for name in table.columns if name.startswith("status_") and name != "status_change"]
    return [
        *(
            Column(
                name.removeprefix("status_"),
                [_marked(row[name], view) for row in rows],
                styles=[SYMBOLS[row[name]].style for row in rows],
            )
            for name in names
        ),
        _column("heading_agreement", [agreement[row["agreement"]] for row in rows], view),
    ]


def _plain(table: Table, name: str) -> Column:
    kind = table.kinds[name]
    return Column(name, [machine(value, kind) for value in table.columns[name]], right=kind in ("number", "year"))


def _column(heading: str, cells: Sequence[str], view: View, right: bool = False) -> Column:
    return Column(label(heading, view.lang), cells, right)


def titled(table: Table, row: Row, view: View) -> str:
    """Return the indicator's title as the plan has it, marked where the row rests on an assumed value."""
    mark = label("assumed_mark", view.lang) if "assumed" in (row["reason"] or "").split(";") else ""
    return title(table.plan.indicators[row["indicator"]].title, view.lang) + mark


def actual(table: Table, row: Row, view: View) -> str:
    """Return the latest value with its unit, its status code unless normal, and its year."""
    year = f" ({row['year']:.0f})" if row["year"] is not None else ""
    mark = f" {row['obs_status']}" if row.get("obs_status") not in (None, "", "A") else ""
    return quantity_of(table, row, "actual") + mark + year


def target(table: Table, row: Row, view: View) -> str:
    """Return the target with its unit and year."""
    return f"{quantity_of(table, row, 'target')} ({row['target_year']:.0f})"


def _percent(name: str) -> Cell:
    def cell(table: Table, row: Row, view: View) -> str:
        return "" if row[name] is None else f"{rounded(row[name], 1)}%"

    return cell


def growth_needed(table: Table, row: Row, view: View) -> str:
    """Return the growth required a year; empty where it is not defined."""
    value = row["required_growth_pct"]
    return "" if value is None else label("per_year", view.lang).format(number=f"{_signed(value, 2)}%")


def change_needed(table: Table, row: Row, view: View) -> str:
    """Return the change required a year; empty where it is not defined."""
    if row["required_change"] is None:
        return ""
    share = row["unit"] in ("%", "％")
    unit = label("percentage_points", view.lang) if share else printable(row["unit"])
    return label("per_year", view.lang).format(number=f"{_signed(row['required_change'], None)} {unit}")


def _pace(table: Table, row: Row, view: View) -> str:
    return "" if row["pace"] is None else rounded(row["pace"], 2)


def _signed(value: float, decimals: int | None) -> str:
    text = significant(value, 3) if decimals is None else rounded(value, decimals)
    return text if value <= 0 else f"+{text}"


def status(row: Row, view: View, shape: bool = True) -> str:
    """Return the status in words, with its mark unless that is not wanted."""
    word = _marked(row["status"], view) if shape else label(row["status"], view.lang)
    weak = (
        f" {label('low_evidence', view.lang)}" if row["evidence"] == "low" and row["status"] != "undetermined" else ""
    )
    return word + weak


def _marked(status: Status, view: View) -> str:
    symbol = SYMBOLS[status]
    return f"{symbol.ascii_shape if view.ascii else symbol.shape} {label(status, view.lang)}"


def _status_change(row: Row, view: View) -> str:
    """Return the change in words; empty where there is none."""
    before, _, now = (row["status_change"] or "").partition(">")
    arrow = " -> " if view.ascii else " → "
    return arrow.join(label(each, view.lang) for each in (before, now)) if now else ""


_SIDE_BY_SIDE = (("heading_actual", actual), ("heading_target", target))
_ASSESSED = (
    ("heading_actual", actual),
    ("heading_target", target),
    ("heading_attainment", _percent("attainment_pct")),
    ("heading_required_growth", growth_needed),
    ("heading_required_change", change_needed),
    ("heading_pace", _pace),
)
_CHOSEN: Mapping[str, Sequence[tuple[str, Cell]]] = {
    "status": _ASSESSED,
    "check": _ASSESSED,
    "project": (
        ("heading_actual", actual),
        ("heading_target", target),
        *projected.SCENARIOS,
    ),
}
