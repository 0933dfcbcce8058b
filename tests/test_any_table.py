"""Tables of any shape, with any marks, in any encoding and kind of file: read as they are meant, or refused."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
import xlsxwriter
import xlwt
from conftest import plan_text
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

import smartkpi as library
from smartkpi.model import Plan
from smartkpi.model.reading import ReadingOptions
from smartkpi.readers import actuals
from smartkpi.readers.named_files import NamedFile

INDICATORS: dict[str, dict[str, Any]] = {
    "jobs": {"unit": "%", "target": 80, "title": {"en": "Employment rate", "zh-TW": "就業率"}},
    "poor": {"unit": "%", "target": 5, "direction": "decrease", "title": {"en": "Poverty rate", "zh-TW": "貧窮率"}},
    "people": {"unit": "人", "target": 5000, "title": {"en": "People trained", "zh-TW": "培訓人數"}},
    "money": {"unit": "億元", "target": 900, "title": {"en": "Output", "zh-TW": "產值"}},
}
NO_DATA = ["", "-", "–", "..", "…", ":", "NA", "n/a", "x", "***", "未公布", "無資料", ": c"]
MARKS = {
    "A": ["", "", " r", " (r)", "[R]"],
    "B": [" b", "b", " (b)", " be"],
    "P": [" p", "p", " [P]"],
    "E": [" e", " (E)", " s"],
}
FLAGS = {
    "A": ["", "A", "r"],
    "B": ["B", "b", "Break in time series"],
    "P": ["P", "暫定"],
    "E": ["E", "預估", "Estimated value"],
}
WORDS = {
    "A": ["", "", "a survey", "第2次調查", "1, 2; 3", "a", "see page 5"],
    "B": ["break in series", "Bruch in der Zeitreihe", "rupture de série", "數列中斷"],
    "P": ["provisional", "vorläufig", "初步統計", "速報値"],
    "E": ["estimated", "geschätzt", "estimé", "推估值"],
}
"""Statuses where only a note says them, and notes that say none."""
HEADERS = {
    "en": ("Indicator", "Year", "Value", "Unit", ["OBS_FLAG", "Flags", "Observation status", "Status"], "Note"),
    "zh": ("指標名稱", "年度", "數值", "單位", ["資料狀態", "狀態"], "備註"),
    "de": ("Indikator", "Jahr", "Wert", "Einheit", ["Status"], "Anmerkung"),
    "fr": ("Indicateur", "Année", "Valeur", "Unité", ["Statut"], "Remarque"),
    "es": ("Indicador", "Año", "Valor", "Unidad", ["Estado"], "Observaciones"),
    "ja": ("指標名", "年次", "値", "単位", ["状態"], "備考"),
}
UNITS = {
    "%": ["%", "％", "Prozent", "pour cent", "Percentage", "百分比", "v. H."],
    "人": ["人", "persons", "Personen", "personnes", "personas"],
    "億元": ["億元", "亿元", "NT$億"],
}
CONTROL = {
    "en": ("Target", "Actual", "Attainment", "Attainment %", "Reason for deviation"),
    "zh": ("目標", "實績", "達成率", "達成率（%）", "落後原因"),
    "de": ("Soll", "Ist", "Zielerreichung", "Zielerreichung %", "Begründung"),
    "fr": ("Objectif", "Réalisé", "Attainment", "% achieved", "Explication"),
    "es": ("Meta", "Logro", "Cumplimiento", "Cumplimiento (%)", "Motivo"),
    "ja": ("目標値", "実績値", "達成率", "達成率%", "要因"),
}


@dataclass
class Cell:
    """What is written: a text, or in a workbook and in JSON a number."""

    text: str = ""
    number: Decimal | None = None
    format: str = "General"


@dataclass
class Written:
    """A table as cells, and which of its cells are merged with those right of them."""

    rows: list[list[Cell]] = field(default_factory=list)
    merged: list[tuple[int, int, int]] = field(default_factory=list)
    """Row, first and last column."""
    indicator: str = ""
    """Of all rows, where it is named with the file."""
    explained: bool = False
    """A column says why the latest year of each indicator falls short."""


Figure = tuple[Decimal, str] | None
"""Value and status; None where there is no data."""
Table = Mapping[tuple[str, int], Figure]


def plan_of(folder: Path) -> Plan:
    (folder / "targets.toml").write_text(plan_text(INDICATORS), encoding="utf-8")
    return library.read_plan(folder / "targets.toml")


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Figures by indicator and year."""
    ids = draw(st.lists(st.sampled_from(list(INDICATORS)), min_size=1, max_size=3, unique=True))
    years = draw(st.lists(st.integers(2004, 2024), min_size=1, max_size=4, unique=True))
    return {(name, year): draw(figures(name)) for name in ids for year in sorted(years)}


