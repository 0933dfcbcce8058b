"""The JSON Schema of the plan says of plans what `smartkpi validate` says, as far as a schema can tell."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import tomli
from conftest import PLAN, ROOT, MakeData, Run, plan_text
from jsonschemas import faults

from smartkpi.messages.descriptions import KEYS
from smartkpi.model import plan_keys
from smartkpi.render.starter import starter_files
from smartkpi.schema import json_schema


def content(text: str) -> Any:
    """Return a plan as editors show it to a schema: dates are texts."""

    def plain(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {key: plain(each) for key, each in value.items()}
        if isinstance(value, list):
            return list(map(plain, value))
        return value.isoformat() if isinstance(value, datetime.date) else value

    return plain(tomli.loads(text.removeprefix("\ufeff")))


def test_it_has_the_keys_that_are_read() -> None:
    indicator = json_schema("plan")["properties"]["indicators"]["additionalProperties"]
    keys = plan_keys.TABLES["indicators.*"]
    assert list(indicator["properties"]) == [key.name for key in keys]
    assert indicator["required"] == [key.name for key in keys if key.required]
    assert all(each["description"] for each in indicator["properties"].values())


def test_every_key_is_described_and_nothing_else() -> None:
    declared = {f"{table}.{key.name}".strip(".") for table, keys in plan_keys.TABLES.items() for key in keys}
    assert set(KEYS) - {"title"} == {path for path in declared if path in KEYS or not path.endswith(".title")}


SOUND = {
    "few keys": plan_text({"x": {}}),
    "one language": plan_text({"x": {"title": {"zh-TW": "數"}}}),
    "an empty title beside another": plan_text({"x": {"title": {"en": "", "zh-TW": "數"}}}),
    "a target with a unit": plan_text({"x": {"unit": "兆元", "target": "65000 億元"}}),
    "bounds": plan_text({"x": {"bounds": [0, 100.5]}, "y": {"bounds": []}}),
    "milestones": plan_text({"x": {"milestones": {"2025": 50, "2027": "70 count"}}}),
    "a rule": plan_text({"x": {}}, '[rule]\nname = "linear"\non_track = 1\nlagging = 0.7'),
    "dimensions": plan_text(
        {"x": {"targets": [{"where": {"area": "東區"}, "target": 5}, {"where": {}, "target": 1, "target_year": 2031}]}},
        dimensions=["area", "sex"],
    ),
    "a source": plan_text({"x": {}}, "[sources.other]\ntitle='T'\npublisher='P'\npublished=2023-02-01\nurl='x'"),
    "all optional keys": plan_text(
        {"x": {"base_year": 2020, "decimals": 0, "locator": "p", "definition": "d", "note": "n", "level": "sector"}}
    ),
}
PLANS = [ROOT / "data" / "targets.toml", *sorted(ROOT.glob("examples/*/targets.toml"))]


@pytest.mark.parametrize("text", SOUND.values(), ids=list(SOUND))
def test_sound_plans(smartkpi: Run, make_data: MakeData, text: str) -> None:
    assert faults(content(text), "plan") == []
    data = make_data({}, [])
    (data / "targets.toml").write_text(text, encoding="utf-8")
    header = "indicator,year,value,unit" + (",area,sex" if "dimensions = [" in text else "")
    (data / "actuals" / "all.csv").write_text(f"{header}\n", encoding="utf-8")
    run = smartkpi("validate", "--data", data)
    assert run.code == 0, run.err


@pytest.mark.parametrize("path", PLANS, ids=str)
def test_plans_of_the_project(path: Path) -> None:
    assert faults(content(path.read_text(encoding="utf-8")), "plan") == []


def test_the_plan_to_begin_with() -> None:
    assert faults(content(starter_files(2025)["targets.toml"]), "plan") == []


def without(key: str) -> str:
    lines = plan_text({"x": {}}).splitlines()
    return "\n".join(line for line in lines if not line.startswith(f"{key} ="))


def own(**keys: Any) -> str:
    return plan_text({"x": keys})


REFUSED = {
    **{f"no {key}": without(key) for key in ("schema", "id", "pillar", "unit", "direction", "target", "target_year")},
    **{f"no {key}": without(key) for key in ("title", "level", "source", "publisher")},
    "no indicators": PLAN,
    "an empty table of indicators": PLAN + "[indicators]\n",
    "an empty table of pillars": PLAN.replace('[pillars.one]\ntitle = { en = "One", zh-TW = "一" }', "[pillars]"),
    **{f"an empty {key}": own(**{key: ""}) for key in ("pillar", "level", "unit", "direction", "source", "target")},
    "an empty id of the plan": plan_text({"x": {}}).replace('id = "test"', 'id = ""'),
    "an empty id": plan_text({"": {}}),
    "an empty id of a pillar": plan_text({"x": {}}, '[pillars.""]\ntitle = { en = "T" }'),
    "an empty publisher": plan_text({"x": {}}).replace('"Office"', '""'),
    **{
        f"an id in {table} with a control character": plan_text({"x": {}}, f'[{table}."a\\u001b"]\n{keys}')
        for table, keys in {
            "pillars": 'title = { en = "T" }',
            "sources": 'title = "T"\npublisher = "P"',
        }.items()
    },
    "an id with a control character": plan_text({"a\u001b[31m": {}}),
    "a dimension with a control character": plan_text({"x": {}}, dimensions=["a\u001b[31m"]),
    "another version": plan_text({"x": {}}).replace("plan/1", "plan/2"),
    "an unknown key": own(targett=5),
    "an unknown key of the plan": plan_text({"x": {}}).replace('id = "test"', 'id = "test"\nowner = "me"'),
    "an unknown table": plan_text({"x": {}}, "[extra]"),
    "a title without language": own(title="Title"),
    "a title in another language": own(title={"fr": "Titre"}),
    "an empty title": own(title={"en": ""}),
    "a level that is none": own(level="all"),
    "a direction that is none": own(direction="up"),
    "a target that is no number": own(target=True),
    "target years that are none": own(target_year=20300),
    "a target year in quotes": own(target_year="2030"),
    "a base year with a point": own(base_year=2020.5),
    "one bound": own(bounds=[1]),
    "three bounds": own(bounds=[1, 2, 3]),
    "a bound in quotes": own(bounds=["0", 1]),
    "milestones that are no years": own(milestones={"soon": 5}),
    "milestones in a list": own(milestones=[2025]),
    "negative decimals": own(decimals=-1),
    "too many decimals": own(decimals=16),
    "an indicator that is no table": PLAN + '[indicators]\nx = "y"\n',
    "an unknown rule": plan_text({"x": {}}, '[rule]\nname = "mine"'),
    "a threshold in quotes": plan_text({"x": {}}, '[rule]\nname = "linear"\non_track = "1"'),
    "a rule without name": plan_text({"x": {}}, "[rule]\non_track = 1"),
    "a reserved dimension": plan_text({"x": {}}, dimensions=["year"]),
    "a dimension of the results": plan_text({"x": {}}, dimensions=["status"]),
    "a dimension without name": plan_text({"x": {}}, dimensions=[""]),
    "a dimension twice": plan_text({"x": {}}, dimensions=["area", "area"]),
    "many dimensions": plan_text({"x": {}}, dimensions=[f"d{number}" for number in range(51)]),
    "a series target without target": plan_text({"x": {"targets": [{"where": {"area": "a"}}]}}, dimensions=["area"]),
    "a series that is a number": plan_text(
        {"x": {"targets": [{"where": {"area": 1}, "target": 1}]}}, dimensions=["area"]
    ),
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=list(REFUSED))
def test_refused_plans(smartkpi: Run, make_data: MakeData, text: str) -> None:
    assert faults(content(text), "plan")
    data = make_data({}, [])
    (data / "targets.toml").write_text(text, encoding="utf-8")
    run = smartkpi("validate", "--data", data)
    assert run.code == 3
    assert "targets.toml" in run.err
