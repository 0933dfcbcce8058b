"""Chinese is whole: pages in both languages say the same, one word for one thing, no English word in any output."""

from __future__ import annotations

import csv
import html
import itertools
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from blocks import blocks
from conftest import ROOT, Run
from pagefile import PAGES, language

from smartkpi.analysis.rules import RULES
from smartkpi.cli.app import COMMANDS, group
from smartkpi.messages import zh_tw, zh_tw_errors
from smartkpi.messages.descriptions import COLUMNS, KEYS
from smartkpi.messages.rules import RULES as RULES_IN_WORDS
from smartkpi.messages.zh_tw_help import HELP
from smartkpi.model.codes import REASONS, RuleName, Status
from smartkpi.model.columns import ON_REQUEST, TABLES

PAIRS = [(page, page.with_name(page.name.replace(".zh-TW", ""))) for page in PAGES if language(page) == "zh-TW"]
GLOSSARY = {
    "heading_pace": "進展比",
    "report_pace": "進展比",
    "report_evidence": "佐證",
    "low_evidence": "佐證有限",
    "heading_progress": "進度",
    "report_progress": "進度",
    "heading_attainment": "達成率",
    "report_attained": "達成率",
    "heading_required": "所需值",
    "report_need": "所需路徑",
    "off_track": "嚴重落後",
    "reversing": "退步",
    "report_at_observed_growth": "照目前成長率",
    "heading_series": "數列數",
    "understood_header": "標題列：",
    "column_name": "欄位",
}
OTHER_WORDS = re.compile(
    "偏離進度|背離目標|證據|步調|完成率|進展率|尚需|今後所需|增量|已走完|實績檔案"
    "|序列|表頭|基期|級距|副檔名|目錄|代號|評估|尚未確定"
)
"""Words that were, or could be, in the place of those of the glossary."""


def ids(pair: tuple[Path, Path]) -> str:
    return pair[0].name


def test_the_pages_that_are_promised_are_there() -> None:
    assert {page.name for page, _ in PAIRS} == {
        f"{name}.zh-TW.md" for name in ("README", "tutorial", "excel", "data-formats", "methods")
    }


@pytest.mark.parametrize("pair", PAIRS, ids=ids)
def test_each_page_leads_to_its_other_language(pair: tuple[Path, Path]) -> None:
    chinese, english = (page.read_text(encoding="utf-8") for page in pair)
    assert f"\n[English]({pair[1].name}) · 中文\n" in chinese
    assert f"\nEnglish · [中文]({pair[0].name})\n" in english


@pytest.mark.parametrize("pair", [pair for pair in PAIRS if "README" not in pair[0].name], ids=ids)
def test_both_languages_have_the_same_parts(pair: tuple[Path, Path]) -> None:
    chinese, english = (page.read_text(encoding="utf-8") for page in pair)
    levels = [re.findall(r"^#+(?= )", outside(text), re.MULTILINE) for text in (chinese, english)]
    tables = [re.findall(r"^\| ---.*$", outside(text), re.MULTILINE) for text in (chinese, english)]
    assert levels[0] == levels[1]
    assert tables[0] == tables[1]


@pytest.mark.parametrize("pair", [pair for pair in PAIRS if "README" not in pair[0].name], ids=ids)
def test_both_languages_are_followed_with_the_same_lines(pair: tuple[Path, Path]) -> None:
    chinese, english = (list(typed(page.read_text(encoding="utf-8"))) for page in pair)
    assert [line for line in chinese if line != "export SMARTKPI_LANG=zh-TW"] == english


def outside(text: str) -> str:
    """Return a page without its blocks and what commands put there."""
    text = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"<!-- output: .*?<!-- /output -->", "", text, flags=re.DOTALL)


def typed(page: str) -> Iterator[str]:
    """Yield the lines that a reader types or has in files."""
    for block in blocks(page):
        if block.language == "sh" or block.marks.keys() & {"read", "refused", "remark"} or block.is_doctest:
            yield from block.text.replace(" --lang zh-TW", "").splitlines()


@pytest.mark.parametrize("pair", PAIRS, ids=ids)
def test_prose_is_not_broken_between_characters(pair: tuple[Path, Path]) -> None:
    """Markdown shows the end of a line as a blank, which Chinese does not have."""
    lines = outside(pair[0].read_text(encoding="utf-8")).splitlines()
    broken = [
        one
        for one, other in itertools.pairwise(lines)
        if re.match(r"^[^|#<-].*", one) and re.match(r"^ *[\u2e80-\uffef]", other)
    ]
    assert broken == []


