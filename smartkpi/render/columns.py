"""Which columns people see, under which heading and in which words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from smartkpi.messages import dimension, label, title
from smartkpi.model import Indicator
from smartkpi.model.table import Table
from smartkpi.render import judged, projected, summarised
from smartkpi.render.celltext import column_text, machine, number, significant
from smartkpi.render.marks import marks_of, observation_flag, status_marked
from smartkpi.render.quantity import Cell, Row, in_brackets, quantity_of, target_of, value_cell, wording, year_cell
from smartkpi.render.symbols import SYMBOLS
from smartkpi.render.table_layout import Column
from smartkpi.render.view import Format, View
from smartkpi.text import printable

LEFT_OUT: Mapping[str, Sequence[str]] = {
    "status": ("heading_progress", "heading_pace", "heading_required_change"),
    "check": ("heading_progress", "heading_pace", "heading_required_change"),
    "project": ("heading_held", "heading_reached_in", "heading_at_observed_growth"),
}
"""Columns of each table in the order in which a narrow terminal loses them; the others stay."""


def is_for_people(table: Table, view: View) -> bool:
    """Whether a table is shown in the columns and words for people, because none were asked for."""
    return not view.fields and table.name in (*_CHOSEN, "groups", "units")


def shared_year(table: Table, name: str) -> int | None:
    """Return the year that all rows have in a column; None if they differ or if there is none."""
    if name not in table.columns and name not in table.aside:
        return None
    years = {year for year in table.cells(name) if year is not None}
    return int(years.pop()) if len(years) == 1 else None


def columns(table: Table, view: View) -> list[Column]:
    """Return the columns asked for as scripts see them, else those chosen for people."""
    if not is_for_people(table, view):
        return [_plain(table, name) for name in view.names(table)]
    rows = table.rows()
    if table.name == "groups":
        return _groups(table, rows, view)
    if table.name == "units":
        return _units(rows, view)
    side_by_side = "agreement" in table.columns
    chosen = _SIDE_BY_SIDE if side_by_side else _CHOSEN[table.name]
    if view.format != Format.table:
        chosen = [each for each in chosen if each[0] not in _DRAWN]
    elif shared_year(table, "project_year"):
        chosen = [each for each in chosen if each[0] != "heading_project_year"]
    dimensions = [name for name in table.columns if name in table.plan.dimensions]
    return [
        _titles(table, rows, view),
        *(Column(printable(name), [printable(row[name] or "") for row in rows]) for name in dimensions),
        *_as_of(table, rows, view),
        *(_figures(heading, cell, table, rows, view) for heading, cell in chosen),
        *(_by_each_rule(table, rows, view) if side_by_side else _last(table, rows, view)),
        *_changes(table, rows, view),
    ]


def _titles(table: Table, rows: Sequence[Row], view: View) -> Column:
    return Column(
        label("heading_indicator", view.lang),
        [printable(titled(table, row, view.lang)) for row in rows],
        short=[printable(titled(table, row, view.lang, short=True)) for row in rows],
        units=[_unit_behind(table, row, view.lang) for row in rows],
    )


def _unit_behind(table: Table, row: Row, lang: str) -> str:
    """Return the unit as it follows a title; none for shares, whose figures keep their sign."""
    words = wording(row["unit"], table.plan, lang)
    written = words.before.strip() + words.after if words.before else words.after.strip()
    unit = printable(words.name if written and words.name else written)
    return "" if unit in ("", "%") else label("trend_title", lang).format(title="", unit=unit)


def _last(table: Table, rows: Sequence[Row], view: View) -> list[Column]:
    """Return the column that says what comes of it all: the judgement, the central figure, or the worst."""
    if table.name == "project":
        return [
            Column(
                label("heading_central", view.lang).format(interval=significant(table.settings["interval"])),
                [projected.central(table, row, view) for row in rows],
                short=[projected.central(table, row, view._replace(units="short")) for row in rows],
                styles=[projected.symbol_of(row).style for row in rows],
                key="heading_central",
                in_words=True,
            )
        ]
    if table.name == "list":
        return _owners(table, rows, view)
    if table.name == "summary":
        worst = [summarised.worst(table, row, view) for row in rows]
        return [Column(label("heading_worst", view.lang), worst, in_words=True)]
    if "status" not in table.columns:
        return []
    write = status_marked if view.format == Format.table else judged.status_cell
    return [
        Column(
            label("heading_status", view.lang),
            [write(table, row, view) for row in rows],
            styles=[SYMBOLS[row["status"]].style for row in rows],
            key="heading_status",
        )
    ]


def _units(rows: Sequence[Row], view: View) -> list[Column]:
    """Return units with their name in the language, what they measure, and what else they are called."""
    name = "name_zh_tw" if view.lang == "zh-TW" else "name_en"
    cells: Mapping[str, list[str]] = {
        "column_unit": [printable(row["unit"]) for row in rows],
        "column_title": [printable(row[name] or "") for row in rows],
        "column_dimension": [printable(dimension(row["dimension"], view.lang)) for row in rows],
        "column_size": [number(row["size"]) for row in rows],
        "column_also": [printable(row["also"] or "") for row in rows],
    }
    return [
        Column(label(key, view.lang), texts, right=key == "column_size", in_words=key in _OF_WORDS)
        for key, texts in cells.items()
        if any(texts)
    ]


_OF_WORDS = ("column_title", "column_dimension", "column_also")


def _groups(table: Table, rows: Sequence[Row], view: View) -> list[Column]:
    """Return a row per group, and no score without how many it is of."""
    names = [summarised.group_name(table, row, view) for row in rows]
    return [
        Column(label("heading_group", view.lang), names),
        *(_figures(heading, cell, table, rows, view) for heading, cell in summarised.group_figures(table.plan)),
    ]


def _owners(table: Table, rows: Sequence[Row], view: View) -> list[Column]:
    """Return the agencies in charge, where there are any."""
    cells = [owners_text(table.plan.indicators[row["indicator"]], view.lang) for row in rows]
    return [Column(label("heading_owner", view.lang), cells)] if any(cells) else []


def owners_text(indicator: Indicator, lang: str) -> str:
    """Return the agencies in charge of an indicator, in the language."""
    return label("enumeration", lang).join(map(printable, indicator.owners(lang)))


def _by_each_rule(table: Table, rows: Sequence[Row], view: View) -> list[Column]:
    """Return a column for what each rule says, the first with the marks, and one for whether they agree."""
    agreement = {True: label("agree", view.lang), False: label("disagree", view.lang), None: ""}
    names = [name for name in table.columns if name.startswith("status_") and name != "status_change"]
    marked = [(row, marks_of(table, row, view) if view.format == Format.table else "") for row in rows]
    return [
        *(
            Column(
                name.removeprefix("status_"),
                [judged.mark_of(row[name], view) + (marks if name == names[0] else "") for row, marks in marked],
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
    own = label(heading, view.lang)
    views = [view, view._replace(units="short"), view._replace(units="none")]
    if view.format != Format.table or heading not in _WITH_YEARS:
        cells, short, bare = ([cell(table, row, each) for row in rows] for each in views)
        return Column(own, cells, right=heading != "heading_id", key=heading, short=short, bare=bare)
    name, years = _WITH_YEARS[heading]
    year = shared_year(table, years)
    flags = [observation_flag(row) if name == "actual" else "" for row in rows]
    longest = max(map(len, flags), default=0)
    tails = [
        _after_figure(flag, longest)
        + ("" if year or row[name] is None else in_brackets("", f"{row[years]:.0f}", view.lang))
        for row, flag in zip(rows, flags, strict=True)
    ]
    cells, short, bare = (
        [
            (target_of(table, row, each) if name == "target" else quantity_of(table, row, name, each)) + tail
            for row, tail in zip(rows, tails, strict=True)
        ]
        for each in views
    )
    return Column(f"{own}\n{year}" if year else own, cells, right=True, key=heading, short=short, bare=bare)


def _after_figure(flag: str, longest: int) -> str:
    """Return a letter after a figure, or as many blanks where other figures of the column have one."""
    return f" {flag:<{longest}}" if longest else ""


def titled(table: Table, row: Row, lang: str, *, short: bool = False) -> str:
    """Return the indicator's title as the plan has it, marked where the row rests on an assumed value."""
    mark = label("assumed_mark", lang) if "assumed" in (row.get("reason") or "").split(";") else ""
    indicator = table.plan.indicators[row["indicator"]]
    return title((indicator.short if short else None) or indicator.title, lang) + mark


def series_name(table: Table, row: Row, lang: str = "en") -> str:
    """Return the title of a row's indicator with the values of the dimensions."""
    own = [printable(row[name]) for name in table.plan.dimensions if row.get(name)]
    named = printable(title(table.plan.indicators[row["indicator"]].title, lang))
    return label("list_separator", lang).join([named, *own])


def _id(table: Table, row: Row, view: View) -> str:
    return printable(row["indicator"])


# Pictures, which make sense on a terminal and are noise in a document or to a screen reader.
_DRAWN = ("heading_progress",)

_SIDE_BY_SIDE = (("heading_actual", judged.actual), ("heading_target", judged.target))
_CHOSEN: Mapping[str, Sequence[tuple[str, Cell]]] = {
    "list": (("heading_id", _id), ("heading_target", judged.target)),
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

# Quantities whose year is in the heading where all rows share it: their column, and that of the year.
_WITH_YEARS = {"heading_actual": ("actual", "year"), "heading_target": ("target", "target_year")}
