"""Values with their units, for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from math import isfinite
from typing import Any

from smartkpi.messages import label
from smartkpi.model import Plan, RelativeTarget
from smartkpi.model.table import Table
from smartkpi.quantities.unit_wording import Wording
from smartkpi.quantities.units import units_of
from smartkpi.render.celltext import rounded, significant
from smartkpi.render.view import View
from smartkpi.text import printable

Row = Mapping[str, Any]
Cell = Callable[[Table, Row, View], str]

_GIVEN = ("actual", "target", "base", "value", "held", "milestone", "target_low", "target_high")
"""Columns with figures as the plan or the files have them, which keep their digits."""
_MOST_DECIMALS = 6
"""Of a given figure; one that was converted may have more."""


def wording(unit: str, plan: Plan, lang: str) -> Wording:
    """Return how people see values of a unit of a plan."""
    return units_of(plan.units).parse(unit).wording(lang)


MULTIPLES = {"thousand": "k", "million": "m", "billion": "bn", "trillion": "tn"}
"""How English abbreviates multiples of money."""


def abbreviated(words: Wording) -> Wording:
    """Return how people see values of money where there is little room; others as they are.

    Examples
    --------
    >>> from smartkpi.quantities.units import parse
    >>> with_unit("6.2", abbreviated(parse("兆元").wording("en")))
    'NT$6.2 tn'
    """
    multiple = MULTIPLES.get(words.after.strip()) if words.before else None
    return words._replace(after=f" {multiple}", one=f" {multiple}") if multiple else words


def _wording_of(table: Table, row: Row, view: View) -> Wording:
    words = wording(row["unit"], table.plan, view.lang)
    if view.units == "none" and words.after != "%":
        return Wording("", "", power=words.power)
    return abbreviated(words) if view.units == "short" else words


def scaled(value: float, power: int) -> float:
    """Return a value times a power of ten, in its own digits."""
    return float(Decimal(repr(float(value))).scaleb(power)) if power and isfinite(value) else value


def in_brackets(text: str, note: str, lang: str) -> str:
    """Return a text with a note behind it in the brackets of the language."""
    return label("status_noted", lang).format(status=text, note=note)


def change_of(table: Table, row: Row, name: str, view: View) -> str:
    """Return a change with its sign and unit; empty if missing."""
    return "" if row[name] is None else signed_change(row[name], _wording_of(table, row, view))


def with_unit(number: str, words: Wording, *, change: bool = False) -> str:
    """Return a number with its unit.

    Parameters
    ----------
    number
        In digits, after a sign if it has one.
    words
        Of the unit.
    change
        Whether it is a difference of two values.

    Examples
    --------
    >>> from smartkpi.quantities.units import parse
    >>> with_unit("6.2", parse("兆元").wording("en")), with_unit("+1.97", parse("%").wording("en"), change=True)
    ('NT$6.2 trillion', '+1.97 pp')
    """
    sign = number[:1] if number[:1] in "+-−" else ""
    bare = number.removeprefix(sign)
    if change and words.change is not None:
        return printable(f"{number}{words.change}")
    return printable(f"{sign}{words.before}{bare}{words.one if bare == '1' else words.after}")


def amount(value: float, words: Wording, decimals: int | None, *, given: bool = False) -> str:
    """Return a value with its unit, a given one with the digits that it has."""
    return with_unit(digits(value, decimals, words.power, given=given), words)


def digits(value: float, decimals: int | None, power: int = 0, *, given: bool = False) -> str:
    """Return a number in digits, times a power of ten.

    Parameters
    ----------
    value
        Any finite number.
    decimals
        Those of the plan for `value`; None for those that a given value has, and four significant digits of others.
    power
        Of the unit that people see.
    given
        Whether the plan or a file has the value, so that it is not computed.

    Examples
    --------
    >>> digits(2.4, None, given=True), digits(13.0, 0, -1), digits(96.371282, None), digits(2.4, 2)
    ('2.4', '1.3', '96.37', '2.40')
    """
    exact = Decimal(repr(float(value)))
    if not exact.is_finite():
        return rounded(value, decimals)
    exact = exact.scaleb(power)
    if decimals is not None:
        return rounded(float(exact), max(decimals - power, 0))
    own = max(-int(exact.normalize().as_tuple().exponent), 0)
    return rounded(float(exact), own if given and own <= _MOST_DECIMALS else None)


def signed_change(value: float, words: Wording) -> str:
    """Return a change with its sign and unit, of a share in percentage points."""
    text = significant(float(Decimal(repr(float(value))).scaleb(words.power)), 3)
    return with_unit(text if value <= 0 else f"+{text}", words, change=True)


def quantity_of(table: Table, row: Row, name: str, view: View) -> str:
    """Return a value with its unit; empty if missing."""
    if row[name] is None:
        return ""
    return with_unit(number_of(table, row, name, view), _wording_of(table, row, view))


def number_of(table: Table, row: Row, name: str, view: View) -> str:
    """Return a value as `quantity_of` shows it, without unit; empty if missing."""
    if row[name] is None:
        return ""
    words = wording(row["unit"], table.plan, view.lang)
    decimals = table.plan.indicators[row["indicator"]].decimals
    return digits(row[name], decimals, words.power, given=name in _GIVEN)


def target_of(table: Table, row: Row, view: View) -> str:
    """Return the target with its unit: a number, the ends of a range, or the relative target that has no number.

    A list of indicators, which is of no year, has the targets of later years of assessment too.
    """
    text = _target_of(table, row, view)
    if table.name != "list":
        return text
    indicator = table.plan.indicators[row["indicator"]]
    words = wording(row["unit"], table.plan, view.lang)
    for own in indicator.targets:
        if own.since and not own.where and own.target == own.target:
            later = amount(own.target, words, indicator.decimals, given=True)
            text = label("target_since", view.lang).format(text=text, later=later, year=own.since)
    return text


def _target_of(table: Table, row: Row, view: View) -> str:
    if row.get("target_low") is not None:
        low, high = number_of(table, row, "target_low", view), quantity_of(table, row, "target_high", view)
        return label("range", view.lang).format(low=low, high=high)
    if row["target"] is None:
        relative = table.plan.indicators[row["indicator"]].relative
        return "" if relative is None else relative_text(relative, view.lang)
    return quantity_of(table, row, "target", view)


def relative_text(relative: RelativeTarget, lang: str) -> str:
    """Return a relative target in words, where its number is not known."""
    key = "target_times" if relative.kind == "times" else "target_change"
    return label(key, lang).format(text=printable(relative.text), year=relative.from_year)


def value_cell(name: str) -> Cell:
    """Return what shows the value of a column with its unit."""

    def cell(table: Table, row: Row, view: View) -> str:
        return quantity_of(table, row, name, view)

    return cell


def year_cell(name: str) -> Cell:
    """Return what shows the year of a column."""

    def cell(table: Table, row: Row, view: View) -> str:
        return "" if row[name] is None else f"{row[name]:.0f}"

    return cell
