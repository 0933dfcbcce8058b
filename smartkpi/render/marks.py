"""What qualifies a row of a table at a terminal: a mark at every width, and the legend that says what it means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from smartkpi.messages import label
from smartkpi.model.codes import Evidence, Status, deciding_reason
from smartkpi.model.table import Table
from smartkpi.render import bars
from smartkpi.render.quantity import Row
from smartkpi.render.symbols import SYMBOLS
from smartkpi.render.view import View

_MARKS = {"low_evidence": "**", "disputed": "≠!", "old_data": "†^", "lost_once": "‡&", "lost_before": "§$"}
"""Mark of each remark, and the one in ASCII."""
_SHORT_REASONS = ("no_observation", "one_observation", "no_base_observation", "target_year_passed")
"""Reasons with a word that is short enough to be in a cell instead of *undetermined*."""


def status_marked(table: Table, row: Row, view: View) -> str:
    """Return a row's status as shape, word and marks; where it is undetermined, why, as short as can be."""
    shape = SYMBOLS[row["status"]].ascii_shape if view.ascii else SYMBOLS[row["status"]].shape
    return f"{shape} {_word(row, view.lang)}{marks_of(table, row, view)}"


def marks_of(table: Table, row: Row, view: View) -> str:
    """Return the marks of what weakens the judgement of a row."""
    return "".join(_MARKS[each][view.ascii] for each in remarks_of(table, row))


def observation_flag(row: Row) -> str:
    """Return the letter that offices put after a figure that is not a normal one, such as e for an estimate."""
    code = row.get("obs_status")
    return "" if code in (None, "", "A") else code.lower()


def legend(table: Table, rows: Sequence[Row], view: View) -> list[str]:
    """Return what the letters and marks of some rows mean, those that are there; none where rows have no status."""
    rows = [row for row in rows if "status" in row]
    has_words = table.name != "project" and "agreement" not in table.columns
    words = [row for row in rows if row["status"] == Status.undetermined and has_words]
    return [
        *(f"{each} {label(f'obs_status_{each.upper()}', view.lang)}" for each in _each(map(observation_flag, rows))),
        *marks_legend(table, rows, view),
        *_each(_undetermined(row, view) for row in words),
    ]


def marks_legend(table: Table, rows: Sequence[Row], view: View) -> list[str]:
    """Return what the marks of some rows mean, those that are there."""
    present = {each for row in rows for each in remarks_of(table, row)}
    return [f"{_MARKS[each][view.ascii]} {label(f'mark_{each}', view.lang)}" for each in _MARKS if each in present]


def remarks_of(table: Table, row: Row) -> list[str]:
    """Return what weakens the judgement of a row, by the keys of its marks; a projection rests on the same."""
    reasons = _reasons(row)
    year = row.get("as_of") or row.get("assessed_in") or table.year
    present = {
        "low_evidence": row.get("evidence") == Evidence.low,
        "disputed": row.get("rules_agree") is False or row.get("agreement") is False,
        "old_data": year is not None and row["year"] is not None and row["year"] < year,
        "lost_once": "met_then_lost" in reasons,
        "lost_before": "lost_before" in reasons,
    }
    return [each for each, applies in present.items() if applies]


def notes_of(table: Table, row: Row, lang: str) -> list[str]:
    """Return in words what weakens the judgement of a row, where no legend explains marks."""
    words = {"low_evidence": "low_evidence", "disputed": "mark_disputed", "old_data": "mark_old_data"}
    return [label(words[each], lang) for each in remarks_of(table, row) if each in words]


def _reasons(row: Row) -> list[str]:
    return [reason for reason in (row["reason"] or "").split(";") if reason]


def _word(row: Row, lang: str) -> str:
    reason = deciding_reason(_reasons(row))
    if row["status"] == Status.undetermined and reason in _SHORT_REASONS:
        return label(f"short_{reason}", lang)
    return label(row["status"], lang)


def _undetermined(row: Row, view: View) -> str:
    """Return what the short word of a row without judgement means."""
    symbol = SYMBOLS[Status.undetermined]
    shape, word, status = (
        symbol.ascii_shape if view.ascii else symbol.shape,
        _word(row, view.lang),
        label(Status.undetermined, view.lang),
    )
    cause = deciding_reason(_reasons(row))
    reason = label(cause, view.lang) if cause else ""
    key = "mark_undetermined" if word == status else "mark_short_word"
    return label(key, view.lang).format(word=f"{shape} {word}", status=status, reason=reason)


def bar_legend(view: View) -> list[str]:
    """Return what the parts of the bars mean."""
    pens = bars.ASCII_PENS if view.ascii else bars.PENS
    return [f"{pens.way} {label('bar_way', view.lang)}", f"{pens.mark} {label('bar_mark', view.lang)}"]


def _each(texts: Iterable[str]) -> list[str]:
    """Return the texts that are not empty, each once."""
    return [text for text in dict.fromkeys(texts) if text]
