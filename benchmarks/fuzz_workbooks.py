"""Coverage-guided fuzzing of workbooks: the parts inside the archive are altered, and the bytes of an .xls.

    python -m pip install -e . atheris xlwt      # both are for this script alone; atheris wants Python 3.11 or 3.12
    python benchmarks/fuzz_workbooks.py -max_total_time=600 -max_len=65536 -timeout=10 -rss_limit_mb=1024 CORPUS

It looks for what benchmarks/fuzz_actuals.py looks for, and for two seconds of processor time. CORPUS is a folder that
libFuzzer keeps its inputs in; a first run fills it with a workbook of each kind. Each finding becomes a test in
tests/test_workbook_attacks.py.
"""

from __future__ import annotations

import io
import random
import re
import sys
import time
import zipfile
from pathlib import Path

import atheris
from fuzz_actuals import expect, judge

with atheris.instrument_imports(include=["smartkpi"]):  # they are imported when a workbook is read
    from smartkpi.readers.workbook import ods, xls, xlsx

BOOKS = (xlsx.Book, ods.Book, xls.Book)
"""What is looked into."""
MOST_SECONDS = 2
HEADER = ("indicator", "year", "value", "unit", "note")
ROWS = (("digital_economy_size", 2022, 6.2, "兆元"), ("broadband_2gbps_coverage", 2022, 0.586, "%"))
KIND_OF_CELL = {2022: "float", 6.2: "float", 0.586: "percentage"}
VALUES = (
    b"",
    b"0",
    b"-1",
    b"1",
    b"A1",
    b"XFD1048576",
    b"16384",
    b"1048576",
    b"4000000000",
    b"s",
    b"str",
    b"e",
    b"#N/A",
)
ODF = "urn:oasis:names:tc:opendocument:xmlns:"


def judge_in_time(content: bytes) -> None:
    """Read, assess and render, in two seconds."""
    begun = time.process_time()
    judge(content)
    expect(time.process_time() - begun < MOST_SECONDS, "takes too long")


def mutate(content: bytes, largest: int, seed: int) -> bytes:
    """Alter a part of an archive, and any other content as it is."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except Exception:  # noqa: BLE001 - it is no archive, or a damaged one
        return bytes(atheris.Mutate(content, largest))
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    if not parts or chance.random() < 0.05:
        return bytes(atheris.Mutate(content, largest))
    name = chance.choice(sorted(parts))
    if chance.random() < 0.7:
        parts[name] = shuffled(parts[name], chance)
    else:
        parts[name] = atheris.Mutate(parts[name], len(parts[name]) + 1000)
    changed = packed(parts)
    return changed if len(changed) <= largest else content


def shuffled(part: bytes, chance: random.Random) -> bytes:
    """Put a tag or an attribute of XML, or a value that is often wrong, in the place of another."""
    pieces = re.split(rb"(<[^<>]*>|\"[^\"<>]*\")", part)
    places = range(1, len(pieces), 2)
    for place in chance.sample(places, min(len(places), chance.randint(1, 3))):
        own = pieces[place][:1]
        like = [pieces[each] for each in places if pieces[each][:1] == own]
        pieces[place] = (
            b'"%b"' % chance.choice(VALUES) if own == b'"' and chance.random() < 0.5 else chance.choice(like)
        )
        pieces[place] *= chance.choice((1, 1, 1, 0, 2))
    return b"".join(pieces)


def packed(parts: dict[str, bytes]) -> bytes:
    """Return an archive with these parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def seed(corpus: Path) -> None:
    """Put a workbook of each kind where the fuzzer starts from."""
    corpus.mkdir(parents=True, exist_ok=True)
    for name, content in (("a.xlsx", excel()), ("a.ods", libre()), ("a.xls", old_excel())):
        (corpus / name).write_bytes(content)


def excel() -> bytes:
    """Return an .xlsx with shared strings, formats, a formula and merged cells."""
    import xlsxwriter

    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet, percent = book.add_worksheet("observations"), book.add_format({"num_format": "0.0%"})
    sheet.write_row(0, 0, HEADER)
    for number, row in enumerate(ROWS, 1):
        sheet.write_row(number, 0, row)
    sheet.write_number(2, 2, 0.586, percent)
    sheet.write_formula(1, 1, "=B3", None, 2022)
    sheet.merge_range(1, 4, 2, 4, "x")
    book.add_worksheet("other").write_boolean(0, 0, True)
    book.close()
    return content.getvalue()


def old_excel() -> bytes:
    """Return an .xls of the same."""
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("observations")
    for number, row in enumerate((HEADER, *ROWS)):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell, xlwt.easyxf(num_format_str="0.0%" if cell == 0.586 else "General"))
    sheet.write_merge(1, 2, 4, 4, "x")
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def libre() -> bytes:
    """Return an .ods of the same."""
    names = " ".join(f'xmlns:{name}="{ODF}{name}:1.0"' for name in ("office", "table", "text", "style"))
    cells = (
        "".join(
            f'<table:table-cell office:value-type="{KIND_OF_CELL.get(cell, "string")}" '
            f'office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
            for cell in row
        )
        for row in (HEADER, *ROWS)
    )
    rows = "".join(f'<table:table-row table:number-rows-repeated="1">{each}</table:table-row>' for each in cells)
    content = (
        f"<office:document-content {names}><office:body><office:spreadsheet>"
        f'<table:table table:name="observations">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content.encode()})


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        if not argument.startswith("-") and not Path(argument).is_file():
            seed(Path(argument))
    atheris.Setup(sys.argv, judge_in_time, custom_mutator=mutate)
    atheris.Fuzz()
