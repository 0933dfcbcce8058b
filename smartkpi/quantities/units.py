"""Units: which are known, which fit together, and exact conversion."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from decimal import Context, Decimal, localcontext
from functools import lru_cache
from typing import TYPE_CHECKING

from smartkpi.model import OwnUnit
from smartkpi.quantities.unit_reader import EXACT, LONGEST, Unit, UnitError, UnitReader, as_looked_up, names, normalised
from smartkpi.text import nearest as closest

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = [
    "Unit",
    "UnitError",
    "Units",
    "convert",
    "convert_array",
    "known",
    "named",
    "nearest",
    "normalised",
    "parse",
    "units_of",
]

PERCENT_UNITS = ("%", "％", "percent", "pct")
"""A value in one of these is printed with a % right after it."""
_MOST_TEXTS = 10_000
_TWO_MEANINGS = {
    **dict.fromkeys(("$", "dollar", "dollars"), "USD, TWD, AUD, CAD"),
    **dict.fromkeys(("pound", "pounds"), "GBP, lb"),
    **dict.fromkeys(("ton", "tons"), "t, metric tons"),
    "¥": "JPY, CNY",
    "圓": "日圓, 元",
    "rate": "%, per 1,000, per 100,000",
}
"""What could be one of several units, and those."""
_ALIKE = 0.75
"""How near a unit must be to be suggested: `Prozent` is no slip for `project`."""
_SHORT = Context(prec=15)
_SPACING = Decimal(2) ** -52


class Units:
    """All units that are known where a plan is used: those of the table, and before them its own.

    Parameters
    ----------
    own
        What the plan declares.
    """

    def __init__(self, own: Sequence[OwnUnit] = ()) -> None:
        self.own = {as_looked_up(each.name).lower(): each for each in own}
        self._reader = UnitReader(self.own)
        self._read_before: dict[str, Unit | UnitError] = {}

    def parse(self, text: str) -> Unit:
        """Look a unit up.

        Parameters
        ----------
        text
            Such as ``兆元``, ``％``, ``EUR million``, ``kt CO2e``, ``per 100,000``, ``2015=100`` or ``件/萬人``.

        Raises
        ------
        UnitError
            If there is no such unit, or it is one for changes only (``pp``).
        """
        unit = self._read_before.get(text)
        if unit is None:
            if len(self._read_before) >= _MOST_TEXTS:
                self._read_before.clear()
            unit = self._read_before[text] = self._read(normalised(text))
        if isinstance(unit, UnitError):
            raise UnitError(unit.key, unit.text)
        return unit

    def known(self, text: str) -> bool:
        """Whether `text` is a unit that values can have."""
        try:
            self.parse(text)
        except UnitError:
            return False
        return True

    def named(self, text: str) -> bool:
        """Whether `text` is a unit at all, be it one of changes only, of which `parse` says so."""
        try:
            self.parse(text)
        except UnitError as error:
            return error.key == "unit_of_changes"
        return True

    def nearest(self, text: str, like: str = "") -> str:
        """Return a known unit that is spelled much like `text`, else some that measure what the unit `like` does."""
        key = as_looked_up(text)
        several = _TWO_MEANINGS.get(key.lower()) or _TWO_MEANINGS.get(key.lower().rpartition(" ")[2])
        if several:
            return several
        own, table = [each.name for each in self.own.values()], names()
        near = closest(key, [*own, *table.symbols, *table.words], cutoff=_ALIKE)
        dimension = self.parse(like).dimension if self.known(like) else None
        if near and (dimension is None or (self.known(near) and self.parse(near).dimension == dimension)):
            return near
        if dimension is not None:
            same = [each.symbol for each in table.symbols.values() if each.dimension == dimension]
            return ", ".join([*dict.fromkeys([like, *same])][:5])
        return ", ".join([*own[:3], "%", "count", "person", "USD", "t", "km", "h"])

    def suggestions(self, text: str, like: str = "") -> dict[str, str]:
        """Return what helps with an unknown unit, as details of a message: known ones, and its key in a plan file."""
        name = text if re.fullmatch(r"[A-Za-z0-9_-]+", text) else json.dumps(text, ensure_ascii=False)
        return {"near": self.nearest(text, like), "name": name}

    def _read(self, text: str) -> Unit | UnitError:
        if not 0 < len(text) <= LONGEST:
            return UnitError("unknown_unit", text)
        plain = as_looked_up(text)
        try:
            unit = self._reader.read(plain) or self._reader.read(_in_english(plain))
        except UnitError as error:
            return UnitError(error.key, text)
        if unit is None:
            return UnitError("unknown_unit", text)
        return unit._replace(text=text, scale=unit.scale.normalize(EXACT))


def _in_english(text: str) -> str:
    # The words of other languages take longer to put together than most files take to read.
    from smartkpi.quantities.unit_translation import in_english

    return in_english(text)


@lru_cache(maxsize=64)
def units_of(own: tuple[OwnUnit, ...]) -> Units:
    """Return the units that are known where a plan with these own ones is used."""
    return Units(own) if own else _BUILT_IN


_BUILT_IN = Units()
parse, known, named, nearest = _BUILT_IN.parse, _BUILT_IN.known, _BUILT_IN.named, _BUILT_IN.nearest


def convert(number: Decimal, source: Unit, target: Unit) -> float:
    """Convert one number exactly and round once, at the end.

    Parameters
    ----------
    number
        In the unit `source`.
    source, target
        Units of one dimension.

    Returns
    -------
    float
        In the unit `target`. Converted back, it is the double that `number` was, if that has up to 15 digits.

    Examples
    --------
    >>> convert(Decimal(62000), parse("億元"), parse("兆元"))
    6.2
    """
    if source.scale == target.scale:
        return float(number)
    ratio = _ratio(source, target)
    with localcontext(EXACT):
        exact = number * ratio
        if not _is_power_of_ten(ratio):
            # 100 minutes are 1.66... hours, which no double is: on the way back it is the 100 that was meant.
            short = _SHORT.plus(exact)
            if abs(exact - short) <= abs(exact) * _SPACING:
                exact = short
    return float(exact)


def _ratio(source: Unit, target: Unit) -> Decimal:
    # Quotients such as 1/86400 have no end: what they have in common goes by rounding.
    return Context(prec=45).divide(source.scale, target.scale).normalize(EXACT)


def _is_power_of_ten(ratio: Decimal) -> bool:
    return ratio.as_tuple().digits == (1,)


def convert_array(values: NDArray[np.float64], source: Unit, target: Unit) -> NDArray[np.float64]:
    """Convert a column of doubles as if each were the shortest decimal that reads back to it.

    Parameters
    ----------
    values
        Any shape, in the unit `source`.
    source, target
        Units of one dimension.

    Returns
    -------
    array
        Same shape, in the unit `target`: what `convert` gives for the shortest decimal that reads back to each value.
    """
    import numpy as np

    if source.scale == target.scale:
        return values
    ratio = _ratio(source, target)
    with np.errstate(all="ignore"):
        plain = values * float(ratio) if ratio >= 1 else values / float(1 / ratio)
        # 0.586 * 100 is 58.599999999999994 in doubles; what was meant is the value with 15 significant digits.
        converted, exact = _with_15_digits(plain)
        short, short_exact = _with_15_digits(values)
    inexact = ~(exact & short_exact & (short == values)) if _is_power_of_ten(ratio) else np.ones(values.shape, np.bool_)
    inexact &= np.isfinite(values) & (values != 0)
    distinct, places = np.unique(values[inexact], return_inverse=True)
    converted[inexact] = np.array([convert(Decimal(repr(each)), source, target) for each in distinct.tolist()])[places]
    return np.where(np.isfinite(values), converted, plain)


def _with_15_digits(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return values rounded to 15 significant digits, and where that is exact: the powers of ten are doubles."""
    import numpy as np

    places = 14 - np.floor(np.log10(np.abs(values)))
    unit = 10.0 ** np.clip(places, 0, 22)
    return np.rint(values * unit) / unit, (places >= 0) & (places <= 22)


def share_bounds(unit: Unit) -> tuple[float, float] | None:
    """Return the natural bounds of a share in its unit, None for other units."""
    if not unit.is_share:
        return None
    return 0.0, convert(Decimal(100), parse("%"), unit)
