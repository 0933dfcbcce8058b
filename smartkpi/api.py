"""Load, assess, project: what the commands and Python users both call."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smartkpi import actuals, assessment, datadir, rules, series, targets
from smartkpi.actuals import ReadingOptions
from smartkpi.errors import DataError, Fault, UsageError
from smartkpi.model import RULES_ALL, STATUS_COLUMNS, ColumnKind, Level, Observation, Plan, RuleName, Table

if TYPE_CHECKING:
    import pandas as pd

PathLike = str | os.PathLike[str]


@dataclass(frozen=True)
class Inputs:
    """Which files to read, and how."""

    data: str | None = None
    targets: str | None = None
    actuals: Sequence[str] = ()
    reading: ReadingOptions = field(default_factory=ReadingOptions)


@dataclass(frozen=True)
class Loaded:
    """A plan with its observations, in the units of their indicators."""

    plan: Plan
    observations: Sequence[Observation]
    remarks: Sequence[Fault]
    files: Sequence[str]
    """Names of all files that were read."""


def load(inputs: Inputs) -> Loaded:
    """Read plan and actuals.

    Raises
    ------
    DataError
        With all faults of all files.
    """
    faults: list[Fault] = []
    plan_path, paths = _files(inputs)
    plan_name = datadir.shown(plan_path)
    plan = _read_plan(plan_path, plan_name, faults)
    if plan is None:
        raise DataError(faults)
    named = [(path, datadir.shown(path) if isinstance(path, Path) else "standard input") for path in paths]
    reading = actuals.read(named, plan, inputs.reading)
    if faults + reading.faults:
        raise DataError(faults + reading.faults)
    return Loaded(plan, reading.observations, reading.remarks, [plan_name, *(name for _, name in named)])


def _files(inputs: Inputs) -> tuple[Path, Sequence[Path | str]]:
    # The data folder is only asked for where something is read from it.
    plan = Path(inputs.targets) if inputs.targets else datadir.plan_file(datadir.folder(inputs.data))
    if inputs.actuals:
        return plan, [each if each == "-" else Path(each) for each in inputs.actuals]
    return plan, datadir.actuals_files(datadir.folder(inputs.data))


def _rule_faults(plan: Plan) -> list[Fault]:
    if plan.rule is None:
        return []
    steps = list(rules.chosen(plan.rule.name, plan.rule).thresholds.values())
    if steps == sorted(steps, reverse=True):
        return []
    found = " ".join(f"{each:g}" for each in steps)
    return [Fault("thresholds_out_of_order", plan.file, table="[rule]", key="on_track", found=found)]


def status_table(
    loaded: Loaded,
    year: int | None = None,
    rule: str | None = None,
    level: str = Level.headline,
    indicators: Sequence[str] = (),
) -> Table:
    """Assess a plan.

    Parameters
    ----------
    loaded
        Plan and observations.
    year
        Things as they stood at the end of this year; None for the latest year in the data.
    rule
        Name of a rule or ``all``; None for the plan's own rule, else ``eurostat``.
    level, indicators
        Which indicators: those named, else those of the level.
    """
    plan = loaded.plan
    chosen = rule_of(plan, rule)
    panel = series.panel(series.columns(loaded.observations, plan), plan)
    assessed = assessment.assess(panel, plan, chosen, year)
    figures = {**described(panel, plan), **assessed.figures}
    kinds: dict[str, ColumnKind] = with_dimensions(STATUS_COLUMNS, plan)
    if rule == RULES_ALL:
        beside = assessment.side_by_side(assessed, [rules.chosen(name, plan.rule) for name in RuleName])
        figures |= beside
        kinds |= {name: "flag" if name == "agreement" else "text" for name in beside}
    kept = selection(panel, plan, level, indicators)
    columns = {name: cells(figures[name], kept) for name in kinds}
    return Table("status", kinds, columns, plan, RULES_ALL if rule == RULES_ALL else chosen.name, assessed.year)


def rule_of(plan: Plan, rule: str | None) -> rules.Rule:
    """Return the rule asked for, else the plan's own, else eurostat.

    Raises
    ------
    UsageError
        If there is no such rule.
    """
    if rule is None:
        name = plan.rule.name if plan.rule else RuleName.eurostat
    elif rule == RULES_ALL:
        name = RuleName.eurostat
    elif rule in tuple(RuleName):
        name = RuleName(rule)
    else:
        raise UsageError(Fault("unknown_rule", found=rule, choices=", ".join((*RuleName, RULES_ALL))))
    return rules.chosen(name, plan.rule)


def selection(panel: series.Panel, plan: Plan, level: str, indicators: Sequence[str]) -> list[int]:
    """Return the series of the indicators named, else of the level.

    Raises
    ------
    UsageError
        If the plan has no such indicator, or there is no such level.
    """
    if level not in tuple(Level):
        raise UsageError(Fault("unknown_level", found=level, choices=", ".join(Level)))
    for name in indicators:
        if name not in plan.indicators:
            near = actuals.nearest_indicator(name, plan)
            raise UsageError(Fault("unknown_indicator_asked", found=name, near=near))
    kept = [
        position
        for position, (name, indicator) in enumerate(plan.indicators.items())
        if (name in indicators if indicators else level in (Level.all, indicator.level))
    ]
    wanted = set(kept)
    return [each for each, position in enumerate(panel.indicator.tolist()) if position in wanted]


def described(panel: series.Panel, plan: Plan) -> dict[str, assessment.Column]:
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
    columns: dict[str, assessment.Column] = {
        name: series.Coded(panel.indicator, values) for name, values in named.items()
    }
    return {**columns, **dict(zip(plan.dimensions, panel.dimensions, strict=True))}


def with_dimensions(kinds: Any, plan: Plan) -> dict[str, ColumnKind]:
    """Return the columns with the plan's dimensions put behind the indicator."""
    names = ["indicator", *plan.dimensions, *(name for name in kinds if name != "indicator")]
    return {name: kinds.get(name, "text") for name in names}


