"""What people take away: files whose suffix says what they are, pictures, and sentences to paste."""

from __future__ import annotations

import json
import os
import shutil
import struct
import sys
import zipfile
import zlib
from pathlib import Path

import pytest
from conftest import MakeData, Run, start

import smartkpi as library
from smartkpi.render.report.png import chinese_font, png

FIRST_BYTES = {
    "csv": b"indicator,title,",
    "tsv": b"indicator\ttitle\t",
    "json": b'{ "schema": "smartkpi/status/1"',
    "jsonl": b'{"indicator": "digital_economy_size"',
    "md": b"| Indicator | Actual |",
    "xlsx": b"PK\x03\x04",
    "parquet": b"PAR1",
    "txt": b"Smart Nation Plan (2021-2025), end of 2022",
    "": b"Smart Nation Plan (2021-2025), end of 2022",
}


@pytest.mark.parametrize(
    ("command", "suffix", "begins"),
    [("check", "sarif", "{"), ("check", "xml", "<?xml"), ("validate", "sarif", "{"), ("validate", "xml", "<?xml")],
)
def test_the_suffix_of_a_report_for_ci(smartkpi: Run, tmp_path: Path, command: str, suffix: str, begins: str) -> None:
    goal = tmp_path / f"result.{suffix}"
    assert smartkpi(command, "-o", goal).code == 0
    assert goal.read_text(encoding="utf-8").startswith(begins)


@pytest.mark.parametrize("suffix", ["xls", "ods", "xml", "pdf"])
def test_no_table_is_written_under_the_suffix_of_something_else(smartkpi: Run, tmp_path: Path, suffix: str) -> None:
    run = smartkpi("status", "-o", tmp_path / f"status.{suffix}")
    assert run.code == 2
    assert "end the name with one of: .csv" in run.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("suffix", FIRST_BYTES)
def test_the_suffix_says_the_format(smartkpi: Run, tmp_path: Path, suffix: str) -> None:
    goal = tmp_path / f"status{'.' if suffix else ''}{suffix.upper()}"
    assert smartkpi("status", "-o", goal).code == 0
    assert goal.read_bytes().replace(b"\n", b" ").replace(b"   ", b" ").startswith(FIRST_BYTES[suffix])


REFUSED = {
    "csv into json": ("status", "-f", "csv", "-o", "x.json"),
    "table into csv": ("status", "-f", "table", "-o", "x.csv"),
    "text into a workbook": ("project", "-f", "json", "-o", "x.xlsx"),
    "text into Parquet": ("export", "-f", "csv", "-o", "x.parquet"),
    "a table as a page": ("check", "-o", "x.html"),
    "a table as a picture": ("trend", "digital_economy_size", "-o", "x.png"),
    "an explanation as a table": ("explain", "digital_economy_size", "-o", "x.csv"),
    "an explanation into a workbook": ("explain", "digital_economy_size", "-o", "x.xlsx"),
    "SDMX into a workbook": ("export", "--to", "sdmx-csv", "-o", "x.xlsx"),
    "a schema as a table": ("schema", "-o", "x.csv"),
    "a report as a table": ("report", "-o", "x.csv"),
    "a brief as a page": ("brief", "-o", "x.html"),
}


