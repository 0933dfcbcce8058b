"""Cells of values, many at a time: of those that differ in their number alone, the first one is read in full."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from smartkpi.quantities import PLAIN
from smartkpi.quantities.cells import CellForms, CellValue, read_cell
from smartkpi.quantities.numerals import EXACT, plain
from smartkpi.text import pattern

_HAN_DIGITS = "零〇一二兩三四五六七八九壹貳參叁肆伍陸柒捌玖點点"
_MULTIPLIERS = "十百千萬億兆拾佰仟万亿"
_OTHER_BESIDE_OTHER_DIGITS = "年月日成"
"""3年 is a length of time and 111年 a date."""
_NEITHER = rf"\d{_HAN_DIGITS}{_OTHER_BESIDE_OTHER_DIGITS}"
_DIGITS = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
_LONGEST = 100
"""Characters of a cell."""
_MOST_FORMS = 1_000


def _with_one_number(point: str, separators: str) -> str:
    """Return a pattern of cells with one number, which has a single meaning whatever is around it."""
    return (
        rf"(?P<before>[^{_NEITHER}{_MULTIPLIERS}]*?)(?<![.,'’])"
        rf"(?P<whole>0|[1-9][0-9]{{0,2}}(?:(?P<between>[{separators}])[0-9]{{3}}(?:(?P=between)[0-9]{{3}}){{0,3}})"
        rf"|[1-9][0-9]{{0,14}})(?:{point}(?P<digits>[0-9]{{1,20}}))?(?:[eE](?P<exponent>[-+]?[0-3]?[0-9]))?"
        # Digits right behind a letter are part of a unit, as in km2.
        rf"(?P<behind>(?![.,'’])[^{_NEITHER}]*(?:(?<=[A-Za-z])[0-9][^{_NEITHER}]*)?)"
    )


_ALIKE = {".": pattern(_with_one_number(r"\.", ", ")), ",": pattern(_with_one_number(",", ". "))}
"""By decimal mark."""


class _Form(NamedTuple):
    """What cells have in common that differ in their number alone."""

    value: CellValue
    """Of the first one."""
    is_negative: bool
    power: int
    """Its quantity is its number times this power of ten."""


class CellReader:
    """Reads cells of values of one file.

    Parameters
    ----------
    forms, known_unit
        As `read_cell` takes them.
    """

    def __init__(self, forms: CellForms, known_unit: Callable[[str], bool] | None = None) -> None:
        self._forms, self._known_unit = forms, known_unit
        is_number_word = any(map(str.isdigit, "".join(forms.missing | forms.zero)))
        self._alike = None if forms.doubtful or is_number_word else _ALIKE[forms.decimal]
        self._found: dict[tuple[str, ...], _Form | None] = {}

    def read(self, text: str) -> CellValue | None:
        """Return what `read_cell` does.

        Raises
        ------
        CellError
            If it has two readings.
        QuantityError
            If it is not one quantity.
        """
        if PLAIN.fullmatch(text):
            return self._read(text)
        half_width = text if text.isascii() else text.translate(_DIGITS)
        found = self._alike.fullmatch(half_width) if self._alike and len(text) <= _LONGEST else None
        if found is None:
            return self._read(text)
        before, whole, between, digits, exponent, behind = found.groups("")
        number = Decimal(f"{whole.replace(between, '') if between else whole}.{digits}")
        if not number:
            return self._read(text)
        last = int(exponent or 0) - len(digits)
        key = before, between, digits and ".", exponent[:1], behind  # 11nd is a rank, 1.1nd is not
        if (form := self._found.get(key)) is None:
            value = self._read(text)
            if key not in self._found and len(self._found) < _MOST_FORMS:
                self._found[key] = _form_of(value, number.scaleb(last + len(digits), EXACT), last)
            return value
        if exponent or form.power:  # else the digits remain as they are printed, noughts at the end included
            number = plain(number.scaleb(last + len(digits) + form.power, EXACT))
        step = plain(Decimal(1).scaleb(form.power + last))
        if form.is_negative:
            number = number.copy_negate()
        return form.value._replace(quantity=form.value.quantity._replace(number=number, step=step))

    def _read(self, text: str) -> CellValue | None:
        return read_cell(text, self._forms, self._known_unit)


def _form_of(value: CellValue | None, number: Decimal, last: int) -> _Form | None:
    """Return the form of a cell that was read in full; None where its quantity is not its number times a power of ten.

    Parameters
    ----------
    value
        What it says.
    number
        In its digits.
    last
        Power of ten of the last of them.
    """
    if value is None or value.interval:
        return None
    power = value.quantity.step.adjusted() - last
    printed = number.scaleb(power, EXACT), Decimal(1).scaleb(last + power)
    is_same = printed == (abs(value.quantity.number), value.quantity.step)
    return _Form(value, value.quantity.number < 0, power) if is_same else None
