"""Hostile text in every text of a plan and its actuals, through every output: it is shown, and never acts."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from conftest import Run, toml

from smartkpi.model.columns import OPTIONAL_COLUMNS
from smartkpi.model.observations import TEXT_COLUMNS
from smartkpi.model.plan_keys import TABLES
from smartkpi.render.view import CheckFormat, ExplainFormat, ExportFormat, Format, ValidateFormat
from smartkpi.text import printable

IN_NAMES = {
    "formula": "=1+1",
    "command of Excel": "@SUM(1+1)*cmd|' /C calc'!A0",
    "markup": "<script>alert(1)</script>",
    "XML of a cell": "<r>y</r>",
    "rich": "[draft] [bold red]x[/]",
    "Markdown": "**bold** `code` ![x](y) | a \\| b",
    "emoji": ":smile:",
    "person": "@user",
    "address": "https://example.org www.example.org",
    "mathematics": "$x$ $$y$$",
    "command of GitHub": "::warning::x",
    "comment": "<!-- --> --> ]]>",
    "quotes": "\"a\" 'b' &amp; %0A {0} ${x}",
}
"""What ids and names of dimensions can be."""
ONLY_IN_TEXTS = {"colours": "\x1b[31mred\x07", "lines": "a\r\nb\nc\u2028d", "direction": "\u202eabc\u2066"}
"""Refused in names, and made visible in other texts."""
HOSTILE = {**IN_NAMES, **ONLY_IN_TEXTS}

EXEMPT = {
    "indicators.*.unit": "looked up: an unknown one is refused",
    "units.*.equals": "read as a quantity: another text is refused, below",
    "reading": "how to read, shown nowhere",
    "plan.title": "below, in both languages", "pillars.*.title": "likewise", "indicators.*.title": "likewise",
    "units.*.title": "likewise", "plan.dimensions.name": "below, as a name",
}  # fmt: skip


OWN_UNIT = "berth"
"""A unit that the plan declares, with the text for its title and what it measures."""


FREE = ("text", "words", "names")
"""Kinds of keys that hold any text."""


def column_of(text: str) -> str:
    """Return the column that holds the dimension."""
    return f"column {text}"


def plan_of(text: str, name: str) -> str:
    """Return a plan with the text wherever a plan has text, and `name` for its ids and dimensions."""
    titles = {"en": f"en {text}", "zh-TW": f"zh {text}"}
    more = {key.name: text for key in TABLES["indicators.*"] if key.name in free_texts("indicators.*")}
    indicator = {
        "pillar": name, "level": "headline", "unit": OWN_UNIT, "direction": "increase", "target": 100,
        "target_year": 2030, "source": name,
    }  # fmt: skip
    tables: dict[str, dict[str, Any]] = {
        "": {"schema": "smartkpi/plan/1"},
        "plan": {"id": name, "title": titles, "dimensions": [{"name": name, "column": column_of(text)}]},
        "plan.license": dict.fromkeys(free_texts("plan.license"), text),
        f"sources.{toml(name)}": dict.fromkeys(free_texts("sources.*"), text),
        f"units.{toml(OWN_UNIT)}": {"title": titles, **dict.fromkeys(free_texts("units.*"), text)},
        f"pillars.{toml(name)}": {"title": titles},
        f"indicators.{toml(name)}": {"title": titles, **indicator, **more},
        f"indicators.{toml('other' + name)}": {"title": titles, **indicator, **more},
    }
    return "".join(
        (f"[{table}]\n" if table else "") + "".join(f"{key} = {toml(value)}\n" for key, value in keys.items())
        for table, keys in tables.items()
    )


def free_texts(table: str) -> list[str]:
    """Return the keys of a table that hold any text."""
    return [
        key.name for key in TABLES[table]
        if key.kind in FREE and not key.choices and not key.refers_to and f"{table}.{key.name}" not in EXEMPT
    ]  # fmt: skip


def test_every_text_of_a_plan_and_of_actuals_is_tried() -> None:
    tried = {
        "plan.id",
        "plan.dimensions.column",
        *(
            f"{table}.{key}"
            for table in ("plan.license", "units.*", "sources.*", "indicators.*")
            for key in free_texts(table)
        ),
    }
    every = {
        f"{table}.{key.name}" for table, keys in TABLES.items() for key in keys
        if key.kind in (*FREE, "title") and not key.choices and not key.refers_to and table != "reading"
    }  # fmt: skip
    assert every == tried | (set(EXEMPT) - {"reading"})
    assert set(OPTIONAL_COLUMNS) - {"obs_status", "bound"} == set(TEXT_COLUMNS)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], list[object]]:
    """Return a function that writes plan and actuals with a text everywhere, and returns the options to read them."""

    def make(kind: str) -> list[object]:
        text = HOSTILE[kind]
        name = text if kind in IN_NAMES else "plain"
        plan, actuals = tmp_path / "targets.toml", tmp_path / f"{re.sub('[/:]', '_', printable(text))[:60]}.csv"
        plan.write_text(plan_of(text, name), encoding="utf-8")
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["indicator", column_of(text), "year", "value", "unit", *TEXT_COLUMNS])
        for year, value in ((2020, 5), (2021, 4), (2022, 3)):
            writer.writerow([name, f"of {text}", year, value, OWN_UNIT, *[text] * len(TEXT_COLUMNS)])
        actuals.write_text(out.getvalue(), encoding="utf-8", newline="")
        return ["--targets", plan, "-a", actuals]

    return make


def check_lines(out: str) -> None:
    """Nothing steers a terminal, and no line begins as a command of GitHub."""
    for line in out.split("\n"):
        assert printable(line.replace("\t", "").removeprefix("\ufeff")) == line.replace("\t", "").removeprefix("\ufeff")


def check_table(out: str) -> None:
    check_lines(out)
    assert not [line for line in out.splitlines() if line.lstrip().startswith("::")]


def check_markdown(out: str) -> None:
    check_table(out)
    bare = re.sub(r"\\.", "", out.replace("<!-- -->", "\0"))
    formulas = re.sub(r"`[^`]*`", "", bare)  # code spans are the explanation's own
    for sign in ("<", "![", "**", "[draft", ":smile:", "@user", "@SUM", "://", "$"):
        assert sign not in formulas, sign
    assert "www.example" not in out


def check_separated(out: str) -> None:
    check_lines(out)
    rows = list(csv.reader(io.StringIO(out), delimiter="\t" if "\t" in out.partition("\n")[0] else ",", strict=True))
    assert len({len(row) for row in rows}) == 1


def check_for_excel(out: str) -> None:
    check_separated(out)
    rows = list(csv.reader(io.StringIO(out.removeprefix("\ufeff"))))
    cells = [cell for row in rows for cell in row if not re.fullmatch(r"-?[\d.]+", cell)]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def check_json(out: str) -> None:
    check_lines(out)
    json.loads(out)


def check_json_lines(out: str) -> None:
    check_lines(out)
    assert [json.loads(line) for line in out.splitlines()]


def check_xml(out: str) -> None:
    check_lines(out)
    ET.fromstring(out)  # noqa: S314 - it is our own


def check_github(out: str) -> None:
    check_lines(out)
    assert all(line.startswith(("::error file=", "::warning file=")) for line in out.splitlines())
    assert not [line for line in out.splitlines() if len(line.split("::")) < 3]


class Tags(HTMLParser):
    """The elements and links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        assert not [name for name, _ in attrs if name.startswith("on")]