def test_one_word_for_one_thing() -> None:
    assert {key: zh_tw.LABELS[key] for key in GLOSSARY} == GLOSSARY
    spoken = [
        *zh_tw.LABELS.values(),
        *(text for pair in zh_tw_errors.ERRORS.values() for text in pair),
        *(chinese for table in (COLUMNS, KEYS) for _, chinese in table.values()),
        *HELP.values(),
        *(chinese for _, chinese in RULES_IN_WORDS.values()),
        *(page.read_text(encoding="utf-8") for page, _ in PAIRS),
    ]
    assert [found for text in spoken for found in OTHER_WORDS.findall(text)] == []


INDICATORS = list(tomllib.loads((ROOT / "data" / "targets.toml").read_text(encoding="utf-8"))["indicators"])
NAMES = set(
    re.findall(
        r"\w+",
        """
        smartkpi Open SDG open sdg SDMX CSV JSON JSONL TSV Excel PDF PNG SVG BOM UTF utf cp
        ASCII GitHub TAB CI CLICOLOR Schema
        Frictionless Table Parquet Data Package Markdown HTML TOML Chromium README bash zsh fish shell GDP OECD Gbps
        NT TWD USD kt CO km person count money trillion per abs tT help install show completion GB
        Chrome Edge Noto Sans CJK NUL NaN DIGI LibreOffice
        """,
    )
)
"""Names, units, and parts of formulas."""
TYPED = set(
    re.findall(
        r"\w+",
        """
        true false null https kg pp area last sum mean meta fraction INDICATOR ACTION close
        pandas pyarrow pip uv pipx inject fonts noto cjk
        """,
    )
)
"""What a reader of a message types, or has in a file."""
LINES = [
    ["status", "--level", "all"],
    ["status", "--rule", "all"],
    ["status", "--summarise", "--group", "pillar"],
    ["status", "--summarise"],
    ["status", "--year", "2021..2022"],
    ["status", "-f", "markdown"],
    ["status", "--assume", "broadband_2gbps_coverage=2023:67"],
    ["project", "--level", "all"],
    ["project", "-f", "markdown"],
    *(["trend", name] for name in INDICATORS),
    *(["explain", name] for name in INDICATORS),
    ["explain", "mobile_5g_population_coverage", "--rule", "germany"],
    ["explain", "digital_lifestyle_services_rate", "--rule", "unsd-2023", "-f", "markdown"],
    ["check", "--fail-on", "undetermined"],
    ["check", "--level", "all", "--fail-on", "on_track,achieved"],
    ["check", "--against", "2021"],
    ["report", "-o", "report.md"],
    ["report", "--level", "all", "-o", "report.html"],
    ["report", "-o", "overview.svg"],
    ["report", "-k", "broadband_2gbps_coverage", "-o", "chart.svg"],
    ["brief", "--level", "all"],
    ["brief", "-f", "markdown"],
    ["status", "-v"],
    ["validate", "-v"],
    ["validate", "-a", "bad.csv"],
    ["list", "--level", "all"],
    ["export", "-f", "table"],
    ["template", "-o", "2023.csv"],
    ["init", "new"],
    ["units", "兆元"],
    ["units", "nonsense"],
    ["status", "--formta"],
    ["status", "-f", "xml"],
    ["status", "--top", "few"],
    ["status", "more"],
    ["stauts"],
    ["status", "-a", "none.csv"],
    ["trend"],
    ["explain", "none"],
    *([name, "--help"] for name in COMMANDS),
    ["--help"],
]
QUOTED = re.compile(r"'[^']*'|「[^」]*」|`[^`]*`|[\w.-]*[_/.=][\w.:/=-]*|[\w-]+\.\w+|^  smartkpi .*$", re.MULTILINE)
"""Paths, ids, examples, and what was typed or found."""


