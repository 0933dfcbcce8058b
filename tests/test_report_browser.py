"""The report in headless Chromium: nothing is requested, nothing overflows, axe-core finds nothing, texts stay text."""

from __future__ import annotations

import csv
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, plan_text, start
from playwright.sync_api import Browser, Page, sync_playwright

from smartkpi.render.celltext import number

pytestmark = pytest.mark.slow

CHROMIUM = os.environ.get("SMARTKPI_CHROMIUM") or shutil.which("chromium")
AXE = Path(os.environ.get("SMARTKPI_AXE") or ROOT / ".ci" / "node_modules" / "axe-core" / "axe.min.js")
WIDTHS = (390, 768, 1280)
LANGUAGES = ("en", "zh-TW")
PAGES = (*LANGUAGES, "hostile", "panel")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
HOSTILE = {
    "script": "<script>document.title='run'</script>",
    "image": '"><img src=x onerror="document.title=\'run\'">',
    "style": "</style></svg></title><script>document.title='run'</script>",
    "turned": "\u202eturned \u2067round\u2069\u200f",
    "long": "W" * 10_000,
    "words": "word " * 2_000,
}
OVERFLOWING = """() => [...document.querySelectorAll('body *')].filter(each => {
    const box = each.getBoundingClientRect();
    const clipped = each.closest('.scroll, .symbols, .skip, caption');
    return !clipped && box.width > 0 && (box.right > document.documentElement.clientWidth + 0.5 || box.left < -0.5);
}).map(each => each.outerHTML.slice(0, 120))"""


