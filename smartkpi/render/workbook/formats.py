"""How the numbers of a workbook are shown; what the cells hold is exact."""

from __future__ import annotations

from smartkpi.model import Table
from smartkpi.render.celltext import significant

_SHARES = ("pace", "probability")


class Exact(float):
    """A number that formats as the shortest text that reads back to it; the 16 digits of xlsxwriter may not.

    Since 3.2.2 xlsxwriter asks a number to format itself.
    """

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        return repr(float(self))


def number_format(name: str, value: float, table: Table, row: int) -> str:
    """Return the code of the format of a number: the decimals that people see, thousands with separators.

    Never a percent format, which would show 58.6 as 5860%, and never General, in which 0.37 may be what Excel made of
    37%.

    Examples
    --------
    >>> plain = Table("t", {}, {}, None)
    >>> number_format("pace", 1.4251, plain, 0), number_format("attainment_pct", 95.38, plain, 0)
    ('#,##0.00', '#,##0.0')
    """
    places = _decimals(name, value, table, row)
    return "#,##0" + ("." + "0" * places if places else "")


def _decimals(name: str, value: float, table: Table, row: int) -> int:
    if name in _SHARES:
        return 2
    if name.endswith("_pct"):
        return 1
    own = None
    if not name.endswith("_change") and "indicator" in table.columns and name != "decimals":
        own = table.plan.indicators[table.columns["indicator"][row]].decimals
    return len(significant(value).partition(".")[2]) if own is None else own
