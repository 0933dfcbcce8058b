"""The report of indicators with several series: small charts, one table, and what is said beyond a hundred."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from conftest import MakeData, Run, start
from test_report import HOSTILE, Page, page_of, rows_of

from smartkpi.messages import label
from smartkpi.model.codes import RULES_ALL, RuleName, Status
from smartkpi.render.celltext import number
from smartkpi.render.report.small_multiples import MOST_DRAWN

COUNTIES = {"臺北市": (60, 90), "花蓮縣": (30, 33), "連江縣": (40, 36), "新竹市": (70, 100)}
"""Values of 2020 and 2022."""
FIGURES = (
    "actual",
    "target",
    "attainment_pct",
    "progress_pct",
    "gap",
    "observed_change",
    "observed_growth_pct",
    "pace",
)
NEEDED = ("required_change", "required_growth_pct")


def panel_data(
    make_data: MakeData, series: Mapping[str, Sequence[float]], own: Mapping[str, Any] | None = None
) -> Path:
    """Write a plan with one indicator, and a series of it per area with the values of 2020, 2022, and so on."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    for area, values in series.items():
        rows.writerows(["a", 2020 + 2 * place, value, "count", area] for place, value in enumerate(values))
    lines = out.getvalue().splitlines()
    return make_data({"a": own or {}}, lines, header="indicator,year,value,unit,area", dimensions=["area"])


class PanelPage(Page):
    """A page, and the figures of each row of the tables of series."""

    def __init__(self, text: str) -> None:
        self.series: dict[str, list[str]] = {}
        self._row: str | None = None
        super().__init__(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        given = dict(attrs)
        if tag == "tr":
            self._row = given.get("data-series")
        if tag == "tr" and self._row:
            self.series[self._row] = []
        elif tag == "data" and self._row:
            self.series[self._row].append(given["value"] or "")

    @property
    def drawn(self) -> int:
        """How many small charts there are."""
        return sum(each.get("class") == "chart small" for each in self.named("svg"))


def panel_page(smartkpi: Run, *options: object) -> PanelPage:
    run = smartkpi("report", *options)
    assert run.code == 0, run.err
    return PanelPage(run.out)


def test_one_card_for_all_series_with_the_figures_of_status(smartkpi: Run, make_data: MakeData) -> None:
    data = panel_data(make_data, COUNTIES)
    page = panel_page(smartkpi, "--data", data)
    rows = rows_of(smartkpi, "status", "--data", data)
    assert len(page.named("article")) == 1
    assert page.drawn == len(rows) == len(COUNTIES)
    assert list(page.series) == [row["area"] for row in rows]
    for row in rows:
        names = [*FIGURES, *(() if row["status"] == Status.achieved else NEEDED)]
        assert set(page.series[row["area"]]) == {number(row[name]) for name in names if row[name] is not None}


def test_it_says_how_many_series_have_each_status(smartkpi: Run, make_data: MakeData) -> None:
    data = panel_data(make_data, COUNTIES)
    counts = Counter(row["status"] for row in rows_of(smartkpi, "status", "--data", data))
    html = smartkpi("report", "--data", data).out
    assert f"{counts['achieved'] + counts['on_track']} of 4 series are on track" in html
    card = html[html.index('<article class="card several"') : html.index('<ul class="smalls"')]
    told = re.findall(r'<li class="badge \w+" data-status="(\w+)">.*?</svg>(\d+) ', card)
    assert {status: int(count) for status, count in told} == counts


def test_small_charts_have_one_scale_and_a_name_each(smartkpi: Run, make_data: MakeData) -> None:
    html = smartkpi("report", "--data", panel_data(make_data, COUNTIES)).out
    smalls = re.findall(r'<svg class="chart small".*?</svg>', html, re.DOTALL)
    axes = {tuple(re.findall(r'class="(?:y|first|last)"[^>]*>([^<]+)<', small)) for small in smalls}
    assert axes == {("0", "50", "100", "2020", "2030")}
    titles = [title for small in smalls for title in re.findall("<title [^>]*>([^<]*)<", small)]
    assert len(set(titles)) == len(COUNTIES)
    assert "a, 花蓮縣 (off track): 2020 to 2030" in titles


def test_a_series_has_its_own_target(smartkpi: Run, make_data: MakeData) -> None:
    data = panel_data(make_data, COUNTIES)
    with (data / "targets.toml").open("a", encoding="utf-8") as plan:
        plan.write('[[indicators.a.targets]]\nwhere = { area = "花蓮縣" }\ntarget = 80\n')
    assert 'target <data value="80">80</data> by 2030' in smartkpi("report", "--data", data).out


def test_beyond_a_hundred_those_that_fare_worst_are_drawn(smartkpi: Run, make_data: MakeData) -> None:
    series = {f"area {place:03}": (20, 20 + (place * 37) % 131 / 2) for place in range(131)}
    data = panel_data(make_data, series)
    page = panel_page(smartkpi, "--data", data)
    rows = rows_of(smartkpi, "status", "--data", data)
    by_pace = sorted(rows, key=lambda row: row["pace"])
    assert page.drawn == len(page.series) == MOST_DRAWN
    assert set(page.series) == {row["area"] for row in by_pace[:MOST_DRAWN]}
    assert list(page.series) == [row["area"] for row in rows if row["area"] in page.series]
    assert "Of 131 series, the 100 furthest behind are drawn; 31 are not drawn." in page.words
    assert sum(map(int, page.counts.values())) == 131


def test_a_hundred_are_all_drawn(smartkpi: Run, make_data: MakeData) -> None:
    series = {f"area {place:03}": (20, 20 + place / 2) for place in range(MOST_DRAWN)}
    html = smartkpi("report", "--data", panel_data(make_data, series)).out
    assert PanelPage(html).drawn == MOST_DRAWN
    assert "furthest behind are drawn" not in html


def test_hostile_dimension_values_are_text(smartkpi: Run, make_data: MakeData) -> None:
    values = {text[:2_000]: (20, 30) for text in HOSTILE.values()}
    run = smartkpi("report", "--data", panel_data(make_data, values))
    page = PanelPage(run.out)
    assert page.drawn == len(values)
    assert not {"script", "img"} & {tag for tag, _ in page.elements}
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200f]|W{200}", run.out)
    assert "{{ 7 * 7 }}{% raw %}" in page.words