WIDTHS_OF = "all => all.map(each => each.getBoundingClientRect().width)"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium: set SMARTKPI_CHROMIUM or install chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Write the reports that the tests look at, as users do."""
    folder = tmp_path_factory.mktemp("reports")
    hostile = folder / "data"
    (hostile / "actuals").mkdir(parents=True)
    own = {
        name: {"title": {"en": text, "zh-TW": text}, "definition": text, "note": text, "locator": text}
        for name, text in HOSTILE.items()
    }
    (hostile / "targets.toml").write_text(plan_text(own), encoding="utf-8")
    rows = [f"{name},{year},{year - 2000},count" for name in own for year in range(2015, 2023)]
    (hostile / "actuals" / "a.csv").write_text("\n".join(["indicator,year,value,unit", *rows, ""]), encoding="utf-8")
    panel = ("--data", write_panel(folder / "panel"), "--lang", "zh-TW")
    wanted: dict[str, tuple[object, ...]] = {lang: ("--level", "all", "--lang", lang) for lang in LANGUAGES}
    wanted |= {"hostile": ("--data", hostile), "panel": panel}
    for name, options in wanted.items():
        run = start("report", *options, "-o", folder / f"{name}.html")
        assert run.returncode == 0, run.stderr.decode()
    return {name: folder / f"{name}.html" for name in wanted}


def write_panel(folder: Path) -> Path:
    """Write a plan of two indicators for 22 areas, some of them with hostile names; the values of one are large."""
    (folder / "actuals").mkdir(parents=True)
    own = {"a": {"target_year": 2025, "decimals": 2}, "b": {"target": 2_500_000, "target_year": 2025}}
    (folder / "targets.toml").write_text(plan_text(own, dimensions=["area"]), encoding="utf-8")
    areas = [text[:2_000] for text in HOSTILE.values()] + [f"第{place}縣" for place in range(22 - len(HOSTILE))]
    with (folder / "actuals" / "a.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["indicator", "year", "value", "unit", "area"])
        for place, area in enumerate(areas):
            rows.writerows(["a", year, 40 + place * (year - 2018), "count", area] for year in range(2017, 2023))
            rows.writerows(["b", year, 90_000 * (place + year - 2016), "count", area] for year in (2020, 2022))
    return folder


def open_page(browser: Browser, path: Path, width: int = 1280, scheme: Any = "light") -> tuple[Page, list[str]]:
    """Open a report; return the page and what it said or asked for beside itself."""
    page = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme).new_page()
    noise: list[str] = []
    page.on("console", lambda message: noise.append(message.text))
    page.on("pageerror", lambda error: noise.append(str(error)))
    page.on("dialog", lambda dialog: noise.append(dialog.message))
    page.on("request", lambda request: noise.append(request.url))
    page.goto(path.as_uri())
    noise.remove(path.as_uri())
    return page, noise


@pytest.mark.parametrize("name", PAGES)
def test_it_loads_without_a_request_or_a_complaint(browser: Browser, reports: dict[str, Path], name: str) -> None:
    page, noise = open_page(browser, reports[name])
    page.wait_for_load_state("networkidle")
    assert noise == []
    assert "run" not in page.title()
    assert page.evaluate("document.querySelectorAll('script, img, iframe').length") == 0
    page.context.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_numbers_are_those_of_status(browser: Browser, reports: dict[str, Path], lang: str) -> None:
    rows = json.loads(start("status", "--level", "all", "-f", "json").stdout)["rows"]
    page, _ = open_page(browser, reports[lang])
    for row in rows:
        line = page.locator(f"tr[data-indicator={row['indicator']}]")
        shown = [each.get_attribute("value") for each in line.locator("data").all()]
        names = ["actual", "target", "attainment_pct"] + (["required_change"] if row["required_change"] else [])
        assert shown == [number(row[name]) for name in names]
        card = page.locator(f"article[data-indicator={row['indicator']}]")
        figures = [each.get_attribute("value") for each in card.locator(".figures data").all()]
        assert number(row["gap"]) in figures
        assert row["pace"] is None or number(row["pace"]) in figures
    counts = {each.get_attribute("data-status"): each.inner_text() for each in page.locator(".counts li").all()}
    assert {status: int(text.split()[0]) for status, text in counts.items() if status} == {
        status: sum(row["status"] == status for row in rows) for status in counts
    }
    page.context.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_nothing_overflows(browser: Browser, reports: dict[str, Path], name: str, width: int) -> None:
    page, _ = open_page(browser, reports[name], width)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    root = "document.documentElement"
    assert page.evaluate(f"{root}.scrollWidth <= {root}.clientWidth")
    assert page.evaluate(OVERFLOWING) == []
    page.context.close()


@pytest.mark.parametrize("width", [*WIDTHS, 600, 1000, 1030])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_first_table_has_it_all(browser: Browser, reports: dict[str, Path], lang: str, width: int) -> None:
    rows = json.loads(start("status", "--level", "all", "-f", "json").stdout)["rows"]
    page, _ = open_page(browser, reports[lang], width)
    table = page.locator(".scroll.first")
    assert table.evaluate("each => each.scrollWidth <= each.clientWidth")
    assert min(table.locator("tr:not(.group) > th[scope=row]").evaluate_all(WIDTHS_OF)) >= 150
    for row in rows:
        line = page.locator(f"table >> nth=0 >> tr[data-indicator={row['indicator']}]")
        for place in [line.locator(".badge"), *line.locator("data").all()]:
            box = place.bounding_box()
            assert box
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
    page.context.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_six_indicators_are_a_short_page(browser: Browser, tmp_path: Path, lang: str) -> None:
    goal = tmp_path / "report.html"
    assert start("report", "--lang", lang, "-o", goal).returncode == 0
    page, _ = open_page(browser, goal, 1280)
    assert page.evaluate("document.documentElement.scrollHeight") <= 3500
    assert page.locator("details[open]").count() == 0
    page.context.close()


def test_words_on_charts_stay_inside(browser: Browser, reports: dict[str, Path]) -> None:
    for name in PAGES:
        for width in WIDTHS:
            page, _ = open_page(browser, reports[name], width)
            outside = page.evaluate("""() => [...document.querySelectorAll('svg.chart[role=img] text')].filter(each => {
                const box = each.getBoundingClientRect(), around = each.closest('svg').getBoundingClientRect();
                return box.left < around.left - 1 || box.right > around.right + 1 || box.top < around.top - 3
                    || box.bottom > around.bottom + 1;
            }).map(each => each.textContent)""")
            assert outside == []
            page.context.close()


def test_small_charts_stay_whole_and_legible_on_paper(browser: Browser, reports: dict[str, Path]) -> None:
    page, _ = open_page(browser, reports["panel"], 688)  # A4 less its margins
    page.emulate_media(media="print")
    small = "getComputedStyle(document.querySelector('.smalls li'))"
    assert page.evaluate(f"{small}.breakInside") == "avoid"
    root = "document.documentElement"
    assert page.evaluate(f"{root}.scrollWidth <= {root}.clientWidth")
    assert (
        page.evaluate("""() => Math.max(...[...document.querySelectorAll('.series')].map(each =>
        each.getBoundingClientRect().right - each.closest('.scroll').getBoundingClientRect().right))""")
        <= 1
    )
    page.context.close()


def test_dark_and_print(browser: Browser, reports: dict[str, Path]) -> None:
    def ground(page: Page) -> str:
        return str(page.evaluate("getComputedStyle(document.querySelector('.card')).backgroundColor"))

    light, _ = open_page(browser, reports["en"])
    dark, _ = open_page(browser, reports["en"], scheme="dark")
    assert (ground(light), ground(dark)) == ("rgb(255, 255, 255)", "rgb(26, 32, 40)")
    dark.emulate_media(media="print")
    assert ground(dark) == "rgb(255, 255, 255)"
    assert dark.evaluate("getComputedStyle(document.querySelector('.card')).breakInside") == "avoid"
    for inside in (".notes", ".figures", "table"):
        assert dark.locator(f"details:not([open]) {inside}").first.bounding_box()
    assert dark.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    light.context.close()
    dark.context.close()


def test_the_tab_key_goes_down_the_page(browser: Browser, reports: dict[str, Path]) -> None:
    page, _ = open_page(browser, reports["en"])
    stops: list[dict[str, Any]] = []
    for _ in range(30):
        page.keyboard.press("Tab")
        stops.append(
            page.evaluate("""() => { const at = document.activeElement, box = at.getBoundingClientRect();
                return {top: box.top + scrollY, left: box.left, tag: at.tagName, href: at.getAttribute('href'),
                        outline: getComputedStyle(at).outlineStyle} }""")
        )
    assert stops[0]["href"] == "#main"
    assert {stop["tag"] for stop in stops} <= {"A", "SUMMARY", "DIV"}
    assert all(stop["outline"] != "none" for stop in stops)
    order = page.evaluate("""() => [...document.querySelectorAll('a[href], summary, [tabindex="0"]')]
        .filter(each => each.checkVisibility()).slice(0, 30).map(each => each.getAttribute('href'))""")
    assert [stop["href"] for stop in stops] == order
    page.context.close()


def test_the_skip_link_shows_and_leads_to_the_main_part(browser: Browser, reports: dict[str, Path]) -> None:
    page, _ = open_page(browser, reports["en"], 360)
    page.keyboard.press("Tab")
    assert page.locator(".skip").bounding_box()["y"] >= 0  # type: ignore[index]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.context.close()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(browser: Browser, reports: dict[str, Path], name: str, scheme: str, width: int) -> None:
    if not AXE.is_file():
        pytest.skip("no axe-core: npm install --prefix .ci axe-core, or set SMARTKPI_AXE")
    page, _ = open_page(browser, reports[name], width, scheme)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("async () => (await axe.run()).violations")
    assert [(each["id"], [node["html"][:200] for node in each["nodes"][:3]]) for each in found] == []
    page.context.close()
