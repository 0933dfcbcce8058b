"""The sentence on a row whose verdict and projection say different things."""

from __future__ import annotations

from smartkpi.messages import label
from smartkpi.model import Plan
from smartkpi.model.codes import ON_TRACK, Outlook, Status
from smartkpi.model.table import Table
from smartkpi.quantities.unit_wording import Wording
from smartkpi.render.celltext import rounded, significant
from smartkpi.render.columns import series_name
from smartkpi.render.quantity import Row, scaled, with_unit, wording

_DIGITS = 3
"""Of what is projected, zeros at the end among them."""


def contradicts(row: Row) -> bool:
    """Return whether the rule and what is projected for the target year say different things of a row."""
    status, outlook = Status(row["status"]), row["outlook"]
    if outlook is None or status in (Status.achieved, Status.missed, Status.undetermined):
        return False
    return bool(ON_TRACK[status] != (outlook == Outlook.met))


def sentence(row: Row, plan: Plan, lang: str) -> str:
    """Return what the rule says and where the series lands, in the multiple that people see; empty where they agree.

    Figures have their unit, but for shares, which the sentence stands beside.
    """
    if not contradicts(row):
        return ""
    words = wording(row["unit"], plan, lang)
    if row["kept"]:
        verdict = label("outlook_verdict_kept", lang)
    else:
        verdict = label("outlook_verdict_alone" if row["pace"] is None else "outlook_verdict", lang)
    at_change = row["landing_at_change"]
    if row["landing"] is None:
        key = "outlook_lands_at_change"
    else:
        key = "outlook_lands" if row["landing_low"] is not None else "outlook_lands_without_interval"
    change_text = _amount(at_change, words)
    change = label("outlook_at_change", lang) if at_change is not None and row["landing"] is not None else ""
    return label("outlook_sentence", lang).format(
        verdict=verdict.format(
            status=label(row["status"], lang), pace="" if row["pace"] is None else rounded(row["pace"], 2)
        ),
        lands=label(key, lang).format(
            central=_with_unit(_figure(row["landing"], words), words),
            low=_figure(row["landing_low"], words),
            high=_figure(row["landing_high"], words),
            year=f"{row['target_year']:.0f}",
            at_change=change_text,
        ),
        change=change.format(at_change=change_text),
        target=_amount(row["target"], words),
    )


def sentences(table: Table, lang: str) -> list[str]:
    """Return the sentence of each row of a table of status or of projections that has one, after its title."""
    if "outlook" not in table.columns or "landing" not in table.aside:
        return []
    form = label("named", lang)
    found = [
        (
            label("list_separator", lang).join(
                filter(None, [series_name(table, row, lang), str(row.get("as_of") or "")])
            ),
            sentence(row, table.plan, lang),
        )
        for row in table.rows()
    ]
    return [form.format(name=name, text=each) for name, each in found if each]


def _amount(value: float | None, words: Wording) -> str:
    return "" if value is None else _with_unit(significant(scaled(value, words.power)), words)


def _with_unit(number: str, words: Wording) -> str:
    return with_unit(number, words) if number and words.after != "%" else number


def _figure(value: float | None, words: Wording) -> str:
    """Return a projected figure, with zeros up to three significant digits."""
    if not value:
        return "" if value is None else "0"
    value = scaled(value, words.power)
    places = max(_DIGITS - len(f"{abs(value):.0f}"), 0) if abs(value) >= 1 else _DIGITS
    return rounded(value, places)
