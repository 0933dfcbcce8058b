"""Files -> a plan with its observations."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from smartkpi.analysis import assessment, rules, series
from smartkpi.analysis.series import Panel
from smartkpi.analysis.totals import with_totals
from smartkpi.errors import DataError, Fault, Faults, TooManyFaultsError
from smartkpi.model import Observation, Plan
from smartkpi.model.arrays import Ints
from smartkpi.model.observations import TEXTS, Observations, concatenate
from smartkpi.model.reading import ReadingOptions
from smartkpi.readers import actuals, assumptions, data_folder, jumps, named_files, printed_bases
from smartkpi.readers import plan as plan_reader
from smartkpi.readers.actuals import Reading
from smartkpi.readers.layouts import Understanding
from smartkpi.readers.named_files import NamedFile
from smartkpi.readers.second_values import Repeats

if TYPE_CHECKING:
    import pandas as pd

    from smartkpi.readers.parts import Parts

_FIGURES_LEFT_OUT = frozenset(
    {"figures_left_out", "rates_left_out", "figures_above", "figures_below", "rows_of_targets", "before_total"}
)
"""Remarks on figures that are not read; rows that match no indicator are looked at while reading."""
Progress = Callable[[int, int, str], None]
"""Is called with how many actuals files are read, of how many, and which one comes now; no name after the last.

Where files are read in parts, the first two count steps.
"""


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
    memory_limit: int | None = None
    """Bytes that the observations may take, as far as files tell before they are read; None for no limit."""


class Assumption(NamedTuple):
    """A what-if observation, and the one whose place it takes."""

    observation: Observation
    instead_of: Observation | None


class Whole(NamedTuple):
    """What a part of a dataset must know of all the others."""

    latest_year: int | None
    """With an observation, of any series."""
    shown: Ints
    """Positions of the indicators that have a series in the part even without observations."""


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
    whole: Whole | None = None
    """Of which this is a part; None where it is all."""

    @cached_property
    def panel(self) -> Panel:
        """The observations that count, grouped into series."""
        shown = None if self.whole is None else self.whole.shown
        return with_totals(series.panel(self.observations, self.order, shown), self.plan)

    @property
    def latest_year(self) -> int | None:
        """Latest year with an observation, None without any."""
        return assessment.latest_year(self.panel) if self.whole is None else self.whole.latest_year


class PartNotes(NamedTuple):
    """What there is to be said of a part, and what it has."""

    duplicates: Sequence[Fault]
    repeats: Repeats
    remarks: Sequence[Fault] = ()
    printed: Sequence[Fault] = ()
    """Of values that the plan has otherwise."""
    present: Sequence[int] = ()
    """Positions of indicators with an observation."""
    latest: int = 0
    """Year with an observation; 0 without any."""


class PartedDataset:
    """A plan with more observations than fit into memory.

    Its parts are datasets in the order of series. What there is to be said of the files is known after the last.

    Parameters
    ----------
    plan
        Of the observations.
    files
        Names of all files that were read.
    parts
        Of the observations.
    reading
        Faults and remarks of reading them.
    strict
        Whether figures that are left out are errors.
    """

    assumed: Sequence[Assumption] = ()

    def __init__(self, plan: Plan, files: Sequence[str], parts: Parts, reading: Reading, strict: bool = False) -> None:
        self.plan, self.files = plan, files
        self.remarks: Sequence[Fault] = ()
        self.years_to_come: Sequence[Fault] = ()
        """Remark on observations of years that have not begun; whoever goes through the parts knows the year."""
        self.tables = reading.tables
        self.is_consistent = False
        """Whether the parts were made with the right year and indicators; if not, they are the next time."""
        self._parts, self._reading, self._strict = parts, reading, strict
        self._latest, self._present = parts.latest_year, parts.present
        self._notes: list[PartNotes] = []

    def __len__(self) -> int:
        return len(self._parts)

    def part(self, number: int) -> tuple[PartNotes, Dataset | None]:
        """Return what there is to be said of a part, and the part; none once there are errors."""
        part, repeats = actuals.settle_part(self._parts.part(number))
        if part.faults or self._reading.faults or any(each.duplicates for each in self._notes):
            return PartNotes(part.faults, repeats), None
        shown = self._parts.indicators_in(number)
        whole = Whole(self._latest, shown[~self._present[shown]])
        dataset = Dataset(self.plan, part.observations, order=part.order, whole=whole)
        panel = dataset.panel
        present = np.unique(panel.indicator[panel.stop > panel.start]).tolist()
        printed, latest = printed_bases.remarks(part.observations), assessment.latest_year(panel) or 0
        return PartNotes([], repeats, part.remarks, printed, present, latest), dataset

    def note(self, notes: PartNotes) -> None:
        """Take up what there is to be said of the next part."""
        self._notes.append(notes)

    def settle(self) -> None:
        """Say what there is to be said, after the last part.

        Raises
        ------
        DataError
            With all errors.
        """
        notes, self._notes = self._notes, []
        duplicates, repeats, present = list[Fault](), Repeats(), np.zeros_like(self._present)
        for each in notes:
            duplicates += each.duplicates
            repeats = repeats.with_more(each.repeats)
            present[[*each.present]] = True
        latest = max(each.latest for each in notes) or None
        self._reading.faults += sorted(duplicates, key=lambda each: (self.files.index(each.file or ""), each.line or 0))
        told = [*self._reading.remarks, *repeats.remarks]
        told += jumps.first_of([remark for each in notes for remark in each.remarks])
        if not self._reading.faults:
            told += printed_bases.joined([remark for each in notes for remark in each.printed], self.plan)
        if self._strict:
            self._reading.faults += (remark for remark in told if remark.key in _FIGURES_LEFT_OUT)
        if self._reading.faults:
            raise DataError(self._reading.faults)
        self.remarks = [*_rule_remarks(self.plan), *told]
        self.is_consistent = latest == self._latest and bool((present == self._present).all())
        self._latest, self._present = latest, present


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
    TooLargeError
        If the observations do not fit into memory.
    """
    faults = Faults()
    plan, plan_name = _readable_plan(inputs, faults)
    named = _files(inputs, plan)
    if inputs.memory_limit is not None and named:
        needed = sum(actuals.extent_of(each.path, plan).memory for each in named)
        actuals.require_memory(named[0].shown, needed, inputs.memory_limit)
    large = actuals.are_large([each.path for each in named])
    try:
        each_file = _with_progress(named, progress)
        reading = actuals.read(each_file, plan, inputs.reading, large, inputs.strict, tables, inputs.memory_limit)
    except TooManyFaultsError as many:
        raise TooManyFaultsError([*faults, *many.faults[:-1]]) from None
    problems, found = [*faults, *reading.faults], list(reading.remarks)
    if not problems:
        found += printed_bases.remarks(reading.observations)
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


