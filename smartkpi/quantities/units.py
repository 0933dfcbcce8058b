"""Units: which there are, which fit together, and exact conversion. The only module that knows pint."""

from __future__ import annotations

from decimal import Decimal, localcontext
from functools import lru_cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any, NamedTuple

from smartkpi.text import HALF_WIDTH
from smartkpi.text import nearest as closest

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LONGEST = 40
_COMMONEST = "%, 元, 億元, 兆元, 人, 人次, 戶, count, Gbps"
# Dimension and scale of what most plans use, so that they do without pint, whose start takes longer than all else.
_AT_HAND = {
    "%": ("share", "1"),
    "元": ("money, TWD", "1"),
    "萬元": ("money, TWD", "1E+4"),
    "百萬元": ("money, TWD", "1E+6"),
    "億元": ("money, TWD", "1E+8"),
    "兆元": ("money, TWD", "1E+12"),
    **dict.fromkeys(("count", "個", "件", "項", "處", "家", "名", "座", "所", "場", "次"), ("count", "1")),
    "人": ("person", "1"),
    "人次": ("person_time", "1"),
    "戶": ("household", "1"),
}
_AMOUNTS = ("count", "person", "person_time", "household")
_CHANGES_ONLY = "[share_difference]"
_DIMENSION_WORDS = {
    "[share]": "share",
    "[new_taiwan_dollar]": "money, TWD",
    "[us_dollar]": "money, USD",
    "[information] / [time]": "data rate",
}
PERCENT_UNITS = ("%", "％", "percent", "pct")
"""A value in one of these is printed with a % right after it, and a change of it in percentage points."""


class UnitError(ValueError):
    """A unit is not known, or cannot be used where it stands.

    `key` names the entry of the catalogue of faults: ``unknown_unit`` or ``unit_of_changes``.
    """

    def __init__(self, key: str, text: str) -> None:
        super().__init__(f"{key}: {text!r}")
        self.key = key
        self.text = text


class Unit(NamedTuple):
    """A unit as written, with what it measures and its size."""

    text: str
    """As written, with widths and spaces normalised."""
    dimension: str
    """What it measures, in a word; units fit together when this is the same."""
    scale: Decimal
    """Size in the root unit of the dimension (percent, TWD, bit/second, ...)."""

    @property
    def is_share(self) -> bool:
        """Whether values lie between 0 and 100 percent by nature."""
        return self.dimension == "share"

    @property
    def is_amount(self) -> bool:
        """Whether values are amounts of money or counts, which are 0 or more unless something was subtracted."""
        return self.dimension in _AMOUNTS or self.dimension.startswith("money")


@lru_cache(maxsize=4096)
def parse(text: str) -> Unit:
    """Look a unit up by name: a prefix and a name, or two of them with a slash between.

    The text is only ever looked up, never evaluated.

    Parameters
    ----------
    text
        Such as ``兆元``, ``％``, ``Gbps`` or ``件/人``.

    Raises
    ------
    UnitError
        If there is no such unit, or it is one for changes only (``pp``).

    Examples
    --------
    >>> parse("百萬元").scale, parse("％").dimension
    (Decimal('1E+6'), 'share')
    """
    text = normalised(text)
    if text in _AT_HAND:
        dimension, size = _AT_HAND[text]
        return Unit(text, dimension, Decimal(size))
    return _looked_up(text)


def _looked_up(text: str) -> Unit:
    registry = _registry()
    names = [text] if _is_name(registry, text) else text.split("/")
    if len(text) > _LONGEST or len(names) > 2 or not all(_is_name(registry, name) for name in names):
        raise UnitError("unknown_unit", text)
    parts = [_root(registry, name) for name in names]
    scale, dimension = parts[0]
    if len(parts) == 2:
        with localcontext() as context:
            context.prec = 50
            scale /= parts[1][0]
        dimension = f"{dimension} per {parts[1][1]}"
    return Unit(text, dimension, scale.normalize())


def known(text: str) -> bool:
    """Whether `text` is a unit that values can have."""
    try:
        parse(text)
    except UnitError:
        return False
    return True


def named(text: str) -> bool:
    """Whether `text` is a unit at all, be it one of changes only, of which `parse` says so."""
    try:
        parse(text)
    except UnitError as error:
        return error.key == "unit_of_changes"
    return True


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
        In the unit `target`.

    Examples
    --------
    >>> convert(Decimal(62000), parse("億元"), parse("兆元"))
    6.2
    """
    with localcontext() as context:
        context.prec = 60
        return float(number * source.scale / target.scale)


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
    ratio = source.scale / target.scale
    with np.errstate(all="ignore"):
        plain = values * float(ratio) if ratio >= 1 else values / float(1 / ratio)
        # 0.586 * 100 is 58.599999999999994 in doubles; what was meant is the value with 15 significant digits.
        converted, exact = _with_15_digits(plain)
        short, short_exact = _with_15_digits(values)
    inexact = ~(exact & short_exact & (short == values)) & np.isfinite(values) & (values != 0)
    texts = map(repr, values[inexact].tolist())
    converted[inexact] = [convert(Decimal(text), source, target) for text in texts]
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


def normalised(text: str) -> str:
    """Return the unit's text with full-width ASCII made half-width and spaces removed."""
    return "".join(text.translate(HALF_WIDTH).split())


def nearest(text: str) -> str:
    """Return a known unit that is spelled much like `text`, else the commonest ones."""
    return closest(text, _names()) or _COMMONEST


@lru_cache(maxsize=1)
def _names() -> tuple[str, ...]:
    return tuple(name for name in dir(_registry()) if _is_name(_registry(), name))


def every() -> list[Unit]:
    """Return each name of a unit that values can have, with what it measures; prefixes such as 億 go before them."""
    return [parse(name) for name in _names() if known(name)]


@lru_cache(maxsize=1)
def _registry() -> Any:
    import pint

    with as_file(files("smartkpi.quantities") / "units.txt") as path:
        return pint.UnitRegistry(str(path), non_int_type=Decimal, cache_folder=None, on_redefinition="raise")


def _is_name(registry: Any, name: str) -> bool:
    # pint's tokenizer is never given the text: parse_unit_name only compares prefixes and names.
    return bool(name) and len(name) <= _LONGEST and bool(registry.parse_unit_name(name))


def _root(registry: Any, name: str) -> tuple[Decimal, str]:
    prefix, unit_name, _ = registry.parse_unit_name(name)[0]
    unit = registry.Unit(registry.UnitsContainer({prefix + unit_name: 1}))
    factor, _ = registry.get_root_units(unit)
    dimension = str(unit.dimensionality)
    if dimension == _CHANGES_ONLY:
        raise UnitError("unit_of_changes", name)
    return Decimal(factor), _DIMENSION_WORDS.get(dimension, dimension.strip("[]"))
