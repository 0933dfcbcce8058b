"""Which column of a table means what: checked once, before rows are read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from smartkpi.errors import Fault
from smartkpi.model.columns import OPTIONAL_COLUMNS, REQUIRED_COLUMNS
from smartkpi.quantities import units
from smartkpi.quantities.multipliers import read_multiplier
from smartkpi.quantities.statuses import LETTERS, STRONGEST_FIRST, is_word, read_status
from smartkpi.quantities.unit_reader import normalised as normalised_unit
from smartkpi.readers.csv import Row, Sheet
from smartkpi.readers.layouts.headers import COMPUTED, Heading, split_unit, unread_words
from smartkpi.readers.layouts.names import folded
from smartkpi.readers.layouts.record import Context, PrintedAttainment, PrintedTarget
from smartkpi.text import pattern, unguarded

_OF_THE_PLAN = frozenset({"owner", "weight"})
"""Columns of a template that repeat what the plan says, and are passed over without a remark."""
NAMES_OF_INDICATORS = ("code", "indicator", "title")
_OTHER = {"unit": "other_unit", "multiplier": "other_multiplier", "obs_status": "other_obs_status"}
"""Meanings that two columns may have, which must agree: SDMX writes a code and its label."""
TO_SETTLE = ("other_obs_status", "other_unit", "multiplier", "other_multiplier")
"""Meanings of columns for which `settle_units` has something to do."""
_PROSE = frozenset(("note", "source", "locator", "explanation", "measures"))
"""Meanings of columns of which the first counts."""
_NUMBERINGS = frozenset(
    {"項次", "序號", "項序", "no", "no.", "#", "nr", "nr.", "rank", "order", "lfd.nr.", "goal", "sdg"}
)
_CODES = ("code", "codes", "id", "代碼", "代號", "編號")
"""Ends of names of columns whose numbers count nothing."""
_FIGURE = pattern(r"[-+(]?\d[\d.,'\s]*(?:\)\s*)?%?", re.ASCII)
_TRACKERS = frozenset(
    {"status", "狀態", "statut", "estado", "situação", "zustand", "état", "ステータス", "状态", "状態"}
)
"""Names of a column that may have statuses of a project."""
_LONGEST_MARK = 60
_MOST_MARKS = 200
"""Distinct notes of a column; of more, only those are looked at that are a word for a status."""
_NO_FOOTNOTES = "efnprsu"
"""Letters of marks that seldom call a footnote, as b, c and d do."""
_ONLY_LETTERS = r"[(\[]?[A-Za-z]{1,3}[)\]]?(?: ?[;,/] ?[(\[]?[A-Za-z]{1,3}[)\]]?)*"
"""Marks of letters, and footnotes."""
_OF_ORIGIN = "nature"
"""Name of a column whose letters are codes of where a value comes from; its words may say a status."""


def positions(sheet: Sheet, headings: Sequence[Heading], context: Context) -> dict[str, int]:
    """Return where each meaning stands; two columns of one meaning are a fault that names both.

    Columns of years are left to the wide shape. What is not known is named in a remark.
    """
    place = sheet.file, sheet.header.line
    found: dict[str, int] = {}
    more: list[str] = []
    headings = _with_marks(sheet, _without_labels(sheet, _own_names_first(headings), context))
    for position, heading in enumerate(headings):
        context.faults += [
            Fault("header_words", *place, name=heading.text, words=word) for word in unread_words(heading, context)
        ]
        if not heading.meaning or heading.year or heading.meaning in COMPUTED:
            continue
        first = found.setdefault(heading.meaning, position)
        other = _OTHER.get(heading.meaning)
        if first != position and other and other not in found and headings[first].text != heading.text:
            found[other] = position
        elif first != position and heading.meaning in _PROSE and headings[first].text != heading.text:
            more.append(heading.text)
        elif first != position:
            context.faults.append(_twice(place, headings[first], heading))
    note_left_out("columns_left_out", more, sheet, context)
    _note_repeated(place, [each.text for each in headings if not each.meaning], context)
    # Words below a year are looked at with the dimensions of the plan.
    unknown = [
        position for position, heading in enumerate(headings) if not heading.meaning and position not in sheet.under
    ]
    for position in unknown:
        note_nameless(sheet, position, context)
    has_years = any(heading.year for heading in headings)
    computed = {position for position, heading in enumerate(headings) if heading.meaning in COMPUTED}
    # Beside values one below the other, differences are of many kinds, and an attainment is compared.
    rates = computed if has_years else {position for position in computed if headings[position].meaning == "rate"}
    unread = {
        position: _shown(sheet, position)
        for position in sorted({*unknown, *computed} - rates)
        if _is_used(sheet, position) and folded(headings[position].text) not in _OF_THE_PLAN
    }
    figures = [name for position, name in unread.items() if has_years and has_figures(sheet, position)]
    note_left_out("columns_left_out", [name for name in unread.values() if name not in figures], sheet, context)
    note_left_out("figures_left_out", figures, sheet, context)
    note_left_out("rates_left_out", [headings[position].text for position in sorted(rates)], sheet, context)
    return _with_indicator(_with_known_names(sheet, found, context))


def _without_labels(sheet: Sheet, headings: Sequence[Heading], context: Context) -> list[Heading]:
    """Let a code count before its label, as in ``TIME,Time``; of two for indicators the one that the plan knows."""
    places = {heading.text: position for position, heading in enumerate(headings)}
    found = list(headings)
    for position, heading in enumerate(headings):
        code = places.get(heading.text.upper(), position)
        if code == position or heading.meaning != headings[code].meaning:
            continue
        if heading.meaning == "year" or (heading.meaning == "indicator" and _has_indicators(sheet, code, context)):
            found[position] = heading._replace(meaning="")
    named = [position for position, heading in enumerate(found) if heading.meaning == "indicator"]
    known = [place for place in named if len(named) > 1 and _has_indicators(sheet, place, context)]
    if len(known) == 1:
        found = [each._replace(meaning="") if place in named and place not in known else each
                 for place, each in enumerate(found)]  # fmt: skip
    return found


def _has_indicators(sheet: Sheet, position: int, context: Context) -> bool:
    """Whether a column has an indicator of the plan, with or without its unit behind the name."""
    texts = {row.cells[position].strip() for row in sheet.rows if position < len(row.cells)}
    return any(
        context.names.indicators(text) or context.names.indicators(split_unit(text, context)[0]) for text in texts
    )


def _with_marks(sheet: Sheet, headings: Sequence[Heading]) -> list[Heading]:
    """Take a column such as ``Symbol`` for one of statuses where it has nothing else; otherwise it means nothing."""
    has_status = any(heading.meaning == "obs_status" and not heading.year for heading in headings)
    found = list(headings)
    for position, heading in enumerate(headings):
        if heading.meaning == "mark":
            texts = {row.cells[position].strip() for row in sheet.rows if position < len(row.cells)} - {""}
            marks = marks_among(texts, "" if folded(heading.text) == _OF_ORIGIN else LETTERS)
            is_status = bool(texts) and texts == marks and not has_status
            found[position] = heading._replace(meaning="obs_status" if is_status else "")
            has_status |= is_status
    return found


def marks_among(texts: Collection[str], letters: str = _NO_FOOTNOTES) -> frozenset[str]:
    """Return which of the distinct notes of a column are statuses of the values beside them: words, or letters alone.

    Letters are marks where the column has nothing else; with an `a` among them they are footnotes.

    Parameters
    ----------
    texts
        Without the empty one.
    letters
        Of which the column must have one, that its letters are marks.
    """
    likely = [text for text in texts if len(texts) <= _MOST_MARKS or is_word(text)]
    read = {text: said for text in likely if len(text) <= _LONGEST_MARK and (said := read_status(text))}
    marks = {text for text, said in read.items() if said.code in ("A", *STRONGEST_FIRST)}
    short = {text for text in marks if re.fullmatch(_ONLY_LETTERS, text)}
    of_short = "".join(short)
    are_marks = marks == set(texts) and "a" not in of_short and not set(of_short.lower()).isdisjoint(letters)
    return frozenset(marks if are_marks else marks - short)


def with_mark(cells: dict[str, str], marks: frozenset[str]) -> dict[str, str]:
    """Return the cells of a row with the status that its note says, where no other column says one."""
    note = cells.get("note", "")
    return {**cells, "obs_status": note} if note in marks and not cells.get("obs_status") else cells


def notes_of(sheet: Sheet, position: int | None) -> set[str]:
    """Return the distinct cells of the column of notes."""
    if position is None:
        return set()
    return {unguarded(row.cells[position].strip()) for row in sheet.rows if position < len(row.cells)} - {""}


def note_left_out(key: str, names: Sequence[str], sheet: Sheet, context: Context) -> None:
    """Remark on columns that are not read and by which no rows are chosen, if there are any."""
    if names := without_chosen(names, context):
        context.remarks.append(Fault(key, sheet.file, sheet.header.line, names=", ".join(names)))
        context.table.unread += names


def without_chosen(names: Sequence[str], context: Context) -> list[str]:
    """Return the names of columns by which no rows are chosen."""
    chosen = {each.name for each in context.table.columns if each.meaning == "where"}
    return [name for name in names if context.table.renamed.get(name, name) not in chosen]


def has_figures(sheet: Sheet, position: int) -> bool:
    """Whether a column has numbers that are no numbering or codes of its rows."""
    name = folded(sheet.header.cells[position])
    if name in _NUMBERINGS or name.endswith(_CODES):
        return False
    return any(_FIGURE.fullmatch(row.cells[position].strip()) for row in sheet.rows if position < len(row.cells))


def attainment_of(
    row: Row, headings: Sequence[Heading], rates: Sequence[int], targets: Sequence[int], year: str = "", part: str = ""
) -> PrintedAttainment | None:
    """Return the attainment that a row has for a year, with the target of that year; None if it lacks one of them.

    Parameters
    ----------
    row
        Of the table.
    headings
        Of all columns.
    rates, targets
        Positions of the columns of attainment, and of targets.
    year, part
        Of the value beside them, as their headings say it.
    """
    wanted = ((year, part), (year, ""))
    found = [
        position
        for positions in (rates, targets)
        for position in positions
        if (headings[position].year, headings[position].part) in wanted and row.cells[position].strip()
    ]
    if len(found) != 2 or found[0] not in rates:
        return None
    rate, target = found
    facts, (printed,) = row.facts(rate), printed_targets(row, headings, [target])
    return PrintedAttainment(
        headings[rate].text,
        unguarded(row.cells[rate].strip()),
        row.at(rate),
        printed,
        facts.decimals,
        facts.has_point,
    )


def note_uses(headings: Sequence[Heading], found: Mapping[str, int], context: Context) -> None:
    """Note what each column was taken for that is not of a year."""
    if context.indicator:
        context.table.use("", "indicator", context.indicator)
    for meaning, position in found.items():
        context.table.use(headings[position].text, meaning)


def note_nameless(sheet: Sheet, position: int, context: Context) -> None:
    """Refuse figures below no name: nobody can say what they are."""
    if sheet.header.cells[position].strip():
        return
    for row in sheet.rows:
        if position < len(row.cells) and any(map(str.isdigit, row.cells[position])):
            found = row.cells[position].strip()
            context.faults.append(
                Fault("nameless_column", sheet.file, row.at(position), number=position + 1, found=found)
            )
            return


def indicator_of_header(text: str, context: Context) -> tuple[str, str]:
    """Return the indicator that a column is called after, and the unit behind its name; empty if it is none."""
    name, unit = split_unit(text, context)
    for each, own in ((text, ""), (name, unit)):
        if len(ids := context.names.indicators(each)) == 1:
            return ids[0], own
    return "", ""


def of_one_indicator(sheet: Sheet, found: Mapping[str, int], context: Context) -> dict[str, int]:
    """Return the columns that are read of a file whose rows are all of one indicator; rows of another are errors."""
    named = [position for name in ("indicator", "title") if (position := found.get(name, -1)) >= 0]
    for position in named:
        for row in sheet.rows:
            ids = context.names.indicators(row.cells[position].strip()) if position < len(row.cells) else []
            if ids and context.indicator not in ids:
                details = {"found": row.cells[position].strip(), "indicator": context.indicator}
                context.faults.append(Fault("other_indicator", sheet.file, row.line, **details))
                break
    if names := [_shown(sheet, position) for position in named]:
        note_left_out("columns_left_out", names, sheet, context)
    return {name: position for name, position in found.items() if name not in ("indicator", "title")}


def _own_names_first(headings: Sequence[Heading]) -> list[Heading]:
    """Let an optional column's own name count before other words for it: `obs_status` before `status`."""
    own = {heading.text for heading in headings} & set(OPTIONAL_COLUMNS)
    has_status = any(heading.meaning == "obs_status" and not is_tracker(heading) for heading in headings)
    return [
        heading._replace(meaning="")
        if (heading.meaning in own and heading.text not in own) or (has_status and is_tracker(heading))
        else heading
        for heading in headings
    ]


