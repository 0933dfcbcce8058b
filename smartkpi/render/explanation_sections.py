"""What an explanation says in words: sections with their lines, for text and for Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from smartkpi.analysis.what_if import rounded_towards
from smartkpi.errors import place_of
from smartkpi.messages import label, title
from smartkpi.model.codes import Evidence, Status
from smartkpi.quantities.unit_wording import Wording
from smartkpi.render.celltext import number, significant
from smartkpi.render.quantity import in_brackets, with_unit, wording
from smartkpi.render.symbols import SYMBOLS
from smartkpi.render.view import Format, View
from smartkpi.tables.explanation import Explanation, Given, Missing, SeriesExplanation, Step, Verdict
from smartkpi.text import printable

_SIGNIFICANT = 4
CODE = "\x1f"
"""Around formulas; a control character, which no text from a file can bring in."""

Entries = Iterator[list[str]]


class Section(NamedTuple):
    """A heading with its lines."""

    level: int
    """1 for the indicator's title, 2 below it."""
    heading: str
    entries: list[list[str]]
    """Each a line, and the lines that belong below it."""


def sections(explanation: Explanation, view: View) -> Iterator[Section]:
    """Return what there is to say of each series, section by section."""
    for one in explanation.series:
        writer = _Writer(explanation, one, view)
        yield Section(1, writer.title(), list(writer.summary()))
        yield Section(2, writer.word("explain_given"), list(writer.given()))
        yield Section(2, writer.word("explain_figures"), list(writer.figures()))
        yield Section(2, writer.word("explain_rules"), list(writer.rules()))
        if missing := list(writer.missing()):
            yield Section(2, writer.word("explain_missing"), missing)


