"""Both catalogues hold the same words, the code finds all it asks for, and nothing is left that nobody asks for."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import get_args

import pytest
from conftest import ROOT, MakeData, Run, start

from smartkpi.messages import en, en_errors, zh_tw, zh_tw_errors
from smartkpi.model.codes import DIRECTIONS, NOT_OBSERVED, OBS_STATUS, REASONS, Level, Outlook, RuleName, Status
from smartkpi.quantities import REASONS as QUANTITY_REASONS
from smartkpi.quantities.years import REASONS as YEAR_REASONS
from smartkpi.tables.explanation import Role

SOURCES = [path for path in sorted((ROOT / "smartkpi").rglob("*.py")) if "messages" not in path.parts]
# Keys that are put together from a code, with the codes that there are.
MADE: dict[str, Sequence[str]] = {
    "obs_status_": [code for code in OBS_STATUS if code not in NOT_OBSERVED and code != "A"],
    "mark_": ["low_evidence", "disputed", "old_data", "lost_once", "lost_before"],
    "short_": ["no_observation", "one_observation", "no_base_observation", "target_year_passed"],
    "trend_": ["observed", "path", "required"],
    "project_": ["too_few_points", "not_ahead", "zero_denominator"],
    "project_summary_": ["scenarios", "held", "none"],
    "quantity_": list(QUANTITY_REASONS),
    "year_": list(YEAR_REASONS),
    "plan_": ["unknown_unit", "unit_of_changes"],
    "explain_": list(get_args(Role)),
    "missing_": [
        *(reason for reason in REASONS if f"missing_{reason}" in en.LABELS),
        "no_observation_at_all",
        "two_observations",
    ],
    "rule_": list(RuleName),
    "report_": ["held", "at_observed_change", "at_observed_growth"],
    "report_column_": ["held", "at_observed_change", "at_observed_growth"],
    "report_key_": ["seen", "soft", "before", "path", "step", "need", "ahead", "band", "if", "target"],
    "report_means_": list(Status),
    "brief_outlook_": list(Outlook),
    "understood_": ["file", "header", "layout", "columns", "columns_left_out", "rows", "rows_left_out"],
    "kind_": ["text", "json", "workbook", "parquet"],
    "cell_": ["lower", "upper", "approx"],
    "layout_": ["tidy", "wide", "across", "sdmx", "eurostat", "unsd"],
    "left_out_": ["above", "below", "skipped", "where", "targets", "no_indicator", "no_values"],
    "meaning_": [
        *(
            "indicator",
            "title",
            "year",
            "value",
            "unit",
            "other_unit",
            "multiplier",
            "other_multiplier",
            "other_obs_status",
            "obs_status",
        ),
        *("source", "locator", "note", "explanation", "measures", "bound", "published", "precision", "target", "where"),
    ],
}
# Words for values of columns, for those who show the value itself.
VALUES = {*Status, *REASONS, "headline", "sector", *DIRECTIONS, "normal", "low"}
# What a reader in Taiwan would stumble over.
MAINLAND = re.compile("信息|文件夾|數據|默認|字節|數組|質量|用戶|支持|打印")
HALF_WIDTH = re.compile(r"[㐀-鿿」）][,;:!?]|[,;:!?][㐀-鿿「（]|[㐀-鿿]\(|\)[㐀-鿿]")


@cache
def nodes(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def strings(path: Path) -> Iterator[str]:
    """Yield the strings of a module, docstrings left out."""
    statements = {id(node.value) for node in nodes(path) if isinstance(node, ast.Expr)}
    for node in nodes(path):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in statements:
            yield node.value


def calls(name: str) -> Iterator[tuple[Path, str]]:
    """Yield each literal first argument of calls of a function or class, and the module it stands in."""
    for path in SOURCES:
        for node in nodes(path):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called == name and isinstance(node.args[0], ast.Constant):
                yield path, str(node.args[0].value)


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


PAGES = sorted((ROOT / "smartkpi" / "render" / "report").glob("*.jinja"))


def all_strings() -> set[str]:
    in_pages = {word for page in PAGES for word in re.findall(r'"(\w+)"', page.read_text(encoding="utf-8"))}
    return {text for path in SOURCES for text in strings(path)} | in_pages


def test_both_languages_have_the_same_labels() -> None:
    assert set(en.LABELS) == set(zh_tw.LABELS)
    assert {key: fields(text) for key, text in en.LABELS.items()} == {
        key: fields(text) for key, text in zh_tw.LABELS.items()
    }


def test_both_languages_have_the_same_faults() -> None:
    assert set(en_errors.ERRORS) == set(zh_tw_errors.ERRORS)
    for key, (message, cure) in en_errors.ERRORS.items():
        assert fields(message) | fields(cure) == fields("".join(zh_tw_errors.ERRORS[key])), key
        assert message, key
        assert cure, key


@pytest.mark.slow
def test_every_fault_in_the_code_has_words() -> None:
    used = list(calls("Fault"))
    assert used
    assert [(path.name, key) for path, key in used if key not in en_errors.ERRORS] == []


def test_every_label_in_the_code_has_words() -> None:
    used = list(calls("label"))
    assert used
    assert [(path.name, key) for path, key in used if key not in en.LABELS] == []


@pytest.mark.parametrize("catalogue", [en, zh_tw])
def test_every_code_has_words(catalogue: object) -> None:
    labels: dict[str, str] = catalogue.LABELS  # type: ignore[attr-defined]
    levels = [level for level in Level if level != Level.all]
    marks = [f"obs_status_{code}" for code in MADE["obs_status_"]]
    assert [key for key in (*Status, *REASONS, *levels, *marks) if not labels.get(key)] == []


def test_no_word_is_left_over() -> None:
    made = {f"{head}{code}" for head, codes in MADE.items() for code in codes}
    known = all_strings() | VALUES | made
    assert [key for key in (*en.LABELS, *en_errors.ERRORS) if key not in known] == []


def test_chinese_is_chinese() -> None:
    texts = {**zh_tw.LABELS, **{key: " ".join(pair) for key, pair in zh_tw_errors.ERRORS.items()}}
    spoken = {key: text for key, text in texts.items() if re.sub(r"\{\w+\}|[^A-Za-z]", "", en_text(key))}
    same = {"kind_parquet", "header_and"}  # a name, and a word that is a mark in Chinese
    assert [key for key, text in spoken.items() if not re.search(r"[㐀-鿿]", text)] == sorted(same, reverse=True)
    assert {key: text for key, text in texts.items() if HALF_WIDTH.search(text)} == {}
    # Mainland usage that a reader in Taiwan would stumble over.
    assert {
        key for key, text in texts.items() if re.search("信息|文件夾|數據|默認|字節|數組|質量|用戶|支持|打印", text)
    } == set()


def en_text(key: str) -> str:
    return en.LABELS[key] if key in en.LABELS else "".join(en_errors.ERRORS[key])


@pytest.mark.parametrize("command", [("status",), ("trend", "digital_economy_size"), ("list",), ("export",)])
def test_machine_formats_get_chinese_titles_only_where_the_language_is_asked_for(
    smartkpi: Run, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    for form in ("csv", "tsv", "json", "jsonl"):
        plain = smartkpi(*command, "-f", form).out
        chinese = smartkpi(*command, "-f", form, "--lang", "zh-TW").out
        assert smartkpi(*command, "-f", form, "--lang", "en").out == plain
        assert "數位經濟規模" in chinese
        assert "title_zh" not in plain
        assert "title_zh" in chinese
    first, *rows = smartkpi(*command, "-f", "csv", "--lang", "zh-TW").out.splitlines()
    assert first.endswith(",title_zh")
    assert {row.endswith(",數位經濟規模") for row in rows if row.startswith("digital_economy_size,")} == {True}
    monkeypatch.setenv("SMARTKPI_LANG", "zh-TW")
    assert smartkpi(*command, "-f", "csv").out == smartkpi(*command, "-f", "csv", "--lang", "en").out


def test_chinese_titles_are_read_back(smartkpi: Run, tmp_path: Path) -> None:
    smartkpi("export", "--lang", "zh-TW", "-o", tmp_path / "all.csv")
    assert smartkpi("validate", "--strict", "-a", tmp_path / "all.csv").code == 0


def test_remarks_and_errors_are_chinese(smartkpi: Run, make_data: MakeData) -> None:
    assert (
        smartkpi("status", "--lang", "zh-TW").err
        == "2022 年：6 項中 4 項符合進度（4 項佐證有限，1 項其他規則判定不同），2 項無法判定\n"
    )
    data = make_data({"x": {}}, ["y,2020,1,count", "x,2020,1,人"])
    run = smartkpi("status", "--lang", "zh-TW", "--data", data)
    assert run.code == 3
    first, second = run.err.splitlines()
    assert first.endswith("計畫中沒有指標「y」；請填計畫中的指標代碼，例如 x")
    assert second.endswith("請以 count 或其他計數的單位填寫，或以 --where 排除這些列")


USAGE = {
    ("status", "--no-such-option"): "沒有選項 --no-such-option",
    ("status", "--formta"): "沒有選項 --formta，最相近的為 --format",
    ("trend",): "缺少參數 ID",
    ("status", "--format", "xml"): "--format / -f 的值無效：xml 不在下列選項中：table",
    ("status", "more"): "多出參數 more",
    ("stauts",): "沒有命令 stauts，最相近的為 status",
    ("status", "--top", "0"): "--top 的值無效：0 不在範圍 x>=1 之內",
    ("status", "--top", "few"): "--top 的值無效：few 不是數字",
    ("project", "--interval", "few"): "--interval 的值無效：few 不是數字",
    ("status", "--top"): "--top 需要一個值",
}


@pytest.mark.parametrize(("arguments", "message"), USAGE.items(), ids=str)
def test_usage_errors_are_chinese(arguments: tuple[str, ...], message: str) -> None:
    run = start(*arguments, env={"LANG": "zh_TW.UTF-8"})
    first, second = run.stderr.decode().splitlines()
    assert run.returncode == 2
    assert first.startswith(f"smartkpi: 錯誤：{message}")
    assert second.strip().startswith("用法請見 smartkpi")