def is_tracker(heading: Heading) -> bool:
    """Whether a column of statuses has a name that those of a project have too."""
    return heading.meaning == "obs_status" and folded(heading.text) in _TRACKERS


def has_tracker(headings: Sequence[Heading], found: Mapping[str, int]) -> bool:
    """Whether the statuses of a table are in a column that a project may have."""
    return "obs_status" in found and is_tracker(headings[found["obs_status"]])


def settle_units(
    sheet: Sheet, row: Row, found: Mapping[str, int], cells: dict[str, str], context: Context
) -> int | None:
    """Settle in the cells of a row which of two units counts, and return the power of ten that its value is in.

    Returns
    -------
    int or None
        None with a fault.
    """
    names = sheet.header.cells
    if not _settle_statuses(sheet, row, found, cells, context):
        return None
    if (other := cells.pop("other_unit", "")) and not (unit := cells["unit"]):
        cells["unit"] = other
    elif other and not _same_unit(unit, other, context):
        wanted = _wanted(names[found["unit"]], names[found["other_unit"]], unit, other, cells["indicator"], context)
        if not wanted:
            details = {"first": names[found["unit"]], "second": names[found["other_unit"]]}
            context.faults.append(
                Fault("units_differ", sheet.file, row.line, **details, first_unit=unit, second_unit=other)
            )
            return None
        cells["unit"] = wanted
    powers = []
    for name in ("multiplier", "other_multiplier"):
        text = cells.pop(name, "")
        power = read_multiplier(text, is_code=folded(names[found[name]]) == "unit_mult") if name in found else None
        if name in found and power is None:
            context.faults.append(Fault("unit_mult", sheet.file, row.line, found=text))
            return None
        powers += [(power, text)] if name in found and text else []
    if len(powers) == 2 and powers[0][0] != powers[1][0]:
        details = {"first": names[found["multiplier"]], "second": names[found["other_multiplier"]]}
        texts = {"first_text": powers[0][1], "second_text": powers[1][1]}
        context.faults.append(Fault("columns_differ", sheet.file, row.line, **details, **texts))
        return None
    return powers[0][0] if powers else 0