@st.composite
def figures(draw: st.DrawFn, name: str) -> Figure:
    if draw(st.integers(0, 6)) == 0:
        return None
    highest = 99 if INDICATORS[name]["unit"] == "%" else 3_000_000
    number = draw(
        st.decimals(0, highest, places=1) | st.integers(0, highest).map(Decimal) | st.decimals(0, 99, places=3)
    )
    return number, draw(st.sampled_from(["A", "A", "A", *MARKS]))


class Writer:
    """Writes a table in ways that are drawn.

    Parameters
    ----------
    draw
        Of hypothesis.
    kind
        Of the file: csv, json, xlsx or ods.
    """

    def __init__(self, draw: Any, kind: str) -> None:
        self.draw, self.kind = draw, kind
        self.decimal = draw(st.sampled_from([".", ".", ","]))
        self.thousands = draw(st.sampled_from(["", "", " ", "'", "." if self.decimal == "," else ","]))
        self.language = draw(st.sampled_from(list(HEADERS)))
        self.units = {unit: draw(st.sampled_from(words)) for unit, words in UNITS.items()}
        self.year_form = draw(st.sampled_from(["{ce}", "{ce}", "{ce}年", "{roc}年", "民國{roc}年", "民國{roc}年度"]))
        self.as_numbers = kind in ("xlsx", "xls", "ods", "json") and draw(st.booleans())
        self.unit_place = draw(st.sampled_from(["column", "cell", "name"]))

    def name(self, indicator: str) -> str:
        titles = INDICATORS[indicator]["title"]
        text = str(self.draw(st.sampled_from([indicator, titles["en"], titles["zh-TW"]])))
        return f"{text} ({self.unit(indicator)})" if self.unit_place == "name" else text

    def unit(self, indicator: str) -> str:
        return str(self.units[str(INDICATORS[indicator]["unit"])])

    def year(self, year: int) -> str:
        return str(self.year_form).format(ce=year, roc=year - 1911)

    def digits(self, number: Decimal) -> str:
        whole, point, rest = f"{number:f}".partition(".")
        groups = f"{int(whole):,}".replace(",", self.thousands)
        return groups + (self.decimal + rest if point else "")

    def cell(self, indicator: str, figure: Figure, *, marked: bool = True) -> Cell:
        if figure is None:
            return Cell(self.draw(st.sampled_from(NO_DATA)))
        number, status = figure
        unit = str(INDICATORS[indicator]["unit"])
        behind = self.unit(indicator)
        mark = self.draw(st.sampled_from(MARKS[status])) if marked else ""
        if self.as_numbers and not mark and self.unit_place != "cell":
            if unit == "%" and self.kind != "json" and self.draw(st.booleans()):
                return Cell(number=number / 100, format="0.0%")
            return Cell(number=number, format=self.draw(st.sampled_from(["General", "0.0", "#,##0.000"])))
        gap = " " if behind[:1].isascii() and behind[:1].isalpha() else ""
        return Cell(self.digits(number) + (gap + behind if self.unit_place == "cell" else "") + mark)

    def long(self, table: Table) -> Written:
        """One row for each figure."""
        how = self.draw(st.sampled_from(["cell", "flags", "note"]))
        *names, statuses, note = HEADERS[self.language]
        names = [*names, self.draw(st.sampled_from(statuses)), note]
        kept = [
            True,
            True,
            True,
            self.unit_place == "column",
            how == "flags",
            how == "note" or self.draw(st.booleans()),
        ]
        rows = [[Cell(name) for name in names]]
        for (indicator, year), figure in table.items():
            status = figure[1] if figure else "A"
            cells = [
                Cell(self.name(indicator)),
                Cell(self.year(year)),
                self.cell(indicator, figure, marked=how == "cell"),
                Cell(self.unit(indicator)),
                Cell(self.draw(st.sampled_from(FLAGS[status])) if figure else ""),
                Cell(self.draw(st.sampled_from(WORDS[status if how == "note" else "A"]))),
            ]
            rows.append(cells)
        every = [[cell for cell, keep in zip(row, kept, strict=True) if keep] for row in rows]
        order = self.draw(st.permutations(range(sum(kept))))
        return Written([[row[place] for place in order] for row in every])

    def head(self) -> list[str]:
        name, _, _, unit, *_ = HEADERS[self.language]
        return [name, *([unit] if self.unit_place == "column" else [])]

    def _names(self, indicator: str) -> list[Cell]:
        unit = [Cell(self.unit(indicator))] if self.unit_place == "column" else []
        return [Cell(self.name(indicator)), *unit]

    def wide(self, table: Table) -> Written:
        """Years as columns."""
        ids, years = axes(table)
        notes = self.draw(st.booleans())
        note = HEADERS[self.language][-1]
        heads = [text for year in years for text in ([self.year(year)] + [f"{self.year(year)} {note}"] * notes)]
        explanation = CONTROL[self.language][-1] if self.draw(st.booleans()) else ""
        rows = [[Cell(text) for text in (*self.head(), *heads, *([explanation] if explanation else []))]]
        for each in ids:
            cells = self._names(each)
            for year in years:
                figure = table[each, year]
                by_note = notes and self.draw(st.booleans())
                cells.append(self.cell(each, figure, marked=not by_note))
                status = figure[1] if figure and by_note else "A"
                cells += [Cell(self.draw(st.sampled_from(WORDS[status])))] * notes
            late = [year for year in years if table[each, year] or cells[len(self._names(each))].text]
            cells += [Cell(self.explain(each) if late else "")] if explanation else []
            rows.append(cells)
        return Written(rows, explained=bool(explanation))

    def explain(self, indicator: str) -> str:
        """What the latest year of an indicator is to be explained by."""
        return f"late: {indicator}"

    def control(self, table: Table) -> Written:
        """A year over target and actual, or these over the years; and a rate."""
        ids, years = axes(table)
        target, actual, *rates, _ = CONTROL[self.language]
        rate = self.draw(st.sampled_from(rates))
        words = [target, actual, *([rate] if self.draw(st.booleans()) else [])]
        over_years = self.draw(st.booleans())
        upper, lower = (words, list(map(self.year, years))) if over_years else (list(map(self.year, years)), words)
        head = self.head()
        names_below = self.draw(st.booleans())
        first = [
            *([""] * len(head) if names_below else head),
            *(text for each in upper for text in [each] + [""] * (len(lower) - 1)),
        ]
        second = [*(head if names_below else [""] * len(head)), *(list(lower) * len(upper))]
        rows = [[Cell(text) for text in first], [Cell(text) for text in second]]
        for each in ids:
            by = {(year, word): self._beside(each, word, table[each, year], words) for year in years for word in words}
            order = [(year, word) for word in words for year in years] if over_years else list(by)
            rows.append([*self._names(each), *(by[key] for key in order)])
        merged = [
            (0, len(head) + place * len(lower), len(head) + (place + 1) * len(lower) - 1) for place in range(len(upper))
        ]
        return Written(rows, [each for each in merged if each[2] > each[1]])

    def _beside(self, indicator: str, word: str, figure: Figure, words: Sequence[str]) -> Cell:
        if word == words[1]:
            return self.cell(indicator, figure)
        if word == words[0]:
            return self.cell(indicator, (Decimal("50.5"), "A"), marked=False)
        return Cell(self.draw(st.sampled_from(["", "98%", "101.5%".replace(".", self.decimal)])))

    def across(self, table: Table) -> Written:
        """Indicators as columns."""
        ids, years = axes(table)
        self.unit_place = "cell" if self.unit_place == "column" else self.unit_place
        rows = [[Cell(HEADERS[self.language][1]), *(Cell(self.name(each)) for each in ids)]]
        rows += [[Cell(self.year(year)), *(self.cell(each, table[each, year]) for each in ids)] for year in years]
        return Written(rows)

    def one(self, table: Table) -> Written:
        """One indicator, which is named with the file."""
        (indicator, *_), years = axes(table)
        self.unit_place = "column" if self.unit_place == "name" else self.unit_place
        rows = [
            [Cell(self.draw(st.sampled_from(names))) for names in (["年", "Time period"], ["統計數值", "Obs value"])]
        ]
        rows += [[Cell(self.year(year)), self.cell(indicator, table[indicator, year])] for year in years]
        return Written(rows, indicator=indicator)