def check_page(out: str) -> None:
    check_lines(out)
    tags = Tags()
    tags.feed(out)
    assert not tags.names & {"script", "r", "iframe", "img", "object", "b"}
    assert all(link.startswith(("#", "http://", "https://", "data:")) for link in tags.links)


COMMANDS: dict[str, tuple[list[str], Callable[[str], None]]] = {
    **{
        f"{command} {form}": ([command, "-f", form], check)
        for command in ("status", "project", "trend NAME", "check --fail-on reversing,undetermined", "export")
        for form, check in {
            "table": check_table, "csv": check_separated, "tsv": check_separated, "json": check_json,
            "jsonl": check_json_lines, "markdown": check_markdown,
        }.items()
    },
    **{
        f"check {form}": (["check --fail-on reversing,undetermined", "-f", form], check)
        for form, check in {"github": check_github, "sarif": check_json, "junit": check_xml}.items()
    },
    **{
        f"validate {form}": (["validate", "-f", form], check)
        for form, check in {
            "text": check_table, "json": check_json, "github": check_github, "sarif": check_json, "junit": check_xml,
        }.items()
    },
    **{
        f"explain {form}": (["explain NAME", "-f", form], check)
        for form, check in {"table": check_table, "json": check_json, "markdown": check_markdown}.items()
    },
    "status --summarise markdown": (["status --summarise", "-f", "markdown"], check_markdown),
    "status --rule all table": (["status --rule all", "-f", "table"], check_table),
    "status for Excel": (["status", "-f", "csv", "--add-bom"], check_for_excel),
    "export for Excel": (["export", "--add-bom"], check_for_excel),
    "template for Excel": (["template", "--year", "2024", "--add-bom"], check_for_excel),
    "template": (["template", "--year", "2024"], check_separated),
    **{
        f"{command} {form}": ([command, "-f", form], check)
        for command in ("list", "status --summarise --group owner")
        for form, check in {"table": check_table, "csv": check_separated, "markdown": check_markdown}.items()
    },
    "brief text": (["brief", "-f", "text"], check_table),
    "brief markdown": (["brief", "-f", "markdown"], check_markdown),
    "report": (["report"], check_page),
    "sdmx-csv": (["export", "--to", "sdmx-csv", "-"], check_separated),
}  # fmt: skip