def _settle_statuses(sheet: Sheet, row: Row, found: Mapping[str, int], cells: dict[str, str], context: Context) -> bool:
    """Let a code and its label count once; False with a fault where they differ."""
    if not (other := cells.pop("other_obs_status", "")):
        return True
    first = cells.get("obs_status", "")
    said, label = read_status(first), read_status(other)
    if said and label and said != label:
        names = [sheet.header.cells[found[name]] for name in ("obs_status", "other_obs_status")]
        details = {"first": names[0], "second": names[1], "first_text": first, "second_text": other}
        context.faults.append(Fault("columns_differ", sheet.file, row.line, **details))
        return False
    if label and not said:
        cells["obs_status"] = other
    return True


def _same_unit(first: str, second: str, context: Context) -> bool:
    known = units.units_of(context.plan.units)
    if not (known.known(first) and known.known(second)):
        return normalised_unit(first) == normalised_unit(second)
    one, other = known.parse(first), known.parse(second)
    return (one.dimension, one.scale) == (other.dimension, other.scale)


def _wanted(first: str, second: str, unit: str, other: str, indicator: str, context: Context) -> str:
    """Return the one of two units that a condition, or the plan, names; empty if none or both do."""
    conditions = {folded(condition.partition("=")[0]) for condition in context.options.where}
    named = [text for name, text in ((first, unit), (second, other)) if folded(name) in conditions]
    ids = context.names.indicators(indicator)
    own = {normalised_unit(context.plan.indicators[each].unit) for each in ids}
    of_plan = [text for text in (unit, other) if normalised_unit(text) in own]
    for texts in (named, of_plan):
        if len(texts) == 1:
            return texts[0]
    return ""