class _Writer:
    """Writes of one series."""

    def __init__(self, explanation: Explanation, one: SeriesExplanation, view: View) -> None:
        self.all, self.one, self.view = explanation, one, view
        self.indicator = explanation.indicator
        words = wording(self.indicator.unit, explanation.plan, view.lang)
        self.wording = _as_in_formulas(words, words.below if view.lang == "zh-TW" else self.indicator.unit)
        self.verdict = one.verdicts[0]

    def word(self, key: str, **details: Any) -> str:
        return label(key, self.view.lang).format(**details)

    def title(self) -> str:
        series = "".join(f"[{name}={value}]" for name, value in self.one.dimensions.items())
        named = title(self.indicator.title, self.view.lang)
        return printable(in_brackets(named, f"{self.indicator.id}{series}", self.view.lang))

    def summary(self) -> Entries:
        figures = self.one.figures
        reasons = [self.word(reason) for reason in self.verdict.reasons]
        status = self._status(self.verdict.status)
        if notes := list(self._notes()):
            status = self.word("status_noted", status=status, note=self.word("list_separator").join(notes))
        key = "explain_status" if self.all.year else "explain_status_none"
        yield [self.word(key, year=self.all.year, rule=self.all.rule, status=status)]
        if reasons:
            yield [self.word("explain_because", reasons=self.word("list_separator").join(reasons))]
        if figures["required_change"] and figures["year"]:
            growth, change = (
                figures["required_growth_pct"],
                with_unit(_signed(figures["required_change"]), self.wording, change=True),
            )
            needed = [] if growth is None else [self.word("compound_per_year", number=f"{_signed(growth)}%")]
            required = self.word("or").join([*needed, self.word("per_year", number=change)])
            ends = {
                "actual": self.amount(figures["actual"]),
                "year": int(figures["year"]),
                "target": self.amount(figures["target"]),
                "target_year": int(figures["target_year"]),
            }
            yield [self.word("explain_from_now", required=required, **ends)]

    def _notes(self) -> Iterator[str]:
        """Yield what weakens the judgement, which its reasons do not say."""
        figures = self.one.figures
        if self.verdict.status == Status.undetermined:
            return
        if figures["evidence"] == Evidence.low:
            yield self.word("low_evidence")
        if self.one.agreement is False:
            yield self.word("mark_disputed")
        if figures["year"] is not None and self.all.year is not None and figures["year"] < self.all.year:
            yield self.word("mark_old_data")

    def given(self) -> Entries:
        for given in self.one.given:
            yield [printable(line) for line in self._about(given)]

    def _about(self, given: Given) -> Iterator[str]:
        yield self.word(f"explain_{given.role}", amount=self.amount(given.value), year=given.year)
        if given.assumed:
            yield self.word("assumed")
        if given.as_given:
            is_amount = self.indicator.total_since is not None and given.file != self.all.plan.file
            yield self.word("explain_amount" if is_amount else "explain_printed", text=given.as_given)
        if given.obs_status not in (None, "A"):
            meaning = self.word(f"obs_status_{given.obs_status}")
            yield in_brackets(f"obs_status {given.obs_status}", meaning, self.view.lang)
        of_plan = given.file == self.all.plan.file
        locator = title(self.indicator.locator, self.view.lang) if of_plan else given.locator
        source = (self.view.lang == "zh-TW" and given.source_zh) or given.source
        yield from filter(None, (source, locator))
        if given.file:
            yield place_of(given.file, given.line)
        if note := (self.view.lang == "zh-TW" and given.note_zh) or given.note:
            yield note
        if given.explanation:
            yield self.word("said_explanation", text=given.explanation)
        if given.measures:
            yield self.word("said_measures", text=given.measures)

    def figures(self) -> Entries:
        units = {
            "gap": self.change_unit(),
            "target": printable(self.wording.alone),
            **dict.fromkeys(_RATES, self.word("explain_percent_a_year")),
        }
        yearly = self.word("explain_unit_a_year", unit=self.change_unit())
        units |= {"observed_change": yearly, "required_change": yearly}
        for step in self.one.steps:
            yield [self._worked(step, units.get(step.figure, "%"))]

    def _worked(self, step: Step, unit: str) -> str:
        start = f"{step.figure} = {CODE}{step.formula}{CODE}"
        if step.result is None:
            return self.word("named", name=start, text=self.word("explain_not_defined"))
        worked = f" = {CODE}{step.worked}{CODE}" if step.worked != step.formula else ""
        return f"{start}{worked} = {_in_digits(step.result)} {unit}".rstrip()

    def rules(self) -> Entries:
        own, *others = self.one.verdicts
        yield list(self._about_rule(own))
        in_short = self.view.format == Format.table
        for verdict in others:
            yield [self._in_short(verdict)] if in_short else list(self._about_rule(verdict))
        if in_short:
            yield [self.word("explain_other_rules", indicator=self.indicator.id)]
        agreement = {True: "explain_agree", False: "explain_disagree", None: "explain_too_few_rules"}
        yield [self.word(agreement[self.one.agreement])]
        yield [self.word("explain_symbols")]

    def _about_rule(self, verdict: Verdict) -> Iterator[str]:
        status = self._status(verdict.status)
        if verdict.differs:
            status = in_brackets(status, self.word("explain_differs"), self.view.lang)
        yield self.word("named", name=str(verdict.rule), text=status)
        yield self._worked(verdict.step, "")
        steps = [
            self.word("explain_threshold", status=self.word(status), least=number(least))
            for status, least in verdict.thresholds.items()
        ]
        yield self.word("list_separator").join([*steps, self.word("explain_below", status=self.word("reversing"))])
        if verdict.published:
            yield self.word("explain_published", name=verdict.published)
        if verdict.shares:
            yield self.word("explain_shares", rules=self.word("enumeration").join(verdict.shares))
        yield from map(self.word, verdict.reasons)
        if verdict.next_value is not None:
            yield self._next(verdict)
        yield self.word(f"rule_{verdict.rule}") if self.view.lang == "zh-TW" else verdict.reference

    def _in_short(self, verdict: Verdict) -> str:
        """Return what a rule says in one line, with its pace or why there is none."""
        pace = verdict.step.result
        why = [self.word("explain_pace", pace=significant(pace, 3))] if pace is not None else []
        mark = [self.word("explain_differs")] if verdict.differs else []
        notes = self.word("list_separator").join([*why, *mark, *map(self.word, verdict.reasons)])
        status = self._status(verdict.status)
        text = in_brackets(status, notes, self.view.lang) if notes else status
        return self.word("named", name=str(verdict.rule), text=text)

    def _next(self, verdict: Verdict) -> str:
        value = rounded_towards(verdict.next_value or 0.0, self.indicator.sign, _SIGNIFICANT)
        key = "explain_next_more" if self.indicator.sign > 0 else "explain_next_less"
        actual = self.one.figures["actual"]
        if self.indicator.sign * (value - actual) < 0:
            # What may be lost without losing the status is no goal to reach.
            key = "explain_next_even_above" if self.indicator.sign > 0 else "explain_next_even_below"
        if self.one.next_year == self.one.figures["target_year"]:
            key = "explain_next_meets"
        details = {"value": self.amount(value), "actual": self.amount(actual)}
        return self.word(key, year=self.one.next_year, rule=verdict.rule, **details)

    def missing(self) -> Entries:
        for missing in self.one.missing:
            yield [self._lacking(missing)]
        if self.one.missing and self.verdict.next_value is not None:
            yield [self._next(self.verdict)]

    def _lacking(self, missing: Missing) -> str:
        details: Mapping[str, Any] = {
            name: self.word("enumeration").join(map(str, value)) if isinstance(value, list) else value
            for name, value in missing.details.items()
        }
        at_all = "_at_all" if missing.reason == "no_observation" and self.all.year is None else ""
        return self.word(f"missing_{missing.reason}{at_all}", **details)

    def amount(self, value: float) -> str:
        """Return a value in the indicator's unit, with at least four significant digits where it has them."""
        text = significant(value, max(_SIGNIFICANT, len(number(abs(value)).replace(".", "").lstrip("0"))))
        return with_unit(text, self.wording)

    def change_unit(self) -> str:
        return printable((self.wording.change or self.wording.alone).strip())

    def _status(self, status: Status) -> str:
        symbol = SYMBOLS[status]
        return f"{symbol.ascii_shape if self.view.ascii else symbol.shape} {self.word(status)}"


def _as_in_formulas(words: Wording, unit: str) -> Wording:
    """Return a wording of the numbers that the formulas have: in the plan's own multiple, which `unit` names."""
    return words if not words.power else Wording(f" {printable(unit)}", f" {printable(unit)}")


def _in_digits(value: float) -> str:
    """Return a result with at least four significant digits, zeros at the end among them."""
    places = max(_SIGNIFICANT - Decimal(repr(value)).adjusted() - 1, 0) if value else 0
    return f"{value:,.{min(places, 15)}f}"


_RATES = ("observed_growth_pct", "required_growth_pct")


def _signed(value: float) -> str:
    text = _in_digits(value)
    return text if value <= 0 else f"+{text}"
