"""Where a table is among the rows of a file: below titles, under one or two header rows, above notes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise, takewhile
from typing import NamedTuple

from smartkpi.errors import Fault
from smartkpi.quantities import units
from smartkpi.quantities.cells import says_no_data
from smartkpi.readers.csv import Row, Sheet, Under
from smartkpi.readers.layouts.columns import indicator_of_header
from smartkpi.readers.layouts.headers import COMPUTED, FIGURES, TEXTS, is_unit, meaning_of, read_year_heading
from smartkpi.readers.layouts.record import Context
from smartkpi.text import pattern

MOST_TITLE_ROWS = 30
"""Rows among which the header is looked for."""
MOST_NOTES = 100
"""Rows below the data; a file with more of that kind has lost its separators."""
_MOST_CELLS = 300
"""Of a row that may be the header; its names are among the first."""
_MOST_SHOWN = 3
_NUMBER = pattern(r"[^\w(]*\d[\d.,\s]*(?:%\s*)?")
_UNIT_SAID = (
    r"(?i)(?:[單单単]位\s*[:：為]|\b(?:units?|einheit|unité|unidade?|eenheid|unità)\s*[:：])"
    r"\s*(?P<unit>[^:：;；,，、()（）\[\]]{1,80})"
)
_UNIT_LABEL = r"(?i)(?:[單单単]位|units?|pre ?unit|einheit|unité|unidade?|eenheid|unità)\s*[:：]?"
_NOTE = pattern(
    r"(?i)\W*(?:(?:data )?sources?|notes?|remarks?|footnotes?|資料來源|來源|附?註|注|備註|說明)"
    r"\s*[\d一二三四五]*\s*[:：.]"
)


class _Found(NamedTuple):
    """What the cells of a row say, if it is a header."""

    known: int
    """Cells that are names of columns, indicators or years."""
    numbers: int
    """Cells that are numbers and not years."""


def locate(sheet: Sheet, context: Context, search: bool = True) -> Sheet:
    """Return the table of a sheet: its header, from two rows where there are two, and its rows without notes.

    Parameters
    ----------
    sheet
        All rows, the first one as the header.
    context
        Remarks on what is passed over are added to it.
    search
        Whether the header may be a later row than the first.
    """
    rows = [sheet.header, *sheet.rows]
    place = header_place(rows, context) if search else 0
    if place:
        shown = _shown(rows[:place])
        first = rows[place].line
        context.remarks.append(Fault("rows_above", sheet.file, first, number=place, names=shown))
        context.table.leave_out("above", place, rows[0].line)
        _note_figures("figures_above", sheet.file, rows[:place], context)
    found = _with_second(sheet._replace(header=rows[place], rows=rows[place + 1 :]), context)
    found = _with_units(found, context)
    below = len(rows) - place - 1 - len(found.rows)
    context.table.header = tuple(row.line for row in rows[place : place + 1 + below])
    found = _without_notes(found, context)
    others = [*rows[:place], *rows[place + 1 + below + len(found.rows) :]]
    unit = next((unit for row in others if (unit := _unit_said(row, context))), "")
    # In the header itself only a label says that a word is a unit, as in a corner: 指標(單位：千人).
    unit = unit or next((unit for cell in rows[place].cells if (unit := _labelled_unit(cell, context))), "")
    if unit:
        context.table.use(unit, "unit")
    return found._replace(unit=unit)


def _unit_said(row: Row, context: Context) -> str:
    """Return the unit that a title, header or note gives for a whole table; empty if it gives none, or several."""
    cells = [cell.strip() for cell in row.cells if cell.strip()]
    for place, cell in enumerate(cells):
        words = [labelled] if (labelled := _labelled_unit(cell, context)) else []
        if len(cells) == 2 and place == 0 and re.fullmatch(_UNIT_LABEL, cell):
            words.append(cells[1])
        if len(cells) == 1 and is_unit(alone := cell.strip("()（）"), context):
            words += [alone] if alone != cell or units.units_of(context.plan.units).parse(alone).multiple else []
        if len(words) == 1 and is_unit(words[0], context):
            return words[0]
    return ""


def _labelled_unit(cell: str, context: Context) -> str:
    """Return the unit behind a label such as ``單位：``; empty if there is none, or several."""
    words = [found["unit"].strip() for found in re.finditer(_UNIT_SAID, cell)]
    return words[0] if len(words) == 1 and is_unit(words[0], context) else ""


def header_place(rows: Sequence[Row], context: Context) -> int:
    """Return the position of the header among rows: the first row that names columns or years, else the first one."""
    aside = context.aside()
    fallback = None
    for position, row in enumerate(rows[:MOST_TITLE_ROWS]):
        found = _look(row, aside)
        if found.numbers:
            continue
        if found.known > 1:
            is_second = position > 0 and _is_year_over(rows[position - 1], row, aside)
            return position - is_second
        if found.known and fallback is None:
            fallback = position
    return fallback or 0


def _is_year_over(upper: Row, lower: Row, context: Context) -> bool:
    """Whether a row has a year alone, over a word for figures, and the row below it no years of its own."""
    years = [place for place, cell in enumerate(upper.cells) if cell.strip()]
    words = [meaning_of(cell.strip()) for cell in lower.cells]
    if len(years) != 1 or years[0] == 0 or "year" in words or years[0] >= len(words):
        return False
    year = upper.cells[years[0]].strip()
    return words[years[0]] in FIGURES | COMPUTED and bool(read_year_heading(year, context, ("", 0)).year)


def has_header(sheet: Sheet, context: Context) -> bool:
    """Whether one of the first rows names at least two columns or years, and has no numbers."""
    rows, aside = [sheet.header, *sheet.rows[:MOST_TITLE_ROWS]], context.aside()
    return any(found.known > 1 and not found.numbers for found in (_look(row, aside) for row in rows))


def _look(row: Row, context: Context) -> _Found:
    known = numbers = 0
    for cell in row.cells[:_MOST_CELLS]:
        text = cell.strip()
        if not text:
            continue
        heading = read_year_heading(text, context, ("", 0))
        if heading.meaning or "\\" in text or indicator_of_header(text, context)[0]:
            known += 1
        elif _NUMBER.fullmatch(text):
            numbers += 1
    return _Found(known, numbers)


def _with_second(sheet: Sheet, context: Context) -> Sheet:
    """Return the sheet with its second header row, if it has one, put to the first."""
    if not sheet.rows or len(sheet.rows[0].cells) != len(sheet.header.cells):
        return sheet
    upper, lower = [cell.strip() for cell in sheet.header.cells], [_bare(cell) for cell in sheet.rows[0].cells]
    aside = context.aside()
    if any(
        above and above != below and _NUMBER.fullmatch(below) and not read_year_heading(below, aside, ("", 0)).year
        for above, below in zip(upper, lower, strict=True)
    ):
        return sheet  # a number below a name is a value
    spans = _spans(upper, lower)
    years = {text: bool(read_year_heading(text, aside, ("", 0)).year) for text in {*spans, *lower} if text}
    words = {text: _of_all_years(text) for text in spans if text}
    below_years = [place for place, text in enumerate(spans) if years.get(text)]
    columns = Counter(spans)
    below_words = [place for place, text in enumerate(spans) if _is_over_years(words.get(text, ""), columns[text])]
    known = {text for text in lower if meaning_of(text) in FIGURES | COMPUTED | TEXTS}
    if (
        _is_second(upper, lower, spans, below_years, known)
        and not any(_NUMBER.fullmatch(lower[place]) or years.get(lower[place]) for place in below_years)
    ) or _are_words_alone(lower, below_years, context):
        pairs = {place: Under(spans[place], lower[place]) for place in below_years if lower[place]}
    elif _is_second(upper, lower, spans, below_words, {text for text in lower if years.get(text)}) and all(
        years.get(lower[place], not lower[place]) for place in below_words
    ):
        pairs = {place: Under(lower[place], words[spans[place]]) for place in below_words if lower[place]}
    else:
        return sheet
    cells = [
        f"{pairs[place].year} {pairs[place].word}" if place in pairs else upper[place] or lower[place]
        for place in range(len(upper))
    ]
    # Over years the word for them says nothing more.
    plain = {place: pair.year for place, pair in pairs.items() if meaning_of(pair.word) == "year"}
    pairs = {place: pair for place, pair in pairs.items() if place not in plain}
    cells = [plain.get(place, cell) for place, cell in enumerate(cells)]
    return sheet._replace(header=sheet.header._replace(cells=cells), rows=sheet.rows[1:], under=pairs)


def _bare(cell: str) -> str:
    """Return a cell without brackets around all of it."""
    text = cell.strip()
    return text[1:-1].strip() if re.fullmatch(r"[(（\[][^()（）\[\]]+[)）\]]", text) else text


def _are_words_alone(lower: Sequence[str], below: Sequence[int], context: Context) -> bool:
    """Whether a row without a name has a word below each year: what the values below it are, whatever that is."""
    filled = [place for place, text in enumerate(lower) if text]
    return (
        len(filled) > 1
        and filled == list(below)
        and not any(says_no_data(lower[place]) or any(map(str.isdigit, lower[place])) for place in filled)
        and not _are_units({lower[place] for place in filled}, context)
    )


def _are_units(texts: AbstractSet[str], context: Context) -> bool:
    """Whether texts are units, and not words such as Men and Women, which count the same."""
    known = units.units_of(context.plan.units)
    if not all(map(known.known, texts)):
        return False
    return len({(unit.dimension, unit.scale) for unit in map(known.parse, texts)}) == len(texts)


def _is_over_years(word: str, columns: int) -> bool:
    """Whether a word can be over years: one for figures, or that they are years where it is over several of them."""
    meaning = meaning_of(word)
    return meaning in FIGURES | COMPUTED or (meaning == "year" and columns > 1)


def _of_all_years(text: str) -> str:
    """Return a word over years without the one that says that there are several."""
    return re.sub(r"\A(?:歷年|各年度?|近年)度?(?=.)", "", text)


def _with_units(sheet: Sheet, context: Context) -> Sheet:
    """Return the sheet with a row of units below the header put to the names of their columns."""
    if not sheet.rows or len(sheet.rows[0].cells) != len(sheet.header.cells):
        return sheet
    names, units_below = sheet.header.cells, [cell.strip() for cell in sheet.rows[0].cells]
    if units_below[0] and not re.fullmatch(_UNIT_LABEL, units_below[0]):
        return sheet
    units_below[0] = ""
    places = [place for place, text in enumerate(units_below) if text]
    if not places or not all(names[place].strip() for place in places):
        return sheet
    if not _are_units({units_below[place] for place in places}, context):
        return sheet
    own = [
        name if not units_below[place] else f"{name.strip()} ({units_below[place]})" for place, name in enumerate(names)
    ]
    under = {
        place: pair._replace(word=f"{pair.word} ({units_below[place]})") if units_below[place] else pair
        for place, pair in sheet.under.items()
    }
    return sheet._replace(header=sheet.header._replace(cells=own), rows=sheet.rows[1:], under=under)


def _spans(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Return the text over each column, that of a merged cell over all its columns."""
    over, spans = "", []
    for text, below in zip(upper, lower, strict=True):
        over = text or (over if below else "")
        spans.append(over)
    return spans


