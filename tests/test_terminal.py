"""What a terminal shows: bars, columns that give way to a narrow window, both languages, with and without Unicode."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, MakeData, Run, environment
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from smartkpi.model.table import Table
from smartkpi.readers.dataset import Inputs, load
from smartkpi.render import bars, render
from smartkpi.render.view import View
from smartkpi.render.width import cut, wrapped
from smartkpi.tables.projection import project_table
from smartkpi.tables.status import status_table
from smartkpi.tables.trend import trend_table

ESCAPES = re.compile(r"\x1b\[[0-9;]*m")
EXPECTED = Path(__file__).parent / "expected"


@pytest.fixture(scope="module")
def shipped() -> Table:
    return status_table(load(Inputs(data=str(ROOT / "data"))), 2022)


def trend_of(indicator: str, year: int | None = None) -> Table:
    return trend_table(load(Inputs(data=str(ROOT / "data"))), indicator, year)


def as_expected(name: str, text: str) -> None:
    """Compare with a text that a person has looked at; to renew it, write what is printed to the file."""
    assert text == (EXPECTED / f"{name}.txt").read_text(encoding="utf-8"), f"{name}\n{text}"


@pytest.fixture(scope="module")
def projected() -> Table:
    return project_table(load(Inputs(data=str(ROOT / "data"))), compare=True)


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 160])
@pytest.mark.parametrize("lang", ["en", "zh-TW"])
def test_status_in_a_terminal(shipped: Table, lang: str, width: int) -> None:
    as_expected(f"status-{lang}-{width}", render(shipped, View(lang=lang, width=width)))


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("lang", ["en", "zh-TW"])
def test_project_in_a_terminal(projected: Table, lang: str, width: int) -> None:
    as_expected(f"project-{lang}-{width}", render(projected, View(lang=lang, width=width)))


# Of each KPI of the plan: actual, target, attained, growth needed, and what begins the status with its evidence.
FIRST_SCREEN = {
    "digital_economy_size": ("6.2", "6.5", "95.4%", "+1.59%", ("▲ on track*", "▲ 符合進度*")),
    "digital_service_economy_size": ("2.4", "2.9", "82.8%", "+6.51%", ("▲ on track*≠", "▲ 符合進度*≠")),
    "digital_lifestyle_services_rate": ("74.1%", "80.0%", "92.6%", "+2.59%", ("▲ on track*", "▲ 符合進度*")),
    "digital_competitiveness_rate": ("47.7%", "60.0%", "79.5%", "+7.95%", ("○ one year*", "○ 僅一年*")),
    "broadband_2gbps_coverage": ("58.6%", "90.0%", "65.1%", "+15.38%", ("○ one year*", "○ 僅一年*")),
    "mobile_5g_population_coverage": (
        "96.37%",
        "85%",
        "113.4%",
        ("none, met", "已達標"),
        ("★ achieved*", "★ 已達成*"),
    ),
}


@pytest.mark.parametrize("width", [None, 60, 80, 100, 120, 160])
@pytest.mark.parametrize("lang", ["en", "zh-TW"])
def test_what_is_promised_is_seen_at_every_width(shipped: Table, lang: str, width: int | None) -> None:
    text = render(shipped, View(lang=lang, width=width))
    at = 0
    for cells in FIRST_SCREEN.values():
        for cell in cells:
            one = cell if isinstance(cell, str) else cell[lang == "zh-TW"]
            at = text.index(one, at) + len(one)
    assert "…" not in text
    assert ("low evidence: " if lang == "en" else "佐證有限：") in text[at:]


@pytest.mark.parametrize("lang", ["en", "zh-TW"])
def test_status_in_ascii(shipped: Table, lang: str) -> None:
    as_expected(f"status-{lang}-ascii", render(shipped, View(lang=lang, width=100, ascii=True)))


TRENDS = {
    "two-observations": ("digital_economy_size", None, View(width=60, height=24)),
    "two-observations-zh-TW": ("digital_economy_size", None, View(width=60, height=24, lang="zh-TW")),
    "gap": ("digital_lifestyle_services_rate", None, View(width=100, height=30)),
    "one-observation": ("broadband_2gbps_coverage", None, View(width=60, height=20)),
    "no-observation-ascii": ("broadband_2gbps_coverage", 2021, View(ascii=True)),
    "achieved": ("mobile_5g_population_coverage", None, View(width=40, height=16)),
}


@pytest.mark.parametrize(("indicator", "year", "view"), TRENDS.values(), ids=TRENDS.keys())
def test_trend_in_a_terminal(request: pytest.FixtureRequest, indicator: str, year: int | None, view: View) -> None:
    as_expected(f"trend-{request.node.callspec.id}", render(trend_of(indicator, year), view))


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh-TW"])
@pytest.mark.parametrize("ascii_only", [False, True])
def test_no_line_is_wider_than_the_terminal(shipped: Table, projected: Table, lang: str, ascii_only: bool) -> None:
    trend = trend_of("digital_economy_size")
    for width in (*range(1, 30), *range(30, 240, 7)):
        view = View(lang=lang, width=width, ascii=ascii_only)
        for table in (shipped, projected):
            assert max(map(cell_len, render(table, view).splitlines())) <= width
        drawn = render(trend, View(lang=lang, width=max(width, 30), ascii=ascii_only))
        assert max(map(cell_len, drawn.splitlines())) <= max(width, 30)


def test_the_bar_goes_first_then_pace_then_the_change_needed(shipped: Table) -> None:
    order = ["Progress", "Pace", "Change"]
    gone: list[str] = []
    for width in range(200, 59, -1):
        heading = "".join(render(shipped, View(width=width)).splitlines()[1:3])
        missing = [each for each in order if each not in heading]
        assert missing == order[: len(missing)]
        assert len(missing) >= len(gone)
        gone = missing
        assert all(each in heading for each in ("Actual", "Target", "Attained", "Growth", "Status"))
    assert gone == order


def test_columns_asked_for_are_never_left_out(shipped: Table) -> None:
    fields = ("indicator", "title", "attainment_pct", "reason", "pace")
    first, *_ = render(shipped, View(width=60, fields=fields)).splitlines()
    assert len(first.split()) == len(fields)


def test_columns_line_up_in_cells(shipped: Table) -> None:
    for lang in ("en", "zh-TW"):
        _, _, heading, _, *rows = render(shipped, View(lang=lang, width=160)).splitlines()
        status = "狀態" if lang == "zh-TW" else "Status"
        at = cell_len(heading[: heading.index(status)])
        starts = {
            cell_len(row[: min(row.index(shape) for shape in "★▲○" if shape in row)]) for row in rows[: len(shipped)]
        }
        assert starts == {at}


def test_marks_of_disputed_and_old_data(shipped: Table) -> None:
    later = status_table(load(Inputs(data=str(ROOT / "data"))), 2024, "all")
    text = render(later, View(width=100))
    assert "† no observation of this year yet" in text
    assert "≠ other rules disagree" in text


MARKED = {"low_evidence": ("low evidence", "佐證有限"), "disputed": ("other rules disagree", "其他規則的判定不同"),
          "old_data": ("no observation of this year yet", "尚無該年觀測值")}  # fmt: skip


@pytest.mark.parametrize("width", [None, 60, 80, 100, 120, 160])
@pytest.mark.parametrize("lang", ["en", "zh-TW"])
def test_marks_for_evidence_disagreement_and_old_data_at_every_width(lang: str, width: int | None) -> None:
    dataset = load(Inputs(data=str(ROOT / "data")))
    name = "digital_service_economy_size"
    status = status_table(dataset, 2024, indicators=[name])
    marked = {
        "status": (status, "符合進度*≠†" if lang == "zh-TW" else "on track*≠†"),
        "project": (project_table(dataset, None, 2024, indicators=[name], compare=True), "○*≠†"),
        "trend": (trend_table(dataset, name, 2024), "符合進度*≠†" if lang == "zh-TW" else "on track*≠†"),
    }
    for table, mark in marked.values():
        text = render(table, View(lang=lang, width=width))
        assert mark in text
        assert [words for words in MARKED.values() if words[lang == "zh-TW"] not in " ".join(text.split())] == []
        ascii_text = render(table, View(lang=lang, width=width, ascii=True))
        assert mark.translate(str.maketrans("○≠†", "?!^")) in ascii_text


@pytest.mark.parametrize("lang", ["en", "zh-TW"])
@pytest.mark.parametrize(
    "line",
    [
        ("check", "--year", "2024", "--fail-on", "on_track"),
        ("explain", "digital_service_economy_size", "--year", "2024"),
        ("explain", "digital_service_economy_size", "--year", "2024", "-f", "markdown"),
        ("status", "--year", "2024", "-f", "markdown"),
        ("project", "--as-of", "2024", "-f", "markdown"),
    ],
    ids=" ".join,
)
def test_where_no_legend_is_marks_are_words(smartkpi: Run, line: tuple[str, ...], lang: str) -> None:
    said = smartkpi(*line, "--lang", lang).out
    assert [words for words in MARKED.values() if words[lang == "zh-TW"] not in said] == []


@given(st.text("數位 economy，of」k", max_size=40), st.integers(2, 20))
def test_wrapped_text_keeps_every_character(text: str, cells: int) -> None:
    lines = wrapped(text, cells)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line) <= cells for line in lines)


BARS = {
    # progress, expected -> bar; the mark stands between cells
    (0.0, 0.0): "│░░░░░░░░░░     0%",
    (50.0, 50.0): "█████│░░░░░    50%",
    (60.0, 25.0): "███│███░░░░    60%",
    (20.0, 80.0): "██░░░░░░│░░    20%",
    (0.4, 0.0): "│█░░░░░░░░░     0%",
    (99.6, 100.0): "█████████░│   100%",
    (100.0, 100.0): "██████████│   100%",
    (130.0, 100.0): "█████████▸│   130%",
    (-20.0, 50.0): "◂░░░░│░░░░░   -20%",
    (50.0, None): "█████░░░░░     50%",
    (1e9, 50.0): "█████│████▸  >999%",
    (-1e9, 50.0): "◂░░░░│░░░░░ <-999%",
}


@pytest.mark.parametrize(("percents", "expected"), BARS.items(), ids=str)
def test_bar(percents: tuple[float, float | None], expected: str) -> None:
    assert bars.way(*percents, ascii_only=False) == expected


@given(st.floats(allow_nan=False, allow_infinity=False), st.none() | st.floats(0, 100))
def test_a_bar_always_has_its_width(progress: float, expected: float | None) -> None:
    drawn = bars.way(progress, expected, ascii_only=True)
    assert drawn.isascii()
    assert drawn.index("]") == 11 if expected is None else 12
    assert ("#" * 10 in drawn.replace("|", "")) == (progress == 100)


def test_progress_and_attainment_are_never_in_one_column(shipped: Table) -> None:
    without_base = [line for line in render(shipped, View()).splitlines() if "47.7%" in line or "58.6%" in line]
    assert len(without_base) == 2
    assert not set("".join(without_base)) & set("█░▒")


@pytest.mark.parametrize(("text", "cells", "expected"), [("數位", 4, "數位"), ("數位經", 5, "數位…"), ("數位", 1, "…")])
def test_cut(text: str, cells: int, expected: str) -> None:
    assert cut(text, cells, ascii_only=False) == expected


ROWS: dict[str, tuple[list[str], dict[str, Any], str]] = {
    "no observation": ([], {}, "○ no data"),
    "estimate": (["x,2020,50,count,A", "x,2025,71,count,E"], {}, "71 e     100"),
    "way back": (["x,2020,50,count,A", "x,2025,45,count,A"], {}, "◂░░░░│░░░░░   -10%"),
    "beyond the target": (["x,2020,50,count,A", "x,2025,150,count,A"], {}, "█████│████▸   200%"),
    "lost again": (["x,2020,50,count,A", "x,2024,100,count,A", "x,2025,90,count,A"], {},
                   "▲ on track‡"),
    "milestone": (["x,2020,50,count,A", "x,2025,75,count,A"], {"milestones": {2025: 60}}, "██│███░░░░░    50%"),
    "met": (["x,2020,50,count,A", "x,2025,100,count,A"], {}, "none, met"),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "own", "shown"), ROWS.values(), ids=ROWS.keys())
def test_cells(smartkpi: Run, make_data: MakeData, rows: list[str], own: dict[str, Any], shown: str) -> None:
    data = make_data({"x": own}, rows, header="indicator,year,value,unit,obs_status")
    assert shown in smartkpi("status", "--data", data).out


def test_markdown_has_no_bars(smartkpi: Run) -> None:
    assert "█" not in smartkpi("status", "-f", "markdown").out


def at_a_terminal(columns: int, *arguments: str, **changes: str) -> str:
    """Run the command line with everything at a terminal of so many columns, and return what is seen."""
    near, far = pty.openpty()
    fcntl.ioctl(far, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    command = [sys.executable, "-m", "smartkpi", *arguments]
    env = environment(**{"TERM": "xterm", **changes})
    run = subprocess.Popen(command, stdin=far, stdout=far, stderr=far, env=env)
    os.close(far)
    received = b""
    with contextlib.suppress(OSError):  # the other end is closed
        while read := os.read(near, 65536):
            received += read
    os.close(near)
    assert run.wait(60) == 0
    return received.decode().replace("\r\n", "\n")


@pytest.mark.parametrize("lang", ["en", "zh-TW"])
def test_width_comes_from_the_terminal(lang: str) -> None:
    shown = at_a_terminal(60, "status", "--year", "2022", "--lang", lang)
    plain = ESCAPES.sub("", shown)
    assert plain.startswith((EXPECTED / f"status-{lang}-60.txt").read_text(encoding="utf-8"))
    assert plain != shown


@pytest.mark.parametrize("lang", ["en", "zh-TW"])
def test_a_drawing_is_no_wider_than_the_terminal(lang: str) -> None:
    drawn = ESCAPES.sub("", at_a_terminal(60, "trend", "digital_economy_size", "--lang", lang))
    assert max(map(cell_len, drawn.splitlines())) <= 60


def test_dumb_terminal_has_no_escapes() -> None:
    assert "\x1b" not in at_a_terminal(100, "status", TERM="dumb")


@pytest.mark.parametrize("command", [["status"], ["trend", "digital_economy_size"]])
def test_colour_is_never_all_there_is(smartkpi: Run, command: list[str]) -> None:
    coloured = smartkpi(*command, "--color", "always").out
    assert coloured != smartkpi(*command).out == ESCAPES.sub("", coloured)


def test_legend_only_where_bars_are_seen(shipped: Table) -> None:
    bar = "covered of the way"
    assert bar in render(shipped, View())
    assert bar in render(shipped, View(width=160))
    assert bar not in render(shipped, View(width=80))
    assert bar not in render(shipped, View(width=160, fields=("indicator", "progress_pct")))


@pytest.mark.parametrize("width", [None, 80, 60])
def test_marks_where_every_rule_judges(width: int | None) -> None:
    table = status_table(load(Inputs(data=str(ROOT / "data"))), 2022, "all")
    text = render(table, View(width=width))
    assert "▲ on track*≠" in text
    assert "≠ other rules disagree" in text
    assert "one year" not in text
    assert "*" not in render(table, View(format="markdown"))
