"""smartkpi schema: what is described, in which form and language, and that it says the same as the contract."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Run, environment

from smartkpi.messages import LANGUAGES, descriptions
from smartkpi.model import columns as contract
from smartkpi.model.codes import Described
from smartkpi.model.columns import ON_DEMAND, ON_REQUEST, TABLES
from smartkpi.schema import DOCUMENTS, json_schema, table_fields

TABLE_FORM = ("--format", "table-schema")


def described(smartkpi: Run, *arguments: str) -> dict[str, Any]:
    run = smartkpi("schema", *arguments)
    assert (run.code, run.err) == (0, "")
    found: dict[str, Any] = json.loads(run.out)
    return found


# --- the command ---------------------------------------------------------------------------------


def test_status_as_a_json_schema_is_the_default(smartkpi: Run) -> None:
    assert described(smartkpi) == described(smartkpi, "status") == described(smartkpi, "status", "-f", "json-schema")


def test_actuals_are_a_table_schema_without_being_asked(smartkpi: Run) -> None:
    assert described(smartkpi, "actuals") == described(smartkpi, "actuals", *TABLE_FORM)


@pytest.mark.parametrize("what", Described)
@pytest.mark.parametrize("form", ["json-schema", "table-schema"])
def test_what_there_is(smartkpi: Run, what: str, form: str) -> None:
    run = smartkpi("schema", what, "-f", form)
    assert run.code == (0 if what in (DOCUMENTS if form == "json-schema" else TABLES) else 2)
    assert run.code == 0 or f"{what} has no {form}" in run.err


def test_chinese_on_demand_only(smartkpi: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_TW.UTF-8")
    assert described(smartkpi, *TABLE_FORM)["fields"][13]["description"] == "Target minus actual"
    chinese = described(smartkpi, *TABLE_FORM, "--lang", "zh-TW")
    assert chinese["fields"][13]["description"] == "目標值減實際值"


def test_use(smartkpi: Run, tmp_path: Path) -> None:
    assert smartkpi("schema", "nonsense").code == 2
    assert smartkpi("schema", "plan", "-o", tmp_path / "plan.json").code == 0
    assert json.loads((tmp_path / "plan.json").read_text())["$id"] == "urn:smartkpi:plan:1"


# --- Table Schemas -------------------------------------------------------------------------------


@pytest.mark.parametrize("what", TABLES)
def test_every_column_of_the_contract_in_its_order(smartkpi: Run, what: str) -> None:
    fields = described(smartkpi, what, *TABLE_FORM)["fields"]
    assert [field["name"] for field in fields] == list(TABLES[what])
    assert all(field["description"] for field in fields)
    assert all(("unit" in field) is (field["type"] == "number") for field in fields)


def test_columns_of_actuals_are_those_that_are_read(smartkpi: Run) -> None:
    names = [field["name"] for field in described(smartkpi, "actuals")["fields"]]
    assert set(names) == set(contract.RESERVED_COLUMNS)


def test_units(smartkpi: Run) -> None:
    units = {field["name"]: field.get("unit") for field in described(smartkpi, *TABLE_FORM)["fields"]}
    assert (units["attainment_pct"], units["gap"], units["required_change"], units["pace"], units["year"]) == (
        "%",
        "{unit}",
        "{unit}/year",
        "1",
        None,
    )


def test_the_fields_of_a_table_with_a_dimension() -> None:
    fields = table_fields("observations", ["indicator", "area", "value"], "zh-TW", ["area"])
    assert [(field["name"], field["type"], field["constraints"]) for field in fields] == [
        ("indicator", "string", {"required": True}),
        ("area", "string", {}),
        ("value", "number", {}),
    ]
    assert fields[1]["description"] == "計畫中某維度的值"


@pytest.mark.parametrize(
    ("what", "call"),
    [
        ("status", ("status", "--level", "all")),
        ("project", ("project", "--level", "all")),
        ("trend", ("trend", "digital_economy_size")),
        ("summary", ("status", "--summarise")),
        ("observations", ("export",)),
    ],
)
def test_shipped_rows_obey_the_table_schema(smartkpi: Run, what: str, call: tuple[str, ...]) -> None:
    fields = {field["name"]: field for field in described(smartkpi, what, *TABLE_FORM)["fields"]}
    types: dict[str, Any] = {"string": str, "integer": int, "number": (int, float), "boolean": bool}
    for row in json.loads(smartkpi(*call, "-f", "json").out)["rows"]:
        for name, value in row.items():
            constraints = fields[name]["constraints"]
            assert value is not None or "required" not in constraints
            assert value is None or isinstance(value, types[fields[name]["type"]])
            assert value is None or value in constraints.get("enum", [value])


# --- the files in docs/schemas -------------------------------------------------------------------


def test_files_are_what_the_command_prints() -> None:
    tool = str(ROOT / "tools" / "schemas.py")
    run = subprocess.run(
        [sys.executable, tool, "--check"], capture_output=True, encoding="utf-8", check=False, env=environment()
    )
    assert run.returncode == 0, f"run `python tools/schemas.py`\n{run.stdout}{run.stderr}"


@pytest.mark.parametrize("what", DOCUMENTS)
def test_the_command_prints_what_the_file_holds(smartkpi: Run, what: str) -> None:
    assert smartkpi("schema", what).out == (ROOT / "docs" / "schemas" / f"{what}-1.json").read_text(encoding="utf-8")


# --- JSON Schemas --------------------------------------------------------------------------------


@pytest.mark.parametrize("what", DOCUMENTS)
def test_the_id_has_the_version_that_documents_have(what: str) -> None:
    schema = json_schema(what)
    version = schema["properties"]["schema"]["const"]
    assert version == f"smartkpi/{what}/1"
    assert schema["$id"] == f"urn:{version.replace('/', ':')}"


@pytest.mark.parametrize("what", [name for name in DOCUMENTS if name in TABLES])
def test_rows_have_every_column_of_the_contract(what: str) -> None:
    schema = json_schema(what)
    columns = schema["$defs"]["cells"]["properties"]
    assert list(columns) == list(dict.fromkeys([*TABLES[what], *ON_DEMAND.get(what, ()), *ON_REQUEST.get(what, ())]))
    assert schema["$defs"]["row"]["required"] == list(TABLES[what])


def test_units_and_missing_cells() -> None:
    columns = json_schema("status")["$defs"]["cells"]["properties"]
    assert columns["gap"] == {"description": "Target minus actual", "type": ["number", "null"], "x-unit": "{unit}"}
    assert columns["target_year"]["type"] == "integer"
    assert columns["evidence"]["enum"] == ["normal", "low", None]


@pytest.mark.parametrize("what", DOCUMENTS)
@pytest.mark.parametrize("lang", ["en", "zh-TW"])
def test_every_key_is_described_in_the_language(what: str, lang: str) -> None:
    def look(schema: Any, path: str) -> None:
        for name, inner in schema.get("properties", {}).items():
            text = inner.get("description", "")
            assert text or name in LANGUAGES, f"{path}/{name}"
            assert not text or text.isascii() is (lang == "en"), f"{path}/{name}"
            look(inner, f"{path}/{name}")
        for inner in [schema.get("items"), schema.get("additionalProperties"), *schema.get("$defs", {}).values()]:
            if isinstance(inner, dict):
                look(inner, path)

    look(json_schema(what, lang), what)


def test_every_meaning_is_in_both_languages() -> None:
    for named in (
        descriptions.COLUMNS,
        descriptions.KEYS,
        descriptions.DOCUMENTS,
        descriptions.ENVELOPE,
        descriptions.EXPLANATION,
    ):
        for english, chinese in named.values():
            assert english.isascii()
            assert any("\u4e00" <= char <= "\u9fff" for char in chinese)