def axes(table: Table) -> tuple[list[str], list[int]]:
    return list(dict.fromkeys(name for name, _ in table)), list(dict.fromkeys(year for _, year in table))


def in_csv(
    written: Written, draw: Any, delimiter: str, above: Sequence[str], below: Sequence[str]
) -> tuple[bytes, str | None]:
    """Return a separated text, and its encoding where it must be named."""
    out = io.StringIO()
    lines = draw(st.sampled_from(["\n", "\r\n"]))
    writer = csv.writer(out, delimiter=delimiter, lineterminator=lines)
    writer.writerows([[text] for text in above])
    writer.writerows([[cell.text for cell in row] for row in written.rows])
    writer.writerows([[text] for text in below])
    text = out.getvalue()
    encodings = [("utf-8", None), ("utf-8-sig", None), ("cp950", None), ("utf-16", "utf-16"), ("gb18030", "gb18030")]
    encodings += [("latin-1", "latin-1"), ("cp1252", "cp1252"), ("shift_jis", "shift_jis")]
    encoding, named = draw(st.sampled_from([each for each in encodings if holds(text, each[0])]))
    return text.encode(encoding), named


def holds(text: str, encoding: str) -> bool:
    try:
        return text.encode(encoding).decode(encoding).removeprefix("\ufeff") == text
    except UnicodeError:
        return False