def _with_known_names(sheet: Sheet, found: dict[str, int], context: Context) -> dict[str, int]:
    """Leave out codes of which the plan has none where it has names beside them: they are the portal's."""
    named = [meaning for meaning in NAMES_OF_INDICATORS if meaning in found]
    if len(named) < 2 or context.indicator or _has_indicators(sheet, found[named[0]], context):
        return found
    if not _has_indicators(sheet, found[named[1]], context):
        return found
    note_left_out("columns_left_out", [_shown(sheet, found[named[0]])], sheet, context)
    return {meaning: position for meaning, position in found.items() if meaning != named[0]}


def _with_indicator(found: dict[str, int]) -> dict[str, int]:
    """Let the column of codes say the indicator where there is one, and the one of names beside it the title."""
    named = [found[meaning] for meaning in NAMES_OF_INDICATORS if meaning in found]
    others = {meaning: position for meaning, position in found.items() if meaning not in NAMES_OF_INDICATORS}
    return dict(zip(("indicator", "title"), named, strict=False)) | others


def cells_of(row: Row, found: Mapping[str, int], context: Context) -> dict[str, str]:
    """Return the cells of a row by meaning; the unit may stand behind the name, as in `資訊產業產值(兆元)`."""
    texts = row.cells
    cells = {meaning: unguarded(texts[position].strip()) for meaning, position in found.items()}
    if context.indicator:
        return {**cells, "indicator": context.indicator}
    name, unit = split_unit(cells["indicator"], context)
    if unit and not context.names.indicators(cells["indicator"]) and context.names.indicators(name):
        cells["indicator"] = name
        cells["unit"] = cells.get("unit", "") or unit
    elif not cells.get("unit") and (title := cells.get("title")):
        cells["unit"] = split_unit(title, context)[1]
    return cells


