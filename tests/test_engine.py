"""The engine on arrays says of random series what the definitions say of each, one by one."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import plain
import pytest
from plain import Goal, Seen

import smartkpi
from smartkpi.analysis import assessment, exactness, forecast, rules, series
from smartkpi.model import Indicator, Pillar, Plan, SeriesTarget, Source
from smartkpi.model.arrays import Categorical
from smartkpi.model.codes import Level, RuleName
from smartkpi.readers import frame

AREAS = 25
NUMBERS = [0, 1, 2, 3, 5, 8, 12, 18]
COLUMNS = ["indicator", "area", "year", "value", "obs_status", "bound", "precision", "unit"]
TITLE = {"en": "x"}
FIGURES = (
    "base_year", "base", "year", "actual", "gap", "attainment_pct", "progress_pct", "observed_growth_pct",
    "observed_change", "required_growth_pct", "required_change", "pace",
)  # fmt: skip
WORDS = ("obs_status", "on_track", "status", "evidence", "reason", "outlook")


def some_value(chance: random.Random) -> float:
    """A value as plans have them, often a round one, at times 0 or negative."""
    kind = chance.random()
    if kind < 0.1:
        return float(chance.choice([0, 0, 60, 100]))
    if kind < 0.2:
        return -round(chance.uniform(0, 50), 1)
    return round(chance.uniform(1, 150), chance.choice([0, 1, 4]))


def some_indicator(number: int, chance: random.Random) -> Indicator:
    whole = chance.choice([None, 100.0])
    target_year = chance.randint(2014, 2034)
    years = sorted(chance.sample(range(2008, target_year), chance.choice([0, 0, 1, 2, 3])))
    own = [
        SeriesTarget({"area": f"area {area}"}, some_value(chance), chance.choice([None, 2022, 2030]))
        for area in chance.sample(range(AREAS), chance.choice([0, 0, 3]))
    ]
    return Indicator(
        id=f"i{number}",
        title=TITLE,
        pillar="one",
        level=Level.headline,
        unit="count" if whole is None else "%",
        whole=whole,
        direction=chance.choice(["increase", "decrease"]),
        target=some_value(chance),
        target_year=target_year,
        source="one",
        base_year=chance.choice([None, None, chance.randint(2008, 2020)]),
        natural_minimum=chance.choice([None, 0.0]) if whole is None else None,
        milestones={year: some_value(chance) for year in years},
        targets=own,
    )


def some_series(chance: random.Random, number: int | None) -> list[Seen]:
    """Observations of some years: most series follow a trend, most values are normal; of a given number, all are."""
    years = sorted(chance.sample(range(2002, 2026 if number is None else 2024), number or chance.choice(NUMBERS)))
    value, step = some_value(chance), chance.choice([0.0, 0.5, -0.5, 2.0, -2.0, 7.5])
    values = [chance.choice([value + step * number, value + step * number, some_value(chance)])
              for number in range(len(years))]  # fmt: skip
    return [
        Seen(
            year,
            each,
            "A" if number else chance.choices("APEUBDF", [76, 5, 5, 3, 3, 6, 2])[0],
            chance.choices(["", "lower", "upper", "approx"], [85, 5, 5, 5])[0],
            chance.choice([0.0, 0.0, 0.005, 0.05, 0.5]),
        )
        for year, each in zip(years, values, strict=True)
    ]


def goal_of(indicator: Indicator, area: str) -> Goal:
    own = next((each for each in indicator.targets if each.where["area"] == area), None)
    return Goal(
        target=own.target if own else indicator.target,
        target_year=(own and own.target_year) or indicator.target_year,
        sign=1 if indicator.direction == "increase" else -1,
        base_year=indicator.base_year,
        whole=indicator.whole,
        milestones=indicator.milestones,
        amount=indicator.natural_minimum is not None,
    )


def differences(row: Mapping[Any, Any], expected: plain.Figures) -> list[str]:
    wrong = [name for name in WORDS if (None if pd.isna(row[name]) else row[name]) != expected.get(name)]
    for name in FIGURES:
        one, other = row[name], expected.get(name)
        if pd.isna(one) or other is None:
            same = pd.isna(one) and other is None
        else:
            same = math.isclose(one, float(other), rel_tol=1e-9, abs_tol=1e-9)
        wrong += [] if same else [name]
    return wrong


def some_panel(
    seed: int, indicators: int, number: int | None = None
) -> tuple[Plan, dict[tuple[str, str], list[Seen]], pd.DataFrame]:
    """A plan, its series, and the same as a frame.

    If a number is given, each series is judged by so many observations, from the first one on.
    """
    chance = random.Random(seed)  # noqa: S311 - the same on every run
    made = {each.id: each for each in (some_indicator(place, chance) for place in range(indicators))}
    if number:
        made = {name: each._replace(base_year=None) for name, each in made.items()}
    plan = Plan("p", TITLE, {"one": Source("one", "x", "x")}, {"one": Pillar("one", TITLE)}, made, ("area",))
    every = {(name, f"area {area}"): some_series(chance, number) for name in made for area in range(AREAS)}
    rows = [(*key, *each, made[key[0]].unit) for key, seen in every.items() for each in seen]
    chance.shuffle(rows)
    return plan, every, pd.DataFrame(rows, columns=COLUMNS)


def compare(
    seed: int, indicators: int, names: Sequence[str], max_age: int | None = None, number: int | None = None
) -> None:
    plan, every, observations = some_panel(seed, indicators, number)
    observed = {key: [each for each in seen if each.obs_status != "F"] for key, seen in every.items()}
    oldest = None if max_age is None else 2023 - max_age
    for rule in names:
        found = smartkpi.assess(observations, plan, year=2023, rule=rule, max_age=max_age).dropna(subset="area")
        assert len(found) == sum(bool(seen) for seen in observed.values())
        for row in found.to_dict("records"):
            key = row["indicator"], row["area"]
            goal = goal_of(plan.indicators[key[0]], key[1])
            expected = plain.assess(observed[key], goal, rule, 2023, oldest)
            assert not differences(row, expected), (rule, observed[key], goal, row, expected)


@pytest.mark.parametrize("max_age", [None, 4])
def test_engine_agrees_with_the_definitions(max_age: int | None) -> None:
    compare(seed=1, indicators=8, names=list(RuleName), max_age=max_age)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_blocks_are_all_series_in_order_and_end_with_indicators_where_they_can(size: int) -> None:
    plan, _, observations = some_panel(seed=5, indicators=4)
    whole = series.panel(*frame.read(observations, plan))
    # Of some indicators many series, of others one.
    some = whole.take(np.flatnonzero((whole.indicator % 2 == 0) | (np.arange(len(whole)) % 5 == 0)))
    parts = list(some.blocks(size))
    assert all(0 < len(part) <= size for part in parts)
    assert np.concatenate([part.indicator for part in parts]).tolist() == some.indicator.tolist()
    assert np.concatenate([part.dimensions[0].codes for part in parts]).tolist() == some.dimensions[0].codes.tolist()
    for part in parts:
        lengths = part.stop - part.start
        assert part.start.tolist() == (np.cumsum(lengths) - lengths).tolist()
    assert np.concatenate([part.value for part in parts]).tolist() == some.value.tolist()
    whole_ones = [part for part in parts if len(set(part.indicator.tolist())) == 1]
    assert size == 100 or len(whole_ones) > len(parts) / 2


@pytest.mark.parametrize("together", [1, 100])
def test_values_are_tried_together_or_one_after_the_other(monkeypatch: pytest.MonkeyPatch, together: int) -> None:
    monkeypatch.setattr(exactness, "_TOGETHER", together)
    compare(seed=1, indicators=4, names=["compound", "eurostat"])


@pytest.mark.parametrize("number", [1, 2, 3, 6])
def test_series_of_one_length_are_worked_out_together(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr(forecast, "_TOGETHER", 7)
    compare(seed=number, indicators=3, names=["compound", "germany", "trajectory"], number=number)


@pytest.mark.parametrize("number", [None, 6])
def test_rules_agree_on_a_series_on_track_whatever_the_other_series(number: int | None) -> None:
    plan, _, observations = some_panel(3, 8, number)
    panel = series.panel(*frame.read(observations, plan))
    assessed = assessment.assess(panel, plan, rules.RULES[RuleName.compound], 2023)
    every = rules.every_rule()
    of_all = assessment.side_by_side(assessed, assessment.judgements(assessed, every))["agreement"]
    assert isinstance(of_all, Categorical)
    of_some = assessment.agreement_on_track(assessed, every)
    assert isinstance(of_some, Categorical)
    flags = assessed.figures["on_track"]
    assert isinstance(flags, Categorical)
    wanted = [each if flag else None for each, flag in zip(of_all.cells(), flags.cells(), strict=True)]
    assert of_some.cells() == wanted
    assert {True, False} <= set(wanted)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_engine_agrees_with_the_definitions_on_many(part: int) -> None:
    """Every rule on 100,000 series, in four parts."""
    compare(seed=20251231 + part, indicators=25_000 // AREAS, names=list(RuleName), max_age=(None, 5)[part % 2])
