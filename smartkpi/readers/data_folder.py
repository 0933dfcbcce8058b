"""Where the data are: --data, $SMARTKPI_DATA, else the data shipped with the package."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from smartkpi.errors import DataError, Fault

ACTUALS_SUFFIXES = (".csv", ".tsv", ".jsonl", ".xlsx", ".xls", ".ods")


def folder(given: str | None = None) -> Path:
    """Return the data folder: the one given, else $SMARTKPI_DATA, else the shipped one.

    Raises
    ------
    DataError
        If there is no such folder.
    """
    named = given or os.environ.get("SMARTKPI_DATA")
    if not named:
        return shipped()
    if not os.path.isdir(named):  # noqa: PTH112 - Path raises where the name is too long
        raise DataError(Fault("no_such_folder", named))
    return Path(named)


def shipped() -> Path:
    """Return the folder of the data that come with the package: installed, else of the checkout."""
    # importlib.resources says the same, but takes 10 ms to load, on every TAB too.
    package = Path(__file__).parents[1]
    return installed if (installed := package / "data").is_dir() else package.parent / "data"


def plan_file(data: Path) -> Path:
    """Return the plan of a data folder."""
    return data / "targets.toml"


def has_actuals(data: Path) -> bool:
    """Whether a data folder has actuals yet."""
    return bool(actuals_in(data))


def actuals_files(data: Path) -> list[Path]:
    """Return the actuals files of a data folder, by name; hidden ones and other kinds are left out.

    Raises
    ------
    DataError
        If the folder ``actuals`` is missing or holds none.
    """
    inside = data / "actuals"
    if not os.path.isdir(inside):  # noqa: PTH112
        raise DataError(Fault("no_actuals_folder", shown(inside)))
    return actuals_of(inside)


def actuals_of(inside: Path) -> list[Path]:
    """Return the actuals files of a folder, by name.

    Raises
    ------
    DataError
        If it holds none.
    """
    found = sorted_actuals(inside.iterdir())
    if not found:
        raise DataError(Fault("no_actuals", shown(inside), kinds=" ".join(ACTUALS_SUFFIXES)))
    return found


def actuals_in(data: Path) -> list[Path]:
    """Return the actuals files of a data folder, none where it has no folder for them."""
    inside = data / "actuals"
    every = inside.iterdir() if os.path.isdir(inside) else ()  # noqa: PTH112
    return sorted_actuals(every)


def sorted_actuals(paths: Iterable[Path]) -> list[Path]:
    """Return the paths that are of actuals, by name; hidden files and other kinds are left out."""
    return sorted(each for each in paths if each.suffix.lower() in ACTUALS_SUFFIXES and each.name[0] not in ".~")


def shown(path: Path) -> str:
    """Return a path as people write it: relative where it stands below the current folder; links stay as named."""
    try:
        return str(Path(os.path.abspath(path)).relative_to(Path.cwd()))  # noqa: PTH100 - resolve() follows links
    except (OSError, ValueError):
        return str(path)