def printed_targets(row: Row, headings: Sequence[Heading], columns: Sequence[int]) -> list[PrintedTarget]:
    """Return the targets that a row has in these columns."""
    return [
        PrintedTarget(text, row.at(position), headings[position].unit, headings[position].year, position in row.pointed)
        for position in columns
        if (text := unguarded(row.cells[position].strip()))
    ]


def note_missing(sheet: Sheet, names: Sequence[str], context: Context) -> None:
    """Add a fault for each column that should be there and is not, or one if there is none at all."""
    found = ", ".join(name.strip() for name in sheet.header.cells)
    if set(REQUIRED_COLUMNS) <= set(names):
        context.faults.append(Fault("no_header", sheet.file, sheet.header.line, found=found))
        return
    if {"indicator", "value"} <= set(names):
        # Indicators may be columns; then values and units need none of their own.
        names = [name for name in names if name not in ("value", "unit")]
    keys = {"unit": "missing_unit", "indicator": "missing_indicator"}
    details = {"found": found, "ids": context.names.first_ids}
    context.faults += [
        Fault(keys.get(name, "missing_column"), sheet.file, sheet.header.line, name=name, **details) for name in names
    ]


def _twice(place: tuple[str, int], first: Heading, second: Heading) -> Fault:
    if first.text == second.text:
        return Fault("repeated_column", *place, name=first.text)
    return Fault("same_meaning", *place, first=first.text, second=second.text, meaning=first.meaning)


def _note_repeated(place: tuple[str, int], names: Sequence[str], context: Context) -> None:
    repeated = sorted(name for name, count in Counter(names).items() if name and count > 1)
    context.faults += [Fault("repeated_column", *place, name=name) for name in repeated]


def _is_used(sheet: Sheet, position: int) -> bool:
    """Whether a column has a name, or cells though it has none."""
    cells = (row.cells[position] for row in sheet.rows if position < len(row.cells))
    return bool(sheet.header.cells[position].strip()) or any(cell.strip() for cell in cells)


def _shown(sheet: Sheet, position: int) -> str:
    return sheet.header.cells[position].strip() or f"[{position + 1}]"
