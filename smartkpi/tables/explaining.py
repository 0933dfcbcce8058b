"""How each figure of an indicator was obtained: formula, numbers put in, result, and the source of every number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from smartkpi.analysis import assessment, rules, what_if
from smartkpi.analysis.assessment import Assessment
from smartkpi.analysis.formulas import ATTAINMENT_WHERE_LESS_IS_BETTER, FIGURES, LINEAR_PACE, PACES, with_numbers
from smartkpi.analysis.rules import Rule
from smartkpi.errors import Fault
from smartkpi.model import FIRST_YEAR, Indicator, Observation
from smartkpi.model.codes import Level, RuleName, Status
from smartkpi.readers.dataset import Dataset
from smartkpi.tables import figures, selection, tabulation
from smartkpi.tables.explanation import Explanation, Given, Lack, Missing, Role, SeriesExplanation, Step, Verdict

_SYMBOLS = {"b": "base", "c": "actual", "T": "target", "t0": "base_year", "t": "year", "tT": "target_year"}


def explain(
    loaded: Dataset, indicator: str, year: int | None = None, rule: str | None = None, where: Sequence[str] = ()
) -> tuple[Explanation, list[Fault]]:
    """Explain the figures of one indicator.

    Parameters
    ----------
    loaded
        Plan and observations.
    indicator
        Its id.
    year
        Things as they stood at the end of this year; None for the latest year in the data.
    rule
        The rule whose judgement counts; None for the plan's own, else ``eurostat``. The others stand beside it.
    where
        Conditions ``dimension=value`` that its series must meet; those on one dimension are alternatives.

    Returns
    -------
    Explanation, list of Fault
        The second says which values no series has.

    Raises
    ------
    UsageError
        If there is no such indicator, rule or dimension.
    """
    plan = loaded.plan
    chosen = figures.rule_of(plan, rule)
    panel = tabulation.panel_of(loaded)
    kept = tabulation.selection(panel, plan, Level.all, [indicator])
    first = [chosen.name, *(name for name in RuleName if name != chosen.name)]
    assessed = {name: assessment.assess(panel, plan, rules.chosen(name, plan.rule), year) for name in first}
    one = _Explainer(loaded, plan.indicators[indicator], assessed)
    wanted = selection.conditions(plan, where)
    texts = {name: [one.dimensions(each)[name] for each in kept] for name in wanted}
    series = [one.series(kept[place]) for place in selection.meeting(wanted, texts, len(kept))]
    explanation = Explanation(plan, plan.indicators[indicator], chosen.name, assessed[chosen.name].year, series)
    return explanation, selection.unmet(wanted, texts)


class _Explainer:
    """Explains series of one indicator, from its assessments by every rule."""

    def __init__(self, loaded: Dataset, indicator: Indicator, assessed: Mapping[RuleName, Assessment]) -> None:
        self.loaded, self.plan, self.indicator = loaded, loaded.plan, indicator
        self.assessed = assessed
        self.own = next(iter(assessed.values()))
        self.rules = [rules.chosen(name, self.plan.rule) for name in assessed]
        self.agreement = assessment.side_by_side(self.own, self.rules)["agreement"]

    def dimensions(self, each: int) -> dict[str, str | None]:
        axes = zip(self.plan.dimensions, self.own.panel.dimensions, strict=True)
        return {name: axis.values[axis.codes[each]] for name, axis in axes}

    def series(self, each: int) -> SeriesExplanation:
        figures = _row(self.own, each)
        next_year = self._next_year(figures)
        verdicts = [self._verdict(rule, each, figures, next_year) for rule in self.rules]
        return SeriesExplanation(
            dimensions=self.dimensions(each),
            figures=figures,
            given=[*self._observations(each), *self._targets(figures)],
            steps=self._steps(each, figures),
            verdicts=verdicts,
            agreement=tabulation.cells(self.agreement, [each])[0],
            next_year=next_year,
            missing=self._missing(each, figures, verdicts),
        )

    def _next_year(self, figures: Mapping[str, Any]) -> int | None:
        """Year of the next observation: that after the latest one, or the year of assessment if that is later."""
        if figures["year"] is None or figures["status"] == Status.achieved:
            return None
        following = max(int(figures["year"]) + 1, self.own.year or 0)
        return following if following <= figures["target_year"] else None

    def _verdict(self, rule: Rule, each: int, figures: Mapping[str, Any], next_year: int | None) -> Verdict:
        judged = _row(self.assessed[rule.name], each)
        flags = judged["on_track"], figures["on_track"]
        formula = LINEAR_PACE if "linear_pace" in (judged["reason"] or "") else PACES[rule.name]
        next_value = what_if.least_on_track(self.own, self.plan, each, rule, next_year) if next_year else None
        return Verdict(
            rule=rule.name,
            reference=rule.reference,
            step=self._step("pace", formula, judged["pace"], self._numbers(each, figures)),
            thresholds=rule.thresholds,
            status=judged["status"],
            reasons=_reasons(judged),
            differs=None not in flags and flags[0] != flags[1],
            next_value=next_value,
        )

    def _steps(self, each: int, figures: Mapping[str, Any]) -> list[Step]:
        numbers = self._numbers(each, figures)
        formulas = dict(FIGURES)
        if self.indicator.sign < 0:
            formulas["attainment_pct"] = ATTAINMENT_WHERE_LESS_IS_BETTER
        if figures["status"] == Status.achieved:
            formulas |= {"required_growth_pct": "0", "required_change": "0"}
        return [self._step(name, formula, figures[name], numbers) for name, formula in formulas.items()]

    @staticmethod
    def _step(figure: str, formula: str, result: float | None, numbers: Mapping[str, str]) -> Step:
        return Step(figure, formula, None if result is None else with_numbers(formula, numbers), result)

    def _numbers(self, each: int, figures: Mapping[str, Any]) -> dict[str, str]:
        """Return what is put in the place of each symbol, as exact text."""
        course = self.own.course
        values = {
            **{symbol: figures[name] for symbol, name in _SYMBOLS.items()},
            "d": self.indicator.sign,
            "p": float(course.expected[each]),
            "m": float(course.recent_change[each]),
        }
        return {symbol: _exact(value) for symbol, value in values.items()}

    def _observations(self, each: int) -> list[Given]:
        """Return the observations of the unbroken run, with the role that each has."""
        seen = self.own.trend
        roles: dict[int, Role] = {int(seen.base[each]): "base", int(seen.latest[each]): "actual"}
        positions = range(int(seen.unbroken[each]), int(seen.latest[each]) + 1) if seen.latest[each] >= 0 else ()
        rows = self.own.panel.row
        return [
            self._given(roles.get(position, "observation"), self.loaded.observations.row(int(rows[position])))
            for position in positions
        ]

    def _given(self, role: Role, observation: Observation) -> Given:
        return Given(
            role=role,
            year=observation.year,
            value=observation.value or 0.0,
            as_given=observation.as_given,
            obs_status=observation.obs_status or None,
            source=self._source(observation.source),
            locator=observation.locator,
            note=observation.note,
            file=observation.file,
            line=observation.line,
            assumed=observation.assumed,
        )

    def _targets(self, figures: Mapping[str, Any]) -> list[Given]:
        target = Given(
            role="target",
            year=int(figures["target_year"]),
            value=figures["target"],
            as_given="",
            obs_status=None,
            source=self._source(self.indicator.source),
            locator=self.indicator.locator,
            note=self.indicator.note,
            file=self.plan.file,
            line=self.indicator.line,
            assumed=False,
        )
        steps = self.indicator.milestones.items()
        return [
            target,
            *(replace(target, role="milestone", year=year, value=value, note="", line=None) for year, value in steps),
        ]

    def _source(self, name: str) -> str:
        source = self.plan.sources.get(name)
        return f"{source.title}, {source.publisher}" if source else name

    def _missing(self, each: int, figures: Mapping[str, Any], verdicts: Sequence[Verdict]) -> list[Missing]:
        reasons = [reason for verdict in verdicts for reason in verdict.reasons]
        latest = int(figures["year"] or 0)
        recent = range(max(latest - 3, FIRST_YEAR), latest + 1)
        there = {given.year for given in self._observations(each)}
        details: Mapping[Lack, Mapping[str, Any]] = {
            "no_observation": {"year": self.own.year},
            "one_observation": {"year": latest},
            "no_base_observation": {"year": self.indicator.base_year},
            "too_few_points": {"years": [year for year in recent if year not in there]},
            "base_equals_target": {},
            "target_year_passed": {"year": int(figures["target_year"])},
        }
        found = [Missing(reason, details[reason]) for reason in details if reason in reasons]
        two = figures["evidence"] == "low" and self.own.trend.n[each] == 2
        return [*found, Missing("two_observations", {})] if two else found


def _row(assessed: Assessment, each: int) -> dict[str, Any]:
    return {name: tabulation.cells(column, [each])[0] for name, column in assessed.figures.items()}


def _reasons(figures: Mapping[str, Any]) -> list[str]:
    return [reason for reason in (figures["reason"] or "").split(";") if reason]


def _exact(value: float | None) -> str:
    """Return a number in full, as the shortest text that reads back to it; ``nan`` is never put in."""
    return "nan" if value is None else repr(float(value)).removesuffix(".0")