def test_one_series_keeps_its_whole_card(smartkpi: Run, make_data: MakeData) -> None:
    page = panel_page(smartkpi, "--data", panel_data(make_data, {"north": (20, 25, 31)}))
    assert page.drawn == 0
    assert "north" in page.words
    assert "projection" in page.words


def test_the_picture_of_an_indicator_with_series_has_a_row_for_each(smartkpi: Run, make_data: MakeData) -> None:
    data = panel_data(make_data, COUNTIES)
    assert smartkpi("report", "--data", data, "-k", "a", "-o", data / "a.svg").code == 0
    assert (data / "a.svg").read_text(encoding="utf-8").count('class="mark ') == len(COUNTIES)


EDGES: dict[str, tuple[Mapping[str, Sequence[float]], Mapping[str, Any], int]] = {
    "all the same": ({"n": (50, 50), "s": (50, 50)}, {"target": 50}, 2),
    "one value each": ({"n": (50,), "s": (60,)}, {}, 2),
    "lower is better": ({"n": (50, 40), "s": (60, 70)}, {"target": 10, "direction": "decrease"}, 2),
    "on a bound": ({"n": (90, 100), "s": (0, 1)}, {"bounds": [0, 100], "target": 95}, 2),
    "negative": ({"n": (-50, -60), "s": (-1, -2)}, {"target": -100, "direction": "decrease"}, 2),
    "milestones": ({"n": (20, 30), "s": (20, 40)}, {"milestones": {2024: 60, 2027: 80}}, 2),
    "too far apart to draw": ({"n": (1, 2), "s": (1, 90000000000000000000)}, {"target": 1.7e308}, 0),
}


@pytest.mark.parametrize(("series", "own", "drawn"), EDGES.values(), ids=EDGES)
def test_edges(
    smartkpi: Run,
    make_data: MakeData,
    series: Mapping[str, Sequence[float]],
    own: Mapping[str, Any],
    drawn: int,
) -> None:
    data = panel_data(make_data, series, own)
    html = smartkpi("report", "--data", data).out
    page = PanelPage(html)
    assert (page.drawn, list(page.series)) == (drawn, ["n", "s"])
    places = re.findall(r' (?:x|y|cx|cy|points|d|viewBox)="([^"]*)"', html)
    assert not re.search("nan|inf", " ".join(places))
    assert ("Lower is better" in html) is (own.get("direction") == "decrease")


def test_a_series_that_begins_later_is_not_drawn_yet(smartkpi: Run, make_data: MakeData) -> None:
    rows = ["a,2020,20,count,n", "a,2020,30,count,m", "a,2022,30,count,s"]
    data = make_data({"a": {}}, rows, header="indicator,year,value,unit,area", dimensions=["area"])
    page = panel_page(smartkpi, "--data", data, "--year", 2020)
    assert page.drawn == 2
    assert set(page.series) == {"n", "m", "s"}
    assert "no observation" in page.words


def test_what_all_rules_say_stands_in_the_table(smartkpi: Run, make_data: MakeData) -> None:
    data = panel_data(make_data, COUNTIES)
    page = panel_page(smartkpi, "--data", data, "--rule", RULES_ALL)
    shown = "".join(page.words)
    assert all(name in page.words for name in RuleName)
    disagreeing = [
        row for row in rows_of(smartkpi, "status", "--data", data, "--rule", RULES_ALL) if row["agreement"] is False
    ]
    assert (f"depends on the rule: {len(disagreeing)}." in shown) is bool(disagreeing)


def test_chinese_panel(smartkpi: Run, make_data: MakeData) -> None:
    data = panel_data(make_data, COUNTIES)
    words = "".join(page_of(smartkpi, "--data", data, "--lang", "zh-TW").words)
    for key in ("report_same_scale", "report_series_data", "report_required_growth"):
        assert label(key, "zh-TW") in words
    assert "4 個序列" in words


@pytest.mark.slow
def test_same_bytes_from_any_run(make_data: MakeData) -> None:
    data = panel_data(make_data, COUNTIES)
    first, second = (start("report", "--data", data, env={"PYTHONHASHSEED": seed}).stdout for seed in ("1", "2"))
    assert first == second
    assert b"chart small" in first
