"""docs/codebook.md: every indicator of the plans in this repository, with its observations and sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from mdtable import code, plain, table

from smartkpi.model import Indicator, Observation, Plan
from smartkpi.readers.dataset import Dataset, Inputs, load
from smartkpi.render.celltext import number
from smartkpi.tables.plan import target_text

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
    direction = {"increase": "more is better", "decrease": "less is better", "within": "within is better"}
    facts = [
        ("id", code(indicator.id)),
        ("pillar", f"{_title(plan.pillars[indicator.pillar].title)}, {indicator.level}"),
        ("target", f"{plain(_target(indicator))} by {indicator.target_year}; {direction[indicator.direction]}"),
        ("milestones", plain("; ".join(f"{number(value)} in {year}" for year, value in indicator.milestones.items()))),
        ("source", f"{code(indicator.source)} {_both(indicator.locator)}".rstrip()),
        ("in charge", _both({lang: "; ".join(names) for lang, names in indicator.owner.items()})),
        ("definition", _both(indicator.definition)),
        ("note", _both(indicator.note)),
    ]
    return table(("key", "in the plan"), [fact for fact in facts if fact[1]])


def _target(indicator: Indicator) -> str:
    unit = indicator.unit
    if indicator.relative:
        return f"{target_text(indicator.relative)}, in {unit}"
    if indicator.target_range:
        return f"{' to '.join(map(number, indicator.target_range))} {unit}"
    changed = [f", since {own.since} {number(own.target)} {unit}" for own in indicator.targets if own.since]
    return f"{number(indicator.target)} {unit}{''.join(changed)}"


def _both(texts: Mapping[str, str]) -> str:
    """Return a text in every language that it has."""
    return plain(" / ".join(texts.values()))


def _observations(observations: Sequence[Observation], plan: Plan) -> str:
    if not observations:
        return "No observation.\n"
    return table((*map(plain, plan.dimensions), *COLUMNS), map(_row, observations))


def _row(each: Observation) -> Sequence[str]:
    source = code(each.source) if " " not in each.source else plain(each.source)
    why = {"Explanation: {}.": each.explanation, "Measures: {}.": each.measures}
    notes = [*filter(None, [each.note]), *(form.format(text) for form, text in why.items() if text)]
    figures = str(each.year), plain(each.as_given), code(each.obs_status)
    return *map(plain, each.dimensions), *figures, source, plain(each.locator), plain(" ".join(notes))


def _title(title: Mapping[str, str]) -> str:
    return plain(", ".join(title.values()))
