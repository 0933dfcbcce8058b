"""Round steps for the ticks of any axis."""

from __future__ import annotations

import math
import sys
from decimal import Decimal

_ROUND = (1.0, 2.0, 2.5, 5.0, 10.0)


def round_step(least: float) -> float:
    """Return the smallest round number that is no less.

    Examples
    --------
    >>> round_step(0.3), round_step(20), round_step(21), round_step(0.0)
    (0.5, 20.0, 25.0, 2.5e-308)
    """
    least = max(least, sys.float_info.min)  # smaller ones have too few digits to be divided
    magnitude = 10.0 ** math.floor(math.log10(least))
    return next(size * magnitude for size in _ROUND if size * magnitude >= least * (1 - 1e-9))


def decimals_of(written: str) -> int:
    """Return how many decimals a number has as it is written.

    Examples
    --------
    >>> decimals_of("2.50"), decimals_of("1e-05"), decimals_of("1e+20")
    (1, 5, 0)
    """
    exponent = Decimal(written).normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0
