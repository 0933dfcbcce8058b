"""The list of figures on a card."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from smartkpi.analysis.rules import Rule
from smartkpi.model.codes import Status
from smartkpi.render.celltext import rounded, significant
from smartkpi.render.report.phrases import Figure, Phrases, figure, growth, percent
from smartkpi.tables.ahead import ProjectionPath
from smartkpi.tables.report import Entry

Parts = Sequence[str | Figure]
_OF_PROJECTION = ("too_few_points", "not_ahead")
"""Reasons that say something else of a projection than of a status."""


class Item(NamedTuple):
    """A line of the list: a name and what is to be said of it."""

    name: str
    parts: Parts


def parts(say: Phrases, key: str, **details: Any) -> Parts:
    """Return a sentence of the catalogue with its figures kept apart from its words."""
    figures = [each for each in details.values() if isinstance(each, Figure)]
    marks = {name: f"\x00{figures.index(each)}\x00" for name, each in details.items() if isinstance(each, Figure)}
    pieces = re.split("\x00", say(key, **{**details, **marks}))
    return [figures[int(piece)] if place % 2 else piece for place, piece in enumerate(pieces) if piece]


def items(entry: Entry, rule: Rule, say: Phrases) -> list[Item]:
    """Return the figures of an entry, in the order of the question: how far, how fast, will it arrive."""
    found = [_attained(entry, say), _progress(entry, say), _gap(entry, say), _so_far(entry, say)]
    found += [_needed(entry, say), _pace(entry, rule, say), *_ahead(entry, say), _evidence(entry, say)]
    return [*(each for each in found if each), *_remarks(entry, say)]


def _attained(entry: Entry, say: Phrases) -> Item | None:
    value = entry.figures["attainment_pct"]
    if value is None:
        return None
    return Item(say("report_attained"), parts(say, "report_attained_text", value=figure(percent(value), value)))


def _progress(entry: Entry, say: Phrases) -> Item | None:
    row = entry.figures
    if row["progress_pct"] is None:
        return None
    value = figure(percent(row["progress_pct"]), row["progress_pct"])
    base = figure(say.value(row["base"], entry.indicator), row["base"])
    return Item(
        say("report_progress"), parts(say, "report_progress_text", value=value, base=base, year=row["base_year"])
    )


def _gap(entry: Entry, say: Phrases) -> Item | None:
    value = entry.figures["gap"]
    if value is None:
        return None
    return Item(say("report_gap"), [figure(say.change(value, entry.indicator), value)])


def _so_far(entry: Entry, say: Phrases) -> Item | None:
    row = entry.figures
    return _rates(entry, say, say("report_so_far"), row["observed_change"], row["observed_growth_pct"])


def _needed(entry: Entry, say: Phrases) -> Item | None:
    row = entry.figures
    if entry.status == Status.achieved:
        return None
    name = say("report_needed", year=row["target_year"])
    return _rates(entry, say, name, row["required_change"], row["required_growth_pct"])


def _rates(entry: Entry, say: Phrases, name: str, change: float | None, rate: float | None) -> Item | None:
    said: list[str | Figure] = []
    if change is not None:
        said += parts(say, "report_a_year", value=figure(say.change(change, entry.indicator), change))
    if rate is not None:
        said += parts(say, "report_also_a_year", value=figure(growth(rate), rate))
    return Item(name, said) if said else None


def _pace(entry: Entry, rule: Rule, say: Phrases) -> Item | None:
    value = entry.figures["pace"]
    if value is None:
        return None
    least = significant(rule.thresholds[Status.on_track])
    return Item(say("report_pace"), parts(say, "report_pace_text", value=figure(rounded(value, 2), value), least=least))


def _evidence(entry: Entry, say: Phrases) -> Item | None:
    if entry.figures["evidence"] != "low":
        return None
    return Item(say("report_evidence"), [say("report_evidence_low")])


def _ahead(entry: Entry, say: Phrases) -> list[Item]:
    ahead = entry.ahead
    row = ahead.figures
    found = []
    if ahead.central:
        found.append(_projected(entry, ahead, say))
    if ahead.scenarios:
        found.append(_scenarios(entry, say))
    if row.get("probability") is not None:
        found.append(Item(say("report_chance"), [figure(_chance(row["probability"]), row["probability"])]))
    if row.get("reached_in") is not None and entry.status != Status.achieved:
        name = say("report_reached_in" if ahead.central else "report_reached_if")
        found.append(Item(name, [figure(f"{row['reached_in']:.0f}", row["reached_in"])]))
    return found


def _chance(probability: float) -> str:
    """Return a probability in whole percent; 0 and 100 are said only of what is certain."""
    if 0 < probability <= 0.005:
        return "<1%"
    return ">99%" if 0.995 <= probability < 1 else percent(100 * probability, 0)


def _scenarios(entry: Entry, say: Phrases) -> Item:
    said: list[str | Figure] = []
    for each in entry.ahead.scenarios:
        last = each.points[-1]
        said += [say("report_list")] if said else []
        value = figure(say.value(last.value, entry.indicator), last.value)
        said += parts(say, "report_scenario", value=value, what=say(f"report_{each.name}"))
    return Item(say("report_scenarios_in", year=entry.figures["target_year"]), said)


def _projected(entry: Entry, ahead: ProjectionPath, say: Phrases) -> Item:
    last = ahead.central[-1]
    said: list[str | Figure] = [figure(say.value(last.value, entry.indicator), last.value)]
    if ahead.band:
        _, low, high = ahead.band[-1]
        ends = {
            "low": figure(say.bare(low, entry.indicator), low),
            "high": figure(say.bare(high, entry.indicator), high),
        }
        said += parts(say, "report_between", share=80, **ends)
    return Item(say("report_ahead_in", year=round(last.year)), said)


def _remarks(entry: Entry, say: Phrases) -> list[Item]:
    """Give the reason of every figure that is not there, and what else is out of the ordinary."""
    own, ahead = ((row.get("reason") or "").split(";") for row in (entry.figures, entry.ahead.figures))
    keys = [*own, *(f"project_{name}" if name in _OF_PROJECTION else name for name in ahead if name not in own)]
    named = [say(key) for key in dict.fromkeys(keys) if key]
    return [Item(say("report_remarks"), [say("report_list").join(named)])] if named else []