def load_in_parts(inputs: Inputs, folder: Path, progress: Progress = no_progress) -> PartedDataset:
    """Read plan and actuals where `load` raises a TooLargeError.

    Parameters
    ----------
    inputs
        Which files: all of them Parquet.
    folder
        For temporary files.
    progress
        Is told how far that is.

    Raises
    ------
    DataError
        With all faults of a plan or of files that cannot be read.
    TooLargeError
        If not all files are Parquet.
    """
    from smartkpi.readers.parts import Parts

    faults = Faults()
    plan, plan_name = _readable_plan(inputs, faults)
    named, limit = _files(inputs, plan), inputs.memory_limit or 0
    extents = [actuals.extent_of(each.path, plan) for each in named]
    if not all(actuals.is_parquet(each.path) for each in named):
        actuals.require_memory(named[0].shown, sum(each.memory for each in extents), limit)
    texts = [name for name in TEXTS if any(name in each.texts for each in extents)]
    parts = Parts(plan, folder, limit, texts)
    reading = actuals.Reading(concatenate([], plan), faults=faults)
    steps = sum(-(-each.rows // parts.rows_at_a_time) for each in extents)
    rows = parts.rows_at_a_time
    tables = actuals.read_tables(named, plan, inputs.reading, reading, strict=inputs.strict, rows=rows)
    for done, observations in enumerate(tables):
        progress(done, 3 * steps, observations.file.values[0])
        parts.add(observations)
    for done in parts.split():
        progress(steps + done, 3 * steps, "")
    return PartedDataset(plan, [plan_name, *(each.shown for each in named)], parts, reading, inputs.strict)


def _readable_plan(inputs: Inputs, faults: Faults) -> tuple[Plan, str]:
    """Return the plan and its name, as far as it can be read.

    Raises
    ------
    DataError
        If it has no indicators: every row of the actuals would be one more fault.
    """
    path = _plan_path(inputs)
    name = data_folder.shown(path)
    plan = read_plan(path, name, faults)
    if plan is None or (faults and not plan.indicators):
        raise DataError(faults)
    return plan, name


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
    wanted = frame_reader.meeting(frame, plan, inputs.reading.where)
    reading = frame_reader.read(wanted, plan, units_from_plan)
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
