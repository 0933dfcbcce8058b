"""How each figure of an indicator was obtained: formula, numbers put in, result, and the source of every number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Any, Literal, cast

import numpy as np

from smartkpi.analysis import assessment, rules, what_if
from smartkpi.analysis.assessment import Assessment
from smartkpi.analysis.formulas import ATTAINMENT_WHERE_LESS_IS_BETTER, FIGURES, with_numbers
from smartkpi.analysis.rules import Rule
from smartkpi.analysis.trajectory import Trajectory
from smartkpi.errors import Fault
from smartkpi.model import Indicator, Observation, Plan, RelativeTarget, machine_title
from smartkpi.model.arrays import Categorical
from smartkpi.model.codes import Level, RuleName, Status
from smartkpi.model.columns import STATUS_COLUMNS
from smartkpi.model.table import cells_of
from smartkpi.readers.dataset import Dataset
from smartkpi.tables.panel import rounded
from smartkpi.tables.plan import target_text
from smartkpi.tables.selection import conditions, filter_series, indicator_id, series_positions
from smartkpi.tables.status import rule_of

_SYMBOLS = {
    "b": "base",
    "c": "actual",
    "T": "target",
    "t0": "base_year",
    "t": "year",
    "tT": "target_year",
    "d": "sign",
    "p": "expected",
    "m": "recent_change",
}
"""Column of the trajectory by symbol."""

Role = Literal[
    "base", "actual", "observation", "target", "target_low", "target_high", "other_target", "reference", "milestone"
]

Lack = Literal[
    "no_observation",
    "one_observation",
    "no_base_observation",
    "too_few_points",
    "base_equals_target",
    "target_year_passed",
    "stale",
    "bound_undecided",
    "two_observations",
]
"""Codes of reasons for which something is missing, and one more where a trend has two points."""


@dataclass(frozen=True)
class Given:
    """A number that the figures rest on, and where it is from."""

    role: Role
    year: int
    value: float
    """In the indicator's unit."""
    as_given: str
    """Value and unit, or relative target, as the file has it; empty for what the plan gives as a number."""
    obs_status: str | None
    source: str
    """Title and publisher, or what the file says."""
    source_zh: str
    """The same in Chinese; empty where it is no other."""
    locator: str
    note: str
    note_zh: str
    """Empty where there is no note in Chinese."""
    explanation: str
    """Why the value falls short, in the words of the actuals."""
    measures: str
    file: str
    line: int | None
    assumed: bool


@dataclass(frozen=True)
class Step:
    """A figure: its formula, the same with numbers, and the result."""

    figure: str
    formula: str
    worked: str | None
    """None where the figure is not defined."""
    result: float | None


@dataclass(frozen=True)
class Verdict:
    """What one rule says, and why."""

    rule: RuleName
    reference: str
    step: Step
    thresholds: Mapping[Status, float]
    status: Status
    reasons: Sequence[str]
    differs: bool
    """Whether its on-track flag is another than that of the rule chosen."""
    next_value: float | None
    """Value of `SeriesExplanation.next_year` from which on the rule would say on track."""
    published: str | None
    """Class that the rule's publication gives, in its words; None where it has none."""
    shares: Sequence[RuleName]
    """Rules with the same base, latest value, scale and thresholds, which count as one with it in the agreement."""


@dataclass(frozen=True)
class Missing:
    """What is not known, and which observation would settle it."""

    reason: Lack
    details: Mapping[str, Any]
    """``year`` or ``years`` that the reason speaks of, if any."""


@dataclass(frozen=True)
class SeriesExplanation:
    """One series of the indicator."""

    dimensions: Mapping[str, str | None]
    figures: Mapping[str, Any]
    """Cells of its row in the status table that are computed."""
    given: Sequence[Given]
    steps: Sequence[Step]
    verdicts: Sequence[Verdict]
    """The rule chosen first."""
    agreement: bool | None
    next_year: int | None
    """Year of the observation that would tell more, None where the target year leaves none."""
    missing: Sequence[Missing]


@dataclass(frozen=True)
class Explanation:
    """All there is to say of an indicator."""

    plan: Plan
    indicator: Indicator
    rule: RuleName
    year: int | None
    """Year of assessment."""
    series: Sequence[SeriesExplanation]