def in_json(written: Written) -> bytes:
    names = [cell.text for cell in written.rows[0]]
    lines = []
    for row in written.rows[1:]:
        cells = (json.dumps(cell.text) if cell.number is None else f"{cell.number:f}" for cell in row)
        lines.append(
            "{" + ", ".join(f"{json.dumps(name)}: {cell}" for name, cell in zip(names, cells, strict=True)) + "}"
        )
    return "\n".join(lines).encode()


def in_xlsx(written: Written, above: Sequence[str], below: Sequence[str]) -> bytes:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet("表1")
    merged = {(row, place) for row, first, last in written.merged for place in range(first + 1, last + 1)}
    for number, text in enumerate(above):
        sheet.write_string(number, 0, text)
    for number, row in enumerate(written.rows):
        for place, cell in enumerate(row):
            if cell.number is not None:
                sheet.write_number(
                    len(above) + number, place, float(cell.number), book.add_format({"num_format": cell.format})
                )
            elif (number, place) not in merged:
                sheet.write_string(len(above) + number, place, cell.text)
    for row_number, first, last in written.merged:
        text = written.rows[row_number][first].text
        sheet.merge_range(len(above) + row_number, first, len(above) + row_number, last, text)
    for number, text in enumerate(below):
        sheet.write_string(len(above) + len(written.rows) + number, 0, text)
    book.close()
    return content.getvalue()


