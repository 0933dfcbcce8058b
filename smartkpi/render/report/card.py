"""What a card of the report says of one entry, ready to be laid out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Self

from smartkpi import messages
from smartkpi.analysis.rules import Rule
from smartkpi.model import Indicator
from smartkpi.model.codes import Status
from smartkpi.render import outlook
from smartkpi.render.celltext import number, rounded, significant
from smartkpi.render.projected import YEARS_FAR_AHEAD, chance
from smartkpi.render.report import chart, chart_data
from smartkpi.render.report.phrases import LONGEST_TITLE, Figure, Phrases, figure, growth, line, percent
from smartkpi.tables.projection import ProjectionPath
from smartkpi.tables.report import Entry, Report, Step
from smartkpi.text import shortened

_SHORT = 80
Parts = Sequence[str | Figure]
_OF_PROJECTION = ("too_few_points", "not_ahead", "zero_denominator")
"""Reasons that say something else of a projection than of a status."""

Cell = str | Parts


class Item(NamedTuple):
    """A line of the list: a name and what is to be pieces of it."""

    name: str
    parts: Parts


class Origin(NamedTuple):
    """Where a figure comes from."""

    what: str
    source: str
    """Title of the source, or its id where the plan does not describe it."""
    anchor: str
    """Place on the page that describes the source; empty where there is none."""
    locator: str
    note: str


class DataTable(NamedTuple):
    """The table that stands with a chart."""

    headings: Sequence[str]
    rows: Sequence[tuple[int, Sequence[Cell]]]
    """Year and cells."""


class Card(NamedTuple):
    """All texts of a card."""

    anchor: str
    """Its name in addresses."""
    name: str
    """Its name within the page, short."""
    indicator: str
    """Its id, printable."""
    title: str
    short: str
    """The title where there is little room."""
    parts_of: str
    """Values of the dimensions, where the plan has any."""
    unit: str
    status: Status
    low_evidence: bool
    in_charge: str
    """Agencies and weight; empty where the plan names neither."""
    sentence: str
    lower_is_better: bool
    said: Sequence[tuple[str, str]]
    """Why the latest value falls short and what is done about it, each with its heading."""
    svg: str
    key: Sequence[str]
    items: Sequence[Item]
    table: DataTable
    rules: Sequence[tuple[str, Status, str]]
    """What each rule says, and the class that its publication gives; empty where there is nothing to tell."""
    disagree: bool
    definition: str
    note: str
    origins: Sequence[Origin]


def card(entry: Entry, report: Report, say: Phrases, anchor: str, name: str, anchors: Mapping[str, str]) -> Card:
    """Put an entry of a report into words.

    `anchor` and `name` are the card's names on its page, for addresses and for what is inside; `anchors` are those of
    the sources.
    """
    indicator = entry.indicator
    title = say.title(indicator.title)
    dimensions = parts_of(entry)
    named = say("list_separator").join(filter(None, [title, dimensions]))
    data = chart_data.chart_data(entry, say, name, named)
    tell_all = report.all_rules or entry.agreement is False
    return Card(
        anchor=anchor,
        name=name,
        indicator=line(indicator.id),
        title=title,
        short=short(title),
        parts_of=dimensions,
        unit=say.unit(indicator),
        status=entry.status,
        low_evidence=entry.figures["evidence"] == "low" and entry.status != Status.undetermined,
        in_charge=in_charge(indicator, say),
        sentence=sentence(entry, say),
        said=_said(entry, say),
        lower_is_better=indicator.sign < 0,
        svg=chart.draw(data) if data else "",
        key=chart_data.kinds(data) if data else (),
        items=items(entry, report.rule, say),
        table=_table(entry, say),
        rules=[(str(name), status, entry.published.get(name, "")) for name, status in entry.statuses.items()]
        if tell_all
        else (),
        disagree=entry.agreement is False,
        definition=line(messages.title(indicator.definition, say.lang)),
        note=line(messages.title(indicator.note, say.lang)),
        origins=origins([entry], report, say, anchors),
    )


def in_charge(indicator: Indicator, say: Phrases) -> str:
    """Return the agencies in charge of an indicator, and its weight; empty where the plan names neither."""
    owners = shortened(say("enumeration").join(indicator.owners(say.lang)), LONGEST_TITLE)
    weight = "" if indicator.weight is None else say("report_weight", weight=number(indicator.weight))
    named = say("report_in_charge", names=owners) if owners else ""
    return say("report_list").join(filter(None, (named, weight)))


def _said(entry: Entry, say: Phrases) -> list[tuple[str, str]]:
    latest = entry.observations[-1:]
    texts = [("report_explanation", each.explanation) for each in latest]
    texts += [("report_measures", each.measures) for each in latest]
    return [(say(heading), line(text)) for heading, text in texts if text]


def short(title: str) -> str:
    """Return a title for where there is little room."""
    return shortened(title, _SHORT)


def parts_of(entry: Entry) -> str:
    """Return the values of an entry's dimensions."""
    return " · ".join(shortened(value, _SHORT) for value in entry.dimensions if value)