def _is_second(
    upper: Sequence[str], lower: Sequence[str], spans: Sequence[str], below: Sequence[int], known: AbstractSet[str]
) -> bool:
    """Whether a row says what is below the cells of the first: names have nothing below them, or the same again.

    A cell of the first is over several of the second, or the second has nothing but words and years that are known.
    """
    others = set(range(len(upper))) - set(below)
    names_fit = all(not lower[place] or not upper[place] or lower[place] == upper[place] for place in others)
    merged = any(not upper[place] and lower[place] for place in below) or any(
        spans[first] == spans[second] for first, second in pairwise(below)
    )
    is_known = bool(others) and all(lower[place] in known for place in below)
    return names_fit and (merged or is_known) and any(lower[place] for place in below)


def _without_notes(sheet: Sheet, context: Context) -> Sheet:
    """Return the sheet without the texts below its data."""
    width = len(sheet.header.cells)
    number = sum(1 for _ in takewhile(lambda row: _is_note(row, width, context), reversed(sheet.rows[-MOST_NOTES:])))
    if not 0 < number < min(MOST_NOTES, len(sheet.rows)):
        return sheet
    rows, notes = sheet.rows[:-number], sheet.rows[-number:]
    names = _shown(notes)
    context.remarks.append(Fault("rows_below", sheet.file, notes[0].line, number=len(notes), names=names))
    context.table.leave_out("below", number, notes[0].line)
    _note_figures("figures_below", sheet.file, notes, context)
    return sheet._replace(rows=rows)