@pytest.mark.parametrize("line", REFUSED.values(), ids=REFUSED)
def test_what_is_not_meant_is_refused(
    smartkpi: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    run = smartkpi(*line)
    assert (run.code, run.out) == (2, "")
    assert list(tmp_path.iterdir()) == []


def test_with_a_format_any_other_name_will_do(smartkpi: Run, tmp_path: Path) -> None:
    goal = tmp_path / "status.data"
    assert smartkpi("status", "-f", "json", "-o", goal).code == 0
    assert json.loads(goal.read_text(encoding="utf-8"))["schema"] == "smartkpi/status/1"


def test_a_pipe_may_have_any_name(tmp_path: Path) -> None:
    pipe = tmp_path / "x.csv"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    assert start("status", "-o", pipe).returncode == 0
    assert os.read(reader, 17) == b"Smart Nation Plan"
    os.close(reader)


def test_a_workbook_has_the_columns_asked_for(smartkpi: Run, tmp_path: Path) -> None:
    goal = tmp_path / "status.xlsx"
    assert smartkpi("status", "--fields", "indicator,pace", "-o", goal).code == 0
    with zipfile.ZipFile(goal) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<row ") == 7
    assert "C1" not in sheet


def size_and_pixels(picture: bytes) -> tuple[int, int, bytes]:
    """Return width, height and the rows of a PNG of four bytes per pixel, as they are after their filters."""
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", picture[16:24])
    data, at = b"", 8
    while at < len(picture):
        length, kind = struct.unpack(">I4s", picture[at : at + 8])
        data += picture[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += length + 12
    return width, height, zlib.decompress(data)


def glyph(text: str) -> bytes:
    size = 'width="40" height="40"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}><text x="4" y="30" font-size="30">{text}</text></svg>'
    return size_and_pixels(png(svg))[2]


@pytest.fixture
def drawable() -> None:
    pytest.importorskip("resvg_py")
    if not chinese_font()[1]:
        pytest.skip("no font with Chinese characters")


@pytest.mark.parametrize("options", [(), ("-k", "digital_economy_size")], ids=["all", "one"])
def test_a_png_is_twice_its_drawing(smartkpi: Run, tmp_path: Path, drawable: None, options: tuple[str, ...]) -> None:
    for suffix in ("svg", "png"):
        assert smartkpi("report", *options, "--lang", "zh-TW", "-o", tmp_path / f"x.{suffix}").code == 0
    box = (tmp_path / "x.svg").read_text(encoding="utf-8").split('viewBox="0 0 ')[1].split('"')[0].split()
    width, height, _ = size_and_pixels((tmp_path / "x.png").read_bytes())
    assert (width, height) == tuple(round(2 * float(side)) for side in box)


def test_chinese_glyphs_are_there(drawable: None) -> None:
    # A font without a character shows a box, the same for each.
    missing = glyph("\U000f0000")
    assert len({glyph(char) for char in "數位經濟★"} | {missing}) == 6


def test_without_what_it_takes_it_says_what_to_install(
    smartkpi: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    assert "pip install resvg-py" in smartkpi("report", "-o", tmp_path / "x.png").err
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.delenv("SMARTKPI_CHROMIUM", raising=False)
    assert "SMARTKPI_CHROMIUM" in smartkpi("report", "-o", tmp_path / "x.pdf").err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_pdf(smartkpi: Run, tmp_path: Path) -> None:
    if not (os.environ.get("SMARTKPI_CHROMIUM") or shutil.which("chromium")):
        pytest.skip("no Chromium")
    assert smartkpi("report", "-o", tmp_path / "x.pdf").code == 0
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF")


def test_report_as_markdown(smartkpi: Run, tmp_path: Path) -> None:
    assert smartkpi("report", "-o", tmp_path / "x.md").code == 0
    text = (tmp_path / "x.md").read_text(encoding="utf-8")
    assert text.startswith("# Smart Nation Plan (2021-2025), end of 2022\n")
    assert text.count("\n## ") == 6
    assert r"| Size of the digital economy | NT\$6.2 trillion (2022, estimate) | NT\$6.5 trillion (2025) |" in text


def test_brief(smartkpi: Run) -> None:
    text = smartkpi("brief", "-k", "digital_economy_size").out
    assert text == (
        "Smart Nation Plan (2021-2025), end of 2022\n"
        "1 of 1 indicator is on track (1 on low evidence). "
        "By status: 1 on track (rule compound).\n"
        "\n"
        "Size of the digital economy\n"
        "NT$6.2 trillion (estimate) in 2022 against a target of NT$6.5 trillion for 2025: 95.4% attained; "
        "+NT$0.1 trillion a year (+1.59% compound) is still needed. "
        "By the rule compound it is on track, at 2.63 times the pace needed; low evidence: one or two "
        "observations, or estimated or uncertain figures. "
        "If the yearly change stays as it was, it lands at NT$7.7 trillion in 2025, which meets the target; "
        "that is a scenario, for two observations allow no projection. "
        "Source: 智慧國家方案(2021-2025年) 2022年階段成果報告.\n"
    )
    chinese = smartkpi("brief", "-k", "broadband_2gbps_coverage", "--lang", "zh-TW").out.splitlines()[-1]
    assert chinese == (
        "2022 年為 58.6%，達成率 65.1%；若要在 2025 年達到 90.0%，每年須再增加 10.5 個百分點（複合成長率 +15.38%）。"
        "是否符合進度無法判定：只有一筆觀測值。2025 年的結果無從得知：觀測值太少，無法推估。"
        "主辦機關：交通部、通傳會。資料來源：智慧國家方案(2021-2025年) 2022年階段成果報告。"
    )


BRIEFS = {
    "no observation": ([], "No observation yet."),
    "one": (["x,2020,50,count"], "cannot be judged: only one observation"),
    "projected": (
        [f"x,{year},{year - 1990},count" for year in range(2015, 2021)],
        "projection for 2030 is 35 (30.33 to 39.67 with a probability of 80%), which misses the target",
    ),
    "missed": (["x,2020,50,count", "x,2030,90,count"], "was not met"),
    "lost": (["x,2020,50,count", "x,2021,40,count"], "By the rule compound it is reversing"),
}


@pytest.mark.parametrize(("rows", "shown"), BRIEFS.values(), ids=BRIEFS)
def test_what_a_brief_says(smartkpi: Run, make_data: MakeData, rows: list[str], shown: str) -> None:
    run = smartkpi("brief", "--data", make_data({"x": {}}, rows))
    assert run.code == 0
    assert shown in run.out


def test_a_brief_is_not_steered_by_the_data(smartkpi: Run, make_data: MakeData) -> None:
    title = {"en": "# [link](https://example.org) <b>x</b> \x1b[31m"}
    run = smartkpi("brief", "-f", "markdown", "--data", make_data({"x": {"title": title}}, ["x,2020,5,count"]))
    assert "\x1b" not in run.out
    assert "<b>" not in run.out
    assert "[link](" not in run.out


def test_brief_from_python(smartkpi: Run) -> None:
    assert library.brief() == smartkpi("brief").out
    assert library.brief(lang="zh-TW", markdown=True) == smartkpi("brief", "-f", "markdown", "--lang", "zh-TW").out
    with pytest.raises(ValueError, match=r"lang 'de' is not understood; write it like en \| zh-TW"):
        library.brief(lang="de")