def sentence(entry: Entry, say: Phrases) -> str:
    """Return where the entry is and what it needs; and what is projected, where that says something else."""
    projected = outlook.sentence(entry.figures, say.plan, say.lang)
    ahead = say("report_sentence_outlook", sentence=projected[:1].upper() + projected[1:]) if projected else ""
    return state(entry, say) + ahead


def state(entry: Entry, say: Phrases) -> str:
    """Return where the entry is, and what it needs."""
    row, indicator = entry.figures, entry.indicator
    details = {"target": say.target(row, indicator).text, "target_year": row["target_year"]}
    if row["actual"] is None:
        return say("report_sentence_nothing", **details)
    details |= {"actual": say.observed(entry.observations[-1], indicator), "year": row["year"]}
    if entry.status == Status.achieved:
        return say("report_sentence_achieved", **details)
    if entry.status == Status.on_track and not row["required_change"]:
        return say("report_sentence_kept", **details)
    if row["required_change"] is None and entry.status == Status.undetermined:
        return say("report_sentence_open", **details)
    if not row["required_change"]:
        return say("report_sentence_missed", **details)
    return say("report_sentence_ahead", **details, change=say.needed(row["required_change"], indicator))


def _table(entry: Entry, say: Phrases) -> DataTable:
    steps = entry.steps()
    scenarios = entry.ahead.scenarios
    columns: list[tuple[str, list[Cell]]] = [
        (say("report_observed"), [_observed(step, entry, say) for step in steps]),
        (say("report_path"), [_cell(step.path, entry, say) for step in steps]),
        (say("report_need"), [_cell(step.need, entry, say) for step in steps]),
        (say("report_ahead"), [_cell(step.central, entry, say) for step in steps]),
        (say("report_interval"), [_range(step, entry, say) for step in steps]),
    ]
    for place, each in enumerate(scenarios):
        columns.append(
            (say(f"report_column_{each.name}"), [_cell(step.scenarios[place], entry, say) for step in steps])
        )
    shown = [(heading, cells) for heading, cells in columns if any(cells)]
    rows = [(step.year, [cells[place] for _, cells in shown]) for place, step in enumerate(steps)]
    return DataTable([heading for heading, _ in shown], rows)


def _observed(step: Step, entry: Entry, say: Phrases) -> Cell:
    if step.observation is None or step.observation.value is None:
        return ""
    value = step.observation.value
    return [Figure(say.observed(step.observation, entry.indicator, bare=True), number(value))]


def _cell(value: float | None, entry: Entry, say: Phrases) -> Cell:
    return "" if value is None else say.bare(value, entry.indicator)


def _range(step: Step, entry: Entry, say: Phrases) -> Cell:
    if step.interval is None:
        return ""
    low, high = (say.bare(value, entry.indicator) for value in step.interval)
    return say("range", low=low, high=high)


def origins(entries: Sequence[Entry], report: Report, say: Phrases, anchors: Mapping[str, str]) -> list[Origin]:
    """Return where the figures of an indicator's entries come from: the target, then year by year, each place once."""
    indicator, sources = entries[0].indicator, report.plan.sources

    def origin(what: str, source: str, locator: str, note: str) -> Origin:
        title = sources[source].title_in(say.lang) if source in sources else source
        return Origin(what, line(title)[:400], anchors.get(source, ""), line(locator), line(note))

    target = origin(say("report_target_source"), indicator.source, messages.title(indicator.locator, say.lang), "")
    seen = [each for entry in entries for each in entry.observations if each.source or each.locator or each.note]
    in_order = sorted(seen, key=lambda each: each.year)
    places = [(each.year, each.source, each.locator, each.note_in(say.lang)) for each in in_order]
    return [target, *(origin(str(year), *place) for year, *place in dict.fromkeys(places))]


class _Mark(str):
    """What is in the place of a figure while a sentence is put together."""

    __slots__ = ("seen",)
    seen: str

    def __new__(cls, number: int, text: str) -> Self:
        """Return the mark of a figure by its number; `text` is what people will see there."""
        mark = super().__new__(cls, f"\x00{number}\x00")
        mark.seen = text
        return mark