def explain(
    dataset: Dataset, indicator: str, year: int | None = None, rule: str | None = None, where: Sequence[str] = ()
) -> tuple[Explanation, list[Fault]]:
    """Explain the figures of one indicator.

    Parameters
    ----------
    dataset
        Plan and observations.
    indicator
        Its id.
    year
        Things as they stood at the end of this year; None for the latest year in the data.
    rule
        The rule whose judgement counts; None for the plan's own, else ``compound``. The others stand beside it.
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
    plan = dataset.plan
    indicator = indicator_id(plan, indicator)
    own = rule_of(plan, rule)
    year = assessment.latest_year(dataset.panel) if year is None else year
    panel = dataset.panel.take(series_positions(dataset.panel, plan, Level.all, [indicator]))
    axes = dict(zip(plan.dimensions, panel.dimensions, strict=True))
    values = conditions(plan, where)
    rows, remarks = filter_series(values, {name: axes[name] for name in values}, len(panel))
    panel = panel.take(rows)
    first = [own.name, *(name for name in RuleName if name != own.name)]
    assessed = {name: assessment.assess(panel, plan, rules.rule_for(name, plan.rule), year) for name in first}
    one = _Explainer(dataset, plan.indicators[indicator], assessed)
    series = [one.series(each) for each in range(len(panel))]
    explanation = Explanation(plan, plan.indicators[indicator], own.name, year, series)
    return explanation, remarks


class _Explainer:
    """Explains series of one indicator, from its assessments by every rule."""

    def __init__(self, dataset: Dataset, indicator: Indicator, assessed: Mapping[RuleName, Assessment]) -> None:
        self.dataset, self.plan, self.indicator = dataset, dataset.plan, indicator
        self.assessed = assessed
        self.own = next(iter(assessed.values()))
        self.rules = [rules.rule_for(name, self.plan.rule) for name in assessed]
        self.rows = {name: _rows(each) for name, each in assessed.items()}
        self.figures = self.rows[self.own.judgement.rule.name]
        self.numbers = {name: _numbers(each.judgement.trajectory) for name, each in assessed.items()}
        self.own_numbers = _numbers(self.own.trajectory)
        judgements = [assessed[rule.name].judgement for rule in self.rules]
        self.agreement = cast(Categorical, assessment.side_by_side(self.own, judgements)["agreement"]).cells()
        self.shares = {
            (one.rule.name, other.rule.name): assessment.same_question(one, other)
            for one, other in permutations(judgements, 2)
        }
        self.met = self.own.trajectory.met(self.own.trajectory.actual)
        self.next_year = [self._next_year(figures) for figures in self.figures]
        asked = np.array([np.nan if year is None else year for year in self.next_year], dtype=np.float64)
        least = what_if.least_on_track(self.own, self.plan, self.rules, asked)
        self.next_value = {rule.name: cells_of(each) for rule, each in zip(self.rules, least, strict=True)}

    def dimensions(self, each: int) -> dict[str, str | None]:
        axes = zip(self.plan.dimensions, self.own.panel.dimensions, strict=True)
        return {name: axis.values[axis.codes[each]] for name, axis in axes}

    def series(self, each: int) -> SeriesExplanation:
        figures = self.figures[each]
        verdicts = [self._verdict(rule, each, figures) for rule in self.rules]
        return SeriesExplanation(
            dimensions=self.dimensions(each),
            figures=figures,
            given=[*self._printed_base(each), *self._observations(each), *self._targets(each, figures)],
            steps=self._steps(each, figures),
            verdicts=verdicts,
            agreement=self.agreement[each],
            next_year=self.next_year[each],
            missing=self._missing(each, figures, verdicts),
        )

    def _next_year(self, figures: Mapping[str, Any]) -> int | None:
        """Year of the next observation: that after the latest one, or the year of assessment if that is later."""
        if figures["year"] is None or figures["status"] == Status.achieved:
            return None
        following = max(int(figures["year"]) + 1, self.own.year or 0)
        return following if following <= figures["target_year"] else None

    def _verdict(self, rule: Rule, each: int, figures: Mapping[str, Any]) -> Verdict:
        row = self.rows[rule.name][each]
        flags = row["on_track"], figures["on_track"]
        judgement = self.assessed[rule.name].judgement
        formula = rule.fallback if rule.fallback and judgement.is_linear[each] else rule.pace
        pace = float(judgement.pace[each])
        return Verdict(
            rule=rule.name,
            reference=rule.reference,
            step=self._step("pace", formula.text, row["pace"], self.numbers[rule.name][each]),
            thresholds=rule.thresholds,
            status=row["status"],
            reasons=_reasons(row),
            differs=None not in flags and flags[0] != flags[1],
            next_value=self.next_value[rule.name][each],
            published=rules.published_class(rule, Status(row["status"]), pace, judgement.trajectory, each) or None,
            shares=[name for name in self.assessed if name != rule.name and self.shares[rule.name, name][each]],
        )

    def _steps(self, each: int, figures: Mapping[str, Any]) -> list[Step]:
        numbers = self.own_numbers[each]
        formulas = {name: formula.text for name, formula in FIGURES.items()}
        if self.indicator.sign < 0:
            formulas["attainment_pct"] = ATTAINMENT_WHERE_LESS_IS_BETTER
        if self.met[each]:
            formulas |= {"required_growth_pct": "0", "required_change": "0"}
            if self.own.goal.is_range[each]:
                formulas["gap"] = "0"
        steps = [self._step(name, formula, figures[name], numbers) for name, formula in formulas.items()]
        if figures["milestone"] is not None:
            share = ATTAINMENT_WHERE_LESS_IS_BETTER if self.indicator.sign < 0 else FIGURES["attainment_pct"].text
            of_milestone = {**numbers, "T": _exact(figures["milestone"])}
            steps.append(
                self._step("milestone_attainment_pct", share, figures["milestone_attainment_pct"], of_milestone)
            )
        return [*self._target_steps(each, figures), *steps]

    def _target_steps(self, each: int, figures: Mapping[str, Any]) -> list[Step]:
        """Return how a relative target comes to its number; v is the value that it starts from."""
        relative = self._relative(each)
        if relative is None or np.isnan(self.own.goal.reference[each]):
            return []
        size = f"{abs(relative.size):.15g}"
        sign = "-" if relative.size < 0 else "+"
        kinds = {"percent": f"v {sign} v * {size} / 100", "amount": f"v {sign} {size}", "times": f"v * {size}"}
        formula = kinds[relative.kind]
        worked = formula.replace("v", _exact(float(self.own.goal.reference[each])))
        return [Step("target", formula, None if figures["target"] is None else worked, figures["target"])]

    def _relative(self, each: int) -> RelativeTarget | None:
        column = self.own.goal.relative
        relative: RelativeTarget | None = column.values[column.codes[each]]
        return relative

    @staticmethod
    def _step(figure: str, formula: str, result: float | None, numbers: Mapping[str, str]) -> Step:
        return Step(figure, formula, None if result is None else with_numbers(formula, numbers), result)

    def _observations(self, each: int) -> list[Given]:
        """Return the observations of the unbroken run, with the role that each has."""
        trend = self.own.trend
        roles: dict[int, Role] = {int(trend.base[each]): "base", int(trend.latest[each]): "actual"}
        positions = range(int(trend.unbroken[each]), int(trend.latest[each]) + 1) if trend.latest[each] >= 0 else ()
        rows = self.own.panel.row
        return [
            self._given(
                roles.get(position, "observation"),
                self.dataset.observations.row(int(rows[position]))._replace(
                    value=float(self.own.panel.value[position])
                ),
            )
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
            source_zh=self._source_zh(observation.source),
            locator=observation.locator,
            note=observation.note,
            note_zh=observation.note_zh,
            explanation=observation.explanation,
            measures=observation.measures,
            file=observation.file,
            line=observation.line,
            assumed=observation.assumed,
        )

    def _printed_base(self, each: int) -> list[Given]:
        """Return the base that the plan prints, where it is the one that counts."""
        base = float(self.own.goal.base[each])
        if np.isnan(base) or self.own.trend.latest[each] < 0:
            return []
        return [self._of_plan("base", int(self.own.goal.base_year[each]), base)]

    def _of_plan(self, role: Role, year: int, value: float, as_given: str = "", line: int | None = None) -> Given:
        return Given(
            role=role,
            year=year,
            value=value,
            as_given=as_given,
            obs_status=None,
            source=self._source(self.indicator.source),
            source_zh=self._source_zh(self.indicator.source),
            locator=machine_title(self.indicator.locator),
            note=machine_title(self.indicator.note) if role.startswith("target") else "",
            note_zh=self.indicator.note.get("zh-TW", "") if role.startswith("target") else "",
            explanation="",
            measures="",
            file=self.plan.file,
            line=line,
            assumed=False,
        )

    def _targets(self, each: int, figures: Mapping[str, Any]) -> list[Given]:
        """Return what the plan asks for: the target that counts, those of other years, and the milestones."""
        year, line, goal = int(figures["target_year"]), self.indicator.line, self.own.goal
        relative, reference = self._relative(each), float(goal.reference[each])
        given: list[Given] = []
        if relative and not np.isnan(reference):
            given.append(self._of_plan("reference", relative.from_year, reference))
        if goal.is_range[each]:
            ends: dict[Role, float] = {"target_low": float(goal.low[each]), "target_high": float(goal.high[each])}
            given += [self._of_plan(role, year, value, line=line) for role, value in ends.items()]
        elif figures["target"] is not None:
            as_given = target_text(relative) or ""
            given.append(self._of_plan("target", year, figures["target"], as_given, self._line(figures)))
        given += self._other_targets(figures)
        steps = goal.milestones.values[goal.milestones.codes[each]]
        return [*given, *(self._of_plan("milestone", step, value) for step, value in steps)]

    def _line(self, figures: Mapping[str, Any]) -> int | None:
        """Return where the plan has the number that counts."""
        places = [own.line for own in self.indicator.targets if own.target == figures["target"]]
        return self.indicator.line if self.indicator.target == figures["target"] or not places else places[-1]

    def _other_targets(self, figures: Mapping[str, Any]) -> list[Given]:
        """Return the targets of other years of assessment, each with the year since which it counts."""
        changed = [own for own in self.indicator.targets if own.since]
        if not changed:
            return []
        entries: list[tuple[float, int, int | None, int | None]] = [
            (self.indicator.target, self.indicator.target_year, None, self.indicator.line)
        ]
        entries += [(own.target, own.target_year or self.indicator.target_year, own.since, own.line) for own in changed]
        return [
            self._of_plan("other_target", year, target, f"since = {since}" if since else "", line)
            for target, year, since, line in entries
            if not np.isnan(target) and (target, year) != (figures["target"], int(figures["target_year"]))
        ]

    def _source(self, name: str) -> str:
        source = self.plan.sources.get(name)
        return f"{source.title}, {source.publisher}" if source else name

    def _source_zh(self, name: str) -> str:
        source = self.plan.sources.get(name)
        return f"{source.title_in('zh-TW')}，{source.publisher}" if source else ""

    def _missing(self, each: int, figures: Mapping[str, Any], verdicts: Sequence[Verdict]) -> list[Missing]:
        reasons = [reason for verdict in verdicts for reason in verdict.reasons]
        latest = int(figures["year"] or 0)
        details: Mapping[Lack, Mapping[str, Any]] = {
            "no_observation": {"year": self.own.year},
            "one_observation": {"year": latest},
            "no_base_observation": {"year": self.indicator.base_year},
            "too_few_points": {},
            "base_equals_target": {},
            "target_year_passed": {"year": int(figures["target_year"])},
            "stale": {"year": latest},
            "bound_undecided": {"year": latest},
        }
        found = [Missing(reason, details[reason]) for reason in details if reason in reasons]
        two = self.own.trend.n[each] == 2 and figures["evidence"] == "low"
        return [*found, Missing("two_observations", {})] if two else found


def _rows(assessed: Assessment) -> list[dict[str, Any]]:
    """Return the figures of each series as cells."""
    columns = {name: cells_of(column, STATUS_COLUMNS[name]) for name, column in rounded(assessed.figures).items()}
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]


def _numbers(at: Trajectory) -> list[dict[str, str]]:
    """Return what is put in the place of each symbol for each series, as exact text."""
    columns = [map(_exact, getattr(at, name).tolist()) for name in _SYMBOLS.values()]
    return [dict(zip(_SYMBOLS, cells, strict=True)) for cells in zip(*columns, strict=True)]


def _reasons(figures: Mapping[str, Any]) -> list[str]:
    return [reason for reason in (figures["reason"] or "").split(";") if reason]


def _exact(value: float) -> str:
    """Return a number in full, as the shortest text that reads back to it; ``nan`` is never put in."""
    return repr(value).removesuffix(".0")
