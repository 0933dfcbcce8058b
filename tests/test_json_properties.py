"""Whatever the observations are, every JSON output obeys its schema: no NaN, no wrong word, no cell of another type."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from jsonschemas import faults, read

from smartkpi.model import FIRST_YEAR, LAST_YEAR, Indicator, Observation, Pillar, Plan, Source
from smartkpi.model.codes import OBS_STATUS, Level
from smartkpi.model.observations import from_records
from smartkpi.readers.dataset import Dataset
from smartkpi.render import render
from smartkpi.render.explanation import render as render_explained
from smartkpi.render.json import indented
from smartkpi.render.view import View
from smartkpi.tables import explanation
from smartkpi.tables.history import status_history
from smartkpi.tables.observations import observation_table
from smartkpi.tables.projection import project_table
from smartkpi.tables.status import status_table
from smartkpi.tables.summary import summarise_series
from smartkpi.tables.trend import trend_table

TITLE = {"zh-TW": "數"}
NUMBER = st.floats(allow_nan=False, allow_infinity=False) | st.sampled_from(
    [0.0, 1.0, -1.0, 50.0, 100.0, 1e-300, 1e300]
)
YEAR = st.integers(2018, 2032) | st.integers(FIRST_YEAR, LAST_YEAR)
TEXT = st.text(max_size=5)
JSON = View(format="json")


@st.composite
def loaded(draw: st.DrawFn) -> Dataset:
    """A plan with one indicator and two series, and observations of them."""
    indicator = Indicator(
        id="x",
        title=TITLE,
        pillar="one",
        level=Level.headline,
        unit="count",
        direction=draw(st.sampled_from(["increase", "decrease"])),
        target=draw(NUMBER),
        target_year=draw(YEAR),
        source="one",
        base_year=draw(st.none() | YEAR),
        note={"en": draw(TEXT)},
    )
    source, pillar = Source("one", draw(TEXT), "Office"), Pillar("one", TITLE)
    plan = Plan("p", TITLE, {"one": source}, {"one": pillar}, {"x": indicator}, ("area",))
    years = draw(st.lists(YEAR, max_size=8, unique=True))
    areas = st.tuples(st.sampled_from(["a", "b"]))
    return Dataset(plan, from_records([draw(observation(year, areas)) for year in years], plan))


@st.composite
def observation(draw: st.DrawFn, year: int, areas: st.SearchStrategy[tuple[str, ...]]) -> Observation:
    status = draw(st.just("A") | st.sampled_from(OBS_STATUS))
    return Observation("x", year, draw(st.none() | NUMBER), "count", status, draw(areas), draw(TEXT), note=draw(TEXT))


def documents(given: Dataset, years: Sequence[int]) -> dict[str, list[str]]:
    status = status_table(given, rule="all")
    history = status_history([status_table(given, year) for year in years])
    tables = {
        "status": [status, history],
        "summary": [summarise_series(status)],
        "project": [project_table(given), project_table(given, years[0], years[-1], 99.9)],
        "trend": [trend_table(given, "x"), trend_table(given, "x", years[0], "germany")],
        "observations": [observation_table(given)],
    }
    written = {name: [render(table, JSON) for table in each] for name, each in tables.items()}
    return {**written, "explain": [render_explained(explanation.explain(given, "x")[0], JSON)]}


@pytest.mark.slow
@given(loaded(), st.lists(YEAR, min_size=1, max_size=3, unique=True).map(sorted))
@settings(phases=[Phase.explicit, Phase.reuse, Phase.generate])  # to shrink a plan takes minutes
def test_whatever_is_observed(given: Dataset, years: list[int]) -> None:
    for name, texts in documents(given, years).items():
        for text in texts:
            assert faults(read(text), name) == []


PLAIN = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=5)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(10**6), 10**6) | PLAIN,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(PLAIN, inner, max_size=3),
    )
)
def test_indented_json_is_that_of_the_standard_writer(value: object) -> None:
    assert indented(value) == json.dumps(value, indent=2)
