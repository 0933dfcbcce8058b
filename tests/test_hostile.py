"""Any text in any cell, any bytes for a file: rows or a message, and nothing in either that steers what shows it."""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from conftest import ROOT, plan_text
from hypothesis import example, given
from hypothesis import strategies as st

from smartkpi.errors import SmartkpiError
from smartkpi.model.table import Table
from smartkpi.readers import dataset
from smartkpi.readers.dataset import Inputs
from smartkpi.render import render
from smartkpi.render.view import Format, View
from smartkpi.tables import observations, status
from smartkpi.tables.observations import template_table
from smartkpi.text import printable

COLUMNS = ["indicator", "title", "area", "year", "value", "unit", "obs_status", "source", "locator", "note", "bound"]
SOUND = dict(zip(COLUMNS, ["x", "", "east", "2020", "5", "count", "A", "report", "p. 1", "none", ""], strict=True))
NASTY = [
    "=1+1",
    "=cmd|'/c calc'!A0",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1",
    "'=1",
    "\x1b[31mred\x07",
    "\x1b]0;title\x07",
    "\u202eabc\u2066",
    "[bold red]x[/bold red]",
    "[link=https://example.org]x[/link]",
    ":smile:",
    "<script>alert(1)</script>",
    "| a | b |",
    "`code` **bold** ~~gone~~ <b>",
    "{0.__class__}",
    "%s%n",
    '"quoted", "twice"',
    "a\nb\r\nc\u2028d\x85e",
    "9**9**9**9",
    "1e400",
    "nan",
    "∞",
    "𝟗",
    "6.2 兆元(預估值)",
    "逾139萬",
    "民國111年",
    "(" * 50 + ")" * 50,
]
TEXTS = st.one_of(
    st.sampled_from(NASTY), st.text(max_size=30), st.text("0123456789.,+-eE%兆億萬元件約逾()年 ", max_size=15)
)
FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠]")
UNESCAPED = re.compile(r"(?<!\\)(?:\\\\)*[\[\]<>`*_#~!&{}]")


def check_texts(texts: Mapping[str, str | bytes], plan: str | None = None) -> bool:
    """Read files, check all that would be printed of them, and return whether there are rows."""
    with tempfile.TemporaryDirectory() as folder:
        names = [Path(folder) / name for name in texts]
        for path, content in zip(names, texts.values(), strict=True):
            path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
        targets = Path(folder) / "targets.toml" if plan is not None else ROOT / "data" / "targets.toml"
        if plan is not None:
            targets.write_text(plan, encoding="utf-8", errors="replace")
        try:
            loaded = dataset.load(Inputs(targets=str(targets), actuals=[str(path) for path in names]))
            for remark in loaded.remarks:
                check_messages(remark)
            tables = [status.status_table(loaded, level="all", rule="all"), observations.observation_table(loaded)]
            tables.append(template_table(loaded.plan, loaded.observations, 2030))
        except SmartkpiError as error:
            for fault in error.faults:
                check_messages(fault)
            return False
    for table in tables:
        check_table(table)
    return True


def check_messages(fault: Any) -> None:
    for lang in ("en", "zh-TW"):
        for text in (fault.message(lang), fault.cure(lang)):
            assert text
            assert printable(text) == text


def check_table(table: Table) -> None:
    shown = {form: render(table, View(format=form)) for form in Format}
    for form, text in shown.items():
        lines = text.split("\n")
        assert lines.pop() == ""
        assert all(
            printable(line.replace("\t", "") if form == Format.tsv else line) == line.replace("\t", "")
            for line in lines
        )
    for form, delimiter in ((Format.csv, ","), (Format.tsv, "\t")):
        rows = list(csv.reader(io.StringIO(shown[form]), delimiter=delimiter, strict=True))
        assert [len(row) for row in rows] == [len(table.columns)] * (len(table) + 1)
    assert len(json.loads(shown[Format.json], parse_constant=no_number)["rows"]) == len(table)
    assert len([json.loads(line) for line in shown[Format.jsonl].splitlines()]) == len(table)
    cells = [cell for line in shown[Format.markdown].splitlines()[2:] for cell in line.strip("| ").split(" | ")]
    assert not [cell for cell in cells if UNESCAPED.search(cell.replace("\\\\", "").replace("<!-- -->", ""))]
    check_excel(table)


