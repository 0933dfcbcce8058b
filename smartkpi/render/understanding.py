"""How files were understood, in a few lines each, for their owner to hold against the file."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from smartkpi.messages import label
from smartkpi.readers.layouts import Understanding
from smartkpi.readers.layouts.record import ColumnUse
from smartkpi.render.quantity import in_brackets
from smartkpi.text import printable, shortened

_MOST_NAMES = 6
"""Columns of one meaning, or years, that are named."""
_LONGEST_NAME = 40


def text_lines(tables: Sequence[Understanding], lang: str, most: int | None = None) -> list[str]:
    """Return at most eight lines for each table.

    Parameters
    ----------
    tables
        In the order of reading.
    lang
        Of the words.
    most
        Tables that are described; the others are counted.
    """
    described = [table for table in tables if table.kind]
    lines = [line for table in described[:most] for line in _table_lines(table, lang)]
    if len(described) > len(described[:most]):
        number = len(described) - len(described[:most])
        lines.append(label("more_tables", lang).format(number=number))
    return lines


def document(table: Understanding) -> dict[str, Any]:
    """Return how a table was understood for programs."""
    return {
        "file": table.file,
        "kind": table.kind,
        "encoding": table.encoding or None,
        "delimiter": table.delimiter or None,
        "decimal": table.decimal or None,
        "header": [int(line) for line in table.header] if table.kind != "json" else [],
        "layout": table.layout or None,
        "columns": [each._asdict() for each in table.columns],
        "columns_left_out": list(table.unread),
        "rows": table.rows,
        "rows_left_out": [{**each._asdict(), "line": int(each.line)} for each in table.left_out],
        "values": table.values,
        "no_data": table.no_data,
        "indicators": table.indicators,
        "years": list(table.years),
    }


def _table_lines(table: Understanding, lang: str) -> list[str]:
    parts = {
        "file": _file(table, lang),
        "header": _header(table, lang),
        "layout": label(f"layout_{table.layout}", lang) if table.layout else "",
        "columns": _columns(table, lang),
        "columns_left_out": label("enumeration", lang).join(_names(table.unread, lang)),
        "rows": _rows(table, lang) if table.layout else "",
        "rows_left_out": label("sentence_separator", lang).join(
            label(f"left_out_{each.reason}", lang).format(number=each.number, line=int(each.line))
            for each in table.left_out
        ),
    }
    heads = {key: label(f"understood_{key}", lang) for key in parts}
    return [printable(table.file), *(f"  {heads[key]}{text}" for key, text in parts.items() if text)]


def _file(table: Understanding, lang: str) -> str:
    words = label(f"kind_{table.kind}", lang).format(
        encoding=table.encoding.upper().removesuffix("-SIG"),
        delimiter=label({";": "semicolons", "\t": "tabs", "|": "bars"}.get(table.delimiter, "commas"), lang),
    )
    return words + (label("decimal_is", lang).format(mark=table.decimal) if table.decimal else "")


def _header(table: Understanding, lang: str) -> str:
    if not table.header or table.kind == "json":
        return ""
    key = "header_row" if table.kind == "workbook" else "header_line"
    return label("header_and", lang).join(label(key, lang).format(line=int(line)) for line in table.header)


def _columns(table: Understanding, lang: str) -> str:
    meanings = groupby(sorted(table.columns, key=_meaning_rank(table.columns)), key=lambda each: each.meaning)
    return label("sentence_separator", lang).join(
        _use(
            _meaning(meaning, lang),
            label("enumeration", lang).join(_names([_name(each, lang) for each in same], lang)),
            lang,
        )
        for meaning, same in meanings
    )


def _use(meaning: str, names: str, lang: str) -> str:
    return names if names == meaning else label("column_use", lang).format(meaning=meaning, names=names)


def _meaning_rank(columns: Sequence[ColumnUse]) -> Any:
    order = sorted(dict.fromkeys(each.meaning for each in columns), key="where".__eq__)
    return lambda each: order.index(each.meaning)


def _meaning(meaning: str, lang: str) -> str:
    """Return a meaning in the reader's words; a dimension under its own name."""
    try:
        return label(f"meaning_{meaning}", lang)
    except KeyError:
        return printable(meaning)


def _name(use: ColumnUse, lang: str) -> str:
    name = shortened(use.name, _LONGEST_NAME)
    if not name:
        key = "unit_of_plan" if use.meaning == "unit" else "named_with_file"
        return label(key, lang).format(detail=printable(use.detail))
    return name if use.detail.casefold() in name.casefold() else in_brackets(name, printable(use.detail), lang)


def _names(names: Sequence[str], lang: str) -> list[str]:
    """Return names, of many the first ones and the last one."""
    shown = [shortened(name, 2 * _LONGEST_NAME) for name in names]
    if len(shown) <= _MOST_NAMES:
        return shown
    return [*shown[:3], "…", label("last_of", lang).format(name=shown[-1], number=len(shown))]


def _rows(table: Understanding, lang: str) -> str:
    years = f"{table.years[0]}" + (f"-{table.years[-1]}" if len(table.years) > 1 else "") if table.years else "-"
    return label("values_read", lang).format(
        rows=table.rows, values=table.values, indicators=table.indicators, years=years
    ) + (label("cells_without_data", lang).format(number=table.no_data) if table.no_data else "")
