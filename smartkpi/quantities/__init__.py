"""Quantities as reports print them: `約 521.5 萬元`, `2億6,900萬元`, `逾139萬幅`, `6.2 兆元(預估值)`.

What has one meaning is read, all else is refused with what was understood; nothing is guessed. Decided here:

- 近, 將近 and nearly give an upper bound: who writes `近 90%` has not reached 90 %. `約 50 家以上` is a lower bound.
- 成 is a tenth: `8 成` is 80 %, `7成5` is 75 %. `5萬8` is refused: in speech it is 58,000, in print 50,008.
- 預估 and 推估 make an estimate, 初步統計 a provisional figure; 預測, 預計 and 目標 are forecasts and refused.
- `US$5 億元` is in USD, whatever the 元 says; `$` alone is refused. 兆 is 10^12, but not in 兆瓦 (megawatt).
- `3 年` is a length of time, `2022年`, `111年` and `5月` are dates, `近 3 年` is a period.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from smartkpi.quantities.quantity import REASONS, Bound, Quantity, QuantityError
from smartkpi.text import pattern

__all__ = ["PLAIN", "REASONS", "Bound", "Quantity", "QuantityError", "read_quantity"]

PLAIN = pattern(r"(?:0|-?[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?")
"""A number of few digits and no more, which has one meaning whatever is beside it."""

_STEPS = tuple(Decimal(1).scaleb(-places) for places in range(16))
"""One unit of the last digit, by the digits after the point."""


def read_quantity(text: str, known_unit: Callable[[str], bool] | None = None) -> Quantity:
    """Read a printed quantity in Chinese or English.

    Parameters
    ----------
    text
        One quantity, as a cell of a report has it, of at most 200 characters.
    known_unit
        Says of a unit's text whether there is such a unit; without it any text that looks like a unit is one.

    Returns
    -------
    Quantity
        The number in the unprefixed unit, and what the words around it say.

    Raises
    ------
    QuantityError
        If the text is not one quantity with one meaning.

    Examples
    --------
    >>> quantity = read_quantity("約 521.5 萬元")
    >>> str(quantity.number), quantity.unit, quantity.multiplier, quantity.bound
    ('5215000', '元', '萬', 'approx')
    """
    if PLAIN.fullmatch(text):
        return Quantity(Decimal(text), step=_STEPS[len(text.partition(".")[2])])
    # The patterns for all else take longer to make than most files take to read.
    from smartkpi.quantities.parser import read_printed

    return read_printed(text, known_unit)
