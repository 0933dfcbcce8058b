"""Files -> a plan with its observations."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from smartkpi.analysis import rules, series
from smartkpi.analysis.series import Panel
from smartkpi.analysis.totals import with_totals
from smartkpi.errors import DataError, Fault, Faults, TooManyFaultsError
from smartkpi.model import Observation, Plan
from smartkpi.model.arrays import Ints
from smartkpi.model.observations import Observations, concatenate
from smartkpi.model.reading import ReadingOptions
from smartkpi.readers import actuals, assumptions, data_folder, named_files, printed_targets
from smartkpi.readers import plan as plan_reader
from smartkpi.readers.layouts import Understanding
from smartkpi.readers.named_files import NamedFile

if TYPE_CHECKING:
    import pandas as pd

_FIGURES_LEFT_OUT = frozenset(
    {"figures_left_out", "rates_left_out", "figures_above", "figures_below", "rows_of_targets", "before_total"}
)
"""Remarks on figures that are not read; rows that match no indicator are looked at while reading."""
Progress = Callable[[int, int, str], None]
"""Is called with how many actuals files are read, of how many, and which one comes now; no name after the last."""


def no_progress(done: int, files: int, name: str) -> None:
    """Show nothing."""


class Inputs(NamedTuple):
    """Which files to read, and how."""

    data: str | None = None
    targets: str | None = None
    actuals: Sequence[str] = ()
    reading: ReadingOptions = ReadingOptions()
    strict: bool = False
    """Whether figures that are left out are errors."""
    assume: Sequence[str] = ()
    """What-if observations, as `assumptions.read` takes them."""


class Assumption(NamedTuple):
    """A what-if observation, and the one whose place it takes."""

    observation: Observation
    instead_of: Observation | None


@dataclass(frozen=True)
class Dataset:
    """A plan with its observations, in the units of their indicators."""

    plan: Plan
    observations: Observations
    remarks: Sequence[Fault] = ()
    files: Sequence[str] = ()
    """Names of all files that were read."""
    assumed: Sequence[Assumption] = ()
    tables: Sequence[Understanding] = ()
    """How each table of actuals was understood."""
    order: Ints | slice | None = None
    """Of the observations by series and year, as `grouping.order` gives it, where it is known."""

    @cached_property
    def panel(self) -> Panel:
        """The observations that count, grouped into series."""
        return with_totals(series.panel(self.observations, self.order), self.plan)


def load(inputs: Inputs, progress: Progress = no_progress, tables: list[Understanding] | None = None) -> Dataset:
    """Read plan and actuals, and tell how far that is.

    Parameters
    ----------
    inputs
        Which files.
    progress
        Is told which file comes now.
    tables
        How each table of actuals is understood is added to it, though there are errors.

    Raises
    ------
    DataError
        With all faults of all files.
    """
    faults = Faults()
    plan_path = _plan_path(inputs)
    plan_name = data_folder.shown(plan_path)
    plan = read_plan(plan_path, plan_name, faults)
    if plan is None or (faults and not plan.indicators):
        # Without indicators every row of the actuals would be one more fault.
        raise DataError(faults)
    named = _files(inputs, plan)
    large = actuals.are_large([each.path for each in named])
    try:
        reading = actuals.read(_with_progress(named, progress), plan, inputs.reading, large, inputs.strict, tables)
    except TooManyFaultsError as many:
        raise TooManyFaultsError([*faults, *many.faults[:-1]]) from None
    problems, found = [*faults, *reading.faults], list(reading.remarks)
    if not problems:
        found += printed_targets.remarks(reading.observations)
    if inputs.strict:
        problems += (remark for remark in found if remark.key in _FIGURES_LEFT_OUT)
    if problems:
        raise DataError(problems)
    files = [plan_name, *(each.shown for each in named)]
    remarks = [*_rule_remarks(plan), *found]
    assumed = assumptions.read(inputs.assume, plan)
    if not assumed:
        return Dataset(plan, reading.observations, remarks, files, tables=reading.tables, order=reading.order)
    observations, replaced = assumptions.replace(reading.observations, assumed)
    each = list(map(Assumption, assumed, replaced))
    return Dataset(plan, observations, remarks, files, each, reading.tables)


def load_for_template(inputs: Inputs, year: int | None) -> Dataset:
    """Return the plan, with the observations where they are needed and belong to it.

    The actuals of the data folder belong to the folder's own plan, and need not exist yet.
    """
    plan = load_plan(inputs)
    if year is not None and not plan.plan.dimensions:
        return plan
    if inputs.actuals or (inputs.targets is None and data_folder.has_actuals(data_folder.folder(inputs.data))):
        return load(inputs)
    return plan


def load_for_validation(
    inputs: Inputs, progress: Progress = no_progress, tables: list[Understanding] | None = None
) -> Dataset:
    """Return plan and observations, or the plan alone with a remark where there are no actuals of it yet.

    The actuals of the shipped data belong to the shipped plan, and not to one that is named.
    """
    if inputs.actuals or _has_actuals(inputs):
        return load(inputs, progress, tables)
    plan = load_plan(inputs)
    return replace(plan, remarks=[*_rule_remarks(plan.plan), Fault("no_actuals_yet", plan.plan.file)])


def _has_actuals(inputs: Inputs) -> bool:
    data = data_folder.folder(inputs.data)
    return not (inputs.targets and data == data_folder.shipped()) and data_folder.has_actuals(data)


def load_frame(frame: pd.DataFrame, inputs: Inputs, units_from_plan: bool = False) -> Dataset:
    """Read the plan, and the observations of a frame.

    Raises
    ------
    DataError
        With all errors of either.
    """
    from smartkpi.readers import frame as frame_reader

    empty = load_plan(inputs)
    plan = empty.plan
    reading = frame_reader.read(frame, plan, units_from_plan)
    remarks, assumed = _rule_remarks(plan), assumptions.read(inputs.assume, plan)
    if not assumed:
        return Dataset(plan, reading.observations, remarks, empty.files, order=reading.order)
    observations, replaced = assumptions.replace(reading.observations, assumed)
    return Dataset(plan, observations, remarks, empty.files, list(map(Assumption, assumed, replaced)))


def _with_progress(named: Sequence[NamedFile], progress: Progress) -> Iterator[NamedFile]:
    """Hand out the files one by one, and tell so."""
    for done, each in enumerate(named):
        # Who types the actuals wants no bar to appear among them.
        if isinstance(each.path, Path) or not sys.stdin or not sys.stdin.isatty():
            progress(done, len(named), each.shown)
        yield each
    progress(len(named), len(named), "")


def load_plan(inputs: Inputs) -> Dataset:
    """Read the plan alone.

    Raises
    ------
    DataError
        With all its faults.
    """
    faults = Faults()
    path = _plan_path(inputs)
    name = data_folder.shown(path)
    plan = read_plan(path, name, faults)
    if plan is None or faults:
        raise DataError(faults)
    return Dataset(plan, concatenate([], plan), (), [name])


def plan_with_errors(inputs: Inputs) -> Plan:
    """Return what can be read of a plan, whatever is wrong with it; one without anything if there is no such file."""
    path = _plan_path(inputs)
    return plan_reader.read(path, data_folder.shown(path), []) or Plan("", {}, {}, {}, {})


def _plan_path(inputs: Inputs) -> Path:
    # The data folder is only asked for where something is read from it.
    return Path(inputs.targets) if inputs.targets else data_folder.plan_file(data_folder.folder(inputs.data))


def _files(inputs: Inputs, plan: Plan) -> Sequence[NamedFile]:
    if inputs.actuals:
        return [file for each in inputs.actuals for file in named_files.files_of(each, plan)]
    return [named_files.named(path) for path in data_folder.actuals_files(data_folder.folder(inputs.data))]


def read_plan(path: Path, file: str, faults: list[Fault]) -> Plan | None:
    """Read a plan and check its own rule, if it has one; None if the file is no TOML."""
    plan = plan_reader.read(path, file, faults)
    if plan is not None:
        faults += _rule_faults(plan)
    return plan


def _rule_remarks(plan: Plan) -> list[Fault]:
    return rules.remarks(plan.rule.written, plan.file, plan.rule.line) if plan.rule else []


def _rule_faults(plan: Plan) -> list[Fault]:
    if plan.rule is None:
        return []
    steps = list(rules.rule_for(plan.rule.name, plan.rule).thresholds.values())
    if steps == sorted(steps, reverse=True):
        return []
    found = " ".join(f"{each:g}" for each in steps)
    return [Fault("thresholds_out_of_order", plan.file, plan.rule.line, table="[rule]", key="on_track", found=found)]
