"""Which next observation would put a series on track: found by asking the engine, not by a second set of formulas."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

import numpy as np

from smartkpi.analysis import assessment
from smartkpi.analysis.assessment import Assessment
from smartkpi.analysis.rules import Rule
from smartkpi.analysis.series import Panel
from smartkpi.model import Plan
from smartkpi.model.arrays import Categorical, Flags, Floats, Ints
from smartkpi.model.codes import ON_TRACK, STATUS_CODES, Status

_CANDIDATES, _ROUNDS = 1001, 5
"""Each round narrows the range a thousandfold, five of them to the last digit of a double."""
_DIGITS = 8
"""Of the value found; the engine's tolerance of 1e-9 blurs what follows."""


@np.errstate(all="ignore")
def least_on_track(assessed: Assessment, plan: Plan, each: int, rule: Rule, year: int) -> float | None:
    """Return the value, nearest to no effort, that makes a rule say on track if it were observed in a later year.

    Parameters
    ----------
    assessed
        As things stand.
    plan
        With the series' target.
    each
        Position of the series in the panel.
    rule
        The rule asked.
    year
        After that of the latest observation, and not after that of the target, in which only the target itself will do.

    Returns
    -------
    float or None
        In the indicator's unit, rounded towards the target; None where the rule judges no value of that year.
    """
    at = assessed.trajectory
    target, sign = float(at.target[each]), float(at.sign[each])
    known = assessed.panel.value[assessed.trend.unbroken[each] : assessed.trend.latest[each] + 1]
    worst, best = target - sign * 2 * float(np.max(np.abs(known - target))), target
    if not np.isfinite(best - worst):
        return None
    for _ in range(_ROUNDS):
        values = np.linspace(worst, best, _CANDIDATES)
        good, decided = _flags(assessed, plan, each, rule, year, values)
        first = int(np.argmax(good))
        # Where the rule judges nothing but that the target is met, it asks for nothing in particular.
        if first == 0 or not (decided[first - 1] and good[first]):
            return None
        worst, best = float(values[first - 1]), float(values[first])
    return rounded_towards(best, sign, _DIGITS)


def rounded_towards(value: float, sign: float, digits: int) -> float:
    """Return a value rounded to significant digits, up where `sign` is +1 and down where it is -1.

    Examples
    --------
    >>> rounded_towards(67.1541, 1.0, 4), rounded_towards(67.1599, -1.0, 4), rounded_towards(123456.7, 1.0, 4)
    (67.16, 67.15, 123457.0)
    >>> rounded_towards(1.25e30, 1.0, 2)
    1.25e+30
    """
    exact = Decimal(repr(value))
    places = max(digits - exact.adjusted() - 1, 0)
    if int(exact.as_tuple().exponent) >= -places:
        return value
    rounding = ROUND_CEILING if sign > 0 else ROUND_FLOOR
    return float(exact.quantize(Decimal(1).scaleb(-places), rounding=rounding))


def _flags(assessed: Assessment, plan: Plan, each: int, rule: Rule, year: int, values: Floats) -> tuple[Flags, Flags]:
    """Whether each value would be on track, and whether the rule would judge it at all."""
    panel = _with_each(assessed, each, year, values)
    status = assessment.statuses(panel, plan, rule, year)
    on_track = np.array([bool(ON_TRACK[each]) for each in Status])
    decided = np.array([each is not Status.undetermined for each in Status])
    return on_track[status], decided[status]


def _with_each(assessed: Assessment, each: int, year: int, values: Floats) -> Panel:
    """Return a panel with a copy of the series' unbroken run for each value, which is its next observation."""
    panel, trend = assessed.panel, assessed.trend
    run = slice(int(trend.unbroken[each]), int(trend.latest[each]) + 1)
    length = run.stop - run.start + 1
    copies = len(values)

    def repeated(known: Ints | Flags, new: int) -> Ints:
        return np.tile(np.append(known[run], new), copies)

    start = np.arange(copies) * length
    return Panel(
        indicator=np.repeat(panel.indicator[each], copies),
        dimensions=tuple(Categorical(np.repeat(axis.codes[each], copies), axis.values) for axis in panel.dimensions),
        start=start,
        stop=start + length,
        year=repeated(panel.year, year),
        value=np.column_stack([np.tile(panel.value[run], (copies, 1)), values]).ravel(),
        obs_status=repeated(panel.obs_status, STATUS_CODES.index("A")),
        bound=repeated(panel.bound, 0),
        precision=np.zeros(length * copies),
        firm=repeated(panel.firm, 1).astype(np.bool_),
        assumed=repeated(panel.assumed, 0).astype(np.bool_),
        row=repeated(panel.row, -1),
        gap=repeated(panel.gap, int(panel.gap[run.stop - 1])),
    )
