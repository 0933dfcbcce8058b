"""Columns of what is read and written, each declared once; other programs rely on them, so they only grow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from smartkpi.model.codes import RuleName, Status

# Columns of the actuals with a meaning of their own; any other is a series dimension or not read.
REQUIRED_COLUMNS = ("indicator", "year", "value", "unit")
OPTIONAL_COLUMNS = ("obs_status", "source", "locator", "note", "bound")
RESERVED_COLUMNS = REQUIRED_COLUMNS + OPTIONAL_COLUMNS

OBSERVATIONS = "observations"
"""What the sheet of a workbook and the resource of a data package are called that have them."""

ColumnKind = Literal["text", "year", "number", "flag"]

DESCRIBED = ("indicator", "title", "pillar", "level", "unit", "direction")
"""Columns that say which indicator a row is of."""

STATUS_COLUMNS: Mapping[str, ColumnKind] = {
    "indicator": "text",
    "title": "text",
    "pillar": "text",
    "level": "text",
    "unit": "text",
    "direction": "text",
    "base_year": "year",
    "base": "number",
    "year": "year",
    "actual": "number",
    "obs_status": "text",
    "target_year": "year",
    "target": "number",
    "gap": "number",
    "attainment_pct": "number",
    "progress_pct": "number",
    "observed_growth_pct": "number",
    "observed_change": "number",
    "required_growth_pct": "number",
    "required_change": "number",
    "pace": "number",
    "on_track": "flag",
    "status": "text",
    "evidence": "text",
    "reason": "text",
}

SIDE_BY_SIDE_COLUMNS: Mapping[str, ColumnKind] = {
    **{rule.column: "text" for rule in RuleName},
    "agreement": "flag",
}
"""Behind those of status where every rule judges."""

HISTORY_COLUMNS: Mapping[str, ColumnKind] = {"as_of": "year", "status_change": "text"}
"""Behind all others where the years of a range are assessed."""

OBSERVATION_COLUMNS: Mapping[str, ColumnKind] = {
    "indicator": "text",
    "year": "year",
    "value": "number",
    "unit": "text",
    "obs_status": "text",
    "source": "text",
    "locator": "text",
    "note": "text",
    "bound": "text",
}

PROJECT_COLUMNS: Mapping[str, ColumnKind] = {
    "indicator": "text",
    "title": "text",
    "pillar": "text",
    "level": "text",
    "unit": "text",
    "direction": "text",
    "year": "year",
    "actual": "number",
    "project_year": "year",
    "held": "number",
    "at_observed_change": "number",
    "at_observed_growth": "number",
    "projected": "number",
    "low": "number",
    "high": "number",
    "method": "text",
    "target_year": "year",
    "target": "number",
    "meets_target": "flag",
    "probability": "number",
    "reached_in": "year",
    "reason": "text",
}

INDICATOR_COLUMNS: Mapping[str, ColumnKind] = {
    "indicator": "text",
    "title_en": "text",
    "title_zh_tw": "text",
    "pillar": "text",
    "pillar_title": "text",
    "level": "text",
    "unit": "text",
    "direction": "text",
    "base_year": "year",
    "target_year": "year",
    "target": "number",
    "lower_bound": "number",
    "upper_bound": "number",
    "decimals": "number",
    "source": "text",
    "locator": "text",
    "definition": "text",
    "note": "text",
}

TARGET_COLUMNS: Mapping[str, ColumnKind] = {
    "indicator": "text",
    "target_year": "year",
    "target": "number",
    "unit": "text",
    "target_kind": "text",
}

SUMMARY_COLUMNS: Mapping[str, ColumnKind] = {
    "indicator": "text",
    "title": "text",
    "pillar": "text",
    "level": "text",
    "unit": "text",
    "direction": "text",
    "series": "number",
    **dict.fromkeys(Status, "number"),
    "median_pace": "number",
    "worst": "text",
}

TREND_COLUMNS: Mapping[str, ColumnKind] = {
    "indicator": "text",
    "title": "text",
    "unit": "text",
    "year": "year",
    "observed": "number",
    "obs_status": "text",
    "path": "number",
    "required": "number",
    "target": "number",
}

OUTPUT_COLUMNS = frozenset().union(
    STATUS_COLUMNS,
    SIDE_BY_SIDE_COLUMNS,
    HISTORY_COLUMNS,
    PROJECT_COLUMNS,
    SUMMARY_COLUMNS,
    TREND_COLUMNS,
    TARGET_COLUMNS,
)
"""Names that a dimension cannot have: it stands among these."""


def schema_id(name: str) -> str:
    """Return the name and version of a format, as its documents carry it.

    Examples
    --------
    >>> schema_id("status")
    'smartkpi/status/1'
    """
    return f"smartkpi/{name}/1"
