"""What the chart of a series shows, in values and words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from smartkpi.model.codes import starts_run
from smartkpi.render import outlook
from smartkpi.render.quantity import scaled
from smartkpi.render.report.chart_layout import Points, domain, most_end, wrap
from smartkpi.render.report.phrases import Phrases, growth
from smartkpi.tables.report import Entry


class Line(NamedTuple):
    """A line of the chart."""

    kind: str
    """Class: ``seen``, ``before``, ``path``, ``need``, ``ahead`` or ``if`` (a scenario)."""
    points: Points
    label: str = ""
    """Words along the line; for scenarios and the projection at its end."""


class Mark(NamedTuple):
    """A point of the chart."""

    kind: str
    """Class: ``dot``, ``soft`` (not firm), ``step`` (milestone) or ``goal``."""
    year: float
    value: float
    label: str = ""


class ChartData(NamedTuple):
    """What a chart shows, in words and values; the drawing adds places and nothing else."""

    name: str
    """Unique on its page."""
    title: str
    description: str
    unit: str
    lines: Sequence[Line]
    marks: Sequence[Mark]
    targets: Sequence[float]
    """The target, both ends of a range, or nothing where it has no number."""
    target_label: str
    band: Sequence[tuple[float, float, float]] = ()
    """Year, low and high."""
    bounds: tuple[float, float] | None = None


def chart_data(entry: Entry, say: Phrases, name: str, title: str) -> ChartData | None:
    """Return the chart of an entry; None without observations, or where values are too far apart to draw."""
    if not entry.observations or not math.isfinite(_span(entry)):
        return None
    row, indicator, label = entry.figures, entry.indicator, replace(say, brief=True)
    marks = [*_dots(entry, label), *_milestones(entry, label)]
    marks += [Mark("goal", row["target_year"], value) for value in _ends(entry)]
    first, last = entry.observations[0].year, max(entry.observations[-1].year, row["target_year"])
    drawn = ChartData(
        name=name,
        title=say("report_chart_title", title=title, first=first, last=last),
        description=description(entry, say),
        unit=say.unit(indicator),
        lines=_lines(entry, label),
        marks=marks,
        targets=_ends(entry),
        target_label=say("report_label_target", value=label.target(row, indicator).text),
        band=entry.ahead.band,
        bounds=indicator.bounds,
    )
    return _in_multiple(drawn, say.wording(indicator).power)


def _in_multiple(data: ChartData, power: int) -> ChartData | None:
    """Return the chart in the multiple that people see; None where a value would overflow."""

    def shown(value: float) -> float:
        return scaled(value, power)

    multiplied = data._replace(
        lines=[each._replace(points=[(year, shown(value)) for year, value in each.points]) for each in data.lines],
        marks=[each._replace(value=shown(each.value)) for each in data.marks],
        targets=list(map(shown, data.targets)),
        band=[(year, shown(low), shown(high)) for year, low, high in data.band],
        bounds=None if data.bounds is None else (shown(data.bounds[0]), shown(data.bounds[1])),
    )
    values = [mark.value for mark in multiplied.marks]
    values += [value for line in multiplied.lines for _, value in line.points]
    values += [end for _, *ends in multiplied.band for end in ends]
    return multiplied if all(map(math.isfinite, [*values, *multiplied.targets])) else None


def _ends(entry: Entry) -> list[float]:
    """Return the values that a target line is drawn at."""
    row = entry.figures
    ends = [row["target_low"], row["target_high"]]
    return ends if ends[0] is not None else [row["target"]] if row["target"] is not None else []


def _span(entry: Entry) -> float:
    values = [each.value or 0.0 for each in entry.observations] + _ends(entry)
    return float(4 * (max(values) - min(values)))


def description(entry: Entry, say: Phrases) -> str:
    """Return in words what the chart shows."""
    row, indicator = entry.figures, entry.indicator
    points = [
        say("report_chart_point", value=say.value(each.value or 0.0, indicator), year=each.year)
        for each in entry.observations
    ]
    if len(points) > 8:
        points = [points[0], "…", points[-1]]
    target = say("report_chart_target", value=say.target(row, indicator).text, year=row["target_year"])
    seen = say("report_chart_seen", points=say("list_separator").join(points))
    return " ".join(filter(None, [seen, target, outlook.sentence(row, say.plan, say.lang)]))


def _dots(entry: Entry, say: Phrases) -> list[Mark]:
    return [
        Mark(
            "dot" if each.firm else "soft",
            each.year,
            each.value or 0.0,
            say.value(each.value or 0.0, entry.indicator),
        )
        for each in entry.observations
    ]


def _milestones(entry: Entry, say: Phrases) -> list[Mark]:
    return [
        Mark("step", year, value, say.value(value, entry.indicator))
        for year, value in entry.figures["milestones"]
        if year >= entry.observations[0].year
    ]


def _lines(entry: Entry, say: Phrases) -> list[Line]:
    """Return the lines from the one that lies lowest to the one on top."""
    lines = []
    if entry.path:
        lines.append(Line("path", entry.path, say("report_label_path")))
    lines += _ahead(entry, say)
    if entry.required:
        change = say.change(entry.figures["required_change"], entry.indicator)
        lines.append(Line("need", entry.required, say("report_label_need", change=change)))
    return lines + _runs(entry)


def _runs(entry: Entry) -> list[Line]:
    """Return the observed lines, cut where a break begins a new series."""
    runs: list[list[tuple[float, float]]] = []
    before = ""
    for each in entry.observations:
        if not runs or starts_run(each.obs_status, before):
            runs.append([])
        runs[-1].append((each.year, each.value or 0.0))
        before = each.obs_status
    return [Line("seen" if run is runs[-1] else "before", run) for run in runs]


def _ahead(entry: Entry, say: Phrases) -> list[Line]:
    ahead = entry.ahead
    lines = []
    for each in ahead.scenarios:
        value = say.value(each.points[-1].value, entry.indicator)
        lines.append(Line("if", each.points, _scenario_label(entry, each.name, value, say)))
    if ahead.central:
        value = say.value(ahead.central[-1].value, entry.indicator)
        lines.append(Line("ahead", ahead.central, say("report_label_ahead", value=value)))
    return lines


def _scenario_label(entry: Entry, name: str, value: str, say: Phrases) -> str:
    if name == "held":
        return say("report_if_held", value=value)
    row = entry.figures
    if name == "at_observed_growth":
        return say("report_if_change", value=value, change=growth(row["observed_growth_pct"], 1))
    return say(
        "report_if_change",
        value=value,
        change=say.change(row["observed_change"], entry.indicator),
    )


def kinds(data: ChartData) -> Sequence[str]:
    """Return the kinds of lines and marks of a chart, each once, for its key."""
    there = dict.fromkeys([*(mark.kind for mark in data.marks), *(line.kind for line in data.lines)])
    order = ("seen", "soft", "before", "path", "step", "need", "ahead", "band", "if", "target")
    shown = {*there, *(["target"] if data.targets else []), *(["band"] if data.band else [])}
    return [kind for kind in order if kind in shown]


def value_range(data: ChartData) -> tuple[float, float]:
    """Return the values to draw: all known and asked for, and as much of what is ahead as leaves that legible."""
    known = [mark.value for mark in data.marks]
    known += [value for line in data.lines if line.kind != "if" for _, value in line.points]
    low, high = min(known), max(known)
    room = 2.0 * (high - low) or abs(high) or 1.0
    supposed = [value for line in data.lines if line.kind == "if" for _, value in line.points]
    supposed += [value for _, *ends in data.band for value in ends]
    return domain([*known, *(min(max(value, low - room), high + room) for value in supposed)], data.bounds)


def end_labels(data: ChartData) -> list[tuple[float, str, str]]:
    """Return the words at the right edge: value, class and text of each line."""
    ends = [(line.points[-1][1], line.kind, line.label) for line in data.lines if line.kind in ("if", "ahead")]
    goal = [(value, "goal", data.target_label) for value in data.targets[-1:]]
    labels = sorted([*goal, *ends], key=lambda each: -each[0])
    return [(value, kind, row) for value, kind, text in labels for row in wrap(text, most_end(kind), 2)]
