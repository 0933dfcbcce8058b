"""What is to be said of plan and actuals: every error and remark, or how much was found to be right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from smartkpi.errors import DataError, Fault
from smartkpi.readers import dataset
from smartkpi.readers.dataset import Dataset, Inputs, Progress, no_progress
from smartkpi.readers.layouts import Understanding
from smartkpi.tables.selection import select_observations


@dataclass(frozen=True)
class Validation:
    """What became of reading plan and actuals."""

    dataset: Dataset | None = None
    """None where there are errors."""
    error: DataError | None = None
    tables: Sequence[Understanding] = field(default_factory=list)
    """How each table of actuals was understood, as far as it was."""

    @property
    def errors(self) -> Sequence[Fault]:
        """All errors of all files, by file and line."""
        return self.error.faults if self.error else ()

    @property
    def remarks(self) -> Sequence[Fault]:
        """What should be known though it stops nothing; none is known where there are errors."""
        return self.dataset.remarks if self.dataset else ()

    @property
    def files(self) -> Sequence[str]:
        """Names of all files that were read."""
        return self.dataset.files if self.dataset else ()

    @property
    def years(self) -> list[int]:
        """Years with rows, ascending."""
        return sorted(set(self.dataset.observations.year.tolist())) if self.dataset else []


def validate(inputs: Inputs, progress: Progress = no_progress) -> Validation:
    """Read plan and actuals, and keep their errors instead of raising them."""
    tables: list[Understanding] = []
    try:
        loaded = dataset.load_for_validation(inputs, progress, tables)
        found, remarks = select_observations(loaded, inputs.reading.where)
    except DataError as error:
        return Validation(error=error, tables=tables)
    return Validation(replace(found, remarks=[*found.remarks, *remarks]), tables=tables)
