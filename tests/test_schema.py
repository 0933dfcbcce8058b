"""smartkpi schema: every column of the contract and every key of the plan, described."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import tomli
from conftest import Run

from smartkpi import contract, datadir, indicatortable, model
from smartkpi.words import meanings

TABLES = {
    "status": contract.STATUS_COLUMNS,
    "project": contract.PROJECT_COLUMNS,
    "actuals": contract.OBSERVATION_COLUMNS,
}


def described(smartkpi: Run, *arguments: str) -> dict[str, Any]:
    run = smartkpi("schema", *arguments)
    assert (run.code, run.err) == (0, "")
    found: dict[str, Any] = json.loads(run.out)
    return found


@pytest.mark.parametrize("what", TABLES)
def test_every_column_of_the_contract_in_its_order(smartkpi: Run, what: str) -> None:
    fields = described(smartkpi, what)["fields"]
    assert [field["name"] for field in fields] == list(TABLES[what])
    assert all(field["description"] for field in fields)
    assert all(("unit" in field) is (field["type"] == "number") for field in fields)


def test_columns_of_actuals_are_those_that_are_read(smartkpi: Run) -> None:
    names = [field["name"] for field in described(smartkpi, "actuals")["fields"]]
    assert set(names) == set(contract.RESERVED_COLUMNS)


def test_units(smartkpi: Run) -> None:
    units = {field["name"]: field.get("unit") for field in described(smartkpi)["fields"]}
    assert (units["attainment_pct"], units["gap"], units["required_change"], units["pace"], units["year"]) == (
        "%",
        "{unit}",
        "{unit}/year",
        "1",
        None,
    )


def test_status_is_the_default_and_chinese_on_demand(smartkpi: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert described(smartkpi) == described(smartkpi, "status")
    monkeypatch.setenv("LANG", "zh_TW.UTF-8")
    assert described(smartkpi)["fields"][13]["description"] == "Target minus actual"
    assert described(smartkpi, "--lang", "zh-TW")["fields"][13]["description"] == "目標值減實際值"


def test_shipped_rows_obey_the_schema(smartkpi: Run) -> None:
    fields = {field["name"]: field for field in described(smartkpi)["fields"]}
    types: dict[str, Any] = {"string": str, "integer": int, "number": (int, float), "boolean": bool}
    rows = json.loads(smartkpi("status", "--level", "all", "-f", "json").out)["rows"]
    for row in rows:
        for name, value in row.items():
            constraints = fields[name]["constraints"]
            assert value is not None or "required" not in constraints
            assert value is None or isinstance(value, types[fields[name]["type"]])
            assert value is None or value in constraints.get("enum", [value])


def test_the_plan_schema_has_the_keys_that_are_read(smartkpi: Run) -> None:
    indicator = described(smartkpi, "plan")["properties"]["indicators"]["additionalProperties"]
    assert list(indicator["properties"]) == list(indicatortable.INDICATOR_KEYS)
    assert indicator["required"] == list(indicatortable.INDICATOR_REQUIRED)
    assert all(each["description"] for each in indicator["properties"].values())


def test_the_shipped_plan_obeys_the_schema(smartkpi: Run) -> None:
    content = tomli.loads(datadir.plan_file(datadir.shipped()).read_text(encoding="utf-8"))
    obey(content, described(smartkpi, "plan"), "")


def obey(value: Any, schema: Mapping[str, Any], path: str) -> None:
    """Hold a table to the part of JSON Schema that the plan's schema uses."""
    assert value == schema.get("const", value), path
    assert value in schema.get("enum", [value]), path
    if isinstance(value, dict):
        known = schema.get("properties", {})
        assert set(schema.get("required", ())) <= set(value), path
        for key, each in value.items():
            inner = known.get(key, schema.get("additionalProperties"))
            assert isinstance(inner, dict), f"{path}.{key}"
            obey(each, inner, f"{path}.{key}")
    elif "type" in schema:
        kinds: dict[str, Any] = {"string": str, "number": (int, float), "integer": int, "array": list}
        names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        text = str(value) if schema.get("format") == "date" else value
        assert any(isinstance(text, kinds[name]) for name in names), path


def test_every_meaning_is_in_both_languages() -> None:
    for english, chinese in [*meanings.COLUMNS.values(), *meanings.KEYS.values()]:
        assert english.isascii()
        assert any("\u4e00" <= char <= "\u9fff" for char in chinese)


def test_use(smartkpi: Run, tmp_path: Path) -> None:
    assert smartkpi("schema", "nonsense").code == 2
    assert smartkpi("schema", "plan", "-o", tmp_path / "plan.json").code == 0
    assert json.loads((tmp_path / "plan.json").read_text())["$id"] == model.PLAN_SCHEMA
