"""docs/codebook.md: every indicator of the plans in this repository, with its observations and sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from mdtable import code, plain, table

from smartkpi.model import Indicator, Observation, Plan
from smartkpi.readers.dataset import Dataset, Inputs, load
from smartkpi.render.celltext import number

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = (ROOT / "data", *sorted(path.parent for path in ROOT.glob("examples/*/targets.toml")))

HEAD = """\
# Every indicator and observation

What the files hold, indicator by indicator. [About the shipped data](../data/README.md) says where the figures are
from, what to beware of and what was left out.
"""
COLUMNS = ("year", "value", "status", "source", "where", "note")


def page() -> str:
    """Return the page."""
    return "\n".join([HEAD, *(_plan(load(Inputs(data=str(folder)))) for folder in FOLDERS)])


def _plan(loaded: Dataset) -> str:
    plan = loaded.plan
    parts = [f"## {_title(plan.title)}\n", table(("source", "title", "publisher", "published"), _sources(plan))]
    for indicator in plan.indicators.values():
        own = [each for each in loaded.observations.records() if each.indicator == indicator.id]
        parts += [f"### {_title(indicator.title)}\n", _facts(indicator, plan), _observations(own, plan)]
    return "\n".join(parts)


def _sources(plan: Plan) -> Iterator[Sequence[str]]:
    for each in plan.sources.values():
        title = f"[{plain(each.title)}]({each.url})" if each.url else plain(each.title)
        yield code(each.id), title, plain(each.publisher), each.published


def _facts(indicator: Indicator, plan: Plan) -> str:
    direction = {"increase": "more is better", "decrease": "less is better"}[indicator.direction]
    facts = [
        ("id", code(indicator.id)),
        ("pillar", f"{_title(plan.pillars[indicator.pillar].title)}, {indicator.level}"),
        ("target", f"{plain(f'{number(indicator.target)} {indicator.unit}')} by {indicator.target_year}; {direction}"),
        ("milestones", plain("; ".join(f"{number(value)} in {year}" for year, value in indicator.milestones.items()))),
        ("source", f"{code(indicator.source)} {plain(indicator.locator)}".rstrip()),
        ("definition", plain(indicator.definition)),
        ("note", plain(indicator.note)),
    ]
    return table(("key", "in the plan"), [fact for fact in facts if fact[1]])


def _observations(observations: Sequence[Observation], plan: Plan) -> str:
    if not observations:
        return "No observation.\n"
    return table((*map(plain, plan.dimensions), *COLUMNS), map(_row, observations))


def _row(each: Observation) -> Sequence[str]:
    source = code(each.source) if " " not in each.source else plain(each.source)
    figures = str(each.year), plain(each.as_given), code(each.obs_status)
    return *map(plain, each.dimensions), *figures, source, plain(each.locator), plain(each.note)


def _title(title: Mapping[str, str]) -> str:
    return plain(", ".join(title.values()))
