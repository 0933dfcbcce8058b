"""What all tables of series share: which series a row is, and figures worked out block by block."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from smartkpi.analysis.rounding import significant
from smartkpi.analysis.series import Panel
from smartkpi.model import Plan
from smartkpi.model.arrays import Column, ColumnsBuilder, without_repeats
from smartkpi.model.columns import ColumnKind
from smartkpi.tables.processes import each_result

_BLOCK = 1 << 14
"""Series that are worked on at a time."""
_AS_GIVEN = frozenset(
    {
        "base_year",
        "base",
        "year",
        "actual",
        "target_year",
        "target",
        "project_year",
        "milestone",
        "target_low",
        "target_high",
        "held",
        "reached_in",
        "change_reached_in",
    }
)
"""Figures that are not computed, and so not rounded."""


def series_columns(panel: Panel, plan: Plan) -> dict[str, Column]:
    """Return the columns that say which series a row is of."""
    every = list(plan.indicators.values())
    named: dict[str, list[str]] = {
        "indicator": [each.id for each in every],
        "title": [each.name for each in every],
        "pillar": [each.pillar for each in every],
        "level": [str(each.level) for each in every],
        "unit": [each.unit for each in every],
        "direction": [each.direction for each in every],
    }
    # Indicators have units, titles and more in common.
    identified: dict[str, Column] = {name: without_repeats(panel.indicator, values) for name, values in named.items()}
    return {**identified, **dict(zip(plan.dimensions, panel.dimensions, strict=True))}


def with_dimensions(kinds: Mapping[str, ColumnKind], plan: Plan) -> dict[str, ColumnKind]:
    """Return the columns with the plan's dimensions put behind the indicator."""
    names = ["indicator", *plan.dimensions, *(name for name in kinds if name != "indicator")]
    return {name: kinds.get(name, "text") for name in names}


def compute_in_blocks(panel: Panel, compute: Callable[[Panel], Mapping[str, Column]]) -> dict[str, Column]:
    """Return the columns that `compute` gives for each block of a panel, computed figures rounded."""
    blocks = list(panel.blocks(_BLOCK))
    builder = ColumnsBuilder(len(panel))
    first = 0
    for block, columns in zip(
        blocks, each_result(lambda place: rounded(compute(blocks[place])), len(blocks)), strict=True
    ):
        builder.put(slice(first, first + len(block)), columns)
        first += len(block)
    return builder.columns()


def rounded(computed: Mapping[str, Column]) -> dict[str, Column]:
    """Return the columns, computed figures with 15 significant digits and figures as given untouched."""
    return {
        name: significant(column) if isinstance(column, np.ndarray) and name not in _AS_GIVEN else column
        for name, column in computed.items()
    }