@pytest.mark.parametrize("line", LINES, ids=" ".join)
def test_chinese_output_is_chinese(
    smartkpi: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SMARTKPI_LANG", "zh-TW")
    Path("bad.csv").write_text("indicator,year,value,unit\nx,2020,1,%\nbroadband_2gbps_coverage,abc,5,people\n")
    run = smartkpi(*line) if line[-1] == "--help" else smartkpi(*line, "--lang", "zh-TW")
    text = run.out + run.err
    for made in tmp_path.glob("[!b]*.*"):
        text += without_markup(made.read_text(encoding="utf-8"))
    assert text
    assert english_words(without(sources(), text)) - set(re.findall(r"\w+", " ".join(line))) == set()
    if line[-1].endswith(".csv"):
        return
    text = re.sub(r"(?<=[㐀-鿿（(])\n+(?=[㐀-鿿（(])", "", text)  # a chart wraps titles
    words = QUOTED.sub(NEUTRAL, without(texts_of_the_plan(), text))
    assert [words[max(found.start() - 9, 0) : found.end() + 9] for found in MISPLACED.finditer(words)] == []


NEUTRAL = "※"
MISPLACED = re.compile(
    r"[㐀-鿿] [㐀-鿿]|[㐀-鿿][A-Za-z0-9]|[A-Za-z0-9%][㐀-鿿]|[㐀-鿿] [「（]|[」）] [㐀-鿿]"
    r"|[㐀-鿿」）][,;:!?]|[,;:!?][㐀-鿿「（]|[㐀-鿿] ?\(|\)[㐀-鿿]"
)
"""A blank between Chinese and Chinese, none between Chinese and letters or digits, marks of Western width."""


def without(known: Iterable[str], text: str) -> str:
    for each in known:
        text = text.replace(each, NEUTRAL)
    return text


def english_words(text: str) -> set[str]:
    return set(re.findall(r"(?<![A-Za-z])[A-Za-z][A-Za-z]+", QUOTED.sub(" ", text))) - codes() - NAMES - classes()


def classes() -> set[str]:
    """Return the words of the classes of rules, which are called as their publications call them."""
    names = [
        name
        for rule in RULES.values()
        for name in (rule.achieved, rule.adverse, rule.reversing, *(each.name for each in rule.classes))
    ]
    return set(" ".join(names).replace(",", "").split())


CATALOGUES = {
    "labels": zh_tw.LABELS,
    "errors": {key: "\n".join(pair) for key, pair in zh_tw_errors.ERRORS.items()},
    "help": HELP,
    "columns": {key: chinese for key, (_, chinese) in COLUMNS.items()},
    "keys": {key: chinese for key, (_, chinese) in KEYS.items()},
}


@pytest.mark.parametrize("catalogue", CATALOGUES.values(), ids=CATALOGUES.keys())
def test_blanks_and_marks_of_chinese_messages(catalogue: Mapping[str, str]) -> None:
    """A detail brings its own blanks, where it is put in."""
    found = {key: MISPLACED.findall(QUOTED.sub(NEUTRAL, re.sub(r"\{[\w:#]+\}", NEUTRAL, text)))
             for key, text in catalogue.items()}  # fmt: skip
    assert {key: places for key, places in found.items() if places} == {}


@pytest.mark.parametrize("catalogue", CATALOGUES.values(), ids=CATALOGUES.keys())
def test_no_english_word_in_chinese_messages(catalogue: Mapping[str, str]) -> None:
    found = {key: english_words(re.sub(r"\{[\w:#]+\}", " ", text)) for key, text in catalogue.items()}
    assert {key: words - TYPED for key, words in found.items() if words - TYPED} == {}


def without_markup(text: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "\n", re.sub(r"<(style|script).*?</\1>", "", text, flags=re.DOTALL)))


def sources() -> list[str]:
    """Return ids and publishers of the sources, which are names."""
    plan = tomllib.loads((ROOT / "data" / "targets.toml").read_text(encoding="utf-8"))
    return [*plan["sources"], *(source["publisher"] for source in plan["sources"].values())]


def texts_of_the_plan() -> list[str]:
    """Return the texts of the shipped files, which are written as their authors write; long ones first."""
    plan = tomllib.loads((ROOT / "data" / "targets.toml").read_text(encoding="utf-8"))
    found = [str(each) for each in leaves(plan)]
    for path in sorted((ROOT / "data" / "actuals").glob("*.csv")):
        with path.open(encoding="utf-8") as file:
            found += [cell for row in csv.reader(file) for cell in row[5:]]
    return sorted({text for text in found if len(text) > 3}, key=len, reverse=True)


def leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from leaves(each)
    else:
        yield value


def codes() -> set[str]:
    """Return the words of ids, columns, codes, options and their values, which are the same in all languages."""
    program: Any = group()
    parameters = [each for command in program.commands.values() for each in command.params]
    named = [
        *COMMANDS,
        *Status,
        *RuleName,
        *REASONS,
        *KEYS,
        *(name for table in (*TABLES.values(), *ON_REQUEST.values()) for name in table),
        *INDICATORS,
        *(f"{each.metavar} {' '.join(getattr(each.type, 'choices', ()))} {' '.join(each.opts)}" for each in parameters),
    ]
    return {word for name in named for word in re.findall("[A-Za-z]+", name)}
