"""How the numbers of a workbook are shown; what the cells hold is exact."""

from __future__ import annotations

from typing import NamedTuple

from smartkpi.render.celltext import significant

_RATIOS = ("pace", "probability")
_LONG = 1e15
"""Beyond it Excel shows zeros for digits."""


class Exact(float):
    """A number that formats as the shortest text that reads back to it; the 16 digits of xlsxwriter may not.

    Since 3.2.2 xlsxwriter asks a number to format itself.
    """

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        return repr(float(self))


class Shown(NamedTuple):
    """How a number is shown."""

    code: str
    """Of the number format."""
    width: int
    """Characters; Excel fills a column that is too narrow with #."""


def shown(name: str, value: float, decimals: int | None = None) -> Shown:
    """Return how to show a number: with the decimals that people see, and thousands apart.

    Never in a percent format, which would show 58.6 as 5860%, and never in General, in which 0.37 may be what Excel
    made of 37%.

    Parameters
    ----------
    name
        Of the column.
    value
        The number.
    decimals
        Of the row's indicator; None for as many as the number has.

    Examples
    --------
    >>> shown("pace", 1.4251), shown("attainment_pct", 1095.38)
    (Shown(code='#,##0.00', width=4), Shown(code='#,##0.0', width=7))
    """
    if abs(value) >= _LONG:
        return Shown("0.00E+00", 9)
    places = _decimals(name, value, decimals)
    return Shown("#,##0" + ("." + "0" * places if places else ""), len(f"{value:,.{places}f}"))


def _decimals(name: str, value: float, decimals: int | None) -> int:
    if name in _RATIOS:
        return 2
    if name.endswith("_pct"):
        return 1
    if decimals is None or name.endswith("_change") or name == "decimals":
        return len(significant(value).partition(".")[2])
    return decimals
