"""`smartkpi report`: the page and the picture as text; tests/test_report_browser.py looks at them in a browser."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import sys
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import jinja2
import pytest
from conftest import MakeData, Run, start

from smartkpi.messages import en
from smartkpi.model.codes import REASONS, RULES_ALL, RuleName, Status
from smartkpi.render.celltext import number
from smartkpi.render.projected import chance
from smartkpi.render.report import page_template
from smartkpi.render.report.colours import PALETTE, STATUS_PALETTE
from smartkpi.text import printable

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = {
    "script": "<script>alert(1)</script>",
    "image": '"><img src=x onerror=alert(1)>',
    "turned": "\u202eturned \u2067round\u2069\u200f",
    "template": "{{ 7 * 7 }}{% raw %}",
    "long": "W" * 10_000,
}
RISING = [
    f"a,{year},{value},count" for year, value in zip(range(2015, 2023), (20, 25, 31, 30, 41, 44, 47, 52), strict=True)
]


class Page(HTMLParser):
    """What the tests look at in a page: elements with their attributes, and figures by the row or card around them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.figures: dict[str, list[str]] = {}
        self.counts: dict[str, str] = {}
        self.words: list[str] = []
        self._of = self._status = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.elements.append((tag, given))
        self._of = given.get("data-indicator") or self._of
        self._status = given.get("data-status") or self._status
        if tag == "data" and self._of:
            self.figures.setdefault(self._of, []).append(given["value"] or "")
        elif tag == "data":
            self.counts[self._status] = given["value"] or ""

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def page_of(smartkpi: Run, *options: object) -> Page:
    run = smartkpi("report", *options)
    assert run.code == 0, run.err
    return Page(run.out)


def rows_of(smartkpi: Run, command: str, *options: object) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(smartkpi(command, "-f", "json", *options).out)["rows"]
    return rows


@pytest.mark.parametrize("options", [(), ("--level", "all"), ("--year", 2021), ("--rule", "linear")])
def test_figures_are_those_of_status(smartkpi: Run, options: tuple[object, ...]) -> None:
    page = page_of(smartkpi, *options)
    rows = rows_of(smartkpi, "status", *options)
    assert set(page.figures) == {row["indicator"] for row in rows}
    for row in rows:
        shown = ["actual", "target", "attainment_pct", "progress_pct", "gap", "observed_growth_pct", "pace"]
        shown += ["required_change", "required_growth_pct"] if row["status"] != "achieved" else []
        figures = {number(row[name]) for name in shown if row[name] is not None}
        assert figures <= set(page.figures[row["indicator"]])


def test_it_opens_with_how_many_have_each_status(smartkpi: Run) -> None:
    page = page_of(smartkpi)
    statuses = [row["status"] for row in rows_of(smartkpi, "status")]
    assert page.counts == {
        status: str(statuses.count(status))
        for status in ("achieved", "on_track", "lagging", "off_track", "undetermined")
    }
    headings = [tag for tag, _ in page.elements if tag in ("h1", "h2", "h3", "h4")]
    assert headings[:2] == ["h1", "h2"]
    text = "".join(page.words)
    assert (
        text.index("2022") < text.index("4 of 6") < text.index("compound") < text.index("Size of the digital economy")
    )


@pytest.mark.parametrize("values", [2, 8], ids=["scenarios", "projection"])
def test_what_lies_ahead_is_that_of_project(smartkpi: Run, make_data: MakeData, values: int) -> None:
    data = make_data({"a": {"target": 90}}, RISING[:values])
    (row,) = rows_of(smartkpi, "project", "--data", data)
    names = ["projected", "low", "high", "probability", "reached_in"] if values > 2 else ["held", "at_observed_change"]
    figures = page_of(smartkpi, "--data", data).figures["a"]
    assert {number(row[name]) for name in names} <= set(figures)
    drawn = smartkpi("report", "--data", data).out.split("</symbol>")[-1]
    assert [kind for kind in ("band", "ahead", "if") if f'class="{kind}"' in drawn] == drawn_kinds(values)