def in_xls(written: Written, above: Sequence[str], below: Sequence[str]) -> bytes:
    """Return a workbook of Excel 97, whose merged cells are left out."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("t")
    lines = [[Cell(text)] for text in above] + written.rows + [[Cell(text)] for text in below]
    for number, row in enumerate(lines):
        for place, cell in enumerate(row):
            if cell.number is not None:
                sheet.write(number, place, float(cell.number), xlwt.easyxf(num_format_str=cell.format))
            elif cell.text:
                sheet.write(number, place, cell.text)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def in_ods(written: Written, above: Sequence[str], below: Sequence[str]) -> bytes:
    """Return a workbook without formats, so that a number is no percentage."""
    lines = [[Cell(text)] for text in above] + written.rows + [[Cell(text)] for text in below]
    cells = ("".join(map(_ods_cell, row)) for row in lines)
    rows = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    name = "urn:oasis:names:tc:opendocument:xmlns"
    document = (
        f'<office:document-content xmlns:office="{name}:office:1.0" xmlns:table="{name}:table:1.0" '
        f'xmlns:text="{name}:text:1.0"><office:body><office:spreadsheet><table:table table:name="t">{rows}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        parts.writestr("content.xml", document)
    return content.getvalue()


def _ods_cell(cell: Cell) -> str:
    if cell.number is not None:
        return f'<table:table-cell office:value-type="float" office:value="{cell.number:f}"/>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(cell.text)}</text:p></table:table-cell>'


SHAPES = ["long", "wide", "control", "across", "one"]
KINDS = ["csv", "csv", "json", "xlsx", "xls", "ods"]
BOOKS = {"xlsx": in_xlsx, "xls": in_xls, "ods": in_ods}


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data(), table=tables())
def test_any_table_is_read_as_it_is_meant_or_refused_with_its_place(
    tmp_path: Path, data: st.DataObject, table: Table
) -> None:
    draw = data.draw
    kind, shape = draw(st.sampled_from(KINDS)), draw(st.sampled_from(SHAPES))
    shape = "long" if kind == "json" and shape not in ("wide", "across", "one") else shape
    writer = Writer(draw, kind)
    written: Written = getattr(writer, shape)(table)
    if kind == "ods":  # it has no formats here
        for cell in (cell for row in written.rows for cell in row if "%" in cell.format):
            cell.number, cell.format = (cell.number or Decimal(0)) * 100, "General"
    titles = draw(st.sampled_from([[], [], ["Table 1: all, by year"], ["智慧國家方案管考表", "資料時間：112年3月"]]))
    notes = draw(st.sampled_from([[], [], ["Source: a survey; 2022"], ["註：實績為預估值", "資料來源：各部會"]]))
    encoding, delimiter = None, draw(st.sampled_from([",", ",", ";", "\t"])) if kind == "csv" else ","
    if kind == "csv":
        content, encoding = in_csv(written, draw, delimiter, titles, notes)
    elif kind == "json":
        content = in_json(written)
    else:
        content = BOOKS[kind](written, titles, notes)
    # Without separators that leave it open, 1,234 is a thousand and more.
    said = writer.decimal if draw(st.booleans()) or (writer.decimal == "," and delimiter not in ";\t") else None
    path = tmp_path / f"all.{kind}"
    path.write_bytes(content)
    options = ReadingOptions(encoding=encoding, decimal=said, units_from_plan=shape == "one")
    found = actuals.read([NamedFile(path, "all", written.indicator)], plan_of(tmp_path), options)
    event("refused" if found.faults else "read")
    if found.faults:
        assert all(fault.place.startswith("all") for fault in found.faults), found.faults
        return
    wanted = {
        (name, year): (float(figure[0]), figure[1])
        for (name, year), figure in table.items()
        if figure is not None and written.indicator in ("", name)
    }
    read = {
        (each.indicator, each.year): (each.value, each.obs_status)
        for each in found.observations.records()
        if each.value is not None
    }
    assert {key: status for key, (_, status) in read.items()} == {key: status for key, (_, status) in wanted.items()}
    assert [value for value, _ in read.values()] == pytest.approx([wanted[key][0] for key in read], rel=1e-12)
    if written.explained:
        rows = list(found.observations.records())
        latest = {
            name: max(each.year for each in rows if each.indicator == name) for name in {row.indicator for row in rows}
        }
        assert {(each.indicator, each.year) for each in rows if each.explanation} <= set(latest.items())