def cells(column: assessment.Column, kept: Sequence[int]) -> list[Any]:
    """Return the cells of the rows kept, None where a figure is missing."""
    if isinstance(column, series.Coded):
        codes = column.codes[kept].tolist()
        return [column.values[code] for code in codes]
    return [None if math.isnan(value) else value for value in column[kept].tolist()]


def status(
    year: int | None = None,
    rule: str | None = None,
    level: str = "headline",
    data: PathLike | None = None,
) -> pd.DataFrame:
    """Return attainment, required growth and on-track status of a plan's indicators.

    Parameters
    ----------
    year
        Things as they stood at the end of this year; None for the latest year in the data.
    rule
        ``eurostat`` (default), ``linear``, ``sdsn``, ``unsd``, ``germany``, ``trajectory`` or ``all``.
    level
        ``headline``, ``sector`` or ``all``.
    data
        Folder with targets.toml and actuals/; None for $SMARTKPI_DATA, else the shipped data.

    Returns
    -------
    DataFrame
        One row per series: text columns as text, years as Int64, figures as float64, flags as boolean.

    Raises
    ------
    DataError
        With all faults of all files.

    Examples
    --------
    >>> import smartkpi
    >>> smartkpi.status(year=2022)[["indicator", "status"]].head(2)
                        indicator    status
    0        digital_economy_size  on_track
    1  digital_service_economy_size  on_track
    """
    loaded = load(Inputs(data=os.fspath(data) if data is not None else None))
    return frame(status_table(loaded, year, rule, level))


def frame(table: Table) -> pd.DataFrame:
    """Return a table as a DataFrame."""
    import pandas as pd

    dtypes = {"text": "str", "year": "Int64", "number": "float64", "flag": "boolean"}
    return pd.DataFrame(
        {name: pd.Series(table.columns[name], dtype=dtypes[kind]) for name, kind in table.kinds.items()}
    )


def read_plan(path: PathLike) -> Plan:
    """Read a plan.

    Parameters
    ----------
    path
        A targets.toml.

    Raises
    ------
    DataError
        With all its faults.
    """
    faults: list[Fault] = []
    plan = _read_plan(Path(path), os.fspath(path), faults)
    if plan is None or faults:
        raise DataError(faults)
    return plan


def _read_plan(path: Path, file: str, faults: list[Fault]) -> Plan | None:
    plan = targets.read(path, file, faults)
    if plan is not None:
        faults += _rule_faults(plan)
    return plan


def read_actuals(paths: PathLike | Sequence[PathLike], plan: Plan) -> pd.DataFrame:
    """Read actuals files into a frame, values converted to the units of their indicators.

    Parameters
    ----------
    paths
        One file or several.
    plan
        Whose indicators the rows are of.

    Returns
    -------
    DataFrame
        Columns indicator, the plan's dimensions, year (int64), value (float64, in `unit`), unit, obs_status, source,
        locator, note; one row per row of the files, missing values included.

    Raises
    ------
    DataError
        With all faults of all files.
    """
    import pandas as pd

    given = [paths] if isinstance(paths, (str, os.PathLike)) else paths
    named = [(Path(each), os.fspath(each)) for each in given]
    reading = actuals.read(named, plan)
    if reading.faults:
        raise DataError(reading.faults)
    rows = [
        {
            "indicator": each.indicator,
            **dict(zip(plan.dimensions, each.dimensions, strict=True)),
            "year": each.year,
            "value": float("nan") if each.value is None else each.value,
            "unit": each.unit,
            "obs_status": each.obs_status,
            "source": each.source,
            "locator": each.locator,
            "note": each.note,
        }
        for each in reading.observations
    ]
    names = ["indicator", *plan.dimensions, "year", "value", "unit", "obs_status", "source", "locator", "note"]
    return pd.DataFrame(rows, columns=names)