def drawn_kinds(values: int) -> list[str]:
    return ["band", "ahead"] if values > 2 else ["if"]


def test_rules_are_told_where_they_disagree(smartkpi: Run) -> None:
    told = smartkpi("report").out.count('<section class="rules"')
    disagreeing = [row for row in rows_of(smartkpi, "status", "--rule", RULES_ALL) if row["agreement"] is False]
    assert told == len(disagreeing) == 1
    assert smartkpi("report", "--rule", RULES_ALL).out.count('<section class="rules"') == 6


def test_a_table_stands_with_every_chart(smartkpi: Run) -> None:
    page = page_of(smartkpi, "--level", "all")
    charts = [each for each in page.named("svg") if each.get("role") == "img"]
    captions = [each["id"] for each in page.named("caption")]
    assert len(charts) == 15
    assert {f"{(each['aria-labelledby'] or '')[:-5].split('-')[0]}-c" for each in charts} <= set(captions)


def test_headings_come_in_order_and_names_are_unique(smartkpi: Run) -> None:
    page = page_of(smartkpi, "--level", "all")
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    names = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(names) == len(set(names))
    links = [(each["href"] or "") for each in page.named("a")]
    assert {link[1:] for link in links if link.startswith("#")} <= set(names)
    for _, attributes in page.elements:
        assert set((attributes.get("aria-labelledby") or "").split()) <= set(names)


