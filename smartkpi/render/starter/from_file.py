"""A plan made from a spreadsheet: commented TOML, with what could not be placed as comments."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from smartkpi.errors import DataError, Fault
from smartkpi.readers import plan as plan_reader
from smartkpi.readers import plan_sheet
from smartkpi.render.starter import SCHEMA_FILE
from smartkpi.render.starter.toml_text import one_line, quoted
from smartkpi.text import pattern

_NUMBERS = ("base", "weight", "decimals")
_YEARS = ("base_year", "target_year", "total_since")
_OF_TAIWAN = pattern(r"(?:民國\s*)?(\d{2,3})\s*(?:年度?)?")
_OF_FOUR_DIGITS = pattern(r"(\d{4})\s*年度?")
_RANGE = pattern(r"\[?(-?\d[\d.,]*)\s*%?\s*(?:-|–|~|～|至|to|,)\s*(-?\d[\d.,]*)\s*%?\]?")
_CHANGE = pattern(r"([+-]\d[\d.,]* ?(?:%|pp)) from (\d{4})")
_DIRECTIONS = {
    "increase": "increase up higher more 越高越好 增加 正向 ↑",
    "decrease": "decrease down lower less 越低越好 減少 負向 ↓",
    "within": "within range 範圍",
}
_PLAIN = pattern(r"-?\d+(?:\.\d+)?")
_LEVELS = {"sector": "sector", "分組": "sector"}


def plan_text(path: str) -> tuple[str, list[Fault]]:
    """Return a plan made from a file, and what could not be placed.

    Raises
    ------
    DataError
        If the file cannot be read as a table of indicators.
    """
    faults: list[Fault] = []
    sheet = plan_sheet.read(Path(path), path, faults)
    if sheet is None:
        raise DataError(faults)
    remarks = [Fault("columns_not_placed", path, names=", ".join(sheet.left_out))] if sheet.left_out else []
    name = Path(path).stem
    pillars = list(dict.fromkeys(cells.get("pillar", "all") for _, cells in sheet.rows))
    ids = {pillar: _id(pillar, f"pillar_{place}") for place, pillar in enumerate(pillars, 1)}
    head = _head(name, ids)
    blocks, seen = [], set[str]()
    for number, (line, cells) in enumerate(sheet.rows, 1):
        own = _id(cells.get("id", "") or cells.get("title_en", ""), f"indicator_{number}")
        own = own if own not in seen else f"{own}_{number}"
        seen.add(own)
        block = _block(own, cells, ids)
        if problem := _problem(head + block, path):
            remarks.append(Fault("row_not_placed", path, line, indicator=own, problem=problem))
            block = "".join(f"# {text}\n" for text in [problem, *block.rstrip("\n").split("\n")])
        blocks.append(block)
    return head + "\n".join(blocks), remarks


def _head(name: str, pillars: Mapping[str, str]) -> str:
    lines = [
        f"#:schema ./{SCHEMA_FILE}",
        f"# Made by `smartkpi init --from` from {one_line(name)}. What could not be placed is a comment.",
        'schema = "smartkpi/plan/1"',
        "",
        "[plan]",
        f"id = {quoted(_id(name, 'my-plan'))}",
        f"title = {{ {_language(name)} = {quoted(name)} }}",
        "",
        "# Where the targets are printed.",
        "[sources.file]",
        f"title = {quoted(name)}",
        f"publisher = {quoted('My office 本機關')}",
        "",
    ]
    for title, own in pillars.items():
        lines += [f"[pillars.{own}]", f"title = {{ {_language(title)} = {quoted(title)} }}", ""]
    return "\n".join([*lines, ""])


def _block(own: str, cells: Mapping[str, str], pillars: Mapping[str, str]) -> str:
    titles = {"en": cells.get("title_en", ""), "zh-TW": cells.get("title_zh", "")}
    if not any(titles.values()):
        # A column "Indicator" without one for titles has titles more often than ids.
        name = cells.get("id", own)
        titles[_language(name)] = name
    shown = ", ".join(f"{lang} = {quoted(text)}" for lang, text in titles.items() if text)
    lines = [
        f"[indicators.{own}]",
        f"title = {{ {shown} }}",
        f"pillar = {quoted(pillars[cells.get('pillar', 'all')])}",
        f"level = {quoted(_LEVELS.get(cells.get('level', ''), 'headline'))}",
    ]
    lines += [f"{key} = {quoted(cells[key])}" for key in ("unit", "owner") if key in cells]
    if "direction" in cells:
        lines.append(f"direction = {quoted(_direction(cells['direction']))}")
    if target := _target(cells):
        lines.append(f"target = {target}")
    lines += [f"{key} = {_number(cells[key])}" for key in _NUMBERS if key in cells]
    lines += [f"{key} = {_number(_year(cells[key]))}" for key in _YEARS if key in cells]
    lines += ["keep = true"] if cells.get("keep", "").lower() in ("true", "1", "yes", "是") else []
    lines.append('source = "file"')
    lines += [f"{key} = {quoted(cells[key])}" for key in ("locator", "definition", "note") if key in cells]
    return "\n".join([*lines, ""])


def _target(cells: Mapping[str, str]) -> str:
    """Return the target as TOML: a range, a relative one as `export` writes it, or a number or quantity."""
    if "target_low" in cells and "target_high" in cells:
        return f"[{_number(cells['target_low'])}, {_number(cells['target_high'])}]"
    if found := re.fullmatch(r"(x )?(.+) \((\d{4})\)", cells.get("target_text", "")):
        change = f"times = {found[2]}" if found[1] else f"change = {quoted(found[2])}"
        return f"{{ {change}, from = {found[3]} }}"
    target = cells.get("target", "")
    if _direction(cells.get("direction", "")) == "within" and (found := _RANGE.fullmatch(target)):
        return f"[{_number(found[1])}, {_number(found[2])}]"
    if found := _CHANGE.fullmatch(target):
        return f"{{ change = {quoted(found[1])}, from = {found[2]} }}"
    return _number(target) if target else ""


def _year(text: str) -> str:
    """Return a year as the plan has it: 116年 of the calendar of Taiwan is 2027."""
    if found := _OF_TAIWAN.fullmatch(text):
        return str(int(found[1]) + 1911)
    return found[1] if (found := _OF_FOUR_DIGITS.fullmatch(text)) else text


def _direction(text: str) -> str:
    return next((key for key, words in _DIRECTIONS.items() if text.lower() in words.split()), text)


def _number(text: str) -> str:
    """Return a number as TOML, without its thousands separators; anything else as text."""
    plain = text.replace(",", "").removesuffix(".0")
    return plain if _PLAIN.fullmatch(plain) and not re.match(r"-?0\d", plain) else quoted(text)


def _id(text: str, otherwise: str) -> str:
    return "_".join(re.findall(r"[a-z0-9-]+", text.lower())) if text.isascii() and text.strip() else otherwise


def _language(text: str) -> str:
    return "en" if text.isascii() else "zh-TW"


def _problem(text: str, file: str) -> str:
    """Return what is wrong with a plan, first of all; empty if nothing is."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "targets.toml")
        path.write_text(text, encoding="utf-8")
        faults: list[Fault] = []
        plan_reader.read(path, file, faults)
    return Fault(faults[0].key, **faults[0].details).message("en") if faults else ""
