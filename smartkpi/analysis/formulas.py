"""The formula of each figure as text, and with numbers put in.

b base, c actual, T target, in the years t0, t and tT; d +1 where more is better and -1 where less is; p the path's
value in the year t; m the mean of the last annual changes. `^` is a power.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from smartkpi.model.codes import RuleName

_COMPOUND = "((c / b)^(1 / (t - t0)) - 1)"
_COMPOUND_NEEDED = "((T / b)^(1 / (tT - t0)) - 1)"

FIGURES: Mapping[str, str] = {
    "gap": "T - c",
    "attainment_pct": "100 * c / T",
    "progress_pct": "100 * (c - b) / (T - b)",
    "observed_growth_pct": f"100 * {_COMPOUND}",
    "observed_change": "(c - b) / (t - t0)",
    "required_growth_pct": "100 * ((T / c)^(1 / (tT - t)) - 1)",
    "required_change": "(T - c) / (tT - t)",
}
ATTAINMENT_WHERE_LESS_IS_BETTER = "100 * T / c"

LINEAR_PACE = "d * ((c - b) / (t - t0)) / abs((T - b) / (tT - t0))"
PACES: Mapping[RuleName, str] = {
    RuleName.eurostat: f"d * sign(b) * {_COMPOUND} / abs{_COMPOUND_NEEDED}",
    RuleName.linear: LINEAR_PACE,
    RuleName.sdsn: LINEAR_PACE,
    RuleName.unsd: "d * (c * (c / b)^((tT - t) / (t - t0)) - b) / abs(T - b)",
    RuleName.germany: "m / ((T - c) / (tT - t))",
    RuleName.trajectory: "d * (c - b) / abs(p - b)",
}

_SYMBOLS = re.compile(r"\b(?:t0|tT|t|b|c|T|d|p|m)\b")


def with_numbers(formula: str, numbers: Mapping[str, str]) -> str:
    """Return the formula with a number in the place of each symbol, negative ones in brackets.

    Examples
    --------
    >>> with_numbers("100 * (c - b) / (T - b)", {"b": "-5", "c": "2", "T": "10"})
    '100 * (2 - (-5)) / (10 - (-5))'
    """

    def number(symbol: re.Match[str]) -> str:
        text = numbers[symbol[0]]
        return f"({text})" if text.startswith("-") else text

    return _SYMBOLS.sub(number, formula)
