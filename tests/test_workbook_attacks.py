"""Workbooks that are damaged, that lie about themselves, or that are made to take memory and time."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import openpyxl
import pytest
import xlwt
from conftest import Run

from smartkpi.readers.workbook import ods as workbook_ods

XL = "http://schemas.openxmlformats.org/"
MAIN = f'xmlns="{XL}spreadsheetml/2006/main"'
R = f'xmlns:r="{XL}officeDocument/2006/relationships"'
BOOK = f'<workbook {MAIN} {R}><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>'
RELATIONS = (
    f'<Relationships xmlns="{XL}package/2006/relationships"><Relationship Id="r1" '
    f'Type="{XL}officeDocument/2006/relationships/%s" Target="%s"/></Relationships>'
)
NAMES = ("indicator", "year", "value", "unit")


def text(reference: str, content: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{content}</t></is></c>'


HEADER = "".join(text(f"{letter}1", name) for letter, name in zip("ABCD", NAMES, strict=True))
VALUE = '<c r="C2"><v>6.2</v></c>'
ROWS = (
    f'<row r="1">{HEADER}</row><row r="2">{text("A2", "digital_economy_size")}<c r="B2"><v>2022</v></c>{VALUE}'
    f"{text('D2', '兆元')}</row>"
)


def sheet(rows: str = ROWS, tail: str = "") -> str:
    return f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>{tail}"


def xlsx(parts: Mapping[str, str | bytes] = MappingProxyType({}), method: int = zipfile.ZIP_DEFLATED) -> bytes:
    every = {
        "_rels/.rels": RELATIONS % ("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": RELATIONS % ("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": sheet(),
        **parts,
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        for name, part in every.items():
            archive.writestr(name, part)
    return content.getvalue()


def with_rows(old: str, new: str) -> bytes:
    assert old in ROWS
    return xlsx({"xl/worksheets/sheet1.xml": sheet(ROWS.replace(old, new))})


def with_styles() -> str:
    """Return the relations of a workbook that has styles."""
    own = (RELATIONS % ("styles", "styles.xml")).partition(">")[2].replace('"r1"', '"r2"')
    return (RELATIONS % ("worksheet", "worksheets/sheet1.xml")).replace("</Relationships>", own)


def more(rows: str, tail: str = "") -> bytes:
    return xlsx({"xl/worksheets/sheet1.xml": sheet(ROWS + rows, tail)})


def lying(size: int) -> bytes:
    """Return a workbook that says that its sheet has so many bytes."""
    content = bytearray(xlsx())
    for signature, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        for found in re.finditer(signature, bytes(content)):
            names = content[found.start() + (46 if place == 24 else 30) :]
            if names.startswith(b"xl/worksheets/sheet1.xml"):
                struct.pack_into("<I", content, found.start() + place, size)
    return bytes(content)


READ = {
    "as it is": xlsx(),
    "single quotes": with_rows('<c r="C2">', "<c r='C2'>"),
    "no references": xlsx({"xl/worksheets/sheet1.xml": sheet(re.sub(r' r="\w+"', "", ROWS))}),
    "small letters": with_rows('"C2"', '"c2"'),
    "line breaks": with_rows("<c r=", "\n<c\n r="),
    "a prefix": xlsx(
        {"xl/worksheets/sheet1.xml": re.sub(r"<(/?)(\w)", r"<\1x:\2", sheet()).replace("xmlns=", "xmlns:x=")}
    ),
    "a part of another case": xlsx(
        {
            "xl/Worksheets/SHEET2.xml": sheet(),
            "xl/_rels/workbook.xml.rels": RELATIONS % ("worksheet", "worksheets/sheet2.xml"),
        }
    ),
    "an absolute target": xlsx(
        {"xl/_rels/workbook.xml.rels": RELATIONS % ("worksheet", "/xl/worksheets/sheet1.xml")}
    ),
    "a target in single quotes": xlsx(
        {"xl/_rels/workbook.xml.rels": (RELATIONS % ("worksheet", "worksheets/sheet1.xml")).replace('"', "'")}
    ),
    "a workbook elsewhere": xlsx(
        {
            "_rels/.rels": RELATIONS % ("officeDocument", "books/b.xml"),
            "books/b.xml": BOOK,
            "books/_rels/b.xml.rels": RELATIONS % ("worksheet", "../xl/worksheets/sheet1.xml"),
            "xl/workbook.xml": "",
        }
    ),
    "UTF-16": xlsx({"xl/worksheets/sheet1.xml": f'<?xml version="1.0"?>{sheet()}'.encode("utf-16")}),
    "pictures of any size": xlsx({"xl/media/a.png": bytes(60_000_000)}),
    "empty cells far out": more('<row r="1048576"><c r="XFD1048576" s="0"/></row>'),
}  # fmt: skip

COLUMN = "".join(f"<row>{text(f'A{number}', 'x')}</row>" for number in range(1, 2000))
ATTRIBUTES = " ".join(f"a{number}='1'" for number in range(40_000))
ERROR = "'{}' is not a value"
FORMULA = "'{}' is a formula"
REFUSED = {
    "an error": (with_rows(VALUE, '<c r="C2" t="e"><v>#N/A</v></c>'), ERROR.format("#N/A")),
    "an error without reference": (with_rows(VALUE, '<c t="e"><v>#N/A</v></c>'), ERROR.format("#N/A")),
    "an error in single quotes": (with_rows(VALUE, "<c r='C2' t='e'><v>#N/A</v></c>"), ERROR.format("#N/A")),
    "an error with spaces": (with_rows(VALUE, '<c r="C2" t="e">\n <v>\n#N/A </v>\n</c>'), ERROR.format("#N/A")),
    "an error that is no error": (with_rows(VALUE, '<c r="C2"><v>#DIV/0!</v></c>'), ERROR.format("#DIV/0!")),
    "a formula": (with_rows(VALUE, '<c r="C2"><f>A1+1</f></c>'), FORMULA.format("=A1+1")),
    "a formula of an empty value": (with_rows(VALUE, "<c r='C2'><f>A1+1</f><v/></c>"), FORMULA.format("=A1+1")),
    "a shared formula": (with_rows(VALUE, '<c r="C2"><f t="shared" si="0"/></c>'), FORMULA.format("=")),
    "too many digits": (more('<row r="99999999"/>'), "no sheet has a row 99999999"),
    "a column too far": (with_rows('"C2"', '"XFE2"'), "no sheet has a cell XFE2"),
    "row 0": (with_rows('r="C2"', 'r="C0"'), "no sheet has a cell C0"),
    "a cell twice": (with_rows('"C2"', '"B2"'), "it has two cells B2"),
    "a cell of another row": (with_rows('"C2"', '"C3"'), "the cell C3 is in row 2"),
    "a text that is not there": (with_rows(VALUE, '<c r="C2" t="s"><v>7</v></c>'), "it has no text 7"),
    "thin and wide": (more("".join(f"<row r='{row}'><c r='XFD{row}'><v>1</v></c></row>" for row in range(3, 6000))),
                      "the sheet has 5999 rows and 16384 columns, the most is "),
    "many cells": (more("<row>" + "<c><v>1</v></c>" * 10_000 + "</row>", ""), "a.xlsx"),
    "more cells": (more(("<row>" + "<c><v>1</v></c>" * 10_000 + "</row>") * 100), "has more than 200,000 cells"),
    "many empty cells": (more(("<row>" + "<c/>" * 10_000 + "</row>") * 500), "has more than 200,000 cells"),
    "many attributes": (more(f"<row {ATTRIBUTES}/>"), "a tag or a comment"),
    "half a character": (with_rows("digital_economy_size", "x_xD800_"), "unknown indicator 'x\ufffd'"),
    "an open tag": (more("", "<!--" + "<c " * 20_000), "sheet1.xml, line 1, column "),
    "a long comment": (more(f"<!--{'c ' * 200_000}-->"), "has a tag or a comment of more than 262,144 bytes"),
    "deep": (more("<a>" * 4_000_000), "has more than 200,000 cells"),
    "an entity": (xlsx({"xl/worksheets/sheet1.xml": '<!DOCTYPE a [<!ENTITY b "c">]>' + sheet()}),
                  "xl/worksheets/sheet1.xml has a document type declaration"),
    "an entity of no declaration": (with_rows("6.2", "&a;"), "undefined entity"),
    "an external entity": (xlsx({"xl/workbook.xml": '<!DOCTYPE a SYSTEM "file:///etc/passwd">' + BOOK}), "declaration"),
    "an encoding that nobody knows": (
        xlsx({"xl/worksheets/sheet1.xml": '<?xml version="1.0" encoding="klingon"?>' + sheet()}), "sheet1.xml"),
    "a header that says less": (lying(100), "cannot be read as a workbook"),
    "nothing but zeros": (xlsx({"xl/worksheets/sheet1.xml": sheet(" " * 60_000_000)}), "bytes when unpacked"),
    "another compression": (xlsx(method=zipfile.ZIP_LZMA), "is compressed in another way than deflate"),
    "no part": (xlsx({"xl/_rels/workbook.xml.rels": RELATIONS % ("worksheet", "sheet.xml")}), "no part xl/sheet.xml"),
    "a part outside": (xlsx({"xl/_rels/workbook.xml.rels": RELATIONS % ("worksheet", "../../a.xml")}), "no part a.xml"),
    "no sheets": (xlsx({"xl/workbook.xml": f"<workbook {MAIN}/>"}), "it has no sheets"),
    "a relation that is missing": (xlsx({"xl/_rels/workbook.xml.rels": "<a/>"}), "no part belongs to the sheet a"),
    "long texts": (
        xlsx({"xl/worksheets/sheet1.xml": sheet(ROWS + '<row><c t="s"><v>0</v></c></row>' * 10_000),
              "xl/sharedStrings.xml": f'<sst {MAIN}><si><t>{"long " * 10_000}</t></si></sst>',
              "xl/_rels/workbook.xml.rels": (RELATIONS % ("worksheet", "worksheets/sheet1.xml")).replace(
                  "</Relationships>", (RELATIONS % ("sharedStrings", "sharedStrings.xml")).partition(">")[2]
                  .replace('"r1"', '"r2"'))}), "has more than 200,000 cells"),
    "merged over all": (
        xlsx({"xl/worksheets/sheet1.xml": sheet(COLUMN + f"<row>{text('XFD2000', 'x')}</row>").replace(
            "</worksheet>", '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>')}),
        "the sheet has 2000 rows and 16384 columns"),
    "one part for many sheets": (
        xlsx({"xl/workbook.xml": BOOK.replace("</sheets>", '<sheet name="b" r:id="r1"/>' * 100_000 + "</sheets>")}),
        "has more than 200,000 cells"),
    "an archive of something else": (xlsx({"_rels/.rels": "<a/>", "xl/workbook.xml": ""}), "xl/workbook.xml, line 1"),
}  # fmt: skip


@pytest.mark.parametrize("content", READ.values(), ids=READ)
def test_odd_workbooks_are_read(smartkpi: Run, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    run = smartkpi("status", "-f", "csv", "--fields", "indicator,year,actual", "-a", path)
    assert run.code == 0, run.err
    assert "digital_economy_size,2022,6.2\n" in run.out


SLOW = ("many empty cells", "more cells", "one part for many sheets", "deep")
"""Of those that are refused: what takes about half a second to be made or to be counted."""


@pytest.mark.parametrize(
    ("content", "message"),
    [pytest.param(*each, id=name, marks=[pytest.mark.slow] * (name in SLOW)) for name, each in REFUSED.items()],
)
def test_hostile_workbooks_are_refused(smartkpi: Run, tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    run = smartkpi("status", "-a", path)
    assert (run.code, run.out) == (3, "")
    assert "a.xlsx" in run.err
    assert message in run.err


ODS = "urn:oasis:names:tc:opendocument:xmlns:"
ODS_NAMES = " ".join(f'xmlns:{name}="{ODS}{name}:1.0"' for name in ("office", "table", "text", "style"))
ODS_NAMES += f' xmlns:number="{ODS}datastyle:1.0" xmlns:draw="{ODS}drawing:1.0"'


def cell(value: object, more: str = "", style: str = "") -> str:
    kind = "float" if isinstance(value, (int, float)) else "string"
    held = f' office:value="{value}"' if kind == "float" else ""
    return (
        f'<table:table-cell office:value-type="{kind}"{held}{style}><text:p>{value}</text:p>{more}</table:table-cell>'
    )


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row{attributes}>{''.join(cells)}</table:table-row>"


ODS_HEADER = row(*map(cell, NAMES))


def ods(rows: str, styles: str = "", tables: str = "", manifest: str = "") -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{ODS}manifest:1.0">{manifest}</m:manifest>')
        archive.writestr(
            "content.xml",
            f"<office:document-content {ODS_NAMES}><office:automatic-styles>{styles}</office:automatic-styles>"
            f'<office:body><office:spreadsheet>{tables}<table:table table:name="a">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return content.getvalue()


def number_style(number: str, kind: str = "number") -> str:
    return (
        f'<number:{kind}-style style:name="N1"><number:number {number}/></number:{kind}-style>'
        '<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/>'
    )


def of_share(value: str, attributes: str = "") -> str:
    return row(cell("broadband_2gbps_coverage"), cell(2022), value, cell("%"), attributes=attributes)


SIZE = row(cell("digital_economy_size"), cell(2022), cell(6.2), cell("兆元"))
STYLE = ' table:style-name="ce1"'
PERCENT = (
    '<table:table-cell office:value-type="percentage" office:value="0.586"><text:p>59%</text:p></table:table-cell>'
)
COMMENT = "<office:annotation><text:p>7</text:p></office:annotation>"
CHART = (
    '<draw:frame><draw:object><table:table table:name="c"><table:table-row/></table:table></draw:object></draw:frame>'
)
NAMED = (
    '<table:table-cell table:number-rows-spanned="2" office:value-type="string"><text:p>%s</text:p></table:table-cell>'
)
ODS_READ = {
    "as it is": (ods(ODS_HEADER + SIZE), "digital_economy_size,2022,6.2\n"),
    "a percentage": (ods(ODS_HEADER + of_share(PERCENT)), "broadband_2gbps_coverage,2022,58.6\n"),
    "a fixed format": (
        ods(ODS_HEADER + of_share(cell(0.586, style=STYLE)), number_style('number:decimal-places="2"')),
        "broadband_2gbps_coverage,2022,0.586\n",
    ),
    "a format of the column": (
        ods(
            '<table:table-column table:number-columns-repeated="4" table:default-cell-style-name="ce1"/>'
            + ODS_HEADER + of_share(cell(0.586)), number_style('number:decimal-places="2"'),
        ),
        "broadband_2gbps_coverage,2022,0.586\n",
    ),
    "a comment": (ods(ODS_HEADER + SIZE.replace("<text:p>兆元", COMMENT + "<text:p>兆元")), ",2022,6.2\n"),
    "a chart": (ods(ODS_HEADER + SIZE.replace("兆元</text:p>", "兆元</text:p>" + CHART)), ",2022,6.2\n"),
    "rows in groups": (
        ods(f"<table:table-header-rows>{ODS_HEADER}</table:table-header-rows>"
            f"<table:table-row-group><table:table-rows>{SIZE}</table:table-rows></table:table-row-group>"),
        ",2022,6.2\n",
    ),
    "names merged downwards": (
        ods(ODS_HEADER + row(NAMED % "digital_economy_size", cell(2021), cell(5.7), cell("兆元"))
            + row("<table:covered-table-cell/>", cell(2022), cell(6.2), cell("兆元"))),
        ",2022,6.2\n",
    ),
    "spaces": (
        ods(ODS_HEADER + SIZE.replace("兆元", '<text:s text:c="9999999999"/><text:span>兆元</text:span>')),
        ",2022,6.2\n",
    ),
    "a hidden sheet": (
        ods(
            ODS_HEADER + SIZE,
            '<style:style style:name="ta1" style:family="table"><style:table-properties table:display="false"/>'
            "</style:style>",
            f'<table:table table:name="b" table:style-name="ta1">{ODS_HEADER}{SIZE}</table:table>',
        ),
        ",2022,6.2\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "line"), ODS_READ.values(), ids=ODS_READ)
def test_ods(smartkpi: Run, tmp_path: Path, content: bytes, line: str) -> None:
    path = tmp_path / "a.ods"
    path.write_bytes(content)
    run = smartkpi("status", "-f", "csv", "--fields", "indicator,year,actual", "-a", path)
    assert run.code == 0, run.err
    assert line in run.out


def repeated(kind: str, times: str) -> bytes:
    attributes = f' table:number-{kind}-repeated="{times}"'
    if kind == "rows":
        return ods(ODS_HEADER + SIZE + row(cell(1), attributes=attributes))
    return ods(ODS_HEADER + SIZE + row(cell(1).replace("<table:table-cell", "<table:table-cell" + attributes)))


ERRORS = '<table:table-cell xmlns:c="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
ODS_REFUSED = {
    "rows of ten digits": (repeated("rows", "4000000000"), "the sheet has 4000000002 rows"),
    "columns of ten digits": (repeated("columns", "4000000000"), "4000000000 columns"),
    "rows of a million": (repeated("rows", "1000000"), "has more than 200,000 cells"),
    "rows of many digits": (repeated("rows", "9" * 5000), "is not a whole number"),
    "an error": (
        ods(ODS_HEADER + of_share(ERRORS + ' office:value-type="string" c:value-type="error"><text:p>#REF!</text:p>'
            "</table:table-cell>")), "[a]!C2: '#REF!' is not a value"),
    "a formula": (
        ods(ODS_HEADER + of_share('<table:table-cell table:formula="of:=[.A1]+1"/>')), "C2: '=[.A1]+1' is a formula"),
    "a scaling format": (
        ods(ODS_HEADER + row(cell("digital_economy_size"), cell(2022), cell(6200, style=STYLE), cell("兆元")),
            number_style('number:decimal-places="1" number:display-factor="1000"')),
        "C2: the cell holds 6200 and shows 6.2"),
    "a share without a format": (ods(ODS_HEADER + of_share(cell(0.586))), "the number 0.586 in a workbook may be"),
    "encrypted": (ods(ODS_HEADER, manifest="<m:file-entry><m:encryption-data/></m:file-entry>"), "a.ods: is encrypted"),
    "an open tag": (ods(ODS_HEADER + "<table:table-cell " * 10_000), "content.xml, line 1, column "),
    "a factor without end": (
        ods(ODS_HEADER + SIZE, number_style('number:decimal-places="1" number:display-factor="1e999"')),
        "a number style divides by '1e999'"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "message"), ODS_REFUSED.values(), ids=ODS_REFUSED)
def test_ods_that_are_refused(smartkpi: Run, tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "a.ods"
    path.write_bytes(content)
    run = smartkpi("status", "-a", path)
    assert (run.code, run.out) == (3, "")
    assert message in run.err


def xls(value: float | str = 6.2, code: str = "General", merged: bool = False) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    for column, name in enumerate(NAMES):
        sheet.write(0, column, name)
    for column, held in enumerate(("broadband_2gbps_coverage", 2022)):
        sheet.write(1, column, held)
    style = xlwt.easyxf(num_format_str=code)
    if merged:
        sheet.write_merge(1, 2, 2, 2, value, style)
        sheet.write(2, 0, "broadband_2gbps_coverage")
        sheet.write(2, 1, 2021)
    else:
        sheet.write(1, 2, value, style)
    sheet.write(1, 3, "%")
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("code", "actual"), {"0.0": "0.586", "0.0%": "58.6", '0.0" %"': None, "General": None, "0%;0": "58.6"}.items()
)
def test_formats_of_xls(smartkpi: Run, tmp_path: Path, code: str, actual: str | None) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(xls(0.586, code))
    run = smartkpi("status", "-f", "csv", "--fields", "indicator,year,actual", "-a", path)
    if actual is None:
        assert (run.code, "may be 0.586 % or a share" in run.err) == (3, True)
    else:
        assert f"broadband_2gbps_coverage,2022,{actual}\n" in run.out, run.err


BIFF8 = struct.pack("<3H", 0x809, 16, 0x600)


def test_xls_that_are_refused(smartkpi: Run, tmp_path: Path) -> None:
    good = xls(6.2)
    far = bytearray(xls(1 / 3))
    struct.pack_into("<H", far, far.index(struct.pack("<4H", 0x203, 14, 1, 2)) + 6, 65535)
    assert BIFF8 in good
    cases = {
        "an .xls has no column 65536": bytes(far),
        "the cell holds 6200 and shows 6": xls(6200, "0,"),
        "the number 6.2 is in the merged cells C2:C3": xls(6.2, merged=True),
        "it is of Excel 95 or older": good.replace(BIFF8, struct.pack("<3H", 0x809, 16, 0x500)),
        "a.xls: is encrypted": good.replace(struct.pack("<2H", 0x42, 2), struct.pack("<2H", 0x2F, 2)),
        "cannot be read as a workbook": good[:1500],
    }  # fmt: skip
    for message, content in cases.items():
        path = tmp_path / "a.xls"
        path.write_bytes(content)
        run = smartkpi("status", "-a", path)
        assert (run.code, run.out) == (3, "")
        assert message in run.err


FORMULA_RECORD, TEXT_COMES = struct.pack("<H", 0x06), bytes(6) + b"\xff\xff"


def test_a_formula_of_an_xls_whose_text_does_not_come_is_refused(smartkpi: Run, tmp_path: Path) -> None:
    good = xls(1 / 3)
    number = good.index(struct.pack("<4H", 0x203, 14, 1, 2))
    path = tmp_path / "a.xls"
    # A formula of the length of the number that was there: row, column and style, and that a text follows.
    path.write_bytes(good[:number] + FORMULA_RECORD + good[number + 2 : number + 10] + TEXT_COMES + good[number + 18 :])
    run = smartkpi("status", "-a", path)
    assert (run.code, run.out) == (3, "")
    assert "the text of the formula in C2 is missing" in run.err


@pytest.mark.parametrize("place", range(0, 5632, 97))
def test_any_byte_of_an_xls_may_be_another(smartkpi: Run, tmp_path: Path, place: int) -> None:
    content = bytearray(xls(6.2))
    content[place % len(content)] ^= 0xFF
    path = tmp_path / "a.xls"
    path.write_bytes(content)
    run = smartkpi("status", "-a", path)
    assert run.code in (0, 3)
    assert "Traceback" not in run.err


def test_sheets_of_xlsm_and_its_properties_are_read(smartkpi: Run, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(list(NAMES))
    book.worksheets[0].append(["digital_economy_size", 2022, 6.2, "兆元"])
    book.save(tmp_path / "a.xlsm")
    run = smartkpi("status", "-f", "csv", "--fields", "indicator,year,actual", "-a", tmp_path / "a.xlsm")
    assert "digital_economy_size,2022,6.2\n" in run.out


def test_words_of_a_format_of_ods_are_kept_up_to_the_longest() -> None:
    styles, number = workbook_ods._Styles(), f"{ODS}datastyle:1.0}}"
    styles.start(f"{number}number-style", {f"{ODS}style:1.0}}name": "N"})
    for _ in range(10):
        styles.start(f"{number}text", {})
        styles.text("萬" * 200)
    assert styles._words == {"N": "萬" * 255}