def no_number(name: str) -> None:
    raise AssertionError(f"{name} is no JSON")


def check_excel(table: Table) -> None:
    text = render(table, View(format=Format.csv, add_bom=True))
    assert text.startswith("\ufeff")
    for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))):
        assert not [name for name, cell in row.items() if table.kinds[name] == "text" and FORMULA.match(cell)]


def as_csv(rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


PLAN = plan_text({"x": {}, "y": {"unit": "%", "target": 50}}, dimensions=["area"])


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(COLUMNS, TEXTS)), st.sampled_from(["2021", "民國110年"]))
@example({"note": "\x1b[31m", "area": "=1+1"}, "2021")
@example({"value": "逾 5", "source": "[bold]"}, "2021")
def test_any_text_in_any_cell(cells: dict[str, str], year: str) -> None:
    rows = [COLUMNS, list(SOUND.values()), list({**SOUND, "year": year, **cells}.values())]
    check_texts({"actuals.csv": as_csv(rows)}, PLAN)


@given(st.sampled_from(COLUMNS), TEXTS)
def test_any_text_in_the_header(name: str, text: str) -> None:
    header = [text if each == name else each for each in COLUMNS]
    check_texts({"actuals.csv": as_csv([header, list(SOUND.values())])}, PLAN)


@given(st.lists(st.lists(TEXTS, max_size=6), max_size=6), st.sampled_from([",", ";", "\t"]))
def test_any_table(rows: list[list[str]], separator: str) -> None:
    check_texts({"actuals.csv": "\n".join(separator.join(row) for row in rows)}, PLAN)


@given(st.fixed_dictionaries(dict.fromkeys(("area", "source", "locator", "note"), TEXTS)))
def test_texts_that_only_pass_through_give_rows(cells: dict[str, str]) -> None:
    cells["area"] = "a" + cells["area"]
    text = as_csv([COLUMNS, list({**SOUND, **cells}.values())])
    assert check_texts({"actuals.csv": text}, PLAN) or "\0" in text or "\r" in text or "\x85" in text


KEYS = ["id", "en", "zh-TW", "unit", "definition", "note", "pillar", "target", "locator"]


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(KEYS, TEXTS)))
def test_any_text_in_the_plan(texts: dict[str, str]) -> None:
    titles = {lang: texts.pop(lang) for lang in ("en", "zh-TW") if lang in texts} or {"en": "x"}
    name = texts.pop("id", "x")
    check_texts(
        {"actuals.csv": as_csv([["indicator", "year", "value", "unit"], [name, "2020", "5", "count"]])},
        plan_text({name: {"title": titles, **texts}}),
    )


@given(st.binary(max_size=300))
@example(b"\xff\xfe\x00")
@example(b"PK\x03\x04")
@example(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
def test_any_bytes(content: bytes) -> None:
    check_texts({"actuals": content})


SHIPPED = [path.read_bytes() for path in sorted((ROOT / "data" / "actuals").glob("*.csv"))]
EDITS = st.lists(
    st.tuples(st.integers(0, 5000), st.integers(0, 40), st.one_of(st.binary(max_size=8), TEXTS.map(str.encode))),
    max_size=4,
)


@given(st.sampled_from(SHIPPED), EDITS)
def test_shipped_files_that_were_altered(content: bytes, edits: list[tuple[int, int, bytes]]) -> None:
    for position, length, new in edits:
        start = position % (len(content) + 1)
        content = content[:start] + new + content[start + length :]
    check_texts({"actuals.csv": content})


PLAN_BYTES = (ROOT / "data" / "targets.toml").read_bytes()


@given(st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 40), TEXTS), min_size=1, max_size=3))
def test_a_shipped_plan_that_was_altered(edits: list[tuple[int, int, str]]) -> None:
    text = PLAN_BYTES.decode()
    for position, length, new in edits:
        start = position % (len(text) + 1)
        text = text[:start] + new + text[start + length :]
    check_texts({"actuals.csv": SHIPPED[-1]}, text)