def test_every_output_is_tried() -> None:
    for command, formats in (
        ("status", Format), ("project", Format), ("trend NAME", Format), ("export", Format), ("check", CheckFormat),
        ("validate", ValidateFormat), ("explain", ExplainFormat),
    ):  # fmt: skip
        tried = {name.split()[-1] for name in COMMANDS if name.startswith(command)}
        assert set(formats) <= tried, command
    assert set(ExportFormat) == {"sdmx-csv", "xlsx", "datapackage"}  # the last two are below


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh-TW"])
@pytest.mark.parametrize("kind", HOSTILE)
def test_text_is_text(
    smartkpi: Run, write: Callable[[str], list[object]], tmp_path: Path, kind: str, lang: str
) -> None:
    inputs = write(kind)
    name = HOSTILE[kind] if kind in IN_NAMES else "plain"
    for what, (command, check) in COMMANDS.items():
        words = [name if word == "NAME" else word for word in command[0].split()]
        run = smartkpi(*words, *command[1:], *inputs, "--lang", lang)
        assert run.code in (0, 4) or what == "sdmx-csv", (what, run.err)
        if run.code == 3:  # names that SDMX cannot have
            assert "SDMX-CSV" in run.err
            continue
        try:
            check(run.out)
        except Exception as error:
            raise AssertionError(f"{what}: {run.out}") from error
        check_lines(run.err)


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_text_that_is_no_quantity_is_refused_and_never_acts(
    smartkpi: Run, write: Callable[[str], list[object]], kind: str
) -> None:
    inputs = write(kind)
    plan = Path(str(inputs[1]))
    unit = f"[units.bale]\nequals = {toml(HOSTILE[kind])}\n"
    plan.write_text(plan.read_text(encoding="utf-8") + unit, encoding="utf-8")
    for what in ("validate text", "validate json", "validate github", "validate sarif", "validate junit"):
        command, check = COMMANDS[what]
        run = smartkpi(*command, *inputs)
        assert run.code == 3, (what, run.err)
        assert "[units.bale]" in run.out + run.err, what
        check(run.out)
        check_lines(run.err)


@pytest.mark.parametrize("kind", HOSTILE)
def test_files_hold_text(smartkpi: Run, write: Callable[[str], list[object]], tmp_path: Path, kind: str) -> None:
    inputs = write(kind)
    name = HOSTILE[kind] if kind in IN_NAMES else "plain"
    book, folder, chart = tmp_path / "all.xlsx", tmp_path / "package", tmp_path / "chart.svg"
    assert smartkpi("export", "--to", "xlsx", book, *inputs).code == 0
    cells = [cell for sheet in openpyxl.load_workbook(book) for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert printable(HOSTILE[kind]) in [cell.value for cell in cells]
    assert smartkpi("export", "--to", "datapackage", folder, *inputs).code == 0
    json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for path in folder.rglob("*.csv"):
        check_separated(path.read_text(encoding="utf-8"))
    assert smartkpi("report", "-k", name, "-o", chart, *inputs).code == 0
    check_xml(chart.read_text(encoding="utf-8"))
    # What was made harmless for Excel reads back to what it was.
    again = tmp_path / "again.csv"
    assert smartkpi("export", "--add-bom", "-o", again, *inputs).code == 0
    first, second = (smartkpi("export", "--targets", inputs[1], "-a", source).out for source in (inputs[3], again))
    assert first == second
