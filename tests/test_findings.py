"""What CI programs read of `validate` and `check`: annotations, SARIF, JUnit; and the gate against an earlier run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
import xlsxwriter
from conftest import ROOT, MakeData, Run
from jsonschemas import faults, read

ROWS = ["good,2020,50,count", "good,2025,90,count", "bad,2020,50,count", "bad,2025,45,count", "alone,2025,50,count"]
BROKEN = ["good,2020,many,count", "gold,2025,90,count", "bad,2025,45,person"]

_TEXT = {"type": "string", "minLength": 1}
_PLACE = {
    "type": "object",
    "required": ["physicalLocation"],
    "properties": {
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation"],
            "properties": {
                "artifactLocation": {"properties": {"uri": {"type": "string", "format": "uri-reference"}}},
                "region": {"properties": {"startLine": {"type": "integer", "minimum": 1}}},
            },
        }
    },
}
SARIF: dict[str, Any] = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"enum": ["2.1.0"]},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool"],
                "additionalProperties": False,
                "properties": {
                    "tool": {
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "required": ["name"],
                                "properties": {
                                    "name": _TEXT,
                                    "version": _TEXT,
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {"required": ["id"], "properties": {"id": _TEXT}},
                                    },
                                },
                            }
                        },
                    },
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["message"],
                            "additionalProperties": False,
                            "properties": {
                                "ruleId": _TEXT,
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "message": {"required": ["text"], "properties": {"text": _TEXT}},
                                "locations": {"type": "array", "items": _PLACE},
                            },
                        },
                    },
                },
            },
        },
    },
}
"""What SARIF 2.1.0 (OASIS, section 3) asks of the objects that are written here, and of no others."""


def parsed(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 - it is our own


@pytest.fixture
def data(make_data: MakeData) -> Path:
    return make_data({name: {} for name in ("good", "bad", "alone")}, ROWS)


@pytest.fixture
def broken(make_data: MakeData, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = make_data({name: {} for name in ("good", "bad")}, BROKEN)
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize("command", ["validate", "check"])
def test_each_error_of_the_input_is_one_annotation(smartkpi: Run, broken: Path, command: str) -> None:
    run = smartkpi(command, "--data", ".", "--format", "github")
    assert run.code == 3
    assert [line.partition("::")[2].partition("::")[0] for line in run.out.splitlines()] == [
        f"error file=actuals/all.csv,line={line},title=Error in the input" for line in (2, 3, 4)
    ]
    assert run.out.splitlines()[1].endswith("::unknown indicator 'gold'; write an id of the plan, such as good")
    assert run.err.count("smartkpi: error: actuals/all.csv:") == 3
    chinese = smartkpi(command, "--data", ".", "--format", "github", "--lang", "zh-TW").out
    assert chinese.count("title=輸入資料錯誤::") == 3


@pytest.mark.parametrize("command", ["validate", "check"])
def test_sarif_has_a_result_for_each_error(smartkpi: Run, broken: Path, command: str) -> None:
    run = smartkpi(command, "--data", ".", "--format", "sarif")
    document = read(run.out)
    jsonschema.validate(document, SARIF)
    results = document["runs"][0]["results"]
    assert run.code == 3
    assert [each["ruleId"] for each in results] == ["value", "unknown_indicator", "unit_dimension"]
    places = [each["locations"][0]["physicalLocation"] for each in results]
    assert [each["region"]["startLine"] for each in places] == [2, 3, 4]
    assert {each["artifactLocation"]["uri"] for each in places} == {"actuals/all.csv"}
    assert {each["id"] for each in document["runs"][0]["tool"]["driver"]["rules"]} == {
        each["ruleId"] for each in results
    }


def test_a_cell_of_a_workbook_is_named_in_the_message(smartkpi: Run, tmp_path: Path) -> None:
    book = tmp_path / "actuals.xlsx"
    with xlsxwriter.Workbook(book) as workbook:
        sheet = workbook.add_worksheet("2022")
        sheet.write_row(0, 0, ["indicator", "year", "value", "unit"])
        sheet.write_row(1, 0, ["none", 2022, 5, "%"])
    run = smartkpi("validate", "-a", book, "-f", "github", "--lang", "en")
    assert f"::error file={book},line=2,title=Error in the input::[2022]!C2: unknown indicator" in run.out
    result = read(smartkpi("validate", "-a", book, "-f", "sarif").out)["runs"][0]["results"][0]
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 2}


def test_sarif_names_files_as_references(smartkpi: Run, tmp_path: Path) -> None:
    odd = tmp_path / "a 100% #1.csv"
    odd.write_text("indicator,year,value,unit\nnone,2022,5,%\n", encoding="utf-8")
    place = read(smartkpi("validate", "-a", odd, "-f", "sarif").out)["runs"][0]["results"][0]["locations"][0]
    assert place["physicalLocation"]["artifactLocation"]["uri"].endswith("/a%20100%25%20%231.csv")


@pytest.mark.parametrize("command", ["validate", "check"])
def test_junit_has_a_test_in_error_for_each_error(smartkpi: Run, broken: Path, command: str) -> None:
    (suite,) = parsed(smartkpi(command, "--data", ".", "--format", "junit").out)
    assert {name: suite.get(name) for name in ("tests", "failures", "errors", "skipped")} == {
        "tests": "3", "failures": "0", "errors": "3", "skipped": "0",
    }  # fmt: skip
    assert [case.get("name") for case in suite] == [f"actuals/all.csv:{line}: Error in the input" for line in (2, 3, 4)]
    assert [(case.get("file"), case[0].tag) for case in suite] == [("actuals/all.csv", "error")] * 3


def test_validate_as_json(smartkpi: Run, data: Path, broken: Path) -> None:
    document = read(smartkpi("validate", "--data", ".", "-f", "json").out)
    assert faults(document, "validate") == []
    assert (document["valid"], [each["line"] for each in document["errors"]]) == (False, [2, 3, 4])
    sound = read(smartkpi("validate", "-f", "json").out)
    assert faults(sound, "validate") == []
    assert (sound["valid"], sound["indicators"], sound["observations"]) == (True, 14, 20)
    assert (len(sound["files"]), sound["errors"]) == (len(list((ROOT / "data" / "actuals").glob("*.csv"))) + 1, [])


def test_validate_passes_every_file_and_warns_of_what_is_left_out(smartkpi: Run, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text(
        "indicator,year,value,unit\nbroadband_2gbps_coverage,2022,58.6,%\n其他指標,2022,5,%\n", encoding="cp950"
    )
    run = smartkpi("validate", "-a", table, "-f", "github")
    remarks = run.out.splitlines()
    assert run.code == (3 if any(line.startswith("::error") for line in remarks) else 0)
    assert smartkpi("validate", "-f", "github").out == ""
    suite = parsed(smartkpi("validate", "-f", "junit").out)[0]
    assert "data/actuals/2022.csv" in [case.get("name") for case in suite]
    assert suite.get("tests") == str(len(suite))


def test_remarks_are_warnings(smartkpi: Run, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("indicator,year,value,unit\n數位經濟規模,2022,6.2,兆元\n", encoding="cp950")
    run = smartkpi("validate", "-a", table, "-f", "github")
    assert run.code == 0
    assert run.out.startswith(f"::warning file={table},line=1,title=Remark on the input::")


def test_check_as_junit_has_every_series(smartkpi: Run, data: Path) -> None:
    run = smartkpi("check", "--data", data, "-f", "junit")
    (suite,) = parsed(run.out)
    assert run.code == 4
    assert [(case.get("name"), [each.tag for each in case]) for case in suite] == [
        ("bad", ["failure"]), ("alone", ["skipped"]), ("good", []),
    ]  # fmt: skip
    assert suite[0][0].get("type") == "reversing"
    assert str(suite[0][0].get("message")).startswith("reversing (low evidence): bad: from 45")
    assert "not judged: alone (only one observation)\n" in run.err


def test_check_as_sarif_points_at_the_target(smartkpi: Run, data: Path) -> None:
    document = read(smartkpi("check", "--data", data, "-f", "sarif").out)
    jsonschema.validate(document, SARIF)
    (result,) = document["runs"][0]["results"]
    assert (result["ruleId"], result["level"]) == ("reversing", "error")
    line = result["locations"][0]["physicalLocation"]["region"]["startLine"]
    assert (data / "targets.toml").read_text(encoding="utf-8").splitlines()[line - 1] == "target = 100"


TURNS = [
    "worse,2020,50,count", "worse,2021,80,count", "worse,2022,40,count",
    "better,2020,50,count", "better,2021,40,count", "better,2022,90,count",
    "late,2020,50,count", "late,2021,55,count", "late,2022,61,count",
    "new,2021,50,count", "new,2022,60,count",
]  # fmt: skip


@pytest.fixture
def turns(make_data: MakeData) -> Path:
    return make_data({name: {} for name in ("worse", "better", "late", "new")}, TURNS)


def test_what_has_become_worse_since_a_year_fails(smartkpi: Run, turns: Path) -> None:
    statuses = smartkpi("status", "--data", turns, "--year", "2021..2022", "-f", "csv", "--fields", "status")
    assert statuses.out.split()[1:] == [
        "on_track", "reversing", "reversing", "on_track", "on_track", "on_track", "undetermined", "on_track",
    ]  # fmt: skip
    run = smartkpi("check", "--data", turns, "--fail-on", "missed", "--against", "2021")
    assert run.code == 4
    assert [line.split(":")[0] for line in run.out.splitlines()] == ["worse"]
    assert run.out.endswith(", was on track\n")
    assert "new: was undetermined, is on track\n" in run.err
    assert "1 of 4 fail\n" in run.err
    assert smartkpi("check", "--data", turns, "--fail-on", "missed").code == 0


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "jsonl"])
def test_what_has_become_worse_since_an_earlier_file_fails(
    smartkpi: Run, turns: Path, tmp_path: Path, form: str
) -> None:
    earlier = tmp_path / "earlier"
    assert smartkpi("status", "--data", turns, "--year", "2021", "-f", form, "-o", earlier).code == 0
    run = smartkpi("check", "--data", turns, "--fail-on", "missed", "--against", earlier)
    assert (run.code, [line.split(":")[0] for line in run.out.splitlines()]) == (4, ["worse"])


def test_of_a_file_of_several_years_the_last_counts(smartkpi: Run, turns: Path, tmp_path: Path) -> None:
    earlier = tmp_path / "earlier.csv"
    smartkpi("status", "--data", turns, "--year", "2021..2022", "-f", "csv", "-o", earlier)
    assert smartkpi("check", "--data", turns, "--fail-on", "missed", "--against", earlier).code == 0


ORDER = ["achieved", "on_track", "lagging", "off_track", "reversing", "missed"]


@pytest.mark.parametrize("before", [*ORDER, "undetermined"])
def test_worse_is_later_in_the_order(smartkpi: Run, turns: Path, tmp_path: Path, before: str) -> None:
    earlier = tmp_path / "earlier.csv"
    earlier.write_text(f"indicator,status\nworse,{before}\n", encoding="utf-8")
    run = smartkpi("check", "--data", turns, "--fail-on", "missed", "--against", earlier)
    assert run.code == (4 if before in ORDER[: ORDER.index("reversing")] else 0)
    assert ("worse: was undetermined, is reversing" in run.err) == (before == "undetermined")


def test_series_are_told_apart(smartkpi: Run, make_data: MakeData, tmp_path: Path) -> None:
    rows = ["x,north,2020,50,count", "x,north,2022,40,count", "x,south,2020,50,count", "x,south,2022,40,count"]
    data = make_data({"x": {}}, rows, "indicator,area,year,value,unit", dimensions=["area"])
    earlier = tmp_path / "earlier.csv"
    earlier.write_text("area,indicator,status\nnorth,x,on_track\nsouth,x,missed\n", encoding="utf-8")
    run = smartkpi("check", "--data", data, "--fail-on", "missed", "--against", earlier)
    assert [line.split(":")[0] for line in run.out.splitlines()] == ["x[area=north]"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("indicator,year,value,unit\n", "earlier.csv:1: has no column for: status"),
        ("indicator,status\nx,late\n", "earlier.csv:2: there is no status 'late'"),
        ("indicator,status\nx\n", "earlier.csv:2: "),
        ('{"rows": []}', "is empty"),
        ("[1", "json"),
    ],
)
def test_a_file_without_statuses_is_refused(
    smartkpi: Run, turns: Path, tmp_path: Path, content: str, said: str
) -> None:
    earlier = tmp_path / "earlier.csv"
    earlier.write_text(content, encoding="utf-8")
    run = smartkpi("check", "--data", turns, "--against", earlier)
    assert (run.code, run.out) == (3, "")
    assert said.lower() in run.err.lower()
    assert smartkpi("check", "--data", turns, "--against", tmp_path / "none.csv").code == 3


def test_json_of_check_is_still_rows(smartkpi: Run, data: Path) -> None:
    document = json.loads(smartkpi("check", "--data", data, "-f", "json", "--against", "2020").out)
    assert [row["indicator"] for row in document["rows"]] == ["bad"]
    assert faults(document, "check") == []
