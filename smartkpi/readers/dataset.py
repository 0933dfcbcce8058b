"""Files -> a plan with its observations."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from smartkpi.analysis import rules
from smartkpi.errors import DataError, Fault, Faults, TooManyFaultsError
from smartkpi.model import Observation, Plan
from smartkpi.readers import actuals, arrow, assumptions, data_folder, data_package
from smartkpi.readers import plan as plan_reader
from smartkpi.readers.actuals import ReadingOptions

if TYPE_CHECKING:
    from smartkpi.analysis.series import Panel

Told = Callable[[int, int, str], None]
"""Is told how many actuals files are read, of how many, and which one comes now; no name after the last."""


def untold(done: int, files: int, name: str) -> None:
    """Tell nobody."""


class Inputs(NamedTuple):
    """Which files to read, and how."""

    data: str | None = None
    targets: str | None = None
    actuals: Sequence[str] = ()
    reading: ReadingOptions = ReadingOptions()
    assume: Sequence[str] = ()
    """What-if observations, as `assumptions.read` takes them."""


class Assumption(NamedTuple):
    """A what-if observation, and the one whose place it takes."""

    observation: Observation
    instead_of: Observation | None


class Dataset(NamedTuple):
    """A plan with its observations, in the units of their indicators."""

    plan: Plan
    observations: Sequence[Observation]
    remarks: Sequence[Fault]
    files: Sequence[str]
    """Names of all files that were read."""
    assumed: Sequence[Assumption] = ()
    panel: Panel | None = None
    """The observations as series, where they were read in bulk; `observations` is empty then."""


def load(inputs: Inputs, told: Told = untold, in_bulk: bool = False) -> Dataset:
    """Read plan and actuals, and tell how far that is.

    Parameters
    ----------
    inputs
        Which files.
    told
        Is told which file comes now.
    in_bulk
        Whether a large or Parquet file may be read into a panel instead of observations.

    Raises
    ------
    DataError
        With all faults of all files.
    """
    faults = Faults()
    plan_path, paths = _files(inputs)
    plan_name = data_folder.shown(plan_path)
    plan = read_plan(plan_path, plan_name, faults)
    if plan is None or (faults and not plan.indicators):
        # Without indicators every row of the actuals would be one more fault.
        raise DataError(faults)
    named = [(path, _shown(path)) for path in paths]
    if arrow.in_bulk(paths) and not faults:
        told(0, 1, named[0][1])
        plainly = in_bulk and not inputs.assume and inputs.reading == ReadingOptions()
        if loaded := _in_bulk([(Path(path), file) for path, file in named], plan, plan_name, plainly):
            told(1, 1, "")
            return loaded
    try:
        reading = actuals.read(_telling(named, told), plan, inputs.reading)
    except TooManyFaultsError as many:
        raise TooManyFaultsError([*faults, *many.faults[:-1]]) from None
    if found := [*faults, *reading.faults]:
        raise DataError(found)
    observations, assumed = _assuming(inputs.assume, plan, reading.observations)
    return Dataset(
        plan, observations, [*_rule_remarks(plan), *reading.remarks], [plan_name, *map(_shown, paths)], assumed
    )


def _assuming(
    asked: Sequence[str], plan: Plan, observations: Sequence[Observation]
) -> tuple[Sequence[Observation], list[Assumption]]:
    assumed = assumptions.read(asked, plan)
    observations, replaced = assumptions.put_in(observations, assumed)
    return observations, list(map(Assumption, assumed, replaced))


def _shown(path: Path | str) -> str:
    return data_folder.shown(path) if isinstance(path, Path) else "standard input"


def _in_bulk(named: Sequence[tuple[Path, str]], plan: Plan, plan_name: str, may: bool) -> Dataset | None:
    """Read files in bulk; None where the careful reader is to read them, which knows no Parquet."""
    from smartkpi.readers import frames

    if not may:
        if faults := [Fault("parquet_as_a_whole", file) for path, file in named if arrow.is_parquet(path)]:
            raise DataError(faults)
        return None
    read = arrow.read(named, plan)
    if read is None:
        return None
    try:
        panel = frames.panel(read.frame, plan, read.label)
    except DataError:
        if arrow.carefully([path for path, _ in named]):
            return None
        raise
    return Dataset(plan, [], [*_rule_remarks(plan), *read.remarks], [plan_name, *read.files], panel=panel)


def _telling(named: Sequence[tuple[Path | str, str]], told: Told) -> Iterator[tuple[Path | str, str]]:
    """Hand out the files one by one, and tell so."""
    for done, (path, name) in enumerate(named):
        # Who types the actuals wants no bar to appear among them.
        if isinstance(path, Path) or not sys.stdin or not sys.stdin.isatty():
            told(done, len(named), name)
        yield path, name
    told(len(named), len(named), "")


def load_plan(inputs: Inputs) -> Dataset:
    """Read the plan alone.

    Raises
    ------
    DataError
        With all its faults.
    """
    faults = Faults()
    path = Path(inputs.targets) if inputs.targets else data_folder.plan_file(data_folder.folder(inputs.data))
    name = data_folder.shown(path)
    plan = read_plan(path, name, faults)
    if plan is None or faults:
        raise DataError(faults)
    return Dataset(plan, (), (), [name])


def _files(inputs: Inputs) -> tuple[Path, Sequence[Path | str]]:
    # The data folder is only asked for where something is read from it.
    plan = Path(inputs.targets) if inputs.targets else data_folder.plan_file(data_folder.folder(inputs.data))
    if inputs.actuals:
        return plan, [file for each in inputs.actuals for file in _opened(each)]
    return plan, data_folder.actuals_files(data_folder.folder(inputs.data))


def _opened(named: str) -> Sequence[Path | str]:
    return [named] if named == "-" else data_package.observation_files(Path(named), named)


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