def parts(say: Phrases, key: str, **details: Any) -> Parts:
    """Return a sentence of the catalogue with its figures kept apart from its words."""
    figures = [each for each in details.values() if isinstance(each, Figure)]
    marks = {name: _Mark(figures.index(each), each.text) for name, each in details.items() if isinstance(each, Figure)}
    pieces = re.split("\x00", say(key, **{**details, **marks}))
    return [figures[int(piece)] if place % 2 else piece for place, piece in enumerate(pieces) if piece]


def items(entry: Entry, rule: Rule, say: Phrases) -> list[Item]:
    """Return the figures of an entry, in the order of the question: how far, how fast, will it arrive."""
    lines = [
        _attained(entry, say),
        _milestone(entry, say),
        _progress(entry, say),
        _gap(entry, say),
        _so_far(entry, say),
    ]
    lines += [_needed(entry, say), _pace(entry, rule, say), *_ahead(entry, say), _evidence(entry, say)]
    return [*(each for each in lines if each), *_remarks(entry, say)]


def _attained(entry: Entry, say: Phrases) -> Item | None:
    value = entry.figures["attainment_pct"]
    if value is None:
        return None
    return Item(say("report_attained"), parts(say, "report_attained_text", value=figure(percent(value), value)))


def _milestone(entry: Entry, say: Phrases) -> Item | None:
    """Return how much of the year's own milestone is attained, beside the share of the final target."""
    row = entry.figures
    if row["milestone_attainment_pct"] is None:
        return None
    value = figure(percent(row["milestone_attainment_pct"]), row["milestone_attainment_pct"])
    step = figure(say.value(row["milestone"], entry.indicator), row["milestone"])
    text = parts(say, "report_milestone_text", value=value, milestone=step, year=row["year"])
    return Item(say("report_milestone"), text)


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
    pieces: list[str | Figure] = []
    if change is not None:
        pieces += parts(say, "report_a_year", value=figure(say.change(change, entry.indicator), change))
    if rate is not None:
        pieces += parts(say, "report_also_a_year", value=figure(growth(rate), rate))
    return Item(name, pieces) if pieces else None


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
    lines = []
    if ahead.central:
        lines.append(_projected(entry, ahead, say))
    if ahead.scenarios:
        lines.append(_scenarios(entry, say))
    if row.get("probability") is not None:
        lines.append(Item(say("report_chance"), [figure(chance(row["probability"], say.lang), row["probability"])]))
    years = {"report_reached_in": row.get("reached_in")} if ahead.central else {}
    years["report_reached_if"] = row.get("change_reached_in")
    if entry.status != Status.achieved:
        lines += [Item(say(name), [figure(f"{year:.0f}", year)]) for name, year in years.items() if year is not None]
    return lines


def _scenarios(entry: Entry, say: Phrases) -> Item:
    pieces: list[str | Figure] = []
    for each in entry.ahead.scenarios:
        last = each.points[-1]
        pieces += [say("report_list")] if pieces else []
        value = figure(say.value(last.value, entry.indicator), last.value)
        pieces += parts(say, "report_scenario", value=value, what=say(f"report_{each.name}"))
    return Item(say("report_scenarios_in", year=entry.figures["target_year"]), pieces)


def _projected(entry: Entry, ahead: ProjectionPath, say: Phrases) -> Item:
    last = ahead.central[-1]
    pieces: list[str | Figure] = [figure(say.value(last.value, entry.indicator), last.value)]
    if ahead.band:
        _, low, high = ahead.band[-1]
        ends = {
            "low": figure(say.bare(low, entry.indicator), low),
            "high": figure(say.bare(high, entry.indicator), high),
        }
        pieces += parts(say, "report_between", share=80, **ends)
        if last.year - entry.figures["year"] >= YEARS_FAR_AHEAD:
            pieces.append(say("report_holds_75"))
    return Item(say("report_ahead_in", year=round(last.year)), pieces)


def _remarks(entry: Entry, say: Phrases) -> list[Item]:
    """Give the reason of every figure that is not there, and what else is out of the ordinary."""
    own, ahead = ((row.get("reason") or "").split(";") for row in (entry.figures, entry.ahead.figures))
    keys = [*own, *(f"project_{name}" if name in _OF_PROJECTION else name for name in ahead if name not in own)]
    named = [say(key) for key in dict.fromkeys(keys) if key]
    return [Item(say("report_remarks"), [say("report_list").join(named)])] if named else []