def test_the_policy_allows_the_style_and_nothing_else(smartkpi: Run) -> None:
    html = smartkpi("report").out
    style = re.search("<style>(.*?)</style>", html, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in html
    page = Page(html)
    assert not {"script", "link", "img", "iframe", "form", "object", "image"} & {tag for tag, _ in page.elements}
    assert not [
        name for _, attributes in page.elements for name in attributes if name == "style" or name.startswith("on")
    ]
    assert "url(" not in style[1]


@pytest.mark.slow
def test_same_input_same_bytes_from_any_run(tmp_path: Path) -> None:
    for name, seed in (("a.html", "1"), ("b.html", "2")):
        assert start("report", "-o", tmp_path / name, env={"PYTHONHASHSEED": seed}).returncode == 0
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


@pytest.mark.parametrize("lang", ["en", "zh-TW"])
def test_it_is_small(smartkpi: Run, lang: str) -> None:
    assert len(smartkpi("report", "--lang", lang).out.encode()) < 100_000


def test_chinese_page(smartkpi: Run) -> None:
    run = smartkpi("report", "--lang", "zh-TW", "--level", "all")
    page = Page(run.out)
    assert page.named("html")[0]["lang"] == "zh-Hant-TW"
    text = "".join(page.words)
    assert "6 項指標中有 4 項" not in text
    assert "14 項指標中有 8 項符合進度" in text
    words = [word for key, word in en.LABELS.items() if key.startswith("report_")]
    left = [word for word in words if "{" not in word and len(word) > 3 and f">{word}<" in run.out]
    assert left == []


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_has_words(reason: str) -> None:
    from smartkpi.messages import label

    assert label(reason, "en")
    assert label(reason, "zh-TW")


@pytest.mark.parametrize("title", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_are_text(smartkpi: Run, make_data: MakeData, title: str) -> None:
    own = {"title": {"en": title}, "definition": title, "note": title, "locator": title}
    data = make_data({"a": own, printable(title[:50]): {}}, RISING)
    tags = [tag for tag, _ in page_of(smartkpi, "--data", data).elements if tag != "span"]
    assert "script" not in tags
    assert "img" not in tags
    html = smartkpi("report", "--data", data).out
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200f]", html)
    assert "49" not in re.sub("<style>.*?</style>", "", html, flags=re.DOTALL)[:3000]
    picture = smartkpi("report", "--data", data, "-k", "a", "-o", data / "a.svg")
    assert picture.code == 0
    ET.parse(data / "a.svg")  # noqa: S314 - our own file


def test_a_source_links_only_to_pages(smartkpi: Run, make_data: MakeData) -> None:
    data = make_data({"a": {}}, RISING)
    plan = data / "targets.toml"
    text = plan.read_text(encoding="utf-8")
    for url, linked in (("javascript:alert(1)", False), ("https://example.org/a", True)):
        plan.write_text(text.replace('publisher = "Office"', f'publisher = "Office"\nurl = "{url}"'), encoding="utf-8")
        assert (f'href="{url}"' in smartkpi("report", "--data", data).out) is linked


def test_picture(smartkpi: Run, tmp_path: Path) -> None:
    goal = tmp_path / "chart.SVG"
    run = smartkpi("report", "-k", "digital_economy_size", "-o", goal)
    assert (run.code, run.out) == (0, "")
    root = ET.parse(goal).getroot()  # noqa: S314 - our own file
    assert root.tag == f"{SVG}svg"
    texts = ["".join(each.itertext()) for each in root.iter(f"{SVG}text")]
    assert "Size of the digital economy" in texts
    assert "target NT$6.5 tn" in " ".join(texts)  # beside the chart
    assert any(text.startswith("Source: ") for text in texts)
    assert "on track (low evidence)" in texts
    assert "estimated, uncertain or only a bound" in texts
    names = {each.get("id") for each in root.iter()}
    assert set((root.get("aria-labelledby") or "").split()) <= names
    assert "var(" not in goal.read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", ["en", "zh-TW"])
def test_picture_of_all_indicators(smartkpi: Run, tmp_path: Path, lang: str) -> None:
    goal = tmp_path / "overview.svg"
    assert smartkpi("report", "--lang", lang, "-o", goal).code == 0
    root = ET.parse(goal).getroot()  # noqa: S314 - our own file
    texts = ["".join(each.itertext()) for each in root.iter(f"{SVG}text")]
    for row in rows_of(smartkpi, "status", "--lang", lang):
        assert any(text.endswith(f" {row['attainment_pct']:.1f}%") for text in texts)
    assert sum(text.startswith(("Source: ", "資料來源：")) for text in texts) == 1
    # Titles of the plan are whole, and each status has its shape.
    assert not any(text.endswith("…") for text in texts)
    assert len([each for each in root.iter(f"{SVG}path") if (each.get("class") or "").startswith("mark ")]) == 6


def test_the_first_box_says_what_the_answer_rests_on(smartkpi: Run) -> None:
    words = page_of(smartkpi).words
    for sentence in (
        "4 of 6 indicators are on track (4 on low evidence, 1 disputed by other rules), 2 undetermined",
        "Undetermined (2): only one observation.",
    ):
        assert sentence in words


EDGES = {
    "no observation": ([], {}),
    "one": (["a,2020,50,count"], {}),
    "in the target year": (["a,2020,50,count", "a,2030,99,count"], {}),
    "after it": (["a,2020,50,count", "a,2035,99,count"], {}),
    "all the same": (["a,2020,100,count", "a,2021,100,count"], {}),
    "zero": (["a,2020,0,count", "a,2021,0,count"], {"target": 0, "direction": "decrease"}),
    "negative": (["a,2020,-50,count", "a,2021,-60,count"], {"target": -100, "direction": "decrease"}),
    "next to nothing": (["a,2020,0,count", "a,2021,0,count"], {"target": 5e-324}),
    "far apart": (["a,2020,1e-40,count", "a,2021,2e-40,count", "a,2022,3e-40,count"], {"target": 1e308}),
    "huge": (["a,2020,1000,count", "a,2021,90000000000000000000,count"], {"target": 1.7e308}),
    "tiny": (["a,2020,0.0000001,count", "a,2021,0.0000002,count"], {"target": 5e-300}),
    "nearly equal": (["a,2020,1000000000000000,count", "a,2021,1000000000000001,count"], {"target": 1e15 + 2}),
    "far ahead": (["a,1900,1,count", "a,1901,2,count"], {"target_year": 2200}),
    "steep": (["a,2020,1,count", "a,2021,900,count"], {"target": 1000}),
    "on a bound": (["a,2020,90,count", "a,2021,100,count"], {"bounds": [0, 100], "target": 95, "target_year": 2025}),
    "milestones": (RISING, {"milestones": {2016: 22, 2024: 60, 2027: 80}}),
    "a break": ([*(f"{row}," for row in RISING[:4]), "a,2019,70,count,B", "a,2020,75,count,"], {}),
}


@pytest.mark.parametrize(("rows", "own"), EDGES.values(), ids=EDGES)
def test_edges(smartkpi: Run, make_data: MakeData, rows: list[str], own: dict[str, Any]) -> None:
    header = (
        "indicator,year,value,unit,obs_status"
        if any(row.count(",") == 4 for row in rows)
        else "indicator,year,value,unit"
    )
    data = make_data({"a": own}, rows, header=header)
    page = page_of(smartkpi, "--data", data)
    assert page.named("article")[0]["data-indicator"] == "a"
    assert not {"inf", "nan", "-inf"} & set(" ".join(page.words).split())
    assert smartkpi("report", "--data", data, "-k", "a", "-o", data / "a.svg").code == 0
    root = ET.parse(data / "a.svg").getroot()  # noqa: S314 - our own file
    places = [
        each.get(name) for each in root.iter() for name in ("x", "y", "cx", "cy", "points", "d") if each.get(name)
    ]
    assert not re.search("nan|inf", " ".join(filter(None, places)))


USAGE = {
    "another suffix": (["-o", "report.csv"], ".csv"),
    "no such indicator": (["-k", "digtial_economy", "-o", "-"], "digital_economy"),
    "no such rule": (["--rule", "none"], "eurostat"),
}


@pytest.mark.parametrize(("options", "told"), USAGE.values(), ids=USAGE)
def test_usage_errors(
    smartkpi: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    run = smartkpi("report", *options)
    assert (run.code, run.out) == (2, "")
    assert told in run.err
    assert list(tmp_path.iterdir()) == []


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted([luminance(one), luminance(other)], reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_words_have_contrast(dark: bool) -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    words = [pair[dark] for name, pair in PALETTE.items() if name not in ("ground", "paper", "edge", "grid")]
    paper, ground = PALETTE["paper"][dark], PALETTE["ground"][dark]
    assert min(contrast(word, paper) for word in words) >= 4.5
    assert min(contrast(PALETTE[name][dark], ground) for name in ("ink", "soft", "link")) >= 4.5
    assert set(STATUS_PALETTE) == set(Status)
    assert min(contrast(*pairs[dark]) for pairs in STATUS_PALETTE.values()) >= 4.5


@pytest.mark.parametrize("rule", [*RuleName, RULES_ALL])
def test_every_rule(smartkpi: Run, rule: str) -> None:
    assert smartkpi("report", "--rule", rule, "--lang", "zh-TW").code == 0


@pytest.mark.parametrize(
    ("probability", "text"),
    [(0.0, "under 10%"), (0.099, "under 10%"), (0.123, "12%"), (0.9, "90%"), (0.901, "over 90%")],
)
def test_a_chance_is_in_words_where_a_few_observations_say_no_more(probability: float, text: str) -> None:
    assert chance(probability, "en") == text


def test_the_compiled_template_is_kept_and_a_damaged_one_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_template, "_place", lambda bucket: tmp_path / bucket.key)
    compiled: list[str] = []
    compile_template = jinja2.Environment.compile

    def noted(environment: jinja2.Environment, *given: Any) -> Any:
        compiled.append(given[1])
        return compile_template(environment, *given)

    monkeypatch.setattr(jinja2.Environment, "compile", noted)

    def made() -> list[str]:
        compiled.clear()
        assert page_template.template.__wrapped__().name == "page.html.jinja"
        return list(compiled)

    assert made() == ["page.html.jinja"]
    assert made() == []
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes()[:40])
    assert made() == ["page.html.jinja"]
    kept.unlink()
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert made() == ["page.html.jinja"]
    assert list(tmp_path.iterdir()) == []