def is_labelled_note(row: Row) -> bool:
    """Whether the first text of a row begins like a note: 註：, Source:."""
    return any(cell.strip() for cell in row.cells) and bool(_NOTE.match(next(filter(str.strip, row.cells)).strip()))


def _is_note(row: Row, width: int, context: Context) -> bool:
    cells = [cell.strip() for cell in row.cells if cell.strip()]
    if not cells:
        return False
    if width > 1 and _NOTE.match(cells[0]):
        return True
    alone = width > 1 and len(cells) == 1 and not _NUMBER.fullmatch(cells[0])
    names = context.names
    return alone and row.cells[0].strip() == cells[0] and not (names.indicators(cells[0]) or names.is_pillar(cells[0]))


def _note_figures(key: str, file: str, rows: Sequence[Row], context: Context) -> None:
    """Remark on cells that are numbers in rows that are not read."""
    found = [(row, place) for row in rows for place, cell in enumerate(row.cells) if _NUMBER.fullmatch(cell.strip())]
    if found:
        row, place = found[0]
        context.remarks.append(Fault(key, file, row.at(place), number=len(found), found=row.cells[place].strip()))


def _shown(rows: Sequence[Row]) -> str:
    texts = [f"'{' '.join(filter(None, map(str.strip, row.cells)))[:30]}'" for row in rows[:_MOST_SHOWN]]
    return ", ".join(texts) + (" …" if len(rows) > _MOST_SHOWN else "")
