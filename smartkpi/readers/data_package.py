"""Data Packages -> the files that hold their observations. A descriptor may come from anybody.

References
----------
Data Package Standard, version 2.0, https://datapackage.org/standard/: a descriptor is called datapackage.json, a path
in it is relative, of POSIX, and never leaves the folder.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from smartkpi.errors import DataError, Fault
from smartkpi.model.columns import OBSERVATIONS
from smartkpi.readers import files
from smartkpi.text import pattern

DESCRIPTOR = "datapackage.json"
LARGEST_DESCRIPTOR = 20_000_000
"""Bytes."""
_NOT_INSIDE = pattern(r"\A[./~]|\A\Z|://|[\\\0\ud800-\udfff]")


def observation_files(path: Path, shown: str) -> list[Path]:
    """Return the files with the observations of a data package; of anything else the path itself.

    Parameters
    ----------
    path
        A descriptor, or a folder that has one.
    shown
        Its name in messages.

    Raises
    ------
    DataError
        If the descriptor cannot be read, names no observations, or a path that leads out of its folder.
    """
    if path.name != DESCRIPTOR:
        if not os.path.isfile(path / DESCRIPTOR):  # noqa: PTH113 - a path that cannot be looked at is the reader's
            return [path]
        path, shown = path / DESCRIPTOR, f"{shown.rstrip('/')}/{DESCRIPTOR}"
    resource = _observations(_resources(path, shown), shown)
    return [_inside(path.parent, each, shown) for each in _paths(resource)]


def _resources(path: Path, shown: str) -> Sequence[Mapping[str, Any]]:
    import json

    faults: list[Fault] = []
    content = files.read_bytes(path, shown, faults, LARGEST_DESCRIPTOR)
    if faults:
        raise DataError(faults)
    try:
        descriptor = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise DataError(Fault("not_a_descriptor", shown, problem=str(error))) from error
    listed = descriptor.get("resources") if isinstance(descriptor, dict) else None
    each_one = listed if isinstance(listed, list) else []
    return [each for each in each_one if isinstance(each, dict) and isinstance(each.get("name"), str)]


def _observations(resources: Sequence[Mapping[str, Any]], shown: str) -> Mapping[str, Any]:
    """Return the resource called observations, else the only one."""
    found = [each for each in resources if each["name"] == OBSERVATIONS] or resources
    if len(found) != 1:
        names = ", ".join(each["name"] for each in resources) or "-"
        raise DataError(Fault("no_observations", shown, names=names))
    return found[0]


def _paths(resource: Mapping[str, Any]) -> Sequence[Any]:
    path = resource.get("path", "")
    return path if isinstance(path, list) and path else [path]


def _inside(folder: Path, path: Any, shown: str) -> Path:
    """Return a file below the folder, wherever links lead."""
    text = path if isinstance(path, str) else ""
    found = folder / text
    leaves = _NOT_INSIDE.search(text) or ".." in PurePosixPath(text).parts
    if leaves or not Path(os.path.realpath(found)).is_relative_to(os.path.realpath(folder)):
        raise DataError(Fault("path_leaves_package", shown, path=text))
    return found
