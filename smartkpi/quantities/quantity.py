"""A quantity as printed, and the error for what is none."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, Literal, NamedTuple

Bound = Literal["", "lower", "upper", "approx"]

REASONS: Final = {
    "empty": "nothing stands there",
    "too_long": "too long for a quantity",
    "not_a_number": "no number that can be read",
    "not_finite": "not a finite number",
    "ambiguous_separator": "commas or points that do not part groups of three digits",
    "ambiguous_numeral": "a numeral that can be read in two ways",
    "code": "digits that begin with 0, as codes and telephone numbers do",
    "range": "a range",
    "several_numbers": "several numbers",
    "rank": "a rank",
    "date": "a date or period",
    "forecast": "a forecast or target, not an observation",
    "contradictory": "words that contradict each other",
    "unknown_unit": "a unit that is not known",
    "unknown_text": "words that are not known",
}
"""The keys that a QuantityError can have."""

_SHOWN = 40


class Quantity(NamedTuple):
    """What a printed quantity says."""

    number: Decimal
    """Exact, in `unit`: 6200000000000 for ``6.2 兆元``."""
    unit: str = ""
    """As printed, without the Chinese multiplier; empty if there is none."""
    multiplier: str = ""
    """The last multiplier beside digits, already part of `number`: 兆, 百萬; empty if there is none."""
    compound: bool = False
    """Printed in parts, as ``2億6,900萬``: the number is in `unit` then, and no multiple of `multiplier`."""
    bound: Bound = ""
    """Whether the true value lies above `number` (lower), below it (upper) or near it."""
    estimated: bool = False
    """Printed as an estimate."""
    provisional: bool = False
    """Printed as a provisional figure."""
    step: Decimal = Decimal(0)
    """One unit of the last printed digit, in `unit`: 100000000000 for ``6.2 兆元``."""


class QuantityError(ValueError):
    """A text is not a quantity, or has more than one meaning.

    Parameters
    ----------
    key
        One of `REASONS`.
    understood
        The part of the text that decided it, in no particular language: ``88 ~ 90`` for a range, ``dB`` for a unit.
    """

    def __init__(self, key: str, understood: str) -> None:
        self.key = key
        self.understood = understood if len(understood) <= _SHOWN else understood[: _SHOWN - 1] + "…"
        super().__init__(f"{REASONS[key]}: {self.understood}")
