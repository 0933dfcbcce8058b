"""What ``-a`` names: files, folders, patterns and standard input, all of one indicator where an id is before them."""

from __future__ import annotations

import glob
import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from smartkpi.errors import Fault, UsageError
from smartkpi.model import Plan
from smartkpi.readers import data_folder, data_package
from smartkpi.readers.files import STANDARD_INPUT
from smartkpi.text import nearest


class NamedFile(NamedTuple):
    """A file of actuals."""

    path: Path | str
    """``-`` is standard input."""
    shown: str
    """Name in messages."""
    indicator: str = ""
    """Id of the indicator that all its rows are of; empty where the rows say so."""


def named(path: Path | str, indicator: str = "") -> NamedFile:
    """Return a file under the name that messages show."""
    return NamedFile(path, data_folder.shown(path) if isinstance(path, Path) else "standard input", indicator)


def files_of(text: str, plan: Plan) -> Sequence[NamedFile]:
    """Return the files that a text names, in order of their names.

    Parameters
    ----------
    text
        A file, folder, data package, pattern or ``-``, behind ``ID=`` where all rows are of one indicator. What there
        is under the whole text goes before all other meanings.
    plan
        Whose indicators can be named.

    Raises
    ------
    UsageError
        If the text before the first ``=`` is not an indicator's id.
    DataError
        If a folder has no actuals, or a data package no observations.
    """
    before, equals, after = text.partition("=")
    if text == STANDARD_INPUT or not equals or os.path.exists(text):  # noqa: PTH110 - Path raises for long names
        return [named(path) for path in _paths(text)]
    if before not in plan.indicators:
        near = nearest(before, plan.indicators) or ", ".join(list(plan.indicators)[:5])
        raise UsageError(Fault("unknown_indicator_of_file", found=before, named=text, near=near))
    return [named(path, before) for path in _paths(after)]


def _paths(text: str) -> Sequence[Path | str]:
    if text == STANDARD_INPUT:
        return [text]
    if not os.path.exists(text) and glob.has_magic(text):  # noqa: PTH110
        found = data_folder.sorted_actuals(Path(each) for each in glob.glob(text))  # noqa: PTH207 - of any folder
        return found or [Path(text)]
    path = Path(text)
    files = data_package.observation_files(path, text)
    if files == [path] and os.path.isdir(text):  # noqa: PTH112
        return data_folder.actuals_of(path)
    return files
